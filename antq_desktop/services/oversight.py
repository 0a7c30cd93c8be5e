"""What goes on between units beside bundles: requests, conflicts to be settled, who sent when."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from antq_desktop.services.between_today import BetweenUnits, look_between
from antq_desktop.services.conflicts import Conflicts
from antq_desktop.services.following import Following
from antq_desktop.services.requests import Requests
from antq_desktop.services.zero_reports import ZeroReports

if TYPE_CHECKING:
    from antq_desktop.domain.codes import Codes
    from antq_desktop.services.hand import Hand
    from antq_desktop.services.handover import Handover
    from antq_desktop.services.periods import Periods
    from antq_desktop.services.records import Records
    from antq_desktop.storage.store import Store


class _Desk(Protocol):
    """What the office around it gives."""

    records: Records

    @property
    def periods(self) -> Periods:
        """Periods by name."""
        ...

    @property
    def handover(self) -> Handover:
        """The exchange."""
        ...


class Oversight:
    """Put together when somebody first looks."""

    def __init__(self, store: Store, codes: Codes, hand: Hand, desk: _Desk) -> None:
        self._store = store
        self._hand = hand
        self._desk = desk
        self.zero_reports = ZeroReports(store, desk.records, desk.periods.stored, hand)
        self.requests = Requests(store, codes, desk.records, hand)
        self.conflicts = Conflicts(store, codes, desk.records, self.requests)

    def today(self) -> BetweenUnits:
        """Return what waits between units today."""
        return look_between(self._store, self)

    @cached_property
    def following(self) -> Following:
        """Units by months, missing numbers, error rates; the exchange is loaded for it."""
        devices = self._desk.handover.devices
        return Following(self._store, devices, self.zero_reports, self._hand)
