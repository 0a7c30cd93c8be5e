"""What all fields share: label above, input, and below it hint, fault and the other value."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec, Value
from antq_desktop.ui.theme import UNIT, Theme
from antq_desktop.ui.widgets.cover import Cover

_WRITTEN = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT})


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: its id, its words, and a second line where names alone mislead.

    A heading stands over the options of a group and is no choice.
    """

    id: str
    text: str
    detail: str = ""
    heading: bool = False


def _usual(_kinds: tuple[str, ...], _searched: bool) -> str:
    return ""


def _nothing(_text: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Kit:
    """What fields need from outside.

    Attributes:
        theme: The look.
        now: Civil time of Vietnam, for `hôm nay`, `bây giờ` and dates without a year.
        codes: The values of a code list, in its order.
        search: Looks for records of some kinds by words and hands over what it found, later.
        name: Says in words which record an id is, later; an empty detail and text when unknown.
        absent: What is said where no record of some kinds is found, by words or at all, and where
            one is made; empty for the usual sentence.
        caution: Says what to look at again in a text; empty for nothing.
    """

    theme: Theme
    now: Callable[[], datetime]
    codes: Callable[[str], Sequence[Option]]
    search: Callable[[tuple[str, ...], str, Callable[[Sequence[Option]], None]], None]
    name: Callable[[str, Callable[[Option], None]], None]
    absent: Callable[[tuple[str, ...], bool], str] = _usual
    caution: Callable[[str], str] = _nothing


class FieldWidget(QWidget):
    """One field of a record, made from its spec.

    Signals carry the name of the field: `edited` at each change by the officer, `settled` when it
    is left or chosen, `revealed` when a private value is uncovered (so that the reading is
    written down), `other_taken` when the value of the other side is taken over.
    """

    edited = Signal(str)
    settled = Signal(str)
    revealed = Signal(str)
    other_taken = Signal(str)

    def __init__(self, spec: FieldSpec, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.kit = kit
        self._faults: tuple[Fault, ...] = ()
        self._cover: Cover | None = None
        self._body: QWidget | None = None
        self._widest = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.label = QLabel(spec.label)
        self.label.setProperty("role", "label")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self._mark = _line("required", "bắt buộc" if spec.required else "")
        self.hint = _line("hint", spec.hint)
        self._fault = _line("fault", "")
        self.caution = _line("warning", "")
        self._other = QWidget()
        self._other_text = _line("warning", "")
        self._take_over = QPushButton("Dùng giá trị này")
        self._column = QVBoxLayout(self)
        self._lay_out()

    @property
    @abstractmethod
    def input(self) -> QWidget:
        """The widget that takes the keyboard."""

    @abstractmethod
    def value(self) -> Value:
        """Return the value as it is stored; None when nothing is entered.

        Raises:
            UserError: What stands there cannot be understood.
        """

    @abstractmethod
    def _display_value(self, value: Value) -> None:
        """Bring a stored value into the input."""

    def set_value(self, value: Value) -> None:
        """Show a stored value, covered where it is private; this is no edit."""
        self._display_value(value)
        self._cover_up(value is not None and self.spec.private)

    @abstractmethod
    def set_editable(self, editable: bool) -> None:
        """Allow or forbid changes; a value that may not be changed can still be read and copied."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults shown now."""
        return self._faults

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Show what is wrong with the field, with a sign and in colour; none clears it."""
        self._faults = tuple(faults)
        faulty = any(not fault.warning for fault in faults)
        self._fault.setProperty("role", "fault" if faulty else "warning")
        sign = "✕" if faulty else "△"
        self._fault.setText("\n".join(f"{sign} {fault.message}" for fault in faults))
        self._fault.setVisible(bool(faults))
        self.hint.setVisible(bool(self.hint.text()) and not faults)
        self.input.setProperty("faulty", faulty)
        self.input.setProperty("doubtful", bool(faults) and not faulty)
        self.input.setAccessibleDescription(self._fault.text() or self.hint.text())
        for widget in (self._fault, self.input):
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def check(self) -> None:
        """Show a fault when what stands there cannot be understood, and clear it otherwise."""
        try:
            self.value()
        except UserError as error:
            self.show_faults(error.faults)
        else:
            self.show_faults(())

    def _heed(self) -> None:
        """Remind, beside the field, of what does not belong here; it stops nothing."""
        if self.spec.kind not in _WRITTEN or self.faults:
            return
        told = self.kit.caution(str(self.value() or ""))
        self.caution.setText(f"△ {told}" if told else "")
        self.caution.setVisible(bool(told))

    def show_other(self, text: str) -> None:
        """Show a value entered elsewhere, with the offer to take it; empty text hides it."""
        self._other_text.setText(f"△ Giá trị khác: {text}" if text else "")
        self._other_text.setVisible(bool(text))
        self._other.setVisible(bool(text))

    def adopt(self, widget: QWidget) -> None:
        """Take the input into the field, between label and hint; called once by each kind."""
        self._body = widget
        self._column.insertWidget(1, widget)
        self.label.setBuddy(self.input)
        self.setFocusProxy(self.input)
        self.input.setAccessibleName(self.spec.label)
        if self.spec.hint:
            self.input.setAccessibleDescription(self.spec.hint)

    def keep_narrow(self, least: int, most: int) -> None:
        """Give the input, or what covers it, no more than some pixels; words below take all."""
        self._widest = most
        self.input.setMinimumWidth(least)
        self.input.setMaximumWidth(most)
        self._narrow_cover()

    @property
    def covered(self) -> bool:
        """Whether a private value is hidden from the eye."""
        return self._cover is not None and not self._cover.isHidden()

    def _cover_up(self, cover: bool) -> None:
        if self._cover is None and cover:
            self._cover = Cover(self.spec.label, self.kit.theme)
            self._cover.lifted.connect(self._lift)
            self._column.insertWidget(1, self._cover)
            self._narrow_cover()
        if self._cover is None or self._body is None:
            return
        self._cover.setVisible(cover)
        self._body.setVisible(not cover)
        self.hint.setVisible(bool(self.hint.text()) and not cover)
        self.setFocusProxy(self._cover.button if cover else self.input)

    def _narrow_cover(self) -> None:
        if self._cover is not None and self._widest:
            self._cover.setFixedWidth(self._widest)  # the button stands by what it uncovers
            self._column.setAlignment(self._cover, Qt.AlignmentFlag.AlignLeft)

    def _lift(self) -> None:
        self._cover_up(cover=False)
        self.input.setFocus(Qt.FocusReason.OtherFocusReason)
        self.revealed.emit(self.spec.name)

    def say_below(self, text: str) -> None:
        """Show what is understood from the text, below it, without touching it."""
        self.hint.setText(text or self.spec.hint)
        self.hint.setVisible(bool(self.hint.text()) and not self._faults)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(UNIT)
        head.addWidget(self.label)
        head.addWidget(self._mark)
        head.addStretch(1)
        other_row = QHBoxLayout(self._other)
        other_row.setContentsMargins(0, 0, 0, 0)
        other_row.addWidget(self._other_text, 1)
        other_row.addWidget(self._take_over)
        self._take_over.setProperty("role", "quiet")
        self._take_over.clicked.connect(lambda: self.other_taken.emit(self.spec.name))
        self._other.hide()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(UNIT // 2)
        self._column.addLayout(head)
        self.settled.connect(lambda _name: self._heed())
        for below in (self.hint, self._fault, self.caution, self._other):
            self._column.addWidget(below)


def _line(role: str, text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(role != "required")
    if not text:
        label.hide()  # never shown here: without a parent it would be a window of its own
    return label
