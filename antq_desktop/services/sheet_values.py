"""From the cells of one row to the values of one record, each distinct cell judged once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from unicodedata import is_normalized

from antq_desktop.domain.checking import check_value, lowered
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
from antq_desktop.services.sheet_titles import Titles

_PERHAPS_INVISIBLE: Final = re.compile("[\u2028-\U0010ffff]")
_MOST_LABELS: Final = 8
_PLAIN: Final = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT})
_DATED: Final = frozenset({FieldKind.DATE, FieldKind.MOMENT})


Line = tuple[int, Sequence[Cell], Mapping[str, Value]]
"""Number, cells and inherited values of a row that holds data."""


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
        return bool(self.faults) and any(not fault.warning for fault in self.faults)


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
        self._asked = {field.name for field in self._required}
        mapped = [(f, self._places[f]) for f in spec.fields if f in self._places]
        self._columns = [
            (
                field.name,
                places[0],
                _Column(field, places, len(places) == 1, {}, {}),
            )
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

    def rows(self, lines: Sequence[Line]) -> list[Row]:
        """Return what several rows give, each as `row` would read it.

        Whole columns are looked up at once; only a row with a cell that is not plainly sound is
        read by itself.
        """
        names: list[str] = []
        columns: list[list[Value]] = []
        doubtful: set[int] = set()
        for name, place, column in self._columns:
            cells: list[Cell] = [each[place] for _, each, _ in lines]
            if not column.alone:
                cells = [_joined(each, column.places) for _, each, _ in lines]
            empty = cells.count("")
            if empty == len(lines):
                continue
            values = self._sound(column, cells)
            if values.count(None) != empty:
                pairs = zip(values, cells, strict=True)
                doubtful.update(i for i, (v, cell) in enumerate(pairs) if v is None and cell != "")
            names.append(name)
            columns.append(values)
        across = list(zip(*columns, strict=True))
        found: list[Row] = []
        for at, (number, whole, given) in enumerate(lines):
            if at in doubtful or not columns:
                found.append(self.row(number, whole, given))
                continue
            held = dict(zip(names, across[at], strict=True))
            if None in across[at]:
                held = {name: value for name, value in held.items() if value is not None}
            row = Row(number, {**given, **held} if given else held)
            found.append(row)
            if self._born:
                self._derive(row.values)
            if self.spec.rules or not self._asked <= row.values.keys():
                self._check(row, set())
        return found

    def _sound(self, column: _Column, cells: Sequence[Cell]) -> list[Value]:
        """Return the value of each cell that is plainly sound, None for every other."""
        if bool in set(map(type, cells)):  # True would be found under 1
            return [None] * len(cells)
        sound, known = column.sound, column.known
        unseen = (cell for cell in set(cells) if cell not in sound and cell not in known)
        new = [cell for cell in unseen if cell != ""]
        if _is_plain(column.field) and _all_plain(column.field, new):
            sound.update((text, text) for text in new if isinstance(text, str))
        else:
            for cell in new:
                self._learn(column, cell, cell)
        return list(map(sound.get, cells))

    def _learn(self, column: _Column, key: object, cell: Cell) -> Read:
        read = column.known[key] = self._read(column.field, column.places[0], cell)
        if read.fault is None and read.value is not None:
            column.sound[key] = read.value
        return read

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
        read = column.known.get(key) or self._learn(column, key, cell)
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
        if _is_plain(field) and isinstance(cell, str) and cell.isprintable():
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
        if not self._asked <= values.keys():
            waiting = {name for name, _ in row.pending}
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


def _is_plain(field: FieldSpec) -> bool:
    return field.kind in _PLAIN and field.wording is None


def _all_plain(field: FieldSpec, cells: Sequence[Cell]) -> bool:
    """Tell in one look whether all these cells are texts that are stored just as they stand."""
    texts = [cell for cell in cells if cell.__class__ is str]
    if not texts or len(texts) < len(cells) or max(map(len, texts)) > field.max_length:
        return False
    whole = f"|{'|'.join(texts)}|"
    spaced = "| " in whole or " |" in whole or "  " in whole
    return (
        not spaced
        and whole.isprintable()
        and is_normalized("NFC", whole)
        and not _PERHAPS_INVISIBLE.search(whole)
    )


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
