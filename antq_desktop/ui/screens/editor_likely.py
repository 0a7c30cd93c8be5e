"""While a record is typed: a quiet word that it may be there already. Nothing is decided by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from antq_desktop.domain.suspects import key_of, ways_to_be_alike
from antq_desktop.domain.text import opening
from antq_desktop.ui.screens.editor_bands import Bands, Step
from antq_desktop.ui.screens.editor_twins import twins

if TYPE_CHECKING:
    from antq_desktop.services.likely import Likeness
    from antq_desktop.ui.screens.editor_pages import EditorPages
    from antq_desktop.ui.screens.editor_state import Sheaf
    from antq_desktop.ui.workplace import Workplace

QUIET_MS: Final = 400
_STORED, _HERE = "likely", "twins"


class LikelyBands(QObject):
    """Two bands of an editor: a stored record that is alike, and a row of a list typed twice.

    `open_asked` carries the id of the record that the officer wants to see.
    """

    open_asked = Signal(str)

    def __init__(
        self, workplace: Workplace, sheaf: Sheaf, pages: EditorPages, bands: Bands, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._sheaf = sheaf
        self._pages = pages
        self._bands = bands
        self._asked: Sequence[object] = ()
        self._settled: set[str] = set()
        self._told_here = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET_MS)
        self._timer.timeout.connect(self.look)

    def touch(self) -> None:
        """Look soon: something was typed."""
        self._timer.start()

    def end(self) -> None:
        """Look no more: the editor goes away."""
        self._timer.stop()

    def look(self) -> None:
        """Look now; the store is only asked when what names the record is another than before."""
        self._look_here()
        main = self._sheaf.main
        if main.fixed:
            return
        keys = [key_of(main.spec, names, main.now) for names in ways_to_be_alike(main.spec)]
        if keys == self._asked:
            return
        self._asked = keys
        if not any(keys):
            self._bands.hide_band(_STORED)
            return
        likely, kind, values = self._workplace.office.likely, main.spec.kind, dict(main.now)
        self._workplace.jobs.read(
            lambda _control: likely.of(kind, values, but=main.id),
            self._show,
            owner=self,
            lane="likely",
        )

    def _show(self, found: Sequence[Likeness]) -> None:
        self._bands.hide_band(_STORED)
        wanted = [one for one in found if one.id not in self._settled]
        if not wanted:
            return
        first = wanted[0]
        label = self._sheaf.main.spec.label
        more = f" Còn {len(wanted) - 1} {label} khác cũng vậy." if len(wanted) > 1 else ""
        self._bands.show_band(
            _STORED,
            f"Có thể đã có: {label} “{first.title}”, cùng {first.by}.{more}",
            (
                Step("Mở bản ghi đó", lambda: self.open_asked.emit(first.id)),
                Step("Không phải", lambda: self._settle(wanted)),
            ),
        )

    def _settle(self, found: Sequence[Likeness]) -> None:
        self._settled.update(one.id for one in found)
        self._bands.hide_band(_STORED)

    def _look_here(self) -> None:
        pair = twins(self._sheaf.children)
        key = f"{pair.one.id}/{pair.other.id}" if pair is not None else ""
        if key == self._told_here:
            return
        self._told_here = key
        self._bands.hide_band(_HERE)
        if pair is None or key in self._settled:
            return
        label = opening(pair.one.spec.label)
        self._bands.show_band(
            _HERE,
            f"{label} “{pair.one.title}” có cùng {pair.by} với một dòng khác của danh sách.",
            (
                Step("Đến dòng đó", lambda: self._go_to(pair.other.id)),
                Step("Không phải", lambda: self._settle_here(key)),
            ),
        )

    def _go_to(self, record_id: str) -> None:
        place = next((one for one in self._pages.places() if one[1] == record_id), None)
        if place is not None:
            self._pages.go_to(record_id, place[2])

    def _settle_here(self, key: str) -> None:
        self._settled.add(key)
        self._bands.hide_band(_HERE)
