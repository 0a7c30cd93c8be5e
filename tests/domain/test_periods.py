from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.periods import (
    CALENDAR,
    PeriodPreset,
    calendar_period,
    custom_period,
    first_day,
)

STATISTICS = PeriodPreset("statistics", "Thống kê", "", "B", month=12, day=15, year_before=True)
YEARLY = PeriodPreset("tt124", "TT 124", "", "A", month=11, year_before=True, spans=("year",))


@pytest.mark.parametrize(
    ("name", "since", "until", "label"),
    [
        ("2022", "2022-01-01", "2022-12-31", "năm 2022"),
        ("2024-02", "2024-02-01", "2024-02-29", "tháng 2 năm 2024"),
        ("2022-Q4", "2022-10-01", "2022-12-31", "quý IV năm 2022"),
        ("2022-H1", "2022-01-01", "2022-06-30", "6 tháng đầu năm 2022"),
    ],
)
def test_a_calendar_period_is_named_by_year_half_quarter_or_month(
    name: str, since: str, until: str, label: str
) -> None:
    period = calendar_period(name)
    assert (period.name, period.since, period.until, period.label) == (name, since, until, label)


@pytest.mark.parametrize(
    ("name", "since", "until"),
    [
        ("2022", "2021-12-15", "2022-12-14"),
        ("2022-01", "2021-12-15", "2022-01-14"),
        ("2022-Q1", "2021-12-15", "2022-03-14"),
        ("2022-H2", "2022-06-15", "2022-12-14"),
    ],
)
def test_statistics_run_from_the_15th_to_the_14th(name: str, since: str, until: str) -> None:
    period = STATISTICS.period(name)
    assert (period.since, period.until) == (since, until)
    assert period.name == f"statistics:{name}"


def test_a_window_other_than_the_calendar_is_told_with_its_days() -> None:
    told = YEARLY.period("2022").label
    assert told == "năm 2022 (từ ngày 01/11/2021 đến ngày 31/10/2022)"


def test_a_window_that_knows_years_only_has_no_months() -> None:
    with pytest.raises(UserError) as told:
        YEARLY.period("2022-05")
    assert told.value.code == "period_not_in_preset"


@pytest.mark.parametrize("name", ["", "22", "2022-13", "2022-00", "2022-Q5", "1800", "năm 2022"])
def test_what_is_no_period_is_refused(name: str) -> None:
    with pytest.raises(UserError) as told:
        calendar_period(name)
    assert told.value.code == "period_not_understood"


def test_two_days_make_a_period_of_their_own() -> None:
    period = custom_period("2022-06-08", "2022-07-28")
    assert period.label == "từ ngày 08/6/2022 đến ngày 28/7/2022"
    assert period.holds("2022-07-28")


def test_two_days_the_wrong_way_round_or_outside_the_calendar_are_refused() -> None:
    with pytest.raises(UserError) as told:
        custom_period("2022-07-28", "2022-06-08")
    assert told.value.code == "period_ends_before_it_begins"
    with pytest.raises(UserError) as told:
        custom_period("2022-02-31", "2022-06-08")
    assert told.value.code == "period_not_understood"


def test_a_date_known_to_the_year_counts_where_its_first_day_lies() -> None:
    assert first_day("2022") == "2022-01-01"
    assert first_day("2022-05") == "2022-05-01"
    assert first_day("2022-05-09T10:20") == "2022-05-09"
    assert first_day("") == ""
    assert calendar_period("2022").holds("2022")
    assert not calendar_period("2022-05").holds("2022")
    assert not calendar_period("2022").is_over_by("2022")
    assert calendar_period("2022").is_over_by("2023")


@given(
    st.sampled_from([CALENDAR, STATISTICS]),
    st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31)),
    st.sampled_from(["month", "quarter", "half", "year"]),
)
def test_every_day_lies_in_exactly_one_period_of_each_length(
    preset: PeriodPreset, day: date, span: str
) -> None:
    names = {
        "month": [f"-{month:02d}" for month in range(1, 13)],
        "quarter": ["-Q1", "-Q2", "-Q3", "-Q4"],
        "half": ["-H1", "-H2"],
        "year": [""],
    }[span]
    around = [
        preset.period(f"{year}{name}")
        for year in (day.year - 1, day.year, day.year + 1)
        for name in names
    ]
    assert sum(period.holds(day.isoformat()) for period in around) == 1
    for earlier, later in itertools.pairwise(around):
        behind = date.fromisoformat(earlier.until) + timedelta(days=1)
        assert behind.isoformat() == later.since
