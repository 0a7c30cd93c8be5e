"""Records of a list as a workbook, row by row, with their small lists on sheets of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.fields import (
    FieldKind,
    FieldSpec,
    LineSpec,
    RecordSpec,
    Travels,
    Value,
    Values,
)
from antq_desktop.domain.listing import Listing, ListRow, Place
from antq_desktop.domain.sheetcells import Cell, SheetStopped
from antq_desktop.domain.sheetmap import NUMBER_HEADING
from antq_desktop.domain.shown import show_date, show_moment
from antq_desktop.services.hand import Hand
from antq_desktop.services.lists import text_of
from antq_desktop.services.sheet_lines import kept_fields, line_spec, line_values
from antq_desktop.services.sheet_plan import Progress, Stop
from antq_desktop.sheets.writing import Column, Table, write_tables
from antq_desktop.storage import settings
from antq_desktop.storage.queries import Reader
from antq_desktop.storage.store import Store

WINDOW: Final = 1_000
_WIDE: Final = {FieldKind.LONG_TEXT: 50, FieldKind.DATE: 12, FieldKind.MOMENT: 18}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the file, how many records, and whether private fields are in it."""

    path: Path
    rows: int
    private: bool


@dataclass(frozen=True, slots=True)
class Export:
    """Writes records of one kind."""

    store: Store
    codes: Codes
    hand: Hand
    spec: RecordSpec

    def write(
        self,
        out: Path,
        asked: Listing,
        ids: Sequence[str] | None,
        *,
        with_private: bool,
        progress: Progress | None,
        stop: Stop | None,
    ) -> Exported:
        """Write the records of a list, or these; `Spreadsheets.export` says how."""
        spec = self.spec
        private = with_private and _has_private(spec)
        fields = [f for f in spec.fields if f.travels is not Travels.NEVER and not f.machine]
        fields = [f for f in fields if private or not f.private]
        pairs = [(line, kept_fields(line, private=private)) for line in spec.lines]
        lists = [(line, kept) for line, kept in pairs if kept]
        read: list[str] = []
        with self.store.reading() as reader:
            total = reader.count(asked, 0).number if ids is None else len(ids)

            def each(done: int) -> None:
                if stop is not None and stop():
                    raise SheetStopped
                if progress is not None:
                    progress(done, total)

            tables = [self._table(fields, asked, total, private=private)]
            tables += [self._line_table(line, kept) for line, kept in lists]
            rows = _Rows(reader, spec, fields, lists, self.codes, read=read if private else None)
            each(0)
            count = write_tables(out, tables, rows.of(asked, ids), each)
            each(count)
        self._note(count, read)
        return Exported(out, count, private)

    def _table(
        self, fields: Sequence[FieldSpec], asked: Listing, total: int, *, private: bool
    ) -> Table:
        parts = [f"Xuất {show_moment(civil(self.hand.clock.now())[:16])}", f"{total} hồ sơ"]
        if asked.words:
            parts.append(f"tìm: {' '.join(asked.words)}")
        if self.store.setting(settings.SAMPLE, "no") == "yes":
            parts.append("DỮ LIỆU MẪU")
        if private:
            parts.append("có thông tin cá nhân: giữ theo chế độ của đơn vị")
        columns = (Column(NUMBER_HEADING, 6), *map(_column, fields))
        return Table(self.spec.plural, self.spec.plural, " · ".join(parts), columns)

    def _line_table(self, line: LineSpec, kept: Sequence[FieldSpec]) -> Table:
        columns = tuple(map(_column, line_spec(self.spec, line, kept).fields))
        remark = f"Mỗi dòng thuộc hồ sơ có {NUMBER_HEADING} ấy ở trang “{self.spec.plural}”."
        return Table(line.label, line.label, remark, columns)

    def _note(self, count: int, read: Sequence[str]) -> None:
        told = f"Xuất bảng tính {self.spec.plural.lower()}: {count} hồ sơ"
        with self.store.writing(self.hand.officer, Action.PRINT) as work:
            work.note("", "", told)
        if read:
            with self.store.writing(self.hand.officer, Action.READ_PRIVATE) as work:
                for record in read:
                    work.note(self.spec.kind, record, told)


def _has_private(spec: RecordSpec) -> bool:
    in_lines = (field for line in spec.lines for field in line.fields)
    return any(f.private and f.travels is not Travels.NEVER for f in (*spec.fields, *in_lines))


def _column(field: FieldSpec) -> Column:
    unit = f" ({field.unit})" if field.unit else ""
    width = _WIDE.get(field.kind, min(field.width, 40))
    return Column(field.label + unit, width, wrap=width > 20)


def _columns(spec: RecordSpec, line: LineSpec, kept: Sequence[FieldSpec]) -> tuple[FieldSpec, ...]:
    """Return the columns of a small list behind the number of the record."""
    return line_spec(spec, line, kept).fields[1:]


