"""From a paper to the bytes of its PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from antq_desktop.domain.papers import (
    Addressees,
    Annex,
    Block,
    Charted,
    CheckCode,
    Closing,
    Fields,
    Grounds,
    Heading,
    Letterhead,
    MeasuringGrid,
    Note,
    Paper,
    Paragraph,
    Placed,
    PrintingStopped,
    Progress,
    ScanCodes,
    Stop,
    Table,
)
from antq_desktop.printing.canvas import Fonts, Sheet
from antq_desktop.printing.charts import charted
from antq_desktop.printing.ends import annex, check_code, closing, heading, letterhead, paper_mark
from antq_desktop.printing.pages import Frame, Pages, Piece
from antq_desktop.printing.placed import measuring_grid, placed
from antq_desktop.printing.running import (
    Setting,
    addressees,
    fields,
    grounds,
    note,
    paragraph,
)
from antq_desktop.printing.scanned import scan_codes
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
        return self.render_all((paper,), progress, stop)

    def render_all(
        self, papers: Sequence[Paper], progress: Progress | None = None, stop: Stop | None = None
    ) -> bytes:
        """Return one PDF of several papers of one shape, each on pages and numbers of its own.

        Raises:
            PrintingStopped: `stop` returned True.
            ValueError: There is none, or one lies across and another upright.
        """
        if len({paper.orientation for paper in papers}) != 1:
            raise ValueError("papers of one file lie alike")
        with self._fonts.in_use():
            frame = Frame.of(papers[0].orientation)
            sheet = Sheet(printable(papers[0].title), frame.width, frame.height)
            whole = [sum(len(b.rows) for b in p.blocks if isinstance(b, Table)) for p in papers]
            for at, paper in enumerate(papers):
                if at:
                    sheet.next_page()
                before = sum(whole[:at])
                for done in _steps(self._put(sheet, frame, paper)):
                    _look_up(before + done, sum(whole), progress, stop)
            _look_up(sum(whole), sum(whole), progress, stop)
            return sheet.finish()

    def _put(self, sheet: Sheet, frame: Frame, paper: Paper) -> Iterator[int]:
        ruler = Ruler(self._fonts)
        pages = Pages(sheet, frame, ruler, printable(paper.footnote), paper.watermark)
        return pages.put(_pieces(paper, Setting(frame, ruler, paper.size)))


def _steps(counted: Iterator[int]) -> Iterator[int]:
    """Yield the first count of rows, and then one now and again."""
    told = -ROWS_BETWEEN_REPORTS
    for done in counted:
        if done - told >= ROWS_BETWEEN_REPORTS:
            told = done
            yield done


def _look_up(done: int, total: int, progress: Progress | None, stop: Stop | None) -> None:
    if stop is not None and stop():
        raise PrintingStopped
    if progress is not None:
        progress(done, total)


def _pieces(paper: Paper, setting: Setting) -> Iterator[Piece]:
    marked = paper.marked_at
    for at, block in enumerate(paper.blocks):
        if at == marked and isinstance(block, Closing):
            yield from closing(block, setting, paper.code)
            continue
        if at == marked:
            yield from paper_mark(paper.code, setting)
        yield from _laid_out(block, setting)
    if marked == len(paper.blocks):
        yield from paper_mark(paper.code, setting)


def _laid_out(  # noqa: C901, PLR0911, PLR0912 - one line for each kind of block
    block: Block, setting: Setting
) -> Iterator[Piece]:
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
        case Charted():
            return charted(block, setting)
        case Closing():
            return closing(block, setting)
        case Note():
            return note(block, setting)
        case CheckCode():
            return check_code(block, setting)
        case ScanCodes():
            return scan_codes(block, setting)
        case Annex():
            return annex(block, setting)
        case Placed():
            return placed(block, setting)
        case MeasuringGrid():
            return measuring_grid(block, setting)
