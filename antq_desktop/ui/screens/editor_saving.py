"""Saves what stands in an editor as one action, and tells what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from antq_desktop.domain.errors import UserError
from antq_desktop.services.identities import identified
from antq_desktop.ui.faults import Message, Tone

if TYPE_CHECKING:
    from antq_desktop.services.records import Edit, Saved
    from antq_desktop.ui.screens.editor_checks import Checks
    from antq_desktop.ui.screens.editor_drafts import DraftKeeper
    from antq_desktop.ui.screens.editor_state import Sheaf
    from antq_desktop.ui.workplace import Workplace


class Saver(QObject):
    """Saves one sheaf.

    `saved` carries the id of the record after each save; `renamed` the id under which a new record
    was stored where it follows from what identifies it.
    """

    saved = Signal(str)
    renamed = Signal(str)

    def __init__(
        self,
        workplace: Workplace,
        sheaf: Sheaf,
        checks: Checks,
        keeper: DraftKeeper,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._sheaf = sheaf
        self._checks = checks
        self._keeper = keeper
        self._saving = False
        self._then: Callable[[], None] | None = None

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Save everything as one action; `then` runs when it is saved."""
        sheaf = self._sheaf
        if self._saving or sheaf.main.fixed:
            return
        wrong = [(sheet, fault) for sheet, fault in self._checks.found() if not fault.warning]
        if wrong:
            self._checks.refuse(wrong)
            return
        edits = sheaf.edits() if sheaf.dirty or sheaf.main.created else []
        if not edits:
            message = Message("Không có gì thay đổi nên không lưu.", Tone.NOTE)
            self._workplace.door.say(message)
            if then is not None:
                then()
            return
        self._saving = True
        self._then = then
        office = self._workplace.office
        self._workplace.jobs.write(
            lambda _control: office.records.save(identified(edits, office.lists.specs)),
            lambda saved: self._on_saved(saved, edits),
            failed=lambda error: self._on_refused(error, edits),
            owner=self,
        )

    def _on_saved(self, saved: Saved, edits: Sequence[Edit]) -> None:
        self._saving = False
        for edit in edits:
            self._sheaf.by_id(edit.id).saved(edit.changes)
        self._checks.remarks = True
        main = self._sheaf.main
        stored = saved.ids[0] if edits[0].id == main.id else main.id
        if stored == main.id:
            self._keeper.drop()
            self._tell(saved, edits)
            return

        def rename() -> None:  # only now: the draft went by the id before
            main.id = stored
            self._tell(saved, edits)
            if self._then is None:
                self.renamed.emit(stored)

        self._keeper.drop(rename)

    def _tell(self, saved: Saved, edits: Sequence[Edit]) -> None:
        self._workplace.told(saved, tuple(dict.fromkeys(edit.kind for edit in edits)))
        self.saved.emit(self._sheaf.main.id)
        if self._then is not None:
            self._then()

    def _on_refused(self, error: BaseException, edits: Sequence[Edit]) -> None:
        self._saving = False
        if not isinstance(error, UserError):
            self._workplace.door.meet(error)
            return
        sent = identified(edits, self._workplace.office.lists.specs)
        here = {new.id: old.id for new, old in zip(sent, edits, strict=True)}
        only = edits[0].id if len(edits) == 1 else ""
        found = [(self._sheaf.by_id(here.get(f.record, only)), f) for f in error.faults]
        self._checks.refuse(found, error)
