"""What becomes of one record when a bundle that brought it is withdrawn."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.merging import EMPTY_PART, Part, join_all
from antq_desktop.domain.record import Record
from antq_desktop.domain.withdrawing import (
    BEFORE_UNKNOWN,
    ERASED,
    REFERRED_TO,
    SAID_BY_OTHERS,
    SAVED_SINCE,
    Fate,
    Standing,
    undone,
)
from tests.property.strategies import single_parts

BARE = Record("incident", "a" * 32, "b" * 32)
PIECES = st.lists(single_parts(), min_size=1, max_size=4)


def _of(*parts: Part) -> Record:
    return replace(BARE, up=join_all(parts))


def _fate(found: Standing) -> tuple[Fate, str]:
    done = undone(BARE.kind, BARE.id, found)
    return done.fate, done.code


@given(PIECES, PIECES, single_parts())
def test_what_is_left_is_the_join_of_the_others_and_of_what_was_saved_here(
    own: list[Part], others: list[Part], gone: Part
) -> None:
    held = _of(*own, *others, gone)
    found = Standing(held, own=_of(*own), others=tuple(_of(part) for part in others))
    done = undone(BARE.kind, BARE.id, found)
    left = _of(*own, *others)
    if left == held:
        assert (done.fate, done.code, done.after) == (Fate.KEPT, SAID_BY_OTHERS, None)
    else:
        assert (done.fate, done.after) == (Fate.REVERSED, left)
        assert replace(left, up=join_all([left.up, gone])) == held


@given(single_parts())
def test_where_nothing_is_left_the_record_goes_unless_somebody_here_refers_to_it(
    gone: Part,
) -> None:
    held = _of(gone)
    done = undone(BARE.kind, BARE.id, Standing(held))
    assert (done.fate, done.before, done.after) == (Fate.REVERSED, held, None)
    assert _fate(Standing(held, referred_to=True)) == (Fate.COULD_NOT, REFERRED_TO)


@given(PIECES, single_parts())
def test_work_saved_on_top_is_never_taken_away(others: list[Part], gone: Part) -> None:
    held = _of(*others, gone)
    found = Standing(held, others=tuple(_of(part) for part in others), saved_since=True)
    assert _fate(found) == (Fate.KEPT, SAVED_SINCE)


def test_what_cannot_be_worked_out_is_said() -> None:
    assert _fate(Standing(None)) == (Fate.COULD_NOT, ERASED)
    assert _fate(Standing(BARE, unknown=BEFORE_UNKNOWN)) == (Fate.COULD_NOT, BEFORE_UNKNOWN)
    assert BARE.up == EMPTY_PART
