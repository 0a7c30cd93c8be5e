"""What a device notices about its own clock, said in each bundle it seals.

Nothing compares times to decide anything; the note is for whoever reads them. Without a network a
clock can be held only against the program's own age and against itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.clock import VIETNAM
from antq_desktop.storage.history import last_moments

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader

BACK: Final = "clock_back"
EARLY: Final = "clock_early"
LATE: Final = "clock_late"
RELEASED: Final = 2026
LONGEST_USE: Final = 10  # years: an older program is no longer in use
LOOKED_AT: Final = 2_000  # entries of history, the newest ones
ALLOWED_BACK: Final = timedelta(minutes=10)  # what setting a clock right takes


def clock_notes(reader: Reader, now: datetime) -> tuple[str, ...]:
    """Return the codes of what is wrong with the clock, or was in the newest entries."""
    civil = now.astimezone(VIETNAM).replace(tzinfo=None)
    past = [datetime.fromisoformat(at) for at in last_moments(reader.connection, LOOKED_AT)]
    moments = [*past, civil]
    found = {
        BACK: any(later < earlier - ALLOWED_BACK for earlier, later in pairwise(moments)),
        EARLY: civil.year < RELEASED,
        LATE: civil.year > RELEASED + LONGEST_USE,
    }
    return tuple(code for code, wrong in found.items() if wrong)
