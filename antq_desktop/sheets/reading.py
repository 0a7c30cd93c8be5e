"""Reading workbooks as officers have them: .xlsx, .xls, .ods."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from openpyxl import load_workbook
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.oldfonts import font_named
from antq_desktop.domain.sheetcells import Cell
from antq_desktop.sheets import biff
from antq_desktop.sheets.ods import Area, Told, told_by

SUFFIXES: Final = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
LARGEST_FILE: Final = 64 << 20
LARGEST_UNPACKED: Final = 1 << 30
MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 300
_PIECE: Final = 1 << 20
_OVERLAP: Final = 64
# A cell beyond column ZZ or row 999.999: a reader would make room for everything before it.
_FAR_AWAY: Final = re.compile(rb'r="(?:[A-Z]{3}|[A-Z]{1,2}\d{7})')
_FONT_NAME: Final = re.compile(rb'<(?:\w+:)?name val="([^"]{1,80})"')
_SHEET_PART: Final = re.compile(r"xl/worksheets/[^/]+\.xml")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet.

    Attributes:
        name: As on its tab.
        rows: All rows from the first on, equally wide.
        merged: Areas of merged cells; only the first cell of each holds a value.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: tuple[Area, ...] = ()

    def filled(self, first: int, end: int) -> Sequence[Sequence[Cell]]:
        """Return a stretch of rows in which every cell of a merged area holds its value."""
        if all(bottom < first or top >= end for top, _, bottom, _ in self.merged):
            return self.rows[first:end]
        rows = [list(row) for row in self.rows[first:end]]
        for top, left, bottom, right in self.merged:
            if top >= len(self.rows) or left >= len(self.rows[top]):
                continue
            value = self.rows[top][left]
            for row in range(max(top, first), min(bottom + 1, first + len(rows))):
                for column in range(left, min(right + 1, len(rows[row - first]))):
                    rows[row - first][column] = value
        return rows


def read_sheets(path: Path) -> list[Sheet]:
    """Return the visible sheets of a workbook that hold anything.

    Raises:
        UserError: `workbook_missing`, `workbook_kind_unknown`, `workbook_protected`,
            `workbook_unreadable`, `workbook_too_large`, `workbook_empty`.
        EnvironmentFault: `file_unreadable`: the machine denied it.
    """
    _check_file(path)
    try:
        with CalamineWorkbook.from_path(path) as book:
            shown = [
                book.get_sheet_by_name(meta.name)
                for meta in book.sheets_metadata
                if meta.visible is SheetVisibleEnum.Visible and meta.typ is SheetTypeEnum.WorkSheet
            ]
            told = told_by(path)
            found = [_sheet(each, path, told) for each in shown if each.end is not None]
    except PasswordError as fault:
        message = f"Tệp “{path.name}” có mật khẩu. Mở tệp, bỏ mật khẩu, lưu lại rồi nhập."
        raise UserError("workbook_protected", message, "file") from fault
    except CalamineError as fault:
        raise _unreadable(path) from fault
    except OSError as fault:
        message = f"Máy không cho đọc tệp “{path.name}”. Chép tệp sang nơi khác rồi nhập lại."
        raise EnvironmentFault("file_unreadable", message) from fault
    if not found:
        message = f"Tệp “{path.name}” không có trang nào có dữ liệu. Chọn tệp khác."
        raise UserError("workbook_empty", message, "file")
    return found


def _unreadable(path: Path) -> UserError:
    message = (
        f"Không đọc được tệp “{path.name}”: tệp hỏng hoặc không phải bảng tính. "
        "Mở bằng Excel, lưu lại dạng .xlsx rồi nhập."
    )
    return UserError("workbook_unreadable", message, "file")


def _check_file(path: Path) -> None:
    if path.suffix.lower() not in SUFFIXES:
        message = f"Tệp “{path.name}” không phải bảng tính .xlsx, .xls hoặc .ods. Chọn tệp khác."
        raise UserError("workbook_kind_unknown", message, "file")
    if not path.is_file():
        message = f"Không có tệp “{path.name}” ở đó. Kiểm tra lại đường dẫn."
        raise UserError("workbook_missing", message, "file")
    if path.stat().st_size > LARGEST_FILE:
        raise _too_large(path)
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as packed:
            _check_packed(path, packed)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as fault:
        raise _unreadable(path) from fault


def _check_packed(path: Path, packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise _too_large(path)
    for part in parts:
        if _SHEET_PART.fullmatch(part.filename) and _reaches_far(packed, part):
            message = (
                f"Tệp “{path.name}” có dữ liệu ở rất xa bảng (sau cột ZZ hoặc dòng 999.999). "
                "Xóa các ô đó rồi nhập lại."
            )
            raise UserError("workbook_too_large", message, "file")


def _reaches_far(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    tail = b""
    with packed.open(part) as content:
        while piece := content.read(_PIECE):
            if _FAR_AWAY.search(tail + piece):
                return True
            tail = piece[-_OVERLAP:]
    return False


def _too_large(path: Path) -> UserError:
    message = (
        f"Tệp “{path.name}” quá lớn: nhiều nhất {LARGEST_FILE >> 20} MB, 100.000 dòng, "
        f"{MOST_COLUMNS} cột. Chia tệp ra rồi nhập từng phần."
    )
    return UserError("workbook_too_large", message, "file")


def _sheet(sheet: CalamineSheet, path: Path, told: Mapping[str, Told]) -> Sheet:
    if sheet.total_height > MOST_ROWS + 100 or sheet.total_width > MOST_COLUMNS:
        raise _too_large(path)
    # One by one in Python: all at once would hold other threads up, the window's among them.
    before: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)
    rows = [[*before, *row] if before else row for row in sheet.iter_rows()]
    if sheet.name in told:
        return Sheet(sheet.name, rows, tuple(told[sheet.name].merged))
    merged = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
    return Sheet(sheet.name, rows, merged)


def names_old_fonts(path: Path) -> bool:
    """Tell whether the cells of a workbook may name fonts of the years before Unicode."""
    if not zipfile.is_zipfile(path):
        return biff.is_compound(path)
    with zipfile.ZipFile(path) as packed:
        if "xl/styles.xml" not in packed.namelist():
            return path.suffix.lower() == ".ods"
        styles = packed.read("xl/styles.xml")
    names = (name.decode("utf-8", "replace") for name in _FONT_NAME.findall(styles))
    return any(font_named(name) for name in names)


def old_fonts_of(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """Return the font of each cell that is written in an old one, by row and column from 0."""
    if not zipfile.is_zipfile(path):
        return biff.fonts_of(path, sheet)
    if path.suffix.lower() == ".ods":
        told = told_by(path)
        return told[sheet].fonts if sheet in told else {}
    return dict(_fonts_of_xlsx(path, sheet))


def _fonts_of_xlsx(path: Path, sheet: str) -> Iterator[tuple[tuple[int, int], str]]:
    book = load_workbook(path, read_only=True)
    try:
        for row in book[sheet].iter_rows():
            for cell in row:
                name = cell.font.name if cell.value is not None else None
                if name and font_named(name):
                    yield (cell.row - 1, cell.column - 1), name
    finally:
        book.close()
