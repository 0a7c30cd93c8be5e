"""Under which unit a record is summed: the units of today, or those before the changes.

Every record has exactly one home either way, so that the parts make up the whole. Owners are never
rewritten; the home is worked out anew each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from antq_desktop.domain.succession import ByUnits, Succession
from antq_desktop.services.lineage import UNIT, succession_in
from antq_desktop.storage.columns import values_of

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store


class Homes:
    """Finds the home of records and units.

    Attributes:
        succession: The changes in force.
    """

    def __init__(self, store: Store, reader: Reader, by: ByUnits) -> None:
        self._store = store
        self._reader = reader
        self._by = by
        self.succession: Succession = succession_in(store, reader)
        self._known: dict[tuple[str, str], str] = {}

    @property
    def by_place(self) -> bool:
        """Whether the place of a record must be known to find its home."""
        return bool(self.succession)

    def of(self, place: str, owner: str) -> str:
        """Return under which unit a record is counted, before whole units are put together.

        Args:
            place: The unit that the record is about; its owner where it names none.
            owner: Whose record it is.
        """
        if not self.succession:
            return owner
        key = place, owner
        if key not in self._known:
            before = self._by is ByUnits.BEFORE
            self._known[key] = self._before(place, owner) if before else self._now(place, owner)
        return self._known[key]

    def shown(self, unit: str) -> str:
        """Return the unit under which another one is shown: today's, or itself."""
        if self._by is ByUnits.BEFORE or not self.succession:
            return unit
        return self.succession.heir(unit)

    def named(self, tree: Mapping[str, str]) -> dict[str, str]:
        """Return the units of a report with their names, out of those of the tree.

        Today's take the place of those that became them; the units before stand beside them.
        """
        told = self.succession.names()
        kept = {unit: name for unit, name in tree.items() if self.shown(unit) == unit}
        if not kept:
            return kept  # a commune has no tree
        new = self.stores if not self.before else frozenset()
        old = {unit for unit in self.absorbed if self.before and _has_a_store(unit)}
        return {**{unit: told.get(unit, unit) for unit in sorted({*new, *old})}, **kept}

    @property
    def before(self) -> bool:
        """Whether figures are wanted by the units before the changes."""
        return self._by is ByUnits.BEFORE

    @cached_property
    def stores(self) -> frozenset[str]:
        """The units with a store of their own that others wholly became."""
        return frozenset(unit for unit in self.absorbed.values() if _has_a_store(unit))

    @cached_property
    def absorbed(self) -> Mapping[str, str]:
        """For each unit that wholly became another one, that one."""
        pairs = ((one.old, self.succession.heir(one.old)) for one in self.succession.changes)
        return {old: new for old, new in pairs if old != new}

    def _now(self, place: str, owner: str) -> str:
        """Say where a place that changed units by itself belongs; else its owner decides."""
        if place == owner:
            return owner
        became = self.succession.heir(place)
        return became if became != place and _has_a_store(became) else owner

    def _before(self, place: str, owner: str) -> str:
        """Say to which unit a place belonged; a unit that was only renamed is its former self."""
        linked = {one.old for one in self.succession.came_from(owner)}
        linked |= self.succession.forebears(owner)
        entered = self._entered_by.get(place, owner)
        if entered != owner and (entered in linked or self._moved_to(place, owner)):
            return entered
        came = self.succession.came_from(owner)
        if len(came) == 1 and not came[0].part and owner.endswith(f"@{came[0].on}"):
            return came[0].old  # it began that day and out of nothing else: another name
        return owner

    def _moved_to(self, place: str, owner: str) -> bool:
        return any(one.new == owner for one in self.succession.went_to(place))

    @cached_property
    def _entered_by(self) -> dict[str, str]:
        held = values_of(self._reader.connection, self._store.specs[UNIT], [])
        return {one.id: one.owner for one in held}


def _has_a_store(unit: str) -> bool:
    """Tell whether a unit is one that keeps a store: below it ids are random."""
    return "@" in unit
