"""What one user of the machine prefers: the look of the window and the profile opened last.

Light on purpose: it is read before the first window is painted. It holds nothing of the store but
what the sign-in shows: the unit's name and the officer who worked there last.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Final

USUAL_POINTS: Final = 10.5
LEAST_POINTS: Final = 9.0
MOST_POINTS: Final = 16.0
LOCK_MINUTES: Final = 10
MOST_LOCK_MINUTES: Final = 30


@dataclass(frozen=True, slots=True)
class Known:
    """What the sign-in shows of a profile before it is opened."""

    unit: str = ""
    officer: str = ""


@dataclass(frozen=True, slots=True)
class Preferences:
    """The preferences of one user.

    Attributes:
        dark: Whether the dark colours are wanted.
        points: Base type size, 9 to 16 points.
        folder: Profile opened last; empty for the usual place.
        known: By profile folder, what its sign-in shows.
        lock_minutes: After how long without a hand on it the screen locks itself, 1 to 30.
    """

    dark: bool = False
    points: float = USUAL_POINTS
    folder: str = ""
    known: Mapping[str, Known] = field(default_factory=dict)
    lock_minutes: int = LOCK_MINUTES

    def of(self, folder: Path) -> Known:
        """Return what is known of a profile folder."""
        return self.known.get(str(folder), Known())

    def having_opened(self, folder: Path, unit: str, officer: str) -> Preferences:
        """Return the preferences after a profile was opened."""
        known = {**self.known, str(folder): Known(unit, officer)}
        return replace(self, folder=str(folder), known=known)

    def with_look(self, *, dark: bool, points: float) -> Preferences:
        """Return the preferences with another look; the size is kept within its bounds."""
        return replace(self, dark=dark, points=min(max(points, LEAST_POINTS), MOST_POINTS))

    def with_lock(self, minutes: int) -> Preferences:
        """Return the preferences with another time before the lock, kept within its bounds."""
        return replace(self, lock_minutes=min(max(minutes, 1), MOST_LOCK_MINUTES))


def load_preferences(path: Path) -> Preferences:
    """Read the preferences; what is missing or not understood counts as never chosen."""
    try:
        held = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return Preferences()
    return _from_json(held) if isinstance(held, dict) else Preferences()


def save_preferences(path: Path, preferences: Preferences) -> None:
    """Write the preferences.

    Raises:
        EnvironmentFault: The machine denied it.
    """
    from antq_desktop.files import environment_fault, write_atomically

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise environment_fault(fault, path) from fault
    written = json.dumps(asdict(preferences), ensure_ascii=False, indent=1, sort_keys=True)
    write_atomically(path, written.encode() + b"\n")


def _from_json(held: dict[str, object]) -> Preferences:
    points = held.get("points")
    folder = held.get("folder")
    known = held.get("known")
    size = float(points) if isinstance(points, int | float) else USUAL_POINTS
    minutes = held.get("lock_minutes")
    whole = minutes if isinstance(minutes, int) and not isinstance(minutes, bool) else LOCK_MINUTES
    return (
        Preferences(
            folder=folder if isinstance(folder, str) else "",
            known=_known(known) if isinstance(known, dict) else {},
        )
        .with_look(dark=held.get("dark") is True, points=size)
        .with_lock(whole)
    )


def _known(held: dict[object, object]) -> dict[str, Known]:
    found = {}
    for folder, facts in held.items():
        if isinstance(facts, dict):
            unit, officer = facts.get("unit", ""), facts.get("officer", "")
            found[str(folder)] = Known(str(unit), str(officer))
    return found
