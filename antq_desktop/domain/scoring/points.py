"""Points: whole hundredths inside, decimals as text outside, so that no sum is ever rounded."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from antq_desktop.domain.shown import show_decimal

HUNDREDTHS: Final = 100
MOST_POINTS: Final = 10_000 * HUNDREDTHS
_WRITTEN: Final = re.compile(r"(\d{1,5})(?:\.(\d{1,2}))?", re.ASCII)


def points_of(written: str) -> int | None:
    """Read a stored decimal such as `2.5` into hundredths; None when it is none or too large."""
    found = _WRITTEN.fullmatch(written)
    if not found:
        return None
    points = int(found[1]) * HUNDREDTHS + int((found[2] or "").ljust(2, "0"))
    return points if points <= MOST_POINTS else None


def points_text(points: int) -> str:
    """Write hundredths as a stored decimal: 250 gives `2.5`, 300 gives `3`."""
    sign = "-" if points < 0 else ""
    whole, part = divmod(abs(points), HUNDREDTHS)
    places = f"{part:02}".rstrip("0")
    return f"{sign}{whole}{'.' + places if places else ''}"


def show_points(points: Fraction | int) -> str:
    """Write hundredths for people: 250 gives `2,5`.

    What lies between two hundredths is cut, never raised, so that no sum looks like the band above.
    """
    return show_decimal(points_text(int(points)))
