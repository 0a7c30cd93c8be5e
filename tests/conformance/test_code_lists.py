"""What every released code list must be, and what none may ever hold."""

from __future__ import annotations

import pytest

from antq_desktop import paths
from antq_desktop.catalogue.codes import load_codes
from antq_desktop.catalogue.lock import lock_faults
from antq_desktop.catalogue.units import load_units
from antq_desktop.domain.codes import ALWAYS, CodeList
from antq_desktop.domain.records import incidents, schemes, units
from antq_desktop.domain.records.scheme_parts import ACTIVITY, MEMBER, SITE, TEAM
from antq_desktop.domain.text import fold
from antq_desktop.domain.units import COMMUNE, TREE_KINDS

CODES = load_codes(paths.codes_folder())
LISTS = [CODES[name] for name in CODES]
PARTS = (SITE, TEAM, MEMBER, ACTIVITY)
INCIDENT_KINDS = [
    "social_order", "economic", "drugs", "environment", "high_tech", "traffic_accident", "fire",
    "labour_accident", "drowning_disaster", "social_evils", "disorder", "domestic_violence",
    "school_violence", "dispute", "weapons", "administrative", "other",
]  # fmt: skip
# Said here again on purpose: the program's own rule must not be able to loosen its test.
NEVER_CLASSED = (
    "tôn giáo", "tín ngưỡng", "dân tộc", "ly khai", "tự trị", "chính trị", "chống Đảng",
    "chống chính quyền", "chống Nhà nước", "an ninh quốc gia", "đình công", "lãn công",
    "khiếu nại", "khiếu kiện", "tố cáo", "kiến nghị", "biểu tình", "phản động",
)  # fmt: skip
WORDS_NOT_USED = ("đối tượng", "dấu vân tay", "biên nhận", "giấy tờ", "quý khách", "hợp nhất")


def every_list() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("codes", LISTS, ids=lambda codes: codes.name)


@every_list()
def test_a_list_is_read_and_says_where_it_comes_from(codes: CodeList) -> None:
    assert len(codes.values) >= 2
    assert codes.title
    assert codes.legal_basis
    assert codes.editable == (codes.confidence != "A")


@every_list()
def test_no_list_classes_events_or_people_by_what_must_not_be_classed(codes: CodeList) -> None:
    if codes.name == "scheme_type":
        return  # public names of schemes, which class nobody
    held = fold(" | ".join(f"{value.label} {value.note}" for value in codes.values))
    assert [word for word in NEVER_CLASSED if fold(word) in held] == []


@every_list()
def test_labels_use_the_words_of_the_office(codes: CodeList) -> None:
    told = " | ".join([codes.title, codes.note, *(f"{v.label} {v.note}" for v in codes.values)])
    assert [word for word in WORDS_NOT_USED if word in told.lower()] == []
    assert "!" not in told
    assert all(value.label == value.label.strip() for value in codes.values)


def test_the_kinds_of_incident_are_these_and_no_unit_of_ours_adds_one_in_silence() -> None:
    assert [value.id for value in CODES["incident_kind"].values] == INCIDENT_KINDS


def test_no_role_or_state_points_at_the_person_who_gave_a_tip() -> None:
    roles = fold(" | ".join(value.label for value in CODES["involved_role"].values))
    for word in ("tin", "tố giác", "phản ánh", "nguồn"):
        assert fold(word) not in roles.split()
    assert {"victim", "violator", "witness", "related"} <= {
        value.id for value in CODES["involved_role"].values
    }


def test_the_dossier_of_a_scheme_has_its_thirteen_items_some_of_them_required() -> None:
    items = CODES["dossier_item"].values
    assert len(items) == 13
    assert {value.id for value in items if value.required} == {
        "proposal", "founding_decision", "board_decision", "regulations", "activity_log",
        "reports", "rating_sheet",
    }  # fmt: skip
    assert not any(value.required for codes in LISTS if codes.name != "dossier_item"
                   for value in codes.values)  # fmt: skip


def test_what_ended_with_the_districts_is_offered_for_years_before_only() -> None:
    for name, value_id in (
        ("unit_kind", "district"),
        ("commune_kind", "thi_tran"),
        ("management_level", "district"),
        ("fund_source", "district_budget"),
    ):
        assert value_id in {value.id for value in CODES.in_force(name, "2022")}
        assert value_id not in {value.id for value in CODES.in_force(name, "2025-07-01")}
    assert "dac_khu" not in {value.id for value in CODES.in_force("commune_kind", "2022")}


def test_each_list_offers_something_at_any_day_of_the_program() -> None:
    late = {"incident_class", "area_kind"}  # begin with Thông tư 28/2020
    for codes in LISTS:
        assert codes.in_force("2026-11-21")
        assert codes.in_force(ALWAYS) or codes.name in late


def test_no_released_data_file_changed_without_its_digest() -> None:
    faults = lock_faults(paths.forms_folder())
    assert not faults, f"see forms/README.md for the command that locks anew: {faults}"


def test_the_ids_that_the_rules_of_records_speak_of_are_in_the_lists() -> None:
    spoken_of = {
        "age_group": incidents.MINORS,
        "involved_role": {incidents.VICTIM},
        "incident_kind": {incidents.DOMESTIC_VIOLENCE},
        "incident_state": incidents.CLOSED,
        "scheme_state": {schemes.ENDED},
        "unit_kind": {units.NEIGHBOURHOOD, units.AGENCY, units.ENTERPRISE, units.SCHOOL},
    }
    for name, ids in spoken_of.items():
        assert {value_id for value_id in ids if not CODES.has(name, value_id)} == set()


def test_every_list_that_a_field_names_is_there() -> None:
    named = {
        spec.codes
        for record in (incidents.INCIDENT, schemes.SCHEME, units.UNIT, *PARTS)
        for spec in (*record.fields, *(inner for line in record.lines for inner in line.fields))
        if spec.codes
    }
    assert named <= set(CODES)


def test_the_kinds_of_units_of_tables_and_trees_are_in_the_lists() -> None:
    assert all(CODES.has("unit_kind", kind) for kind in TREE_KINDS)
    shipped = load_units(paths.units_file())
    assert all(CODES.has("commune_kind", u.commune_kind) for u in shipped if u.kind == COMMUNE)
