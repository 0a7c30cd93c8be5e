"""What stands on the page of a list, and where: heading, filters, table, totals, reading pane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from antq_desktop.domain.rights import Operation
from antq_desktop.domain.unit_sheets import is_offered
from antq_desktop.services.views import View
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.recordmodel import RecordModel
from antq_desktop.ui.screens.editor_bands import Bands
from antq_desktop.ui.screens.editor_layout import Layout
from antq_desktop.ui.screens.filters import FilterBar
from antq_desktop.ui.screens.listing_drafts import DraftOffer
from antq_desktop.ui.screens.listing_query import NOTE, Rows, columns_of
from antq_desktop.ui.screens.listing_totals import TotalsBar
from antq_desktop.ui.screens.listing_views import ViewButton, view_of
from antq_desktop.ui.screens.reading_pane import ReadingPane
from antq_desktop.ui.table import RecordTable
from antq_desktop.ui.theme import BASE_POINTS, UNIT

if TYPE_CHECKING:
    from antq_desktop.ui.workplace import Workplace

_BESIDE_FROM: Final = 980  # logical px; narrower, the reading pane lies below
_PANE: Final = 352
_VIEW_NARROW: Final = 14 * UNIT
WIDGET_MOST: Final = 16_777_215  # Qt's own bound


class ListFrame(QWidget):
    """The parts of the page of a list; what they do is up to the page."""

    def __init__(self, workplace: Workplace, layout: Layout) -> None:
        super().__init__()
        self._workplace = workplace
        self._layout = layout
        self._spec = workplace.office.lists.specs[layout.kind]
        self._order = ("", False)
        self._rows = Rows(workplace.office, self._spec, layout)
        self._make_parts()
        self._lay_out()

    def view(self) -> View:
        """Return the filters, the order and the columns that are seen."""
        columns = tuple(name for name in self.table.columns_in_order() if name != NOTE)
        return view_of(self.filters.value(), self._order, columns)

    def offer(self, button: QWidget) -> None:
        """Let a button of this kind alone stand above the list."""
        self._head.insertWidget(self._head.indexOf(self.register_button), button)

    def head_with(self, chooser: QWidget | None) -> None:
        """Let something to choose from stand in place of the heading; None brings it back."""
        self.heading.setVisible(chooser is None)
        if chooser is not None:
            self._head.insertWidget(0, chooser)
            chooser.show()

    def _make_parts(self) -> None:
        theme = self._workplace.theme
        self.heading = QLabel(self._layout.title)
        self.heading.setProperty("role", "title")
        self.found = QLabel()
        self.found.setProperty("role", "hint")
        self.new_button = make_button(
            self._layout.new,
            theme,
            role="primary",
            icon="add",
            tip=f"{self._layout.new} (Ctrl+N), chép từ hồ sơ đang chọn (Ctrl+D)",
        )
        self.register_button = make_button(
            self._layout.register_words,
            theme,
            icon="print",
            tip="Xem và in của kỳ đang lọc, hoặc của tháng này (Ctrl+P)",
        )
        self.sheet_button = make_button(
            "Nhập theo đơn vị",
            theme,
            icon="units",
            tip="Nhập cả bảng, mỗi đơn vị một dòng, dán được từ Excel (Ctrl+B)",
        )
        self.bands = Bands(theme)
        self.drafts = DraftOffer(self._workplace, self._spec, self.bands, self)
        self.filters = FilterBar(self._workplace, self._spec)
        plain = View(columns=self._layout.columns)
        self.views = ViewButton(self._workplace, self._spec, plain, self.view)
        self.totals = TotalsBar(self._workplace, self._spec)
        columns = columns_of(self._workplace.office, self._spec, self._layout.columns)
        self.model = RecordModel(columns, self._workplace.jobs, self)
        self.table: RecordTable = RecordTable(self.model, theme)
        self.table.setAccessibleName(f"Danh sách {self._spec.label}")
        self.pane = ReadingPane(self._workplace, self._layout)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)

    def _lay_out(self) -> None:
        head = self._head = QHBoxLayout()
        head.setSpacing(UNIT + 4)
        head.addWidget(self.heading)
        head.addWidget(self.found, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        head.addWidget(self.register_button)
        head.addWidget(self.sheet_button)
        head.addWidget(self.new_button)
        listed = QWidget()
        below = QVBoxLayout(listed)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.table, 1)
        below.addWidget(self.totals)
        self.splitter.addWidget(listed)
        self.splitter.addWidget(self.pane)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setHandleWidth(UNIT + 4)
        self.splitter.setChildrenCollapsible(False)
        self.pane.setMinimumSize(34 * UNIT, 16 * UNIT)
        self.splitter.setSizes([800, _PANE])
        self.table.resized.connect(self._fit_columns)
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        page.setSpacing(UNIT + 4)
        page.addLayout(head)
        page.addWidget(self.bands)
        asked = QHBoxLayout()
        asked.setSpacing(UNIT)
        asked.addWidget(self.views)
        asked.addWidget(self.filters, 1)
        page.addLayout(asked)
        page.addWidget(self.splitter, 1)
        self.register_button.setHidden(not self._layout.register)
        by_unit = self._workplace.enter_by_unit is not None and is_offered(self._spec)
        enters = self._workplace.office.standing.may(Operation.ENTER)
        self.sheet_button.setHidden(not by_unit or not enters)
        self.new_button.setHidden(not enters)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the reading pane below where there is no room beside the table."""
        super().resizeEvent(event)
        grown = max(1.0, self._workplace.theme.points / BASE_POINTS)
        beside = self.width() >= _BESIDE_FROM * grown
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if wanted != self.splitter.orientation():
            self.splitter.setOrientation(wanted)
            self.pane.lie_below(not beside)
            self.totals.set_compact(compact=not beside)
            self.views.setMaximumWidth(WIDGET_MOST if beside else round(_VIEW_NARROW * grown))
            whole = self.splitter.width() if beside else self.splitter.height()
            pane = round(_PANE * grown) if beside else whole // 2
            self.splitter.setSizes([max(whole - pane, 1), pane])

    def _fit_columns(self) -> None:
        """Leave out what the reading pane shows anyway where the table is too narrow for it."""
        letter = self.table.fontMetrics().averageCharWidth()
        room = self.table.viewport().width() // max(letter, 1)
        spare = self._layout.spare if self._rows.columns == self._layout.columns else {}
        self.table.hide_columns([name for name, least in spare.items() if room < least])
