"""Finding and showing: lists with their filters, single records, their history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from antq_desktop.domain.changes import HistoryLine
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import (
    BY_YEAR,
    NUMERIC,
    FieldKind,
    FieldSpec,
    LineSpec,
    RecordSpec,
    Value,
    Values,
)
from antq_desktop.domain.listing import Count, Listing, ListRow, Place, Sum
from antq_desktop.domain.merging import Entry, FieldState
from antq_desktop.domain.record import Record
from antq_desktop.domain.records import answers_to, children_of, spec_of
from antq_desktop.domain.shown import (
    show_date,
    show_decimal,
    show_integer,
    show_moment,
    show_money_full,
)
from antq_desktop.domain.text import search_words
from antq_desktop.services.ordering import ordered
from antq_desktop.services.profiles import tree_of
from antq_desktop.storage import tallies
from antq_desktop.storage.columns import values_of
from antq_desktop.storage.store import Store

SHORTEST_PREFIX = 4
UNIT = "unit"  # those of a receiver's tree have a name before any record of theirs came


@dataclass(frozen=True, slots=True)
class OtherValue:
    """A value that stands against the shown one: what, and who wrote it when."""

    value: Value
    officer: str
    at: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One record as a screen or the command line shows it.

    Attributes:
        spec: Its kind.
        record: All of it.
        values: The values shown.
        void_reason: Why it is out of force; None when it is in force.
        contested: Whether a void and an edit stand against each other.
        others: For each path in conflict, the values beside the shown one.
    """

    spec: RecordSpec
    record: Record
    values: Values
    void_reason: str | None
    contested: bool
    others: Mapping[str, tuple[OtherValue, ...]]


@dataclass(frozen=True, slots=True)
class Totals:
    """What stands under a list.

    Attributes:
        sums: What each field that can be added up comes to.
        states: How many records have each state, whatever state the list is narrowed to.
    """

    sums: Mapping[str, Sum]
    states: Mapping[str, int]


def summed(spec: RecordSpec) -> tuple[str, ...]:
    """Return the fields whose sum over a list says something.

    Years are not added up; nor what each record measures in a unit of its own, nor what a unit
    counts together with the units it is made of.
    """
    names = {field.name for field in spec.fields}
    nested = any(f.name == "parent" and spec.kind in f.refers_to for f in spec.fields)
    if nested or names & {"measure", "measured_in"}:
        return ()
    return tuple(
        f.name for f in spec.fields if f.kind in NUMERIC and not f.is_year and not f.private
    )


