"""The cards of the first page, each made of what is due, missing or waiting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from antq_desktop.domain.records import SPECS, spec_of
from antq_desktop.domain.shown import show_date, show_integer, show_moment
from antq_desktop.services.morning import Coming, Morning, News
from antq_desktop.services.today import Due, Neglected, Today
from antq_desktop.ui.buttons import make_button
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
from antq_desktop.ui.screens.lead import TASKS_TAB, Lead
from antq_desktop.ui.theme import UNIT, Theme

_ROWS: Final = 4
_KINDS: Final = {"incident": "Vụ việc", "scheme": "Mô hình", "unit": "Lực lượng và đơn vị"}
PRIVACY_TAB: Final = "Dữ liệu và quyền riêng tư"
JOURNAL_TAB: Final = "Nhật ký"

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


class Cards:
    """Makes cards for one look at the store; `lines` are those that lead somewhere."""

    def __init__(
        self,
        theme: Theme,
        lead: Callable[[Lead], None],
        again: Callable[[], None],
        reaches: Callable[[str], bool],
    ) -> None:
        """Take where lines lead, what draws the page again, and which kinds have a place."""
        self._theme = theme
        self._lead = lead
        self._again = again
        self._reaches = reaches
        self._unfolded: set[str] = set()
        self.lines: list[Line] = []

    def _card(self, title: str, icon: str, parts: Sequence[QWidget]) -> QFrame:
        return section_card(title, icon, parts, self._theme)

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
        self._again()

    def _go(self, lead: Lead) -> Callable[[], None]:
        return lambda: self._lead(lead)

    def due(self, today: Today) -> QWidget:
        """Return the card of what is over, due today and due this week."""
        between = {one.id for one in today.assigned}
        coming = [one for one in today.morning.coming if one.id not in between]
        late = [one for one in coming if one.left < 0]
        soon = [one for one in coming if one.left == 0]
        later = [one for one in coming if one.left > 0]
        parts: list[QWidget] = [
            figures_row(
                (
                    Figure(len(today.overdue) + len(late), "quá hạn", "red"),
                    Figure(len(today.near) + len(soon), "đến hạn trong 24 giờ", "gold"),
                    Figure(len(today.week) + len(later), "còn trong tuần", ""),
                    Figure(today.open_incidents, "vụ việc đang mở", ""),
                )
            )
        ]
        lines = [self._due(one) for one in today.overdue]
        lines += [self._coming(one) for one in late]
        lines += [self._due(one) for one in today.near]
        lines += [self._coming(one) for one in soon]
        lines += [self._due(one) for one in today.week]
        lines += [self._coming(one) for one in later]
        parts += self._rows("due", lines)
        if not lines:
            parts.append(calm("Không có việc nào quá hạn hoặc đến hạn trong tuần này."))
        return self._card("Hôm nay và trong tuần", "incident", parts)

    def _coming(self, one: Coming) -> Line:
        told = one.told[0].upper() + one.told[1:]
        tone = "fault" if one.left < 0 else "watch" if one.left == 0 else "info"
        detail = f"{SPECS[one.kind].label}, hạn {show_date(one.day)}"
        title = one.title or SPECS[one.kind].label
        return Line(title, self._go(Lead(one.kind, record=one.id)), told, tone, detail)

    def news(self, morning: Morning) -> QWidget:
        """Return the card of what others did since the officer signed in before."""
        lines = [self._changed(one) for one in morning.news if self._reaches(one.kind)]
        hidden = [one for one in morning.news if not self._reaches(one.kind)]
        if hidden:
            count = sum(one.added + one.changed for one in hidden)
            to = self._go(Lead("admin", tab=JOURNAL_TAB))
            lines.append(Line(f"Hồ sơ khác: {show_integer(count)}", to, "Xem nhật ký", "calm"))
        parts = self._rows("news", lines)
        if not morning.since:
            parts = [calm("Đây là lần đăng nhập đầu tiên của cán bộ trên máy này.")]
        elif not lines:
            parts = [calm(f"Từ {morning.since} không có thay đổi của người khác.")]
        else:
            parts.insert(0, calm(f"Từ {morning.since}, do cán bộ khác và gói dữ liệu mang đến."))
        return self._card("Thay đổi từ lần đăng nhập trước", "history", parts)

    def _changed(self, one: News) -> Line:
        told = [f"{show_integer(one.added)} mới"] if one.added else []
        told += [f"{show_integer(one.changed)} sửa"] if one.changed else []
        narrowed = Narrowed("Thay đổi từ lần đăng nhập trước", among=one.ids) if one.ids else None
        to = self._go(Lead(one.kind, narrowed=narrowed))
        return Line(_KINDS.get(one.kind) or spec_of(one.kind).plural, to, ", ".join(told), "info")

    def _due(self, one: Due) -> Line:
        late = one.left < 0 or one.at_once
        told = one.told[0].upper() + one.told[1:]
        detail = f"hạn {show_moment(one.due_at)}"
        lead = Lead("incident", record=one.id)
        tone = "fault" if late else "watch"
        return Line(one.title, self._go(lead), told, tone, detail, f"{one.title}: {one.step}")

    def schemes(self, today: Today) -> QWidget:
        """Return the card of schemes that want attention."""
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

    def assigned(self, today: Today) -> list[QWidget]:
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

    def between(self, today: Today) -> list[QWidget]:
        """Return the card of what waits between units; none where nothing does."""
        lines = between_lines(today, lambda tab: self._go(Lead("handover", tab=tab)))
        shown = self._rows("between", lines)
        return [self._card("Giữa các đơn vị", "handover", shown)] if lines else []

    def handover(self, today: Today) -> QWidget:
        """Return the card of what is handed over and backed up."""
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

    def gaps(self, today: Today) -> QWidget:
        """Return the card of what is missing, and of the yearly review."""
        parts: list[QWidget] = []
        if today.morning.review:
            to = self._go(Lead("admin", tab=PRIVACY_TAB))
            words = "Rà soát hằng năm dữ liệu về người"
            parts.append(self._row(Line(words, to, "Đến kỳ", "watch")))
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

    def welcome(self, today: Today) -> QWidget:
        """Return the card of first steps, for a store without records."""
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
