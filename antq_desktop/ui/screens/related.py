"""Rows edited in place: a closed row is one line of a table, an open one shows its fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.fields import FieldSpec
from antq_desktop.domain.shown import show_integer
from antq_desktop.ui.buttons import make_button, make_tool
from antq_desktop.ui.screens.editor_fields import ROW_GAP, FieldRow
from antq_desktop.ui.theme import UNIT, Theme

if TYPE_CHECKING:
    from antq_desktop.ui.screens.editor_fields import Fields
    from antq_desktop.ui.screens.editor_layout import Rows
    from antq_desktop.ui.screens.editor_state import Sheet

_ARROW: Final = 4 * UNIT
_MARK: Final = 17 * UNIT


@dataclass(frozen=True, slots=True)
class Slot:
    """Where the fields of one row stand: a record, and the beginning of their paths."""

    sheet: Sheet
    prefix: str = ""

    @property
    def key(self) -> str:
        """What tells rows apart."""
        return f"{self.sheet.id}/{self.prefix}"


Below = Callable[[Slot], QWidget | None]
"""Makes what stands below the fields of an open row, None where nothing does."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How the rows of one list look.

    Attributes:
        heading: Its heading.
        item: What one row is called, in small letters.
        specs: The fields of a closed row, as headed columns.
        rows: Rows of fields of an open one.
        first: Heading of a column before the others (the year of a yearly list).
    """

    heading: str
    item: str
    specs: tuple[FieldSpec, ...]
    rows: Rows
    first: str = ""

    def weights(self) -> list[int]:
        """Return how much room each column of a closed row asks for."""
        own = [max(len(spec.label), min(spec.width, 34)) for spec in self.specs]
        return [8, *own] if self.first else own


class RowHead(QAbstractButton):
    """One closed row: its cells, what is wrong in it, an arrow; opens by click, Enter, Space."""

    def __init__(self, theme: Theme, weights: Sequence[int]) -> None:
        super().__init__()
        self._theme = theme
        self._weights = list(weights)
        self._cells: Sequence[str] = ()
        self._mark = ""
        self._faulty = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_cells(self, cells: Sequence[str]) -> None:
        """Show the texts of a row."""
        self._cells = list(cells)
        self.setAccessibleName(", ".join(cell for cell in cells if cell) or "dòng trống")
        self.update()

    def show_mark(self, words: str, *, faulty: bool) -> None:
        """Show what is wrong in the row; empty text clears it."""
        self._mark, self._faulty = words, faulty
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the height of a row."""
        return QSize(40 * UNIT, self._theme.measures.row + 4)

    def minimumSizeHint(self) -> QSize:
        """Shrink rather than widen the page."""
        return QSize(20 * UNIT, self._theme.measures.row + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open and close at Enter too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the arrow, the cells and the mark."""
        painter = QPainter(self)
        colour = self._theme.colour
        if self.underMouse() and self.isEnabled():
            painter.fillRect(self.rect(), colour("hover"))
        arrow = "chevron-up" if self.isChecked() else "next"
        size = 2 * UNIT
        picture = self._theme.icons.pixmap(arrow, "ink_soft", size, self.devicePixelRatioF())
        painter.drawPixmap(UNIT, (self.height() - size) // 2, picture)
        rects = cell_rects(self.rect(), self._weights)
        for rect, text in zip(rects, self._cells, strict=False):
            painter.setPen(colour("ink"))
            words = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, rect.width()
            )
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, words)
        if self._mark:
            mark = QRect(self.width() - _MARK, 0, _MARK - UNIT, self.height())
            painter.fillRect(mark, colour("hover" if self.underMouse() else "surface"))
            painter.setPen(colour("red" if self._faulty else "gold"))
            sign = "✕" if self._faulty else "△"
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(mark, flags, f"{sign} {self._mark}")
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


class ColumnHeads(QWidget):
    """The headings above closed rows, in the same columns."""

    def __init__(self, theme: Theme, weights: Sequence[int], titles: Sequence[str]) -> None:
        super().__init__()
        self._theme = theme
        self._weights = list(weights)
        self._titles = list(titles)
        self._kept = 0

    def keep(self, room: int) -> None:
        """Leave as much room at the end as the rows keep for their button."""
        self._kept = room
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        return QSize(40 * UNIT, self._theme.measures.compact_row)

    def minimumSizeHint(self) -> QSize:
        """Shrink rather than widen the page."""
        return QSize(20 * UNIT, self._theme.measures.compact_row)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the headings."""
        painter = QPainter(self)
        painter.setFont(self._theme.font(0.9, bold=True))
        painter.setPen(self._theme.colour("ink_soft"))
        whole = self.rect().adjusted(0, 0, -self._kept, 0)
        for rect, title in zip(cell_rects(whole, self._weights), self._titles, strict=True):
            words = painter.fontMetrics().elidedText(
                title, Qt.TextElideMode.ElideRight, rect.width()
            )
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, words)


def cell_rects(whole: QRect, weights: Sequence[int]) -> list[QRect]:
    """Share the width of a row among its cells."""
    room = whole.width() - _ARROW - UNIT
    total = sum(weights) or 1
    rects, left = [], whole.x() + _ARROW
    for weight in weights:
        width = room * weight // total
        rects.append(QRect(left, whole.y(), max(0, width - UNIT), whole.height()))
        left += width
    return rects


