"""Step 11: where the history of a sender stood, as each of its bundles told."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    "ALTER TABLE received ADD COLUMN journal TEXT NOT NULL DEFAULT ''",
)
