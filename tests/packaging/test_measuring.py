from __future__ import annotations

from tests.benchmarks.ratios import Measured, against, table


def test_ours_and_theirs_run_in_turn_after_one_unmeasured_call_of_each() -> None:
    calls: list[str] = []
    against("x", lambda: calls.append("A"), lambda: calls.append("B"), limit=1, pairs=3)
    assert "".join(calls) == "AB" * 4


def test_a_quantity_over_its_limit_is_marked() -> None:
    kept, over = Measured("short", 1.0, 9.0, 1.0), Measured("a longer one", 1.01, 1.02, 1.0)
    assert (kept.holds, over.holds) == (True, False)
    verdicts = [line.split()[-1] for line in table([kept, over]).splitlines()[1:]]
    assert verdicts == ["ok", "OVER"]
