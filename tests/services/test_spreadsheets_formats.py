"""What registers do to a reader, one by one, in .xlsx, .xls and .ods as programs write them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shutil import copyfile

import pytest
from openpyxl import load_workbook

from antq_desktop.domain.fields import Value
from antq_desktop.domain.oldfonts import OldFont
from antq_desktop.services.office import Office
from antq_desktop.services.sheet_opening import Choices
from antq_desktop.services.sheet_result import Plan
from antq_desktop.sheets import biff
from antq_desktop.sheets.reading import old_fonts_of, read_sheets
from tests.services.test_spreadsheets_in import book_of
from tests.sheets import ugly

FILES = Path(__file__).parents[1] / "sheets" / "files"
MAKERS = {
    "merged": ugly.merged_titles,
    "letters": ugly.old_letters,
    "dates": ugly.broken_dates,
}
FORMATS = ("xlsx", "xls", "ods")


@pytest.fixture
def teams(office: Office) -> dict[str, str]:
    values = {"founded_on": "2024-07-01"}
    return {
        name: office.records.add("protection_team", {**values, "name": name}).ids[0]
        for name in (ugly.TEAM, ugly.OTHER_TEAM)
    }


def workbook(folder: Path, name: str, suffix: str) -> Path:
    """Return one of the ugly workbooks, as Excel or LibreOffice writes that format."""
    path = folder / f"{name}.{suffix}"
    if suffix == "xlsx":
        return MAKERS[name](path)
    copyfile(FILES / path.name, path)
    return path


def codes(plan: Plan) -> list[tuple[str, str]]:
    return [(fault.place, fault.code) for fault in plan.faults]


def values(plan: Plan) -> list[dict[str, Value]]:
    return [dict(edit.changes) for edit in plan.edits]


@pytest.mark.parametrize("suffix", FORMATS)
def test_titles_merged_over_the_table_are_not_taken_for_its_headings(
    office: Office, teams: dict[str, str], tmp_path: Path, suffix: str
) -> None:
    plan = office.spreadsheets.read("team_member", workbook(tmp_path, "merged", suffix))
    assert plan.opened.header.row == 5
    assert plan.opened.header.depth == 2
    assert (plan.total, plan.skipped) == (4, (8, 14, 16))


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_team_merged_over_its_members_is_the_team_of_each(
    office: Office, teams: dict[str, str], tmp_path: Path, suffix: str
) -> None:
    path = workbook(tmp_path, "merged", suffix)
    plan = office.spreadsheets.read("team_member", path, Choices(zeros=True))
    assert [each["protection_team"] for each in values(plan)] == [
        *[teams[ugly.TEAM]] * 3, teams[ugly.OTHER_TEAM],
    ]  # fmt: skip


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_zero_that_excel_took_from_a_cccd_is_noticed(
    office: Office, teams: dict[str, str], tmp_path: Path, suffix: str
) -> None:
    path = workbook(tmp_path, "merged", suffix)
    assert codes(office.spreadsheets.read("team_member", path)) == [("I10", "leading_zero_lost")]
    put_back = office.spreadsheets.read("team_member", path, Choices(zeros=True))
    assert values(put_back)[1]["citizen_id"] == "011000000002"


@pytest.mark.parametrize("suffix", FORMATS)
def test_letters_of_old_fonts_come_with_the_capitals_of_their_fonts(
    office: Office, teams: dict[str, str], tmp_path: Path, suffix: str
) -> None:
    plan = office.spreadsheets.read("team_member", workbook(tmp_path, "letters", suffix))
    assert plan.old is not None
    assert (plan.old.font, plan.old.capitals) == (OldFont.TCVN3, 5)
    assert [each["name"] for each in values(plan)] == ["NGUYỄN VĂN MẪU", "TRẦN THỊ VÍ DỤ"]
    assert codes(plan) == [
        ("A6", "reference_not_found"),
        ("D7", "not_number"),
        ("A7", "required"),
    ]


@pytest.mark.parametrize("suffix", FORMATS)
def test_dates_written_in_every_order_are_one_day_each(
    office: Office, tmp_path: Path, suffix: str
) -> None:
    plan = office.spreadsheets.read("incident", workbook(tmp_path, "dates", suffix))
    days = [each["occurred_on"] for each in values(plan)]
    assert days == [f"2026-11-0{day}" for day in range(2, 9)]
    assert ("B10", "date_not_in_calendar") in codes(plan)
    assert ("B11", "date_not_understood") in codes(plan)


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_marked_workbook_of_every_format_says_the_same_and_prints_on_one_width(
    office: Office, tmp_path: Path, suffix: str
) -> None:
    path, out = workbook(tmp_path, "dates", suffix), tmp_path / "loi.xlsx"
    plan = office.spreadsheets.read("incident", path)
    assert office.spreadsheets.error_file(plan, out)
    sheet = load_workbook(out).active
    red = {cell.row: str(cell.value) for cell in sheet["G"] if cell.value}
    assert red[2] == "Lỗi"
    assert set(red) == {2, 10, 11, 12}
    assert red[11].count("\n") == 1
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_lines_that_are_blank_are_no_records(
    office: Office, teams: dict[str, str], tmp_path: Path
) -> None:
    heads = ("Tên Tổ", "Họ tên", "Chức vụ")
    rows = [(None, None, None), (ugly.TEAM, "Lê Văn An", "Tổ viên"), ("", " ", "-"), (None,) * 3]
    path = book_of(tmp_path / "x.xlsx", heads, *rows, (ugly.TEAM, "Lê Thị Ví Dụ", "Tổ viên"))
    plan = office.spreadsheets.read("team_member", path)
    assert plan.total == 2
    assert plan.sound


def test_columns_may_stand_in_any_order_and_under_other_names(
    office: Office, teams: dict[str, str], tmp_path: Path
) -> None:
    path = book_of(
        tmp_path / "x.xlsx",
        ("Nhiệm vụ", "Sinh ngày", "Đồng chí", "SĐT", "Thuộc tổ", "Họ và tên"),
        ("Tổ viên", "7-8-90", "bỏ", "0100000001", ugly.TEAM, "Lê Văn An"),
    )
    plan = office.spreadsheets.read("team_member", path)
    assert values(plan) == [
        {
            "office": "member",
            "born_on": "1990-08-07",
            "birth_year": 1990,
            "phone": "0100000001",
            "protection_team": teams[ugly.TEAM],
            "name": "Lê Văn An",
        }
    ]


def test_a_telephone_that_lost_its_zero_is_noticed_and_put_back_when_asked(
    office: Office, teams: dict[str, str], tmp_path: Path
) -> None:
    row = (ugly.TEAM, "Lê Văn An", "Tổ viên", 100_000_001)
    path = book_of(tmp_path / "x.xlsx", ("Tên Tổ", "Họ tên", "Chức vụ", "Điện thoại"), row)
    assert codes(office.spreadsheets.read("team_member", path)) == [("D2", "leading_zero_lost")]
    plan = office.spreadsheets.read("team_member", path, Choices(zeros=True))
    assert values(plan)[0]["phone"] == "0100000001"
    assert codes(plan) == [("D2", "leading_zero_restored")]


@pytest.mark.parametrize(
    ("written", "money"),
    [
        ("1.500.000", 1_500_000),
        ("1,500,000", 1_500_000),
        ("1 500 000 đ", 1_500_000),
        ("2,5 triệu", 2_500_000),
        (1_500_000.0, 1_500_000),
        ("1500000", 1_500_000),
    ],
)
def test_amounts_with_dots_and_commas_are_what_people_mean(
    office: Office, tmp_path: Path, written: object, money: int
) -> None:
    row = ("Mới tiếp nhận", "02/11/2026", "Ví dụ", "Ma túy", written)
    heads = ("Tình trạng", "Ngày xảy ra", "Tóm tắt", "Loại vụ việc", "Thiệt hại tài sản")
    plan = office.spreadsheets.read("incident", book_of(tmp_path / "x.xlsx", heads, row))
    assert codes(plan) == []
    assert values(plan)[0]["damage"] == money


def test_month_first_dates_of_a_whole_column_are_seen_and_told(
    office: Office, tmp_path: Path
) -> None:
    days = ("11/25/2026", "11/02/2026", "10/31/2026")
    rows = [("Mới tiếp nhận", day, f"Ví dụ {day}", "Ma túy") for day in days]
    heads = ("Tình trạng", "Ngày xảy ra", "Tóm tắt", "Loại vụ việc")
    plan = office.spreadsheets.read("incident", book_of(tmp_path / "x.xlsx", heads, *rows))
    assert [each["occurred_on"] for each in values(plan)] == [
        "2026-11-25", "2026-11-02", "2026-10-31",
    ]  # fmt: skip
    assert any("tháng/ngày/năm" in note for note in plan.notes)


def test_a_true_date_of_excel_is_that_day_whatever_its_column_says(
    office: Office, tmp_path: Path
) -> None:
    row = ("Mới tiếp nhận", date(2026, 11, 2), "Ví dụ", "Ma túy")
    heads = ("Tình trạng", "Ngày xảy ra", "Tóm tắt", "Loại vụ việc")
    plan = office.spreadsheets.read("incident", book_of(tmp_path / "x.xlsx", heads, row))
    assert values(plan)[0]["occurred_on"] == "2026-11-02"


def test_the_headings_may_be_told_by_hand_where_none_are_recognised(
    office: Office, teams: dict[str, str], tmp_path: Path
) -> None:
    path = book_of(
        tmp_path / "x.xlsx",
        ("Danh sách", None, None),
        ("cột a", "cột b", "cột c"),
        (ugly.TEAM, "Lê Văn An", "Tổ viên"),
    )
    opened = office.spreadsheets.look("team_member", path)
    assert opened.header.row == 1
    assert not opened.header.mapped.columns
    told = office.spreadsheets.remap(opened, {0: "protection_team", 1: "name", 2: "office"})
    plan = office.spreadsheets.plan(told, Choices())
    assert values(plan)[0]["name"] == "Lê Văn An"
    below = office.spreadsheets.look("team_member", path, Choices(header=3))
    assert below.header.headings[1] == "Lê Văn An"


@pytest.mark.parametrize("cut", [0, 8, 30, 512, 600, 2000, 4000])
def test_an_xls_that_is_cut_tells_no_fonts_and_does_no_harm(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "x.xls"
    path.write_bytes((FILES / "letters.xls").read_bytes()[:cut])
    assert biff.fonts_of(path, "Sheet1") in ({}, old_fonts_of(FILES / "letters.xls", "Sheet1"))


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_fonts_are_told_cell_by_cell(suffix: str) -> None:
    fonts = old_fonts_of(FILES / f"letters.{suffix}", "Sheet1")
    assert fonts[3, 1] == ".VnTimeH"
    assert fonts[3, 0] == ".VnTime"
    assert old_fonts_of(FILES / f"dates.{suffix}", "Sheet") == {}


def test_merged_cells_of_an_ods_are_known() -> None:
    sheet = read_sheets(FILES / "merged.ods")[0]
    assert (8, 1, 10, 1) in sheet.merged
    assert (5, 6, 5, 7) in sheet.merged
