"""How long facts about people are kept: declared by each kind, read by erasure and by its page."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

ITS_RECORD = 0
"""Months of what is kept as long as the record it belongs to."""
LEAST_MONTHS, MOST_MONTHS = 1, 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """What of a kind is erased, and when.

    Attributes:
        months: Months after the date, unless the leader gave another number; `ITS_RECORD` for
            what goes when the record it belongs to is erased, and not by itself.
        after: The date field they count from; of the record that `through` names, where it is set.
        through: The reference field to the record whose date counts; empty for its own.
        erases: Names of fields, or `list/field` for a field of every line of a small list.
        only: A choice of the same record or line and its values: of others nothing is erased.
        files: Whether the attachments of the record go along.
    """

    months: int
    after: str = ""
    through: str = ""
    erases: tuple[str, ...] = ()
    only: tuple[str, frozenset[str]] = ("", frozenset())
    files: bool = False


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month."""
    return months_before(day, -months)
