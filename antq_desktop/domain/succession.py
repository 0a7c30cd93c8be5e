"""What units became by decisions: merged, split, renamed on a day; nothing is rewritten for it.

A record keeps the owner that it was made under. Who asks for figures by the units of today, or
whether a device still speaks for a unit, asks here. A decision that is voided is not among the
changes, so that a wrong one leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LARGEST_CHAIN: Final = 100


class ByUnits(StrEnum):
    """By which units figures are summed."""

    NOW = "now"
    BEFORE = "before"

    @property
    def label(self) -> str:
        """What an officer calls it."""
        return _LABELS[self]


_LABELS: Final = {
    ByUnits.NOW: "Theo đơn vị hiện nay",
    ByUnits.BEFORE: "Theo đơn vị trước khi thay đổi",
}


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One line of a decision: from a day on, a unit is wholly or in part another one.

    Attributes:
        on: First day in force, `YYYY-MM-DD`.
        old: Identity of the unit before.
        new: Identity of the unit after.
        part: True where only a part of the old unit went there.
        old_name: Name of the unit before.
        new_name: Name of the unit after.
        decision: Id of the record of the decision.
    """

    on: str
    old: str
    new: str
    part: bool = False
    old_name: str = ""
    new_name: str = ""
    decision: str = ""


class Succession:
    """The changes in force, found from either side.

    Days decide between steps, never the order in which decisions were entered: a unit that was
    merged and founded again under the same identity goes its way day by day.
    """

    def __init__(self, changes: Iterable[Change] = ()) -> None:
        self.changes = tuple(sorted(one for one in set(changes) if one.old != one.new))
        self._from: dict[str, list[Change]] = {}
        self._into: dict[str, list[Change]] = {}
        for one in self.changes:
            self._from.setdefault(one.old, []).append(one)
            self._into.setdefault(one.new, []).append(one)

    def __bool__(self) -> bool:
        return bool(self.changes)

    def heir(self, unit: str) -> str:
        """Return what a unit is today: itself, or what it wholly became, step by step.

        A unit that was split stays itself here; what lies in it has steps of its own.
        """
        day = ""
        for _step in range(LARGEST_CHAIN):
            step = self._next(unit, day)
            if step is None:
                return unit
            unit, day = step.new, step.on
        return unit

    def _next(self, unit: str, after: str) -> Change | None:
        later = [one for one in self._from.get(unit, ()) if one.on > after]
        if not later:
            return None
        first = [one for one in later if one.on == later[0].on]
        whole = {one.new for one in first if not one.part}
        return first[0] if len(whole) == 1 and len({one.new for one in first}) == 1 else None

    def is_split(self, unit: str) -> bool:
        """Tell whether a unit ended in several others, or only a part of it went elsewhere."""
        return self.heir(unit) == unit and bool(self._from.get(unit)) and not self._is_back(unit)

    def _is_back(self, unit: str) -> bool:
        last = self._from[unit][-1].on
        return any(one.on > last for one in self._into.get(unit, ()))

    def forebears(self, unit: str) -> frozenset[str]:
        """Return the units that wholly became this one, however many steps ago."""
        found: set[str] = set()
        waiting = [unit]
        while waiting:
            for one in self._into.get(waiting.pop(), ()):
                if one.old not in found and one.old != unit and self.heir(one.old) == unit:
                    found.add(one.old)
                    waiting.append(one.old)
        return frozenset(found)

    def came_from(self, unit: str) -> tuple[Change, ...]:
        """Return the lines by which a unit came about, or grew."""
        return tuple(self._into.get(unit, ()))

    def went_to(self, unit: str) -> tuple[Change, ...]:
        """Return the lines by which a unit ended, or lost a part."""
        return tuple(self._from.get(unit, ()))

    def names(self) -> dict[str, str]:
        """Return what the decisions call each unit; the later day where they differ."""
        found: dict[str, str] = {}
        for one in self.changes:
            found.update({unit: name for unit, name in _named(one) if name})
        return found


def _named(one: Change) -> Iterator[tuple[str, str]]:
    yield one.old, one.old_name
    yield one.new, one.new_name


NONE: Final = Succession()
