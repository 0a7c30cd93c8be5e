"""What a scene of the demonstration has to come to, beside what it came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

YES: Final = "có"
NO: Final = "không"


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of what an accident came to.

    Attributes:
        scene: Which accident, and where.
        what: What was looked at.
        expected: What has to be there.
        seen: What was there.
    """

    scene: str
    what: str
    expected: str
    seen: str

    @property
    def fine(self) -> bool:
        """Whether it is as it has to be."""
        return self.expected == self.seen


class Scene:
    """Collects the lines of one accident.

    Attributes:
        lines: What was seen so far.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self.lines: list[Seen] = []

    def see(self, what: str, expected: object, seen: object) -> None:
        """Note what has to be there and what is."""
        self.lines.append(Seen(self._name, what, _told(expected), _told(seen)))


def _told(value: object) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)


def table_of(seen: Sequence[Seen]) -> list[str]:
    """Return all lines as a text, scene by scene: looked at, expected, seen."""
    lines: list[str] = []
    scene = ""
    for line in seen:
        if line.scene != scene:
            scene = line.scene
            lines += ["", scene] if lines else [scene]
        mark = "" if line.fine else "  LỆCH"
        lines.append(f"  {line.what}: phải là {line.expected}; thấy {line.seen}{mark}")
    return lines
