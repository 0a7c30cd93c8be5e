"""Templates and exports: nothing in them runs, text stays text, and they can be read back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.records import SPECS
from antq_desktop.domain.sheetcells import SheetStopped
from antq_desktop.domain.sheetmap import mapped
from antq_desktop.services.office import Office
from tests.stores import COMMUNE_ID, INCIDENT, store_of

HOSTILE = (
    '=HYPERLINK("http://vi.du","bấm")', "=1+1", "+84 100", "-5", "@SUM(A1)", "http://vi.du",
    "\u200dẩn"[1:], "mailto:a@vi.du", "{=1}", "'=1", "internal:A1",
)  # fmt: skip


def last_actions(office: Office, count: int) -> list[tuple[str, int]]:
    with store_of(office).reading() as reader:
        found = [reader.entry(reader.last_entry() - back) for back in range(count)]
    return [(each[0].action, len(each[1])) for each in found if each is not None]


@pytest.mark.parametrize("kind", SPECS)
def test_every_kind_has_a_template_that_its_own_import_understands(
    office: Office, tmp_path: Path, kind: str
) -> None:
    path = office.spreadsheets.template(kind, tmp_path / "mau.xlsx")
    sheet = load_workbook(path).worksheets[0]
    headings = [str(cell.value) for cell in sheet[1]]
    found = mapped(SPECS[kind], headings)
    assert set(found.columns) == {field.name for field in SPECS[kind].fields}
    plan = office.spreadsheets.read(kind, path)
    assert (plan.total, plan.skipped) == (0, (2,))


def test_a_template_marks_offers_and_explains(office: Office, tmp_path: Path) -> None:
    path = office.spreadsheets.template("team_member", tmp_path / "mau.xlsx")
    book = load_workbook(path)
    sheet, guide, lists = book.worksheets
    heads = {str(cell.value): cell for cell in sheet[1]}
    assert "Họ và tên (bắt buộc)" in heads
    assert "Số CCCD" in heads
    for name in ("Số CCCD", "Điện thoại", "Ngày sinh"):
        assert sheet.column_dimensions[heads[name].column_letter].number_format == "@"
    offered = {str(rule.sqref).split(":")[0] for rule in sheet.data_validations.dataValidation}
    assert f"{heads['Chức vụ (bắt buộc)'].column_letter}2" in offered
    assert sheet["A2"].value == "Ví dụ"
    assert sheet["A2"].font.color.rgb == "FF808080"
    assert guide.title == "Hướng dẫn"
    told = {row[0].value: row[1].value for row in guide.iter_rows(min_row=4)}
    assert told["Họ và tên"] == "Bắt buộc"
    assert told["Năm sinh"] == "Nên có"
    assert lists["A2"].value


def test_no_cell_of_an_export_is_a_formula_or_a_link(office: Office, tmp_path: Path) -> None:
    for text in HOSTILE:
        office.records.add("incident", {**INCIDENT, "title": text, "place": text})
    path = tmp_path / "xuat.xlsx"
    assert office.spreadsheets.export("incident", path).rows == len(HOSTILE)
    with ZipFile(path) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert b"<hyperlink" not in sheet
        assert not any("Rels" in name or "_rels/sheet" in name for name in packed.namelist())
    cells = [cell for row in load_workbook(path).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}
    told = {str(cell.value) for cell in cells}
    assert set(HOSTILE) <= told
    guarded = {str(cell.value): cell.quotePrefix for cell in cells if cell.value in HOSTILE}
    assert all(guarded[text] for text in HOSTILE if text[0] in "=+-@")


def test_an_export_prints_on_a4_across_with_headings_on_every_page(
    office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "xuat.xlsx"
    office.records.add("incident", INCIDENT)
    office.spreadsheets.export("incident", path)
    sheet = load_workbook(path).active
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 9
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "A4"


def test_whole_dates_are_dates_and_parts_of_dates_are_text(office: Office, tmp_path: Path) -> None:
    office.records.add("incident", {**INCIDENT, "occurred_on": "2026-10"})
    office.records.add("incident", INCIDENT)
    path = tmp_path / "xuat.xlsx"
    office.spreadsheets.export("incident", path)
    sheet = load_workbook(path).active
    heads = [cell.value for cell in sheet[3]]
    day, moment = heads.index("Ngày xảy ra"), heads.index("Thời điểm tiếp nhận")
    rows = list(sheet.iter_rows(min_row=4))
    found = {str(row[day].value): row[day] for row in rows}
    assert set(found) == {"2026-11-02 00:00:00", "10/2026"}
    assert found["2026-11-02 00:00:00"].number_format == "dd/mm/yyyy"
    assert rows[0][moment].value == datetime.fromisoformat("2026-11-02T19:30")
    assert (
        rows[0][heads.index("Nơi xảy ra thuộc")].value
        == office.lists.titles("unit", [COMMUNE_ID])[COMMUNE_ID]
    )


def test_private_fields_stay_out_unless_asked_for_and_asking_is_a_reading(
    office: Office, tmp_path: Path
) -> None:
    team = office.records.add("protection_team", {"name": "Tổ 1", "founded_on": "2024"}).ids[0]
    member = {"protection_team": team, "name": "Nguyễn Văn Mẫu", "office": "head"}
    office.records.add("team_member", {**member, "citizen_id": "000000000001"})
    path = tmp_path / "xuat.xlsx"
    assert not office.spreadsheets.export("team_member", path).private
    assert b"000000000001" not in ZipFile(path).read("xl/worksheets/sheet1.xml")
    assert last_actions(office, 1) == [(Action.PRINT, 1)]
    assert office.spreadsheets.export("team_member", path, with_private=True).private
    assert b"000000000001" in ZipFile(path).read("xl/worksheets/sheet1.xml")
    assert last_actions(office, 2) == [(Action.READ_PRIVATE, 1), (Action.PRINT, 1)]


def test_what_never_leaves_the_device_is_in_no_export(office: Office, tmp_path: Path) -> None:
    office.records.add("incident", {**INCIDENT, "callback": "0100000009"})
    path = tmp_path / "xuat.xlsx"
    office.spreadsheets.export("incident", path, with_private=True)
    assert b"0100000009" not in ZipFile(path).read("xl/worksheets/sheet1.xml")


def test_an_export_is_read_back_as_it_was(office: Office, tmp_path: Path) -> None:
    office.records.add("incident", {**INCIDENT, "damage": 1_500_000, "force_majeure": True})
    path = tmp_path / "xuat.xlsx"
    office.spreadsheets.export("incident", path)
    plan = office.spreadsheets.read("incident", path)
    assert plan.refused_rows == 0, plan.faults
    assert dict(plan.edits[0].changes) == {**INCIDENT, "damage": 1_500_000, "force_majeure": True}
    assert [each.row for each in plan.alike] == [4]


def test_only_what_was_searched_is_exported(office: Office, tmp_path: Path) -> None:
    office.records.add("incident", INCIDENT)
    office.records.add("incident", {**INCIDENT, "title": "Cãi nhau ở chợ"})
    listing = office.lists.listing("incident", "cai nhau")
    done = office.spreadsheets.export("incident", tmp_path / "x.xlsx", listing=listing)
    assert done.rows == 1


def test_a_stopped_export_leaves_no_file_and_no_trace(office: Office, tmp_path: Path) -> None:
    office.records.add("incident", INCIDENT)
    before = office.verify_history().entries
    with pytest.raises(SheetStopped):
        office.spreadsheets.export("incident", tmp_path / "x.xlsx", stop=lambda: True)
    assert [path.name for path in tmp_path.iterdir() if path.name != "profile"] == []
    assert office.verify_history().entries == before


def test_an_export_tells_how_far_it_is(office: Office, tmp_path: Path) -> None:
    office.records.add("incident", INCIDENT)
    told: list[tuple[int, int]] = []
    office.spreadsheets.export(
        "incident", tmp_path / "x.xlsx", progress=lambda *each: told.append(each)
    )
    assert told == [(0, 1), (1, 1)]


def test_a_name_or_a_place_that_cannot_be_written_is_told(office: Office, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        office.spreadsheets.export("incident", tmp_path / "x.xls")
    assert refused.value.code == "not_xlsx"
    with pytest.raises(EnvironmentFault):
        office.spreadsheets.export("incident", tmp_path / "nowhere" / "x.xlsx")


def test_a_list_longer_than_one_window_is_written_whole(office: Office, tmp_path: Path) -> None:
    edits = [
        office.records.new_edit("incident", {**INCIDENT, "register_number": str(n)})
        for n in range(1101)
    ]
    office.records.save(edits)
    path = tmp_path / "x.xlsx"
    assert office.spreadsheets.export("incident", path).rows == 1101
    sheet = load_workbook(path).active
    numbers = {row[1] for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert numbers == {str(n) for n in range(1101)}


def test_what_only_the_program_reads_stays_out_of_every_export(
    office: Office, tmp_path: Path
) -> None:
    kinds = [kind for kind, spec in SPECS.items()
             if any(f.machine for f in spec.fields) or any(
                 f.machine for line in spec.lines for f in line.fields)]  # fmt: skip
    assert {"score_sheet", "score_line", "criteria_version"} <= set(kinds)
    for kind in kinds:
        spec, path = SPECS[kind], tmp_path / f"{kind}.xlsx"
        office.spreadsheets.export(kind, path)
        found = {str(cell.value) for sheet in load_workbook(path).worksheets
                 for row in sheet.iter_rows() for cell in row}  # fmt: skip
        every = [*spec.fields, *(f for line in spec.lines for f in line.fields)]
        said = {field.label for field in every if not field.machine}
        hidden = {field.label for field in every if field.machine} - said
        assert not hidden & found, kind
        assert said & found, kind
