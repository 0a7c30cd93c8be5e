"""Puts the main window together over an open profile: screens in their order, bars, leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QGuiApplication

from antq_desktop.domain.periods import calendar_period
from antq_desktop.domain.rights import Operation
from antq_desktop.services.help import help_page
from antq_desktop.services.office import Office
from antq_desktop.services.sticks import Sticks
from antq_desktop.ui.ask import WindowAsker
from antq_desktop.ui.destinations import destinations, list_in_front
from antq_desktop.ui.faults import Door
from antq_desktop.ui.finding import Finder
from antq_desktop.ui.jobs import Jobs
from antq_desktop.ui.plugged import PlugNotice
from antq_desktop.ui.quickentry import QuickEntry
from antq_desktop.ui.screen import Screen
from antq_desktop.ui.screens.administration import About, AdministrationScreen
from antq_desktop.ui.screens.area import AreaScreen, area_screens
from antq_desktop.ui.screens.filters import Filter
from antq_desktop.ui.screens.handover import HandoverScreen, handover_screen
from antq_desktop.ui.screens.home import HomeScreen, Lead
from antq_desktop.ui.screens.records import RecordScreen, record_screens
from antq_desktop.ui.screens.unit_sheet import UnitSheetScreen
from antq_desktop.ui.screens.unit_sheet_line import open_line
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.window import MainWindow
from antq_desktop.ui.workplace import Workplace

if TYPE_CHECKING:
    from antq_desktop.services.session_pin import SessionPin
    from antq_desktop.ui.app import Ground

_KEYS = {"incident": "incidents", "scheme": "schemes"}
_SIZE = (1366, 768)
_TITLE_BAR = 40


class Host(Protocol):
    """What the main window needs of the program around it."""

    ground: Ground
    theme: Theme

    @property
    def jobs(self) -> Jobs:
        """The only threads."""
        ...

    @property
    def door(self) -> Door:
        """The one door for messages and errors."""
        ...

    def change_look(self, dark: bool, points: float) -> None:
        """Change the look everywhere and remember it."""
        ...

    def remember_unit(self, unit: str) -> None:
        """Remember what the next sign-in shows."""
        ...

    @property
    def pin(self) -> SessionPin:
        """The short number that reopens the screen."""
        ...

    @property
    def lock_minutes(self) -> int:
        """Minutes before the screen locks itself."""
        ...

    def change_lock(self, minutes: int) -> None:
        """Lock after so many minutes from now on."""
        ...


def compose(host: Host, office: Office) -> MainWindow:
    """Return the main window with every screen that leads somewhere; it is not shown yet."""
    window = MainWindow(host.theme, host.jobs, host.door)
    workplace = Workplace(
        office, host.jobs, host.door, WindowAsker(window, host.theme), host.theme, window.go
    )
    workplace.restore = window.restore_asked.emit
    screens: dict[str, Screen] = {}

    def lead(to: Lead) -> None:
        follow(to, screens, window.go)

    home = HomeScreen(
        workplace,
        help_page("today"),
        lead,
        lambda waiting: window.side.set_count(HomeScreen.key, waiting),
        lambda kind: _has_place(kind, screens),
    )
    about = About(host.ground.version, _about(host.ground.resources / "help", host.ground.version))
    admin = AdministrationScreen(workplace, help_page("admin"), about, host.change_look, host)
    by_unit = UnitSheetScreen(workplace, lambda kind: lead(Lead(kind)))
    workplace.enter_by_unit = by_unit.enter
    kept: tuple[Screen, ...] = (*record_screens(workplace), *area_screens(workplace))
    handover = handover_screen(workplace, lead=lead)
    reads = office.standing.may(Operation.READ)
    # Who looks after officers and keys alone sees no record, nor a way to one.
    for screen in (home, *kept, handover, by_unit, admin) if reads else (admin, handover):
        screens[screen.key] = screen
    for area in kept:
        if isinstance(area, AreaScreen):
            area.lead = lead
    window.add_screens(screens.values())
    kinds = [*_KEYS, *(k for area in kept if isinstance(area, AreaScreen) for k in area.kinds)]
    finder = Finder(
        workplace,
        window.top.search,
        kinds,
        lead,
        places=destinations(window, workplace, screens, lead),
        in_front=partial(list_in_front, window),
        line=partial(open_line, workplace, by_unit),
    )
    if office.standing.may(Operation.ENTER):
        window.quick_asked.connect(QuickEntry(workplace, window).open)
    window.top.quick.setVisible(office.standing.may(Operation.ENTER))
    window.top.search.setVisible(reads)
    if reads:
        window.search_wanted.connect(finder.open)
    PlugNotice(
        workplace,
        Sticks(),
        window,
        lambda: window.current is handover,
        lambda: window.go(handover.key),
    )
    unit = str(office.lists.show("unit", office.unit).values["name"])
    window.top.set_unit(unit, _period(office))
    window.top.set_officer(office.officer)
    host.remember_unit(unit)
    window.resize(*_SIZE)
    return window


def show(window: MainWindow) -> None:
    """Show the main window, over the whole screen where that is no larger than its design size."""
    room = QGuiApplication.primaryScreen().availableSize()
    if room.width() <= _SIZE[0] or room.height() <= _SIZE[1] + _TITLE_BAR:
        window.showMaximized()
    else:
        window.show()


def follow(
    to: Lead,
    screens: Mapping[str, Screen],
    go: Callable[[str, Callable[[], None] | None], None],
) -> None:
    """Go where a line leads; a place that this unit does not keep is not gone to."""
    for area in screens.values():
        if isinstance(area, AreaScreen) and to.key in area.kinds:
            there = partial(_arrive, area.screen_of(to.key), to)
            go(area.key, partial(area.show_kind, to.key, there))
            return
        if isinstance(area, AreaScreen) and to.key in area.pages:
            go(area.key, partial(area.show_kind, to.key))
            return
    screen = screens.get(_KEYS.get(to.key, to.key))
    if screen is None:
        return
    arrive: Callable[[], None] | None = None
    if isinstance(screen, RecordScreen):
        arrive = partial(_arrive, screen, to)
    elif isinstance(screen, HandoverScreen | AdministrationScreen) and to.tab:
        arrive = partial(screen.show_tab, to.tab)
    go(screen.key, arrive)


def _has_place(kind: str, screens: Mapping[str, Screen]) -> bool:
    """Tell whether records of a kind are listed at a place of this unit."""
    areas = (area for area in screens.values() if isinstance(area, AreaScreen))
    return _KEYS.get(kind) in screens or any(kind in area.kinds for area in areas)


def _arrive(screen: RecordScreen, to: Lead) -> None:
    if to.record:
        screen.open_record(to.record, to.place)
    elif to.new:
        screen.new_record(dict(to.values) or None)
    else:
        screen.show_list(Filter(missing=to.only_missing, narrowed=to.narrowed))


def _period(office: Office) -> str:
    month = calendar_period(f"{office.clock.now():%Y-%m}")
    told = f"Kỳ báo cáo: {month.label}"
    return f"{told} · dữ liệu mẫu, bịa ra" if office.sample else told


def _about(folder: Path, version: str) -> str:
    page = (folder / "about.html").read_text(encoding="utf-8")
    return page.replace("{version}", version)
