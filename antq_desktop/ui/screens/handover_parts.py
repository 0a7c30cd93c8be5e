"""Small parts that the pages of *Giao nhận* share."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.answers import Outcome
from antq_desktop.domain.gate import Verdict
from antq_desktop.ui.recordmodel import BADGE_ROLE, Column, RecordModel
from antq_desktop.ui.sources import PAGE, AllIds, Badge, Page, TableRow
from antq_desktop.ui.table import CellDelegate, RecordTable
from antq_desktop.ui.theme import UNIT, Theme

if TYPE_CHECKING:
    from antq_desktop.ui.workplace import Workplace

# Each verdict has a word, a colour and a sign.
VERDICT_TONES = {
    Verdict.VALID: ("ok", "calm"),
    Verdict.WARNINGS: ("info", "info"),
    Verdict.RESTRICTED: ("warning", "watch"),
    Verdict.INVALID: ("fault", "fault"),
    Verdict.UNKNOWN_SIGNER: ("key", "fault"),
}
OUTCOME_LABELS = {
    Outcome.NEW: "Hồ sơ mới",
    Outcome.CHANGED: "Hồ sơ có thay đổi",
    Outcome.UNCHANGED: "Hồ sơ không thay đổi",
    Outcome.VOIDED: "Hồ sơ hủy",
    Outcome.CONFLICT: "Hai người cùng sửa, cần chọn",
    Outcome.REJECTED: "Hồ sơ trả lại đơn vị gửi để sửa",
    Outcome.FOREIGN: "Hồ sơ ngoài đơn vị gửi, để riêng",
    Outcome.SET_ASIDE: "Loại hồ sơ chưa biết, giữ riêng",
}
_INKS = {"calm": "accent", "watch": "gold", "fault": "red", "info": "blue", "plain": "ink_soft"}
_SIGNS = {
    "done": ("ok", "accent"),
    "note": ("info", "blue"),
    "watch": ("warning", "gold"),
    "fault": ("fault", "red"),
}
_FOLD_BELOW = 960  # px; a page narrower than this puts details below the list
PDF = (("Tệp PDF", "*.pdf"),)


@dataclass(frozen=True, slots=True)
class SignedBadge(Badge):
    """A badge with a sign in front: the name of an icon."""

    sign: str = ""


class SignDelegate(CellDelegate):
    """Draws the sign of a badge in front of it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._look = theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell."""
        badge = index.data(BADGE_ROLE)
        if not isinstance(badge, SignedBadge) or not badge.sign:
            super().paint(painter, option, index)
            return
        option.state &= ~QStyle.StateFlag.State_HasFocus
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        tone = _INKS[badge.tone]
        size = self._look.measures.icon - 4
        ratio = painter.device().devicePixelRatioF()
        picture = self._look.icons.pixmap(badge.sign, tone, size, ratio)
        left = option.rect.x() + UNIT + 3
        painter.drawPixmap(left, option.rect.center().y() - size // 2 - 1, picture)
        painter.save()
        painter.setPen(self._look.colour(tone))
        room = option.rect.adjusted(UNIT + 3 + size + UNIT, -1, -UNIT // 2, -1)
        words = painter.fontMetrics().elidedText(
            badge.text, Qt.TextElideMode.ElideRight, room.width()
        )
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, flags, words)
        painter.restore()


def verdict_badge(verdict: Verdict) -> SignedBadge:
    """Return the cell of a verdict."""
    sign, tone = VERDICT_TONES[verdict]
    return SignedBadge(verdict.label, tone, sign)


class LocalTable(RecordTable):
    """A table whose rows are all at hand."""

    def __init__(self, columns: Sequence[Column], workplace: Workplace, name: str) -> None:
        self.local = RecordModel(columns, workplace.jobs)
        super().__init__(self.local, workplace.theme)
        self.local.setParent(self)
        self.setAccessibleName(name)
        self.setItemDelegate(SignDelegate(workplace.theme, self))

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """Show rows; place and selection stay where they still exist."""
        by_id = {row.id: row for row in rows}
        ready = {at // PAGE: Page(tuple(rows[at : at + PAGE])) for at in range(0, len(rows), PAGE)}
        self.show_source(
            AllIds(list(by_id), lambda ids: [by_id[one] for one in ids if one in by_id], ready)
        )

    def choose(self, ids: Collection[str]) -> None:
        """Select rows by id; the first of them becomes the current one."""
        rows = sorted(row for one in ids if (row := self.local.row_of(one)) is not None)
        chosen = QItemSelection()
        last = self.local.columnCount() - 1
        for row in rows:
            chosen.select(self.local.index(row, 0), self.local.index(row, last))
        model = self.selectionModel()
        if rows:
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            model.setCurrentIndex(self.local.index(rows[0], 0), flag)
            self.scrollTo(self.local.index(rows[0], 0))
        model.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def words(text: str = "", role: str = "", *, wrap: bool = True) -> QLabel:
    """Return a label that shows a text as it is written."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if role:
        label.setProperty("role", role)
    return label


