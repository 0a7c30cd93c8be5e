"""When two records are taken for one and the same thing: by the fields that name it together.

It is a hint to the officer and nothing else: two people bear one name, two days one title.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from antq_desktop.domain.checking import lowered
from antq_desktop.domain.fields import OF_ITS_YEAR, TEXTUAL, RecordSpec, Values
from antq_desktop.domain.text import fold, search_words

Key = tuple[str, ...]
_YEAR_LETTERS: Final = 4


def ways_to_be_alike(spec: RecordSpec) -> tuple[tuple[str, ...], ...]:
    """Return the sets of fields that name a record of a kind; its identity where that is one."""
    return spec.suspects or ((spec.alike,) if spec.alike else ())


def name_in(way: str) -> str:
    """Return the field that a part of a set names."""
    return way.removesuffix(OF_ITS_YEAR)


def key_of(spec: RecordSpec, names: tuple[str, ...], values: Values) -> Key | None:
    """Return what two alike records have in common; None while one of the fields is empty."""
    found = [_part(spec, name, values) for name in names]
    return tuple(found) if all(found) else None


def alike(spec: RecordSpec, one: Values, other: Values) -> tuple[str, ...] | None:
    """Return the fields in which two records are the same thing; None where they are not."""
    for names in ways_to_be_alike(spec):
        key = key_of(spec, names, one)
        if key is not None and key == key_of(spec, names, other):
            return names
    return None


def told(spec: RecordSpec, names: tuple[str, ...]) -> str:
    """Return in words what two records have in common; what they belong to goes without saying."""
    return ", ".join(_told(spec, names))


def _told(spec: RecordSpec, names: tuple[str, ...]) -> Iterator[str]:
    for way in names:
        if way.endswith(OF_ITS_YEAR):
            yield "năm"
        elif way != spec.parent:
            yield lowered(spec.field(way).label)


def _part(spec: RecordSpec, way: str, values: Values) -> str:
    name = name_in(way)
    value = values.get(name)
    if value is None:
        return ""
    if way.endswith(OF_ITS_YEAR):
        return str(value)[:_YEAR_LETTERS]
    if spec.field(name).kind in TEXTUAL and isinstance(value, str):
        return " ".join(word.lstrip("0") or "0" for word in _words(value))
    return str(value)


def _words(text: str) -> tuple[str, ...]:
    return search_words(text) or tuple(fold(text).split())
