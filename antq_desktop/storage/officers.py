"""The officers of one store: who may sign in and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.rights import (
    MUST_CHANGE,
    NEEDED,
    PROGRAM,
    Operation,
    Role,
    require,
    roles_from,
    roles_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

_COLUMNS: Final = "id, name, role, active, since, areas, must_change"
EVERY_ROLE: Final = (Role.OFFICER, Role.LEADER, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Officer:
    """One officer of this device.

    Attributes:
        id: Random, as in the slot file.
        name: As chosen at sign-in.
        roles: What they may do.
        active: Whether they may still sign in.
        since: Civil time of the first sign-in allowed.
        areas: The areas whose records they may write; none for all of them.
        must_change: Whether the password is a first one, to be changed at the next sign-in.
    """

    id: str
    name: str
    roles: frozenset[Role]
    active: bool
    since: str
    areas: frozenset[str] = frozenset()
    must_change: bool = False


def add(
    connection: Connection,
    officer_id: str,
    name: str,
    roles: Iterable[Role],
    since: str,
    *,
    must_change: bool = False,
) -> None:
    """Write a new officer."""
    statement = f"INSERT INTO officer ({_COLUMNS}) VALUES (?, ?, ?, 1, ?, '', ?)"  # noqa: S608
    facts = (officer_id, name, roles_text(roles), since, int(must_change))
    connection.exec_driver_sql(statement, facts)


def change(connection: Connection, officer: Officer) -> None:
    """Write an officer as given over the row of the same id."""
    statement = (
        "UPDATE officer SET name = ?, role = ?, active = ?, areas = ?, must_change = ? WHERE id = ?"
    )
    areas = " ".join(sorted(officer.areas))
    facts = (officer.name, roles_text(officer.roles), int(officer.active), areas)
    connection.exec_driver_sql(statement, (*facts, int(officer.must_change), officer.id))


def every(connection: Connection) -> list[Officer]:
    """Return all officers by name, inactive ones included."""
    statement = f"SELECT {_COLUMNS} FROM officer ORDER BY name"  # noqa: S608 - fixed names
    return [_from_row(row) for row in connection.exec_driver_sql(statement)]


def named(connection: Connection, name: str) -> Officer | None:
    """Return the active officer of that very name."""
    statement = f"SELECT {_COLUMNS} FROM officer WHERE name = ? AND active"  # noqa: S608
    row = connection.exec_driver_sql(statement, (name,)).first()
    return None if row is None else _from_row(row)


def areas_allowed(connection: Connection, officer: str, action: str) -> frozenset[str]:
    """Return the areas that an action may write to, none for all of them.

    What time alone asks for and the first action of a store are nobody's to allow.
    """
    needed = NEEDED[action]
    if needed is None or officer == PROGRAM:
        return frozenset()
    held = named(connection, officer)
    if held and held.must_change and needed is not Operation.OWN_PASSWORD:
        raise UserError("password_must_change", MUST_CHANGE, "password")
    require(held.roles if held else (), needed)
    return held.areas if held and needed is Operation.ENTER else frozenset()


def _from_row(held: Sequence[object]) -> Officer:
    return Officer(
        str(held[0]),
        str(held[1]),
        roles_from(str(held[2])),
        bool(held[3]),
        str(held[4]),
        frozenset(str(held[5]).split()),
        bool(held[6]),
    )
