"""Time and randomness under the test's hand; real objects with the protocols of the program."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from antq_desktop.domain.clock import VIETNAM

START = datetime(2026, 11, 21, 8, 5, 30, tzinfo=VIETNAM)


class SetClock:
    """A clock that stands still until the test moves it."""

    def __init__(self, moment: datetime = START) -> None:
        self.set(moment)

    def now(self) -> datetime:
        """Return the moment that was set, in the zone of Vietnam."""
        return self._moment

    def set(self, moment: datetime) -> None:
        """Move the clock to a moment; one without a zone is civil time of Vietnam."""
        aware = moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
        self._moment = aware.astimezone(VIETNAM)

    def advance(self, **units: float) -> None:
        """Let time pass: `days`, `hours`, `minutes`, `seconds` as `timedelta` takes them."""
        self._moment += timedelta(**units)


class CountedBytes:
    """Bytes that look random, are the same in every run, and never repeat within one source."""

    def __init__(self, seed: str = "") -> None:
        self._seed = seed
        self._calls = 0

    def __call__(self, count: int, /) -> bytes:
        """Return the next so many bytes."""
        self._calls += 1
        start = f"{self._seed}/{self._calls}".encode()
        return hashlib.shake_256(start).digest(count)
