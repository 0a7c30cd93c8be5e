"""What runs beside the work once it has begun: the watch, the look at history, the daily backup."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.ui.faults import Message, Tone
from antq_desktop.ui.idling import IdleWatch
from antq_desktop.ui.session_lock import SessionLock

if TYPE_CHECKING:
    from pathlib import Path

    from antq_desktop.services.office import Office
    from antq_desktop.ui.faults import Door
    from antq_desktop.ui.jobs import Jobs
    from antq_desktop.ui.window import MainWindow


class Host(Protocol):
    """What is needed of the program around it."""

    @property
    def jobs(self) -> Jobs:
        """The only threads."""
        ...

    @property
    def door(self) -> Door:
        """The one door for messages and errors."""
        ...


def watch(parent: QObject, window: QWidget, minutes: int, lock: Callable[[], None]) -> IdleWatch:
    """Lock the screen once nobody was there for so many minutes, or the system locked its own."""
    made = IdleWatch(parent)
    made.minutes = minutes
    made.idle.connect(lock)
    made.start()
    session = SessionLock(made)
    session.locked.connect(lock)
    session.start(int(window.winId()))
    return made


def fold_when_quiet(host: Host, office: Office, idle: IdleWatch) -> None:
    """Let the store bring its file up to date whenever nobody works for a moment."""

    def fold(_control: object) -> None:
        with suppress(EnvironmentFault):  # the next save tells of a disk that denies it
            office.fold_log()

    def begin() -> None:
        if not host.jobs.resting:
            host.jobs.write(fold, lambda _none: None)

    idle.quiet.connect(begin)


def verify(host: Host, office: Office) -> None:
    """Read what was written to history since the last start, and say where it does not hold."""

    def read(trouble: str) -> None:
        if trouble:
            host.door.say(Message(trouble, Tone.FAULT))

    host.jobs.write(lambda _control: office.journal.trouble(), read)


def back_up_daily(host: Host, office: Office, window: MainWindow) -> None:
    """Make the backup of the day, where one is due."""

    def made(path: Path | None) -> None:
        if path is not None:
            host.door.done(f"Đã sao lưu vào {path.parent}.")
            if window.current is not None:
                window.current.activate()

    host.jobs.write(lambda _control: office.safekeeping.daily(), made, title="Đang sao lưu")
