"""What the movement may know of people: who gave a tip never, most others only as counts."""

from __future__ import annotations

import re

import pytest

from antq_desktop.domain.fields import FieldKind, FieldSpec, RecordSpec, Travels
from antq_desktop.domain.records import SPECS, takes_attachments
from antq_desktop.domain.text import fold

# The kinds that name people, each with the fields that do; no other kind has a field for a name.
NAMING = {
    "unit": {"head_name"},
    "scheme": {"head_name", "officer"},
    "site": {"head_name"},
    "team": {"head_name"},
    "member": {"name"},
    "incident": {"name", "officer"},
    "team_member": {"name"},
    "committee_member": {"name"},
    "commendation": {"name"},
    "example": {"name"},
}
# The unit that writes a result or a target is filled in by the program.
# An answer repeats what it answers; the program fills that in.
THREE_FIELDS_ARE_TOO_FEW_FOR = {
    "task_answer": 4,
    "proposal_answer": 6,
    "request": 4,
    "request_answer": 5,
    "adjustment": 9,
    "incident": 4,
    "opening_figure": 5,
    "recognition": 4,
    "target": 4,
    "criteria_version": 4,
}
ONLY_NUMBERS = (
    "clearance", "arrest", "mediation", "session", "publication", "festival", "campaign_result",
    "commitment", "joint_work", "surrender", "public_event", "managed_count", "police_force",
    "guard_force", "patrol", "channel", "mass_team", "hotspot", "rural_standard",
)  # fmt: skip


def fields_of(spec: RecordSpec) -> list[FieldSpec]:
    return [*spec.fields, *(field for line in spec.lines for field in line.fields)]


def test_a_tip_has_no_place_for_who_gave_it() -> None:
    tip = SPECS["tip"]
    assert not tip.holds_persons
    assert not tip.attachable
    assert tip.lines == ()
    free = {f.name for f in tip.fields if f.kind in {FieldKind.TEXT, FieldKind.LONG_TEXT}}
    assert free == {"summary", "ledger_294"}
    assert tip.field("summary").travels is not Travels.UP
    assert "Không ghi" in tip.field("summary").hint
    pointing = {f.name for f in tip.fields if f.kind is FieldKind.REFERENCE}
    assert pointing == {"unit"}, "a reference to a member would name who gave it"
    for field in tip.fields:
        words = fold(f"{field.label} {field.name}").replace("_", " ").split()
        assert not {"ho", "giver", "reporter", "source", "phone", "name"} & set(words), field.name


def test_attachments_hang_on_the_kinds_that_allow_them_and_on_no_other() -> None:
    wanted = {kind for kind, spec in SPECS.items() if spec.attachable}
    assert set(SPECS["attachment"].field("record").refers_to) == wanted
    assert not {"tip", "managed_count", "attachment"} & wanted
    assert not any(takes_attachments(kind) for kind in SPECS.keys() - wanted)
    up = {field.name for field in SPECS["attachment"].fields if field.travels is Travels.UP}
    assert up == {"record", "media", "digest", "size"}, "neither the picture nor its words"


def test_no_other_kind_points_at_a_tip() -> None:
    for spec in SPECS.values():
        assert not [f.name for f in fields_of(spec) if "tip" in f.refers_to]


@pytest.mark.parametrize("kind", ONLY_NUMBERS)
def test_what_is_counted_names_nobody(kind: str) -> None:
    spec = SPECS[kind]
    assert not spec.holds_persons
    assert not any(field.private for field in fields_of(spec))
    for field in fields_of(spec):
        assert not re.search(r"ho va ten|ho ten|\bten nguoi\b", fold(field.label)), field.name


def test_only_these_kinds_have_a_field_for_the_name_of_a_person() -> None:
    found: dict[str, set[str]] = {}
    for spec in SPECS.values():
        if not spec.holds_persons:
            continue
        for field in fields_of(spec):
            says = fold(field.label)
            if field.name in {"name", "head_name", "officer"} and (
                spec.kind in {"commendation", "example"}
                or not says.startswith(("ten mo hinh", "ten diem", "ten to", "ten don vi"))
            ):
                found.setdefault(spec.kind, set()).add(field.name)
    assert found == NAMING


