"""Quản trị → Danh mục by the keyboard: add, rename, hide, retire, move, map, undo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from antq_desktop.services.office import Office
from antq_desktop.ui.ask import Answer
from antq_desktop.ui.screens.code_lists import CodeListsPage
from antq_desktop.ui.theme import Theme
from tests.stores import COMMUNE_ID
from tests.ui.area_desk import AreaDesk, area_desk_of
from tests.ui.keyboards import type_telex

LIST = "session_kind"
NONE, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


@dataclass
class Seat:
    desk: AreaDesk
    page: CodeListsPage

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE, said: str = "") -> None:
        """Press keys over the values; what is asked is answered by `said`."""
        if said:
            self.desk.asker.answers.append(Answer("do", said))
        self.page.values.setFocus()
        QTest.keyClick(self.page.values, key, held)
        self.desk.rest()

    def labels(self) -> list[str]:
        model = self.page.values.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    @property
    def chosen(self) -> str:
        return self.page.values.current_id()


@pytest.fixture
def seat(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[Seat]:
    with area_desk_of(theme, qtbot, office) as desk:
        page = CodeListsPage(desk.workplace)
        qtbot.addWidget(page)
        page.resize(1100, 600)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        desk.rest()
        page.go_to(LIST)
        desk.rest()
        yield Seat(desk, page)


def test_a_value_is_added_by_keys_and_is_the_one_chosen(seat: Seat) -> None:
    seat.press(Qt.Key.Key_N, CTRL, "Phiên tòa giả định")
    assert seat.chosen == f"{COMMUNE_ID}/phien_toa_gia_dinh"
    assert seat.labels()[-1] == "Phiên tòa giả định"
    assert seat.desk.last.startswith("Đã thêm giá trị danh mục “Phiên tòa giả định")
    message = seat.desk.told[-1]
    assert message.undo is not None
    message.undo()
    seat.desk.rest()
    assert "Phiên tòa giả định" not in seat.labels()


def test_a_value_is_renamed_hidden_retired_and_moved_by_keys(seat: Seat) -> None:
    first, second = seat.labels()[:2]
    seat.press(Qt.Key.Key_F2, said="Nói chuyện")
    assert seat.labels()[0] == f"Nói chuyện (có sẵn: {first})"
    seat.press(Qt.Key.Key_Down, ALT)
    assert [label.split(" (")[0] for label in seat.labels()[:2]] == [second, "Nói chuyện"]
    value = seat.chosen
    seat.page.hide_button.click()
    seat.desk.rest()
    assert value not in [one.id for one in seat.desk.office.codes.in_force(LIST, "2026-11-21")]
    assert seat.page.hide_button.text() == "Đưa ra chọn"
    seat.page.hide_button.click()
    seat.desk.rest()
    seat.desk.asker.answers.append(Answer("do", "1/1/2026"))
    seat.page.retire_button.click()
    seat.desk.rest()
    held = seat.desk.office.codes[LIST].get(value)
    assert held is not None
    assert held.retired == "2026-01-01"
    assert seat.page.retire_button.text() == "Dùng lại"


def test_an_own_value_is_mapped_from_the_menu(seat: Seat) -> None:
    seat.press(Qt.Key.Key_N, CTRL, "Sân khấu hóa")
    value = seat.chosen
    seat.page.ask_counted()
    seat.page.menu.actions()[3].trigger()
    seat.page.menu.hide()
    seat.desk.rest()
    shipped = seat.desk.office.codes.shipped[LIST].values[3].id
    assert seat.desk.office.codes.counted(LIST, value) == shipped
    seat.page.ask_counted()
    assert seat.page.menu.actions()[-1].text() == "Thôi tính như giá trị khác"
    seat.page.menu.hide()


def test_a_list_of_a_legal_text_says_why_nothing_can_be_done(seat: Seat) -> None:
    codes = seat.desk.office.code_lists
    locked = next(line for line in codes.lists() if line.locked)
    type_telex(seat.page.words, locked.name)
    seat.desk.rest()
    seat.page.go_to(locked.name)
    seat.desk.rest()
    assert seat.page.told.text() == locked.locked
    buttons = (
        seat.page.add_button, seat.page.rename_button, seat.page.hide_button,
        seat.page.retire_button, seat.page.up_button, seat.page.counted_button,
    )  # fmt: skip
    assert not any(button.isEnabled() for button in buttons)
    seat.press(Qt.Key.Key_N, CTRL)
    assert seat.desk.asker.asked == []


def test_lists_are_found_by_words_without_marks(seat: Seat) -> None:
    type_telex(seat.page.words, "hinh thuc tuyen truyen")
    seat.desk.rest()
    assert seat.page.lists.current_id() == LIST
    assert seat.page.lists.model().rowCount() == 1


def test_what_is_refused_is_said_and_changes_nothing(seat: Seat) -> None:
    before = seat.labels()
    seat.press(Qt.Key.Key_N, CTRL, before[0])
    assert seat.desk.last == f"Danh mục đã có “{before[0]}”. Nhập tên khác."
    seat.press(Qt.Key.Key_N, CTRL, "Tôn giáo")
    assert "không được có loại như vậy" in seat.desk.last
    assert seat.labels() == before
