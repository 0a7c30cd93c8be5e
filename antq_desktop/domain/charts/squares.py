"""Where the squares of a map stand on a screen: as many rows as there is room for."""

from __future__ import annotations

from typing import Final

from antq_desktop.domain.charts.chart import Fill, Squares
from antq_desktop.domain.charts.drawing import Box, Drawing, Measure, Words, cut
from antq_desktop.domain.shown import show_integer

_LINE: Final = 1.75
_LEAST_ROWS: Final = 1


def draw_squares(
    chart: Squares, width: float, height: float, size: float, measure: Measure
) -> Drawing:
    """Place a map; rows that find no room are told of in one line at the end."""
    line = size * _LINE
    if not chart.rows:
        words = Words(0, size, chart.empty)
        return Drawing(width, line, (), (words,), ())
    room = max(int((height - line) / line), _LEAST_ROWS + 1)
    shown = len(chart.rows) if len(chart.rows) <= room else room - 1
    widest = max(measure(name, False) for name in chart.rows[:shown])
    left = min(widest, width * 0.36) + size * 0.6
    wide = (width - left) / len(chart.columns)
    boxes: list[Box] = []
    said = [
        Words(left + wide * (at + 0.5), size, name, "centre")
        for at, name in enumerate(chart.columns)
    ]
    for row in range(shown):
        y = line * (row + 1)
        name = cut(chart.rows[row], left - size * 0.6, measure)
        said.append(Words(0, y + line * 0.66, name))
        for at, square in enumerate(chart.squares[row]):
            if not square.word:
                continue
            told = f"{chart.rows[row]}, {chart.columns[at]}: {square.told or square.word}"
            series = list(Fill).index(square.fill)
            boxes.append(Box(left + wide * at, y, wide, line, square.fill, series, told,
                             square.key))  # fmt: skip
            word = cut(square.word, wide, measure)
            middle = left + wide * (at + 0.5)
            plain = square.fill is Fill.BARE
            said.append(Words(middle, y + line * 0.66, word, "centre", plate=not plain))
    if shown < len(chart.rows):
        more = f"và {show_integer(len(chart.rows) - shown)} đơn vị khác"
        said.append(Words(0, line * (shown + 1) + line * 0.66, more))
    return Drawing(width, height, tuple(boxes), tuple(said), ())
