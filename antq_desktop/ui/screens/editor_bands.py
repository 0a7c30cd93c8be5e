"""Bands above an editor or a list: what is special about what stands below, and the next step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.theme import UNIT, Theme

_SIGNS = {
    "info": ("info", "blue"),
    "watch": ("warning", "gold"),
    "fault": ("fault", "red"),
    "plain": ("void", "ink_soft"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One button of a band."""

    verb: str
    do: Callable[[], None]
    role: str = "quiet"


class Band(QFrame):
    """One sentence with its steps, on a coloured ground; `tone` as badges have it."""

    def __init__(self, text: str, steps: Sequence[Step], theme: Theme, tone: str) -> None:
        super().__init__()
        self.setProperty("role", "band")
        self.setProperty("tone", tone)
        icon, colour = _SIGNS[tone]
        sign = QLabel()
        sign.setPixmap(
            theme.icons.pixmap(icon, colour, theme.measures.icon, self.devicePixelRatioF())
        )
        self.text = QLabel(text)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * UNIT, UNIT // 2, UNIT, UNIT // 2)
        row.setSpacing(UNIT)
        row.addWidget(sign)
        row.addWidget(self.text, 1)
        self.buttons = []
        for step in steps:
            button = make_button(step.verb, theme, role=step.role)
            button.clicked.connect(lambda _checked=False, do=step.do: do())
            row.addWidget(button)
            self.buttons.append(button)


class Bands(QWidget):
    """The bands of a page, by name; a band of a name takes the place of the one before."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: dict[str, Band] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(UNIT)
        self.hide()

    def show_band(
        self, name: str, text: str, steps: Sequence[Step] = (), *, tone: str = "info"
    ) -> None:
        """Show a band."""
        self.hide_band(name)
        band = Band(text, steps, self._theme, tone)
        self._shown[name] = band
        self._column.addWidget(band)
        self.show()

    def hide_band(self, name: str) -> None:
        """Take a band away."""
        band = self._shown.pop(name, None)
        if band is not None:
            self._column.removeWidget(band)
            band.hide()
            band.deleteLater()
        self.setVisible(bool(self._shown))

    def band(self, name: str) -> Band | None:
        """Return a band that is shown."""
        return self._shown.get(name)
