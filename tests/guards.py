"""A test that leaves something behind fails: threads, running timers, windows, late Qt warnings.

A plugin of pytest, loaded by `conftest.py`. What a test left would otherwise speak up in another
test, which is then blamed for it.
"""

from __future__ import annotations

import gc
import re
import threading
import weakref
from collections.abc import Generator, Iterator

import pytest
import shiboken6
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QWidget

PATIENCE_SECONDS = 2.0
QTS_OWN = {"QTipLabel"}  # the one tool tip that Qt keeps for itself

WARNINGS = {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}

late_warnings = pytest.StashKey[list[str]]()
_started: weakref.WeakSet[QTimer] = weakref.WeakSet()
_start_of_qt = QTimer.start


def _start_and_remember(timer: QTimer, *arguments: int) -> None:
    _started.add(timer)
    _start_of_qt(timer, *arguments)


def pytest_configure() -> None:
    """Watch every timer that Python code starts."""
    QTimer.start = _start_and_remember  # type: ignore[method-assign]


def pytest_unconfigure() -> None:
    """Give Qt its own method back."""
    QTimer.start = _start_of_qt  # type: ignore[method-assign]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """Listen to Qt while a test is cleared away; pytest-qt listens only until the test has run."""
    said: list[str] = []
    item.stash[late_warnings] = said

    def listen(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind in WARNINGS and not _is_expected(item, message):
            said.append(message)

    before = qInstallMessageHandler(listen)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Compare threads, timers and windows before and after each test."""
    threads = set(threading.enumerate())
    timers = set(running_timers())
    windows = set(top_level_widgets())
    yield
    left = [f"the thread {thread.name!r} still runs" for thread in lingering_threads(threads)]
    _delete_what_waits_for_deletion()
    if top_level_widgets().keys() - windows:
        gc.collect()
        _delete_what_waits_for_deletion()
    left += [f"a timer still ticks: {timer!r}" for timer in running_timers() if timer not in timers]
    new = [widget for key, widget in top_level_widgets().items() if key not in windows]
    left += [f"a window was left: {widget!r}" for widget in new]
    late = request.node.stash[late_warnings]
    left += [f"Qt warned while the test was cleared away: {message}" for message in late]
    if left:
        pytest.fail("\n".join(left), pytrace=False)


def lingering_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    """Return the threads that were not there before and do not end when waited for."""
    new = [thread for thread in threading.enumerate() if thread not in before]
    for thread in new:
        thread.join(PATIENCE_SECONDS / len(new))
    return [thread for thread in new if thread.is_alive()]


def running_timers() -> list[QTimer]:
    """Return the timers of Qt that are still going to fire."""
    alive = [timer for timer in list(_started) if shiboken6.isValid(timer)]
    return [timer for timer in alive if timer.isActive()]


def top_level_widgets() -> dict[int, QWidget]:
    """Return every widget that is a window of its own, shown or not, by its address in Qt."""
    if not isinstance(QApplication.instance(), QApplication):
        return {}
    widgets = QApplication.topLevelWidgets()
    kept = [each for each in widgets if each.metaObject().className() not in QTS_OWN]
    return {shiboken6.getCppPointer(each)[0]: each for each in kept}


def _delete_what_waits_for_deletion() -> None:
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _is_expected(item: pytest.Item, message: str) -> bool:
    """Tell whether a test said with the marks of pytest-qt that Qt may warn so."""
    if item.get_closest_marker("qt_log_level_fail") or item.get_closest_marker("no_qt_log"):
        return True
    patterns = list(item.config.getini("qt_log_ignore"))
    for mark in item.iter_markers("qt_log_ignore"):
        patterns += mark.args
    return any(re.search(pattern, message) for pattern in patterns)
