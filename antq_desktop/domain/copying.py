"""What of one record may begin another: a copy, the last one repeated, a template of the unit.

Decided from the declaration, for every kind alike. What a copy must not bring along is what would
make the new record say something that nobody has said: numbers, dates, who was there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from antq_desktop.domain.fields import (
    NUMERIC,
    FieldKind,
    FieldSpec,
    LineSpec,
    RecordSpec,
    Value,
    Values,
    line_path,
    lines_of,
)

_DATES: Final = frozenset({FieldKind.DATE, FieldKind.MOMENT})
_COUNTED: Final = NUMERIC | {FieldKind.DECIMAL}


def names_a_person(field: FieldSpec) -> bool:
    """Tell whether a field may hold who somebody is, be it private or not."""
    return field.private or field.names_person


def copied(spec: RecordSpec, values: Values, new_id: Callable[[], str]) -> dict[str, Value]:
    """Return what a copy of a record begins with; its lines get ids of their own."""
    found = {name: values[name] for name in _repeatable(spec) if values.get(name) is not None}
    for line in spec.lines:
        if line.ids_from or any(names_a_person(field) for field in line.fields):
            continue
        kept = [field.name for field in line.fields if _repeats(field)]
        for held in lines_of(values, line.name).values():
            found.update(_line_again(line, {n: held[n] for n in kept if n in held}, new_id))
    return found


def templated(spec: RecordSpec, values: Values) -> dict[str, Value]:
    """Return what a template keeps: what a copy does, without lines and without any person."""
    return {
        name: values[name]
        for name in _repeatable(spec)
        if values.get(name) is not None and not names_a_person(spec.field(name))
    }


def repeatable(spec: RecordSpec, path: str) -> bool:
    """Tell whether the officer may take over the last value of one field, asked for by key."""
    field = spec.at(path)
    return not field.private and not field.names_one_record


def _repeatable(spec: RecordSpec) -> Iterator[str]:
    yield from (field.name for field in spec.fields if _repeats(field))


def _repeats(field: FieldSpec) -> bool:
    if field.private or field.names_one_record or field.name == "state" or field.kind in _DATES:
        return False
    return field.kind not in _COUNTED or field.is_year


def _line_again(
    line: LineSpec, held: Values, new_id: Callable[[], str]
) -> Iterator[tuple[str, Value]]:
    if held:
        line_id = new_id()
        yield from ((line_path(line.name, line_id, name), value) for name, value in held.items())
