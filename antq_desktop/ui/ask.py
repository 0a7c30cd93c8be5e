"""Questions to the officer: each names its consequence, and its buttons are verbs.

A question is shown without a nested event loop: the answer comes later, to a callback. Screens get
an `Asker` handed in, so that tests answer in place of a person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.ui.theme import UNIT, Theme
from antq_desktop.ui.widgets.inputs import LineInput

_WIDTH = 60 * UNIT


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: `verb` is its button, as in “Sửa tiếp”; `role` is primary, plain or danger."""

    key: str
    verb: str
    role: str = "plain"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Attributes:
        title: The question in one line.
        consequence: What each answer leads to.
        choices: The answers, left to right.
        safe: Key of the answer that Escape and closing give.
        reason_label: When set, a reason must be written before an answer other than `safe`.
        icon: Name of the icon beside the question.
        given: What stands in the place of the reason at first.
        one_line: Whether one line is written rather than a reason: Enter gives the first answer
            that is primary.
    """

    title: str
    consequence: str
    choices: tuple[Choice, ...]
    safe: str
    reason_label: str = ""
    icon: str = "warning"
    given: str = ""
    one_line: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The key of the answer, and the reason where one was asked for."""

    key: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FileQuestion:
    """Which file or folder: `kinds` maps a Vietnamese name to patterns such as `*.pdf`."""

    title: str
    kinds: tuple[tuple[str, str], ...] = ()
    start: Path | None = None
    suggested: str = ""
    to_write: bool = False
    folder: bool = False


class Asker(Protocol):
    """Who answers questions: the window's dialogs, or a test."""

    def ask(self, question: Question, then: Callable[[Answer], None]) -> None:
        """Ask, and hand the answer to `then` on the UI thread, now or later."""
        ...

    def ask_file(self, question: FileQuestion, then: Callable[[Path | None], None]) -> None:
        """Ask for a file or folder; None when the officer turned back."""
        ...

    def ask_files(self, question: FileQuestion, then: Callable[[tuple[Path, ...]], None]) -> None:
        """Ask for one file or several; none when the officer turned back."""
        ...


