"""The page on which what each unit gives is entered: a grid with a line for each unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.shown import show_integer
from antq_desktop.domain.unit_sheets import SheetShape, shape_of
from antq_desktop.services.unit_sheet_lines import Ask, UnitSheet
from antq_desktop.ui.faults import Message, Tone
from antq_desktop.ui.screens.editor_frame import leave_question
from antq_desktop.ui.screens.unit_sheet_book import (
    CellFaults,
    columns_of,
    first_units,
    first_values,
    in_order,
    lines_wanted,
    rows_of,
    sums_of,
    taken_of,
    texts_of,
    this_month,
)
from antq_desktop.ui.screens.unit_sheet_drafts import SheetDrafts, empty_lines
from antq_desktop.ui.screens.unit_sheet_frame import UnitSheetFrame

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.domain.fields import Value
    from antq_desktop.domain.gridtext import Cell
    from antq_desktop.services.drafts import Draft
    from antq_desktop.services.records import Saved
    from antq_desktop.services.unit_sheet_lines import UnitKind
    from antq_desktop.ui.ask import Answer
    from antq_desktop.ui.workplace import Workplace

_ASK_AGAIN_MS: Final = 300


class UnitSheetPage(UnitSheetFrame):
    """One sheet in front; `closed` asks for the list of its kind, `shown` says that lines came."""

    closed = Signal()
    shown = Signal()

    def __init__(self, workplace: Workplace) -> None:
        sheets = workplace.office.unit_sheets
        super().__init__(workplace, sheets.kinds())
        self._workplace = workplace
        self._sheets = sheets
        self._shape: SheetShape | None = None
        self._sheet: UnitSheet | None = None
        self._waiting: UnitSheet | None = None
        self._added: dict[str, int] = {}
        self._unit_kinds: tuple[UnitKind, ...] = ()
        self._saving = False
        self._stale = False
        self._to_take_up: Mapping[str, Json] | None = None
        self._faults = CellFaults(sheets)
        self.drafts = SheetDrafts(workplace, self, self.restore)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_ASK_AGAIN_MS)
        self._connect()

    # what the screen asks

    @property
    def kind(self) -> str:
        """The kind in view; empty before the first."""
        return self._shape.spec.kind if self._shape is not None else ""

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.grid.cells.text.dirty

    def activate(self) -> None:
        """Look again when something was written meanwhile."""
        if self._stale:
            self.load()

    def show_kind(self, kind: str, unit_kinds: Sequence[UnitKind] | None = None,
                  said: Mapping[str, Value] | None = None) -> None:  # fmt: skip
        """Begin with a kind and what is settled above its lines; nothing unsaved stands here."""
        if unit_kinds is not None:
            self._unit_kinds = tuple(unit_kinds)
            self.head.offer_units(self._unit_kinds)
        specs = self._workplace.office.lists.specs
        shape = self._shape = shape_of(specs[kind])
        self._forget()
        self.grid.cells.show((), (), {})
        self.head.show_kind(shape, {**first_values(self._workplace.office, shape), **(said or {})})
        self.head.choose_period(this_month(self._workplace.office) if shape.periodic else "")
        self.head.choose_units(first_units(kind, self._unit_kinds))
        self.drafts.begin()
        if not self.head.take_keyboard():
            self.grid.setFocus()
        self.load()

    def may_leave(self, go: Callable[[], None]) -> None:
        """Call `go` when nothing is lost by leaving, or once the officer has decided."""
        self.grid.finish_typing()
        if not self.dirty:
            self.drafts.leave(go)
            return

        def decide(answer: Answer) -> None:
            if answer.key == "drop":
                self._forget()
                self.drafts.keeper.drop(go)
            elif answer.key == "save":
                self.save(go)

        self._workplace.asker.ask(leave_question(), decide)

    def load(self) -> None:
        """Ask the store which lines there are; what was typed stays in its lines."""
        if self._shape is None:
            return
        self._stale = False
        ask = self._ask()
        self._workplace.jobs.read(
            lambda _control: self._sheets.open(ask), self._show, owner=self, lane="unit_sheet"
        )

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Save what was typed as one action; `then` runs when it is saved."""
        self.grid.finish_typing()
        sheet, common = self._sheet, self.head.common
        if sheet is None or self._saving:
            return
        if not common.check():
            text = "Chưa lưu: mục phía trên bảng chưa đúng. Sửa mục có dấu đỏ rồi lưu lại."
            self._workplace.door.say(Message(text, Tone.FAULT))
            next(made for made in common.fields.values() if made.faults).setFocus()
            return
        text_of = self.grid.cells.text
        typed = {key: line for key in text_of.rows if (line := text_of.line(key))}
        values = common.values()
        self._saving = True
        self._workplace.jobs.write(
            lambda _control: self._sheets.save(sheet, values, typed),
            lambda saved: self._on_saved(saved, then),
            failed=self._on_refused,
            owner=self,
        )

    def next_fault(self) -> None:
        """Go to the next cell that needs a hand."""
        cells = in_order(self.grid.cells.text, self._faults.by_cell)
        if not cells:
            self._workplace.door.say(Message("Không có ô nào cần sửa.", Tone.NOTE))
            return
        current = self.grid.currentIndex()
        here = self.grid.cells.cell(current) if current.isValid() else None
        at = cells.index(here) + 1 if here in cells else 0
        self.grid.go_to(self.grid.cells.place(cells[at % len(cells)]))

    def add_line(self) -> None:
        """Give the unit of the current line one line more."""
        sheet, current = self._sheet, self.grid.currentIndex()
        if sheet is None or not current.isValid() or self.more_button.isHidden():
            return
        line = sheet.line(self.grid.cells.rows[current.row()].key)
        empty = [one for one in sheet.lines if one.unit == line.unit and not one.record]
        self._added[line.unit] = len(empty) + 1
        self.load()

    def restore(self, draft: Draft) -> None:
        """Bring back what a draft kept."""
        common, typed = draft.content.get("common"), draft.content.get("typed")
        if isinstance(common, dict):
            self.head.common.show_values({**dict.fromkeys(self.head.common.fields), **common})
        self.head.choose_units(str(draft.content.get("unit_kind") or ""))
        self.head.choose_period(str(draft.content.get("period") or ""))
        if isinstance(typed, dict):
            self._added = empty_lines(typed)
            self._to_take_up = typed
        self.load()

    def end(self) -> None:
        """The page goes away: nothing is kept any more, no news is listened to."""
        self.drafts.keeper.end()
        self._again.stop()
        self._workplace.changes.written.disconnect(self._on_written)

    # asking and showing

    def _connect(self) -> None:
        self.grid.cells.edited.connect(self._on_edited)
        self.grid.moved.connect(self.say_of_cell)
        self.grid.moved.connect(self.keep_in_sight)
        self.grid.closed.connect(self._show_what_waits)
        self.grid.lost.connect(self._on_lost)
        self.head.kind_asked.connect(self._on_kind)
        self.head.asked.connect(self._on_asked)
        self.head.edited.connect(self._on_common)
        self._again.timeout.connect(self._look_again)
        self._workplace.changes.written.connect(self._on_written)
        self.wrong.clicked.connect(self.next_fault)
        self.more_button.clicked.connect(self.add_line)
        self.back_button.clicked.connect(self.closed)
        self.save_button.clicked.connect(lambda _checked=False: self.save())
        actions: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+S", self.save),
            ("Esc", self.closed.emit),
            ("F3", self.next_fault),
            ("Ctrl+Return", self.add_line),
        )
        for keys, action in actions:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda action=action: action())

    def _ask(self) -> Ask:
        periodic = self._shape is not None and self._shape.periodic
        return Ask(
            self.kind,
            self.head.unit_kind.option.id,
            self.head.period.option.id if periodic else "",
            self.head.common.values(),
            lines_wanted(self.grid.cells.text, self._added),
        )

    def _show(self, sheet: UnitSheet) -> None:
        if sheet.shape.spec.kind != self.kind:
            return
        if self.grid.typing:  # a cell that is being typed into is not pulled away
            self._waiting = sheet
            return
        self._sheet, self._waiting = sheet, None
        cells, shape = self.grid.cells, sheet.shape
        current = self.grid.currentIndex()
        here = cells.cell(current) if current.isValid() else None
        texts = texts_of(self._sheets, sheet)
        cells.show(columns_of(self._sheets, shape), rows_of(sheet), texts)
        if self._to_take_up is not None:
            kept, self._to_take_up = self._to_take_up, None
            cells.text.take_up(kept)
            self.drafts.touch()
        self._faults.clear()
        self._faults.look_at(shape, cells.text, tuple(cells.text.typed))
        self._show_taken()
        self._show_state()
        if here is not None and cells.place(here).isValid():
            self.grid.setCurrentIndex(cells.place(here))
        self.shown.emit()

    def _show_what_waits(self) -> None:
        if self._waiting is not None:
            self._show(self._waiting)

    def _show_taken(self) -> None:
        if self._sheet is not None:
            common = self.head.common.values()
            self.grid.cells.show_taken(taken_of(self._sheets, self._sheet, common))

    def _show_state(self) -> None:
        sheet, text = self._sheet, self.grid.cells.text
        if sheet is None:
            return
        faults = self._faults.by_cell
        self.grid.cells.show_faults(faults)
        self.say_wrong(len(faults))
        units = len({line.unit for line in sheet.lines})
        sums = sums_of(self._sheets, sheet.shape, text)
        self.totals.show_sums(f"Tổng {show_integer(units)} đơn vị", sums)
        one_each = sheet.shape.by_identity or sheet.shape.of_units
        self.more_button.setVisible(not one_each and bool(sheet.lines))
        self.say_empty(empty=not sheet.lines)
        self.say_of_cell()

    # what the officer does

    def _on_edited(self, cells: tuple[Cell, ...]) -> None:
        if self._sheet is not None:
            self._faults.look_at(self._sheet.shape, self.grid.cells.text, cells)
            self._show_state()
        self.drafts.touch()

    def _on_common(self, name: str) -> None:
        self._show_taken()
        if self.dirty:
            self.drafts.touch()
        if self._shape is not None and (self._shape.decides(name) or self._follow_day(name)):
            self._again.start()

    def _follow_day(self, name: str) -> bool:
        """Go to the period of the day said above: what is saved must stay before the eye."""
        shape, period = self._shape, self.head.period.option.id
        day = str(self.head.common.values().get(name) or "")
        if (
            shape is None
            or not shape.periodic
            or name != shape.spec.dated_by
            or not period
            or not day
        ):
            return False
        if self._changes_stored or self._workplace.office.periods.named(period).holds(day):
            return False
        self.head.choose_period(day[:7])
        return True

    @property
    def _changes_stored(self) -> bool:
        """Whether a line of a stored record was typed into."""
        typed = {key for key, _name in self.grid.cells.text.typed}
        lines = self._sheet.lines if self._sheet is not None else ()
        return any(line.key in typed for line in lines if not line.is_new)

    def _look_again(self) -> None:
        """Show what the values above speak of; changes to what they spoke of are not lost so."""
        sheet, common = self._sheet, self.head.common
        if sheet is None or not self._changes_stored:
            self.load()
            return
        names = [name for name in sheet.shape.common if sheet.shape.decides(name)]
        before = {name: sheet.ask.common.get(name) for name in names}
        after = {name: common.values().get(name) for name in names}
        if before == after:
            return
        common.show_values(before)

        def go() -> None:
            common.show_values(after)
            self.load()

        self.may_leave(go)

    def _on_lost(self, number: int) -> None:
        text = (
            f"Có {show_integer(number)} ô của khối vừa dán nằm ngoài bảng hoặc ở dòng không sửa "
            "được nên không dán. Kiểm tra lại; Ctrl+Z để trả lại."
        )
        self._workplace.door.say(Message(text, Tone.WATCH))

    def _on_kind(self, kind: str) -> None:
        if kind != self.kind:
            self.may_leave(lambda: self.show_kind(kind))

    def _on_asked(self, choose: Callable[[], None]) -> None:
        """Show other lines once those in view may be left."""

        def go() -> None:
            choose()
            self._added = {}
            self.load()

        self.may_leave(go)

    def _on_saved(self, saved: Saved, then: Callable[[], None] | None) -> None:
        self._saving = False
        self._forget()
        self.drafts.drop()
        self._stale = True
        self._workplace.told(saved, (self.kind,))
        if then is not None:
            then()

    def _on_written(self, kinds: tuple[str, ...]) -> None:
        if not {self.kind, "unit"} & set(kinds):
            return
        self._stale = True
        if self.isVisible():
            self.load()

    def _on_refused(self, error: BaseException) -> None:
        self._saving = False
        if not isinstance(error, UserError):
            self._workplace.door.meet(error)
            return
        above = self._faults.refuse(error.faults)
        first = self.head.common.show_faults(above)
        self._show_state()
        number = len(self._faults.by_cell) + len(above)
        if not number:
            self._workplace.door.meet(error)
            return
        text = f"Chưa lưu: {show_integer(number)} ô cần sửa. Nhấn F3 để đến từng ô."
        self._workplace.door.say(Message(text, Tone.FAULT))
        if first is not None:
            first.setFocus()
        else:
            self.grid.setCurrentIndex(self.grid.cells.place(("", "")))
            self.next_fault()

    def _forget(self) -> None:
        """Let go of what was typed: it was saved or is not wanted."""
        self.grid.cells.text.forget()
        self._added = {}
        self._faults.clear()
        self.head.common.show_faults(())
