"""The place *Nhập theo đơn vị*: it is gone to from the lists, and stands in no side bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from antq_desktop.services.help import help_page
from antq_desktop.ui.screen import ASIDE
from antq_desktop.ui.screens.unit_sheet_page import UnitSheetPage

if TYPE_CHECKING:
    from antq_desktop.domain.fields import Value
    from antq_desktop.services.unit_sheet_lines import UnitKind
    from antq_desktop.ui.workplace import Workplace

KEY: Final = "unit_sheet"


class UnitSheetScreen:
    """The screen; `back` is called with the kind whose list is wanted."""

    key = KEY
    title = "Nhập theo đơn vị"
    icon = "units"
    group = ASIDE

    def __init__(self, workplace: Workplace, back: Callable[[str], None]) -> None:
        self._workplace = workplace
        self._back = back
        self._page: UnitSheetPage | None = None
        self._came = ("", "")
        self.help_page = help_page(KEY)

    # what the window asks

    def widget(self) -> UnitSheetPage:
        """Return the page; built when it is first asked for."""
        if self._page is None:
            self._page = UnitSheetPage(self._workplace)
            self._page.closed.connect(self._close)
        return self._page

    def activate(self) -> None:
        """Bring the lines up to date; the first time, begin with the first kind."""
        page = self.widget()
        if page.kind:
            page.activate()
        else:
            self.show_kind(self._workplace.office.unit_sheets.kinds()[0].kind)

    def may_leave(self, go: Callable[[], None]) -> None:
        """Leave at once unless something was typed and not saved."""
        if self._page is None:
            go()
            return
        self._page.may_leave(go)

    def search(self, words: str) -> bool:  # noqa: ARG002
        """Leave the words to the search over everything."""
        return False

    # what lists ask

    def show_kind(self, kind: str, said: Mapping[str, Value] | None = None) -> None:
        """Begin with a kind, with what is said above the lines already."""
        page, sheets = self.widget(), self._workplace.office.unit_sheets

        def begin(kinds: tuple[UnitKind, ...]) -> None:
            page.show_kind(kind, kinds, said)

        self._workplace.jobs.read(
            lambda _control: sheets.unit_kinds(), begin, owner=page, lane="unit_kinds"
        )

    def enter(self, kind: str, said: Mapping[str, Value] | None = None, came: str = "") -> None:
        """Go to the screen and begin with a kind, with what is said above the lines already.

        From elsewhere than the list of the kind one goes back to where one came from.
        """
        self._came = (kind, came or kind)
        self._workplace.go(KEY, partial(self.show_kind, kind, said))

    def _close(self) -> None:
        if self._page is not None:
            kind, came = self._came
            self._back(came if self._page.kind == kind else self._page.kind)
