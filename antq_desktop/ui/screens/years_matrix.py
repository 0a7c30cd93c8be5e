"""*Theo dõi nhiều năm*: units by years, who is late or missing, and what is to be appraised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from antq_desktop.domain.shown import show_date, show_integer
from antq_desktop.domain.text import opening
from antq_desktop.services.standards.receiver import (
    GRADE,
    RECOGNISED,
    REGISTERED,
    SHEET,
    Matrix,
    Missing,
    YearCell,
)
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.screens.cycle import BELOW, CyclePage, CycleScreen, Season
from antq_desktop.ui.screens.cycle_head import CycleHead
from antq_desktop.ui.screens.handover_parts import LocalTable
from antq_desktop.ui.sources import Badge, TableRow
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.domain.codes import Codes
    from antq_desktop.ui.workplace import Workplace

    _Found = tuple[Matrix, tuple[Missing, ...], tuple[tuple[str, str, str], ...]]

_YEARS: Final = 5
_TONES: Final = {"excellent": "calm", "good": "info", "average": "watch", "poor": "fault"}
_WANTED: Final = {
    REGISTERED: "đăng ký",
    SHEET: "phiếu chấm",
    RECOGNISED: "quyết định công nhận",
    GRADE: "phân loại",
}


class MatrixPage(CyclePage):
    """Three views over the units; `sheet_opened` wants a sheet that waits for its appraisal."""

    sheet_opened = Signal(str)

    def __init__(self, workplace: Workplace, season: Season) -> None:
        super().__init__()
        self._workplace = workplace
        self.head = CycleHead(workplace, season, "Theo dõi nhiều năm", standard=False)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.matrix: LocalTable | None = None
        self.missing = LocalTable(
            (
                Column("name", "Đơn vị", 34, sortable=False),
                Column("lacks", "Chưa có", 44, sortable=False),
                Column("late", "Đã quá hạn", 60, sortable=False),
            ),
            workplace, "Chậm, còn thiếu",
        )  # fmt: skip
        self.waiting = LocalTable(
            (
                Column("name", "Đơn vị", 34, sortable=False),
                Column("title", "Bộ tiêu chí", 60, sortable=False),
            ),
            workplace, "Chờ thẩm định",
        )  # fmt: skip
        self.missing.set_empty("Không đơn vị nào còn thiếu.", "", None)
        self.waiting.set_empty("Không có phiếu chấm nào của đơn vị khác chờ thẩm định.", "", None)
        self.waiting.opened.connect(self.sheet_opened)
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        page.setSpacing(UNIT + 2)
        page.addWidget(self.head)
        page.addWidget(self.tabs, 1)

    def show_answer(self, found: _Found) -> None:
        """Show the years up to the one in view."""
        matrix, missing, waiting = found
        self.head.refresh()
        at = max(self.tabs.currentIndex(), 0)
        self._show_matrix(matrix)
        self.missing.show_rows([
            TableRow(each.unit, (each.name, _lacks(each), _late(each))) for each in missing
        ])  # fmt: skip
        self.waiting.show_rows([TableRow(one, (name, title)) for one, name, title in waiting])
        for place, (title, count) in enumerate((
            ("Đơn vị và năm", 0),
            ("Chậm, còn thiếu", len(missing)),
            ("Chờ thẩm định", len(waiting)),
        )):  # fmt: skip
            self.tabs.setTabText(place, f"{title} ({show_integer(count)})" if count else title)
        self.tabs.setCurrentIndex(at)

    def take_focus(self) -> None:
        """Give the keyboard to the view in front."""
        page = self.tabs.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def head_with(self, chooser: QWidget | None) -> None:
        """Let something to choose from stand in place of the heading."""
        self.head.head_with(chooser)

    def _show_matrix(self, matrix: Matrix) -> None:
        years = [str(year) for year in matrix.years]
        if self.matrix is None or self.matrix.property("years") != years:
            table = LocalTable(
                (
                    Column("name", "Đơn vị", 30, sortable=False),
                    *(Column(f"y{year}", f"Năm {year}", 19, sortable=False) for year in years),
                ),
                self._workplace, "Đơn vị và năm",
            )  # fmt: skip
            table.setProperty("years", years)
            table.set_empty("Chưa có đơn vị nào.", "", None)
            while self.tabs.count():
                self.tabs.removeTab(0)
            if self.matrix is not None:
                self.matrix.deleteLater()
            self.matrix = table
            for each in (table, self.missing, self.waiting):
                self.tabs.addTab(each, each.accessibleName())
        codes = self._workplace.office.codes
        self.matrix.show_rows([
            TableRow(unit, (name, *(_cell(cells[year], codes) for year in matrix.years)))
            for unit, name, cells in matrix.rows
        ])  # fmt: skip


class MatrixScreen(CycleScreen):
    """Units over the years."""

    key = BELOW
    title = "Theo dõi nhiều năm"

    @property
    def page(self) -> MatrixPage:
        """The page."""
        page = self.list
        assert isinstance(page, MatrixPage)  # noqa: S101 - made below
        return page

    def make_page(self) -> MatrixPage:
        """Return the page, connected."""
        page = MatrixPage(self.workplace, self.season)
        page.sheet_opened.connect(self.open_sheet)
        return page

    def reload(self) -> None:
        """Read the years up to the one in view."""
        receiving, year = self.workplace.office.standards.receiving, self.season.year
        self.workplace.jobs.read(
            lambda _control: (
                receiving.matrix(year, _YEARS),
                receiving.missing(year),
                receiving.to_appraise(year),
            ),
            self.page.show_answer,
            owner=self.page,
            lane="matrix",
        )


def _cell(cell: YearCell, codes: Codes) -> str | Badge:
    if cell.grade:
        grade = codes.label("movement_grade", cell.grade)
        told = f"✓ {grade}" if cell.recognised else grade
        return Badge(told, _TONES.get(cell.grade, "plain"))
    if cell.recognised:
        return Badge("✓ Công nhận", "calm")
    if cell.sheets:
        return f"{show_integer(cell.sheets)} phiếu"
    return "Đã đăng ký" if cell.registered else "–"


def _lacks(each: Missing) -> str:
    return opening(", ".join(_WANTED[name] for name in each.lacks))


def _late(each: Missing) -> str | Badge:
    if not each.late:
        return ""
    told = [f"{_WANTED[name]} (hạn {show_date(day)})" for name, day in each.late.items()]
    return Badge(f"△ {opening(', '.join(told))}", "watch")
