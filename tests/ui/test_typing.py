"""Vietnamese typed into everything that can be typed into."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from antq_desktop.domain.fields import FieldKind, FieldSpec
from antq_desktop.ui.ask import Choice, Question, QuestionDialog
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.topbar import TopBar
from antq_desktop.ui.widgets.field import Kit
from antq_desktop.ui.widgets.grid import GridColumn, GridRow
from antq_desktop.ui.widgets.gridtable import GridTable
from antq_desktop.ui.widgets.make import make_field
from antq_desktop.ui.widgets.picker import Picker
from tests.ui.keyboards import type_by_input_method, type_telex, type_vni

SENTENCE = "Nguyễn Thị Thuỳ Dương ở Đường Lê Hữu Trác, tổ 05, được thưởng 2,5 triệu"


@pytest.fixture
def editable(theme: Theme, kit: Kit, qtbot: QtBot) -> Iterator[dict[str, QWidget]]:
    """Give every widget with a caret that the window is made of, found by walking."""
    whole = QWidget()
    qtbot.addWidget(whole)
    column = QVBoxLayout(whole)
    for kind in FieldKind:
        column.addWidget(make_field(FieldSpec(name=kind.value, label=kind.value, kind=kind), kit))
    column.addWidget(TopBar(theme))
    column.addWidget(Picker(lambda _words, deliver: deliver(()), theme))
    question = Question("Hủy bỏ", "", (Choice("void", "Hủy bỏ"),), "stay", reason_label="Lý do")
    column.addWidget(QuestionDialog(question, theme))
    grid = GridTable(theme)
    grid.cells.show([GridColumn("title", "Nội dung", 20)], [GridRow("one", "Thôn Mẫu")], {})
    grid.openPersistentEditor(grid.cells.index(0, 0))
    column.addWidget(grid)
    found: dict[str, QWidget] = {}
    for kind_of_widget in (QLineEdit, QPlainTextEdit, QTextEdit):
        for widget in whole.findChildren(kind_of_widget):
            if not isinstance(widget, QTextBrowser):
                found[f"{widget.accessibleName()} {len(found)}"] = widget
    yield found
    whole.close()


def text_of(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text()
    assert isinstance(widget, QPlainTextEdit | QTextEdit)
    return widget.toPlainText()


@pytest.mark.parametrize("type_into", [type_telex, type_vni, type_by_input_method])
def test_what_is_typed_stands_there_letter_for_letter(
    type_into: Callable[[QObject, str], None], editable: dict[str, QWidget]
) -> None:
    wrong = {}
    for name, widget in editable.items():
        type_into(widget, SENTENCE)
        if text_of(widget) != SENTENCE:
            wrong[name] = text_of(widget)
    assert not wrong


def test_the_walk_finds_fields_search_lines_and_questions(editable: dict[str, QWidget]) -> None:
    names = " ".join(editable)
    typed = set(FieldKind) - {FieldKind.CHOICE, FieldKind.REFERENCE, FieldKind.YES_NO}
    assert all(kind.value in names for kind in typed)
    assert all(
        part in names for part in ("Tìm", "Tìm trong danh sách", "Lý do", "Thôn Mẫu, Nội dung")
    )


def test_no_line_completes_or_refuses_what_is_typed(editable: dict[str, QWidget]) -> None:
    lines = [widget for widget in editable.values() if isinstance(widget, QLineEdit)]
    assert lines
    for line in lines:
        assert line.completer() is None
        assert line.validator() is None
        assert line.inputMask() == ""
        assert line.maxLength() == 32767
