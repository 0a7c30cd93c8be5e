"""None outlives Qt."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

import antq_desktop.ui  # noqa: F401 - importing it is what is tested


def test_calling_qt_often_does_not_use_up_none(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    before = sys.getrefcount(None)
    for _ in range(20_000):
        line.setText("Thôn Mẫu")
    spent = before - sys.getrefcount(None)
    assert sys.getrefcount(None) > 1000 * max(spent, 1)
