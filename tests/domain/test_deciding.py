from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.deciding import (
    Due,
    Lead,
    WorkingDays,
    counted_back,
    days_late,
    decided_by,
    early_decision,
    first_quarter_ends,
    late_steps,
)
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.periods import custom_period

LEADS = (
    Lead("meeting", "Họp khu dân cư", 8),
    Lead("file", "Nộp hồ sơ", 5),
    Lead("appraisal", "Thẩm định", 2),
    Lead("signing", "Trình ký", 0),
)


@pytest.mark.parametrize(
    ("year", "before", "day"),
    [
        (2026, "11-15", "2026-11-13"),  # the 14th is a Saturday
        (2027, "11-15", "2027-11-12"),  # the 14th is a Sunday
        (2025, "11-15", "2025-11-14"),
        (2026, "11-20", "2026-11-19"),
        (2027, "11-20", "2027-11-19"),
        (2028, "11-20", "2028-11-17"),
    ],
)
def test_before_a_day_means_decided_by_the_working_day_before(
    year: int, before: str, day: str
) -> None:
    assert decided_by(year, before) == day


def test_holidays_are_passed_over_and_made_up_days_are_worked() -> None:
    off = WorkingDays(holidays=frozenset({"2026-11-13"}))
    assert decided_by(2026, "11-15", off) == "2026-11-12"
    swapped = WorkingDays(frozenset({"2026-11-13"}), made_up=frozenset({"2026-11-14"}))
    assert decided_by(2026, "11-15", swapped) == "2026-11-14"


@pytest.mark.parametrize("before", ["02-30", "13-01", "1/11", "11-15T00"])
def test_a_day_that_no_calendar_has_is_told(before: str) -> None:
    with pytest.raises(UserError) as told:
        decided_by(2026, before)
    assert told.value.code == "day_not_in_calendar"


def test_the_first_quarter_ends_on_a_working_day() -> None:
    assert first_quarter_ends(2026) == "2026-03-31"
    assert first_quarter_ends(2029) == "2029-03-30"  # the 31st is a Saturday


def test_the_units_own_days_are_counted_back_over_weekends() -> None:
    assert counted_back("2026-11-13", LEADS) == (
        Due("meeting", "Họp khu dân cư", "2026-11-03"),
        Due("file", "Nộp hồ sơ", "2026-11-06"),
        Due("appraisal", "Thẩm định", "2026-11-11"),
        Due("signing", "Trình ký", "2026-11-13"),
    )


def test_a_later_step_cannot_be_due_earlier() -> None:
    with pytest.raises(UserError) as told:
        counted_back("2026-11-13", (LEADS[1], LEADS[0]))
    assert told.value.code == "steps_out_of_order"
    with pytest.raises(UserError) as told:
        counted_back("2026-11-13", (Lead("meeting", "Họp", -1),))
    assert told.value.code == "lead_out_of_bounds"


@given(
    st.dates(date(2022, 1, 10), date(2060, 12, 31)),
    st.lists(st.integers(0, 60), min_size=1, max_size=5).map(lambda days: sorted(days)[::-1]),
)
def test_counted_days_are_worked_in_order_and_never_behind_the_last(
    last: date, leads: list[int]
) -> None:
    dues = counted_back(last.isoformat(), [Lead(f"s{n}", "Bước", d) for n, d in enumerate(leads)])
    days = [date.fromisoformat(due.day) for due in dues]
    assert days == sorted(days)
    assert all(day.weekday() < 5 for day in days)
    assert days[-1] <= last
    for day, lead in zip(days, leads, strict=True):
        between = (day + timedelta(n) for n in range((last - day).days + 1))
        worked = sum(each.weekday() < 5 for each in between)
        assert worked == lead + 1


def test_late_is_counted_from_the_day_after_and_stops_when_it_is_done() -> None:
    assert days_late("2026-11-13", "", "2026-11-13") == 0
    assert days_late("2026-11-13", "", "2026-11-16") == 3
    assert days_late("2026-11-13", "2026-11-14", "2026-12-01") == 1
    assert days_late("2026-11-13", "2026-11", "2026-12-01") == 0


def test_late_steps_are_those_that_are_over_and_not_done() -> None:
    dues = counted_back("2026-11-13", LEADS)
    late = late_steps(dues, {"meeting"}, "2026-11-12")
    assert [due.step for due in late] == ["file", "appraisal"]


def test_a_decision_signed_before_its_window_ends_is_warned_of() -> None:
    window = custom_period("2021-11-16", "2022-11-15")
    warned = early_decision("2022-10-25", window)
    assert warned is not None
    assert warned.warning
    assert "25/10/2022" in warned.message
    assert early_decision("2022-11-15", window) is not None
    assert early_decision("2022-11-16", window) is None
    assert early_decision("", window) is None
