"""Reading: single records, and lists as windows over the sorted index.

A rare word is looked up in the full-text table and its few rows are sorted; the rows of a frequent
one become a set of numbers, and the sorted index is walked until the window is full.
"""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import and_, func, literal_column, or_, select, text
from sqlalchemy import table as from_clause

from antq_desktop.domain.changes import Change, Entry, HistoryLine
from antq_desktop.domain.fields import FieldKind, Order, RecordSpec, Value
from antq_desktop.domain.listing import COUNTED_AT_ONCE, Count, Listing, ListRow, Place
from antq_desktop.domain.record import Record
from antq_desktop.domain.shown import show_title
from antq_desktop.storage import history, settings
from antq_desktop.storage.columns import Shown, shown_without_lines
from antq_desktop.storage.matching import match_of
from antq_desktop.storage.rows import columns_of, from_row
from antq_desktop.storage.schema import VOIDED, column_of, search_table_of

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, MetaData, Select, Table

_MANY: Final = 500


class Reader:
    """What can be asked of a store within one transaction."""

    def __init__(
        self, connection: Connection, specs: Mapping[str, RecordSpec], tables: MetaData
    ) -> None:
        self.connection = connection
        self._specs = specs
        self._tables = tables

    @property
    def specs(self) -> Mapping[str, RecordSpec]:
        """Return the kinds of this store."""
        return self._specs

    def table(self, kind: str) -> Table:
        """Return the table of a kind."""
        return self._tables.tables[kind]

    def record(self, kind: str, record_id: str) -> Record | None:
        """Return one record, or None."""
        return self.records(kind, (record_id,)).get(record_id)

    def records(self, kind: str, ids: Iterable[str]) -> dict[str, Record]:
        """Return the records of these ids that there are."""
        spec = self._specs[kind]
        statement = _by_ids(kind, columns_of(spec))
        rows = self.connection.exec_driver_sql(statement, (json.dumps(list(ids)),))
        return {record.id: record for record in (from_row(spec, row) for row in rows)}

    def shown(self, kind: str, ids: Sequence[str]) -> dict[str, Shown]:
        """Return what the records of these ids show; their saves are read only where needed."""
        spec = self._specs[kind]
        found = {each.id: each for each in shown_without_lines(self.connection, spec, ids)}
        rest = [one for one in ids if one not in found] if spec.lines else []
        for one, record in self.records(kind, rest).items() if rest else ():
            voided = record.standing().reason is not None
            found[one] = Shown(one, record.owner, voided, record.values())
        return found

    def all_records(self, kind: str, *, changed_after: int = 0) -> Iterable[Record]:
        """Yield every record of a kind that changed after an entry of history, sorted by id."""
        spec, table = self._specs[kind], self.table(kind)
        query = select(*(table.c[name] for name in columns_of(spec))).order_by(table.c.id)
        if changed_after:
            query = query.where(table.c.changed > changed_after)
        for row in self.connection.execute(query):
            yield from_row(spec, row)

    def kinds_held(self) -> list[str]:
        """Return the kinds of which there is any record, in the order of their declaration."""
        each = (
            f"SELECT '{kind}' WHERE EXISTS (SELECT 1 FROM {kind})"  # noqa: S608 - names of ours
            for kind in self._specs
        )
        return [str(row[0]) for row in self.connection.exec_driver_sql(" UNION ALL ".join(each))]

    def kind_of(self, record_id: str) -> str | None:
        """Return the kind of the record with this id, or None when there is none."""
        each = (
            f"SELECT '{kind}' FROM {kind} WHERE id = ?1"  # noqa: S608 - names of ours
            for kind in self._specs
        )
        found = self.connection.exec_driver_sql(" UNION ALL ".join(each), (record_id,)).first()
        return str(found[0]) if found else None

    def ids_beginning(self, prefix: str) -> list[tuple[str, str]]:
        """Return kind and id of at most two records whose id begins so."""
        found: list[tuple[str, str]] = []
        for kind in self._specs:
            table = self.table(kind)
            above = table.c.id < prefix + "\uffff"
            query = select(table.c.id).where(table.c.id >= prefix, above).limit(2)
            found.extend((kind, str(row[0])) for row in self.connection.execute(query))
        return found[:2]

    def window(
        self,
        listing: Listing,
        fields: Sequence[str],
        *,
        after: Place | None = None,
        before: Place | None = None,
        limit: int = 100,
    ) -> list[ListRow]:
        """Return a stretch of the list, in its order, behind one place or ahead of another.

        Private fields cannot be asked for here.
        """
        spec, table = self._specs[listing.kind], self.table(listing.kind)
        descending = (spec.order is Order.NEWEST_FIRST) != (before is not None)
        query = self.matching(listing, *self._columns(spec, table, fields))
        edge = before or after
        if edge is not None:
            query = query.where(_beyond(table, edge, descending=descending))
        query = query.order_by(*_ordering(table, descending=descending)).limit(limit)
        yes_no = _yes_no(spec, fields)
        rows = [_list_row(fields, yes_no, row) for row in self.connection.execute(query)]
        return rows[::-1] if before is not None else rows

    def all_places(self, listing: Listing, limit: int) -> list[int]:
        """Return the row numbers of the list in its order, at most so many."""
        spec, table = self._specs[listing.kind], self.table(listing.kind)
        descending = spec.order is Order.NEWEST_FIRST
        query = self.matching(listing, table.c.row)
        query = query.order_by(*_ordering(table, descending=descending)).limit(limit)
        return [cast("int", row[0]) for row in self.connection.execute(query)]

    def at_rows(self, kind: str, rows: Sequence[int], fields: Sequence[str]) -> list[ListRow]:
        """Return what the list shows of these rows, in the order asked."""
        spec, table = self._specs[kind], self.table(kind)
        numbers = text("SELECT value FROM json_each(:rows)").bindparams(rows=json.dumps(list(rows)))
        query = select(*self._columns(spec, table, fields)).where(table.c.row.in_(numbers))
        yes_no = _yes_no(spec, fields)
        shown = (_list_row(fields, yes_no, row) for row in self.connection.execute(query))
        found = {row.place.row: row for row in shown}
        return [found[number] for number in rows if number in found]

    def row_of(self, kind: str, record_id: str) -> int | None:
        """Return the row number of a record, or None."""
        table = self.table(kind)
        row = self.connection.execute(select(table.c.row).where(table.c.id == record_id)).first()
        return int(row[0]) if row else None

    def rows_of(self, kind: str, ids: Sequence[str]) -> dict[str, int]:
        """Return the row number of each of these records that there are."""
        table = self.table(kind)
        found: dict[str, int] = {}
        for start in range(0, len(ids), _MANY):
            query = select(table.c.id, table.c.row).where(
                table.c.id.in_(ids[start : start + _MANY])
            )
            found.update((str(row[0]), int(row[1])) for row in self.connection.execute(query))
        return found

    def count(self, listing: Listing, most: int = COUNTED_AT_ONCE) -> Count:
        """Count the list, but stop soon after `most`; 0 counts to the end."""
        inner = self.matching(listing, literal_column("1"), from_hits=True)
        if most:
            inner = inner.limit(most + 1)
        query = select(func.count()).select_from(inner.subquery())
        number = int(self.connection.execute(query).scalar_one())
        return Count(most, more=True) if most and number > most else Count(number)

    def titles(self, kind: str, ids: Iterable[str]) -> dict[str, str]:
        """Return the title of each of these records."""
        spec, table = self._specs[kind], self.table(kind)
        columns = [table.c[column_of(name)] for name in spec.title]
        found: dict[str, str] = {}
        wanted = list(dict.fromkeys(ids))
        for start in range(0, len(wanted), _MANY):
            piece = wanted[start : start + _MANY]
            query = select(table.c.id, *columns).where(table.c.id.in_(piece))
            for row in self.connection.execute(query):
                values = dict(zip(spec.title, row[1:], strict=True))
                found[str(row[0])] = show_title(spec, values)
        return found

    def state_counts(self, kind: str, field: str) -> dict[Value, int]:
        """Return how many records in force have each value of a field."""
        table = self.table(kind)
        column = table.c[column_of(field)]
        query = select(column, func.count()).where(table.c.standing < VOIDED).group_by(column)
        return {cast("Value", row[0]): int(row[1]) for row in self.connection.execute(query)}

    def closed_by(self, kind: str, field: str, closed: str, day: str) -> list[str]:
        """Return the ids of records that still hold a value although closed on that day or before.

        Args:
            kind: Their kind.
            field: The field that should be empty by now.
            closed: The field that says when a record was closed.
            day: `YYYY-MM-DD`; a closing known to the month or year counts from its end.
        """
        table = self.table(kind)
        ended = table.c[column_of(closed)]
        last = ended + func.substr("-12-31", func.length(ended) - 3)
        query = select(table.c.id).where(table.c[column_of(field)].is_not(None), last <= day)
        return [str(row[0]) for row in self.connection.execute(query)]

    def wrongly_indexed(self, kind: str) -> int:
        """Return how many records the search table lacks or holds without their row."""
        search = search_table_of(kind)
        statement = (
            f"SELECT (SELECT count(*) FROM {kind} WHERE row NOT IN"  # noqa: S608 - our own names
            f" (SELECT id FROM {search}_docsize)) + (SELECT count(*) FROM {search}_docsize"
            f" WHERE id NOT IN (SELECT row FROM {kind}))"
        )
        return int(self.connection.exec_driver_sql(statement).scalar_one())

    def last_change(self, kind: str) -> int:
        """Return the number of the last entry of history that touched a record of this kind."""
        statement = f"SELECT max(changed) FROM {kind}"  # noqa: S608 - our own names
        return int(self.connection.exec_driver_sql(statement).scalar_one() or 0)

    def entry(self, seq: int) -> tuple[Entry, tuple[Change, ...]] | None:
        """Return one entry of history with its changes, or None."""
        return history.entry(self.connection, seq)

    def history_of(self, record_id: str) -> list[HistoryLine]:
        """Return what happened to one record, the oldest first."""
        return list(history.entries_of(self.connection, record_id))

    def last_entry(self) -> int:
        """Return the number of the last entry of history: two equal ones mean one state."""
        return history.head(self.connection).seq

    def setting(self, name: str, default: str | None = None) -> str:
        """Return a fact about this store."""
        return settings.get(self.connection, name, default)

    def _columns(
        self, spec: RecordSpec, table: Table, fields: Sequence[str]
    ) -> list[ColumnElement[object]]:
        private = [name for name in fields if spec.field(name).private]
        if private:
            raise ValueError(f"a list does not show private fields: {private}")
        frame = ("sort", "row", "id", "standing", "conflicts", "missing")
        return [table.c[name] for name in (*frame, *(column_of(name) for name in fields))]

    def matching(
        self, listing: Listing, *columns: ColumnElement[object], from_hits: bool = False
    ) -> Select[tuple[object, ...]]:
        """Ask for a list; with `from_hits` in no order, and soon done when a few are enough."""
        spec, table = self._specs[listing.kind], self.table(listing.kind)
        query = cast("Select[tuple[object, ...]]", select(*columns)).select_from(table)
        if not listing.voided:
            query = query.where(table.c.standing < VOIDED)
        if listing.only_missing:
            query = query.where(table.c.missing > 0)
        if listing.only_conflicts:
            query = query.where(table.c.conflicts > 0)
        for name, value in ((spec.unit_by, listing.unit), (spec.parent, listing.parent)):
            if value:
                query = query.where(table.c[column_of(name)] == value)
        if listing.states and spec.state_by:
            query = query.where(table.c[column_of(spec.state_by)].in_(listing.states))
        for name, value in listing.choices:
            query = query.where(table.c[_chosen(spec, name)] == value)
        if listing.among is not None:
            ids = text("SELECT value FROM json_each(:among)")
            query = query.where(table.c.id.in_(ids.bindparams(among=json.dumps(listing.among))))
        if spec.dated_by:
            day = table.c[column_of(spec.dated_by)]
            query = query.where(*_within(day, listing.since, listing.until))
        return self._with_words(query, listing, from_hits=from_hits) if listing.words else query

    def _with_words(
        self, query: Select[tuple[object, ...]], listing: Listing, *, from_hits: bool
    ) -> Select[tuple[object, ...]]:
        table, search = self.table(listing.kind), search_table_of(listing.kind)
        match = match_of(listing.words)
        hits = text(
            f"SELECT rowid FROM {search} WHERE {search} MATCH :m LIMIT :n"  # noqa: S608 - our name
        )
        found = self.connection.execute(hits.bindparams(m=match, n=COUNTED_AT_ONCE + 1)).all()
        if len(found) <= COUNTED_AT_ONCE:
            rows = json.dumps([int(row[0]) for row in found])
            few = text("SELECT value FROM json_each(:hits)").bindparams(hits=rows)
            return query.where(table.c.row.in_(few))
        # The plus keeps SQLite from turning the walk around: from the hits to the sorted index, or
        # from each row to the full-text index, which would be asked again every time.
        if from_hits:
            rank = text(f"{listing.kind}.row = +{search}.rowid")
            query = query.select_from(from_clause(search).join(table, rank))
            return query.where(text(f"{search} MATCH :m").bindparams(m=match))
        among = text(
            f"+{listing.kind}.row IN"  # noqa: S608 - our own names
            f" (SELECT rowid FROM {search} WHERE {search} MATCH :m)"
        )
        return query.where(among.bindparams(m=match))


