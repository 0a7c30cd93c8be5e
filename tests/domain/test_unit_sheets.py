"""Which kinds have a sheet by unit, what their lines hold, and the codes of lines on paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import FieldKind, RecordSpec
from antq_desktop.domain.records import SPECS
from antq_desktop.domain.unit_sheets import is_offered, line_code, read_line_code, shape_of

OFFERED = [spec for spec in SPECS.values() if is_offered(spec)]
IDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789@-", min_size=1, max_size=24)


def test_what_units_give_in_numbers_is_offered_and_what_is_of_persons_is_not() -> None:
    offered = {spec.kind for spec in OFFERED}
    assert {"unit", "commitment", "session", "patrol", "guard_force", "managed_count"} <= offered
    assert not offered & {
        "incident",
        "tip",
        "member",
        "team_member",
        "committee_member",
        "document",
    }


@pytest.mark.parametrize("spec", OFFERED, ids=lambda spec: spec.kind)
def test_every_required_field_has_a_place_above_or_in_the_lines(spec: RecordSpec) -> None:
    shape = shape_of(spec)
    places = {*shape.common, *shape.columns, spec.unit_by}
    required = {field.name for field in spec.fields if field.required}
    assert required - places == (set() if spec.kind != "unit" else {"name", "unit_kind"})


@pytest.mark.parametrize("spec", OFFERED, ids=lambda spec: spec.kind)
def test_no_line_shows_what_is_private_or_chosen_from_other_records(spec: RecordSpec) -> None:
    shape = shape_of(spec)
    assert shape.columns
    assert len(set(shape.columns)) == len(shape.columns)
    for name in shape.columns:
        assert not spec.field(name).private
        assert spec.field(name).kind not in {FieldKind.REFERENCE, FieldKind.LONG_TEXT}


@pytest.mark.parametrize("spec", OFFERED, ids=lambda spec: spec.kind)
def test_what_identifies_a_record_is_said_once_above(spec: RecordSpec) -> None:
    shape = shape_of(spec)
    identity = {*spec.alike, spec.parent} - {"", spec.unit_by}
    assert identity <= set(shape.common)
    assert not identity & set(shape.columns)


def test_the_lines_of_a_commitment_hold_its_numbers() -> None:
    shape = shape_of(SPECS["commitment"])
    assert shape.common == ("year", "signers", "signed_on")
    assert shape.columns == ("whole", "signed", "title", "signed_on")
    assert shape.counted == ("whole", "signed")
    assert shape.by_identity
    assert not shape.periodic


def test_records_of_another_force_are_not_meant_and_those_of_another_day_are() -> None:
    shape = shape_of(SPECS["patrol"])
    common = {"force": "protection_team", "patrolled_on": "2026-11-20"}
    assert shape.periodic
    assert shape.matches(common, {"force": "protection_team", "patrolled_on": "2026-11-02"})
    assert not shape.matches(common, {"force": "militia", "patrolled_on": "2026-11-20"})
    assert shape.matches({}, {"force": "militia"})


@given(IDS, IDS, st.integers(1, 99))
def test_a_code_of_a_line_is_read_as_it_was_printed_or_typed(
    unit: str, period: str, number: int
) -> None:
    code = line_code("patrol", unit, period, number)
    assert read_line_code(code) == code
    assert read_line_code(f" {code.lower().replace('-', '')} ") == code
    assert read_line_code(code.replace("1", "l").replace("0", "o")) == code


@given(IDS, st.integers(0, 7), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_symbol_in_a_code_is_noticed(unit: str, at: int, other: str) -> None:
    symbols = line_code("patrol", unit, "2026-11").replace("-", "")
    if symbols[at] == other:
        return
    with pytest.raises(UserError) as refused:
        read_line_code(symbols[:at] + other + symbols[at + 1 :])
    assert refused.value.code == "line_code_not_understood"


def test_a_code_stays_the_same_for_ever() -> None:
    assert line_code("patrol", "11074@2025-07-01", "2026-11") == "GGA4-GZ3T"


def test_the_lines_of_a_large_commune_have_codes_of_their_own() -> None:
    codes = {
        line_code(kind, f"unit-{unit}", f"2026-{month:02}", number)
        for kind in ("patrol", "session")
        for unit in range(300)
        for month in range(1, 13)
        for number in (1, 2)
    }
    assert len(codes) == 2 * 300 * 12 * 2
