"""Any two of three parts bring a secret back; one alone, or two that do not belong, do not."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.shares import (
    PARTS,
    groups_of,
    inverse,
    join,
    share_of,
    split,
    times,
    wrong_groups,
)
from tests.fakes import CountedBytes

SECRETS = st.binary(min_size=1, max_size=96)
SEEDS = st.text(max_size=8)
ELEMENTS = st.integers(0, 255)


@given(SECRETS, SEEDS)
def test_any_two_parts_bring_the_secret_back(secret: bytes, seed: str) -> None:
    shares = split(secret, CountedBytes(seed))
    assert len(shares) == PARTS
    for pair in permutations(shares, 2):
        assert join(pair) == secret


@given(SECRETS, SEEDS)
def test_a_part_survives_being_printed_and_typed(secret: bytes, seed: str) -> None:
    for share in split(secret, CountedBytes(seed)):
        assert share_of(" ".join(groups_of(share))) == share
        assert share_of("-".join(groups_of(share)) + "\n") == share


@given(SECRETS, SEEDS, st.data())
def test_every_single_wrong_figure_is_named_by_its_group(
    secret: bytes, seed: str, data: st.DataObject
) -> None:
    groups = list(groups_of(split(secret, CountedBytes(seed))[0]))
    at = data.draw(st.integers(0, len(groups) - 1))
    place = data.draw(st.integers(0, len(groups[at]) - 1))
    figure = data.draw(st.sampled_from([f for f in "0123456789" if f != groups[at][place]]))
    groups[at] = groups[at][:place] + figure + groups[at][place + 1 :]
    assert wrong_groups(" ".join(groups)) == (at + 1,)
    with pytest.raises(UserError) as refused:
        share_of(" ".join(groups))
    assert refused.value.code == "share_groups"


def test_one_part_fits_every_secret_equally_well() -> None:
    """For each secret byte there is exactly one slope that gives the byte of a part."""
    for place in range(1, PARTS + 1):
        for secret in (0, 1, 77, 255):
            assert len({secret ^ times(slope, place) for slope in range(256)}) == 256


def test_parts_that_do_not_belong_together_are_refused() -> None:
    first = split(b"mot bi mat", CountedBytes("a"))
    other = split(b"mot bi mat", CountedBytes("b"))
    for pair, code in (
        ((first[0], first[0]), "shares_same"),
        ((first[0], other[1]), "shares_apart"),
    ):
        with pytest.raises(UserError) as refused:
            join(pair)
        assert refused.value.code == code


@pytest.mark.parametrize("typed", ["", "abc", "12", "000000", "12345"])
def test_what_is_no_part_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        share_of(typed)


@given(ELEMENTS, ELEMENTS, ELEMENTS)
def test_the_field_is_a_field(a: int, b: int, c: int) -> None:
    assert times(a, b) == times(b, a)
    assert times(times(a, b), c) == times(a, times(b, c))
    assert times(a, b ^ c) == times(a, b) ^ times(a, c)
    assert times(a, 1) == a
    if a:
        assert times(a, inverse(a)) == 1


def test_the_field_is_the_one_of_the_standard() -> None:
    """{57} times {83} is {c1} in FIPS 197, section 4.2."""
    assert times(0x57, 0x83) == 0xC1
    assert times(0x57, 0x13) == 0xFE
