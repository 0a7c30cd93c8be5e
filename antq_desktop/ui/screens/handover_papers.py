"""Papers of *Giao nhận* in the preview of the program, in place of the page that asked for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from antq_desktop.ui.screens.preview_wanted import Wanted

if TYPE_CHECKING:
    from antq_desktop.ui.screens.preview import PreviewPage
    from antq_desktop.ui.workplace import Workplace


class PaperPlace(QWidget):
    """Holds the page of a screen and, in front of it, the paper that is looked at."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._pages = QStackedWidget()
        self.preview: PreviewPage | None = None
        self._asked_by: QWidget | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    def hold(self, page: QWidget) -> None:
        """Take the page of the screen."""
        self._pages.addWidget(page)

    def show_paper(self, wanted: Wanted, asked_by: QWidget) -> None:
        """Show one paper."""
        self.show_papers((wanted,), asked_by)

    def show_papers(self, wanted: Sequence[Wanted], asked_by: QWidget) -> None:
        """Show papers, several as one file; going back leads to what asked for them."""
        from antq_desktop.ui.screens.preview import PreviewPage

        self.drop_paper()
        self._asked_by = asked_by
        self.preview = PreviewPage(self._workplace, wanted)
        self.preview.closed.connect(self._back)
        self._pages.addWidget(self.preview)
        self._pages.setCurrentWidget(self.preview)
        self.preview.start()

    def drop_paper(self) -> None:
        """Show the page again."""
        if self.preview is not None:
            self.preview.end()
            self._pages.removeWidget(self.preview)
            self.preview.deleteLater()
            self.preview = None

    def _back(self) -> None:
        self.drop_paper()
        if self._asked_by is not None:
            self._asked_by.setFocus()


def show_paper(asked_by: QWidget, wanted: Wanted) -> None:
    """Show a paper in the place that holds the widget which asked for it."""
    show_papers(asked_by, (wanted,))


def show_papers(asked_by: QWidget, wanted: Sequence[Wanted]) -> None:
    """Show papers as one file in the place that holds the widget which asked for them."""
    place = asked_by.parentWidget()
    while place is not None and not isinstance(place, PaperPlace):
        place = place.parentWidget()
    if isinstance(place, PaperPlace):
        place.show_papers(wanted, asked_by)
