"""Việc hôm nay: what is due, what is neglected, what was not sent; each line leads to its list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.records import spec_of
from antq_desktop.domain.shown import show_date, show_integer, show_moment
from antq_desktop.services.today import Due, Neglected, Today
from antq_desktop.ui.buttons import make_button, make_tool
from antq_desktop.ui.screens.filters import Narrowed
from antq_desktop.ui.screens.home_parts import (
    Figure,
    Line,
    backup_line,
    between_lines,
    calm,
    figures_row,
    line_row,
    section_card,
)
from antq_desktop.ui.theme import BASE_POINTS, UNIT, Theme
from antq_desktop.ui.workplace import Workplace

_WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
_ROWS = 4
_ONE_COLUMN_BELOW = 1000
_KINDS = {"incident": "Vụ việc", "scheme": "Mô hình", "unit": "Lực lượng và đơn vị"}


TASKS_TAB: Final = "Việc và đề xuất"


@dataclass(frozen=True, slots=True)
class Lead:
    """Where a line leads: a place of the side bar, and what to show there.

    Attributes:
        key: Key of the screen; for records their kind.
        record: The record to open.
        only_missing: The list of those that a report still finds incomplete.
        new: Begin a new record.
        narrowed: What else the list is narrowed to.
        values: What a new record begins with beside what its kind begins with.
        tab: The page of the place, where it has several.
        place: The field of the record that takes the keyboard.
    """

    key: str
    record: str = ""
    only_missing: bool = False
    new: bool = False
    narrowed: Narrowed | None = None
    values: tuple[tuple[str, str], ...] = ()
    tab: str = ""
    place: str = ""


_FIRST_STEPS: Final = {
    True: (
        "Sổ đang trống. Ghi hồ sơ đầu tiên rồi trang này nhắc việc: thời hạn của vụ việc, mô hình "
        "lâu chưa hoạt động, số liệu chưa gửi.",
        (
            ("Ghi vụ việc đầu tiên", "incident", "primary", Lead("incident", new=True)),
            ("Thêm mô hình", "scheme", "plain", Lead("scheme", new=True)),
            ("Thêm khu dân cư", "units", "plain", Lead("unit", new=True)),
        ),
    ),
    False: (
        "Chưa có số liệu của đơn vị nào. Đăng ký máy của các đơn vị, rồi nhập gói từ USB hoặc thư "
        "mục; trang này nhắc gói nào đang chờ.",
        (
            ("Nhận gói dữ liệu", "download", "primary", Lead("handover")),
            ("Thêm đơn vị", "units", "plain", Lead("unit", new=True)),
        ),
    ),
}


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
    ) -> None:
        """Take where lines lead, and who is told how much waits."""
        self.help_page = help_page
        self._workplace = workplace
        self._lead = lead
        self._count = count
        self._page: HomePage | None = None
        workplace.changes.written.connect(lambda _kinds: self._look())

    def widget(self) -> QWidget:
        """Return the page."""
        if self._page is None:
            self._page = HomePage(self._workplace.theme, self._lead, self._look)
        return self._page

    def activate(self) -> None:
        """Look again: time alone makes things due."""
        self._look()

    def may_leave(self, go: Callable[[], None]) -> None:
        """Let go at once: nothing is entered here."""
        go()

    def search(self, words: str) -> bool:  # noqa: ARG002
        """Search nothing here."""
        return False

    def _look(self) -> None:
        if self._page is None:
            return
        office = self._workplace.office

        def work(_control: object) -> Today:
            return replace(office.board.look(), between=office.oversight.today())

        self._workplace.jobs.read(work, self._show, owner=self._page, lane="today")

    def _show(self, today: Today) -> None:
        self._count(today.waiting)
        if self._page is not None:
            self._page.show_today(today)


class HomePage(QScrollArea):
    """Cards in a calm grid: two columns where there is room, else one."""

    def __init__(
        self, theme: Theme, lead: Callable[[Lead], None], look: Callable[[], None]
    ) -> None:
        super().__init__()
        self._theme = theme
        self._lead = lead
        self._today: Today | None = None
        self._cards: list[QWidget] = []
        self._columns = 2
        self._unfolded: set[str] = set()
        self.lines: list[Line] = []
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._day = QLabel()
        self._day.setProperty("role", "hint")
        self.refresh = make_tool("refresh", theme, "Xem lại")
        self.refresh.clicked.connect(look)
        title = QLabel("Việc hôm nay")
        title.setProperty("role", "title")
        head = QHBoxLayout()
        head.setSpacing(2 * UNIT)
        head.addWidget(title)
        head.addWidget(self._day, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        head.addWidget(self.refresh)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2 * UNIT)
        self._grid.setVerticalSpacing(2 * UNIT)
        inner = QWidget()
        inner.setProperty("role", "page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 3 * UNIT)
        column.setSpacing(2 * UNIT)
        column.addLayout(head)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.setWidget(inner)
        theme.changed.connect(self._draw)

    def show_today(self, today: Today) -> None:
        """Show what is due; a page that already shows the same is left alone."""
        if today != self._today:
            self._today = today
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards under each other where there is no room for two columns."""
        super().resizeEvent(event)
        grown = max(1.0, self._theme.points / BASE_POINTS)
        columns = 1 if self.viewport().width() < _ONE_COLUMN_BELOW * grown else 2
        if columns != self._columns:
            self._columns = columns
            self._place()

    def _draw(self) -> None:
        today = self._today
        if today is None:
            return
        day = date.fromisoformat(today.day)
        self._day.setText(f"{_WEEKDAYS[day.weekday()]}, {show_date(today.day)}")
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self.lines = []
        if today.empty:
            self._cards = [
                self._welcome(today),
                self._handover(today),
                *self._between(today),
                *self._assigned(today),
            ]
        else:
            self._cards = [
                self._incidents(today),
                self._handover(today),
                self._schemes(today),
                self._gaps(today),
                *self._between(today),
                *self._assigned(today),
            ]
        self._place()

    def _place(self) -> None:
        for card in self._cards:
            self._grid.removeWidget(card)
        for at, card in enumerate(self._cards):
            self._grid.addWidget(card, at // self._columns, at % self._columns)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2 if self._columns > 1 else 0)

    def _row(self, line: Line) -> QWidget:
        self.lines.append(line)
        return line_row(line, self._theme)

    def _rows(self, card: str, lines: Sequence[Line]) -> list[QWidget]:
        """Return the first lines, or all where the officer asked for them."""
        unfolded = card in self._unfolded
        shown = list(lines if unfolded else lines[:_ROWS])
        if len(lines) > _ROWS:
            words = "Thu gọn" if unfolded else f"Xem cả {show_integer(len(lines))} dòng"
            shown.append(Line(words, lambda: self._fold(card)))
        return [self._row(line) for line in shown]

    def _fold(self, card: str) -> None:
        self._unfolded ^= {card}
        self._draw()

    def _go(self, lead: Lead) -> Callable[[], None]:
        return lambda: self._lead(lead)

    def _card(self, title: str, icon: str, parts: Sequence[QWidget]) -> QFrame:
        return section_card(title, icon, parts, self._theme)

    def _incidents(self, today: Today) -> QWidget:
        dues = (*today.overdue, *today.near)
        parts: list[QWidget] = [
            figures_row(
                (
                    Figure(len(today.overdue), "quá hạn", "red"),
                    Figure(len(today.near), "đến hạn trong 24 giờ", "gold"),
                    Figure(today.open_incidents, "đang mở", ""),
                )
            )
        ]
        parts += self._rows("incident", [self._due(one) for one in dues])
        if not dues:
            parts.append(calm("Không có vụ việc nào quá hạn hoặc sắp đến hạn."))
        return self._card("Thời hạn của vụ việc", "incident", parts)

    def _due(self, one: Due) -> Line:
        late = one.left < 0 or one.at_once
        told = one.told[0].upper() + one.told[1:]
        detail = f"hạn {show_moment(one.due_at)}"
        lead = Lead("incident", record=one.id)
        tone = "fault" if late else "watch"
        return Line(one.title, self._go(lead), told, tone, detail, f"{one.title}: {one.step}")

    def _schemes(self, today: Today) -> QWidget:
        bare, idle = today.without_dossier, today.idle
        parts: list[QWidget] = [
            figures_row(
                (
                    Figure(len(bare), "chưa có hồ sơ", "gold"),
                    Figure(len(idle), "6 tháng chưa hoạt động", "gold"),
                    Figure(today.schemes, "đang hoạt động", ""),
                )
            )
        ]
        lines = [self._neglected(one, "Chưa có hồ sơ") for one in bare]
        lines += [self._neglected(one, "Chưa hoạt động") for one in idle]
        parts += self._rows("scheme", lines)
        if not today.schemes:
            parts.append(calm("Chưa có mô hình nào đang hoạt động."))
        elif not lines:
            parts.append(calm("Mô hình nào cũng có hồ sơ và có hoạt động trong 6 tháng qua."))
        return self._card("Mô hình cần quan tâm", "scheme", parts)

    def _neglected(self, one: Neglected, told: str) -> Line:
        lead = Lead("scheme", record=one.id)
        since = ""
        if told == "Chưa hoạt động":
            since = f"gần nhất {show_date(one.since)}" if one.since else "chưa có buổi nào"
        return Line(one.name, self._go(lead), told, "watch", since)

    def _assigned(self, today: Today) -> list[QWidget]:
        """Return the card of tasks between units; none where there is no task."""
        if not today.assigned:
            return []
        lines = [
            Line(
                one.title,
                self._go(Lead("handover", tab=TASKS_TAB)),
                one.told[0].upper() + one.told[1:],
                "fault" if one.late else "info",
                one.unit,
            )
            for one in today.assigned
        ]
        title = "Việc được giao" if today.sends else "Việc đã giao, trễ hạn"
        return [self._card(title, "documents", self._rows("assigned", lines))]

    def _between(self, today: Today) -> list[QWidget]:
        """Return the card of what waits between units; none where nothing does."""
        lines = between_lines(today, lambda tab: self._go(Lead("handover", tab=tab)))
        shown = self._rows("between", lines)
        return [self._card("Giữa các đơn vị", "handover", shown)] if lines else []

    def _handover(self, today: Today) -> QWidget:
        to = self._go(Lead("handover"))
        parts: list[QWidget] = []
        if today.sends:
            last = f"gần nhất {today.last_sent}" if today.last_sent else ""
            never = "Chưa gửi" if today.last_sent else "Chưa gửi lần nào"
            state = ("Đã lập gói", "calm") if today.sent_this_month else (never, "watch")
            words = f"Số liệu {today.month}"
            parts.append(self._row(Line(words, to, state[0], state[1], last)))
        if today.to_take_in:
            words = f"{today.to_take_in} gói chờ nhập"
            parts.append(self._row(Line(words, to, "Chờ nhập", "info")))
        if today.set_aside:
            words = f"{today.set_aside} gói trong ngăn chờ xử lý"
            parts.append(self._row(Line(words, to, "Cần xem", "watch")))
        if not parts:
            parts.append(calm("Không có gói nào chờ nhập."))
        parts.append(self._row(backup_line(today, self._go(Lead("admin")))))
        return self._card("Giao nhận và sao lưu", "handover", parts)

    def _gaps(self, today: Today) -> QWidget:
        parts: list[QWidget] = []
        incomplete = [
            Line(
                f"{_KINDS.get(kind) or spec_of(kind).plural}: {show_integer(number)} hồ sơ",
                self._go(Lead(kind, only_missing=True)),
                "Còn thiếu",
                "info",
            )
            for kind, number in today.missing.items()
        ]
        parts += self._rows("missing", incomplete)
        if not parts:
            parts.append(calm("Hồ sơ nào cũng đủ thông tin cho báo cáo."))
        return self._card("Thông tin cần bổ sung", "standards", parts)

    def _welcome(self, today: Today) -> QWidget:
        told, steps = _FIRST_STEPS[today.sends]
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, UNIT, 0, 0)
        for verb, icon, role, lead in steps:
            button = make_button(verb, self._theme, role=role, icon=icon)
            button.clicked.connect(self._go(lead))
            row.addWidget(button)
        row.addStretch(1)
        return self._card("Bắt đầu", "today", [calm(told), buttons])

    def sizeHint(self) -> QSize:
        """Ask for no more than a small window has."""
        return QSize(640, 400)
