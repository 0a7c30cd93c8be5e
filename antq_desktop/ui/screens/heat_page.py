"""Theo tháng: units by months at the receiver, each cell a word; letters for what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QSplitter, QTabWidget, QVBoxLayout, QWidget

from antq_desktop.domain.heat import LATEST_DUE_DAY, Heat
from antq_desktop.domain.shown import show_date
from antq_desktop.services.zero_reports import months_back
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.screens.editor_kit import civil_now
from antq_desktop.ui.screens.handover_papers import show_paper, show_papers
from antq_desktop.ui.screens.handover_parts import LocalTable, words
from antq_desktop.ui.screens.home import Lead
from antq_desktop.ui.screens.preview_wanted import Wanted
from antq_desktop.ui.sources import Badge, Cell, TableRow
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.domain.heat import HeatCell
    from antq_desktop.services.arrivals import Arrived
    from antq_desktop.services.following import HeatMap, HeatRow, RuleErrors
    from antq_desktop.services.zero_reports import Against
    from antq_desktop.ui.workplace import Workplace

    _Found = tuple[HeatMap, list[RuleErrors], list[Against], list[Arrived]]

TITLE: Final = "Theo tháng"
LETTER: Final = "gap_letter"
_TONES: Final = {
    Heat.RECEIVED: "calm",
    Heat.ZERO: "plain",
    Heat.LATE: "watch",
    Heat.RETURNED: "fault",
    Heat.GAP: "fault",
    Heat.PENDING: "info",
}
_MONTHS: Final = 12


class HeatPage(QWidget):
    """The map above, and below it the months of one unit, error rates, contradictions."""

    def __init__(self, workplace: Workplace, lead: Callable[[Lead], None]) -> None:
        super().__init__()
        self._workplace = workplace
        self._lead = lead
        self._map: HeatMap | None = None
        self._bundles: dict[str, Arrived] = {}
        self._against: dict[str, Against] = {}
        theme = workplace.theme
        today = civil_now(workplace.office)
        self._names = tuple(reversed(months_back(f"{today:%Y-%m}", _MONTHS)))
        months = tuple(
            Column(name, f"{int(name[5:])}/{name[2:4]}", 5, sortable=False) for name in self._names
        )
        self.table = LocalTable(
            (
                Column("name", "Đơn vị", 20, sortable=False),
                *months,
                Column("missing", "Gói thiếu", 9, sortable=False),
            ),
            workplace,
            "Đơn vị theo tháng",
        )
        self.table.set_empty("Chưa có đơn vị nào đăng ký máy.", "", None)
        self.table.current_changed.connect(self._show_unit)
        self.table.selection_changed.connect(lambda _count: self._enable())
        self.months = _plain(
            workplace, "Các tháng của đơn vị", ("Tháng", 12), ("Tình trạng", 26), ("Hạn", 11),
            ("Gói", 26),
        )  # fmt: skip
        self.months.set_empty("Chọn một đơn vị ở bảng trên.", "", None)
        self.months.opened.connect(self.open_bundle)
        self.errors = _plain(
            workplace, "Tỷ lệ lỗi", ("Đơn vị", 22), ("Quy định", 44), ("Số lần", 8), ("Tỷ lệ", 18)
        )
        self.errors.set_empty("Chưa có hồ sơ, gói nào bị trả lại.", "", None)
        self.against = _plain(workplace, "Trái nhau", ("Báo cáo không phát sinh trái hồ sơ", 80))
        self.against.set_empty("Không có báo cáo không phát sinh nào trái với hồ sơ.", "", None)
        self.against.opened.connect(self._open_against)
        self.below = QTabWidget()
        self.below.setDocumentMode(True)
        for name, part in (
            ("Các tháng", self.months), ("Tỷ lệ lỗi", self.errors), ("Trái nhau", self.against),
        ):  # fmt: skip
            self.below.addTab(part, name)
        self.due = QSpinBox()
        self.due.setRange(1, LATEST_DUE_DAY)
        self.due.setAccessibleName("Hạn gửi, ngày của tháng sau")
        self.due.editingFinished.connect(self._keep_due)
        self.letter = make_button("Công văn đôn đốc đơn vị đang chọn…", theme, icon="print")
        self.letter.clicked.connect(lambda: self._letters(self._wanting(chosen=True)))
        self.letters = make_button("", theme, role="primary", icon="print")
        self.letters.clicked.connect(lambda: self._letters(self._wanting(chosen=False)))
        self._lay_out()
        self._enable()

    def reload(self) -> None:
        """Read again who sent when."""
        office, last = self._workplace.office, self._names[-1]

        def work(_control: object) -> _Found:
            following = office.oversight.following
            return (
                following.heat(last),
                following.errors(),
                office.oversight.zero_reports.against(),
                office.handover.arrivals.arrived(),
            )

        self._workplace.jobs.read(work, self._show, owner=self, lane="heat")

    def open_bundle(self, month: str) -> None:
        """Show the receipt of the bundle behind a month, or the letter where there is none."""
        row = self._map.row(self.table.current_id()) if self._map else None
        cell = next((one for one in row.cells if one.month == month), None) if row else None
        if row is None or cell is None:
            return
        bundle = max(self._of(cell), key=lambda one: one.number, default=None)
        if bundle is not None and bundle.digest:
            show_paper(self, Wanted("receipt", bundle=bundle.digest))
        elif month in row.gaps:
            self._letters([row.unit])

    def _show(self, found: _Found) -> None:
        heat, errors, against, arrived = found
        self._map = heat
        self._bundles = {one.sha256: one for one in arrived}
        self._against = {one.zero: one for one in against}
        self.table.show_rows([_row(row) for row in heat.rows])
        self.errors.show_rows([_error_row(at, one) for at, one in enumerate(errors)])
        self.against.show_rows([TableRow(one.zero, (one.told,)) for one in against])
        self.below.setTabText(2, f"Trái nhau ({len(against)})" if against else "Trái nhau")
        self.due.setValue(heat.due_day)
        if heat.rows and not self.table.current_id():
            self.table.go_to(heat.rows[0].unit)
        self._show_unit(self.table.current_id())
        self._enable()

    def _show_unit(self, unit: str) -> None:
        row = self._map.row(unit) if self._map else None
        cells = reversed(row.cells) if row else ()
        self.months.show_rows([self._month_row(cell) for cell in cells])

    def _month_row(self, cell: HeatCell) -> TableRow:
        bundles = sorted(self._of(cell), key=lambda one: one.number)
        told = "; ".join(f"số {one.number}, {one.received}" for one in bundles)
        state: Cell = Badge(cell.state.label, _TONES[cell.state]) if cell.state in _TONES else ""
        month = f"{int(cell.month[5:])}/{cell.month[:4]}"
        return TableRow(cell.month, (month, state, show_date(cell.due), told))

    def _of(self, cell: HeatCell) -> list[Arrived]:
        return [self._bundles[one] for one in cell.bundles if one in self._bundles]

    def _open_against(self, zero: str) -> None:
        one = self._against.get(zero)
        if one is not None:
            self._lead(Lead(one.about, one.example))

    def _wanting(self, *, chosen: bool) -> list[str]:
        rows = self._map.rows if self._map else ()
        among = set(self.table.selected_ids()) if chosen else {row.unit for row in rows}
        return [row.unit for row in rows if row.wants_letter and row.unit in among]

    def _letters(self, units: Sequence[str]) -> None:
        if units:
            show_papers(self, [Wanted(LETTER, record_id=unit) for unit in units])

    def _keep_due(self) -> None:
        office, day = self._workplace.office, self.due.value()
        if self._map is not None and day != self._map.due_day:
            self._workplace.jobs.write(
                lambda _control: office.oversight.following.set_due_day(day),
                lambda _done: self.reload(),
                owner=self,
            )

    def _enable(self) -> None:
        every = len(self._wanting(chosen=False))
        self.letters.setText(f" Công văn đôn đốc cả {every} đơn vị…" if every else " Không thiếu")
        self.letters.setEnabled(bool(every))
        self.letter.setEnabled(bool(self._wanting(chosen=True)))

    def _lay_out(self) -> None:
        legend = " · ".join(
            f"{one.word} = {one.label}" for one in Heat if one.word and one is not Heat.BEFORE
        )
        top = QHBoxLayout()
        top.setSpacing(UNIT)
        top.addWidget(words(legend, "hint"), 1)
        label = words("Hạn gửi: ngày", "label", wrap=False)
        label.setBuddy(self.due)
        top.addWidget(label)
        top.addWidget(self.due)
        top.addWidget(words("tháng sau", "label", wrap=False))
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addWidget(self.letters)
        buttons.addWidget(self.letter)
        buttons.addStretch(1)
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(above)
        splitter.addWidget(self.below)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 2 * UNIT, 0, 0)
        page.addWidget(splitter)


def _plain(workplace: Workplace, name: str, *columns: tuple[str, int]) -> LocalTable:
    made = tuple(
        Column(f"c{at}", title, letters, sortable=False)
        for at, (title, letters) in enumerate(columns)
    )
    return LocalTable(made, workplace, name)


def _row(row: HeatRow) -> TableRow:
    cells: list[Cell] = [
        Badge(cell.state.word, _TONES[cell.state]) if cell.state in _TONES else ""
        for cell in row.cells
    ]
    missing = ", ".join(str(number) for number in row.missing)
    return TableRow(row.unit, (row.name, *cells, missing))


def _error_row(at: int, one: RuleErrors) -> TableRow:
    what = "gói" if one.bundles else "hồ sơ"
    rate = f"{one.rate} của {one.of} {what}"
    return TableRow(f"{at}", (one.unit, one.rule, str(one.count), rate))
