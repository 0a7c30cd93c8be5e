"""Step 3: the kinds of the movement, of the forces and of documents; opening figures.

Frozen: it writes its SQL out of the words below and of nothing that may change later. Every kind
has the same frame and the same indexes, so they are said once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind: its name, the columns of its fields, the fields that lists are narrowed by."""

    name: str
    columns: str
    by: tuple[str, ...]


_FRAME: Final = (
    '"row" INTEGER NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, standing INTEGER NOT NULL, '
    "void_reason TEXT, conflicts INTEGER NOT NULL, missing INTEGER NOT NULL, sort TEXT NOT NULL, "
    "changed INTEGER NOT NULL, lines TEXT, stamps TEXT NOT NULL, unknown TEXT"
)

_KINDS: Final = (
    _Kind(
        "tip",
        "f_received_on TEXT, f_subject TEXT, f_unit TEXT, f_channel TEXT, f_summary TEXT, "
        "f_identified INTEGER, f_anonymous_reason TEXT, f_of_value INTEGER, f_result TEXT, "
        "f_crime_signs INTEGER, f_ledger_294 TEXT",
        ("unit",),
    ),
    _Kind(
        "clearance",
        "f_cleared_on TEXT, f_title TEXT, f_cases INTEGER, f_persons INTEGER, f_unit TEXT, f_kind "
        "TEXT, f_people_part TEXT, f_incident TEXT, f_result TEXT, f_document TEXT",
        ("unit",),
    ),
    _Kind(
        "arrest",
        "f_caught_on TEXT, f_offence TEXT, f_persons INTEGER, f_title TEXT, f_unit TEXT, "
        "f_caught_by TEXT, f_handed_to TEXT, f_incident TEXT, f_minutes_number TEXT",
        ("unit",),
    ),
    _Kind(
        "mediation",
        "f_held_on TEXT, f_dispute TEXT, f_unit TEXT, f_result TEXT, f_title TEXT, f_group TEXT, "
        "f_parties INTEGER, f_book_number TEXT, f_agreed_on TEXT, f_incident TEXT",
        ("unit",),
    ),
    _Kind(
        "session",
        "f_held_on TEXT, f_title TEXT, f_session_kind TEXT, f_held_by TEXT, f_unit TEXT, f_turns "
        "INTEGER, f_attendance INTEGER, f_subject TEXT, f_opinions INTEGER, f_place TEXT, "
        "f_leaflets INTEGER, f_plan_document TEXT, f_note TEXT",
        ("unit",),
    ),
    _Kind(
        "publication",
        "f_published_on TEXT, f_title TEXT, f_channel TEXT, f_items INTEGER, f_unit TEXT, "
        "f_subject TEXT, f_held_by TEXT, f_reached INTEGER, f_place TEXT",
        ("unit",),
    ),
    _Kind(
        "festival",
        "f_held_on TEXT, f_title TEXT, f_unit TEXT, f_level TEXT, f_sites INTEGER, f_attendance "
        "INTEGER, f_gifts INTEGER, f_gift_value INTEGER, f_commended INTEGER, f_performances "
        "INTEGER, f_plan_document TEXT, f_report_document TEXT, f_note TEXT",
        ("unit",),
    ),
    _Kind(
        "campaign",
        "f_title TEXT, f_began_on TEXT, f_ended_on TEXT, f_unit TEXT, f_plan_document TEXT, "
        "f_plan_issuer TEXT, f_report_document TEXT, f_outcome TEXT",
        ("unit",),
    ),
    _Kind(
        "campaign_result",
        "f_campaign TEXT, f_title TEXT, f_quantity INTEGER, f_measured_in TEXT, f_reported_on "
        "TEXT, f_unit TEXT",
        ("campaign", "unit"),
    ),
    _Kind(
        "commitment",
        "f_unit TEXT, f_year INTEGER, f_signers TEXT, f_whole INTEGER, f_signed INTEGER, "
        "f_signed_on TEXT, f_title TEXT, f_host TEXT, f_document TEXT, f_note TEXT",
        ("unit",),
    ),
    _Kind(
        "programme",
        "f_title TEXT, f_partner TEXT, f_signed_on TEXT, f_number TEXT, f_began_on TEXT, "
        "f_ended_on TEXT, f_unit TEXT, f_superior_document TEXT, f_content TEXT, f_outcome TEXT",
        ("unit",),
    ),
    _Kind(
        "programme_activity",
        "f_programme TEXT, f_held_on TEXT, f_title TEXT, f_held_by TEXT, f_turns INTEGER, "
        "f_attendance INTEGER, f_unit TEXT, f_result TEXT, f_document TEXT",
        ("programme", "unit"),
    ),
    _Kind(
        "joint_work",
        "f_done_on TEXT, f_result_kind TEXT, f_quantity INTEGER, f_measured_in TEXT, f_partner "
        "TEXT, f_title TEXT, f_unit TEXT, f_document TEXT",
        ("unit",),
    ),
    _Kind(
        "commendation",
        "f_decided_on TEXT, f_level TEXT, f_award TEXT, f_collectives INTEGER, f_individuals "
        "INTEGER, f_ad_hoc INTEGER, f_for_whom TEXT, f_title TEXT, f_number TEXT, f_issuer TEXT, "
        "f_unit TEXT, f_money INTEGER",
        ("unit",),
    ),
    _Kind(
        "example",
        "f_name TEXT, f_example_kind TEXT, f_recognised_on TEXT, f_recognised_by TEXT, f_document "
        "TEXT, f_office TEXT, f_unit TEXT, f_domain TEXT, f_achievement TEXT, f_replicated "
        "INTEGER, f_ended_on TEXT",
        ("unit",),
    ),
    _Kind(
        "mass_team",
        "f_name TEXT, f_team_kind TEXT, f_unit TEXT, f_host TEXT, f_members INTEGER, f_founded_on "
        "TEXT, f_founding_document TEXT, f_turns INTEGER, f_ended_on TEXT, f_note TEXT",
        ("unit",),
    ),
    _Kind(
        "channel",
        "f_name TEXT, f_channel_kind TEXT, f_unit TEXT, f_opened_on TEXT, f_members INTEGER, "
        "f_posts INTEGER, f_received INTEGER, f_counted_on TEXT, f_closed_on TEXT, f_note TEXT",
        ("unit",),
    ),
    _Kind(
        "surrender",
        "f_received_on TEXT, f_item TEXT, f_pieces INTEGER, f_grams INTEGER, f_way TEXT, f_unit "
        "TEXT, f_title TEXT, f_minutes_number TEXT, f_handed_to TEXT",
        ("unit",),
    ),
    _Kind(
        "camera_site",
        "f_name TEXT, f_lenses INTEGER, f_owner TEXT, f_points INTEGER, f_shared INTEGER, "
        "f_shared_document TEXT, f_unit TEXT, f_installed_on TEXT, f_ended_on TEXT, f_note TEXT",
        ("unit",),
    ),
    _Kind(
        "hotspot",
        "f_name TEXT, f_identified_on TEXT, f_state TEXT, f_kind TEXT, f_unit TEXT, f_level TEXT, "
        "f_document TEXT, f_plan_document TEXT, f_transformed_on TEXT, f_transformed_document "
        "TEXT, f_measures TEXT",
        ("unit",),
    ),
    _Kind(
        "public_event",
        "f_began_on TEXT, f_title TEXT, f_event_kind TEXT, f_ended_on TEXT, f_unit TEXT, f_police "
        "INTEGER, f_teams INTEGER, f_others INTEGER, f_attendance INTEGER, f_outcome TEXT",
        ("unit",),
    ),
    _Kind(
        "inspection",
        "f_inspected_on TEXT, f_title TEXT, f_unit TEXT, f_led_by TEXT, f_units INTEGER, "
        "f_plan_document TEXT, f_minutes_number TEXT, f_findings TEXT, f_required_work TEXT, "
        "f_remedied_on TEXT",
        ("unit",),
    ),
    _Kind(
        "rural_standard",
        "f_unit TEXT, f_year INTEGER, f_level TEXT, f_met INTEGER, f_decided_on TEXT, f_document "
        "TEXT, f_reason TEXT",
        ("unit",),
    ),
    _Kind(
        "funding",
        "f_year INTEGER, f_source TEXT, f_title TEXT, f_asked INTEGER, f_asked_document TEXT, "
        "f_asked_on TEXT, f_granted INTEGER, f_granted_document TEXT, f_granted_on TEXT, f_spent "
        "INTEGER, f_spent_document TEXT, f_scheme TEXT, f_unit TEXT, f_note TEXT",
        ("unit",),
    ),
    _Kind(
        "managed_count",
        "f_unit TEXT, f_year INTEGER, f_category TEXT, f_counted_on TEXT, f_persons INTEGER, "
        "f_begun INTEGER, f_ended INTEGER, f_helped INTEGER, f_relapsed INTEGER, f_document TEXT",
        ("unit",),
    ),
    _Kind(
        "protection_team",
        "f_name TEXT, f_unit TEXT, f_founded_on TEXT, f_founding_document TEXT, f_founding_issuer "
        "TEXT, f_decided_members INTEGER, f_area TEXT, f_office_place TEXT, f_ended_on TEXT, "
        "f_ended_document TEXT, f_note TEXT",
        ("unit",),
    ),
    _Kind(
        "team_member",
        "f_protection_team TEXT, f_name TEXT, f_office TEXT, f_born_on TEXT, f_birth_year "
        "INTEGER, f_sex TEXT, f_education TEXT, f_minority INTEGER, f_unit TEXT, f_citizen_id "
        "TEXT, f_phone TEXT, f_joined_on TEXT, f_joined_document TEXT, f_old_joined_on TEXT, "
        "f_old_left_on TEXT, f_left_on TEXT, f_left_reason TEXT, f_left_document TEXT, f_policy "
        "TEXT, f_tool_certificate TEXT, f_note TEXT",
        ("protection_team", "unit"),
    ),
    _Kind(
        "service_harm",
        "f_team_member TEXT, f_happened_on TEXT, f_harm TEXT, f_title TEXT, f_support TEXT, "
        "f_document TEXT",
        ("team_member",),
    ),
    _Kind(
        "team_training",
        "f_held_on TEXT, f_title TEXT, f_attended INTEGER, f_called INTEGER, f_classes INTEGER, "
        "f_days INTEGER, f_held_by TEXT, f_unit TEXT, f_document TEXT, f_result TEXT",
        ("unit",),
    ),
    _Kind(
        "team_rating",
        "f_protection_team TEXT, f_year INTEGER, f_rating TEXT, f_unrated_reason TEXT, "
        "f_tasks_given INTEGER, f_tasks_done INTEGER, f_document TEXT, f_decided_on TEXT",
        ("protection_team",),
    ),
    _Kind(
        "member_rating",
        "f_team_member TEXT, f_year INTEGER, f_rating TEXT, f_unrated_reason TEXT, f_tasks_given "
        "INTEGER, f_tasks_done INTEGER, f_meetings_due INTEGER, f_meetings_attended INTEGER, "
        "f_meetings_excused INTEGER, f_training_called INTEGER, f_training_attended INTEGER, "
        "f_forbidden_act INTEGER, f_act_document TEXT, f_document TEXT, f_decided_on TEXT",
        ("team_member",),
    ),
    _Kind(
        "patrol",
        "f_patrolled_on TEXT, f_force TEXT, f_unit TEXT, f_turns INTEGER, f_persons INTEGER, "
        "f_found INTEGER, f_reminded INTEGER, f_result TEXT, f_area TEXT",
        ("unit",),
    ),
    _Kind(
        "police_force",
        "f_unit TEXT, f_year INTEGER, f_counted_on TEXT, f_regular INTEGER, f_semi_professional "
        "INTEGER, f_document TEXT",
        ("unit",),
    ),
    _Kind(
        "guard_force",
        "f_unit TEXT, f_year INTEGER, f_counted_on TEXT, f_guards INTEGER, f_trained INTEGER, "
        "f_title TEXT, f_disciplined INTEGER, f_document TEXT",
        ("unit",),
    ),
    _Kind(
        "committee",
        "f_name TEXT, f_document TEXT, f_founded_on TEXT, f_issuer TEXT, f_unit TEXT, "
        "f_regulations_on TEXT, f_regulations_document TEXT, f_ended_on TEXT, f_note TEXT",
        ("unit",),
    ),
    _Kind(
        "committee_member",
        "f_committee TEXT, f_name TEXT, f_role TEXT, f_office TEXT, f_unit TEXT, f_in_charge "
        "TEXT, f_outcome TEXT, f_joined_on TEXT, f_left_on TEXT",
        ("committee", "unit"),
    ),
    _Kind(
        "issuing_body",
        "f_name TEXT, f_numbering TEXT, f_sign TEXT, f_closed_on TEXT",
        (),
    ),
    _Kind(
        "document",
        "f_title TEXT, f_direction TEXT, f_document_kind TEXT, f_number TEXT, f_dated TEXT, "
        "f_issuer TEXT, f_body TEXT, f_state TEXT, f_arrival_number TEXT, f_arrived_on TEXT, "
        "f_deadline TEXT, f_addressee TEXT, f_signer_office TEXT, f_unit TEXT, f_replaces TEXT, "
        "f_ended_on TEXT, f_note TEXT",
        ("unit",),
    ),
    _Kind(
        "meeting",
        "f_held_on TEXT, f_title TEXT, f_meeting_kind TEXT, f_chair TEXT, f_attendance INTEGER, "
        "f_unit TEXT, f_committee TEXT, f_minutes_number TEXT, f_conclusion_document TEXT, "
        "f_conclusion TEXT",
        ("unit",),
    ),
    _Kind(
        "task",
        "f_source TEXT, f_title TEXT, f_state TEXT, f_lead TEXT, f_support TEXT, f_deadline TEXT, "
        "f_unit TEXT, f_done_on TEXT, f_result TEXT, f_answer_document TEXT",
        ("source", "unit"),
    ),
    _Kind(
        "proposal",
        "f_sent_on TEXT, f_title TEXT, f_state TEXT, f_addressee TEXT, f_number TEXT, f_unit "
        "TEXT, f_reason TEXT, f_answered_on TEXT, f_answer_document TEXT, f_answer TEXT",
        ("unit",),
    ),
    _Kind(
        "opening_figure",
        "f_measure TEXT, f_unit TEXT, f_period TEXT, f_value INTEGER, f_document TEXT, f_dated "
        "TEXT, f_issuer TEXT, f_closed INTEGER, f_closed_on TEXT, f_note TEXT",
        ("unit",),
    ),
)


def _statements(kind: _Kind) -> Iterator[str]:
    name = kind.name
    yield f'CREATE TABLE "{name}" ({_FRAME}, {kind.columns}, PRIMARY KEY ("row"))'
    yield f'CREATE UNIQUE INDEX {name}_id ON "{name}" (id)'
    yield f'CREATE INDEX {name}_sort ON "{name}" (sort, "row", standing)'
    yield f'CREATE INDEX {name}_changed ON "{name}" (changed)'
    for field in kind.by:
        yield f'CREATE INDEX {name}_by_{field} ON "{name}" (f_{field}, sort, "row", standing)'
    search = f"{name}_search"
    yield (
        f"CREATE VIRTUAL TABLE {search} USING fts5(text, content='', prefix='1 2 3 4 5', "
        "tokenize='unicode61 remove_diacritics 0')"
    )
    yield f"INSERT INTO {search}({search}, rank) VALUES('secure-delete', 1)"


STATEMENTS: Final = tuple(sql for kind in _KINDS for sql in _statements(kind))
