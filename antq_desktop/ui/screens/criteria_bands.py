"""Grades, ceilings and reasons of a unit's own set, each in a table of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec, Value
from antq_desktop.domain.scoring.points import points_of, show_points
from antq_desktop.domain.scoring.rules import Place
from antq_desktop.domain.scoring.sets import Band, Cap, SetKind
from antq_desktop.services.standards.set_editing import capable
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.criteria_forms import PartForm, Ticks, options, sentence
from antq_desktop.ui.screens.handover_parts import words
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.domain.scoring.rules import SetFault
    from antq_desktop.services.standards.set_editing import SetEditing
    from antq_desktop.ui.workplace import Workplace

_KEEP: Final = Qt.ItemDataRole.UserRole
_FIXED: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class SmallTable(QTableWidget):
    """Rows of a part with its id in the first cell; `typed` when a cell was edited."""

    typed = Signal()

    def __init__(self, titles: Sequence[str], name: str) -> None:
        super().__init__(0, len(titles))
        self.setHorizontalHeaderLabels(list(titles))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.setMinimumHeight(20 * UNIT)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.itemChanged.connect(lambda _item: self.typed.emit())

    def show_rows(self, rows: Sequence[tuple[str, Sequence[str | None]]]) -> None:
        """Show parts by id and cells; a cell of None is empty and cannot be typed into."""
        current = self.current_id()
        self.blockSignals(True)
        self.setRowCount(len(rows))
        for at, (part, cells) in enumerate(rows):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text or "")
                item.setData(_KEEP, part)
                if text is None:
                    item.setFlags(_FIXED)
                self.setItem(at, column, item)
            if part == current:
                self.setCurrentCell(at, 0)
        if rows and self.currentRow() < 0:
            self.setCurrentCell(0, 0)
        self.blockSignals(False)

    def current_id(self) -> str:
        """Return the part in view; empty for none."""
        held = self.item(self.currentRow(), 0)
        return str(held.data(_KEEP)) if held is not None else ""

    def cell(self, row: int, column: int) -> str:
        """Return what a cell holds."""
        held = self.item(row, column)
        return held.text().strip() if held is not None else ""


class BandsPage(QWidget):
    """The page; `changed` when the set did."""

    changed = Signal()

    def __init__(self, workplace: Workplace, editing: SetEditing) -> None:
        super().__init__()
        self._workplace = workplace
        self._editing = editing
        self.bands = SmallTable(("Mức, từ cao xuống thấp", "Từ"), "Các mức")
        self.caps = SmallTable(("Mức trần",), "Các mức trần")
        self.reasons = SmallTable(("Lý do không áp dụng",), "Lý do không áp dụng")
        self.caps.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.band_fault, self.cap_fault = words("", "fault"), words("", "fault")
        self.cap_form: PartForm | None = None
        self.cap_items: Ticks | None = None
        self._cap_box = QVBoxLayout()
        self.unsound: dict[str, UserError] = {}
        self._told: list[SetFault] = []
        self._lay_out()
        self.show_set()
        self.bands.typed.connect(self._on_bands)
        self.reasons.typed.connect(self._on_reasons)
        self.caps.itemSelectionChanged.connect(self._show_cap)

    def show_set(self) -> None:
        """Show the set as it stands."""
        made = self._editing.made
        points = made.kind is SetKind.POINTS
        self.unsound.clear()
        self.bands.show_rows([
            (band.id, (band.label, None if band.group else
                       show_points(band.least) if points else str(band.least)))
            for band in made.bands
        ])  # fmt: skip
        self.caps.show_rows([(cap.id, (cap.label,)) for cap in made.caps])
        self.reasons.show_rows([(each.id, (each.label,)) for each in made.reasons])
        self._show_cap()

    def tell(self, faults: list[SetFault]) -> None:
        """Show what is wrong with grades and ceilings."""
        self._told = faults
        told = [error.message for error in self.unsound.values()]
        told += [sentence(fault.what) for fault in faults if fault.place is Place.BAND]
        _say(self.band_fault, told)
        caps = {cap.id: cap.label for cap in self._editing.made.caps}
        _say(self.cap_fault, [f"“{caps.get(fault.id, '')}”: {sentence(fault.what)}"
                              for fault in faults if fault.place is Place.CAP])  # fmt: skip

    # grades

    def _on_bands(self) -> None:
        made, bands = self._editing.made, []
        self.unsound.clear()
        for row, band in enumerate(made.bands):
            least = band.least if band.group else self._least(row, band)
            label = self.bands.cell(row, 0)
            if not label:
                message = "Mức chưa có tên. Nhập tên mức."
                self.unsound[band.id] = UserError("band_without_name", message)
            bands.append(replace(band, label=label or band.label, least=least))
        self._editing.change_bands(bands)
        self.changed.emit()

    def _least(self, row: int, band: Band) -> int:
        typed = self.bands.cell(row, 1).replace(",", ".")
        points = self._editing.made.kind is SetKind.POINTS
        whole = int(typed) if typed.isascii() and typed.isdecimal() else None
        least = points_of(typed) if points else whole
        if least is None:
            message = f"Ngưỡng của mức {band.label} chưa đúng. Nhập một số."
            self.unsound[band.id] = UserError("points_out_of_bounds", message)
            return band.least
        return least

    def add_band(self) -> None:
        """Begin a band at the end."""
        self._editing.add_band()
        self._again()
        self.bands.setCurrentCell(self.bands.rowCount() - 1, 0)

    def remove_band(self) -> None:
        """Take the band in view away; that of a group goes with its group."""
        gone = self.bands.current_id()
        bands = [b for b in self._editing.made.bands if b.id != gone or b.group]
        self._editing.change_bands(bands)
        self._again()

    # ceilings

    def add_cap(self) -> None:
        """Begin a ceiling."""
        self._editing.add_cap()
        self._again()
        self.caps.setCurrentCell(self.caps.rowCount() - 1, 0)

    def remove_cap(self) -> None:
        """Take the ceiling in view away."""
        self._editing.remove_cap(self.caps.current_id())
        self._again()

    def _cap(self) -> Cap | None:
        wanted = self.caps.current_id()
        return next((cap for cap in self._editing.made.caps if cap.id == wanted), None)

    def _show_cap(self) -> None:
        for part in (self.cap_form, self.cap_items):
            if part is not None:
                self._cap_box.removeWidget(part)
                part.hide()
                part.deleteLater()
        self.cap_form = self.cap_items = None
        cap, made = self._cap(), self._editing.made
        if cap is None:
            return
        specs = (
            FieldSpec(name="label", label="Lời văn của mức trần", required=True, max_length=300,
                      width=50),
            FieldSpec(name="at_most", label="Cao nhất là", kind=FieldKind.CHOICE,
                      codes="set_bands", required=True, width=24),
        )  # fmt: skip
        lists = {"set_bands": options({band.id: band.label for band in made.bands})}
        held: dict[str, Value] = {"label": cap.label, "at_most": cap.at_most}
        self.cap_form = PartForm(self._workplace, specs, held, lists)
        self.cap_form.changed.connect(self._on_cap)
        self.cap_items = Ticks(
            "Khi một trong các mục này không đạt",
            {item.id: item.text or "(chưa có lời văn)" for item in capable(made)},
            cap.items,
        )
        self.cap_items.changed.connect(self._on_cap_items)
        self._cap_box.insertWidget(0, self.cap_form)
        self._cap_box.insertWidget(1, self.cap_items)

    def _on_cap(self, name: str, value: Value) -> None:
        cap, text = self._cap(), " ".join(str(value or "").split())
        if cap is None:
            return
        made = replace(cap, label=text) if name == "label" else replace(cap, at_most=text)
        self._editing.change_cap(made, f"{cap.id}/{name}")
        self.caps.blockSignals(True)
        held = self.caps.item(self.caps.currentRow(), 0)
        if held is not None:
            held.setText(made.label)
        self.caps.blockSignals(False)
        self.changed.emit()

    def _on_cap_items(self) -> None:
        cap = self._cap()
        if cap is not None and self.cap_items is not None:
            self._editing.change_cap(replace(cap, items=self.cap_items.ticked()))
            self.changed.emit()

    # reasons

    def _on_reasons(self) -> None:
        rows = range(self.reasons.rowCount())
        held = self._editing.made.reasons
        labels = {held[row].id: self.reasons.cell(row, 0) or held[row].label for row in rows}
        self._editing.change_reasons(labels)
        self.changed.emit()

    def add_reason(self) -> None:
        """Begin a reason."""
        labels = {each.id: each.label for each in self._editing.made.reasons}
        self._editing.change_reasons({**labels, self._editing.new_reason(): "Lý do mới"})
        self._again()
        self.reasons.setCurrentCell(self.reasons.rowCount() - 1, 0)

    def remove_reason(self) -> None:
        """Take the reason in view away, also from the items that name it."""
        gone = self.reasons.current_id()
        labels = {e.id: e.label for e in self._editing.made.reasons if e.id != gone}
        self._editing.change_reasons(labels)
        self._again()

    # parts

    def _again(self) -> None:
        self.show_set()
        self.changed.emit()

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        self.band_buttons = self._buttons("mức", self.add_band, self.remove_band)
        self.cap_buttons = self._buttons("mức trần", self.add_cap, self.remove_cap)
        self.reason_buttons = self._buttons("lý do", self.add_reason, self.remove_reason)
        for box, buttons, table, fault in (
            (left, self.band_buttons, self.bands, self.band_fault),
            (left, self.reason_buttons, self.reasons, None),
            (right, self.cap_buttons, self.caps, self.cap_fault),
        ):
            row = QHBoxLayout()
            row.setSpacing(UNIT)
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
            box.addLayout(row)
            box.addWidget(table)
            if fault is not None:
                fault.hide()
                box.addWidget(fault)
        self._cap_box.setSpacing(UNIT + 2)
        right.addLayout(self._cap_box)
        page = QHBoxLayout(self)
        page.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        page.setSpacing(4 * UNIT)
        for box in (left, right):
            box.setSpacing(UNIT)
            box.addStretch(1)
            page.addLayout(box, 1)

    def _buttons(self, what: str, add: Callable[[], None],
                 remove: Callable[[], None]) -> tuple[QPushButton, QPushButton]:  # fmt: skip
        theme = self._workplace.theme
        more = make_button(f"Thêm {what}", theme, icon="add")
        less = make_button(f"Bỏ {what}", theme, role="quiet", icon="void")
        more.clicked.connect(lambda _checked=False: add())
        less.clicked.connect(lambda _checked=False: remove())
        return more, less


def _say(label: QWidget, told: Sequence[str]) -> None:
    label.setProperty("text", "\n".join(f"✕ {each}" for each in dict.fromkeys(told)))
    label.setVisible(bool(told))
