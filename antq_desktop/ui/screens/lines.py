"""A checklist: one fixed row for each value of a code list, with what is written about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from antq_desktop.domain.codes import CodeValue
from antq_desktop.domain.fields import FieldKind, FieldSpec, LineSpec, line_path
from antq_desktop.ui.theme import BASE_POINTS, UNIT, Theme

if TYPE_CHECKING:
    from antq_desktop.ui.screens.editor_fields import Fields
    from antq_desktop.ui.screens.editor_state import Sheet
    from antq_desktop.ui.widgets.field import FieldWidget

_ROOM: Final = {FieldKind.DATE: 2}  # shares of the width; others take more


class Checklist(QWidget):
    """The rows of a checklist; `edited` carries the path of what was ticked or typed."""

    edited = Signal(str)

    def __init__(
        self,
        sheet: Sheet,
        line: LineSpec,
        items: Sequence[CodeValue],
        fields: Fields,
        theme: Theme,
    ) -> None:
        super().__init__()
        self._sheet = sheet
        self._line = line
        self._items = items
        self._fields = fields
        self._theme = theme
        self.boxes: dict[str, QCheckBox] = {}
        self._tick = next(spec for spec in line.fields if spec.kind is FieldKind.YES_NO)
        title = QLabel(line.label)
        title.setProperty("role", "section")
        self._told = QLabel()
        self._told.setProperty("role", "label")
        grid_widget = QWidget()
        self._grid = QGridLayout(grid_widget)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(UNIT)
        self._grid.setVerticalSpacing(UNIT // 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addWidget(title)
        column.addWidget(self._told)
        column.addWidget(grid_widget)
        self._fill()
        self.refresh()

    def refresh(self) -> None:
        """Show again what is ticked, and how much of what must be there is there."""
        for item_id, box in self.boxes.items():
            with QSignalBlocker(box):
                box.setChecked(self._sheet.now.get(self._path(item_id)) is True)
        wanted = [item for item in self._items if item.required]
        have = sum(1 for item in wanted if self._sheet.now.get(self._path(item.id)) is True)
        state = "đủ hồ sơ" if have == len(wanted) else f"còn thiếu {len(wanted) - have}"
        self._told.setText(f"Thành phần bắt buộc: đã có {have}/{len(wanted)}, {state}.")

    def set_fixed(self, fixed: bool) -> None:
        """Allow or forbid ticking."""
        for box in self.boxes.values():
            box.setEnabled(not fixed)

    def others(self) -> list[FieldSpec]:
        """Return the fields beside the tick."""
        return [spec for spec in self._line.fields if spec is not self._tick]

    def _fill(self) -> None:
        for column, spec in enumerate(self.others(), start=1):
            self._grid.setColumnStretch(column, _ROOM.get(spec.kind, 4))
            if spec.kind in _ROOM:
                grown = max(1.0, self._theme.points / BASE_POINTS)
                self._grid.setColumnMinimumWidth(column, round(21 * UNIT * grown))
        self._grid.setColumnStretch(0, 6)
        row = 0
        for required, words in ((True, "Bắt buộc"), (False, "Khi có")):
            chosen = [item for item in self._items if item.required is required]
            if not chosen:
                continue
            if row:
                self._grid.setRowMinimumHeight(row, UNIT)
                row += 1
            self._head(row, words)
            for item in chosen:
                row += 1
                self._row(row, item)
            row += 1

    def _head(self, row: int, words: str) -> None:
        for column, title in enumerate([words, *(spec.label for spec in self.others())]):
            head = QLabel(title)
            head.setProperty("role", "label")
            self._grid.addWidget(head, row, column)

    def _row(self, row: int, item: CodeValue) -> None:
        box = QCheckBox()
        box.setAccessibleName(item.label)
        box.toggled.connect(lambda ticked: self._on_ticked(item.id, ticked))
        self.boxes[item.id] = box
        words = TickLabel(item.label, box)
        words.setMinimumHeight(self._theme.measures.row)
        line = QHBoxLayout()
        line.setSpacing(UNIT)
        line.addWidget(box)
        line.addWidget(words, 1)
        self._grid.addLayout(line, row, 0)
        for column, spec in enumerate(self.others(), start=1):
            path = line_path(self._line.name, item.id, spec.name)
            field = bare(self._fields.make(self._sheet, path), f"{item.label}, {spec.label}")
            self._grid.addWidget(field, row, column, Qt.AlignmentFlag.AlignTop)

    def _on_ticked(self, item_id: str, ticked: bool) -> None:
        self._sheet.set(self._path(item_id), True if ticked else None)
        self.refresh()
        self.edited.emit(self._path(item_id))

    def _path(self, item_id: str) -> str:
        return line_path(self._line.name, item_id, self._tick.name)


class TickLabel(QLabel):
    """The words beside a tick; they break over lines, and a click on them ticks."""

    def __init__(self, words: str, box: QCheckBox) -> None:
        super().__init__(words)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._box = box

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick."""
        if event.button() == Qt.MouseButton.LeftButton and self._box.isEnabled():
            self._box.toggle()


def bare(field: FieldWidget, name: str) -> FieldWidget:
    """Take the label from a field that stands under a heading; it keeps its name for the ear."""
    field.label.hide()
    field.input.setAccessibleName(name)
    field.input.setMaximumWidth(16777215)
    return field
