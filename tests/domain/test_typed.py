from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.shown import show_date, show_moment
from antq_desktop.domain.typed import is_date, is_moment, parse_date, parse_moment

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 8, 5)  # noqa: DTZ001 - civil time of Vietnam, as officers type it

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
moments = st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31, 23, 59))  # noqa: DTZ001


def code_of(typed: str, *, partial: bool = False) -> str:
    with pytest.raises(UserError) as caught:
        parse_date(typed, TODAY, "Ngày xảy ra", partial=partial)
    return caught.value.code


@pytest.mark.parametrize(
    "typed",
    [
        "21112026", "211126", "21/11", "21/11/2026", "21-11-26", "21.11.26", "21 11 2026",
        "hôm nay", " Hôm  Nay ", "HÔM NAY", "2026-11-21", "ngày 21 tháng 11 năm 2026",
        "21 tháng 11",
        "ngày 21/11 năm 2026", "21 / 11 / 2026",
    ],
)  # fmt: skip
def test_a_day_is_understood_however_it_is_typed(typed: str) -> None:
    assert parse_date(typed, TODAY, "Ngày xảy ra") == "2026-11-21"
    assert parse_date(typed, TODAY, "Ngày xảy ra", partial=True) == "2026-11-21"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("hôm qua", "2026-11-20"), ("hôm kia", "2026-11-19"), ("ngày mai", "2026-11-22"),
        ("1/2", "2026-02-01"), ("1-2-85", "1985-02-01"), ("1/2/36", "2036-02-01"),
        ("1/2/37", "1937-02-01"), ("29/2/2024", "2024-02-29"),
    ],
)  # fmt: skip
def test_other_days_are_understood_from_the_day_of_typing(typed: str, stored: str) -> None:
    assert parse_date(typed, TODAY, "Ngày sinh") == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("11/2026", "2026-11"), ("112026", "2026-11"), ("tháng 11 năm 2026", "2026-11"),
        ("tháng 11/2026", "2026-11"), ("2026-11", "2026-11"), ("2026", "2026"),
        ("năm 2011", "2011"),
    ],
)  # fmt: skip
def test_a_month_or_a_year_is_enough_only_where_the_field_says_so(typed: str, stored: str) -> None:
    assert parse_date(typed, TODAY, "Ngày thành lập", partial=True) == stored
    assert code_of(typed) == "date_not_understood"


def test_an_impossible_date_is_told_with_the_label_and_the_way_to_type_it() -> None:
    with pytest.raises(UserError) as caught:
        parse_date("31/2", TODAY, "Ngày xảy ra", field="happened_on")
    fault = caught.value
    assert (fault.code, fault.field) == ("date_not_in_calendar", "happened_on")
    assert fault.message == (
        "Ngày xảy ra 31/02/2026 không có trong lịch. Nhập lại theo ngày/tháng/năm."
    )


@pytest.mark.parametrize("typed", ["21/13/2026", "31/4", "29/2/2026", "00/11/2026", "31112026x"])
def test_no_impossible_date_passes(typed: str) -> None:
    assert code_of(typed) == ("date_not_understood" if "x" in typed else "date_not_in_calendar")


@pytest.mark.parametrize("typed", ["1/1/1899", "31/12/2101", "01010000", "1/1/0001"])
def test_a_year_out_of_bounds_is_refused(typed: str) -> None:
    assert code_of(typed) == "date_out_of_bounds"


@pytest.mark.parametrize("typed", ["", "abc", "21/11-2026", "05 21/11", "21/11/026", "٢١/١١/٢٠٢٦"])
def test_what_is_not_clearly_a_date_is_refused(typed: str) -> None:
    assert code_of(typed) == code_of(typed, partial=True) == "date_not_understood"


