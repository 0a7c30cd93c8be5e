"""What waits between units today: requests, zero reports, edits made apart, doubled stores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from antq_desktop.services.forked import settlements
from antq_desktop.services.restarting import twin_of
from antq_desktop.services.writers_held import FORKS
from antq_desktop.storage import exchange, settings
from antq_desktop.storage.exchange import ReceivedRow

if TYPE_CHECKING:
    from antq_desktop.services.oversight import Oversight
    from antq_desktop.storage.store import Store


@dataclass(frozen=True, slots=True)
class BetweenUnits:
    """How much of each waits.

    Attributes:
        asked: Requests of another unit that this one has not answered.
        asked_late: Those of them whose day is over.
        against: Zero reports that records on file speak against.
        unsaid: Kinds of the last month without a record and without a zero report, at the unit
            that reports.
        unsaid_month: That month, as an officer calls it.
        conflicts: Fields that two people wrote apart and that this unit may choose.
        conflicts_below: Such fields of units below that were not asked to choose yet.
        doubled: Stores that were copied and both sent, not repaired yet.
    """

    asked: int = 0
    asked_late: int = 0
    against: int = 0
    unsaid: int = 0
    unsaid_month: str = ""
    conflicts: int = 0
    conflicts_below: int = 0
    doubled: int = 0

    @property
    def waiting(self) -> int:
        """How many of these ask for a hand today."""
        apart = self.conflicts + self.conflicts_below
        return self.asked + self.against + apart + self.doubled


def look_between(store: Store, oversight: Oversight) -> BetweenUnits:
    """Return what waits between units; for a worker, not for the window."""
    asked = oversight.requests.waiting()
    last, unsaid = "", 0
    if store.setting(settings.LEVEL) == "commune":
        month = oversight.zero_reports.months()[0]
        last, unsaid = month.label, month.open
    conflicts = oversight.conflicts.every()
    return BetweenUnits(
        asked=len(asked),
        asked_late=sum(bool(one.late) for one in asked),
        against=len(oversight.zero_reports.against()),
        unsaid=unsaid,
        unsaid_month=last,
        conflicts=sum(one.own for one in conflicts),
        conflicts_below=sum(not (one.own or one.asked) for one in conflicts),
        doubled=_doubled(store),
    )


def _doubled(store: Store) -> int:
    with store.reading() as reader:
        marks = ", ".join("?" for _ in FORKS)
        rows = exchange.select(reader.connection, ReceivedRow, f"WHERE shelf IN ({marks})", FORKS)
        done = {(one.device, one.writer) for one in settlements(reader)}
        own = twin_of(reader) is not None
    return own + len({(row.device, row.writer) for row in rows} - done)
