"""Numbers into a copy of somebody's workbook; everything else of it stays as it is."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.exceptions import InvalidFileException

from antq_desktop.domain.errors import UserError
from antq_desktop.files import environment_fault, write_atomically

Place = tuple[str, int, int]
"""Name of a sheet, row and column from 0."""


def fill_copy(workbook: Path, values: Mapping[Place, int], out: Path) -> Path:
    """Write a copy of a workbook with numbers in some cells, and return its path.

    Raises:
        UserError: `target_needs_xlsx`, `target_over_itself`, `workbook_unreadable`,
            `target_formula`: a cell holds a formula or is inside a merged one.
        EnvironmentFault: The machine denied it.
    """
    if workbook.suffix.lower() != ".xlsx" or out.suffix.lower() != ".xlsx":
        message = "Chỉ điền được vào tệp .xlsx. Mở tệp bằng Excel, lưu lại dạng .xlsx."
        raise UserError("target_needs_xlsx", message, "workbook")
    if workbook.resolve() == out.resolve():
        message = "Bản sao không được ghi đè lên tệp mẫu. Đặt tên khác cho bản sao."
        raise UserError("target_over_itself", message, "out")
    try:
        book = load_workbook(workbook)
    except (KeyError, ValueError, zipfile.BadZipFile, InvalidFileException) as fault:
        message = f"Không đọc được tệp “{workbook.name}”. Mở bằng Excel, lưu lại dạng .xlsx."
        raise UserError("workbook_unreadable", message, "workbook") from fault
    except OSError as fault:
        raise environment_fault(fault, workbook) from fault
    for (sheet, row, column), value in values.items():
        cell = book[sheet].cell(row + 1, column + 1)
        if isinstance(cell, MergedCell) or cell.data_type == "f":
            message = f"Ô {cell.coordinate} của mẫu là công thức hoặc ô gộp nên không ghi đè."
            raise UserError("target_formula", message, "workbook")
        cell.value = value
    made = BytesIO()
    book.save(made)
    write_atomically(out, made.getvalue())
    return out
