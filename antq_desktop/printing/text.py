"""Words into lines: measuring, wrapping, and making any text fit to be printed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from antq_desktop.printing.canvas import FaceName, Fonts, LetterWidths, Sheet, Style

ASCENT = 0.891
DESCENT = 0.216
LEADING = 1.2
"""Line pitch over size: between single (1.15 for this face) and one and a half lines."""

_LOOSEST_GAP = 1.2
_BREAK_AFTER = frozenset("-/_.,;:@&)")
_SLACK = 0.01
_LINE_ENDS = str.maketrans(dict.fromkeys("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n"))
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SHOWN_FOR_UNSEEN = "\ufffd"


def printable(text: str) -> str:
    """Return what a paper shows of a text: NFC, line ends alike, tabs as spaces.

    Control characters, halves of surrogate pairs and signs that turn the direction of writing are
    shown as U+FFFD (a box on paper), so that nobody signs a line that reads otherwise than it is
    stored.
    """
    if text.isascii() and text.isprintable():
        return text
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    normal = normal.translate(_LINE_ENDS).replace("\t", " ").replace("\u00a0", " ")
    if normal.isprintable():
        return normal
    return "".join(_seen(letter) for letter in normal)


def _seen(letter: str) -> str:
    if letter == "\n" or letter.isprintable():
        return letter
    hidden = letter in _TURNING or unicodedata.category(letter) in {"Cc", "Cs"}
    return SHOWN_FOR_UNSEEN if hidden else letter


class Line(NamedTuple):
    """One line of a paragraph: its text, its own width, and whether the paragraph ends here."""

    text: str
    width: float
    ends: bool


class _WordWidths(dict[str, float]):
    """Width of each word in thousandths of the size, added up once."""

    def __init__(self, letters: LetterWidths) -> None:
        super().__init__()
        self.letters = letters

    def __missing__(self, word: str) -> float:
        width = sum(map(self.letters.__getitem__, word))
        self[word] = width
        return width


def _line(words: list[str], used: float, space: float, *, ends: bool) -> Line:
    while len(words) > 1 and not words[-1]:
        words.pop()
        used -= space
    return Line(" ".join(words), used, ends)


class Ruler:
    """Measures and wraps; remembers each word it has seen, so one ruler serves one paper."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._words: dict[FaceName, _WordWidths] = {}

    def width(self, text: str, style: Style) -> float:
        """Return the width of a text on one line, in points."""
        return self._known(style.face)[text] * style.size / 1000

    def _widths(self, face: FaceName) -> LetterWidths:
        return self._known(face).letters

    def _known(self, face: FaceName) -> _WordWidths:
        known = self._words.get(face)
        if known is None:
            known = self._words[face] = _WordWidths(self._fonts.letter_widths(face))
        return known

    def wrap(self, text: str, style: Style, width: float, indent: float = 0.0) -> list[Line]:
        """Break a text into lines no wider than `width`, the first shorter by `indent`.

        Line ends in the text are kept. A word that is wider than a line is broken, after a hyphen
        or a slash where there is one.
        """
        lines: list[Line] = []
        for paragraph in printable(text).split("\n"):
            lines.extend(self._wrap_one(paragraph, style, width + _SLACK, width - indent + _SLACK))
        return lines

    def _wrap_one(self, text: str, style: Style, width: float, room: float) -> Iterator[Line]:
        known = self._known(style.face)
        scale = style.size / 1000
        space = known[" "] * scale
        words: list[str] = []
        used = 0.0
        for word in text.split(" "):
            wide = known[word] * scale
            if words and used + space + wide <= room:
                words.append(word)
                used += space + wide
                continue
            if words:
                if not word:
                    continue
                yield _line(words, used, space, ends=False)
                room = width
            *whole, rest = [word] if wide <= room else self._broken(word, style, room, width)
            for piece in whole:
                yield Line(piece, known[piece] * scale, ends=False)
                room = width
            words = [rest]
            used = known[rest] * scale
        yield _line(words, used, space, ends=True)

    def _broken(self, word: str, style: Style, first: float, later: float) -> list[str]:
        widths = self._widths(style.face)
        scale = style.size / 1000
        pieces: list[str] = []
        start = 0
        room = first
        used = 0.0
        place = 0
        for index, letter in enumerate(word):
            wide = widths[letter] * scale
            if used + wide > room and index > start and not unicodedata.combining(letter):
                cut = place if place - start > (index - start) * 0.4 else index
                pieces.append(word[start:cut])
                start = cut
                room = later
                used = sum(map(widths.__getitem__, word[cut:index])) * scale
            used += wide
            if letter in _BREAK_AFTER:
                place = index + 1
        pieces.append(word[start:])
        return pieces

    def balanced(self, text: str, style: Style, width: float) -> list[Line]:
        """Wrap a centred text so that its lines are of about the same length."""
        lines = self.wrap(text, style, width)
        if len(lines) < 2 or "\n" in text:
            return lines
        low, high = width / len(lines), width
        if any(self.width(word, style) > low for word in printable(text).split(" ")):
            low = max(self.width(word, style) for word in printable(text).split(" "))
        if low >= high:
            return lines
        for _ in range(8):
            middle = (low + high) / 2
            if len(self.wrap(text, style, middle)) > len(lines):
                low = middle
            else:
                high = middle
        return self.wrap(text, style, high)


@cache
def baseline(size: float, leading: float) -> float:
    """Return how far below the top of a line its letters stand."""
    return (leading - (ASCENT + DESCENT) * size) / 2 + ASCENT * size


def centred(sheet: Sheet, line: Line, style: Style, middle: float, y: float) -> None:
    """Write a line with its middle at `middle`."""
    sheet.text(middle - line.width / 2, y, line.text, style)


def justified(
    sheet: Sheet, line: Line, style: Style, at: tuple[float, float], width: float
) -> None:
    """Write a line from edge to edge, unless it ends a paragraph or would fall apart."""
    x, y = at
    gaps = line.text.count(" ")
    spare = width - line.width
    if line.ends or not gaps or spare / gaps > style.size * _LOOSEST_GAP or spare < 0:
        sheet.text(x, y, line.text, style)
        return
    sheet.text(x, y, line.text, style, spare / gaps)