def set_badge(label: QLabel, text: str, tone: str) -> None:
    """Show a state as a word on its colour."""
    label.setText(text)
    label.setVisible(bool(text))
    if label.property("badge") != tone:
        label.setProperty("badge", tone)
        label.style().unpolish(label)
        label.style().polish(label)
        # Qt works the padding out again only when it is told that the style is another one.
        QApplication.sendEvent(label, QEvent(QEvent.Type.StyleChange))
        label.updateGeometry()


class Card(QFrame):
    """A quiet frame with a heading."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.heading = words(heading, "heading")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        self.column.setSpacing(UNIT)
        self.column.addWidget(self.heading)


class Told(QWidget):
    """One sentence with its sign: what was done, or what is wrong and what to do next."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tone = "note"
        self._sign = QLabel()
        self._words = words()
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QGridLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setHorizontalSpacing(UNIT)
        row.addWidget(self._sign, 0, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 0, 1)
        row.setColumnStretch(1, 1)
        theme.changed.connect(self._draw)
        self.say("")

    def say(self, text: str, tone: str = "note") -> None:
        """Show a sentence; an empty one hides the place."""
        self._tone = tone
        self._words.setText(text)
        self._words.setAccessibleName(text)
        self.setVisible(bool(text))
        self._draw()

    def text(self) -> str:
        """Return what is said now."""
        return self._words.text()

    @property
    def tone(self) -> str:
        """How it is meant: done, note, watch or fault."""
        return self._tone

    def _draw(self) -> None:
        icon, tone = _SIGNS[self._tone]
        size = self._theme.measures.icon
        picture = self._theme.icons.pixmap(icon, tone, size, self.devicePixelRatioF())
        self._sign.setPixmap(picture)


class DropFrame(QFrame):
    """A frame that takes dropped files and folders."""

    dropped = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, nothing else."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files on."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)


class FoldingSplitter(QSplitter):
    """A list and its details: side by side, or one above the other where there is no room."""

    def __init__(self, first: QWidget, second: QWidget, shares: tuple[int, int] = (3, 2)) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(2 * UNIT)
        self.addWidget(first)
        self.addWidget(second)
        for at, share in enumerate(shares):
            self.setStretchFactor(at, share)
        self.setSizes([share * 200 for share in shares])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the width asks for it."""
        narrow = self.width() < _FOLD_BELOW
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if wanted != self.orientation():
            self.setOrientation(wanted)
            self.setSizes([400, 600] if narrow else [600, 400])
        super().resizeEvent(event)


class FoldingRow(QWidget):
    """Cards side by side, or one below the other where there is no room."""

    def __init__(self, *cards: tuple[QWidget, int]) -> None:
        super().__init__()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2 * UNIT)
        for card, share in cards:
            self._row.addWidget(card, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the width asks for it."""
        narrow = self.width() < _FOLD_BELOW
        ways = QBoxLayout.Direction
        wanted = ways.TopToBottom if narrow else ways.LeftToRight
        if wanted != self._row.direction():
            self._row.setDirection(wanted)
        super().resizeEvent(event)


def scrolled(inside: QWidget) -> QScrollArea:
    """Return a page that scrolls where it is higher than the window, and never sideways."""
    inside.setProperty("role", "page")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area
