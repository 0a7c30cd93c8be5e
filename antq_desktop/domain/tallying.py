"""What counts for each unit of a tree, where reports stand beside records at any level.

A unit's number is what its own records gave and what counts for the units below it, unless a
report about the unit itself is open: then that report counts, and the sum stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from antq_desktop.domain.adjusting import Adjustment, adjusted
from antq_desktop.domain.opening import Counted, Opening, Source, count
from antq_desktop.domain.shown import show_integer


@dataclass(frozen=True, slots=True)
class Given:
    """What records gave: their sum, and how many of them there are."""

    total: int = 0
    records: int = 0


_NOTHING: Final = Given()


@dataclass(frozen=True, slots=True)
class Tree:
    """Units and what they belong to; one that leads nowhere, or to itself, belongs to the root.

    Attributes:
        root: The unit that all others belong to.
        parents: For each unit the one above it.
    """

    root: str
    parents: Mapping[str, str]

    def above(self, unit: str) -> list[str]:
        """Return the units that a unit belongs to, nearest first and the root last."""
        found: list[str] = []
        while unit != self.root:
            unit = self._up(unit)
            found.append(unit)
        return found

    def _up(self, unit: str) -> str:
        """Return the unit above; the root where units belong to each other in a ring."""
        seen: list[str] = []
        step = unit
        while step != self.root and step not in seen:
            seen.append(step)
            step = self.parents.get(step) or self.root
        return self.root if step == unit else self.parents.get(unit) or self.root

    def nearest(self, unit: str, among: Iterable[str]) -> str:
        """Return the unit itself or the nearest above it that is among these; else the root."""
        wanted = set(among)
        if unit in wanted:
            return unit
        return next((each for each in self.above(unit) if each in wanted), self.root)


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a figure beside records, by unit.

    Attributes:
        openings: What reports say.
        zeros: The units that said that nothing happened.
        adjustments: What the unit above put in the place of reported numbers.
    """

    openings: Mapping[str, Sequence[Opening]] = field(default_factory=dict)
    zeros: frozenset[str] = frozenset()
    adjustments: Mapping[str, Sequence[Adjustment]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.openings or self.zeros or self.adjustments)

    @property
    def units(self) -> frozenset[str]:
        """The units of which something is said."""
        return frozenset((*self.openings, *self.zeros, *self.adjustments))


def tally(tree: Tree, given: Mapping[str, Given], said: Said) -> dict[str, Counted]:
    """Say what counts for each unit that gave something or of which something is said.

    The root is always among them. Where adjustments stand, every number also says what it would be
    without them.

    Args:
        tree: The units.
        given: What the records of each unit gave, those of units below it left out.
        said: What is said beside records.
    """
    found = _tallied(tree, given, said)
    if not said.adjustments:
        return found
    plain = _tallied(tree, given, replace(said, adjustments={}))
    return {
        unit: counted
        if counted.adjustment is not None or plain[unit].value == counted.value
        else replace(counted, reported=plain[unit].value)
        for unit, counted in found.items()
    }


def _tallied(tree: Tree, given: Mapping[str, Given], said: Said) -> dict[str, Counted]:
    units = {*given, *said.units, tree.root}
    below: dict[str, list[str]] = {}
    for unit in sorted(units - {tree.root}):
        up = next(each for each in tree.above(unit) if each in units)
        below.setdefault(up, []).append(unit)
    found: dict[str, Counted] = {}
    for unit in _from_below(tree.root, below):
        sums = given.get(unit, _NOTHING)
        under = [found[each] for each in below.get(unit, ())]
        recorded = sums.total + sum(each.value or 0 for each in under)
        records = sums.records + sum(_sources(each) for each in under)
        zeros = _silent(unit, said.zeros, under)
        counted = count(said.openings.get(unit, ()), recorded, records, zeros)
        counted = _with_parts(counted, below.get(unit, ()), found)
        if unit in said.zeros and records:
            counted = replace(counted, warnings=(*counted.warnings, _against_nothing(records)))
        found[unit] = adjusted(counted, said.adjustments.get(unit, ()))
    return found


def _silent(unit: str, zeros: frozenset[str], under: Sequence[Counted]) -> tuple[str, ...]:
    below = (each for counted in under for each in counted.zeros)
    return tuple(dict.fromkeys((*((unit,) if unit in zeros else ()), *below)))


def _against_nothing(records: int) -> str:
    return f"Đơn vị báo không phát sinh nhưng có {show_integer(records)} hồ sơ trong kỳ."


def _sources(counted: Counted) -> int:
    return 1 if counted.source is Source.REPORT else counted.records


def _with_parts(counted: Counted, below: Sequence[str], found: Mapping[str, Counted]) -> Counted:
    if counted.source is not Source.RECORDS:
        return counted
    parts: list[str] = []
    for unit in below:
        if found[unit].source is Source.REPORT:
            parts.append(unit)
        parts.extend(found[unit].parts)
    return replace(counted, source=Source.PARTLY, parts=tuple(parts)) if parts else counted


def _from_below(root: str, below: Mapping[str, Sequence[str]]) -> list[str]:
    order, waiting = [], [root]
    while waiting:
        unit = waiting.pop()
        order.append(unit)
        waiting.extend(below.get(unit, ()))
    return order[::-1]
