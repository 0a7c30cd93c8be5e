"""Typing the code of a signed paper: eight groups of five digits, each checked when it is left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from antq_desktop.ui.theme import UNIT, Theme

RightGroup = Callable[[int, str], bool]
_PER_ROW = 4


class GroupInput(QLineEdit):
    """One group; full, it hands the focus on; `left` says that it was left."""

    left = Signal()
    pasted = Signal(str)
    back = Signal()
    finished = Signal()

    def __init__(self, digits: int) -> None:
        super().__init__()
        self._digits = digits
        self.setMaxLength(digits)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.textEdited.connect(self._edited)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits; go back at Backspace in an empty group; take a whole code when pasted."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
            return
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.back.emit()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.focusNextPrevChild(True)
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the group was left."""
        super().focusOutEvent(event)
        self.left.emit()

    def _edited(self, text: str) -> None:
        digits = "".join(letter for letter in text if letter in "0123456789")
        if digits != text:
            self.setText(digits)
        if len(digits) == self._digits:
            self.finished.emit()


class CodeEntry(QWidget):
    """The eight groups; `changed` says that a group was typed or checked."""

    changed = Signal()

    def __init__(self, theme: Theme, groups: int, digits: int, per_row: int = _PER_ROW) -> None:
        super().__init__()
        self._theme = theme
        self._digits = digits
        self._right: RightGroup | None = None
        self.groups: list[GroupInput] = []
        self._signs: list[QLabel] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(UNIT)
        grid.setVerticalSpacing(UNIT)
        for at in range(groups):
            box = GroupInput(digits)
            box.setAccessibleName(f"Mã đối chiếu, nhóm {at + 1}")
            box.setFixedWidth(10 * UNIT)
            box.setFont(theme.font(1.15))
            box.left.connect(lambda at=at: self.check(at))
            box.finished.connect(lambda at=at: self._go_on(at))
            box.back.connect(lambda at=at: self._go_back(at))
            box.pasted.connect(lambda text, at=at: self._paste(at, text))
            box.textChanged.connect(lambda _text, at=at: self._typed(at))
            sign = QLabel()
            sign.setMinimumWidth(theme.measures.icon + 12 * UNIT)
            place = at % per_row * 2
            grid.addWidget(box, at // per_row * 2, place)
            grid.addWidget(sign, at // per_row * 2 + 1, place, 1, 2)
            self.groups.append(box)
            self._signs.append(sign)
        grid.setColumnStretch(2 * per_row, 1)

    def expect(self, right: RightGroup | None) -> None:
        """Begin with another slip; None when there is none."""
        self._right = right
        for at, box in enumerate(self.groups):
            box.clear()
            self._mark(at, "")
        self.setEnabled(right is not None)

    def typed(self) -> tuple[str, ...]:
        """Return the groups as they were typed."""
        return tuple(box.text() for box in self.groups)

    def complete(self) -> bool:
        """Tell whether every group has all its digits."""
        return all(len(box.text()) == self._digits for box in self.groups)

    def wrong(self) -> tuple[int, ...]:
        """Return which groups, from 0, were typed and differ."""
        return tuple(at for at, box in enumerate(self.groups) if box.property("faulty") is True)

    def check(self, at: int) -> None:
        """Check one group, unless nothing was typed in it."""
        box = self.groups[at]
        if self._right is None or not box.text():
            self._mark(at, "")
        elif self._right(at, box.text()):
            self._mark(at, "right")
        else:
            self._mark(at, "wrong")
        self.changed.emit()

    def check_all(self) -> None:
        """Check every group and go to the first wrong one."""
        for at in range(len(self.groups)):
            self.check(at)
        if self.wrong():
            self.groups[self.wrong()[0]].setFocus()

    def _typed(self, at: int) -> None:
        # A mark speaks of what was typed before; while typing goes on it is taken away.
        self._mark(at, "")
        self.changed.emit()

    def _mark(self, at: int, mark: str) -> None:
        box, sign = self.groups[at], self._signs[at]
        told = {"": "", "right": "đúng", "wrong": "khác phiếu"}[mark]
        sign.setText(told)
        sign.setProperty("role", "fault" if mark == "wrong" else "hint")
        sign.style().polish(sign)
        box.setAccessibleDescription(told)
        faulty = mark == "wrong"
        if box.property("faulty") is not faulty:
            box.setProperty("faulty", faulty)
            box.style().unpolish(box)
            box.style().polish(box)

    def _go_on(self, at: int) -> None:
        if at + 1 < len(self.groups):
            self.groups[at + 1].setFocus()
        else:
            self.check(at)

    def _go_back(self, at: int) -> None:
        if at:
            self.groups[at - 1].setFocus()
            self.groups[at - 1].end(False)

    def _paste(self, at: int, text: str) -> None:
        digits = "".join(letter for letter in text if letter in "0123456789")
        while digits and at < len(self.groups):
            self.groups[at].setText(digits[: self._digits])
            digits = digits[self._digits :]
            self.check(at)
            at += 1
        self.groups[min(at, len(self.groups) - 1)].setFocus()
