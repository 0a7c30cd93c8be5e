"""Rows as lines of a bundle, without the records between them.

A row keeps the stamps of each part in the spelling that a line carries, and the values beside them.
So a line is put together from what stands there; `to_line(from_row(…))` is the same, several times
slower, and a test holds both to each other.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, cast

import msgspec
from sqlalchemy import func, select

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.fields import FieldKind, RecordSpec, Travels

if TYPE_CHECKING:
    from sqlalchemy import Select, Table

    from antq_desktop.domain.canonical import Json
    from antq_desktop.storage.queries import Reader

_FRAME: Final = ("id", "lines", "stamps", "unknown")
_AT_ONCE: Final = 500
_PART: Final = {Travels.UP: "up", Travels.SIBLINGS: "siblings"}
# The stamps stand in the column in the one spelling a line repeats: they are copied, never read.
_STAMPS: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ENCODER: Final = msgspec.json.Encoder(order="sorted")


def own_lines(
    reader: Reader,
    kind: str,
    owner: str,
    *,
    changed_after: int = 0,
    changed_upto: int | None = None,
    siblings: bool = False,
) -> Iterator[tuple[str, bytes]]:
    """Yield id and line of each record of an owner that changed after an entry, sorted by id.

    Args:
        reader: The store.
        kind: The kind of record.
        owner: Whose records.
        changed_after: Number of an entry of history; 0 for all records.
        changed_upto: Number of an entry, for those alone that did not change after it.
        siblings: Whether the part that stays among the devices of a unit goes along.
    """
    table = reader.table(kind)
    line_of = _Liner(reader.specs[kind], owner, siblings=siblings)
    query = select(*(table.c[name] for name in line_of.columns)).order_by(table.c.id)
    query = query.where(table.c.owner == owner)
    if changed_upto is not None:
        query = query.where(table.c.changed <= changed_upto)
    for rows in _rows(reader, table, query, changed_after):
        for row in rows:
            made = line_of(row)
            if made is not None:
                yield str(row[0]), made


def count_changed(reader: Reader, after: int) -> int:
    """Return how many records of all owners changed after an entry of history."""
    tables = (reader.table(kind) for kind in reader.specs)
    asked = (select(func.count()).select_from(t).where(t.c.changed > after) for t in tables)
    return sum(int(reader.connection.execute(each).scalar_one()) for each in asked)


def changed_in_entries(reader: Reader, owner: str, after: int) -> Counter[int]:
    """Return for each later entry of history how many records of an owner it changed last."""
    found = Counter[int]()
    for table in (reader.table(kind) for kind in reader.specs):
        asked = (
            select(table.c.changed, func.count())
            .where(table.c.changed > after, table.c.owner == owner)
            .group_by(table.c.changed)
        )
        found.update({int(row[0]): int(row[1]) for row in reader.connection.execute(asked)})
    return found


def _rows(
    reader: Reader, table: Table, query: Select[tuple[object, ...]], changed_after: int
) -> Iterator[Sequence[Sequence[object]]]:
    """Yield rows some at a time, sorted by id.

    For what changed since, the planner would walk the index of all ids to save the sorting; so the
    few ids are asked for alone, and the wide rows fetched by number.
    """
    if not changed_after:
        yield from reader.connection.execute(query).partitions(_AT_ONCE)
        return
    changed = select(table.c.id, table.c.row).where(table.c.changed > changed_after)
    numbers = [row[1] for row in sorted(tuple(row) for row in reader.connection.execute(changed))]
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        yield reader.connection.execute(query.where(table.c.row.in_(some))).all()


class _Liner:
    """Writes the rows of one kind and owner as lines."""

    def __init__(self, spec: RecordSpec, owner: str, *, siblings: bool) -> None:
        self._spec = spec
        self._owner = owner
        self._parts = ("up", "siblings") if siblings else ("up",)
        self._fields = [
            (field.name, part, field.kind is FieldKind.YES_NO)
            for field in spec.fields
            if (part := _PART.get(field.travels)) in self._parts
        ]
        self._part_at: dict[tuple[str, str], str | None] = {}
        self.columns = (*_FRAME, *(f"f_{name}" for name, _part, _yes_or_no in self._fields))

    def __call__(self, row: Sequence[object]) -> bytes | None:
        """Return the line of a row, None when nothing of the record goes along."""
        _id, lines, kept, unknown, *fields = row
        stamps = _STAMPS.decode(str(kept))
        values: dict[str, dict[str, object]] = {part: {} for part in self._parts}
        for (name, part, yes_or_no), held in zip(self._fields, fields, strict=True):
            if held is not None and part is not None:
                values[part][name] = bool(held) if yes_or_no else held
        if lines:
            self._put_lines(values, json.loads(str(lines)))
        if unknown:
            others = json.loads(str(unknown))
            for part in self._parts:
                values[part].update(others.get(part, {}))
        parts = {
            part: {"stamps": stamps[part], "values": values[part]}
            for part in self._parts
            if part in stamps
        }
        if not parts:
            return None
        whole = {"id": row[0], "kind": self._spec.kind, "owner": self._owner, "parts": parts}
        made = _ENCODER.encode(whole)
        if unicodedata.is_normalized("NFC", made.decode()):
            return made
        return canonical(cast("Json", json.loads(made)))

    def _put_lines(
        self, values: dict[str, dict[str, object]], lists: dict[str, dict[str, dict[str, object]]]
    ) -> None:
        for name, lines in lists.items():
            for line, fields in lines.items():
                for field, value in fields.items():
                    part = self._part_of(name, field)
                    if part in values:
                        values[part][f"{name}/{line}/{field}"] = value

    def _part_of(self, name: str, field: str) -> str | None:
        """Return the part in which a field of a list stands, asked of the kind once."""
        at = name, field
        if at not in self._part_at:
            self._part_at[at] = _PART.get(self._spec.at(f"{name}/0/{field}").travels)
        return self._part_at[at]
