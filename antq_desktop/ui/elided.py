"""A label that is cut with an ellipsis instead of widening the window."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget


class ElidedLabel(QLabel):
    """One line; the whole text is in its tooltip when it is cut."""

    def __init__(self, text: str = "", *, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self.set_full_text(text)

    def set_full_text(self, text: str) -> None:
        """Show a text."""
        self._full = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._cut()

    def full_text(self) -> str:
        """Return the whole text."""
        return self._full

    def sizeHint(self) -> QSize:
        """Ask for room for the whole text."""
        self.ensurePolished()
        width = self.fontMetrics().horizontalAdvance(self._full) + 2
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Shrink as far as needed."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text to the room there is."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        words = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, self.width())
        self.setText(words)
        self.setToolTip(self._full if words != self._full else "")
