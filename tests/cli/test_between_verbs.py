"""Zero reports, requests, adjustments, conflicts and months by the command line alone."""

from __future__ import annotations

from tests.cli.conftest import Antq


def test_a_month_without_anything_is_reported_and_a_record_speaks_against_it(antq: Antq) -> None:
    states = {one["about"]: one["state"] for one in antq.json("zero", "show", "2026-10").value}
    assert set(states.values()) == {"open"}
    assert antq("zero", "report", "2026-10", "--kind", "tip").code == 0
    assert antq.json("zero", "report", "2026-10").value["ids"]
    assert antq.json("zero", "report", "2026-10").error == "nothing_to_declare"
    assert antq("zero", "against").code == 0
    antq.add(
        "incident",
        {"title": "Vụ mẫu", "kind": "fire", "state": "new", "occurred_on": "2026-10-12"},
    )
    told = antq("zero", "against")
    assert told.code == 1
    assert "báo không phát sinh vụ việc" in told.out


def test_there_is_nothing_to_ask_or_settle_alone(antq: Antq) -> None:
    record = antq.add(
        "incident",
        {"title": "Vụ mẫu", "kind": "fire", "state": "new", "occurred_on": "2026-10-12"},
    )
    assert antq("request", "list").out.strip() == "Không có yêu cầu nào."
    assert antq.json("request", "ask", record, "Xem lại").error == "own_record"
    assert antq.json("request", "reply", record, "Đúng").error == "no_such_record"
    assert antq("conflict", "list").out.startswith("Không có mục nào")
    assert antq.json("conflict", "settle", "incident/x/title", "--side", "1").error == (
        "no_such_conflict"
    )
    assert antq.json("conflict", "ask", "incident/x/title").error == "no_such_conflict"
    assert antq.json("bundle", "months").value["due_day"] == 5


def test_an_adjustment_names_why_and_who(antq: Antq) -> None:
    given = ("--unit", "nobody", "--period", "2026", "--reason", "Gõ nhầm")
    assert antq("figure", "adjust", "injuries", "1", *given).code != 0
    told = antq.json("figure", "adjust", "injuries", "1", *given, "--confirmed-by", "Công an xã")
    assert told.error in {"unknown_reference", "invalid"}
