"""The spine: one append-only table, chained over salted digests of its entries.

Each action of an officer is one entry with one change per record it touched. A change holds its
content (which path went from what to what) and a salt; the chain runs over SHA-256 of both. An
erasure removes content and salt and leaves the digest, so the chain still holds and nobody can
test a guess of what stood there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.changes import Change, Entry, HistoryLine

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from antq_desktop.domain.canonical import Json
    from antq_desktop.domain.fields import Value
    from antq_desktop.domain.ids import RandomBytes

SALT_BYTES: Final = 16
BEGINNING: Final = bytes(32)

_INSERT_ENTRY: Final = (
    "INSERT INTO history (seq, at, officer, writer, counter, action, undoes, link)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_CHANGE: Final = (
    "INSERT INTO history_change (seq, place, kind, record, content, salt, digest)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_ENTRIES: Final = "SELECT seq, at, officer, writer, counter, action, undoes, link FROM history"
_CHANGES: Final = "SELECT seq, place, kind, record, content, salt, digest FROM history_change"


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain stands: number of the last entry and its link."""

    seq: int
    link: bytes

    def to_text(self) -> str:
        """Write it as a setting keeps it."""
        return f"{self.seq} {self.link.hex()}"

    @classmethod
    def from_text(cls, text: str) -> Head:
        """Read what `to_text` wrote; the beginning of the chain for anything else."""
        number, _, link = text.partition(" ")
        try:
            head = cls(int(number), bytes.fromhex(link))
        except ValueError:
            return cls(0, BEGINNING)
        return head if head.seq > 0 else cls(0, BEGINNING)


def head(connection: Connection) -> Head:
    """Return where the chain stands; number 0 for a history without an entry."""
    statement = "SELECT seq, link FROM history ORDER BY seq DESC LIMIT 1"
    row = connection.exec_driver_sql(statement).fetchone()
    return Head(int(row[0]), bytes(row[1])) if row else Head(0, BEGINNING)


def holds(connection: Connection, seq: int, link: str) -> bool:
    """Tell whether the entry of a number stands here with a link, in hexadecimal."""
    return _stands(connection, seq, bytes.fromhex(link))


def append(
    connection: Connection, entry: Entry, changes: Sequence[Change], random_bytes: RandomBytes
) -> Head:
    """Write one entry with its changes behind the last one and return the new head.

    The entry's own number is not used: the chain gives the number.
    """
    last = head(connection)
    seq = last.seq + 1
    salts = random_bytes(SALT_BYTES * len(changes))
    rows: list[tuple[object, ...]] = []
    for place, change in enumerate(changes):
        salt = salts[place * SALT_BYTES : (place + 1) * SALT_BYTES]
        content = _content(change)
        digest = hashlib.sha256(salt + content).digest()
        rows.append((seq, place, change.kind, change.record, content.decode(), salt, digest))
    facts = (entry.at, entry.officer, entry.writer, entry.counter, entry.action, entry.undoes)
    links = [(str(r[2]), str(r[3]), cast("bytes", r[6])) for r in rows]
    link = _link(last.link, (seq, *facts), links)
    connection.exec_driver_sql(_INSERT_ENTRY, (seq, *facts, link))
    if rows:
        connection.exec_driver_sql(_INSERT_CHANGE, rows)
    return Head(seq, link)


def _content(change: Change) -> bytes:
    held: dict[str, Json] = {"before": dict(change.before), "after": dict(change.after)}
    if change.created:
        held["created"] = True
    if change.note:
        held["note"] = change.note
    return canonical(held)


def _link(
    before: bytes, facts: Sequence[object], changes: Iterable[tuple[str, str, bytes]]
) -> bytes:
    named: list[Json] = [[kind, record, digest.hex()] for kind, record, digest in changes]
    told = canonical([cast("Json", list(facts)), named])
    return hashlib.sha256(before + told).digest()


