"""A number against that of an earlier period, and the words for it.

Without a number of that period there is neither 0 nor a percentage: the cell says so in words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.opening import Counted
from antq_desktop.domain.shown import show_integer, show_percent

NOTHING_TO_COMPARE: Final = "chưa có số liệu cùng kỳ"
NOTHING_BEFORE: Final = "chưa có số liệu kỳ trước"
UNCHANGED: Final = "không đổi"


@dataclass(frozen=True, slots=True)
class Change:
    """A number against that of an earlier period.

    Attributes:
        now: The number of this period.
        before: That of the earlier one; None where nothing is known of it.
        difference: How much more; None where it cannot be said.
        tenths: The difference in tenths of a percent, rounded half away from zero; None where
            the earlier period had nothing or is not known.
        note: What the cell says instead of a number; empty where numbers say it.
    """

    now: int
    before: int | None
    difference: int | None
    tenths: int | None
    note: str = ""

    def words(self, write: Callable[[int], str] = show_integer) -> str:
        """Say it as a report does: `giảm 12 (giảm 4,5%)`, `tăng 5`, `không đổi`, or the note.

        Args:
            write: How a number is written: one way on the screen, one on paper.
        """
        if self.difference is None:
            return self.note
        if not self.difference:
            return UNCHANGED
        verb = "tăng" if self.difference > 0 else "giảm"
        told = f"{verb} {write(abs(self.difference))}"
        return told if self.tenths is None else f"{told} ({verb} {percent(abs(self.tenths))})"


def percent(tenths: int) -> str:
    """Write tenths of a percent: 45 gives `4,5%`, 200 gives `20%`."""
    whole, part = divmod(tenths, 10)
    return show_percent(f"{whole}.{part}" if part else str(whole))


def change(now: int, before: Counted, note: str = NOTHING_TO_COMPARE) -> Change:
    """Compare with an earlier period; without its number the change is only a note."""
    if before.value is None:
        return Change(now, None, None, None, note)
    difference = now - before.value
    if before.value == 0:
        return Change(now, 0, difference, None)
    size = (abs(difference) * 2000 + before.value) // (2 * before.value)
    return Change(now, before.value, difference, size if difference >= 0 else -size)
