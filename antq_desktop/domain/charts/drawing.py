"""Where each part of a chart stands: boxes, words and lines, for any renderer to draw as they are.

Measures are points or pixels, as the renderer likes, from the upper left corner. Nothing here
depends on a font: how wide words are is asked of the renderer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from antq_desktop.domain.charts.chart import NOT_KNOWN, Bars, Fill, Series
from antq_desktop.domain.shown import show_integer

Measure = Callable[[str, bool], float]
"""Width of words of the size of labels, plain or bold."""

Anchor = Literal["left", "centre", "right"]

_STEPS: Final = (1, 2, 5)
_MOST_LINES: Final = 4
_LINE: Final = 1.3  # height of a line over the size of letters
_TALLEST_BAR: Final = 1.6  # lines that a lying bar may be high
_WIDEST_BAR: Final = 4.0  # letters that a standing bar may be wide
_SWATCH: Final = 1.6
PAIR: Final = 2
_CUT: Final = "…"


class Box(NamedTuple):
    """A filled area with its outline; `series` counts from 0, `category` is its place.

    `told` says it in words, `key` opens the records behind.
    """

    x: float
    y: float
    width: float
    height: float
    fill: Fill
    series: int
    told: str = ""
    key: str = ""


class Words(NamedTuple):
    """A line of words with its baseline; `plate` asks for bare ground behind it."""

    x: float
    y: float
    text: str
    anchor: Anchor = "left"
    bold: bool = False
    plate: bool = False


class Rule(NamedTuple):
    """A straight line, strong for the foot of the bars, faint for the scale."""

    x1: float
    y1: float
    x2: float
    y2: float
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart ready to be drawn, as high as it came out."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    words: tuple[Words, ...]
    rules: tuple[Rule, ...]


def scale_of(longest: int) -> tuple[int, int]:
    """Return the end of the scale and the distance of its lines, whole round numbers."""
    most, step, power = max(longest, 1), 1, 1
    while True:
        for each in _STEPS:
            step = each * power
            lines = -(-most // step)
            if lines <= _MOST_LINES:
                return lines * step, step
        power *= 10


def draw(chart: Bars, width: float, height: float, size: float, measure: Measure) -> Drawing:
    """Place a chart into a room; lying bars take the height that they need.

    Args:
        chart: What is shown.
        width: Width of the room.
        height: Height of the room; lying bars are drawn from its top.
        size: Size of the letters.
        measure: How wide words are.
    """
    desk = _Desk(chart, width, size, measure)
    if not chart.longest:
        desk.say(0, size, chart.empty)
        return desk.done(size * _LINE)
    top = desk.legend()
    return desk.lie(top) if chart.lying else desk.stand(top, height)


def told_of(chart: Bars, each: Series, at: int) -> str:
    """Return one value in words: `Tháng 3, Trật tự xã hội: 4 vụ`."""
    value = each.values[at]
    count = "chưa có số liệu" if value is None else f"{show_integer(value)} {chart.unit}"
    return f"{chart.categories[at]}, {each.name}: {count}"


class _Desk:
    """Gathers the parts of one chart."""

    def __init__(self, chart: Bars, width: float, size: float, measure: Measure) -> None:
        self._chart = chart
        self._width = width
        self._size = size
        self._line = size * _LINE
        self._measure = measure
        self._end, self._step = scale_of(chart.longest)
        self._place = {id(each): at for at, each in enumerate(chart.series)}
        self._boxes: list[Box] = []
        self._words: list[Words] = []
        self._rules: list[Rule] = []

    def done(self, height: float) -> Drawing:
        """Return what was gathered."""
        return Drawing(
            self._width, height, tuple(self._boxes), tuple(self._words), tuple(self._rules)
        )

    def say(self, x: float, y: float, text: str, anchor: Anchor = "left", *,
            bold: bool = False, plate: bool = False) -> None:  # fmt: skip
        """Put words down."""
        self._words.append(Words(x, y, text, anchor, bold, plate))

    def legend(self) -> float:
        """Name each series beside a piece of its fill; return where the bars begin."""
        x, y = 0.0, 0.0
        side = self._size * 0.8
        for at, each in enumerate(self._chart.series):
            wide = self._size * _SWATCH + self._measure(each.name, False) + self._size
            if x and x + wide - self._size > self._width:
                x, y = 0.0, y + self._line
            self._boxes.append(Box(x, y + self._line - side - self._size * 0.2, side * 1.5, side,
                                   each.fill, at))  # fmt: skip
            room = self._width - x - self._size * _SWATCH
            self.say(x + self._size * _SWATCH, y + self._size, cut(each.name, room, self._measure))
            x += wide
        return y + self._line * 1.3

    def stand(self, top: float, height: float) -> Drawing:
        """Stand the bars side by side, their names below."""
        chart, size = self._chart, self._size
        left = self._measure(show_integer(self._end), False) + size * 0.6
        room = (self._width - left) / len(chart.categories)
        names = [self._folded(name, room) for name in chart.categories]
        deepest = max(len(name) for name in names)
        foot = height - self._line * deepest - size * 0.3
        head = top + self._line
        for value in range(0, self._end + 1, self._step):
            y = foot - (foot - head) * value / self._end
            self._rules.append(Rule(left, y, self._width, y, faint=value > 0))
            self.say(left - size * 0.5, y + size * 0.35, show_integer(value), "right")
        stacks = chart.stacks
        wide = min(room * 0.84 / len(stacks), size * _WIDEST_BAR)
        for at, name in enumerate(names):
            middle = left + room * (at + 0.5)
            for row, text in enumerate(name):
                self.say(middle, foot + size * 1.2 + row * self._line, text, "centre")
            for beside, stack in enumerate(stacks):
                x = middle + (beside - len(stacks) / 2) * wide
                y = foot
                for each, value in _parts(stack, at):
                    tall = (foot - head) * value / self._end
                    y -= tall
                    self._box(Box(x, y, wide, tall, each.fill, self._place[id(each)],
                                  told_of(chart, each, at), each.key(at)))  # fmt: skip
                    inside = tall >= self._line and len(stack) > 1
                    number = show_integer(value)
                    if inside and value and self._measure(number, False) + 2 < wide:
                        self.say(x + wide / 2, y + tall / 2 + size * 0.35, number, "centre",
                                 plate=True)  # fmt: skip
                self._total(stack, at, self._above(beside, middle, x, wide), y - size * 0.3)
        return self.done(height)

    def _above(self, beside: int, middle: float, x: float, wide: float) -> tuple[float, Anchor]:
        """Return where the total of a bar stands: away from that of its neighbour."""
        if len(self._chart.stacks) != PAIR:
            return x + wide / 2, "centre"
        apart = self._size * 0.15
        return (middle + apart, "left") if beside else (middle - apart, "right")

    def _total(
        self, stack: tuple[Series, ...], at: int, place: tuple[float, Anchor], y: float
    ) -> None:
        total = self._chart.total(stack, at)
        x, anchor = place
        if total is None:
            self.say(x, y, NOT_KNOWN, anchor)
        elif total:
            self.say(x, y, show_integer(total), anchor, bold=len(stack) > 1)

    def lie(self, top: float) -> Drawing:
        """Lay the bars below each other, each beside its name."""
        chart, size = self._chart, self._size
        longest = max(self._measure(name, False) for name in chart.categories)
        left = min(longest, self._width * 0.4) + size * 0.6
        right = self._measure(show_integer(self._end), True) + size * 0.8
        per_unit = (self._width - left - right) / self._end
        stacks = chart.stacks
        tall = size * _TALLEST_BAR / max(1.0, len(stacks) * 0.6)
        y = top
        for at, name in enumerate(chart.categories):
            deep = tall * len(stacks)
            named = cut(name, left - size * 0.6, self._measure)
            self.say(left - size * 0.6, y + deep / 2 + size * 0.35, named, "right")
            for stack in stacks:
                x = left
                for each, value in _parts(stack, at):
                    wide = per_unit * value
                    self._box(Box(x, y, wide, tall, each.fill, self._place[id(each)],
                                  told_of(chart, each, at), each.key(at)))  # fmt: skip
                    number = show_integer(value)
                    if value and len(stack) > 1 and self._measure(number, False) + size < wide:
                        self.say(x + wide / 2, y + tall / 2 + size * 0.35, number, "centre",
                                 plate=True)  # fmt: skip
                    x += wide
                total = chart.total(stack, at)
                shown = NOT_KNOWN if total is None else show_integer(total)
                self.say(x + size * 0.4, y + tall / 2 + size * 0.35, shown, bold=len(stack) > 1)
                y += tall
            y += size * 0.7
        self._rules.append(Rule(left, top - size * 0.2, left, y - size * 0.5))
        return self.done(y)

    def _box(self, box: Box) -> None:
        if box.width > 0 and box.height > 0:
            self._boxes.append(box)

    def _folded(self, name: str, room: float) -> list[str]:
        """Return a name in lines that fit below its bar."""
        lines: list[str] = []
        for word in name.split():
            if lines and self._measure(f"{lines[-1]} {word}", False) <= room:
                lines[-1] = f"{lines[-1]} {word}"
            else:
                lines.append(word)
        return [cut(line, room, self._measure) for line in lines] or [""]


def cut(text: str, room: float, measure: Measure) -> str:
    """Return as much of a text as finds room, with a sign where something is left out."""
    if measure(text, False) <= room:
        return text
    while text and measure(text + _CUT, False) > room:
        text = text[:-1].rstrip()
    return text + _CUT


def _parts(stack: tuple[Series, ...], at: int) -> Iterator[tuple[Series, int]]:
    for each in stack:
        value = each.values[at]
        if value is not None:
            yield each, value
