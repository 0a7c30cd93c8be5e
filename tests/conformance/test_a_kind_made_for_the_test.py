"""Adding a kind is one declaration and one step of the schema: the rest follows from it.

The kind lives in `tests/bells.py`. It gets a working table, search, history, undo, rules, command
line, paper and bundle here; its editor is in `tests/ui/test_editor_of_a_new_kind.py`.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from pypdf import PdfReader

from antq_desktop.domain.codes import Codes
from antq_desktop.services.office import Office, Offices
from tests.bells import GIVEN, offices_with_bells
from tests.cli.conftest import Antq, antq_for
from tests.fakes import SetClock
from tests.stores import COMMUNE_ID, OFFICER, PASSWORD


@pytest.fixture
def antq(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    clock: SetClock,
    codes: Codes,
) -> Antq:
    """Return the command line on a profile that was made before there were bells."""
    made = offices_with_bells(tmp_path / "profile", clock, codes)

    def offices(**_options: bool) -> Offices:
        return made

    return antq_for(tmp_path / "profile", tmp_path, capsys, monkeypatch, offices)


STORED: dict[str, object] = {
    "name": "Kẻng Đường Mẫu",
    "unit": COMMUNE_ID,
    "condition": "good",
    "hung_on": "2024-03",
    "price": 1_500_000,
    "weight": "12.5",
    "electric": False,
    "note": "một\nhai",
    "keeper_phone": "0100000001",
    "here": "Ngăn kéo 3",
    "repairs/a1/on": "2025",
    "repairs/a1/cost": 200_000,
}


def test_it_is_recorded_shown_and_found(antq: Antq) -> None:
    bell = antq.add("bell", GIVEN)
    assert antq.json("record", "show", bell).value["values"] == STORED
    found = antq.json("record", "list", "bell", "--search", "duong").value
    assert [row["id"] for row in found["records"]] == [bell]
    assert set(found["records"][0]["values"]) == {"name", "unit", "condition"}
    assert antq.json("record", "list", "bell", "--search", "0100").value["total"] == 0
    shown = antq("record", "show", bell).out
    for told in ("Tình trạng: Còn tốt", "Ngày treo: 03/2024", "Chạy điện: Không", "Nặng: 12,5"):
        assert told in shown


def test_its_rules_and_fields_are_held(antq: Antq) -> None:
    answer = antq.json("record", "add", "bell", antq.file({"condition": "lạ", "price": -1}))
    told = {f["field"]: f["code"] for f in answer.value["error"]["faults"]}
    assert told == {
        "name": "required",
        "condition": "not_in_codes",
        "price": "number_out_of_range",
    }
    broken = antq.file({"name": "K", "condition": "broken"})
    assert antq.json("record", "add", "bell", broken).error == "broken_without_date"


def test_it_is_changed_voided_taken_back_and_traced(antq: Antq) -> None:
    bell = antq.add("bell", GIVEN)
    entry = antq.json("record", "set", bell, antq.file({"name": "Kẻng khác"})).value["entry"]
    assert antq.json("record", "list", "bell", "--search", "duong").value["total"] == 0
    assert antq("undo", str(entry)).code == 0
    assert antq.json("record", "list", "bell", "--search", "duong").value["total"] == 1
    void = antq.json("record", "void", bell, "--reason", "Ghi trùng").value["entry"]
    assert antq.json("record", "list", "bell").value["total"] == 0
    assert antq("undo", str(void)).code == 0
    assert antq.json("record", "show", bell).value["values"] == STORED
    told = antq("history", "show", bell).out
    assert "Tên kẻng: Kẻng Đường Mẫu → Kẻng khác" in told
    assert "Lần sửa · Tiền: 200.000" in told
    assert "0100000001" not in told
    assert "Ngăn kéo" not in told
    assert antq.json("history", "verify").value["broken_at"] is None


def test_it_is_dumped_but_for_what_stays_on_the_device(antq: Antq) -> None:
    antq.add("bell", GIVEN)
    (line,) = (one for one in antq.json("dump").value if one["kind"] == "bell")
    assert line["up"]["values"]["price"] == 1_500_000
    assert line["siblings"]["values"]["weight"] == "12.5"
    assert "here" not in str(line)
    codes = {found["code"]: found["holds"] for found in antq.json("check").value}
    assert codes["search_bell"]
    assert codes["codes"]


def test_it_belongs_to_a_unit_in_one_file_with_it(antq: Antq) -> None:
    village = {"name": "Thôn Mẫu", "unit_kind": "neighbourhood", "bell": [{**GIVEN, "unit": None}]}
    made = antq.json("record", "add", "unit", antq.file(village)).value["records"]
    assert [record["kind"] for record in made] == ["unit", "bell"]
    held = antq.json("record", "show", made[1]["id"]).value["values"]
    assert held["unit"] == made[0]["id"]


def test_it_has_a_paper(antq: Antq, tmp_path: Path) -> None:
    bell = antq.add("bell", GIVEN)
    paper = tmp_path / "bell.pdf"
    antq.json("print", "record_sheet", "--record", bell, "--out", str(paper))
    told = " ".join("".join(page.extract_text() for page in PdfReader(paper).pages).split())
    for words in ("PHIẾU KẺNG BÁO ĐỘNG", "Kẻng Đường Mẫu", "Tình trạng: Còn tốt", "1.500.000 đồng"):
        assert words in told
    assert "Lần sửa" in told
    assert "100 000 001" not in told


def test_it_travels_up_in_a_bundle_without_what_stays(
    tmp_path: Path, clock: SetClock, codes: Codes
) -> None:
    here = offices_with_bells(tmp_path / "commune", clock, codes)
    above = offices_with_bells(tmp_path / "receiver", clock, codes, unit="31")
    with (
        closing(here.open(tmp_path / "commune", OFFICER, PASSWORD)) as commune,
        closing(above.open(tmp_path / "receiver", OFFICER, PASSWORD)) as receiver,
    ):
        know_each_other(commune, receiver, tmp_path)
        spec = commune.lists.specs["bell"]
        bell = commune.records.add("bell", commune.entering.record(spec, GIVEN)).ids[0]
        made = commune.handover.sealing.seal_up()
        taking = receiver.handover.taking
        taken = taking.take(commune.handover.sealing.folder / made.row.file)
        assert taken.verdict == "valid", taken.faults
        taking.merge(taking.preview(taken))
        values = receiver.lists.show("bell", bell).values
    up = {"name", "unit", "condition", "hung_on", "price"}
    assert set(values) == up
    assert values["price"] == 1_500_000


def know_each_other(one: Office, other: Office, folder: Path) -> None:
    """Enrol two devices with each other by file and code."""
    for mine, theirs in ((one, other), (other, one)):
        code = " ".join(mine.handover.devices.keys().public.fingerprint)
        theirs.handover.devices.enrol(mine.handover.devices.write_slip(folder), code)
