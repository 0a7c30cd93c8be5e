"""What the store keeps of bags that a unit between passes on: keys vouched for, and receipts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Vouched:
    """A key that a unit below vouches for, for the bags that it passes on and for nothing else.

    Attributes:
        key_id: Id of the key.
        by_unit: Id of the unit that vouches.
        public: The device, as a canonical object.
        since: When it was first heard of here.
    """

    key_id: str
    by_unit: str
    public: bytes
    since: str


@dataclass(frozen=True, slots=True)
class PassedReceipt:
    """What a unit above the next one said of a bundle.

    Attributes:
        digest: Identity of the bundle.
        by_unit: Id of the unit that said it.
        by_name: Its name.
        at: When it was heard here.
        line: The receipt, a canonical line.
    """

    digest: str
    by_unit: str
    by_name: str
    at: str
    line: str


def vouched_by(connection: Connection, unit: str) -> list[Vouched]:
    """Return the keys that a unit vouches for."""
    rows = connection.exec_driver_sql(
        "SELECT key_id, by_unit, public, since FROM vouched WHERE by_unit = ? ORDER BY key_id",
        (unit,),
    )
    return [Vouched(str(key), str(by), bytes(public), str(at)) for key, by, public, at in rows]


def put_vouched(connection: Connection, rows: Iterable[Vouched]) -> None:
    """Remember keys that a unit vouches for; what is known already stays as it was first told."""
    for row in rows:
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO vouched (key_id, by_unit, public, since) VALUES (?, ?, ?, ?)",
            (row.key_id, row.by_unit, row.public, row.since),
        )


def receipts_of(connection: Connection, digests: Iterable[str]) -> list[PassedReceipt]:
    """Return what units further above said of bundles."""
    wanted = set(digests)
    rows = connection.exec_driver_sql(
        "SELECT digest, by_unit, by_name, at, line FROM passed_receipt ORDER BY digest, by_unit"
    )
    found = (PassedReceipt(*(str(value) for value in row)) for row in rows)
    return [one for one in found if one.digest in wanted]


def put_receipts(connection: Connection, rows: Iterable[PassedReceipt]) -> None:
    """Remember receipts; the newest of a unit takes the place of its former one."""
    for row in rows:
        connection.exec_driver_sql(
            "INSERT INTO passed_receipt (digest, by_unit, by_name, at, line)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT (digest, by_unit) DO UPDATE SET"
            " by_name = excluded.by_name, at = excluded.at, line = excluded.line",
            (row.digest, row.by_unit, row.by_name, row.at, row.line),
        )
