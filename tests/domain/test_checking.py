"""Each value against its field: what is refused, under which code, and that all is told at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.checking import check, check_value, lowered
from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import (
    FieldKind,
    FieldSpec,
    LineSpec,
    Order,
    RecordSpec,
    RuleView,
    Travels,
    Value,
)

TODAY = date(2026, 11, 21)
A, B = "a" * 32, "b" * 32


class TwoLists:
    """Code lists with two values in one list."""

    def has(self, list_name: str, value_id: str) -> bool:
        return list_name == "state" and value_id in {"new", "closed"}


CODES = TwoLists()


def field(kind: FieldKind) -> FieldSpec:
    return FieldSpec(name="f", label="Mục thử", kind=kind, codes="state")


def code_of(spec: FieldSpec, value: Value) -> str:
    fault = check_value(spec, value, CODES)
    return fault.code if fault else ""


GOOD: list[tuple[FieldKind, Value]] = [
    (FieldKind.TEXT, "Đường Nguyễn Huệ, số 5/2 – “tổ 3”"),
    (FieldKind.TEXT, "=cmd|' /C calc'!A0"),
    (FieldKind.TEXT, "<b>Nguyễn & con</b>"),
    (FieldKind.LONG_TEXT, "một\nhai\tba"),
    (FieldKind.INTEGER, 0),
    (FieldKind.MONEY, 10**15),
    (FieldKind.DECIMAL, "12.5"),
    (FieldKind.DECIMAL, "-0.000001"),
    (FieldKind.DATE, "2026"),
    (FieldKind.DATE, "2026-11"),
    (FieldKind.DATE, "2024-02-29"),
    (FieldKind.DATE, "1900"),
    (FieldKind.DATE, "2100-12-31"),
    (FieldKind.MOMENT, "2026-11-21T00:00"),
    (FieldKind.MOMENT, "2026-11-21T23:59"),
    (FieldKind.YES_NO, False),
    (FieldKind.CHOICE, "closed"),
    (FieldKind.REFERENCE, A),
    (FieldKind.REFERENCE, "11074@2025-07-01"),
    (FieldKind.PHONE, "0100000001"),
    (FieldKind.PHONE, "+84100000001"),
    (FieldKind.CITIZEN_ID, "000000000001"),
    (FieldKind.CITIZEN_ID, "000000001"),
]

BAD: list[tuple[FieldKind, Value, str]] = [
    (FieldKind.TEXT, "hai\ndòng", "text_not_allowed"),
    (FieldKind.TEXT, "cột\tcột", "text_not_allowed"),
    (FieldKind.TEXT, "đảo\u202echiều", "text_not_allowed"),
    (FieldKind.TEXT, "ẩn\u200bkhoảng", "text_not_allowed"),
    (FieldKind.TEXT, "nửa\ud800cặp", "text_not_allowed"),
    (FieldKind.TEXT, "không\x00", "text_not_allowed"),
    (FieldKind.LONG_TEXT, "về\rđầu", "text_not_allowed"),
    (FieldKind.LONG_TEXT, "chuông\x07", "text_not_allowed"),
    (FieldKind.TEXT, "ế" * 10_000, "text_too_long"),
    (FieldKind.TEXT, 5, "not_text"),
    (FieldKind.TEXT, True, "not_text"),
    (FieldKind.INTEGER, "5", "not_number"),
    (FieldKind.INTEGER, True, "not_number"),
    (FieldKind.INTEGER, -1, "number_out_of_range"),
    (FieldKind.MONEY, 10**15 + 1, "number_out_of_range"),
    (FieldKind.MONEY, 10**40, "number_out_of_range"),
    (FieldKind.DECIMAL, "12,5", "not_decimal"),
    (FieldKind.DECIMAL, "1e5", "not_decimal"),
    (FieldKind.DECIMAL, "NaN", "not_decimal"),
    (FieldKind.DATE, "31/02/2026", "date_not_in_calendar"),
    (FieldKind.DATE, "2026-02-30", "date_not_in_calendar"),
    (FieldKind.DATE, "2026-13", "date_not_in_calendar"),
    (FieldKind.DATE, "2025-02-29", "date_not_in_calendar"),
    (FieldKind.DATE, "1899-12-31", "date_not_in_calendar"),
    (FieldKind.DATE, "2101", "date_not_in_calendar"),
    (FieldKind.DATE, "0000-01-01", "date_not_in_calendar"),
    (FieldKind.DATE, "2026-1-1", "date_not_in_calendar"),
    (FieldKind.DATE, "２０２６", "date_not_in_calendar"),
    (FieldKind.DATE, "2026\n", "date_not_in_calendar"),
    (FieldKind.MOMENT, "2026-11-21T24:00", "moment_not_in_calendar"),
    (FieldKind.MOMENT, "2026-11-21T08:60", "moment_not_in_calendar"),
    (FieldKind.MOMENT, "2026-02-30T08:00", "moment_not_in_calendar"),
    (FieldKind.MOMENT, "2026-11-21", "moment_not_in_calendar"),
    (FieldKind.MOMENT, "2026-11-21T08:00:00", "moment_not_in_calendar"),
    (FieldKind.YES_NO, "có", "not_yes_no"),
    (FieldKind.YES_NO, 1, "not_yes_no"),
    (FieldKind.CHOICE, "unheard", "not_in_codes"),
    (FieldKind.CHOICE, 3, "not_text"),
    (FieldKind.REFERENCE, "Thôn Mẫu", "not_reference"),
    (FieldKind.REFERENCE, A.upper(), "not_reference"),
    (FieldKind.PHONE, "0100 000 001", "not_phone"),
    (FieldKind.PHONE, "१२३४५६७८९", "not_phone"),
    (FieldKind.CITIZEN_ID, "00000000001", "not_citizen_id"),
    (FieldKind.CITIZEN_ID, "００００００００１", "not_citizen_id"),
]


@pytest.mark.parametrize(("kind", "value"), GOOD, ids=str)
def test_a_good_value_is_taken(kind: FieldKind, value: Value) -> None:
    assert code_of(field(kind), value) == ""


@pytest.mark.parametrize(("kind", "value", "code"), BAD, ids=lambda held: repr(held)[:30])
def test_a_bad_value_is_refused_under_its_code(kind: FieldKind, value: Value, code: str) -> None:
    assert code_of(field(kind), value) == code


@pytest.mark.parametrize("kind", [k for k in FieldKind if k is not FieldKind.LONG_TEXT])
def test_a_sentence_quotes_no_more_than_can_be_read(kind: FieldKind) -> None:
    fault = check_value(field(kind), "9ậ" * 5_000, CODES)
    assert fault is not None
    assert len(fault.message) < 200


def test_bounds_hold_at_the_very_number_and_length() -> None:
    spec = replace(field(FieldKind.INTEGER), minimum=5, maximum=7)
    assert [code_of(spec, number) for number in (4, 5, 7, 8)] == [
        "number_out_of_range",
        "",
        "",
        "number_out_of_range",
    ]
    text = replace(field(FieldKind.TEXT), max_length=3)
    assert (code_of(text, "ếếế"), code_of(text, "ếếếế")) == ("", "text_too_long")


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_of_the_calendar_is_taken(day: date) -> None:
    assert code_of(field(FieldKind.DATE), day.isoformat()) == ""
    assert code_of(field(FieldKind.MOMENT), f"{day.isoformat()}T12:30") == ""


@given(st.sampled_from(FieldKind), st.none() | st.booleans() | st.integers() | st.text())
def test_no_value_whatever_breaks_the_check(kind: FieldKind, value: Value) -> None:
    fault = check_value(field(kind), value, CODES)
    assert fault is None or (fault.code.isascii() and fault.message.endswith("."))


SPEC = RecordSpec(
    kind="sample",
    label="hồ sơ mẫu",
    plural="Hồ sơ mẫu",
    area="schemes",
    purpose="Thử.",
    holds_persons=False,
    retention="Thử.",
    title=("name",),
    order=Order.NAME_OF_THING,
    order_by="name",
    fields=(
        FieldSpec(name="name", label="Tên", required=True, travels=Travels.UP),
        FieldSpec(name="date", label="Ngày", kind=FieldKind.DATE, wanted=True),
        FieldSpec(name="count", label="Số hộ", kind=FieldKind.INTEGER),
    ),
    lines=(
        LineSpec(
            name="people",
            label="Người",
            item="người",
            limit=2,
            fields=(
                FieldSpec(name="role", label="Vai trò", required=True),
                FieldSpec(name="age", label="Tuổi", kind=FieldKind.INTEGER),
            ),
        ),
    ),
)


def told(spec: RecordSpec, values: dict[str, Value]) -> list[tuple[str, str, bool]]:
    return [(f.code, f.field, f.warning) for f in check(spec, values, CODES, TODAY)]


def test_everything_wrong_is_told_at_once_each_fault_beside_its_field() -> None:
    found = told(
        SPEC,
        {"date": "2026-02-30", "count": -1, "people/x/age": "trẻ", "unheard": "?", "people/y/z": 1},
    )
    assert found == [
        ("required", "name", False),
        ("date_not_in_calendar", "date", False),
        ("number_out_of_range", "count", False),
        ("required", "people/x/role", False),
        ("not_number", "people/x/age", False),
        ("required", "people/y/role", False),
        ("unknown_field", "unheard", False),
        ("unknown_field", "people/y/z", False),
    ]


def test_what_a_report_will_want_is_a_remark_that_stops_nothing() -> None:
    assert told(SPEC, {"name": "Mẫu"}) == [("wanted", "date", True)]
    assert told(SPEC, {"name": "Mẫu", "date": "2026"}) == []


def test_an_empty_text_is_no_value() -> None:
    assert told(SPEC, {"name": "", "date": "2026"}) == [("required", "name", False)]


def test_a_small_list_has_a_most() -> None:
    values: dict[str, Value] = {"name": "Mẫu", "date": "2026"}
    values |= {f"people/{n}/role": "x" for n in range(3)}
    assert told(SPEC, values) == [("too_many_lines", "people", False)]


@pytest.mark.parametrize("line_id", ["", "a b", "ế", "a\n", "x" * 65])
def test_the_id_of_a_line_is_plain(line_id: str) -> None:
    values: dict[str, Value] = {"name": "M", "date": "2026", f"people/{line_id}/role": "x"}
    assert told(SPEC, values) == [("unknown_line", "people", False)]


@pytest.mark.parametrize(
    ("ids_from", "good", "bad"),
    [("year", "2026", "26"), ("year", "2100", "2101"), ("state", "new", "unheard")],
)
def test_lines_that_two_devices_make_alike_have_the_ids_of_their_list(
    ids_from: str, good: str, bad: str
) -> None:
    spec = replace(SPEC, lines=(replace(SPEC.lines[0], ids_from=ids_from),))
    values: dict[str, Value] = {"name": "M", "date": "2026"}
    assert told(spec, {**values, f"people/{good}/role": "x"}) == []
    assert told(spec, {**values, f"people/{bad}/role": "x"}) == [("unknown_line", "people", False)]


def test_rules_are_asked_even_when_a_field_is_wrong_but_not_about_that_field() -> None:
    def name_and_count_agree(view: RuleView) -> Iterator[Fault]:
        if view.text("name") == "Mẫu":
            yield view.fault("rule_on_name", "Tên.", "name")
        yield view.fault("rule_on_count", "Số.", "count")

    spec = replace(SPEC, rules=(name_and_count_agree,))
    assert told(spec, {"name": "Mẫu", "date": "2026", "count": -1}) == [
        ("number_out_of_range", "count", False),
        ("rule_on_name", "name", False),
    ]


def test_in_a_bundle_upward_nobody_asks_for_what_cannot_be_there() -> None:
    found = check(SPEC, {"name": "Mẫu"}, CODES, None, farthest=Travels.UP)
    assert found == []


def test_a_label_stands_in_a_sentence_as_it_should() -> None:
    assert lowered("Ngày đếm") == "ngày đếm"
    assert lowered("CCCD") == "CCCD"
