"""*Vụ việc, Tìm theo người* in the window: asked with a reason, shown on one page, kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.services.office import Office
from antq_desktop.ui.screens.person_search import PersonSearchDialog
from antq_desktop.ui.theme import Theme
from tests.stores import INCIDENT, line
from tests.ui.desk import CTRL, Desk, desk_of
from tests.ui.keyboards import press, type_telex

NAME = "Trần Thị Ví Dụ"


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[Desk]:
    person = line("involved", "a", role="witness", name=NAME)
    office.records.add("incident", {**INCIDENT, "title": "Mất gà", **person})
    office.records.add("incident", {**INCIDENT, "title": "Mất xe"})
    with desk_of(theme, qtbot, office) as made:
        made.go("incidents")
        yield made


def asked(desk: Desk) -> PersonSearchDialog:
    desk.screens["incidents"].person_button.click()
    desk.rest()
    (dialog,) = desk.window.findChildren(PersonSearchDialog)
    return dialog


def test_what_is_missing_is_said_at_its_field_and_nothing_is_shown(desk: Desk) -> None:
    dialog = asked(desk)
    type_telex(dialog.person, NAME)
    dialog.search_button.click()
    desk.rest()
    assert dialog.faults["reason"].isVisible()
    assert not dialog.found.isVisible()
    dialog.reason.setPlainText("Xác minh theo yêu cầu của cơ quan điều tra")
    dialog.search_button.click()
    desk.rest()
    assert not dialog.faults["reason"].isVisible()
    assert dialog.faults["document"].isVisible()
    dialog.reject()


def test_what_is_found_is_opened_and_not_copied(desk: Desk) -> None:
    dialog = asked(desk)
    type_telex(dialog.person, "tran thi vi du")
    dialog.reason.setPlainText("Xác minh theo yêu cầu của cơ quan điều tra")
    dialog.document.setText("15/YC-CSĐT của Cơ quan mẫu")
    dialog.search_button.click()
    desk.rest()
    assert dialog.found.count() == 1
    assert "Mất gà" in dialog.found.item(0).text()
    assert NAME not in dialog.found.item(0).text()
    assert dialog.told.text() == "Tìm thấy 1 vụ việc, đã ghi vào nhật ký."
    QApplication.clipboard().setText("trước đó")
    press(dialog.found, Qt.Key.Key_C, "\x03", CTRL)
    assert QApplication.clipboard().text() == "trước đó"
    dialog.open_button.click()
    desk.rest()
    assert desk.shown("incidents", "title") == "Mất gà"
