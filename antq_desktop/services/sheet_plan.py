"""What an import would do: every row read and judged, nothing saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from antq_desktop.domain.clock import VIETNAM, Clock
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Order, RecordSpec, Value, Values
from antq_desktop.domain.sheetcells import (
    Cell,
    DateHabit,
    First,
    SheetFault,
    SheetStopped,
    is_blank,
    shown,
)
from antq_desktop.domain.sheetmap import EXAMPLE, folded, is_numbering, is_sum
from antq_desktop.domain.text import fold
from antq_desktop.services.entering import Entering
from antq_desktop.services.records import Edit, Records, title_of
from antq_desktop.services.sheet_opening import OldText, Opened
from antq_desktop.services.sheet_values import Row, RowReader, Titles
from antq_desktop.storage.columns import values_of
from antq_desktop.storage.queries import Reader

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]
_TICK: Final = 200
_NEAR_HEADINGS: Final = 3  # rows below the headings that may number the columns or give an example
_MANY: Final = 6  # so many filled cells are no title, signature or line between
_SUMS_BEGIN: Final = frozenset("CTDctd ")
_NUMBERED_HEADING: Final = ("ii", "iii", "iv", "vi", "vii", "viii", "ix")


@dataclass(frozen=True, slots=True)
class Alike:
    """A row that looks like a record that is there; suggested, never merged."""

    row: int
    title: str
    record: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do.

    Attributes:
        spec: The kind of record.
        opened: The sheet it was read from.
        edits: One for each row that can be taken, in their order.
        rows: The number of each edit's row, by id of the record to be made.
        total: How many rows hold data.
        faults: Everything wrong, in the order of the rows; warnings too.
        alike: Rows that look like records that are there.
        skipped: Numbers of rows that were not taken for data: sums, signatures, examples.
        notes: Vietnamese sentences about the file as a whole.
        left_out: How many rows were left out because they look like a record that is there.
    """

    spec: RecordSpec
    opened: Opened
    edits: tuple[Edit, ...]
    rows: Mapping[str, int]
    total: int
    faults: tuple[SheetFault, ...]
    alike: tuple[Alike, ...]
    skipped: tuple[int, ...]
    notes: tuple[str, ...]
    left_out: int = 0

    @property
    def old(self) -> OldText | None:
        """What stood in an old way of writing."""
        return self.opened.old

    @property
    def refused_rows(self) -> int:
        """How many rows cannot be taken."""
        return len({fault.row for fault in self.faults if not fault.warning})

    @property
    def sound(self) -> bool:
        """Whether the whole file can be taken as it is."""
        return bool(self.edits) and not self.refused_rows


