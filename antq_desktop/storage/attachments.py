"""The content of attachments: bytes under their digest, once each, inside the store."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from antq_desktop.storage.schema import VOIDED

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Use:
    """One attachment in force: which content hangs on which record."""

    id: str
    digest: str
    media: str
    record: str


def keep(connection: Connection, digest: str, media: str, data: bytes) -> None:
    """Keep a content; one that is there already is there once."""
    connection.exec_driver_sql(
        "INSERT INTO attachment_content (digest, media, size, data) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (digest) DO NOTHING",
        (digest, media, len(data), data),
    )


def content(connection: Connection, digest: str) -> bytes | None:
    """Return a content, None where it is not held here."""
    found = connection.exec_driver_sql(
        "SELECT data FROM attachment_content WHERE digest = ?", (digest,)
    ).first()
    return bytes(found[0]) if found else None


def held(connection: Connection, digests: Iterable[str]) -> set[str]:
    """Return which of these contents are held here."""
    rows = connection.exec_driver_sql(
        "SELECT digest FROM attachment_content WHERE digest IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(digests)),),
    )
    return {str(row[0]) for row in rows}


def totals(connection: Connection) -> tuple[int, int]:
    """Return how many contents there are, and how many bytes they have together."""
    row = connection.exec_driver_sql(
        "SELECT count(*), coalesce(sum(size), 0) FROM attachment_content"
    ).one()
    return int(row[0]), int(row[1])


def damaged(connection: Connection) -> Iterator[str]:
    """Yield the digest of each content that is no longer what it was; one is read at a time."""
    digests = connection.exec_driver_sql("SELECT digest FROM attachment_content").scalars().all()
    for digest in digests:
        data = content(connection, digest)
        if data is None or hashlib.sha256(data).hexdigest() != digest:
            yield digest


def ids_of(connection: Connection, records: Iterable[str]) -> list[str]:
    """Return the ids of the attachments in force of these records."""
    rows = connection.exec_driver_sql(
        "SELECT id FROM attachment WHERE standing < ?"
        " AND f_record IN (SELECT value FROM json_each(?))",
        (VOIDED, json.dumps(sorted(records))),
    )
    return [str(row[0]) for row in rows]


def ids_ever_of(connection: Connection, record: str) -> list[str]:
    """Return the ids of all attachments that a record has or had."""
    statement = "SELECT id FROM attachment WHERE f_record = ? ORDER BY id"
    return [str(row[0]) for row in connection.exec_driver_sql(statement, (record,))]


def uses(connection: Connection, owner: str) -> list[Use]:
    """Return every attachment in force of a unit."""
    rows = connection.exec_driver_sql(
        "SELECT id, f_digest, f_media, f_record FROM attachment"
        " WHERE standing < ? AND owner = ? ORDER BY id",
        (VOIDED, owner),
    )
    return [Use(str(r[0]), str(r[1]), str(r[2]), str(r[3])) for r in rows]


def missing(connection: Connection) -> set[str]:
    """Return the contents that attachments in force name and that are not held here."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT f_digest FROM attachment WHERE standing < ? AND f_digest IS NOT NULL"
        " AND f_digest NOT IN (SELECT digest FROM attachment_content)",
        (VOIDED,),
    )
    return {str(row[0]) for row in rows}


def left_out_held(connection: Connection, owner: str) -> list[str]:
    """Return the ids of a unit's attachments out of force whose content is still held here."""
    rows = connection.exec_driver_sql(
        "SELECT id FROM attachment WHERE standing = ? AND owner = ?"
        " AND f_digest IN (SELECT digest FROM attachment_content)",
        (VOIDED, owner),
    )
    return [str(row[0]) for row in rows]


def in_force(connection: Connection, digests: Iterable[str]) -> set[str]:
    """Return which of these contents an attachment in force names."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT f_digest FROM attachment WHERE standing < ?"
        " AND f_digest IN (SELECT value FROM json_each(?))",
        (VOIDED, json.dumps(sorted(digests))),
    )
    return {str(row[0]) for row in rows}


def unnamed(connection: Connection) -> list[str]:
    """Return the contents that no attachment names, in force or not."""
    rows = connection.exec_driver_sql(
        "SELECT digest FROM attachment_content WHERE digest NOT IN"
        " (SELECT f_digest FROM attachment WHERE f_digest IS NOT NULL)"
    )
    return [str(row[0]) for row in rows]


def drop(connection: Connection, digests: Iterable[str]) -> int:
    """Let contents go and return how many there were; `secure_delete` overwrites them."""
    gone = connection.exec_driver_sql(
        "DELETE FROM attachment_content WHERE digest IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(digests)),),
    )
    return int(gone.rowcount)
