"""A chart without a picture: in words for who cannot see it, and as a table for a Word file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from antq_desktop.domain.charts.chart import NOT_KNOWN, Bars, Chart, Fill, Squares
from antq_desktop.domain.papers import Column, Hatched, Table
from antq_desktop.domain.shown import show_integer

# Marks that Times New Roman has, all of one width: a bar is as long as its count.
_MARKS: Final = {
    Fill.FULL: "█",
    Fill.SLANTED: "▓",
    Fill.DOTTED: "░",
    Fill.CROSSED: "▒",
    Fill.LEVEL: "▌",
    Fill.BARE: "▄",
}
_LONGEST: Final = 24  # marks of the longest bar
_LETTERS: Final = 10.0
_SQUARE_LETTERS: Final = 9.0


def in_words(chart: Chart) -> tuple[str, ...]:
    """Return a chart as sentences: its title, then a line for each category or row."""
    if isinstance(chart, Squares):
        return (chart.title, *_rows_in_words(chart))
    return (chart.title, *_bars_in_words(chart))


def _rows_in_words(chart: Squares) -> Iterator[str]:
    if not chart.rows:
        yield chart.empty
    for name, squares in zip(chart.rows, chart.squares, strict=True):
        held = zip(chart.columns, squares, strict=True)
        told = [f"{column} {square.told or square.word}" for column, square in held if square.word]
        yield f"{name}: {', '.join(told) or 'chưa có số liệu'}."


def _bars_in_words(chart: Bars) -> Iterator[str]:
    if not chart.longest:
        yield chart.empty
        return
    for at, name in enumerate(chart.categories):
        held = [(each.name, each.values[at]) for each in chart.series]
        told = [
            f"{series} {'chưa có số liệu' if value is None else show_integer(value)}"
            for series, value in held
        ]
        yield f"{name}: {'; '.join(told)} ({chart.unit})."


def as_table(chart: Chart) -> Table:
    """Return a chart as a table: bars as rows of marks beside their numbers, a map as its words."""
    return _of_squares(chart) if isinstance(chart, Squares) else _of_bars(chart)


def _of_bars(chart: Bars) -> Table:
    several = len(chart.series) > 1
    columns = [Column(chart.axis, 26)]
    columns += [Column(f"{_MARKS[each.fill]} {each.name}", 13, "right") for each in chart.series]
    columns.append(Column(f"Biểu đồ ({chart.unit})", 58 if several else 80))
    if not chart.longest:
        return Table(tuple(columns), (), empty=chart.empty, size=_LETTERS)
    rows = [
        (name, *(_number(each.values[at]) for each in chart.series), _bar(chart, at))
        for at, name in enumerate(chart.categories)
    ]
    return Table(tuple(columns), rows, size=_LETTERS)


def _bar(chart: Bars, at: int) -> str:
    """Return the bars of a category as marks, one line for each bar."""
    lines = []
    for stack in chart.stacks:
        done, line = 0, ""
        for each in stack:
            before = round(done * _LONGEST / chart.longest)
            done += each.values[at] or 0
            line += _MARKS[each.fill] * (round(done * _LONGEST / chart.longest) - before)
        lines.append(line)
    return "\n".join(lines)


def _number(value: int | None) -> str:
    return NOT_KNOWN if value is None else show_integer(value)


def _of_squares(chart: Squares) -> Table:
    columns = (Column(chart.corner, 34), *(Column(name, 11.5, "centre") for name in chart.columns))
    rows = [
        (name, *(s.word if s.fill is Fill.BARE else Hatched(s.word) for s in squares))
        for name, squares in zip(chart.rows, chart.squares, strict=True)
    ]
    return Table(columns, rows, empty=chart.empty, size=_SQUARE_LETTERS)
