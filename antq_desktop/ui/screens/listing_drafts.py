"""The band above a list that offers what was typed and not saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from antq_desktop.ui.screens.editor_bands import Bands, Step
from antq_desktop.ui.screens.editor_drafts import draft_sentence

if TYPE_CHECKING:
    from antq_desktop.domain.fields import RecordSpec
    from antq_desktop.services.drafts import Draft
    from antq_desktop.ui.workplace import Workplace


class DraftOffer(QObject):
    """Looks for drafts of one kind; `asked` carries the one that is to be opened again."""

    asked = Signal(object)

    def __init__(
        self, workplace: Workplace, spec: RecordSpec, bands: Bands, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._spec = spec
        self._bands = bands

    def look(self) -> None:
        """Look again."""
        drafts, kind = self._workplace.office.drafts, self._spec.kind
        self._workplace.jobs.read(
            lambda _control: drafts.of(kind), self._offer, owner=self, lane="drafts"
        )

    def _offer(self, found: Sequence[Draft]) -> None:
        self._bands.hide_band("draft")
        if not found:
            return
        draft = found[0]
        more = f" Còn {len(found) - 1} bản nháp khác." if len(found) > 1 else ""
        self._bands.show_band(
            "draft",
            draft_sentence(draft, self._spec.label, named=True) + more,
            (
                Step("Mở lại", lambda: self.asked.emit(draft)),
                Step("Bỏ", lambda: self._drop(draft)),
            ),
            tone="watch",
        )

    def _drop(self, draft: Draft) -> None:
        drafts = self._workplace.office.drafts
        self._workplace.jobs.read(
            lambda _control: drafts.drop(draft.id), lambda _none: self.look(), owner=self
        )
