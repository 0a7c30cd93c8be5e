"""Fields that many kinds have in common, so that they are typed and read alike everywhere."""

from __future__ import annotations

from collections.abc import Iterator

from antq_desktop.domain.checking import lowered
from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import FieldKind, FieldSpec, Rule, RuleView, Travels

UP = Travels.UP
EARLIEST, LATEST = 1990, 2100  # years that a figure may be about


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


def count(
    name: str,
    label: str,
    unit: str = "",
    *,
    required: bool = False,
    wanted: bool = False,
    listed: bool = False,
    hint: str = "",
) -> FieldSpec:
    """Return a field that counts something and travels up."""
    return FieldSpec(
        name=name,
        label=label,
        kind=FieldKind.INTEGER,
        unit=unit,
        width=8,
        maximum=10_000_000,
        required=required,
        wanted=wanted,
        listed=listed,
        hint=hint,
        travels=UP,
    )


def document(
    name: str, label: str, *, wanted: bool = False, listed: bool = False, hint: str = ""
) -> FieldSpec:
    """Return a field for the number and sign of a document."""
    return FieldSpec(
        name=name,
        label=label,
        width=28 if not listed else 20,
        max_length=120,
        wanted=wanted,
        searched=True,
        listed=listed,
        hint=hint,
        travels=UP,
    )


def date(
    name: str,
    label: str,
    *,
    required: bool = False,
    wanted: bool = False,
    listed: bool = False,
    hint: str = "",
) -> FieldSpec:
    """Return a field for a date that may be known to the day, the month or the year."""
    return FieldSpec(
        name=name,
        label=label,
        kind=FieldKind.DATE,
        width=12,
        required=required,
        wanted=wanted,
        listed=listed,
        hint=hint,
        travels=UP,
    )


def year(name: str = "year", label: str = "Năm") -> FieldSpec:
    """Return the year that a record is about and is known by."""
    return FieldSpec(
        name=name,
        label=label,
        kind=FieldKind.INTEGER,
        minimum=EARLIEST,
        maximum=LATEST,
        required=True,
        listed=True,
        width=6,
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


def unit(
    label: str = "Khu dân cư, đơn vị", *, required: bool = False, wanted: bool = True
) -> FieldSpec:
    """Return the reference to the unit that a record is about."""
    return FieldSpec(
        name="unit",
        label=label,
        kind=FieldKind.REFERENCE,
        refers_to=("unit",),
        required=required,
        wanted=wanted and not required,
        listed=True,
        width=26,
        travels=UP,
    )


def choice(
    name: str,
    label: str,
    codes: str,
    *,
    required: bool = False,
    wanted: bool = False,
    listed: bool = False,
    width: int = 20,
    hint: str = "",
) -> FieldSpec:
    """Return a choice of a code list that travels up."""
    return FieldSpec(
        name=name,
        label=label,
        kind=FieldKind.CHOICE,
        codes=codes,
        required=required,
        wanted=wanted,
        listed=listed,
        width=width,
        hint=hint,
        travels=UP,
    )


def yes_no(
    name: str, label: str, *, wanted: bool = False, listed: bool = False, hint: str = ""
) -> FieldSpec:
    """Return a yes/no field that travels up."""
    return FieldSpec(
        name=name,
        label=label,
        kind=FieldKind.YES_NO,
        wanted=wanted,
        listed=listed,
        width=8,
        hint=hint,
        travels=UP,
    )


def subject(name: str, label: str, *, required: bool = True, hint: str = "") -> FieldSpec:
    """Return the line of text that names a record: found, listed, and travelling up."""
    return FieldSpec(
        name=name,
        label=label,
        required=required,
        searched=True,
        listed=True,
        width=40,
        max_length=300,
        hint=hint,
        travels=UP,
    )


def text(
    name: str, label: str, *, wanted: bool = False, searched: bool = False, hint: str = ""
) -> FieldSpec:
    """Return a short text that travels up."""
    return FieldSpec(
        name=name,
        label=label,
        width=30,
        wanted=wanted,
        searched=searched,
        hint=hint,
        travels=UP,
    )


def note(name: str = "note", label: str = "Ghi chú", hint: str = "") -> FieldSpec:
    """Return a long text that stays among the devices of the unit."""
    return FieldSpec(
        name=name,
        label=label,
        kind=FieldKind.LONG_TEXT,
        width=60,
        max_length=4000,
        hint=hint,
    )


def in_order(*names: str) -> Rule:
    """Return the rule that these dates, as far as they are known, follow each other."""

    def dates_follow_each_other(view: RuleView) -> Iterator[Fault]:
        earlier = ""
        for name in names:
            later = view.text(name)
            if later and earlier and comes_before(later, view.text(earlier)):
                first, second = view.spec.field(earlier).label, view.spec.field(name).label
                message = f"{second} trước {lowered(first)}. Nhập lại một trong hai ngày."
                yield view.fault("dates_out_of_order", message, name)
            earlier = name if later else earlier

    return dates_follow_each_other


def not_above(part: str, whole: str) -> Rule:
    """Return the rule that a part is not larger than the whole that it is counted in."""

    def a_part_is_within_its_whole(view: RuleView) -> Iterator[Fault]:
        some, every = view.number(part), view.number(whole)
        if some is not None and every is not None and some > every:
            first, second = view.spec.field(part).label, view.spec.field(whole).label
            message = f"{first} lớn hơn {lowered(second)}. Nhập lại một trong hai số."
            yield view.fault("part_above_whole", message, part)

    return a_part_is_within_its_whole


def has_date(state: str, states: frozenset[str], day: str) -> Rule:
    """Return the rule that what has come to one of these states says when."""

    def a_state_says_when(view: RuleView) -> Iterator[Fault]:
        if view.text(state) in states and not view.text(day):
            label = lowered(view.spec.field(day).label)
            message = f"Tình trạng này phải có {label}. Nhập {label}."
            yield view.fault("state_without_date", message, day)

    return a_state_says_when


def of_its_year(day: str) -> Rule:
    """Return the remark that a date lies in another year than the record is about."""

    def a_date_lies_in_its_year(view: RuleView) -> Iterator[Fault]:
        held, number = view.text(day), view.number("year")
        if held and number is not None and held[:4] != str(number):
            label = view.spec.field(day).label
            message = f"{label} không thuộc năm {number}. Kiểm tra lại năm hoặc ngày."
            yield view.warning("date_of_another_year", message, day)

    return a_date_lies_in_its_year


def some_of(*names: str) -> Rule:
    """Return the remark that none of several counts was given."""

    def something_is_counted(view: RuleView) -> Iterator[Fault]:
        if all(view.number(name) is None for name in names):
            labels = ", ".join(lowered(view.spec.field(name).label) for name in names)
            yield view.warning("nothing_counted", f"Chưa có số liệu: {labels}.", names[0])

    return something_is_counted
