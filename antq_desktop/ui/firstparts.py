"""What the pages of the first run are made of."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.inputs import LineInput


class FirstPage(QWidget):
    """One page; `entered` when Enter was pressed in its field."""

    entered = Signal()

    def __init__(self, told: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(UNIT)
        self.column.addWidget(wrapped(told))


class WalkingInput(LineInput):
    """Enter hands the page over; arrows walk the list below."""

    entered = Signal()
    walked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on at Enter, walk at the arrows."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 8,
            Qt.Key.Key_PageUp: -8,
        }
        step = steps.get(Qt.Key(event.key())) if event.key() in steps else None
        if step is not None and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.walked.emit(step)
            return
        super().keyPressEvent(event)


def wrapped(text: str, role: str = "") -> QLabel:
    """Return a text that goes on to the next line where there is no room."""
    label = QLabel(text)
    if role:
        label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
