"""A score sheet as a table: items below the heading of their criterion, own and appraised."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush

from antq_desktop.domain.scoring.outcome import Outcome, Side, counted_given
from antq_desktop.domain.scoring.points import show_points
from antq_desktop.domain.scoring.sets import Asks, Group, Item, SetKind
from antq_desktop.domain.scoring.sheets import (
    NOTHING,
    Answer,
    Given,
    Line,
    Sheet,
    computed_points,
    own_given,
)
from antq_desktop.services.standards.subjects import side_of
from antq_desktop.ui.recordmodel import BADGE_ROLE
from antq_desktop.ui.sources import Badge

if TYPE_CHECKING:
    from antq_desktop.services.standards.looking import OpenSheet
    from antq_desktop.services.standards.scoring import SheetChanges
    from antq_desktop.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
TEXT, OWN, APPRAISED, EVIDENCE = range(4)
_NO_PARENT: Final = QModelIndex()
TONES: Final = {
    Answer.MET: "calm",
    Answer.NOT_MET: "fault",
    Answer.NOT_APPLICABLE: "info",
    Answer.NONE: "watch",
}
SIGNS: Final = {Answer.MET: "✓ ", Answer.NOT_MET: "✕ ", Answer.NONE: "△ "}
_MET: Final = {
    Answer.MET: "Đạt",
    Answer.NOT_MET: "Chưa đạt",
    Answer.NOT_APPLICABLE: "Không áp dụng",
    Answer.NONE: "Chưa chấm",
}
_HAPPENED: Final = {**_MET, Answer.MET: "Không xảy ra", Answer.NOT_MET: "Có xảy ra"}


class ScoreModel(QAbstractTableModel):
    """Shows the items of a sheet as they are with what was changed and not saved."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._held: OpenSheet | None = None
        self._changes: SheetChanges | None = None
        self._sheet: Sheet | None = None
        self._outcome: Outcome | None = None
        self._rows: list[Group | Item] = []

    def show(self, held: OpenSheet, changes: SheetChanges) -> None:
        """Show another sheet."""
        self.beginResetModel()
        self._held, self._changes = held, changes
        self._rows = []
        for group in held.criteria.groups:
            self._rows.append(group)
            self._rows.extend(group.items)
        self.endResetModel()

    def refresh(self, sheet: Sheet, outcome: Outcome) -> None:
        """Show the same items as they are now."""
        self._sheet, self._outcome = sheet, outcome
        last = self.index(max(self.rowCount() - 1, 0), EVIDENCE)
        self.dataChanged.emit(self.index(0, 0), last)

    def item(self, row: int) -> Item | None:
        """Return the item of a row; None for a heading."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Item) else None

    def group(self, row: int) -> Group | None:
        """Return the criterion to which a row belongs."""
        for at in range(min(row, len(self._rows) - 1), -1, -1):
            found = self._rows[at]
            if isinstance(found, Group):
                return found
        return None

    def row_of(self, item: str) -> int:
        """Return the row of an item, -1 for none."""
        for at, found in enumerate(self._rows):
            if isinstance(found, Item) and found.id == item:
                return at
        return -1

    def first_of(self, items: Iterable[str]) -> int:
        """Return the row of the first of some items, else of the first item of all."""
        rows = [row for each in items if (row := self.row_of(each)) >= 0]
        every = (at for at, found in enumerate(self._rows) if isinstance(found, Item))
        return min(rows, default=next(every, 0))

    def headings(self) -> list[int]:
        """Return the rows that are headings."""
        return [at for at, row in enumerate(self._rows) if isinstance(row, Group)]

    def next_open(self, row: int) -> int:
        """Return the next row after one whose item has no answer yet; -1 when all have."""
        count = len(self._rows)
        rows: list[int] = [*range(row + 1, count), *range(min(row + 1, count))]
        for at in rows:
            item = self.item(at)
            if item is not None and self._answer(item) is Answer.NONE:
                return at
        return -1

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else EVIDENCE + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the heading of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            side = side_of(self._held.criteria) if self._held else ""
            return ("Tiêu chí", side, "Thẩm định", "Tài liệu")[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what one cell shows."""
        row = self._rows[index.row()]
        if isinstance(row, Group):
            return self._of_group(row, index.column(), role)
        if index.column() == TEXT:
            told = row.text or "(chưa có lời văn, đơn vị nhập)"
            shown = {Qt.ItemDataRole.DisplayRole: told, Qt.ItemDataRole.ToolTipRole: told}
            return shown.get(Qt.ItemDataRole(role)) if role in _KNOWN else None
        badge = self._badge(row, index.column())
        if role == BADGE_ROLE:
            return badge if badge.tone != "plain" else None
        if role == Qt.ItemDataRole.DisplayRole:
            return badge.text if badge.tone == "plain" else ""
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return badge.text
        return None

    def _badge(self, item: Item, column: int) -> Badge:
        held, changes, sheet = self._held, self._changes, self._sheet
        if held is None or changes is None or sheet is None:
            return Badge("")
        if column == EVIDENCE:
            count = len(changes.evidence(held, item.id))
            return Badge("" if item.mark_only or not count else str(count))
        if item.mark_only:
            return self._of_mark(item, sheet) if column == OWN else Badge("")
        line = sheet.line(item.id)
        if column == APPRAISED:
            if line.appraised == NOTHING:
                return Badge("")
            differs = line.appraised != comparable(item, line)
            told = given_words(item, line.appraised)
            return Badge(f"≠ {told}", "watch") if differs else Badge(told, "calm")
        provisional = self._outcome is not None and item.id in self._outcome.provisional
        given = own_given(line)
        if provisional and given.answer is Answer.MET:
            settled = bool(changes.settled_reason(held, item.id))
            return Badge("Tạm tính, có lý do" if settled else "△ Tạm tính", "watch")
        more = " (ghi đè)" if line.override else ""
        answer = _marked_answer(item, given)
        return Badge(SIGNS.get(answer, "") + given_words(item, given) + more, TONES[answer])

    def _of_mark(self, item: Item, sheet: Sheet) -> Badge:
        mark = sheet.mark(item.id)
        answer = mark.answer if mark else Answer.NONE
        if sheet.told and mark is None:
            return Badge("theo tiêu chí")
        return Badge(SIGNS.get(answer, "") + _HAPPENED[answer], TONES[answer])

    def _of_group(self, group: Group, column: int, role: int) -> object:
        if role == Qt.ItemDataRole.BackgroundRole:
            return QBrush(self._theme.colour("ground"))
        if role == Qt.ItemDataRole.FontRole:
            return self._theme.font(bold=True)
        if column == TEXT and role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return group.title
        if column == OWN and role == Qt.ItemDataRole.DisplayRole and self._outcome and self._held:
            found = next((g for g in self._outcome.groups if g.group.id == group.id), None)
            if found is None:
                return ""
            if found.unanswered:
                return f"còn {found.unanswered} mục"
            if self._held.criteria.kind is SetKind.POINTS:
                return f"{show_points(found.points)} điểm"
            return _MET[found.answer]
        return None

    def _answer(self, item: Item) -> Answer:
        if self._sheet is None:
            return Answer.NONE
        if item.mark_only:
            mark = self._sheet.mark(item.id)
            return mark.answer if mark else Answer.NONE
        return _marked_answer(item, counted_given(self._sheet.line(item.id), Side.SETTLED))


_KNOWN: Final = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole})


def comparable(item: Item, line: Line) -> Given:
    """Return the unit's own answer as an appraisal would give it: of a points item, in points."""
    own = own_given(line)
    if item.scored and item.check and own.answer in {Answer.MET, Answer.NOT_MET}:
        return Given(points=computed_points(item, own.answer))
    return own


def given_words(item: Item, given: Given) -> str:
    """Say an answer in the words of its item."""
    if item.scored and given.points is not None:
        return f"{show_points(given.points)}/{show_points(item.most)}"
    if item.scored and item.check and given.answer in {Answer.MET, Answer.NOT_MET}:
        return f"{show_points(computed_points(item, given.answer))}/{show_points(item.most)}"
    words = _HAPPENED if item.asks is Asks.HAPPENED else _MET
    return words[given.answer]


def _marked_answer(item: Item, given: Given) -> Answer:
    if item.scored and given.points is not None:
        return (
            Answer.MET
            if given.points == item.most or item.role.value != "score"
            else (Answer.MET if given.points else Answer.NOT_MET)
        )
    return given.answer
