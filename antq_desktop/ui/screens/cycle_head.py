"""The head of a page of the cycle: its heading, the year, the standard, and its buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.ui.screens.filters import FilterChoice
from antq_desktop.ui.screens.handover_parts import words
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.chosen_fields import matching
from antq_desktop.ui.widgets.field import Option

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from antq_desktop.ui.screens.cycle import Season
    from antq_desktop.ui.widgets.picker import Deliver
    from antq_desktop.ui.workplace import Workplace


class CycleHead(QWidget):
    """Heading and buttons above, year and standard below with what else narrows the page."""

    def __init__(
        self, workplace: Workplace, season: Season, title: str, *, standard: bool = True
    ) -> None:
        super().__init__()
        self._season = season
        self.heading = words(title, "title", wrap=False)
        self.told = words("", "hint", wrap=False)
        self.year = FilterChoice(workplace, "Năm", "Năm", self._find_years, searchable=False)
        self.standard = FilterChoice(
            workplace, "Tiêu chuẩn", "Tiêu chuẩn", self._find_standards, searchable=False
        )
        for choice in (self.year, self.standard):
            choice.chosen.connect(self._on_chosen)
        if not standard:  # not shown yet: it would come up as a window of its own
            self.standard.hide()
        room = self.fontMetrics().horizontalAdvance("Năm 2026")
        self.year.setMinimumWidth(room + 7 * UNIT)
        self._top = QHBoxLayout()
        self._top.setSpacing(UNIT)
        self._top.addWidget(self.heading)
        self._top.addWidget(self.told, 0, Qt.AlignmentFlag.AlignBottom)
        self._top.addStretch(1)
        self.row = QHBoxLayout()
        self.row.setSpacing(UNIT)
        self.row.addWidget(self.year, 2)
        self.row.addWidget(self.standard, 4)
        self._end = 2
        self.row.addStretch(3)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(UNIT + 4)
        page.addLayout(self._top)
        page.addLayout(self.row)

    def add_buttons(self, *buttons: QPushButton) -> None:
        """Put buttons at the right end of the head."""
        for button in buttons:
            self._top.addWidget(button)

    def add_filter(self, widget: QWidget, share: int = 0) -> None:
        """Put something beside year and standard."""
        self.row.insertWidget(self._end, widget, share)
        self._end += 1

    def head_with(self, chooser: QWidget | None) -> None:
        """Let something to choose from stand in place of the heading; None brings it back."""
        self.heading.setVisible(chooser is None)
        self.told.setVisible(chooser is None)
        if chooser is not None:
            self._top.insertWidget(0, chooser)
            chooser.show()

    def refresh(self) -> None:
        """Show the year and standard in view."""
        season = self._season
        self.year.show_option(Option(str(season.year), f"Năm {season.year}"))
        named = dict(season.standards())
        self.standard.show_option(
            Option(season.standard, named.get(season.standard, season.standard))
        )

    def _on_chosen(self) -> None:
        year = int(self.year.option.id or self._season.year)
        self._season.show(year, self.standard.option.id or self._season.standard)
        self.refresh()

    def _find_years(self, words: str, deliver: Deliver) -> None:  # noqa: ARG002 - all are shown
        deliver([Option(str(year), f"Năm {year}") for year in self._season.years])

    def _find_standards(self, words: str, deliver: Deliver) -> None:
        found = [Option(each, label) for each, label in self._season.standards()]
        deliver(matching(found, words))
