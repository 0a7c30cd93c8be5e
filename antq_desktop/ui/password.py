"""A place for a password: hidden, with a button that shows it, and a word about Caps Lock."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from antq_desktop.ui.buttons import make_tool
from antq_desktop.ui.theme import UNIT, Theme
from antq_desktop.ui.widgets.inputs import LineInput

_CAPS_SENTENCE = "△ Phím Caps Lock đang bật."


class PasswordInput(LineInput):
    """One line that is not shown; `entered` at Enter, `caps_seen` as letters tell of Caps Lock."""

    entered = Signal()
    caps_seen = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the line over at Enter; notice a letter that Caps Lock has turned."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        letter = event.text()
        if len(letter) == 1 and letter.isalpha() and letter.upper() != letter.lower():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_seen.emit(letter.isupper() != shifted)
        elif event.key() == Qt.Key.Key_CapsLock:
            self.caps_seen.emit(False)
        super().keyPressEvent(event)


class PasswordField(QWidget):
    """Label, password, the button that shows it, and below it what is wrong.

    `entered` comes at Enter.
    """

    entered = Signal()

    def __init__(self, label: str, theme: Theme, hint: str = "") -> None:
        super().__init__()
        self.input = PasswordInput()
        self.input.setAccessibleName(label)
        self.input.entered.connect(self.entered)
        self.input.caps_seen.connect(self._tell_caps)
        self.input.textEdited.connect(lambda _text: self.show_fault(""))
        self._theme = theme
        self.toggle = make_tool("show", theme, "Hiện mật khẩu")
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self._reveal)
        self._caps = _below(_CAPS_SENTENCE, "warning")
        self._caps.hide()
        self._hint = _below(hint, "hint")
        self._fault = _below("", "fault")
        self._fault.hide()
        title = QLabel(label)
        title.setProperty("role", "label")
        title.setBuddy(self.input)
        row = QHBoxLayout()
        row.setSpacing(UNIT // 2)
        row.addWidget(self.input, 1)
        row.addWidget(self.toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addWidget(title)
        column.addLayout(row)
        for below in (self._hint, self._caps, self._fault):
            column.addWidget(below)
        # Only now: a label without a parent would come up as a window of its own.
        self._hint.setVisible(bool(hint))
        self.setFocusProxy(self.input)

    def text(self) -> str:
        """Return what was typed."""
        return self.input.text()

    def clear(self) -> None:
        """Forget what was typed, and hide the next."""
        self.input.clear()
        self.toggle.setChecked(False)

    def show_fault(self, sentence: str) -> None:
        """Say beside the field what is wrong; nothing clears it."""
        self._fault.setText(f"✕ {sentence}" if sentence else "")
        self._fault.setVisible(bool(sentence))
        self._hint.setVisible(bool(self._hint.text()) and not sentence)
        self.input.setProperty("faulty", bool(sentence))
        self.input.setAccessibleDescription(sentence or self._hint.text())
        self.input.style().unpolish(self.input)
        self.input.style().polish(self.input)

    @property
    def fault(self) -> str:
        """What is said beside the field now."""
        return self._fault.text()

    @property
    def caps_told(self) -> bool:
        """Whether Caps Lock is mentioned now."""
        return not self._caps.isHidden()

    def _tell_caps(self, on: bool) -> None:
        self._caps.setVisible(on)

    def _reveal(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.input.setEchoMode(mode)
        told = "Ẩn mật khẩu" if shown else "Hiện mật khẩu"
        self._theme.icons.wear(self.toggle, "hide" if shown else "show")
        self.toggle.setToolTip(told)
        self.toggle.setAccessibleName(told)


def _below(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
