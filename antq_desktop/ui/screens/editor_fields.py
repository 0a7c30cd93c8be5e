"""Fields bound to the sheets they edit, and the rows they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec, Value
from antq_desktop.ui.screens.editor_state import Sheet
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.field import FieldWidget, Kit
from antq_desktop.ui.widgets.make import make_field

COLUMN_GAP: Final = 3 * UNIT
ROW_GAP: Final = UNIT + 4
_WIDE_FROM: Final = 36  # letters; such a field alone in its row takes all of it
_SHORT_TO: Final = 16
_NARROW: Final = {
    FieldKind.DATE: 22 * UNIT,
    FieldKind.MOMENT: 28 * UNIT,
    FieldKind.INTEGER: 20 * UNIT,
    FieldKind.MONEY: 28 * UNIT,
    FieldKind.DECIMAL: 20 * UNIT,
    FieldKind.PHONE: 24 * UNIT,
    FieldKind.CITIZEN_ID: 24 * UNIT,
}


class Fields(QObject):
    """Makes fields for the paths of sheets and keeps both in step.

    `edited` carries the id of the record and the path; `revealed` the id of a record whose private
    values were uncovered; `other_taken` id and path where the other side's value was chosen.
    """

    edited = Signal(str, str)
    revealed = Signal(str)
    other_taken = Signal(str, str)

    def __init__(self, kit: Kit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._made: dict[tuple[str, str], FieldWidget] = {}

    def make(self, sheet: Sheet, path: str) -> FieldWidget:
        """Return the field at a path of a record, showing what stands there."""
        key = (sheet.id, path)
        if key in self._made:
            return self._made[key]
        made = make_field(sheet.spec.at(path), self._kit)
        self._made[key] = made
        keep_narrow(made)
        show_value(made, sheet, path)
        made.set_editable(not sheet.fixed)
        made.edited.connect(lambda _name: self._on_edited(made, sheet, path))
        made.revealed.connect(lambda _name: self.revealed.emit(sheet.id))
        made.other_taken.connect(lambda _name: self.other_taken.emit(sheet.id, path))
        return made

    def made(self, record_id: str, path: str) -> FieldWidget | None:
        """Return the field at a path when it was made."""
        return self._made.get((record_id, path))

    def place_of(self, widget: QWidget | None) -> tuple[str, str] | None:
        """Return record and path of the field that a widget is part of."""
        return next(
            (
                key
                for key, made in self._made.items()
                if widget is not None and (made is widget or made.isAncestorOf(widget))
            ),
            None,
        )

    def forget(self, record_id: str, prefix: str = "") -> None:
        """Let go of the fields of a row that went away."""
        gone = [key for key in self._made if key[0] == record_id and key[1].startswith(prefix)]
        for key in gone:
            del self._made[key]

    def refresh(self, sheet: Sheet, paths: Iterable[str]) -> None:
        """Show again what stands at some paths."""
        for path in paths:
            found = self.made(sheet.id, path)
            if found is not None:
                show_value(found, sheet, path)

    def fix(self, sheet: Sheet) -> None:
        """Allow or forbid changes as the sheet says."""
        for (record_id, _path), made in self._made.items():
            if record_id == sheet.id:
                made.set_editable(not sheet.fixed)

    def show_faults(self, faults: Mapping[tuple[str, str], Sequence[Fault]]) -> None:
        """Show the faults beside their fields, and none beside all others."""
        for key, made in self._made.items():
            wanted = tuple(faults.get(key, ()))
            if made.faults != wanted:
                made.show_faults(wanted)

    def lift_faults(
        self,
        before: Mapping[tuple[str, str], Sequence[Fault]],
        now: Mapping[tuple[str, str], Sequence[Fault]],
    ) -> None:
        """Take away what no longer holds; what a field found wrong by itself meanwhile stays."""
        for key, faults in before.items():
            made = self.made(*key)
            kept = tuple(now.get(key, ()))
            if made is not None and made.faults == tuple(faults) != kept:
                made.show_faults(kept)

    def _on_edited(self, made: FieldWidget, sheet: Sheet, path: str) -> None:
        try:
            value: Value = made.value()
        except UserError:
            sheet.set_unread(path, typed_text(made))
        else:
            sheet.set(path, value)
        self.edited.emit(sheet.id, path)


def typed_text(field: FieldWidget) -> str:
    """Return the text in a field as it was typed."""
    taker = field.input
    if isinstance(taker, QLineEdit):
        return taker.text()
    return taker.toPlainText() if isinstance(taker, QPlainTextEdit) else ""


def show_value(field: FieldWidget, sheet: Sheet, path: str) -> None:
    """Bring what stands at a path into its field: the value, or the text not understood."""
    field.set_value(sheet.now.get(path))
    text = sheet.unread.get(path)
    if text is None:
        return
    taker = field.input
    if isinstance(taker, QLineEdit):
        taker.setText(text)
    elif isinstance(taker, QPlainTextEdit):
        taker.setPlainText(text)
    field.check()


def keep_narrow(field: FieldWidget) -> None:
    """Give dates, numbers and short texts the room that they need and no more."""
    width = _NARROW.get(field.spec.kind)
    if width is None and field.spec.kind is FieldKind.TEXT and field.spec.width <= _SHORT_TO:
        width = 28 * UNIT
    if width is None:
        return
    grown = max(1.0, field.kit.theme.points / 10.5)
    field.keep_narrow(round(width * grown * 0.6), round(width * grown))


def stands_alone(spec: FieldSpec) -> bool:
    """Tell whether a field takes the whole of a row in which nothing else stands."""
    return spec.kind is FieldKind.LONG_TEXT or (
        spec.kind is FieldKind.TEXT and spec.width >= _WIDE_FROM
    )


class FieldRow(QWidget):
    """Fields side by side in columns of one width; those that do not apply leave no hole."""

    def __init__(self, fields: Sequence[FieldWidget], columns: int) -> None:
        super().__init__()
        self._fields = tuple(fields)
        self._columns = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(COLUMN_GAP)
        self._grid.setVerticalSpacing(ROW_GAP)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, 12 * UNIT)
        for field in self._fields:
            field.setParent(self)  # shown without a parent, it would be a window of its own
        self.arrange(lambda _name: True)

    def arrange(self, shows: Callable[[str], bool]) -> None:
        """Place the fields that apply."""
        wanted = [field for field in self._fields if shows(field.spec.name)]
        for field in self._fields:
            self._grid.removeWidget(field)
            field.setVisible(field in wanted)
        alone = len(wanted) == 1 and stands_alone(wanted[0].spec)
        for at, field in enumerate(wanted):
            span = self._columns if alone else 1
            row, column = divmod(at, self._columns)
            self._grid.addWidget(field, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
        if self.parentWidget() is not None or not wanted:
            self.setVisible(bool(wanted))
