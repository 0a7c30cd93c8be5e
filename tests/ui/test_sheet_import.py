"""Workbooks by the window: the guided path in, the list out, the empty one; keys alone suffice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from antq_desktop.services.office import Office
from antq_desktop.services.sheet_result import Outcome
from antq_desktop.ui.ask import Answer
from antq_desktop.ui.screens.sheet_frame import COLUMNS, DONE, FILE, LETTERS, PREVIEW
from antq_desktop.ui.screens.sheet_import import ImportPage
from antq_desktop.ui.screens.sheet_menu import ExcelButton
from antq_desktop.ui.theme import Theme
from tests.services.test_spreadsheets_in import book_of
from tests.sheets import ugly
from tests.stores import INCIDENT, line
from tests.ui.desk import Desk, desk_of

HEADS = ("Tóm tắt", "Ngày xảy ra", "Tình trạng", "Loại vụ việc")


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[Desk]:
    with desk_of(theme, qtbot, office) as made:
        yield made


def begun(desk: Desk, path: Path | None = None, screen: str = "incidents") -> ImportPage:
    """Bring the path to the front, with a file when given."""
    held = desk.go(screen)
    held.show_import(path)
    desk.rest()
    assert held.importing is not None
    return held.importing


def excel(desk: Desk) -> ExcelButton:
    found = desk.go("incidents").list.findChild(ExcelButton)
    assert isinstance(found, ExcelButton)
    return found


def go_on(desk: Desk) -> None:
    """Press Enter on what has the keyboard."""
    QTest.keyClick(desk.focus(), Qt.Key.Key_Return)
    desk.rest()


def choose(desk: Desk, page: ImportPage, place: int, key: Qt.Key, times: int) -> None:
    """Choose in the box of a column by keys."""
    box = page.columns.boxes[place]
    box.setFocus()
    for _ in range(times):
        QTest.keyClick(box, key)
    desk.rest()


def test_a_workbook_is_taken_in_by_enter_alone_and_undone_as_one(
    desk: Desk, tmp_path: Path
) -> None:
    path = ugly.broken_dates(tmp_path / "vv.xlsx")
    desk.asker.files.append(path)
    page = begun(desk)
    assert page.step == FILE
    go_on(desk)
    assert page.step == COLUMNS
    go_on(desk)
    assert page.step == PREVIEW
    assert page.judged is not None
    assert page.judged.plan.counts[Outcome.NEW] == 7
    assert page.forward.text() == "Nhập 7 dòng đúng"
    go_on(desk)
    assert page.step == DONE
    assert "còn 3 dòng lỗi chưa nhập" in desk.last
    assert desk.office.lists.count(desk.office.lists.listing("incident"), 0).number == 7
    page.undo.click()
    desk.rest()
    assert desk.office.lists.count(desk.office.lists.listing("incident"), 0).number == 0
    go_on(desk)
    assert desk.screens["incidents"].importing is None


def test_faults_are_shown_by_cell_and_the_marked_workbook_opens(desk: Desk, tmp_path: Path) -> None:
    page = begun(desk, ugly.broken_dates(tmp_path / "vv.xlsx"))
    opened: list[Path] = []
    page._open_file = opened.append
    page.next()
    desk.rest()
    table = page.preview.faults.local
    shown = [
        [str(table.index(row, column).data()) for column in range(3)]
        for row in range(table.rowCount())
    ]
    assert shown[0] == ["lỗi", "B10", "Ngày tháng"]
    assert len(shown) == 4
    desk.asker.files.append(tmp_path / "loi")
    page.faults.click()
    desk.rest()
    assert opened == [tmp_path / "loi.xlsx"]
    assert load_workbook(opened[0]).active["G10"].value


def test_columns_are_corrected_by_keys_and_remembered_for_files_of_that_shape(
    desk: Desk, tmp_path: Path
) -> None:
    heads = ("Chuyện gì", "Ngày xảy ra", "Tình trạng", "Loại vụ việc")
    row = ("Mất trộm gà", "02/11/2026", "Mới tiếp nhận", "Ma túy")
    page = begun(desk, book_of(tmp_path / "1.xlsx", heads, row))
    assert page.step == COLUMNS
    assert not page.forward.isEnabled()
    assert desk.focus() is page.columns.boxes[0]
    assert "Tóm tắt" in page.columns.told.text()
    names = [field.name for field in page.spec.fields]
    QTest.keyClick(desk.focus(), Qt.Key.Key_Home)
    box = page.columns.boxes[0]
    box.setCurrentIndex(names.index("title"))
    QTest.keyClick(box, Qt.Key.Key_Down)
    desk.rest()
    assert page.forward.isEnabled()
    page.next()
    desk.rest()
    page.next()
    desk.rest()
    assert page.step == DONE
    again = begun(desk, book_of(tmp_path / "2.xlsx", heads, ("Đánh nhau", *row[1:])))
    assert again.forward.isEnabled()
    assert again.columns.said()[0] == "title"


def test_a_field_is_one_column(desk: Desk, tmp_path: Path) -> None:
    row = ("Mất trộm gà", "02/11/2026", "Mới tiếp nhận", "Ma túy")
    page = begun(desk, book_of(tmp_path / "1.xlsx", HEADS, row))
    choose(desk, page, 1, Qt.Key.Key_Home, 1)
    assert page.columns.said()[1] == ""
    assert not page.forward.isEnabled()
    names = ["", *(field.name for field in page.spec.fields)]
    box = page.columns.boxes[1]
    box.setCurrentIndex(names.index("title") - 1)
    choose(desk, page, 1, Qt.Key.Key_Down, 1)
    assert page.columns.said()[1] == "title"
    assert page.columns.said()[0] == ""


def test_old_letters_are_shown_before_and_after_and_converted_only_on_yes(
    desk: Desk, tmp_path: Path
) -> None:
    values = (
        ("Tên mô hình", "Loại mô hình", "Tình trạng"),
        ("Tiếng kẻng an ninh", "Tiếng kẻng an ninh", "Đang hoạt động"),
    )
    rows = [tuple(ugly.tcvn3(text) for text in row) for row in values]
    path = book_of(tmp_path / "cu.xlsx", *rows)
    page = begun(desk, path, "schemes")
    page.next()
    desk.rest()
    assert page.step == LETTERS
    assert page.forward.text() == "Chuyển sang Unicode"
    assert "TCVN3" in page.letters.told.text()
    page.next()
    desk.rest()
    assert page.step == PREVIEW
    assert page.judged is not None
    assert page.judged.plan.edits[0].changes["name"] == "Tiếng kẻng an ninh"
    page.take(path)
    desk.rest()
    page.next()
    desk.rest()
    page.keep.click()
    desk.rest()
    assert "loại mô hình" not in page.told.text()
    assert page.told.tone == "fault"


def test_a_file_is_dropped_into_the_frame(desk: Desk, tmp_path: Path) -> None:
    path = book_of(tmp_path / "1.xlsx", HEADS, ("Ví dụ", "02/11/2026", "Mới tiếp nhận", "Ma túy"))
    page = begun(desk)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none
    )
    page.drop.dropEvent(drop)
    desk.rest()
    assert page.step == COLUMNS
    assert page.path.full_text() == "1.xlsx"


def test_what_is_no_workbook_is_told_where_it_was_chosen(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"not a workbook")
    page = begun(desk, path)
    assert page.step == FILE
    assert "tệp hỏng" in page.told.text()
    assert page.told.tone == "fault"


def test_rows_that_are_there_are_left_out_unless_the_officer_says_otherwise(
    desk: Desk, tmp_path: Path
) -> None:
    row = ("Ví dụ", "02/11/2026", "Mới tiếp nhận", "Ma túy")
    path = book_of(tmp_path / "1.xlsx", HEADS, row)
    page = begun(desk, path)
    for _ in range(2):
        page.next()
        desk.rest()
    page.take(path)
    desk.rest()
    page.next()
    desk.rest()
    assert not page.forward.isEnabled()
    page.preview.when.setFocus()
    QTest.keyClick(page.preview.when, Qt.Key.Key_End)
    desk.rest()
    assert page.forward.text() == "Nhập 1 dòng"
    assert desk.focus() is page.preview.when, "the arrows may go on to the next choice"


def test_an_import_that_is_stopped_takes_nothing_and_says_so(desk: Desk, tmp_path: Path) -> None:
    rows = [(f"Ví dụ {n}", "02/11/2026", "Mới tiếp nhận", "Ma túy") for n in range(400)]
    page = begun(desk, book_of(tmp_path / "1.xlsx", HEADS, *rows))
    page.next()
    desk.rest()
    page.next()
    (job,) = desk.workplace.jobs.running
    job.stop()
    desk.rest()
    assert page.step == PREVIEW
    assert "Đã dừng" in page.told.text()
    assert desk.office.lists.count(desk.office.lists.listing("incident"), 0).number == 0
    assert page.forward.isEnabled()


def test_escape_goes_back_step_by_step_to_the_list(desk: Desk, tmp_path: Path) -> None:
    row = ("Ví dụ", "02/11/2026", "Mới tiếp nhận", "Ma túy")
    page = begun(desk, book_of(tmp_path / "1.xlsx", HEADS, row))
    page.next()
    desk.rest()
    for step in (COLUMNS, FILE):
        desk.shortcut(Qt.Key.Key_Escape)
        assert page.step == step
    desk.shortcut(Qt.Key.Key_Escape)
    assert desk.screens["incidents"].importing is None
    assert desk.screens["incidents"].list.isVisible()


def test_the_list_goes_out_as_it_is_filtered_or_chosen(desk: Desk, tmp_path: Path) -> None:
    office = desk.office
    titles = ("Mất trộm gà", "Mất trộm xe", "Cãi nhau")
    office.records.save(
        [office.records.new_edit("incident", {**INCIDENT, "title": t}) for t in titles]
    )
    button = excel(desk)
    page = desk.list_of("incidents")
    page.filters.words.setText("mat trom")
    page.refresh()
    desk.rest()
    desk.asker.answers.append(Answer("plain"))
    desk.asker.files.append(tmp_path / "loc")
    button.take_out.trigger()
    desk.rest()
    assert "Đã xuất 2 vụ việc" in desk.last
    assert (tmp_path / "loc.xlsx").exists()
    page.filters.clear()
    desk.rest()
    page.table.selectAll()
    desk.asker.answers += [Answer("chosen"), Answer("plain")]
    desk.asker.files.append(tmp_path / "chon.xlsx")
    button.take_out.trigger()
    desk.rest()
    assert "Đã xuất 3 vụ việc" in desk.last


def test_private_fields_go_out_only_when_asked_for(desk: Desk, tmp_path: Path) -> None:
    person = line("involved", "a" * 32, role="victim", name="Nguyễn Văn Mẫu")
    desk.office.records.add("incident", {**INCIDENT, **person})
    button = excel(desk)
    button.take_out.trigger()
    assert desk.asker.files_asked == []
    assert "số CCCD" in desk.asker.asked[-1].consequence
    for answer, held in (("plain", False), ("private", True)):
        desk.asker.answers.append(Answer(answer))
        desk.asker.files.append(tmp_path / f"{answer}.xlsx")
        button.take_out.trigger()
        desk.rest()
        cells = load_workbook(tmp_path / f"{answer}.xlsx")["Người liên quan"].iter_rows()
        assert any(cell.value == "Nguyễn Văn Mẫu" for row in cells for cell in row) is held
    assert "nhật ký đã ghi" in desk.last


def test_an_empty_workbook_comes_from_each_list(desk: Desk, tmp_path: Path) -> None:
    for key in desk.screens:
        button = desk.go(key).list.findChild(ExcelButton)
        assert isinstance(button, ExcelButton)
        target = tmp_path / f"{button._spec.kind}.xlsx"
        desk.asker.files.append(target)
        button.empty_one.trigger()
        desk.rest()
        assert target.exists()


def test_the_menu_opens_by_its_keys(desk: Desk) -> None:
    button = excel(desk)
    menu = button.menu()
    assert menu is not None
    assert button.shortcut().toString() == "Ctrl+E"
    assert [action.text().replace("&", "") for action in menu.actions()] == [
        "Nhập từ Excel…", "Xuất Excel…", "Lấy mẫu Excel…",
    ]  # fmt: skip
    button.bring_in.trigger()
    desk.rest()
    assert desk.screens["incidents"].importing is not None
