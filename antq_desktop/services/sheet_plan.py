"""What an import would do: every row read and judged, nothing saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from antq_desktop.domain.clock import VIETNAM, Clock
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import RecordSpec, Value
from antq_desktop.domain.sheetcells import (
    Cell,
    DateHabit,
    First,
    SheetStopped,
    is_blank,
    shown,
)
from antq_desktop.domain.sheetmap import EXAMPLE, Header, folded, is_numbering, is_sum, number_place
from antq_desktop.services.entering import Entering
from antq_desktop.services.records import Edit, Records
from antq_desktop.services.sheet_lines import Lines, LineSheet, numbers_of
from antq_desktop.services.sheet_meeting import Alike, Meeting, WhenThere
from antq_desktop.services.sheet_opening import Opened
from antq_desktop.services.sheet_result import (
    MOST_SEEN,
    OUT,
    TAKEN,
    Outcome,
    Plan,
    outcome_of,
    seen_of,
)
from antq_desktop.services.sheet_titles import Titles
from antq_desktop.services.sheet_values import Line, Row, RowReader
from antq_desktop.storage.queries import Reader

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]
_TICK: Final = 200
_NEAR_HEADINGS: Final = 3  # rows below the headings that may number the columns or give an example
_MANY: Final = 6  # so many filled cells are no title, signature or line between
_SUMS_BEGIN: Final = frozenset("CTDctd ")
_NUMBERED_HEADING: Final = ("ii", "iii", "iv", "vi", "vii", "viii", "ix")


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
    when: WhenThere
    _skipped: list[int] = field(default_factory=list)

    def plan(self, reader: Reader, progress: Progress | None, stop: Stop | None) -> Plan:
        """Return what the import would do.

        Raises:
            UserError: `columns_missing`: a required field has no column.
            SheetStopped: `stop` returned True.
        """
        titles = Titles(self.records.specs)
        in_lines = (each for line in self.spec.lines for each in line.fields)
        for each in (*self.spec.fields, *in_lines):
            for kind in each.refers_to:
                titles.learn(reader, kind)
        rows_reader = self._reader(titles)
        lines = list(self._lines(titles))
        self._require_columns(bool(lines and lines[0][2]))
        habits = rows_reader.learn_dates([cells for _, cells, _ in lines])
        rows: list[Row] = []
        for done in range(0, len(lines), _TICK):
            _go_on(done, len(lines), progress, stop)
            rows += rows_reader.rows(lines[done : done + _TICK])
        further = self._further(rows, lines, titles)
        edits = self._edits(rows, rows_reader, titles)
        alike = Meeting(self.spec, reader, self.when).meet(rows, edits)
        if progress is not None:
            progress(len(lines), len(lines))
        notes = [*self._notes(rows_reader, rows), *_told(habits)]
        return self._result(rows, edits, alike, notes, further)

    def _today(self) -> date:
        return self.clock.now().astimezone(VIETNAM).date()

    def _further(
        self,
        rows: Sequence[Row],
        lines: Sequence[Line],
        titles: Titles,
    ) -> Lines:
        """Put the lines of further sheets to the rows of the first."""

        def reader_of(each: LineSheet) -> RowReader:
            return self._reader(titles, each.spec, each.header)

        further = Lines(self.records.new_id, reader_of, 0, [])
        if self.opened.lines:
            pairs = [(number, cells) for number, cells, _ in lines]
            further.attach(rows, numbers_of(self.opened.header, pairs), self.opened.lines)
        return further

    def _reader(
        self, titles: Titles, spec: RecordSpec | None = None, header: Header | None = None
    ) -> RowReader:
        return RowReader(
            spec or self.spec,
            header or self.opened.header,
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

    def _lines(self, titles: Titles) -> Iterator[Line]:
        """Yield number, cells and inherited values of each row that holds data."""
        sheet, first = self.opened.sheet, self.opened.first
        filled = sheet.filled(first, len(sheet.rows))
        end = self._end_of_data(filled)
        given: dict[str, Value] = {}
        for place, cells in enumerate(filled):
            raw, number = sheet.rows[first + place], first + place + 1
            full = _NEAR_HEADINGS <= place < end and len(raw) - raw.count("") >= _MANY
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
            if self._is_example(cells[0]):
                return True
        if _may_be_sum(held) and is_sum([shown(cell) for cell in held]):
            return True
        return self._stands_alone(cells, held)

    def _is_example(self, first: Cell) -> bool:
        """Tell whether a row is the example of a template: its running number says so."""
        numbered = number_place(self.opened.header.headings) == 0
        return numbered and isinstance(first, str) and folded(first) == folded(EXAMPLE)

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

    def _notes(self, reader: RowReader, rows: Sequence[Row]) -> Iterator[str]:
        headings = self.opened.header.headings
        unused = [headings[place] for place in self.opened.header.mapped.unused]
        if self.opened.lines:
            names = ", ".join(f"“{each.sheet.name}”" for each in self.opened.lines)
            yield f"Đọc thêm các dòng kèm theo ở trang {names}."
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
        further: Lines,
    ) -> Plan:
        met = {each.row: each for each in alike}
        outcomes = {row.number: outcome_of(row, met.get(row.number), self.when) for row in rows}
        counts = dict.fromkeys(Outcome, 0)
        for outcome in outcomes.values():
            counts[outcome] += 1
        taken = [row for row in rows if outcomes[row.number] in TAKEN]
        kept = [row for row in rows if outcomes[row.number] not in OUT]
        return Plan(
            self.spec,
            self.opened,
            tuple(edits[row.number] for row in taken),
            {edits[row.number].id: row.number for row in kept},
            len(rows),
            (*(fault for row in kept for fault in row.faults), *further.faults),
            tuple(alike),
            tuple(self._skipped),
            tuple(notes),
            self.when,
            counts,
            tuple(seen_of(row, outcomes[row.number], self.spec, met) for row in rows[:MOST_SEEN]),
            further.count,
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
