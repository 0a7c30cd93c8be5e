"""The table of what attachments hold; their records have the table that their declaration makes."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text


def add_to(metadata: MetaData) -> None:
    """Add the table of contents to those of the records."""
    Table(
        "attachment_content",
        metadata,
        Column("digest", Text, primary_key=True),
        Column("media", Text, nullable=False),
        Column("size", Integer, nullable=False),
        Column("data", LargeBinary, nullable=False),
    )
