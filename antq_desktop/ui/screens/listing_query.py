"""From a filter to rows: all row numbers of a small result, keyset pages of a large one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.fields import FieldKind, FieldSpec, RecordSpec, Value
from antq_desktop.domain.listing import ALL_IDS_UP_TO, COUNTED_AT_ONCE, Count, Listing, ListRow
from antq_desktop.domain.listing import Place as ListPlace
from antq_desktop.domain.shown import show_integer
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.screens.editor_layout import Layout
from antq_desktop.ui.sources import PAGE, Badge, Cell, KeysetPages, Page, RowSource, TableRow

if TYPE_CHECKING:
    from antq_desktop.services.office import Office
    from antq_desktop.ui.jobs import Control

NOTE: Final = "note"  # the last column: what is to be looked at
_VOIDED: Final = 2
_LONGEST_STATE: Final = 22


def columns_of(office: Office, spec: RecordSpec, names: Sequence[str]) -> list[Column]:
    """Return the columns of a list: these fields, and what is to be looked at.

    A state is never cut: it stands on a ground of its own, which takes room beside its word.
    """
    numeric = {FieldKind.INTEGER, FieldKind.MONEY, FieldKind.DECIMAL}
    fields = [spec.field(name) for name in names]
    return [
        *(
            Column(one.name, one.label, _width(office, spec, one), numeric=one.kind in numeric)
            for one in fields
        ),
        Column(NOTE, "Cần xem", 9, sortable=False),
    ]


def _width(office: Office, spec: RecordSpec, field: FieldSpec) -> int:
    """Return how many letters a column has room for; below 20 it gives way to no other."""
    if field.name != spec.state_by or field.kind is not FieldKind.CHOICE:
        return field.width
    longest = max((len(one.label) for one in office.codes[field.codes].values), default=0)
    return min(longest + 1, _LONGEST_STATE)


class Rows:
    """Turns what the store says of a row into cells."""

    def __init__(
        self, office: Office, spec: RecordSpec, layout: Layout, columns: Sequence[str] = ()
    ) -> None:
        self._office = office
        self._spec = spec
        self._layout = layout
        self.columns = tuple(columns or layout.columns)
        self.fields = [name for name in self.columns if not spec.field(name).private]

    def of(self, rows: Sequence[ListRow]) -> tuple[TableRow, ...]:
        """Return the rows as they are shown."""
        titles = self._titles(rows)
        return tuple(TableRow(row.id, self._cells(row, titles)) for row in rows)

    def _titles(self, rows: Sequence[ListRow]) -> dict[str, str]:
        found: dict[str, str] = {}
        for name in self.fields:
            spec = self._spec.field(name)
            ids = {value for row in rows if isinstance(value := row.values.get(name), str)}
            for kind in spec.refers_to if ids else ():
                found.update(self._office.lists.titles(kind, ids))
        return found

    def _cells(self, row: ListRow, titles: Mapping[str, str]) -> tuple[Cell, ...]:
        shown = (self._cell(name, row.values.get(name), titles) for name in self.columns)
        return (*shown, _note(row))

    def _cell(self, name: str, value: Value, titles: Mapping[str, str]) -> Cell:
        spec = self._spec.field(name)
        text = self._office.lists.text_of(spec, value, titles)
        if name == self._spec.state_by and self._layout.tones and text:
            return Badge(text, self._layout.tones.get(str(value), "plain"))
        return text


def _note(row: ListRow) -> Cell:
    if row.standing == _VOIDED:
        return Badge("Đã hủy", "plain")
    if row.conflicts or row.standing:
        return Badge("Cần chọn", "fault")
    return Badge(f"Thiếu {row.missing}", "watch") if row.missing else ""


class AllPlaces:
    """A result small enough to hold every row number."""

    def __init__(self, office: Office, kind: str, rows: Rows, places: Sequence[int]) -> None:
        self._office = office
        self._kind = kind
        self._rows = rows
        self._places = places
        self._ready: dict[int, Page] = {}
        self._known: dict[str, int] = {}

    def count_known(self) -> int:
        """Return the number of hits."""
        return len(self._places)

    def complete(self) -> bool:
        """Return True: all are known."""
        return True

    def ready(self) -> Mapping[int, Page]:
        """Return the pages fetched beforehand."""
        return self._ready

    def load(self, number: int) -> Page:
        """Fetch the rows of a page; a record gone meanwhile leaves its row blank."""
        wanted = self._places[number * PAGE : (number + 1) * PAGE]
        found = {
            row.place.row: row
            for row in self._office.lists.at(self._kind, wanted, self._rows.fields)
        }
        shown = {row.id: row for row in self._rows.of(list(found.values()))}
        return Page(
            tuple(
                shown[found[place].id] if place in found else TableRow(f"#{place}", ())
                for place in wanted
            )
        )

    def accept(self, number: int, page: Page) -> int:  # noqa: ARG002
        """Return the number of hits; a page adds nothing to it."""
        return len(self._places)

    def row_of(self, record_id: str) -> int | None:
        """Return the row of a record that was looked up beforehand."""
        return self._known.get(record_id)

    def prepare(self, wanted: Collection[str], row: int) -> None:
        """Look up, on a reader, where some records stand, and fetch what will be seen first."""
        order = {place: at for at, place in enumerate(self._places)} if wanted else {}
        for record_id in wanted:
            place = self._office.lists.row_of(self._kind, record_id)
            if place in order:
                self._known[record_id] = order[place]
        seen = [0, row, *self._known.values()]
        last = (len(self._places) - 1) // PAGE
        for number in {min(max(at, 0) // PAGE, last) for at in seen if self._places}:
            self._ready[number] = self.load(number)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found: where the rows come from, and how many there are."""

    source: RowSource
    count: Count


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must be found again when a list is asked anew: records, and how far it was seen."""

    ids: frozenset[str] = frozenset()
    row: int = 0


def first_answer(
    office: Office, rows: Rows, listing: Listing, wanted: Wanted, control: Control
) -> Answer:
    """Return the first rows and a count up to a thousand, at once; runs on a reader."""
    count = office.lists.count(listing, 0 if listing.order_by else COUNTED_AT_ONCE)
    control.check()
    if not count.more:  # only all rows can be put in the order of a field
        return Answer(_all(office, rows, listing, wanted), count)
    pages = KeysetPages(lambda key, limit: _page(office, rows, listing, key, limit))
    pages.walk(wanted.row + 1, wanted.ids, control.check)
    return Answer(pages, count)


def full_answer(
    office: Office, rows: Rows, listing: Listing, wanted: Wanted, control: Control
) -> Answer | Count:
    """Return the exact count, and all rows where they are few enough; runs on a reader."""
    count = office.lists.count(listing, 0)
    control.check()
    if count.number > ALL_IDS_UP_TO:
        return count
    return Answer(_all(office, rows, listing, wanted), count)


def _all(office: Office, rows: Rows, listing: Listing, wanted: Wanted) -> AllPlaces:
    places = office.lists.places(listing, ALL_IDS_UP_TO)
    source = AllPlaces(office, listing.kind, rows, places)
    source.prepare(wanted.ids, wanted.row)
    return source


def _page(office: Office, rows: Rows, listing: Listing, key: object, limit: int) -> Page:
    after = key if isinstance(key, ListPlace) else None
    found = office.lists.window(listing, rows.fields, after=after, limit=limit)
    return Page(rows.of(found), found[-1].place if len(found) == limit else None)


def count_words(count: Count, label: str) -> str:
    """Return how many there are, in words."""
    number = show_integer(count.number)
    return f"hơn {number} {label}" if count.more else f"{number} {label}"
