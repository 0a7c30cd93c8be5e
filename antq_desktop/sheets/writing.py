"""Writing workbooks row by row: text stays text, pages are A4 across, headings repeat.

Every text goes out by `write_string`, so that nothing of a record becomes a formula or a link; a
text that begins like a formula also carries Excel's own mark for “this is text”, which holds when
the cell is opened and left again.

Whole dates go out as true dates, shown as dd/mm/yyyy, so that Excel sorts and filters them. A date
known to the month or the year goes out as text: a true date would invent the day.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.sheetcells import FIRST_DAY, Cell, shown
from antq_desktop.files import TEMPORARY_PREFIX, environment_fault, write_atomically

MOST_ROWS: Final = 1_048_000
_FIRST_DATE: Final = date(1900, 3, 1)  # before it Excel and the calendar differ by a day
_FORMULA_LIKE: Final = frozenset("=+-@\t\r＝＋－＠")
_LONGEST_TEXT: Final = 32_767
_A4: Final = 9
FONT: Final = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
_PIECE: Final = 1 << 20
_PAGE_LETTERS: Final = 200.0  # letters across one page when it is drawn at seven tenths
_NARROWEST: Final = 11.0
_LINE: Final = 16.0  # points, for the letters of the body
_MOST_LINES: Final = 12
_EXCEL_NIGHT: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - civil time
_TICK: Final = 200
_LONGEST_NAME: Final = 31
_NOT_IN_NAMES: Final = str.maketrans("", "", "[]:*?/\\'")

Each = Callable[[int], None]
"""Called now and then with the number of rows written; may raise to stop."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in letters, and whether its text may break lines."""

    heading: str
    width: int
    wrap: bool = False
    faults: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A number or text that opens another place of the same workbook.

    Attributes:
        shown: What the cell shows; a number stays one.
        sheet: Name of the sheet that it opens.
        row: The row there, counted from 1 as Excel does.
        tip: What is said beside the pointer.
    """

    shown: int | str
    sheet: str
    row: int
    tip: str = ""


Written = Cell | Link | None
"""What is written into one cell; None is an empty one."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a sheet shows above and beside its rows.

    Attributes:
        name: Name of the sheet.
        title: Line above the headings.
        remark: Smaller line below the title; empty for none.
        columns: The columns.
        above: Lines before everything else, without borders.
    """

    name: str
    title: str
    remark: str
    columns: tuple[Column, ...]
    above: Sequence[Sequence[Cell]] = ()

    @property
    def first_row(self) -> int:
        """The first row below the headings, counted from 1 as Excel does."""
        return len(self.above) + bool(self.title) + bool(self.remark) + 2


@contextmanager
def new_workbook(path: Path, *, constant: bool = True) -> Iterator[Workbook]:
    """Open a workbook that appears under its name, whole, only when the block ends well.

    Rows wait in a folder beside it that is gone afterwards, whatever happens.

    Raises:
        UserError: `not_xlsx`: its name does not end in .xlsx.
        EnvironmentFault: The machine denied it; an older file of that name is as it was.
    """
    if path.suffix.lower() != ".xlsx":
        message = f"Tên tệp “{path.name}” phải có đuôi .xlsx. Đặt lại tên."
        raise UserError("not_xlsx", message, "out")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=TEMPORARY_PREFIX) as folder:
            made = Path(folder) / "book.xlsx"
            options = {"constant_memory": constant, "tmpdir": folder, "strings_to_formulas": False}
            book = Workbook(str(made), {**options, "strings_to_urls": False})
            try:
                yield book
            except BaseException:
                for sheet in book.worksheets():
                    sheet._opt_close()  # noqa: SLF001 - or its row file stays open
                book.fileclosed = True
                raise
            book.close()
            write_atomically(path, _pieces(made))
    except OSError as fault:
        raise environment_fault(fault, path) from fault


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as made:
        while piece := made.read(_PIECE):
            yield piece


def sheet_name(text: str) -> str:
    """Return a text as a sheet may be called."""
    return text.translate(_NOT_IN_NAMES)[:_LONGEST_NAME].strip() or "Bảng"


def write_tables(
    path: Path,
    tables: Sequence[Table],
    rows: Iterable[tuple[int, Sequence[Written]]],
    each: Each | None = None,
) -> int:
    """Write a workbook of these sheets and return how many rows the first of them has.

    Args:
        path: The file; ends in .xlsx.
        tables: What each sheet shows above and beside its rows.
        rows: The place of a sheet and the cells of its next row, in any order of the sheets.
        each: Told now and then how many rows of the first sheet are written.

    Raises:
        UserError: `not_xlsx`, `too_many_rows`.
        EnvironmentFault: The machine denied it.
    """
    with new_workbook(path) as book:
        sheets = [_begun(book, table) for table in tables]
        first = sheets[0]
        for place, cells in rows:
            sheet = sheets[place]
            if sheet.count >= MOST_ROWS:
                message = "Bảng có quá 1.048.000 dòng, Excel không mở được. Lọc bớt rồi xuất."
                raise UserError("too_many_rows", message)
            sheet.append(cells)
            if each is not None and sheet is first and sheet.count % _TICK == 0:
                each(sheet.count)
        return first.count


def _begun(book: Workbook, table: Table) -> Rows:
    sheet = book.add_worksheet(sheet_name(table.name))
    plain = book.add_format({**FONT, "num_format": "@"})
    for number, line in enumerate(table.above):
        for place, cell in enumerate(line):
            sheet.write_string(number, place, shown(cell), plain)
    top = begin_table(book, sheet, table, len(table.above))
    return Rows(book, sheet, table.columns, top)


def begin_table(book: Workbook, sheet: Worksheet, table: Table, top: int = 0) -> int:
    """Write title and headings, set the page, and return the first row below them."""
    widths = _widths(table.columns)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    for text, bold in ((table.title, True), (table.remark, False)):
        if text:
            style = {**FONT, "bold": bold, "font_size": 14 if bold else 11, "italic": not bold}
            sheet.write_string(top, 0, text, book.add_format(style))
            top += 1
    style = {**FONT, "bold": True, "border": 1, "bg_color": "#E8EDF2", "text_wrap": True}
    heading = book.add_format({**style, "align": "center", "valign": "vcenter"})
    lines = max(_lines(c.heading, w - 3) for c, w in zip(table.columns, widths, strict=True))
    sheet.set_row(top, _LINE * lines + 4)
    for place, column in enumerate(table.columns):
        sheet.write_string(top, place, column.heading, heading)
    set_page(sheet, top, ceil(sum(widths) / _PAGE_LETTERS))
    sheet.freeze_panes(top + 1, 0)
    return top + 1


def _widths(columns: Sequence[Column]) -> list[float]:
    """Return widths that fit a page where they can, none so narrow that a word breaks."""
    wished = [float(min(max(column.width, 6), 60) + 2) for column in columns]
    over = sum(wished) / _PAGE_LETTERS
    if over <= 1:
        return wished
    least = [min(wish, _NARROWEST) for wish in wished]
    return [max(least[p], wish / min(over, 2.0)) for p, wish in enumerate(wished)]


def _lines(text: str, width: float) -> int:
    """Return about how many lines a text takes, broken between words."""
    lines, used = 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > width:
            lines, used = lines + 1, len(word)
        else:
            used += len(word) + (1 if used else 0)
    return lines + text.count("\n")


def set_page(sheet: Worksheet, headings: int, pages: int) -> None:
    """Set A4 across, the row of headings on every page, pages numbered.

    A table too wide for one page goes on beside it, its first two columns repeated.
    """
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(max(1, pages), 0)
    if pages > 1:
        sheet.repeat_columns(0, 1)
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    sheet.repeat_rows(headings)
    sheet.set_footer('&C&"Times New Roman"&10Trang &P/&N')


class Rows:
    """Writes rows of one table; a format is made once, a day is turned into its number once.

    `count` says how many it has written.
    """

    def __init__(
        self, book: Workbook, sheet: Worksheet, columns: Sequence[Column], first: int
    ) -> None:
        self._sheet = sheet
        self._first = first
        self.count = 0
        body = {**FONT, "border": 1}

        def style(**more: object) -> Format:
            return book.add_format({**body, **more})

        texts = {
            (False, False): style(num_format="@"),
            (True, False): style(num_format="@", text_wrap=True),
            (True, True): style(num_format="@", text_wrap=True, font_color="#B3261E"),
        }
        self._texts = [texts[column.wrap or column.faults, column.faults] for column in columns]
        self._guarded = style(num_format="@", quote_prefix=True, text_wrap=True)
        self._number = style(num_format="#,##0.######", align="right")
        self._plain = style(num_format="0", align="right")
        self._date = style(num_format="dd/mm/yyyy", align="center")
        self._moment = style(num_format="hh:mm dd/mm/yyyy", align="center")
        blue = {"font_color": "#0B57D0", "underline": 1}
        self._linked = style(num_format="#,##0", align="right", **blue)
        self._linked_text = style(num_format="@", text_wrap=True, **blue)
        self._days: dict[Cell, float] = {}  # of plain dates alone
        self._widths = _widths(columns)
        wraps = [column.wrap or column.faults for column in columns]
        # Letters from which a text may need a second line; others are never measured.
        self._measured = [
            int(w * 0.9) if wrap else _LONGEST_TEXT
            for w, wrap in zip(self._widths, wraps, strict=True)
        ]

    def append(self, cells: Sequence[Written]) -> None:
        """Write the next row, as high as its longest text needs."""
        row = self._first + self.count
        self.count += 1
        sheet, texts, measured = self._sheet, self._texts, self._measured
        lines = 1
        for place, cell in enumerate(cells):
            if cell.__class__ is str:
                text = cell
                style = self._guarded if text[:1] in _FORMULA_LIKE else texts[place]
                sheet.write_string(row, place, text, style)
                if len(text) > measured[place]:
                    more = int(len(text) / self._widths[place]) + text.count("\n")
                    lines = max(lines, 1 + more)
            elif cell is None:
                sheet.write_blank(row, place, None, texts[place])
            elif cell.__class__ is int:
                style = self._plain if -10_000 < cell < 10_000 else self._number
                sheet.write_number(row, place, cell, style)
            elif isinstance(cell, Link):
                self._link(row, place, cell)
            elif cell in self._days:
                sheet.write_number(row, place, self._days[cell], self._date)
            else:
                self._other(row, place, cell)
        if lines > 1:
            sheet.set_row(row, _LINE * min(lines, _MOST_LINES))

    def _link(self, row: int, place: int, link: Link) -> None:
        target = f"internal:'{sheet_name(link.sheet)}'!A{link.row}"
        style = self._linked if isinstance(link.shown, int) else self._linked_text
        text = str(link.shown)
        self._sheet.write_url(row, place, target, style, string=text, tip=link.tip or None)
        if isinstance(link.shown, int):  # the cell keeps its link and is a number again
            self._sheet.write_number(row, place, link.shown, style)

    def _other(self, row: int, place: int, cell: Cell) -> None:
        if isinstance(cell, bool):
            self._sheet.write_string(row, place, "Có" if cell else "Không", self._texts[place])
        elif isinstance(cell, int | float):
            self._sheet.write_number(row, place, cell, self._number)
        elif isinstance(cell, date) and not isinstance(cell, datetime) and cell < _FIRST_DATE:
            self._sheet.write_string(row, place, f"{cell:%d/%m/%Y}", self._texts[place])
        elif isinstance(cell, date):
            style = self._moment if isinstance(cell, datetime) else self._date
            self._sheet.write_number(row, place, self._number_of(cell), style)
        else:
            self._sheet.write_string(row, place, shown(cell), self._texts[place])

    def _number_of(self, day: date) -> float:
        """Return a day as Excel counts it, the time of day as its fraction."""
        if isinstance(day, datetime):
            return (day.replace(tzinfo=None) - _EXCEL_NIGHT) / timedelta(days=1)
        found = self._days[day] = float((day - FIRST_DAY).days)
        return found