def _yes_no(spec: RecordSpec, fields: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in fields if spec.field(name).kind is FieldKind.YES_NO)


def _list_row(fields: Sequence[str], yes_no: Sequence[str], row: Sequence[object]) -> ListRow:
    sort, number, record_id, standing, conflicts, missing, *held = row
    pairs = zip(fields, held, strict=True)
    values = {name: cast("Value", value) for name, value in pairs if value is not None}
    for name in yes_no:
        if name in values:
            values[name] = bool(values[name])
    place = Place(str(sort), cast("int", number))
    counts = (cast("int", standing), cast("int", conflicts), cast("int", missing))
    return ListRow(place, str(record_id), *counts, values)


def _chosen(spec: RecordSpec, name: str) -> str:
    """Return the column of a choice; nothing else may narrow a list, least of all a person."""
    if spec.field(name).kind is not FieldKind.CHOICE:
        raise ValueError(f"a list is narrowed by choices alone, not by {name}")
    return column_of(name)


@cache
def _by_ids(kind: str, columns: tuple[str, ...]) -> str:
    """Return a statement that takes a JSON list of ids; wide, so it is put together once."""
    among = "SELECT value FROM json_each(?)"
    return f"SELECT {', '.join(columns)} FROM {kind} WHERE id IN ({among})"  # noqa: S608


def _within(day: ColumnElement[object], since: str, until: str) -> Iterator[ColumnElement[bool]]:
    """Yield what a date must fulfil to lie in a period, whole: `2026` lies in 2026, not in March.

    A date known to the month or the year is so counted once in each division of the calendar.
    """
    if since:
        yield day >= since.removesuffix("-01").removesuffix("-01")
    if until:
        yield day < until + "~"
        last = monthrange(int(until[:4]), int(until[5:7]))[1]
        if until[8:] != f"{last:02}":
            yield day != until[:7]
        if until[5:] != "12-31":
            yield day != until[:4]


def _ordering(table: Table, *, descending: bool) -> tuple[ColumnElement[object], ...]:
    if descending:
        return table.c.sort.desc(), table.c.row.desc()
    return table.c.sort.asc(), table.c.row.asc()


def _beyond(table: Table, edge: Place, *, descending: bool) -> ColumnElement[bool]:
    sort, row = table.c.sort, table.c.row
    if descending:
        return and_(sort <= edge.sort, or_(sort < edge.sort, row < edge.row))
    return and_(sort >= edge.sort, or_(sort > edge.sort, row > edge.row))
