"""One place of the side bar that holds several kinds: a bar to choose one, and its own screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from antq_desktop.services.help import help_page
from antq_desktop.ui.screens.kindbar import KindBar, KindGroup
from antq_desktop.ui.screens.layouts_areas import (
    AREAS,
    FIGURES,
    OWN_PAGES,
    REPORT,
    UNIT_CHANGES,
    Area,
)
from antq_desktop.ui.screens.records import LAYOUTS, RecordScreen

if TYPE_CHECKING:
    from antq_desktop.services.office import Office
    from antq_desktop.ui.jobs import Control
    from antq_desktop.ui.screens.cycle import CycleScreen
    from antq_desktop.ui.screens.cycle_pages import CyclePages
    from antq_desktop.ui.screens.figures import FiguresScreen
    from antq_desktop.ui.screens.home import Lead
    from antq_desktop.ui.screens.report import ReportScreen
    from antq_desktop.ui.screens.unit_changes import UnitChangesScreen
    from antq_desktop.ui.workplace import Workplace

    Page = FiguresScreen | ReportScreen | CycleScreen | UnitChangesScreen
    Shown = RecordScreen | Page

LISTED: Final = tuple(layout.kind for layout in LAYOUTS)  # lists that are places of their own
_ALL: Final = 0  # count to the end


def area_screens(workplace: Workplace) -> list[AreaScreen]:
    """Return the places that hold several kinds, as far as this store keeps any of them."""
    made = (AreaScreen(workplace, area) for area in AREAS)
    return [screen for screen in made if screen.kinds]


class AreaScreen:
    """The screen of one area; the kind in view stays when another place is gone to."""

    group = "records"

    def __init__(self, workplace: Workplace, area: Area) -> None:
        kept = workplace.office.lists.specs
        self._workplace = workplace
        self._layouts = {one.kind: one for one in area.layouts() if one.kind in kept}
        self._groups = [
            KindGroup(group.title, kinds)
            for group in area.groups
            if (kinds := [(one.kind, one.title) for one in group.layouts if one.kind in kept])
        ]
        self._pages = dict(area.pages)
        if self._pages and area.ahead:
            self._groups.insert(0, KindGroup(area.ahead, area.pages))
        elif self._pages and self._groups:
            titles = [group.title for group in self._groups]
            at = titles.index(area.within) if area.within in titles else -1
            group = self._groups[at]
            self._groups[at] = KindGroup(group.title, (*group.kinds, *area.pages))
        self.lead: Callable[[Lead], None] = lambda _to: None
        self.key = area.key
        self.title = area.title
        self.icon = area.key
        self.help_page = help_page(area.key) + help_page("attachments")
        self._screens: dict[str, RecordScreen] = {}
        self._figures: FiguresScreen | None = None
        self._report: ReportScreen | None = None
        self._unit_changes: UnitChangesScreen | None = None
        self._cycle: CyclePages | None = None
        first = self._pages if area.ahead else self._layouts
        before = workplace.office.places.of(area.key)
        known = {*self._layouts, *self._pages}
        self._kind = before if before in known else next(iter(first), "")
        self._page: AreaPage | None = None
        self._words = ""
        self._searched: set[str] = set()

    # what the window asks

    def widget(self) -> AreaPage:
        """Return the page; built when it is first asked for."""
        if self._page is None:
            self._page = AreaPage(self._workplace, self._groups)
            self._page.bar.chosen.connect(self.show_kind)
            self._bring(self._kind)
        return self._page

    def activate(self) -> None:
        """Look again when something was written meanwhile."""
        self.widget().count()
        self.current.activate()

    def may_leave(self, go: Callable[[], None]) -> None:
        """Leave at once unless something was typed and not saved."""
        self.current.may_leave(go)

    def search(self, words: str) -> bool:
        """Filter the list in view by the words of the top bar; they go along to the next kind."""
        self._words = words
        self._searched.add(self._kind)
        return self.current.search(words)

    # what other screens ask

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of this place, in their order."""
        return tuple(self._layouts)

    @property
    def kind(self) -> str:
        """The kind in view."""
        return self._kind

    @property
    def current(self) -> Shown:
        """The screen of the kind or page in view."""
        return self.page_of(self._kind) if self._kind in self._pages else self.screen_of(self._kind)

    @property
    def pages(self) -> Mapping[str, str]:
        """The pages beside the lists of kinds: key and title."""
        return self._pages

    def page_of(self, key: str) -> Page:
        """Return the page of a key; made when it is first asked for."""
        if key == FIGURES:
            return self.figures
        if key == REPORT:
            return self.report
        if key == UNIT_CHANGES:
            return self.unit_changes
        if self._cycle is None:
            from antq_desktop.ui.screens.cycle_pages import CyclePages

            self._cycle = CyclePages(self._workplace, self.lead)
        return self._cycle.screen(key)

    @property
    def figures(self) -> FiguresScreen:
        """The page of figures; made when it is first asked for."""
        if self._figures is None:
            from antq_desktop.ui.screens.figures import FiguresScreen

            listed = [*LISTED, *(each.kind for area in AREAS for each in area.layouts())]
            self._figures = FiguresScreen(self._workplace, self.lead, listed)
        return self._figures

    @property
    def report(self) -> ReportScreen:
        """The page of reports in words; made when it is first asked for."""
        if self._report is None:
            from antq_desktop.ui.screens.report import ReportScreen

            self._report = ReportScreen(self._workplace)
        return self._report

    @property
    def unit_changes(self) -> UnitChangesScreen:
        """The page of decisions about units; made when it is first asked for."""
        if self._unit_changes is None:
            from antq_desktop.ui.screens.unit_changes import UnitChangesScreen

            self._unit_changes = UnitChangesScreen(self._workplace)
        return self._unit_changes

    def screen_of(self, kind: str) -> RecordScreen:
        """Return the screen of a kind; made when it is first asked for."""
        if kind not in self._screens:
            screen = self._screens[kind] = RecordScreen(self._workplace, self._layouts[kind])
            page = OWN_PAGES.get(kind, "")
            if page in self._pages:
                screen.elsewhere = partial(self._show_own_page, page)
        return self._screens[kind]

    def _show_own_page(self, page: str, record: str) -> None:
        """Open a record of a kind that is worked on in a page of its own."""

        def arrive() -> None:
            show = getattr(self.page_of(page), "open_record", None)
            if show is not None and record:
                show(record)

        self.show_kind(page, arrive)

    def show_kind(self, kind: str, then: Callable[[], None] | None = None) -> None:
        """Go to a kind once the one in view may be left; `then` runs when it is there."""

        def arrive() -> None:
            self._bring(kind)
            self.current.activate()
            self._keep(kind)
            if then is not None:
                then()

        if kind == self._kind:
            arrive()
            return
        self.current.may_leave(arrive)

    def _keep(self, kind: str) -> None:
        """Open with this kind after a restart; that it could not be kept is no news to anybody."""
        places, key = self._workplace.office.places, self.key
        self._workplace.jobs.read(
            lambda _control: places.keep(key, kind),
            lambda _none: None,
            failed=lambda _error: None,
            owner=self.widget(),
            lane="place",
        )

    def _bring(self, kind: str) -> None:
        self._kind = kind
        self.widget().show_screen(kind, self.current)
        if self._words or kind in self._searched:
            self._searched.add(kind)
            self.current.search(self._words)


