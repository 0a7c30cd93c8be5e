"""The guards themselves: each kind of thing left behind fails the test that left it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

CARELESS = """
import threading
import warnings

import pytest
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QLabel, QMenu, QWidget

kept = []


def test_a_thread_is_left():
    stop = threading.Event()
    threading.Thread(target=stop.wait, daemon=True).start()
    kept.append(stop)


def test_a_timer_is_left(qapp):
    timer = QTimer()
    timer.start(60_000)
    kept.append(timer)


def test_a_window_is_left(qapp):
    kept.append(QLabel("left"))


def test_qt_warns(qapp):
    qWarning("said in the test")


@pytest.fixture
def warns_late():
    yield
    qWarning("said after the test")


def test_qt_warns_late(qapp, warns_late):
    pass


def test_a_file_is_left_open(tmp_path):
    (tmp_path / "a").open("w")


def test_python_warns():
    warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_tidy(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    QMenu(window).addAction("held by its window")
    timer = QTimer(window)
    timer.start(60_000)
    window.show()
    thread = threading.Thread(target=int)
    thread.start()


def test_tidy_by_itself(qapp):
    QLabel("nobody holds this one")
"""

EXPECTED = {
    "test_a_thread_is_left": "ERROR",
    "test_a_timer_is_left": "ERROR",
    "test_a_window_is_left": "ERROR",
    "test_qt_warns": "FAILED",
    "test_qt_warns_late": "ERROR",
    "test_a_file_is_left_open": "FAILED",
    "test_python_warns": "FAILED",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what pytest says of a file of careless tests under the rules of this project."""
    careless = tmp_path_factory.mktemp("careless") / "test_careless.py"
    careless.write_text(CARELESS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.guards", "-p", "no:cacheprovider"]
    command += ["-c", str(ROOT / "pyproject.toml"), f"--rootdir={careless.parent}", str(careless)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    return answer.stdout


def test_each_thing_left_behind_fails_the_test_that_left_it(report: str) -> None:
    lines = re.findall(r"^(FAILED|ERROR) \S+::(\w+)", report, re.MULTILINE)
    assert {name: verdict for verdict, name in lines} == EXPECTED, report


def test_the_report_names_what_was_left(report: str) -> None:
    assert "still runs" in report
    assert "a timer still ticks" in report
    assert "a window was left: <PySide6.QtWidgets.QLabel" in report
    assert "Qt warned while the test was cleared away: said after the test" in report
