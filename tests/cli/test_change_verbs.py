"""Decisions about units by the command line alone."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Antq

_UNIT = {"unit_kind": "neighbourhood", "tt124": True, "management_level": None}


def test_two_neighbourhoods_become_one_and_a_wrong_decision_is_taken_back(
    antq: Antq, tmp_path: Path
) -> None:
    old = [antq.add("unit", {"name": f"Thôn Mẫu {n}", **_UNIT}) for n in ("Một", "Hai")]
    steps = [{"old": one, "old_name": "Thôn cũ", "new_name": "Thôn Mẫu Mới"} for one in old]
    path = tmp_path / "decision.json"
    decision = {"title": "Nhập thôn", "effective_on": "2026-06-01", "steps": steps}
    path.write_text(json.dumps(decision), encoding="utf-8")
    shown = antq("units", "change", str(path))
    assert "Kết thúc: Thôn Mẫu Một" in shown.out
    assert "chưa ghi" in shown.out
    assert antq.json("units", "list").value == []
    written = antq.json("units", "change", str(path), "--yes").value["id"]
    (held,) = antq.json("units", "list").value
    assert held["id"] == written
    assert held["void"] == ""
    assert antq("units", "void", written, "--reason", "Nhầm").code == 0
    assert antq.json("units", "list").value[0]["void"] == "Nhầm"
    assert antq("report", "annual", "--period", "2026", "--by", "before").code == 0
    assert "không đến từ gói nào" in antq("bundle", "trace", written).out


def test_a_file_that_is_no_decision_is_refused(antq: Antq, tmp_path: Path) -> None:
    path = tmp_path / "decision.json"
    wrong: tuple[object, ...] = ([], {"steps": [], "x": 1}, {"steps": [{"olde": "x"}]})
    for given in wrong:
        path.write_text(json.dumps(given), encoding="utf-8")
        assert antq.json("units", "change", str(path)).error == "decision_malformed"
    path.write_text(json.dumps({"steps": []}), encoding="utf-8")
    assert antq.json("units", "change", str(path)).error == "no_steps"


def test_the_table_of_2025_is_looked_over_before_it_is_loaded(antq: Antq) -> None:
    shown = antq("units", "table-2025")
    assert "Mới xem trước" in shown.out
    assert antq("units", "table-2025", "--yes").code == 0
    assert antq.json("units", "table-2025").error == "table_loaded"
