"""A scheme with its sites, teams and eight members, saved as one action and printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.services.office import Office
from antq_desktop.ui.ask import Answer
from antq_desktop.ui.screens.editor_layout import ChildrenPart, LinesPart
from antq_desktop.ui.screens.related import RowsList
from antq_desktop.ui.theme import Theme
from tests.ui.desk import CTRL, Desk, desk_of
from tests.ui.keyboards import press
from tests.ui.samples import PEOPLE

RESOURCES = Path(__file__).parents[2] / "resources"
KEY = "schemes"
NAME = "Tiếng kẻng an ninh Thôn Mẫu Thượng"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    made = Theme(RESOURCES)
    made.apply(qapp)
    return made


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[Desk]:
    with desk_of(theme, qtbot, office) as sat:
        sat.go(KEY)
        yield sat


def rows(desk: Desk, name: str) -> RowsList:
    """Turn to the tab of a list and return the list."""
    pages = desk.editor(KEY).pages
    for at, page in enumerate(desk.screens[KEY]._layout.pages):
        for part in page.parts:
            if isinstance(part, ChildrenPart | LinesPart) and name in (
                getattr(part, "kind", ""),
                getattr(part, "line", ""),
            ):
                pages.setCurrentIndex(at)
                return pages.rows_of(part)
    raise KeyError(name)


def begin(desk: Desk) -> None:
    desk.shortcut(Qt.Key.Key_N, CTRL)
    desk.fill(NAME)
    desk.pick("tieng keng")


def add_row(desk: Desk, name: str) -> str:
    """Press the button of a list as Enter does; return the record of the new row."""
    found = rows(desk, name)
    found.add.setFocus()
    press(found.add, Qt.Key.Key_Space, " ")
    desk.rest()
    return found.frames()[-1].slot.sheet.id


def record_one(desk: Desk) -> str:
    """Record a scheme with a site, a team and eight members by keys alone; return its id."""
    begin(desk)
    add_row(desk, "site")
    desk.fill("Điểm Nhà văn hóa Thôn Mẫu")
    add_row(desk, "team")
    desk.fill("Tổ số 1")
    for name, _sex in PEOPLE:
        add_row(desk, "member")
        desk.fill(name)
        desk.pick("Thành viên")
    desk.shortcut(Qt.Key.Key_S, CTRL)
    return desk.editor(KEY).sheaf.main.id


def test_a_scheme_with_eight_members_is_one_save_and_is_printed(desk: Desk, tmp_path: Path) -> None:
    scheme = record_one(desk)
    assert desk.last == f"Đã thêm mô hình “{NAME}” và 10 hồ sơ kèm theo."
    children = desk.office.lists.children("scheme", scheme)
    assert [len(children[kind]) for kind in ("site", "team", "member")] == [1, 1, 8]
    given = [str(one.values()["name"]).split()[-1] for one in children["member"]]
    assert given[0] == "Dụ"
    desk.shortcut(Qt.Key.Key_P, CTRL)
    preview = desk.screens[KEY].preview
    assert preview is not None
    assert preview.document.pageCount() >= 1
    desk.asker.files.append(tmp_path / "phieu.pdf")
    preview.save_as()
    desk.rest()
    assert (tmp_path / "phieu.pdf").read_bytes().startswith(b"%PDF")
    desk.shortcut(Qt.Key.Key_Escape)
    assert desk.editor(KEY).isVisible()


def test_one_undo_takes_the_scheme_and_all_its_members_back(desk: Desk) -> None:
    scheme = record_one(desk)
    desk.shortcut(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    desk.rest()
    assert desk.office.lists.children("scheme", scheme)["member"] == []
    assert desk.office.lists.show("scheme", scheme).void_reason is not None
    band = desk.editor(KEY).bands.band("void")
    assert band is not None
    band.buttons[0].click()
    desk.rest()
    assert desk.office.lists.show("scheme", scheme).void_reason is None
    assert len(desk.office.lists.children("scheme", scheme)["member"]) == 8


def test_a_fault_in_a_row_opens_it_and_takes_the_keyboard(desk: Desk) -> None:
    begin(desk)
    member = add_row(desk, "member")
    frame = rows(desk, "member").frames()[0]
    desk.fill("Nguyễn Văn Mẫu")
    frame.head.setChecked(False)
    desk.editor(KEY).pages.setCurrentIndex(0)
    desk.set(KEY, "founded_on", "31/02/2026")
    desk.shortcut(Qt.Key.Key_S, CTRL)
    assert desk.last == "Chưa lưu: 2 mục cần sửa. Nhấn F3 để đến từng mục."
    assert desk.focus() is desk.field(KEY, "founded_on").input
    desk.shortcut(Qt.Key.Key_F3)
    assert desk.focus() is desk.field(KEY, "office", member).input
    assert frame.is_open
    assert [fault.code for fault in desk.field(KEY, "office", member).faults] == ["required"]
    assert "không có trong lịch" in desk.field(KEY, "founded_on").faults[0].message


def test_a_member_finds_the_team_that_is_not_saved_yet(desk: Desk) -> None:
    begin(desk)
    add_row(desk, "team")
    desk.fill("Tổ chưa lưu")
    member = add_row(desk, "member")
    desk.fill("Nguyễn Văn Mẫu")
    desk.pick("Thành viên")
    desk.field(KEY, "team", member).setFocus()
    desk.pick("chua luu")
    desk.shortcut(Qt.Key.Key_S, CTRL)
    assert desk.last.startswith("Đã thêm mô hình")
    stored = desk.office.lists.show("member", member)
    team = desk.office.lists.children("scheme", desk.editor(KEY).sheaf.main.id)["team"][0]
    assert stored.values["team"] == team.id


def test_a_stored_member_leaves_with_a_reason_and_comes_back(desk: Desk) -> None:
    begin(desk)
    add_row(desk, "member")
    desk.fill("Nguyễn Văn Mẫu")
    desk.pick("Thành viên")
    desk.shortcut(Qt.Key.Key_S, CTRL)
    desk.asker.answers.append(Answer("void", "Đã chuyển nơi ở"))
    rows(desk, "member").frames()[0].remove.click()
    desk.rest()
    assert rows(desk, "member").frames() == []
    desk.window.line.undo.click()
    desk.rest()
    assert len(rows(desk, "member").frames()) == 1


def test_the_dossier_is_ticked_and_the_year_of_a_rating_is_chosen(desk: Desk) -> None:
    begin(desk)
    pages = desk.editor(KEY).pages
    pages.setCurrentIndex(4)
    pages.checklist("dossier").boxes["proposal"].click()
    desk.set(KEY, "dossier/proposal/document", "05/BC-CAX")
    found = rows(desk, "ratings")
    found.add.click()
    years = desk.editor(KEY).rows.years
    assert years is not None
    assert years.model.options[0].id == "2026"
    years._choose(years.model.index(1, 0))
    desk.come_back()
    desk.field(KEY, "ratings/2025/rating").setFocus()
    desk.pick("Tốt")
    desk.shortcut(Qt.Key.Key_S, CTRL)
    stored = desk.office.lists.show("scheme", desk.editor(KEY).sheaf.main.id).values
    assert stored["dossier/proposal/present"] is True
    assert stored["dossier/proposal/document"] == "05/BC-CAX"
    assert stored["ratings/2025/rating"] == "good"
