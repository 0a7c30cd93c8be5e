"""What need not be typed again: copies, the last record, the row above, templates; and doubles."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.domain.fields import Value
from antq_desktop.services.office import Office
from antq_desktop.ui.ask import Answer
from antq_desktop.ui.screens.editor_bands import Band
from antq_desktop.ui.screens.editor_filling import Filling
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.widgets.picker import Picker
from tests.ui.area_desk import AreaDesk, area_desk_of
from tests.ui.desk import CTRL, strike
from tests.ui.keyboards import press, type_telex

KIND = "session"
SESSION: dict[str, Value] = {
    "title": "Tuyên truyền phòng cháy",
    "held_on": "2026-11-20",
    "session_kind": "meeting",
    "place": "Nhà văn hóa Thôn Mẫu",
    "attendance": 120,
}


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[AreaDesk]:
    kinds = office.codes[office.lists.specs[KIND].field("session_kind").codes].values
    office.records.add(KIND, {**SESSION, "session_kind": kinds[0].id, "unit": office.unit})
    with area_desk_of(theme, qtbot, office) as sat:
        sat.turn_to(KIND)
        yield sat


def begin(desk: AreaDesk, kind: str = KIND) -> None:
    desk.screens[kind].new_record()
    desk.rest()


def filling(desk: AreaDesk, kind: str = KIND) -> Filling:
    return desk.editor(kind).filling


def choose(desk: AreaDesk, words: str, kind: str = KIND) -> None:
    """Open *Điền sẵn* and take what the words find."""
    filling(desk, kind).open_list()
    pick(desk, filling(desk, kind).popup, words)


def pick(desk: AreaDesk, popup: object, words: str) -> None:
    assert isinstance(popup, Picker)
    type_telex(popup.search, words)
    strike(popup.search, Qt.Key.Key_Return)
    desk.come_back()
    desk.rest()


def band(desk: AreaDesk, name: str, kind: str = KIND) -> Band | None:
    """The band that is there once everything typed was looked at."""
    editor = desk.editor(kind)
    editor.likely.look()
    desk.rest()
    return editor.bands.band(name)


def test_the_last_record_fills_what_is_empty_and_leaves_numbers_alone(desk: AreaDesk) -> None:
    begin(desk)
    desk.set(KIND, "title", "Giao thông")
    QApplication.sendPostedEvents()
    desk.shortcut(Qt.Key.Key_R, CTRL)
    now = desk.editor(KIND).sheaf.main.now
    assert now["title"] == "Giao thông"
    assert now["unit"] == desk.office.unit
    assert "attendance" not in now
    assert desk.last.startswith("Đã điền")
    assert desk.editor(KIND).dirty


def test_one_field_is_repeated_as_it_was_last_time(desk: AreaDesk) -> None:
    begin(desk)
    desk.field(KIND, "place").input.setFocus()
    filling(desk).ditto()
    desk.rest()
    assert desk.shown(KIND, "place") == "Nhà văn hóa Thôn Mẫu"


def test_a_row_repeats_the_row_above(desk: AreaDesk) -> None:
    desk.turn_to("programme")
    begin(desk, "programme")
    editor = desk.editor("programme")
    rows = editor.pages.lists()
    editor.pages.setCurrentIndex(1)
    rows = editor.pages.lists()
    rows[-1].add.click()
    first = editor.sheaf.children["programme_activity"][0].id
    desk.set("programme", "title", "Phát tờ rơi", first)
    rows[-1].add.click()
    second = editor.sheaf.children["programme_activity"][1].id
    desk.field("programme", "title", second).input.setFocus()
    filling(desk, "programme").ditto()
    assert desk.field("programme", "title", second).value() == "Phát tờ rơi"


def test_a_number_of_its_own_is_not_repeated(desk: AreaDesk) -> None:
    desk.turn_to("document")
    begin(desk, "document")
    desk.field("document", "number").input.setFocus()
    filling(desk, "document").ditto()
    desk.rest()
    assert desk.last == "Mục này nhập riêng cho từng hồ sơ nên không lặp lại."


def test_a_template_is_kept_taken_renamed_and_given_up(desk: AreaDesk) -> None:
    begin(desk)
    desk.set(KIND, "title", "Tuyên truyền pháo nổ")
    desk.set(KIND, "place", "Chợ Mẫu")
    desk.set(KIND, "attendance", "55")
    desk.asker.answers.append(Answer("keep", "Pháo dịp Tết"))
    choose(desk, "luu thanh mau")
    assert desk.last == "Đã lưu mẫu “Pháo dịp Tết”."
    desk.asker.answers.append(Answer("drop"))
    begin(desk)
    choose(desk, "phao dip")
    now = desk.editor(KIND).sheaf.main.now
    assert (now["title"], now["place"]) == ("Tuyên truyền pháo nổ", "Chợ Mẫu")
    assert "attendance" not in now
    desk.asker.answers.append(Answer("keep", "Pháo hoa"))
    choose(desk, "doi ten")
    pick(desk, filling(desk).popup, "phao")
    assert list(desk.office.templates.of(KIND)) == ["Pháo hoa"]
    choose(desk, "bo mau")
    pick(desk, filling(desk).popup, "phao")
    assert desk.office.templates.of(KIND) == {}


def test_a_copy_is_begun_from_an_open_record(desk: AreaDesk) -> None:
    (held,) = desk.office.lists.every(KIND)
    desk.screens[KIND].open_record(held.id)
    desk.rest()
    desk.shortcut(Qt.Key.Key_D, CTRL)
    main = desk.editor(KIND).sheaf.main
    assert main.created
    assert main.now["place"] == "Nhà văn hóa Thôn Mẫu"
    assert "attendance" not in main.now
    assert main.now.get("held_on") != "2026-11-20"


def test_a_record_that_may_be_there_is_named_and_opened_and_stops_nothing(desk: AreaDesk) -> None:
    begin(desk)
    (held,) = desk.office.lists.every(KIND)
    for name in ("session_kind", "unit"):
        desk.editor(KIND).sheaf.main.set(name, held.values()[name])
    desk.set(KIND, "title", "tuyen truyen phong chay")
    desk.set(KIND, "held_on", "20112026")
    shown = band(desk, "likely")
    assert shown is not None
    assert shown.text.text().startswith("Có thể đã có: buổi tuyên truyền")
    desk.asker.answers.append(Answer("drop"))
    shown.buttons[0].click()
    desk.rest()
    assert desk.editor(KIND).sheaf.main.id == held.id


def test_what_is_said_to_be_another_is_not_named_again(desk: AreaDesk) -> None:
    begin(desk)
    main = desk.editor(KIND).sheaf.main
    (held,) = desk.office.lists.every(KIND)
    for name in ("title", "held_on", "unit", "session_kind"):
        main.set(name, held.values()[name])
    shown = band(desk, "likely")
    assert shown is not None
    shown.buttons[1].click()
    main.set("held_on", "2026-11-19")
    assert band(desk, "likely") is None
    main.set("held_on", "2026-11-20")
    assert band(desk, "likely") is None
    desk.editor(KIND).save()
    desk.rest()
    assert len(desk.office.lists.every(KIND)) == 2


def test_a_member_entered_twice_in_one_team_is_named_within_it(desk: AreaDesk) -> None:
    team = desk.office.records.add(
        "protection_team", {"name": "Tổ Mẫu 02", "founded_on": "2024-07-01"}
    ).ids[0]
    desk.turn_to("protection_team")
    desk.screens["protection_team"].open_record(team)
    desk.rest()
    editor = desk.editor("protection_team")
    for at, page in enumerate(editor._layout.pages):
        if any(getattr(part, "kind", "") == "team_member" for part in page.parts):
            editor.pages.setCurrentIndex(at)
    for _ in range(2):
        next(one for one in editor.pages.lists() if "hành viên" in one.add.text()).add.click()
        sheet = editor.sheaf.children["team_member"][-1]
        desk.set("protection_team", "name", "Nguyễn Văn Mẫu", sheet.id)
        desk.set("protection_team", "birth_year", "1980", sheet.id)
    shown = band(desk, "twins", "protection_team")
    assert shown is not None
    assert "họ và tên, năm sinh" in shown.text.text()


def test_two_ratings_of_one_year_are_refused_beside_the_field(desk: AreaDesk) -> None:
    team = desk.office.records.add(
        "protection_team", {"name": "Tổ Mẫu 02", "founded_on": "2024-07-01"}
    ).ids[0]
    desk.turn_to("protection_team")
    desk.screens["protection_team"].open_record(team)
    desk.rest()
    editor = desk.editor("protection_team")
    editor.pages.setCurrentIndex(3)
    for _ in range(2):
        editor.pages.lists()[-1].add.click()
        sheet = editor.sheaf.children["team_rating"][-1]
        desk.set("protection_team", "document", "01/QĐ-UBND", sheet.id)
    desk.shortcut(Qt.Key.Key_S, CTRL)
    last = editor.sheaf.children["team_rating"][-1].id
    faults = [fault.code for fault in desk.field("protection_team", "year", last).faults]
    assert faults == ["same_identity"]
    assert desk.office.lists.children("protection_team", team)["team_rating"] == []
    desk.set("protection_team", "year", "2025", last)
    desk.shortcut(Qt.Key.Key_S, CTRL)
    assert len(desk.office.lists.children("protection_team", team)["team_rating"]) == 2


def test_enter_in_the_last_field_closes_a_row_and_begins_the_next(desk: AreaDesk) -> None:
    desk.turn_to("programme")
    begin(desk, "programme")
    editor = desk.editor("programme")
    editor.pages.setCurrentIndex(1)
    rows = editor.pages.lists()[-1]
    rows.add.click()
    first = editor.sheaf.children["programme_activity"][0].id
    desk.set("programme", "title", "Phát tờ rơi", first)
    desk.field("programme", "result", first).input.setFocus()
    desk.enter()
    frames = rows.frames()
    assert [frame.is_open for frame in frames] == [False, True]
    assert frames[1].isAncestorOf(desk.focus())
    press(desk.focus(), Qt.Key.Key_Escape)
    assert len(rows.frames()) == 1, "a row in which nothing was typed goes away"
    rows.frames()[0].open()
    desk.field("programme", "title", first).input.setFocus()
    press(desk.focus(), Qt.Key.Key_Escape)
    assert not rows.frames()[0].is_open
    assert desk.screens["programme"].editor is editor, "Escape left the row alone"


def test_control_enter_begins_the_next_row_from_any_field(desk: AreaDesk) -> None:
    desk.window.resize(1366, 560)  # lower than a row that is open
    desk.turn_to("programme")
    begin(desk, "programme")
    editor = desk.editor("programme")
    editor.pages.setCurrentIndex(1)
    rows = editor.pages.lists()[-1]
    rows.add.click()
    first = editor.sheaf.children["programme_activity"][0].id
    desk.set("programme", "title", "Phát tờ rơi", first)
    desk.field("programme", "title", first).input.setFocus()
    press(desk.focus(), Qt.Key.Key_Return, "\r", CTRL)
    frames = rows.frames()
    assert [frame.is_open for frame in frames] == [False, True]
    assert frames[1].isAncestorOf(desk.focus())
    desk.qtbot.waitUntil(lambda: not desk.focus().visibleRegion().isEmpty())


def test_fields_of_a_row_come_and_go_as_in_an_editor_of_its_own(desk: AreaDesk) -> None:
    desk.turn_to("document")
    begin(desk, "document")
    editor = desk.editor("document")
    for at, page in enumerate(editor._layout.pages):
        if any(getattr(part, "kind", "") == "task" for part in page.parts):
            editor.pages.setCurrentIndex(at)
    editor.pages.lists()[-1].add.click()
    sheet = editor.sheaf.children["task"][0]
    assert sheet.now["state"], "a task begins in a state"
    assert not sheet.dirty
    done = desk.field("document", "done_on", sheet.id)
    assert not done.isVisibleTo(editor)
    finished = next(v.id for v in desk.office.codes["task_state"].values if v.id == "done")
    sheet.set("state", finished)
    editor.pages.fields.edited.emit(sheet.id, "state")
    assert done.isVisibleTo(editor)
