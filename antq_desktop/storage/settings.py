"""Small facts about this store itself: who it belongs to, its writer, its counter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlalchemy import Connection

STORE: Final = "store"  # random id, also in the slot file
LEVEL: Final = "level"  # `commune` or `receiver`
UNIT: Final = "unit"  # id of the unit whose store this is
WRITER: Final = "writer"  # this life of this database
COUNTER: Final = "counter"  # the largest counter seen
SAMPLE: Final = "sample"  # `yes` when all records are invented
DEVICE_KEYS: Final = "device_keys"  # secret keys of this device; the store itself is encrypted
FORMER_KEYS: Final = "former_keys"  # age identities of former keys: what they opened still opens
KEY_ROTATION: Final = "key_rotation"  # what the former key of this device says of the present one
UNIT_TREE: Final = "unit_tree"  # units below a receiver, as given at its start, canonical JSON
RESTORED_FROM: Final = "restored_from"  # the writer before the last restore of a backup
JOINED_AS: Final = "joined_as"  # the unit as a sibling's slip named it, canonical JSON
JOINING: Final = "joining"  # `yes` until the first bundle of a sibling was merged
VERIFIED: Final = "verified"  # how far the chain of history held when it was last read
SHEET_MADE: Final = "sheet_made"  # when the recovery sheet in force was made, civil time
OPENED: Final = "opened"  # where it lies, on which machine, how often it was opened; by line
KEPT_LONGER: Final = "kept_longer"  # records kept beyond their time, and until when, JSON
REVIEWED: Final = "reviewed"  # day and officer of the last review of what is kept about people
JOURNAL_GAP: Final = "journal_gap"  # a place of history that was told above and is not held here
JOURNAL_EXPLAINED: Final = "journal_explained"  # links of such places that were explained, JSON
CALM_DAYS: Final = "calm_days"  # for how many days a written bundle waits before it is overdue
WINDOWS: Final = "windows"  # windows of reporting periods that the unit set otherwise, JSON by code
BACKUP_PLACE: Final = "backup_place"  # folder outside the profile; none while absent


def get(connection: Connection, name: str, default: str | None = None) -> str:
    """Return a setting.

    Raises:
        KeyError: There is none and no default was given.
    """
    statement = "SELECT value FROM setting WHERE name = ?"
    row = connection.exec_driver_sql(statement, (name,)).fetchone()
    if row is not None:
        return str(row[0])
    if default is None:
        raise KeyError(name)
    return default


def put(connection: Connection, name: str, value: str) -> None:
    """Set a setting."""
    statement = (
        "INSERT INTO setting (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    )
    connection.exec_driver_sql(statement, (name, value))
