"""The quick reader of lines says yes exactly where the slow one does, with the same value."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antq_desktop.bundle.quick import parse_checked_line, parse_line
from antq_desktop.domain.canonical import (
    Json,
    NotCanonicalError,
    canonical,
    parse_canonical_object,
)

PIECES = st.sampled_from(
    ["a", "Ế", "e\u0302", "\u0301", "\n", "\x1f", "\x7f", "\u2028", '"', "\\", "/", "1.5", ":1e9",
     ",1234567890123456", "\ud800", "\U0001f600", "{", "[", "\ufeff", "\x00"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=4).map("".join)
NUMBERS = st.integers(-(2**60), 2**60) | st.floats() | st.sampled_from([0, -1, 2**53 - 1, 2**53])
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=25,
)
OBJECTS = st.dictionaries(TEXTS, VALUES, max_size=4)


def both(line: bytes) -> tuple[object, object]:
    """Return what each reader makes of a line: the value, or the reason for refusing it."""
    told: list[object] = []
    for read in (parse_canonical_object, parse_line):
        try:
            told.append(("value", read(line)))
        except NotCanonicalError as fault:
            told.append(("refused", fault.reason))
    return told[0], told[1]


@settings(max_examples=400, deadline=None)
@given(OBJECTS, st.booleans(), st.booleans())
def test_both_readers_agree_on_any_spelling(value: object, ascii_only: bool, spaced: bool) -> None:
    text = json.dumps(
        value, ensure_ascii=ascii_only, sort_keys=True, separators=None if spaced else (",", ":")
    )
    slow, quick = both(text.encode("utf-8", "surrogatepass"))
    assert slow == quick


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_both_readers_agree_on_a_canonical_line_with_one_byte_changed(data: st.DataObject) -> None:
    value: dict[str, Json] = {"Ế": [1, None, {"b": "1.5,\n"}], "number": -12, "z": [[True]]}
    line = bytearray(canonical(value))
    line[data.draw(st.integers(0, len(line) - 1))] = data.draw(st.integers(0, 255))
    slow, quick = both(bytes(line))
    assert slow == quick


@pytest.mark.parametrize(
    "line",
    [
        b'{"a":1,"a":1}', b'{"a":-0}', b'{"a":9007199254740993}', b'{"a":12345678901234567890}',
        b'{"a":1.0}', b'{"a":1e5}', b'{"a":[1.0]}', b'{"a":[1,2E1]}', b'{"a":NaN}', b"[]", b"1.5",
        b'{"a":"\\ud800"}', b'{"a":"\\/"}', b'{"a":"\x7f"}', b'{"a":' * 30 + b"1" + b"}" * 30,
        b"[" * 100_000, b"", b"{", b'{"a":1}\x00', b'{"b":1,"a":2}', b'{"a":"\xed\xa0\x80"}',
        b'{"a":0.1}', b'{"a":-0.0}', b'{"a":01}', b"\xef\xbb\xbf{}",
    ],
)  # fmt: skip
def test_both_readers_agree_on_what_an_attacker_would_try(line: bytes) -> None:
    slow, quick = both(line)
    assert slow == quick


def test_a_checked_line_reads_as_the_same_value() -> None:
    value: dict[str, Json] = {"a": [1, None, True, "Nguyễn Văn Mẫu"], "b": {"c": -(2**53) + 1}}
    assert parse_checked_line(canonical(value)) == value
