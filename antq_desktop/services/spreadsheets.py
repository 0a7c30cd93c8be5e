"""Workbooks in and out: templates, exports, and imports that are seen before they are done."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec, RecordSpec, Travels, Value, Values
from antq_desktop.domain.listing import Listing, ListRow, Place
from antq_desktop.domain.records import spec_of
from antq_desktop.domain.sheetcells import Cell, SheetStopped
from antq_desktop.domain.sheetmap import NUMBER_HEADING
from antq_desktop.domain.shown import show_date, show_moment
from antq_desktop.services.entering import Entering
from antq_desktop.services.hand import Hand
from antq_desktop.services.lists import text_of
from antq_desktop.services.records import Records, Saved
from antq_desktop.services.sheet_opening import Choices, Opened, open_sheet
from antq_desktop.services.sheet_plan import Plan, Planner, Progress, Stop
from antq_desktop.services.sheet_template import wanted_columns
from antq_desktop.sheets.marking import mark
from antq_desktop.sheets.writing import Column, Table, write_table, write_template
from antq_desktop.storage import settings
from antq_desktop.storage.queries import Reader
from antq_desktop.storage.store import Store

WINDOW: Final = 1_000
MOST_OFFERED: Final = 1_000
_MAP: Final = "sheet_map:{}:{}"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the file, how many records, and whether private fields are in it."""

    path: Path
    rows: int
    private: bool


