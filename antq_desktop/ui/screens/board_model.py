"""The board as a table: units below the heading of their kind, steps across, each with its day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView

from antq_desktop.domain.shown import show_date, show_integer
from antq_desktop.services.standards.board import (
    CERTIFICATE,
    FILE,
    MEETING,
    STEPS,
    STEPS_OF,
    Board,
    BoardRow,
    Calendar,
    Cell,
    step_label,
)
from antq_desktop.services.standards.subjects import label_of
from antq_desktop.ui.recordmodel import BADGE_ROLE
from antq_desktop.ui.sources import Badge
from antq_desktop.ui.table import CellDelegate

if TYPE_CHECKING:
    from antq_desktop.domain.codes import Codes
    from antq_desktop.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
NAME: Final = 0
_SOON: Final = 7  # days
_NO_PARENT: Final = QModelIndex()
_HEADS: Final = {MEETING: "Họp", CERTIFICATE: "Cấp giấy", FILE: "Hồ sơ"}  # where words are short
_MONTH, _YEAR = 100, 730  # days from which months or years are told
_WEEKDAYS: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


class BoardModel(QAbstractTableModel):
    """Shows a board; a row without a unit is the heading of those below it."""

    def __init__(self, theme: Theme, codes: Codes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._codes = codes
        self._board: Board | None = None
        self._rows: list[BoardRow | str] = []
        self.steps: tuple[str, ...] = tuple(STEPS)

    def show(self, board: Board, kind: str = "", *, only_late: bool = False) -> None:
        """Show a board; only one kind of unit, or only units that are late, when asked."""
        self.beginResetModel()
        self._board = board
        self._rows = []
        self.steps = STEPS_OF.get(board.standard, tuple(STEPS))
        last = ""
        for row in board.rows:
            if (kind and row.kind != kind) or (only_late and not row.late):
                continue
            if row.kind != last:
                self._rows.append(self._heading(board, row.kind))
                last = row.kind
            self._rows.append(row)
        self.endResetModel()

    def unit(self, row: int) -> BoardRow | None:
        """Return the unit of a row; None for a heading."""
        found = self._rows[row] if 0 <= row < len(self._rows) else ""
        return found if isinstance(found, BoardRow) else None

    def step(self, column: int) -> str:
        """Return the step of a column; empty for the names."""
        return self.steps[column - 1] if 0 < column <= len(self.steps) else ""

    def units(self) -> list[BoardRow]:
        """Return the units that are shown."""
        return [row for row in self._rows if isinstance(row, BoardRow)]

    def headings(self) -> list[int]:
        """Return the rows that are headings."""
        return [at for at, row in enumerate(self._rows) if isinstance(row, str)]

    def row_of(self, unit: str) -> int:
        """Return the row of a unit; the first unit where it is not shown, -1 for none."""
        first = -1
        for at, row in enumerate(self._rows):
            if isinstance(row, BoardRow):
                if row.unit == unit:
                    return at
                first = at if first < 0 else first
        return first

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.steps) + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let cells of units be chosen, and headings not."""
        if self.unit(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the heading of a column: the step, and how many units have done it."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == NAME:
            return "Đơn vị" if MEETING in self.steps else "Chấm cho"
        units, step = self.units(), self.step(section)
        done = sum(_cell(row, step).done for row in units)
        label = _HEADS.get(step) or step_label(step, self.standard)
        return f"{label}\n{show_integer(done)}/{show_integer(len(units))}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what one cell shows."""
        unit = self.unit(index.row())
        if unit is None:
            return self._of_heading(index.row(), index.column(), role)
        step = self.step(index.column())
        if not step:
            if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
                return unit.name
            return None
        cell = _cell(unit, step)
        badge = self._badge(cell)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return badge.text if badge.tone == "plain" else ""
            case int(role_) if role_ == BADGE_ROLE:
                return badge if badge.tone != "plain" else None
            case Qt.ItemDataRole.ForegroundRole:
                return QBrush(self._theme.colour("ink_soft"))
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{unit.name}: {said(cell, self.standard)}"
        return None

    @property
    def standard(self) -> str:
        """The standard in view; empty before there is a board."""
        return self._board.standard if self._board else ""

    def _badge(self, cell: Cell) -> Badge:
        if cell.passed:
            return Badge("đã qua")
        if cell.done:
            late = cell.late > 0
            return Badge(
                f"✓ {self._day(cell.done_on)}{' △' if late else ''}", "watch" if late else "calm"
            )
        if cell.late:
            over = self._board is not None and self._board.over
            return Badge("chưa ghi") if over else Badge(f"✕ {_span(cell.late)}", "fault")
        if not cell.due:
            return Badge("–")
        day = self._board.day if self._board else ""
        soon = day and (date.fromisoformat(cell.due) - date.fromisoformat(day)).days <= _SOON
        return Badge(f"đến {self._day(cell.due)}", "watch" if soon else "plain")

    def _day(self, day: str) -> str:
        """Say a day without its year where that is the year of the board."""
        year = f"{self._board.year:04}-" if self._board else ""
        near = day.startswith(year) and len(day) == len("YYYY-MM-DD")
        return show_date(day)[:5] if near else show_date(day)

    def _of_heading(self, row: int, column: int, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole and column == NAME:
            return self._rows[row]
        if role == Qt.ItemDataRole.FontRole:
            return self._theme.font(bold=True)
        if role == Qt.ItemDataRole.BackgroundRole:
            return QBrush(self._theme.colour("ground"))
        return None

    def _heading(self, board: Board, kind: str) -> str:
        label = label_of(self._codes, kind)
        calendar = board.calendars.get(kind)
        return f"{label} · {deadline(calendar)}" if calendar and calendar.named else label


class BoardDelegate(CellDelegate):
    """Draws a cell with a ring around the current one: here the cell is the unit of choice."""

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(theme, table)
        self._look = theme
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell; what the names cover is left to them, also where it reaches beyond."""
        names = getattr(self._table, "names", None)
        covered = names is not None and not names.isHidden() and option.widget is self._table
        if covered and index.column() == NAME:
            painter.fillRect(option.rect, option.palette.base())
            return
        super().paint(painter, option, index)
        if index == self._table.currentIndex() and self._table.hasFocus():
            painter.save()
            painter.setPen(QPen(self._look.colour("focus"), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
            painter.restore()


def deadline(calendar: Calendar) -> str:
    """Say by which day a kind of unit is decided, and by which working day."""
    named = show_date(calendar.named)
    day = date.fromisoformat(calendar.decided_by)
    return f"quyết định trước ngày {named}, chậm nhất {_WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}"


def said(cell: Cell, standard: str) -> str:
    """Say in full how far a step is."""
    label = step_label(cell.step, standard).lower()
    if cell.passed:
        return f"{label} đã qua, bước sau đã xong; chưa ghi ngày"
    if cell.done:
        late = f", trễ {cell.late} ngày" if cell.late else ""
        return f"{label} xong ngày {show_date(cell.done_on)}{late}"
    if cell.late:
        return f"{label} trễ {cell.late} ngày, hạn {show_date(cell.due)}"
    return f"{label} đến hạn {show_date(cell.due)}" if cell.due else f"{label} chưa làm"


def _cell(row: BoardRow, step: str) -> Cell:
    return next((cell for cell in row.cells if cell.step == step), Cell(step, "", "", 0))


def _span(days: int) -> str:
    if days < _MONTH:
        return f"{days} ngày"
    return f"{days // 30} tháng" if days < _YEAR else f"{days // 365} năm"
