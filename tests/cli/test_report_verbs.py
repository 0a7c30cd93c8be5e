"""`antq report text` and `antq target`: words, workbooks and figures for other forms."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook, load_workbook

from tests.cli.conftest import Antq
from tests.stores import INCIDENT


def test_a_report_of_a_subject_is_told_and_written_as_paper_and_workbook(
    antq: Antq, tmp_path: Path
) -> None:
    antq.add("incident", INCIDENT)
    asked = ("report", "text", "--period", "2026", "--subject", "incidents")
    answer = antq.json(*asked, "--out", str(tmp_path / "bao_cao.xlsx"))
    assert answer.code == 0, answer.out
    assert answer.value["subject"] == "incidents"
    assert "01 vụ việc về trật tự" in answer.value["passages"]["order"]
    assert "Hồ sơ vụ việc" in load_workbook(tmp_path / "bao_cao.xlsx").sheetnames
    for name in ("bao_cao.pdf", "bao_cao.docx"):
        assert antq(*asked, "--out", str(tmp_path / name)).code == 0
        assert (tmp_path / name).stat().st_size > 5_000


def test_a_workbook_is_learned_once_and_filled(antq: Antq, tmp_path: Path) -> None:
    antq.add("incident", INCIDENT)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["TT", "Nội dung", "Số liệu"])
    sheet.append([1, "Vụ việc về trật tự", None])
    sheet.append([2, "Việc khác", None])
    path = tmp_path / "bieu.xlsx"
    book.save(path)
    learned = antq.json("target", "learn", str(path), "--cell", "C3=schemes_new")
    assert learned.code == 0, learned.out
    assert [each["measure"] for each in learned.value["cells"]] == ["incidents", "schemes_new"]
    code, out = learned.value["code"], tmp_path / "dien.xlsx"
    filled = ("--workbook", str(path), "--out", str(out))
    assert antq("target", "copy", code, "--period", "2026", *filled).code == 0
    made = load_workbook(out).active
    assert made is not None
    assert made["C2"].value == 1
    assert antq("target", "drop", code).code == 0
    assert antq("target", "copy", code, "--period", "2026").code == 1
