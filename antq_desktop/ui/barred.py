"""Buttons of what the officer at work may not do: they stand there, dead, and say who may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from antq_desktop.domain.rights import Operation
    from antq_desktop.services.standing import Standing


def bar(standing: Standing, operation: Operation, *buttons: QWidget) -> None:
    """Keep buttons disabled, with the reason in their tip, unless the officer may do it."""
    why_not = standing.why_not(operation)
    if not why_not:
        return
    for button in buttons:
        _Bar(button, why_not)


class _Bar(QObject):
    """Disables its button again whenever its page enables it, and keeps the reason in the tip."""

    def __init__(self, button: QWidget, why_not: str) -> None:
        super().__init__(button)
        self._why_not = why_not
        self._hold(button)
        button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold the button when anything about it was changed."""
        changed = event.type() in {QEvent.Type.EnabledChange, QEvent.Type.ToolTipChange}
        if changed and isinstance(watched, QWidget):
            self._hold(watched)
        return False

    def _hold(self, button: QWidget) -> None:
        if button.isEnabled():
            button.setEnabled(False)
        if button.toolTip() != self._why_not:
            button.setToolTip(self._why_not)
