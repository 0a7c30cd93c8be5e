"""The table of a list: keeps its place, its current row and its selection by record."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.ui.recordmodel import BADGE_ROLE, Column, RecordModel
from antq_desktop.ui.sources import Badge, RowSource
from antq_desktop.ui.theme import UNIT, Theme

_TONES = {
    "calm": ("accent", "accent_soft"),
    "watch": ("gold", "gold_soft"),
    "fault": ("red", "red_soft"),
    "info": ("blue", "blue_soft"),
    "plain": ("ink_soft", "hover"),
}
_LONG = 20  # letters; columns as wide as this give way to others
_LEAST_LONG = 15
_LEAST_ROWS = 5  # header and four rows, also where the reading pane lies below


class CellDelegate(QStyledItemDelegate):
    """Draws a state as a word on its colour, everything else as Qt does."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell."""
        badge = index.data(BADGE_ROLE)
        # The row is the unit of choice, so no single cell wears a focus ring.
        option.state &= ~QStyle.StateFlag.State_HasFocus
        if not isinstance(badge, Badge) or not badge.text:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        ink, ground = _TONES[badge.tone]
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = painter.fontMetrics()
        room = option.rect.width() - 2 * UNIT
        words = metrics.elidedText(badge.text, Qt.TextElideMode.ElideRight, room - 2 * UNIT - 3)
        height = metrics.height() + 2
        box = QRectF(
            option.rect.x() + UNIT + 3,
            option.rect.y() + (option.rect.height() - height) // 2 - 1,
            metrics.horizontalAdvance(words) + 2 * UNIT,
            height,
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("surface" if selected else ground))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(self._theme.colour(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()


class RecordTable(QTableView):
    """A list of records.

    `current_changed` carries the id of the current record (empty for none), `opened` the id that
    Enter or a double click asked for, `sort_asked` a column name and whether downward; `resized`
    says that the columns have another width to share.
    """

    current_changed = Signal(str)
    selection_changed = Signal(int)
    opened = Signal(str)
    sort_asked = Signal(str, bool)
    resized = Signal()

    def __init__(self, model: RecordModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self._selected: set[str] = set()
        self._current = ""
        self._top = 0
        self._restoring = False
        self._sharing = False
        self._widths_by_hand = False
        self.setModel(model)
        self.setItemDelegate(CellDelegate(theme, self))
        self._set_up()
        self._fit()
        theme.changed.connect(self._fit)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        model.dataChanged.connect(lambda *_: self._restore_arrived())
        self.selectionModel().currentRowChanged.connect(lambda *_: self._on_current())
        self.selectionModel().selectionChanged.connect(lambda *_: self._on_selection())
        self.doubleClicked.connect(lambda _index: self._open())
        self._empty = _EmptyPage(self.viewport())
        model.modelReset.connect(self._show_empty)
        model.rowsInserted.connect(lambda *_: self._show_empty())

    def show_source(self, source: RowSource) -> None:
        """Show another result; place, current record and selection stay where they still exist."""
        self._model.show(source)

    def set_empty(self, sentence: str, verb: str, first_step: Callable[[], None] | None) -> None:
        """Say what belongs in an empty list, and offer the first step."""
        self._empty.say(sentence, verb, first_step)
        self._show_empty()

    def current_id(self) -> str:
        """Return the id of the current record; empty when there is none."""
        return self._current

    def selected_ids(self) -> tuple[str, ...]:
        """Return the ids of the selected records that are in the list, in its order."""
        rows = {self._model.row_of(one): one for one in self._selected}
        return tuple(rows[row] for row in sorted(row for row in rows if row is not None))

    def wanted_ids(self) -> frozenset[str]:
        """Return the ids whose rows a new query should find: current and selected ones."""
        return frozenset(self._selected | ({self._current} if self._current else set()))

    def last_row_seen(self) -> int:
        """Return the last row on the screen, so that a new query reaches as far."""
        bottom = self.rowAt(self.viewport().height() - 1)
        return bottom if bottom >= 0 else self._model.rowCount() - 1

    def go_to(self, record_id: str) -> bool:
        """Make a record the current one; False when its place is not known."""
        row = self._model.row_of(record_id)
        if row is None or row >= self._model.rowCount():
            return False
        self._current = record_id
        self.selectRow(row)
        self.scrollTo(self._model.index(row, 0))
        return True

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns, in this order; rows come with the next source."""
        header = self.horizontalHeader()
        selected, current = self._selected, self._current
        self._model.set_columns(columns)
        self._selected, self._current = selected, current
        for at in range(len(columns)):
            header.moveSection(header.visualIndex(at), at)
            self.setColumnHidden(at, False)
        self._widths_by_hand = False
        self._share_width()

    def columns_in_order(self) -> tuple[str, ...]:
        """Return the names of the columns as they stand, moved by hand or not."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(at) for at in range(header.count())]
        return tuple(self._model.columns[at].name for at in order)

    def show_order(self, name: str, *, downward: bool) -> None:
        """Mark the column by which the rows are in order; an empty name marks none."""
        header = self.horizontalHeader()
        names = [column.name for column in self._model.columns]
        header.setSortIndicatorShown(name in names)
        if name in names:
            down, up = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
            header.setSortIndicator(names.index(name), down if downward else up)

    def hide_columns(self, names: Collection[str]) -> None:
        """Leave some columns out, where there is no room for all; the others share their width."""
        for at, column in enumerate(self._model.columns):
            self.setColumnHidden(at, column.name in names)
        self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current record at Enter; leave letters to the search."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page of the empty list in the middle."""
        super().resizeEvent(event)
        self._empty.setGeometry(self.viewport().rect())
        self._share_width()
        self.resized.emit()

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(False)
        header.sectionClicked.connect(self._on_header)
        header.sectionResized.connect(lambda *_: self._on_width())

    def _fit(self) -> None:
        measures = self._theme.measures
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(measures.row)
        self.verticalHeader().setDefaultSectionSize(measures.row)
        self.horizontalHeader().setMinimumSectionSize(6 * UNIT)
        self.setMinimumHeight(_LEAST_ROWS * measures.row)
        self._share_width()

    def _share_width(self) -> None:
        """Give short columns what they need and share the rest among the long ones."""
        if self._widths_by_hand:
            return
        letter = self.fontMetrics().averageCharWidth()
        bold = QFontMetrics(self._theme.font(bold=True))
        wanted: list[int] = []
        for at, column in enumerate(self._model.columns):
            if self.isColumnHidden(at):
                wanted.append(0)
                continue
            title = bold.horizontalAdvance(column.title) + 5 * UNIT
            wanted.append(max(column.width * letter + 3 * UNIT, title))
        room = self.viewport().width()
        seen = [at for at in range(len(wanted)) if not self.isColumnHidden(at)]
        long = [at for at in seen if self._model.columns[at].width >= _LONG]
        over = sum(wanted) - room
        give = {at: wanted[at] - _LEAST_LONG * letter for at in long}
        spare = sum(max(0, one) for one in give.values())
        if long and spare and over > 0:
            for at in long:
                # rounded up: a pixel too many would bring a scroll bar
                wanted[at] -= math.ceil(min(over, spare) * max(0, give[at]) / spare)
        elif long and over < 0:
            wanted[long[-1]] -= over
        self._sharing = True
        for at in seen:
            self.setColumnWidth(at, wanted[at])
        self._sharing = False

    def _on_width(self) -> None:
        if not self._sharing:
            self._widths_by_hand = QApplication.mouseButtons() != Qt.MouseButton.NoButton

    def _on_header(self, section: int) -> None:
        column = self._model.columns[section]
        if not column.sortable:
            return
        header = self.horizontalHeader()
        again = header.isSortIndicatorShown() and header.sortIndicatorSection() == section
        down = again and header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        header.setSortIndicatorShown(True)
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(section, order)
        self.sort_asked.emit(column.name, down)

    def _on_current(self) -> None:
        if self._restoring:
            return
        found = self._model.id_at(self.currentIndex().row()) or ""
        if found != self._current:
            self._current = found
            self.current_changed.emit(found)

    def _on_selection(self) -> None:
        if self._restoring:
            return
        rows = self.selectionModel().selectedRows()
        self._selected = {one for index in rows if (one := self._model.id_at(index.row()))}
        self.selection_changed.emit(len(self._selected))

    def _open(self) -> None:
        if self._current:
            self.opened.emit(self._current)

    def _remember(self) -> None:
        self._restoring = True
        self._top = self.verticalScrollBar().value()

    def _restore(self) -> None:
        self._reselect()
        self.verticalScrollBar().setValue(self._top)
        self._restoring = False

    def _restore_arrived(self) -> None:
        """Take up again what only now turned out to be in the list."""
        if not self.selectionModel().hasSelection() and self._selected:
            self._restoring = True
            self._reselect()
            self._restoring = False

    def _reselect(self) -> None:
        chosen = QItemSelection()
        last = self._model.columnCount() - 1
        for one in self._selected:
            row = self._model.row_of(one)
            if row is not None and row < self._model.rowCount():
                chosen.select(self._model.index(row, 0), self._model.index(row, last))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        row = self._model.row_of(self._current) if self._current else None
        if row is not None and row < self._model.rowCount():
            self.selectionModel().setCurrentIndex(
                self._model.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )

    def _show_empty(self) -> None:
        self._empty.setVisible(self._model.rowCount() == 0 and self._empty.has_words())


class _EmptyPage(QWidget):
    """What stands in a list without rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = QLabel()
        self._words.setProperty("role", "label")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setWordWrap(True)
        self.button = QPushButton()
        self.button.setProperty("role", "primary")
        page = QVBoxLayout(self)
        page.setSpacing(2 * UNIT)
        page.addStretch(2)
        page.addWidget(self._words)
        page.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        page.addStretch(3)
        self._step: Callable[[], None] | None = None
        self.button.clicked.connect(self._go)
        self.hide()

    def say(self, sentence: str, verb: str, first_step: Callable[[], None] | None) -> None:
        self._words.setText(sentence)
        self.button.setText(verb)
        self.button.setVisible(first_step is not None)
        self._step = first_step

    def has_words(self) -> bool:
        return bool(self._words.text())

    def _go(self) -> None:
        if self._step is not None:
            self._step()
