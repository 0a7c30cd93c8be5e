"""A card of the first page with a chart, or the same in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from antq_desktop.domain.charts.said import in_words
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.chart import ChartView
from antq_desktop.ui.theme import UNIT, Theme

if TYPE_CHECKING:
    from antq_desktop.domain.charts.chart import Chart

_IN_WORDS = "Bằng chữ"
_AS_CHART = "Biểu đồ"


class ChartCard(QFrame):
    """A chart under its title; one button says it in words instead."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._chart: Chart | None = None
        self.title = QLabel()
        self.title.setProperty("role", "label")
        self.title.setWordWrap(True)
        self.turn = make_button(
            _IN_WORDS, theme, role="quiet", tip="Đọc biểu đồ này bằng chữ, hoặc xem lại hình"
        )
        self.turn.clicked.connect(self._turn)
        self.view = ChartView(theme)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.words.hide()
        head = QHBoxLayout()
        head.setSpacing(UNIT)
        head.addWidget(self.title, 1)
        head.addWidget(self.turn, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
        column.setSpacing(UNIT // 2)
        column.addLayout(head)
        column.addWidget(self.view)
        column.addWidget(self.words)

    def show_chart(self, chart: Chart) -> None:
        """Show a chart; one that already stands here is left alone."""
        if chart == self._chart:
            return
        self._chart = chart
        self.title.setText(chart.title)
        self.view.show_chart(chart)
        self.words.setText("\n".join(in_words(chart)[1:]))

    def _turn(self) -> None:
        words = self.words.isHidden()
        self.words.setVisible(words)
        self.view.setVisible(not words)
        self.turn.setText(_AS_CHART if words else _IN_WORDS)
