"""Above the list of documents: gaps and doubles of the books that the unit keeps itself.

They are those of the year that the list is filtered to, else of this year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from antq_desktop.ui.screens.editor_kit import civil_now

if TYPE_CHECKING:
    from antq_desktop.services.beside import KeptBook
    from antq_desktop.ui.screens.listing import ListPage
    from antq_desktop.ui.workplace import Workplace

KINDS: Final = frozenset({"document", "issuing_body"})
BAND: Final = "books"
HEADING: Final = "Số bỏ trống / trùng."


def watch_books(workplace: Workplace, page: ListPage) -> None:
    """Look at the books of a year each time the list is answered."""

    def look() -> None:
        office = workplace.office
        period = page.filters.value().period
        year = office.periods.named(period).until[:4] if period else str(civil_now(office).year)
        workplace.jobs.read(
            lambda _control: office.beside.books(year), show, owner=page, lane="books"
        )

    def show(books: list[KeptBook]) -> None:
        page.bands.hide_band(BAND)
        told = [book.sentence for book in books if book.sentence]
        if told:
            page.bands.show_band(BAND, f"{HEADING} {' '.join(told)}", tone="watch")

    page.answered.connect(look)
