"""What a new store knows of itself before anything is written into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antq_desktop.domain.ids import new_writer
from antq_desktop.storage import settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from antq_desktop.storage.store import NewStore, Outside


def write_first(connection: Connection, new: NewStore, outside: Outside, store_id: str) -> None:
    """Write the settings that a store begins with."""
    facts = {
        settings.STORE: store_id,
        settings.LEVEL: new.level,
        settings.UNIT: new.unit,
        settings.WRITER: new_writer(outside.random_bytes),
        settings.COUNTER: "0",
        settings.SAMPLE: "yes" if new.sample else "no",
    }
    for name, value in facts.items():
        settings.put(connection, name, value)
