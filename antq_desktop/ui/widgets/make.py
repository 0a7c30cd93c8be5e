"""From a spec to its widget."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from antq_desktop.domain.fields import FieldKind, FieldSpec
from antq_desktop.ui.widgets.chosen_fields import AnswerField, ChoiceField, ReferenceField
from antq_desktop.ui.widgets.field import FieldWidget, Kit
from antq_desktop.ui.widgets.typed_fields import DatedField, LongField, TypedField

_CLASSES: dict[FieldKind, type[FieldWidget]] = {
    FieldKind.TEXT: TypedField,
    FieldKind.LONG_TEXT: LongField,
    FieldKind.INTEGER: TypedField,
    FieldKind.MONEY: TypedField,
    FieldKind.DECIMAL: TypedField,
    FieldKind.DATE: DatedField,
    FieldKind.MOMENT: DatedField,
    FieldKind.YES_NO: AnswerField,
    FieldKind.CHOICE: ChoiceField,
    FieldKind.REFERENCE: ReferenceField,
    FieldKind.PHONE: TypedField,
    FieldKind.CITIZEN_ID: TypedField,
}


def make_field(spec: FieldSpec, kit: Kit, parent: QWidget | None = None) -> FieldWidget:
    """Return the widget of a field."""
    return _CLASSES[spec.kind](spec, kit, parent)
