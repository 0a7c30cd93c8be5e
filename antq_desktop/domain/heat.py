"""Units by months: whose data came in time, late, not at all, was sent back, or said nothing.

Every bundle carries all that changed since the last one that was confirmed. So a month is reported
by the first bundle that comes after the term of the month before it, and a late bundle mends every
month that it comes after. Days are those on which the receiver's own clock saw the bundle.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

DUE_DAY: Final = 5  # of the month after, unless the unit says otherwise
LATEST_DUE_DAY: Final = 28


class Heat(StrEnum):
    """How a unit stands in a month."""

    RECEIVED = "received"
    LATE = "late"
    ZERO = "zero"
    RETURNED = "returned"
    GAP = "gap"
    PENDING = "pending"
    BEFORE = "before"

    @property
    def label(self) -> str:
        """What an officer reads in full."""
        return _LABELS[self]

    @property
    def word(self) -> str:
        """The word in the cell: each is another one, so that colour is never needed."""
        return _WORDS[self]


_LABELS: Final = {
    Heat.RECEIVED: "đã nhận đúng hạn",
    Heat.LATE: "nhận trễ hạn",
    Heat.ZERO: "đã nhận, không phát sinh",
    Heat.RETURNED: "bị trả lại",
    Heat.GAP: "chưa gửi",
    Heat.PENDING: "chưa đến hạn",
    Heat.BEFORE: "trước khi dùng chương trình",
}
_WORDS: Final = {
    Heat.RECEIVED: "Đủ",
    Heat.LATE: "Trễ",
    Heat.ZERO: "Số 0",
    Heat.RETURNED: "Trả",
    Heat.GAP: "Thiếu",
    Heat.PENDING: "…",
    Heat.BEFORE: "",
}


@dataclass(frozen=True, slots=True, order=True)
class Came:
    """A bundle as far as months ask: the day it came, whether it was merged, and its name here."""

    day: str
    merged: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One unit in one month, with the bundles that say so, the newest last."""

    month: str
    state: Heat
    due: str
    bundles: tuple[str, ...] = ()


def due_on(month: str, day: int = DUE_DAY) -> str:
    """Return the last day on which the data of a month comes in time."""
    year, number = int(month[:4]), int(month[5:7])
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}-{day:02d}"


def heat_of(
    came: Iterable[Came],
    months: Sequence[str],
    *,
    today: str,
    since: str,
    zeros: Collection[str] = (),
    due_day: int = DUE_DAY,
) -> tuple[HeatCell, ...]:
    """Return how one unit stands in each month.

    Args:
        came: Its bundles, merged and set aside.
        months: `YYYY-MM`, in any order.
        today: The day.
        since: Day from which it is expected to send; empty while it is not.
        zeros: Months of which it said that nothing happened and nothing is on file.
        due_day: Day of the month after on which data is due.
    """
    held = sorted(came)
    return tuple(
        _cell(held, month, today=today, since=since, zero=month in zeros, due_day=due_day)
        for month in months
    )


def _cell(
    held: Sequence[Came], month: str, *, today: str, since: str, zero: bool, due_day: int
) -> HeatCell:
    due = due_on(month, due_day)
    opens = due_on(_before(month), due_day)
    in_time = [each for each in held if opens < each.day <= due]
    merged = tuple(each.sha256 for each in in_time if each.merged)
    if merged:
        return HeatCell(month, Heat.ZERO if zero else Heat.RECEIVED, due, merged)
    later = next((each.sha256 for each in held if each.merged and each.day > due), "")
    if later:
        if not since or due < since:
            return HeatCell(month, Heat.BEFORE, due)
        return HeatCell(month, Heat.LATE, due, (later,))
    if in_time:
        return HeatCell(month, Heat.RETURNED, due, tuple(each.sha256 for each in in_time))
    if not since or due < since:
        return HeatCell(month, Heat.BEFORE, due)
    return HeatCell(month, Heat.PENDING if today <= due else Heat.GAP, due)


def _before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:7])
    return f"{year - 1:04d}-12" if number == 1 else f"{year:04d}-{number - 1:02d}"


def missing_numbers(bundles: Iterable[tuple[str, int, int]]) -> tuple[int, ...]:
    """Return the numbers of bundles without which something is missing, over all writers.

    A number that was skipped is not missing where the next one follows what came before it: then it
    brought everything again.

    Args:
        bundles: Of each merged bundle the writer, its number, and the number it follows.
    """
    reached: dict[str, int] = {}
    had: dict[str, set[int]] = {}
    missing: set[int] = set()
    for writer, number, basis in sorted(set(bundles)):
        last = reached.get(writer, 0)
        if basis > last:
            missing |= set(range(last + 1, basis + 1)) - had.get(writer, set())
        else:
            reached[writer] = number
        had.setdefault(writer, set()).add(number)
    return tuple(sorted(missing))
