"""The top bar: whose work it is and for which period, the search, the officer, the lock."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from antq_desktop.ui.buttons import make_button, make_tool
from antq_desktop.ui.elided import ElidedLabel
from antq_desktop.ui.theme import UNIT, Theme
from antq_desktop.ui.widgets.inputs import LineInput

_QUICK_WORDS = "Ghi nhanh"
_SEARCH_WORDS = "Tìm, không cần dấu (Ctrl+K)"


class TopBar(QFrame):
    """`searched` carries the words at each letter; `search_entered` when Enter was pressed."""

    searched = Signal(str)
    search_entered = Signal(str)
    lock_asked = Signal()
    help_asked = Signal()
    quick_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("TopBar")
        self.setFixedHeight(theme.measures.row + 2 * UNIT + 1)
        self._unit = ElidedLabel(role="unit-name")
        self._period = ElidedLabel(role="period")
        self.search = _SearchInput()
        self.search.setProperty("role", "search")
        self.search.setPlaceholderText(_SEARCH_WORDS)
        self.search.setAccessibleName("Tìm")
        self.search.setToolTip("Tìm hồ sơ, số văn bản, trang, việc cần làm hoặc số liệu (Ctrl+K)")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(36 * UNIT)
        glass = self.search.addAction(
            theme.icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition
        )
        theme.icons.wear(glass, "search")
        self.search.textChanged.connect(self.searched)
        self.search.entered.connect(lambda: self.search_entered.emit(self.search.text()))
        self._officer_icon = QLabel()
        self._officer = ElidedLabel(role="")
        self._officer.setMaximumWidth(32 * UNIT)
        self.quick = make_button(
            _QUICK_WORDS, theme, icon="add", tip="Ghi nhanh vụ việc từ bất kỳ trang nào (F9)"
        )
        self.quick.clicked.connect(self.quick_asked)
        self.help = make_tool("help", theme, "Trợ giúp trang này (F1)")
        self.help.clicked.connect(self.help_asked)
        self.lock = make_tool("lock", theme, "Khóa màn hình (Ctrl+L)")
        self.lock.clicked.connect(self.lock_asked)
        self._theme = theme
        self._lay_out()
        theme.changed.connect(self._fit)
        self._fit()

    def set_unit(self, name: str, period: str) -> None:
        """Show the unit and the period in force."""
        self._unit.set_full_text(name)
        self._period.set_full_text(period)

    def set_officer(self, name: str) -> None:
        """Show who works."""
        self._officer.set_full_text(name)
        self._officer_icon.setToolTip(name)
        self._officer_icon.setAccessibleName(name)
        self.lock.setVisible(bool(name))
        self._officer_icon.setVisible(bool(name))

    def set_narrow(self, narrow: bool) -> None:
        """Give the unit's name the room of the officer's, who is then named in a tooltip."""
        self._officer.setVisible(not narrow)
        self.quick.setText("" if narrow else f" {_QUICK_WORDS}")
        self.search.setFixedWidth(28 * UNIT if narrow else 36 * UNIT)
        self.search.setPlaceholderText("Tìm (Ctrl+K)" if narrow else _SEARCH_WORDS)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * UNIT, UNIT, UNIT, UNIT)
        row.setSpacing(UNIT)
        row.addWidget(self._unit)
        row.addSpacing(UNIT)
        row.addWidget(self._period)
        row.addStretch(1)
        row.addWidget(self.quick)
        row.addWidget(self.search)
        row.addSpacing(UNIT)
        row.addWidget(self._officer_icon)
        row.addWidget(self._officer)
        row.addWidget(self.help)
        row.addWidget(self.lock)

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.measures.row + 2 * UNIT + 1)
        self._officer_icon.setPixmap(
            self._theme.icons.pixmap("person", "ink_soft", 2 * UNIT + 2, self.devicePixelRatioF())
        )


class _SearchInput(LineInput):
    """Enter stays here: it asks for the search instead of going on."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the search at Enter, clear at Escape."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)