class Spreadsheets:
    """Workbooks of one profile."""

    def __init__(
        self, store: Store, codes: Codes, hand: Hand, records: Records, entering: Entering
    ) -> None:
        self._store = store
        self._codes = codes
        self._hand = hand
        self._records = records
        self._entering = entering

    def template(self, kind: str, out: Path) -> Path:
        """Write an empty workbook for records of a kind, with lists, an example and a guide.

        Raises:
            UserError: `unknown_kind`, `not_xlsx`.
            EnvironmentFault: The machine denied it.
        """
        spec = spec_of(kind, self._store.specs)
        today = self._hand.clock.now().date().isoformat()
        with self._store.reading() as reader:
            titles = {kind: _titles(reader, kind) for f in spec.fields for kind in f.refers_to}
        write_template(out, spec.plural, wanted_columns(spec, self._codes, titles, today))
        return out

    def export(
        self,
        kind: str,
        out: Path,
        *,
        listing: Listing | None = None,
        with_private: bool = False,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> Exported:
        """Write the records of a list to a workbook, row by row; it is noted in history.

        Args:
            kind: Their kind.
            out: The file; ends in .xlsx. It appears whole or not at all.
            listing: Which of them; all in force when none is given.
            with_private: Put private fields in it, which is noted as a reading of each record.
                What never leaves this device is never in it.
            progress: Called with records written and records in all.
            stop: Asked now and then; True ends the work.

        Raises:
            UserError: `unknown_kind`, `not_xlsx`, `too_many_rows`.
            SheetStopped: `stop` returned True; no file was left, nothing is noted.
            EnvironmentFault: The machine denied it.
        """
        spec = spec_of(kind, self._store.specs)
        fields = [f for f in spec.fields if f.travels is not Travels.NEVER]
        private = with_private and any(f.private for f in fields)
        fields = [f for f in fields if private or not f.private]
        asked = listing or Listing(kind)
        read: list[str] = []
        with self._store.reading() as reader:
            total = reader.count(asked, 0).number
            table = self._table(spec, fields, asked, total, private=private)

            def each(done: int) -> None:
                if stop is not None and stop():
                    raise SheetStopped
                if progress is not None:
                    progress(done, total)

            rows = _Rows(reader, spec, fields, self._codes, read if private else None)
            each(0)
            count = write_table(out, table, rows.of(asked), each)
            each(count)
        self._note_export(spec, count, read)
        return Exported(out, count, private)

    def _table(
        self,
        spec: RecordSpec,
        fields: Sequence[FieldSpec],
        asked: Listing,
        total: int,
        *,
        private: bool,
    ) -> Table:
        parts = [f"Xuất {show_moment(civil(self._hand.clock.now())[:16])}", f"{total} hồ sơ"]
        if asked.words:
            parts.append(f"tìm: {' '.join(asked.words)}")
        if self._store.setting(settings.SAMPLE, "no") == "yes":
            parts.append("DỮ LIỆU MẪU")
        if private:
            parts.append("có thông tin cá nhân: giữ theo chế độ của đơn vị")
        wide = {FieldKind.LONG_TEXT: 50, FieldKind.DATE: 12, FieldKind.MOMENT: 18}
        columns = [Column(NUMBER_HEADING, 6)]
        for field in fields:
            unit = f" ({field.unit})" if field.unit else ""
            width = wide.get(field.kind, min(field.width, 40))
            columns.append(Column(field.label + unit, width, wrap=width > 20))
        return Table(spec.plural, spec.plural, " · ".join(parts), tuple(columns))

    def _note_export(self, spec: RecordSpec, count: int, read: Sequence[str]) -> None:
        told = f"Xuất bảng tính {spec.plural.lower()}: {count} hồ sơ"
        with self._store.writing(self._hand.officer, Action.PRINT) as work:
            work.note("", "", told)
        if read:
            with self._store.writing(self._hand.officer, Action.READ_PRIVATE) as work:
                for record in read:
                    work.note(spec.kind, record, told)

    def read(
        self,
        kind: str,
        path: Path,
        choices: Choices | None = None,
        *,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> Plan:
        """Return what an import of a workbook would do; nothing is saved.

        Text of old fonts is shown converted; `apply` still asks for a word of consent.

        Raises:
            UserError: What is wrong with the file as a whole: `workbook_…`, `no_such_sheet`,
                `headings_not_found`, `columns_missing`, `map_not_understood`.
            SheetStopped: `stop` returned True.
            EnvironmentFault: The machine denied it.
        """
        said = choices or Choices()
        spec = spec_of(kind, self._store.specs)
        opened = open_sheet(spec, path, said, lambda shape: self._remembered(spec, shape))
        planner = Planner(
            spec,
            opened,
            self._records,
            self._codes,
            self._entering,
            self._hand.clock,
            said.zeros,
            said.skip_alike,
        )
        with self._store.reading() as reader:
            return planner.plan(reader, progress, stop)

    def apply(self, plan: Plan, *, letters_seen: bool = False) -> Saved:
        """Save every row of a plan as one action, or none; `Records.undo` takes all of it back.

        Args:
            plan: What `read` returned.
            letters_seen: The officer has seen text of old fonts converted and agrees.

        Raises:
            UserError: `nothing_to_import`, `sheet_has_faults`, `old_font_unconfirmed`, or what
                `Records.save` finds, each fault with its row; nothing was saved.
            EnvironmentFault: The machine denied it.
        """
        self._check(plan, letters_seen=letters_seen)
        try:
            saved = self._records.save(plan.edits)
        except UserError as fault:
            raise _with_rows(plan, fault) from fault
        self._remember(plan.spec, plan.opened)
        sentence = (
            f"Đã nhập {len(plan.edits)} {plan.spec.label} từ tệp “{plan.opened.path.name}”. "
            "Có thể hoàn tác cả lần nhập."
        )
        return replace(saved, sentence=sentence)

    def _check(self, plan: Plan, *, letters_seen: bool) -> None:
        if plan.refused_rows:
            first = next(fault for fault in plan.faults if not fault.warning)
            message = (
                f"Chưa nhập: {plan.refused_rows} trên {plan.total} dòng còn lỗi, "
                f"đầu tiên ở {first.place}: {first.message}"
            )
            raise UserError("sheet_has_faults", message, first.place, _as_faults(plan))
        if not plan.edits:
            message = f"Tệp “{plan.opened.path.name}” không có dòng nào để nhập. Xem lại tệp."
            raise UserError("nothing_to_import", message, "file")
        old = plan.old
        if old is not None and not (old.confirmed or letters_seen):
            message = (
                f"Có {old.cells} ô viết bằng phông cũ {old.font.value.upper()}. "
                "Xem chữ đã chuyển ở phần xem trước, rồi nhập lại và chọn chuyển chữ."
            )
            raise UserError("old_font_unconfirmed", message, "convert")

    def error_file(self, plan: Plan, out: Path) -> bool:
        """Write the officer's workbook with the red column *Lỗi*; False when nothing was wrong.

        Raises:
            UserError: `not_xlsx`, `file_is_its_own_source`.
            EnvironmentFault: The machine denied it.
        """
        if not plan.faults:
            return False
        opened = plan.opened
        mark(opened.path, out, opened.sheet, opened.header, plan.faults)
        return True

    def _remembered(self, spec: RecordSpec, shape: str) -> Mapping[int, str] | None:
        held = json.loads(self._store.setting(_MAP.format(spec.kind, shape), "{}"))
        known = {field.name for field in spec.fields} | {""}
        return {int(place): name for place, name in held.items() if name in known} or None

    def _remember(self, spec: RecordSpec, opened: Opened) -> None:
        if not opened.said:
            return
        value = json.dumps({str(place): name for place, name in sorted(opened.said.items())})
        with self._store.writing(self._hand.officer, Action.SET) as work:
            work.set_setting(_MAP.format(spec.kind, opened.shape), value)
            work.note("", "", f"Nhớ cách đọc cột của tệp {spec.plural.lower()}")


def _as_faults(plan: Plan) -> list[Fault]:
    return [
        Fault(f.code, f"{f.place}: {f.message}", f.place, warning=f.warning) for f in plan.faults
    ]


def _with_rows(plan: Plan, fault: UserError) -> UserError:
    """Say in which row of the file lies what the store refused."""
    only = plan.edits[0].id
    faults = [
        replace(each, message=f"Dòng {plan.rows.get(each.record or only, 0)}: {each.message}")
        for each in fault.faults
    ]
    return UserError(fault.code, f"Chưa nhập. {faults[0].message}", fault.field, faults)


def _titles(reader: Reader, kind: str) -> list[str]:
    rows = reader.window(Listing(kind), (), limit=MOST_OFFERED)
    found = reader.titles(kind, (row.id for row in rows))
    return list(dict.fromkeys(title for title in found.values() if title))


class _Rows:
    """Yields the cells of each record of a list, window by window."""

    def __init__(
        self,
        reader: Reader,
        spec: RecordSpec,
        fields: Sequence[FieldSpec],
        codes: Codes,
        read: list[str] | None,
    ) -> None:
        self._reader = reader
        self._spec = spec
        self._fields = fields
        self._names = [field.name for field in fields if not field.private]
        self._read = read
        self._titles: dict[str, dict[str, str]] = {kind: {} for f in fields for kind in f.refers_to}
        self._cells = [(field.name, self._cell_of(field, codes)) for field in fields]

    def of(self, asked: Listing) -> Iterator[list[Cell | None]]:
        """Yield the cells of each record, its number first."""
        after: Place | None = None
        number = 0
        while True:
            rows = self._reader.window(asked, self._names, after=after, limit=WINDOW)
            every = [row.values for row in rows] if self._read is None else self._whole(rows)
            self._learn_titles(every)
            for values in every:
                number += 1
                row: list[Cell | None] = [number]
                for name, cell in self._cells:
                    value = values.get(name)
                    row.append(value if value is None or cell is None else cell(value))
                yield row
            if len(rows) < WINDOW:
                return
            after = rows[-1].place

    def _whole(self, rows: Sequence[ListRow]) -> list[Values]:
        ids = [row.id for row in rows]
        records = self._reader.records(self._spec.kind, ids)
        if self._read is not None:
            self._read.extend(ids)
        return [records[record].values() for record in ids]

    def _learn_titles(self, every: Sequence[Values]) -> None:
        for field in self._fields:
            if field.kind is not FieldKind.REFERENCE:
                continue
            ids = {str(values[field.name]) for values in every if values.get(field.name)}
            for kind in field.refers_to:
                unknown = ids - self._titles[kind].keys()
                if unknown:
                    self._titles[kind] |= self._reader.titles(kind, unknown)

    def _cell_of(self, field: FieldSpec, codes: Codes) -> Callable[[Value], Cell | None] | None:
        if field.kind is FieldKind.DATE:
            return _date_cell
        if field.kind is FieldKind.MOMENT:
            return _moment_cell
        if field.kind is FieldKind.CHOICE:
            known: dict[Value, Cell | None] = {None: None}
            return lambda v: (
                known[v] if v in known else known.setdefault(v, text_of(field, v, codes))
            )
        if field.kind is FieldKind.REFERENCE:
            held = [self._titles[kind] for kind in field.refers_to]
            return lambda v: next((t[str(v)] for t in held if v in t), "") if v else None
        if field.kind is FieldKind.DECIMAL:
            return lambda v: float(str(v)) if v is not None else None
        return None


@lru_cache(maxsize=8192)
def _date_cell(value: Value) -> Cell | None:
    if not isinstance(value, str):
        return None
    return date.fromisoformat(value) if len(value) == 10 else show_date(value)


def _moment_cell(value: Value) -> Cell | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None
