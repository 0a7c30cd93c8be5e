"""What is read over a whole list rather than row by row: sums, counts, an order, what is alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from sqlalchemy import func, select, text

from antq_desktop.domain.fields import OF_ITS_YEAR, TEXTUAL, Order, Value, Values
from antq_desktop.domain.listing import Listing, Sum
from antq_desktop.domain.shown import show_title
from antq_desktop.domain.suspects import alike, name_in, ways_to_be_alike
from antq_desktop.domain.text import search_words
from antq_desktop.storage.matching import match_of
from antq_desktop.storage.schema import VOIDED, column_of, search_table_of

if TYPE_CHECKING:
    from sqlalchemy import Select

    from antq_desktop.storage.queries import Reader


def sums(reader: Reader, listing: Listing, fields: Sequence[str]) -> dict[str, Sum]:
    """Return what whole numbers of a list come to, over all of it."""
    table = reader.table(listing.kind)
    columns = [table.c[column_of(name)] for name in fields]
    if not columns:
        return {}
    held = reader.matching(listing, *columns, from_hits=True).subquery()
    asked = [ask(held.c[one.name]) for one in columns for ask in (func.sum, func.count)]
    row = [int(number or 0) for number in reader.connection.execute(select(*asked)).one()]
    pairs = zip(row[::2], row[1::2], strict=True)
    return {name: Sum(*pair) for name, pair in zip(fields, pairs, strict=True)}


def tally(reader: Reader, listing: Listing, field: str) -> dict[Value, int]:
    """Return how many records of a list have each value of a field."""
    column = reader.table(listing.kind).c[column_of(field)]
    held = reader.matching(listing, column, from_hits=True).subquery()
    value = held.c[column.name]
    query = select(value, func.count()).group_by(value)
    return {cast("Value", row[0]): int(row[1]) for row in reader.connection.execute(query)}


def column(reader: Reader, listing: Listing, field: str) -> list[tuple[int, Value]]:
    """Return each row number of a list, in the order of its kind, with its value of a field."""
    spec, table = reader.specs[listing.kind], reader.table(listing.kind)
    if spec.field(field).private:
        raise ValueError(f"a list is not put in order by a private field: {field}")
    query = reader.matching(listing, table.c.row, table.c[column_of(field)])
    sort = (table.c.sort, table.c.row)
    descending = spec.order is Order.NEWEST_FIRST
    query = query.order_by(*(one.desc() if descending else one for one in sort))
    rows = reader.connection.execute(query)
    return [cast("tuple[int, Value]", tuple(row)) for row in rows]


def newest(reader: Reader, kind: str, owner: str) -> str | None:
    """Return the id of the record in force of a unit that was written last."""
    table = reader.table(kind)
    query = select(table.c.id).where(table.c.owner == owner, table.c.standing < VOIDED)
    query = query.order_by(table.c.changed.desc(), table.c.row.desc()).limit(1)
    row = reader.connection.execute(query).first()
    return str(row[0]) if row else None


def all_alike(
    reader: Reader, kind: str, values: Values, but: str
) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return id, title and the fields in common of records in force that are alike to one."""
    spec = reader.specs[kind]
    found: dict[str, tuple[str, str, tuple[str, ...]]] = {}
    for names in ways_to_be_alike(spec):
        fields = list(dict.fromkeys((*map(name_in, names), *spec.title)))
        if any(values.get(name_in(name)) is None for name in names):
            continue
        columns = [reader.table(kind).c[column_of(name)] for name in fields]
        query = _near(reader, kind, names, values, select(reader.table(kind).c.id, *columns))
        for row in reader.connection.execute(query.where(reader.table(kind).c.id != but)):
            held = dict(zip(fields, cast("Sequence[Value]", row[1:]), strict=True))
            if alike(spec, values, held) == names:
                found.setdefault(str(row[0]), (str(row[0]), show_title(spec, held), names))
    return list(found.values())


def _near(
    reader: Reader,
    kind: str,
    names: tuple[str, ...],
    values: Mapping[str, Value],
    query: Select[tuple[object, ...]],
) -> Select[tuple[object, ...]]:
    """Narrow a query to what may be alike: equal values, the year, the words of searched texts."""
    spec, table = reader.specs[kind], reader.table(kind)
    query = query.where(table.c.standing < VOIDED)
    words: list[str] = []
    for way in names:
        name = name_in(way)
        field, held, at = spec.field(name), values[name], table.c[column_of(name)]
        if way.endswith(OF_ITS_YEAR):
            query = query.where(at >= str(held)[:4], at < str(held)[:4] + "~")
        elif field.kind not in TEXTUAL:
            query = query.where(at == held)
        elif field.searched and not field.private:
            words += search_words(str(held))
    if not words:
        return query
    search = search_table_of(kind)
    hits = text(
        f"{kind}.row IN (SELECT rowid FROM {search} WHERE {search} MATCH :m)"  # noqa: S608
    )
    return query.where(hits.bindparams(m=match_of(words)))