@dataclass(slots=True)
class Planner:
    """Reads one opened sheet to its end."""

    spec: RecordSpec
    opened: Opened
    records: Records
    codes: Codes
    entering: Entering
    clock: Clock
    zeros: bool
    skip_alike: bool
    _skipped: list[int] = field(default_factory=list)

    def plan(self, reader: Reader, progress: Progress | None, stop: Stop | None) -> Plan:
        """Return what the import would do.

        Raises:
            UserError: `columns_missing`: a required field has no column.
            SheetStopped: `stop` returned True.
        """
        titles = Titles(self.records.specs)
        for each in self.spec.fields:
            for kind in each.refers_to:
                titles.learn(reader, kind)
        rows_reader = self._reader(titles)
        lines = list(self._lines(titles))
        self._require_columns(bool(lines and lines[0][2]))
        habits = rows_reader.learn_dates([cells for _, cells, _ in lines])
        rows: list[Row] = []
        for done, (number, cells, given) in enumerate(lines):
            if done % _TICK == 0:
                _go_on(done, len(lines), progress, stop)
            rows.append(rows_reader.row(number, cells, given))
        edits = self._edits(rows, rows_reader, titles)
        alike = self._alike(reader, rows, edits)
        if progress is not None:
            progress(len(lines), len(lines))
        return self._result(rows, edits, alike, [*self._notes(rows_reader, rows), *_told(habits)])

    def _today(self) -> date:
        return self.clock.now().astimezone(VIETNAM).date()

    def _reader(self, titles: Titles) -> RowReader:
        return RowReader(
            self.spec,
            self.opened.header,
            self.codes,
            self.entering,
            titles,
            today=self._today(),
            zeros=self.zeros,
        )

    def _require_columns(self, parent_given: bool) -> None:
        missing = [
            each
            for each in self.opened.header.mapped.missing(self.spec)
            if not (parent_given and each.name == self.spec.parent)
        ]
        if not missing:
            return
        names = ", ".join(f"“{each.label}”" for each in missing)
        message = f"Tệp thiếu cột bắt buộc: {names}. Thêm cột đó, hoặc chỉ ra cột nào là mục nào."
        raise UserError("columns_missing", message, "map")

    def _lines(self, titles: Titles) -> Iterator[tuple[int, Sequence[Cell], Values]]:
        """Yield number, cells and inherited values of each row that holds data."""
        sheet, first = self.opened.sheet, self.opened.first
        filled = sheet.filled(first, len(sheet.rows))
        end = self._end_of_data(filled)
        given: dict[str, Value] = {}
        for place, cells in enumerate(filled):
            raw, number = sheet.rows[first + place], first + place + 1
            full = _NEAR_HEADINGS <= place < end and len(raw) - list(raw).count("") >= _MANY
            if full and not _may_be_sum(raw):
                yield number, cells, given
                continue
            held = [cell for cell in raw if not is_blank(cell)]
            if not held and all(is_blank(cell) for cell in cells):
                continue
            parent = self._named_above(titles, cells, held) if len(held) < 3 else ""
            if parent:
                given = {self.spec.parent: parent}
            elif place >= end or self._is_no_data(place, cells, held):
                self._skipped.append(number)
            else:
                yield number, cells, given

    def _end_of_data(self, rows: Sequence[Sequence[Cell]]) -> int:
        """Return where signatures and the like begin: behind the last row with a required value."""
        columns = self.opened.header.mapped.columns
        places = [columns[f.name][0] for f in self.spec.fields if f.required and f.name in columns]
        enough = min(2, len(places))
        for end in range(len(rows), 0, -1):
            row = rows[end - 1]
            if sum(place < len(row) and not is_blank(row[place]) for place in places) >= enough:
                return end
        return len(rows)

    def _is_no_data(self, place: int, cells: Sequence[Cell], held: Sequence[Cell]) -> bool:
        if place < _NEAR_HEADINGS:
            if is_numbering([shown(cell) for cell in held]):
                return True
            if isinstance(cells[0], str) and folded(cells[0]) == folded(EXAMPLE):
                return True
        if _may_be_sum(held) and is_sum([shown(cell) for cell in held]):
            return True
        return self._stands_alone(cells, held)

    def _stands_alone(self, cells: Sequence[Cell], held: Sequence[Cell]) -> bool:
        """Tell whether a row holds one text only, and in no column that a record must have."""
        if len(held) != 1:
            return False
        columns = self.opened.header.mapped.columns
        if len(columns) < 2:
            return False
        required = {
            columns[f.name][0] for f in self.spec.fields if f.name in columns and f.required
        }
        filled = {place for place, cell in enumerate(cells) if not is_blank(cell)}
        return len(filled) > 1 or not filled & required

    def _named_above(self, titles: Titles, cells: Sequence[Cell], held: Sequence[Cell]) -> str:
        """Return the record that a line between the rows names: `I. Tổ bảo vệ ANTT Thôn Mẫu 1`."""
        parent = self.spec.parent
        if not parent or parent in self.opened.header.mapped.columns:
            return ""
        texts = [shown(cell) for cell in held if isinstance(cell, str)]
        if not texts or len(held) > 2 or not self._stands_alone(cells, held[-1:]):
            return ""
        words = folded(texts[-1]).split()
        if words and (len(words[0]) == 1 or words[0] in _NUMBERED_HEADING or words[0].isdecimal()):
            words = words[1:]
        try:
            return titles.find(self.spec.field(parent), " ".join(words))
        except UserError:
            return ""

    def _edits(self, rows: Sequence[Row], reader: RowReader, titles: Titles) -> dict[int, Edit]:
        """Return the edit of each row by its number, references within the file looked up."""
        kind = self.spec.kind
        made = self.records.new_edits(kind, [row.values for row in rows])
        found = {row.number: edit for row, edit in zip(rows, made, strict=True)}
        if any(row.pending for row in rows):
            for row in rows:
                title = [str(row.values.get(name) or "") for name in self.spec.title]
                titles.add(kind, found[row.number].id, title)
            reader.look_up(rows)
        return found

    def _alike(self, reader: Reader, rows: Sequence[Row], edits: Mapping[int, Edit]) -> list[Alike]:
        if self.spec.alike:
            self._refuse_twice(reader, rows, edits)
            return []
        names = _naming(self.spec)
        known: dict[tuple[str, ...], str] = {}
        for held in values_of(reader.connection, self.spec, names):
            known.setdefault(_key(names, held.values), held.id)
        found: list[Alike] = []
        for row in rows:
            key = _key(names, row.values)
            record = known.get(key)
            if record is None:
                known[key] = f"dòng {row.number}"
                continue
            title = title_of(self.spec, row.values)
            found.append(Alike(row.number, title, record))
            where = f"{record} của tệp" if record.startswith("dòng ") else "một hồ sơ đã có"
            message = f"Giống {where}: “{title}”. Kiểm tra xem có trùng không."
            row.tell(SheetFault(row.number, -1, "", "alike", message, warning=True))
        return found

    def _refuse_twice(self, reader: Reader, rows: Sequence[Row], edits: Mapping[int, Edit]) -> None:
        """Refuse rows whose record is there already: its identity is worked out from its values."""
        there = reader.rows_of(self.spec.kind, [edit.id for edit in edits.values()])
        seen: dict[str, int] = {}
        labels = ", ".join(self.spec.field(name).label.lower() for name in self.spec.alike)
        for row in rows:
            if row.refused:
                continue
            record = edits[row.number].id
            if record in there:
                said = f"Đã có {self.spec.label} cùng {labels} trong sổ. Mở hồ sơ đó để sửa"
            elif record in seen:
                said = f"Trùng dòng {seen[record]} của tệp: cùng {labels}. Bỏ một dòng"
            else:
                seen[record] = row.number
                continue
            row.tell(SheetFault(row.number, -1, "", "record_exists", f"{said}."))

    def _notes(self, reader: RowReader, rows: Sequence[Row]) -> Iterator[str]:
        headings = self.opened.header.headings
        unused = [headings[place] for place in self.opened.header.mapped.unused]
        if unused:
            names = ", ".join(f"“{name}”" for name in unused)
            yield f"Không nhập {len(unused)} cột không có trong hồ sơ: {names}."
        if self.opened.others:
            names = ", ".join(f"“{name}”" for name in self.opened.others)
            yield f"Tệp còn trang {names} có cùng tiêu đề, chưa nhập. Nhập riêng từng trang."
        if self._skipped:
            numbers = ", ".join(map(str, self._skipped[:10]))
            more = "…" if len(self._skipped) > 10 else ""
            yield f"Bỏ qua {len(self._skipped)} dòng không phải dữ liệu: {numbers}{more}."
        if reader.reduced:
            yield "Cột “Dân tộc” chỉ được ghi là dân tộc thiểu số: có hoặc không."
        sound = [row for row in rows if not row.refused]
        for each, lacking in reader.wanted(sound):
            yield f"Còn thiếu {each.label.lower()} ở {lacking} dòng; báo cáo sẽ hỏi mục này."

    def _result(
        self,
        rows: Sequence[Row],
        edits: Mapping[int, Edit],
        alike: Sequence[Alike],
        notes: Sequence[str],
    ) -> Plan:
        out = {each.row for each in alike} if self.skip_alike else set()
        kept = [row for row in rows if row.number not in out]
        taken = [edits[row.number] for row in kept if not row.refused]
        return Plan(
            self.spec,
            self.opened,
            tuple(taken),
            {edits[row.number].id: row.number for row in kept},
            len(rows),
            tuple(fault for row in kept for fault in row.faults),
            tuple(alike),
            tuple(self._skipped),
            tuple(notes),
            len(out),
        )


