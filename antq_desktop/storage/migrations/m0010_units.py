"""Step 10: decisions about units, and bags that a unit between passes on.

`vouched` holds the keys that a unit below vouches for in its own signed bundle, by that unit: they
open bags that it passes on and nothing else. `passed_receipt` holds what a unit above the next one
said of a bundle.

Frozen: it writes its SQL out of the words below and of nothing that may change later.
"""

from __future__ import annotations

from typing import Final

_FRAME: Final = (
    '"row" INTEGER NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, standing INTEGER NOT NULL, '
    "void_reason TEXT, conflicts INTEGER NOT NULL, missing INTEGER NOT NULL, sort TEXT NOT NULL, "
    "changed INTEGER NOT NULL, lines TEXT, stamps TEXT NOT NULL, unknown TEXT"
)

STATEMENTS: Final[tuple[str, ...]] = (
    f"""CREATE TABLE unit_change ({_FRAME}, f_number TEXT, f_title TEXT, f_issuer TEXT,
  f_decided_on TEXT, f_effective_on TEXT, f_source TEXT, PRIMARY KEY ("row"))""",
    "CREATE UNIQUE INDEX unit_change_id ON unit_change (id)",
    'CREATE INDEX unit_change_sort ON unit_change (sort, "row", standing)',
    "CREATE INDEX unit_change_changed ON unit_change (changed)",
    """CREATE VIRTUAL TABLE unit_change_search USING fts5(text, content='', prefix='1 2 3 4 5',
  tokenize='unicode61 remove_diacritics 0')""",
    "INSERT INTO unit_change_search(unit_change_search, rank) VALUES('secure-delete', 1)",
    "ALTER TABLE received ADD COLUMN via TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE received ADD COLUMN via_name TEXT NOT NULL DEFAULT ''",
    """CREATE TABLE vouched (key_id TEXT NOT NULL, by_unit TEXT NOT NULL, public BLOB NOT NULL,
  since TEXT NOT NULL, PRIMARY KEY (key_id, by_unit)) WITHOUT ROWID""",
    """CREATE TABLE passed_receipt (digest TEXT NOT NULL, by_unit TEXT NOT NULL,
  by_name TEXT NOT NULL, at TEXT NOT NULL, line TEXT NOT NULL, PRIMARY KEY (digest, by_unit))
  WITHOUT ROWID""",
)
