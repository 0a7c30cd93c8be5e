"""Work off the UI thread: order, results, stopping, closing."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.ui.collecting import Collector
from antq_desktop.ui.jobs import Control, Job, Jobs, Progress, Stopped


def test_a_result_comes_home_to_the_ui_thread(jobs: Jobs, qtbot: QtBot) -> None:
    threads: list[tuple[str, threading.Thread]] = []

    def then(worked_on: threading.Thread) -> None:
        threads.append(("worked", worked_on))
        threads.append(("home", threading.current_thread()))

    jobs.read(lambda _control: threading.current_thread(), then)
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0][1] is not threading.main_thread()
    assert threads[1][1] is threading.main_thread()


def test_writes_happen_one_after_another_in_their_order(jobs: Jobs, qtbot: QtBot) -> None:
    written: list[int] = []
    home: list[int] = []

    def write(number: int) -> None:
        def work(_control: Control) -> int:
            written.append(number)
            return number

        jobs.write(work, home.append)

    for number in range(50):
        write(number)
    qtbot.waitUntil(lambda: len(home) == 50)
    assert written == home == list(range(50))


def test_an_error_goes_to_the_one_door(
    jobs: Jobs, errors: list[BaseException], qtbot: QtBot
) -> None:
    def work(_control: Control) -> None:
        raise ValueError("wrong")

    jobs.read(work, lambda _none: None)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ValueError)


def test_a_stopped_job_says_that_it_was_stopped(
    jobs: Jobs, errors: list[BaseException], qtbot: QtBot
) -> None:
    begun = threading.Event()
    go_on = threading.Event()

    def work(control: Control) -> str:
        begun.set()
        go_on.wait()
        control.check()
        return "done"

    job = jobs.write(work, lambda _text: None, title="Đang lập sổ")
    begun.wait()
    job.stop()
    go_on.set()
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], Stopped)
    assert jobs.running == ()


def test_progress_is_told_in_records_and_the_latest_wins(jobs: Jobs, qtbot: QtBot) -> None:
    told: list[Progress] = []
    over: list[int] = []
    jobs.progressed.connect(lambda job: told.append(job.progress))

    def work(control: Control) -> int:
        for number in range(1, 1001):
            control.report(number, 1000, "Đang đọc")
        return 1000

    jobs.read(work, over.append, title="Đang đọc")
    qtbot.waitUntil(lambda: bool(over))
    assert told
    assert len(told) <= 1000
    assert told[-1].total == 1000
    assert [one.done for one in told] == sorted(one.done for one in told)


def test_a_later_job_of_the_same_lane_takes_the_place_of_the_earlier(
    jobs: Jobs, errors: list[BaseException], qtbot: QtBot
) -> None:
    hold = threading.Event()
    found: list[str] = []

    def slow(_control: Control) -> str:
        hold.wait()
        return "ng"

    jobs.read(slow, found.append, lane="search")
    jobs.read(lambda _control: "nguyen", found.append, lane="search")
    hold.set()
    qtbot.waitUntil(lambda: not jobs.running)
    assert found == ["nguyen"]
    assert errors == []


def test_a_result_for_something_gone_is_dropped(jobs: Jobs, qtbot: QtBot) -> None:
    hold = threading.Event()
    found: list[str] = []
    owner = QObject()

    def work(_control: Control) -> str:
        hold.wait()
        return "late"

    jobs.read(work, found.append, owner=owner)
    owner.deleteLater()
    QApplication.sendPostedEvents(owner)
    del owner
    gc.collect()
    hold.set()
    qtbot.waitUntil(lambda: not jobs.running)
    assert found == []


def test_closing_stops_what_runs_and_forgets_what_waits(qapp: QApplication) -> None:
    jobs = Jobs(lambda _error: None)
    begun = threading.Event()
    reached: list[str] = []

    def work(control: Control) -> None:
        begun.set()
        while not control.stopped:
            pass
        control.check()

    jobs.write(work, lambda _none: reached.append("first"))
    jobs.write(lambda _control: reached.append("second"), lambda _none: None)
    begun.wait()
    jobs.close()
    QApplication.processEvents()
    assert reached == []
    with pytest.raises(RuntimeError):
        jobs.read(lambda _control: None, lambda _none: None)


def test_only_jobs_with_a_title_are_announced(jobs: Jobs, qtbot: QtBot) -> None:
    announced: list[Job[object]] = []
    jobs.started.connect(announced.append)
    jobs.read(lambda _control: None, lambda _none: None)
    jobs.read(lambda _control: None, lambda _none: None, title="Đang in")
    qtbot.waitUntil(lambda: not jobs.running)
    assert [job.title for job in announced] == ["Đang in"]


def test_python_collects_by_itself_again_after_the_window_closed(qapp: QApplication) -> None:
    collector = Collector()
    collector.start()
    assert not gc.isenabled()
    collector.collect()
    collector.stop()
    assert gc.isenabled()


def test_nothing_is_collected_while_long_work_is_under_way(qapp: QApplication) -> None:
    busy = [True]
    collector = Collector(busy=lambda: bool(busy[0]))
    collector.start()
    try:
        kept = [[index] for index in range(5_000)]
        before = gc.get_count()[0]
        collector.collect()
        assert gc.get_count()[0] >= before
        busy[0] = False
        collector.collect()
        assert gc.get_count()[0] < before
        assert len(kept) == 5_000
    finally:
        collector.stop()
