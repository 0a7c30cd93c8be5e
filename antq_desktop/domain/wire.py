"""Checks of what came over the wire: each returns the value, or raises naming the field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from types import MappingProxyType
from typing import Final, TypeVar

from antq_desktop.domain.canonical import Json
from antq_desktop.domain.ids import CROCKFORD, RECORD_ID

_WRITER: Final = re.compile(rf"[{CROCKFORD}]{{8}}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_DEVICE: Final = re.compile(r"[0-9a-f]{32}")
_KIND: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", re.ASCII)
_T = TypeVar("_T")


class WireError(ValueError):
    """What came does not say what it must; `where` names the field."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


def matching(value: Json, where: str, pattern: re.Pattern[str]) -> str:
    """Return a text that matches a pattern as a whole, or raise `WireError`."""
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise WireError(where)
    return value


def digest(value: Json, where: str) -> str:
    """Return a SHA-256 in lower-case hexadecimal, or raise `WireError`."""
    return matching(value, where, _DIGEST)


def writer(value: Json, where: str) -> str:
    """Return a writer's id, or raise `WireError`."""
    return matching(value, where, _WRITER)


def record_kind(value: Json, where: str) -> str:
    """Return the name of a kind of record, or raise `WireError`."""
    return matching(value, where, _KIND)


def record_id(value: Json, where: str) -> str:
    """Return the id of a record: 128 bits in hexadecimal, or that of a unit of the table."""
    return matching(value, where, RECORD_ID)


def device_id(value: Json, where: str) -> str:
    """Return a device's id, or raise `WireError`."""
    return matching(value, where, _DEVICE)


def words(value: Json, where: str, longest: int = 200) -> str:
    """Return a name for people: letters and none of them invisible, or raise `WireError`."""
    if not isinstance(value, str) or not 0 < len(value) <= longest or not value.isprintable():
        raise WireError(where)
    return value


def whole(value: Json, where: str, least: int = 0, largest: int = 2**53 - 1) -> int:
    """Return a whole number within bounds, or raise `WireError`."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= largest:
        raise WireError(where)
    return value


def codes(value: Json, where: str) -> tuple[str, ...]:
    """Return up to 100 stable codes, or raise `WireError`."""
    if not isinstance(value, list) or len(value) > 100:
        raise WireError(where)
    return tuple(matching(item, where, _CODE) for item in value)


def exactly(value: Json, where: str, keys: AbstractSet[str]) -> Mapping[str, Json]:
    """Return an object that has these keys and no other, or raise `WireError`."""
    if not isinstance(value, dict) or set(value) != keys:
        raise WireError(where)
    return value


def optional(value: Json, where: str, read: Callable[[Json, str], _T]) -> _T | None:
    """Return what `read` makes of a value that may be null."""
    return None if value is None else read(value, where)


def per_kind(value: Json, where: str) -> Mapping[str, int]:
    """Return a number for each kind of record, or raise `WireError`."""
    if not isinstance(value, dict):
        raise WireError(where)
    found = {record_kind(kind, where): whole(count, where) for kind, count in value.items()}
    return MappingProxyType(found)


def moment(value: Json, where: str) -> str:
    """Return a civil time to the second, or raise `WireError`."""
    text = matching(value, where, _MOMENT)
    try:
        datetime.fromisoformat(text)
    except ValueError as fault:
        raise WireError(where) from fault
    return text


def yes_or_no(value: Json, where: str) -> bool:
    """Return true or false, or raise `WireError`."""
    if not isinstance(value, bool):
        raise WireError(where)
    return value
