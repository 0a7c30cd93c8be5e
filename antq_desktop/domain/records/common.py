"""Fields that many kinds have in common, so that they are typed and read alike everywhere."""

from __future__ import annotations

from antq_desktop.domain.fields import FieldKind, FieldSpec, Travels

UP = Travels.UP


def comes_before(earlier: str, later: str) -> bool:
    """Tell whether one date or moment lies before another as far as both are known.

    `2026-03` does not come before `2026-03-15`: the shorter one leaves it open.
    """
    known = min(len(earlier), len(later))
    return earlier[:known] < later[:known]


def money(name: str, label: str) -> FieldSpec:
    """Return a field of whole đồng that travels up."""
    return FieldSpec(
        name=name, label=label, kind=FieldKind.MONEY, unit="đồng", width=16, travels=UP
    )


def count(name: str, label: str, unit: str = "") -> FieldSpec:
    """Return a field that counts something and travels up."""
    return FieldSpec(
        name=name,
        label=label,
        kind=FieldKind.INTEGER,
        unit=unit,
        width=8,
        maximum=10_000_000,
        travels=UP,
    )


def document(name: str, label: str) -> FieldSpec:
    """Return a field for the number and sign of a document."""
    return FieldSpec(name=name, label=label, width=28, max_length=120, searched=True, travels=UP)


def date(name: str, label: str, *, required: bool = False, listed: bool = False) -> FieldSpec:
    """Return a field for a date that may be known to the day, the month or the year."""
    return FieldSpec(
        name=name,
        label=label,
        kind=FieldKind.DATE,
        width=12,
        required=required,
        listed=listed,
        travels=UP,
    )


def parent(name: str, label: str, kind: str, *, required: bool = False) -> FieldSpec:
    """Return a reference to the record that this one belongs to."""
    return FieldSpec(
        name=name,
        label=label,
        kind=FieldKind.REFERENCE,
        refers_to=(kind,),
        required=required,
        width=30,
        travels=UP,
    )
