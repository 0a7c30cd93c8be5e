"""The comparator: the same driver, pragmas and tables, and nothing between them and the rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from antq_desktop.domain.records.incidents import INCIDENT
from antq_desktop.storage.engine import CACHE_KIB, _prepare
from antq_desktop.storage.rows import columns_of

Row = Sequence[Any]

INTO_SEARCH = "INSERT INTO incident_search(rowid, text) VALUES (?, ?)"
TABLES = ("incident", "history", "history_change", "setting")


def into(table: str, columns: int) -> str:
    """Return the statement that writes one row."""
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"  # noqa: S608 - our own names


INTO_INCIDENT = into("incident", len(columns_of(INCIDENT)) + 1)


@dataclass(frozen=True, slots=True)
class SavedRows:
    """Everything that one save of a new incident writes."""

    incident: Row
    text: str
    history: Row
    change: Row
    counter: str


class Bare:
    """A connection to a store's file by its driver alone."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._connection = dbapi2.connect(str(path), isolation_level=None)
        for statement in (*_prepare(key, cache_kib=CACHE_KIB), "PRAGMA journal_mode = WAL"):
            self._connection.execute(statement)

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def many(self, rows: Iterable[Row], texts: Iterable[str]) -> None:
        """Write incidents and their search words in one transaction, numbered from 1."""
        run = self._connection
        run.execute("BEGIN IMMEDIATE")
        run.executemany(INTO_INCIDENT, ((n, *row) for n, row in enumerate(rows, 1)))
        run.executemany(INTO_SEARCH, enumerate(texts, 1))
        run.execute("COMMIT")

    def save(self, saved: SavedRows) -> None:
        """Write what one save writes, in one transaction."""
        run = self._connection.execute
        run("BEGIN IMMEDIATE")
        run(INTO_INCIDENT, saved.incident)
        run(INTO_SEARCH, (saved.incident[0], saved.text))
        run(into("history", 8), saved.history)
        run(into("history_change", 7), saved.change)
        run("UPDATE setting SET value = ? WHERE name = 'counter'", (saved.counter,))
        run("COMMIT")

    def rows(self, table: str) -> list[Row]:
        """Return all rows of a table in their order."""
        return list(self._connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2"))  # noqa: S608

    def found(self, word: str) -> list[Row]:
        """Return the numbers of the incidents that a word finds."""
        statement = "SELECT rowid FROM incident_search WHERE incident_search MATCH ?"
        return list(self._connection.execute(statement, (word,)))


def same(one: Bare, other: Bare) -> bool:
    """Tell whether two stores hold the same rows and find the same."""
    tables = all(one.rows(table) == other.rows(table) for table in TABLES)
    return tables and one.found("duong") == other.found("duong")
