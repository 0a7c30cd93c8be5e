"""Step 7: officers with several roles, areas of work and a password to be changed at once.

Until now the maker of a profile did everything under the one role `admin`; that stays so.
"""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    "ALTER TABLE officer ADD COLUMN areas TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE officer ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0",
    "UPDATE officer SET role = 'officer leader admin' WHERE role = 'admin'",
)
