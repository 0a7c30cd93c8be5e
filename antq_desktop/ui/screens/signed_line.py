"""The signed lines that a record came in: whose signature, by which way, and the words signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.handover_parts import Told, words
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.tracing import SignedLine
    from antq_desktop.ui.workplace import Workplace

_SIZE: Final = (92 * UNIT, 64 * UNIT)
_MOST: Final = 3


def show_signed_lines(workplace: Workplace, parent: QWidget, kind: str, record: str) -> None:
    """Verify the bundles that brought a record anew, and show what was signed."""
    office = workplace.office
    workplace.jobs.read(
        lambda _control: office.handover.tracing.lines(kind, record),
        lambda lines: SignedLineDialog(workplace, parent, lines).open(),
        owner=parent,
        title="Kiểm tra chữ ký",
    )


class SignedLineDialog(QDialog):
    """Shows the newest signed lines of a record."""

    def __init__(self, workplace: Workplace, parent: QWidget, lines: list[SignedLine]) -> None:
        super().__init__(parent.window())
        theme = workplace.theme
        self.setWindowTitle("Dòng đã ký của hồ sơ")
        self.lines = lines
        page = QVBoxLayout(self)
        page.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        page.setSpacing(UNIT)
        page.addWidget(words("Dòng đã ký của hồ sơ", "heading"))
        if not lines:
            page.addWidget(words("Hồ sơ này do đơn vị này lập nên không đến từ gói nào."))
            page.addStretch(1)
        self.texts: list[QPlainTextEdit] = []
        for line in lines[:_MOST]:
            way = f", chuyển qua {line.via}" if line.via else ""
            head = f"{line.sender}, gói số {line.number}{way}, nhận {line.received}"
            page.addWidget(words(head, "section"))
            told = Told(theme)
            told.say(line.signature, "done" if line.holds else "fault")
            page.addWidget(told)
            if line.place:
                page.addWidget(words(f"Trong gói: {line.place}", "hint"))
                text = QPlainTextEdit(line.text)
                text.setReadOnly(True)
                text.setAccessibleName(f"Dòng đã ký trong gói số {line.number}")
                self.texts.append(text)
                page.addWidget(text, 1)
        if len(lines) > _MOST:
            more = len(lines) - _MOST
            page.addWidget(words(f"Còn {more} gói cũ hơn cũng mang hồ sơ này.", "hint"))
        row = QHBoxLayout()
        row.addStretch(1)
        self.back = make_button("Đóng", theme, tip="Đóng (Esc)")
        self.back.clicked.connect(self.reject)
        row.addWidget(self.back)
        page.addLayout(row)
        self.resize(*_SIZE)
