"""The minute of a restore, to be signed and kept with the papers of the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antq_desktop.domain.shown import paper_moment, show_integer, show_moment
from antq_desktop.services.journal_paper import FormPapers

if TYPE_CHECKING:
    from antq_desktop.services.restoring import Done


class RestoringPaper(FormPapers):
    """What was restored, when, by whom, and what may be missing."""

    def make(self, done: Done) -> bytes:
        """Return the paper of a restore."""
        held = done.contents
        told = (*done.sentences(), *held.sentences()[4:])
        tokens = {
            "backup": done.backup.name,
            "restored_at": paper_moment(done.at[:16]),
            "folder": str(done.folder),
            "unit": held.unit,
            "last_work": f"{show_moment(held.last_at[:16])}, {held.last_officer}",
            "records": show_integer(held.count),
            "last_sent": f"số {held.last_sent}" if held.last_sent else "chưa gửi",
            "writers": f"{done.restored.before} → {done.restored.writer}",
            "told": " ".join(told),
        }
        rows = [(plural, show_integer(number)) for plural, number in held.records]
        return self._made("restore_minute", tokens, {"kinds": rows})
