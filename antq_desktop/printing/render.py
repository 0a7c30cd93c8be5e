"""From a paper to the bytes of its PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from antq_desktop.domain.papers import (
    Addressees,
    Block,
    CheckCode,
    Closing,
    Fields,
    Grounds,
    Heading,
    Letterhead,
    Note,
    Paper,
    Paragraph,
    PrintingStopped,
    Progress,
    Stop,
    Table,
)
from antq_desktop.printing.canvas import Fonts, Sheet
from antq_desktop.printing.ends import check_code, closing, heading, letterhead
from antq_desktop.printing.pages import Frame, Pages, Piece
from antq_desktop.printing.running import Setting, addressees, fields, grounds, note, paragraph
from antq_desktop.printing.tables import table
from antq_desktop.printing.text import Ruler, printable

ROWS_BETWEEN_REPORTS = 25


class Press:
    """Prints papers to PDF with the fonts of one folder.

    It keeps nothing between papers. Papers asked for by several threads are laid out one after the
    other, because reportlab keeps its fonts for the whole process.
    """

    def __init__(self, fonts_folder: Path) -> None:
        """Load the fonts.

        Raises:
            EnvironmentFault: A font file is missing or damaged.
        """
        self._fonts = Fonts(fonts_folder)

    def render(
        self, paper: Paper, progress: Progress | None = None, stop: Stop | None = None
    ) -> bytes:
        """Return the PDF of a paper; the same paper gives the same bytes.

        Long papers belong on a worker thread: all work is Python's own and lets other threads run.

        Raises:
            PrintingStopped: `stop` returned True.
        """
        with self._fonts.in_use():
            return self._render(paper, progress, stop)

    def _render(self, paper: Paper, progress: Progress | None, stop: Stop | None) -> bytes:
        frame = Frame.of(paper.orientation)
        ruler = Ruler(self._fonts)
        sheet = Sheet(printable(paper.title), frame.width, frame.height)
        pages = Pages(sheet, frame, ruler, printable(paper.footnote), paper.watermark)
        total = sum(len(block.rows) for block in paper.blocks if isinstance(block, Table))
        pieces = _pieces(paper, Setting(frame, ruler, paper.size))
        told = -ROWS_BETWEEN_REPORTS
        for done in pages.put(pieces):
            if done - told < ROWS_BETWEEN_REPORTS:
                continue
            told = done
            _look_up(done, total, progress, stop)
        _look_up(total, total, progress, stop)
        return sheet.finish()


def _look_up(done: int, total: int, progress: Progress | None, stop: Stop | None) -> None:
    if stop is not None and stop():
        raise PrintingStopped
    if progress is not None:
        progress(done, total)


def _pieces(paper: Paper, setting: Setting) -> Iterator[Piece]:
    for block in paper.blocks:
        yield from _laid_out(block, setting)


def _laid_out(block: Block, setting: Setting) -> Iterator[Piece]:  # noqa: C901 - one line for each kind of block
    match block:
        case Letterhead():
            return letterhead(block, setting)
        case Heading():
            return heading(block, setting)
        case Addressees():
            return addressees(block, setting)
        case Grounds():
            return grounds(block, setting)
        case Paragraph():
            return paragraph(block, setting)
        case Fields():
            return fields(block, setting)
        case Table():
            return table(block, setting)
        case Closing():
            return closing(block, setting)
        case Note():
            return note(block, setting)
        case CheckCode():
            return check_code(block, setting)
