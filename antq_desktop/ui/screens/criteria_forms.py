"""Forms of the parts of a set: an item, a group, a ceiling, the first page; what is wrong beside.

Each change is told at once by name and value; what cannot be understood stays in its field with
the reason beside it and is not told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec, Value
from antq_desktop.domain.scoring.points import points_text
from antq_desktop.domain.scoring.sets import Asks, CriteriaSet, Group, Item, Role, SetKind
from antq_desktop.domain.shown import show_integer
from antq_desktop.services.standards.set_editing import checks_for, usual_settings
from antq_desktop.ui.screens.editor_kit import make_kit
from antq_desktop.ui.screens.handover_parts import words
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.field import Option
from antq_desktop.ui.widgets.make import make_field

if TYPE_CHECKING:
    from antq_desktop.domain.scoring.rules import SetFault
    from antq_desktop.ui.widgets.field import FieldWidget
    from antq_desktop.ui.workplace import Workplace

_ROLES: Final = {
    Role.SCORE: "Chấm điểm",
    Role.BONUS: "Điểm thưởng",
    Role.DEDUCTION: "Điểm trừ",
    Role.VETO: "Khống chế, không có điểm",
}
_ASKS: Final = {Asks.MET: "Đạt, chưa đạt", Asks.HAPPENED: "Không xảy ra, có xảy ra"}
SETTINGS: Final = {
    "percent": "Tỷ lệ từ (%)",
    "least": "Ngưỡng từ",
    "below": "Dưới (0 là không giới hạn)",
    "least_plants": "Số cây từ",
    "below_plants": "Số cây dưới (0 là không giới hạn)",
    "least_metres": "Diện tích từ (m²)",
    "below_metres": "Diện tích dưới (m², 0 là không giới hạn)",
}
_SETTING: Final = "setting_"
_MANY, _SHORT = 5, 30  # options beyond which short ones stand in two columns, and how short


class Ticks(QWidget):
    """Boxes to tick, one below the other; `changed` when one is."""

    changed = Signal()

    def __init__(self, label: str, options: Mapping[str, str], ticked: Sequence[str]) -> None:
        super().__init__()
        self.boxes: dict[str, QCheckBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(UNIT // 2)
        grid.addWidget(words(label, "label"), 0, 0, 1, 2)
        short = all(len(text) <= _SHORT for text in options.values())
        half = (len(options) + 1) // 2 if short and len(options) > _MANY else len(options)
        for at, (key, text) in enumerate(options.items()):
            box = self.boxes[key] = QCheckBox(text if len(text) <= 70 else f"{text[:69]}…")
            box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            box.setToolTip(text)
            box.setChecked(key in ticked)
            box.toggled.connect(lambda _on: self.changed.emit())
            grid.addWidget(box, 1 + at % half, at // half)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def ticked(self) -> tuple[str, ...]:
        """Return what is ticked, in the order shown."""
        return tuple(key for key, box in self.boxes.items() if box.isChecked())


class PartForm(QWidget):
    """Fields of one part; `changed` carries the name of the field and what it holds now."""

    changed = Signal(str, object)

    def __init__(
        self,
        workplace: Workplace,
        specs: Sequence[FieldSpec],
        held: Mapping[str, Value],
        lists: Mapping[str, Sequence[Option]] | None = None,
    ) -> None:
        super().__init__()
        usual = make_kit(workplace, self)
        given = lists or {}
        kit = replace(usual, codes=lambda name: given.get(name) or usual.codes(name))
        self.fields: dict[str, FieldWidget] = {}
        self.unsound: dict[str, UserError] = {}
        self._told: tuple[SetFault, ...] = ()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(UNIT + 2)
        self.whole = words("", "fault")
        self.whole.hide()
        self.column.addWidget(self.whole)
        for spec in specs:
            field = self.fields[spec.name] = make_field(spec, kit)
            field.set_value(held.get(spec.name))
            field.edited.connect(self._on_edited)
            field.settled.connect(self._on_edited)
            self.column.addWidget(field)

    def tell(self, faults: Sequence[SetFault]) -> None:
        """Show what is wrong with the part, each beside its field."""
        self._told = tuple(faults)
        rest = [fault.what for fault in faults if self._name(fault.field) not in self.fields]
        self.whole.setText("\n".join(f"✕ {sentence(what)}" for what in dict.fromkeys(rest)))
        self.whole.setVisible(bool(rest))
        for name in self.fields:
            self._show(name)

    def _name(self, field: str) -> str:
        if field != "settings":
            return field
        return next((name for name in self.fields if name.startswith(_SETTING)), field)

    def _show(self, name: str) -> None:
        field, error = self.fields[name], self.unsound.get(name)
        if error is not None:
            field.show_faults(error.faults)
            return
        found = [f for f in self._told if self._name(f.field) == name]
        field.show_faults([Fault("set_faulty", sentence(f.what), name) for f in found])

    def _on_edited(self, name: str) -> None:
        try:
            value = self.fields[name].value()
        except UserError as error:
            self.unsound[name] = error
            self._show(name)
            return
        self.unsound.pop(name, None)
        self.changed.emit(name, value)


def sentence(what: str) -> str:
    """Return the end of a sentence as one of its own."""
    return f"{what[:1].upper()}{what[1:]}."


def options(labels: Mapping[str, str]) -> list[Option]:
    """Return things to choose from by id and label."""
    return [Option(key, label) for key, label in labels.items()]


def item_form(workplace: Workplace, criteria: CriteriaSet, item: Item) -> PartForm:
    """Return the form of an item that may be changed."""
    points = criteria.kind is SetKind.POINTS
    specs = [
        FieldSpec(name="text", label="Nội dung", kind=FieldKind.LONG_TEXT, required=True,
                  max_length=2000, width=60),
        FieldSpec(name="article", label="Điều, khoản", max_length=200, width=30),
    ]  # fmt: skip
    if points:
        specs.append(FieldSpec(name="role", label="Vai trò", kind=FieldKind.CHOICE,
                               codes="set_roles", required=True, width=24))  # fmt: skip
    if points and item.role is not Role.VETO:
        specs.append(FieldSpec(name="most", label="Điểm tối đa", kind=FieldKind.DECIMAL,
                               required=True, width=8))  # fmt: skip
    if not item.scored:
        specs.append(FieldSpec(name="asks", label="Cách trả lời", kind=FieldKind.CHOICE,
                               codes="set_asks", required=True, width=24))  # fmt: skip
    specs.append(
        FieldSpec(name="check", label="Chương trình tính", kind=FieldKind.CHOICE,
                  codes="set_checks", width=50,
                  hint="Bỏ trống là người chấm tự đánh giá.")
    )  # fmt: skip
    usual = usual_settings(workplace.office.standards.sets.shipped.values(), item.check)
    specs += [
        FieldSpec(name=_SETTING + name, label=SETTINGS.get(name, name), kind=FieldKind.INTEGER,
                  minimum=0, required=True, width=10,
                  hint=f"thường là {show_integer(usual[name])}" if name in usual else "")
        for name in item.settings
    ]  # fmt: skip
    held: dict[str, Value] = {
        "text": item.text or None,
        "article": item.article or None,
        "role": item.role.value,
        "most": points_text(item.most),
        "asks": item.asks.value,
        "check": item.check or None,
        **{_SETTING + name: value for name, value in item.settings.items()},
    }
    found = {check.name: check.title for check in checks_for(criteria)}
    if item.check and item.check not in found:
        from antq_desktop.domain.scoring.checks import CHECKS

        found[item.check] = CHECKS[item.check].title if item.check in CHECKS else item.check
    lists = {
        "set_roles": options({role.value: label for role, label in _ROLES.items()}),
        "set_asks": options({asks.value: label for asks, label in _ASKS.items()}),
        "set_checks": options(found),
    }
    return PartForm(workplace, specs, held, lists)


def setting_of(name: str) -> str:
    """Return the threshold that a field holds; empty for any other field."""
    return name.removeprefix(_SETTING) if name.startswith(_SETTING) else ""


def group_form(workplace: Workplace, group: Group) -> PartForm:
    """Return the form of a group."""
    specs = (
        FieldSpec(name="title", label="Tên nhóm", required=True, max_length=300, width=50),
        FieldSpec(name="article", label="Điều, khoản", max_length=200, width=30),
        FieldSpec(name="need", label="Số mục cần đạt", kind=FieldKind.INTEGER, minimum=0, width=8,
                  hint="Bỏ trống là mọi mục áp dụng."),
    )  # fmt: skip
    held: dict[str, Value] = {
        "title": group.title,
        "article": group.article or None,
        "need": group.need or None,
    }
    return PartForm(workplace, specs, held)
