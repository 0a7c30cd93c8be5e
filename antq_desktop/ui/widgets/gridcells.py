"""One cell of a grid: how it looks, and the line in which it is typed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QPolygon
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from antq_desktop.ui.theme import UNIT, Theme
from antq_desktop.ui.widgets.grid import GridModel, Index

_CORNER: Final = 7  # px, the sign of a fault beside its colour
Hint = QAbstractItemDelegate.EndEditHint


class CellInput(QLineEdit):
    """The line in an open cell; nothing completes in it and no letter is refused."""


class CellDelegate(QStyledItemDelegate):
    """Draws cells and opens the line in which one is typed.

    `walked` carries how many rows down the arrows go on from a cell that was typed into, `entered`
    how many Enter goes, `aside` whether forth to the next cell or back.
    """

    walked = Signal(int)
    entered = Signal(int)
    aside = Signal(bool)

    def __init__(self, cells: GridModel, theme: Theme, table: QTableView) -> None:
        super().__init__(table)
        self._cells = cells
        self._theme = theme
        self._table = table

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the line of a cell."""
        line = CellInput(parent)
        line.setProperty("role", "cell")
        line.setFrame(False)
        column = self._cells.columns[index.column()]
        line.setAccessibleName(f"{self._cells.rows[index.row()].title}, {column.title}")
        if column.numeric:
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Bring the text of the cell into its line."""
        if isinstance(editor, CellInput):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, _model: QObject, index: Index) -> None:
        """Take what was typed."""
        if isinstance(editor, CellInput):
            self._cells.setData(index, editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Go on as Excel does: Enter and the arrows down, Tab to the side, Escape back."""
        if not isinstance(editor, CellInput) or not isinstance(event, QKeyEvent):
            return super().eventFilter(editor, event)
        if event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(editor, event)
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._leave(editor)
            self.aside.emit(event.key() == Qt.Key.Key_Tab)
            return True
        going = {
            Qt.Key.Key_Return: (self.entered, 1),
            Qt.Key.Key_Enter: (self.entered, 1),
            Qt.Key.Key_Down: (self.walked, 1),
            Qt.Key.Key_Up: (self.walked, -1),
        }.get(Qt.Key(event.key()))
        if going is None:
            return super().eventFilter(editor, event)
        signal, rows = going
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._leave(editor)
        signal.emit(-rows if back else rows)
        return True

    def _leave(self, editor: CellInput) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, Hint.NoHint)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell: its ground, its text, the sign of a fault, the frame of the current."""
        colour = self._theme.colour
        table = self._table
        chosen = table.selectionModel().isSelected(index)
        fault = self._cells.fault(index)
        locked = bool(self._cells.rows[index.row()].locked)
        ground = "red_soft" if fault else "accent_soft" if chosen else ""
        if locked and not ground:
            ground = "hover"
        painter.save()
        if ground:
            painter.fillRect(option.rect, colour(ground))
        text = str(index.data())
        taken = "" if text else self._cells.taken(index)
        painter.setFont(self._theme.font(bold=self._cells.is_typed(index)))
        painter.setPen(colour("red" if fault else "ink_faint" if locked or taken else "ink"))
        side = Qt.AlignmentFlag.AlignLeft
        if self._cells.columns[index.column()].numeric:
            side = Qt.AlignmentFlag.AlignRight
        room = option.rect.adjusted(UNIT, 0, -UNIT, 0)
        words = painter.fontMetrics().elidedText(
            text or taken, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, words)
        if index == table.currentIndex():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            here = "focus" if table.hasFocus() else "edge"
            painter.setPen(QPen(colour(here), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        if fault:
            corner = option.rect.topRight()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("red"))
            sides = (corner, corner - QPoint(_CORNER, 0), corner + QPoint(0, _CORNER))
            painter.drawPolygon(QPolygon(list(sides)))
        painter.restore()
