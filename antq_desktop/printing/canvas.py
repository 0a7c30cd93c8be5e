"""The door to reportlab: fonts, and one PDF being drawn, page by page.

Measures are points, from the lower left corner of the page. The bytes of a finished PDF depend on
what was drawn and on nothing else: no clock, no random identity, no path.
"""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

# reportlab ships no types; this module is where it gets some
from reportlab import rl_config  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from antq_desktop.domain.errors import EnvironmentFault

FaceName = Literal["regular", "bold", "italic", "bolditalic"]

_FILES: dict[FaceName, str] = {
    "regular": "LiberationSerif-Regular",
    "bold": "LiberationSerif-Bold",
    "italic": "LiberationSerif-Italic",
    "bolditalic": "LiberationSerif-BoldItalic",
}
_ONE_PAPER_AT_A_TIME = threading.Lock()
_BEYOND_THE_FIRST_PLANE = re.compile(r"<([0-9A-F]{5,6})>$", re.MULTILINE)
_BOX = 0x25A1
HATCH_GAP = 4.0
HATCH_LINE = 0.4
HATCH_GREY = 0.68

# a filter that only makes text of bytes: a fifth more to write, and slow in Python
rl_config.useA85 = 0


class PaperFont(TTFont):  # type: ignore[misc]  # its base has no types
    """A font that loses no letter: what it cannot draw shows as a box and stays in the text."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name, file, shapable=False)
        self._known = {chr(code) for code in self.face.charToGlyph}

    def splitString(self, text: str, doc: object, encoding: str = "utf-8") -> Any:  # noqa: N802, ANN401 - reportlab's own name and shape
        """Give each letter its code in this document, letters without a glyph too."""
        if not self._known.issuperset(text):
            strangers = set(text) - self._known
            self._draw_as_boxes(strangers)
        return super().splitString(text, doc, encoding)

    def _draw_as_boxes(self, strangers: set[str]) -> None:
        box, width = self.face.charToGlyph[_BOX], self.face.charWidths[_BOX]
        self.face.charToGlyph.update((ord(each), box) for each in strangers)
        self.face.charWidths.update((ord(each), width) for each in strangers)
        self._known |= strangers

    def addObjects(self, doc: Any) -> None:  # noqa: N802, ANN401 - reportlab's own name and shape
        """Embed the font, and write letters beyond U+FFFF as the two halves PDF asks for."""
        super().addObjects(doc)
        for name, stream in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                stream.content = _BEYOND_THE_FIRST_PLANE.sub(_two_halves, stream.content)


def _two_halves(found: re.Match[str]) -> str:
    return f"<{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"


@dataclass(frozen=True, slots=True)
class Style:
    """Face, size in points, and how grey (0 is black)."""

    face: FaceName = "regular"
    size: float = 14.0
    grey: float = 0.0


class Segment(NamedTuple):
    """A straight line in points."""

    x1: float
    y1: float
    x2: float
    y2: float


class Fonts:
    """The four faces of papers, and how wide their letters are."""

    def __init__(self, folder: Path) -> None:
        """Load the faces.

        Raises:
            EnvironmentFault: A font file is missing or damaged.
        """
        try:
            self._faces = {
                face: PaperFont(n, str(folder / f"{n}.ttf")) for face, n in _FILES.items()
            }
        except Exception as fault:
            raise EnvironmentFault(
                "fonts_missing",
                "Thiếu tệp phông chữ để in văn bản. Cài lại chương trình rồi in lại.",
            ) from fault

    def letter_widths(self, face: FaceName) -> LetterWidths:
        """Return widths of letters in thousandths of the size."""
        metrics = self._faces[face].face
        return LetterWidths(metrics.charWidths, metrics.charWidths[_BOX])

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Hold reportlab's own register of fonts, which the whole process shares."""
        with _ONE_PAPER_AT_A_TIME:
            for font in self._faces.values():
                pdfmetrics.registerFont(font)
            yield


class LetterWidths(dict[str, float]):
    """Width of each letter, asked once."""

    def __init__(self, widths: dict[int, float], missing: float) -> None:
        super().__init__()
        self._widths = widths
        self._default = missing

    def __missing__(self, letter: str) -> float:
        width = float(self._widths.get(ord(letter), self._default))
        self[letter] = width
        return width


