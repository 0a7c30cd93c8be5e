"""The frame: going from screen to screen, keys, message line, closing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from antq_desktop.ui.faults import Door, Message, Tone
from antq_desktop.ui.jobs import Control, Jobs
from antq_desktop.ui.sidebar import NARROW, WIDE
from antq_desktop.ui.theme import BASE_POINTS, LARGEST_POINTS, Theme
from antq_desktop.ui.window import MainWindow
from tests.ui.keyboards import press, send


class PlainScreen:
    """A screen that may refuse to be left."""

    def __init__(self, key: str, group: str = "work") -> None:
        self.key = key
        self.title = f"Trang {key}"
        self.icon = "incident"
        self.group = group
        self.help_page = f"<p>Trợ giúp {key}</p>"
        self.dirty = False
        self.has_list = True
        self.waiting: list[Callable[[], None]] = []
        self.activated = 0
        self.searched: list[str] = []
        self._page: QWidget | None = None

    def widget(self) -> QWidget:
        if self._page is None:
            self._page = QLabel(self.title)
        return self._page

    def activate(self) -> None:
        self.activated += 1

    def may_leave(self, go: Callable[[], None]) -> None:
        if self.dirty:
            self.waiting.append(go)
        else:
            go()

    def search(self, words: str) -> bool:
        self.searched.append(words)
        return self.has_list


@pytest.fixture
def door() -> Door:
    return Door(lambda _report: "")


@pytest.fixture
def screens() -> list[PlainScreen]:
    return [PlainScreen("a"), PlainScreen("b"), PlainScreen("c"), PlainScreen("d", "admin")]


@pytest.fixture
def window(
    theme: Theme, jobs: Jobs, door: Door, screens: list[PlainScreen], qtbot: QtBot
) -> Iterator[MainWindow]:
    made = MainWindow(theme, jobs, door)
    qtbot.addWidget(made)
    made.add_screens(screens)
    made.resize(1366, 768)
    made.show()
    yield made
    for screen in screens:
        screen.dirty = False


def strike(window: MainWindow, keys: str) -> None:
    """Do what a shortcut does; the screenless platform delivers none."""
    found = [one for one in window.findChildren(QShortcut) if one.key() == QKeySequence(keys)]
    assert len(found) == 1, keys
    found[0].activated.emit()


def test_the_first_screen_is_in_front(window: MainWindow, screens: list[PlainScreen]) -> None:
    assert window.current is screens[0]
    assert screens[0].activated == 1
    assert window.windowTitle() == "Trang a · ANTQ Desktop"


def test_alt_and_a_digit_goes_to_that_place(window: MainWindow, screens: list[PlainScreen]) -> None:
    for digit, screen in enumerate(screens, start=1):
        strike(window, f"Alt+{digit}")
        assert window.current is screen
    strike(window, "Alt+9")
    assert window.current is screens[-1]


def test_a_screen_with_unsaved_changes_is_asked_before_it_is_left(
    window: MainWindow, screens: list[PlainScreen]
) -> None:
    screens[0].dirty = True
    window.side.chosen.emit("b")
    assert window.current is screens[0]
    assert window.side._places["a"].isChecked()
    screens[0].waiting[0]()
    assert window.current is screens[1]
    assert window.side._places["b"].isChecked()


def test_closing_waits_for_the_screen_in_front(
    window: MainWindow, screens: list[PlainScreen]
) -> None:
    closed: list[bool] = []
    window.closing.connect(lambda: closed.append(True))
    screens[0].dirty = True
    window.close()
    assert window.isVisible()
    assert closed == []
    screens[0].waiting[0]()
    assert not window.isVisible()
    assert closed == [True]


def test_a_screen_without_changes_lets_the_window_close_at_once(window: MainWindow) -> None:
    closed: list[bool] = []
    window.closing.connect(lambda: closed.append(True))
    window.close()
    assert not window.isVisible()
    assert closed == [True]


def test_the_keys_of_the_search_and_its_first_letter_open_the_one_box(
    window: MainWindow, screens: list[PlainScreen]
) -> None:
    wanted: list[str] = []
    window.search_wanted.connect(wanted.append)
    strike(window, "Ctrl+K")
    assert wanted == [""]
    send(window.top.search, " t")
    assert wanted == ["", " t"]
    window.top.search.clear()
    assert wanted == ["", " t"]
    press(window.top.search, Qt.Key.Key_Return, "\r")
    assert wanted == ["", " t", ""]
    assert screens[0].searched == []


def test_f1_shows_the_help_of_the_screen_in_front_and_hides_it(window: MainWindow) -> None:
    assert not window.help.isVisible()
    strike(window, "F1")
    assert window.help.isVisible()
    assert "Trợ giúp a" in window.help.page.toPlainText()
    window.go("b")
    assert "Trợ giúp b" in window.help.page.toPlainText()
    strike(window, "F1")
    assert not window.help.isVisible()


def test_the_help_is_walked_through_by_keys_and_gives_the_keyboard_back(
    window: MainWindow, screens: list[PlainScreen], qtbot: QtBot
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    work = screens[0].widget()
    work.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    work.setFocus()
    strike(window, "F1")
    page = window.help.page
    window.help.show_page("<p>Trợ giúp</p>" * 200)
    assert page.hasFocus()
    bar = page.verticalScrollBar()
    seen = [bar.value()]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End):
        press(page, key)
        seen.append(bar.value())
    assert seen == sorted(set(seen))
    assert seen[-1] == bar.maximum()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Home):
        before = bar.value()
        press(page, key)
        assert bar.value() < before
    press(page, Qt.Key.Key_Escape)
    assert not window.help.isVisible()
    assert QApplication.focusWidget() is work


def test_escape_leaves_the_help_and_not_the_page_beside_it(
    window: MainWindow, screens: list[PlainScreen], qtbot: QtBot
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    left: list[str] = []
    work = screens[0].widget()
    work.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    work.setFocus()
    QShortcut(QKeySequence("Esc"), work).activated.connect(lambda: left.append("page"))
    strike(window, "F1")
    QTest.keyClick(window.help.page, Qt.Key.Key_Escape)
    assert not window.help.isVisible()
    assert left == []
    QTest.keyClick(work, Qt.Key.Key_Escape)
    assert left == ["page"]


def test_undo_has_the_usual_keys_where_no_text_is_typed(
    window: MainWindow, door: Door, screens: list[PlainScreen], qtbot: QtBot
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    undone: list[str] = []
    work = screens[0].widget()
    work.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    typing = QLineEdit(work)
    typing.show()
    typing.setFocus()
    QTest.keyClicks(typing, "abc")
    door.done("Đã lưu vụ việc số 12.", lambda: undone.append("12"))
    QTest.keyClick(typing, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == []
    assert typing.text() == "", "the text takes its own step back"
    work.setFocus()
    QTest.keyClick(work, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["12"]


def test_the_side_bar_folds_to_icons_where_the_window_is_narrow(window: MainWindow) -> None:
    told: list[bool] = []
    window.narrow_changed.connect(told.append)
    assert window.side.width() == WIDE
    window.resize(960, 540)
    assert window.side.width() == NARROW
    window.resize(1366, 768)
    assert window.side.width() == WIDE
    assert told == [True, False]


def test_the_side_bar_folds_and_unfolds_as_letters_grow_and_shrink(
    window: MainWindow, theme: Theme, qapp: QApplication
) -> None:
    theme.change(qapp, dark=False, points=LARGEST_POINTS)
    assert window.side.width() == NARROW
    theme.change(qapp, dark=False, points=BASE_POINTS)
    assert window.side.width() == WIDE


def test_a_place_tells_how_much_waits_in_words_too(window: MainWindow) -> None:
    window.side.set_count("b", 12)
    assert window.side._places["b"].accessibleName() == "Trang b: 12 việc chờ"
    window.side.set_count("b", 0)
    assert window.side._places["b"].accessibleName() == "Trang b"


def test_a_ninth_place_is_refused(window: MainWindow) -> None:
    window.add_screens([PlainScreen(f"e{number}") for number in range(5)])
    with pytest.raises(ValueError, match="eight"):
        window.add_screens([PlainScreen("f")])


def test_undo_is_offered_once_for_what_was_just_done(window: MainWindow, door: Door) -> None:
    undone: list[str] = []
    door.done("Đã lưu vụ việc số 12.", lambda: undone.append("12"))
    assert window.line.text.full_text() == "Đã lưu vụ việc số 12."
    assert window.line.undo.isVisible()
    strike(window, "Ctrl+Shift+Z")
    strike(window, "Ctrl+Shift+Z")
    assert undone == ["12"]
    assert not window.line.undo.isVisible()


def test_the_keys_undo_the_last_save_when_other_news_came_after_it(
    window: MainWindow, door: Door
) -> None:
    undone: list[str] = []
    door.done("Đã lưu vụ việc số 12.", lambda: undone.append("12"))
    door.done("Đã lưu văn bản vào tệp so.pdf.")
    window.line.clear()
    strike(window, "Ctrl+Z")
    assert undone == ["12"]
    strike(window, "Ctrl+Z")
    assert undone == ["12"]
    assert window.line.text.full_text() == "Không còn lần lưu nào để hoàn tác."


def test_undo_leaves_the_keyboard_where_the_work_is(
    window: MainWindow, door: Door, screens: list[PlainScreen], qtbot: QtBot
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page = screens[0].widget()
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page.setFocus()
    door.done("Đã lưu vụ việc số 12.", lambda: None)
    QTest.mouseClick(window.line.undo, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is page
    for button in (window.line.undo, window.line.dismiss):
        door.done("Đã lưu vụ việc số 12.", lambda: None)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        button.click()
        assert QApplication.focusWidget() not in window.side.findChildren(QWidget)


def test_a_fault_shows_its_code_small_and_offers_no_undo(window: MainWindow, door: Door) -> None:
    door.say(Message("Ổ đĩa đầy.", Tone.FAULT, "disk_full"))
    codes = [
        label.text()
        for label in window.line.findChildren(QLabel)
        if label.property("role") == "code"
    ]
    assert codes == ["disk_full"]
    assert not window.line.undo.isVisible()


def test_a_running_job_shows_its_records_and_can_be_stopped(
    window: MainWindow, jobs: Jobs, errors: list[BaseException], qtbot: QtBot
) -> None:
    go_on = threading.Event()

    def work(control: Control) -> None:
        control.report(1240, 5000, "Đang lập sổ")
        go_on.wait()
        control.check()

    jobs.write(work, lambda _none: None, title="Đang lập sổ")
    doing = window.line._doing
    qtbot.waitUntil(lambda: doing.full_text() == "Đang lập sổ: 1.240/5.000")
    assert window.line.stop.isVisible()
    window.line.stop.click()
    assert not window.line.stop.isEnabled()
    go_on.set()
    qtbot.waitUntil(lambda: not window.line.stop.isVisible())
    assert len(errors) == 1


def test_long_names_are_cut_with_an_ellipsis_and_told_in_full(window: MainWindow) -> None:
    name = "Công an đặc khu Mẫu Thượng Hạ Trung Đông Tây Nam Bắc " * 4
    window.top.set_unit(name, "Kỳ báo cáo: tháng 11/2026")
    window.top.set_officer("Đại úy Nguyễn Thị Thùy Dương")
    window.resize(960, 540)
    assert window.width() == 960
    labels = [one for one in window.top.findChildren(QLabel) if one.toolTip() == name]
    assert len(labels) == 1
    assert labels[0].text().endswith("…")
