"""Workbooks in and out: templates, exports, and imports that are seen before they are done."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from antq_desktop.domain.changes import Action
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.fields import RecordSpec
from antq_desktop.domain.listing import Listing
from antq_desktop.domain.records import spec_of
from antq_desktop.domain.sheetcells import SheetStopped
from antq_desktop.domain.sheetmap import mapped
from antq_desktop.services.entering import Entering
from antq_desktop.services.hand import Hand
from antq_desktop.services.records import Records, Saved
from antq_desktop.services.sheet_export import Export, Exported
from antq_desktop.services.sheet_opening import Choices, Opened, open_sheet
from antq_desktop.services.sheet_plan import Planner, Progress, Stop
from antq_desktop.services.sheet_result import Outcome, Plan
from antq_desktop.services.sheet_template import wanted_columns, wanted_line_columns
from antq_desktop.services.uncollected import uncollected
from antq_desktop.sheets.marking import Marked, mark
from antq_desktop.sheets.templating import write_template
from antq_desktop.storage.queries import Reader
from antq_desktop.storage.store import Store

MOST_OFFERED: Final = 1_000
_MAP: Final = "sheet_map:{}:{}"


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
        every = [*spec.fields, *(field for line in spec.lines for field in line.fields)]
        with self._store.reading() as reader:
            titles = {kind: _titles(reader, kind) for f in every for kind in f.refers_to}
        lists = [(spec.plural, wanted_columns(spec, self._codes, titles, today))]
        lists += [
            (line.label, wanted_line_columns(spec, line, self._codes, titles, today))
            for line in spec.lines
        ]
        write_template(out, lists)
        return out

    def export(
        self,
        kind: str,
        out: Path,
        *,
        listing: Listing | None = None,
        ids: Sequence[str] | None = None,
        with_private: bool = False,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> Exported:
        """Write the records of a list to a workbook, row by row; it is noted in history.

        Args:
            kind: Their kind.
            out: The file; ends in .xlsx. It appears whole or not at all.
            listing: Which of them; all in force when none is given.
            ids: Only these, in this order, in place of a list.
            with_private: Put private fields in it, which is noted as a reading of each record.
                What never leaves this device is never in it.
            progress: Called with records written and records in all.
            stop: Asked now and then; True ends the work.

        Raises:
            UserError: `unknown_kind`, `not_xlsx`, `too_many_rows`.
            SheetStopped: `stop` returned True; no file was left, nothing is noted.
            EnvironmentFault: The machine denied it.
        """
        export = Export(self._store, self._codes, self._hand, spec_of(kind, self._store.specs))
        asked = listing or Listing(kind)
        return export.write(
            out, asked, ids, with_private=with_private, progress=progress, stop=stop
        )

    def look(self, kind: str, path: Path, choices: Choices | None = None) -> Opened:
        """Return what was recognised of a workbook: its sheet, headings, columns and letters.

        Where no headings are recognised, the first row with texts stands in, for a person to say
        what is what.

        Raises:
            UserError: What is wrong with the file as a whole.
            EnvironmentFault: The machine denied it.
        """
        spec = spec_of(kind, self._store.specs)
        known = partial(self._remembered, spec)
        return open_sheet(spec, path, choices or Choices(), known, lenient=True)

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
        with uncollected():
            opened = open_sheet(spec, path, said, partial(self._remembered, spec))
            return self.plan(opened, said, progress=progress, stop=stop)

    @staticmethod
    def remap(opened: Opened, said: Mapping[int, str]) -> Opened:
        """Return a workbook that was looked at with its columns as an officer says they are.

        Args:
            opened: What `look` returned.
            said: Field of each column by its place from 0; empty for none.
        """
        header = opened.header
        columns = mapped(opened.spec, header.headings, said)
        return replace(opened, header=replace(header, mapped=columns), said=dict(said))

    def plan(
        self,
        opened: Opened,
        choices: Choices,
        *,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> Plan:
        """Return what an import of a workbook that was looked at would do; nothing is saved.

        Raises:
            UserError: `columns_missing`.
            SheetStopped: `stop` returned True.
        """
        planner = Planner(
            opened.spec,
            opened,
            self._records,
            self._codes,
            self._entering,
            self._hand.clock,
            choices.zeros,
            choices.when,
        )
        with self._store.reading() as reader, uncollected():
            return planner.plan(reader, progress, stop)

    def apply(
        self,
        plan: Plan,
        *,
        letters_seen: bool = False,
        without_faulty: bool = False,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> Saved:
        """Save every row of a plan as one action, or none; `Records.undo` takes all of it back.

        Args:
            plan: What `read` returned.
            letters_seen: The officer has seen text of old fonts converted and agrees.
            without_faulty: Save the sound rows and leave the faulty ones out.
            progress: Called with records done and records in all.
            stop: Asked at each record; True ends the work.

        Raises:
            UserError: `nothing_to_import`, `sheet_has_faults`, `old_font_unconfirmed`, or what
                `Records.save` finds, each fault with its row; nothing was saved.
            SheetStopped: `stop` returned True; nothing was saved.
            EnvironmentFault: The machine denied it.
        """
        self._check(plan, letters_seen=letters_seen, without_faulty=without_faulty)

        def step(done: int, total: int) -> None:
            if stop is not None and stop():
                raise SheetStopped
            if progress is not None:
                progress(done, total)

        try:
            saved = self._records.save(plan.edits, step)
        except UserError as fault:
            raise _with_rows(plan, fault) from fault
        self._remember(plan.spec, plan.opened)
        return replace(saved, sentence=_sentence(plan))

    def _check(self, plan: Plan, *, letters_seen: bool, without_faulty: bool) -> None:
        if plan.refused_rows and not without_faulty:
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
        faults = [fault for fault in plan.faults if not fault.sheet]
        marked = [Marked(opened.sheet, opened.header, faults)]
        for each in opened.lines:
            held = [fault for fault in plan.faults if fault.sheet == each.sheet.name]
            marked.append(Marked(each.sheet, each.header, held))
        mark(opened.path, out, marked)
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


def _sentence(plan: Plan) -> str:
    """Return what was done, in one sentence."""
    changed, left = plan.counts[Outcome.CHANGED], plan.refused_rows
    new = len(plan.edits) - changed
    label = plan.spec.label
    done = [f"nhập {new} {label}"] if new else []
    done += [f"sửa {changed} {label} đã có"] if changed else []
    rest = f", còn {left} dòng lỗi chưa nhập" if left else ""
    return (
        f"Đã {' và '.join(done)} từ tệp “{plan.opened.path.name}”{rest}. "
        "Có thể hoàn tác cả lần nhập."
    )


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
