"""From a file to one sheet whose headings are known and whose letters are Unicode."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import RecordSpec
from antq_desktop.domain.oldfonts import (
    Evidence,
    OldFont,
    converted,
    font_named,
    is_unicode,
    judged,
    weighed,
)
from antq_desktop.domain.sheetcells import Cell, shown
from antq_desktop.domain.sheetmap import (
    MOST_HEADER_ROWS,
    Header,
    find_header,
    mapped,
    said_columns,
    shape_of,
)
from antq_desktop.sheets.reading import Sheet, names_old_fonts, old_fonts_of, read_sheets

MOST_WEIGHED: Final = 2_000
MOST_SAMPLES: Final = 5


@dataclass(frozen=True, slots=True)
class Choices:
    """What an officer said about a file.

    Attributes:
        sheet: Name of the sheet; empty for the one that fits best.
        convert: The old way of writing to convert from; None while nobody said.
        keep: Whether to leave letters as they are although they look old.
        columns: What was said of columns, each `heading=field`; an empty field leaves one out.
        zeros: Whether to put back leading zeros that Excel took away.
        skip_alike: Whether to leave out rows that look like a record that is there.
    """

    sheet: str = ""
    convert: OldFont | None = None
    keep: bool = False
    columns: tuple[str, ...] = ()
    zeros: bool = False
    skip_alike: bool = False


@dataclass(frozen=True, slots=True)
class OldText:
    """What was found in an old way of writing.

    Attributes:
        font: The way of writing that most of it has.
        cells: How many cells.
        capitals: How many of them are drawn as capitals by their font alone.
        samples: Some of them, before and after.
        confirmed: Whether the officer said that it is to be converted.
    """

    font: OldFont
    cells: int
    capitals: int
    samples: tuple[tuple[str, str], ...]
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """One sheet of a file, ready to be read row by row.

    Attributes:
        path: The file.
        sheet: The sheet, its letters in Unicode.
        header: Its headings.
        shape: Name of the shape of its headings.
        said: What an officer said of its columns now; None when nothing.
        old: What stood in an old way of writing; None for nothing.
        others: Names of other sheets with such headings, which are not read.
    """

    path: Path
    sheet: Sheet
    header: Header
    shape: str
    said: Mapping[int, str] | None
    old: OldText | None
    others: tuple[str, ...]

    @property
    def first(self) -> int:
        """The first row below the headings, from 0."""
        return self.header.row + self.header.depth


Remembered = Callable[[str], Mapping[int, str] | None]
"""Returns what was once said of columns of files of a shape."""


def open_sheet(spec: RecordSpec, path: Path, choices: Choices, remembered: Remembered) -> Opened:
    """Return the sheet of a file that holds records of a kind.

    Raises:
        UserError: As `read_sheets` says; `no_such_sheet`, `headings_not_found`,
            `map_not_understood`.
        EnvironmentFault: The machine denied it.
    """
    sheets = read_sheets(path)
    if choices.sheet:
        sheets = [sheet for sheet in sheets if sheet.name == choices.sheet]
        if not sheets:
            message = f"Tệp không có trang “{choices.sheet}”. Xem tên các trang ở cuối tệp."
            raise UserError("no_such_sheet", message, "sheet")
    names_fonts = not choices.keep and names_old_fonts(path)
    found: list[tuple[Sheet, Header, OldText | None]] = []
    for each in sheets:
        sheet, old = _in_unicode(path, each, choices, names_fonts=names_fonts)
        header = find_header(spec, _first_texts(sheet))
        if header is not None:
            found.append((sheet, header, old))
    if not found:
        required = ", ".join(f"“{f.label}”" for f in spec.fields if f.required)
        message = (
            f"Không tìm thấy dòng tiêu đề của {spec.label} trong {MOST_HEADER_ROWS} dòng đầu. "
            f"Cần có các cột {required}; lấy tệp mẫu để xem tên cột."
        )
        raise UserError("headings_not_found", message, "file")
    sheet, header, old = max(found, key=lambda each: each[1].score)
    others = tuple(
        other.name
        for other, head, _ in found
        if other is not sheet and not head.mapped.missing(spec)
    )
    return _with_what_was_said(spec, choices, remembered, path, (sheet, header, old, others))


def _with_what_was_said(
    spec: RecordSpec,
    choices: Choices,
    remembered: Remembered,
    path: Path,
    found: tuple[Sheet, Header, OldText | None, tuple[str, ...]],
) -> Opened:
    sheet, header, old, others = found
    shape = shape_of(header.headings)
    known = remembered(shape)
    said = None
    if choices.columns:
        said = {**(known or {}), **said_columns(spec, header.headings, choices.columns)}
    if said or known:
        columns = mapped(spec, header.headings, said or known)
        header = replace(header, mapped=columns)
    return Opened(path, sheet, header, shape, said, old, others)


def _first_texts(sheet: Sheet) -> list[list[str]]:
    rows = sheet.filled(0, MOST_HEADER_ROWS + 1)
    return [[shown(cell) for cell in row] for row in rows]


def _in_unicode(
    path: Path, sheet: Sheet, choices: Choices, *, names_fonts: bool
) -> tuple[Sheet, OldText | None]:
    if choices.keep:
        return sheet, None
    evidence = weighed(_doubtful(sheet.rows))
    fonts: dict[tuple[int, int], str] = {}
    if names_fonts:
        fonts = {(row, column): name for row, column, name in old_fonts_of(path, sheet.name)}
    if not fonts and not evidence.sure and choices.convert is None:
        return sheet, None
    reader = _Letters(evidence, fonts, choices.convert)
    rows = [list(reader.row(number, row)) for number, row in enumerate(sheet.rows)]
    if not reader.cells:
        return sheet, None
    old = OldText(
        reader.font,
        reader.cells,
        reader.capitals,
        tuple(reader.samples.items()),
        confirmed=choices.convert is not None,
    )
    return replace(sheet, rows=rows), old


def _doubtful(rows: Iterable[Sequence[Cell]]) -> list[str]:
    """Return the texts that speak for or against an old font, each once, evenly thinned."""
    texts = dict.fromkeys(cell for row in rows for cell in row if cell.__class__ is str)
    held = [text for text in map(str, texts) if not text.isascii()]
    return held[:: max(1, len(held) // MOST_WEIGHED)]


class _Letters:
    """Decides cell by cell: first by its font, then by its letters, then by the whole sheet."""

    def __init__(
        self,
        evidence: Evidence,
        fonts: Mapping[tuple[int, int], str],
        convert: OldFont | None,
    ) -> None:
        self._evidence = evidence
        self._fonts = fonts
        self._convert = convert
        self._counts = dict.fromkeys(OldFont, 0)
        self._judged: dict[str, OldFont | None] = {}
        self.capitals = 0
        self.samples: dict[str, str] = {}

    @property
    def cells(self) -> int:
        """How many cells were converted."""
        return sum(self._counts.values())

    @property
    def font(self) -> OldFont:
        """The way of writing that most of them had."""
        return max(self._counts, key=lambda font: self._counts[font])

    def row(self, number: int, row: Sequence[Cell]) -> Iterator[Cell]:
        """Yield the cells of a row in Unicode."""
        for place, cell in enumerate(row):
            if not isinstance(cell, str) or not cell:
                yield cell
                continue
            yield self._cell(cell, self._fonts.get((number, place), ""))

    def _cell(self, text: str, name: str) -> str:
        named = font_named(name)
        font, capitals = named or (self._by_letters(text), False)
        if font is None or is_unicode(text):
            return text
        after = converted(text, font, capitals=capitals)
        if after == text:
            return text
        self._counts[font] += 1
        self.capitals += capitals
        if len(self.samples) < MOST_SAMPLES and " " in text:
            self.samples[text] = after
        return after

    def _by_letters(self, text: str) -> OldFont | None:
        if text.isascii():
            return None
        if text not in self._judged:
            self._judged[text] = self._judge(text)
        return self._judged[text]

    def _judge(self, text: str) -> OldFont | None:
        if is_unicode(text):
            return None
        verdict = judged(text)
        if self._convert is not None:
            return self._convert if verdict.sure or not self._evidence.modern else None
        if verdict.sure and self._evidence.font is not None:
            return verdict.font
        return self._evidence.font if verdict.font and self._evidence.old else None
