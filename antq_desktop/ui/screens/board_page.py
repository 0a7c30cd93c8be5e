"""The page of the board: what is late above, units and steps below, one verb for the choice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.shown import show_date, show_integer
from antq_desktop.services.standards.board import MEETING, Board, step_label
from antq_desktop.services.standards.subjects import label_of
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.board_model import NAME, BoardDelegate, BoardModel
from antq_desktop.ui.screens.board_table import BoardTable
from antq_desktop.ui.screens.cycle import CyclePage, Season
from antq_desktop.ui.screens.cycle_head import CycleHead
from antq_desktop.ui.screens.filters import FilterChoice
from antq_desktop.ui.screens.handover_parts import set_badge, words
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.chosen_fields import matching
from antq_desktop.ui.widgets.field import Option

if TYPE_CHECKING:
    from antq_desktop.ui.widgets.picker import Deliver
    from antq_desktop.ui.workplace import Workplace

_STEP_LETTERS: Final = 13
_NAME_LETTERS: Final = 21


class BoardPage(CyclePage):
    """The board; `step_asked` wants the step in view done for the chosen units."""

    step_asked = Signal()
    print_asked = Signal()
    meetings_asked = Signal()
    days_asked = Signal()

    def __init__(self, workplace: Workplace, season: Season) -> None:
        super().__init__()
        self._workplace = workplace
        self.board: Board | None = None
        theme = workplace.theme
        self.head = CycleHead(workplace, season, "Bảng theo dõi")
        self.kind = FilterChoice(
            workplace, "Mọi loại đơn vị", "Loại đơn vị", self._find_kinds, searchable=False
        )
        self.only_late = QCheckBox("Chỉ đơn vị trễ hạn")
        self.do_button = make_button(
            "Làm bước này", theme, role="primary", icon="check",
            tip="Làm bước của ô đang chọn cho mọi đơn vị đang chọn (Enter)",
        )  # fmt: skip
        self.print_button = make_button(
            "In bước này", theme, icon="print",
            tip="In giấy của bước này cho mọi đơn vị đang chọn (Ctrl+P)",
        )  # fmt: skip
        self.meetings_button = make_button(
            "Lịch họp", theme, icon="calendar", tip="Lịch họp của các đơn vị (Ctrl+L)"
        )
        self.days_button = make_button(
            "Ngày nội bộ", theme, icon="settings",
            tip="Đặt số ngày làm việc phải xong trước hạn của văn bản (Ctrl+I)",
        )  # fmt: skip
        self.whole, self.late, self.soon, self.done, self.apart = (words() for _ in range(5))
        self.model = BoardModel(theme, workplace.office.codes, self)
        self.table = BoardTable()
        self.empty = words(
            "Chưa có đơn vị nào thuộc diện của năm này. Thêm khu dân cư, cơ quan, doanh nghiệp, "
            "nhà trường ở mục Lực lượng và đơn vị.",
            "label",
        )
        self.hint = words("", "hint")
        self._dress()
        self._lay_out()
        self._connect()

    # what the screen asks

    @property
    def step(self) -> str:
        """The step in view."""
        return self.model.step(self.table.currentIndex().column())

    def units(self) -> list[str]:
        """Return the units that are chosen, in the order of the board."""
        rows = {index.row() for index in self.table.selectionModel().selectedIndexes()}
        rows.add(self.table.currentIndex().row())
        found = (self.model.unit(row) for row in sorted(rows))
        return [unit.unit for unit in found if unit is not None]

    def show_board(self, board: Board) -> None:
        """Show a board; the cell in view stays."""
        self.board = board
        self.head.refresh()
        current = self.table.currentIndex()
        unit = self.model.unit(current.row())
        column = max(current.column(), 1)
        self.table.clearSpans()
        self.model.show(board, self.kind.option.id, only_late=self.only_late.isChecked())
        columns = self.model.columnCount()
        for button in (self.days_button, self.meetings_button):
            button.setVisible(MEETING in self.model.steps)
        for row in self.model.headings():
            self.table.setSpan(row, NAME, 1, columns)
        self._share_width()
        self._count(board)
        self.empty.setVisible(not board.rows)
        self.table.setVisible(bool(board.rows))
        row = self.model.row_of(unit.unit if unit else "")
        if row >= 0:
            self.go_to(row, min(column, columns - 1))
        self._look()

    def go_to(self, row: int, column: int) -> None:
        """Bring a cell into view."""
        self.table.setCurrentIndex(self.model.index(row, column))
        self.table.scrollTo(self.table.currentIndex())

    def choose(self, unit: str, step: str) -> None:
        """Choose the cell of a unit and step."""
        self.go_to(self.model.row_of(unit), self.model.steps.index(step) + 1)

    def take_focus(self) -> None:
        """Give the keyboard to the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def head_with(self, chooser: QWidget | None) -> None:
        """Let something to choose from stand in place of the heading."""
        self.head.head_with(chooser)

    # parts

    def _dress(self) -> None:
        table, theme = self.table, self._workplace.theme
        table.setModel(self.model)
        table.setItemDelegate(BoardDelegate(theme, table))
        table.setAccessibleName("Bảng theo dõi: đơn vị và bước")
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.measures.row)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setFixedHeight(2 * theme.measures.compact_row)
        header.setMinimumSectionSize(4 * UNIT)
        table.dress_names()

    def _lay_out(self) -> None:
        self.head.add_filter(self.kind, 3)
        self.head.add_filter(self.only_late)
        self.head.add_buttons(
            self.days_button, self.meetings_button, self.print_button, self.do_button
        )
        counts = QHBoxLayout()
        counts.setSpacing(UNIT)
        for label in (self.whole, self.late, self.soon, self.done):
            label.setWordWrap(False)
            counts.addWidget(label)
        counts.addWidget(self.apart, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        page.setSpacing(UNIT + 2)
        page.addWidget(self.head)
        page.addLayout(counts)
        page.addWidget(self.table, 1)
        page.addWidget(self.empty, 1)
        page.addWidget(self.hint)
        self.apart.setProperty("role", "hint")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.hide()

    def _connect(self) -> None:
        self.kind.chosen.connect(self._again)
        self.only_late.toggled.connect(lambda _on: self._again())
        self.table.asked.connect(self.step_asked)
        self.table.resized.connect(self._share_width)
        self.table.doubleClicked.connect(lambda _index: self.step_asked.emit())
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._look())
        self.table.selectionModel().selectionChanged.connect(lambda _on, _off: self._look())
        self.do_button.clicked.connect(self.step_asked)
        self.print_button.clicked.connect(self.print_asked)
        self.meetings_button.clicked.connect(self.meetings_asked)
        self.days_button.clicked.connect(self.days_asked)
        actions: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+P", self.print_asked.emit),
            ("Ctrl+L", self.meetings_asked.emit),
            ("Ctrl+I", self.days_asked.emit),
        )
        for keys, action in actions:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda action=action: action())

    # inside

    def _again(self) -> None:
        if self.board is not None:
            self.show_board(self.board)

    def _share_width(self) -> None:
        table = self.table
        letter = table.fontMetrics().averageCharWidth()
        header, steps = table.horizontalHeader(), len(self.model.steps)
        room = table.viewport().width()
        least = _STEP_LETTERS * letter
        name = max(_NAME_LETTERS * letter, room - steps * (least + 2 * UNIT))
        name = min(name, 44 * letter)
        each = max(least, (room - name) // steps)
        for column in range(1, steps + 1):
            header.resizeSection(column, each)
        header.resizeSection(NAME, max(name, room - steps * each))
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Interactive)
        table.follow()

    def _count(self, board: Board) -> None:
        units = [row for row in board.rows if row.late]
        cells = [cell for row in board.rows for cell in row.cells]
        soon = sum(not c.done and not c.late and bool(c.due) and _near(c.due, board.day)
                   for c in cells)  # fmt: skip
        whole = sum(not row.next_step for row in board.rows)
        what = "đơn vị" if MEETING in self.model.steps else "nơi được chấm"
        set_badge(self.whole, f"{show_integer(len(board.rows))} {what}", "plain")
        open_steps = f"{show_integer(board.late)} bước của {show_integer(len(units))} đơn vị"
        told = f"Chưa ghi {open_steps}" if board.over else f"✕ Trễ {open_steps}"
        set_badge(self.late, told if board.late else "", "plain" if board.over else "fault")
        set_badge(self.soon, f"△ {show_integer(soon)} bước đến hạn trong 7 ngày" if soon else "",
                  "watch")  # fmt: skip
        set_badge(self.done, f"✓ {show_integer(whole)} đơn vị xong cả năm" if whole else "", "calm")
        apart = "; ".join(f"{count} đơn vị {why[:1].lower()}{why[1:]}"
                          for why, count in board.apart.items())  # fmt: skip
        self.apart.setText(f"Không tính: {apart}." if apart else "")
        self.head.told.setText(f"xem ngày {show_date(board.day)}")

    def _look(self) -> None:
        step, units = self.step, self.units()
        label = step_label(step, self.model.standard) if step else ""
        many = f" cho {show_integer(len(units))} đơn vị" if len(units) > 1 else ""
        self.do_button.setText(f" {label}{many}" if label else " Làm bước tiếp theo")
        self.do_button.setEnabled(bool(units))
        self.print_button.setEnabled(bool(units))
        self.hint.setText(
            "Enter làm bước của ô đang chọn. Giữ Shift hoặc Ctrl để chọn nhiều đơn vị; "
            "bấm tên bước để chọn cả cột."
        )

    def _find_kinds(self, typed: str, deliver: Deliver) -> None:
        kinds = dict.fromkeys(row.kind for row in self.board.rows) if self.board else {}
        codes = self._workplace.office.codes
        deliver(matching([Option(k, label_of(codes, k)) for k in kinds], typed))


def _near(due: str, day: str) -> bool:
    from datetime import date

    return (date.fromisoformat(due) - date.fromisoformat(day)).days <= 7
