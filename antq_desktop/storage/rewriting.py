"""Writing rows that were there, many at once, without disturbing an index for nothing.

SQLite takes a row out of every index that has a column among those set and puts it back, whether
the value is another one or not. So what an index holds is set only where it changed, and the rows
are written in the order in which they lie on the disk.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from antq_desktop.storage.rows import columns_of, to_row

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

    from antq_desktop.domain.fields import RecordSpec
    from antq_desktop.domain.record import Record

_ALWAYS: Final = frozenset({"row", "changed"})  # the key, and what every writing sets


def rewrite(
    connection: Connection, table: Table, spec: RecordSpec, records: Sequence[Record], seq: int
) -> dict[str, int]:
    """Write records over their rows, and return the number of each row by id.

    Args:
        connection: The transaction.
        table: The table of the kind.
        spec: The kind.
        records: The records as they are now; each has a row.
        seq: Number of the entry of history that brought them to this state.
    """
    columns = columns_of(spec)
    watched = _indexed(table, columns)
    held = _held(connection, spec.kind, watched, [record.id for record in records])
    places = [columns.index(name) for name in watched]
    alike: dict[tuple[str, ...], list[tuple[int, tuple[object, ...]]]] = {}
    for record in records:
        row, (number, *was) = to_row(spec, record, seq), held[record.id]
        now = [row[place] for place in places]
        same = tuple(n for n, old, new in zip(watched, was, now, strict=True) if old == new)
        alike.setdefault(same, []).append((number, row))
    for same, rows in alike.items():
        kept = [place for place, name in enumerate(columns) if name not in same]
        statement = _statement(spec.kind, tuple(columns[place] for place in kept))
        rows.sort(key=lambda each: each[0])
        values = [(*(row[place] for place in kept), number) for number, row in rows]
        connection.exec_driver_sql(statement, values)
    return {id_: number for id_, (number, *_was) in held.items()}


def _indexed(table: Table, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that stand in an index and need not change with every writing."""
    names = {column.name for index in table.indexes for column in index.columns}
    return tuple(name for name in columns if name in names - _ALWAYS)


def _held(
    connection: Connection, kind: str, watched: Sequence[str], ids: Sequence[str]
) -> dict[str, tuple[int, ...]]:
    names = ", ".join(("id", '"row"', *watched))
    statement = (
        f"SELECT {names} FROM {kind}"  # noqa: S608 - our own names
        " WHERE id IN (SELECT value FROM json_each(?))"
    )
    found = connection.exec_driver_sql(statement, (json.dumps(list(ids)),))
    return {str(id_): tuple(rest) for id_, *rest in found}


# Rows are wide: SQLAlchemy takes longer to put this statement together than SQLite to run it.
@cache
def _statement(kind: str, columns: tuple[str, ...]) -> str:
    setting = ", ".join(f"{name} = ?" for name in columns)
    return f'UPDATE {kind} SET {setting} WHERE "row" = ?'  # noqa: S608 - our own names
