"""What a paper is before it has a page: blocks of texts, in the terms of Nghị định 30/2020/NĐ-CP.

A paper knows nothing of points, fonts or files; `printing` lays it out. Every text in it is plain:
a `<b>` typed by a person is three letters and stays three letters. Widths are relative, sizes are
in points where the decree leaves a choice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Literal

from antq_desktop.domain.charts.chart import Chart

Alignment = Literal["left", "centre", "right"]
Orientation = Literal["portrait", "landscape", "a5"]  # A4 upright or lying, A5 upright
ParagraphKind = Literal["body", "plain", "centred", "part", "clause"]

PARAGRAPH_KINDS: tuple[ParagraphKind, ...] = ("body", "plain", "centred", "part", "clause")
BODY_SIZES = (13.0, 14.0)
TABLE_SIZES = (9.0, 14.0)

OPEN_NUMBER = "      "
OPEN_DAY = "      "
OPEN_YEAR = "        "
DOTS = "…" * 12


class PrintingStopped(Exception):  # noqa: N818 - asked for by a person, so no error
    """The person pressed stop while a paper was being laid out; no paper came of it."""


Progress = Callable[[int, int], None]
"""Called with (parts done, parts in all); a part is one block or one row of a table."""

Stop = Callable[[], bool]
"""Asked now and then; True ends the work with `PrintingStopped`."""


class Watermark(Enum):
    """What is written across every page of a paper that must not pass for a real one."""

    SAMPLE_DATA = "DỮ LIỆU MẪU"
    ILLUSTRATION = "BẢN MINH HỌA, KHÔNG PHẢI VĂN BẢN CỦA CƠ QUAN"


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body that issues papers, as its head of paper and its signs name it.

    Attributes:
        name: Full name, `Công an xã Mẫu`; printed in capitals.
        superior: The body right above it, empty where there is none (UBND xã).
        place: The place its papers are dated from, `Xã Mẫu`.
        sign: Its abbreviation in document signs, `CAX`.
    """

    name: str
    superior: str = ""
    place: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Boxes 1 to 4: national title, issuing body, number and sign, place and date.

    Attributes:
        issuer: Name of the issuing body.
        superior: Name of the body above it, or empty.
        number: The whole text, `Số:      /BC-CAX`; empty for a paper without a number.
        place_date: The whole text, `Xã Mẫu, ngày 05 tháng 01 năm 2026`; empty for minutes.
        about: Subject of a letter (box 5b), printed as `V/v …` under the number.
    """

    issuer: str
    superior: str = ""
    number: str = ""
    place_date: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """Box 5a: kind of paper in capitals, its subject, and the line beneath."""

    title: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Addressees:
    """Box 9a: `Kính gửi`, one name on the same line or several in a list."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grounds:
    """Căn cứ: one line each in italics, ended by semicolons and a full stop."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: `body` is indented and justified, `part` and `clause` are headings.

    An empty `body` prints dotted lines to write on.
    """

    text: str
    kind: ParagraphKind = "body"


@dataclass(frozen=True, slots=True)
class Field:
    """One named value of a sheet; an empty value prints a dotted line to write on."""

    label: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """Named values, one or two beside each other."""

    items: tuple[Field, ...]
    columns: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `width` is a share of the width of the text.

    An `upright` heading is read from below; its column may be as narrow as its numbers.
    """

    title: str
    width: float
    align: Alignment = "left"
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table whose heading is repeated on every page.

    A row with fewer cells than columns lets its first cell span the missing ones; a row of a single
    cell is a heading across the table.

    Attributes:
        columns: What stands in the heading.
        rows: The cells, already formatted.
        total: Cells of the last row, in bold; empty for none.
        empty: What is said in place of rows when there are none.
        size: Size of the letters in points.
    """

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    total: Sequence[str] = ()
    empty: str = ""
    size: float = 12.0

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError("a table needs a column")
        if not TABLE_SIZES[0] <= self.size <= TABLE_SIZES[1]:
            raise ValueError("letters of a table are between 9 and 14 points")
        for row in (*self.rows, self.total):
            if len(row) > len(self.columns):
                raise ValueError("a row of a table has more cells than the table has columns")


