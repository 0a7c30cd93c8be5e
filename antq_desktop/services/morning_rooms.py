"""The part of an open profile that the first page asks."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from antq_desktop.domain.clock import Clock
    from antq_desktop.domain.overlays import LivingCodes
    from antq_desktop.services.assignments import Assignments
    from antq_desktop.services.charts import Charts
    from antq_desktop.services.erasing import Erasing
    from antq_desktop.services.hand import Hand
    from antq_desktop.services.morning import Mornings
    from antq_desktop.services.oversight import Oversight
    from antq_desktop.services.periods import Periods
    from antq_desktop.services.standing import Standing
    from antq_desktop.services.today import Board
    from antq_desktop.storage.store import Store


class MorningRooms:
    """What tells how the day begins; each is made when it is first asked for."""

    _store: Store
    _hand: Hand
    codes: LivingCodes
    clock: Clock
    standing: Standing

    if TYPE_CHECKING:

        @property
        def periods(self) -> Periods:
            """Reporting periods."""

        @property
        def assignments(self) -> Assignments:
            """Tasks between units."""

        @property
        def oversight(self) -> Oversight:
            """What goes on beside bundles."""

        @property
        def erasing(self) -> Erasing:
            """What is kept of people."""

    @cached_property
    def board(self) -> Board:
        """What is due today."""
        from antq_desktop.services.today import Board

        return Board(self._store, self.clock, self.periods, self.assignments)

    @cached_property
    def mornings(self) -> Mornings:
        """What comes this week, and what changed since the officer signed in before."""
        from antq_desktop.services.morning import Mornings

        return Mornings(self._store, self._hand, self.erasing, self.standing)

    @cached_property
    def charts(self) -> Charts:
        """Pictures of what the store holds."""
        from antq_desktop.services.charts import Charts

        return Charts(self._store, self.codes, self.clock, self.oversight)
