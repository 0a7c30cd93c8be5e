"""Rows edited in place: a closed row is one line of a table, an open one shows its fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from antq_desktop.domain.fields import FieldSpec, Value, Values
from antq_desktop.domain.shown import show_integer
from antq_desktop.ui.buttons import make_button, make_tool
from antq_desktop.ui.screens.editor_fields import ROW_GAP, FieldRow
from antq_desktop.ui.screens.editor_focus import takers
from antq_desktop.ui.screens.related_heads import ARROW, ColumnHeads, RowHead
from antq_desktop.ui.theme import UNIT, Theme

if TYPE_CHECKING:
    from antq_desktop.ui.screens.editor_fields import Fields
    from antq_desktop.ui.screens.editor_layout import Rows
    from antq_desktop.ui.screens.editor_state import Sheet


@dataclass(frozen=True, slots=True)
class Slot:
    """Where the fields of one row stand: a record, and the beginning of their paths."""

    sheet: Sheet
    prefix: str = ""

    @property
    def key(self) -> str:
        """What tells rows apart."""
        return f"{self.sheet.id}/{self.prefix}"

    @property
    def blank(self) -> bool:
        """Whether the row was begun and nothing was typed into it."""
        if not self.prefix:
            return self.sheet.created and not self.sheet.dirty
        held = (*self.sheet.now, *self.sheet.unread)
        return not any(path.startswith(self.prefix) for path in held)

    def values(self) -> dict[str, Value]:
        """Return what stands in the row, by field."""
        now = self.sheet.now
        return {p.removeprefix(self.prefix): now[p] for p in now if p.startswith(self.prefix)}


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
        shows: Tells whether a field stands in an open row, by what else stands there.
    """

    heading: str
    item: str
    specs: tuple[FieldSpec, ...]
    rows: Rows
    first: str = ""
    shows: Callable[[str, Values], bool] = lambda _name, _values: True

    def weights(self) -> list[int]:
        """Return how much room each column of a closed row asks for."""
        own = [max(len(spec.label), min(spec.width, 34)) for spec in self.specs]
        return [8, *own] if self.first else own


class RowFrame(QFrame):
    """One row with its fields, which are made when it is first opened.

    `done` says that Enter went on from the last field, or Ctrl+Enter from any; `left` that Escape
    was pressed within.
    """

    removal_asked = Signal()
    built = Signal()
    done = Signal()
    left = Signal()

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
        self._field_rows: list[FieldRow] = []
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

    def close_row(self) -> None:
        """Show one line alone."""
        self.head.setChecked(False)

    def arrange(self) -> None:
        """Show the fields that apply by now."""
        values = self.slot.values()
        for row in self._field_rows:
            row.arrange(lambda name: self._shape.shows(name, values))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Finish the row at Enter in its last field, at Ctrl+Enter in any; leave it at Escape."""
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return super().eventFilter(watched, event)
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = not held
        if event.key() == Qt.Key.Key_Escape and plain:
            if event.type() == QEvent.Type.KeyPress:
                self.left.emit()
            event.accept()  # the shortcut of the page would leave the record
            return True
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        finished = held == Qt.KeyboardModifier.ControlModifier or (
            plain and watched is self._last_taker()
        )
        if enter and finished and event.type() == QEvent.Type.KeyPress:
            self.done.emit()
            return True
        return super().eventFilter(watched, event)

    def _last_taker(self) -> QWidget | None:
        """Return what takes the keyboard last among the fields that are shown."""
        found = [one for row in self._field_rows for one in takers(row) if one.isVisibleTo(row)]
        return found[-1] if found else None

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
        column.setContentsMargins(ARROW, UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(ROW_GAP)
        for names in self._shape.rows:
            made = [self._fields.make(self.slot.sheet, self.slot.prefix + one) for one in names]
            row = FieldRow(made, max(2, len(names)))
            self._field_rows.append(row)
            column.addWidget(row)
            for taker in takers(row):
                taker.installEventFilter(self)
        self.arrange()
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
            frame.arrange()

    def show_marks(self, marks: Callable[[Slot], tuple[int, int]]) -> None:
        """Show in each row how many faults and remarks it has."""
        for frame in self._frames.values():
            faults, remarks = marks(frame.slot)
            count = faults or remarks
            words = f"{count} mục cần {'sửa' if faults else 'xem'}" if count else ""
            frame.head.show_mark(words, faulty=bool(faults))

    def _on_done(self, frame: RowFrame) -> None:
        """Close a finished row and go to the next one, or begin another after the last."""
        rows = self.frames()
        at = rows.index(frame)
        if at + 1 < len(rows):
            self._go_to(rows[at + 1])
        elif frame.slot.blank or self._shape.first:
            self.add.setFocus()
        else:
            self.add_asked.emit()
        if frame.isAncestorOf(QApplication.focusWidget() or self):
            self.add.setFocus()  # there was no room for another row
        frame.close_row()

    def _go_to(self, frame: RowFrame) -> None:
        if frame.slot.blank:
            frame.take_focus()
        else:
            frame.head.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_left(self, frame: RowFrame) -> None:
        """Close a row; one in which nothing was typed goes away again."""
        if frame.slot.blank:
            self.removal_asked.emit(frame.slot)
            return
        frame.head.setFocus(Qt.FocusReason.OtherFocusReason)
        frame.close_row()

    def _make(self, slot: Slot) -> RowFrame:
        frame = RowFrame(slot, self._shape, self._fields, self._theme, self._below)
        frame.built.connect(self.reordered)
        frame.removal_asked.connect(lambda: self.removal_asked.emit(slot))
        frame.done.connect(lambda: self._on_done(frame))
        frame.left.connect(lambda: self._on_left(frame))
        self._frames[slot.key] = frame
        self._heads.keep(frame.remove.sizeHint().width() if frame.remove.isVisibleTo(frame) else 0)
        return frame
