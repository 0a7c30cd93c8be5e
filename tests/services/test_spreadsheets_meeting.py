"""Rows that meet a record, faulty rows left for later, and imports that are stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.sheetcells import SheetStopped
from antq_desktop.services.office import Office
from antq_desktop.services.sheet_meeting import WhenThere
from antq_desktop.services.sheet_opening import Choices
from antq_desktop.services.sheet_result import Outcome
from tests.services.test_spreadsheets_in import book_of, codes, count, last_entry
from tests.stores import COMMUNE_ID, unsound

HEADS = ("Tóm tắt", "Ngày xảy ra", "Tình trạng", "Loại vụ việc", "Địa điểm")
ROW = ("Mất trộm gà", "02/11/2026", "Mới tiếp nhận", "Ma túy", "Thôn Mẫu 1")
OTHER = ("Đánh nhau", "03/11/2026", "Mới tiếp nhận", "Ma túy", "Thôn Mẫu 2")
CHANGE, SKIP = Choices(when=WhenThere.CHANGE), Choices(when=WhenThere.SKIP)


def taken(office: Office, path: Path, *rows: tuple[object, ...]) -> int:
    plan = office.spreadsheets.read("incident", book_of(path, HEADS, *rows))
    return office.spreadsheets.apply(plan).seq


def test_rows_are_counted_as_new_changed_same_and_faulty(office: Office, tmp_path: Path) -> None:
    taken(office, tmp_path / "1.xlsx", ROW, OTHER)
    path = book_of(
        tmp_path / "2.xlsx",
        HEADS,
        ROW,
        (*OTHER[:4], "Thôn Mẫu 9"),
        ("Cháy bếp", *OTHER[1:]),
        ("Không ngày", "khi nào", *OTHER[2:]),
    )
    plan = office.spreadsheets.read("incident", path, CHANGE)
    assert dict(plan.counts) == {
        Outcome.NEW: 1,
        Outcome.CHANGED: 1,
        Outcome.SAME: 1,
        Outcome.LEFT_OUT: 0,
        Outcome.FAULTY: 1,
    }
    assert [each.outcome for each in plan.seen] == [
        Outcome.SAME, Outcome.CHANGED, Outcome.NEW, Outcome.FAULTY,
    ]  # fmt: skip
    assert plan.seen[1].told == "Khác hồ sơ đã có ở: địa điểm."
    skipped = office.spreadsheets.read("incident", path, SKIP)
    assert skipped.counts[Outcome.LEFT_OUT] == 1
    assert len(skipped.edits) == 1


def test_a_change_of_records_that_are_there_is_undone_with_the_new_ones(
    office: Office, tmp_path: Path
) -> None:
    taken(office, tmp_path / "1.xlsx", ROW)
    path = book_of(tmp_path / "2.xlsx", HEADS, (*ROW[:4], "Thôn Mẫu 9"), OTHER)
    saved = office.spreadsheets.apply(office.spreadsheets.read("incident", path, CHANGE))
    assert saved.sentence.startswith("Đã nhập 1 vụ việc và sửa 1 vụ việc đã có từ tệp “2.xlsx”.")
    assert count(office, "incident") == 2
    office.records.undo(saved.seq)
    held = [each for each in office.lists.every("incident") if each.standing().reason is None]
    assert [each.values()["place"] for each in held] == ["Thôn Mẫu 1"]
    assert unsound(office) == []


def test_an_empty_cell_takes_nothing_from_a_record(office: Office, tmp_path: Path) -> None:
    taken(office, tmp_path / "1.xlsx", ROW)
    path = book_of(tmp_path / "2.xlsx", HEADS, (*ROW[:4], None))
    assert office.spreadsheets.read("incident", path, CHANGE).counts[Outcome.SAME] == 1


def test_a_row_that_may_mean_several_records_changes_none(office: Office, tmp_path: Path) -> None:
    taken(office, tmp_path / "1.xlsx", ROW)
    taken(office, tmp_path / "2.xlsx", ROW)
    path = book_of(tmp_path / "3.xlsx", HEADS, (*ROW[:4], "Thôn Mẫu 9"))
    plan = office.spreadsheets.read("incident", path, CHANGE)
    assert codes(plan) == [("dòng 2", "record_ambiguous")]


def test_two_rows_of_one_record_are_not_both_taken_as_its_change(
    office: Office, tmp_path: Path
) -> None:
    taken(office, tmp_path / "1.xlsx", ROW)
    rows = [(*ROW[:4], "Thôn Mẫu 8"), (*ROW[:4], "Thôn Mẫu 9")]
    plan = office.spreadsheets.read("incident", book_of(tmp_path / "2.xlsx", HEADS, *rows), CHANGE)
    assert codes(plan) == [("dòng 3", "record_exists")]


def test_a_record_known_by_its_values_is_changed_when_asked(office: Office, tmp_path: Path) -> None:
    name = office.lists.titles("unit", [COMMUNE_ID])[COMMUNE_ID]
    heads = ("Xã, phường, thị trấn", "Năm", "Ngày đếm", "Công an xã chính quy")
    first = book_of(tmp_path / "1.xlsx", heads, (name, 2026, "15/11/2026", 5))
    office.spreadsheets.apply(office.spreadsheets.read("police_force", first))
    again = office.spreadsheets.read("police_force", first, SKIP)
    assert (again.counts[Outcome.SAME], again.refused_rows) == (1, 0)
    second = book_of(tmp_path / "2.xlsx", heads, (name, 2026, "15/11/2026", 6))
    saved = office.spreadsheets.apply(office.spreadsheets.read("police_force", second, CHANGE))
    assert "sửa 1" in saved.sentence
    assert count(office, "police_force") == 1


def test_sound_rows_are_taken_and_faulty_ones_left_for_the_marked_workbook(
    office: Office, tmp_path: Path
) -> None:
    path = book_of(tmp_path / "1.xlsx", HEADS, ROW, ("Không ngày", "khi nào", *ROW[2:]), OTHER)
    plan = office.spreadsheets.read("incident", path)
    with pytest.raises(UserError):
        office.spreadsheets.apply(plan)
    saved = office.spreadsheets.apply(plan, without_faulty=True)
    assert "còn 1 dòng lỗi chưa nhập" in saved.sentence
    assert count(office, "incident") == 2
    out = tmp_path / "loi.xlsx"
    assert office.spreadsheets.error_file(plan, out)
    again = office.spreadsheets.read("incident", out, SKIP)
    assert (again.counts[Outcome.SAME], again.counts[Outcome.FAULTY]) == (2, 1)


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_an_import_that_is_stopped_leaves_nothing(
    office: Office, tmp_path: Path, after: int
) -> None:
    plan = office.spreadsheets.read("incident", book_of(tmp_path / "1.xlsx", HEADS, ROW, OTHER))
    before = last_entry(office)
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > after

    with pytest.raises(SheetStopped):
        office.spreadsheets.apply(plan, stop=stop)
    assert (count(office, "incident"), last_entry(office)) == (0, before)
    assert unsound(office) == []
    office.spreadsheets.apply(plan)
    assert count(office, "incident") == 2


def test_an_import_tells_how_many_records_are_done(office: Office, tmp_path: Path) -> None:
    plan = office.spreadsheets.read("incident", book_of(tmp_path / "1.xlsx", HEADS, ROW, OTHER))
    told: list[tuple[int, int]] = []
    office.spreadsheets.apply(plan, progress=lambda *each: told.append(each))
    assert told == [(0, 2), (0, 2), (1, 2), (1, 2)]


def test_chosen_records_are_exported_in_the_order_in_which_they_were_chosen(
    office: Office, tmp_path: Path
) -> None:
    taken(office, tmp_path / "1.xlsx", ROW, OTHER, ("Cháy bếp", *OTHER[1:]))
    found = {str(each.values()["title"]): each.id for each in office.lists.every("incident")}
    out = tmp_path / "x.xlsx"
    ids = [found["Mất trộm gà"], found["Cháy bếp"]]
    assert office.spreadsheets.export("incident", out, ids=ids).rows == 2
    plan = office.spreadsheets.read("incident", out)
    assert [each.changes["title"] for each in plan.edits] == ["Mất trộm gà", "Cháy bếp"]
