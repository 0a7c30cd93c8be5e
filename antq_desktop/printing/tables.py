"""Ruled tables into pieces: one for each row, the heading repeated on every page.

Rows are laid out one at a time as the pages take them, so a register of any length needs the room
of one row, and its time grows with its rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from antq_desktop.domain.papers import Alignment, Hatched, Table
from antq_desktop.printing.canvas import Sheet, Style
from antq_desktop.printing.pages import Draw, Frame, Piece
from antq_desktop.printing.running import Setting
from antq_desktop.printing.text import Line, Ruler, baseline

PITCH = 1.15
PAD_X = 4.0
PAD_NARROW = 1.5
UPRIGHT = 104.0
"""How long the lines of an upright heading may be."""

PAD_Y = 3.0
TABLE_GAP = 6.0

WHOLE_ROW_SHARE = 1 / 4
"""A row is kept on one page unless it is deeper than this share of the page."""

LEAST_LINES = 3
"""A divided row leaves at least so many lines on each page."""


@dataclass(frozen=True, slots=True)
class _Cell:
    lines: list[Line]
    left: float
    right: float
    align: Alignment
    hatched: bool = False
    pad: float = 4.0

    def start(self, line: Line) -> float:
        """Return where a line of this cell begins."""
        match self.align:
            case "left":
                return self.left + self.pad
            case "right":
                return self.right - self.pad - line.width
            case "centre":
                return (self.left + self.right - line.width) / 2


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table on the page: where its columns begin, its letters, when a row may be divided."""

    edges: tuple[float, ...]
    aligns: tuple[Alignment, ...]
    pads: tuple[float, ...]
    regular: Style
    bold: Style
    ruler: Ruler
    deepest_whole_row: int

    @classmethod
    def of(cls, table: Table, frame: Frame, ruler: Ruler) -> _Grid:
        whole = sum(column.width for column in table.columns)
        edges = [frame.left]
        for column in table.columns:
            edges.append(edges[-1] + frame.room * column.width / whole)
        aligns = tuple(column.align for column in table.columns)
        pads = tuple(PAD_NARROW if column.upright else PAD_X for column in table.columns)
        regular, bold = Style("regular", table.size), Style("bold", table.size)
        deepest = int(frame.depth * WHOLE_ROW_SHARE / (table.size * PITCH))
        return cls(tuple(edges), aligns, pads, regular, bold, ruler, deepest)

    @property
    def pitch(self) -> float:
        return self.regular.size * PITCH

    def cells(self, texts: Sequence[str], style: Style, align: Alignment | None) -> list[_Cell]:
        """Wrap a row; with fewer texts than columns, the first spans what is missing."""
        span = len(self.aligns) - len(texts)
        cells = []
        for index, text in enumerate(texts):
            first = 0 if index == 0 else index + span
            left, right = self.edges[first], self.edges[index + span + 1]
            spans = index == 0 and span > 0
            pad = self.pads[index + span]
            lines = self.ruler.wrap(text, style, right - left - 2 * pad)
            own = "left" if spans else self.aligns[index + span]
            hatched = isinstance(text, Hatched)
            cells.append(_Cell(lines, left, right, align or own, hatched, pad))
        return cells

    def ground(self, sheet: Sheet, y: float) -> None:
        """Draw a line from edge to edge."""
        sheet.rule(self.edges[0], y, self.edges[-1], y)


def table(block: Table, setting: Setting) -> Iterator[Piece]:
    """Lay out a table; its last row stays with the row of totals, its heading with the first."""
    grid = _Grid.of(block, setting.frame, setting.ruler)
    head = _head(block, grid)
    yield replace(head, gap=TABLE_GAP, with_next=True)
    if not block.rows and block.empty:
        yield from _row(grid.cells((block.empty,), grid.regular, "left"), grid, head, grid.regular)
    for row in block.rows:
        across = len(row) == 1 and len(block.columns) > 1
        style = grid.bold if across else grid.regular
        yield from _row(grid.cells(row, style, None), grid, head, style, with_next=across)
    if block.total:
        yield from _row(grid.cells(block.total, grid.bold, None), grid, head, grid.bold, total=True)


