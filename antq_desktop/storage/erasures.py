"""What was erased is remembered without what it was, so that nothing old brings it back.

The store keeps the ids of records that lost facts about people. From them a small list is made:
of each record its marks and empty values with the saves that set them (`domain/erasing.py`), as
lines of a bundle, sealed under the key of the store. It lies beside the store and beside its
backups. A backup carries the same key, so that a restored store takes the list in before anybody
opens it, whichever of its backups it came from. Taking it in is a join like any other.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final, cast

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.carried import NotARecordError, from_line, to_line
from antq_desktop.domain.erasing import is_erasable, marks, only_erasure
from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.storage import own_states, settings
from antq_desktop.storage.drafts import DAMAGED, read_sealed, write_sealed
from antq_desktop.storage.schema import column_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sqlalchemy import Connection

    from antq_desktop.domain.canonical import Json
    from antq_desktop.domain.fields import RecordSpec, Value
    from antq_desktop.domain.record import Record
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store
    from antq_desktop.storage.work import Work

FILE: Final = "erasures.sealed"
PURPOSE: Final = "erasures"
_SETTING: Final = "erasures"
_SHORTEST: Final = 5
_SCRUB: Final = "UPDATE history_change SET content = NULL, salt = NULL WHERE seq = ? AND place = ?"


def scrub(connection: Connection, spec: RecordSpec, record: str, words: Iterable[str] = ()) -> int:
    """Erase the content of every change of a record that holds what is erased; return how many.

    Args:
        connection: A transaction that writes.
        spec: The kind of the record.
        record: Its id.
        words: Texts that were erased: a change that repeats one in another field goes too.
    """
    sought = [word.casefold() for word in words if len(word) >= _SHORTEST]
    rows = connection.exec_driver_sql(
        "SELECT seq, place, content FROM history_change WHERE record = ? AND content IS NOT NULL",
        (record,),
    ).all()
    gone = [(seq, place) for seq, place, text in rows if _tells(spec, json.loads(text), sought)]
    for place in gone:
        connection.exec_driver_sql(_SCRUB, place)
    return len(gone)


def scrub_own_state(connection: Connection, spec: RecordSpec, after: Record) -> None:
    """Let what is kept for taking a merge back know of an erasure too.

    Args:
        connection: A transaction that writes.
        spec: The kind of the record.
        after: The record as the erasure left it.
    """
    kept = own_states.remembered(connection, spec.kind, [after.id]).get(after.id)
    if kept is not None:
        line = to_line(kept.joined(only_erasure(after, spec)), siblings=True)
        connection.exec_driver_sql(
            "UPDATE own_state SET line = ? WHERE kind = ? AND record = ?",
            (line, spec.kind, after.id),
        )


def scrub_replaced(connection: Connection, spec: RecordSpec, before: str) -> int:
    """Erase from history what was replaced long ago, such as the name of a former head.

    Args:
        connection: A transaction that writes.
        spec: The kind.
        before: Changes older than this day go, `YYYY-MM-DD`.
    """
    last = connection.exec_driver_sql(
        "SELECT max(seq) FROM history WHERE at < ?", (before,)
    ).scalar_one()
    rows = connection.exec_driver_sql(
        "SELECT seq, place, content FROM history_change"
        " WHERE kind = ? AND seq <= ? AND content IS NOT NULL",
        (spec.kind, last or 0),
    ).all()
    gone = [
        (seq, place)
        for seq, place, text in rows
        if any(
            value is not None and is_erasable(spec, path)
            for path, value in json.loads(text)["before"].items()
        )
    ]
    for place in gone:
        connection.exec_driver_sql(_SCRUB, place)
    return len(gone)


def _tells(spec: RecordSpec, held: dict[str, Json], words: list[str]) -> bool:
    for side in ("before", "after"):
        values = cast("dict[str, Value]", held.get(side) or {})
        for path, value in values.items():
            if value is not None and is_erasable(spec, path):
                return True
            if isinstance(value, str) and any(word in value.casefold() for word in words):
                return True
    note = str(held.get("note") or "").casefold()
    return any(word in note for word in words)


def known(reader: Reader) -> list[tuple[str, str]]:
    """Return kind and id of every record that lost facts about people."""
    held = json.loads(reader.setting(_SETTING, "[]"))
    return [(str(kind), str(record)) for kind, record in held]


def remember(work: Work, records: Iterable[tuple[str, str]]) -> None:
    """Remember records that lost facts about people, within an action."""
    together = sorted({*known(work), *records})
    told: Json = [[kind, record] for kind, record in together]
    settings.put(work.connection, _SETTING, canonical(told).decode())


def listed(reader: Reader) -> bytes:
    """Return the list of what is known to be erased: one line for each record."""
    by_kind: dict[str, list[str]] = {}
    for kind, record in known(reader):
        by_kind.setdefault(kind, []).append(record)
    lines: list[bytes] = []
    for kind in by_kind.keys() & reader.specs.keys():
        spec = reader.specs[kind]
        for held in reader.records(kind, by_kind[kind]).values():
            left = only_erasure(held, spec)
            if any(part.fields for part in left.parts):
                lines.append(to_line(left, siblings=True))
    return b"\n".join(sorted(lines))


def name_beside_backups(store: Store) -> str:
    """Return the name of the list beside backups, where several stores may keep theirs."""
    told = store.setting(settings.STORE)
    return f"ANTQ_DAXOA_{hashlib.sha256(told.encode()).hexdigest()[:12].upper()}.antqxoa"


def write_list(store: Store, path: Path) -> None:
    """Write the list of a store, joined with one that is there; nothing where nothing is erased.

    Raises:
        EnvironmentFault: The machine denied it.
    """
    with store.reading() as reader:
        lines = listed(reader)
    if lines:
        write_sealed(path, lines, store.sealer(PURPOSE))


def read_list(store: Store, path: Path) -> list[Record]:
    """Return what a list says; nothing where there is none.

    Raises:
        EnvironmentFault: `sealed_damaged`, or the machine denied it.
    """
    plain = read_sealed(path, store.sealer(PURPOSE))
    try:
        return list(_records(plain.split(b"\n"), store.specs)) if plain else []
    except (ValueError, KeyError, NotARecordError) as fault:
        raise EnvironmentFault("sealed_damaged", DAMAGED) from fault


def _records(lines: Iterable[bytes], specs: Mapping[str, RecordSpec]) -> Iterator[Record]:
    for line in lines:
        value = cast("dict[str, Json]", json.loads(line))
        if value["kind"] in specs:
            yield from_line(str(value["kind"]), value)


def ended(reader: Reader, spec: RecordSpec, field: str, day: str) -> list[str]:
    """Return the ids of a kind's records whose date is that day or before.

    A date known to the month or year counts from its end.
    """
    date = column_of(field)
    statement = (
        f"SELECT id FROM {spec.kind} WHERE"  # noqa: S608 - our own names
        f" {date} || substr('-12-31', length({date}) - 3) <= ?"
    )
    return [str(row[0]) for row in reader.connection.exec_driver_sql(statement, (day,))]


def holding(reader: Reader, spec: RecordSpec, ids: Iterable[str], by: str = "id") -> list[str]:
    """Return those of a kind's records that may still hold what is erased some day.

    Args:
        reader: The store.
        spec: The kind.
        ids: Ids of the records, or of those that they refer to.
        by: The column that holds one of these ids.
    """
    erases = spec.keeping.erases if spec.keeping else ()
    held = [f"{column_of(name)} IS NOT NULL" for name in erases if "/" not in name]
    held += [f"lines LIKE '%\"{name.partition('/')[2]}\":%'" for name in erases if "/" in name]
    statement = (
        f"SELECT id FROM {spec.kind} WHERE ({' OR '.join([*held, 'conflicts > 0'])})"  # noqa: S608
        f" AND owner = ? AND {by} IN (SELECT value FROM json_each(?)) ORDER BY sort, id"
    )
    values = (reader.setting(settings.UNIT), json.dumps(sorted(ids)))
    return [str(row[0]) for row in reader.connection.exec_driver_sql(statement, values)]


def take_in(work: Work, erasures: Iterable[Record]) -> int:
    """Take known erasures into a store and return how many records lost something by it."""
    count = 0
    for erasure in erasures:
        held = work.record(erasure.kind, erasure.id)
        if held is None or held.owner != erasure.owner:
            continue
        after = held.joined(erasure)
        if after != held and marks(after) != marks(held):
            work.take(held, after)
            count += 1
    return count
