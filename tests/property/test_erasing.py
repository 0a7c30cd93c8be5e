"""The pure half of erasing: whatever order states meet in, a covered value stays away."""

from __future__ import annotations

import json
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.carried import from_line, to_line
from antq_desktop.domain.erasing import erased, erased_paths, is_erasable, only_erasure
from antq_desktop.domain.merging import Stamp
from antq_desktop.domain.record import Record, amended
from antq_desktop.domain.records import SPECS

SPEC = SPECS["member"]
AT = "2026-11-21T08:00:00"
WRITERS = ("AAAAAAAA", "BBBBBBBB", "CCCCCCCC")


def _copies(random: Random, steps: int) -> tuple[list[Record], Record, set[str]]:
    """Return every state there ever was, the state right after an erasure, and what it covered."""
    blank = Record("member", "0" * 32, "11074@2025-07-01")
    held = dict.fromkeys(WRITERS, blank)
    ever = [blank]
    after, covered = blank, set[str]()
    for step in range(steps):
        writer = random.choice(WRITERS)
        stamp, mine = Stamp(step + 1, writer), held[writer]
        what = random.choice(("write", "write", "meet", "erase"))
        if what == "write":
            field = random.choice(("name", "phone", "address", "office"))
            mine = amended(mine, SPEC, {field: f"v{step}"}, stamp=stamp, officer="x", at=AT)
        elif what == "meet":
            mine = mine.joined(random.choice(ever))
        elif mine.siblings.fields:
            covered = {
                str(entry.value)
                for path, state in mine.siblings.fields.items()
                if is_erasable(SPEC, path)
                for entry in state.entries
                if entry.value is not None
            }
            mine = erased(mine, SPEC, stamp=stamp, officer="x", at=AT)
            after = mine
        held[writer] = mine
        ever.append(mine)
    return ever, after, covered


@given(st.randoms(use_true_random=False), st.integers(2, 14))
def test_a_covered_value_never_comes_back_whatever_is_joined(random: Random, steps: int) -> None:
    ever, after, covered = _copies(random, steps)
    for known in (after, only_erasure(after, SPEC)):
        state = known
        for other in random.sample(ever, len(ever)):
            state = state.joined(other)
            shown = {
                str(entry.value) for s in state.siblings.fields.values() for entry in s.entries
            }
            assert not covered & shown


@given(st.randoms(use_true_random=False), st.integers(2, 14))
def test_what_the_list_keeps_is_a_line_that_reads_back_and_adds_nothing(
    random: Random, steps: int
) -> None:
    ever, _, _ = _copies(random, steps)
    for state in ever:
        left = only_erasure(state, SPEC)
        assert state.joined(left) == state, "what is known already changes nothing"
        assert left.values() == {}
        if left.siblings.fields:
            line = to_line(left, siblings=True)
            assert from_line("member", json.loads(line)) == left
            assert canonical(json.loads(line)) == line


@given(st.randoms(use_true_random=False), st.integers(2, 14))
def test_an_erased_record_says_which_paths_are_empty_by_right(random: Random, steps: int) -> None:
    _, after, covered = _copies(random, steps)
    assert erased_paths(after) <= {p for p in after.siblings.fields if is_erasable(SPEC, p)}
    assert not covered or erased_paths(after)
