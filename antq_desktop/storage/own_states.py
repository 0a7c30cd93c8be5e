"""How records of the own unit stood after the last save made here, before others were joined.

Undoing a merge needs it: what a store saved itself stands in no bundle that it could read again.
Only records of the own unit have one, and only those that another device of the unit also wrote.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.carried import from_line, to_line
from antq_desktop.domain.changes import Action

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from antq_desktop.domain.record import Record

OWN_ACTIONS: Final = (
    Action.INIT,
    Action.ADD,
    Action.SET,
    Action.VOID,
    Action.UNDO,
    Action.SETTLE,
)
_JOINING: Final = (Action.MERGE, Action.ANSWER, Action.WITHDRAW, Action.REVOKE)
_MANY: Final = 500


def remember(connection: Connection, held: Iterable[Record]) -> None:
    """Keep how records stand, of those that were last written by a save made here."""
    records = list(held)
    saved_here = _last_written_here(connection, [record.id for record in records])
    rows = [(r.kind, r.id, to_line(r, siblings=True)) for r in records if r.id in saved_here]
    if rows:
        statement = (
            "INSERT INTO own_state (kind, record, line) VALUES (?, ?, ?)"
            " ON CONFLICT (kind, record) DO UPDATE SET line = excluded.line"
        )
        connection.exec_driver_sql(statement, rows)


def rewrite(connection: Connection, records: Iterable[Record]) -> None:
    """Keep records that are kept already in another form: their stamps became others."""
    rows = [(to_line(r, siblings=True), r.kind, r.id) for r in records]
    if rows:
        statement = "UPDATE own_state SET line = ? WHERE kind = ? AND record = ?"
        connection.exec_driver_sql(statement, rows)


def _last_written_here(connection: Connection, ids: Sequence[str]) -> set[str]:
    saved, joined = last_saves(connection, ids), _last(connection, ids, _JOINING)
    return {id_ for id_, entry in saved.items() if entry > joined.get(id_, 0)}


def last_saves(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """Return for each record that was ever saved here the entry of the last such save."""
    return _last(connection, ids, OWN_ACTIONS)


def _last(connection: Connection, ids: Sequence[str], actions: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    named = ", ".join(f"'{action}'" for action in actions)
    for some in _pieces(ids):
        marks = ", ".join("?" for _ in some)
        statement = (
            "SELECT c.record, max(h.seq) FROM history_change c"  # noqa: S608 - our own words
            " JOIN history h ON h.seq = c.seq"
            f" WHERE c.record IN ({marks}) AND h.action IN ({named}) GROUP BY c.record"
        )
        for row in connection.exec_driver_sql(statement, tuple(some)):
            found[str(row[0])] = int(row[1])
    return found


def remembered(connection: Connection, kind: str, ids: Sequence[str]) -> dict[str, Record]:
    """Return what is kept of these records."""
    found: dict[str, Record] = {}
    for some in _pieces(ids):
        marks = ", ".join("?" for _ in some)
        statement = (
            "SELECT record, line FROM own_state"  # noqa: S608 - question marks
            f" WHERE kind = ? AND record IN ({marks})"
        )
        for row in connection.exec_driver_sql(statement, (kind, *some)):
            found[str(row[0])] = from_line(kind, json.loads(bytes(row[1])))
    return found


def _pieces(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _MANY] for start in range(0, len(ids), _MANY))
