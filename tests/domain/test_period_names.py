"""Names of periods: typed as people say them, said as they type them, and their neighbours."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.period_names import (
    one_after,
    one_before,
    read_period,
    say_period,
    year_before,
)
from antq_desktop.domain.periods import Period, PeriodPreset, calendar_period, custom_period

YEARS = st.integers(1990, 2099)
CALENDAR = st.one_of(
    YEARS.map(str),
    st.builds("{}-{:02d}".format, YEARS, st.integers(1, 12)),
    st.builds("{}-Q{}".format, YEARS, st.integers(1, 4)),
    st.builds("{}-H{}".format, YEARS, st.integers(1, 2)),
)
THURSDAYS = PeriodPreset("statistics", "Thống kê", "", "B", weekday=4, spans=("week",))
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
RANGES = st.builds(
    lambda first, more: (
        custom_period(first.isoformat(), (first + timedelta(days=more)).isoformat()).name
    ),
    DAYS,
    st.integers(0, 800),
)


def days_of(name: str) -> Period:
    since, between, until = name.partition("..")
    return custom_period(since, until) if between else calendar_period(name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("2021", "2021"),
        ("năm 2021", "2021"),
        ("kỳ năm 2021", "2021"),
        ("quý III/2021", "2021-Q3"),
        ("Quý 3 năm 2021", "2021-Q3"),
        ("quý iv 2021", "2021-Q4"),
        ("Q1/2021", "2021-Q1"),
        ("2021-q2", "2021-Q2"),
        ("tháng 9/2021", "2021-09"),
        ("tháng 9 năm 2021", "2021-09"),
        ("09/2021", "2021-09"),
        ("T9/2021", "2021-09"),
        ("6 tháng đầu năm 2021", "2021-H1"),
        ("sáu tháng cuối 2021", "2021-H2"),
        ("15/11/2020–14/11/2021", "2020-11-15..2021-11-14"),
        ("15/11/2020 - 14/11/2021", "2020-11-15..2021-11-14"),
        ("15-11-2020 đến 14-11-2021", "2020-11-15..2021-11-14"),
        ("từ ngày 15/11/2020 đến hết ngày 14/11/2021", "2020-11-15..2021-11-14"),
        ("2020-11-15..2021-11-14", "2020-11-15..2021-11-14"),
        ("01/01/2021–31/12/2021", "2021"),
        ("1/7/2021–30/9/2021", "2021-Q3"),
        ("1/7/2021-31/12/2021", "2021-H2"),
        ("1/2/2024-29/2/2024", "2024-02"),
        ("statistics:2021-Q1", "statistics:2021-Q1"),
        ("statistics:2021-W35", "statistics:2021-W35"),
        ("ngày 02/9/2021", "2021-09-02"),
        ("02/9/2021–02/9/2021", "2021-09-02"),
        ("2021–2025", "2021-01-01..2025-12-31"),
        ("giai đoạn 2021-2025", "2021-01-01..2025-12-31"),
        ("từ năm 2021 đến năm 2025", "2021-01-01..2025-12-31"),
        ("15/12/2025–14/02/2026", "2025-12-15..2026-02-14"),
    ],
)
def test_a_period_is_understood_as_people_say_it(typed: str, name: str) -> None:
    assert read_period(typed) == name


@pytest.mark.parametrize(
    "typed",
    ["năm ngoái", "tháng 13/2021", "quý V/2021", "2021-13", "15/11", "31/02/2021–14/3/2021",
     "15/11/2020 và 14/11/2021", "99/2021", "0000", ""],
)  # fmt: skip
def test_what_is_no_period_is_told_with_examples(typed: str) -> None:
    with pytest.raises(UserError) as told:
        read_period(typed)
    assert told.value.code == "period_not_understood"


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UserError) as told:
        read_period("14/11/2021–15/11/2020")
    assert told.value.code == "period_ends_before_it_begins"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2021", "2021"),
        ("2021-Q3", "quý III/2021"),
        ("2021-09", "tháng 9/2021"),
        ("2021-H2", "6 tháng cuối năm 2021"),
        ("2020-11-15..2021-11-14", "15/11/2020–14/11/2021"),
        ("statistics:2021-Q1", "quý I/2021 (statistics)"),
        ("không rõ", "không rõ"),
    ],
)
def test_a_stored_name_is_said_as_people_type_it(name: str, said: str) -> None:
    assert say_period(name) == said


@given(st.one_of(CALENDAR, RANGES))
def test_what_is_said_is_understood_again_as_the_same_days(name: str) -> None:
    again, meant = days_of(read_period(say_period(name))), days_of(name)
    assert (again.since, again.until) == (meant.since, meant.until)
    assert read_period(again.name) == read_period(name), "one stretch of days has one name"


@given(CALENDAR)
def test_the_period_before_ends_on_the_eve_and_is_of_the_same_kind(name: str) -> None:
    before, now = calendar_period(one_before(name)), calendar_period(name)
    assert date.fromisoformat(before.until) + timedelta(days=1) == date.fromisoformat(now.since)
    assert len(before.name) == len(name)


@given(CALENDAR)
def test_the_same_period_of_the_year_before_begins_a_year_earlier(name: str) -> None:
    before, now = calendar_period(year_before(name)), calendar_period(name)
    assert int(before.since[:4]) == int(now.since[:4]) - 1
    assert before.since[4:] == now.since[4:]


@given(RANGES)
def test_two_days_have_a_period_before_that_ends_on_the_eve(name: str) -> None:
    before, now = days_of(one_before(name)), days_of(name)
    assert date.fromisoformat(before.until) + timedelta(days=1) == date.fromisoformat(now.since)
    assert before.since <= before.until


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("2020-11-15..2021-11-14", "2019-11-15..2020-11-14"),
        ("2021-03-15..2021-04-14", "2021-02-15..2021-03-14"),
        ("2021-01-01..2021-02-28", "2020-11-01..2020-12-31"),
        ("2021-06-08..2021-07-28", "2021-04-18..2021-06-07"),
        ("statistics:2021-01", "statistics:2020-12"),
        ("statistics:2021-W01", "statistics:2020-W53"),
        ("2021-03-01", "2021-02-28"),
        ("2021-01-01..2025-12-31", "2016-01-01..2020-12-31"),
        ("tet_campaign:2026", "tet_campaign:2025"),
    ],
)
def test_months_that_are_not_of_the_calendar_go_before_by_months(name: str, before: str) -> None:
    assert one_before(name) == before


def test_the_last_of_february_has_a_day_in_the_year_before() -> None:
    assert year_before("2024-02-01..2024-02-29") == "2023-02-01..2023-02-28"
    assert year_before("2024-02-29") == "2023-02-28"
    assert year_before("statistics:2021-Q1") == "statistics:2020-Q1"


def test_a_year_of_52_weeks_has_no_53rd_in_which_to_look_back() -> None:
    assert year_before("statistics:2026-W53") == "statistics:2025-W52"
    assert year_before("statistics:2026-W47") == "statistics:2025-W47"


@given(st.integers(1990, 2099), st.integers(1, 52))
def test_weeks_follow_each_other_without_a_gap(year: int, week: int) -> None:
    name = f"statistics:{year}-W{week:02}"
    assert one_before(one_after(name)) == name
    days = [THURSDAYS.period(each.partition(":")[2]) for each in (name, one_after(name))]
    assert date.fromisoformat(days[0].until) + timedelta(days=1) == date.fromisoformat(
        days[1].since
    )
    assert date.fromisoformat(days[0].since).isoweekday() == 4