def _head(block: Table, grid: _Grid) -> Piece:
    level = ["" if column.upright else column.title for column in block.columns]
    cells = grid.cells(level, grid.bold, "centre")
    rising = _rising(block, grid)
    height = max(len(cell.lines) for cell in cells) * grid.pitch + 2 * PAD_Y
    height = max([height, *(line.width + 4 * PAD_Y for _, line in rising)])

    def draw(sheet: Sheet, top: float) -> None:
        grid.ground(sheet, top)
        grid.ground(sheet, top - height)
        for cell in cells:
            spare = (height - 2 * PAD_Y - len(cell.lines) * grid.pitch) / 2
            _draw_cell(sheet, cell, grid, grid.bold, top - PAD_Y - spare)
        for x, line in rising:
            sheet.rising(x, top - height + 2 * PAD_Y, line.text, grid.bold)
        _draw_uprights(sheet, cells, grid, top, height)

    return Piece(height, draw)


def _rising(block: Table, grid: _Grid) -> list[tuple[float, Line]]:
    """Return where the lines of upright headings stand, and the lines."""
    found: list[tuple[float, Line]] = []
    for at, column in enumerate(block.columns):
        if not column.upright:
            continue
        lines = grid.ruler.wrap(column.title, grid.bold, UPRIGHT)
        middle = (grid.edges[at] + grid.edges[at + 1]) / 2
        first = middle - len(lines) * grid.pitch / 2 + baseline(grid.bold.size, grid.pitch)
        found.extend((first + number * grid.pitch, line) for number, line in enumerate(lines))
    return found


def _row(
    cells: list[_Cell],
    grid: _Grid,
    head: Piece,
    style: Style,
    *,
    with_next: bool = False,
    total: bool = False,
) -> Iterator[Piece]:
    """Yield a row as one piece, or line by line where it is too deep to be kept whole."""
    depth = max(len(cell.lines) for cell in cells)
    for start, end in _parts(depth, grid.deepest_whole_row):
        first, last = start == 0, end == depth
        part = cells if first and last else _lines_of(cells, start, end)
        height = (end - start) * grid.pitch + PAD_Y * (first + last)
        yield Piece(
            height,
            _row_drawn(part, grid, style, height, drop=PAD_Y if first else 0.0, ends=last),
            with_next=with_next,
            with_previous=total and first,
            head=head if first else _spaced(head, cells, grid),
            foot=None if last else grid.ground,
            counts=first and not total,
        )


def _spaced(head: Piece, cells: list[_Cell], grid: _Grid) -> Piece:
    """Return the heading for a row that goes on: with the space that rows have at their top."""

    def draw(sheet: Sheet, top: float) -> None:
        head.draw(sheet, top)
        _draw_uprights(sheet, cells, grid, top - head.height, PAD_Y)

    return Piece(head.height + PAD_Y, draw)


def _parts(depth: int, deepest: int) -> Iterator[tuple[int, int]]:
    if depth <= max(deepest, 2 * LEAST_LINES):
        yield 0, depth
        return
    yield 0, LEAST_LINES
    for line in range(LEAST_LINES, depth - LEAST_LINES):
        yield line, line + 1
    yield depth - LEAST_LINES, depth


def _lines_of(cells: list[_Cell], start: int, end: int) -> list[_Cell]:
    return [replace(cell, lines=cell.lines[start:end]) for cell in cells]


def _row_drawn(
    cells: list[_Cell], grid: _Grid, style: Style, height: float, *, drop: float, ends: bool
) -> Draw:
    def draw(sheet: Sheet, top: float) -> None:
        for cell in cells:
            if cell.hatched:
                sheet.hatch(cell.left, top - height, cell.right, top)
            _draw_cell(sheet, cell, grid, style, top - drop)
        _draw_uprights(sheet, cells, grid, top, height)
        if ends:
            grid.ground(sheet, top - height)

    return draw


def _draw_cell(sheet: Sheet, cell: _Cell, grid: _Grid, style: Style, top: float) -> None:
    y = top - baseline(style.size, grid.pitch)
    for line in cell.lines:
        sheet.text(cell.start(line), y, line.text, style)
        y -= grid.pitch


def _draw_uprights(
    sheet: Sheet, cells: list[_Cell], grid: _Grid, top: float, height: float
) -> None:
    sheet.upright(grid.edges[0], top, top - height)
    for cell in cells:
        sheet.upright(cell.right, top, top - height)
