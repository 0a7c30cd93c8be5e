"""Which backups stay."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.thinning import DAYS, MONTHS, NEWEST, WEEKS, Backup, kept, superfluous

START = date(2026, 1, 1)


def _daily(count: int) -> list[Backup]:
    return [Backup(n, START + timedelta(days=n), f"b{n}") for n in range(count)]


def test_two_years_of_daily_backups_leave_days_weeks_and_months() -> None:
    stay = kept(_daily(730))
    assert {f"b{n}" for n in range(723, 730)} <= stay
    assert DAYS < len(stay) <= DAYS + WEEKS + MONTHS
    oldest = min(int(name[1:]) for name in stay)
    assert 330 < 729 - oldest < 370


def test_a_few_backups_all_stay() -> None:
    assert superfluous(_daily(NEWEST)) == ()
    assert superfluous([]) == ()


def test_of_one_day_the_newest_stay() -> None:
    one_day = [Backup(n, START, f"b{n}") for n in range(10)]
    assert kept(one_day) == {"b7", "b8", "b9"}


def test_the_newest_stays_though_the_clock_stood_in_1980() -> None:
    late = Backup(900, date(1980, 1, 1), "late")
    assert "late" in kept([*_daily(400), late])


_BACKUPS = st.lists(
    st.builds(
        Backup,
        entry=st.integers(0, 10_000),
        day=st.dates(date(1980, 1, 1), date(2099, 12, 31)),
        name=st.uuids().map(str),
    ),
    max_size=60,
)


@given(_BACKUPS)
def test_thinning_again_takes_nothing_more_and_never_the_newest(backups: list[Backup]) -> None:
    gone = set(superfluous(backups))
    left = [backup for backup in backups if backup.name not in gone]
    assert superfluous(left) == ()
    assert {backup.name for backup in sorted(backups)[-NEWEST:]} <= {b.name for b in left}
    assert len(left) <= NEWEST + DAYS + WEEKS + MONTHS
