"""The part of an open profile that counts, and that finds again what was counted or printed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from antq_desktop.domain.succession import ByUnits

if TYPE_CHECKING:
    from antq_desktop.domain.clock import Clock
    from antq_desktop.domain.overlays import LivingCodes
    from antq_desktop.services.beside import Beside
    from antq_desktop.services.entering import Entering
    from antq_desktop.services.explaining import Explaining
    from antq_desktop.services.figure_records import FigureRecords
    from antq_desktop.services.hand import Hand
    from antq_desktop.services.likely import Likely
    from antq_desktop.services.lists import Lists
    from antq_desktop.services.narrative.desk import Narratives
    from antq_desktop.services.opening_figures import OpeningFigures
    from antq_desktop.services.papers import Papers
    from antq_desktop.services.periods import Periods
    from antq_desktop.services.printed_papers import PrintedPapers
    from antq_desktop.services.records import Records
    from antq_desktop.services.reports import Reports
    from antq_desktop.services.targets import Targets
    from antq_desktop.services.unit_changes import UnitChanges
    from antq_desktop.storage.store import Store


class FigureRooms:
    """What counts in an open profile; each is made when it is first asked for."""

    _store: Store
    _hand: Hand
    codes: LivingCodes
    records: Records
    lists: Lists
    entering: Entering
    clock: Clock

    @cached_property
    def likely(self) -> Likely:
        """What may be there already."""
        from antq_desktop.services.likely import Likely

        return Likely(self._store)

    @cached_property
    def reports(self) -> Reports:
        """The figures of a period."""
        from antq_desktop.services.reports import Reports

        return Reports(self._store, self.periods.stored)

    @cached_property
    def unit_changes(self) -> UnitChanges:
        """Decisions that merge, split or rename units."""
        from antq_desktop.catalogue.units import load_lineage
        from antq_desktop.paths import lineage_file
        from antq_desktop.services.unit_changes import UnitChanges

        return UnitChanges(self._store, self.records, lambda: load_lineage(lineage_file()))

    @cached_property
    def narratives(self) -> Narratives:
        """Reports in words."""
        from antq_desktop.services.narrative.desk import Narratives

        return Narratives(self._store, self.codes, self._hand, self.reports, self.periods.stored)

    @cached_property
    def targets(self) -> Targets:
        """Figures in the order and shape of other forms."""
        from antq_desktop.paths import resources_folder
        from antq_desktop.services.targets import Targets

        return Targets(self._store, self._hand, self.reports, resources_folder() / "fonts")

    def figure_records(self, by: ByUnits = ByUnits.NOW) -> FigureRecords:
        """The records behind many figures at once, summed by the units asked for."""
        from antq_desktop.services.figure_records import FigureRecords

        return FigureRecords(self._store, self.reports.by(by))

    @cached_property
    def explaining(self) -> Explaining:
        """Why figures changed."""
        from antq_desktop.services.explaining import Explaining

        return Explaining(self._store, self.reports)

    @cached_property
    def beside(self) -> Beside:
        """What other records say beside one that is edited."""
        from antq_desktop.services.beside import Beside

        return Beside(self._store)

    @property
    def papers(self) -> Papers:
        """Everything that is printed."""
        raise NotImplementedError

    @cached_property
    def printed_papers(self) -> PrintedPapers:
        """From the code on a printed paper to what it was made from."""
        from antq_desktop.services.printed_papers import PrintedPapers

        return PrintedPapers(self._store, self.papers, self.lists, self.periods)

    @cached_property
    def openings(self) -> OpeningFigures:
        """Numbers of reports."""
        from antq_desktop.services.opening_figures import OpeningFigures

        return OpeningFigures(self.records, self.lists, self.entering, self.reports, self.clock)

    @cached_property
    def periods(self) -> Periods:
        """Reporting periods by name, and the terms of incidents."""
        from antq_desktop.paths import forms_folder
        from antq_desktop.services.periods import Periods

        return Periods(forms_folder() / "periods", self._store, self._hand.officer)
