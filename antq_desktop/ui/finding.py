"""The search of the top bar over every kind: one list under it, and the record that is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit

from antq_desktop.domain.records import spec_of
from antq_desktop.domain.shown import show_title
from antq_desktop.ui.jobs import Control
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.field import Option
from antq_desktop.ui.widgets.picker import Deliver, Picker

if TYPE_CHECKING:
    from antq_desktop.services.office import Office
    from antq_desktop.ui.workplace import Workplace

_OF_ONE_KIND: Final = 8  # more are found by its own list, which can be filtered further
_WIDTH: Final = 72 * UNIT
_BEFORE = "Gõ tên, tóm tắt hoặc số hiệu để tìm trong mọi trang."


class Finder(QObject):
    """Looks for records of all kinds that are kept here; nothing is searched until words come."""

    def __init__(
        self,
        workplace: Workplace,
        anchor: QLineEdit,
        kinds: Sequence[str],
        take: Callable[[str, str], None],
    ) -> None:
        """Take where the list comes up, the kinds in their order, and who opens a record."""
        super().__init__(anchor)
        self._workplace = workplace
        self._anchor = anchor
        self._kinds = tuple(kinds)
        self._take = take
        self.popup: Picker | None = None

    def open(self, words: str) -> None:
        """Show the list; the words go on in its own line."""
        self._anchor.clear()
        popup = Picker(self._find, self._workplace.theme, self._anchor, empty=_BEFORE)
        popup.picked.connect(self._on_picked)
        popup.open_under(self._anchor, least=_WIDTH)
        popup.search.insert(words)
        self.popup = popup

    def _find(self, words: str, deliver: Deliver) -> None:
        if not words.strip():
            deliver(())
            return
        self._workplace.jobs.read(
            lambda control: found_records(self._workplace.office, self._kinds, words, control),
            deliver,
            owner=self,
            lane="everywhere",
        )

    def _on_picked(self, option: Option) -> None:
        kind, _, record = option.id.partition(" ")
        self._take(kind, record)


def found_records(
    office: Office, kinds: Sequence[str], words: str, control: Control
) -> list[Option]:
    """Return what the words find among some kinds, each with what it is; runs on a reader."""
    found: list[Option] = []
    for kind in kinds:
        control.check()
        spec = spec_of(kind, office.lists.specs)
        listing = office.lists.listing(kind, words)
        what = spec.label[:1].upper() + spec.label[1:]
        found += [
            Option(f"{kind} {row.id}", show_title(spec, row.values), what)
            for row in office.lists.window(listing, spec.title, limit=_OF_ONE_KIND)
        ]
    return found
