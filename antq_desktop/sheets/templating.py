"""Empty workbooks to be filled in: headings, drop-down lists, a grey example, a guide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from antq_desktop.domain.sheetcells import letters_of
from antq_desktop.sheets.writing import (
    FONT,
    Column,
    Rows,
    Table,
    begin_table,
    new_workbook,
    sheet_name,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One column of a template.

    Attributes:
        column: Heading and width.
        number_format: How Excel shows what is typed; `@` keeps text as text.
        choices: What its drop-down list offers; empty for none.
        strict: Whether Excel refuses what is not in the list.
        example: Its cell of the grey line.
        told: Its line of the second sheet, cell by cell.
    """

    column: Column
    number_format: str
    choices: tuple[str, ...]
    strict: bool
    example: str
    told: tuple[str, ...]


GUIDE: Final = ("Cột", "Bắt buộc", "Loại", "Cách ghi", "Ví dụ", "Nhận các giá trị")
_LISTS: Final = "Danh mục"
_TEMPLATE_ROWS: Final = 5_000


def write_template(path: Path, lists: Sequence[tuple[str, Sequence[Wanted]]]) -> None:
    """Write an empty workbook to be filled in: headings, lists, a grey example, a guide.

    Args:
        path: The file; ends in .xlsx.
        lists: Name and columns of each sheet to be filled in, the records first.

    Raises:
        UserError: `not_xlsx`.
        EnvironmentFault: The machine denied it.
    """
    with new_workbook(path, constant=False) as book:
        sheets = [_write_headings(book, name, columns) for name, columns in lists]
        _write_guide(book, lists)
        _write_lists(book, [(s, c) for s, (_, c) in zip(sheets, lists, strict=True)])
        sheets[0].activate()


def _write_headings(book: Workbook, name: str, columns: Sequence[Wanted]) -> Worksheet:
    sheet = book.add_worksheet(sheet_name(name))
    begin_table(book, sheet, Table(name, "", "", tuple(each.column for each in columns)))
    grey = book.add_format({**FONT, "italic": True, "font_color": "#808080", "border": 1})
    for place, each in enumerate(columns):
        style = book.add_format({**FONT, "num_format": each.number_format})
        sheet.set_column(place, place, min(max(each.column.width, 8), 40) + 2, style)
        sheet.write_string(1, place, each.example, grey)
    return sheet


def _write_guide(book: Workbook, lists: Sequence[tuple[str, Sequence[Wanted]]]) -> None:
    sheet = book.add_worksheet("Hướng dẫn")
    widths = (32, 10, 15, 50, 22, 50)
    heads = tuple(Column(head, width, wrap=True) for head, width in zip(GUIDE, widths, strict=True))
    remark = "Giữ dòng tiêu đề. Dòng ví dụ màu xám không được nhập; xóa hay để lại đều được."
    title = f"Cách ghi: {lists[0][0]}"
    writer = Rows(book, sheet, heads, begin_table(book, sheet, Table("", title, remark, heads)))
    for name, columns in lists:
        if len(lists) > 1:
            writer.append([f"Trang “{sheet_name(name)}”", *[""] * (len(heads) - 1)])
        for told in (each.told for each in columns if each.told):
            writer.append(told)


def _write_lists(book: Workbook, filled: Sequence[tuple[Worksheet, Sequence[Wanted]]]) -> None:
    held = [(s, p, each) for s, columns in filled for p, each in enumerate(columns) if each.choices]
    if not held:
        return
    lists = book.add_worksheet(_LISTS)
    bold, text = book.add_format({**FONT, "bold": True}), book.add_format(FONT)
    for column, (sheet, place, each) in enumerate(held):
        lists.set_column(column, column, 30)
        lists.write_string(0, column, each.column.heading, bold)
        for row, choice in enumerate(each.choices, start=1):
            lists.write_string(row, column, choice, text)
        # The only formulas of the workbook are references to these lists, none holds a value.
        letters = letters_of(column)
        source = f"='{_LISTS}'!${letters}$2:${letters}${len(each.choices) + 1}"
        sheet.data_validation(
            1,
            place,
            _TEMPLATE_ROWS,
            place,
            {
                "validate": "list",
                "source": source,
                "error_type": "stop" if each.strict else "warning",
                "error_title": each.column.heading[:32],
                "error_message": "Chọn một giá trị trong danh sách.",
            },
        )
