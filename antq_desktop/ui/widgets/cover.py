"""What stands in place of a private value until the officer asks to read it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.theme import UNIT, Theme

MASK = "• • • • • •"


class Cover(QWidget):
    """The mask and its button *Hiện*; says nothing about the length of what it covers."""

    lifted = Signal()

    def __init__(self, label: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mask = QLabel(MASK)
        mask.setProperty("role", "hint")
        mask.setAccessibleName(f"{label}: đang che")
        tip = "Mỗi lần xem được ghi vào nhật ký"
        self.button = make_button("Hiện", theme, role="quiet", icon="show", tip=tip)
        self.button.setAccessibleName(f"Hiện {label}")
        self.button.clicked.connect(self.lifted)
        row = QHBoxLayout(self)
        row.setContentsMargins(UNIT, 0, 0, 0)
        row.addWidget(mask)
        row.addStretch(1)
        row.addWidget(self.button)
