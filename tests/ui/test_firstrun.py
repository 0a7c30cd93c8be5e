"""The first run, drawn: by keyboard from the first page to the last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from antq_desktop.catalogue.units import load_units
from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.paths import units_file
from antq_desktop.services.firststart import Answers, Level, Step, UnitsToChoose
from antq_desktop.services.homes import LinuxHomes
from antq_desktop.ui.ask import Answer, FileQuestion, Question
from antq_desktop.ui.entry import EntryWindow
from antq_desktop.ui.firstrun import FirstRunPages
from antq_desktop.ui.theme import Theme
from tests.ui.keyboards import press, send, type_by_input_method


class Chooser:
    """Chooses the folder or file it was given."""

    def __init__(self) -> None:
        self.path: Path | None = None

    def ask(self, question: Question, then: Callable[[Answer], None]) -> None:
        then(Answer(question.safe))

    def ask_file(self, _question: FileQuestion, then: Callable[[Path | None], None]) -> None:
        then(self.path)

    def ask_files(self, _question: FileQuestion, then: Callable[[tuple[Path, ...]], None]) -> None:
        then((self.path,) if self.path else ())


@pytest.fixture
def chooser() -> Chooser:
    return Chooser()


@pytest.fixture(scope="module")
def units() -> UnitsToChoose:
    return UnitsToChoose(load_units(units_file()))


@pytest.fixture
def pages(
    theme: Theme, qtbot: QtBot, tmp_path: Path, chooser: Chooser, units: UnitsToChoose
) -> Iterator[FirstRunPages]:
    made = FirstRunPages(theme, lambda: chooser, tmp_path / "dữ liệu")
    made.offer_units(units)
    window = EntryWindow(theme, "0.1.0")
    qtbot.addWidget(window)
    window.show_page(made)
    window.show()
    window.activateWindow()
    made.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    yield made
    window.close()


def test_a_folder_on_a_network_drive_is_refused_on_the_first_page(
    theme: Theme, qtbot: QtBot, tmp_path: Path, chooser: Chooser
) -> None:
    table = tmp_path / "mounts"
    table.write_text(f"/dev/sda1 / ext4 rw 0 0\n//may-chu/chung {tmp_path} cifs rw 0 0\n")
    made = FirstRunPages(theme, lambda: chooser, tmp_path / "chung", LinuxHomes(table))
    qtbot.addWidget(made)
    assert "ổ mạng" in made.fault
    made.level.ways[0].setChecked(True)
    made.go_on()
    assert made.machine.step is Step.LEVEL
    assert "ổ mạng" in made.fault
    at_home = FirstRunPages(
        theme, lambda: chooser, tmp_path.parent / "trong-may", LinuxHomes(table)
    )
    qtbot.addWidget(at_home)
    assert not at_home.fault


def here() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def step_of(pages: FirstRunPages) -> Step:
    return pages.machine.step


def place_of(pages: FirstRunPages) -> Path | None:
    return pages.backups.place


def enter() -> None:
    press(here(), Qt.Key.Key_Return)


def test_the_whole_way_goes_by_keyboard_alone(pages: FirstRunPages) -> None:
    asked: list[Answers] = []
    pages.made_asked.connect(asked.append)
    enter()
    send(here(), "tan tien bac ninh")
    enter()
    type_by_input_method(here(), "Nguyễn Thị Ví Dụ")
    enter()
    send(here(), "một câu dài")
    enter()
    send(here(), "một câu dài")
    enter()
    assert step_of(pages) is Step.BACKUPS
    assert here() is pages.on
    enter()
    assert step_of(pages) is Step.SAMPLE
    press(here(), Qt.Key.Key_Down)
    enter()
    assert step_of(pages) is Step.DONE
    (answers,) = asked
    assert answers.level is Level.COMMUNE
    assert answers.unit is not None
    assert (answers.unit.name, answers.unit.detail) == ("Phường Tân Tiến", "Tỉnh Bắc Ninh")
    assert answers.officer == "Nguyễn Thị Ví Dụ"
    assert answers.sample is True


def test_arrows_walk_the_units_while_the_keyboard_stays_in_the_search(
    pages: FirstRunPages,
) -> None:
    pages.go_on()
    send(pages.unit.search, "tan tien")
    first = pages.unit.unit
    press(pages.unit.search, Qt.Key.Key_Down)
    second = pages.unit.unit
    press(pages.unit.search, Qt.Key.Key_Up)
    assert first is not None
    assert second is not None
    assert first != second
    assert pages.unit.unit == first


def test_a_page_that_is_not_answered_says_so_and_keeps_the_keyboard(pages: FirstRunPages) -> None:
    pages.go_on()
    enter()
    assert step_of(pages) is Step.UNIT
    assert "Chưa chọn đơn vị" in pages.fault
    assert here() is pages.unit.search
    send(here(), "t")
    assert pages.fault == ""


def test_passwords_that_differ_are_told_beside_the_second(pages: FirstRunPages) -> None:
    pages.go_on()
    send(pages.unit.search, "tan tien")
    pages.go_on()
    send(pages.officer.input, "Mẫu")
    pages.go_on()
    send(pages.password.first.input, "một câu dài")
    send(pages.password.second.input, "một câu khác")
    pages.go_on()
    assert step_of(pages) is Step.PASSWORD
    assert pages.password.first.fault == ""
    assert "không giống nhau" in pages.password.second.fault


def test_going_back_keeps_what_was_answered(pages: FirstRunPages) -> None:
    pages.go_on()
    send(pages.unit.search, "tan tien")
    pages.go_on()
    send(pages.officer.input, "Mẫu")
    pages.go_back()
    pages.go_back()
    assert step_of(pages) is Step.LEVEL
    pages.go_on()
    pages.go_on()
    assert pages.officer.name == "Mẫu"
    assert pages.machine.answers.unit is not None


def test_a_bad_backup_place_is_refused_and_a_good_one_can_be_dropped_again(
    pages: FirstRunPages, chooser: Chooser, tmp_path: Path
) -> None:
    chooser.path = tmp_path
    pages.backups.choose.click()
    assert place_of(pages) is None
    assert "mất luôn bản sao lưu" in pages.backups.note
    chooser.path = tmp_path / "sao lưu"
    chooser.path.mkdir()
    pages.backups.choose.click()
    assert pages.backups.place == chooser.path
    assert "cùng ổ đĩa" in pages.backups.note
    pages.backups.forget.click()
    assert place_of(pages) is None


def test_a_profile_that_could_not_be_made_leads_back_and_says_why(pages: FirstRunPages) -> None:
    assert pages.fail(EnvironmentFault("disk_full", "Ổ đĩa đã đầy."))
    assert step_of(pages) is Step.SAMPLE
    assert "Ổ đĩa đã đầy" in pages.fault
    assert not pages.fail(ValueError("a bug"))


def test_no_label_comes_up_as_a_window_of_its_own(pages: FirstRunPages) -> None:
    for step in Step:
        pages._page(step)
    tops = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert tops == [pages.window()]