class RowFrame(QFrame):
    """One row with its fields, which are made when it is first opened."""

    removal_asked = Signal()
    built = Signal()

    def __init__(
        self, slot: Slot, shape: Shape, fields: Fields, theme: Theme, below: Below
    ) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._below = below
        self.slot = slot
        self._shape = shape
        self._fields = fields
        self.head = RowHead(theme, shape.weights())
        self.remove = make_tool("void", theme, f"Bỏ {shape.item} này")
        self.remove.clicked.connect(self.removal_asked)
        self._body: QWidget | None = None
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self.head, 1)
        line.addWidget(self.remove)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(line)
        self.remove.setHidden(slot.sheet.fixed)
        self.head.toggled.connect(self._turn)

    @property
    def is_open(self) -> bool:
        """Whether its fields are shown."""
        return self.head.isChecked()

    def open(self) -> None:
        """Show the fields."""
        self.head.setChecked(True)

    def take_focus(self) -> None:
        """Open the row and put the keyboard into its first field."""
        self.open()
        first = self._shape.rows[0][0]
        self._fields.make(self.slot.sheet, self.slot.prefix + first).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def _turn(self, shown: bool) -> None:
        if shown and self._body is None:
            self._body = self._make_body()
            self._column.addWidget(self._body)
            self.built.emit()
        if self._body is not None:
            self._body.setVisible(shown)

    def _make_body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(_ARROW, UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(ROW_GAP)
        for names in self._shape.rows:
            made = [self._fields.make(self.slot.sheet, self.slot.prefix + one) for one in names]
            column.addWidget(FieldRow(made, max(2, len(names))))
        below = self._below(self.slot)
        if below is not None:
            column.addWidget(below)
        return body


class RowsList(QWidget):
    """A list of rows with its heading, its columns and the button for another one.

    `reordered` says that rows or fields came or went; `add_asked` and `removal_asked` (with the
    slot) leave it to the editor to change the sheets.
    """

    add_asked = Signal()
    removal_asked = Signal(object)
    reordered = Signal()

    def __init__(
        self,
        shape: Shape,
        fields: Fields,
        theme: Theme,
        cells: Callable[[Slot], Sequence[str]],
        below: Below = lambda _slot: None,
    ) -> None:
        super().__init__()
        self._below = below
        self._shape = shape
        self._fields = fields
        self._theme = theme
        self._cells = cells
        self._frames: dict[str, RowFrame] = {}
        self._title = QLabel(shape.heading)
        self._title.setProperty("role", "section")
        self._count = QLabel()
        self._count.setProperty("role", "hint")
        titles = [spec.label for spec in shape.specs]
        self._heads = ColumnHeads(
            theme, shape.weights(), [shape.first, *titles] if shape.first else titles
        )
        self._empty = QLabel(f"Chưa có {shape.item} nào.")
        self._empty.setProperty("role", "hint")
        self.add = make_button(f"Thêm {shape.item}", theme, role="plain", icon="add")
        self.add.clicked.connect(self.add_asked)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(UNIT)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addLayout(head)
        column.addWidget(self._empty)
        column.addWidget(self._heads)
        column.addLayout(self._rows)
        column.addSpacing(UNIT // 2)
        column.addLayout(foot)

    def show_slots(self, slots: Sequence[Slot], *, fixed: bool = False) -> None:
        """Show these rows; rows that stay keep their fields and stay open."""
        wanted = {slot.key for slot in slots}
        for key in [key for key in self._frames if key not in wanted]:
            gone = self._frames.pop(key)
            self._rows.removeWidget(gone)
            self._fields.forget(gone.slot.sheet.id, gone.slot.prefix)
            gone.hide()
            gone.deleteLater()
        for at, slot in enumerate(slots):
            frame = self._frames.get(slot.key) or self._make(slot)
            if self._rows.indexOf(frame) != at:
                self._rows.removeWidget(frame)
                self._rows.insertWidget(at, frame)
                frame.show()  # at once, so that the keyboard can go there
            self.refresh(slot.key)
        self._empty.setVisible(not slots)
        self._heads.setVisible(bool(slots))
        self._count.setText(show_integer(len(slots)) if slots else "")
        self.add.setVisible(not fixed)
        self.reordered.emit()

    def frame(self, key: str) -> RowFrame | None:
        """Return a row."""
        return self._frames.get(key)

    def frames(self) -> list[RowFrame]:
        """Return the rows in their order."""
        return sorted(self._frames.values(), key=self._rows.indexOf)

    def refresh(self, key: str) -> None:
        """Show again what a closed row says."""
        frame = self._frames.get(key)
        if frame is not None:
            frame.head.show_cells(self._cells(frame.slot))

    def show_marks(self, marks: Callable[[Slot], tuple[int, int]]) -> None:
        """Show in each row how many faults and remarks it has."""
        for frame in self._frames.values():
            faults, remarks = marks(frame.slot)
            count = faults or remarks
            words = f"{count} mục cần {'sửa' if faults else 'xem'}" if count else ""
            frame.head.show_mark(words, faulty=bool(faults))

    def _make(self, slot: Slot) -> RowFrame:
        frame = RowFrame(slot, self._shape, self._fields, self._theme, self._below)
        frame.built.connect(self.reordered)
        frame.removal_asked.connect(lambda: self.removal_asked.emit(slot))
        self._frames[slot.key] = frame
        self._heads.keep(frame.remove.sizeHint().width() if frame.remove.isVisibleTo(frame) else 0)
        return frame