class Lists:
    """Everything that only reads records."""

    def __init__(self, store: Store, codes: Codes) -> None:
        self._store = store
        self._codes = codes

    @property
    def specs(self) -> Mapping[str, RecordSpec]:
        """Return the kinds this store holds."""
        return self._store.specs

    def listing(
        self,
        kind: str,
        typed: str = "",
        *,
        parent: str = "",
        voided: bool = False,
        unit: str = "",
        states: Sequence[str] = (),
        since: str = "",
        until: str = "",
    ) -> Listing:
        """Return what a search asks for; accents and capitals do not matter."""
        spec_of(kind, self.specs)
        return Listing(
            kind=kind,
            words=tuple(search_words(typed)),
            parent=parent,
            voided=voided,
            unit=unit,
            states=tuple(states),
            since=since,
            until=until,
        )

    def count(self, listing: Listing, most: int) -> Count:
        """Count a list, at most so far; 0 counts to the end."""
        with self._store.reading() as reader:
            return reader.count(listing, most)

    def window(
        self,
        listing: Listing,
        fields: Sequence[str],
        *,
        after: Place | None = None,
        before: Place | None = None,
        limit: int = 100,
    ) -> list[ListRow]:
        """Return a stretch of a list behind one place or ahead of another."""
        with self._store.reading() as reader:
            return reader.window(listing, fields, after=after, before=before, limit=limit)

    def places(self, listing: Listing, limit: int) -> list[int]:
        """Return the row numbers of a list in its order, at most so many.

        A list in the order of one of its fields is returned whole: only all of it can be sorted.
        """
        with self._store.reading() as reader:
            if listing.order_by:
                return ordered(reader, listing, self._codes)
            return reader.all_places(listing, limit)

    def totals(self, listing: Listing) -> Totals:
        """Return what a list comes to, over all of it; what is voided counts nowhere."""
        spec = spec_of(listing.kind, self.specs)
        counted = replace(listing, voided=False)
        state = spec.field(spec.state_by) if spec.state_by else None
        with self._store.reading() as reader:
            sums = tallies.sums(reader, counted, summed(spec))
            if state is None or state.kind is not FieldKind.CHOICE:
                return Totals(sums, {})
            states = tallies.tally(reader, replace(counted, states=()), state.name)
        return Totals(sums, {str(one): number for one, number in states.items() if one})

    def newest(self, kind: str, unit: str) -> Record | None:
        """Return the record in force of a unit that was written last, or None."""
        with self._store.reading() as reader:
            found = tallies.newest(reader, kind, unit)
            return reader.record(kind, found) if found else None

    def at(self, kind: str, rows: Sequence[int], fields: Sequence[str]) -> list[ListRow]:
        """Return what a list shows of these rows."""
        with self._store.reading() as reader:
            return reader.at_rows(kind, rows, fields)

    def row_of(self, kind: str, record_id: str) -> int | None:
        """Return the row number of a record, or None."""
        with self._store.reading() as reader:
            return reader.row_of(kind, record_id)

    def find(self, id_or_beginning: str) -> tuple[str, str]:
        """Return kind and id of the record with this id, or whose id begins so.

        Raises:
            UserError: `no_such_record`, `id_ambiguous`.
        """
        found: list[tuple[str, str]] = []
        with self._store.reading() as reader:
            kind = reader.kind_of(id_or_beginning) if id_or_beginning.isascii() else None
            if kind is not None:
                return kind, id_or_beginning
            if id_or_beginning.isascii() and len(id_or_beginning) >= SHORTEST_PREFIX:
                found = reader.ids_beginning(id_or_beginning)
        if len(found) == 1:
            return found[0]
        if found:
            message = f"Có nhiều hồ sơ có mã bắt đầu bằng {id_or_beginning}. Nhập mã dài hơn."
            raise UserError("id_ambiguous", message)
        message = f"Không có hồ sơ mang mã {id_or_beginning}. Tìm lại trong danh sách."
        raise UserError("no_such_record", message)

    def show(self, kind: str, record_id: str) -> Shown:
        """Return one record with all that is to be said of it.

        Raises:
            UserError: `no_such_record`.
        """
        spec = spec_of(kind, self.specs)
        with self._store.reading() as reader:
            record = reader.record(kind, record_id)
        if record is None:
            message = f"Không có {spec.label} mang mã {record_id}. Tìm lại trong danh sách."
            raise UserError("no_such_record", message)
        return shown(spec, record)

    def history_of(self, record_id: str) -> list[HistoryLine]:
        """Return what happened to one record, the oldest first."""
        with self._store.reading() as reader:
            return reader.history_of(record_id)

    def children(self, kind: str, record_id: str) -> dict[str, list[Record]]:
        """Return the records in force that belong to one record, by kind, in their order."""
        found: dict[str, list[Record]] = {}
        with self._store.reading() as reader:
            for spec in children_of(kind, self.specs):
                listing = Listing(spec.kind, parent=record_id)
                rows = reader.window(listing, (), limit=10_000)
                records = reader.records(spec.kind, (row.id for row in rows))
                found[spec.kind] = [records[row.id] for row in rows]
        return found

    def answers(self, kind: str, record_id: str) -> list[Record]:
        """Return the records in force that answer one record from unit to unit."""
        found: list[Record] = []
        with self._store.reading() as reader:
            for spec in answers_to(kind, self.specs):
                held = values_of(reader.connection, spec, (spec.answers,))
                ids = [one.id for one in held if one.values[spec.answers] == record_id]
                found.extend(reader.records(spec.kind, ids).values())
        return found

    def every(self, kind: str) -> list[Record]:
        """Return all records of a kind, voided ones included, sorted by id."""
        with self._store.reading() as reader:
            return list(reader.all_records(kind))

    def titles(self, kind: str, ids: Iterable[str]) -> dict[str, str]:
        """Return what each of these records is called."""
        wanted = list(ids)
        with self._store.reading() as reader:
            found = reader.titles(kind, wanted)
        if kind != UNIT or found.keys() >= set(wanted):
            return found
        below = {place.id: place.name for place in tree_of(self._store)}
        return {**{one: below[one] for one in wanted if one in below}, **found}

    def state_counts(self, kind: str, field: str) -> dict[Value, int]:
        """Return how many records in force have each value of a field."""
        with self._store.reading() as reader:
            return reader.state_counts(kind, field)

    def line_name(self, line: LineSpec, line_id: str) -> str:
        """Return what a line is called: its year, its place in a checklist, or the common word."""
        if line.ids_from == BY_YEAR:
            return f"{line.item} {line_id}"
        return self._codes.label(line.ids_from, line_id) if line.ids_from else line.item

    def text_of(self, spec: FieldSpec, value: Value, titles: Mapping[str, str]) -> str:
        """Return a value as a person reads it on the screen; references by their titles."""
        return text_of(spec, value, self._codes, titles)


def shown(spec: RecordSpec, record: Record) -> Shown:
    """Return a record with its values, its standing and what stands against it."""
    standing = record.standing()
    return Shown(
        spec=spec,
        record=record,
        values=record.values(),
        void_reason=standing.reason,
        contested=standing.contested,
        others=_others(record),
    )


def _others(record: Record) -> dict[str, tuple[OtherValue, ...]]:
    found: dict[str, tuple[OtherValue, ...]] = {}
    for part in record.parts:
        for path in part.conflicts():
            found[path] = tuple(
                OtherValue(entry.value, entry.save.officer, entry.save.at)
                for entry in _beside_the_shown(part.fields[path])
            )
    return found


def _beside_the_shown(state: FieldState) -> list[Entry]:
    first = state.shown()
    ordered = sorted(state.entries, key=Entry.order, reverse=True)
    return [entry for entry in ordered if entry.value != first.value]


def text_of(
    spec: FieldSpec, value: Value, codes: Codes, titles: Mapping[str, str] | None = None
) -> str:
    """Return a value as a person reads it on the screen."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, int):
        if spec.is_year:
            return str(value)
        return show_money_full(value) if spec.kind is FieldKind.MONEY else show_integer(value)
    match spec.kind:
        case FieldKind.CHOICE:
            return codes.label(spec.codes, value)
        case FieldKind.REFERENCE:
            return (titles or {}).get(value, "")
        case FieldKind.DATE:
            return show_date(value)
        case FieldKind.MOMENT:
            return show_moment(value)
        case FieldKind.DECIMAL:
            return show_decimal(value)
    return spec.said(value)
