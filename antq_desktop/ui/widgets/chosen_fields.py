"""Fields whose value is chosen: from a code list, among records, or among three answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from antq_desktop.domain.fields import FieldSpec, Value
from antq_desktop.domain.text import fold, search_words
from antq_desktop.ui.theme import UNIT, Theme
from antq_desktop.ui.widgets.field import FieldWidget, Kit, Option
from antq_desktop.ui.widgets.picker import Deliver, Picker

_SEARCH_FROM = 8
_NOTHING = Option("", "(để trống)")


class ChoiceButton(QPushButton):
    """Shows the chosen value; opens its list by click, Space, Down, F4 or a letter."""

    wanted = Signal(str)
    cleared = Signal()

    def __init__(self, theme: Theme, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._placeholder = placeholder
        self.setProperty("role", "choice")
        self.setAutoDefault(False)
        self.editable = True
        self.clicked.connect(lambda: self.wanted.emit(""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list, begin a search with the letter typed, or go on at Enter."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_F4, Qt.Key.Key_Space):
            self.wanted.emit("")
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        elif event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.wanted.emit(event.text())
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Ask for the height of a field; the width is the layout's."""
        return QSize(20 * UNIT, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Shrink rather than widen the page for a long name."""
        return QSize(10 * UNIT, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the value at the left, cut with an ellipsis, and the arrow at the right."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        room = self.rect().adjusted(UNIT + 2, 0, -4 * UNIT, 0)
        shown = self.text() or self._placeholder
        painter.setPen(self._theme.colour("ink" if self.text() else "ink_faint"))
        words = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        if self.editable:
            self._draw_arrow(painter)

    def _draw_arrow(self, painter: QPainter) -> None:
        size = 2 * UNIT
        arrow = self._theme.icons.pixmap("chevron-down", "ink_soft", size, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - size - UNIT, (self.height() - size) // 2, arrow)


class _PickedField(FieldWidget):
    """What choices and references share: a button, its list, and the id chosen."""

    def __init__(self, spec: FieldSpec, kit: Kit, placeholder: str, parent: QWidget | None) -> None:
        super().__init__(spec, kit, parent)
        self._id = ""
        self.popup: Picker | None = None
        self.button = ChoiceButton(kit.theme, placeholder)
        self.button.wanted.connect(self.open_list)
        self.button.cleared.connect(self._clear)
        self.adopt(self.button)

    @property
    def input(self) -> QWidget:
        """The button that shows the choice."""
        return self.button

    def value(self) -> Value:
        """Return the id chosen; None when nothing is."""
        return self._id or None

    def set_editable(self, editable: bool) -> None:
        """Allow or forbid another choice."""
        self.button.editable = editable
        self.button.update()

    def open_list(self, typed: str = "") -> None:
        """Show the list, its search begun with what was typed."""
        if not self.button.editable:
            return
        # Letters show their line even over a short list: nothing is left out unseen.
        searchable = bool(typed) or self._searchable()
        popup = Picker(
            self._find,
            self.kit.theme,
            self,
            searchable=searchable,
            empty=self._absent(searched=False),
            unmatched=self._absent(searched=True),
        )
        popup.picked.connect(self._on_picked)
        popup.open_under(self.button, self._id)
        if typed:
            popup.search.insert(typed)
        self.popup = popup

    def _find(self, words: str, deliver: Deliver) -> None:
        raise NotImplementedError

    def _searchable(self) -> bool:
        return True

    def _absent(self, *, searched: bool) -> str:  # noqa: ARG002 - for those that know more
        return ""

    def _display(self, option: Option) -> None:
        self._id = option.id
        self.button.setText(option.text if option.id else "")
        self.button.setToolTip(option.text if option.id else "")
        self.input.setAccessibleName(f"{self.spec.label}: {option.text or 'chưa chọn'}")

    def _on_picked(self, option: Option) -> None:
        changed = option.id != self._id
        self._display(option)
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        if not changed:
            return
        self.show_faults(())
        self.edited.emit(self.spec.name)
        self.settled.emit(self.spec.name)

    def _clear(self) -> None:
        if self.button.editable:
            self._on_picked(_NOTHING)


class ChoiceField(_PickedField):
    """A value of a code list."""

    def __init__(self, spec: FieldSpec, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(spec, kit, "Chọn…", parent)

    def _display_value(self, value: Value) -> None:
        """Show a value of the list; one the list does not have is shown as it stands."""
        wanted = str(value or "")
        known = {option.id: option for option in self.kit.codes(self.spec.codes)}
        self._display(known.get(wanted, Option(wanted, wanted)) if wanted else _NOTHING)

    def _searchable(self) -> bool:
        return len(self.kit.codes(self.spec.codes)) >= _SEARCH_FROM

    def _find(self, words: str, deliver: Deliver) -> None:
        found = matching(self.kit.codes(self.spec.codes), words)
        deliver(found if words or self.spec.required else (_NOTHING, *found))


class ReferenceField(_PickedField):
    """Another record, found by words."""

    def __init__(self, spec: FieldSpec, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(spec, kit, "Gõ để tìm…", parent)

    def _display_value(self, value: Value) -> None:
        """Show which record it is; its name comes when it is known."""
        wanted = str(value or "")
        self._display(Option(wanted, "…") if wanted else _NOTHING)
        if wanted:
            self.kit.name(wanted, self._on_named)

    def _on_named(self, option: Option) -> None:
        if option.id == self._id:
            self._display(option)

    def _find(self, words: str, deliver: Deliver) -> None:
        self.kit.search(self.spec.refers_to, words, deliver)

    def _absent(self, *, searched: bool) -> str:
        return self.kit.absent(self.spec.refers_to, searched)


class AnswerField(FieldWidget):
    """Yes, no, or not known: three answers side by side, one always pressed."""

    def __init__(self, spec: FieldSpec, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(spec, kit, parent)
        self._group = QButtonGroup(self)
        row_widget = QWidget()
        row = QHBoxLayout(row_widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._answers: dict[Value, QPushButton] = {}
        named = ((True, "Có", "first"), (False, "Không", ""), (None, "Chưa rõ", "last"))
        for value, words, place in named:
            button = _AnswerButton(words)
            button.setProperty("place", place)
            button.setAccessibleName(f"{spec.label}: {words}")
            self._group.addButton(button)
            row.addWidget(button)
            self._answers[value] = button
        row.addStretch(1)
        self._answers[None].setChecked(True)
        self._group.buttonClicked.connect(self._on_pressed)
        self.adopt(row_widget)

    @property
    def input(self) -> QWidget:
        """The pressed answer."""
        return self._answers[self.value()]

    def value(self) -> Value:
        """Return True, False or None."""
        return next(value for value, button in self._answers.items() if button.isChecked())

    def _display_value(self, value: Value) -> None:
        """Press an answer."""
        self._answers[value if isinstance(value, bool) else None].setChecked(True)
        self.setFocusProxy(self.input)

    def set_editable(self, editable: bool) -> None:
        """Allow or forbid another answer."""
        for button in self._answers.values():
            button.setEnabled(editable or button.isChecked())

    def _on_pressed(self) -> None:
        self.setFocusProxy(self.input)
        self.show_faults(())
        self.edited.emit(self.spec.name)
        self.settled.emit(self.spec.name)


class _AnswerButton(QPushButton):
    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setProperty("role", "answer")
        self.setCheckable(True)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.raise_()


def matching(options: Sequence[Option], words: str) -> tuple[Option, ...]:
    """Return the options that hold every word, accents left aside; those that begin so first."""
    wanted = search_words(words)
    found = [
        option
        for option in options
        if all(word in fold(f"{option.text} {option.detail}") for word in wanted)
    ]
    begins = fold(words)
    return tuple(sorted(found, key=lambda option: not fold(option.text).startswith(begins)))
