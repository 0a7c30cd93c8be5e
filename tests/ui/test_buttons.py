"""Buttons under the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from antq_desktop.ui.buttons import make_button, make_tool
from antq_desktop.ui.theme import Theme
from tests.ui.keyboards import press


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_a_button_as_space_does(theme: Theme, qtbot: QtBot, key: Qt.Key) -> None:
    made: tuple[QAbstractButton, ...] = (
        make_button("Thêm", theme),
        make_tool("help", theme, "Trợ giúp (F1)"),
    )
    pressed: list[QAbstractButton] = []
    for button in made:
        qtbot.addWidget(button)
        button.clicked.connect(lambda _on=False, one=button: pressed.append(one))
        press(button, key)
    assert pressed == list(made)
