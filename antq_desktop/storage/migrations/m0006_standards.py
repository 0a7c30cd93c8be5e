"""Step 6: the yearly cycle of standards, and what the checks ask of an incident.

Frozen: it writes its SQL out of the words below and of nothing that may change later.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_FRAME: Final = (
    '"row" INTEGER NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, standing INTEGER NOT NULL, '
    "void_reason TEXT, conflicts INTEGER NOT NULL, missing INTEGER NOT NULL, sort TEXT NOT NULL, "
    "changed INTEGER NOT NULL, lines TEXT, stamps TEXT NOT NULL, unknown TEXT"
)

# The name of a kind, the columns of its fields, the fields that lists are narrowed by.
_KINDS: Final = (
    (
        "unit_year",
        "f_unit TEXT, f_year INTEGER, f_in_scope INTEGER, f_reason TEXT, f_management_level "
        "TEXT, f_followed_by TEXT, f_confirmed_on TEXT, f_households INTEGER, f_counted_on "
        "TEXT, f_people INTEGER, f_attended INTEGER, f_sections INTEGER, f_sections_rated "
        "INTEGER, f_force_rating TEXT, f_before_complete INTEGER, f_document TEXT, f_note TEXT",
        ("unit",),
    ),
    (
        "registration",
        "f_unit TEXT, f_year INTEGER, f_standard TEXT, f_registered_on TEXT, f_document TEXT, "
        "f_resolution_on TEXT, f_resolution_document TEXT, f_plan_on TEXT, f_plan_document "
        "TEXT, f_households INTEGER, f_registered INTEGER, f_people INTEGER, f_briefed INTEGER,"
        " f_counted_on TEXT, f_note TEXT",
        ("unit",),
    ),
    (
        "submission",
        "f_unit TEXT, f_year INTEGER, f_standard TEXT, f_self_reviewed_on TEXT, "
        "f_meeting_planned_on TEXT, f_meeting_place TEXT, f_meeting_on TEXT, f_minutes_number "
        "TEXT, f_submitted_on TEXT, f_submitted_to TEXT, f_proposal_document TEXT, "
        "f_report_document TEXT, f_appraised_on TEXT, f_presented_on TEXT, f_reported_on TEXT, "
        "f_note TEXT",
        ("unit",),
    ),
    (
        "score_sheet",
        "f_subject TEXT, f_year INTEGER, f_criteria_set TEXT, f_set_title TEXT, f_digest TEXT, "
        "f_checks TEXT, f_unit TEXT, f_window_since TEXT, f_window_until TEXT, f_begun_on TEXT,"
        " f_state TEXT, f_closed_on TEXT",
        ("unit",),
    ),
    (
        "score_line",
        "f_score_sheet TEXT, f_item TEXT, f_answer TEXT, f_points TEXT, f_reason TEXT, f_seen "
        "TEXT, f_computed_on TEXT, f_override TEXT, f_override_reason TEXT, f_settled_reason "
        "TEXT",
        ("score_sheet",),
    ),
    (
        "appraisal_line",
        "f_score_sheet TEXT, f_item TEXT, f_author TEXT, f_answer TEXT, f_points TEXT, f_reason"
        " TEXT, f_difference TEXT, f_unit TEXT, f_appraised_on TEXT",
        ("score_sheet", "unit"),
    ),
    (
        "standard_decision",
        "f_title TEXT, f_year INTEGER, f_standard TEXT, f_number TEXT, f_decided_on TEXT, "
        "f_issuer TEXT, f_signer_office TEXT, f_note TEXT",
        (),
    ),
    (
        "recognition",
        "f_author TEXT, f_unit TEXT, f_year INTEGER, f_standard TEXT, f_result TEXT, f_decision"
        " TEXT, f_decision_number TEXT, f_decided_on TEXT, f_issuer TEXT, f_reason TEXT, f_met "
        "INTEGER, f_whole INTEGER, f_certificate_number TEXT, f_certificate_on TEXT",
        ("unit",),
    ),
    (
        "classification",
        "f_author TEXT, f_unit TEXT, f_year INTEGER, f_grade TEXT, f_points TEXT, f_sheet TEXT,"
        " f_decision TEXT, f_decision_number TEXT, f_decided_on TEXT, f_issuer TEXT, f_reason "
        "TEXT",
        ("unit",),
    ),
    (
        "remedial_plan",
        "f_author TEXT, f_unit TEXT, f_year INTEGER, f_grade TEXT, f_deadline TEXT, f_state "
        "TEXT, f_follower TEXT, f_follower_office TEXT, f_measures TEXT, f_document TEXT, "
        "f_done_on TEXT",
        ("unit",),
    ),
    (
        "criteria_version",
        "f_author TEXT, f_code TEXT, f_digest TEXT, f_title TEXT, f_kept_on TEXT, f_retired_on "
        "TEXT",
        ("author",),
    ),
    (
        "day_plan",
        "f_unit TEXT, f_year INTEGER, f_unit_kind TEXT, f_meeting INTEGER, f_file INTEGER, "
        "f_appraisal INTEGER, f_signing INTEGER, f_document TEXT",
        ("unit",),
    ),
    (
        "target",
        "f_author TEXT, f_unit TEXT, f_year INTEGER, f_measure TEXT, f_value INTEGER, "
        "f_document TEXT, f_dated TEXT, f_note TEXT",
        ("unit",),
    ),
    (
        "holiday",
        "f_unit TEXT, f_day TEXT, f_kind TEXT, f_title TEXT, f_document TEXT",
        ("unit",),
    ),
    (
        "closing",
        "f_unit TEXT, f_year INTEGER, f_standard TEXT, f_closed_on TEXT, f_document TEXT, "
        "f_note TEXT",
        ("unit",),
    ),
    (
        "drug_count",
        "f_unit TEXT, f_year INTEGER, f_counted_on TEXT, f_residents INTEGER, f_people INTEGER,"
        " f_places INTEGER, f_arrested INTEGER, f_plants INTEGER, f_square_metres INTEGER, "
        "f_on_key_route INTEGER, f_document TEXT",
        ("unit",),
    ),
)


def _statements(name: str, columns: str, by: tuple[str, ...]) -> Iterator[str]:
    yield f'CREATE TABLE "{name}" ({_FRAME}, {columns}, PRIMARY KEY ("row"))'
    yield f'CREATE UNIQUE INDEX {name}_id ON "{name}" (id)'
    yield f'CREATE INDEX {name}_sort ON "{name}" (sort, "row", standing)'
    yield f'CREATE INDEX {name}_changed ON "{name}" (changed)'
    for field in by:
        yield f'CREATE INDEX {name}_by_{field} ON "{name}" (f_{field}, sort, "row", standing)'
    search = f"{name}_search"
    yield (
        f"CREATE VIRTUAL TABLE {search} USING fts5(text, content='', prefix='1 2 3 4 5', "
        "tokenize='unicode61 remove_diacritics 0')"
    )
    yield f"INSERT INTO {search}({search}, rank) VALUES('secure-delete', 1)"


STATEMENTS: Final[tuple[str, ...]] = (
    *(sql for name, columns, by in _KINDS for sql in _statements(name, columns, by)),
    *(
        f"ALTER TABLE incident ADD COLUMN f_{name} INTEGER"
        for name in ("detected_in_time", "harm_limited", "serious_accident")
    ),
)
