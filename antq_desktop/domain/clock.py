"""Time as the program sees it: civil time of Vietnam, handed in from outside."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Protocol

VIETNAM = timezone(timedelta(hours=7), "+07:00")


class Clock(Protocol):
    """Where the time comes from; tests hold it in their hand."""

    def now(self) -> datetime:
        """Return the moment, aware, in the zone of Vietnam (+07:00)."""
        ...


def civil(moment: datetime) -> str:
    """Write a moment as civil time of Vietnam, `2026-11-21T08:05:30`."""
    return moment.astimezone(VIETNAM).replace(tzinfo=None).isoformat(timespec="seconds")
