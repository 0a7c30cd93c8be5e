"""Reading a few columns of many records: for figures and registers, without their saves.

A whole record costs its stamps; a figure needs two or three values of each of a hundred thousand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from antq_desktop.domain.fields import FieldKind, RecordSpec, Value
from antq_desktop.storage.schema import VOIDED, column_of

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Held:
    """A record in force as far as it was asked for; empty fields are left out of the values."""

    id: str
    owner: str
    values: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Within:
    """Only records of which one of these dates may lie in a stretch of days.

    A date that is known to the year or the month alone is kept; the reader looks closer.
    """

    days: tuple[str, ...]
    since: str
    until: str


def values_of(
    connection: Connection, spec: RecordSpec, fields: Sequence[str], within: Within | None = None
) -> Iterator[Held]:
    """Yield the shown values of these fields of every record of a kind that is in force.

    Private fields cannot be asked for here, nor fields of lines.
    """
    asked = [spec.field(name) for name in fields]
    private = [field.name for field in asked if field.private]
    if private:
        raise ValueError(f"private fields are read with their record: {private}")
    columns = ", ".join(("id", "owner", *(column_of(field.name) for field in asked)))
    statement = f"SELECT {columns} FROM {spec.kind} WHERE standing < {VOIDED}"  # noqa: S608 - ours
    given: tuple[str, ...] = ()
    if within is not None:
        days = [column_of(spec.field(name).name) for name in within.days]
        statement += f" AND ({' OR '.join(f'{day} BETWEEN ? AND ?' for day in days)})"
        given = (within.since[:4], within.until) * len(days)
    yes_no = [field.name for field in asked if field.kind is FieldKind.YES_NO]
    names = tuple(field.name for field in asked)
    for record_id, owner, *held in connection.exec_driver_sql(statement, given):
        pairs = zip(names, held, strict=True)
        values = {name: cast("Value", value) for name, value in pairs if value is not None}
        for name in yes_no:
            if name in values:
                values[name] = bool(values[name])
        yield Held(record_id, owner, values)


def columns_in_force(
    connection: Connection, spec: RecordSpec, fields: Sequence[str]
) -> list[Sequence[object]]:
    """Return the ids of all records of a kind that are in force, and their values, as columns.

    What is empty is the empty text. Private fields cannot be asked for here.
    """
    asked = [spec.field(name) for name in fields]
    wrong = [f.name for f in asked if f.private or f.kind is FieldKind.YES_NO]
    if wrong:
        raise ValueError(f"these are read with their record: {wrong}")
    columns = ", ".join(f"coalesce({column_of(name)}, '')" for name in fields)
    statement = f"SELECT id, {columns} FROM {spec.kind} WHERE standing < {VOIDED}"  # noqa: S608
    rows = connection.exec_driver_sql(statement).fetchall()
    return list(zip(*rows, strict=True)) if rows else [()] * (1 + len(fields))


@dataclass(frozen=True, slots=True)
class Shown:
    """A record with the values that it shows, without the saves behind them."""

    id: str
    owner: str
    voided: bool
    values: dict[str, Value]


def shown_without_lines(
    connection: Connection, spec: RecordSpec, ids: Sequence[str]
) -> Iterator[Shown]:
    """Yield those of these records that hold no lines.

    Which lines were taken out only their saves tell, so that the others are read whole.
    """
    names = [field.name for field in spec.fields]
    columns = ", ".join(("id", "owner", "standing", *map(column_of, names)))
    among = "id IN (SELECT value FROM json_each(?)) AND lines IS NULL"
    statement = f"SELECT {columns} FROM {spec.kind} WHERE {among}"  # noqa: S608 - our own names
    yes_no = [field.name for field in spec.fields if field.kind is FieldKind.YES_NO]
    for record_id, owner, standing, *held in connection.exec_driver_sql(
        statement, (json.dumps(list(ids)),)
    ):
        pairs = zip(names, held, strict=True)
        values = {name: cast("Value", value) for name, value in pairs if value is not None}
        for name in yes_no:
            if name in values:
                values[name] = bool(values[name])
        yield Shown(record_id, owner, standing == VOIDED, values)


def owners_in_force(connection: Connection, kind: str) -> dict[str, int]:
    """Return how many records of a kind are in force, by owner."""
    statement = f"SELECT owner, count(*) FROM {kind} WHERE standing < {VOIDED} GROUP BY owner"  # noqa: S608
    return {str(row[0]): int(row[1]) for row in connection.exec_driver_sql(statement)}


def any_in_force(connection: Connection, kind: str) -> bool:
    """Tell whether a record of a kind is in force."""
    statement = f"SELECT EXISTS (SELECT 1 FROM {kind} WHERE standing < {VOIDED})"  # noqa: S608
    return bool(connection.exec_driver_sql(statement).scalar())


def ids_in_force(connection: Connection, kind: str) -> frozenset[str]:
    """Return the ids of all records of a kind that are in force."""
    statement = f"SELECT id FROM {kind} WHERE standing < {VOIDED}"  # noqa: S608 - our own name
    return frozenset(str(row[0]) for row in connection.exec_driver_sql(statement))