class Sheet:
    """One PDF being drawn."""

    def __init__(self, title: str, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self._file = io.BytesIO()
        self._canvas = Canvas(
            self._file,
            pagesize=(width, height),
            invariant=1,
            pageCompression=1,
            initialFontName=_FILES["regular"],
            pdfVersion=(1, 7),
            lang="vi-VN",
        )
        self._canvas.setTitle(title)
        self._canvas.setCreator("ANTQ Desktop")
        self._start_page()

    def _start_page(self) -> None:
        self._text = self._canvas.beginText()
        self._style: Style | None = None
        self._grey = 0.0
        self._word_gap = 0.0
        self._rules: dict[float, list[Segment]] = {}
        self._uprights: dict[float, Segment] = {}
        self._hatching: list[Segment] = []

    def text(self, x: float, y: float, text: str, style: Style, word_gap: float = 0.0) -> None:
        """Write one line with its baseline at `y`; `word_gap` is added to every space."""
        if not text:
            return
        if style is not self._style:
            self._text.setFont(_FILES[style.face], style.size)
            self._style = style
            if style.grey != self._grey:
                self._text.setFillGray(style.grey)
                self._grey = style.grey
        if word_gap != self._word_gap:
            self._text.setWordSpace(word_gap)
            self._word_gap = word_gap
        self._text.setTextOrigin(x, y)
        self._text.textOut(text)

    def rule(self, x1: float, y1: float, x2: float, y2: float, thickness: float = 0.5) -> None:
        """Draw a line."""
        self._rules.setdefault(thickness, []).append(Segment(x1, y1, x2, y2))

    def upright(self, x: float, top: float, bottom: float) -> None:
        """Draw a piece of a column's line; pieces that meet become one line."""
        before = self._uprights.get(x)
        if before is not None and abs(before.y2 - top) < 0.01:
            self._uprights[x] = before._replace(y2=bottom)
            return
        if before is not None:
            self.rule(*before)
        self._uprights[x] = Segment(x, top, x, bottom)

    def hatch(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Fill a rectangle, given by its lower left and upper right corner, with slanted lines."""
        shift = x1 - y1 + HATCH_GAP / 2 - (y2 - y1)
        while shift < x2 - y1:
            left, right = max(x1, y1 + shift), min(x2, y2 + shift)
            if left < right:
                self._hatching.append(Segment(left, left - shift, right, right - shift))
            shift += HATCH_GAP

    def area(
        self, x: float, y: float, width: float, height: float, grey: float, *, outlined: bool = True
    ) -> None:
        """Fill a rectangle at once, below what is written later; 1 is white."""
        self._canvas.saveState()
        self._canvas.setFillGray(grey)
        self._canvas.setLineWidth(0.5)
        self._canvas.rect(x, y, width, height, stroke=int(outlined), fill=1)
        self._canvas.restoreState()

    def strokes(self, segments: list[Segment], thickness: float, grey: float = 0.0) -> None:
        """Draw lines at once, in the order of what is drawn."""
        if not segments:
            return
        self._canvas.saveState()
        self._canvas.setLineWidth(thickness)
        self._canvas.setStrokeGray(grey)
        self._canvas.lines(segments)
        self._canvas.restoreState()

    def dots(self, x1: float, x2: float, y: float) -> None:
        """Draw a dotted line to write on."""
        if x2 - x1 < 2:
            return
        self._canvas.saveState()
        self._canvas.setLineWidth(0.7)
        self._canvas.setLineCap(1)
        self._canvas.setDash([0, 2.6])
        self._canvas.line(x1, y, x2, y)
        self._canvas.restoreState()

    def squares(self, x: float, y: float, side: float, rows: Sequence[Sequence[int]]) -> None:
        """Fill the dark squares of a picture made of squares; `y` is its lower edge."""
        path = self._canvas.beginPath()
        for index, row in enumerate(reversed(rows)):
            for start, length in _runs(row):
                path.rect(x + start * side, y + index * side, length * side, side)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def slanted(self, text: str, style: Style, length: float, angle: float) -> None:
        """Write a text of the given length through the middle of the page, rising by `angle`."""
        self._canvas.saveState()
        self._canvas.translate(self.width / 2, self.height / 2)
        self._canvas.rotate(angle)
        self._canvas.setFillGray(style.grey)
        self._canvas.setFont(_FILES[style.face], style.size)
        self._canvas.drawString(-length / 2, -style.size * 0.33, text)
        self._canvas.restoreState()

    def rising(self, x: float, y: float, text: str, style: Style) -> None:
        """Write one line upward, its beginning at `x`, `y` and its feet to the right."""
        self._canvas.saveState()
        self._canvas.translate(x, y)
        self._canvas.rotate(90)
        self._canvas.setFont(_FILES[style.face], style.size)
        self._canvas.drawString(0, 0, text)
        self._canvas.restoreState()

    def next_page(self) -> None:
        """End this page and begin the next."""
        self._end_page()
        self._start_page()

    def finish(self) -> bytes:
        """End the last page and return the PDF."""
        self._end_page()
        self._canvas.save()
        return self._file.getvalue()

    def _end_page(self) -> None:
        if self._hatching:
            self._canvas.setLineWidth(HATCH_LINE)
            self._canvas.setStrokeGray(HATCH_GREY)
            self._canvas.lines(self._hatching)
            self._canvas.setStrokeGray(0)
        for segment in self._uprights.values():
            self.rule(*segment)
        for thickness, segments in self._rules.items():
            self._canvas.setLineWidth(thickness)
            self._canvas.lines(segments)
        self._canvas.drawText(self._text)
        self._canvas.showPage()


def _runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = -1
    for index, dark in enumerate((*row, 0)):
        if dark and start < 0:
            start = index
        elif not dark and start >= 0:
            yield start, index - start
            start = -1
