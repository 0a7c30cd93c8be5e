"""The table of figures: headings between its lines, and numbers of reports on a hatched ground."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from antq_desktop.domain.opening import Source
from antq_desktop.domain.shown import show_integer
from antq_desktop.services.figures_table import FigureLine, FigureTable
from antq_desktop.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
HATCHED_ROLE: Final = Qt.ItemDataRole.UserRole + 1
LABEL, REPORTED, ADJUSTED, VALUE, BEFORE, CHANGE, SOURCE = range(7)
_NO_PARENT: Final = QModelIndex()
_CAME_FROM: Final = {
    Source.RECORDS: "hồ sơ",
    Source.REPORT: "báo cáo",
    Source.PARTLY: "một phần báo cáo",
    Source.ZERO: "không phát sinh",
    Source.NOTHING: "",
}
_LOOK: Final = "△ Cần xem"
_HATCHING: Final = 120  # of 255: the number stands on it
_NUMBERS: Final = frozenset({VALUE, BEFORE, REPORTED, ADJUSTED})
_LAPSED: Final = "hết hiệu lực"


class FigureModel(QAbstractTableModel):
    """Shows a table of figures; a row without a line is the heading of those below it."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table: FigureTable | None = None
        self._rows: list[FigureLine | str] = []

    def show(self, table: FigureTable, *, only_known: bool) -> None:
        """Show another table; only figures of which something is known when asked."""
        self.beginResetModel()
        self._table = table
        self._rows = []
        area = ""
        for line in table.lines:
            if only_known and line.counted.value is None and line.earlier.value is None:
                continue
            if line.area != area:
                self._rows.append(line.area)
                area = line.area
            self._rows.append(line)
        self.endResetModel()

    def line(self, row: int) -> FigureLine | None:
        """Return the figure of a row; None for a heading."""
        found = self._rows[row] if 0 <= row < len(self._rows) else ""
        return found if isinstance(found, FigureLine) else None

    def row_of(self, code: str) -> int:
        """Return the row of a measure; the first figure where it is not shown, -1 for none."""
        rows = [at for at, held in enumerate(self._rows) if isinstance(held, FigureLine)]
        for at in rows:
            held = self._rows[at]
            if isinstance(held, FigureLine) and held.code == code:
                return at
        return rows[0] if rows else -1

    @property
    def has_adjustments(self) -> bool:
        """Whether any number in the table was adjusted, or was once."""
        return self._table is not None and self._table.has_adjustments

    def headings(self) -> list[int]:
        """Return the rows that are headings."""
        return [at for at, held in enumerate(self._rows) if isinstance(held, str)]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else SOURCE + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let figures be chosen, and headings not."""
        if self.line(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the heading of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight if section in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            )
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        earlier = self._table.earlier.label if self._table is not None else "Kỳ so sánh"
        used = "Dùng để tổng hợp" if self.has_adjustments else "Số liệu"
        titles = ("Chỉ tiêu", "Báo cáo", "Điều chỉnh", used, earlier, "Tăng, giảm", "Nguồn")
        return titles[section][:1].upper() + titles[section][1:]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what one cell shows."""
        line, column = self.line(index.row()), index.column()
        if line is None:
            return self._of_heading(index.row(), column, role)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _texts(line)[column]
            case Qt.ItemDataRole.TextAlignmentRole:
                side = (
                    Qt.AlignmentFlag.AlignRight
                    if column in _NUMBERS
                    else Qt.AlignmentFlag.AlignLeft
                )
                return side | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join((line.label, line.source, *line.warnings)).strip()
            case Qt.ItemDataRole.ForegroundRole if column == SOURCE and line.warnings:
                return QBrush(self._theme.colour("gold"))
            case int(role_) if role_ == HATCHED_ROLE:
                held = {VALUE: line.counted, BEFORE: line.earlier}.get(column)
                return held is not None and held.hatched
        return None

    def _of_heading(self, row: int, column: int, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole and column == LABEL:
            return self._rows[row]
        if role == Qt.ItemDataRole.FontRole:
            return self._theme.font(bold=True)
        if role == Qt.ItemDataRole.BackgroundRole:
            return QBrush(self._theme.colour("ground"))
        return None


def _texts(line: FigureLine) -> tuple[str, ...]:
    source = _CAME_FROM[line.counted.source]
    if line.counted.source is Source.RECORDS and line.counted.records:
        source = f"{show_integer(line.counted.records)} {source}"
    if line.counted.was_adjusted:
        source = "có điều chỉnh"
    label = f"{line.label} ({line.counted_in})"
    looks = _LOOK if line.warnings else source
    return (label, line.reported, _adjusted(line), line.value, line.before, line.change, looks)


def _adjusted(line: FigureLine) -> str:
    if line.counted.adjustment is None:
        return _LAPSED if line.counted.lapsed is not None else ""
    return show_integer(line.counted.adjustment.value)


class HatchingDelegate(QStyledItemDelegate):
    """Draws the ground of a number that a report says with slanted lines."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        # The row is the unit of choice, so no single cell wears a focus ring.
        option.state &= ~QStyle.StateFlag.State_HasFocus
        if index.data(HATCHED_ROLE):
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.fillRect(
                option.rect, self._theme.colour("accent_soft" if selected else "surface")
            )
            slanted = self._theme.colour("edge")
            slanted.setAlpha(_HATCHING)
            painter.fillRect(option.rect, QBrush(slanted, Qt.BrushStyle.BDiagPattern))
            option.state &= ~QStyle.StateFlag.State_Selected
        super().paint(painter, option, index)
