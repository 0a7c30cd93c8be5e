"""Notices that nobody works here any more, so that the screen can be locked.

What an officer does reaches the window of the system first; only there it is listened to, so that
no other event costs anything. A machine that slept is noticed by the clock; what locks the session
of the system itself is heard by `session_lock.py`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from antq_desktop.services.preferences import LOCK_MINUTES

LOOK_EVERY_MS: Final = 5_000
QUIET_SECONDS: Final = 30.0
_DOING: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
    }
)


class IdleWatch(QObject):
    """`idle` comes once nobody did anything for the minutes that were chosen.

    `quiet` comes after half a minute, once until somebody does something again.
    """

    idle = Signal()
    quiet = Signal()

    def __init__(
        self,
        parent: QObject,
        *,
        steady: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        """Take a clock that only runs forward, and one that goes on while the machine sleeps."""
        super().__init__(parent)
        self.minutes = LOCK_MINUTES
        self._steady = steady
        self._wall = wall
        self._last = steady()
        self._looked = wall()
        self._watched: QWindow | None = None
        self._quiet_since = -1.0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to watch."""
        self.touch()
        self._looked = self._wall()
        self._timer.start()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._follow)
            application.applicationStateChanged.connect(self._hear)
        self._follow(QGuiApplication.focusWindow())

    def stop(self) -> None:
        """Watch no longer."""
        self._timer.stop()
        self._follow(None)

    def touch(self) -> None:
        """Somebody is there."""
        self._last = self._steady()

    def look(self) -> None:
        """Say so when nobody was there for long enough, or the machine slept as long."""
        patience = self.minutes * 60
        now = self._wall()
        slept = now - self._looked >= patience
        self._looked = now
        if self._last != self._quiet_since and self._steady() - self._last >= QUIET_SECONDS:
            self._quiet_since = self._last
            self.quiet.emit()
        if slept or self._steady() - self._last >= patience:
            self.touch()
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Hear what reaches the window; nothing is kept from it."""
        if event.type() in _DOING:
            self._last = self._steady()
        return False

    def _follow(self, window: QWindow | None) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
        self._watched = window
        if window is not None:
            window.installEventFilter(self)
            window.destroyed.connect(self._let_go)
            self.touch()

    def _let_go(self) -> None:
        self._watched = None

    def _hear(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationSuspended:
            self.idle.emit()
