"""The yearly cycle in the window: the year in view, and pages over which sheets and papers open."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from antq_desktop.domain.records.standards import SECURITY, STANDARDS
from antq_desktop.services.help import help_page
from antq_desktop.services.standards.calendar import year_at_work, years_of

if TYPE_CHECKING:
    from antq_desktop.ui.screens.home import Lead
    from antq_desktop.ui.screens.preview_wanted import Wanted
    from antq_desktop.ui.workplace import Workplace

BOARD, SHEETS, RESULTS, SETS, YEAR, BELOW = (
    "board", "score_sheets", "standard_results", "criteria", "cycle_year", "units_below",
)  # fmt: skip
KINDS: Final = frozenset({
    "unit", "unit_year", "registration", "submission", "score_sheet", "score_line",
    "appraisal_line", "standard_decision", "recognition", "classification", "remedial_plan",
    "day_plan", "target", "holiday", "closing", "criteria_version", "scheme", "protection_team",
    "team_rating",
})  # fmt: skip


class Season(QObject):
    """The year and standard that every page of the cycle shows; `changed` when another is."""

    changed = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.year = 0
        self.standard = SECURITY
        self.years: tuple[int, ...] = ()

    @property
    def known(self) -> bool:
        """Whether it is known which year to show."""
        return self.year > 0

    def look(self, then: Callable[[], None]) -> None:
        """Find out which years there are, then go on."""
        ground = self._workplace.office.standards.ground

        def arrive(found: tuple[int, tuple[int, ...]]) -> None:
            year, years = found
            self.year = self.year or year
            self.years = tuple(sorted({*years, self.year, max(years) + 1}, reverse=True))
            then()

        self._workplace.jobs.read(
            lambda _control: (year_at_work(ground), years_of(ground)), arrive, owner=self
        )

    def show(self, year: int, standard: str) -> None:
        """Show another year or standard."""
        if (year, standard) != (self.year, self.standard):
            self.year, self.standard = year, standard
            self.changed.emit()

    def standards(self) -> list[tuple[str, str]]:
        """Return the standards that a year has steps for, and what they are called."""
        codes = self._workplace.office.codes
        return [(each, codes.label("standard", each)) for each in STANDARDS]


def list_wanted(season: Season) -> Wanted:
    """Return the list of results of the year in view: what is decided, or what is only scored."""
    from antq_desktop.services.standards_paper import SCORE_LISTS
    from antq_desktop.ui.screens.preview_wanted import Wanted

    form = SCORE_LISTS.get(season.standard, "std_result_list")
    return Wanted(form, period=str(season.year))


class CyclePage(QWidget):
    """A page of the cycle; it is told when to look again and how to take the keyboard."""

    def take_focus(self) -> None:
        """Give the keyboard to what is worked in."""
        self.setFocus()

    @abstractmethod
    def head_with(self, chooser: QWidget | None) -> None:
        """Let something to choose from stand in place of the heading; None brings it back."""


class CycleScreen:
    """One page of the cycle, with what opens over it."""

    key = ""
    title = ""

    def __init__(self, workplace: Workplace, season: Season, lead: Callable[[Lead], None]) -> None:
        self.workplace = workplace
        self.season = season
        self.lead = lead
        self.help_page = help_page("standards")
        self.stale = True
        self.over: list[QWidget] = []
        self._stack: QStackedWidget | None = None
        self._page: CyclePage | None = None
        workplace.changes.written.connect(self._on_written)
        season.changed.connect(self._on_season)

    @abstractmethod
    def make_page(self) -> CyclePage:
        """Return the page, connected."""

    @abstractmethod
    def reload(self) -> None:
        """Read what the page shows, on a reader."""

    # what the area asks

    def widget(self) -> QStackedWidget:
        """Return the page with what opens over it; built when it is first asked for."""
        if self._stack is None:
            self._stack = QStackedWidget()
            self._stack.addWidget(self.list)
        return self._stack

    @property
    def list(self) -> CyclePage:
        """The page itself."""
        if self._page is None:
            self._page = self.make_page()
        return self._page

    @property
    def at_list(self) -> bool:
        """Whether nothing is open over the page."""
        return not self.over

    def activate(self) -> None:
        """Look again when something was written meanwhile."""
        self.widget()
        if self.stale or not self.season.known:
            self.stale = False
            self.season.look(self.reload)
        if self.at_list:
            self.list.take_focus()

    def may_leave(self, go: Callable[[], None]) -> None:
        """Leave at once unless something was typed and not saved."""
        top = self.over[-1] if self.over else None
        leave = getattr(top, "may_leave", None)
        if leave is None:
            go()
            return
        leave(go)

    def search(self, words: str) -> bool:  # noqa: ARG002 - records are found by the search box
        """Leave the words to the search over everything."""
        return False

    # what opens over the page

    def open_over(self, page: QWidget) -> None:
        """Show something over the page."""
        self.over.append(page)
        self.widget().addWidget(page)
        self.widget().setCurrentWidget(page)

    def drop(self) -> None:
        """Take away what is in front; what lies below comes up to date."""
        if not self.over:
            return
        page = self.over.pop()
        below = self.over[-1] if self.over else self.list
        self.widget().setCurrentWidget(below)
        self.widget().removeWidget(page)
        page.deleteLater()
        if not self.over:
            self.activate()

    def show_papers(self, wanted: Sequence[Wanted]) -> None:
        """Show papers before they are printed."""
        from antq_desktop.ui.screens.preview import PreviewPage

        if not wanted:
            return
        preview = PreviewPage(self.workplace, list(wanted))

        def close() -> None:
            preview.end()
            self.drop()

        preview.closed.connect(close)
        self.open_over(preview)
        preview.start()

    def open_sheet(self, sheet: str) -> None:
        """Open a score sheet over the page."""
        from antq_desktop.ui.screens.score_sheet import ScoreSheetPage

        page = ScoreSheetPage(self.workplace, sheet, self.lead)
        page.closed.connect(lambda: page.may_leave(self.drop))
        page.papers_asked.connect(self.show_papers)
        self.open_over(page)
        page.start()

    def _on_written(self, kinds: Sequence[str]) -> None:
        if not set(kinds) & KINDS:
            return
        self.stale = True
        if self._stack is not None and self._stack.isVisible() and self.at_list:
            self.activate()

    def _on_season(self) -> None:
        self.stale = True
        if self._stack is not None and self._stack.isVisible() and self.at_list:
            self.activate()
