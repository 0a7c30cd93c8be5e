r"""Canonical JSON: one value has one spelling, so that digests and lines can be compared as bytes.

UTF-8, NFC, keys sorted by code point, no white space, whole numbers within 53 bits, no floats. Only
`"`, `\` and U+0000..U+001F are escaped, the short way where JSON has one (`\n`), else `\u001f`.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final, NoReturn, TypeAlias

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"

LARGEST_INTEGER: Final = 2**53 - 1
LARGEST_DEPTH: Final = 16


class NotCanonicalError(ValueError):
    """The bytes are not canonical JSON.

    Attributes:
        reason: Stable ASCII code: `not_utf8`, `not_json`, `float`, `integer_too_large`,
            `too_deep`, `not_nfc`, `lone_surrogate`, `not_canonical`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def canonical(value: Json) -> bytes:
    """Write a value as canonical JSON; text is brought to NFC on the way.

    Raises:
        TypeError: A float, bytes, a set, a key that is no text or any other foreign type.
        ValueError: An integer beyond 53 bits, a lone surrogate, nesting deeper than 16, or two keys
            that become one in NFC.
    """
    try:
        return _ENCODER.encode(_clean(value, LARGEST_DEPTH)).encode("utf-8")
    except UnicodeEncodeError as fault:
        raise NotCanonicalError("lone_surrogate") from fault


def parse_canonical(line: bytes) -> Json:
    """Read canonical JSON, refusing every byte sequence that `canonical` would not have written.

    Duplicate keys, other key orders, white space and other escapes are caught because the value is
    written again and compared.

    Raises:
        NotCanonicalError: With the reason as a stable code.
    """
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise NotCanonicalError("not_utf8") from fault
    value = _decode(text)
    if line.count(b"[") + line.count(b"{") > LARGEST_DEPTH:
        _refuse_depth(value, LARGEST_DEPTH)
    try:
        again = _ENCODER.encode(value).encode("utf-8")
    except UnicodeEncodeError as fault:
        raise NotCanonicalError("lone_surrogate") from fault
    if again != line:
        raise NotCanonicalError("not_canonical")
    # A whole line in NFC has every text of it in NFC. The reverse fails only where an escape such
    # as \n stands before a combining mark, so the slow look is rare.
    if not unicodedata.is_normalized("NFC", text) and canonical(value) != line:
        raise NotCanonicalError("not_nfc")
    return value


def parse_canonical_object(line: bytes) -> dict[str, Json]:
    """Read canonical JSON that must be an object.

    Raises:
        NotCanonicalError: With the reason as a stable code; `not_an_object` for other values.
    """
    value = parse_canonical(line)
    if not isinstance(value, dict):
        raise NotCanonicalError("not_an_object")
    return value


def _decode(text: str) -> Json:
    try:
        value: Json = _DECODER.decode(text)
    except NotCanonicalError:
        raise
    except RecursionError as fault:
        raise NotCanonicalError("too_deep") from fault
    except ValueError as fault:
        raise NotCanonicalError("not_json") from fault
    return value


def _clean(value: Json, room: int) -> Json:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise NotCanonicalError("integer_too_large")
        return int(value)
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if room == 0:
        raise NotCanonicalError("too_deep")
    if isinstance(value, dict):
        return _clean_object(value, room)
    if isinstance(value, list | tuple):
        return [_clean(item, room - 1) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical JSON")


def _clean_object(value: Mapping[str, Json], room: int) -> dict[str, Json]:
    cleaned: dict[str, Json] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise TypeError(f"a key of type {type(key).__name__} has no canonical JSON")
        cleaned[unicodedata.normalize("NFC", key)] = _clean(item, room - 1)
    if len(cleaned) != len(value):
        raise NotCanonicalError("key_twice")
    return cleaned


def _refuse_depth(value: Json, room: int) -> None:
    if not isinstance(value, dict | list):
        return
    if room == 0:
        raise NotCanonicalError("too_deep")
    for item in value.values() if isinstance(value, dict) else value:
        _refuse_depth(item, room - 1)


def _refuse_float(_text: str) -> NoReturn:
    raise NotCanonicalError("float")


def _whole_number(text: str) -> int:
    if len(text) > 17 or abs(number := int(text)) > LARGEST_INTEGER:
        raise NotCanonicalError("integer_too_large")
    return number


_DECODER: Final = json.JSONDecoder(
    parse_float=_refuse_float, parse_constant=_refuse_float, parse_int=_whole_number
)
_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)
