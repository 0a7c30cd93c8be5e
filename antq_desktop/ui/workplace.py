"""What every screen is given: the open profile, the jobs, the door for errors, the questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from antq_desktop.domain.fields import Value
    from antq_desktop.services.office import Office
    from antq_desktop.services.records import Saved
    from antq_desktop.ui.ask import Asker
    from antq_desktop.ui.faults import Door
    from antq_desktop.ui.jobs import Jobs
    from antq_desktop.ui.theme import Theme


class Changes(QObject):
    """Tells screens that records of a kind were written, so that they look again when shown."""

    written = Signal(tuple)  # kinds


@dataclass(slots=True)
class Workplace:
    """Handed to each screen by the composition root; nothing of it is global.

    Attributes:
        office: The open profile: everything that can be done.
        jobs: The only threads.
        door: The one door for messages and errors.
        asker: Questions with verbs.
        theme: Colours, type and spacing.
        go: Brings a screen to the front by key, then runs what is given.
        changes: Who wrote what.
        enter_by_unit: Goes to the sheet with a line for each unit, for a kind and with what is
            said above the lines already, and back to the place named; None without one.
        restore: Leaves the work for the pages that restore a backup; None where nothing does.
    """

    office: Office
    jobs: Jobs
    door: Door
    asker: Asker
    theme: Theme
    go: Callable[[str, Callable[[], None] | None], None]
    changes: Changes = field(default_factory=Changes)
    enter_by_unit: Callable[[str, Mapping[str, Value], str], None] | None = None
    restore: Callable[[], None] | None = None

    def told(self, saved: Saved, kinds: tuple[str, ...]) -> None:
        """Say in one sentence what was saved, offer to undo it, and tell the other screens."""
        undo = (lambda: self.undo(saved.seq, kinds)) if saved.seq else None
        self.door.done(saved.sentence, undo)
        self.changes.written.emit(kinds)

    def undo(self, seq: int, kinds: tuple[str, ...]) -> None:
        """Take an action back on the writer and say so."""
        self.jobs.write(
            lambda _control: self.office.records.undo(seq),
            lambda saved: self.told(saved, kinds),
        )
