"""How long wrong passwords make one wait."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.delays import FIRST_WAIT, FREE_TRIES, LONGEST_WAIT, told, wait_after


def test_five_tries_are_counted_before_anybody_waits() -> None:
    assert [wait_after(missed) for missed in range(FREE_TRIES)] == [0] * FREE_TRIES
    assert wait_after(FREE_TRIES) == FIRST_WAIT


def test_each_wrong_try_doubles_the_wait_up_to_its_end() -> None:
    waits = [wait_after(FREE_TRIES + more) for more in range(7)]
    assert waits == [30, 60, 120, 240, 480, 900, 900]


@given(st.integers(min_value=0, max_value=10**9))
def test_no_wait_is_shorter_than_the_one_before_or_longer_than_the_longest(missed: int) -> None:
    assert 0 <= wait_after(missed) <= wait_after(missed + 1) <= LONGEST_WAIT


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.0, "1 giây"), (0.2, "1 giây"), (30, "30 giây"), (29.01, "30 giây"), (90, "90 giây"),
     (90.5, "2 phút"), (120, "2 phút"), (121, "3 phút"), (900, "15 phút")],
)  # fmt: skip
def test_a_wait_is_told_rounded_up(seconds: float, words: str) -> None:
    assert told(seconds) == words