def last_moments(connection: Connection, most: int) -> list[str]:
    """Return when the newest entries were made by the clock of then, the oldest of them first."""
    statement = "SELECT at FROM history ORDER BY seq DESC LIMIT ?"
    found = [str(row[0]) for row in connection.exec_driver_sql(statement, (most,))]
    return found[::-1]


def entries_of(connection: Connection, record: str) -> Iterator[HistoryLine]:
    """Yield what happened to one record, the oldest first."""
    statement = (
        "SELECT h.seq, h.at, h.officer, h.writer, h.counter, h.action, h.undoes,"
        " c.kind, c.record, c.content FROM history_change c JOIN history h ON h.seq = c.seq"
        " WHERE c.record = ? ORDER BY h.seq, c.place"
    )
    for row in connection.exec_driver_sql(statement, (record,)):
        yield HistoryLine(_entry(row[:7]), _change(row[7], row[8], row[9]))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are looked for; what is empty narrows nothing.

    Attributes:
        officer: Whose.
        action: Of which kind.
        since: From this day on, `2026-11-21`.
        until: Up to this day, inclusive.
    """

    officer: str = ""
    action: str = ""
    since: str = ""
    until: str = ""


def entries(
    connection: Connection, wanted: Wanted, *, before: int | None, limit: int
) -> list[Entry]:
    """Return entries, the newest first, below a number where one is given."""
    parts = {
        "officer = ?": wanted.officer,
        "action = ?": wanted.action,
        "at >= ?": wanted.since,
        "substr(at, 1, 10) <= ?": wanted.until,
        "seq < ?": before,
    }
    kept = {part: value for part, value in parts.items() if value not in ("", None)}
    where = f" WHERE {' AND '.join(kept)}" if kept else ""
    statement = f"{_ENTRIES}{where} ORDER BY seq DESC LIMIT ?"
    found = connection.exec_driver_sql(statement, (*kept.values(), limit))
    return [_entry(row[:7]) for row in found]


def touched_since(
    connection: Connection, seq: int, *, but_not: tuple[str, Sequence[str]]
) -> list[tuple[str, str, bool]]:
    """Return kind, id, and whether it is new, of each record touched after an entry.

    Args:
        connection: The store.
        seq: Number of the entry.
        but_not: An officer, and those actions of theirs that are left out.
    """
    officer, actions = but_not
    left_out = f"h.officer = ? AND h.action IN ({', '.join('?' for _ in actions)})"
    statement = (
        "SELECT c.kind, c.record, max(coalesce(json_extract(c.content, '$.created'), 0))"  # noqa: S608 - marks alone
        " FROM history_change c JOIN history h ON h.seq = c.seq"
        f" WHERE c.seq > ? AND c.kind <> '' AND NOT ({left_out}) GROUP BY c.kind, c.record"
    )
    found = connection.exec_driver_sql(statement, (seq, officer, *actions))
    return [(str(kind), str(record), bool(created)) for kind, record, created in found]


def first_changes(connection: Connection, seq: int, most: int) -> tuple[tuple[Change, ...], int]:
    """Return the first changes of an entry, and how many it has."""
    counted = "SELECT count(*) FROM history_change WHERE seq = ?"
    count = int(connection.exec_driver_sql(counted, (seq,)).scalar_one())
    statement = _CHANGES + " WHERE seq = ? ORDER BY place LIMIT ?"
    found = connection.exec_driver_sql(statement, (seq, most))
    return tuple(_change(row[2], row[3], row[4]) for row in found), count


def officers(connection: Connection) -> list[str]:
    """Return everybody who did anything here, by code points."""
    found = connection.exec_driver_sql("SELECT DISTINCT officer FROM history ORDER BY officer")
    return [str(row[0]) for row in found]


def entry(connection: Connection, seq: int) -> tuple[Entry, tuple[Change, ...]] | None:
    """Return one entry with its changes, or None."""
    row = connection.exec_driver_sql(_ENTRIES + " WHERE seq = ?", (seq,)).fetchone()
    if row is None:
        return None
    found = connection.exec_driver_sql(_CHANGES + " WHERE seq = ? ORDER BY place", (seq,))
    return _entry(row[:7]), tuple(_change(r[2], r[3], r[4]) for r in found)


def _entry(row: Sequence[object]) -> Entry:
    seq, at, officer, writer, counter, action, undoes = row
    return Entry(
        seq=int(str(seq)),
        at=str(at),
        officer=str(officer),
        writer=str(writer),
        counter=int(str(counter)),
        action=str(action),
        undoes=None if undoes is None else int(str(undoes)),
    )


def _change(kind: object, record: object, content: object) -> Change:
    if content is None:
        return Change(str(kind), str(record), {}, {}, erased=True)
    held = json.loads(str(content))
    return Change(
        kind=str(kind),
        record=str(record),
        before=cast("Mapping[str, Value]", held["before"]),
        after=cast("Mapping[str, Value]", held["after"]),
        created=bool(held.get("created")),
        note=str(held.get("note", "")),
    )


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of the chain found.

    Attributes:
        entries: How many entries were read.
        broken_at: Number of the first entry that does not hold, None when all do.
        why: What is wrong with it, a stable code.
    """

    entries: int
    broken_at: int | None = None
    why: str = ""


