"""What a store holds of the yearly cycle, read once in one transaction and looked at many times."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.fields import FieldKind, Value, lines_of
from antq_desktop.domain.periods import first_day
from antq_desktop.domain.text import sort_key
from antq_desktop.domain.units import TreeUnit
from antq_desktop.storage import settings
from antq_desktop.storage.columns import Held, values_of
from antq_desktop.storage.queries import Reader

if TYPE_CHECKING:
    from antq_desktop.domain.record import Record

Row = Held
POOLED: Final = ("neighbourhood", "agency", "enterprise", "school")

# Of kinds that grow without end only what the checks look at is read.
_ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "incident": (
        "occurred_on", "kind", "severity", "unit", "deaths", "force_majeure", "detected_in_time",
        "harm_limited", "reported_at_once", "serious_accident", "new_hotspot", "newly_fallen",
        "register_number", "title",
    ),
    "activity": ("scheme", "held_on"),
    "scheme": ("name", "unit", "state", "founded_on", "dissolved_on"),
    "document": ("number", "title", "dated", "issuer"),
}  # fmt: skip


class Book:
    """One look at a store; it lives as long as the transaction it was opened in.

    Attributes:
        own: Identity of the unit whose store it is.
        level: `commune` or `receiver`.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._held: dict[str, tuple[Row, ...]] = {}
        self._by: dict[tuple[str, str], dict[Value, list[Row]]] = {}
        self._beside: dict[str, str] = {}
        self.own = reader.setting(settings.UNIT)
        self.level = reader.setting(settings.LEVEL)

    def all(self, kind: str) -> tuple[Row, ...]:
        """Return every record of a kind that is in force, by its shown values."""
        if kind not in self._held:
            spec = self._reader.specs[kind]
            long = FieldKind.LONG_TEXT
            names = _ASKED.get(kind) or tuple(
                field.name for field in spec.fields if not field.private and field.kind is not long
            )
            self._held[kind] = tuple(values_of(self._reader.connection, spec, names))
        return self._held[kind]

    def where(self, kind: str, field: str, value: Value) -> list[Row]:
        """Return the records of a kind whose field holds a value."""
        index = self._by.get((kind, field))
        if index is None:
            index = {}
            for row in self.all(kind):
                index.setdefault(row.values.get(field), []).append(row)
            self._by[kind, field] = index
        return index.get(value, [])

    def of_year(self, kind: str, year: int, standard: str = "") -> list[Row]:
        """Return the records of a kind and year, of one standard where it has any."""
        rows = self.where(kind, "year", year)
        return [row for row in rows if not standard or row.values.get("standard") == standard]

    def for_unit(self, kind: str, unit: str, year: int, standard: str = "") -> Row | None:
        """Return the record of a unit and year; the one of the unit's own keeper where several."""
        rows = [row for row in self.where(kind, "unit", unit) if row.values.get("year") == year]
        rows = [row for row in rows if not standard or row.values.get("standard") == standard]
        keeper = self.keeper(unit)
        return min(rows, key=lambda row: (row.owner != keeper, row.id), default=None)

    def record(self, kind: str, record_id: str) -> Record | None:
        """Return one record with its lines."""
        return self._reader.record(kind, record_id)

    def records(self, kind: str, ids: Iterable[str]) -> dict[str, Record]:
        """Return some records with their lines."""
        return self._reader.records(kind, ids)

    def changed(self, kind: str) -> dict[str, int]:
        """Return for each record of a kind the entry of history that last touched it here."""
        statement = f'SELECT id, changed FROM "{kind}"'  # noqa: S608 - our own name
        rows = self._reader.connection.exec_driver_sql(statement)
        return {str(row[0]): int(row[1]) for row in rows}

    def entry_that_set(self, record_id: str, path: str) -> int:
        """Return the last entry of history here that gave a path a value; 0 when none did."""
        lines = reversed(self._reader.history_of(record_id))
        found = (line for line in lines if line.change.after.get(path) is not None)
        return next((line.entry.seq for line in found), 0)

    @cached_property
    def units(self) -> Mapping[str, Row]:
        """Every unit by identity; of a receiver's tree also those that sent nothing yet."""
        found = {row.id: row for row in self.all("unit")}
        for place in self._tree:
            if place.id not in found:
                values: dict[str, Value] = {"name": place.name, "unit_kind": place.kind}
                found[place.id] = Row(place.id, place.id, {**values, "parent": place.parent})
        return found

    @cached_property
    def below(self) -> frozenset[str]:
        """The units with a store of their own below this one."""
        return frozenset(place.id for place in self._tree)

    @cached_property
    def _tree(self) -> tuple[TreeUnit, ...]:
        held = json.loads(self._reader.setting(settings.UNIT_TREE, "[]"))
        return tuple(TreeUnit(**place) for place in held)

    def kind_of(self, unit: str) -> str:
        """Return the kind of a unit; empty for one that is not known."""
        row = self.units.get(unit)
        return text(row, "unit_kind") if row else ""

    def name(self, unit: str) -> str:
        """Return the name of a unit, scheme or team; with that of its keeper where it is another's.

        What is not known is called by its identity.
        """
        row = self.units.get(unit)
        name = text(row, "name") if row else ""
        if row is None:
            return self._named_beside(unit)
        if not name:
            return unit
        if row.owner != self.own and text(row, "unit_kind") in POOLED:
            return f"{name}, {text(self.units.get(row.owner), 'name') or row.owner}"
        return name

    def _named_beside(self, subject: str) -> str:
        if subject not in self._beside:
            rows = (self._reader.record(kind, subject) for kind in ("scheme", "protection_team"))
            names = (str(row.values().get("name") or "") for row in rows if row is not None)
            self._beside[subject] = next(filter(None, names), subject)
        return self._beside[subject]

    def keeper(self, unit: str) -> str:
        """Return whose records speak of a unit first: its own, or those of who keeps it."""
        row = self.units.get(unit)
        return row.owner if row else unit

    def by_name(self, units: Iterable[str]) -> list[str]:
        """Return units in the order of the alphabet."""
        return sorted(units, key=lambda unit: (sort_key(self.name(unit)), unit))

    def about(self, kind: str, unit: str) -> list[Row]:
        """Return what concerns a unit: of a commune all it keeps, of another what names it."""
        if self.kind_of(unit) in {"commune", "district", "cluster", "province"}:
            return [row for row in self.all(kind) if row.owner == unit]
        return self.where(kind, "unit", unit)

    def lines(self, kind: str, record_id: str, name: str) -> dict[str, dict[str, Value]]:
        """Return a small list of one record."""
        record = self.record(kind, record_id)
        return lines_of(record.values(), name) if record else {}


def text(row: Row | None, name: str) -> str:
    """Return a text of a record, empty when there is none."""
    value = row.values.get(name) if row else None
    return value if isinstance(value, str) else ""


def number(row: Row | None, name: str) -> int | None:
    """Return a whole number of a record, None when there is none."""
    value = row.values.get(name) if row else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def yes(row: Row | None, name: str) -> bool | None:
    """Return a yes or no of a record, None when it is not answered."""
    value = row.values.get(name) if row else None
    return value if isinstance(value, bool) else None


def within(rows: Iterable[Row], field: str, since: str, until: str) -> Iterator[Row]:
    """Yield the records whose date lies between two days, as far as it is known."""
    for row in rows:
        day = first_day(text(row, field))
        if day and since <= day <= until:
            yield row
