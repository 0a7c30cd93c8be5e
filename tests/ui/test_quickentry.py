"""The quick entry: one key, eight fields, saved by keyboard alone, and nothing else disturbed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.domain.fields import Value
from antq_desktop.services.office import Office
from antq_desktop.ui.ask import Answer
from antq_desktop.ui.quickentry import KIND, ROWS, QuickDialog
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.widgets.picker import Picker
from tests.ui.desk import CTRL, strike
from tests.ui.keyboards import press, type_telex
from tests.ui.sheet_desk import SheetDesk, sheet_desk_of

TITLE = "Mất trộm xe đạp ở đường Nguyễn Huệ"


@pytest.fixture
def seat(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[SheetDesk]:
    with sheet_desk_of(theme, qtbot, office) as sat:
        yield sat


def go_on(seat: SheetDesk, dialog: QuickDialog) -> None:
    press(seat.keyboard_of(dialog), Qt.Key.Key_Return, "\r")


def fill(seat: SheetDesk, dialog: QuickDialog, text: str) -> None:
    type_telex(seat.keyboard_of(dialog), text)
    go_on(seat, dialog)


def pick(seat: SheetDesk, dialog: QuickDialog, words: str) -> None:
    press(seat.keyboard_of(dialog), Qt.Key.Key_F4)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, Picker)
    type_telex(popup.search, words)
    seat.desk.hear()
    strike(popup.search, Qt.Key.Key_Return)
    dialog.activateWindow()
    seat.desk.qtbot.waitUntil(dialog.isActiveWindow)
    seat.desk.rest()
    go_on(seat, dialog)


def incidents(seat: SheetDesk) -> list[dict[str, Value]]:
    return [dict(one.values()) for one in seat.desk.office.lists.every(KIND)]


def test_an_incident_is_written_down_by_keys_alone(seat: SheetDesk) -> None:
    dialog = seat.press_quick()
    fill(seat, dialog, TITLE)
    pick(seat, dialog, "trat tu xa hoi")
    pick(seat, dialog, "mau ha")
    go_on(seat, dialog)
    fill(seat, dialog, "khoảng 19 giờ")
    fill(seat, dialog, "Cổng chợ Mẫu")
    pick(seat, dialog, "dien thoai")
    go_on(seat, dialog)
    QTest.keyClick(dialog, Qt.Key.Key_S, CTRL)
    seat.desk.rest()
    seat.desk.rest()
    assert seat.quick.dialog is None
    (held,) = incidents(seat)
    assert held["title"] == TITLE
    assert held["occurred_on"] == "2026-11-21"
    assert held["place"] == "Cổng chợ Mẫu"
    assert held["state"] == "new"
    assert seat.desk.last.startswith("Đã thêm vụ việc")
    seat.desk.window.line.undo.click()
    seat.desk.rest()
    shown = seat.desk.office.lists.every(KIND)[0].standing()
    assert shown.reason is not None


def test_enter_all_along_ends_at_the_button_that_saves(seat: SheetDesk) -> None:
    dialog = seat.press_quick()
    fill(seat, dialog, TITLE)
    pick(seat, dialog, "trat tu xa hoi")
    for _field in range(6):
        go_on(seat, dialog)
    assert seat.keyboard_of(dialog) is dialog.save_button
    go_on(seat, dialog)
    seat.desk.rest()
    seat.desk.rest()
    assert [one["title"] for one in incidents(seat)] == [TITLE]


def test_three_fields_are_enough_and_the_rest_is_asked_for_on_the_first_page(
    seat: SheetDesk,
) -> None:
    dialog = seat.press_quick()
    fill(seat, dialog, TITLE)
    pick(seat, dialog, "trat tu xa hoi")
    QTest.keyClick(dialog, Qt.Key.Key_S, CTRL)
    seat.desk.rest()
    seat.desk.rest()
    assert len(incidents(seat)) == 1
    assert seat.desk.office.board.look().missing[KIND] == 1


def test_eight_fields_are_asked(seat: SheetDesk) -> None:
    assert len({name for row in ROWS for name in row}) == 8
    dialog = seat.press_quick()
    for row in ROWS:
        for name in row:
            assert dialog.fields.make(dialog.sheaf.main, name).isVisible()
    seat.desk.asker.answers.append(Answer("drop"))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_what_stops_the_save_stands_beside_its_field(seat: SheetDesk) -> None:
    dialog = seat.press_quick()
    QTest.keyClick(dialog, Qt.Key.Key_S, CTRL)
    seat.desk.rest()
    title = dialog.fields.make(dialog.sheaf.main, "title")
    assert title.faults
    assert title.input is seat.keyboard_of(dialog)
    assert "2 mục" in dialog.said.text()
    assert incidents(seat) == []
    type_telex(title.input, TITLE)
    assert not title.faults


def test_leaving_asks_only_when_something_was_typed(seat: SheetDesk) -> None:
    dialog = seat.press_quick()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    seat.desk.rest()
    assert seat.quick.dialog is None
    assert seat.desk.asker.asked == []
    dialog = seat.press_quick()
    type_telex(seat.keyboard_of(dialog), "Mất")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert len(seat.desk.asker.asked) == 1
    assert dialog.isVisible()
    seat.desk.asker.answers.append(Answer("drop"))
    dialog.close()
    seat.desk.rest()
    assert not QApplication.activeModalWidget()
    assert seat.desk.office.drafts.of(KIND) == []


def test_what_was_typed_and_not_saved_is_there_the_next_time(seat: SheetDesk) -> None:
    dialog = seat.press_quick()
    type_telex(seat.keyboard_of(dialog), "Mất trộm")
    dialog.keeper.touch()
    seat.wait_for(dialog.keeper.kept)
    dialog.keeper.end()
    dialog.done(0)  # as after a power cut: nothing is asked
    dialog = seat.press_quick()
    assert dialog.sheaf.main.now["title"] == "Mất trộm"
    assert "bản nháp" in dialog.said.text()
    seat.desk.asker.answers.append(Answer("drop"))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    seat.desk.rest()
    assert seat.desk.office.drafts.of(KIND) == []


def test_an_open_editor_and_its_draft_are_left_alone_and_get_the_keyboard_back(
    seat: SheetDesk,
) -> None:
    seat.desk.turn_to("session")
    seat.desk.shortcut(Qt.Key.Key_N, CTRL)
    editor = seat.desk.editor("session")
    title = seat.desk.field("session", "title")
    title.input.setFocus()
    type_telex(title.input, "Phòng cháy")
    seat.wait_for(editor.keeper.kept)
    dialog = seat.press_quick()
    fill(seat, dialog, TITLE)
    pick(seat, dialog, "trat tu xa hoi")
    QTest.keyClick(dialog, Qt.Key.Key_S, CTRL)
    seat.desk.rest()
    seat.desk.rest()
    seat.desk.come_back()
    assert len(incidents(seat)) == 1
    assert seat.desk.editor("session") is editor
    assert editor.sheaf.main.now["title"] == "Phòng cháy"
    assert [draft.id for draft in seat.desk.office.drafts.of("session")] == [editor.sheaf.main.id]
    assert seat.desk.focus() is title.input


def test_the_key_pressed_again_opens_no_second_one(seat: SheetDesk) -> None:
    dialog = seat.press_quick()
    seat.quick.open()
    seat.desk.rest()
    assert seat.quick.dialog is dialog


def test_the_button_of_the_top_bar_opens_it_too(seat: SheetDesk) -> None:
    assert "F9" in seat.desk.window.top.quick.toolTip()
    seat.desk.window.top.quick.click()
    seat.desk.rest()
    assert seat.quick.dialog is not None


def test_a_kind_of_incident_is_found_by_what_happened(seat: SheetDesk) -> None:
    dialog = seat.press_quick()
    fill(seat, dialog, TITLE)
    pick(seat, dialog, "trom")
    assert dialog.fields.make(dialog.sheaf.main, "kind").value() == "social_order"
    QTest.keyClick(dialog, Qt.Key.Key_S, CTRL)
    seat.desk.rest()
    seat.desk.rest()
    assert [one["kind"] for one in incidents(seat)] == ["social_order"]
