"""The help of the screen in front, beside it; F1 brings it and takes it away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from antq_desktop.ui.buttons import make_tool
from antq_desktop.ui.theme import UNIT, Theme


class HelpPanel(QFrame):
    """A page of help beside the work, never over it; it takes the keyboard and gives it back."""

    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("HelpPanel")
        self.setFixedWidth(38 * UNIT)
        heading = QLabel("Trợ giúp")
        heading.setProperty("role", "heading")
        self.close_button = make_tool("close", theme, "Ẩn trợ giúp (F1, Esc)")
        self.close_button.clicked.connect(self.closed)
        self.page = _Page()
        self.page.left.connect(self.closed)
        self.page.setOpenLinks(False)
        self.page.setAccessibleName("Trợ giúp")
        head = QHBoxLayout()
        head.setContentsMargins(2 * UNIT, UNIT, UNIT, 0)
        head.addWidget(heading)
        head.addStretch(1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addLayout(head)
        column.addWidget(self.page, 1)
        self._theme = theme
        self._html = ""
        self._before: QWidget | None = None
        theme.changed.connect(self._write)

    def show_page(self, html: str) -> None:
        """Show a page of help."""
        self._html = html
        self._write()

    def take_keyboard(self) -> None:
        """Let the keys walk through the page; what had the keyboard is remembered."""
        self._before = QApplication.focusWidget()
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def give_keyboard_back(self) -> None:
        """Give the keyboard to what had it, unless it has gone on elsewhere meanwhile."""
        before, self._before = self._before, None
        here = QApplication.focusWidget()
        if before is not None and isValid(before) and here is not None and self.isAncestorOf(here):
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self) -> None:
        colours = self._theme.colours
        style = (
            f"body {{ margin: {UNIT}px; }} p, li {{ line-height: 115%; }}"
            f"h2 {{ font-size: medium; color: {colours.accent}; }} a {{ color: {colours.blue}; }}"
            f"code, kbd {{ background: {colours.hover}; }}"
        )
        self.page.document().setDefaultStyleSheet(style)
        self.page.setHtml(self._html)


class _Page(QTextBrowser):
    """Walked through by the arrows, by Page Up, Page Down, Home and End; left by Escape."""

    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the page beside the help, which would leave its record at this key."""
        if event.type() == QEvent.Type.ShortcutOverride and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll, or go back to the work."""
        bar = self.verticalScrollBar()
        steps = {
            Qt.Key.Key_Up: bar.value() - bar.singleStep(),
            Qt.Key.Key_Down: bar.value() + bar.singleStep(),
            Qt.Key.Key_PageUp: bar.value() - bar.pageStep(),
            Qt.Key.Key_PageDown: bar.value() + bar.pageStep(),
            Qt.Key.Key_Space: bar.value() + bar.pageStep(),
            Qt.Key.Key_Home: bar.minimum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in steps:
            bar.setValue(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
