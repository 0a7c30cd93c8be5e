"""What stands around and inside the tabs of an editor: title, bands, buttons, and headings."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from antq_desktop.ui.ask import Choice, Question
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.elided import ElidedLabel
from antq_desktop.ui.screens.editor_bands import Bands
from antq_desktop.ui.theme import UNIT, Theme


class EditorFrame(QWidget):
    """The empty frame of an editor; `hold` puts the tabs into it."""

    def __init__(self, theme: Theme, label: str) -> None:
        super().__init__()
        self.title = ElidedLabel(role="title")
        self.missing = make_button("", theme, role="quiet", tip="Đến mục sau (F3)")
        self.fill_button = make_button(
            "Điền sẵn",
            theme,
            icon="copy",
            tip="Lặp lại lần trước (Ctrl+R), lặp lại một mục (Ctrl+'), mẫu của đơn vị",
        )
        self.bands = Bands(theme)
        self.save_button = make_button(
            "Lưu", theme, role="primary", icon="save", tip="Lưu (Ctrl+S)"
        )
        self.void_button = make_button(f"Hủy {label}…", theme, role="danger", icon="void")
        self.back_button = make_button("Về danh sách", theme, icon="prev", tip="Về danh sách (Esc)")
        self.print_button = make_button("In", theme, icon="print", tip="Xem và in (Ctrl+P)")

    def hold(self, tabs: QWidget) -> None:
        """Lay everything out around the tabs."""
        head = QHBoxLayout()
        head.setContentsMargins(3 * UNIT, 2 * UNIT, 2 * UNIT, UNIT)
        head.addWidget(self.title, 1)
        head.addWidget(self.missing)
        head.addWidget(self.fill_button)
        bands = QVBoxLayout()
        bands.setContentsMargins(3 * UNIT, 0, 3 * UNIT, UNIT)
        bands.addWidget(self.bands)
        foot = QFrame()
        foot.setProperty("role", "foot")
        bar = QHBoxLayout(foot)
        bar.setContentsMargins(3 * UNIT, UNIT, 3 * UNIT, UNIT)
        bar.setSpacing(UNIT)
        bar.addWidget(self.void_button)
        bar.addStretch(1)
        for button in (self.print_button, self.back_button, self.save_button):
            bar.addWidget(button)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(head)
        page.addLayout(bands)
        page.addWidget(tabs, 1)
        page.addWidget(foot)


def leave_question() -> Question:
    """Return the question before an editor with unsaved changes is left."""
    return Question(
        title="Có thay đổi chưa lưu",
        consequence=(
            "Lưu để giữ những gì vừa nhập. Bỏ thay đổi thì những chữ vừa nhập trên trang này "
            "không được giữ lại."
        ),
        choices=(
            Choice("drop", "Bỏ thay đổi", "danger"),
            Choice("stay", "Sửa tiếp"),
            Choice("save", "Lưu", "primary"),
        ),
        safe="stay",
    )


def scroll_area() -> QScrollArea:
    """Return the empty room of one tab, which scrolls up and down only."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFrameShape(QFrame.Shape.NoFrame)
    return area


def heading(title: str) -> QVBoxLayout:
    """Return the title of a section with the line below it."""
    words = QLabel(title)
    words.setProperty("role", "section")
    line = QFrame()
    line.setProperty("role", "line")
    column = QVBoxLayout()
    column.setSpacing(UNIT // 2)
    column.addWidget(words)
    column.addWidget(line)
    return column
