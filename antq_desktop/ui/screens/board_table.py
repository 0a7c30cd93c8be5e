"""The table of a board: cells chosen one by one or by columns; names stay when it is scrolled."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from antq_desktop.ui.screens.board_model import NAME

Index = QModelIndex | QPersistentModelIndex
Hint = QAbstractItemView.ScrollHint
_USUAL: Final = Hint.EnsureVisible


class BoardTable(QTableView):
    """Cells of units; `asked` when Enter or two clicks want the step.

    Where the steps do not fit beside each other, the names lie over them at the left, in a view of
    their own on the same model and choice, as long as the table is scrolled to the side.
    """

    asked = Signal()
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.names = QTableView(self)
        self.names.setFrameShape(QFrame.Shape.NoFrame)
        self.names.setProperty("role", "names")
        self.names.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.names.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.names.setAccessibleName("Tên đơn vị")
        self.names.hide()
        self.verticalScrollBar().valueChanged.connect(self.names.verticalScrollBar().setValue)
        self.names.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self._uncover())
        self.horizontalHeader().sectionResized.connect(lambda *_which: self._uncover())
        self.names.doubleClicked.connect(lambda _index: self.asked.emit())

    def dress_names(self) -> None:
        """Let the names look as this table does, once it has its model and delegate."""
        names = self.names
        names.setModel(self.model())
        names.setSelectionModel(self.selectionModel())
        names.setItemDelegate(self.itemDelegate())
        names.setSelectionMode(self.selectionMode())
        names.setEditTriggers(self.editTriggers())
        names.setVerticalScrollMode(self.verticalScrollMode())
        names.setShowGrid(False)
        names.setWordWrap(False)
        names.verticalHeader().hide()
        names.verticalHeader().setDefaultSectionSize(self.verticalHeader().defaultSectionSize())
        header = names.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(self.horizontalHeader().minimumSectionSize())
        header.setDefaultAlignment(self.horizontalHeader().defaultAlignment())

    def follow(self) -> None:
        """Show of the model only the names, at the width that they have here."""
        for column in range(self.model().columnCount()):
            self.names.setColumnHidden(column, column != NAME)
        self._uncover()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say that the columns have another width to share."""
        super().resizeEvent(event)
        self.resized.emit()
        self._uncover()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do the step at Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit()
            return
        super().keyPressEvent(event)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = _USUAL,
    ) -> None:
        """Bring a cell into view, and not below the names."""
        super().scrollTo(index, hint)
        bar = self.horizontalScrollBar()
        covered = self.columnWidth(NAME) - self.columnViewportPosition(index.column())
        if index.column() > NAME and bar.value() > 0 and covered > 0:
            bar.setValue(bar.value() - covered)

    def _uncover(self) -> None:
        scrolled = self.horizontalScrollBar().value() > 0
        if scrolled:
            width, edge = self.columnWidth(NAME), self.frameWidth()
            head = self.horizontalHeader().height()
            self.names.setColumnWidth(NAME, width)
            self.names.horizontalHeader().setFixedHeight(head)
            self.names.setGeometry(edge, edge, width, head + self.viewport().height())
            self.names.verticalScrollBar().setValue(self.verticalScrollBar().value())
        self.names.setVisible(scrolled)
