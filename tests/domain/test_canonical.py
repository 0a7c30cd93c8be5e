"""One value has one spelling, and every other spelling is refused with its reason."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.canonical import (
    LARGEST_DEPTH,
    LARGEST_INTEGER,
    Json,
    NotCanonicalError,
    canonical,
    parse_canonical,
    parse_canonical_object,
)

TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(TEXTS.map(lambda text: unicodedata.normalize("NFC", text)), inner)
    ),
    max_leaves=12,
)


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


@given(VALUES)
def test_what_is_written_is_read_back_and_written_alike(value: Json) -> None:
    line = canonical(value)
    again = parse_canonical(line)
    assert canonical(again) == line
    assert b"\n" not in line
    assert json.loads(line) == again


@given(VALUES)
def test_white_space_or_other_escapes_are_another_spelling(value: Json) -> None:
    line = canonical(value)
    for other in (line + b" ", b" " + line, json.dumps(json.loads(line), indent=1).encode()):
        if other != line:
            with pytest.raises(NotCanonicalError):
                parse_canonical(other)


def test_keys_are_sorted_and_text_becomes_nfc() -> None:
    decomposed = unicodedata.normalize("NFD", "Nguyễn Văn Mẫu")
    assert canonical({"tên": decomposed, "a": [1, True, None]}) == (
        '{"a":[1,true,null],"tên":"Nguyễn Văn Mẫu"}'.encode()
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"a":1,"a":1}', "not_canonical"),
        (b'{"a":1,"a":2}', "not_canonical"),
        (b'{"b":1,"a":2}', "not_canonical"),
        (b'{"a": 1}', "not_canonical"),
        (b'{"a":1}\r', "not_canonical"),
        (b'{"a":-0}', "not_canonical"),
        (b'"\\u0061"', "not_canonical"),
        (b'"\\/"', "not_canonical"),
        (b'"\\u001F"', "not_canonical"),
        (b'{"a":NaN}', "float"),
        (b'{"a":Infinity}', "float"),
        (b'{"a":-Infinity}', "float"),
        (b'{"a":1.0}', "float"),
        (b'{"a":1e2}', "float"),
        (b"9007199254740992", "integer_too_large"),
        (b"1" * 5000, "integer_too_large"),
        (b'"\\ud800"', "lone_surrogate"),
        (b'{"\\udfff":1}', "lone_surrogate"),
        (b'"\xed\xa0\x80"', "not_utf8"),
        (b'"\xc0\x80"', "not_utf8"),
        (b"\xef\xbb\xbf{}", "not_json"),
        (b'"\x00"', "not_json"),
        (b"", "not_json"),
        (b"{}{}", "not_json"),
        (b"01", "not_json"),
        (b"{'a':1}", "not_json"),
        (nested(17), "too_deep"),
        (nested(100_000), "too_deep"),
        (b'{"a":' * 17 + b"1" + b"}" * 17, "too_deep"),
        ('"e\u0302"'.encode(), "not_nfc"),
        ('{"e\u0302":1}'.encode(), "not_nfc"),
        ('"\\n\u00e9e\u0301"'.encode(), "not_nfc"),
    ],
)
def test_every_other_spelling_is_refused_with_its_reason(line: bytes, reason: str) -> None:
    with pytest.raises(NotCanonicalError) as caught:
        parse_canonical(line)
    assert caught.value.reason == reason


def test_the_deepest_nesting_that_is_allowed_passes_both_ways() -> None:
    assert canonical(parse_canonical(nested(LARGEST_DEPTH))) == nested(LARGEST_DEPTH)


def test_many_brackets_side_by_side_are_not_deep() -> None:
    line = canonical([[] for _ in range(100)])
    assert parse_canonical(line) == [[]] * 100


def test_a_mark_after_an_escaped_line_break_is_still_canonical() -> None:
    line = canonical("\n\u0301")
    assert parse_canonical(line) == "\n\u0301"


@pytest.mark.parametrize("value", [1.5, float("nan"), {1: 2}, b"x", {1, 2}, object()])
def test_a_value_without_canonical_form_is_a_mistake_of_the_caller(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)  # type: ignore[arg-type]  # the wrong type is the point


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (2**53, "integer_too_large"),
        ("\ud800", "lone_surrogate"),
        ({"\u00ea": 1, "e\u0302": 2}, "key_twice"),
    ],
)
def test_a_value_that_could_not_be_read_back_is_refused(value: Json, reason: str) -> None:
    with pytest.raises(NotCanonicalError) as caught:
        canonical(value)
    assert caught.value.reason == reason


def test_writing_deeper_than_allowed_is_refused() -> None:
    value: Json = []
    for _ in range(LARGEST_DEPTH):
        value = [value]
    with pytest.raises(NotCanonicalError):
        canonical(value)


def test_only_an_object_is_an_object() -> None:
    assert parse_canonical_object(b'{"a":1}') == {"a": 1}
    with pytest.raises(NotCanonicalError) as caught:
        parse_canonical_object(b"[]")
    assert caught.value.reason == "not_an_object"
