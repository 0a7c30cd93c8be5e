"""Workbooks of officers read, shown, taken as one action, and given back with what is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.oldfonts import OldFont
from antq_desktop.domain.sheetcells import SheetStopped
from antq_desktop.services.office import Office
from antq_desktop.services.sheet_meeting import WhenThere
from antq_desktop.services.sheet_opening import Choices
from antq_desktop.services.sheet_result import Plan
from tests.sheets import ugly
from tests.stores import COMMUNE_ID, unsound


@pytest.fixture
def teams(office: Office) -> dict[str, str]:
    return {
        name: office.records.add("protection_team", {"name": name, "founded_on": "2024-07-01"}).ids[
            0
        ]
        for name in (ugly.TEAM, ugly.OTHER_TEAM)
    }


def book_of(path: Path, *rows: tuple[object, ...], title: str = "Sheet1") -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def codes(plan: Plan) -> list[tuple[str, str]]:
    return [(fault.place, fault.code) for fault in plan.faults]


def values(plan: Plan) -> list[dict[str, Value]]:
    return [dict(edit.changes) for edit in plan.edits]


def count(office: Office, kind: str) -> int:
    return office.lists.count(office.lists.listing(kind), 0).number


def last_entry(office: Office) -> int:
    return office.verify_history().entries


def test_a_register_with_merged_titles_is_read(
    office: Office, teams: dict[str, str], tmp_path: Path
) -> None:
    path = ugly.merged_titles(tmp_path / "so.xlsx")
    plan = office.spreadsheets.read("team_member", path, Choices(zeros=True))
    assert plan.sound
    assert plan.total == 4
    assert plan.skipped == (8, 14, 16)
    assert codes(plan) == [("I10", "leading_zero_restored")]
    first, second, third, fourth = values(plan)
    assert first == {
        "protection_team": teams[ugly.TEAM],
        "name": "Nguyễn Văn Mẫu",
        "office": "head",
        "born_on": "1975-03-15",
        "birth_year": 1975,
        "minority": False,
        "citizen_id": "000000000001",
        "old_joined_on": "2020-01",
        "joined_on": "2024-07-01",
    }
    assert second["office"] == "deputy"
    assert second["minority"] is True
    assert second["citizen_id"] == "011000000002"
    assert third["protection_team"] == teams[ugly.TEAM]
    assert third["born_on"] == "1990-08-07"
    assert fourth["protection_team"] == teams[ugly.OTHER_TEAM]
    assert "citizen_id" in fourth


def test_a_lost_zero_stops_the_import_until_it_is_asked_for(
    office: Office, teams: dict[str, str], tmp_path: Path
) -> None:
    plan = office.spreadsheets.read("team_member", ugly.merged_titles(tmp_path / "so.xlsx"))
    assert codes(plan) == [("I10", "leading_zero_lost")]
    with pytest.raises(UserError) as refused:
        office.spreadsheets.apply(plan)
    assert refused.value.code == "sheet_has_faults"
    assert count(office, "team_member") == 0


def test_an_import_is_one_action_and_is_undone_as_one(
    office: Office, teams: dict[str, str], tmp_path: Path
) -> None:
    path = ugly.merged_titles(tmp_path / "so.xlsx")
    before = last_entry(office)
    saved = office.spreadsheets.apply(
        office.spreadsheets.read("team_member", path, Choices(zeros=True))
    )
    assert last_entry(office) == before + 1
    assert count(office, "team_member") == 4
    office.records.undo(saved.seq)
    assert count(office, "team_member") == 0
    assert unsound(office) == []


def test_the_same_file_again_is_suggested_as_alike_and_never_merged(
    office: Office, teams: dict[str, str], tmp_path: Path
) -> None:
    path = ugly.merged_titles(tmp_path / "so.xlsx")
    office.spreadsheets.apply(office.spreadsheets.read("team_member", path, Choices(zeros=True)))
    again = office.spreadsheets.read("team_member", path, Choices(zeros=True))
    assert [each.row for each in again.alike] == [9, 10, 11, 13]
    assert again.sound
    skipping = Choices(zeros=True, when=WhenThere.SKIP)
    without = office.spreadsheets.read("team_member", path, skipping)
    assert without.left_out == 4
    with pytest.raises(UserError) as refused:
        office.spreadsheets.apply(without)
    assert refused.value.code == "nothing_to_import"


def test_old_letters_are_shown_converted_and_wait_for_consent(
    office: Office, teams: dict[str, str], tmp_path: Path
) -> None:
    path = ugly.old_letters(tmp_path / "cu.xlsx")
    plan = office.spreadsheets.read("team_member", path)
    assert plan.old is not None
    assert plan.old.font is OldFont.TCVN3
    assert plan.old.capitals == 5
    assert not plan.old.confirmed
    assert dict(plan.old.samples)["Hä vµ tªn"] == "Họ và tên"
    assert [each["name"] for each in values(plan)] == ["NGUYỄN VĂN MẪU", "TRẦN THỊ VÍ DỤ"]
    assert codes(plan) == [
        ("A6", "reference_not_found"),
        ("D7", "not_number"),
        ("A7", "required"),
    ]
    near = next(fault for fault in plan.faults if fault.place == "A6")
    assert ugly.TEAM in near.message or ugly.OTHER_TEAM in near.message


def test_consent_converts_and_refusal_keeps_the_letters(
    office: Office, teams: dict[str, str], tmp_path: Path
) -> None:
    path = ugly.old_letters(tmp_path / "cu.xlsx")
    book = load_workbook(path)
    book.active.delete_rows(6, 2)
    book.save(path)
    sheets = office.spreadsheets
    with pytest.raises(UserError) as refused:
        sheets.apply(sheets.read("team_member", path))
    assert refused.value.code == "old_font_unconfirmed"
    kept = sheets.read("scheme", _schemes_in_old_letters(tmp_path), Choices(keep=True))
    assert kept.old is None
    assert values(kept)[0]["name"] == "TiÕng kÎng an ninh"
    sheets.apply(sheets.read("team_member", path, Choices(convert=OldFont.TCVN3)))
    assert count(office, "team_member") == 2


def _schemes_in_old_letters(folder: Path) -> Path:
    return book_of(
        folder / "mh.xlsx",
        ("Tên mô hình", "Loại mô hình", "Tình trạng"),
        ("TiÕng kÎng an ninh", "Tiếng kẻng an ninh", "Đang hoạt động"),
    )


def test_dates_of_every_order_are_read_and_broken_ones_are_told(
    office: Office, tmp_path: Path
) -> None:
    plan = office.spreadsheets.read("incident", ugly.broken_dates(tmp_path / "vv.xlsx"))
    assert plan.total == 10
    broken = {place: code for place, code in codes(plan) if place[0] == "B"}
    assert broken == {"B10": "date_not_in_calendar", "B11": "date_not_understood"}
    assert ("E11", "money_not_understood") in codes(plan)
    assert ("A12", "not_in_codes") in codes(plan)
    sound = values(plan)
    assert [each["occurred_on"] for each in sound] == [f"2026-11-0{day}" for day in range(2, 9)]
    assert [each.get("damage") for each in sound] == [
        1_500_000, 2_000_000, 500_000, 2_500_000, None, None, None,
    ]  # fmt: skip
    assert sound[5]["title"] == '=HYPERLINK("http://vi.du","bấm")'


def test_a_choice_that_is_not_there_is_told_with_what_is(office: Office, tmp_path: Path) -> None:
    plan = office.spreadsheets.read("incident", ugly.broken_dates(tmp_path / "vv.xlsx"))
    fault = next(fault for fault in plan.faults if fault.code == "not_in_codes")
    assert "Mới tiếp nhận; Đang xử lý" in fault.message


def test_the_workbook_comes_back_with_its_looks_and_a_red_column(
    office: Office, teams: dict[str, str], tmp_path: Path
) -> None:
    path, out = ugly.merged_titles(tmp_path / "so.xlsx"), tmp_path / "loi.xlsx"
    before = path.read_bytes()
    plan = office.spreadsheets.read("team_member", path)
    assert office.spreadsheets.error_file(plan, out)
    assert path.read_bytes() == before
    sheet = load_workbook(out)["Danh sách"]
    assert sheet["J6"].value == "Lỗi"
    assert str(sheet["J10"].value).startswith("I10: Số CCCD")
    assert sheet["J10"].font.color.rgb == "FFB3261E"
    assert sheet["I10"].fill.fgColor.rgb == "FFFADBD8"
    assert sheet["J9"].value is None
    assert "A4:I4" in {str(area) for area in sheet.merged_cells.ranges}
    assert sheet["A4"].font.size == 14
    again = office.spreadsheets.read("team_member", out)
    assert codes(again) == codes(plan)
    second = tmp_path / "loi2.xlsx"
    office.spreadsheets.error_file(again, second)
    assert load_workbook(second)["Danh sách"]["K6"].value is None


def test_nothing_wrong_makes_no_file(office: Office, teams: dict[str, str], tmp_path: Path) -> None:
    path = book_of(
        tmp_path / "x.xlsx", ("Tên Tổ", "Họ tên", "Chức vụ"), (ugly.TEAM, "Lê Văn An", "Tổ viên")
    )
    plan = office.spreadsheets.read("team_member", path)
    assert not office.spreadsheets.error_file(plan, tmp_path / "loi.xlsx")
    assert not (tmp_path / "loi.xlsx").exists()


def test_members_without_a_team_are_faults_with_the_next_step(
    office: Office, teams: dict[str, str], tmp_path: Path
) -> None:
    path = book_of(
        tmp_path / "x.xlsx",
        ("Tên Tổ", "Họ tên", "Chức vụ"),
        (None, "Nguyễn Văn Mẫu", "Tổ viên"),
        ("Tổ lạ", "Lê Văn An", "Tổ viên"),
    )
    plan = office.spreadsheets.read("team_member", path)
    assert codes(plan) == [("A2", "required"), ("A3", "reference_not_found")]
    assert "Thêm tổ bảo vệ" in plan.faults[1].message


def test_a_team_named_on_a_line_between_the_rows_is_the_team_of_those_below(
    office: Office, teams: dict[str, str], tmp_path: Path
) -> None:
    path = book_of(
        tmp_path / "x.xlsx",
        ("STT", "Họ tên", "Chức vụ"),
        (f"I. {ugly.TEAM}",),
        (1, "Nguyễn Văn Mẫu", "Tổ trưởng"),
        (f"II. {ugly.OTHER_TEAM}",),
        (1, "Lê Văn An", "Tổ viên"),
    )
    plan = office.spreadsheets.read("team_member", path)
    assert plan.sound
    assert [each["protection_team"] for each in values(plan)] == [
        teams[ugly.TEAM], teams[ugly.OTHER_TEAM],
    ]  # fmt: skip


def test_units_may_name_units_of_the_same_file(office: Office, tmp_path: Path) -> None:
    path = book_of(
        tmp_path / "x.xlsx",
        ("Tên đơn vị", "Loại đơn vị", "Thuộc đơn vị"),
        ("Tổ liên gia số 1", "Khu dân cư", "Thôn Mẫu 7"),
        ("Thôn Mẫu 7", "Khu dân cư", None),
    )
    plan = office.spreadsheets.read("unit", path)
    assert plan.sound, plan.faults
    below, above = plan.edits
    assert below.changes["parent"] == above.id
    office.spreadsheets.apply(plan)
    assert count(office, "unit") >= 2


def test_two_rows_that_are_one_record_are_refused(office: Office, tmp_path: Path) -> None:
    name = office.lists.titles("unit", [COMMUNE_ID])[COMMUNE_ID]
    rows = [(name, 2026, "15/11/2026", 5), (name, 2026, "16/11/2026", 6)]
    heads = ("Xã, phường, thị trấn", "Năm", "Ngày đếm", "Công an xã chính quy")
    path = book_of(tmp_path / "x.xlsx", heads, *rows)
    plan = office.spreadsheets.read("police_force", path)
    assert [(f.row, f.code) for f in plan.faults if not f.warning] == [(3, "record_exists")]
    single = book_of(tmp_path / "y.xlsx", heads, rows[0])
    office.spreadsheets.apply(office.spreadsheets.read("police_force", single))
    again = office.spreadsheets.read("police_force", single)
    assert [(f.row, f.code) for f in again.faults if not f.warning] == [(2, "record_exists")]


def test_what_was_said_of_columns_is_remembered_for_files_of_that_shape(
    office: Office, teams: dict[str, str], tmp_path: Path
) -> None:
    def file(name: str, person: str) -> Path:
        row = (ugly.TEAM, "x1", person, "Tổ viên")
        return book_of(tmp_path / name, ("Tên Tổ", "Mã", "Đồng chí", "Chức vụ"), row)

    sheets = office.spreadsheets
    with pytest.raises(UserError) as refused:
        sheets.read("team_member", file("1.xlsx", "Lê Văn An"))
    assert refused.value.code == "columns_missing"
    said = Choices(columns=("Đồng chí=name",))
    sheets.apply(sheets.read("team_member", tmp_path / "1.xlsx", said))
    again = sheets.read("team_member", file("2.xlsx", "Trần Thị Ví Dụ"))
    assert values(again)[0]["name"] == "Trần Thị Ví Dụ"


def test_the_sheet_with_the_headings_is_found_and_the_others_are_named(
    office: Office, teams: dict[str, str], tmp_path: Path
) -> None:
    path = book_of(tmp_path / "x.xlsx", ("Ghi", "chú"), ("a", "b"), title="Bìa")
    book = load_workbook(path)
    for name in ("Tổ 1", "Tổ 2"):
        sheet = book.create_sheet(name)
        sheet.append(("Tên Tổ", "Họ tên", "Chức vụ"))
        sheet.append((ugly.TEAM, f"Nguyễn Văn {name}", "Tổ viên"))
    hidden = book.create_sheet("Ẩn")
    hidden.sheet_state = "hidden"
    hidden.append(("Tên Tổ", "Họ tên", "Chức vụ", "Điện thoại"))
    book.save(path)
    plan = office.spreadsheets.read("team_member", path)
    assert plan.opened.sheet.name == "Tổ 1"
    assert plan.opened.others == ("Tổ 2",)
    chosen = office.spreadsheets.read("team_member", path, Choices(sheet="Tổ 2"))
    assert values(chosen)[0]["name"] == "Nguyễn Văn Tổ 2"
    with pytest.raises(UserError) as refused:
        office.spreadsheets.read("team_member", path, Choices(sheet="Tổ 3"))
    assert refused.value.code == "no_such_sheet"


def test_days_that_excel_may_have_turned_are_told_before_anything_is_taken(
    office: Office, tmp_path: Path
) -> None:
    days = ("25/06/2025", "30/07/2025", date(2025, 6, 5), date(2025, 7, 4))
    rows = [("Đã giải quyết", day, "Ví dụ", "Ma túy") for day in days]
    path = book_of(
        tmp_path / "x.xlsx", ("Tình trạng", "Ngày xảy ra", "Tóm tắt", "Loại vụ việc"), *rows
    )
    plan = office.spreadsheets.read("incident", path)
    assert any("đảo ngày và tháng" in note for note in plan.notes)


def test_reading_can_be_stopped_and_tells_how_far_it_is(
    office: Office, teams: dict[str, str], tmp_path: Path
) -> None:
    path = ugly.merged_titles(tmp_path / "so.xlsx")
    told: list[tuple[int, int]] = []
    office.spreadsheets.read("team_member", path, progress=lambda *each: told.append(each))
    assert told[0] == (0, 4)
    assert told[-1] == (4, 4)
    with pytest.raises(SheetStopped):
        office.spreadsheets.read("team_member", path, stop=lambda: True)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("x.docx", b"", "workbook_kind_unknown"),
        ("x.xlsx", b"not a workbook", "workbook_unreadable"),
        ("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "workbook_unreadable"),
        ("x.xlsx", b"PK\x03\x04" + b"\0" * 40, "workbook_unreadable"),
        ("x.ods", b"PK\x05\x06" + b"\0" * 18, "workbook_unreadable"),
    ],
)
def test_what_is_no_workbook_is_refused_with_what_to_do(
    office: Office, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UserError) as refused:
        office.spreadsheets.read("unit", path)
    assert refused.value.code == code


def test_a_cell_at_the_end_of_the_world_does_not_fill_the_memory(
    office: Office, tmp_path: Path
) -> None:
    path = book_of(tmp_path / "x.xlsx", ("Tên đơn vị", "Loại đơn vị"), ("Thôn Mẫu", "Khu dân cư"))
    book = load_workbook(path)
    book.active["XFD1048576"] = "x"
    book.save(path)
    with pytest.raises(UserError) as refused:
        office.spreadsheets.read("unit", path)
    assert refused.value.code == "workbook_too_large"


ODS_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="Sổ">{}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)


def ods_of(path: Path, *rows: tuple[str, ...]) -> Path:
    """Write the least that is an .ods; it tells nothing of merged cells."""
    lines = "".join(
        f"<table:table-row>{''.join(ODS_CELL.format(text) for text in row)}</table:table-row>"
        for row in rows
    )
    with ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", MANIFEST)
        packed.writestr("content.xml", ODS.format(lines))
    return path


def test_an_ods_is_read_and_comes_back_as_a_new_workbook_with_the_red_column(
    office: Office, teams: dict[str, str], tmp_path: Path
) -> None:
    path = ods_of(
        tmp_path / "so.ods",
        ("Danh sách", "", "", "", ""),
        ("Tên Tổ", "Họ tên", "Chức vụ", "Ngày tham gia", ""),
        ("", "", "", "CAXBCT, BVDP", "LLTGBVANTT"),
        (ugly.TEAM, "Nguyễn Văn Mẫu", "Tổ trưởng", "01/2020", "31/2/2024"),
        (ugly.TEAM, "Lê Văn An", "Tổ viên", "", "1/7/2024"),
    )
    plan = office.spreadsheets.read("team_member", path)
    assert codes(plan) == [("E4", "date_not_in_calendar")]
    assert values(plan)[0]["joined_on"] == "2024-07-01"
    out = tmp_path / "loi.xlsx"
    assert office.spreadsheets.error_file(plan, out)
    sheet = load_workbook(out)["Sổ"]
    assert sheet["A1"].value == "Danh sách"
    assert [cell.value for cell in sheet[2]][3:] == [
        "Ngày tham gia CAXBCT, BVDP", "Ngày tham gia LLTGBVANTT", "Lỗi",
    ]  # fmt: skip
    assert str(sheet["F4"].value).startswith("E4: Ngày tham gia 31/02/2024")
    assert codes(office.spreadsheets.read("team_member", out)) == codes(plan)
