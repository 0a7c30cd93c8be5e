"""From the cells of one row to the values of one record, each distinct cell judged once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Final

from antq_desktop.domain.checking import check_value, lowered, quoted
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.fields import TEXTUAL, FieldKind, FieldSpec, RecordSpec, RuleView, Value
from antq_desktop.domain.sheetcells import (
    Cell,
    DateHabit,
    Given,
    SheetFault,
    given_by,
    habit_of,
    is_blank,
    shown,
)
from antq_desktop.domain.sheetmap import Header, folded, reduces_to_minority, without_brackets
from antq_desktop.domain.text import nfc
from antq_desktop.services.entering import Entering
from antq_desktop.storage.columns import values_of
from antq_desktop.storage.queries import Reader

_PERHAPS_INVISIBLE: Final = re.compile("[\u2028-\U0010ffff]")
_MOST_LABELS: Final = 8
_MOST_COMPARED: Final = 2_000
_PLAIN: Final = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT})
_DATED: Final = frozenset({FieldKind.DATE, FieldKind.MOMENT})


class Titles:
    """Records that a reference may name, found by what they are called."""

    def __init__(self, specs: Mapping[str, RecordSpec]) -> None:
        self._specs = specs
        self._ids: dict[str, dict[str, set[str]]] = {}
        self._said: dict[str, str] = {}

    def learn(self, reader: Reader, kind: str) -> None:
        """Read what the records in force of a kind are called, once."""
        if kind in self._ids:
            return
        self._ids[kind] = {}
        spec = self._specs[kind]
        for held in values_of(reader.connection, spec, spec.title):
            self.add(kind, held.id, [str(held.values.get(name) or "") for name in spec.title])

    def add(self, kind: str, record_id: str, title: Sequence[str]) -> None:
        """Know one more record, by its whole title and by each part of it."""
        for part in (*title, " ".join(title)):
            name = folded(part)
            if name:
                self._said.setdefault(name, part)
                self._ids.setdefault(kind, {}).setdefault(name, set()).add(record_id)

    def find(self, field: FieldSpec, text: str) -> str:
        """Return the id of the record that a cell names.

        Raises:
            UserError: `reference_not_found` or `reference_ambiguous`.
        """
        wanted = folded(text)
        found: set[str] = set()
        for kind in field.refers_to:
            found |= self._ids.get(kind, {}).get(wanted, set())
        if len(found) == 1:
            return next(iter(found))
        label = self._specs[field.refers_to[0]].label
        if found:
            message = (
                f"{field.label}: có {len(found)} {label} tên “{quoted(text)}”. "
                "Đổi tên cho khác nhau, hoặc nhập dòng này bằng tay."
            )
            raise UserError("reference_ambiguous", message, field.name)
        near = self._near(field, wanted)
        hint = f" Gần giống: “{near}”." if near else ""
        message = (
            f"{field.label}: chưa có {label} “{quoted(text)}”.{hint} "
            f"Thêm {label} đó trước, hoặc sửa tên trong tệp."
        )
        raise UserError("reference_not_found", message, field.name)

    def _near(self, field: FieldSpec, wanted: str) -> str:
        names = [name for kind in field.refers_to for name in self._ids.get(kind, {})]
        near = get_close_matches(wanted, names[:_MOST_COMPARED], n=1, cutoff=0.75)
        return self._said[near[0]] if near else ""


@dataclass(slots=True)  # one for each distinct cell: freezing would double what it costs
class Read:
    """What one cell gave: a value, or a fault; perhaps with a remark."""

    value: Value
    fault: Fault | None = None
    waits: bool = False  # a reference into the same file, looked up when all of it is known


_NOTHING: Final = Read(None)


@dataclass(slots=True)
class Row:
    """What one row gave.

    Attributes:
        number: As Excel shows it, from 1.
        values: Values by field; references to records of the same file are still missing.
        faults: What is wrong with it.
        pending: References to be looked up when the whole file is known: field and text.
    """

    number: int
    values: dict[str, Value]
    faults: tuple[SheetFault, ...] = ()
    pending: tuple[tuple[str, str], ...] = ()

    def tell(self, fault: SheetFault) -> None:
        """Add one thing that is wrong."""
        self.faults = (*self.faults, fault)

    @property
    def refused(self) -> bool:
        """Whether it cannot be taken."""
        return any(not fault.warning for fault in self.faults)


@dataclass(slots=True)
class _Column:
    """One field on its way through the rows: what each distinct cell of it gave."""

    field: FieldSpec
    places: tuple[int, ...]
    alone: bool
    sound: dict[object, Value]
    known: dict[object, Read]


class RowReader:
    """Reads the rows of one sheet."""

    def __init__(
        self,
        spec: RecordSpec,
        header: Header,
        codes: Codes,
        entering: Entering,
        titles: Titles,
        *,
        today: date,
        zeros: bool,
    ) -> None:
        self.spec = spec
        self.header = header
        self._codes = codes
        self._entering = entering
        self._titles = titles
        self._today = today
        self._zeros = zeros
        self._habits: dict[str, DateHabit] = {}
        self.reduced = 0
        self._places = {spec.field(name): places for name, places in header.mapped.columns.items()}
        self._required = tuple(field for field in spec.fields if field.required)
        mapped = [(f, self._places[f]) for f in spec.fields if f in self._places]
        self._columns = [
            (field.name, places[0], _Column(field, places, len(places) == 1, {}, {}))
            for field, places in mapped
        ]
        self._born = _dates_of_birth(spec)

    def learn_dates(self, rows: Sequence[Sequence[Cell]]) -> dict[str, DateHabit]:
        """Look at whole columns of dates before any is read; return what was seen, by heading."""
        found: dict[str, DateHabit] = {}
        for field, places in self._places.items():
            if field.kind in _DATED:
                column = (row[places[0]] for row in rows if places[0] < len(row))
                habit = self._habits[field.name] = habit_of(column)
                found[self.header.headings[places[0]]] = habit
        return found

    def row(self, number: int, cells: Sequence[Cell], given: Mapping[str, Value]) -> Row:
        """Return what one row gives.

        Args:
            number: As Excel shows it.
            cells: Its cells, merged ones filled.
            given: Values that the row has from a line above it.
        """
        values = dict(given)
        found = Row(number, values)
        faulty: set[str] = set()
        for name, place, column in self._columns:
            cell = cells[place] if column.alone else _joined(cells, column.places)
            if cell == "":
                continue
            key = cell if cell.__class__ is not bool else (bool, cell)
            value = column.sound.get(key)
            if value is not None:
                values[name] = value
            elif self._doubtful(found, column, key, cell):
                faulty.add(name)
        self._derive(values)
        self._check(found, faulty)
        return found

    def _doubtful(self, row: Row, column: _Column, key: object, cell: Cell) -> bool:
        """Take a cell that is new or not plainly sound; return whether its field is faulty."""
        field, place = column.field, column.places[0]
        read = column.known.get(key)
        if read is None:
            read = column.known[key] = self._read(field, place, cell)
            if read.fault is None and read.value is not None:
                column.sound[key] = read.value
        if read.fault is not None:
            self._tell(row, field, place, read.fault)
            if not read.fault.warning:
                return True
        if read.waits:
            row.pending = (*row.pending, (field.name, shown(cell)))
        elif read.value is not None:
            row.values[field.name] = read.value
        return False

    def _tell(self, row: Row, field: FieldSpec, place: int, fault: Fault) -> None:
        heading = self.header.headings[place] if place >= 0 else field.label
        row.tell(SheetFault(row.number, place, heading, fault.code, fault.message, fault.warning))

    def _read(self, field: FieldSpec, place: int, cell: Cell) -> Read:
        if is_blank(cell):
            return _NOTHING
        plain = field.kind in _PLAIN and field.wording is None
        if plain and isinstance(cell, str) and cell.isprintable():
            text = nfc(cell).strip()
            if "  " in text and field.kind is FieldKind.TEXT:
                text = " ".join(text.split())
            # What prints and lies below the invisible signs of Unicode has only its length to fear.
            if len(text) <= field.max_length and not _PERHAPS_INVISIBLE.search(text):
                return Read(text)
            return self._judged(field, text)
        try:
            given = self._given(field, place, cell)
            if field.kind is FieldKind.REFERENCE:
                if self.spec.kind in field.refers_to:
                    return Read(None, waits=True)
                return Read(self._titles.find(field, str(given.typed)), given.remark)
            value = self._entering.value(field, given.typed)
            if field.kind is FieldKind.CHOICE and isinstance(value, str):
                value = self._choice(field, value)
        except UserError as fault:
            return Read(None, fault.faults[0])
        if isinstance(value, str):
            value = nfc(value).strip() or None if field.kind in TEXTUAL else value
        return _NOTHING if value is None else self._judged(field, value, given.remark)

    def _judged(self, field: FieldSpec, value: Value, remark: Fault | None = None) -> Read:
        wrong = check_value(field, value, self._codes)
        if wrong is None:
            return Read(value, remark)
        return Read(
            None, self._with_choices(field, wrong) if wrong.code == "not_in_codes" else wrong
        )

    def _choice(self, field: FieldSpec, text: str) -> str:
        """Return the choice whose label without its brackets was written, or the text."""
        codes = self._codes[field.codes]
        if codes.get(text) is not None:
            return text
        wanted = without_brackets(text)
        found = [v.id for v in codes.values if wanted and without_brackets(v.label) == wanted]
        return found[0] if len(found) == 1 else text

    def _with_choices(self, field: FieldSpec, fault: Fault) -> Fault:
        labels = [value.label for value in self._codes[field.codes].values if not value.retired]
        more = f" và {len(labels) - _MOST_LABELS} giá trị nữa" if len(labels) > _MOST_LABELS else ""
        offered = "; ".join(labels[:_MOST_LABELS])
        return replace(fault, message=f"{fault.message} Danh mục có: {offered}{more}.")

    def _given(self, field: FieldSpec, place: int, cell: Cell) -> Given:
        if reduces_to_minority(field, self.header.headings[place]):
            word = folded(shown(cell))
            if word not in {"co", "khong", "x", "kinh"}:
                self.reduced += 1
            return Given(word not in {"kinh", "khong"})
        habit = self._habits.get(field.name, DateHabit())
        return given_by(field, cell, order=habit.order, zeros=self._zeros)

    def _derive(self, values: dict[str, Value]) -> None:
        """Take the year of birth from the day of birth where only the day is given."""
        born = values.get("born_on") if self._born else None
        if isinstance(born, str) and values.get("birth_year") is None:
            values["birth_year"] = int(born[:4])

    def _check(self, row: Row, faulty: set[str]) -> None:
        values = row.values
        waiting = {name for name, _ in row.pending} if row.pending else ()
        for field in self._required:
            absent = values.get(field.name) is None and field.name not in waiting
            if absent and field.name not in faulty:
                self._tell(row, field, self._place(field), _required(field))
                faulty.add(field.name)
        if not self.spec.rules:
            return
        view = RuleView(self.spec, values, self._today)
        for rule in self.spec.rules:
            for fault in rule(view):
                if fault.field not in faulty:
                    field = self.spec.field(fault.field)
                    self._tell(row, field, self._place(field), fault)

    def _place(self, field: FieldSpec) -> int:
        return self._places.get(field, (-1,))[0]

    def look_up(self, rows: Iterable[Row]) -> None:
        """Look up the references that waited for the whole file."""
        for row in rows:
            for name, text in row.pending:
                field = self.spec.field(name)
                try:
                    row.values[name] = self._titles.find(field, text)
                except UserError as fault:
                    self._tell(row, field, self._place(field), fault.faults[0])
            row.pending = ()

    def wanted(self, rows: Sequence[Row]) -> Iterator[tuple[FieldSpec, int]]:
        """Yield each field that reports need with the number of rows that lack it."""
        for field in self.spec.fields:
            if field.wanted and not field.required:
                lacking = sum(
                    row.values.get(field.name) is None and field.is_wanted(row.values)
                    for row in rows
                )
                if lacking:
                    yield field, lacking


def _required(field: FieldSpec) -> Fault:
    message = f"Chưa có {lowered(field.label)}. Ghi thêm vào dòng này."
    return Fault("required", message, field.name)


def _joined(cells: Sequence[Cell], places: Sequence[int]) -> str:
    """Return a text that stands in several columns; the same text twice is one merged cell."""
    parts = [shown(cells[place]) for place in places if place < len(cells)]
    return " ".join(dict.fromkeys(part for part in parts if part))


def _dates_of_birth(spec: RecordSpec) -> bool:
    names = {field.name for field in spec.fields}
    return {"born_on", "birth_year"} <= names
