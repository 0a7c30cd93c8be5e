"""Garbage collection on the UI thread alone: a widget freed on a worker would crash Qt."""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 2000


class Collector(QObject):
    """Collects on a timer while a window is up; `stop` gives collection back to Python.

    It waits while `busy` says that long work is under way: what such work holds is in use, and to
    walk it again and again would hold the window up.
    """

    def __init__(
        self, parent: QObject | None = None, busy: Callable[[], bool] = lambda: False
    ) -> None:
        super().__init__(parent)
        self._busy = busy
        self._was_on = gc.isenabled()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """Switch collection by itself off; from now on only the timer collects."""
        self._was_on = gc.isenabled()
        gc.disable()
        # What the start made stays for good; walking it again and again would cost frames.
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Give collection back to Python."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_on:
            gc.enable()

    def collect(self) -> None:
        """Collect the oldest generation that is due, as Python itself would."""
        if self._busy():
            return
        young, middle, old = gc.get_count()
        limits = gc.get_threshold()
        if old > limits[2]:
            gc.collect(2)
        elif middle > limits[1]:
            gc.collect(1)
        elif young > limits[0]:
            gc.collect(0)
