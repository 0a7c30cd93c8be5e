"""The officers of one store: who may sign in and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Officer:
    """One officer of this device."""

    id: str
    name: str
    role: str
    active: bool
    since: str


def add(connection: Connection, officer_id: str, name: str, role: str, since: str) -> None:
    """Write a new officer."""
    statement = "INSERT INTO officer (id, name, role, active, since) VALUES (?, ?, ?, 1, ?)"
    connection.exec_driver_sql(statement, (officer_id, name, role, since))


def every(connection: Connection) -> list[Officer]:
    """Return all officers by name, inactive ones included."""
    statement = "SELECT id, name, role, active, since FROM officer ORDER BY name"
    return [
        Officer(str(r[0]), str(r[1]), str(r[2]), bool(r[3]), str(r[4]))
        for r in connection.exec_driver_sql(statement)
    ]
