"""What stays in the unit is not in the bundle, and nothing lies in clear beside the store."""

from __future__ import annotations

import subprocess
from pathlib import Path

from antq_desktop.services.records import Edit
from tests.exchange import World, incident

PERSONS = {
    "involved name": "Trần Thị Vĩnh Kín",
    "involved address": "số 77 ngõ Kín Đáo",
    "involved citizen id": "000777000777",
    "narrative": "diễn biến kín đáo riêng",
    "result": "kết quả kín đáo riêng",
    "place": "nơi kín đáo riêng",
    "callback": "0100777001",
    "member name": "Lê Văn Ẩn Danh",
    "member phone": "0100777002",
    "member citizen id": "000777000778",
    "member address": "xóm Kín Đáo",
    "head phone": "0100777003",
    "unit head": "Hoàng Văn Không Gửi",
    "unit head phone": "0100777004",
    "unit address": "trụ sở Kín Đáo",
    "minutes": "biên bản kín đáo riêng",
    "tip": "tin kín đáo riêng",
}
HEAD = "Phạm Thị Phụ Trách"
LINE = "a" * 32


def _filled(world: World) -> None:
    """Record one of each kind with a person in every field that can hold one."""
    records = world.commune.records
    place, scheme = records.new_id(), records.new_id()
    edits = [
        Edit(
            "unit",
            place,
            {
                "name": "Thôn Mẫu 01",
                "unit_kind": "neighbourhood",
                "parent": world.commune.unit,
                "head_name": PERSONS["unit head"],
                "head_phone": PERSONS["unit head phone"],
                "address": PERSONS["unit address"],
            },
            created=True,
        ),
        Edit(
            "scheme",
            scheme,
            {
                "name": "Tổ tự quản Mẫu",
                "scheme_type": "to_tu_quan",
                "state": "active",
                "unit": place,
                "head_name": HEAD,
                "head_phone": PERSONS["head phone"],
            },
            created=True,
        ),
        Edit(
            "member",
            records.new_id(),
            {
                "scheme": scheme,
                "name": PERSONS["member name"],
                "office": "member",
                "phone": PERSONS["member phone"],
                "citizen_id": PERSONS["member citizen id"],
                "address": PERSONS["member address"],
            },
            created=True,
        ),
        Edit(
            "activity",
            records.new_id(),
            {
                "scheme": scheme,
                "held_on": "2026-11-02",
                "activity_kind": "meeting",
                "title": "Sinh hoạt",
                "minutes": PERSONS["minutes"],
            },
            created=True,
        ),
        Edit(
            "incident",
            records.new_id(),
            incident(
                narrative=PERSONS["narrative"],
                result=PERSONS["result"],
                place=PERSONS["place"],
                callback=PERSONS["callback"],
                **{
                    f"involved/{LINE}/role": "related",
                    f"involved/{LINE}/name": PERSONS["involved name"],
                    f"involved/{LINE}/address": PERSONS["involved address"],
                    f"involved/{LINE}/citizen_id": PERSONS["involved citizen id"],
                },
            ),
            created=True,
        ),
    ]
    tip = {"received_on": "2026-11-02", "subject": "drugs", "summary": PERSONS["tip"]}
    edits.append(Edit("tip", records.new_id(), tip, created=True))
    records.save([_only_known(world, edit) for edit in edits])


def _only_known(world: World, edit: Edit) -> Edit:
    spec = world.commune.records.specs[edit.kind]
    names = {field.name for field in spec.fields}
    changes = {path: v for path, v in edit.changes.items() if path in names or "/" in path}
    return Edit(edit.kind, edit.id, changes, edit.created)


def _opened_by_hand(world: World, bundle: Path) -> str:
    """Open a bundle with the tools of the system alone, and return all that is in it."""
    room = world.folder / "by-hand"
    room.mkdir()
    key = room / "key.txt"
    key.write_text(world.receiver.handover.devices.keys().age_identity + "\n")
    subprocess.run(["age", "-d", "-i", key, "-o", room / "goi.zip", bundle], check=True)
    subprocess.run(["unzip", "-q", room / "goi.zip", "-d", room], check=True)
    found = [path.read_text(encoding="utf-8") for path in room.glob("ANTQ_*/**/*.jsonl")]
    assert found
    return "".join(found)


def test_no_private_word_is_in_a_bundle_that_goes_up_and_heads_are(world: World) -> None:
    _filled(world)
    inside = _opened_by_hand(world, world.sent())
    assert [what for what, words in PERSONS.items() if words in inside] == []
    assert HEAD in inside
    assert "Thôn Mẫu 01" in inside


def test_no_word_of_a_record_stands_in_clear_in_any_file(world: World) -> None:
    _filled(world)
    world.round()
    world.commune.handover.sealing.seal_up()
    planted = [words.encode() for words in (*PERSONS.values(), HEAD, "Tổ tự quản Mẫu")]
    files = [path for path in world.folder.rglob("*") if path.is_file()]
    kinds = {path.suffix for path in files}
    assert {".db", ".antq", ".antqbak", ".db-wal"} <= kinds
    for path in files:
        held = path.read_bytes()
        for words in planted:
            assert words not in held, path
