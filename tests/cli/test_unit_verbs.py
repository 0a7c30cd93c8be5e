"""Code lists, tasks and proposals by the command line alone."""

from __future__ import annotations

from tests.cli.conftest import Antq


def test_a_list_takes_a_value_loses_one_and_takes_it_back(antq: Antq) -> None:
    made = antq.json("codes", "add", "session_kind", "Phiên tòa giả định").value["entry"]
    values = {one["label"]: one for one in antq.json("codes", "show", "session_kind").value}
    assert values["Phiên tòa giả định"]["own"] is True
    first = next(iter(values.values()))["id"]
    assert antq("codes", "rename", "session_kind", first, "Nói chuyện").code == 0
    assert antq("codes", "hide", "session_kind", first).code == 0
    assert "không đưa ra chọn" in antq("codes", "show", "session_kind").out
    assert antq("codes", "hide", "session_kind", first, "--back").code == 0
    assert antq("codes", "retire", "session_kind", first, "1/1/2026").code == 0
    (held,) = [o for o in antq.json("codes", "show", "session_kind").value if o["id"] == first]
    assert held["retired"] == "2026-01-01"
    assert antq("codes", "retire", "session_kind", first).code == 0
    assert antq("undo", str(made)).code == 0
    left = antq.json("codes", "show", "session_kind").value
    assert "Phiên tòa giả định" not in {one["label"] for one in left}


def test_a_value_is_mapped_and_lists_say_what_they_hold(antq: Antq) -> None:
    antq("codes", "add", "document_kind", "Thư ngỏ", "--counts-as", "directive")
    (made,) = [o for o in antq.json("codes", "show", "document_kind").value if o["own"]]
    assert made["counts_as"] == "directive"
    assert antq("codes", "count-as", "document_kind", made["id"], "plan").code == 0
    (line,) = [one for one in antq.json("codes", "list").value if one["name"] == "document_kind"]
    assert (line["own"], line["locked"]) == (1, "")
    assert antq.json("codes", "show", "no_such_list").error == "unknown_list"


def test_there_is_nothing_to_answer_before_something_came(antq: Antq) -> None:
    assert antq("task", "list").out.strip() == "Không có việc nào."
    assert antq("task", "list", "--late").code == 0
    record = antq.add("proposal", {"sent_on": "2026-11-05", "title": "Hỗ trợ", "state": "sent"})
    (line,) = antq.json("proposal", "list").value
    assert (line["id"], line["answered"]) == (record, False)
    reply = antq.file({"state": "accepted"})
    assert antq.json("proposal", "reply", record, reply).error == "proposal_is_own"
    assert antq.json("task", "answer", record, antq.file({"state": "done"})).code == 1
