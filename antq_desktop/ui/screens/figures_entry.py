"""Entering the numbers of one report: report, unit and period once, then measure by measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.figures import MEASURES
from antq_desktop.domain.opening import KIND
from antq_desktop.domain.shown import show_integer
from antq_desktop.domain.typed_numbers import parse_integer
from antq_desktop.services.opening_figures import Source
from antq_desktop.ui.ask import Answer
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.editor_bands import Bands
from antq_desktop.ui.screens.editor_fields import FieldRow, typed_text
from antq_desktop.ui.screens.editor_frame import leave_question
from antq_desktop.ui.screens.editor_kit import make_kit
from antq_desktop.ui.screens.figures_drafts import EntryDrafts
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.field import FieldWidget, Option
from antq_desktop.ui.widgets.grid import GridColumn, GridRow
from antq_desktop.ui.widgets.gridtable import GridTable
from antq_desktop.ui.widgets.make import make_field

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.domain.gridtext import Cell
    from antq_desktop.services.records import Saved
    from antq_desktop.ui.workplace import Workplace

VALUE: Final = "value"
_SOURCE: Final = ("document", "dated", "period", "unit", "issuer")
_ASKED_AGAIN: Final = frozenset({"document", "period", "unit"})
_HEAD_LETTERS: Final = 62
_VALUE_LETTERS: Final = 24
_MOST: Final = 10**15
_ASK_AGAIN_MS: Final = 250


class EntryPage(QWidget):
    """The sheet; `closed` asks to go back, `saved` carries what was done."""

    closed = Signal()
    saved = Signal(object)

    def __init__(self, workplace: Workplace, unit: str, period: str) -> None:
        super().__init__()
        self._workplace = workplace
        office = workplace.office
        self._spec = office.lists.specs[KIND]
        below = [Option(place.id, place.name) for place in office.units_below]
        own = Option(office.unit, office.lists.titles("unit", [office.unit])[office.unit])
        near = (own, *below) if below else None
        kit = make_kit(workplace, self, near=lambda kinds: near if kinds == ("unit",) else None)
        self.fields: dict[str, FieldWidget] = {
            name: make_field(self._spec.field(name), kit) for name in _SOURCE
        }
        self._first = {"unit": unit or office.unit, "period": period}
        for name, value in self._first.items():
            self.fields[name].set_value(value)
        self.grid = GridTable(workplace.theme)
        self.grid.setAccessibleName("Số liệu của báo cáo")
        self.bands = Bands(workplace.theme)
        self.drafts = EntryDrafts(workplace, self, self.bands, self._to_keep, self._restore)
        self.told = QLabel()
        self.told.setProperty("role", "hint")
        self.told.setWordWrap(True)
        self.save_button = make_button(
            "Lưu", workplace.theme, role="primary", icon="save", tip="Lưu cả bảng (Ctrl+S)"
        )
        self.back_button = make_button(
            "Về số liệu", workplace.theme, icon="prev", tip="Về số liệu (Esc)"
        )
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_ASK_AGAIN_MS)
        self._lay_out()
        self._connect()
        self._show_rows({})

    @property
    def dirty(self) -> bool:
        """Whether numbers were typed that are not saved."""
        return self.grid.cells.text.dirty

    def start(self, code: str = "") -> None:
        """Begin at the report's number; the measure asked for stands in view."""
        self._ask_held()
        self.drafts.begin()
        place = self.grid.cells.place((code, VALUE))
        if place.isValid():
            self.grid.setCurrentIndex(place)
            self.grid.scrollTo(place)
        self.fields["document"].input.setFocus(Qt.FocusReason.OtherFocusReason)

    def may_leave(self, go: Callable[[], None]) -> None:
        """Call `go` at once, or once the officer lets go of what was typed."""
        self.grid.finish_typing()
        if not self.dirty:
            self.drafts.leave(go)
            return

        def answered(answer: Answer) -> None:
            if answer.key == "drop":
                self.grid.cells.text.forget()
                self.drafts.keeper.drop(go)
            elif answer.key == "save":
                self.save()

        self._workplace.asker.ask(leave_question(), answered)

    def save(self) -> None:
        """Save all numbers as one action."""
        self.grid.finish_typing()
        numbers = self._numbers()
        if numbers is None:
            return
        source, openings = self.source(), self._workplace.office.openings
        for field in self.fields.values():
            field.show_faults(())
        self.save_button.setEnabled(False)
        self._workplace.jobs.write(
            lambda _control: openings.enter(source, numbers), self._on_saved, failed=self._refused
        )

    def source(self) -> Source:
        """Return what stands above the table, as typed."""
        texts = {name: self._text(name) for name in _SOURCE}
        return Source(**texts)

    # inside

    def _to_keep(self) -> tuple[str, Mapping[str, Json]]:
        source: dict[str, Json] = {name: self._text(name) for name in _SOURCE}
        typed = self.grid.cells.text.to_json()
        return self._text("document"), {"source": source, "typed": typed}

    def _restore(self, kept: Mapping[str, Json]) -> None:
        """Bring back what a draft kept; what could not be read as a value is typed again."""
        source, typed = kept.get("source"), kept.get("typed")
        for name, text in source.items() if isinstance(source, dict) else ():
            field = self.fields.get(name)
            if field is not None and isinstance(text, str) and text:
                field.set_value(text)
        if isinstance(typed, dict):
            self.grid.cells.text.take_up(typed)
        self.drafts.keeper.touch()
        self._ask_held()

    def _on_source(self, name: str) -> None:
        if self.dirty:
            self.drafts.keeper.touch()
        if name in _ASKED_AGAIN:
            self._again.start()

    def _text(self, name: str) -> str:
        field = self.fields[name]
        try:
            value = field.value()
        except UserError:
            return typed_text(field)
        return value if isinstance(value, str) else ""

    def _numbers(self) -> dict[str, int | None] | None:
        """Return what was typed, by measure; None where a number is not understood."""
        found: dict[str, int | None] = {}
        faults: dict[Cell, str] = {}
        for cell, text in self.grid.cells.text.typed.items():
            label = self._labels[cell[0]]
            try:
                found[cell[0]] = parse_integer(text, label, maximum=_MOST) if text.strip() else None
            except UserError as fault:
                faults[cell] = fault.message
        self.grid.cells.show_faults(faults)
        if faults:
            first = next(iter(faults))
            self.told.setText(faults[first])
            self.grid.go_to(self.grid.cells.place(first))
            return None
        return found

    def _on_saved(self, saved: Saved) -> None:
        self.grid.cells.text.forget()
        self.drafts.forget(lambda: self.saved.emit(saved))

    def _refused(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        rest = self._show_faults(error.faults) if isinstance(error, UserError) else True
        if rest:
            self._workplace.door.meet(error)

    def _show_faults(self, faults: Sequence[Fault]) -> bool:
        """Show faults beside the fields above the table; tell whether others are left."""
        for name, field in self.fields.items():
            held = tuple(fault for fault in faults if fault.field == name)
            field.show_faults(held)
        first = next((fault for fault in faults if fault.field in self.fields), None)
        if first is not None:
            self.fields[first.field].input.setFocus(Qt.FocusReason.OtherFocusReason)
        return any(fault.field not in self.fields for fault in faults)

    def _ask_held(self) -> None:
        """Show what was entered from the same report before."""
        source, openings = self.source(), self._workplace.office.openings

        def held(_control: object) -> Mapping[str, int]:
            try:
                return openings.held(source)
            except UserError:  # the report is not said yet
                return {}

        self._workplace.jobs.read(held, self._show_rows, owner=self, lane="held")

    def _show_rows(self, held: Mapping[str, int]) -> None:
        specs = self._workplace.office.lists.specs
        measures = [measure for measure in MEASURES if measure.kind in specs]
        self._labels = {measure.code: measure.label for measure in measures}
        rows = [GridRow(each.code, f"{each.label} ({each.unit})") for each in measures]
        there = {(code, VALUE): show_integer(value) for code, value in held.items()}
        here = self.grid.currentIndex()
        self.grid.cells.show((GridColumn(VALUE, "Số liệu", 18, numeric=True),), rows, there)
        self.grid.setCurrentIndex(self.grid.cells.index(max(here.row(), 0), 0))
        count = len(held)
        self.told.setText(
            f"Báo cáo này đã nhập {show_integer(count)} số liệu; gõ đè để sửa, xóa ô để bỏ."
            if count
            else "Gõ hoặc dán số vào cột “Số liệu”; chỉ tiêu không có trong báo cáo thì để trống."
        )

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        page.setSpacing(UNIT + 4)
        title = QLabel("Nhập số liệu từ một báo cáo")
        title.setProperty("role", "title")
        page.addWidget(title)
        page.addWidget(self.bands)
        page.addWidget(FieldRow([self.fields[name] for name in _SOURCE], 3))
        page.addWidget(self.told)
        page.addWidget(self.grid, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.save_button)
        page.addLayout(foot)

    def _widen(self) -> None:
        """Give the measures the room of their names, which are longer than those of units."""
        letter = self.grid.fontMetrics().averageCharWidth()
        self.grid.verticalHeader().setFixedWidth(_HEAD_LETTERS * letter)
        self.grid.setMaximumWidth((_HEAD_LETTERS + _VALUE_LETTERS) * letter + 4 * UNIT)

    def _connect(self) -> None:
        self.grid.cells.modelReset.connect(self._widen)
        self.save_button.clicked.connect(self.save)
        self.back_button.clicked.connect(self.closed)
        self.grid.cells.edited.connect(lambda _cells: self.drafts.keeper.touch())
        for field in self.fields.values():
            field.edited.connect(self._on_source)
        self._again.timeout.connect(self._ask_held)
        for keys, action in (("Ctrl+S", self.save), ("Esc", self.closed.emit)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda action=action: action())
