"""From a file to one sheet whose headings are known and whose letters are Unicode."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
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
    header_at,
    mapped,
    said_columns,
    shape_of,
)
from antq_desktop.services.sheet_lines import LineSheet, line_sheets
from antq_desktop.services.sheet_meeting import WhenThere
from antq_desktop.sheets.reading import Sheet, names_old_fonts, old_fonts_of, read_sheets

MOST_WEIGHED: Final = 2_000
MOST_SAMPLES: Final = 5


@dataclass(frozen=True, slots=True)
class Choices:
    """What an officer said about a file.

    Attributes:
        sheet: Name of the sheet; empty for the one that fits best.
        header: Number of the row where the headings begin, from 1; 0 for the one that fits best.
        convert: The old way of writing to convert from; None while nobody said.
        keep: Whether to leave letters as they are although they look old.
        columns: What was said of columns, each `heading=field`; an empty field leaves one out.
        zeros: Whether to put back leading zeros that Excel took away.
        when: What becomes of rows that look like a record which is there.
    """

    sheet: str = ""
    header: int = 0
    convert: OldFont | None = None
    keep: bool = False
    columns: tuple[str, ...] = ()
    zeros: bool = False
    when: WhenThere = WhenThere.ADD


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
        spec: The kind of record.
        path: The file.
        sheet: The sheet, its letters in Unicode.
        header: Its headings.
        shape: Name of the shape of its headings.
        said: What an officer said of its columns now; None when nothing.
        old: What stood in an old way of writing; None for nothing.
        others: Names of other sheets with such headings, which are not read.
        names: Names of all visible sheets that hold anything.
        lines: The sheets that hold the lines of small lists.
    """

    spec: RecordSpec
    path: Path
    sheet: Sheet
    header: Header
    shape: str
    said: Mapping[int, str] | None
    old: OldText | None
    others: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    lines: tuple[LineSheet, ...] = ()

    @property
    def first(self) -> int:
        """The first row below the headings, from 0."""
        return self.header.row + self.header.depth


Remembered = Callable[[str], Mapping[int, str] | None]
"""Returns what was once said of columns of files of a shape."""


def open_sheet(
    spec: RecordSpec,
    path: Path,
    choices: Choices,
    remembered: Remembered,
    *,
    lenient: bool = False,
) -> Opened:
    """Return the sheet of a file that holds records of a kind.

    Args:
        spec: The kind.
        path: The file.
        choices: What the officer said of it.
        remembered: What was once said of files of its shape.
        lenient: Return the first sheet with a row of texts where no headings are recognised, so
            that a person can say what is what.

    Raises:
        UserError: As `read_sheets` says; `no_such_sheet`, `headings_not_found`,
            `map_not_understood`.
        EnvironmentFault: The machine denied it.
    """
    every = read_sheets(path)
    names = tuple(sheet.name for sheet in every)
    if choices.sheet and choices.sheet not in names:
        message = f"Tệp không có trang “{choices.sheet}”. Xem tên các trang ở cuối tệp."
        raise UserError("no_such_sheet", message, "sheet")
    names_fonts = not choices.keep and names_old_fonts(path)
    pairs = [_in_unicode(path, each, choices, names_fonts=names_fonts) for each in every]
    read = [(sheet, header) for sheet, _ in pairs if (header := _header(spec, sheet, choices))]
    if not read and lenient:
        read = [(sheet, header) for sheet, _ in pairs if (header := _some_header(spec, sheet))]
        read = [each for each in read if choices.sheet in {"", each[0].name}][:1]
    if not read:
        raise _not_found(spec)
    sheet, header = max(read, key=lambda each: each[1].score)
    lines = tuple(line_sheets(spec, [one for one, _ in pairs if one is not sheet], _first_texts))
    among = {id(sheet), *(id(one.sheet) for one in lines)}
    opened = Opened(
        spec,
        path,
        sheet,
        header,
        shape_of(header.headings),
        None,
        _together([old for one, old in pairs if old is not None and id(one) in among]),
        tuple(
            one.name for one, head in read if id(one) not in among and not head.mapped.missing(spec)
        ),
        names,
        lines,
    )
    return _with_what_was_said(spec, opened, choices, remembered)


def _header(spec: RecordSpec, sheet: Sheet, choices: Choices) -> Header | None:
    if choices.sheet not in {"", sheet.name}:
        return None
    texts = _first_texts(sheet)
    if not choices.header:
        return find_header(spec, texts)
    return header_at(spec, texts, choices.header - 1) if choices.header <= len(texts) else None


def _some_header(spec: RecordSpec, sheet: Sheet) -> Header | None:
    """Return the first row with two texts, for a person to say what is what."""
    texts = _first_texts(sheet)
    filled = (row for row, line in enumerate(texts) if len({text for text in line if text}) > 1)
    row = next(filled, None)
    return None if row is None else header_at(spec, texts, row)


def _not_found(spec: RecordSpec) -> UserError:
    required = ", ".join(f"“{f.label}”" for f in spec.fields if f.required)
    message = (
        f"Không tìm thấy dòng tiêu đề của {spec.label} trong {MOST_HEADER_ROWS} dòng đầu. "
        f"Cần có các cột {required}; lấy tệp mẫu để xem tên cột."
    )
    return UserError("headings_not_found", message, "file")


def _together(every: Sequence[OldText]) -> OldText | None:
    """Return what was found in all sheets that are read."""
    if not every:
        return None
    most = max(every, key=lambda old: old.cells)
    samples = tuple(pair for old in every for pair in old.samples)[:MOST_SAMPLES]
    cells, capitals = sum(old.cells for old in every), sum(old.capitals for old in every)
    return OldText(most.font, cells, capitals, samples, most.confirmed)


def _with_what_was_said(
    spec: RecordSpec, opened: Opened, choices: Choices, remembered: Remembered
) -> Opened:
    header, known, said = opened.header, remembered(opened.shape), None
    if choices.columns:
        said = {**(known or {}), **said_columns(spec, header.headings, choices.columns)}
    if said or known:
        columns = mapped(spec, header.headings, said or known)
        header = replace(header, mapped=columns)
    return replace(opened, header=header, said=said)


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
        fonts = old_fonts_of(path, sheet.name)
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
    cells = dict.fromkeys(chain.from_iterable(rows))
    held = [cell for cell in cells if isinstance(cell, str) and not cell.isascii()]
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
