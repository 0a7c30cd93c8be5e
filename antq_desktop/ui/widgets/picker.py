"""A list that comes up under a field, searched without accents in a line of its own.

The search line stands apart from the chosen value, so that nothing is ever completed in the line
that is being typed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.ui.theme import UNIT, Theme
from antq_desktop.ui.widgets.calendar import place_by
from antq_desktop.ui.widgets.field import Option
from antq_desktop.ui.widgets.inputs import LineInput

Index = QModelIndex | QPersistentModelIndex
Deliver = Callable[[Sequence[Option]], None]
_ROWS_SHOWN = 9
_DETAIL_ROLE = Qt.ItemDataRole.UserRole + 1
_HEADING_ROLE = Qt.ItemDataRole.UserRole + 2
_NO_MATCH = "Không có mục nào khớp. Xóa chữ đã gõ để xem cả danh sách."
_EMPTY = "Danh sách chưa có mục nào."


class _Options(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.options: Sequence[Option] = ()

    def show(self, options: Sequence[Option]) -> None:
        self.beginResetModel()
        self.options = options
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.options)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.options[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def next_choice(self, row: int, by: int) -> int:
        """Return the choice so many rows on, or the last on the way there; headings are no stop."""
        step = 1 if by > 0 else -1
        found = at = row
        while 0 <= at + step < len(self.options) and abs(found - row) < abs(by):
            at += step
            if not self.options[at].heading:
                found = at
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        option = self.options[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return option.text
        if role == _DETAIL_ROLE:
            return option.detail
        if role == _HEADING_ROLE:
            return option.heading
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return option.detail or None
        return None


class _TwoLines(QStyledItemDelegate):
    """Draws an option and, in grey at the right or below, what tells it apart."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def _paint_heading(self, painter: QPainter, rect: QRect, words: str) -> None:
        painter.save()
        painter.setFont(self._theme.font(0.9, bold=True))
        painter.setPen(self._theme.colour("accent"))
        room = rect.adjusted(UNIT, 0, -UNIT, 0)
        told = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, told)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.data(_HEADING_ROLE):
            return QSize(super().sizeHint(option, index).width(), self._theme.measures.compact_row)
        row = self._theme.measures.row
        height = row + self._theme.measures.compact_row - UNIT if index.data(_DETAIL_ROLE) else row
        return QSize(super().sizeHint(option, index).width(), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.data(_HEADING_ROLE):
            self._paint_heading(painter, option.rect, str(index.data()))
            return
        detail = str(index.data(_DETAIL_ROLE) or "")
        if not detail:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        words, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        room = option.rect.adjusted(UNIT, UNIT // 2, -UNIT, -UNIT // 2)
        half = room.height() // 2
        elide = Qt.TextElideMode.ElideRight
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(self._theme.colour("ink"))
        upper = room.adjusted(0, 0, 0, -half)
        painter.drawText(
            upper, centre, painter.fontMetrics().elidedText(words, elide, room.width())
        )
        painter.setFont(self._theme.font(0.9))
        painter.setPen(self._theme.colour("ink_faint"))
        lower = room.adjusted(0, half, 0, 0)
        painter.drawText(
            lower, centre, painter.fontMetrics().elidedText(detail, elide, room.width())
        )
        painter.restore()


class Picker(QFrame):
    """The list with its search line; `find` is asked at each letter and delivers now or later."""

    picked = Signal(object)

    def __init__(
        self,
        find: Callable[[str, Deliver], None],
        theme: Theme,
        parent: QWidget | None = None,
        *,
        searchable: bool = True,
        empty: str = "",
        unmatched: str = "",
    ) -> None:
        """Take what finds, and what is said where nothing is there, or nothing that matches."""
        super().__init__(parent, Qt.WindowType.Popup)
        self._empty = empty or _EMPTY
        self._unmatched = unmatched or _NO_MATCH
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "popup")
        self._find = find
        self._theme = theme
        self._asked = 0
        self._current = ""
        self._walked = ""
        self._anchor: QWidget | None = None
        self.search = LineInput()
        self.search.setPlaceholderText("Gõ để tìm, không cần dấu")
        self.search.setAccessibleName("Tìm trong danh sách")
        self.search.setVisible(searchable)
        self.search.textChanged.connect(self.look_for)
        self.search.installEventFilter(self)
        self.model = _Options(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_TwoLines(theme, self))
        self.list.setUniformItemSizes(False)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Danh sách")
        self.list.clicked.connect(self._choose)
        self.list.installEventFilter(self)
        self.nothing = QLabel()
        self.nothing.setProperty("role", "hint")
        self.nothing.setMargin(UNIT)
        self.nothing.setWordWrap(True)
        self._page = page = QVBoxLayout(self)
        page.setContentsMargins(UNIT // 2, UNIT // 2, UNIT // 2, UNIT // 2)
        page.setSpacing(UNIT // 2)
        for part in (self.search, self.list, self.nothing):
            page.addWidget(part)

    def open_under(self, widget: QWidget, current: str = "", *, least: int = 40 * UNIT) -> None:
        """Show the list under a widget with its present value marked."""
        self._current = current
        self._anchor = widget
        self.setFixedWidth(max(widget.width(), least))
        self.look_for("")
        self.show()
        taker = self.search if self.search.isVisibleTo(self) else self.list
        taker.setFocus(Qt.FocusReason.PopupFocusReason)

    def look_for(self, words: str) -> None:
        """Ask for what matches; an answer that comes after a later question is dropped."""
        self._asked += 1
        self._walked = ""
        number = self._asked

        def deliver(options: Sequence[Option]) -> None:
            if number == self._asked:
                self._show(options)

        self._find(words, deliver)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Drop what is still being looked for: nobody is left to read it."""
        self._asked += 1
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the keyboard walk the list from the search line."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._choose(self.list.currentIndex())
            return True
        if key == Qt.Key.Key_Escape:
            self.close()
            return True
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _ROWS_SHOWN,
            Qt.Key.Key_PageUp: -_ROWS_SHOWN,
        }
        if key not in steps:
            return False
        row = self.model.next_choice(self.list.currentIndex().row(), steps[Qt.Key(key)])
        self.list.setCurrentIndex(self.model.index(row, 0))
        self._walked = self.model.options[row].id if row >= 0 else ""
        return True

    def _choose(self, index: Index) -> None:
        if not index.isValid() or self.model.options[index.row()].heading:
            return
        option = self.model.options[index.row()]
        self.close()
        self.picked.emit(option)

    def _show(self, options: Sequence[Option]) -> None:
        self.model.show(options)
        rows = [option.id for option in options]
        searching = bool(self.search.text())
        first = next((row for row, option in enumerate(options) if not option.heading), 0)
        at = rows.index(self._current) if self._current in rows and not searching else first
        at = rows.index(self._walked) if self._walked and self._walked in rows else at
        if options:
            self.list.setCurrentIndex(self.model.index(at, 0))
        self.list.setVisible(bool(options))
        self.nothing.setText(self._unmatched if searching else self._empty)
        self.nothing.setVisible(not options)
        heights = [self.list.sizeHintForRow(row) for row in range(min(len(rows), _ROWS_SHOWN))]
        self.list.setFixedHeight(sum(heights) + 2)
        self._page.invalidate()
        self._page.activate()
        wrapped = self._page.totalHeightForWidth(self.width())
        self.setFixedHeight(max(wrapped, self._page.sizeHint().height()))
        if self._anchor is not None:
            place_by(self, self._anchor)