@given(days)
def test_what_the_screen_shows_can_be_typed_again(day: date) -> None:
    stored = day.isoformat()
    for shown in (
        show_date(stored),
        stored,
        day.strftime("%d%m%Y"),
        f"{day.day}-{day.month}-{day.year}",
    ):
        assert parse_date(shown, TODAY, "Ngày") == stored
    for part in (stored[:7], stored[:4]):
        assert parse_date(show_date(part), TODAY, "Ngày", partial=True) == part
    assert is_date(stored)
    assert is_date(stored, partial=False)


@given(st.text(max_size=20))
def test_whatever_is_typed_gives_a_stored_date_or_a_fault(typed: str) -> None:
    try:
        stored = parse_date(typed, TODAY, "Ngày", partial=True)
    except UserError as fault:
        assert fault.code.startswith("date_")  # noqa: PT017 - both outcomes are right
    else:
        assert is_date(stored)


@pytest.mark.parametrize(
    "typed",
    [
        "21/11/2026 08:05", "8h05 21/11", "8:05 211126", "hôm nay 8h5", "lúc 8h05, ngày 21/11",
        "08 giờ 05 phút ngày 21 tháng 11 năm 2026", "8g05", "2026-11-21T08:05", "bây giờ",
        "8h05 sáng nay",
    ],
)  # fmt: skip
def test_a_moment_is_understood_however_it_is_typed(typed: str) -> None:
    assert parse_moment(typed, NOW, "Thời điểm xảy ra") == "2026-11-21T08:05"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("08h", "2026-11-21T08:00"), ("8h 20/11", "2026-11-20T08:00"),
        ("8h 20 tháng 11 năm 2025", "2025-11-20T08:00"), ("9h tối hôm qua", "2026-11-20T21:00"),
        ("2h30 chiều 20/11", "2026-11-20T14:30"), ("0h", "2026-11-21T00:00"),
        ("12h trưa", "2026-11-21T12:00"), ("1h trưa", "2026-11-21T13:00"),
        ("23:59 hôm kia", "2026-11-19T23:59"),
    ],
)  # fmt: skip
def test_the_time_of_day_is_understood_as_people_say_it(typed: str, stored: str) -> None:
    assert parse_moment(typed, NOW, "Thời điểm xảy ra") == stored


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("21/11/2026", "time_missing"), ("", "time_missing"), ("25:00", "time_not_on_clock"),
        ("08:60", "time_not_on_clock"), ("13h sáng", "time_not_on_clock"),
        ("31/02/2026 8h", "date_not_in_calendar"), ("abc 8h", "date_not_understood"),
        ("2026-11-21T08:05:30", "date_not_understood"), ("8h05 1/1/1800", "date_out_of_bounds"),
    ],
)  # fmt: skip
def test_a_moment_that_is_not_clear_is_refused(typed: str, code: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_moment(typed, NOW, "Thời điểm xảy ra", field="happened_at")
    assert (caught.value.code, caught.value.field) == (code, "happened_at")
    assert caught.value.message.startswith("Thời điểm xảy ra")


@given(moments)
def test_a_moment_shown_can_be_typed_again(moment: datetime) -> None:
    stored = moment.isoformat(timespec="minutes")
    assert parse_moment(show_moment(stored), NOW, "Thời điểm") == stored
    assert parse_moment(stored, NOW, "Thời điểm") == stored
    assert is_moment(stored)


@given(st.text(st.sampled_from("0123456789hg:/-. tsángồiphú,"), max_size=20))
def test_whatever_is_typed_gives_a_stored_moment_or_a_fault(typed: str) -> None:
    try:
        stored = parse_moment(typed, NOW, "Thời điểm")
    except UserError as fault:
        assert fault.code.startswith(("date_", "time_"))  # noqa: PT017 - both outcomes are right
    else:
        assert is_moment(stored)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "21/11/2026",
        "2026-2",
        "2026-02-30",
        "1899",
        "2026-1-1",
        "hôm nay",
        "hom qua",
        "bay gio",
        "8h",
    ],
)
def test_only_the_stored_form_counts_as_stored(value: str) -> None:
    assert not is_date(value)
    assert not is_moment(value)
    assert not is_date("2026-11", partial=False)
    assert not is_moment("2026-11-21T24:00")
