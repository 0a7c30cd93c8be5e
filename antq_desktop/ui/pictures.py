"""Pictures of the main screens over sample profiles, drawn off screen in a process of their own."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.services.preferences import LOCK_MINUTES
from antq_desktop.services.session_pin import SessionPin
from antq_desktop.ui.composing import compose
from antq_desktop.ui.faults import Door
from antq_desktop.ui.jobs import Jobs
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.words import speak_vietnamese

if TYPE_CHECKING:
    from antq_desktop.services.office import Office
    from antq_desktop.ui.app import Ground
    from antq_desktop.ui.window import MainWindow

_SIZE: Final = (1366, 768)
_PATIENCE: Final = 10.0  # seconds for one screen to be at rest
_AT_REST_MS: Final = 80


@dataclass(slots=True)
class Easel:
    """Stands in for the program around the window: the look is fixed, nothing is remembered."""

    ground: Ground
    theme: Theme
    jobs: Jobs
    door: Door
    pin: SessionPin = field(default_factory=SessionPin)
    lock_minutes: int = LOCK_MINUTES

    def change_lock(self, minutes: int) -> None:
        """Leave the time before the lock as it is."""

    def change_look(self, dark: bool, points: float) -> None:
        """Leave the look as it is."""

    def remember_unit(self, unit: str) -> None:
        """Remember nothing."""


def take_pictures(
    ground: Ground, out: Path, profiles: Sequence[Path], officer: str, password: str
) -> int:
    """Save a PNG of each screen of each profile, and return the exit code.

    Args:
        ground: What a window stands on.
        out: Folder of the pictures.
        profiles: Sample profiles, all of one officer.
        officer: Name of that officer.
        password: Their password.
    """
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)  # noqa: S101 - no other kind is made here
    theme = Theme(ground.resources)
    theme.apply(application)
    speak_vietnamese(application, ground.resources / "i18n" / "qt_vi.toml")
    taken = 0
    for folder in profiles:
        try:
            with closing(ground.offices().open(folder, officer, password)) as office:
                taken += _picture_profile(application, ground, theme, office, out)
        except (UserError, EnvironmentFault):
            return 1
    return 0 if taken else 1


def _picture_profile(
    application: QApplication, ground: Ground, theme: Theme, office: Office, out: Path
) -> int:
    troubles: list[BaseException] = []
    jobs = Jobs(troubles.append)
    window = compose(Easel(ground, theme, jobs, Door(lambda _report: "")), office)
    try:
        window.resize(*_SIZE)
        window.show()
        return sum(
            _picture(application, window, jobs, key, out / f"{office.folder.name}_{at}_{key}.png")
            for at, key in enumerate(window.keys(), start=1)
        )
    finally:
        window.hide()
        jobs.close()
        window.deleteLater()


def _picture(
    application: QApplication, window: MainWindow, jobs: Jobs, key: str, path: Path
) -> bool:
    window.bring(key)
    _rest(application, jobs)
    return window.grab().save(str(path))


def _rest(application: QApplication, jobs: Jobs) -> None:
    """Let events pass until no job is under way and nothing has come for a moment."""
    give_up = time.monotonic() + _PATIENCE
    quiet = QDeadlineTimer(_AT_REST_MS)
    while time.monotonic() < give_up:
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _AT_REST_MS)
        if jobs.running:
            quiet = QDeadlineTimer(_AT_REST_MS)
        elif quiet.hasExpired():
            return
        else:
            time.sleep(0.005)
