"""Charts as pieces of a page: drawn as lines and areas of the PDF, in black alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from antq_desktop.domain.charts.chart import Fill, Squares
from antq_desktop.domain.charts.drawing import Box, Drawing, Words, draw
from antq_desktop.domain.charts.said import as_table
from antq_desktop.domain.papers import Charted
from antq_desktop.printing.canvas import Segment, Sheet, Style
from antq_desktop.printing.pages import MM, Piece
from antq_desktop.printing.running import PARAGRAPH_GAP, Setting
from antq_desktop.printing.tables import table
from antq_desktop.printing.text import LEADING, Line, baseline, centred

LABEL: Final = 9.0
_REGULAR: Final = Style("regular", LABEL)
_BOLD: Final = Style("bold", LABEL)
_DARK: Final = 0.35
_GAP: Final = 3.4
_THIN: Final = 0.4
_FAINT: Final = 0.75


def charted(block: Charted, setting: Setting) -> Iterator[Piece]:
    """Lay out a chart under its title; a map of squares is a table, which may fill pages."""
    yield from _title(block.chart.title, setting)
    if isinstance(block.chart, Squares):
        head, *rows = table(as_table(block.chart), setting)
        yield from (replace(head, gap=0.0), *rows)
        return
    ruler = setting.ruler

    def measure(text: str, bold: bool) -> float:
        return ruler.width(text, _BOLD if bold else _REGULAR)

    drawing = draw(block.chart, setting.frame.room, block.height * MM, LABEL, measure)

    def put(sheet: Sheet, top: float) -> None:
        _draw(sheet, drawing, setting, setting.frame.left, top)

    yield Piece(drawing.height, put)


def _title(text: str, setting: Setting) -> Iterator[Piece]:
    style = Style("bold", 12.0)
    pitch = style.size * LEADING
    for at, line in enumerate(setting.ruler.balanced(text, style, setting.frame.room)):

        def put(sheet: Sheet, top: float, line: Line = line) -> None:
            centred(sheet, line, style, setting.frame.middle, top - baseline(style.size, pitch))

        yield Piece(pitch + 2, put, 0.0 if at else 2 * PARAGRAPH_GAP, with_next=True)


def _draw(sheet: Sheet, drawing: Drawing, setting: Setting, left: float, top: float) -> None:
    for rule in drawing.rules:
        ends = Segment(left + rule.x1, top - rule.y1, left + rule.x2, top - rule.y2)
        sheet.strokes([ends], _THIN if rule.faint else 2 * _THIN, _FAINT if rule.faint else 0.0)
    for box in drawing.boxes:
        _fill(sheet, box, left + box.x, top - box.y - box.height)
    for words in drawing.words:
        _say(sheet, words, setting, left, top)


def _fill(sheet: Sheet, box: Box, x: float, y: float) -> None:
    sheet.area(x, y, box.width, box.height, _DARK if box.fill is Fill.FULL else 1.0)
    right, upper = x + box.width, y + box.height
    match box.fill:
        case Fill.SLANTED:
            sheet.strokes(list(_slanted(x, y, right, upper)), _THIN)
        case Fill.CROSSED:
            falling = (
                Segment(x + right - one.x1, one.y1, x + right - one.x2, one.y2)
                for one in _slanted(x, y, right, upper)
            )
            sheet.strokes([*_slanted(x, y, right, upper), *falling], _THIN)
        case Fill.LEVEL:
            lines = int(box.height / _GAP)
            levels = (y + _GAP * (at + 0.5) for at in range(lines))
            sheet.strokes([Segment(x, each, right, each) for each in levels], _THIN)
        case Fill.DOTTED:
            sheet.strokes(list(_dots(x, y, right, upper)), 2 * _THIN)
        case Fill.FULL | Fill.BARE:
            pass


def _slanted(x: float, y: float, right: float, upper: float) -> Iterator[Segment]:
    """Yield rising lines inside a rectangle."""
    shift = x - upper + _GAP / 2
    while shift < right - y:
        first, last = max(x, y + shift), min(right, upper + shift)
        if first < last:
            yield Segment(first, first - shift, last, last - shift)
        shift += _GAP


def _dots(x: float, y: float, right: float, upper: float) -> Iterator[Segment]:
    """Yield short strokes, each row between those of the row before."""
    row = 0
    level = y + _GAP / 2
    while level < upper - 0.3:
        at = x + _GAP * (0.3 if row % 2 else 0.8)
        while at + 0.8 < right:
            yield Segment(at, level, at + 0.8, level)
            at += _GAP
        level += _GAP * 0.75
        row += 1


def _say(sheet: Sheet, words: Words, setting: Setting, left: float, top: float) -> None:
    style = _BOLD if words.bold else _REGULAR
    wide = setting.ruler.width(words.text, style)
    shift = {"left": 0.0, "centre": wide / 2, "right": wide}[words.anchor]
    x, y = left + words.x - shift, top - words.y
    if words.plate:
        sheet.area(x - 1, y - LABEL * 0.2, wide + 2, LABEL, 1.0, outlined=False)
    sheet.text(x, y, words.text, style)
