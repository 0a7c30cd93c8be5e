"""Tables and named values of a paper as tables of Word."""

from __future__ import annotations

from typing import Final

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Emu, Pt
from docx.table import _Cell, _Row

from antq_desktop.domain.charts.said import as_table
from antq_desktop.domain.papers import Alignment, Charted, Column, Field, Fields, Hatched, Table
from antq_desktop.printing.canvas import Style
from antq_desktop.printing.word_blocks import (
    PLAIN,
    Desk,
    Place,
    apart,
    bare_table,
    dotted,
    emptied,
    fit,
    put,
)
from antq_desktop.printing.word_xml import hatched, kept_whole, read_from_below, repeated, ruled

_ALIGN: Final[dict[Alignment, WD_ALIGN_PARAGRAPH]] = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
CHART_TITLE: Final = Style("bold", 12.0)
_TALL: Final = Pt(120)
_COLUMN_GAP: Final = 0.035
_SHORT_OF_EDGE: Final = 0.96


def table(block: Table, desk: Desk) -> None:
    """Type a ruled table whose heading is repeated and whose rows stay whole."""
    columns = block.columns
    whole = sum(column.width for column in columns)
    widths = [Emu(round(desk.room * column.width / whole)) for column in columns]
    made = desk.document.add_table(1, len(columns))
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    ruled(made, lines=True)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    head = made.rows[0]
    repeated(head)
    kept_whole(head)
    bold, regular = Style("bold", block.size), Style("regular", block.size)
    for cell, column, width in zip(head.cells, columns, widths, strict=True):
        cell.width = width
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        put(emptied(cell), column.title, bold, align=WD_ALIGN_PARAGRAPH.CENTER)
        if column.upright:
            read_from_below(cell)
    if any(column.upright for column in columns):
        head.height = _TALL
    rows = list(block.rows) or ([(block.empty,)] if block.empty else [])
    for row in rows:
        across = len(row) == 1 and len(columns) > 1 and bool(block.rows)
        _row(made.add_row(), tuple(row), columns, widths, bold if across else regular)
    if block.total:
        _row(made.add_row(), tuple(block.total), columns, widths, bold)
    apart(desk)


def charted(block: Charted, desk: Desk) -> None:
    """Type a chart as a table with the same numbers: everything in it can be corrected."""
    title = put(desk.document, block.chart.title, CHART_TITLE, align=WD_ALIGN_PARAGRAPH.CENTER)
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(6)
    title.paragraph_format.keep_with_next = True
    table(as_table(block.chart), desk)


def _row(
    row: _Row, texts: tuple[str, ...], columns: tuple[Column, ...], widths: list[Emu], style: Style
) -> None:
    kept_whole(row)
    span = len(columns) - len(texts)
    cells = list(row.cells)
    for cell, width in zip(cells, widths, strict=True):
        cell.width = width
    first: _Cell = cells[0].merge(cells[span]) if span else cells[0]
    for at, text in enumerate(texts):
        cell = first if at == 0 else cells[at + span]
        spans = at == 0 and span > 0
        align = "left" if spans else columns[at + span].align
        put(emptied(cell), text, style, align=_ALIGN[align])
        if isinstance(text, Hatched):
            hatched(cell)


def fields(block: Fields, desk: Desk) -> None:
    """Type named values; where a value is empty a dotted line runs to the edge."""
    if block.columns == 1:
        for item in block.items:
            _field(desk.document, item, desk.room)
        return
    share = (1 - _COLUMN_GAP) / 2
    made = bare_table(desk, (share + _COLUMN_GAP, share))
    for start in range(0, len(block.items), 2):
        row = made.rows[0] if start == 0 else made.add_row()
        pair = block.items[start : start + 2]
        for at, cell in enumerate(row.cells):
            emptied(cell)
            if at < len(pair):
                _beside(cell, pair[at], desk, share)
            else:
                put(cell, "")
    apart(desk)


def _field(place: Place, item: Field, room: int) -> None:
    line = place.add_paragraph(style=PLAIN)
    line.add_run(fit(f"{item.label}: {item.value}"))
    if not item.value.strip():
        dotted(line, room)


def _beside(place: Place, item: Field, desk: Desk, share: float) -> None:
    """Type a value beside another; its dots are typed, since cells know no leaders everywhere."""
    words = fit(f"{item.label}: {item.value}")
    if not item.value.strip():
        style = Style("regular", desk.size)
        left = desk.room / 12700 * share * _SHORT_OF_EDGE - desk.ruler.width(words, style)
        words += "." * max(round(left / desk.ruler.width(".", style)), 3)
    place.add_paragraph(style=PLAIN).add_run(words)
