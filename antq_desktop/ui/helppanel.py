"""The help of the screen in front, beside it; F1 brings it and takes it away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout

from antq_desktop.ui.buttons import make_tool
from antq_desktop.ui.theme import UNIT, Theme


class HelpPanel(QFrame):
    """A page of help beside the work, never over it."""

    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("HelpPanel")
        self.setFixedWidth(38 * UNIT)
        heading = QLabel("Trợ giúp")
        heading.setProperty("role", "heading")
        self.close_button = make_tool("close", theme, "Ẩn trợ giúp (F1)")
        self.close_button.clicked.connect(self.closed)
        self.page = QTextBrowser()
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
        theme.changed.connect(self._write)

    def show_page(self, html: str) -> None:
        """Show a page of help."""
        self._html = html
        self._write()

    def _write(self) -> None:
        colours = self._theme.colours
        style = (
            f"body {{ margin: {UNIT}px; }} p, li {{ line-height: 115%; }}"
            f"h2 {{ font-size: medium; color: {colours.accent}; }} a {{ color: {colours.blue}; }}"
            f"code, kbd {{ background: {colours.hover}; }}"
        )
        self.page.document().setDefaultStyleSheet(style)
        self.page.setHtml(self._html)