Turn = Callable[[Value], Cell | None]


class _Rows:
    """Yields the cells of each record and of its lines, window by window."""

    def __init__(
        self,
        reader: Reader,
        spec: RecordSpec,
        fields: Sequence[FieldSpec],
        lists: Sequence[tuple[LineSpec, Sequence[FieldSpec]]],
        codes: Codes,
        *,
        read: list[str] | None,
    ) -> None:
        self._reader = reader
        self._spec = spec
        self._names = [field.name for field in fields if not field.private]
        self._read = read
        self._every = [*fields, *(field for _, kept in lists for field in kept)]
        self._titles: dict[str, dict[str, str]] = {
            kind: {} for field in self._every for kind in field.refers_to
        }
        self._cells = [(field.name, self._cell_of(field, codes)) for field in fields]
        self._lists = [
            (line, [(f.name, self._cell_of(f, codes)) for f in _columns(spec, line, kept)])
            for line, kept in lists
        ]

    def of(
        self, asked: Listing, ids: Sequence[str] | None
    ) -> Iterator[tuple[int, Sequence[Cell | None]]]:
        """Yield sheet and cells of each record, its number first, and of each of its lines."""
        number = 0
        cells = self._cells
        for rows in self._windows(asked, ids):
            whole = self._read is not None or self._lists
            every = self._whole(rows) if whole else [row.values for row in rows]
            self._learn_titles(every)
            for values in every:
                number += 1
                get = values.get
                row: list[Cell | None] = [number]
                row += [turn(get(name)) if turn else get(name) for name, turn in cells]
                yield 0, row
                if self._lists:
                    yield from self._lines(number, values)

    def _windows(self, asked: Listing, ids: Sequence[str] | None) -> Iterator[Sequence[ListRow]]:
        if ids is not None:
            numbers = self._reader.rows_of(asked.kind, ids)
            wanted = [numbers[one] for one in ids if one in numbers]
            for start in range(0, len(wanted), WINDOW):
                piece = wanted[start : start + WINDOW]
                yield self._reader.at_rows(asked.kind, piece, self._names)
            return
        after: Place | None = None
        while True:
            rows = self._reader.window(asked, self._names, after=after, limit=WINDOW)
            yield rows
            if len(rows) < WINDOW:
                return
            after = rows[-1].place

    def _lines(self, number: int, values: Values) -> Iterator[tuple[int, Sequence[Cell | None]]]:
        for place, (line, cells) in enumerate(self._lists, start=1):
            for held in line_values(line, values):
                turned = [turn(held.get(n)) if turn else held.get(n) for n, turn in cells]
                yield place, [number, *turned]

    def _whole(self, rows: Sequence[ListRow]) -> list[Values]:
        ids = [row.id for row in rows]
        records = self._reader.records(self._spec.kind, ids)
        if self._read is not None:
            self._read.extend(ids)
        return [records[record].values() for record in ids]

    def _learn_titles(self, every: Sequence[Values]) -> None:
        for field in self._every:
            if field.kind is not FieldKind.REFERENCE:
                continue
            end = f"/{field.name}"
            ids = {str(values[field.name]) for values in every if values.get(field.name)}
            if self._lists:
                pairs = (pair for values in every for pair in values.items())
                ids |= {str(value) for path, value in pairs if path.endswith(end) and value}
            for kind in field.refers_to:
                unknown = ids - self._titles[kind].keys()
                if unknown:
                    self._titles[kind] |= self._reader.titles(kind, unknown)

    def _cell_of(self, field: FieldSpec, codes: Codes) -> Turn | None:
        if field.kind is FieldKind.DATE:
            return _date_cell
        if field.kind is FieldKind.MOMENT:
            return _moment_cell
        if field.kind is FieldKind.CHOICE:
            return _Known(lambda value: text_of(field, value, codes)).__getitem__
        if field.kind is FieldKind.REFERENCE:
            held = [self._titles[kind] for kind in field.refers_to]
            return lambda v: next((t[str(v)] for t in held if v in t), "") if v else None
        if field.kind is FieldKind.DECIMAL:
            return lambda v: float(str(v)) if v is not None else None
        return None


class _Known(dict[Value, "Cell | None"]):
    """What each value is written as, worked out once."""

    def __init__(self, turn: Callable[[Value], Cell | None]) -> None:
        super().__init__({None: None})
        self._turn = turn

    def __missing__(self, value: Value) -> Cell | None:
        found = self[value] = self._turn(value)
        return found


@lru_cache(maxsize=8192)
def _date_cell(value: Value) -> Cell | None:
    if not isinstance(value, str):
        return None
    return date.fromisoformat(value) if len(value) == 10 else show_date(value)


def _moment_cell(value: Value) -> Cell | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None
