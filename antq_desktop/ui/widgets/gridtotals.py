"""The sums under a grid, each below its column, moving along when the grid is scrolled."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from antq_desktop.domain.shown import show_integer
from antq_desktop.ui.theme import UNIT, Theme
from antq_desktop.ui.widgets.gridtable import GridTable


class GridTotals(QWidget):
    """One row of sums; `heading` stands at its head."""

    def __init__(self, table: GridTable, theme: Theme) -> None:
        super().__init__()
        self._table = table
        self._theme = theme
        self._heading = ""
        self._sums: Mapping[str, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self.update())
        table.horizontalHeader().sectionResized.connect(lambda *_: self.update())
        theme.changed.connect(self.updateGeometry)

    def show_sums(self, heading: str, sums: Mapping[str, int]) -> None:
        """Show the sums of some columns."""
        self._heading, self._sums = heading, dict(sums)
        titles = {column.name: column.title for column in self._table.cells.columns}
        told = [f"{titles[name]} {show_integer(number)}" for name, number in sums.items()]
        self.setAccessibleName(f"{heading}: {', '.join(told)}")
        self.update()

    @property
    def sums(self) -> Mapping[str, int]:
        """The sums shown."""
        return self._sums

    def sizeHint(self) -> QSize:
        """Ask for the height of a row."""
        return QSize(40 * UNIT, self._theme.measures.compact_row)

    def minimumSizeHint(self) -> QSize:
        """Never go without the height of a row."""
        return QSize(20 * UNIT, self._theme.measures.compact_row)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the heading and the sums."""
        painter = QPainter(self)
        painter.setFont(self._theme.font(bold=True))
        painter.setPen(self._theme.colour("ink"))
        head = self._table.verticalHeader().width()
        middle = Qt.AlignmentFlag.AlignVCenter
        height = self.height()
        elide = Qt.TextElideMode.ElideRight
        words = painter.fontMetrics().elidedText(self._heading, elide, head - 2 * UNIT)
        painter.drawText(QRect(UNIT + 3, 0, head, height), middle, words)
        painter.setClipRect(head, 0, self._table.viewport().width(), height)
        for at, column in enumerate(self._table.cells.columns):
            if column.name not in self._sums:
                continue
            left = head + self._table.columnViewportPosition(at)
            room = QRect(left, 0, self._table.columnWidth(at) - UNIT, height)
            said = show_integer(self._sums[column.name])
            painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, said)
