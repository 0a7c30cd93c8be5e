"""The period of a paper, chosen anew while it is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antq_desktop.services.paper_kinds import Needs, PaperKind
from antq_desktop.ui.screens.filters import FilterChoice
from antq_desktop.ui.screens.periods_offered import period_option, period_options

if TYPE_CHECKING:
    from antq_desktop.ui.screens.preview_wanted import Wanted
    from antq_desktop.ui.workplace import Workplace


class PeriodOfPaper(FilterChoice):
    """Shows the period of a paper and offers others; hidden where a paper has none."""

    def __init__(self, workplace: Workplace, wanted: Wanted, kind: PaperKind) -> None:
        super().__init__(
            workplace,
            "Năm nay",
            "Kỳ của văn bản",
            lambda words, deliver: deliver(period_options(workplace.office, words)),
            searchable=True,
        )
        if kind.needs is not Needs.PERIOD or not wanted.period:
            self.hide()  # never shown here: without a parent it would be a window
        if wanted.period:
            self.show_option(period_option(workplace.office.periods.named(wanted.period)))

    @property
    def period(self) -> str:
        """Name of the period; of this year where none is chosen."""
        year = self._workplace.office.clock.now().year
        return self.option.id or f"{year:04}"
