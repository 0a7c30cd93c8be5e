"""Which changes of units are in force here, and what is believed of whom.

A decision of this unit or of the unit above is believed of every unit. One of a unit below is
believed of what lies in that unit, and of nobody else: no commune can say that its neighbour is
now a part of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.exchange import BundleKind
from antq_desktop.domain.fields import lines_of
from antq_desktop.domain.records.unit_changes import KIND, STEPS
from antq_desktop.domain.succession import NONE, Change, Succession
from antq_desktop.services.profiles import tree_of
from antq_desktop.storage import exchange, settings
from antq_desktop.storage.columns import values_of
from antq_desktop.storage.exchange import DeviceRow

if TYPE_CHECKING:
    from antq_desktop.domain.record import Record
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store

UNIT: Final = "unit"
_DEEPEST: Final = 10


@dataclass(frozen=True, slots=True)
class Places:
    """What is known of units here.

    Attributes:
        owners: For each record of a unit, whose it is.
        parents: For each unit the one it belongs to.
    """

    owners: Mapping[str, str]
    parents: Mapping[str, str]

    def lies_in(self, unit: str, owner: str) -> bool:
        """Tell whether a unit is another one, is written by it, or lies in it."""
        for _level in range(_DEEPEST):
            if owner in {unit, self.owners.get(unit)}:
                return True
            unit = self.parents.get(unit, "")
            if not unit:
                return False
        return False

    def knows(self, unit: str) -> bool:
        """Tell whether anything is known of a unit."""
        return unit in self.owners or unit in self.parents


def places_in(store: Store, reader: Reader) -> Places:
    """Read whose the records of units are, and what each unit belongs to."""
    own = reader.setting(settings.UNIT)
    parents = {place.id: place.parent or own for place in tree_of(store)}
    owners: dict[str, str] = {}
    for held in values_of(reader.connection, store.specs[UNIT], ["parent"]):
        owners[held.id] = held.owner
        above = held.values.get("parent")
        if isinstance(above, str):
            parents[held.id] = above
    return Places(owners, parents)


def succession_in(store: Store, reader: Reader, *, only_trusted: bool = False) -> Succession:
    """Return the changes in force today.

    Args:
        store: The store.
        reader: A transaction of it.
        only_trusted: Only what this unit and the one above decided: what a key may rest on.
    """
    if KIND not in store.specs:
        return NONE
    records = [one for one in reader.all_records(KIND) if one.standing().reason is None]
    if not records:
        return NONE
    trusted = {reader.setting(settings.UNIT), *_above(reader)}
    believed = [change for one in records if one.owner in trusted for change in changes_of(one)]
    others = [one for one in records if one.owner not in trusted]
    if others and not only_trusted:
        places = places_in(store, reader)
        believed += [
            change
            for one in others
            for change in changes_of(one)
            if _may_say(places, one.owner, change)
        ]
    today = store.today
    return Succession(change for change in believed if change.on <= today)


def changes_of(record: Record) -> Iterator[Change]:
    """Yield the lines of a decision that are whole."""
    values = record.values()
    day = str(values.get("effective_on") or "")
    for line in lines_of(values, STEPS).values():
        old, new = line.get("old"), line.get("new")
        if isinstance(old, str) and isinstance(new, str) and day:
            yield Change(
                on=day,
                old=old,
                new=new,
                part=line.get("part") is True,
                old_name=str(line.get("old_name") or ""),
                new_name=str(line.get("new_name") or ""),
                decision=record.id,
            )


def _above(reader: Reader) -> set[str]:
    """Return the units that this one takes answers of."""
    rows = exchange.select(reader.connection, DeviceRow)
    return {row.unit for row in rows if str(BundleKind.RETURN) in row.may_send.split()}


def _may_say(places: Places, owner: str, change: Change) -> bool:
    both = (change.old, change.new)
    known = [unit for unit in both if places.knows(unit)]
    return bool(known) and all(places.lies_in(unit, owner) for unit in known)
