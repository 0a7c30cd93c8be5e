"""What stands above the lines of a sheet by unit: what is entered, whose, when, and for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.text import opening
from antq_desktop.ui.screens.editor_fields import FieldRow, keep_narrow
from antq_desktop.ui.screens.editor_focus import order_focus
from antq_desktop.ui.screens.editor_kit import make_kit
from antq_desktop.ui.screens.filters import FilterChoice
from antq_desktop.ui.screens.periods_offered import period_options
from antq_desktop.ui.theme import BASE_POINTS, UNIT
from antq_desktop.ui.widgets.chosen_fields import ChoiceButton, matching
from antq_desktop.ui.widgets.field import FieldWidget, Option
from antq_desktop.ui.widgets.make import make_field
from antq_desktop.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.domain.fields import RecordSpec
    from antq_desktop.domain.unit_sheets import SheetShape
    from antq_desktop.services.unit_sheet_lines import UnitKind
    from antq_desktop.ui.workplace import Workplace

_USUAL: Final = 4  # common fields in a row
_LEAST: Final = 26 * UNIT  # what a common field needs beside others


class KindChoice(ChoiceButton):
    """Chooses what is entered; `chosen` carries the kind that was asked for."""

    chosen = Signal(str)

    def __init__(self, workplace: Workplace, specs: Sequence[RecordSpec]) -> None:
        super().__init__(workplace.theme, "Chọn nội dung nhập")
        self._workplace = workplace
        self._options = [Option(spec.kind, spec.plural) for spec in specs]
        self.kind = ""
        self.popup: Picker | None = None
        self.wanted.connect(self.open_list)

    def show_kind(self, kind: str) -> None:
        """Show which kind is entered; this is no choice of the officer."""
        self.kind = kind
        words = next((one.text for one in self._options if one.id == kind), "")
        self.setText(words)
        self.setToolTip(words)
        self.setAccessibleName(f"Nội dung nhập: {words}")

    def open_list(self, typed: str = "") -> None:
        """Offer every kind, found by words."""
        popup = Picker(
            lambda words, deliver: deliver(matching(self._options, words)),
            self._workplace.theme,
            self,
        )
        popup.picked.connect(lambda option: self.chosen.emit(option.id))
        popup.open_under(self, self.kind)
        if typed:
            popup.search.insert(typed)
        self.popup = popup


class CommonFields(QWidget):
    """The values said once; `edited` carries the name of the field at each change."""

    edited = Signal(str)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.fields: dict[str, FieldWidget] = {}
        self._row: FieldRow | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def make(self, shape: SheetShape, values: Mapping[str, Value]) -> None:
        """Make the fields of a kind, with what they begin with."""
        if self._row is not None:
            self._column.removeWidget(self._row)
            self._row.hide()
            self._row.deleteLater()
        kit = make_kit(self._workplace, self)
        self.fields = {}
        for name in shape.common:
            made = make_field(shape.spec.field(name), kit)
            keep_narrow(made)
            made.set_value(values.get(name))
            made.edited.connect(self.edited)
            self.fields[name] = made
        grown = max(1.0, self._workplace.theme.points / BASE_POINTS)
        beside = max(round(self.width() / (_LEAST * grown)), 2)
        usual = min(beside, _USUAL)  # two fields do not share the whole width
        self._row = FieldRow(list(self.fields.values()), max(usual, min(beside, len(self.fields))))
        self._column.addWidget(self._row)
        self._row.show()

    def values(self) -> dict[str, Value]:
        """Return what is understood of the fields; what is not is left out."""
        found: dict[str, Value] = {}
        for name, made in self.fields.items():
            try:
                found[name] = made.value()
            except UserError:
                continue
        return {name: value for name, value in found.items() if value is not None}

    def show_values(self, values: Mapping[str, Json]) -> None:
        """Bring values into the fields that they name."""
        for name, value in values.items():
            made = self.fields.get(name)
            if made is not None and (value is None or isinstance(value, str | int | bool)):
                made.set_value(value)

    def check(self) -> bool:
        """Show what is not understood beside its field; tell whether all is."""
        for made in self.fields.values():
            made.check()
        return not any(made.faults for made in self.fields.values())

    def show_faults(self, faults: Sequence[Fault]) -> FieldWidget | None:
        """Show these faults beside their fields; return the first field that has one."""
        for name, made in self.fields.items():
            made.show_faults([fault for fault in faults if fault.field == name])
        return next((made for made in self.fields.values() if made.faults), None)


class SheetHead(QWidget):
    """The choices in one row, the common values below.

    `kind_asked` carries another kind; `asked` what shows another kind of unit or another period,
    to be called once the lines in view may be left; `edited` the name of a common field.
    """

    kind_asked = Signal(str)
    asked = Signal(object)
    edited = Signal(str)

    def __init__(self, workplace: Workplace, specs: Sequence[RecordSpec]) -> None:
        super().__init__()
        self._workplace = workplace
        office = workplace.office
        self._unit_kinds: Sequence[UnitKind] = ()
        self.kind = KindChoice(workplace, specs)
        self.unit_kind = FilterChoice(
            workplace,
            "Mọi loại đơn vị",
            "Đơn vị",
            lambda words, deliver: deliver(matching(self._options(), words)),
            searchable=False,
        )
        self.period = FilterChoice(
            workplace,
            "Mọi thời gian",
            "Kỳ",
            lambda words, deliver: deliver(period_options(office, words)),
            searchable=True,
        )
        self.common = CommonFields(workplace)
        self._before = {self.unit_kind: self.unit_kind.option, self.period: self.period.option}
        self._period_box = _labelled("Hồ sơ của kỳ", self.period)
        self._lay_out()
        self.kind.chosen.connect(self.kind_asked)
        self.common.edited.connect(self.edited)
        for choice in (self.unit_kind, self.period):
            choice.chosen.connect(partial(self._on_chosen, choice))

    def show_kind(self, shape: SheetShape, values: Mapping[str, Value]) -> None:
        """Show what stands above the lines of a kind."""
        self.kind.show_kind(shape.spec.kind)
        self._period_box.setVisible(shape.periodic)
        self.common.make(shape, values)
        order_focus(self.period, self.common)

    def take_keyboard(self) -> bool:
        """Put the keyboard into the first common value that must be there and is not."""
        said = self.common.values()
        for name, made in self.common.fields.items():
            if made.spec.required and name not in said:
                made.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def offer_units(self, kinds: Sequence[UnitKind]) -> None:
        """Take which kinds of unit there are."""
        self._unit_kinds = tuple(kinds)

    def choose_units(self, unit_kind: str) -> None:
        """Show which kind of unit has lines; this is no choice of the officer."""
        self._show(self.unit_kind, self._options(), unit_kind)

    def choose_period(self, name: str) -> None:
        """Show whose records are wanted; this is no choice of the officer."""
        period = self._workplace.office.periods.named(name) if name else None
        options = [Option(period.name, opening(period.label))] if period else []
        self._show(self.period, options, name)

    def _show(self, choice: FilterChoice, options: Sequence[Option], wanted: str) -> None:
        found = next((one for one in options if one.id == wanted), None)
        if found is None:
            choice.clear()
        else:
            choice.show_option(found)
        self._before[choice] = choice.option

    def _on_chosen(self, choice: FilterChoice) -> None:
        wanted = choice.option
        choice.show_option(self._before[choice])

        def choose() -> None:
            choice.show_option(wanted)
            self._before[choice] = wanted

        self.asked.emit(choose)

    def _options(self) -> list[Option]:
        return [Option(one.id, f"{one.label} ({one.count})") for one in self._unit_kinds]

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(3 * UNIT)
        row.addWidget(_labelled("Nội dung nhập", self.kind), 4)
        row.addWidget(_labelled("Đơn vị", self.unit_kind), 3)
        row.addWidget(self._period_box, 3)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addLayout(row)
        column.addWidget(self.common)


def _labelled(words: str, taker: QWidget) -> QWidget:
    box = QWidget()
    label = QLabel(words)
    label.setProperty("role", "label")
    label.setBuddy(taker)
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(UNIT // 2)
    column.addWidget(label)
    column.addWidget(taker)
    return box
