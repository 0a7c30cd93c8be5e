"""Buttons as the window wears them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton

from antq_desktop.ui.theme import Theme

_TONES = {"primary": "on_accent", "quiet": "accent", "danger": "red"}


def make_button(
    words: str, theme: Theme, *, role: str = "plain", icon: str = "", tip: str = ""
) -> QPushButton:
    """Return a button with a verb; `role` is primary, plain, quiet or danger.

    The tip names the keys, as in “Lưu (Ctrl+S)”. One primary button stands on a page.
    """
    # Qt leaves too little room between icon and word; a blank is what every style honours.
    button = QPushButton(f" {words}" if icon else words)
    button.setProperty("role", role)
    button.setAutoDefault(True)  # Enter presses the one that has the keyboard
    button.setAccessibleName(words)
    button.setToolTip(tip)
    if icon:
        button.setIconSize(QSize(18, 18))
        theme.icons.wear(button, icon, _TONES.get(role, "ink_soft"))
    return button


def make_tool(icon: str, theme: Theme, tip: str) -> QToolButton:
    """Return a button with an icon alone; its tip says what it does and by which keys."""
    button = _Tool()
    button.setIconSize(QSize(20, 20))
    button.setToolTip(tip)
    button.setAccessibleName(tip.partition(" (")[0])
    theme.icons.wear(button, icon)
    return button


class _Tool(QToolButton):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press at Enter, as at Space; Qt leaves Enter to nobody here."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)
