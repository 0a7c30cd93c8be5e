"""*Giao nhận*: bundles up and receipts down at a commune, bundles in and answers at a receiver."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from antq_desktop.domain.rights import Operation
from antq_desktop.domain.units import PROVINCE
from antq_desktop.services.help import help_page
from antq_desktop.services.profiles import RECEIVER_LEVEL
from antq_desktop.services.sticks import Sticks
from antq_desktop.ui.barred import bar
from antq_desktop.ui.screen import Screen
from antq_desktop.ui.screens.handover_papers import PaperPlace
from antq_desktop.ui.screens.home import TASKS_TAB, Lead
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.standing import Standing
    from antq_desktop.ui.screens.handover_places import StickWatch
    from antq_desktop.ui.workplace import Workplace

KEY = "handover"

_TASKS, _REGISTER, _DEVICES = TASKS_TAB, "Sổ giao nhận", "Đăng ký máy"
_SIBLINGS, UP_TAB = "Máy cùng đơn vị", "Gửi lên cấp trên"
_ZERO, _HEAT, _ASKED, _BOTH = "Không phát sinh", "Theo tháng", "Yêu cầu", "Cùng sửa"
_COMMUNE = (
    *("Gửi và nạp phiếu xác nhận", _ZERO, _ASKED, _BOTH),
    *(_TASKS, _REGISTER, _SIBLINGS, _DEVICES),
)
_RECEIVER = (
    *("Nhận gói", "Ngăn chờ xử lý", "Gói trả về", UP_TAB),
    *(_HEAT, _ASKED, _BOTH, _TASKS, _REGISTER, _SIBLINGS, _DEVICES),
)


def handover_screen(
    workplace: Workplace,
    sticks: Sticks | None = None,
    lead: Callable[[Lead], None] = lambda _to: None,
) -> Screen:
    """Return the screen *Giao nhận* for the level of the open profile.

    Args:
        workplace: The open profile.
        sticks: Where sticks are plugged.
        lead: Brings a record or a new one to the front.
    """
    return HandoverScreen(workplace, sticks or Sticks(), lead)


class HandoverScreen:
    """Holds the page; built when it first comes to the front."""

    key = KEY
    title = "Giao nhận"
    icon = "handover"
    group = "exchange"

    def __init__(
        self,
        workplace: Workplace,
        sticks: Sticks,
        lead: Callable[[Lead], None] = lambda _to: None,
    ) -> None:
        self._workplace = workplace
        self._sticks = sticks
        self._lead = lead
        self._page: HandoverPage | None = None
        self.help_page = help_page(KEY)

    @property
    def page(self) -> HandoverPage:
        """The page itself."""
        if self._page is None:
            self._page = HandoverPage(self._workplace, self._sticks, self._lead)
        return self._page

    def widget(self) -> QWidget:
        """Return the page."""
        return self.page

    def activate(self) -> None:
        """Bring the page up to date."""
        self.page.reload()

    def may_leave(self, go: Callable[[], None]) -> None:
        """Let go at once: a job under way goes on and says how it ended."""
        if self._page is not None:
            self._page.drop_paper()
        go()

    def search(self, words: str) -> bool:
        """Search nothing; registers are short and stand in order."""
        del words
        return False

    @property
    def tab_titles(self) -> tuple[str, ...]:
        """What its pages are called at this level."""
        return _RECEIVER if self._workplace.office.level == RECEIVER_LEVEL else _COMMUNE

    def show_tab(self, title: str) -> None:
        """Bring one of its pages to the front."""
        self.page.drop_paper()
        self.page.tabs.setCurrentIndex(self.tab_titles.index(title))


class HandoverPage(PaperPlace):
    """The tabs of one level, and the papers that are asked for there."""

    def __init__(self, workplace: Workplace, sticks: Sticks, lead: Callable[[Lead], None]) -> None:
        super().__init__(workplace)
        from antq_desktop.ui.screens.assignments import AssignmentsPage
        from antq_desktop.ui.screens.conflicts_page import ConflictsPage
        from antq_desktop.ui.screens.enrolment import EnrolmentPage
        from antq_desktop.ui.screens.handover_places import StickWatch
        from antq_desktop.ui.screens.handover_register import RegisterPage
        from antq_desktop.ui.screens.handover_siblings import SiblingsPage
        from antq_desktop.ui.screens.requests_page import RequestsPage

        self.watch: StickWatch = StickWatch(workplace, sticks, self)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setProperty("dense", True)
        self.tabs.setAccessibleName("Giao nhận")
        self.register = RegisterPage(workplace, self.watch)
        self.enrolment = EnrolmentPage(workplace, self.watch)
        self.receives = workplace.office.level == RECEIVER_LEVEL
        if self.receives:
            self._add_receiver(workplace, lead)
        else:
            self._add_commune(workplace, lead)
        self.requests = RequestsPage(workplace, lead)
        self.conflicts = ConflictsPage(workplace, lead)
        self.tabs.addTab(self.requests, _ASKED)
        self.tabs.addTab(self.conflicts, _BOTH)
        self.assignments = AssignmentsPage(workplace, lead)
        self.tabs.addTab(self.assignments, _TASKS)
        self.tabs.addTab(self.register, _REGISTER)
        self.siblings = SiblingsPage(workplace, self.watch, takes=not self.receives)
        self.siblings.enrol_asked.connect(self.open_enrolment)
        self.siblings.slip_dropped.connect(self.open_enrolment)
        self.tabs.addTab(self.siblings, _SIBLINGS)
        self.tabs.addTab(self.enrolment, _DEVICES)
        self._bar(workplace.office.standing)
        if not workplace.office.standing.may(Operation.READ):
            for at in range(self.tabs.count()):
                self.tabs.setTabVisible(at, self.tabs.widget(at) is self.enrolment)
            self.tabs.setCurrentWidget(self.enrolment)
        self.register.changed.connect(self.reload)
        self.enrolment.changed.connect(self.reload)
        self.tabs.currentChanged.connect(lambda _at: self.reload())
        inside = QWidget()
        page = QVBoxLayout(inside)
        page.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, 2 * UNIT)
        page.addWidget(self.tabs)
        self.hold(inside)
        self.tabs.installEventFilter(self)

    def _bar(self, standing: Standing) -> None:
        own = self.enrolment.own
        bar(standing, Operation.KEYS, self.enrolment.accepting.accept, own.write, own.paper)
        if self.receives:
            pane = self.take.preview
            bar(standing, Operation.TAKE_IN, pane.merge, pane.withdraw)
            bar(standing, Operation.HAND_OVER, self.units.some, self.units.all, self.units.paper)
            bar(standing, Operation.TAKE_IN, self.take.drop.paper)
        sends = self.up if self.receives else self.send
        receipt = sends.receipt
        bar(standing, Operation.HAND_OVER, sends.waiting.seal, sends.waiting.paper)
        bar(standing, Operation.TAKE_IN, receipt.file, receipt.stick, receipt.paper)
        bar(standing, Operation.HAND_OVER, self.register.details.on_paper)

    def reload(self) -> None:
        """Bring the tab in front up to date."""
        front = self.tabs.currentWidget()
        reload = getattr(front, "reload", None)
        if reload is not None:
            reload()

    def open_enrolment(self, slip: object = None) -> None:
        """Go to the enrolment of devices, with a slip where one is at hand."""
        self.tabs.setCurrentWidget(self.enrolment)
        if isinstance(slip, Path):
            self.enrolment.open_slip(slip)
        else:
            self.enrolment.accepting.file.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look for sticks only while somebody looks at the page."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.watch.run(on=event.type() == QEvent.Type.Show)
        return super().eventFilter(watched, event)

    def _add_commune(self, workplace: Workplace, lead: Callable[[Lead], None]) -> None:
        from antq_desktop.ui.screens.handover_send import SendPage
        from antq_desktop.ui.screens.zero_page import ZeroPage

        self.send = SendPage(workplace, self.watch, lead)
        self.send.enrol_asked.connect(self.open_enrolment)
        self.send.slip_dropped.connect(self.open_enrolment)
        self.zeros = ZeroPage(workplace, lead)
        self.tabs.addTab(self.send, _COMMUNE[0])
        self.tabs.addTab(self.zeros, _ZERO)

    def _add_receiver(self, workplace: Workplace, lead: Callable[[Lead], None]) -> None:
        from antq_desktop.ui.screens.handover_send import SendPage
        from antq_desktop.ui.screens.handover_shelves import ShelvesPage
        from antq_desktop.ui.screens.handover_take import TakePage
        from antq_desktop.ui.screens.handover_units import UnitsPage
        from antq_desktop.ui.screens.heat_page import HeatPage

        self.take = TakePage(workplace, self.watch)
        self.take.enrol_asked.connect(self.open_enrolment)
        self.take.slip_dropped.connect(self.open_enrolment)
        self.shelves = ShelvesPage(workplace)
        self.shelves.enrol_asked.connect(self.open_enrolment)
        self.units = UnitsPage(workplace, self.watch)
        self.tabs.addTab(self.take, _RECEIVER[0])
        self.tabs.addTab(self.shelves, _RECEIVER[1])
        self.tabs.addTab(self.units, _RECEIVER[2])
        self.up = SendPage(workplace, self.watch, lead)
        self.up.enrol_asked.connect(self.open_enrolment)
        self.up.slip_dropped.connect(self.open_enrolment)
        self.tabs.addTab(self.up, UP_TAB)
        own = workplace.office.lists.show("unit", workplace.office.unit).values
        top = own.get("unit_kind") == PROVINCE
        self.tabs.setTabVisible(self.tabs.indexOf(self.up), not top)
        self.heat = HeatPage(workplace, lead)
        self.tabs.addTab(self.heat, _HEAT)
