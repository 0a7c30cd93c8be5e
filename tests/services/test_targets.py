"""Figures into the order and shape of another form that was shown once."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from pypdf import PdfReader

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.figures import MEASURES
from antq_desktop.domain.spoken import spoken
from antq_desktop.domain.targets import Of, read_target, suggested, to_toml
from antq_desktop.services.office import Office
from antq_desktop.services.targets import Targets, with_measures
from tests.stores import INCIDENT

YEAR = "2026"


def workbook(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Biểu 03"
    sheet.append(["BIỂU TỔNG HỢP MẪU"])
    sheet.append(["TT", "Nội dung", "ĐVT", "Kỳ này", "Cùng kỳ năm trước", "Tăng, giảm (%)"])
    sheet.append([1, "Số vụ việc về trật tự", "vụ", None, None, "=D3/E3"])
    sheet.append([2, "Tổng số mô hình duy trì", "mô hình", None, None, None])
    sheet.append([3, "Số cây xanh trồng mới", "cây", None, None, None])
    sheet["B3"].font = Font(bold=True)
    book.save(path)
    return path


def learned(office: Office, path: Path) -> str:
    cells = with_measures(office.targets.look(path), {})
    return office.targets.save("Biểu 03 mẫu", cells).code


def test_cells_beside_labels_are_found_and_figures_suggested(tmp_path: Path) -> None:
    found = Targets.look(workbook(tmp_path / "mau.xlsx"))
    held = {each.spot.cell: (each.spot.of, each.likely[:1]) for each in found}
    assert held["D3"] == (Of.NOW, ("incidents",))
    assert held["E3"] == (Of.YEAR, ("incidents",))
    assert held["D4"] == (Of.NOW, ("schemes_kept",))
    assert held["D5"][1] == ()
    assert "F3" not in held  # a change follows from the others
    assert "F4" not in held


def test_the_own_label_of_each_figure_is_recognised() -> None:
    for measure in MEASURES:
        found = suggested(measure.label)
        same = {other.code for other in MEASURES if other.label == measure.label}
        assert found[0] in same


def test_figures_stand_in_the_order_and_shape_of_the_workbook(
    office: Office, tmp_path: Path
) -> None:
    office.records.add("incident", INCIDENT)
    target = office.targets.find(learned(office, workbook(tmp_path / "mau.xlsx")))
    copied = office.targets.copied(target, office.periods.named(YEAR))
    assert copied.text().split("\n")[0].split("\t")[0] == "1"
    assert len(copied.text().split("\n")) == 2
    assert copied.lines()[0][:2] == ("D3", "Số vụ việc về trật tự")


def test_a_copy_of_the_workbook_is_filled_and_the_workbook_stays(
    office: Office, tmp_path: Path
) -> None:
    office.records.add("incident", INCIDENT)
    path = workbook(tmp_path / "mau.xlsx")
    before = path.read_bytes()
    target = office.targets.find(learned(office, path))
    copied = office.targets.copied(target, office.periods.named(YEAR))
    made = load_workbook(office.targets.fill(copied, path, tmp_path / "dien.xlsx"))["Biểu 03"]
    assert made["D3"].value == 1
    assert made["D4"].value is None  # what is not known leaves its cell alone
    assert made["F3"].value == "=D3/E3"
    assert made["B3"].font.b
    assert path.read_bytes() == before


def test_another_workbook_than_the_one_shown_is_refused(office: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "mau.xlsx")
    target = office.targets.find(learned(office, path))
    copied = office.targets.copied(target, office.periods.named(YEAR))
    book = load_workbook(path)
    book["Biểu 03"].insert_rows(1, 2)
    book.save(tmp_path / "khac.xlsx")
    with pytest.raises(UserError) as fault:
        office.targets.fill(copied, tmp_path / "khac.xlsx", tmp_path / "dien.xlsx")
    assert fault.value.code == "target_moved"
    with pytest.raises(UserError) as fault:
        office.targets.fill(copied, path, path)
    assert fault.value.code == "target_over_itself"


def test_a_target_is_text_that_another_unit_can_take(office: Office, tmp_path: Path) -> None:
    target = office.targets.find(learned(office, workbook(tmp_path / "mau.xlsx")))
    assert read_target(target.code, to_toml(target)) == target
    taken = office.targets.take(to_toml(target))
    assert taken.cells == target.cells
    assert taken.code != target.code
    office.targets.drop(target.code)
    with pytest.raises(UserError) as fault:
        office.targets.find(target.code)
    assert fault.value.code == "unknown_target"


def test_the_shipped_example_says_that_it_is_one_and_stays(office: Office) -> None:
    shipped = [each for each in office.targets.all() if not each.own]
    assert shipped
    assert all("mẫu minh họa" in each.note.lower() for each in shipped)
    with pytest.raises(UserError) as fault:
        office.targets.drop(shipped[0].code)
    assert fault.value.code == "target_shipped"


@pytest.mark.parametrize(
    "text", ["", "title = 1", 'title = "A"\ncells = [{ cell = "??" }]', "cells = 3", "[" * 2000]
)
def test_text_that_is_no_target_is_refused(text: str) -> None:
    with pytest.raises(UserError) as fault:
        read_target("a", text)
    assert fault.value.code in {"target_malformed", "target_empty"}


def test_the_sheet_to_read_aloud_has_each_number_in_words(office: Office) -> None:
    office.records.add("incident", INCIDENT)
    target = next(each for each in office.targets.all() if not each.own)
    pdf = office.targets.reading_sheet(office.targets.copied(target, office.periods.named(YEAR)))
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert "một" in text
    assert "chưa có số liệu" in " ".join(text.split())
    assert "Mẫu minh họa" in text


def test_numbers_are_read_as_vietnamese_reads_them() -> None:
    said = {
        0: "không", 5: "năm", 10: "mười", 15: "mười lăm", 21: "hai mươi mốt",
        105: "một trăm linh năm",
        133: "một trăm ba mươi ba", 1_005: "một nghìn không trăm linh năm",
        9_798: "chín nghìn bảy trăm chín mươi tám", 1_000_000: "một triệu",
        123_500_000: "một trăm hai mươi ba triệu năm trăm nghìn",
        2_000_000_000: "hai tỷ", -4: "âm bốn",
    }  # fmt: skip
    assert {number: spoken(number) for number in said} == said


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_different_numbers_are_read_differently(one: int, other: int) -> None:
    assert (spoken(one) == spoken(other)) == (one == other)
    assert "  " not in spoken(one)
