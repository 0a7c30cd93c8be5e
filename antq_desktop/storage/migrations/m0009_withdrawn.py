"""Step 9: what a withdrawn bundle leaves behind, who signed what came, and keys that follow keys.

`own_state` keeps of a record of the own unit how it stood after the last save made here, before
anything of another device was joined to it: what remains when all of that is withdrawn.
"""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    """CREATE TABLE own_state (kind TEXT NOT NULL, record TEXT NOT NULL, line BLOB NOT NULL,
  PRIMARY KEY (kind, record)) WITHOUT ROWID""",
    "ALTER TABLE received ADD COLUMN signer TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE received ADD COLUMN admitted TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE device ADD COLUMN follows TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE device ADD COLUMN reached TEXT NOT NULL DEFAULT ''",
)
