"""What a figure is: a pure function of one record and a period; and the usual ways to count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from antq_desktop.domain.fields import Value, Values
from antq_desktop.domain.periods import Period, first_day

Give = Callable[[Values, Period], int]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure.

    Attributes:
        code: Stable identifier.
        label: What stands in the table.
        unit: What is counted.
        kind: The kind of record that gives to it.
        give: What one record in force gives in a period.
        reads: The fields that `give` and `undated` look at, and no others.
        note: How it is counted, where the words alone leave it open.
        undated: What one record gives though the date that would place it is not known; said
            beside the figure, not added to it.
        day: The date without which, or outside of the period, a record gives nothing; empty where
            older records count too.
    """

    code: str
    label: str
    unit: str
    kind: str
    give: Give
    reads: tuple[str, ...]
    note: str = ""
    undated: Give | None = None
    day: str = ""


def text_at(values: Values, name: str) -> str:
    """Return the text of a field, empty when there is none."""
    value = values.get(name)
    return value if isinstance(value, str) else ""


def number_of(value: Value) -> int:
    """Return a whole number, 0 for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def stands(values: Values, begins: str, ends: str, period: Period) -> bool:
    """Tell whether something had begun by the end of a period and had not ended by then."""
    begin, end = text_at(values, begins), text_at(values, ends)
    return first_day(begin) <= period.until and not (end and not period.is_over_by(end))


def in_force(values: Values, begins: str, last: str, period: Period) -> bool:
    """Tell whether something is in force at the end of a period; its last day is still one."""
    begin, end = text_at(values, begins), text_at(values, last)
    return first_day(begin) <= period.until and not (end and first_day(end) < period.until)


Where = Mapping[str, frozenset[str]]
NOWHERE: Where = {}


def _is_meant(values: Values, where: Where, yes: str) -> bool:
    return all(text_at(values, name) in ids for name, ids in where.items()) and (
        not yes or values.get(yes) is True
    )


def _amount(values: Values, amount: str, empty: int) -> int:
    held = values.get(amount) if amount else None
    return number_of(held) if held is not None else empty


def counted(
    code: str,
    label: str,
    unit: str,
    kind: str,
    day: str,
    *,
    amount: str = "",
    empty: int = 1,
    where: Where = NOWHERE,
    yes: str = "",
    note: str = "",
) -> Measure:
    """Return a figure of what happened in a period.

    Args:
        code: Its code.
        label: Its label.
        unit: What is counted.
        kind: The kind of record.
        day: The date that places a record.
        amount: The field that says how many; each record is one without it.
        empty: What a record gives whose amount was left empty.
        where: Fields that are choices, and the values of theirs that count.
        yes: A yes/no field that must say yes.
        note: How it is counted.
    """

    def give(values: Values, period: Period) -> int:
        if not period.holds(text_at(values, day)) or not _is_meant(values, where, yes):
            return 0
        return _amount(values, amount, empty)

    reads = tuple(name for name in (day, amount, *where, yes) if name)
    return Measure(code, label, unit, kind, give, reads, note, day=day)


def summed(
    code: str,
    label: str,
    unit: str,
    kind: str,
    of: tuple[str, str],
    *,
    where: Where = NOWHERE,
    note: str = "",
) -> Measure:
    """Return a figure that adds up a field of what happened in a period; empty is nothing.

    `of` is the date that places a record and the field that is added up.
    """
    day, amount = of
    return counted(code, label, unit, kind, day, amount=amount, empty=0, where=where, note=note)


def standing(
    code: str,
    label: str,
    unit: str,
    kind: str,
    days: tuple[str, str],
    *,
    amount: str = "",
    empty: int = 1,
    where: Where = NOWHERE,
    yes: str = "",
    note: str = "",
) -> Measure:
    """Return a figure of what had begun by the end of a period and had not ended by then."""
    begins, ends = days

    def give(values: Values, period: Period) -> int:
        if not stands(values, begins, ends, period) or not _is_meant(values, where, yes):
            return 0
        return _amount(values, amount, empty)

    reads = tuple(name for name in (begins, ends, amount, *where, yes) if name)
    return Measure(code, label, unit, kind, give, reads, note)


def of_year(
    code: str,
    label: str,
    unit: str,
    kind: str,
    *,
    amount: str = "",
    where: Where = NOWHERE,
    yes: str = "",
    note: str = "",
) -> Measure:
    """Return a figure of records that are about a year: that in which the period ends."""

    def give(values: Values, period: Period) -> int:
        if number_of(values.get("year")) != int(period.until[:4]):
            return 0
        return _amount(values, amount, 0 if amount else 1) if _is_meant(values, where, yes) else 0

    reads = tuple(name for name in ("year", amount, *where, yes) if name)
    return Measure(code, label, unit, kind, give, reads, note)
