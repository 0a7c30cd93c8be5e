"""A morning with the lists of the neighbourhoods: pasted, mended, saved, found, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.services.office import Offices
from antq_desktop.ui.theme import Theme
from tests.stores import OFFICER, PASSWORD, unsound
from tests.ui.desk import CTRL
from tests.ui.keyboards import press, type_telex
from tests.ui.sheet_desk import VILLAGES, SheetDesk, sheet_desk_of

RESOURCES = Path(__file__).parents[2] / "resources"
FROM_EXCEL = '"1.234"\t1.200\r\n310\t3OO\r\n95\t95\r\n'  # the letter O where a nought belongs
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    made = Theme(RESOURCES)
    made.apply(qapp)
    return made


def choose_households(seat: SheetDesk) -> None:
    made = seat.page.head.common.fields["signers"]
    made.set_value("households")
    made.edited.emit("signers")
    seat.ask_again()


def in_force(seat: SheetDesk, kind: str) -> int:
    lists = seat.desk.office.lists
    return lists.count(lists.listing(kind), 0).number


def test_the_lists_of_the_neighbourhoods_become_records_and_go_again(
    theme: Theme, qtbot: QtBot, offices: Offices, profile: Path
) -> None:
    office = offices.open(profile, OFFICER, PASSWORD)
    with sheet_desk_of(theme, qtbot, office) as seat:
        seat.desk.turn_to("commitment")
        seat.desk.shortcut(Qt.Key.Key_B, CTRL)
        seat.desk.rest()
        choose_households(seat)
        seat.at(0, "whole")
        seat.paste(FROM_EXCEL)
        seat.save()
        assert seat.desk.last == "Chưa lưu: 1 ô cần sửa. Nhấn F3 để đến từng ô."
        assert in_force(seat, "commitment") == 0
        seat.type("300")

        dialog = seat.press_quick()  # the telephone rings
        type_telex(seat.keyboard_of(dialog), "Cháy đống rơm ở Thôn Mẫu Hạ")
        kind = dialog.fields.make(dialog.sheaf.main, "kind")
        kind.set_value("fire")
        kind.edited.emit("kind")
        QTest.keyClick(dialog, Qt.Key.Key_S, CTRL)
        seat.desk.rest()
        seat.desk.rest()
        seat.desk.come_back()
        assert in_force(seat, "incident") == 1
        assert seat.text(1, "signed") == "300"
        assert seat.desk.focus() is seat.grid

        seat.save()
        assert seat.desk.last == "Đã thêm 3 kết quả ký cam kết theo đơn vị."
        press(seat.grid, Qt.Key.Key_Escape)
        seat.desk.shortcut(Qt.Key.Key_Escape)
        assert seat.desk.list_of("commitment").isVisible()
    office.close()

    office = offices.open(profile, OFFICER, PASSWORD)
    with sheet_desk_of(theme, qtbot, office, ()) as seat:
        seat.open("commitment")
        choose_households(seat)
        assert [seat.text(row, "whole") for row in range(len(VILLAGES))] == ["1.234", "310", "95"]
        seat.at(2, "signed")
        seat.type("90")
        seat.save()
        assert seat.desk.last == "Đã sửa 1 kết quả ký cam kết theo đơn vị."
        for expected in ("95", "90"):
            seat.desk.window.line.undo.click()
            seat.desk.rest()
            assert seat.text(2, "signed") == expected
        assert in_force(seat, "commitment") == 3
        assert unsound(office) == []
    office.close()