class AreaPage(QWidget):
    """The bar of kinds above the screen of one of them; an editor takes the whole page."""

    def __init__(self, workplace: Workplace, groups: Sequence[KindGroup]) -> None:
        super().__init__()
        self._workplace = workplace
        specs = workplace.office.lists.specs
        every = (kind for group in groups for kind, _title in group.kinds)
        self._kinds = [kind for kind in every if kind in specs]
        self._screen: Shown | None = None
        self._stale = True
        self.bar = KindBar(groups, workplace.theme)
        self.stack = QStackedWidget()
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.bar)
        page.addWidget(self.stack, 1)
        shortcut = QShortcut(QKeySequence("Ctrl+J"), self)
        shortcut.activated.connect(self._open_list)
        workplace.changes.written.connect(self._on_written)

    def show_screen(self, kind: str, screen: Shown) -> None:
        """Bring the screen of a kind to the front."""
        inner = screen.widget()
        if self.stack.indexOf(inner) < 0:
            self.stack.addWidget(inner)
            inner.currentChanged.connect(lambda _at: self._make_room())
        if self._screen is not None:
            self._screen.list.head_with(None)
        self._screen = screen
        self.stack.setCurrentWidget(inner)
        self.bar.mark(kind)
        self._make_room()

    def count(self) -> None:
        """Count the records of every kind when something was written since the last time."""
        if not self._stale:
            return
        self._stale = False
        office, kinds = self._workplace.office, self._kinds
        self._workplace.jobs.read(
            lambda control: counts_of(office, kinds, control),
            self.bar.show_counts,
            owner=self,
            lane="counts",
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the bar fit the room."""
        super().resizeEvent(event)
        self.bar.fit(self.width(), self.height())
        self._make_room()

    def _make_room(self) -> None:
        """Show the bar above a list, or its one button in place of the heading."""
        if self._screen is None:
            return
        self.bar.setVisible(self._at_list and not self.bar.compact)
        short = self.bar.short if self.bar.compact else None
        self._screen.list.head_with(short)
        self.bar.short.setVisible(short is not None)

    @property
    def _at_list(self) -> bool:
        inner = self.stack.currentWidget()
        return isinstance(inner, QStackedWidget) and inner.currentIndex() == 0

    def _open_list(self) -> None:
        if self._at_list:
            self.bar.open_list()

    def _on_written(self, kinds: Sequence[str]) -> None:
        if set(kinds) & set(self._kinds):
            self._stale = True
            if self.isVisible():
                self.count()


def counts_of(office: Office, kinds: Sequence[str], control: Control) -> dict[str, int]:
    """Return how many records in force there are of each kind; runs on a reader."""
    found: dict[str, int] = {}
    for kind in kinds:
        control.check()
        found[kind] = office.lists.count(office.lists.listing(kind), _ALL).number
    return found
