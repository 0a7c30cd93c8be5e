"""What reading pictures shares: how large one may be, and how a reader says no."""

from __future__ import annotations

from typing import Final

MOST_POINTS: Final = 64_000_000  # 256 MB once unpacked, which an old PC still has
LONGEST_SIDE: Final = 65_535


class NotWholeError(ValueError):
    """The bytes are no whole file of their kind; the text says why, in English, for the log."""


class NotWithinError(ValueError):
    """The file is whole but not taken in; `why` is `points` or `locked`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def check_sides(width: int, height: int) -> None:
    """Refuse a picture without extent, or one that would fill the memory once unpacked.

    Raises:
        NotWholeError: A side is nought.
        NotWithinError: It has too many points.
    """
    if not width or not height:
        raise NotWholeError("a picture without extent")
    if max(width, height) > LONGEST_SIDE or width * height > MOST_POINTS:
        raise NotWithinError("points")
