"""The lines of rows that are edited in place: what a closed row says, and the headings above."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from antq_desktop.ui.theme import UNIT, Theme

ARROW: Final = 4 * UNIT
_MARK: Final = 17 * UNIT


class RowHead(QAbstractButton):
    """One closed row: its cells, what is wrong in it, an arrow; opens by click, Enter, Space."""

    def __init__(self, theme: Theme, weights: Sequence[int]) -> None:
        super().__init__()
        self._theme = theme
        self._weights = list(weights)
        self._cells: Sequence[str] = ()
        self._mark = ""
        self._faulty = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_cells(self, cells: Sequence[str]) -> None:
        """Show the texts of a row."""
        self._cells = list(cells)
        self.setAccessibleName(", ".join(cell for cell in cells if cell) or "dòng trống")
        self.update()

    def show_mark(self, words: str, *, faulty: bool) -> None:
        """Show what is wrong in the row; empty text clears it."""
        self._mark, self._faulty = words, faulty
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the height of a row."""
        return QSize(40 * UNIT, self._theme.measures.row + 4)

    def minimumSizeHint(self) -> QSize:
        """Shrink rather than widen the page."""
        return QSize(20 * UNIT, self._theme.measures.row + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open and close at Enter too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the arrow, the cells and the mark."""
        painter = QPainter(self)
        colour = self._theme.colour
        if self.underMouse() and self.isEnabled():
            painter.fillRect(self.rect(), colour("hover"))
        arrow = "chevron-up" if self.isChecked() else "next"
        size = 2 * UNIT
        picture = self._theme.icons.pixmap(arrow, "ink_soft", size, self.devicePixelRatioF())
        painter.drawPixmap(UNIT, (self.height() - size) // 2, picture)
        rects = cell_rects(self.rect(), self._weights)
        for rect, text in zip(rects, self._cells, strict=False):
            painter.setPen(colour("ink"))
            words = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, rect.width()
            )
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, words)
        if self._mark:
            mark = QRect(self.width() - _MARK, 0, _MARK - UNIT, self.height())
            painter.fillRect(mark, colour("hover" if self.underMouse() else "surface"))
            painter.setPen(colour("red" if self._faulty else "gold"))
            sign = "✕" if self._faulty else "△"
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(mark, flags, f"{sign} {self._mark}")
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


class ColumnHeads(QWidget):
    """The headings above closed rows, in the same columns."""

    def __init__(self, theme: Theme, weights: Sequence[int], titles: Sequence[str]) -> None:
        super().__init__()
        self._theme = theme
        self._weights = list(weights)
        self._titles = list(titles)
        self._kept = 0

    def keep(self, room: int) -> None:
        """Leave as much room at the end as the rows keep for their button."""
        self._kept = room
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        return QSize(40 * UNIT, self._theme.measures.compact_row)

    def minimumSizeHint(self) -> QSize:
        """Shrink rather than widen the page."""
        return QSize(20 * UNIT, self._theme.measures.compact_row)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the headings."""
        painter = QPainter(self)
        painter.setFont(self._theme.font(0.9, bold=True))
        painter.setPen(self._theme.colour("ink_soft"))
        whole = self.rect().adjusted(0, 0, -self._kept, 0)
        for rect, title in zip(cell_rects(whole, self._weights), self._titles, strict=True):
            words = painter.fontMetrics().elidedText(
                title, Qt.TextElideMode.ElideRight, rect.width()
            )
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, words)


def cell_rects(whole: QRect, weights: Sequence[int]) -> list[QRect]:
    """Share the width of a row among its cells."""
    room = whole.width() - ARROW - UNIT
    total = sum(weights) or 1
    rects, left = [], whole.x() + ARROW
    for weight in weights:
        width = room * weight // total
        rects.append(QRect(left, whole.y(), max(0, width - UNIT), whole.height()))
        left += width
    return rects
