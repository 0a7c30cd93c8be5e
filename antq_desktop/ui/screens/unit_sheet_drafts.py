"""The draft of a sheet by unit: kept while it is typed, offered when its kind is chosen again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from antq_desktop.ui.screens.editor_bands import Step
from antq_desktop.ui.screens.editor_drafts import DraftKeeper, draft_sentence

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.drafts import Draft
    from antq_desktop.ui.screens.unit_sheet_frame import UnitSheetFrame
    from antq_desktop.ui.workplace import Workplace

DRAFT_KIND: Final = "unit_sheet"


class SheetDrafts(QObject):
    """Keeps and offers the draft of the kind in view; it is no draft of a record."""

    def __init__(
        self,
        workplace: Workplace,
        frame: UnitSheetFrame,
        restore: Callable[[Draft], None],
    ) -> None:
        super().__init__(frame)
        self._workplace = workplace
        self._frame = frame
        self._restore = restore
        self.keeper = DraftKeeper(workplace, self._content, frame)

    def begin(self) -> None:
        """Another kind came into view: offer what was kept of it."""
        self._frame.bands.hide_band("draft")
        self.keeper.paused = False
        self.keeper.on_disk = False
        drafts, name = self._workplace.office.drafts, self._name
        self._workplace.jobs.read(
            lambda _control: drafts.find(name), self._offer, owner=self, lane="drafts"
        )

    def touch(self) -> None:
        """Take note that something was typed; a draft that was offered is then left behind."""
        self.keeper.touch()

    def leave(self, go: Callable[[], None]) -> None:
        """Forget the draft unless it was offered and not answered; then go on."""
        if self._frame.bands.band("draft") is None:
            self.keeper.drop(go)
        else:
            go()

    def drop(self) -> None:
        """Forget the draft."""
        self.keeper.paused = False
        self._frame.bands.hide_band("draft")
        self.keeper.drop()

    @property
    def _name(self) -> str:
        return f"{DRAFT_KIND}:{self._frame.head.kind.kind}"

    def _offer(self, draft: Draft | None) -> None:
        if draft is None or draft.id != self._name or self._frame.grid.cells.text.dirty:
            return
        self.keeper.paused = True
        self.keeper.on_disk = True
        self._frame.bands.show_band(
            "draft",
            draft_sentence(draft, "bảng này"),
            (Step("Mở lại", lambda: self._take(draft)), Step("Bỏ", self.drop)),
            tone="watch",
        )

    def _take(self, draft: Draft) -> None:
        self._frame.bands.hide_band("draft")
        self.keeper.paused = False
        self._restore(draft)

    def _content(self) -> tuple[str, str, str, Mapping[str, Json]]:
        head = self._frame.head
        content: dict[str, Json] = {
            "unit_kind": head.unit_kind.option.id,
            "period": head.period.option.id,
            "common": dict(head.common.values()),
            "typed": dict(self._frame.grid.cells.text.to_json()),
        }
        return self._name, DRAFT_KIND, head.kind.text(), content


def empty_lines(typed: Mapping[str, Json]) -> dict[str, int]:
    """Return how many empty lines each unit had when a draft was kept."""
    found: dict[str, int] = {}
    for key in typed:
        unit, mark, number = key.partition("#")
        if mark and number.isdecimal():
            found[unit] = max(found.get(unit, 0), int(number))
    return found
