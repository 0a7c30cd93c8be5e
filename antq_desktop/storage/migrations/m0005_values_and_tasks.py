"""Step 5: values of units in code lists; tasks and proposals answered from unit to unit.

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
    "code_value": (
        "f_unit TEXT, f_code_list TEXT, f_value TEXT, f_label TEXT, f_place INTEGER, "
        "f_hidden INTEGER, f_retired_on TEXT, f_counts_as TEXT, f_note TEXT"
    ),
    "task_answer": (
        "f_unit TEXT, f_task TEXT, f_title TEXT, f_state TEXT, f_answered_on TEXT, "
        "f_done_on TEXT, f_answer_document TEXT, f_result TEXT"
    ),
    "proposal_answer": (
        "f_by TEXT, f_proposal TEXT, f_unit TEXT, f_title TEXT, f_state TEXT, "
        "f_answered_on TEXT, f_answer_document TEXT, f_answer TEXT"
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


STATEMENTS: Final[tuple[str, ...]] = (
    *(sql for name, columns in _KINDS.items() for sql in _statements(name, columns)),
    # which return bundle the sender had taken in last, by its identity; empty for none
    "ALTER TABLE received ADD COLUMN acknowledges TEXT NOT NULL DEFAULT ''",
    # what ever went down to a unit goes there again when it changes, though it names another now
    "CREATE TABLE went_down (unit TEXT NOT NULL, kind TEXT NOT NULL, record TEXT NOT NULL, "
    "PRIMARY KEY (unit, kind, record)) WITHOUT ROWID",
)
