"""What a score sheet looks like: its head, its result, the items, the pane of the one in view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.scoring.sheets import Answer
from antq_desktop.ui.buttons import make_button, make_tool
from antq_desktop.ui.elided import ElidedLabel
from antq_desktop.ui.screens.board_model import BoardDelegate
from antq_desktop.ui.screens.editor_bands import Bands
from antq_desktop.ui.screens.handover_parts import FoldingSplitter, words
from antq_desktop.ui.screens.score_model import APPRAISED, EVIDENCE, OWN, TEXT, ScoreModel
from antq_desktop.ui.screens.score_pane import ScorePane
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.ui.workplace import Workplace

_LETTERS: Final = {OWN: 18, APPRAISED: 13, EVIDENCE: 8}
_MOST_LINES: Final = 3  # of the words of an item in the list; the pane has them all


class ScoreTable(QTableView):
    """The items; letters answer the one in view: D đạt, C chưa đạt, K không áp dụng."""

    answered = Signal(str)
    entered = Signal()

    def bring(self, index: QModelIndex) -> None:
        """Make an item the current one and bring it into view, once its rows have their height."""
        self.setCurrentIndex(index)
        middle = QAbstractItemView.ScrollHint.PositionAtCenter
        QTimer.singleShot(0, self, lambda: self.scrollTo(self.currentIndex(), middle))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by a letter, go into the pane at Enter."""
        answers = {Qt.Key.Key_D: Answer.MET, Qt.Key.Key_C: Answer.NOT_MET,
                   Qt.Key.Key_K: Answer.NOT_APPLICABLE}  # fmt: skip
        answer = answers.get(Qt.Key(event.key())) if not event.modifiers() else None
        if answer is not None:
            self.answered.emit(answer.value)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class ScoreFrame(QWidget):
    """The parts of the page, laid out and not connected."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._make_parts()
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the result its room."""
        super().resizeEvent(event)
        self.fit_words()

    def fit_words(self) -> None:
        """Say the whole words on the buttons where there is room; their tips always do."""
        row = (self.result, self.left, self.appraised, self.none_button, self.agree_button,
               self.today_button, self.compute_button)  # fmt: skip
        self._say_words(short=False)
        shown = [part.sizeHint().width() + UNIT for part in row if not part.isHidden()]
        self._say_words(short=sum(shown) > self.width() - 4 * UNIT)

    def _say_words(self, *, short: bool) -> None:
        for button, long, brief in (
            (self.none_button, "Dấu: không xảy ra", "Không xảy ra"),
            (self.agree_button, "Thống nhất", "Thống nhất"),
            (self.today_button, "Nếu xét hôm nay", "Nếu xét"),
            (self.compute_button, "Tính lại theo hồ sơ hôm nay", "Tính lại"),
        ):
            button.setText(f" {brief if short else long}")

    def _make_parts(self) -> None:
        theme = self._workplace.theme
        self.back = make_tool("prev", theme, "Quay lại (Esc)")
        self.title = ElidedLabel("", role="heading")
        self.state = words("", wrap=False)
        self.result, self.left, self.appraised = (words("", wrap=False) for _ in range(3))
        self.lacks = words("", "hint")
        self.none_button = make_button(
            "Dấu: không xảy ra", theme, role="quiet", icon="check",
            tip="Trả lời “không xảy ra” cho mọi tiêu chí bằng dấu chưa trả lời (Ctrl+M)",
        )  # fmt: skip
        self.agree_button = make_button(
            "Thống nhất",
            theme,
            role="quiet",
            icon="ok",
            tip="Thẩm định thống nhất với tự chấm ở mọi mục chưa thẩm định (Ctrl+G)",
        )
        self.today_button = make_button(
            "Nếu xét hôm nay",
            theme,
            role="quiet",
            icon="calendar",
            tip="Nếu xét hôm nay, hoặc ngày khác (Ctrl+T)",
        )
        self.compute_button = make_button(
            "Tính lại theo hồ sơ hôm nay",
            theme,
            role="quiet",
            icon="refresh",
            tip="Tính lại theo hồ sơ hôm nay (F5)",
        )
        self.done_button = make_button(
            "Chấm xong", theme, icon="ok", tip="Phiếu đã chấm xong; sau đó vẫn sửa được"
        )
        self.print_button = make_button("In…", theme, icon="print", tip="Ctrl+P")
        self.save_button = make_button("Lưu", theme, role="primary", icon="save", tip="Ctrl+S")
        self.bands = Bands(theme)
        self.model = ScoreModel(theme, self)
        self.table = ScoreTable()
        self.pane = ScorePane(self._workplace)
        table = self.table
        table.setModel(self.model)
        table.setItemDelegate(BoardDelegate(theme, table))
        table.setAccessibleName("Tiêu chí")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setShowGrid(False)
        table.setWordWrap(True)
        table.setTabKeyNavigation(False)
        rows = table.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(theme.measures.row)
        rows.setMaximumSectionSize(_MOST_LINES * table.fontMetrics().height() + UNIT + 4)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        letter = table.fontMetrics().averageCharWidth()
        for column, letters in _LETTERS.items():
            header.resizeSection(column, letters * letter + 2 * UNIT)
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(UNIT)
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        head.addWidget(self.state)
        for button in (self.done_button, self.print_button, self.save_button):
            head.addWidget(button)
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        for label in (self.result, self.left, self.appraised):
            row.addWidget(label)
        row.addStretch(1)
        for button in (self.none_button, self.agree_button, self.today_button, self.compute_button):
            row.addWidget(button)
        both = FoldingSplitter(self.table, self.pane, (3, 2))
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, 2 * UNIT)
        page.setSpacing(UNIT)
        page.addLayout(head)
        page.addLayout(row)
        page.addWidget(self.lacks)
        page.addWidget(self.bands)
        page.addWidget(both, 1)
