"""The face of the guided path: its steps on top, one panel in front, what to do next below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.ui.buttons import make_button, make_tool
from antq_desktop.ui.elided import ElidedLabel
from antq_desktop.ui.screens.handover_parts import DropFrame, Told, words
from antq_desktop.ui.screens.sheet_columns import ColumnsPanel
from antq_desktop.ui.screens.sheet_preview import LettersPanel, PreviewPanel
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.domain.fields import RecordSpec
    from antq_desktop.ui.workplace import Workplace

FILE, COLUMNS, LETTERS, PREVIEW, DONE = range(5)
_STEPS: Final = ("Chọn tệp", "Ghép cột", "Phông chữ cũ", "Xem trước", "Kết quả")


class ImportFrame(QWidget):
    """The parts of the path; what they do is told elsewhere."""

    def __init__(self, workplace: Workplace, spec: RecordSpec) -> None:
        super().__init__()
        self._workplace = workplace
        self.spec = spec
        self._make_parts()
        self._lay_out()

    def mark_step(self, step: int, *, letters: bool) -> None:
        """Mark the step in front; that of old letters is shown where there are any."""
        for at, label in enumerate(self._labels):
            label.setProperty("role", "section" if at == step else "hint")
            label.style().unpolish(label)
            label.style().polish(label)
            # Qt works the width out again only when it is told that the style is another one.
            QApplication.sendEvent(label, QEvent(QEvent.Type.StyleChange))
            label.updateGeometry()
            label.setAccessibleName(f"{_STEPS[at]}{', bước này' if at == step else ''}")
        self._labels[LETTERS].setVisible(letters)
        shown = [label for label in self._labels if label is not self._labels[LETTERS] or letters]
        for number, label in enumerate(shown, start=1):
            label.setText(f"{number}. {_STEPS[self._labels.index(label)]}")

    def _make_parts(self) -> None:
        theme = self._workplace.theme
        self.leave = make_tool("prev", theme, "Quay lại (Esc)")
        self.title = words(f"Nhập từ Excel: {self.spec.plural.lower()}", "heading", wrap=False)
        self.path = ElidedLabel(role="hint")
        self._labels = [QLabel(f"{at}. {name}") for at, name in enumerate(_STEPS, start=1)]
        self.told = Told(theme)
        self.drop = DropFrame()
        self.columns = ColumnsPanel(theme)
        self.letters = LettersPanel(self._workplace)
        self.preview = PreviewPanel(self._workplace)
        self.preview.set_kind(alike=bool(self.spec.alike))
        self.result = Told(theme)
        self.result_more = words()
        self.stack = QStackedWidget()
        self.backward = make_button("Quay lại", theme)
        self.keep = make_button("Giữ nguyên chữ trong tệp", theme)
        self.again = make_button("Nhập tệp khác", theme)
        self.undo = make_button("Hoàn tác", theme, icon="undo")
        self.faults = make_button("Mở tệp đánh dấu lỗi…", theme)
        tip = "Bước tiếp theo (Ctrl+Enter)"
        self.forward = make_button("Tiếp tục", theme, role="primary", tip=tip)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(UNIT)
        head.addWidget(self.leave)
        head.addWidget(self.title)
        head.addWidget(self.path, 1)
        steps = QHBoxLayout()
        steps.setSpacing(3 * UNIT)
        for label in self._labels:
            steps.addWidget(label)
        steps.addStretch(1)
        for panel in (self._file_panel(), self.columns, self.letters, self.preview, self._done()):
            self.stack.addWidget(panel)
        foot = QHBoxLayout()
        foot.setSpacing(UNIT)
        foot.addWidget(self.backward)
        foot.addStretch(1)
        for button in (self.faults, self.keep, self.undo, self.again, self.forward):
            foot.addWidget(button)
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, 2 * UNIT)
        page.setSpacing(UNIT)
        page.addLayout(head)
        page.addLayout(steps)
        page.addWidget(self.told)
        page.addWidget(self.stack, 1)
        page.addLayout(foot)

    def _file_panel(self) -> QWidget:
        column = QVBoxLayout(self.drop)
        column.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 3 * UNIT)
        column.setSpacing(UNIT)
        column.addStretch(1)
        for text, role in (
            ("Kéo thả tệp .xlsx, .xls hoặc .ods vào khung này", "heading"),
            (
                "Tệp đang dùng của đơn vị cũng được: có dòng quốc hiệu ở trên, ô gộp, cột tên "
                "khác, ngày viết bằng chữ, phông .VnTime. Chương trình nhận cột, cho sửa và cho "
                "xem trước; tệp gốc không bị sửa.",
                "",
            ),
        ):
            label = words(text, role)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(2)
        return self.drop

    def _done(self) -> QWidget:
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 2 * UNIT, 0, 0)
        column.setSpacing(UNIT)
        column.addWidget(self.result)
        column.addWidget(self.result_more)
        column.addStretch(1)
        return panel
