"""Step 1: units, schemes with their parts, incidents; settings, officers, history."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final = (
    """CREATE TABLE activity ("row" INTEGER NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL,
  standing INTEGER NOT NULL, void_reason TEXT, conflicts INTEGER NOT NULL, missing INTEGER
  NOT NULL, sort TEXT NOT NULL, changed INTEGER NOT NULL, lines TEXT, stamps TEXT NOT NULL,
  unknown TEXT, f_scheme TEXT, f_site TEXT, f_held_on TEXT, f_activity_kind TEXT, f_title
  TEXT, f_place TEXT, f_attendance INTEGER, f_minutes_number TEXT, f_minutes TEXT,
  f_conclusion TEXT, PRIMARY KEY ("row"))""",
    """CREATE INDEX activity_by_scheme ON activity (f_scheme, sort, "row", standing)""",
    """CREATE INDEX activity_changed ON activity (changed)""",
    """CREATE UNIQUE INDEX activity_id ON activity (id)""",
    """CREATE INDEX activity_sort ON activity (sort, "row", standing)""",
    """CREATE TABLE history (seq INTEGER NOT NULL, at TEXT NOT NULL, officer TEXT NOT NULL, writer
  TEXT NOT NULL, counter INTEGER NOT NULL, action TEXT NOT NULL, undoes INTEGER, link BLOB
  NOT NULL, PRIMARY KEY (seq))""",
    """CREATE TABLE history_change (seq INTEGER NOT NULL, place INTEGER NOT NULL, kind TEXT NOT
  NULL, record TEXT NOT NULL, content TEXT, salt BLOB, digest BLOB NOT NULL, PRIMARY KEY
  (seq, place))""",
    """CREATE INDEX history_change_record ON history_change (record, seq)""",
    """CREATE TABLE incident ("row" INTEGER NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL,
  standing INTEGER NOT NULL, void_reason TEXT, conflicts INTEGER NOT NULL, missing INTEGER
  NOT NULL, sort TEXT NOT NULL, changed INTEGER NOT NULL, lines TEXT, stamps TEXT NOT NULL,
  unknown TEXT, f_register_number TEXT, f_occurred_on TEXT, f_occurred_hour TEXT,
  f_received_at TEXT, f_title TEXT, f_kind TEXT, f_state TEXT, f_unit TEXT, f_place TEXT,
  f_severity TEXT, f_channel TEXT, f_incident_class TEXT, f_class_since TEXT, f_ledger_294
  TEXT, f_narrative TEXT, f_deaths INTEGER, f_injuries INTEGER, f_damage INTEGER, f_handled
  INTEGER, f_handling TEXT, f_result TEXT, f_people_part TEXT, f_transferred_at TEXT,
  f_transferred_to TEXT, f_cleared_on TEXT, f_closed_on TEXT, f_officer TEXT,
  f_force_majeure INTEGER, f_reported_at_once INTEGER, f_new_hotspot INTEGER, f_newly_fallen
  INTEGER, f_sexual_violence INTEGER, f_callback TEXT, PRIMARY KEY ("row"))""",
    """CREATE INDEX incident_by_unit ON incident (f_unit, sort, "row", standing)""",
    """CREATE INDEX incident_changed ON incident (changed)""",
    """CREATE UNIQUE INDEX incident_id ON incident (id)""",
    """CREATE INDEX incident_sort ON incident (sort, "row", standing)""",
    """CREATE TABLE member ("row" INTEGER NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, standing
  INTEGER NOT NULL, void_reason TEXT, conflicts INTEGER NOT NULL, missing INTEGER NOT NULL,
  sort TEXT NOT NULL, changed INTEGER NOT NULL, lines TEXT, stamps TEXT NOT NULL, unknown
  TEXT, f_scheme TEXT, f_site TEXT, f_team TEXT, f_name TEXT, f_office TEXT, f_sex TEXT,
  f_birth_year INTEGER, f_occupation TEXT, f_phone TEXT, f_citizen_id TEXT, f_address TEXT,
  f_joined_on TEXT, f_left_on TEXT, PRIMARY KEY ("row"))""",
    """CREATE INDEX member_by_scheme ON member (f_scheme, sort, "row", standing)""",
    """CREATE INDEX member_changed ON member (changed)""",
    """CREATE UNIQUE INDEX member_id ON member (id)""",
    """CREATE INDEX member_sort ON member (sort, "row", standing)""",
    """CREATE TABLE officer (id TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, active
  INTEGER NOT NULL, since TEXT NOT NULL, PRIMARY KEY (id)) WITHOUT ROWID""",
    """CREATE TABLE scheme ("row" INTEGER NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, standing
  INTEGER NOT NULL, void_reason TEXT, conflicts INTEGER NOT NULL, missing INTEGER NOT NULL,
  sort TEXT NOT NULL, changed INTEGER NOT NULL, lines TEXT, stamps TEXT NOT NULL, unknown
  TEXT, f_name TEXT, f_scheme_type TEXT, f_unit TEXT, f_state TEXT, f_code TEXT, f_scope
  TEXT, f_domain TEXT, f_host TEXT, f_proposed_on TEXT, f_founding_document TEXT,
  f_founded_on TEXT, f_founding_issuer TEXT, f_launched_on TEXT, f_head_name TEXT,
  f_head_office TEXT, f_head_phone TEXT, f_officer TEXT, f_meeting_cycle TEXT, f_households
  INTEGER, f_bells INTEGER, f_cameras INTEGER, f_cameras_shared INTEGER, f_extinguishers
  INTEGER, f_recognised_by TEXT, f_recognised_document TEXT, f_recognised_on TEXT,
  f_dissolved_on TEXT, f_dissolved_document TEXT, f_note TEXT, PRIMARY KEY ("row"))""",
    """CREATE INDEX scheme_by_unit ON scheme (f_unit, sort, "row", standing)""",
    """CREATE INDEX scheme_changed ON scheme (changed)""",
    """CREATE UNIQUE INDEX scheme_id ON scheme (id)""",
    """CREATE INDEX scheme_sort ON scheme (sort, "row", standing)""",
    """CREATE TABLE setting (name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (name)) WITHOUT
  ROWID""",
    """CREATE TABLE site ("row" INTEGER NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, standing
  INTEGER NOT NULL, void_reason TEXT, conflicts INTEGER NOT NULL, missing INTEGER NOT NULL,
  sort TEXT NOT NULL, changed INTEGER NOT NULL, lines TEXT, stamps TEXT NOT NULL, unknown
  TEXT, f_scheme TEXT, f_name TEXT, f_unit TEXT, f_place TEXT, f_started_on TEXT, f_ended_on
  TEXT, f_head_name TEXT, f_head_phone TEXT, f_households INTEGER, PRIMARY KEY ("row"))""",
    """CREATE INDEX site_by_scheme ON site (f_scheme, sort, "row", standing)""",
    """CREATE INDEX site_by_unit ON site (f_unit, sort, "row", standing)""",
    """CREATE INDEX site_changed ON site (changed)""",
    """CREATE UNIQUE INDEX site_id ON site (id)""",
    """CREATE INDEX site_sort ON site (sort, "row", standing)""",
    """CREATE TABLE team ("row" INTEGER NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, standing
  INTEGER NOT NULL, void_reason TEXT, conflicts INTEGER NOT NULL, missing INTEGER NOT NULL,
  sort TEXT NOT NULL, changed INTEGER NOT NULL, lines TEXT, stamps TEXT NOT NULL, unknown
  TEXT, f_scheme TEXT, f_site TEXT, f_name TEXT, f_head_name TEXT, f_founding_document TEXT,
  f_founded_on TEXT, f_ended_on TEXT, PRIMARY KEY ("row"))""",
    """CREATE INDEX team_by_scheme ON team (f_scheme, sort, "row", standing)""",
    """CREATE INDEX team_changed ON team (changed)""",
    """CREATE UNIQUE INDEX team_id ON team (id)""",
    """CREATE INDEX team_sort ON team (sort, "row", standing)""",
    """CREATE TABLE unit ("row" INTEGER NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, standing
  INTEGER NOT NULL, void_reason TEXT, conflicts INTEGER NOT NULL, missing INTEGER NOT NULL,
  sort TEXT NOT NULL, changed INTEGER NOT NULL, lines TEXT, stamps TEXT NOT NULL, unknown
  TEXT, f_name TEXT, f_unit_kind TEXT, f_parent TEXT, f_code TEXT, f_commune_kind TEXT,
  f_neighbourhood_kind TEXT, f_school_level TEXT, f_enterprise_size TEXT, f_tt124 INTEGER,
  f_tt124_reason TEXT, f_management_level TEXT, f_industrial_zone INTEGER, f_remote INTEGER,
  f_households INTEGER, f_households_counted TEXT, f_residents INTEGER, f_valid_from TEXT,
  f_valid_to TEXT, f_head_name TEXT, f_head_phone TEXT, f_address TEXT, f_note TEXT, PRIMARY
  KEY ("row"))""",
    """CREATE INDEX unit_by_parent ON unit (f_parent, sort, "row", standing)""",
    """CREATE INDEX unit_changed ON unit (changed)""",
    """CREATE UNIQUE INDEX unit_id ON unit (id)""",
    """CREATE INDEX unit_sort ON unit (sort, "row", standing)""",
    """CREATE VIRTUAL TABLE unit_search USING fts5(text, content='', prefix='1 2 3 4 5',
  tokenize='unicode61 remove_diacritics 0')""",
    """INSERT INTO unit_search(unit_search, rank) VALUES('secure-delete', 1)""",
    """CREATE VIRTUAL TABLE scheme_search USING fts5(text, content='', prefix='1 2 3 4 5',
  tokenize='unicode61 remove_diacritics 0')""",
    """INSERT INTO scheme_search(scheme_search, rank) VALUES('secure-delete', 1)""",
    """CREATE VIRTUAL TABLE site_search USING fts5(text, content='', prefix='1 2 3 4 5',
  tokenize='unicode61 remove_diacritics 0')""",
    """INSERT INTO site_search(site_search, rank) VALUES('secure-delete', 1)""",
    """CREATE VIRTUAL TABLE team_search USING fts5(text, content='', prefix='1 2 3 4 5',
  tokenize='unicode61 remove_diacritics 0')""",
    """INSERT INTO team_search(team_search, rank) VALUES('secure-delete', 1)""",
    """CREATE VIRTUAL TABLE member_search USING fts5(text, content='', prefix='1 2 3 4 5',
  tokenize='unicode61 remove_diacritics 0')""",
    """INSERT INTO member_search(member_search, rank) VALUES('secure-delete', 1)""",
    """CREATE VIRTUAL TABLE activity_search USING fts5(text, content='', prefix='1 2 3 4 5',
  tokenize='unicode61 remove_diacritics 0')""",
    """INSERT INTO activity_search(activity_search, rank) VALUES('secure-delete', 1)""",
    """CREATE VIRTUAL TABLE incident_search USING fts5(text, content='', prefix='1 2 3 4 5',
  tokenize='unicode61 remove_diacritics 0')""",
    """INSERT INTO incident_search(incident_search, rank) VALUES('secure-delete', 1)""",
    """CREATE TRIGGER history_is_not_changed BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT,
  'history is append-only'); END""",
    """CREATE TRIGGER history_is_not_deleted BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT,
  'history is append-only'); END""",
    """CREATE TRIGGER history_change_is_not_deleted BEFORE DELETE ON history_change BEGIN SELECT
  RAISE(ABORT, 'history is append-only'); END""",
    """CREATE TRIGGER history_change_is_only_erased BEFORE UPDATE ON history_change WHEN
  NEW.content IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.digest IS NOT OLD.digest OR NEW.seq
  IS NOT OLD.seq OR NEW.place IS NOT OLD.place OR NEW.kind IS NOT OLD.kind OR NEW.record IS
  NOT OLD.record BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
)