class WindowAsker:
    """Asks by dialogs over a window."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        self._window = window
        self._theme = theme
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        self._folder = QStandardPaths.writableLocation(documents)

    def ask(self, question: Question, then: Callable[[Answer], None]) -> None:
        """Show the question over the window."""
        dialog = QuestionDialog(question, self._theme, self._window)
        dialog.finished.connect(lambda _result: then(dialog.answer))
        dialog.open()

    def ask_file(self, question: FileQuestion, then: Callable[[Path | None], None]) -> None:
        """Show the file dialog of the system over the window, in the folder of the last choice."""
        self._show(question, lambda chosen: then(chosen[0] if chosen else None))

    def ask_files(self, question: FileQuestion, then: Callable[[tuple[Path, ...]], None]) -> None:
        """Show the same dialog, in which several files may be marked."""
        self._show(question, then, several=True)

    def _show(
        self,
        question: FileQuestion,
        then: Callable[[tuple[Path, ...]], None],
        *,
        several: bool = False,
    ) -> None:
        dialog = QFileDialog(self._window, question.title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        modes = QFileDialog.FileMode
        if question.folder:
            dialog.setFileMode(modes.Directory)
        elif question.to_write:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        else:
            dialog.setFileMode(modes.ExistingFiles if several else modes.ExistingFile)
        dialog.setNameFilters([f"{name} ({patterns})" for name, patterns in question.kinds])
        dialog.setDirectory(str(question.start or self._folder))
        if question.suggested:
            dialog.selectFile(question.suggested)

        def decide(result: int) -> None:
            chosen = _chosen(dialog, result)
            if chosen:
                self._folder = str(chosen[0] if question.folder else chosen[0].parent)
            then(chosen)

        dialog.finished.connect(decide)
        dialog.open()


class QuestionDialog(QDialog):
    """One question with verb buttons; `answer` holds the safe one until another is pressed."""

    def __init__(self, question: Question, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(question.title)
        self.answer = Answer(question.safe)
        self._question = question
        self._reason: QPlainTextEdit | LineInput | None = None
        self.buttons: dict[str, QPushButton] = {}
        page = QVBoxLayout(self)
        page.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        page.setSpacing(2 * UNIT)
        page.addLayout(self._words(question, theme))
        if question.reason_label:
            page.addLayout(self._reason_part(question))
        page.addLayout(self._button_row(question))
        self._enable()
        self._first().setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensurePolished()
        self.resize(_WIDTH, page.totalHeightForWidth(_WIDTH))

    def _words(self, question: Question, theme: Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * UNIT)
        sign = QLabel()
        sign.setPixmap(
            theme.icons.pixmap(question.icon, "gold", 4 * UNIT, self.devicePixelRatioF())
        )
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(UNIT)
        for text, role in ((question.title, "heading"), (question.consequence, "")):
            label = QLabel(text)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setProperty("role", role)
            words.addWidget(label)
        row.addLayout(words, 1)
        return row

    def _reason_part(self, question: Question) -> QVBoxLayout:
        part = QVBoxLayout()
        part.setSpacing(UNIT // 2)
        title = QLabel(question.reason_label)
        title.setProperty("role", "label")
        self._reason = self._line(question) if question.one_line else self._lines(question)
        self._reason.setAccessibleName(question.reason_label)
        self._reason.textChanged.connect(self._enable)
        title.setBuddy(self._reason)
        part.addWidget(title)
        part.addWidget(self._reason)
        return part

    def _lines(self, question: Question) -> QPlainTextEdit:
        lines = QPlainTextEdit(question.given)
        lines.setTabChangesFocus(True)
        lines.setFixedHeight(10 * UNIT)
        return lines

    def _line(self, question: Question) -> LineInput:
        line = LineInput()
        line.setText(question.given)
        line.selectAll()
        line.returnPressed.connect(self._press_primary)
        return line

    def _press_primary(self) -> None:
        for choice in self._question.choices:
            if choice.role == "primary" and self.buttons[choice.key].isEnabled():
                self._press(choice.key)
                return

    def _button_row(self, question: Question) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addStretch(1)
        for choice in question.choices:
            button = QPushButton(choice.verb)
            button.setProperty("role", choice.role)
            button.setAutoDefault(True)  # Enter presses the button that has the keyboard
            button.clicked.connect(lambda _checked=False, key=choice.key: self._press(key))
            self.buttons[choice.key] = button
            row.addWidget(button)
        return row

    def _first(self) -> QWidget:
        """What has the keyboard first: the reason, else what keeps the most, never the danger."""
        if self._reason is not None:
            return self._reason
        primary = [one.key for one in self._question.choices if one.role == "primary"]
        return self.buttons[primary[0] if primary else self._question.safe]

    def _press(self, key: str) -> None:
        self.answer = Answer(key, self._reason_text())
        self.accept()

    def _reason_text(self) -> str:
        if isinstance(self._reason, QPlainTextEdit):
            return self._reason.toPlainText().strip()
        return self._reason.text().strip() if self._reason is not None else ""

    def _enable(self) -> None:
        may_go = not self._question.reason_label or bool(self._reason_text())
        for key, button in self.buttons.items():
            button.setEnabled(may_go or key == self._question.safe)


def leave_question() -> Question:
    """Return the question before a page with unsaved changes is left."""
    return Question(
        title="Có thay đổi chưa lưu",
        consequence="Bỏ thay đổi thì những chữ vừa nhập trên trang này không được giữ lại.",
        choices=(
            Choice("drop", "Bỏ thay đổi", "danger"),
            Choice("stay", "Sửa tiếp", "primary"),
        ),
        safe="stay",
    )


def _chosen(dialog: QFileDialog, result: int) -> tuple[Path, ...]:
    if result != QDialog.DialogCode.Accepted.value:
        return ()
    return tuple(Path(file) for file in dialog.selectedFiles())
