"""The services of one office that are about people: officers, what is kept of persons, erasure."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from antq_desktop.domain.overlays import LivingCodes
    from antq_desktop.services.doorkeeping import Guard
    from antq_desktop.services.erasing import Erasing
    from antq_desktop.services.hand import Hand
    from antq_desktop.services.own_request import OwnRequests
    from antq_desktop.services.people import People
    from antq_desktop.services.recovery import RecoverySheets
    from antq_desktop.services.standing import Standing
    from antq_desktop.storage.store import Store
    from antq_desktop.storage.vault import Hardness


class PeopleRooms:
    """What an office has beside its records; each is loaded at its first use."""

    codes: LivingCodes
    guard: Guard
    standing: Standing
    _store: Store
    _hand: Hand
    _hardness: Hardness

    @cached_property
    def erasing(self) -> Erasing:
        """What is kept of people, for how long, and its erasure."""
        from antq_desktop.services.erasing import Erasing

        return Erasing(self._store, self._hand)

    @cached_property
    def own_requests(self) -> OwnRequests:
        """Answers to persons who ask what is kept about them."""
        from antq_desktop.services.own_request import OwnRequests

        terms = self.erasing.terms
        return OwnRequests(self._store, self._hand, self.codes, self.standing, self.guard, terms)

    @cached_property
    def people(self) -> People:
        """The officers who may sign in."""
        from antq_desktop.services.people import People

        return People(self._store, self._hand, self._hardness, self.guard)

    @cached_property
    def recovery(self) -> RecoverySheets:
        """The recovery sheet of this store."""
        from antq_desktop.services.recovery import RecoverySheets

        return RecoverySheets(self._store, self._hand, self._hardness, self.guard)
