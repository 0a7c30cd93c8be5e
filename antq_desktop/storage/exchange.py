"""What the store keeps of the exchange, as plain values; services decide, this only remembers."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final, TypeVar, cast

from antq_desktop.domain.answers import Outcome, RecordVerdict
from antq_desktop.domain.canonical import canonical

if TYPE_CHECKING:
    from sqlalchemy import Connection

SEALED, WRITTEN, ACKNOWLEDGED, RETURNED = "sealed", "written", "acknowledged", "returned"
COVERED, RESEND, TOLD = "covered", "resend", "told"
STAGED, MERGED, QUARANTINED = "staged", "merged", "quarantined"
WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """An enrolled device: `public` is the canonical object of its public parts.

    Attributes:
        follows: Id of the key that signed this one when the device changed its keys; empty for
            none.
        reached: Once another key follows this one: for each writer the last number that this key
            signed, as JSON. Empty while it is in use.
    """

    key_id: str
    unit: str
    unit_name: str
    device: str
    public: bytes
    may_send: str
    since: str
    officer: str
    revoked: str | None
    follows: str = ""
    reached: str = ""


@dataclass(frozen=True, slots=True)
class SentRow:
    """A line of the delivery register.

    Attributes:
        covers: Number of the last entry of history whose changes are in it.
        basis: Number of the bundle it followed, 0 for none.
        records: How many records are in it.
        state: `sealed`, `written`, `acknowledged`, `returned`; `covered` when a later bundle with
            all of it is held above; `resend` when what was held above no longer is;
            `told` when the receiver read its digits out, until a receipt says more.
        answer: The receipt as JSON, once a signed one came.
    """

    digest: str
    writer: str
    number: int
    kind: str
    addressee: str
    addressee_name: str
    file: str
    sha256: str
    size: int
    sealed_at: str
    officer: str
    covers: int
    basis: int
    spoken: str
    records: int
    state: str
    written_at: str | None
    answered_at: str | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """A bundle that came: named by the digest of its file, since not every one has an identity.

    Attributes:
        digest: Its identity; empty where no signature vouched for it.
        shelf: Code of the fault that holds it back; empty where none does.
        faults: Codes and sentences of what the gate found, as JSON.
        state: `staged`, `merged`, `withdrawn` or `quarantined`.
        entry: The entry of history that merged it, or that withdrew it.
        totals: How many records fell into each heap, as JSON.
        acknowledges: Identity of the return bundle that its sender had taken in last; empty for
            none.
        signer: Id of the key that signed it; empty where none is known.
        admitted: Who let it in though its key is revoked, and when; empty where nobody did.
        journal: Length and head of the history it told of, a space between; empty for none.
        via: Id of the unit that passed it on in a bundle of its own; empty where it came by itself.
        via_name: Name of that unit.
    """

    sha256: str
    digest: str
    name: str
    kind: str
    sender: str
    sender_name: str
    device: str
    writer: str
    number: int
    basis: int
    claimed: str
    received_at: str
    officer: str
    verdict: str
    shelf: str
    faults: str
    state: str
    entry: int | None
    totals: str | None
    spoken: str
    acknowledges: str
    signer: str = ""
    admitted: str = ""
    journal: str = ""
    via: str = ""
    via_name: str = ""


@dataclass(frozen=True, slots=True)
class BasisRow:
    """What an addressee last said it holds of this store's writer, and what it asks for again."""

    addressee: str
    writer: str
    number: int
    digest: str
    by_writer: str
    by_number: int
    by_digest: str
    owed: str


_R = TypeVar("_R", DeviceRow, SentRow, ReceivedRow, BasisRow)
_TABLES: Final = {
    DeviceRow: "device",
    SentRow: "sent",
    ReceivedRow: "received",
    BasisRow: "basis",
}


def _columns(kind: type[_R]) -> str:
    return ", ".join(said.name for said in fields(kind))


def select(
    connection: Connection, kind: type[_R], rest: str = "", values: Sequence[object] = ()
) -> list[_R]:
    """Return rows of one table.

    Args:
        connection: The transaction.
        kind: Which rows.
        rest: SQL of our own behind the table, such as `WHERE writer = ? ORDER BY number`.
        values: What stands for its question marks.
    """
    statement = f"SELECT {_columns(kind)} FROM {_TABLES[kind]} {rest}"  # noqa: S608 - our own SQL
    found = connection.exec_driver_sql(statement, tuple(values))
    made = cast("Callable[..., _R]", kind)  # the columns are the fields, in their order
    return [made(*row) for row in found]


def put(connection: Connection, row: DeviceRow | SentRow | ReceivedRow | BasisRow) -> None:
    """Write a row, in place of one with the same key; other columns of that one stay."""
    kind = type(row)
    names = [said.name for said in fields(kind)]
    key = names[0]
    sets = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    marks = ", ".join("?" for _ in names)
    statement = (
        f"INSERT INTO {_TABLES[kind]} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - ours
        f" ON CONFLICT ({key}) DO UPDATE SET {sets}"
    )
    connection.exec_driver_sql(statement, tuple(getattr(row, name) for name in names))


def put_verdicts(connection: Connection, sha256: str, verdicts: Iterable[RecordVerdict]) -> None:
    """Keep what became of each record of a bundle, packed, for its receipts."""
    lines = b"\n".join(
        canonical([v.kind, v.record, str(v.outcome), list(v.codes)]) for v in verdicts
    )
    statement = "UPDATE received SET verdicts = ? WHERE sha256 = ?"
    connection.exec_driver_sql(statement, (zlib.compress(lines), sha256))


def verdicts_of(connection: Connection, row: ReceivedRow) -> tuple[RecordVerdict, ...]:
    """Return what became of each record of a bundle, whichever copy of it was merged."""
    statement = (
        "SELECT verdicts FROM received WHERE digest = ? AND verdicts IS NOT NULL"
        " ORDER BY entry LIMIT 1"
    )
    held = connection.exec_driver_sql(statement, (row.digest,)).scalar_one_or_none()
    if not held:
        return ()
    found = (json.loads(line) for line in zlib.decompress(bytes(held)).split(b"\n") if line)
    return tuple(
        RecordVerdict(row.digest, kind, record, Outcome(outcome), tuple(codes))
        for kind, record, outcome, codes in found
    )


def went_down(connection: Connection, unit: str) -> set[tuple[str, str]]:
    """Return kind and id of every record that ever went down to a unit."""
    statement = "SELECT kind, record FROM went_down WHERE unit = ?"
    return {(str(row[0]), str(row[1])) for row in connection.exec_driver_sql(statement, (unit,))}


def put_down(connection: Connection, unit: str, records: Iterable[tuple[str, str]]) -> None:
    """Remember that records of some kinds and ids go down to a unit."""
    rows = [(unit, kind, record) for kind, record in records]
    if rows:
        statement = "INSERT OR IGNORE INTO went_down (unit, kind, record) VALUES (?, ?, ?)"
        connection.exec_driver_sql(statement, rows)
