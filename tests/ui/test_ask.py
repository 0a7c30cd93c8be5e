"""Questions with verbs for buttons."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from antq_desktop.ui.ask import (
    Answer,
    Choice,
    FileQuestion,
    Question,
    QuestionDialog,
    WindowAsker,
    leave_question,
)
from antq_desktop.ui.theme import Theme
from tests.ui.keyboards import press, send

VOID = Question(
    "Hủy bỏ vụ việc số 12",
    "Vụ việc không còn trong sổ, nhưng khôi phục được.",
    (Choice("stay", "Giữ lại"), Choice("void", "Hủy bỏ", "danger")),
    "stay",
    "Lý do",
)
KEEP = Question(
    "Có thay đổi chưa lưu",
    "Lưu để giữ những gì vừa nhập.",
    (
        Choice("drop", "Bỏ thay đổi", "danger"),
        Choice("stay", "Sửa tiếp"),
        Choice("save", "Lưu", "primary"),
    ),
    "stay",
)
CLOSE = Question(
    "Đóng chương trình",
    "Việc đang làm dừng lại.",
    (Choice("close", "Đóng chương trình", "danger"), Choice("stay", "Giữ nguyên")),
    "stay",
)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def dialog_over(window: QWidget) -> QuestionDialog:
    found = window.findChildren(QuestionDialog)
    assert len(found) == 1
    return found[0]


def colours_of(widget: QWidget) -> list[QColor]:
    image = widget.grab().toImage()
    row = image.height() // 2
    return [image.pixelColor(column, row) for column in range(image.width())]


def test_the_answer_is_the_button_pressed(window: QWidget, theme: Theme) -> None:
    answers: list[Answer] = []
    WindowAsker(window, theme).ask(leave_question(), answers.append)
    assert answers == []
    dialog_over(window).buttons["drop"].click()
    assert answers == [Answer("drop")]


def test_escape_gives_the_safe_answer(window: QWidget, theme: Theme) -> None:
    answers: list[Answer] = []
    WindowAsker(window, theme).ask(leave_question(), answers.append)
    press(dialog_over(window), Qt.Key.Key_Escape)
    assert answers == [Answer("stay")]


def test_the_keyboard_begins_at_the_answer_that_loses_nothing(
    window: QWidget, theme: Theme
) -> None:
    for question, first in ((leave_question(), "stay"), (KEEP, "save"), (CLOSE, "stay")):
        dialog = QuestionDialog(question, theme, window)
        assert dialog.focusWidget() is dialog.buttons[first]
    assert isinstance(QuestionDialog(VOID, theme, window).focusWidget(), QPlainTextEdit)


def test_enter_presses_the_answer_that_has_the_keyboard(window: QWidget, theme: Theme) -> None:
    answers: list[Answer] = []
    WindowAsker(window, theme).ask(KEEP, answers.append)
    dialog = dialog_over(window)
    dialog.buttons["stay"].setFocus()
    press(dialog.buttons["stay"], Qt.Key.Key_Return)
    assert answers == [Answer("stay")]


def test_a_reason_must_be_written_before_the_consequence(window: QWidget, theme: Theme) -> None:
    answers: list[Answer] = []
    WindowAsker(window, theme).ask(VOID, answers.append)
    dialog = dialog_over(window)
    assert not dialog.buttons["void"].isEnabled()
    assert theme.colour("red") not in colours_of(dialog.buttons["void"])
    assert dialog.buttons["stay"].isEnabled()
    reason = dialog.findChild(QPlainTextEdit)
    assert isinstance(reason, QPlainTextEdit)
    send(reason, "Ghi trùng")
    assert theme.colour("red") in colours_of(dialog.buttons["void"])
    dialog.buttons["void"].click()
    assert answers == [Answer("void", "Ghi trùng")]


def test_a_name_with_angle_brackets_is_shown_as_written(window: QWidget, theme: Theme) -> None:
    question = Question("<b>Mẫu</b>", "<img src='x'>", (Choice("ok", "Đóng"),), "ok")
    dialog = QuestionDialog(question, theme, window)
    texts = {label.text(): label.textFormat() for label in dialog.findChildren(QLabel)}
    assert texts["<b>Mẫu</b>"] == Qt.TextFormat.PlainText
    assert texts["<img src='x'>"] == Qt.TextFormat.PlainText


def test_a_file_is_asked_for_and_turning_back_gives_none(
    window: QWidget, theme: Theme, tmp_path: Path
) -> None:
    chosen: list[Path | None] = []
    question = FileQuestion("Lưu tệp", (("Tệp PDF", "*.pdf"),), tmp_path, "so.pdf", to_write=True)
    WindowAsker(window, theme).ask_file(question, chosen.append)
    dialog = window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.reject()
    assert chosen == [None]
    WindowAsker(window, theme).ask_file(question, chosen.append)
    dialog = next(one for one in window.findChildren(QFileDialog) if one.isVisible())
    dialog.done(1)
    assert chosen[1] == tmp_path / "so.pdf"


def test_several_files_are_chosen_in_one_dialog(
    window: QWidget, theme: Theme, tmp_path: Path
) -> None:
    chosen: list[tuple[Path, ...]] = []
    for name in ("1.jpg", "2.jpg"):
        (tmp_path / name).write_bytes(b"x")
    WindowAsker(window, theme).ask_files(FileQuestion("Thêm tệp", start=tmp_path), chosen.append)
    (dialog,) = [one for one in window.findChildren(QFileDialog) if one.isVisible()]
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFiles
    dialog.selectFile("1.jpg")
    dialog.done(1)
    assert chosen == [(tmp_path / "1.jpg",)]


def test_the_next_file_is_asked_for_where_the_last_one_was(
    window: QWidget, theme: Theme, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    asker = WindowAsker(window, theme)
    first = FileQuestion(
        "Lưu tệp", (("Tệp PDF", "*.pdf"),), tmp_path / "in", "a.pdf", to_write=True
    )
    asker.ask_file(first, lambda _path: None)
    shown = [one for one in window.findChildren(QFileDialog) if one.isVisible()]
    shown[-1].done(1)
    asker.ask_file(FileQuestion("Chọn tệp"), lambda _path: None)
    shown = [one for one in window.findChildren(QFileDialog) if one.isVisible()]
    assert Path(shown[-1].directory().absolutePath()) == tmp_path / "in"
    shown[-1].reject()
