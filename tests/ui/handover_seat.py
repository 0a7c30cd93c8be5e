"""An officer before the window of *Giao nhận*: a real profile, a real window, a stick."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from antq_desktop.services.office import Office
from antq_desktop.services.sticks import Sticks
from antq_desktop.ui.ask import Answer, FileQuestion, Question
from antq_desktop.ui.faults import Door, Message
from antq_desktop.ui.jobs import Jobs
from antq_desktop.ui.screens.handover import HandoverPage, HandoverScreen
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.window import MainWindow
from antq_desktop.ui.workplace import Workplace
from tests.ui.keyboards import press, send


@dataclass
class Drive:
    """The one place where a stick can be plugged."""

    stick: Path | None = None

    def roots(self) -> Sequence[tuple[Path, str]]:
        return [(self.stick, "USB MẪU")] if self.stick is not None else []


@dataclass
class FilesAtHand:
    """Answers which file is meant, one after another."""

    files: list[Path] = field(default_factory=list)
    asked: list[FileQuestion] = field(default_factory=list)

    def ask(self, question: Question, then: Callable[[Answer], None]) -> None:
        raise AssertionError((question.title, then))

    def ask_file(self, question: FileQuestion, then: Callable[[Path | None], None]) -> None:
        self.asked.append(question)
        then(self.files.pop(0) if self.files else None)

    def ask_files(self, question: FileQuestion, then: Callable[[tuple[Path, ...]], None]) -> None:
        self.asked.append(question)
        files, self.files = self.files, []
        then(tuple(files))


@dataclass
class Seat:
    """What one officer sees and does."""

    office: Office
    window: MainWindow
    screen: HandoverScreen
    jobs: Jobs
    drive: Drive
    asker: FilesAtHand
    qtbot: QtBot
    told: list[Message]

    @property
    def page(self) -> HandoverPage:
        return self.screen.page

    def plug(self, stick: Path | None) -> None:
        self.drive.stick = stick
        self.page.watch.look()
        self.rest()

    def rest(self) -> None:
        """Wait until every job has come home."""
        self.qtbot.waitUntil(lambda: not self.jobs.running, timeout=20_000)

    def turn_to(self, tab: QWidget) -> None:
        self.page.tabs.setCurrentWidget(tab)
        self.rest()

    def click(self, button: QPushButton) -> None:
        assert button.isVisible(), button.text()
        assert button.isEnabled(), button.text()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.rest()

    def strike(self, button: QPushButton) -> None:
        """Press a button by the keyboard alone."""
        assert button.isVisible(), button.text()
        assert button.isEnabled(), button.text()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
        button.setFocus()
        press(button, Qt.Key.Key_Space, " ")
        self.rest()

    def type_code(self, groups: Sequence[str]) -> None:
        """Type the code of a signed paper, group by group."""
        for box, digits in zip(self.page.enrolment.accepting.code.groups, groups, strict=True):
            box.setFocus()
            send(box, digits)
        QApplication.processEvents()

    def drop(self, target: QWidget, *paths: Path) -> None:
        """Let files fall on a place of the page."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        event = QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        assert target.acceptDrops()
        target.dropEvent(event)
        self.rest()

    @property
    def last(self) -> str:
        """What the bottom line says."""
        return self.told[-1].text if self.told else ""


Sit = Callable[[Office], Seat]


def groups_of(office: Office) -> tuple[str, ...]:
    """Return the code as it stands on the paper of an office."""
    return office.handover.devices.keys().public.fingerprint


@contextmanager
def seating(theme: Theme, qtbot: QtBot) -> Iterator[Sit]:
    """Give what sits an officer down before a window, and clear up afterwards."""
    taken: list[Seat] = []

    def down(office: Office) -> Seat:
        told: list[Message] = []
        door = Door(pytest.fail)
        jobs = Jobs(door.meet)
        window = MainWindow(theme, jobs, door)
        qtbot.addWidget(window)

        def hear(message: Message) -> None:
            told.append(message)
            window.line.show_message(message)

        door.listen(hear)
        asker = FilesAtHand()
        drive = Drive()
        workplace = Workplace(office, jobs, door, asker, theme, window.go)
        screen = HandoverScreen(workplace, Sticks(drive))
        window.resize(1366, 768)
        window.add_screens([screen])
        window.show()
        seat = Seat(office, window, screen, jobs, drive, asker, qtbot, told)
        taken.append(seat)
        seat.rest()
        return seat

    try:
        yield down
    finally:
        for seat in taken:
            seat.page.watch.run(on=False)
            seat.jobs.close()
