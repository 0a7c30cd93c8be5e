"""Square codes that hold bytes, as large as the page lets them be: a poor scan must be enough."""

from __future__ import annotations

from collections.abc import Iterator

import segno

from antq_desktop.domain.papers import ScanCodes
from antq_desktop.printing.canvas import Sheet, Style
from antq_desktop.printing.pages import MM, Piece
from antq_desktop.printing.running import Setting

LARGEST_SIDE = 74 * MM
QUIET_SQUARES = 4
LABEL = Style("regular", 11)
LABEL_HEIGHT = 16.0


def scan_codes(block: ScanCodes, setting: Setting) -> Iterator[Piece]:
    """Lay out all codes in one row, each with its number below and a quiet zone around it."""
    frame = setting.frame
    pictures = [_picture(code) for code in block.codes]
    if not pictures:
        return
    squares = max(len(picture) for picture in pictures) + QUIET_SQUARES
    side = min(frame.room / len(pictures), LARGEST_SIDE) / squares
    pitch = squares * side
    start = frame.left + (frame.room - pitch * len(pictures) + QUIET_SQUARES * side) / 2

    def draw(sheet: Sheet, top: float) -> None:
        for at, picture in enumerate(pictures):
            left, high = start + at * pitch, len(picture) * side
            sheet.squares(left, top - QUIET_SQUARES * side - high, side, picture)
            label = f"Mã {at + 1}/{len(pictures)}"
            wide = setting.ruler.width(label, LABEL)
            low = top - (2 * QUIET_SQUARES * side) - high - LABEL.size
            sheet.text(left + (high - wide) / 2, low, label, LABEL)

    depth = (max(len(picture) for picture in pictures) + 2 * QUIET_SQUARES) * side
    yield Piece(depth + LABEL_HEIGHT, draw)


def _picture(data: bytes) -> list[list[int]]:
    code = segno.make(data, error="m", mode="byte", micro=False)
    return [list(row) for row in code.matrix_iter(border=0)]
