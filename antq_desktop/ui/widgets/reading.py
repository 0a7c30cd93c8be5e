"""What is typed into a value, and a value into what is typed: the one table of kinds."""

from __future__ import annotations

from datetime import datetime

from antq_desktop.domain import shown, typed, typed_numbers
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec, Value
from antq_desktop.domain.text import clean


def understand(spec: FieldSpec, text: str, now: datetime) -> Value:
    """Return the stored value of a typed text; None when it is blank.

    Raises:
        UserError: The text cannot be understood as this field; the code says why.
    """
    if not text.strip():
        return None
    match spec.kind:
        case FieldKind.DATE:
            value = typed.parse_date(text, now.date(), spec.label, partial=True, field=spec.name)
        case FieldKind.MOMENT:
            value = typed.parse_moment(text, now, spec.label, field=spec.name)
        case FieldKind.PHONE:
            value = typed_numbers.parse_phone(text, spec.label, field=spec.name)
        case FieldKind.CITIZEN_ID:
            value = typed_numbers.parse_citizen_id(text, spec.label, field=spec.name)
        case FieldKind.DECIMAL:
            value = typed_numbers.parse_decimal(text, spec.label, field=spec.name)
        case FieldKind.INTEGER | FieldKind.MONEY:
            return _number(spec, text)
        case _:
            value = _worded(spec, _plain(spec, text))
    return value


def to_type(spec: FieldSpec, value: Value) -> str:
    """Return the text in which a value stands in its field, ready to be typed over."""
    if value is None:
        return ""
    if isinstance(value, int):
        is_year = spec.name == "year" or spec.name.endswith("_year")
        return str(value) if is_year else shown.show_integer(value)
    write = _WRITERS.get(spec.kind, spec.said)
    return write(value)


_WRITERS = {
    FieldKind.DATE: shown.show_date,
    FieldKind.MOMENT: shown.show_moment,
    FieldKind.DECIMAL: shown.show_decimal,
    FieldKind.PHONE: shown.show_phone,
}


def in_full(spec: FieldSpec, value: Value) -> str:
    """Return what stands under a field so that a slip is seen: the sum of money in full."""
    if spec.kind is not FieldKind.MONEY or not isinstance(value, int):
        return ""
    full = f"{shown.show_money_full(value)} đồng"
    short = shown.show_money(value)
    return full if short == full else f"{full} ({short})"


def _plain(spec: FieldSpec, text: str) -> str:
    long = spec.kind is FieldKind.LONG_TEXT
    stored = clean(text.strip(), spec.label, long=long, field=spec.name)
    if len(stored) > spec.max_length:
        over = len(stored) - spec.max_length
        message = f"{spec.label} dài quá {spec.max_length} chữ, đang thừa {over}. Rút ngắn lại."
        raise UserError("text_too_long", message, spec.name)
    return stored


def _worded(spec: FieldSpec, text: str) -> str:
    reads = spec.wording.read if spec.wording is not None else None
    return reads(text) if reads is not None else text


def _number(spec: FieldSpec, text: str) -> int:
    most = typed_numbers.LARGEST if spec.maximum is None else spec.maximum
    if spec.kind is FieldKind.MONEY:
        return typed_numbers.parse_money(text, spec.label, maximum=most, field=spec.name)
    return typed_numbers.parse_integer(
        text, spec.label, minimum=spec.minimum or 0, maximum=most, field=spec.name
    )
