"""Where the code of a paper and its picture stand, and boxes of the annex measured beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
import segno
from pypdf import PdfReader
from pypdf.generic import ContentStream

from antq_desktop.domain.papers import (
    Annex,
    Closing,
    Heading,
    Letterhead,
    Paper,
    Paragraph,
    Signature,
)
from antq_desktop.printing.render import Press

MM = 72 / 25.4
CODE = "C7F4K2M9"
HEAD = Letterhead("Công an xã Mẫu", "Công an tỉnh Ví Dụ", "Số: 05/CAX", "Xã Mẫu, ngày", "đôn đốc")
ONE = (Signature(("Trưởng Công an xã",), office="Phó Chủ tịch", name="Nguyễn Văn Mẫu"),)
TWO = (Signature(("Thư ký",)), Signature(("Chủ tọa",)))
MANY = tuple(Signature((f"Thành viên {n}",)) for n in range(9))
SIGNED = Paper("Thử", (HEAD, Paragraph("Lời."), Closing(ONE, ("Như trên", "Lưu: VT"))), code=CODE)

Reader = Callable[[bytes], Any]


def squares(pdf: bytes, page: int) -> list[tuple[float, float, float, float]]:
    """Return the dark squares of a page as left, bottom, right and top in millimetres."""
    reader = PdfReader(BytesIO(pdf))
    operators = ContentStream(reader.pages[page]["/Contents"], reader).operations
    boxes = [[float(value) / MM for value in values] for values, one in operators if one == b"re"]
    return [(x, y, x + wide, y + tall) for x, y, wide, tall in boxes]


def edges(found: list[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    left, bottom, right, top = zip(*found, strict=True)
    return min(left), min(bottom), max(right), max(top)


def test_the_picture_is_sixteen_millimetres_wide_at_the_left_below_the_recipients(
    press: Press, drawn: Reader
) -> None:
    pdf = press.render(SIGNED)
    left, bottom, right, top = edges(squares(pdf, 0))
    assert (left, right) == pytest.approx((30, 46), abs=0.05)
    assert top - bottom == pytest.approx(16, abs=0.05)
    page = drawn(pdf)
    assert page.find("- Lưu: VT.").y / MM > top
    shown = page.find("C7F4 K2M9")
    assert bottom < shown.y / MM < top
    assert shown.x / MM > right


def test_the_picture_is_the_code_with_at_least_level_m(press: Press) -> None:
    made = segno.make(CODE, error="m", micro=False)
    assert made.error in {"M", "Q", "H"}
    rows = [list(row) for row in made.matrix_iter(border=0)]
    dark = sum(map(sum, rows))
    side = 16 / len(rows)
    assert side > 0.5  # millimetres; a cheap scanner reads half of that
    found = squares(press.render(SIGNED), 0)
    area = sum((right - left) * (top - bottom) for left, bottom, right, top in found)
    assert area == pytest.approx(dark * side * side, rel=0.01)


@pytest.mark.parametrize("signers", [ONE, TWO, MANY, ()], ids=["one", "two", "many", "none"])
@pytest.mark.parametrize("lines", [1, 20, 33, 40])
def test_every_paper_bears_its_code_once_inside_the_margins(
    press: Press, drawn: Reader, signers: tuple[Signature, ...], lines: int
) -> None:
    end = (Closing(signers, ("Lưu: VT",)),) if signers else ()
    held = Paper("Thử", (*[Paragraph("Một dòng.")] * lines, *end), code=CODE)
    pdf = press.render(held)
    page = drawn(pdf)
    assert sum(run.text == "C7F4 K2M9" for run in page.runs) == 1
    left, bottom, _right, _top = edges(squares(pdf, page.pages - 1))
    assert left >= 30 - 0.05
    assert bottom >= 20 - 0.05


def test_the_code_stands_before_the_annexes(press: Press, drawn: Reader) -> None:
    blocks = (*SIGNED.blocks, Annex("Phụ lục I", "Bảng số liệu"), Paragraph("Số liệu."))
    page = drawn(press.render(replace(SIGNED, blocks=blocks)))
    assert page.find("C7F4 K2M9").page == 1
    assert page.find("Phụ lục I").page == 2


def test_a_paper_without_a_code_has_no_picture(press: Press) -> None:
    assert not squares(press.render(replace(SIGNED, code="")), 0)


@pytest.mark.parametrize(
    ("text", "font", "sizes"),
    [
        ("V/v đôn đốc", "LiberationSerif", (12, 13)),
        ("PHÓ CHỦ TỊCH", "LiberationSerif-Bold", (13, 14)),
        ("Nguyễn Văn Mẫu", "LiberationSerif-Bold", (13, 14)),
        ("Phụ lục I", "LiberationSerif-Bold", (14, 14)),
        ("BẢNG SỐ LIỆU", "LiberationSerif-Bold", (13, 14)),
        ("(Kèm theo Báo cáo số 05/BC-CAX)", "LiberationSerif-Italic", (13, 14)),
    ],
)
def test_subject_second_office_and_annex_have_the_faces_and_sizes_of_the_table(
    press: Press, drawn: Reader, text: str, font: str, sizes: tuple[float, float]
) -> None:
    annex = Annex("Phụ lục I", "Bảng số liệu", "(Kèm theo Báo cáo số 05/BC-CAX)")
    run = drawn(press.render(replace(SIGNED, blocks=(*SIGNED.blocks, annex)))).find(text)
    assert run.font == font
    assert sizes[0] <= run.size <= sizes[1]


def test_the_subject_of_a_letter_stands_six_points_below_its_number(
    press: Press, drawn: Reader
) -> None:
    page = drawn(press.render(SIGNED))
    number, about = page.find("Số: 05/CAX"), page.find("V/v đôn đốc")
    single = 12 * 1.15
    assert number.y - about.y == pytest.approx(single + 6, abs=1)
    middles = [run.x + run.width / 2 for run in (number, about)]
    assert middles[0] == pytest.approx(middles[1], abs=0.1)


def test_name_and_second_office_stand_in_the_middle_under_the_authority(
    press: Press, drawn: Reader
) -> None:
    page = drawn(press.render(SIGNED))
    runs = [page.find(t) for t in ("TRƯỞNG CÔNG AN XÃ", "PHÓ CHỦ TỊCH", "Nguyễn Văn Mẫu")]
    assert runs[0].y > runs[1].y > runs[2].y
    middle = runs[0].x + runs[0].width / 2
    assert all(run.x + run.width / 2 == pytest.approx(middle, abs=0.1) for run in runs)


def test_heading_and_its_subject_stand_in_the_middle(press: Press, drawn: Reader) -> None:
    held = Paper("Thử", (HEAD, Heading("Báo cáo", "Kết quả năm 2026")))
    page = drawn(press.render(held))
    for text in ("BÁO CÁO", "Kết quả năm 2026"):
        run = page.find(text)
        assert run.x + run.width / 2 == pytest.approx((30 + 195) / 2 * MM, abs=0.1)
