"""A day at the command line: record, change, void, take back, find, trace, verify."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.conftest import Antq
from tests.stores import COMMUNE, COMMUNE_ID, INCIDENT, OFFICER

STREET = "Thôn Mẫu 1, Đường Nguyễn Huệ"
SCHEME: dict[str, Any] = {
    "name": "Camera an ninh Đường Nguyễn Huệ",
    "scheme_type": "Camera an ninh",
    "state": "Đang hoạt động",
    "founded_on": "15/3/2024",
    "head_name": "Trần Thị Ví Dụ",
    "domain": "crime",
    "funding": [{"year": 2025, "source": "budget", "granted": "12 triệu"}],
    "site": [
        {
            "name": "Ngõ Mẫu 1",
            "member": [{"name": f"Lý Mẫu {n}", "office": "member"} for n in "123"],
        },
        {
            "name": "Ngõ Mẫu 2",
            "team": [
                {
                    "name": "Tổ 1",
                    "member": [{"name": f"Hồ Mẫu {n}", "office": "member"} for n in "4567"],
                }
            ],
        },
    ],
    "member": [{"name": "Trần Thị Ví Dụ", "office": "head"}],
}


@pytest.fixture(autouse=True)
def choices_that_exist(antq: Antq) -> None:
    """Name choices by the released lists, whatever they hold."""
    codes = antq.offices()._codes
    SCHEME["scheme_type"] = codes["scheme_type"].values[1].label
    SCHEME["state"] = codes["scheme_state"].get("active").label  # type: ignore[union-attr]
    SCHEME["domain"] = codes["scheme_domain"].values[0].id
    SCHEME["funding"][0]["source"] = codes["fund_source"].values[0].label


def unsound(antq: Antq) -> list[str]:
    """Return what `antq check` finds wrong; the lock of `forms/` has tests of its own."""
    found = [one["code"] for one in antq.json("check").value if not one["holds"]]
    return [code for code in found if code != "forms"]


def test_the_whole_day(antq: Antq) -> None:
    unit = antq.add(
        "unit", {"name": "Thôn Mẫu Đường", "unit_kind": "neighbourhood", "parent": COMMUNE_ID}
    )
    saved = antq.json("record", "add", "scheme", antq.file({**SCHEME, "unit": unit}))
    assert saved.code == 0, saved.out
    kinds = [made["kind"] for made in saved.value["records"]]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "scheme": 1,
        "site": 2,
        "team": 1,
        "member": 8,
    }
    first, second, third = (
        antq.add("incident", {**INCIDENT, "title": title, "unit": unit})
        for title in (f"Mất trộm xe đạp, {STREET}", "Gây rối ở chợ", "Mất gà ở Ngõ Mẫu 2")
    )
    assert antq("record", "set", second, antq.file({"deaths": 0, "injuries": 2})).code == 0
    voided = antq.json("record", "void", third[:8], "--reason", "Nhập trùng").value["entry"]
    assert antq.json("record", "list", "incident").value["total"] == 2
    assert antq.json("record", "show", third).value["void_reason"] == "Nhập trùng"
    assert antq.json("undo", str(voided)).code == 0
    assert antq.json("record", "list", "incident").value["total"] == 3
    for kind, wanted in (("incident", first), ("unit", unit), ("scheme", saved.value["ids"][0])):
        found = antq.json("record", "list", kind, "--search", "duong").value["records"]
        assert [row["id"] for row in found] == [wanted]
    verified = antq.json("history", "verify").value
    commands = 15  # each of them signed in, and so did the one before that made the profile
    assert verified == {"entries": 9 + commands, "broken_at": None, "why": ""}
    assert unsound(antq) == []
    shown = antq("record", "list", "incident", "--search", "duong")
    assert "Đường Nguyễn Huệ" in shown.out
    assert "Hiện 1 trên 1 vụ việc." in shown.out


def test_children_know_the_records_around_them(antq: Antq) -> None:
    made = antq.json("record", "add", "scheme", antq.file(SCHEME)).value["records"]
    scheme = made[0]["id"]
    sites = [record["id"] for record in made if record["kind"] == "site"]
    (team,) = (record["id"] for record in made if record["kind"] == "team")
    members = [record["id"] for record in made if record["kind"] == "member"]
    held = [antq.json("record", "show", member).value["values"] for member in members]
    around = [(member.get("scheme"), member.get("site"), member.get("team")) for member in held]
    assert around == [
        *[(scheme, sites[0], None)] * 3,
        *[(scheme, sites[1], team)] * 4,
        (scheme, None, None),
    ]


def test_a_family_is_one_action_and_is_taken_back_as_one(antq: Antq) -> None:
    saved = antq.json("record", "add", "scheme", antq.file(SCHEME)).value
    verified = antq.json("history", "verify").value["entries"]
    assert verified == saved["entry"] + 1  # this very sign-in
    undone = antq("undo", str(saved["entry"]))
    assert undone.out.startswith("Đã hoàn tác trên 12 hồ sơ.")
    for kind in ("scheme", "site", "team", "member"):
        assert antq.json("record", "list", kind).value["total"] == 0


def test_every_fault_of_a_family_is_told_at_its_place_and_nothing_is_saved(antq: Antq) -> None:
    bad = {
        **SCHEME,
        "founded_on": "31/2/2024",
        "site": [{"name": "Ngõ Mẫu 1"}, {"place": "đâu đó", "member": [{"unheard": 1}]}],
    }
    answer = antq.json("record", "add", "scheme", antq.file(bad))
    assert (answer.code, answer.error) == (1, "invalid")
    faults = answer.value["error"]["faults"]
    assert {fault["field"]: fault["code"] for fault in faults} == {
        "founded_on": "date_not_in_calendar",
        "site[1].member[0].unheard": "unknown_field",
    }
    del bad["founded_on"]
    del bad["site"][1]["member"][0]["unheard"]
    told = antq.json("record", "add", "scheme", antq.file(bad)).value["error"]["faults"]
    assert {fault["field"] for fault in told if not fault["warning"]} == {
        "site[1].name",
        "site[1].member[0].name",
        "site[1].member[0].office",
    }
    person = antq("record", "add", "scheme", antq.file(bad))
    assert "Điểm mô hình thứ 2: Chưa nhập tên điểm. Nhập mục này." in person.err
    assert antq.json("history", "verify").value["entries"] == 1 + 4  # each command signed in


def test_a_person_types_as_a_person_does(antq: Antq) -> None:
    typed = {
        "title": "Mất trộm xe đạp",
        "kind": "traffic_accident",
        "state": "new",
        "occurred_on": "2/11/26",
        "received_at": "19h30 2/11/2026",
        "damage": "1.500.000",
        "force_majeure": "không",
        "callback": "0100 000 001",
        "involved": [{"role": "nạn nhân", "age_group": "over_60"}],
    }
    codes = antq.offices()._codes
    typed["kind"] = codes["incident_kind"].get("traffic_accident").label  # type: ignore[union-attr]
    typed["involved"] = [
        {"role": codes["involved_role"].get("victim").label.upper(), "age_group": "over_60"}  # type: ignore[union-attr]
    ]
    record = antq.add("incident", typed)
    values = antq.json("record", "show", record).value["values"]
    line = next(path.rpartition("/")[0] for path in values if path.endswith("/role"))
    assert values == {
        "title": "Mất trộm xe đạp",
        "kind": "traffic_accident",
        "state": "new",
        "occurred_on": "2026-11-02",
        "received_at": "2026-11-02T19:30",
        "damage": 1_500_000,
        "force_majeure": False,
        "callback": "0100000001",
        f"{line}/role": "victim",
        f"{line}/age_group": "over_60",
    }


def test_lines_are_added_changed_and_taken_out(antq: Antq) -> None:
    record = antq.add("incident", {**INCIDENT, "involved": [{"role": "victim"}]})
    line = next(
        path.split("/")[1]
        for path in antq.json("record", "show", record).value["values"]
        if path.startswith("involved/")
    )
    more = antq.file({"involved": {line: {"sex": "female"}, "b2": {"role": "witness"}}})
    assert antq("record", "set", record, more).code == 0
    values = antq.json("record", "show", record).value["values"]
    assert values[f"involved/{line}/sex"] == "female"
    assert values["involved/b2/role"] == "witness"
    assert antq("record", "set", record, antq.file({"involved": {line: None}})).code == 0
    values = antq.json("record", "show", record).value["values"]
    assert {path for path in values if path.startswith("involved")} == {"involved/b2/role"}


def test_a_record_comes_from_standard_input(antq: Antq) -> None:
    text = '\ufeff{"name": "Thôn Mẫu Đông", "unit_kind": "neighbourhood"}'
    answer = antq.json("record", "add", "unit", "-", stdin=text.encode())
    assert answer.code == 0, answer.out
    assert antq.json("record", "list", "unit", "--search", "dong").value["total"] == 1


def test_history_tells_what_was_what_and_hides_what_is_private(antq: Antq) -> None:
    record = antq.add("incident", {**INCIDENT, "involved": {"a1": {"role": "violator"}}})
    antq(
        "record", "set", record, antq.file({"title": "Khác", "involved": {"a1": {"name": "Lý Ẩn"}}})
    )
    antq("record", "show", record)
    told = antq("history", "show", record)
    assert f"{OFFICER}: thêm mới" in told.out
    assert "Tóm tắt: Mất trộm xe đạp ở đường Nguyễn Huệ → Khác" in told.out
    assert "Người liên quan · Họ và tên: (mục riêng tư)" in told.out
    assert "xem mục riêng tư" in told.out
    assert "Lý Ẩn" not in told.out
    entries = antq.json("history", "show", record).value["entries"]
    assert [entry["action"] for entry in entries] == ["add", "set", "read_private"]


def test_two_stores_that_hold_the_same_dump_the_same(antq: Antq) -> None:
    antq.add("incident", INCIDENT)
    once = antq("dump")
    assert once.code == 0
    assert antq("dump").out == once.out
    lines = once.out.splitlines()
    assert len(lines) == 2
    assert antq.json("dump").value[0]["kind"] == "incident"


@pytest.mark.parametrize(("level", "unit"), [("commune", COMMUNE), ("receiver", "31")])
def test_a_profile_is_made_and_is_sound(antq: Antq, level: str, unit: str) -> None:
    antq.common[-1] = str(antq.work / "new")
    made = antq.json("init", "--level", level, "--unit", unit)
    assert made.code == 0, made.out
    assert made.value == {
        "unit": f"{unit}@2025-07-01",
        "level": level,
        "folder": str(antq.work / "new"),
    }
    assert unsound(antq) == []
    assert antq.json("init", "--level", level, "--unit", unit).error == "profile_exists"
