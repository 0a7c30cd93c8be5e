"""An incident from the first letter to the printed register, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.services.office import Office
from antq_desktop.ui.ask import Answer
from antq_desktop.ui.theme import Theme
from tests.stores import INCIDENT
from tests.ui.desk import CTRL, Desk, desk_of
from tests.ui.keyboards import type_by_input_method

RESOURCES = Path(__file__).parents[2] / "resources"
KEY = "incidents"
TITLE = "Đánh nhau ở quán nước, hỏng bàn ghế, thuở ấy ngỡ đã ổn thỏa"
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


def record_one(desk: Desk) -> None:
    """Record an incident by keys alone, as an officer does on a busy evening."""
    desk.shortcut(Qt.Key.Key_N, CTRL)
    desk.fill("20112026")
    desk.enter()  # received: now
    desk.fill(TITLE)
    desk.pick("gay roi")
    desk.enter()  # the state is there
    desk.pick("tu ky")
    desk.fill("Quán nước đầu Thôn Mẫu Đông")
    desk.fill("12/2026")
    desk.shortcut(Qt.Key.Key_S, CTRL)


def test_an_incident_is_recorded_found_again_and_printed_by_keys_alone(
    desk: Desk, tmp_path: Path
) -> None:
    record_one(desk)
    assert desk.last == f"Đã thêm vụ việc “12/2026 · {TITLE}”."
    desk.shortcut(Qt.Key.Key_Escape)
    assert desk.titles(KEY) == [TITLE]
    desk.shortcut(Qt.Key.Key_F, CTRL)
    type_by_input_method(desk.focus(), "đánh nhau ở quán")
    desk.rest()
    assert desk.titles(KEY) == [TITLE]
    desk.enter()
    desk.enter()
    desk.rest()
    assert desk.shown(KEY, "title") == TITLE
    assert desk.shown(KEY, "occurred_on") == "2026-11-20"
    assert desk.shown(KEY, "received_at") == "2026-11-21T08:05"
    assert desk.shown(KEY, "unit") == "Xã Tứ Kỳ"
    desk.shortcut(Qt.Key.Key_Escape)
    desk.shortcut(Qt.Key.Key_P, CTRL)
    preview = desk.screens[KEY].preview
    assert preview is not None
    assert preview.document.pageCount() == 1
    desk.asker.files.append(tmp_path / "so")
    desk.shortcut(Qt.Key.Key_S, CTRL)
    assert (tmp_path / "so.pdf").read_bytes() == preview.pdf
    assert desk.asker.files_asked[0].suggested == "SO_THEO_DOI_VU_VIEC_2026-11.pdf"
    desk.shortcut(Qt.Key.Key_Escape)
    assert desk.screens[KEY].widget().isAncestorOf(desk.focus())


def test_a_save_is_taken_back_from_the_message_line(desk: Desk) -> None:
    record_one(desk)
    desk.set(KEY, "title", "Tiêu đề sửa")
    desk.shortcut(Qt.Key.Key_S, CTRL)
    assert desk.office.lists.window(desk.office.lists.listing("incident"), ("title",))[0].values[
        "title"
    ] == ("Tiêu đề sửa")
    desk.shortcut(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    desk.rest()
    assert desk.shown(KEY, "title") == TITLE
    assert not desk.editor(KEY).dirty


def test_the_second_incident_is_copied_from_the_first(desk: Desk) -> None:
    record_one(desk)
    desk.shortcut(Qt.Key.Key_Escape)
    desk.shortcut(Qt.Key.Key_D, CTRL)
    assert desk.shown(KEY, "kind") == "Gây rối, thanh thiếu niên tụ tập, đua xe, hung khí"
    assert desk.shown(KEY, "title") == TITLE
    first = desk.office.lists.every("incident")[0].values()
    again = desk.editor(KEY).sheaf.main
    assert again.created
    alone = ("register_number", "damage", "closed_on", "callback", "involved")
    assert not any(path.startswith(alone) for path in again.now)
    assert any(path.startswith(alone) for path in first)


def test_leaving_typed_words_behind_is_asked_about(desk: Desk) -> None:
    desk.office.records.add("incident", INCIDENT)
    desk.list_of(KEY).refresh()
    desk.rest()
    desk.enter()
    desk.rest()
    desk.set(KEY, "title", "Đang gõ dở")
    desk.shortcut(Qt.Key.Key_Escape)
    assert [choice.verb for choice in desk.asker.asked[0].choices] == [
        "Bỏ thay đổi",
        "Sửa tiếp",
        "Lưu",
    ]
    assert desk.shown(KEY, "title") == "Đang gõ dở"
    desk.asker.answers.append(Answer("drop"))
    desk.shortcut(Qt.Key.Key_Escape)
    assert desk.screens[KEY].editor is None
    assert desk.titles(KEY) == [INCIDENT["title"]]