class Hatched(str):
    """A cell that is drawn hatched: its number is one that a report says."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """One signer's place.

    Attributes:
        authority: Lines in bold capitals, `KT. TRƯỞNG CÔNG AN XÃ`, `PHÓ TRƯỞNG CÔNG AN XÃ`.
        hint: What to do in the space below, `(Ký, ghi rõ họ tên)`.
        office: A second office, printed above the name (a committee's signer).
        name: Name of the signer, with the rank before it where the unit prints ranks.
        each: In a form: one place for each line of the authority, where many sign.
    """

    authority: tuple[str, ...]
    hint: str = ""
    office: str = ""
    name: str = ""
    each: bool = False


@dataclass(frozen=True, slots=True)
class Closing:
    """Boxes 7 and 9b: signers, and `Nơi nhận` at the left of the first line of the last signer.

    One signer stands at the right, several stand two in a row; with more than one signer the
    recipients stand below them, as in minutes.
    """

    signatures: tuple[Signature, ...]
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in small letters: source of figures, how to read a sign."""

    text: str


@dataclass(frozen=True, slots=True)
class Annex:
    """Head of an annex: `Phụ lục I`, its name, which paper it belongs to.

    It begins a page, and the pages of an annex are numbered apart (Annex I, III.1).
    """

    label: str
    title: str
    belongs_to: str = ""


@dataclass(frozen=True, slots=True)
class CheckCode:
    """A code that two people read to each other, in groups, with the same text as a QR picture."""

    label: str
    groups: tuple[str, ...]
    picture_of: str


@dataclass(frozen=True, slots=True)
class ScanCodes:
    """Bytes to be scanned again, one square code beside the other, numbered below."""

    codes: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Words at a measured place, for a blank that is bought with the rest printed on it.

    Attributes:
        name: By which the place is kept.
        label: What the words are called.
        text: The words.
        x: Middle of the words, millimetres from the left edge of the sheet.
        y: Their line, millimetres from the upper edge.
        size: Points; smaller where the sheet is too narrow.
        bold: In bold letters.
        italic: In italics.
    """

    name: str
    label: str
    text: str
    x: float
    y: float
    size: float = 14.0
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class MeasuringGrid:
    """Lines each ten millimetres over the whole sheet, to be laid over a blank."""


@dataclass(frozen=True, slots=True)
class Charted:
    """A chart: drawn where bars can be drawn, else a table with the same numbers.

    Attributes:
        chart: What it shows; its title stands above it.
        height: Millimetres of standing bars.
    """

    chart: Chart
    height: float = 62.0


Block = (
    Letterhead
    | Heading
    | Addressees
    | Grounds
    | Paragraph
    | Fields
    | Table
    | Charted
    | Closing
    | Note
    | CheckCode
    | ScanCodes
    | Annex
    | Placed
    | MeasuringGrid
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper.

    Attributes:
        title: Name of the paper for the viewer's window; not printed.
        blocks: What stands on it, from the top.
        orientation: Upright, or lying for wide tables.
        size: Size of the running text, 13 or 14 points.
        footnote: Small grey line at the foot of every page, `Mẫu minh họa`.
        watermark: What stands across every page in light grey.
        code: Leads back to the version it was made from (`paper_codes`); printed with a small
            picture to scan below the recipients, at the left. Empty for none.
    """

    title: str
    blocks: tuple[Block, ...]
    orientation: Orientation = "portrait"
    size: float = 14.0
    footnote: str = ""
    watermark: Watermark | None = None
    code: str = ""

    def __post_init__(self) -> None:
        if not BODY_SIZES[0] <= self.size <= BODY_SIZES[1]:
            raise ValueError("running text is 13 or 14 points")

    @property
    def marked_at(self) -> int | None:
        """Place of the block with which the code is printed: the last signers before an annex.

        Without signers it is the place before which the code stands; None without a code.
        """
        if not self.code:
            return None
        annexes = (at for at, block in enumerate(self.blocks) if isinstance(block, Annex))
        end = next(annexes, len(self.blocks))
        signed = [at for at in range(end) if isinstance(self.blocks[at], Closing)]
        return signed[-1] if signed else end


def paper_count(count: int) -> str:
    """Write a count as papers do: below ten with a zero before it (`05`)."""
    return f"{count:02d}" if 0 <= count < 10 else f"{count}"


def paper_date(day: date) -> str:
    """Write a date between slashes: day of two figures, month with a zero for 1 and 2 only."""
    return f"{day.day:02d}/{_month(day.month)}/{day.year}"


def document_number(kind: str, sign: str, number: int | None = None) -> str:
    """Write number and sign, `Số: 05/BC-CAX`; the number stays open until it is registered."""
    written = OPEN_NUMBER if number is None else paper_count(number)
    return f"Số: {written}/{'-'.join(part for part in (kind, sign) if part)}"


def place_and_date(
    place: str, day: int | None = None, month: int | None = None, year: int | None = None
) -> str:
    """Write place and date; what is not given yet stays open to be filled in by hand."""
    days = OPEN_DAY if day is None else f"{day:02d}"
    months = OPEN_DAY if month is None else _month(month)
    years = OPEN_YEAR if year is None else f"{year}"
    return f"{place}, ngày {days} tháng {months} năm {years}"


def _month(month: int) -> str:
    return f"{month:02d}" if month < 3 else f"{month}"
