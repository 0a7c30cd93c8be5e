from __future__ import annotations

import itertools
from dataclasses import replace
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
from antq_desktop.domain.seasons import Edge, SeasonPreset, read_edge

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


def test_a_week_runs_from_thursday_to_wednesday() -> None:
    preset = PeriodPreset("statistics", "Thống kê", "", "B", weekday=4, spans=("week",))
    week = preset.period("2026-W47")
    assert (week.since, week.until) == ("2026-11-19", "2026-11-25")
    assert week.label == "tuần 47 năm 2026 (từ ngày 19/11/2026 đến ngày 25/11/2026)"
    assert [each.name for each in preset.holding("2026-11-18")] == ["statistics:2026-W46"]
    with pytest.raises(UserError) as told:
        preset.period("2025-W53")
    assert told.value.code == "period_not_understood"


def test_a_day_is_a_period_of_its_own() -> None:
    day = calendar_period("2026-02-17")
    assert (day.since, day.until, day.label) == ("2026-02-17", "2026-02-17", "ngày 17/02/2026")
    with pytest.raises(UserError):
        calendar_period("2026-02-30")


def test_several_years_are_named_by_any_of_them() -> None:
    preset = PeriodPreset("stages", "Giai đoạn", "", "C", spans=("years",), years=5, from_year=2021)
    for year in ("2021", "2023", "2025"):
        stage = preset.period(year)
        assert (stage.since, stage.until) == ("2021-01-01", "2025-12-31")
        assert stage.label == "giai đoạn 2021–2025"
    assert preset.period("2020").since == "2016-01-01"
    assert custom_period("2021-01-01", "2025-12-31").label == "giai đoạn 2021–2025"


def test_what_a_unit_set_otherwise_is_named_by_its_days() -> None:
    edited = replace(STATISTICS, day=16, edited=True)
    assert edited.period("2026-05").name == "2026-04-16..2026-05-15"


TET = {2025: "2025-01-29", 2026: "2026-02-17", 2027: "2027-02-06"}
CAMPAIGN = SeasonPreset("tet", "Cao điểm Tết", "", "C", Edge(12, 15), Edge(0, 14), True, TET)


def test_a_campaign_crosses_the_new_year_and_ends_after_tet() -> None:
    season = CAMPAIGN.period("2026")
    assert (season.since, season.until) == ("2025-12-15", "2026-03-03")
    assert season.holds("2026-01-01")
    assert season.name == "tet:2026"
    assert CAMPAIGN.period("2025").until == "2025-02-12", "Tết moves, the campaign with it"


def test_a_season_without_its_year_or_the_wrong_way_round_is_refused() -> None:
    for preset, name, code in (
        (CAMPAIGN, "2040", "lunar_year_unknown"),
        (CAMPAIGN, "2026-05", "period_not_in_preset"),
        (replace(CAMPAIGN, first=Edge(0, 20)), "2026", "period_ends_before_it_begins"),
    ):
        with pytest.raises(UserError) as told:
            preset.period(name)
        assert told.value.code == code


@given(st.one_of(
    st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: Edge(day.month, day.day)),
    st.integers(-99, 99).map(lambda days: Edge(0, days)),
))  # fmt: skip
def test_an_edge_is_read_as_it_is_stored_and_as_it_is_shown(edge: Edge) -> None:
    assert read_edge(edge.stored) == edge
    assert read_edge(edge.shown) == edge


@pytest.mark.parametrize("typed", ["", "31/02", "13-40", "Tết nguyên đán", "15/12/2026"])
def test_what_is_no_edge_is_refused(typed: str) -> None:
    with pytest.raises(UserError) as told:
        read_edge(typed)
    assert told.value.code == "edge_not_understood"
