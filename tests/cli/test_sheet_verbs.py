"""`antq sheet …` as a person and as a program call it."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Antq
from tests.sheets import ugly


@pytest.fixture
def register(antq: Antq, tmp_path: Path) -> str:
    for name in (ugly.TEAM, ugly.OTHER_TEAM):
        antq.add("protection_team", {"name": name, "founded_on": "2024-07-01"})
    return str(ugly.merged_titles(tmp_path / "so.xlsx"))


def test_a_template_is_written(antq: Antq, tmp_path: Path) -> None:
    out = tmp_path / "mau.xlsx"
    answer = antq("sheet", "template", "team_member", "--out", str(out))
    assert answer.code == 0
    assert answer.out == f"Đã ghi tệp mẫu {out}.\n"
    assert load_workbook(out).sheetnames[0] == "Thành viên Tổ bảo vệ ANTT"


def test_a_dry_run_shows_and_saves_nothing(antq: Antq, register: str) -> None:
    answer = antq("sheet", "import", "team_member", register, "--dry-run", "--restore-zeros")
    assert answer.code == 0
    assert "tiêu đề ở dòng 6: 4 dòng dữ liệu, 0 dòng có lỗi." in answer.out
    assert "Cột “Họ tên” là mục Họ và tên." in answer.out
    assert answer.out.endswith("Chưa nhập gì.\n")
    assert antq.json("record", "list", "team_member").value["total"] == 0


def test_faults_stop_the_import_and_go_into_the_error_file(
    antq: Antq, register: str, tmp_path: Path
) -> None:
    out = tmp_path / "loi.xlsx"
    answer = antq.json("sheet", "import", "team_member", register, "--errors", str(out))
    assert answer.code == 1
    assert answer.value["refused_rows"] == 1
    assert [fault["place"] for fault in answer.value["faults"]] == ["I10"]
    assert answer.value["errors_file"] == str(out)
    assert load_workbook(out)["Danh sách"]["J6"].value == "Lỗi"
    assert antq.json("record", "list", "team_member").value["total"] == 0


def test_an_import_is_done_and_undone_by_one_number(antq: Antq, register: str) -> None:
    done = antq.json("sheet", "import", "team_member", register, "--restore-zeros")
    assert done.code == 0
    assert len(done.value["ids"]) == 4
    assert antq("undo", str(done.value["entry"])).code == 0
    assert antq.json("record", "list", "team_member").value["total"] == 0


def test_old_letters_ask_for_a_word(antq: Antq, register: str, tmp_path: Path) -> None:
    path = ugly.old_letters(tmp_path / "cu.xlsx")
    book = load_workbook(path)
    book.active.delete_rows(6, 2)
    book.save(path)
    asked = antq.json("sheet", "import", "team_member", str(path))
    assert (asked.code, asked.error) == (1, "old_font_unconfirmed")
    shown = antq("sheet", "import", "team_member", str(path), "--dry-run")
    assert "Hä vµ tªn → Họ và tên" in shown.out
    assert "Thêm --convert tcvn3 để chuyển" in shown.out
    done = antq.json("sheet", "import", "team_member", str(path), "--convert", "tcvn3")
    assert done.value["old_font"]["confirmed"] is True
    assert antq.json("record", "list", "team_member").value["total"] == 2


def test_an_export_tells_what_it_holds(antq: Antq, register: str, tmp_path: Path) -> None:
    antq("sheet", "import", "team_member", register, "--restore-zeros")
    out = str(tmp_path / "xuat.xlsx")
    answer = antq.json("sheet", "export", "team_member", "--out", out, "--search", "vi du")
    assert (answer.value["rows"], answer.value["private"]) == (1, False)
    whole = antq("sheet", "export", "team_member", "--out", out, "--with-private")
    assert "Đã xuất 4 hồ sơ" in whole.out
    assert "đã ghi vào nhật ký" in whole.out


def test_a_column_may_be_named_by_hand(antq: Antq, register: str, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    book = load_workbook(register)
    book["Danh sách"]["C6"] = "Đồng chí"
    book.save(path)
    words = ("sheet", "import", "team_member", str(path), "--restore-zeros")
    assert antq.json(*words).error == "columns_missing"
    assert antq.json(*words, "--map", "Đồng chí=Họ và tên").code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("template", "khong_co", "--out", "x.xlsx"), "unknown_kind"),
        (("import", "team_member", "khong_co.xlsx"), "workbook_missing"),
        (("import", "team_member", "x.xlsx", "--convert", "vietkey"), "usage"),
        (("export", "team_member", "--out", "x.csv"), "not_xlsx"),
    ],
)
def test_wrong_calls_are_refused(antq: Antq, words: tuple[str, ...], code: str) -> None:
    assert antq.json("sheet", *words).error == code
