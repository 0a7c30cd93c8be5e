"""Pieces onto pages: what stays together, where a page ends, what every page carries."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from antq_desktop.domain.papers import Orientation, Watermark
from antq_desktop.printing.canvas import Sheet, Style
from antq_desktop.printing.text import Ruler, centred

MM = 72 / 25.4
SHORT_SIDE, LONG_SIDE = 210 * MM, 297 * MM
TOP, BOTTOM, LEFT, RIGHT = 20 * MM, 20 * MM, 30 * MM, 15 * MM
"""Margins of Annex I, I.3: 20-25, 20-25, 30-35 and 15-20 mm."""

SLIP = 14 * MM
"""Margin of a slip on A5, which is no document of the decree."""

PAGE_NUMBER = Style("regular", 14)
FOOTNOTE = Style("italic", 9, 0.45)
WATERMARK_GREY = 0.93
WATERMARK_TALLEST = 72.0
_SLACK = 0.01

Draw = Callable[[Sheet, float], None]
"""Draws a piece whose upper edge is at the given height."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The least part of a paper that is never divided.

    Attributes:
        height: Points.
        draw: Puts it on the sheet.
        gap: Space above it, left out at the top of a page.
        with_next: It does not end a page while the next piece begins another.
        with_previous: The same, seen from the other side.
        head: A heading to repeat above it when it begins a page.
        foot: What ends it when it is the last of its page and its block goes on.
        counts: It is one of the parts that progress tells of.
        begins_annex: It begins a page, and the numbers of pages begin again.
    """

    height: float
    draw: Draw
    gap: float = 0.0
    with_next: bool = False
    with_previous: bool = False
    head: Piece | None = None
    foot: Draw | None = None
    counts: bool = False
    begins_annex: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A page and the part of it that holds text, in points."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @classmethod
    def of(cls, orientation: Orientation) -> Frame:
        """Return the frame of an A4 page, or of a slip on A5."""
        if orientation == "a5":
            wide, tall = SHORT_SIDE / math.sqrt(2), SHORT_SIDE
            return cls(wide, tall, SLIP, wide - SLIP, tall - SLIP, SLIP)
        upright = orientation == "portrait"
        wide, tall = (SHORT_SIDE, LONG_SIDE) if upright else (LONG_SIDE, SHORT_SIDE)
        return cls(wide, tall, LEFT, wide - RIGHT, tall - TOP, BOTTOM)

    @property
    def room(self) -> float:
        """Width of the text."""
        return self.right - self.left

    @property
    def depth(self) -> float:
        """Height of the text."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """Where a centred line has its middle."""
        return (self.left + self.right) / 2


class Pages:
    """Puts pieces on one page after the other."""

    def __init__(
        self, sheet: Sheet, frame: Frame, ruler: Ruler, footnote: str, watermark: Watermark | None
    ) -> None:
        self._sheet = sheet
        self._frame = frame
        self._ruler = ruler
        self._footnote = footnote
        self._watermark = watermark
        self._number = 0
        self._last: Piece | None = None
        self._begin_page()

    def put(self, pieces: Iterable[Piece]) -> Iterator[int]:
        """Lay the pieces out, yielding how many of those that count stand on the page so far."""
        done = 0
        for group in _kept_together(pieces):
            self._put_group(group)
            done += sum(piece.counts for piece in group)
            yield done

    def _put_group(self, group: list[Piece]) -> None:
        if group[0].begins_annex and self._used:
            self._number = 0
            self._turn_page()
        need = sum(piece.gap + piece.height for piece in group)
        head = group[0].head
        fits_a_page = need + (head.height if head else 0.0) <= self._frame.depth
        if fits_a_page and not self._fits(need if self._used else need - group[0].gap):
            self._turn_page()
        for piece in group:
            gap = piece.gap if self._used else 0.0
            if self._used and not self._fits(gap + piece.height):
                self._turn_page()
                gap = 0.0
            if not self._used and piece.head is not None:
                self._place(piece.head, 0.0)
            self._place(piece, gap)

    def _fits(self, height: float) -> bool:
        return self._y - height >= self._frame.bottom - _SLACK

    def _place(self, piece: Piece, gap: float) -> None:
        self._y -= gap
        piece.draw(self._sheet, self._y)
        self._y -= piece.height
        self._last = piece
        self._used = True

    def _turn_page(self) -> None:
        if self._last is not None and self._last.foot is not None:
            self._last.foot(self._sheet, self._y)
        self._sheet.next_page()
        self._begin_page()

    def _begin_page(self) -> None:
        self._number += 1
        self._y = self._frame.top
        self._last = None
        self._used = False
        if self._watermark is not None:
            self._draw_watermark(self._watermark.value)
        if self._number > 1:
            line = self._ruler.wrap(str(self._number), PAGE_NUMBER, self._frame.room)[0]
            y = self._frame.top + TOP / 2 - PAGE_NUMBER.size * 0.33
            centred(self._sheet, line, PAGE_NUMBER, self._frame.middle, y)
        lines = self._ruler.wrap(self._footnote, FOOTNOTE, self._frame.room)
        for index, line in enumerate(reversed(lines)):
            y = BOTTOM * 0.45 + index * FOOTNOTE.size * 1.15
            centred(self._sheet, line, FOOTNOTE, self._frame.middle, y)

    def _draw_watermark(self, text: str) -> None:
        frame = self._frame
        angle = math.degrees(math.atan2(frame.height, frame.width))
        longest = math.hypot(frame.width, frame.height) * 0.74
        unit = self._ruler.width(text, Style("bold", 1))
        size = min(longest / unit, WATERMARK_TALLEST)
        style = Style("bold", size, WATERMARK_GREY)
        self._sheet.slanted(text, style, unit * size, angle)


def _kept_together(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    for piece in pieces:
        together = group and (group[-1].with_next or piece.with_previous)
        if group and (piece.begins_annex or not together):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group
