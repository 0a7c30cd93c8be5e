"""Each vector says what to expect; the test is a loop."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from antq_desktop.domain.exchange import FORMAT

from .make import HERE, office, opened

CASES = sorted(path.parent for path in HERE.glob("*/expect.json"))


def test_a_third_of_the_vectors_was_made_by_hand_some_with_records() -> None:
    made = [case for case in CASES if not case.name.startswith("kept_")]
    by_hand = [case for case in made if case.name.startswith("by_hand_")]
    assert len(made) >= 40
    assert len(by_hand) * 3 >= len(made)
    told = [json.loads((case / "expect.json").read_text())["records"] for case in by_hand]
    assert max(told) == 3
    assert sum(1 for count in told if count) >= 5


def test_a_bundle_of_every_format_is_kept() -> None:
    for number in range(1, FORMAT + 1):
        assert [case.name for case in CASES if case.name.startswith(f"kept_{number}_")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_gate_says_what_the_vector_expects(case: Path, tmp_path: Path) -> None:
    expect = json.loads((case / "expect.json").read_text())
    gate, judge = opened(office(tmp_path), case / "bundle.antq")
    with gate as found:
        assert [fault.code for fault in found.faults] == expect["codes"]
        assert str(found.verdict) == expect["verdict"]
        assert found.identity == expect["identity"]
        assert (len(judge.records) if found.verdict.mergeable else 0) == expect["records"]
