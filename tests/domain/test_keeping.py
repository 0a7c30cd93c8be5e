"""Terms in months, and the day on which a backup is thinned out."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.keeping import months_after, months_before
from antq_desktop.domain.thinning import Backup, leaves_on, superfluous

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(DAYS, st.integers(0, 240))
def test_months_back_and_forth_end_in_the_same_month(day: date, months: int) -> None:
    there = months_before(day, months)
    assert (day.year * 12 + day.month) - (there.year * 12 + there.month) == months
    again = months_after(there, months)
    assert (again.year, again.month) == (day.year, day.month)
    assert again <= day


def test_a_month_that_is_shorter_ends_on_its_last_day() -> None:
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=12, unique=True))
def test_with_a_backup_each_day_every_older_one_leaves_on_the_day_that_is_told(
    ages: list[int],
) -> None:
    today = date(2026, 11, 21)
    made = sorted(today - timedelta(days=age) for age in ages)
    held = [Backup(at + 1, day, f"b{at}") for at, day in enumerate(made)]
    told = leaves_on(held, "b0", today)
    assert today <= told <= today + timedelta(days=400)
    day, there, entry = today, list(held), len(held)
    while day < told:
        assert "b0" in {one.name for one in there}, "never before the day that was told"
        day += timedelta(days=1)
        entry += 1
        there.append(Backup(entry, day, f"d{entry}"))
        gone = set(superfluous(there))
        there = [one for one in there if one.name not in gone]
    assert "b0" not in {one.name for one in there}