def verify(connection: Connection, since: Head | None = None) -> Verified:
    """Read the chain and name the first bad place.

    Args:
        connection: To the store.
        since: Up to where it held before: that entry must still stand there with its link, and
            only what follows is read. The whole chain otherwise.
    """
    count, before = (since.seq, since.link) if since else (0, BEGINNING)
    if count and not _stands(connection, count, before):
        return Verified(count, count, "link_broken")
    changes = _grouped(connection, count)
    pending = next(changes, None)
    for row in connection.exec_driver_sql(f"{_ENTRIES} WHERE seq > ? ORDER BY seq", (count,)):
        count += 1
        seq = int(row[0])
        if seq != count:
            return Verified(count, count, "entry_missing")
        held: list[tuple[str, str, bytes]] = []
        if pending is not None and pending[0] == seq:
            for kind, record, content, salt, digest in pending[1]:
                if content is not None and hashlib.sha256(salt + content).digest() != digest:
                    return Verified(count, seq, "content_altered")
                held.append((kind, record, digest))
            pending = next(changes, None)
        if not _holds(before, row, held):
            return Verified(count, seq, "link_broken")
        before = bytes(row[7])
    if pending is not None:
        return Verified(count, pending[0], "change_without_entry")
    return Verified(count)


def _stands(connection: Connection, seq: int, link: bytes) -> bool:
    found = connection.exec_driver_sql("SELECT link FROM history WHERE seq = ?", (seq,)).fetchone()
    return found is not None and found[0] == link


def _holds(before: bytes, row: Sequence[object], held: list[tuple[str, str, bytes]]) -> bool:
    try:
        return _link(before, tuple(row[:7]), held) == row[7]
    except (TypeError, ValueError):  # what stands there could never have been written by us
        return False


_Held = tuple[str, str, bytes | None, bytes, bytes]


def _bytes(held: object) -> bytes:
    return held if isinstance(held, bytes) else b""


def _grouped(connection: Connection, since: int) -> Iterator[tuple[int, list[_Held]]]:
    seq, held = 0, list[_Held]()
    found = connection.exec_driver_sql(_CHANGES + " WHERE seq > ? ORDER BY seq, place", (since,))
    for row in found:
        if row[0] != seq and held:
            yield seq, held
            held = []
        seq = int(row[0])
        content = None if row[4] is None else str(row[4]).encode()
        held.append((str(row[2]), str(row[3]), content, _bytes(row[5]), _bytes(row[6])))
    if held:
        yield seq, held
