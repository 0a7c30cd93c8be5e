"""The code on a printed paper is the same everywhere, and a mistake in it is noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.paper_codes import (
    ALPHABET,
    LENGTH,
    about_letters,
    is_code,
    paper_code,
    read_code,
    shown_code,
)

codes = st.builds(paper_code, st.text(max_size=40), st.binary(max_size=40))


@given(codes)
def test_a_code_is_read_back_however_it_is_typed(code: str) -> None:
    assert len(code) == LENGTH
    for typed in (code, code.lower(), shown_code(code), f" {code[:4]}-{code[4:]}\r\n"):
        assert read_code(typed) == code
    assert read_code(code.replace("0", "o").replace("1", "i")) == code


@given(codes, st.data())
def test_one_wrong_letter_and_two_exchanged_are_noticed(code: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, LENGTH - 1))
    other = data.draw(st.sampled_from(ALPHABET).filter(lambda letter: letter != code[at]))
    assert not is_code(code[:at] + other + code[at + 1 :])
    first, second = sorted(data.draw(st.permutations(range(LENGTH)))[:2])
    if code[first] != code[second]:
        swapped = list(code)
        swapped[first], swapped[second] = swapped[second], swapped[first]
        assert not is_code("".join(swapped))


@given(st.text(max_size=40), st.binary(max_size=40), st.binary(max_size=40))
def test_every_version_of_one_thing_begins_alike(about: str, one: bytes, other: bytes) -> None:
    assert paper_code(about, one)[:4] == paper_code(about, other)[:4] == about_letters(about)
    assert paper_code(about, one) == paper_code(about, one)


def test_a_vietnamese_keyboard_leaves_every_letter_as_it_is() -> None:
    assert not set(ALPHABET) & set("AEIOUYDW")  # nothing that Telex or VNI turns into another


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "paper_code_length"),
        ("C7F4", "paper_code_length"),
        ("AAAA AAAA", "paper_code_mistyped"),
        ("C7F4 K2M0 1", "paper_code_length"),
    ],
)
def test_what_is_no_code_is_refused_with_a_reason(typed: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        read_code(typed)
    assert refused.value.code == code
    assert refused.value.field == "code"
