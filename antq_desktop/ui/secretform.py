"""A short form with passwords: lines, passwords and ticks, and what is wrong beside each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.text import nfc
from antq_desktop.ui.password import PasswordField
from antq_desktop.ui.theme import UNIT, Theme
from antq_desktop.ui.widgets.inputs import LineInput

REPEATED = "repeated"
_COLUMNS = 2


class SecretForm(QWidget):
    """`entered` comes at Enter in the last line."""

    entered = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._inputs: dict[str, LineInput | PasswordField | QComboBox] = {}
        self._ticks: dict[str, dict[str, QCheckBox]] = {}
        self._faults: dict[str, QLabel] = {}
        self._whole = words("", "fault")
        self._whole.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(UNIT // 2)
        self._column.addWidget(self._whole)

    def add_line(self, field: str, label: str, hint: str = "") -> LineInput:
        """Add a line of text."""
        line = LineInput()
        line.setAccessibleName(label)
        line.textEdited.connect(lambda _text: self._say(field, ""))
        self._add_labelled(field, label, line, hint)
        return line

    def add_choice(self, field: str, label: str, options: Iterable[str]) -> QComboBox:
        """Add one choice out of a few."""
        box = QComboBox()
        box.setAccessibleName(label)
        box.addItems(list(options))
        box.currentIndexChanged.connect(lambda _at: self._say(field, ""))
        self._add_labelled(field, label, box, "")
        return box

    def add_password(self, field: str, label: str, hint: str = "") -> PasswordField:
        """Add a password."""
        made = PasswordField(label, self._theme, hint)
        made.entered.connect(lambda: self._go_on_from(field))
        self._inputs[field] = made
        self._column.addWidget(made)
        self._column.addSpacing(UNIT // 2)
        return made

    def add_new_password(self, label: str = "Mật khẩu mới") -> None:
        """Add a password to be set, typed twice."""
        self.add_password("password", label, "Ít nhất 8 ký tự. Nên là một câu ngắn, nhiều từ.")
        self.add_password(REPEATED, "Nhập lại lần nữa")

    def add_ticks(
        self, field: str, label: str, options: Mapping[str, str], ticked: Iterable[str]
    ) -> None:
        """Add several things to be ticked."""
        chosen = set(ticked)
        self._column.addWidget(words(label, "label"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * UNIT)
        self._ticks[field] = {}
        for at, (key, name) in enumerate(options.items()):
            box = QCheckBox(name)
            box.setChecked(key in chosen)
            box.toggled.connect(lambda _on: self._say(field, ""))
            self._ticks[field][key] = box
            grid.addWidget(box, at // _COLUMNS, at % _COLUMNS)
        self._column.addLayout(grid)
        self._add_fault(field)

    def text(self, field: str) -> str:
        """Return what stands in a line, a password or a choice."""
        held = self._inputs[field]
        return held.currentText() if isinstance(held, QComboBox) else held.text()

    def ticked(self, field: str) -> tuple[str, ...]:
        """Return what was ticked."""
        return tuple(key for key, box in self._ticks[field].items() if box.isChecked())

    def input(self, field: str) -> LineInput | PasswordField | QComboBox:
        """Return the place of a field."""
        return self._inputs[field]

    def tick(self, field: str, *keys: str) -> None:
        """Tick these and no other."""
        for key, box in self._ticks[field].items():
            box.setChecked(key in keys)

    def check(self) -> bool:
        """Tell whether a password that was typed twice is the same; say so when it is not."""
        self.clear_faults()
        if REPEATED in self._inputs and nfc(self.text("password")) != nfc(self.text(REPEATED)):
            message = "Hai lần nhập mật khẩu không giống nhau. Nhập lại lần thứ hai."
            self.refuse(UserError("passwords_differ", message, REPEATED))
            return False
        return True

    def refuse(self, error: BaseException) -> bool:
        """Say what is wrong at its field; False when the error is not for the form to tell."""
        if not isinstance(error, UserError | EnvironmentFault):
            return False
        field = error.field if isinstance(error, UserError) else ""
        self._say(field or "", error.message)
        held = self._inputs.get(field or "")
        if held is not None:
            held.setFocus()
        return True

    def clear_faults(self) -> None:
        """Say nothing is wrong any more."""
        self._whole.hide()
        for field in (*self._faults, *self._inputs):
            self._say(field, "")

    def forget(self) -> None:
        """Forget every password that was typed."""
        for held in self._inputs.values():
            if isinstance(held, PasswordField):
                held.clear()

    def focus_first(self) -> None:
        """Give the keyboard to the first place."""
        for held in self._inputs.values():
            held.setFocus()
            return

    @property
    def fault(self) -> str:
        """Everything that is said to be wrong now."""
        said = [label.text() for label in (self._whole, *self._faults.values())]
        said += [one.fault for one in self._inputs.values() if isinstance(one, PasswordField)]
        return " ".join(text for text in said if text)

    def _add_labelled(
        self, field: str, label: str, place: LineInput | QComboBox, hint: str
    ) -> None:
        title = words(label, "label")
        title.setBuddy(place)
        self._inputs[field] = place
        self._column.addWidget(title)
        self._column.addWidget(place)
        if hint:
            self._column.addWidget(words(hint, "hint"))
        self._add_fault(field)

    def _add_fault(self, field: str) -> None:
        fault = words("", "fault")
        fault.hide()
        self._faults[field] = fault
        self._column.addWidget(fault)
        self._column.addSpacing(UNIT // 2)

    def _say(self, field: str, sentence: str) -> None:
        held = self._inputs.get(field)
        if isinstance(held, PasswordField):
            held.show_fault(sentence)
            return
        label = self._faults.get(field, self._whole)
        label.setText(f"✕ {sentence}" if sentence else "")
        label.setVisible(bool(sentence))

    def _go_on_from(self, field: str) -> None:
        names = list(self._inputs)
        after = names[names.index(field) + 1 :]
        if after:
            self._inputs[after[0]].setFocus()
        else:
            self.entered.emit()


def words(text: str, role: str = "") -> QLabel:
    """Return a label of plain text that wraps."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label
