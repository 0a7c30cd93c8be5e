"""Three workbooks as officers really have them, made for the tests."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill

from antq_desktop.domain.oldfonts import TCVN3

TEAM = "Tổ bảo vệ ANTT Thôn Mẫu 1"
OTHER_TEAM = "Tổ bảo vệ ANTT Thôn Mẫu 2"
_CODES = {letter: code for code, letter in TCVN3.items()}


def tcvn3(text: str) -> str:
    """Return a text as TCVN3 wrote it; capitals with a tone are small letters in it."""
    return "".join(_CODES.get(c, _CODES.get(c.lower(), c)) for c in text)


def merged_titles(path: Path) -> Path:
    """Write a register with titles above, a heading of two rows, teams as merged cells, a sum."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Danh sách"
    for area in ("A1:D1", "A2:D2", "E1:I1", "A4:I4"):
        sheet.merge_cells(area)
    sheet["A1"], sheet["A2"] = "CÔNG AN TỈNH MẪU", "CÔNG AN XÃ MẪU"
    sheet["E1"] = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    sheet["A4"] = "DANH SÁCH THÀNH VIÊN TỔ BẢO VỆ ANTT"
    sheet["A4"].font = Font(bold=True, size=14)
    heads = ["STT", "Tên Tổ", "Họ tên", "Ngày, tháng, năm sinh", "Dân tộc", "Chức vụ"]
    for place, text in enumerate([*heads, "Ngày tham gia", None, "Số CCCD"], start=1):
        sheet.cell(6, place, text)
        if text != "Ngày tham gia" and text:
            sheet.merge_cells(start_row=6, start_column=place, end_row=7, end_column=place)
    sheet.merge_cells("G6:H6")
    sheet["G7"], sheet["H7"] = "CAXBCT, BVDP", "LLTGBVANTT"
    for place in range(1, 10):
        sheet.cell(8, place, f"({place})")
        sheet.cell(6, place).fill = PatternFill("solid", fgColor="FFDDEBF7")
        sheet.cell(6, place).alignment = Alignment(horizontal="center", wrap_text=True)
    rows = [
        (1, TEAM, "Nguyễn Văn Mẫu", date(1975, 3, 15), "Kinh", "Tổ trưởng"),
        (2, None, "Trần Thị Ví Dụ", "1980", "Mường", "to pho"),
        (3, None, "Lê Văn An", "07/08/1990", "kinh", "Tổ viên"),
        None,
        (4, OTHER_TEAM, "Phạm Thị Cúc", "12.5.1988", "Kinh", "Tổ trưởng"),
    ]
    numbers = ["000000000001", 11000000002, "000000000003", "", "000 000 000 004"]
    for at, row in enumerate(rows, start=9):
        for place, value in enumerate(row or (), start=1):
            sheet.cell(at, place, value)
        if row:
            sheet.cell(at, 7, "01/2020")
            sheet.cell(at, 8, "1/7/2024")
            sheet.cell(at, 9, numbers[at - 9])
    sheet.merge_cells("B9:B11")
    sheet["A14"], sheet["C14"] = "Cộng", 4
    sheet["H16"] = "NGƯỜI LẬP BIỂU"
    book.save(path)
    return path


def old_letters(path: Path) -> Path:
    """Write a register in TCVN3, names in a font of capitals, with a team that does not exist."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    plain, capitals = Font(name=".VnTime", size=12), Font(name=".VnTimeH", size=12)
    sheet["A1"] = tcvn3("Danh sách tổ viên")
    sheet["A1"].font = capitals
    for place, text in enumerate(("Tên Tổ", "Họ và tên", "Chức danh", "Năm sinh", "Ghi chú"), 1):
        sheet.cell(3, place, tcvn3(text)).font = plain
    rows = [
        (TEAM, "nguyễn văn mẫu", "Tổ trưởng", 1975, "Được khen thưởng"),
        (TEAM, "trần thị ví dụ", "Tổ viên", 1980, "Ở thôn từ nhỏ"),
        ("Tổ bảo vệ ANTT Thôn Mẫu 9", "lê văn an", "Tổ viên", 1990, ""),
        ("", "phạm thị cúc", "Tổ viên", "không rõ", ""),
    ]
    for at, row in enumerate(rows, start=4):
        for place, value in enumerate(row, start=1):
            held = tcvn3(value) if isinstance(value, str) else value
            sheet.cell(at, place, held).font = capitals if place == 2 else plain
    book.save(path)
    return path


def broken_dates(path: Path) -> Path:
    """Write a list of incidents whose dates are text in several orders, numbers and nonsense."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Vụ việc tháng 11"])
    sheet.append(
        ["Tình trạng", "Ngày tháng", "Nội dung", "Phân loại", "Thiệt hại tài sản (đ)", "SĐT"]
    )
    kind = "trat tu xa hoi"
    rows = [
        ("moi tiep nhan", "02/11/2026", "Mất trộm gà ở Thôn Mẫu", kind, "1.500.000"),
        (
            "moi tiep nhan",
            datetime.fromisoformat("2026-11-03T00:00"),
            "Cãi nhau ở chợ",
            kind,
            2_000_000,
        ),
        ("moi tiep nhan", 46_330, "Mất xe đạp", kind, "500 nghìn"),
        ("moi tiep nhan", "2026-11-05 00:00:00", "Đánh nhau", kind, "2,5 triệu"),
        ("moi tiep nhan", "2026/11/6", "Ném đá", kind, "-"),
        ("moi tiep nhan", "7.11.26", '=HYPERLINK("http://vi.du","bấm")', kind, None),
        ("moi tiep nhan", "ngày 8 tháng 11 năm 2026", "+84 gọi quấy rối", kind, None),
        ("moi tiep nhan", "31/11/2026", "Ngày không có trong lịch", kind, None),
        ("moi tiep nhan", "khoảng đầu tháng", "Ngày không rõ", kind, "nhiều"),
        ("chưa rõ", "10/11/2026", "Tình trạng không có", kind, None),
    ]
    for row in rows:
        sheet.append(row)
    sheet.cell(8, 3).data_type = "s"
    sheet["B4"].number_format = "dd/mm/yyyy"
    book.save(path)
    return path
