"""Tables, worked out from the specs: one for each kind, one search table beside it, and the spine.

The migrations write the same tables step by step in SQL of their own; a test compares the two.
No ORM class is needed: rows are written and read as plain tuples by SQLAlchemy Core.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from antq_desktop.domain.fields import FieldKind, FieldSpec, RecordSpec
from antq_desktop.storage import attachments_tables, exchange_tables

NUMBERS: Final = frozenset({FieldKind.INTEGER, FieldKind.MONEY, FieldKind.YES_NO})

# Columns that every kind has beside its fields, in this order.
FRAME: Final = (
    "row",
    "id",
    "owner",
    "standing",
    "void_reason",
    "conflicts",
    "missing",
    "sort",
    "changed",
    "lines",
    "stamps",
    "unknown",
)
FIELD_PREFIX: Final = "f_"

IN_FORCE, CONTESTED, VOIDED = 0, 1, 2


def column_of(field: str) -> str:
    """Return the column of a field; the prefix keeps `order`, `row` and the like apart."""
    return FIELD_PREFIX + field


def search_table_of(kind: str) -> str:
    """Return the name of the full-text table of a kind."""
    return f"{kind}_search"


def record_table(spec: RecordSpec, metadata: MetaData) -> Table:
    """Return the table of one kind."""
    columns = [Column(column_of(field.name), _type_of(field)) for field in spec.fields]
    table = Table(
        spec.kind,
        metadata,
        Column("row", Integer, primary_key=True),
        Column("id", Text, nullable=False),
        Column("owner", Text, nullable=False),
        Column("standing", Integer, nullable=False),
        Column("void_reason", Text),
        Column("conflicts", Integer, nullable=False),
        Column("missing", Integer, nullable=False),
        Column("sort", Text, nullable=False),
        Column("changed", Integer, nullable=False),
        Column("lines", Text),
        Column("stamps", Text, nullable=False),
        Column("unknown", Text),
        *columns,
    )
    Index(f"{spec.kind}_id", table.c.id, unique=True)
    # with the standing, so that a list is walked and filtered without touching the wide rows
    walked = (table.c.sort, table.c.row, table.c.standing)
    Index(f"{spec.kind}_sort", *walked)
    Index(f"{spec.kind}_changed", table.c.changed)
    for name in dict.fromkeys((spec.parent, spec.unit_by)):
        if name:
            Index(f"{spec.kind}_by_{name}", table.c[column_of(name)], *walked)
    return table


def _type_of(field: FieldSpec) -> type[Integer | Text]:
    return Integer if field.kind in NUMBERS else Text


def _spine(metadata: MetaData) -> None:
    Table(
        "setting",
        metadata,
        Column("name", Text, primary_key=True),
        Column("value", Text, nullable=False),
        sqlite_with_rowid=False,
    )
    Table(
        "officer",
        metadata,
        Column("id", Text, primary_key=True),
        Column("name", Text, nullable=False),
        Column("role", Text, nullable=False),
        Column("active", Integer, nullable=False),
        Column("since", Text, nullable=False),
        Column("areas", Text, nullable=False, server_default=""),
        Column("must_change", Integer, nullable=False, server_default="0"),
        sqlite_with_rowid=False,
    )
    Table(
        "history",
        metadata,
        Column("seq", Integer, primary_key=True),
        Column("at", Text, nullable=False),
        Column("officer", Text, nullable=False),
        Column("writer", Text, nullable=False),
        Column("counter", Integer, nullable=False),
        Column("action", Text, nullable=False),
        Column("undoes", Integer),
        Column("link", LargeBinary, nullable=False),
    )
    change = Table(
        "history_change",
        metadata,
        Column("seq", Integer, nullable=False),
        Column("place", Integer, nullable=False),
        Column("kind", Text, nullable=False),
        Column("record", Text, nullable=False),
        Column("content", Text),
        Column("salt", LargeBinary),
        Column("digest", LargeBinary, nullable=False),
        PrimaryKeyConstraint("seq", "place"),
    )  # with row numbers: without them every content over a quarter page takes a page of its own
    Index("history_change_record", change.c.record, change.c.seq)


def build(specs: Iterable[RecordSpec]) -> MetaData:
    """Return all tables of a store that holds these kinds."""
    metadata = MetaData()
    _spine(metadata)
    exchange_tables.add_to(metadata)
    attachments_tables.add_to(metadata)
    for spec in specs:
        record_table(spec, metadata)
    return metadata


@lru_cache(maxsize=8)
def tables_of(specs: tuple[RecordSpec, ...]) -> MetaData:
    """Return what `build` makes, made once: it costs more than the rest of opening a store.

    Every store of these kinds reads the same tables; nobody adds to them.
    """
    return build(specs)


def search_statements(kind: str) -> tuple[str, ...]:
    """Return the SQL that makes the full-text table of a kind.

    Contentless, so that nothing is stored twice; rows leave by the `'delete'` command with their
    old text and `secure-delete` on, so that an erased word does not stay readable in the file.
    """
    table = search_table_of(kind)
    columns = "text, content='', prefix='1 2 3 4 5', tokenize='unicode61 remove_diacritics 0'"
    return (
        f"CREATE VIRTUAL TABLE {table} USING fts5({columns})",
        f"INSERT INTO {table}({table}, rank) VALUES('secure-delete', 1)",
    )


HISTORY_GUARDS: Final = (
    """CREATE TRIGGER history_is_not_changed BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    """CREATE TRIGGER history_is_not_deleted BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    """CREATE TRIGGER history_change_is_not_deleted BEFORE DELETE ON history_change
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    """CREATE TRIGGER history_change_is_only_erased BEFORE UPDATE ON history_change
WHEN NEW.content IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.digest IS NOT OLD.digest
  OR NEW.seq IS NOT OLD.seq OR NEW.place IS NOT OLD.place
  OR NEW.kind IS NOT OLD.kind OR NEW.record IS NOT OLD.record
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
)
