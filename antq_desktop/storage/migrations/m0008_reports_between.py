"""Step 8: zero reports, requests with their answers, and adjustments of figures.

Frozen: it writes its SQL out of the words below and of nothing that may change later.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_FRAME: Final = (
    '"row" INTEGER NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, standing INTEGER NOT NULL, '
    "void_reason TEXT, conflicts INTEGER NOT NULL, missing INTEGER NOT NULL, sort TEXT NOT NULL, "
    "changed INTEGER NOT NULL, lines TEXT, stamps TEXT NOT NULL, unknown TEXT"
)
_KINDS: Final = {
    "zero_report": "f_unit TEXT, f_about TEXT, f_period TEXT, f_declared_on TEXT",
    "request": (
        "f_unit TEXT, f_sort TEXT, f_title TEXT, f_record TEXT, f_place TEXT, f_held TEXT, "
        "f_asked_on TEXT, f_due_on TEXT, f_closed_on TEXT"
    ),
    "request_answer": (
        "f_unit TEXT, f_request TEXT, f_title TEXT, f_answered_on TEXT, f_answer TEXT"
    ),
    "adjustment": (
        "f_by TEXT, f_unit TEXT, f_measure TEXT, f_period TEXT, f_reported INTEGER, "
        "f_value INTEGER, f_reason TEXT, f_confirmed_by TEXT, f_confirmed_on TEXT"
    ),
}


def _statements(name: str, columns: str) -> Iterator[str]:
    yield f'CREATE TABLE "{name}" ({_FRAME}, {columns}, PRIMARY KEY ("row"))'
    yield f'CREATE UNIQUE INDEX {name}_id ON "{name}" (id)'
    yield f'CREATE INDEX {name}_sort ON "{name}" (sort, "row", standing)'
    yield f'CREATE INDEX {name}_changed ON "{name}" (changed)'
    yield f'CREATE INDEX {name}_by_unit ON "{name}" (f_unit, sort, "row", standing)'
    search = f"{name}_search"
    yield (
        f"CREATE VIRTUAL TABLE {search} USING fts5(text, content='', prefix='1 2 3 4 5', "
        "tokenize='unicode61 remove_diacritics 0')"
    )
    yield f"INSERT INTO {search}({search}, rank) VALUES('secure-delete', 1)"


STATEMENTS: Final[tuple[str, ...]] = tuple(
    sql for name, columns in _KINDS.items() for sql in _statements(name, columns)
)
