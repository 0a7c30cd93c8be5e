"""What an .ods tells of its cells that the reader of values does not: merged areas and old fonts.

Both stand in `content.xml`: an area at its first cell, a font in the style that a cell names.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.parsers import expat

from antq_desktop.domain.oldfonts import font_named

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells, from 0."""

_CONTENT: Final = "content.xml"
_PIECE: Final = 1 << 20
_WORTH_A_LOOK: Final = re.compile(rb"-spanned=|\.Vn|VNI", re.IGNORECASE)
_MOST_REPEATED: Final = 2_000


@dataclass(slots=True)
class Told:
    """What one sheet tells: its merged areas, and the old fonts of its cells by row and column."""

    merged: list[Area] = field(default_factory=list)
    fonts: dict[tuple[int, int], str] = field(default_factory=dict)


def told_by(path: Path) -> Mapping[str, Told]:
    """Return what an .ods tells of its sheets, by their names; nothing of another format."""
    if path.suffix.lower() != ".ods" or not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as packed:
        if _CONTENT not in packed.namelist():
            return {}
        found = _Content()
        if not any(_WORTH_A_LOOK.search(piece) for piece in _pieces(packed)):
            return {}
        for piece in _pieces(packed):
            found.feed(piece)
    return found.sheets


def _pieces(packed: zipfile.ZipFile) -> Iterator[bytes]:
    with packed.open(_CONTENT) as content:
        while piece := content.read(_PIECE):
            yield piece


class _Content:
    """Walks `content.xml` once; an entity of its own ends the walk, since no workbook needs one."""

    def __init__(self) -> None:
        self.sheets: dict[str, Told] = {}
        self._fonts: dict[str, str] = {}  # what a declared face is called
        self._styles: dict[str, str] = {}  # the old font of a style of cells
        self._style = ""
        self._here: Told | None = None
        self._row = self._column = 0
        self._next_row = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = self._refuse
        self._over = False

    def feed(self, piece: bytes) -> None:
        """Read on; what is broken is left to the reader of values to tell."""
        if self._over:
            return
        try:
            self._parser.Parse(piece, False)
        except expat.ExpatError:
            self._over = True

    def _refuse(self, *_declared: object) -> None:
        raise expat.ExpatError("entity declared")

    def _start(self, name: str, held: dict[str, str]) -> None:
        match name:
            case "style:font-face":
                family = held.get("svg:font-family", "").strip("'\"")
                self._fonts[held.get("style:name", "")] = family
            case "style:style" if held.get("style:family") == "table-cell":
                self._style = held.get("style:name", "")
                parent = self._styles.get(held.get("style:parent-style-name", ""), "")
                self._styles[self._style] = parent
            case "style:text-properties" if self._style:
                self._name_font(held)
            case "table:table":
                self._here = self.sheets.setdefault(held.get("table:name", ""), Told())
                self._next_row = 0
            case "table:table-row":
                self._row, self._column = self._next_row, 0
                self._next_row += _repeated(held, "table:number-rows-repeated")
            case "table:table-cell" | "table:covered-table-cell":
                self._cell(held)

    def _end(self, name: str) -> None:
        if name == "style:style":
            self._style = ""
        elif name == "table:table":
            self._here = None

    def _name_font(self, held: Mapping[str, str]) -> None:
        named = held.get("style:font-name", "")
        family = self._fonts.get(named, named) or held.get("fo:font-family", "").strip("'\"")
        if family:
            self._styles[self._style] = family if font_named(family) else ""

    def _cell(self, held: Mapping[str, str]) -> None:
        here, row, column = self._here, self._row, self._column
        repeated = _repeated(held, "table:number-columns-repeated")
        self._column += repeated
        if here is None:
            return
        down = _repeated(held, "table:number-rows-spanned")
        across = _repeated(held, "table:number-columns-spanned")
        if down > 1 or across > 1:
            here.merged.append((row, column, row + down - 1, column + across - 1))
        font = self._styles.get(held.get("table:style-name", ""), "")
        if font and "office:value-type" in held:
            rows = min(self._next_row - row, _MOST_REPEATED)
            columns = min(repeated, _MOST_REPEATED)
            for below in range(rows):
                for beside in range(columns):
                    here.fonts[row + below, column + beside] = font


def _repeated(held: Mapping[str, str], name: str) -> int:
    text = held.get(name, "1")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 1
