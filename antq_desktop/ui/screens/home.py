"""Việc hôm nay: what is due, what changed, what is missing, and three charts; each leads on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.charts.movement import REPORTS
from antq_desktop.domain.rights import Operation
from antq_desktop.domain.shown import show_date
from antq_desktop.services.today import Today
from antq_desktop.ui.buttons import make_button, make_tool
from antq_desktop.ui.screens.filters import Narrowed
from antq_desktop.ui.screens.home_cards import Cards
from antq_desktop.ui.screens.home_charts import ChartCard
from antq_desktop.ui.screens.home_parts import Line
from antq_desktop.ui.screens.lead import TASKS_TAB, Lead
from antq_desktop.ui.theme import BASE_POINTS, UNIT, Theme
from antq_desktop.ui.workplace import Workplace

if TYPE_CHECKING:
    from antq_desktop.domain.charts.chart import Chart
    from antq_desktop.services.charts import Area

__all__ = ["TASKS_TAB", "HomePage", "HomeScreen", "Lead"]
MONTHS_TAB: Final = "Theo tháng"
_WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
_ONE_COLUMN_BELOW = 1000


class HomeScreen:
    """The first place of the side bar."""

    key = "today"
    title = "Việc hôm nay"
    icon = "today"
    group = "today"

    def __init__(
        self,
        workplace: Workplace,
        help_page: str,
        lead: Callable[[Lead], None],
        count: Callable[[int], None],
        reaches: Callable[[str], bool] = lambda _kind: True,
    ) -> None:
        """Take where lines lead, who is told how much waits, and which kinds have a place."""
        self.help_page = help_page
        self._workplace = workplace
        self._lead = lead
        self._count = count
        self._reaches = reaches
        self._page: HomePage | None = None
        workplace.changes.written.connect(lambda _kinds: self._look())

    def widget(self) -> QWidget:
        """Return the page."""
        if self._page is None:
            self._page = HomePage(
                self._workplace.theme, self._lead, self._look_again, self._reaches
            )
            self._page.opened.connect(self._open)
            self._page.by_code.clicked.connect(self._ask_code)
            self._page.by_code.setVisible(self._workplace.office.standing.may(Operation.PRINT))
        return self._page

    def activate(self) -> None:
        """Look again: time alone makes things due."""
        self._look_again()

    def may_leave(self, go: Callable[[], None]) -> None:
        """Let go at once: nothing is entered here."""
        go()

    def search(self, words: str) -> bool:  # noqa: ARG002
        """Search nothing here."""
        return False

    def _look_again(self) -> None:
        self._look()
        self._draw()

    def _look(self) -> None:
        if self._page is None:
            return
        office = self._workplace.office

        def work(_control: object) -> Today:
            between = office.oversight.today()
            return replace(office.board.look(), between=between, morning=office.mornings.look())

        self._workplace.jobs.read(work, self._show, owner=self._page, lane="today")

    def _draw(self) -> None:
        if self._page is None:
            return
        charts = self._workplace.office.charts
        self._workplace.jobs.read(
            lambda _control: charts.for_home(),
            self._page.show_charts,
            owner=self._page,
            lane="charts",
        )

    def _show(self, today: Today) -> None:
        self._count(today.waiting)
        if self._page is not None:
            self._page.show_today(today)

    def _ask_code(self) -> None:
        """Open what a printed paper was made from, by its code."""
        from antq_desktop.ui.screens.paper_code import PaperCodeDialog

        if self._page is not None:
            PaperCodeDialog(self._workplace, self._page, self._lead).open()

    def _open(self, key: str) -> None:
        """Go to the records behind an area of a chart."""
        if key.startswith(REPORTS):
            self._lead(Lead("handover", tab=MONTHS_TAB))
            return
        charts = self._workplace.office.charts

        def go(area: Area | None) -> None:
            if area is not None:
                self._lead(Lead(area.kind, narrowed=Narrowed(area.told, among=area.ids)))

        self._workplace.jobs.read(lambda _control: charts.behind(key), go, owner=self._page)


class HomePage(QScrollArea):
    """Cards in two calm columns, or below each other where there is no room.

    `opened` asks for the records behind an area of a chart.
    """

    opened = Signal(str)

    def __init__(
        self,
        theme: Theme,
        lead: Callable[[Lead], None],
        look: Callable[[], None],
        reaches: Callable[[str], bool] = lambda _kind: True,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._today: Today | None = None
        self._made = Cards(theme, lead, self._draw, reaches)
        self._cards: list[QWidget] = []
        self._beside: list[QWidget] = []
        self._columns = 2
        self.charts = [ChartCard(theme) for _ in range(3)]
        for card in self.charts:
            card.view.opened.connect(self.opened)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._day = QLabel()
        self._day.setProperty("role", "hint")
        self.refresh = make_tool("refresh", theme, "Xem lại")
        self.refresh.clicked.connect(look)
        self.by_code = make_button(
            "Mở theo mã trên giấy…", theme, role="quiet", icon="print",
            tip="Gõ hoặc quét mã ở góc dưới bên trái của văn bản đã in",
        )  # fmt: skip
        self._lay_out()
        theme.changed.connect(self._draw)

    @property
    def lines(self) -> list[Line]:
        """The lines shown, each of which leads somewhere."""
        return self._made.lines

    @property
    def cards(self) -> list[QWidget]:
        """The cards shown, those of the first column first."""
        return [*self._cards, *self._beside]

    def show_today(self, today: Today) -> None:
        """Show what is due; a page that already shows the same is left alone."""
        if today != self._today:
            self._today = today
            self._draw()

    def show_charts(self, charts: Sequence[Chart]) -> None:
        """Show the charts."""
        for card, chart in zip(self.charts, charts, strict=False):
            card.show_chart(chart)
        self._measure_soon()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards under each other where there is no room for two columns."""
        super().resizeEvent(event)
        grown = max(1.0, self._theme.points / BASE_POINTS)
        columns = 1 if self.viewport().width() < _ONE_COLUMN_BELOW * grown else 2
        if columns != self._columns:
            self._columns = columns
            self._place()

    def sizeHint(self) -> QSize:
        """Ask for no more than a small window has."""
        return QSize(640, 400)

    def _lay_out(self) -> None:
        title = QLabel("Việc hôm nay")
        title.setProperty("role", "title")
        head = QHBoxLayout()
        head.setSpacing(2 * UNIT)
        head.addWidget(title)
        head.addWidget(self._day, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        head.addWidget(self.by_code)
        head.addWidget(self.refresh)
        self._sides = (QVBoxLayout(), QVBoxLayout())
        both = QHBoxLayout()
        both.setSpacing(2 * UNIT)
        for side, share in zip(self._sides, (3, 2), strict=True):
            side.setSpacing(2 * UNIT)
            both.addLayout(side, share)
        self._both = both
        inner = QWidget()
        inner.setProperty("role", "page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 3 * UNIT)
        column.setSpacing(2 * UNIT)
        column.addLayout(head)
        column.addLayout(both)
        column.addStretch(1)
        for card in self.charts:
            card.setParent(inner)
            card.hide()
        self._inner = inner
        self.setWidget(inner)

    def _draw(self) -> None:
        today = self._today
        if today is None:
            return
        day = date.fromisoformat(today.day)
        self._day.setText(f"{_WEEKDAYS[day.weekday()]}, {show_date(today.day)}")
        for card in (*self._cards, *self._beside):
            if card not in self.charts:
                card.hide()
                card.deleteLater()
        made = self._made
        made.lines = []
        if today.empty:
            self._cards = [made.welcome(today)]
            self._beside = []
        else:
            self._cards = [made.due(today), made.news(today.morning), made.gaps(today)]
        self._cards += [made.handover(today), *made.between(today), *made.assigned(today)]
        if not today.empty:
            self._beside = [*self.charts, made.schemes(today)]
        self._place()
        for card in self.charts:
            card.setVisible(not today.empty)

    def _place(self) -> None:
        """Put each card into its column; in one column the charts stand before what may wait."""
        left, right = self._sides
        for side in self._sides:
            while side.count():
                side.takeAt(0)
        if self._columns > 1:
            order = (self._cards, self._beside)
        else:
            order = ([*self._cards[:3], *self._beside, *self._cards[3:]], [])
        for side, cards in zip((left, right), order, strict=True):
            for card in cards:
                side.addWidget(card)
            side.addStretch(1)
        _walked_in_order([*order[0], *order[1]])
        beside = self._columns > 1 and bool(self._beside)
        self._both.setStretch(1, 2 if beside else 0)
        self._measure_soon()

    def _measure_soon(self) -> None:
        QTimer.singleShot(0, self, self._measure)

    def _measure(self) -> None:
        """Ask for the height anew: the layout counts a card only once Qt has shown it."""
        QApplication.postEvent(self._inner, QEvent(QEvent.Type.LayoutRequest))


def _walked_in_order(cards: Sequence[QWidget]) -> None:
    """Let the keyboard walk as the eye does, whenever each card was made."""
    stops = [
        part
        for card in cards
        for part in card.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    for one, other in pairwise(stops):
        QWidget.setTabOrder(one, other)