def test_every_field_for_the_name_of_a_person_says_so() -> None:
    said = {
        kind: {field.name for field in fields_of(spec) if field.names_person}
        for kind, spec in SPECS.items()
    }
    assert {kind: names for kind, names in said.items() if names} == NAMING


def test_names_of_ordinary_members_stay_and_those_of_committees_travel() -> None:
    assert SPECS["team_member"].field("name").travels is Travels.SIBLINGS
    assert SPECS["member"].field("name").travels is Travels.SIBLINGS
    assert SPECS["committee_member"].field("name").travels is Travels.UP
    assert SPECS["commendation"].line("holders").field("name").travels is Travels.UP


@pytest.mark.parametrize("spec", SPECS.values(), ids=lambda spec: spec.kind)
def test_identity_numbers_telephones_and_addresses_of_people_never_travel_up(
    spec: RecordSpec,
) -> None:
    for field in fields_of(spec):
        if field.kind in {FieldKind.CITIZEN_ID, FieldKind.PHONE} or field.name == "born_on":
            assert field.travels is not Travels.UP, field.name


@pytest.mark.parametrize("spec", SPECS.values(), ids=lambda spec: spec.kind)
def test_a_record_saves_with_three_fields(spec: RecordSpec) -> None:
    required = [field.name for field in spec.fields if field.required]
    assert len(required) <= THREE_FIELDS_ARE_TOO_FEW_FOR.get(spec.kind, 3), required


def test_persons_under_management_are_counts_with_no_text_about_one() -> None:
    spec = SPECS["managed_count"]
    assert not spec.attachable
    free = {f.name for f in spec.fields if f.kind in {FieldKind.TEXT, FieldKind.LONG_TEXT}}
    assert free == {"document"}


def test_what_is_kept_of_people_is_kept_as_long_as_was_decided() -> None:
    """Months after the end that a kind counts from; 0: as long as its record."""
    decided = {
        "incident": (24, "closed_on"),
        "member": (24, "left_on"),
        "team_member": (24, "left_on"),
        "committee_member": (24, "left_on"),
        "tip": (24, "received_on"),
        "attachment": (0, ""),
    }
    held = {kind: SPECS[kind].keeping for kind in decided}
    assert {k: (v.months, v.after) for k, v in held.items() if v is not None} == decided
    incident = SPECS["incident"]
    assert incident.field("callback").erased_after == 30
    left = {"role", "sex", "age_group"}
    involved = {field.name for field in incident.line("involved").fields}
    assert left <= involved
    assert held["incident"] is not None
    assert not left & {name.rpartition("/")[2] for name in held["incident"].erases}
    for kind in ("document", "task", "scheme_decision"):
        if kind in SPECS and SPECS[kind].area == "documents":
            assert "55/2025/TT-BCA" in SPECS[kind].retention, kind


def test_what_two_devices_would_make_alike_has_one_identity() -> None:
    assert {kind: spec.alike for kind, spec in SPECS.items() if spec.alike} == {
        "commitment": ("unit", "year", "signers"),
        "rural_standard": ("unit", "year", "level"),
        "managed_count": ("unit", "year", "category"),
        "team_rating": ("protection_team", "year"),
        "member_rating": ("team_member", "year"),
        "police_force": ("unit", "year"),
        "guard_force": ("unit", "year"),
        "task_answer": ("unit", "task"),
        "proposal_answer": ("by", "proposal"),
        "code_value": ("unit", "code_list", "value"),
        "unit_year": ("unit", "year"),
        "registration": ("unit", "year", "standard"),
        "submission": ("unit", "year", "standard"),
        "score_sheet": ("subject", "year", "criteria_set"),
        "score_line": ("score_sheet", "item"),
        "appraisal_line": ("score_sheet", "item", "author"),
        "criteria_version": ("author", "code", "digest"),
        "recognition": ("author", "unit", "year", "standard"),
        "classification": ("author", "unit", "year"),
        "remedial_plan": ("author", "unit", "year"),
        "day_plan": ("unit", "year", "unit_kind"),
        "target": ("author", "unit", "year", "measure"),
        "holiday": ("unit", "day"),
        "closing": ("unit", "year", "standard"),
        "drug_count": ("unit", "year"),
        "opening_figure": ("measure", "unit", "period", "document"),
        "zero_report": ("unit", "about", "period"),
        "request_answer": ("unit", "request"),
        "adjustment": ("by", "unit", "measure", "period"),
    }
