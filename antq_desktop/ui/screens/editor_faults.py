"""What is wrong in an editor: beside its fields, counted, and walked one after another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from antq_desktop.domain.errors import Fault

if TYPE_CHECKING:
    from antq_desktop.ui.screens.editor_state import Sheet

Place = tuple[str, str]  # record, path


class FaultBook:
    """The faults shown now, by record and path."""

    def __init__(self) -> None:
        self.shown: dict[Place, list[Fault]] = {}
        self._last: Place | None = None

    def show(self, found: Iterable[tuple[Sheet, Fault]], *, remarks: bool) -> None:
        """Show these instead of the ones before; without remarks only what stops a save."""
        self.shown = {}
        for sheet, fault in found:
            if remarks or not fault.warning:
                self.shown.setdefault((sheet.id, fault.field), []).append(fault)

    def keep_those_that_hold(self, found: Iterable[tuple[Sheet, Fault]]) -> None:
        """Drop what was put right meanwhile; nothing new turns up while something is typed."""
        holds = {(sheet.id, fault.field, fault.code) for sheet, fault in found}
        self.shown = {
            place: kept
            for place, faults in self.shown.items()
            if (kept := [fault for fault in faults if (*place, fault.code) in holds])
        }

    def counts(self) -> tuple[int, int]:
        """Return how many faults and how many remarks are shown."""
        every = [fault for faults in self.shown.values() for fault in faults]
        wrong = sum(1 for fault in every if not fault.warning)
        return wrong, len(every) - wrong

    def next(self, order: Sequence[Place]) -> Place | None:
        """Return the next place with a fault in the order of the eye, faults before remarks."""
        wrong = [place for place in order if any(not f.warning for f in self.shown.get(place, ()))]
        walked = wrong or [place for place in order if place in self.shown]
        if not walked:
            return None
        at = walked.index(self._last) + 1 if self._last in walked else 0
        self._last = walked[at % len(walked)]
        return self._last

    def begin_again(self) -> None:
        """Let the next walk begin at the top."""
        self._last = None

    def strangers(self, order: Sequence[Place]) -> list[Fault]:
        """Return the faults that stand at no field of the editor."""
        known = set(order)
        return [f for place, faults in self.shown.items() if place not in known for f in faults]
