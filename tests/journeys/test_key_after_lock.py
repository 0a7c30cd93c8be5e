"""After the screen is locked the key of the store is nowhere in what the program holds."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import FrameType

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.services.journal import JournalFilter
from antq_desktop.services.office import Office
from antq_desktop.ui.app import Program
from antq_desktop.ui.screens.administration import TABS
from antq_desktop.ui.screens.records import RecordScreen
from tests.journeys.test_first_day import PATIENCE, at_rest, taker
from tests.journeys.test_trust_window import at_work, start, type_over
from tests.stores import INCIDENT, PASSWORD, store_of
from tests.ui.keyboards import type_telex

__all__ = ["start"]  # a fixture

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Start = Callable[[], Program]


def everything_held() -> Iterator[object]:
    """Yield each object that Python can reach, and the values of all frames that run."""
    gc.collect()
    yield from _below(gc.get_objects())
    for frame in sys._current_frames().values():
        above: FrameType | None = frame
        while above is not None:
            yield from _below(above.f_locals.values())
            above = above.f_back


def _below(found: Iterable[object]) -> Iterator[object]:
    for one in found:
        yield one
        yield from gc.get_referents(one)


def places_of(split_key: tuple[bytes, bytes]) -> int:
    """Count the objects that hold the key, as bytes or written in figures.

    The key is given in two halves, turned, so that the search does not find itself.
    """
    halves = split_key[0][::-1], split_key[1][::-1]
    seen: set[int] = set()
    for one in everything_held():
        if isinstance(one, bytes | bytearray | memoryview):
            data = bytes(one)
        elif isinstance(one, str):
            data = one.encode("utf-8", "surrogatepass")
        else:
            continue
        for begin, end in (halves, tuple(half.hex().encode() for half in halves)):
            at = data.find(begin)
            if at >= 0 and data[at + len(begin) :].startswith(end):
                seen.add(id(one))
    return len(seen)


def split(office: Office) -> tuple[bytes, bytes]:
    key = store_of(office)._key()
    return key[:16][::-1], key[16:][::-1]


def office_of(program: Program) -> Office:
    assert program.office is not None
    return program.office


def is_locked(program: Program) -> bool:
    return program.locked is not None


def lock(program: Program, qtbot: QtBot) -> None:
    program.lock()
    held = program.locked
    assert held is not None
    qtbot.waitUntil(lambda: held.away, timeout=PATIENCE)


def unlock(program: Program, qtbot: QtBot, typed: str) -> None:
    assert program.locked is not None
    type_over(program.locked.page.password.input, typed)
    program.locked.page.enter()
    at_rest(program, qtbot)


def test_the_key_is_gone_after_lock_and_back_with_the_password(start: Start, qtbot: QtBot) -> None:
    program = start()
    at_work(program, qtbot)
    office = office_of(program)
    key = split(office)
    assert places_of(key) > 0, "the control: it is found while the work is open"
    lock(program, qtbot)
    assert places_of(key) == 0
    with pytest.raises(EnvironmentFault, match="khóa"), store_of(office).reading():
        pass
    unlock(program, qtbot, "một câu không đúng")
    assert places_of(key) == 0
    unlock(program, qtbot, PASSWORD)
    assert not is_locked(program)
    assert places_of(key) > 0
    office.records.add("incident", INCIDENT)
    assert office.verify_history().broken_at is None
    told = office.journal.page(JournalFilter(words="Mở lại màn hình"))
    assert len(told) == 1


def test_a_short_number_brings_the_key_back_five_tries_long(start: Start, qtbot: QtBot) -> None:
    program = start()
    admin = at_work(program, qtbot)
    admin.tabs.setCurrentIndex(TABS.index("Bảo mật"))
    for field in ("pin", "repeated"):
        type_over(taker(admin.security.pin, field), "4815")
    admin.security.choose_pin()
    key = split(office_of(program))
    lock(program, qtbot)
    assert places_of(key) == 0, "only wrapped under the number"
    unlock(program, qtbot, "4815")
    assert not is_locked(program)
    lock(program, qtbot)
    for _ in range(5):
        unlock(program, qtbot, "9999")
    assert not program.pin.may_open
    unlock(program, qtbot, "4815")
    assert is_locked(program)
    unlock(program, qtbot, PASSWORD)
    assert not is_locked(program)
    told = office_of(program).journal.page(JournalFilter(words="nhập sai mã mở nhanh 5 lần"))
    assert len(told) == 1


def test_work_that_runs_ends_first_and_work_that_comes_waits(start: Start, qtbot: QtBot) -> None:
    program = start()
    at_work(program, qtbot)
    office = office_of(program)
    may_end, done = threading.Event(), []

    def long_work(_control: object) -> None:
        may_end.wait(PATIENCE / 1000)
        with store_of(office).writing(office.officer, Action.SETTINGS) as work:
            work.set_setting("long", "yes")

    program.jobs.write(long_work, lambda _none: done.append("long"))
    program.lock()
    assert program.locked is not None
    assert not program.locked.away
    may_end.set()
    qtbot.waitUntil(lambda: bool(program.locked and program.locked.away), timeout=PATIENCE)
    assert done == ["long"]
    program.jobs.read(lambda _control: office.unit, lambda _unit: done.append("late"))
    QApplication.processEvents()
    assert done == ["long"]
    unlock(program, qtbot, PASSWORD)
    assert done == ["long", "late"]
    assert store_of(office).setting("long") == "yes"


def test_the_screen_opens_while_long_work_still_runs(start: Start, qtbot: QtBot) -> None:
    program = start()
    at_work(program, qtbot)
    may_end = threading.Event()
    program.jobs.write(lambda _control: may_end.wait(PATIENCE / 1000), lambda _none: None)
    program.lock()
    assert program.locked is not None
    type_telex(program.locked.page.password.input, PASSWORD)
    program.locked.page.enter()
    qtbot.waitUntil(lambda: program.locked is None, timeout=PATIENCE)
    may_end.set()
    at_rest(program, qtbot)
    office_of(program).records.add("incident", INCIDENT)


def test_what_was_typed_just_before_the_lock_is_kept_should_the_program_die(
    start: Start, qtbot: QtBot, profile: Path
) -> None:
    program = start()
    at_work(program, qtbot)
    window = program.window
    assert window is not None
    window.go("incidents")
    screen = window.screens["incidents"]
    assert isinstance(screen, RecordScreen)
    screen.new_record()
    at_rest(program, qtbot)
    assert screen.editor is not None
    record = screen.editor.sheaf.main.id
    title = screen.editor.pages.fields.made(record, "title")
    assert title is not None
    type_telex(title.input, "Mất trộm xe ở Thôn Mẫu")
    lock(program, qtbot)
    assert (profile / "drafts.sealed").exists()
    unlock(program, qtbot, PASSWORD)
    held = office_of(program).drafts.find(record)
    assert held is not None
    assert "Mất trộm xe ở Thôn Mẫu" in held.title
