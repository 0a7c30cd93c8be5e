"""The watch that locks the screen when nobody works here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from antq_desktop.ui.idling import IdleWatch

MINUTE = 60.0


class Clocks:
    """Seconds that only the test lets pass, for both clocks."""

    def __init__(self) -> None:
        self.steady = 100.0
        self.wall = 1_000_000.0

    def go(self, seconds: float) -> None:
        """Let time pass as it does for everybody."""
        self.steady += seconds
        self.wall += seconds


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def watch(qapp: QApplication, clocks: Clocks) -> Iterator[IdleWatch]:
    parent = QObject()
    made = IdleWatch(parent, steady=lambda: clocks.steady, wall=lambda: clocks.wall)
    made.start()
    yield made
    made.stop()
    parent.deleteLater()


@pytest.fixture
def told(watch: IdleWatch) -> list[str]:
    found: list[str] = []
    watch.idle.connect(lambda: found.append("idle"))
    return found


def pass_time(watch: IdleWatch, clocks: Clocks, seconds: float) -> None:
    """Let time pass in the steps in which the watch looks."""
    while seconds > 0:
        clocks.go(min(5.0, seconds))
        seconds -= 5.0
        watch.look()


def test_ten_minutes_without_a_hand_on_it_are_told_once(
    watch: IdleWatch, clocks: Clocks, told: list[str]
) -> None:
    pass_time(watch, clocks, 10 * MINUTE - 1)
    assert told == []
    pass_time(watch, clocks, 1)
    assert told == ["idle"]
    pass_time(watch, clocks, 5 * MINUTE)
    assert told == ["idle"]


def test_a_key_begins_the_time_anew_and_reaches_its_line(
    watch: IdleWatch, clocks: Clocks, told: list[str], qtbot: QtBot
) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    line.activateWindow()
    qtbot.waitUntil(line.isActiveWindow)
    line.setFocus()
    pass_time(watch, clocks, 9 * MINUTE)
    window = line.windowHandle()
    assert window is not None
    none = Qt.KeyboardModifier.NoModifier
    QCoreApplication.sendEvent(window, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, none, "a"))
    assert line.text() == "a"
    pass_time(watch, clocks, 9 * MINUTE)
    assert told == []
    pass_time(watch, clocks, MINUTE)
    assert told == ["idle"]


def test_a_machine_that_slept_locks_when_it_wakes(
    watch: IdleWatch, clocks: Clocks, told: list[str]
) -> None:
    watch.minutes = 30
    clocks.wall += 8 * 60 * MINUTE  # the steady clock of most machines stands still meanwhile
    watch.look()
    assert told == ["idle"]


def test_a_clock_put_back_locks_nothing(watch: IdleWatch, clocks: Clocks, told: list[str]) -> None:
    clocks.wall -= 400 * 24 * 60 * MINUTE
    pass_time(watch, clocks, 5 * MINUTE)
    assert told == []


def test_a_quiet_moment_is_told_once_until_somebody_does_something(
    watch: IdleWatch, clocks: Clocks, told: list[str]
) -> None:
    watch.quiet.connect(lambda: told.append("quiet"))
    pass_time(watch, clocks, 25)
    assert told == []
    pass_time(watch, clocks, 120)
    assert told == ["quiet"]
    watch.touch()
    pass_time(watch, clocks, 60)
    assert told == ["quiet", "quiet"]
