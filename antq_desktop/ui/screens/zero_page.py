"""Không phát sinh: what has neither a record nor a word for a period, said in one click."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.periods import calendar_period
from antq_desktop.domain.zero_reports import KIND, REPORTED
from antq_desktop.services.zero_reports import ZeroState
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.screens.handover_parts import LocalTable, Told, words
from antq_desktop.ui.screens.home import Lead
from antq_desktop.ui.sources import Badge, TableRow
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.zero_reports import Against, ZeroLine, ZeroMonth
    from antq_desktop.ui.workplace import Workplace

    _Found = tuple[list[ZeroMonth], list[ZeroLine], list[Against]]

TITLE: Final = "Không phát sinh"
_TONES: Final = {
    ZeroState.OPEN: "watch",
    ZeroState.ZERO: "calm",
    ZeroState.RECORDS: "plain",
    ZeroState.CONTRADICTED: "fault",
}


class ZeroPage(QWidget):
    """The kinds of one period; what is open is reported in one action."""

    def __init__(self, workplace: Workplace, lead: Callable[[Lead], None]) -> None:
        super().__init__()
        self._workplace = workplace
        self._lead = lead
        self._lines: dict[str, ZeroLine] = {}
        self._wanted = ""
        theme = workplace.theme
        self.period = QComboBox()
        self.period.setAccessibleName("Kỳ báo cáo")
        self.period.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.period.activated.connect(lambda _at: self._turn())
        self.table = LocalTable(
            (
                Column("label", "Nội dung", 44, sortable=False),
                Column("state", "Trong kỳ", 20, sortable=False),
                Column("records", "Hồ sơ", 8, numeric=True, sortable=False),
            ),
            workplace,
            "Nội dung báo cáo",
        )
        self.table.opened.connect(self._open)
        self.table.selection_changed.connect(lambda _count: self._enable())
        self.all = make_button("", theme, role="primary", icon="check")
        self.all.clicked.connect(self.declare_all)
        self.some = make_button("Báo cho loại đang chọn", theme, icon="check")
        self.some.clicked.connect(self.declare_chosen)
        self.back = make_button("Bỏ báo cáo đang chọn", theme, icon="undo")
        self.back.clicked.connect(self.take_back)
        self.told = Told(theme)
        self._lay_out()
        workplace.changes.written.connect(self._on_written)
        self._enable()

    def reload(self) -> None:
        """Read again what is open."""
        office, wanted = self._workplace.office, self._wanted

        def work(_control: object) -> _Found:
            zeros = office.oversight.zero_reports
            months = zeros.months()
            name = wanted or months[0].name
            return months, zeros.board(calendar_period(name)), zeros.against()

        self._workplace.jobs.read(work, self._show, owner=self, lane="zeros")

    def declare_all(self) -> None:
        """Report every kind that is still open."""
        self._declare([one for one, line in self._lines.items() if _is_open(line)])

    def declare_chosen(self) -> None:
        """Report the chosen kinds."""
        self._declare([one for one in self.table.selected_ids() if _is_open(self._lines[one])])

    def take_back(self) -> None:
        """Take the chosen zero reports back."""
        lines = [self._lines[one] for one in self.table.selected_ids() if one in self._lines]
        ids = [line.zero for line in lines if line.zero]
        office = self._workplace.office
        if ids:
            self._workplace.jobs.write(
                lambda _control: office.oversight.zero_reports.take_back(ids),
                lambda saved: self._workplace.told(saved, (KIND,)),
                owner=self,
            )

    def _declare(self, abouts: list[str]) -> None:
        office, period = self._workplace.office, calendar_period(self._wanted)
        if abouts:
            self._workplace.jobs.write(
                lambda _control: office.oversight.zero_reports.declare(abouts, period),
                lambda saved: self._workplace.told(saved, (KIND,)),
                owner=self,
            )

    def _show(self, found: _Found) -> None:
        months, lines, against = found
        self._wanted = self._wanted or months[0].name
        self.period.clear()
        for month in months:
            left = f"còn {month.open} loại chưa báo" if month.open else "đủ"
            self.period.addItem(f"{month.label}: {left}", month.name)
        self.period.setCurrentIndex(self.period.findData(self._wanted))
        self._lines = {line.about: line for line in lines}
        self.table.show_rows([_row(line) for line in lines])
        own = [one.told for one in against if one.unit == self._workplace.office.unit]
        self.told.say("\n".join(own[:3]), "fault")
        self._enable()

    def _turn(self) -> None:
        self._wanted = str(self.period.currentData() or "")
        self.reload()

    def _open(self, about: str) -> None:
        line = self._lines.get(about)
        if line is not None and (line.example or line.zero):
            self._lead(Lead(about, line.example) if line.example else Lead(KIND, line.zero))

    def _enable(self) -> None:
        left = sum(_is_open(line) for line in self._lines.values())
        self.all.setText(f" Báo không phát sinh cho cả {left} loại" if left else " Kỳ này đã đủ")
        self.all.setEnabled(bool(left))
        chosen = [self._lines[one] for one in self.table.selected_ids() if one in self._lines]
        self.some.setEnabled(any(_is_open(line) for line in chosen))
        self.back.setEnabled(any(line.zero for line in chosen))

    def _on_written(self, kinds: tuple[str, ...]) -> None:
        if self.isVisible() and set(kinds) & {KIND, *REPORTED}:
            self.reload()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(UNIT)
        label = words("Kỳ báo cáo", "label", wrap=False)
        label.setBuddy(self.period)
        top.addWidget(label)
        top.addWidget(self.period)
        top.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        for button in (self.all, self.some, self.back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 2 * UNIT, 0, 0)
        page.setSpacing(UNIT)
        page.addLayout(top)
        page.addWidget(
            words(
                "Chưa có hồ sơ và chưa báo không phát sinh thì nơi nhận không phân biệt được với"
                " chưa báo cáo. Báo cáo này được ký và đi cùng gói dữ liệu lần sau.",
                "hint",
            )
        )
        page.addWidget(self.told)
        page.addWidget(self.table, 1)
        page.addLayout(buttons)


def _is_open(line: ZeroLine) -> bool:
    return line.state is ZeroState.OPEN


def _row(line: ZeroLine) -> TableRow:
    badge = Badge(line.state.label, _TONES[line.state])
    return TableRow(line.about, (line.label, badge, str(line.records) if line.records else ""))
