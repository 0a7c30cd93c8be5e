"""Cells of Excel, as they are meant."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec, Value
from antq_desktop.domain.sheetcells import (
    FIRST_DAY,
    Cell,
    First,
    given_by,
    habit_of,
    is_blank,
    letters_of,
    shown,
)


def field(kind: FieldKind, name: str = "field") -> FieldSpec:
    return FieldSpec(name=name, label="Mục", kind=kind)


def typed(kind: FieldKind, cell: Cell, name: str = "field") -> Value:
    return given_by(field(kind, name), cell).typed


@given(st.dates(date(1930, 1, 1), date(2100, 12, 31)))
def test_a_day_a_serial_number_and_text_mean_the_same_day(day: date) -> None:
    serial = float((day - FIRST_DAY).days)
    assert typed(FieldKind.DATE, serial) == day.isoformat()
    assert typed(FieldKind.DATE, day) == day.isoformat()
    assert typed(FieldKind.DATE, datetime.combine(day, time())) == day.isoformat()
    assert typed(FieldKind.DATE, f"{day.year}/{day.month}/{day.day}") == (
        f"{day.year}-{day.month}-{day.day}"
    )


def test_a_number_that_is_a_year_stays_a_year() -> None:
    assert typed(FieldKind.DATE, 1975.0) == "1975"


def test_the_midnight_that_a_program_wrote_behind_a_date_is_no_part_of_it() -> None:
    assert typed(FieldKind.DATE, "2026-11-05 00:00:00") == "2026-11-05"


def test_a_moment_keeps_its_minute() -> None:
    assert typed(FieldKind.MOMENT, datetime.fromisoformat("2026-11-21T08:05")) == "2026-11-21T08:05"
    assert typed(FieldKind.MOMENT, 46347 + (8 * 60 + 5) / 1440) == "2026-11-21T08:05"


@pytest.mark.parametrize("cell", ["", " ", "-", "–", "...", "…", "/", "\u00a0"])
def test_a_lone_dash_stands_for_nothing(cell: str) -> None:
    assert is_blank(cell)


@pytest.mark.parametrize("cell", [0, 0.0, False, "0", "-1", "không"])
def test_nought_and_no_are_something(cell: Cell) -> None:
    assert not is_blank(cell)


def test_numbers_in_fields_of_text_lose_the_tail_that_excel_gives_them() -> None:
    assert typed(FieldKind.TEXT, 12.0) == "12"
    assert typed(FieldKind.TEXT, 12.5) == "12,5"
    assert typed(FieldKind.TEXT, time(8, 5)) == "08:05"


def test_a_text_that_excel_turned_into_a_day_is_told() -> None:
    found = given_by(field(FieldKind.TEXT), date(2026, 5, 12))
    assert found.typed == "12/05/2026"
    assert found.remark is not None
    assert found.remark.code == "text_became_date"
    assert found.remark.warning


@pytest.mark.parametrize(
    ("kind", "cell", "whole"),
    [
        (FieldKind.CITIZEN_ID, 1_000_000_001.0, "001000000001"),
        (FieldKind.CITIZEN_ID, "11000000002", "011000000002"),
        (FieldKind.CITIZEN_ID, 12345678.0, "012345678"),
        (FieldKind.PHONE, 100000001.0, "0100000001"),
    ],
)
def test_a_lost_leading_zero_is_noticed_and_put_back_only_when_asked(
    kind: FieldKind, cell: Cell, whole: str
) -> None:
    with pytest.raises(UserError) as refused:
        given_by(field(kind), cell)
    assert refused.value.code == "leading_zero_lost"
    assert whole in refused.value.message
    found = given_by(field(kind), cell, zeros=True)
    assert found.typed == whole
    assert found.remark is not None
    assert found.remark.warning


@pytest.mark.parametrize("cell", ["000000000001", "123456789", "000 000 000 004", 123456789012.0])
def test_a_whole_number_of_identity_is_left_alone(cell: Cell) -> None:
    assert given_by(field(FieldKind.CITIZEN_ID), cell).remark is None


@pytest.mark.parametrize(("cell", "meant"), [(1.0, True), (0.0, False), (True, True), ("v", "có")])
def test_marks_of_yes_are_known(cell: Cell, meant: Value) -> None:
    assert typed(FieldKind.YES_NO, cell) == meant


def test_a_day_in_a_field_of_numbers_is_a_fault_but_gives_a_year_its_year() -> None:
    assert typed(FieldKind.INTEGER, date(1980, 3, 15), "birth_year") == 1980
    with pytest.raises(UserError, match="là ngày 15/03/1980"):
        given_by(field(FieldKind.INTEGER), date(1980, 3, 15))


def test_a_column_that_can_only_be_month_first_is_read_so() -> None:
    habit = habit_of(["05/13/2026", "01/02/2026"])
    assert habit.order is First.MONTH
    found = given_by(field(FieldKind.DATE), "01/02/2026", order=habit.order)
    assert found.typed == "02/01/2026"
    assert habit_of(["13/05/2026", "01/02/2026"]).order is First.DAY


def test_a_column_written_both_ways_is_told() -> None:
    assert habit_of(["13/05/2026", "05/13/2026"]).mixed


def test_days_that_excel_turned_around_are_suspected() -> None:
    cells: list[Cell] = ["25/06/2025", "30/07/2025", date(2025, 6, 5), date(2025, 7, 4)]
    assert habit_of(cells).turned
    assert not habit_of([*cells, date(2025, 6, 25)]).turned
    assert not habit_of([*cells, "05/06/2025"]).turned


@pytest.mark.parametrize(("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_columns_have_the_letters_of_excel(place: int, letters: str) -> None:
    assert letters_of(place) == letters


@given(st.integers(-(10**14), 10**14))
def test_a_whole_number_is_shown_without_a_point(number: int) -> None:
    assert shown(float(number)) == str(number)
