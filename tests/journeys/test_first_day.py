"""The first day of an officer: from nothing to the first page, locked, closed, opened again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from antq_desktop.paths import resources_folder
from antq_desktop.services.office import Offices
from antq_desktop.services.preferences import load_preferences
from antq_desktop.ui.app import Ground, Program
from antq_desktop.ui.firstrun import FirstRunPages
from antq_desktop.ui.password import PasswordField
from antq_desktop.ui.screens.administration import AdministrationPage
from antq_desktop.ui.screens.home import HomePage
from antq_desktop.ui.screens.records import RecordScreen
from antq_desktop.ui.secretform import SecretForm
from antq_desktop.ui.signin import SignInPage
from tests.fakes import SetClock
from tests.ui.keyboards import press, send, type_telex

W = TypeVar("W", bound=QWidget)
NAME = "Nguyễn Văn Mẫu"
PASSWORD = "một câu dễ nhớ"
PATIENCE = 20_000  # ms; nothing waits as long, unless it fails

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def start(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, offices: Offices, clock: SetClock
) -> Iterator[Callable[[], Program]]:
    started: list[Program] = []

    def begin() -> Program:
        ground = Ground(
            resources=resources_folder(),
            preferences=tmp_path / "preferences.json",
            folder=None,
            usual_folder=tmp_path / "dữ liệu",
            clock=clock,
            offices=lambda: offices,
            version="0.1.0",
        )
        program = Program(qapp, ground)
        started.append(program)
        program.start()
        qtbot.waitUntil(lambda: program.painted, timeout=PATIENCE)
        return program

    yield begin
    for program in started:
        program.shut()
    qapp.processEvents()


def page(qtbot: QtBot, root: QWidget | None, kind: type[W]) -> W:
    assert root is not None
    qtbot.waitUntil(lambda: root.findChild(kind) is not None, timeout=PATIENCE)
    found = root.findChild(kind)
    assert found is not None
    return found


def taker(form: SecretForm, field: str) -> QWidget:
    """Return what takes the letters of a field."""
    held = form.input(field)
    return held.input if isinstance(held, PasswordField) else held


def make_profile(program: Program, qtbot: QtBot, *, sample: bool) -> None:
    pages = page(qtbot, program.entry, FirstRunPages)
    pages.go_on()
    qtbot.waitUntil(lambda: "3.321" in pages.unit.told, timeout=PATIENCE)
    send(pages.unit.search, "tu ky")
    pages.go_on()
    type_telex(pages.officer.input, NAME)
    pages.go_on()
    type_telex(pages.password.first.input, PASSWORD)
    type_telex(pages.password.second.input, PASSWORD)
    pages.go_on()
    pages.go_on()
    pages.sample.ways[int(sample)].click()
    pages.go_on()
    qtbot.waitUntil(lambda: pages.done.ready, timeout=PATIENCE)
    pages.go_on()
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE)


def sign_in(program: Program, qtbot: QtBot, password: str) -> SignInPage:
    door = page(qtbot, program.entry, SignInPage)
    qtbot.waitUntil(lambda: door.officers.currentText() == NAME, timeout=PATIENCE)
    type_telex(door.password.input, password)
    press(door.password.input, Qt.Key.Key_Return)
    return door


def at_rest(program: Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not program.jobs.running, timeout=PATIENCE)


def test_from_nothing_to_the_first_page_with_a_sample(
    start: Callable[[], Program], qtbot: QtBot
) -> None:
    program = start()
    make_profile(program, qtbot, sample=True)
    window = program.window
    home = page(qtbot, window, HomePage)
    qtbot.waitUntil(lambda: bool(home.lines), timeout=PATIENCE)
    words = [line.words for line in home.lines]
    assert "Mất hai xe đạp điện ở Thôn Mẫu 03" in words
    assert any(line.state == "Chưa hoạt động" for line in home.lines)
    assert window is not None
    assert window.keys() == [
        *("today", "incidents", "schemes", "movement", "standards", "forces", "documents"),
        *("handover", "admin"),
    ]
    at_rest(program, qtbot)


def test_a_line_of_the_first_page_opens_its_record(
    start: Callable[[], Program], qtbot: QtBot
) -> None:
    program = start()
    make_profile(program, qtbot, sample=True)
    home = page(qtbot, program.window, HomePage)
    qtbot.waitUntil(lambda: bool(home.lines), timeout=PATIENCE)
    home.lines[0].go()
    window = program.window
    assert window is not None
    assert window.current is not None
    assert window.current.key == "incidents"
    at_rest(program, qtbot)


def test_the_next_start_asks_for_the_password_and_knows_who_it_was(
    start: Callable[[], Program], qtbot: QtBot, tmp_path: Path
) -> None:
    first = start()
    make_profile(first, qtbot, sample=False)
    at_rest(first, qtbot)
    first.shut()
    assert load_preferences(tmp_path / "preferences.json").of(tmp_path / "dữ liệu").officer == NAME

    second = start()
    door = sign_in(second, qtbot, "không phải câu này")
    qtbot.waitUntil(lambda: "Mật khẩu chưa đúng" in door.password.fault, timeout=PATIENCE)
    assert door.unit.text() == "Xã Tứ Kỳ"
    type_telex(door.password.input, PASSWORD)
    press(door.password.input, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: second.window is not None, timeout=PATIENCE)
    at_rest(second, qtbot)


def test_a_locked_screen_shows_nothing_and_opens_only_by_the_same_password(
    start: Callable[[], Program], qtbot: QtBot
) -> None:
    program = start()
    make_profile(program, qtbot, sample=False)
    at_rest(program, qtbot)
    window = program.window
    assert window is not None
    window.go("incidents")
    incidents = window.screens["incidents"]
    assert incidents.search("đang gõ dở")
    at_rest(program, qtbot)
    program.lock()
    locked = program.locked
    assert locked is not None
    assert not window.isVisible()
    door = locked.page
    type_telex(door.password.input, "đoán mò thôi")
    press(door.password.input, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Mật khẩu chưa đúng" in door.password.fault, timeout=PATIENCE)
    assert not window.isVisible()
    type_telex(door.password.input, PASSWORD)
    press(door.password.input, Qt.Key.Key_Return)
    qtbot.waitUntil(window.isVisible, timeout=PATIENCE)
    assert isinstance(incidents, RecordScreen)
    assert incidents.list.filters.words.text() == "đang gõ dở"
    at_rest(program, qtbot)


def test_the_look_is_changed_at_once_and_kept(
    start: Callable[[], Program], qtbot: QtBot, tmp_path: Path
) -> None:
    program = start()
    make_profile(program, qtbot, sample=False)
    at_rest(program, qtbot)
    assert program.window is not None
    program.window.bring("admin")
    admin = page(qtbot, program.window, AdministrationPage)
    admin.look.dark.click()
    admin.look.larger.click()
    at_rest(program, qtbot)
    assert (program.theme.dark, program.theme.points) == (True, 11.0)
    kept = load_preferences(tmp_path / "preferences.json")
    assert (kept.dark, kept.points) == (True, 11.0)


def test_the_program_checks_itself_and_lets_one_more_officer_in(
    start: Callable[[], Program], qtbot: QtBot
) -> None:
    program = start()
    make_profile(program, qtbot, sample=False)
    at_rest(program, qtbot)
    assert program.window is not None
    program.window.bring("admin")
    admin = page(qtbot, program.window, AdministrationPage)
    admin.check.button.click()
    qtbot.waitUntil(lambda: bool(admin.check.findings), timeout=PATIENCE)
    assert all(finding.holds for finding in admin.check.findings)
    at_rest(program, qtbot)
    admin.officers.add()
    dialog = admin.officers.dialog
    assert dialog is not None
    typed = {"name": "Trần Thị Ví Dụ", "password": "câu ban đầu", "repeated": "câu ban đầu"}
    for field, text in {**typed, "own_password": PASSWORD}.items():
        type_telex(taker(dialog.form, field), text)
    press(taker(dialog.form, "own_password"), Qt.Key.Key_Return)
    at_rest(program, qtbot)
    assert program.office is not None
    assert {one.name for one in program.office.people.every()} == {NAME, "Trần Thị Ví Dụ"}


def test_another_folder_without_a_profile_leads_to_the_first_run(
    start: Callable[[], Program], qtbot: QtBot, tmp_path: Path
) -> None:
    first = start()
    make_profile(first, qtbot, sample=False)
    at_rest(first, qtbot)
    first.shut()
    second = start()
    page(qtbot, second.entry, SignInPage)
    second.choose_folder(tmp_path / "nơi khác")
    pages = page(qtbot, second.entry, FirstRunPages)
    assert pages.machine.folder == tmp_path / "nơi khác"
    at_rest(second, qtbot)
