"""Places to type in, safe for Vietnamese keyboards.

Vietnamese keyboard programs send letters, then backspaces and other letters (or a pre-edit text
and a commit). So nothing here completes in the line, refuses a letter or rewrites what is being
typed; a text is put in order only when the field is left.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from antq_desktop.ui.theme import UNIT

_LEAVING = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class LineInput(QLineEdit):
    """One line; Enter goes on to the next field; the unit of measure stands inside."""

    left = Signal()
    asked_for_list = Signal()  # Alt+Down or F4: a calendar, a list

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = QLabel(self)
        self._unit.setProperty("role", "unit")
        self._unit.hide()

    def set_unit(self, unit: str) -> None:
        """Show a unit of measure at the right end, inside the field."""
        self._unit.setText(unit)
        self._unit.setVisible(bool(unit))
        self._place_unit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on at Enter; offer the list at Alt+Down and F4."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if _is_enter(event) and not plain:
            self.focusNextPrevChild(True)
            return
        wants_list = event.key() == Qt.Key.Key_F4 or (
            event.key() == Qt.Key.Key_Down and plain == Qt.KeyboardModifier.AltModifier
        )
        if wants_list:
            self.asked_for_list.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the field was left, unless only a pop-up or another window came up."""
        super().focusOutEvent(event)
        if event.reason() not in _LEAVING:
            self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the unit at the right end."""
        super().resizeEvent(event)
        self._place_unit()

    def _place_unit(self) -> None:
        if not self._unit.text():
            self.setTextMargins(0, 0, 0, 0)
            return
        size = self._unit.sizeHint()
        self._unit.resize(size)
        self._unit.move(
            self.width() - size.width() - UNIT - 2, (self.height() - size.height()) // 2
        )
        self.setTextMargins(0, 0, size.width() + UNIT, 0)


class LongInput(QPlainTextEdit):
    """Several lines; grows with its text; Enter goes on, Ctrl+Enter begins a new line."""

    left = Signal()

    def __init__(self, lines: int = 3, most: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._most = most
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on at Enter; begin a line at Ctrl+Enter and Shift+Enter."""
        if not _is_enter(event):
            super().keyPressEvent(event)
            return
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.modifiers() & held:
            self.insertPlainText("\n")
            self.ensureCursorVisible()
            return
        self.focusNextPrevChild(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the field was left, unless only a pop-up or another window came up."""
        super().focusOutEvent(event)
        if event.reason() not in _LEAVING:
            self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the text as it wraps now."""
        super().resizeEvent(event)
        self._grow()

    def minimumSizeHint(self) -> QSize:
        """Leave the height to the text."""
        return QSize(16 * UNIT, self.minimumHeight())

    def _grow(self) -> None:
        # A plain text layout counts its height in lines, not in pixels.
        wanted = round(self.document().documentLayout().documentSize().height())
        lines = min(max(self._lines, wanted), self._most)
        height = lines * (self.fontMetrics().lineSpacing() + 1) + 2 * UNIT
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if wanted > self._most else policy.ScrollBarAlwaysOff
        )
        if height != self.maximumHeight():
            self.setFixedHeight(height)


def _is_enter(event: QKeyEvent) -> bool:
    # Not a constant: naming the first key makes the whole list of keys, which a start need not.
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