def _may_be_sum(cells: Sequence[Cell]) -> bool:
    """Tell by one letter whether a row may be a sum; cheap, since it is asked of every row."""
    for cell in cells:
        if cell.__class__ is str and cell:
            text = str(cell)
            if not text.isdecimal():
                return text[0] in _SUMS_BEGIN
    return False


def _go_on(done: int, total: int, progress: Progress | None, stop: Stop | None) -> None:
    if stop is not None and stop():
        raise SheetStopped
    if progress is not None:
        progress(done, total)


def _naming(spec: RecordSpec) -> tuple[str, ...]:
    """Return the fields by which two records of a kind look alike."""
    names = [*spec.title, spec.parent]
    if spec.order is Order.NEWEST_FIRST:
        names.append(spec.order_by)
    if spec.unit_by and spec.order is not Order.NAME_OF_PERSON:
        names.append(spec.unit_by)
    names += [f.name for f in spec.fields if f.name == "birth_year"]
    return tuple(dict.fromkeys(name for name in names if name))


def _key(names: Sequence[str], values: Values) -> tuple[str, ...]:
    found = []
    for name in names:
        text = str(values.get(name, ""))
        found.append(text.lower() if text.isascii() else fold(text))
    return tuple(found)


def _told(habits: Mapping[str, DateHabit]) -> Iterator[str]:
    for heading, habit in habits.items():
        if habit.mixed:
            yield (
                f"Cột “{heading}” có ô ghi ngày trước, có ô ghi tháng trước. "
                "Mọi ô được đọc là ngày/tháng/năm; kiểm tra lại."
            )
        elif habit.order is First.MONTH:
            yield f"Cột “{heading}” được đọc là tháng/ngày/năm vì có ô chỉ đọc được như vậy."
        if habit.turned:
            yield (
                f"Cột “{heading}”: có thể Excel đã đảo ngày và tháng của các ô có ngày từ 1 đến "
                "12. Đối chiếu vài ô với sổ gốc trước khi nhập."
            )
