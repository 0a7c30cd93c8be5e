"""Records counted by the store itself, for pictures of many of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antq_desktop.storage.schema import VOIDED, column_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from antq_desktop.domain.fields import RecordSpec


def by_month(
    connection: Connection, spec: RecordSpec, day: str, by: str, *, since: str, until: str
) -> dict[tuple[str, str], int]:
    """Return how many records in force there are, by month and by the value of a field.

    A day of which only the year is known counts in its first month, as figures count it.

    Args:
        connection: The store.
        spec: The kind.
        day: The field that places a record.
        by: The field whose values are told apart.
        since: First day.
        until: Last day, or a sign behind all of its month.
    """
    dated, told = column_of(spec.field(day).name), column_of(spec.field(by).name)
    statement = (
        f"SELECT substr({dated} || '-01', 1, 7) AS month, coalesce({told}, ''), count(*)"  # noqa: S608 - our own names
        f" FROM {spec.kind} WHERE standing < {VOIDED} AND {dated} BETWEEN ? AND ?"
        " GROUP BY 1, 2"
    )
    found = connection.exec_driver_sql(statement, (since, until))
    return {(str(month), str(value)): int(count) for month, value, count in found}


def ids_of_month(
    connection: Connection, spec: RecordSpec, day: str, month: str, by: tuple[str, list[str]]
) -> list[str]:
    """Return the ids of the records that numbers of `by_month` count.

    `by` is the field whose values are told apart, with the values that are meant; all for none.
    """
    name, values = by
    dated, told = column_of(spec.field(day).name), column_of(spec.field(name).name)
    statement = (
        f"SELECT id, coalesce({told}, '') FROM {spec.kind}"  # noqa: S608 - our own names
        f" WHERE standing < {VOIDED} AND {dated} BETWEEN ? AND ?"
        f" AND substr({dated} || '-01', 1, 7) = ? ORDER BY {dated}, id"
    )
    found = connection.exec_driver_sql(statement, (month[:4], f"{month}-99", month))
    return [str(record) for record, value in found if not values or str(value) in values]


def newest_year(connection: Connection, spec: RecordSpec, field: str, until: int) -> int | None:
    """Return the newest year, not behind one, of which a record in force is; None without any."""
    column = f"CAST(substr({column_of(spec.field(field).name)}, 1, 4) AS INTEGER)"
    statement = f"SELECT max({column}) FROM {spec.kind} WHERE standing < {VOIDED} AND {column} <= ?"  # noqa: S608 - our own names
    found = connection.exec_driver_sql(statement, (until,)).scalar()
    return None if found is None else int(str(found))
