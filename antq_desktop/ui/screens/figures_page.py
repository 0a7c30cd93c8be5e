"""The page of figures: period, unit and comparison above, the table, and the figure in view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.succession import ByUnits
from antq_desktop.domain.text import opening
from antq_desktop.services.figures_table import Against, FigureLine, FigureTable
from antq_desktop.services.profiles import RECEIVER_LEVEL
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.editor_kit import civil_now
from antq_desktop.ui.screens.figures_model import (
    ADJUSTED,
    BEFORE,
    CHANGE,
    LABEL,
    REPORTED,
    SOURCE,
    VALUE,
    FigureModel,
    HatchingDelegate,
)
from antq_desktop.ui.screens.figures_pane import FigurePane
from antq_desktop.ui.screens.filters import FilterChoice
from antq_desktop.ui.screens.periods_offered import period_options
from antq_desktop.ui.theme import BASE_POINTS, UNIT
from antq_desktop.ui.widgets.chosen_fields import matching
from antq_desktop.ui.widgets.field import Option

if TYPE_CHECKING:
    from antq_desktop.domain.periods import Period
    from antq_desktop.ui.widgets.picker import Deliver
    from antq_desktop.ui.workplace import Workplace

_BESIDE_FROM: Final = 980  # logical px; narrower, the pane lies below
_PANE: Final = 288
_LETTERS: Final = {VALUE: 11, BEFORE: 13, CHANGE: 21, SOURCE: 11}


@dataclass(frozen=True, slots=True)
class FiguresWanted:
    """What is asked for: name of the period, what it is held against, the unit, by which units."""

    period: str
    against: Against
    unit: str
    by: ByUnits = ByUnits.NOW


class FiguresPage(QWidget):
    """The figures; `asked` wants them counted, `looked` says that another is in view.

    The others open what their name says.
    """

    asked = Signal()
    looked = Signal()
    enter_asked = Signal()
    print_asked = Signal()
    workbook_asked = Signal()
    copy_asked = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        office = workplace.office
        self._receives = office.level == RECEIVER_LEVEL
        self.forms = ("summary", "summary_by_unit") if self._receives else ("summary",)
        self.answer: FigureTable | None = None
        self.stale = True
        self._code = ""
        self._make_parts()
        self._lay_out()
        self._connect()
        self._take_period(office.periods.named(str(civil_now(office).year)))

    def wanted(self) -> FiguresWanted:
        """Return what is asked for."""
        period = self.period.option.id or str(civil_now(self._workplace.office).year)
        against = Against(self.against.option.id or Against.YEAR)
        by = ByUnits(self.by.option.id or ByUnits.NOW)
        return FiguresWanted(period, against, self.unit.option.id, by)

    @property
    def line(self) -> FigureLine | None:
        """The figure in view."""
        return self.model.line(self.table.currentIndex().row())

    def begin(self) -> None:
        """Say that figures are being counted."""
        self.stale = False
        self.told.setText("Đang tính…")

    def show_answer(self, answer: object) -> None:
        """Show counted figures; the one in view stays."""
        if not isinstance(answer, FigureTable):
            return
        self.answer = answer
        self.told.setText(opening(f"{answer.period.label}, so với {answer.earlier.label}"))
        self.by.setVisible(self._receives and answer.changed_units)
        self._show()

    def take_focus(self) -> None:
        """Give the keyboard to the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, code: str) -> None:
        """Bring a figure into view."""
        self._code = code
        row = self.model.row_of(code)
        if row >= 0:
            self.table.setCurrentIndex(self.model.index(row, LABEL))
            self.table.scrollTo(self.table.currentIndex())

    def head_with(self, chooser: QWidget | None) -> None:
        """Let something to choose from stand in place of the heading; None brings it back."""
        self.heading.setVisible(chooser is None)
        if chooser is not None:
            self._head.insertWidget(0, chooser)
            chooser.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the pane below where there is no room beside the table."""
        super().resizeEvent(event)
        grown = max(1.0, self._workplace.theme.points / BASE_POINTS)
        beside = self.width() >= _BESIDE_FROM * grown
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if wanted != self.splitter.orientation():
            self.splitter.setOrientation(wanted)
            whole = self.splitter.width() if beside else self.splitter.height()
            pane = round(_PANE * grown) if beside else whole // 3
            self.splitter.setSizes([max(whole - pane, 1), pane])

    # parts

    def _make_parts(self) -> None:
        workplace, theme = self._workplace, self._workplace.theme
        self.heading = QLabel("Số liệu")
        self.heading.setProperty("role", "title")
        self.told = QLabel()
        self.told.setProperty("role", "hint")
        self.enter_button = make_button(
            "Nhập từ báo cáo", theme, role="primary", icon="edit",
            tip="Nhập nhiều số liệu của một báo cáo trong một lần (Ctrl+N)",
        )  # fmt: skip
        self.print_button = make_button(
            "In bảng tổng hợp", theme, icon="print", tip="Xem và in (Ctrl+P)"
        )
        self.workbook_button = make_button(
            "Ghi ra Excel", theme, icon="download", tip="Ghi bảng này ra tệp Excel"
        )
        self.copy_button = make_button(
            "Chép số…", theme, icon="copy",
            tip="Chép số liệu theo thứ tự và ô của biểu khác, hệ thống khác",
        )  # fmt: skip
        self.period = FilterChoice(workplace, "Năm nay", "Kỳ", self._find_periods, searchable=True)
        self.against = FilterChoice(
            workplace, "So với cùng kỳ năm trước", "So với",
            lambda words, deliver: deliver(matching(_AGAINST, words)), searchable=False,
        )  # fmt: skip
        self.against.show_option(_AGAINST[0])
        self.unit = FilterChoice(
            workplace, "Mọi đơn vị", "Đơn vị", self._find_units, searchable=True
        )
        self.by = FilterChoice(
            workplace, ByUnits.NOW.label, "Cộng theo",
            lambda words, deliver: deliver(matching(_BY, words)), searchable=False,
        )  # fmt: skip
        self.by.show_option(_BY[0])
        self.by.hide()
        self.only_known = QCheckBox("Chỉ chỉ tiêu có số liệu")
        self.only_known.setChecked(True)
        self.model = FigureModel(theme, self)
        self.table = QTableView()
        self.pane = FigurePane(theme, workplace.office.unit)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.empty = QLabel(
            "Kỳ này chưa có hồ sơ và chưa có số liệu theo báo cáo. Chọn kỳ khác, hoặc nhập số liệu "
            "từ báo cáo."
        )
        self.empty.setProperty("role", "label")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._dress_table()

    def _dress_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setItemDelegate(HatchingDelegate(self._workplace.theme, table))
        table.setAccessibleName("Bảng số liệu")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self._workplace.theme.measures.row)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        letter = table.fontMetrics().averageCharWidth()
        for column, letters in _LETTERS.items():
            header.resizeSection(column, letters * letter + 2 * UNIT)
        header.setSectionResizeMode(LABEL, QHeaderView.ResizeMode.Stretch)

    def _lay_out(self) -> None:
        head = self._head = QHBoxLayout()
        head.setSpacing(UNIT + 4)
        head.addWidget(self.heading)
        head.addWidget(self.told, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        for button in (
            self.copy_button, self.workbook_button, self.print_button, self.enter_button,
        ):  # fmt: skip
            head.addWidget(button)
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        for choice in (self.period, self.against, self.unit, self.by):
            row.addWidget(choice, 3)
        row.addWidget(self.only_known)
        row.addStretch(2)
        self.unit.setHidden(not self._receives)
        left = QWidget()
        both = QVBoxLayout(left)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(self.table, 1)
        both.addWidget(self.empty, 1)
        self.empty.hide()
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.pane)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setHandleWidth(UNIT + 4)
        self.splitter.setChildrenCollapsible(False)
        self.pane.setMinimumSize(32 * UNIT, 14 * UNIT)
        self.splitter.setSizes([800, _PANE])
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        page.setSpacing(UNIT + 4)
        page.addLayout(head)
        page.addLayout(row)
        page.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        for choice in (self.period, self.against, self.unit):
            choice.chosen.connect(self.asked)
        self.by.chosen.connect(self._take_by)
        self.only_known.toggled.connect(lambda _on: self._show())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._look())
        self.enter_button.clicked.connect(self.enter_asked)
        self.print_button.clicked.connect(self.print_asked)
        self.workbook_button.clicked.connect(self.workbook_asked)
        self.copy_button.clicked.connect(self.copy_asked)
        self._workplace.changes.written.connect(self._on_written)
        actions: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+N", self.enter_asked.emit),
            ("Ctrl+P", self.print_asked.emit),
            ("F5", self.asked.emit),
        )
        for keys, action in actions:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda action=action: action())

    # inside

    def _show(self) -> None:
        if self.answer is None:
            return
        code = self._code
        self.table.clearSpans()
        self.model.show(self.answer, only_known=self.only_known.isChecked())
        for column in (REPORTED, ADJUSTED):
            self.table.setColumnHidden(column, not self.answer.has_adjustments)
        for row in self.model.headings():
            self.table.setSpan(row, LABEL, 1, SOURCE + 1)
        self.empty.setVisible(self.model.rowCount() == 0)
        self.table.setVisible(self.model.rowCount() > 0)
        self.pane.clear()
        self.go_to(code)

    def _look(self) -> None:
        line = self.line
        if line is None or self.answer is None:
            return
        self._code = line.code
        self.pane.show_line(self.answer, line)
        self.looked.emit()

    def _take_by(self) -> None:
        """Count by other units: the one that was chosen may not be among them."""
        self.unit.show_option(Option("", "Mọi đơn vị"))
        self.asked.emit()

    def _take_period(self, period: Period) -> None:
        self.period.show_option(_option(period))

    def _find_periods(self, words: str, deliver: Deliver) -> None:
        deliver(period_options(self._workplace.office, words))

    def _find_units(self, words: str, deliver: Deliver) -> None:
        units = self.answer.units if self.answer is not None else {}
        deliver(matching([Option(unit, name) for unit, name in units.items()], words))

    def _on_written(self, _kinds: Sequence[str]) -> None:
        self.stale = True
        if self.isVisible():
            self.asked.emit()


_BY: Final = tuple(Option(str(one), one.label) for one in ByUnits)
_AGAINST: Final = (
    Option(Against.YEAR, "So với cùng kỳ năm trước"),
    Option(Against.PERIOD, "So với kỳ trước"),
)


def _option(period: Period) -> Option:
    return Option(period.name, opening(period.label))
