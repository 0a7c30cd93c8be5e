"""The draft of the sheet for numbers of one report: kept while it is typed, offered next time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from antq_desktop.ui.screens.editor_bands import Bands, Step
from antq_desktop.ui.screens.editor_drafts import DraftKeeper, draft_sentence

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.drafts import Draft
    from antq_desktop.ui.workplace import Workplace

DRAFT: Final = "opening_sheet"
_BAND: Final = "draft"


class EntryDrafts(QObject):
    """Keeps and offers the draft of the sheet; it is no draft of a record.

    Args:
        workplace: The open profile.
        page: The sheet.
        bands: Where a draft is offered.
        content: Returns title and what is to be kept.
        restore: Brings back what was kept.
    """

    def __init__(
        self,
        workplace: Workplace,
        page: QWidget,
        bands: Bands,
        content: Callable[[], tuple[str, Mapping[str, Json]]],
        restore: Callable[[Mapping[str, Json]], None],
    ) -> None:
        super().__init__(page)
        self._workplace = workplace
        self._bands = bands
        self._content = content
        self._restore = restore
        self.keeper = DraftKeeper(workplace, self._whole, page)

    def begin(self) -> None:
        """Offer what was kept."""
        drafts = self._workplace.office.drafts
        self._workplace.jobs.read(
            lambda _control: drafts.find(DRAFT), self._offer, owner=self, lane="drafts"
        )

    def leave(self, go: Callable[[], None]) -> None:
        """Forget the draft unless it was offered and not answered; then go on."""
        if self._bands.band(_BAND) is None:
            self.keeper.drop(go)
        else:
            go()

    def drop(self) -> None:
        """Forget the draft."""
        self.forget(lambda: None)

    def forget(self, then: Callable[[], None]) -> None:
        """Forget the draft, whatever was offered; `then` runs when it is gone."""
        self._settle()
        self.keeper.drop(then)

    def _offer(self, draft: Draft | None) -> None:
        if draft is None:
            return
        self.keeper.paused = True
        self.keeper.on_disk = True
        steps = (Step("Mở lại", lambda: self._take(draft)), Step("Bỏ", self.drop))
        text = draft_sentence(draft, "báo cáo", named=True)
        self._bands.show_band(_BAND, text, steps, tone="watch")

    def _take(self, draft: Draft) -> None:
        self._settle()
        self._restore(draft.content)

    def _settle(self) -> None:
        self._bands.hide_band(_BAND)
        self.keeper.paused = False

    def _whole(self) -> tuple[str, str, str, Mapping[str, Json]]:
        title, content = self._content()
        return DRAFT, DRAFT, title, content
