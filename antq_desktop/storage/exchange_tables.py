"""Tables of the exchange: enrolled devices, the delivery register, what was taken in."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text


def _text(name: str, *, optional: bool = False, key: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=optional)


def _number(name: str, *, optional: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=optional)


def add_to(metadata: MetaData) -> None:
    """Add the tables of the exchange to those of the records."""
    Table(
        "device",
        metadata,
        _text("key_id", key=True),
        *(_text(name) for name in ("unit", "unit_name", "device")),
        Column("public", LargeBinary, nullable=False),
        *(_text(name) for name in ("may_send", "since", "officer")),
        _text("revoked", optional=True),
        *(Column(name, Text, nullable=False, server_default="") for name in ("follows", "reached")),
        sqlite_with_rowid=False,
    )
    sent = Table(
        "sent",
        metadata,
        _text("digest", key=True),
        _text("writer"),
        _number("number"),
        *(_text(name) for name in ("kind", "addressee", "addressee_name", "file", "sha256")),
        _number("size"),
        *(_text(name) for name in ("sealed_at", "officer")),
        *(_number(name) for name in ("covers", "basis")),
        _text("spoken"),
        _number("records"),
        _text("state"),
        *(_text(name, optional=True) for name in ("written_at", "answered_at", "answer")),
        sqlite_with_rowid=False,
    )
    Index("sent_number", sent.c.writer, sent.c.number, unique=True)
    Index("sent_addressee", sent.c.addressee, sent.c.number)
    received = Table(
        "received",
        metadata,
        _text("sha256", key=True),
        *(_text(name) for name in ("digest", "name", "kind", "sender", "sender_name", "device")),
        _text("writer"),
        *(_number(name) for name in ("number", "basis")),
        *(_text(name) for name in ("claimed", "received_at", "officer", "verdict", "shelf")),
        *(_text(name) for name in ("faults", "state")),
        _number("entry", optional=True),
        _text("totals", optional=True),
        Column("verdicts", LargeBinary),
        _text("spoken"),
        *(
            Column(name, Text, nullable=False, server_default="")
            for name in ("acknowledges", "signer", "admitted", "via", "via_name", "journal")
        ),
        sqlite_with_rowid=False,
    )
    Index("received_digest", received.c.digest)
    Index("received_writer", received.c.writer, received.c.number)
    Index("received_sender", received.c.sender, received.c.state)
    Table(
        "basis",
        metadata,
        _text("addressee", key=True),
        _text("writer"),
        _number("number"),
        *(_text(name) for name in ("digest", "by_writer")),
        _number("by_number"),
        *(_text(name) for name in ("by_digest", "owed")),
        sqlite_with_rowid=False,
    )
    Table(
        "own_state",
        metadata,
        *(_text(name, key=True) for name in ("kind", "record")),
        Column("line", LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    Table(
        "went_down",
        metadata,
        *(_text(name, key=True) for name in ("unit", "kind", "record")),
        sqlite_with_rowid=False,
    )
    _of_the_chain(metadata)


def _of_the_chain(metadata: MetaData) -> None:
    Table(
        "vouched",
        metadata,
        *(_text(name, key=True) for name in ("key_id", "by_unit")),
        Column("public", LargeBinary, nullable=False),
        _text("since"),
        sqlite_with_rowid=False,
    )
    Table(
        "passed_receipt",
        metadata,
        *(_text(name, key=True) for name in ("digest", "by_unit")),
        *(_text(name) for name in ("by_name", "at", "line")),
        sqlite_with_rowid=False,
    )
