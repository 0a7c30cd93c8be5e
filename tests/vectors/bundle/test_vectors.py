"""Each vector says what to expect; the test is a loop."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .make import HERE, office

CASES = sorted(path.parent for path in HERE.glob("*/expect.json"))


def test_there_are_vectors_and_some_were_made_by_hand() -> None:
    names = [case.name for case in CASES]
    assert len(names) >= 29
    assert sum(name.startswith("by_hand_") for name in names) >= 3


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_gate_says_what_the_vector_expects(case: Path, tmp_path: Path) -> None:
    expect = json.loads((case / "expect.json").read_text())
    with office(tmp_path).open(case / "bundle.antq") as opened:
        assert [fault.code for fault in opened.faults] == expect["codes"]
        assert str(opened.verdict) == expect["verdict"]
        assert opened.identity == expect["identity"]
