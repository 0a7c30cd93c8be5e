"""When an incident must have been passed on, by Thông tư 28/2020/TT-BCA, Article 7, and the like.

Terms are data (`forms/periods/deadlines.toml`); here is only how they are counted. All of them run
from receipt (“kể từ khi tiếp nhận”). A report under point b that proves to belong to point a “is
handled by point a”: the shorter term still runs from receipt, unless it was already over when the
class became known; then nobody could have kept it, and it runs from that moment, but never beyond
the term of point b.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

CLASS_A, CLASS_B = "class_a", "class_b"
_MINUTES: Final = len("YYYY-MM-DDTHH:MM")


@dataclass(frozen=True, slots=True)
class DeadlinePreset:
    """One term.

    Attributes:
        code: Stable name.
        step: What must be done, as an officer reads it: “Chuyển tin”.
        classes: Ids of the code list `incident_class` that it is for.
        hours: Length in hours; 0 where it is “at once” and no hours are given.
        hours_remote: Length for remote, mountain and island communes.
        legal_basis: The instrument that gives it.
        confidence: `A` the text was read in full, `B` an excerpt, `C` general knowledge.
        in_force: Whether it is watched unless the unit says otherwise.
    """

    code: str
    step: str
    classes: frozenset[str]
    hours: int
    hours_remote: int
    legal_basis: str
    confidence: str
    in_force: bool = True


@dataclass(frozen=True, slots=True)
class Deadline:
    """What is due for an incident.

    Attributes:
        preset: The term it comes from.
        due_at: Last moment, `YYYY-MM-DDTHH:MM`; the moment of receipt where it is at once.
        counted_from: The moment from which it was counted.
    """

    preset: DeadlinePreset
    due_at: str
    counted_from: str

    @property
    def at_once(self) -> bool:
        """True when no hours are given: it is due the moment it is known."""
        return not self.preset.hours

    def minutes_left(self, now: str) -> int:
        """Return how many minutes are left at a moment of civil time; below zero when overdue."""
        left = _moment(self.due_at) - _moment(now[:_MINUTES])
        return int(left.total_seconds() // 60)


def due(
    received_at: str,
    incident_class: str,
    class_since: str,
    *,
    remote: bool,
    presets: Iterable[DeadlinePreset],
) -> Deadline | None:
    """Return the earliest term of an incident, or None when none applies.

    Args:
        received_at: When it was received, `YYYY-MM-DDTHH:MM`; nothing is due before that is known.
        incident_class: Id of its class under Article 7; empty when it has none yet.
        class_since: When that class became known; may be empty.
        remote: Whether the commune is remote, in the mountains or on an island.
        presets: The terms that are watched.
    """
    if not received_at or not incident_class:
        return None
    known = list(presets)
    found = [
        _counted(preset, received_at, class_since, remote, known)
        for preset in known
        if incident_class in preset.classes
    ]
    return min(found, key=lambda each: (each.due_at, each.preset.code), default=None)


def _counted(
    preset: DeadlinePreset,
    received_at: str,
    class_since: str,
    remote: bool,
    presets: Iterable[DeadlinePreset],
) -> Deadline:
    received = _moment(received_at)
    term = _term(preset, remote)
    end = received + term
    learnt = _moment(class_since) if class_since else received
    if not preset.hours or learnt <= end or CLASS_A not in preset.classes:
        return Deadline(preset, _written(end), _written(received))
    caps = (received + _term(each, remote) for each in presets if CLASS_B in each.classes)
    latest = min((learnt + term, *caps))
    return Deadline(preset, _written(latest), _written(learnt))


def _term(preset: DeadlinePreset, remote: bool) -> timedelta:
    return timedelta(hours=preset.hours_remote if remote else preset.hours)


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
