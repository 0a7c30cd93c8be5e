"""What stands on the page of a sheet by unit, and where: title, choices, grid, sums, buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from antq_desktop.domain.shown import show_integer
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.editor_bands import Bands
from antq_desktop.ui.screens.editor_frame import scroll_area
from antq_desktop.ui.screens.unit_sheet_head import SheetHead
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.gridtable import GridTable
from antq_desktop.ui.widgets.gridtotals import GridTotals

if TYPE_CHECKING:
    from antq_desktop.domain.fields import RecordSpec
    from antq_desktop.ui.workplace import Workplace

_LOW: Final = 560  # logical px
_KEYS: Final = "Ctrl+V dán từ Excel, Ctrl+D điền xuống, F2 sửa ô, F4 chọn danh mục, Ctrl+Z trả lại."
_NO_UNITS: Final = (
    "Chưa có đơn vị nào thuộc loại này. Thêm ở mục Lực lượng và đơn vị, hoặc chọn loại đơn vị khác."
)


class UnitSheetFrame(QWidget):
    """The page without what it does."""

    def __init__(self, workplace: Workplace, specs: Sequence[RecordSpec]) -> None:
        super().__init__()
        theme = workplace.theme
        self.title = QLabel("Nhập theo đơn vị")
        self.title.setProperty("role", "title")
        self.bands = Bands(theme)
        self.head = SheetHead(workplace, specs)
        self.grid = GridTable(theme)
        self.grid.setAccessibleName("Bảng nhập theo đơn vị")
        self.totals = GridTotals(self.grid, theme)
        self.nothing = QLabel(_NO_UNITS)
        self.nothing.setProperty("role", "label")
        self.nothing.setWordWrap(True)
        self.nothing.hide()
        self.said = QLabel()
        self.said.setProperty("role", "hint")
        self.said.setWordWrap(True)
        self.wrong = make_button("", theme, role="quiet", tip="Đến ô sau (F3)")
        self.wrong.hide()
        self.more_button = make_button(
            "Thêm dòng", theme, icon="add", tip="Thêm một dòng cho đơn vị đang chọn (Ctrl+Enter)"
        )
        self.back_button = make_button("Về danh sách", theme, icon="prev", tip="Về danh sách (Esc)")
        self.save_button = make_button(
            "Lưu", theme, role="primary", icon="save", tip="Lưu tất cả các dòng (Ctrl+S)"
        )
        self._lay_out()

    def say_of_cell(self) -> None:
        """Say below the grid what is wrong with the current cell, else how the keys go."""
        current, cells = self.grid.currentIndex(), self.grid.cells
        fault = locked = hint = ""
        if current.isValid():
            fault = cells.fault(current)
            locked = cells.rows[current.row()].locked
            hint = cells.columns[current.column()].hint
        self.said.setText(f"✕ {fault}" if fault else locked or hint or _KEYS)
        self.said.setProperty("role", "fault" if fault else "hint")
        self.said.style().polish(self.said)

    def keep_in_sight(self) -> None:
        """Scroll a low page so far that the current cell is seen."""
        current = self.grid.currentIndex()
        if current.isValid():
            place = self.grid.visualRect(current).center()
            place = self.grid.viewport().mapTo(self._inner, place)
            self._room.ensureVisible(place.x(), place.y(), 0, 2 * self.grid.rowHeight(0))

    def say_wrong(self, number: int) -> None:
        """Say how many cells need a hand."""
        self.wrong.setText(f"✕ {show_integer(number)} ô cần sửa")
        self.wrong.setProperty("tone", "fault")
        self.wrong.style().polish(self.wrong)
        self.wrong.setVisible(bool(number))

    def say_empty(self, *, empty: bool) -> None:
        """Say that there is no unit, in place of the grid."""
        self.nothing.setVisible(empty)
        for part in (self.grid, self.totals, self.said):
            part.setVisible(not empty)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the heading out where the page is low; the rest is scrolled to."""
        super().resizeEvent(event)
        self.title.setVisible(self.height() >= _LOW)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.title)
        top.addStretch(1)
        top.addWidget(self.wrong)
        self._inner = QWidget()
        middle = QVBoxLayout(self._inner)
        middle.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, UNIT)
        middle.setSpacing(UNIT)
        middle.addLayout(top)
        for part in (self.bands, self.head, self.nothing):
            middle.addWidget(part)
        middle.addWidget(self.grid, 1)
        middle.addWidget(self.totals)
        middle.addWidget(self.said)
        self._room = scroll_area()
        self._room.setWidget(self._inner)
        foot = QFrame()
        foot.setProperty("role", "foot")
        bar = QHBoxLayout(foot)
        bar.setContentsMargins(3 * UNIT, UNIT, 3 * UNIT, UNIT)
        bar.setSpacing(UNIT)
        bar.addWidget(self.more_button)
        bar.addStretch(1)
        bar.addWidget(self.back_button)
        bar.addWidget(self.save_button)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._room, 1)
        page.addWidget(foot)
