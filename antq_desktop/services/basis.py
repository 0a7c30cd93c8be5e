"""What an addressee has confirmed of this store, and what the next bundle therefore follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antq_desktop.domain.exchange import Place, WriterPlace
from antq_desktop.storage import exchange, settings
from antq_desktop.storage.exchange import BasisRow, SentRow

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader


def basis_row(reader: Reader, addressee: str) -> BasisRow | None:
    """Return what an addressee last said; None when it never did."""
    found = exchange.select(reader.connection, BasisRow, "WHERE addressee = ?", (addressee,))
    return found[0] if found else None


def place_of(reader: Reader, held: BasisRow | None) -> Place | None:
    """Return the basis as a header names it: only a bundle of this very writer can be one."""
    if held is None or held.writer != reader.setting(settings.WRITER) or not held.number:
        return None
    return Place(held.number, held.digest)


def covered_by(reader: Reader, held: BasisRow | None) -> int:
    """Return the last entry of history whose changes the addressee has confirmed."""
    if place_of(reader, held) is None or held is None:
        return 0
    found = exchange.select(reader.connection, SentRow, "WHERE digest = ?", (held.digest,))
    return found[0].covers if found else 0


def next_number(reader: Reader, writer: str) -> int:
    """Return the number of the next bundle of a writer."""
    found = exchange.select(
        reader.connection, SentRow, "WHERE writer = ? ORDER BY number DESC LIMIT 1", (writer,)
    )
    return found[0].number + 1 if found else 1


def restarted_from(reader: Reader) -> WriterPlace | None:
    """Return the last own bundle that a restored store knows of the life before."""
    before = reader.setting(settings.RESTORED_FROM, "")
    found = exchange.select(
        reader.connection, SentRow, "WHERE writer = ? ORDER BY number DESC LIMIT 1", (before,)
    )
    return WriterPlace(before, found[0].number, found[0].digest) if found else None
