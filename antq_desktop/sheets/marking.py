"""The officer's own workbook back, with what is wrong in a red column at its right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.sheetcells import Cell as FoundCell
from antq_desktop.domain.sheetcells import SheetFault
from antq_desktop.domain.sheetmap import ERROR_HEADING, Header, folded
from antq_desktop.files import write_atomically
from antq_desktop.sheets.reading import Sheet
from antq_desktop.sheets.writing import Column, Table, write_tables

_RED: Final = "FFB3261E"
_AMBER: Final = "FF8A5A00"
_PINK: Final = PatternFill("solid", fgColor="FFFADBD8")
_STRAW: Final = PatternFill("solid", fgColor="FFFFF3CD")
_FONT: Final = "Times New Roman"
_WIDTH: Final = 60
_KEPT_BY_OPENPYXL: Final = frozenset({".xlsx"})


def by_row(faults: Sequence[SheetFault]) -> dict[int, list[SheetFault]]:
    """Return the faults of each row."""
    found: dict[int, list[SheetFault]] = {}
    for fault in faults:
        found.setdefault(fault.row, []).append(fault)
    return found


def told(faults: Sequence[SheetFault]) -> str:
    """Return what the red cell of a row says."""
    ordered = sorted(faults, key=lambda fault: (fault.warning, fault.column))
    return "\n".join(
        f"{fault.cell}: {'Lưu ý: ' if fault.warning else ''}{fault.message}" for fault in ordered
    )


@dataclass(frozen=True, slots=True)
class Marked:
    """One sheet that was read: what it holds, its headings, and what is wrong on it."""

    sheet: Sheet
    header: Header
    faults: Sequence[SheetFault]


def mark(source: Path, target: Path, sheets: Sequence[Marked]) -> None:
    """Write a copy of a workbook with the column *Lỗi* and each faulty cell coloured.

    An .xlsx keeps its looks; of another format the values of these sheets come back in a new one.

    Args:
        source: The officer's file.
        target: The copy; ends in .xlsx.
        sheets: The sheets that were read, the one that is to be looked at first in front; a further
            sheet without faults stays as it is.

    Raises:
        UserError: `not_xlsx`, `file_is_its_own_source`.
        EnvironmentFault: The machine denied it.
    """
    if target.suffix.lower() != ".xlsx":
        message = f"Tên tệp “{target.name}” phải có đuôi .xlsx. Đặt lại tên."
        raise UserError("not_xlsx", message, "errors")
    if target.exists() and target.samefile(source):
        message = "Tệp ghi lỗi phải khác tệp gốc. Đặt tên khác."
        raise UserError("file_is_its_own_source", message, "errors")
    if source.suffix.lower() not in _KEPT_BY_OPENPYXL:
        _written_anew(target, sheets)
        return
    book = load_workbook(source, rich_text=True)
    for place, each in enumerate(sheets):
        if each.faults or not place:
            _mark_sheet(book[each.sheet.name], each.header.row, by_row(each.faults))
    wrong = next((each for each in sheets if each.faults), sheets[0])
    book.active = book.sheetnames.index(wrong.sheet.name)
    packed = BytesIO()
    book.save(packed)
    write_atomically(target, packed.getvalue())


def _mark_sheet(sheet: Worksheet, header: int, faults: Mapping[int, Sequence[SheetFault]]) -> None:
    top = header + 1
    column = next(
        (cell.column for cell in sheet[top] if folded(str(cell.value or "")) == "loi"),
        _last_used(sheet) + 1,
    )
    # The red column prints beside its row, however wide the officer's table is.
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    thin = Side(style="thin", color="FF999999")
    edge = Border(left=thin, right=thin, top=thin, bottom=thin)
    head = sheet.cell(top, column)
    head.value = ERROR_HEADING
    head.font = Font(name=_FONT, bold=True, color=_RED)
    head.border = edge
    head.alignment = Alignment(horizontal="center", vertical="center")
    sheet.column_dimensions[get_column_letter(column)].width = _WIDTH
    for row in range(top + 1, sheet.max_row + 1):
        cell = sheet.cell(row, column)
        cell.value = None
        held = faults.get(row)
        if held:
            _mark_row(sheet, cell, held, edge)


def _last_used(sheet: Worksheet) -> int:
    """Return the last column that holds anything; formatting alone does not count."""
    used = (c.column for row in sheet.iter_rows() for c in row if c.value is not None)
    last: int = max(used, default=0)
    return max(last, *(int(area.max_col) for area in sheet.merged_cells.ranges), 0)


def _mark_row(sheet: Worksheet, cell: Cell, faults: Sequence[SheetFault], edge: Border) -> None:
    grave = any(not fault.warning for fault in faults)
    cell.value = told(faults)
    cell.data_type = "s"  # whatever it begins with, it is text
    cell.number_format = "@"
    cell.font = Font(name=_FONT, size=11, color=_RED if grave else _AMBER)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.border = edge
    height = 15.0 * sum(1 + len(line) // _WIDTH for line in str(cell.value).split("\n"))
    held = sheet.row_dimensions[cell.row].height
    if height > (held or 15.0):
        sheet.row_dimensions[cell.row].height = height
    for fault in faults:
        if fault.column >= 0:
            faulty = sheet.cell(cell.row, fault.column + 1)
            faulty.fill = copy(_STRAW if fault.warning else _PINK)


def _written_anew(target: Path, sheets: Sequence[Marked]) -> None:
    tables = [_table(each) for each in sheets]
    rows = ((place, row) for place, each in enumerate(sheets) for row in _rows(each))
    write_tables(target, tables, rows)


def _errors_at(header: Header) -> int:
    """Return the place of an older column *Lỗi*, which is left out; behind all where none is."""
    names = header.headings
    return next((p for p, name in enumerate(names) if folded(name) == "loi"), len(names))


def _table(marked: Marked) -> Table:
    header, place = marked.header, _errors_at(marked.header)
    names = [*header.headings[:place], *header.headings[place + 1 :]]
    columns = (
        *(Column(name, 18, wrap=True) for name in names),
        Column(ERROR_HEADING, 60, faults=True),
    )
    # As many lines above the headings as in the officer's file, so that its row numbers hold.
    above = marked.sheet.rows[: header.row]
    return Table(marked.sheet.name, "", "", columns, above)


def _rows(marked: Marked) -> Iterator[Sequence[FoundCell]]:
    header, place, held = marked.header, _errors_at(marked.header), by_row(marked.faults)
    first = header.row + header.depth
    for _ in range(header.depth - 1):
        yield [""] * len(header.headings)
    filled = marked.sheet.filled(first, len(marked.sheet.rows))
    for number, row in enumerate(filled, start=first + 1):
        wrong = told(held[number]) if number in held else ""
        yield [*row[:place], *row[place + 1 :], wrong]
