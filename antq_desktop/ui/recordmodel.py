"""The rows of a list, fetched in pages when they are painted."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from antq_desktop.ui.jobs import Control, Jobs
from antq_desktop.ui.sources import PAGE, Badge, Cell, Page, RowSource, TableRow
from antq_desktop.ui.widgets.cover import MASK

Index = QModelIndex | QPersistentModelIndex
ID_ROLE = Qt.ItemDataRole.UserRole + 1
BADGE_ROLE = Qt.ItemDataRole.UserRole + 2
_PAGES_KEPT = 60
_NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `width` in letters, `numeric` set at the right, `private` always masked."""

    name: str
    title: str
    width: int = 20
    numeric: bool = False
    private: bool = False
    sortable: bool = True


class RecordModel(QAbstractTableModel):
    """Shows a row source; knows rows by number and by the id of their record."""

    def __init__(
        self, columns: Sequence[Column], jobs: Jobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._jobs = jobs
        self._source: RowSource | None = None
        self._count = 0
        self._pages: OrderedDict[int, Page] = OrderedDict()
        self._rows: dict[str, int] = {}
        self._asked: set[int] = set()
        self._generation = 0

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns; rows come with the next source."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self._pages.clear()
        self._source = None
        self._count = 0
        self._generation += 1
        self.endResetModel()

    def show(self, source: RowSource) -> None:
        """Show another result, or the same one queried again."""
        self.beginResetModel()
        self._generation += 1
        self._source = source
        self._count = source.count_known()
        self._pages.clear()
        self._rows.clear()
        self._asked.clear()
        for number, page in source.ready().items():
            self._keep(number, page)
        self.endResetModel()

    def refresh(self, ids: Collection[str] = ()) -> None:
        """Fetch the rows of some records again, or of all, leaving place and order as they are."""
        stale = {self._rows[one] // PAGE for one in ids if one in self._rows}
        for number in stale if ids else set(self._pages):
            self._asked.discard(number)
            self._ask(number)

    def id_at(self, row: int) -> str | None:
        """Return the id of the record in a row; None while the row has not come."""
        found = self._row(row, fetch=False)
        return found.id if found is not None else None

    def row_of(self, record_id: str) -> int | None:
        """Return the row of a record; None when it is not known to be in the list."""
        if record_id in self._rows:
            return self._rows[record_id]
        return self._source.row_of(record_id) if self._source is not None else None

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return how many rows are known."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        """Tell whether more rows may follow the known ones."""
        return not parent.isValid() and self._source is not None and not self._source.complete()

    def fetchMore(self, parent: Index) -> None:
        """Ask for the page after the known rows."""
        if self.canFetchMore(parent):
            self._ask(self._count // PAGE)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the title of a column."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows; rows that have not come are empty and asked for."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[index.column()])
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            ID_ROLE,
            BADGE_ROLE,
        ):
            return None
        row = self._row(index.row(), fetch=True)
        if row is None:
            return None
        if role == ID_ROLE:
            return row.id
        return self._cell(row, index.column(), role)

    def _cell(self, row: TableRow, column: int, role: int) -> object:
        cell: Cell = row.cells[column] if column < len(row.cells) else ""
        if role == BADGE_ROLE:
            return cell if isinstance(cell, Badge) else None
        text = cell.text if isinstance(cell, Badge) else cell
        if self.columns[column].private and text:
            return MASK if role == Qt.ItemDataRole.DisplayRole else None
        return text

    def _row(self, number: int, *, fetch: bool) -> TableRow | None:
        page = self._pages.get(number // PAGE)
        if page is None:
            if fetch:
                self._ask(number // PAGE)
            return None
        self._pages.move_to_end(number // PAGE)
        within = number % PAGE
        return page.rows[within] if within < len(page.rows) else None

    def _ask(self, number: int) -> None:
        source = self._source
        if source is None or number in self._asked:
            return
        self._asked.add(number)
        generation = self._generation

        def work(_control: Control) -> Page:
            return source.load(number)

        def then(page: Page) -> None:
            if generation == self._generation:
                self._arrive(source, number, page)

        self._jobs.read(work, then, owner=self)

    def _arrive(self, source: RowSource, number: int, page: Page) -> None:
        self._asked.discard(number)
        self._keep(number, page)
        known = source.accept(number, page)
        if known > self._count:
            self.beginInsertRows(_NO_PARENT, self._count, known - 1)
            self._count = known
            self.endInsertRows()
        first = number * PAGE
        last = min(first + len(page.rows), self._count) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _keep(self, number: int, page: Page) -> None:
        self._pages[number] = page
        self._pages.move_to_end(number)
        self._rows.update({row.id: number * PAGE + at for at, row in enumerate(page.rows)})
        if len(self._pages) > _PAGES_KEPT:
            _, dropped = self._pages.popitem(last=False)
            for row in dropped.rows:
                self._rows.pop(row.id, None)


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
