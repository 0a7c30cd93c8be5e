"""One door for errors: beside the field, in the line, or as a calm sentence with a report."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.domain.errors import EnvironmentFault, Fault, UserError
from antq_desktop.paths import resources_folder
from antq_desktop.ui.faults import CARRY, Door, Message, Tone, report_of
from antq_desktop.ui.jobs import Jobs, Stopped
from antq_desktop.ui.messageline import MessageLine
from antq_desktop.ui.theme import Theme


class Place:
    def __init__(self, *, takes: bool) -> None:
        self.takes = takes
        self.shown: list[Fault] = []

    def show_faults(self, faults: Sequence[Fault]) -> bool:
        self.shown.extend(faults)
        return self.takes


@pytest.fixture
def reports() -> list[str]:
    return []


@pytest.fixture
def said() -> list[Message]:
    return []


@pytest.fixture
def door(qapp: QApplication, reports: list[str], said: list[Message]) -> Door:
    def save(report: str) -> str:
        reports.append(report)
        return "bao-cao-1.txt"

    made = Door(save)
    made.listen(said.append)
    return made


def fall(error: BaseException, cause: BaseException | None = None) -> None:
    raise error from cause


def fail(text: str) -> BaseException:
    try:
        fall(KeyError(text))
    except KeyError as error:
        return error
    raise AssertionError


def test_messages_wait_until_there_is_a_window(qapp: QApplication) -> None:
    door = Door(lambda _report: "")
    said: list[Message] = []
    door.done("Đã lưu.")
    door.meet(EnvironmentFault("disk_full", "Ổ đĩa đầy. Xóa bớt tệp rồi lưu lại."))
    door.listen(said.append)
    assert [message.text for message in said] == ["Đã lưu.", "Ổ đĩa đầy. Xóa bớt tệp rồi lưu lại."]
    assert said[1].code == "disk_full"


def test_a_user_error_goes_beside_its_field(door: Door, said: list[Message]) -> None:
    place = Place(takes=True)
    door.meet(UserError("date_missing", "Nhập ngày xảy ra.", "happened"), place)
    assert [fault.field for fault in place.shown] == ["happened"]
    assert said == []


def test_a_user_error_without_a_place_goes_to_the_message_line(
    door: Door, said: list[Message]
) -> None:
    door.meet(UserError("password_wrong", "Mật khẩu chưa đúng. Nhập lại."), Place(takes=False))
    assert [(one.tone, one.code) for one in said] == [(Tone.FAULT, "password_wrong")]


def test_a_bug_is_one_calm_sentence_and_a_report_without_anything_typed(
    door: Door, said: list[Message], reports: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        door.meet(fail("Nguyễn Văn Mẫu"))
    assert len(said) == 1
    assert "bao-cao-1.txt" in said[0].text
    assert "KeyError" in reports[0]
    assert "test_faults.py" in reports[0]
    assert "Nguyễn" not in reports[0] + said[0].text + caplog.text


def test_a_report_names_the_causes_too() -> None:
    with pytest.raises(RuntimeError) as caught:
        fall(RuntimeError("second"), ValueError("first"))
    report = report_of(caught.value)
    assert "builtins.RuntimeError" in report
    assert "builtins.ValueError" in report


def test_a_report_that_cannot_be_saved_does_not_hide_the_bug(
    qapp: QApplication, said: list[Message]
) -> None:
    def save(_report: str) -> str:
        raise OSError(28, "full")

    door = Door(save)
    door.listen(said.append)
    door.meet(fail("x"))
    assert [message.code for message in said] == ["bug"]


def test_a_stopped_job_is_no_fault(door: Door, said: list[Message]) -> None:
    door.meet(Stopped())
    assert said[0].tone is Tone.NOTE


def test_what_nobody_caught_on_any_thread_comes_to_the_door_on_the_ui_thread(
    door: Door, said: list[Message], qtbot: QtBot
) -> None:
    before = sys.excepthook, threading.excepthook
    door.install()
    try:
        thread = threading.Thread(target=fall, args=(ValueError("x"),))
        thread.start()
        thread.join()
        error = fail("x")
        sys.excepthook(type(error), error, error.__traceback__)
        assert said == []
        qtbot.waitUntil(lambda: len(said) == 2)
    finally:
        door.remove()
        sys.excepthook, threading.excepthook = before
    assert {message.code for message in said} == {"bug"}


def test_the_report_of_a_bug_is_offered_to_be_copied_to_a_stick(
    qtbot: QtBot, said: list[Message], tmp_path: Path
) -> None:
    carried: list[str] = []
    jobs = Jobs(lambda _error: None)
    door = Door(lambda _report: "bao-cao-1.txt", carry_report=carried.append)
    line = MessageLine(jobs, Theme(resources_folder()))
    qtbot.addWidget(line)
    door.listen(line.show_message)
    door.done("Đã lưu.")
    assert line.offer.isHidden()
    door.meet(fail("x"))
    assert not line.offer.isHidden()
    assert line.offer.text() == CARRY
    line.offer.click()
    assert carried == ["bao-cao-1.txt"]
    jobs.close()
