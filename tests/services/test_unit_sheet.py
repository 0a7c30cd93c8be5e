"""Entering what each unit gives: lines, faults by line and field, one save, one undo."""

from __future__ import annotations

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.unit_sheets import read_line_code
from antq_desktop.services.office import Office
from antq_desktop.services.records import Edit
from antq_desktop.services.unit_sheet_lines import Ask, UnitSheet
from tests.stores import COMMUNE_ID

VILLAGES = ("Thôn Mẫu Đông", "Thôn Mẫu Đoài", "Thôn Mẫu Hạ")
SIGNED: dict[str, Value] = {"year": 2026, "signers": "households"}
PATROLLED: dict[str, Value] = {"patrolled_on": "2026-11-20", "force": "protection_team"}


@pytest.fixture
def villages(office: Office) -> list[str]:
    """Make some neighbourhoods; return their ids in the order of the alphabet."""
    made = [
        Edit("unit", office.records.new_id(), {"name": name, "unit_kind": "neighbourhood"}, True)
        for name in VILLAGES
    ]
    office.records.save(made)
    return [line.unit for line in opened(office, "commitment").lines]


def opened(
    office: Office, kind: str, common: dict[str, Value] | None = None, **more: object
) -> UnitSheet:
    ask = Ask(kind, "neighbourhood", "2026-11", SIGNED if common is None else common)
    for name, value in more.items():
        object.__setattr__(ask, name, value)
    return office.unit_sheets.open(ask)


def faults_of(refused: UserError) -> set[tuple[str, str, str]]:
    return {(fault.record, fault.field, fault.code) for fault in refused.faults}


def test_each_unit_in_force_has_a_line_in_the_order_of_the_alphabet(
    office: Office, villages: list[str]
) -> None:
    office.records.change("unit", villages[0], {"valid_from": "2020", "valid_to": "2025-06-30"})
    names = [line.name for line in opened(office, "commitment").lines]
    assert names == ["Thôn Mẫu Đông", "Thôn Mẫu Hạ"]
    assert [line.unit for line in opened(office, "police_force", unit_kind="commune").lines] == [
        COMMUNE_ID
    ]


def test_people_under_management_are_entered_for_the_commune_and_no_neighbourhood(
    office: Office, villages: list[str]
) -> None:
    assert villages
    common: dict[str, Value] = {"year": 2026, "category": "drug_after"}
    sheet = opened(office, "managed_count", common, unit_kind="")
    assert [line.unit for line in sheet.lines] == [COMMUNE_ID]
    with pytest.raises(UserError) as refused:
        opened(office, "managed_count", common)
    assert refused.value.code == "count_of_a_neighbourhood"


def test_the_kinds_of_unit_are_counted(office: Office, villages: list[str]) -> None:
    counts = {one.id: one.count for one in office.unit_sheets.unit_kinds()}
    assert counts == {"commune": 1, "neighbourhood": len(villages)}


def test_all_lines_are_saved_as_one_action_and_taken_back_by_one(
    office: Office, villages: list[str]
) -> None:
    sheet = opened(office, "commitment")
    typed = {
        sheet.lines[0].key: {"whole": "1.234", "signed": "1.200"},
        sheet.lines[2].key: {"whole": "310", "signed_on": "5/11/2026"},
    }
    saved = office.unit_sheets.save(sheet, {**SIGNED, "signed_on": "2026-11-02"}, typed)
    assert saved.sentence == "Đã thêm 2 kết quả ký cam kết theo đơn vị."
    again = opened(office, "commitment")
    assert [bool(line.record) for line in again.lines] == [True, False, True]
    assert again.lines[0].values["whole"] == 1234
    assert again.lines[0].values["signed_on"] == "2026-11-02"
    assert again.lines[2].values["signed_on"] == "2026-11-05"
    assert again.lines[2].values["unit"] == villages[2]
    office.records.undo(saved.seq)
    assert office.lists.count(office.lists.listing("commitment"), 0).number == 0


def test_lines_without_anything_typed_save_nothing(office: Office, villages: list[str]) -> None:
    sheet = opened(office, "commitment")
    saved = office.unit_sheets.save(sheet, SIGNED, {sheet.lines[0].key: {"whole": "  "}})
    assert (saved.seq, saved.ids) == (0, ())


def test_a_stored_record_is_changed_and_not_doubled(office: Office, villages: list[str]) -> None:
    sheet = opened(office, "commitment")
    office.unit_sheets.save(sheet, SIGNED, {sheet.lines[0].key: {"whole": "10"}})
    sheet = opened(office, "commitment")
    key = sheet.lines[0].key
    saved = office.unit_sheets.save(sheet, SIGNED, {key: {"whole": "11", "signed": "9"}})
    assert saved.sentence == "Đã sửa 1 kết quả ký cam kết theo đơn vị."
    held = office.lists.every("commitment")
    assert [(one.values()["whole"], one.values()["signed"]) for one in held] == [(11, 9)]
    saved = office.unit_sheets.save(opened(office, "commitment"), SIGNED, {key: {"whole": "11"}})
    assert saved.seq == 0


def test_a_record_of_the_period_stands_in_the_line_of_its_unit(
    office: Office, villages: list[str]
) -> None:
    first = office.records.add("patrol", {**PATROLLED, "unit": villages[1], "turns": 4}).ids[0]
    office.records.add("patrol", {**PATROLLED, "unit": villages[1], "patrolled_on": "2026-10-09"})
    office.records.add("patrol", {**PATROLLED, "unit": villages[1], "force": "militia"})
    sheet = opened(office, "patrol", PATROLLED)
    assert [line.record for line in sheet.lines] == ["", first, ""]
    line = sheet.lines[1]
    office.unit_sheets.save(sheet, PATROLLED, {line.key: {"turns": "5"}})
    assert office.lists.show("patrol", first).values["turns"] == 5


