"""The table over a grid of cells: its keys are those of Excel, its look is ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from antq_desktop.domain.pasting import as_pasted, rows_pasted
from antq_desktop.ui.theme import UNIT, Theme
from antq_desktop.ui.widgets.chosen_fields import matching
from antq_desktop.ui.widgets.field import Option
from antq_desktop.ui.widgets.grid import GridModel, Index
from antq_desktop.ui.widgets.gridcells import CellDelegate, CellInput, Hint
from antq_desktop.ui.widgets.picker import Picker

_HEAD_LETTERS: Final = 26
_LEAST_LONG: Final = 12
_LEAST_ROWS: Final = 6
_LONG: Final = 18  # letters; columns as wide as this share the room that is left


class GridTable(QTableView):
    """One grid.

    `moved` says that another cell is the current one, `closed` that a cell was typed into no more;
    `lost` how many texts of a pasted block found no cell.
    """

    moved = Signal()
    closed = Signal()
    lost = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cells = GridModel(self)
        self.popup: Picker | None = None
        self._tabbed_from: int | None = None
        self.setModel(self.cells)
        delegate = CellDelegate(self.cells, theme, self)
        delegate.walked.connect(self.step)
        delegate.entered.connect(self.enter)
        delegate.aside.connect(self.focusNextPrevChild)
        self.setItemDelegate(delegate)
        self.setProperty("role", "grid")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(True)
            header.setTextElideMode(Qt.TextElideMode.ElideRight)
            header.setSectionsClickable(True)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.verticalHeader().setDefaultAlignment(left)
        self.cells.modelReset.connect(self._fit)
        self.cells.modelReset.connect(self._begin)
        theme.changed.connect(self._fit)
        self._fit()

    def go_to(self, index: QModelIndex) -> None:
        """Make a cell the current one and give it the keyboard."""
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish_typing(self) -> None:
        """Take what stands in the open cell, as if it were left."""
        editor = self.viewport().findChild(CellInput)
        if editor is not None and editor.isVisible():
            self.commitData(editor)
            self.closeEditor(editor, Hint.NoHint)

    @property
    def typing(self) -> bool:
        """Whether a cell is open."""
        return self.state() == QAbstractItemView.State.EditingState

    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        """Say that the cell is no longer open."""
        super().closeEditor(editor, hint)
        self.closed.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Say that another cell is the current one."""
        super().currentChanged(current, previous)
        self._tabbed_from = None
        self.moved.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first cell."""
        super().focusInEvent(event)
        self._begin()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Walk the cells with Tab; from the last one on to what stands behind the grid."""
        width, height = len(self.cells.columns), len(self.cells.rows)
        current = self.currentIndex()
        at = current.row() * width + current.column() + (1 if forward else -1)
        if not current.isValid() or not 0 <= at < width * height:
            return super().focusNextPrevChild(forward)
        first = current.column() if self._tabbed_from is None else self._tabbed_from
        self.setCurrentIndex(self.cells.index(at // width, at % width))
        if at // width == current.row():
            self._tabbed_from = min(first, at % width)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what Excel does at these keys."""
        for keys, action in self._standard().items():
            if event.matches(keys):
                action()
                return
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        done = self._other_key(Qt.Key(event.key()), plain)
        if done or self._chooses(event, plain):
            event.accept()
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Open the current cell with a word that comes whole; Qt does so with one that grows."""
        current, word = self.currentIndex(), event.commitString()
        if not word or event.preeditString() or self.typing or not current.isValid():
            super().inputMethodEvent(event)
            return
        if self.cells.columns[current.column()].choices:
            self.open_list(word)
            return
        self.edit(current)
        editor = self.viewport().findChild(CellInput)
        if editor is not None:
            editor.setText(word)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._share_width()

    def event(self, event: QEvent) -> bool:
        """Keep the keys of taking back for the grid; the window has them everywhere else."""
        undo = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
        if undo and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def _begin(self) -> None:
        if self.hasFocus() and not self.currentIndex().isValid() and self.cells.rows:
            self.setCurrentIndex(self.cells.index(0, 0))

    def _standard(self) -> dict[QKeySequence.StandardKey, Callable[[], None]]:
        key = QKeySequence.StandardKey
        return {
            key.Copy: self._copy,
            key.Cut: self._cut,
            key.Paste: self._paste,
            key.Undo: self.cells.walk_back,
            key.Redo: self.cells.walk_forth,
        }

    def _other_key(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        control = held == Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_Y and control:
            self.cells.walk_forth()
        elif key == Qt.Key.Key_D and control:
            top, height, width = self._stretch()
            self.cells.fill_down(top, height, width)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not held:
            self.cells.empty(self.selectedIndexes())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self.enter(-1 if held & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key == Qt.Key.Key_F4 or (
            key == Qt.Key.Key_Down and held == Qt.KeyboardModifier.AltModifier
        ):
            self.open_list()
        else:
            return False
        return True

    def _chooses(self, event: QKeyEvent, held: Qt.KeyboardModifier) -> bool:
        """Open the list of a column that is chosen from with the letter that was typed."""
        current = self.currentIndex()
        letter = event.text().strip()
        if not current.isValid() or not letter or held & Qt.KeyboardModifier.ControlModifier:
            return False
        if not self.cells.columns[current.column()].choices:
            return False
        self.open_list(letter)
        return True

    def step(self, rows: int) -> None:
        """Go some rows down, within the grid."""
        current = self.currentIndex()
        row = min(max(current.row() + rows, 0), len(self.cells.rows) - 1)
        if current.isValid():
            self.setCurrentIndex(self.cells.index(row, current.column()))

    def enter(self, rows: int) -> None:
        """Go on by Enter: to the column where Tab set out, as Excel does, else straight down."""
        first = self._tabbed_from
        before = self.currentIndex().row()
        self.step(rows)
        row = self.currentIndex().row()
        if first is not None and row != before:
            self.setCurrentIndex(self.cells.index(row, first))

    def open_list(self, typed: str = "") -> None:
        """Offer what may be chosen in the current cell."""
        current = self.currentIndex()
        if not current.isValid() or not self.cells.flags(current) & Qt.ItemFlag.ItemIsEditable:
            return
        column = self.cells.columns[current.column()]
        if not column.choices:
            return
        options = [Option(one, one) for one in column.choices]
        popup = Picker(lambda words, deliver: deliver(matching(options, words)), self._theme, self)
        popup.picked.connect(lambda option: self._take(option.text))
        anchor = QWidget(self.viewport())
        anchor.setGeometry(self.visualRect(current))
        popup.destroyed.connect(anchor.deleteLater)
        popup.open_under(anchor, str(current.data()), least=30 * UNIT)
        if typed:
            popup.search.insert(typed)
        self.popup = popup

    def _take(self, text: str) -> None:
        self.cells.setData(self.currentIndex(), text)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.step(1)

    def _stretch(self) -> tuple[QModelIndex, int, int]:
        """Return the upper left cell of the selection, its height and its width."""
        chosen = self.selectedIndexes() or [self.currentIndex()]
        rows = [index.row() for index in chosen]
        columns = [index.column() for index in chosen]
        top = self.cells.index(min(rows), min(columns))
        return top, max(rows) - min(rows) + 1, max(columns) - min(columns) + 1

    def _copy(self) -> None:
        top, height, width = self._stretch()
        rows = range(top.row(), top.row() + height)
        columns = range(top.column(), top.column() + width)
        block = [[str(self.cells.index(r, c).data()) for c in columns] for r in rows]
        QGuiApplication.clipboard().setText(as_pasted(block))

    def _cut(self) -> None:
        self._copy()
        self.cells.empty(self.selectedIndexes())

    def _paste(self) -> None:
        block = rows_pasted(QGuiApplication.clipboard().text())
        if not block or not self.currentIndex().isValid():
            return
        lost = self.cells.put(self._stretch()[0], block, *self._stretch()[1:])
        if lost:
            self.lost.emit(lost)

    # measures

    def _fit(self) -> None:
        measures = self._theme.measures
        letter = self.fontMetrics().averageCharWidth()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(measures.compact_row)
        self.verticalHeader().setDefaultSectionSize(measures.compact_row)
        heads = self.horizontalHeader().sizeHint().height()
        self.setMinimumHeight(heads + _LEAST_ROWS * measures.compact_row)
        names = [self.fontMetrics().horizontalAdvance(row.title) for row in self.cells.rows]
        widest = min(max(names, default=0) + 4 * UNIT, _HEAD_LETTERS * letter)
        self.verticalHeader().setFixedWidth(max(widest, 16 * UNIT))
        self._share_width()

    def _share_width(self) -> None:
        letter = self.fontMetrics().averageCharWidth()
        bold = QFontMetrics(self._theme.font(bold=True))
        wanted = [
            max(column.width * letter + 2 * UNIT, bold.horizontalAdvance(column.title) + 4 * UNIT)
            for column in self.cells.columns
        ]
        spare = self.viewport().width() - sum(wanted)
        long = [at for at, one in enumerate(self.cells.columns) if one.width >= _LONG]
        share = spare // len(long) if long else 0
        for at in long:
            title = bold.horizontalAdvance(self.cells.columns[at].title) + 4 * UNIT
            wanted[at] = max(wanted[at] + share, _LEAST_LONG * letter, title)
        for at, width in enumerate(wanted):
            self.setColumnWidth(at, width)
