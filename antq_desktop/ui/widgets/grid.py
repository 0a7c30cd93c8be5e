"""A grid of cells that is typed and pasted as in Excel; it knows texts, not what they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from antq_desktop.domain.gridtext import Cell, GridText

Index = QModelIndex | QPersistentModelIndex
_NOTHING: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column.

    Attributes:
        name: Name of its field.
        title: Heading.
        width: Letters that it should have room for.
        numeric: Whether it stands at the right.
        choices: What may be chosen, for a column that is not typed; else empty.
        hint: Sentence on the heading.
    """

    name: str
    title: str
    width: int
    numeric: bool = False
    choices: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: its key, what stands at its head, and why it may not be typed into."""

    key: str
    title: str
    locked: str = ""


class GridModel(QAbstractTableModel):
    """Shows a `GridText`; `edited` carries the cells of each step, typed, pasted or taken back."""

    edited = Signal(tuple)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.text = GridText()
        self.columns: tuple[GridColumn, ...] = ()
        self.rows: tuple[GridRow, ...] = ()
        self._faults: Mapping[Cell, str] = {}
        self._taken: Mapping[Cell, str] = {}

    def show(
        self,
        columns: Sequence[GridColumn],
        rows: Sequence[GridRow],
        there: Mapping[Cell, str],
    ) -> None:
        """Show other rows; what was typed stays with those that are still there."""
        self.beginResetModel()
        self.columns, self.rows = tuple(columns), tuple(rows)
        locked = [(r.key, c.name) for r in rows if r.locked for c in columns]
        keys = [row.key for row in rows]
        self.text.show(keys, [column.name for column in columns], there, locked)
        self._faults, self._taken = {}, {}
        self.endResetModel()

    def show_faults(self, faults: Mapping[Cell, str]) -> None:
        """Mark the cells of these faults, and no others."""
        self._faults = dict(faults)
        self._repaint()

    def show_taken(self, taken: Mapping[Cell, str]) -> None:
        """Show faintly what empty cells take from elsewhere."""
        self._taken = dict(taken)
        self._repaint()

    def cell(self, index: Index) -> Cell:
        """Return which cell stands at a place."""
        return self.rows[index.row()].key, self.columns[index.column()].name

    def place(self, cell: Cell) -> QModelIndex:
        """Return where a cell stands; an invalid place when it is not shown."""
        names = [column.name for column in self.columns]
        keys = [row.key for row in self.rows]
        if cell[0] not in keys or cell[1] not in names:
            return _NOTHING
        return self.index(keys.index(cell[0]), names.index(cell[1]))

    def fault(self, index: Index) -> str:
        """Return what is wrong with a cell."""
        return self._faults.get(self.cell(index), "")

    def taken(self, index: Index) -> str:
        """Return what an empty cell takes from elsewhere."""
        return self._taken.get(self.cell(index), "")

    def is_typed(self, index: Index) -> bool:
        """Tell whether a cell holds something that is not saved."""
        return self.cell(index) in self.text.typed

    def put(self, top: Index, block: Sequence[Sequence[str]], height: int, width: int) -> int:
        """Put a block of texts at a place; return how many found no cell."""
        before = dict(self.text.typed)
        lost = self.text.put(top.row(), top.column(), block, height=height, width=width)
        self._tell(before)
        return lost

    def fill_down(self, top: Index, height: int, width: int) -> None:
        """Fill a stretch with its first row, or one row with the row above it."""
        before = dict(self.text.typed)
        self.text.fill_down(top.row(), top.column(), height, width)
        self._tell(before)

    def empty(self, indexes: Sequence[Index]) -> None:
        """Empty some cells."""
        self._set({self.cell(index): "" for index in indexes})

    def walk_back(self) -> None:
        """Take the last step back."""
        self._show(self.text.undo())

    def walk_forth(self) -> None:
        """Do again what was taken back."""
        self._show(self.text.redo())

    # what Qt asks

    def rowCount(self, parent: Index = _NOTHING) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOTHING) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows, and what is said of it."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.text.text(self.cell(index))
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.fault(index) or self.rows[index.row()].locked or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row, column = self.rows[index.row()], self.columns[index.column()]
            text = self.text.text(self.cell(index)) or "trống"
            return f"{row.title}, {column.title}: {text}. {self.fault(index)}".strip()
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        self._set({self.cell(index): " ".join(str(value).split())})
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tell which cells may be typed into."""
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.rows[index.row()].locked:
            return found
        return found | Qt.ItemFlag.ItemIsEditable

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return headings, and at the head of each row whose it is."""
        if orientation == Qt.Orientation.Vertical:
            row = self.rows[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return row.title
            if role == Qt.ItemDataRole.ToolTipRole:
                return f"{row.title}. {row.locked}" if row.locked else row.title
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{column.title}. {column.hint}" if column.hint else column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    # inside

    def _set(self, texts: Mapping[Cell, str]) -> None:
        before = dict(self.text.typed)
        self.text.set(texts)
        self._tell(before)

    def _tell(self, before: Mapping[Cell, str]) -> None:
        now = self.text.typed
        self._show(tuple(c for c in {*before, *now} if before.get(c) != now.get(c)))

    def _show(self, cells: tuple[Cell, ...]) -> None:
        if cells:
            self._repaint()
            self.edited.emit(cells)

    def _repaint(self) -> None:
        if self.rows and self.columns:
            last = self.index(len(self.rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
