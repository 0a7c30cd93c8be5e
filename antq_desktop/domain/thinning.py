"""Which backups are kept: many of the last days, fewer of the weeks and months before.

Pure: it is told what there is and decides. The order of backups is the number of the last entry of
history in them, which only grows; a clock that stood wrong can misplace a day, never delete the
newest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

NEWEST: Final = 3
DAYS: Final = 7
WEEKS: Final = 5
MONTHS: Final = 12


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """A backup by its name.

    Attributes:
        entry: Number of the last entry of history in it.
        day: When it was made, by the clock of then.
        name: Name of its file.
    """

    entry: int
    day: date
    name: str


def kept(backups: Iterable[Backup]) -> frozenset[str]:
    """Return the names of the backups to keep.

    The newest three are kept always; of each of the last seven days, five weeks and twelve months
    that have a backup, the newest one of it.
    """
    newest_first = sorted(backups, reverse=True)
    names = {backup.name for backup in newest_first[:NEWEST]}
    for most, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        found: dict[tuple[int, ...], str] = {}
        for backup in newest_first:
            found.setdefault(period(backup.day), backup.name)
        names.update(list(found.values())[:most])
    return frozenset(names)


def superfluous(backups: Iterable[Backup]) -> tuple[str, ...]:
    """Return the names of the backups to remove, the oldest first."""
    there = sorted(backups)
    stay = kept(there)
    return tuple(backup.name for backup in there if backup.name not in stay)


def leaves_on(backups: Iterable[Backup], name: str, today: date) -> date:
    """Return the day on which a backup is thinned out, when one is made on each day from now on.

    Where fewer are made it stays longer: the newest are always kept.
    """
    held = list(backups)
    entry = max((backup.entry for backup in held), default=0)
    day = today
    while any(backup.name == name for backup in held):
        day += timedelta(days=1)
        entry += 1
        held.append(Backup(entry, day, f"{day.isoformat()} {entry}"))
        gone = set(superfluous(held))
        held = [backup for backup in held if backup.name not in gone]
    return day


def _day(day: date) -> tuple[int, ...]:
    return day.year, day.month, day.day


def _week(day: date) -> tuple[int, ...]:
    return day.isocalendar()[:2]


def _month(day: date) -> tuple[int, ...]:
    return day.year, day.month