def test_a_second_line_of_a_unit_makes_a_second_record(office: Office, villages: list[str]) -> None:
    first = office.records.add("patrol", {**PATROLLED, "unit": villages[1], "turns": 4}).ids[0]
    sheet = opened(office, "patrol", PATROLLED, more={villages[1]: 1})
    lines = [line for line in sheet.lines if line.unit == villages[1]]
    assert [line.record for line in lines] == [first, ""]
    office.unit_sheets.save(sheet, PATROLLED, {lines[1].key: {"turns": "2"}})
    lines = [line for line in opened(office, "patrol", PATROLLED).lines if line.record]
    assert sorted(int(str(line.values["turns"])) for line in lines) == [2, 4]


def test_every_fault_is_told_at_once_by_line_and_field(office: Office, villages: list[str]) -> None:
    sheet = opened(office, "commitment", {"year": 2026})
    first, second, third = (line.key for line in sheet.lines)
    typed = {
        first: {"whole": "mười", "signed_on": "31/02/2026"},
        second: {"whole": "10", "signed": "11"},
        third: {"whole": "10"},
    }
    with pytest.raises(UserError) as refused:
        office.unit_sheets.save(sheet, {"year": 2026}, typed)
    told = faults_of(refused.value)
    assert {(key, field) for key, field, _code in told} == {
        (first, "whole"),
        (first, "signed_on"),
        (second, "signed"),
        ("", "signers"),
    }
    assert refused.value.code == "invalid"
    assert office.lists.count(office.lists.listing("commitment"), 0).number == 0


def test_a_fault_that_only_the_store_finds_is_told_once_above_the_lines(
    office: Office, villages: list[str]
) -> None:
    common: dict[str, Value] = {"campaign": "0" * 32, "title": "Pháo thu nộp"}
    sheet = opened(office, "campaign_result", common)
    typed = {line.key: {"quantity": "3"} for line in sheet.lines}
    with pytest.raises(UserError) as refused:
        office.unit_sheets.save(sheet, common, typed)
    assert faults_of(refused.value) == {("", "campaign", "unknown_reference")}
    assert refused.value.code == "unknown_reference"


def test_households_take_the_day_of_counting_from_above(
    office: Office, villages: list[str]
) -> None:
    common: dict[str, Value] = {"households_counted": "2026-11-01"}
    sheet = opened(office, "unit", common)
    typed = {sheet.lines[0].key: {"households": "210"}, sheet.lines[1].key: {"residents": "800"}}
    office.unit_sheets.save(sheet, common, typed)
    values = [office.lists.show("unit", one).values for one in villages]
    assert (values[0]["households"], values[0]["households_counted"]) == (210, "2026-11-01")
    assert values[1]["residents"] == 800
    assert "households_counted" not in values[1]


def test_a_line_puts_a_voided_record_back_in_force_with_nothing_of_what_it_held(
    office: Office, villages: list[str]
) -> None:
    sheet = opened(office, "commitment")
    key = sheet.lines[0].key
    first = office.unit_sheets.save(sheet, SIGNED, {key: {"whole": "10", "signed": "9"}})
    office.records.undo(first.seq)
    sheet = opened(office, "commitment")
    assert (sheet.lines[0].values, sheet.lines[0].locked) == ({}, "")
    saved = office.unit_sheets.save(sheet, SIGNED, {key: {"whole": "12"}})
    assert saved.sentence == "Đã thêm 1 kết quả ký cam kết theo đơn vị."
    shown = office.lists.show("commitment", first.ids[0])
    assert shown.void_reason is None
    assert shown.values == {**SIGNED, "unit": villages[0], "whole": 12}
    office.records.undo(saved.seq)
    assert office.lists.show("commitment", first.ids[0]).void_reason is not None


def test_the_codes_of_lines_find_them_again(office: Office, villages: list[str]) -> None:
    sheet = opened(office, "patrol", PATROLLED)
    codes = [office.unit_sheets.code_of(sheet, line) for line in sheet.lines]
    assert len(set(codes)) == len(villages)
    office.records.add("patrol", {**PATROLLED, "unit": villages[1], "turns": 4})
    later = opened(office, "patrol", PATROLLED)
    found = office.unit_sheets.line_of(later, read_line_code(codes[1].lower()))
    assert found is not None
    assert found.unit == villages[1]
    assert office.unit_sheets.line_of(later, "0000-0000") is None


def test_kinds_without_a_line_for_each_unit_are_refused(office: Office) -> None:
    with pytest.raises(UserError) as refused:
        opened(office, "incident")
    assert refused.value.code == "not_by_unit"


def test_cells_are_judged_and_added_up_while_they_are_typed(office: Office) -> None:
    sheets = office.unit_sheets
    shape = opened(office, "commitment").shape
    assert sheets.number_of(shape, "whole", "1.234") == 1234
    assert sheets.number_of(shape, "whole", "mười") is None
    fault = sheets.fault_of(shape, "whole", "-3")
    assert fault is not None
    assert sheets.fault_of(shape, "whole", "12") is None
    assert sheets.fault_of(shape, "signed_on", "21/11") is None
    assert sheets.text_of(shape, "signed_on", "2026-11-21") == "21/11/2026"
