"""A short file in codes: cut, mixed, doubled, and put together again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.paper_pieces import CODE_BYTES, LARGEST, MOST_CODES, cut, gather

SHORT = st.binary(min_size=1, max_size=LARGEST)


@given(st.lists(SHORT, min_size=1, max_size=3, unique=True), st.randoms())
def test_files_come_back_from_codes_in_any_order_and_twice(
    files: list[bytes], dice: object
) -> None:
    codes = [code for data in files for code in cut(data)]
    codes += codes[:2]
    dice.shuffle(codes)  # type: ignore[attr-defined]  # hypothesis draws it
    found = gather(codes)
    assert set(found.whole) == set(files)
    assert (found.missing, found.foreign) == ((), 0)


@given(SHORT)
def test_no_more_than_three_codes_of_900_bytes_are_made(data: bytes) -> None:
    codes = cut(data)
    assert len(codes) <= MOST_CODES == 3
    assert max(map(len, codes)) <= CODE_BYTES == 900


@given(st.lists(st.binary(max_size=40) | st.binary(max_size=20).map(b"ANTQP1".__add__)))
def test_codes_of_others_never_make_a_file(codes: list[bytes]) -> None:
    found = gather(codes)
    assert found.whole == () or all(len(data) for data in found.whole)
    assert len(found.whole) + len(found.missing) + found.foreign <= len(codes)


@given(st.binary(min_size=1000, max_size=LARGEST), st.integers(0, 2), st.integers(0, 7))
def test_a_flipped_bit_is_seen(data: bytes, place: int, bit: int) -> None:
    codes = [bytearray(code) for code in cut(data)]
    codes[place % len(codes)][-1] ^= 1 << bit
    assert gather(map(bytes, codes)).whole == ()


def test_what_does_not_fit_is_refused() -> None:
    for data in (b"", bytes(LARGEST + 1)):
        with pytest.raises(ValueError, match="do not fit"):
            cut(data)


def test_missing_codes_are_named() -> None:
    codes = cut(bytes(range(256)) * 10)
    assert gather(codes[1:2]).missing == (((1, 3), 3),)
