"""The parts of a report on the screen: a box for each passage, and one for each contradiction."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from antq_desktop.domain.narrative.draft import Passage
from antq_desktop.domain.reconciling import Contradiction
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.widgets.inputs import LongInput

EMPTY = "Phần này do đơn vị viết; để trống thì in dòng kẻ chấm."
EXPLAIN = "Giải trình bằng lời; để trống thì in trên trang riêng."
_LEAST_LINES, _MOST_LINES = 1, 40


def _box(hint: str, called: str) -> LongInput:
    box = LongInput(_LEAST_LINES, _MOST_LINES)
    box.setPlaceholderText(hint)
    box.setAccessibleName(called)
    return box


class PassageBox(QFrame):
    """One passage; `written` carries its key and words, `taken_back` its key."""

    written = Signal(str, str)
    taken_back = Signal(str)
    typed = Signal()

    def __init__(self, passage: Passage, theme: Theme) -> None:
        super().__init__()
        self.key = passage.key
        self._kept = ""
        self.text = _box(EMPTY, "Đoạn văn của báo cáo")
        self.state = _small("hint")
        self.stale = _small("warning")
        self.back = make_button(
            "Lấy lại theo số liệu", theme, role="quiet", icon="undo",
            tip="Bỏ lời đã sửa, viết lại theo số liệu; hoàn tác được",
        )  # fmt: skip
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self.state)
        foot.addWidget(self.stale, 1)
        foot.addStretch(0)
        foot.addWidget(self.back, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.text)
        column.addLayout(foot)
        self.show_passage(passage)
        self.text.left.connect(self.finish)
        self.text.textChanged.connect(self._say)
        self.text.textChanged.connect(self.typed)
        self.back.clicked.connect(lambda: self.taken_back.emit(self.key))

    @property
    def changed(self) -> bool:
        """Whether words were typed that are not kept yet."""
        return self.words != self._kept

    @property
    def words(self) -> str:
        """What stands in the box."""
        return self.text.toPlainText().strip()

    def show_passage(self, passage: Passage) -> None:
        """Show a passage as it is kept; words that are being typed stay."""
        typing = self.changed and self.text.hasFocus()
        self._kept = passage.text.strip()
        if not typing and self.words != self._kept:
            self.text.setPlainText(self._kept)
        self._edited = passage.edited
        self._stale = passage.stale
        self._say()

    def finish(self) -> None:
        """Hand over what was typed."""
        if self.changed:
            self.written.emit(self.key, self.words)

    def _say(self) -> None:
        self.stale.setText(self._stale[:1].upper() + self._stale[1:])
        state = "Đang sửa" if self.changed else "Đã sửa" if self._edited and not self._stale else ""
        self.state.setText(state)
        self.state.setVisible(bool(state))
        self.back.setVisible(self._edited)


class ContradictionBox(QFrame):
    """Two numbers that cannot both be right, and what a person says of them."""

    explained = Signal(str, str)

    def __init__(self, held: Contradiction) -> None:
        super().__init__()
        self.code = held.code
        self._kept = held.explained
        self.message = QLabel(held.message)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.text = _box(EXPLAIN, "Giải trình")
        self.text.setPlainText(held.explained)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.message)
        column.addWidget(self.text)
        self.text.left.connect(self.finish)

    @property
    def changed(self) -> bool:
        """Whether words were typed that are not kept yet."""
        return self.text.toPlainText().strip() != self._kept

    def finish(self) -> None:
        """Hand over what was typed."""
        if self.changed:
            self._kept = self.text.toPlainText().strip()
            self.explained.emit(self.code, self._kept)


def _small(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label


def heading(words: str, level: int) -> QWidget:
    """Return a heading of the report."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", "heading" if level == 1 else "section")
    return label
