"""Words at a measured place of the sheet, for blanks that are bought, and the grid to measure by.

Places are millimetres from the left and upper edge of the sheet: those of a ruler laid on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from antq_desktop.printing.canvas import Sheet, Style
from antq_desktop.printing.pages import MM, Piece
from antq_desktop.printing.text import printable

if TYPE_CHECKING:
    from antq_desktop.domain.papers import MeasuringGrid, Placed
    from antq_desktop.printing.canvas import FaceName
    from antq_desktop.printing.running import Setting

STEP = 10
"""Millimetres between the lines of the grid."""

FROM_EDGE = 5
_LABEL = Style("regular", 7, 0.35)
_LEAST_SIZE = 6.0


def placed(block: Placed, setting: Setting) -> Iterator[Piece]:
    """Write words with their middle at a place; too long for the sheet, they are made smaller."""
    face: FaceName = "bold" if block.bold else "italic" if block.italic else "regular"
    text = " ".join(printable(block.text).split())
    wide = setting.ruler.width(text, Style(face, 1))
    room = 2 * min(block.x * MM, setting.frame.width - block.x * MM) - 2 * FROM_EDGE * MM
    size = max(min(block.size, room / wide if wide and room > 0 else block.size), _LEAST_SIZE)
    style = Style(face, size)

    def draw(sheet: Sheet, _top: float) -> None:
        y = setting.frame.height - block.y * MM
        sheet.text(block.x * MM - wide * size / 2, y, text, style)

    yield Piece(0.0, draw)


def measuring_grid(_block: MeasuringGrid, setting: Setting) -> Iterator[Piece]:
    """Draw lines each ten millimetres with their distance from the left and upper edge."""
    frame = setting.frame
    across, down = int(frame.width / MM), int(frame.height / MM)

    def draw(sheet: Sheet, _top: float) -> None:
        for at in range(STEP, across, STEP):
            thick = 0.4 if at % 50 == 0 else 0.1
            sheet.rule(at * MM, FROM_EDGE * MM, at * MM, frame.height - FROM_EDGE * MM, thick)
            sheet.text(at * MM + 1, frame.height - (FROM_EDGE + 3) * MM, str(at), _LABEL)
        for at in range(STEP, down, STEP):
            thick = 0.4 if at % 50 == 0 else 0.1
            y = frame.height - at * MM
            sheet.rule(FROM_EDGE * MM, y, frame.width - FROM_EDGE * MM, y, thick)
            sheet.text((FROM_EDGE + 1) * MM, y + 1, str(at), _LABEL)

    yield Piece(0.0, draw)
