"""The yearly cycle of standards in one place: what a screen or the command line calls."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from antq_desktop.domain.clock import Clock
from antq_desktop.domain.codes import Codes
from antq_desktop.services.periods import Periods
from antq_desktop.services.records import Records
from antq_desktop.services.standards.ground import Ground
from antq_desktop.services.standards.sets import CriteriaSets
from antq_desktop.services.standards.sheets import Sheets
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.services.reports import Reports
    from antq_desktop.services.standards.board import Boards
    from antq_desktop.services.standards.closing import Closings
    from antq_desktop.services.standards.receiver import Receiving
    from antq_desktop.services.standards.results import Results
    from antq_desktop.services.standards.standings import Standings
    from antq_desktop.services.standards.years import Years


class Standards:
    """Everything that can be done with standards in an open profile.

    Attributes:
        sets: Criteria sets: shipped, kept, the unit's own.
        sheets: Score sheets.
    """

    def __init__(  # noqa: PLR0917 - what an office holds
        self,
        store: Store,
        codes: Codes,
        records: Records,
        periods: Periods,
        clock: Clock,
        forms: Path,
    ) -> None:
        self.ground = Ground(store, codes, records, periods, clock)
        self.sets = CriteriaSets(self.ground, forms / "criteria")
        self.sheets = Sheets(self.ground, self.sets)

    @cached_property
    def results(self) -> Results:
        """Decisions, recognitions, classifications and what follows from them."""
        from antq_desktop.services.standards.results import Results

        return Results(self.ground, self.sheets)

    @cached_property
    def standings(self) -> Standings:
        """Distribution, who fell behind, what the next band takes."""
        from antq_desktop.services.standards.standings import Standings

        return Standings(self.ground, self.sheets)

    @cached_property
    def board(self) -> Boards:
        """Every unit and step of the cycle with its day."""
        from antq_desktop.services.standards.board import Boards

        return Boards(self.ground, self.sets)

    @cached_property
    def closings(self) -> Closings:
        """Closing a year, and what happens after it."""
        from antq_desktop.services.standards.closing import Closings

        return Closings(self.ground, self.sheets)

    @cached_property
    def receiving(self) -> Receiving:
        """What a unit above sees: matrix, gaps, disagreements."""
        from antq_desktop.services.standards.receiver import Receiving

        return Receiving(self.ground, self.sheets, self.board)

    def years(self, reports: Reports) -> Years:
        """Return opening and closing of a year, with targets beside the figures of reports."""
        from antq_desktop.services.standards.years import Years

        return Years(self.ground, self.sets, reports)
