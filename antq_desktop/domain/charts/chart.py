"""What a chart shows, once for screen and paper: named counts, told apart without any colour.

A chart knows nothing of points, fonts or windows. Each part of it carries a key, by which whoever
shows it finds the records behind.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Final

MOST_SERIES: Final = 6
NOT_KNOWN: Final = "…"


class Fill(Enum):
    """How an area is filled; each is another one on a black and white printer."""

    FULL = "full"
    SLANTED = "slanted"
    DOTTED = "dotted"
    CROSSED = "crossed"
    LEVEL = "level"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Series:
    """One count in each category.

    Attributes:
        name: What is counted, as the legend says it.
        fill: How its areas are filled.
        values: A count for each category; None where nothing is known of it.
        keys: For each category the name of the records behind; empty where nothing opens.
        beside: It begins a bar of its own beside the others, instead of going on top of them.
    """

    name: str
    fill: Fill
    values: tuple[int | None, ...]
    keys: tuple[str, ...] = ()
    beside: bool = False

    def key(self, at: int) -> str:
        """Return the name of the records behind one value."""
        return self.keys[at] if at < len(self.keys) else ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts as lengths along one axis.

    Attributes:
        title: What it shows, with its period.
        unit: What is counted: `vụ`, `mô hình`.
        axis: What the categories are: `Tháng`, `Tình trạng`.
        categories: What the bars stand for, in their order.
        series: The counts; those of one bar follow each other.
        lying: The bars lie, each beside its name; for names too long to stand side by side.
        empty: What is said in place of bars where there is nothing to show.
    """

    title: str
    unit: str
    axis: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    lying: bool = False
    empty: str = "Chưa có số liệu để vẽ."

    def __post_init__(self) -> None:
        if not 0 < len(self.series) <= MOST_SERIES:
            raise ValueError("a chart has one to six series")
        if len({each.fill for each in self.series}) != len(self.series):
            raise ValueError("two series of a chart are filled alike")
        if any(len(each.values) != len(self.categories) for each in self.series):
            raise ValueError("a series has one value for each category")

    @property
    def stacks(self) -> tuple[tuple[Series, ...], ...]:
        """The series bar by bar: those of one stack, from the foot."""
        held: list[list[Series]] = []
        for each in self.series:
            if each.beside or not held:
                held.append([])
            held[-1].append(each)
        return tuple(map(tuple, held))

    def total(self, stack: tuple[Series, ...], at: int) -> int | None:
        """Return the length of one bar; None where nothing is known."""
        known = [value for each in stack if (value := each.values[at]) is not None]
        return sum(known) if known else None

    @property
    def longest(self) -> int:
        """The length of the longest bar."""
        totals = (self.total(s, at) for s in self.stacks for at in range(len(self.categories)))
        return max((total for total in totals if total is not None), default=0)


@dataclass(frozen=True, slots=True)
class Square:
    """One square: a word that says all, how it is filled, what it means in full."""

    word: str
    fill: Fill = Fill.BARE
    told: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Squares:
    """A map of squares: rows of names, columns of months.

    Attributes:
        title: What it shows.
        corner: What the names of the rows are.
        columns: Headings of the columns.
        rows: Names of the rows.
        squares: For each row a square in each column.
        legend: What the words of squares mean, for a remark below.
        empty: What is said where there is no row.
    """

    title: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    squares: tuple[tuple[Square, ...], ...]
    legend: tuple[tuple[str, str], ...] = field(default=())
    empty: str = "Chưa có đơn vị nào gửi số liệu."

    def __post_init__(self) -> None:
        if len(self.rows) != len(self.squares):
            raise ValueError("a map has squares for each of its rows")
        if any(len(row) != len(self.columns) for row in self.squares):
            raise ValueError("a row of a map has one square for each column")


Chart = Bars | Squares
