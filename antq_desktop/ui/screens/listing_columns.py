"""Which columns a list shows: a list of ticks that comes up under its button."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.fields import FieldKind, FieldSpec, RecordSpec
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.theme import UNIT, Theme
from antq_desktop.ui.widgets.calendar import place_by

MOST: Final = 10
_WIDTH: Final = 42 * UNIT
_HEIGHT: Final = 52 * UNIT


def offered(spec: RecordSpec) -> list[FieldSpec]:
    """Return the fields that may stand in a list: nothing private, long or for the program."""
    long = FieldKind.LONG_TEXT
    return [f for f in spec.fields if not (f.private or f.machine) and f.kind is not long]


class ColumnsPopup(QFrame):
    """Ticks for the columns; `chosen` carries the names when it is closed with another choice."""

    chosen = Signal(tuple)

    def __init__(
        self, spec: RecordSpec, shown: Sequence[str], theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "popup")
        self._shown = tuple(shown)
        self.boxes: dict[str, QCheckBox] = {}
        inner = QWidget()
        inner.setProperty("role", "page")
        ticks = QVBoxLayout(inner)
        ticks.setContentsMargins(UNIT, UNIT // 2, UNIT, UNIT // 2)
        ticks.setSpacing(UNIT // 2)
        for field in offered(spec):
            box = QCheckBox(field.label)
            box.setChecked(field.name in self._shown)
            box.toggled.connect(self._limit)
            self.boxes[field.name] = box
            ticks.addWidget(box)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        words = QLabel(f"Chọn từ 1 đến {MOST} cột.")
        words.setProperty("role", "hint")
        self.done = make_button("Xong", theme, role="primary")
        self.done.clicked.connect(self._take)
        page = QVBoxLayout(self)
        page.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        page.addWidget(words)
        page.addWidget(area, 1)
        page.addWidget(self.done, 0, Qt.AlignmentFlag.AlignRight)
        grown = max(1.0, theme.points / 10.5)
        self.setFixedSize(round(_WIDTH * grown), round(_HEIGHT * grown))
        self._limit()

    def open_under(self, widget: QWidget) -> None:
        """Show the ticks under a widget, the keyboard on the first."""
        room = widget.screen().availableGeometry().height()
        self.setFixedHeight(min(self.height(), room - 2 * UNIT))
        place_by(self, widget)
        self.show()
        next(iter(self.boxes.values())).setFocus(Qt.FocusReason.PopupFocusReason)

    def names(self) -> tuple[str, ...]:
        """Return what is ticked: columns that stood there keep their order, new ones follow."""
        ticked = [name for name, box in self.boxes.items() if box.isChecked()]
        return in_order_of(ticked, self._shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows; Enter takes the choice, Escape gives it up."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.done.isEnabled():
            self._take()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def _limit(self) -> None:
        count = len(self.names())
        for box in self.boxes.values():
            box.setEnabled(box.isChecked() or count < MOST)
        self.done.setEnabled(bool(count))

    def _take(self) -> None:
        names = self.names()
        self.close()
        if names != self._shown:
            self.chosen.emit(names)


def in_order_of(names: Collection[str], first: Sequence[str]) -> tuple[str, ...]:
    """Return names in the order of another list, those that are not in it last."""
    kept = [name for name in first if name in names]
    return (*kept, *(name for name in names if name not in kept))
