"""Fields whose value is typed as one line or as long text, and understood when they are left."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec, Value
from antq_desktop.ui.widgets.calendar import CalendarPopup
from antq_desktop.ui.widgets.field import FieldWidget, Kit
from antq_desktop.ui.widgets.inputs import LineInput, LongInput
from antq_desktop.ui.widgets.reading import in_full, to_type, understand

_DIGIT_HINTS = {
    FieldKind.INTEGER: Qt.InputMethodHint.ImhPreferNumbers,
    FieldKind.MONEY: Qt.InputMethodHint.ImhPreferNumbers,
    FieldKind.DECIMAL: Qt.InputMethodHint.ImhPreferNumbers,
    FieldKind.PHONE: Qt.InputMethodHint.ImhPreferNumbers,
    FieldKind.CITIZEN_ID: Qt.InputMethodHint.ImhPreferNumbers,
}


class TypedField(FieldWidget):
    """A line of text, a number, an amount, a telephone or identity number."""

    def __init__(self, spec: FieldSpec, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(spec, kit, parent)
        self._line = LineInput()
        self._line.set_unit(spec.unit)
        self._line.setInputMethodHints(_DIGIT_HINTS.get(spec.kind, Qt.InputMethodHint.ImhNone))
        self._line.textEdited.connect(self._on_edited)
        self._line.left.connect(self._on_left)
        self.adopt(self._line)

    @property
    def input(self) -> LineInput:
        """The line."""
        return self._line

    def value(self) -> Value:
        """Return what is understood from the text; None when it is blank."""
        return understand(self.spec, self._line.text(), self.kit.now())

    def _display_value(self, value: Value) -> None:
        """Show a value in the form in which it may be typed again."""
        self._line.setText(to_type(self.spec, value))
        self._line.setCursorPosition(0)
        self.say_below(in_full(self.spec, value))

    def set_editable(self, editable: bool) -> None:
        """Allow or forbid typing."""
        self._line.setReadOnly(not editable)

    def _on_edited(self) -> None:
        if self.faults:
            self.show_faults(())
        self._tell()
        self.edited.emit(self.spec.name)

    def _on_left(self) -> None:
        self.put_in_order()
        self.settled.emit(self.spec.name)

    def put_in_order(self) -> None:
        """Rewrite what is understood in its usual form; leave what is not, and say why."""
        try:
            value = self.value()
        except UserError as error:
            self.show_faults(error.faults)
            return
        usual = to_type(self.spec, value)
        if value is not None and usual != self._line.text():
            self._line.setText(usual)
        self._tell()

    def _tell(self) -> None:
        try:
            value = self.value()
        except UserError:
            value = None
        self.say_below(in_full(self.spec, value))


class DatedField(TypedField):
    """A date (or part of one) or a moment, typed or picked from a calendar."""

    def __init__(self, spec: FieldSpec, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(spec, kit, parent)
        moment = spec.kind is FieldKind.MOMENT
        self._line.setPlaceholderText("giờ:phút ngày/tháng/năm" if moment else "ngày/tháng/năm")
        self._open = QAction("Mở lịch (F4)", self)
        self._open.triggered.connect(self.open_calendar)
        kit.theme.icons.wear(self._open, "calendar")
        self._line.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        self._line.asked_for_list.connect(self.open_calendar)
        self.popup: CalendarPopup | None = None

    def set_editable(self, editable: bool) -> None:
        """Allow or forbid typing and the calendar."""
        super().set_editable(editable)
        self._open.setVisible(editable)

    def open_calendar(self) -> None:
        """Show the calendar under the field, at its date."""
        if self._line.isReadOnly():
            return
        popup = CalendarPopup(self._shown_day(), self.kit.theme, self)
        popup.picked.connect(self._take_day)
        popup.open_under(self._line)
        self.popup = popup

    def _shown_day(self) -> QDate:
        try:
            value = self.value()
        except UserError:
            value = None
        day = QDate.fromString(str(value or "")[:10], Qt.DateFormat.ISODate)
        now = self.kit.now()
        return day if day.isValid() else QDate(now.year, now.month, now.day)

    def _take_day(self, day: QDate) -> None:
        stored = day.toString(Qt.DateFormat.ISODate)
        if self.spec.kind is FieldKind.MOMENT:
            stored += "T" + self._time_kept()
        self.set_value(stored)
        self.show_faults(())
        self.edited.emit(self.spec.name)
        self.settled.emit(self.spec.name)
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _time_kept(self) -> str:
        try:
            value = self.value()
        except UserError:
            value = None
        return str(value)[11:16] if value else f"{self.kit.now():%H:%M}"


class LongField(FieldWidget):
    """Text of several lines."""

    def __init__(self, spec: FieldSpec, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(spec, kit, parent)
        self._text = LongInput()
        self._setting = False
        self._text.setToolTip("Ctrl+Enter để xuống dòng, Enter để sang ô sau")
        self._text.textChanged.connect(self._on_changed)
        self._text.left.connect(self._on_left)
        self.adopt(self._text)

    @property
    def input(self) -> LongInput:
        """The text."""
        return self._text

    def value(self) -> Value:
        """Return the text as it is stored; None when it is blank."""
        return understand(self.spec, self._text.toPlainText(), self.kit.now())

    def _display_value(self, value: Value) -> None:
        """Show a text."""
        self._setting = True
        self._text.setPlainText(to_type(self.spec, value))
        self._setting = False

    def set_editable(self, editable: bool) -> None:
        """Allow or forbid typing."""
        self._text.setReadOnly(not editable)

    def _on_changed(self) -> None:
        if self._setting:
            return
        if self.faults:
            self.show_faults(())
        self.edited.emit(self.spec.name)

    def _on_left(self) -> None:
        self.check()
        self.settled.emit(self.spec.name)
