"""The join of saves: whatever was saved, in whatever order it comes, the state is one."""

from __future__ import annotations

import json
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.merging import (
    EMPTY_PART,
    Part,
    covers,
    is_mark,
    join,
    join_all,
    part_of_save,
)
from antq_desktop.domain.packing import pack, unpack
from tests.property.histories import Said, chance, expected, history, pieces
from tests.property.strategies import parts, single_parts

ORDINARY_HISTORIES = 120
HEAVY_HISTORIES = 10_000


@given(parts(), parts())
def test_it_does_not_matter_which_of_two_comes_first(left: Part, right: Part) -> None:
    assert join(left, right) == join(right, left)


@given(parts(), parts(), parts())
def test_it_does_not_matter_which_two_of_three_meet_first(a: Part, b: Part, c: Part) -> None:
    assert join(join(a, b), c) == join(a, join(b, c))


@given(parts(), parts())
def test_merging_twice_changes_nothing(left: Part, right: Part) -> None:
    once = join(left, right)
    assert join(once, right) == once
    assert join(once, left) == once
    assert join(once, once) == once


@given(st.lists(single_parts(), max_size=5), st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_gives_the_same_bytes(said: list[Part], dice: Random) -> None:
    whole = join_all(said)
    again = said + dice.choices(said, k=3) if said else said
    dice.shuffle(again)
    assert canonical(pack(join_all(again))) == canonical(pack(whole))


@given(st.lists(single_parts(), min_size=1, max_size=5))
def test_a_field_never_loses_its_last_value(said: list[Part]) -> None:
    whole = join_all(said)
    assert set(whole.fields) == {path for part in said for path in part.fields}
    assert all(state.entries for state in whole.fields.values())


@given(parts())
def test_a_save_made_now_has_seen_everything_there_is(part: Part) -> None:
    seen = part.seen()
    for state in part.fields.values():
        assert all(covers(seen, entry.save.stamp) for entry in state.entries)
        assert all(counter <= seen.get(writer, 0) for writer, counter in state.covered().items())


@given(parts())
def test_what_is_packed_comes_back_the_same(part: Part) -> None:
    packed = json.loads(canonical(pack(part)))
    assert unpack(packed, part.values()) == part


@given(parts(), parts())
def test_equal_parts_have_equal_bytes_and_unequal_ones_have_not(left: Part, right: Part) -> None:
    def spelt(part: Part) -> bytes:
        return canonical({"stamps": pack(part), "values": part.values()})

    assert (spelt(left) == spelt(right)) == (left == right)


def check_history(seed: int) -> None:
    """Hold one honest history to every promise."""
    found = history(seed)
    whole = found.joined()
    alive = found.lives_on()
    _everybody_ends_alike(whole, found.devices[0].part, alive, seed)
    _nothing_current_is_lost(whole, alive)
    _no_conflict_that_never_was(whole)


def _everybody_ends_alike(whole: Part, one: Part, alive: list[Said], seed: int) -> None:
    dice = chance(seed + 1)
    single = list(pieces(alive))
    dice.shuffle(single)
    some = dice.choices(single, k=len(single)) if single else []
    assert join_all([*single, *some, one]) == whole
    assert expected(alive) == whole


def _nothing_current_is_lost(whole: Part, alive: list[Said]) -> None:
    for said in alive:
        for path, value in said.values.items():
            entries = whole.fields[path].entries
            kept = any(e.save == said.save and e.value == value for e in entries)
            overwritten = any(
                path in other.values and covers(dict(other.save.context), said.save.stamp)
                for other in alive
            )
            assert kept or overwritten
            assert not (kept and overwritten)


def _no_conflict_that_never_was(whole: Part) -> None:
    for path, state in whole.fields.items():
        ordered = sorted(state.entries, key=lambda entry: entry.save.stamp)
        for earlier, later in pairwise(ordered):
            assert not covers(dict(later.save.context), earlier.save.stamp)
        if path in whole.conflicts():
            assert len({(type(e.value).__name__, str(e.value)) for e in state.entries}) > 1
        elif not is_mark(path):
            assert len({str(e.value) for e in state.entries}) == 1


def test_devices_that_edit_meet_restore_and_lose_bundles_end_alike() -> None:
    for seed in range(ORDINARY_HISTORIES):
        check_history(seed)


@pytest.mark.heavy
def test_ten_thousand_histories_end_alike() -> None:
    for seed in range(ORDINARY_HISTORIES, ORDINARY_HISTORIES + HEAVY_HISTORIES):
        check_history(seed)


def test_a_device_that_saw_the_other_save_never_stands_in_conflict_with_it() -> None:
    overwritten = 0
    for seed in range(ORDINARY_HISTORIES):
        found = history(seed)
        for device in found.devices:
            before = device.part
            found.edit(device)
            touched = found.said[-1].values
            for path in touched:
                assert len(device.part.fields[path].entries) == 1
                overwritten += path in before.fields
    assert overwritten > ORDINARY_HISTORIES


def test_splitting_saves_in_any_way_gives_the_same_state() -> None:
    for seed in range(ORDINARY_HISTORIES):
        found = history(seed)
        alive = found.lives_on()
        split = [
            part_of_save(said.save, {path: value})
            for said in alive
            for path, value in said.values.items()
        ]
        chance(seed).shuffle(split)
        assert join_all(split) == join_all(pieces(alive))
    assert join(EMPTY_PART, EMPTY_PART) == EMPTY_PART
