"""Cells whose number is one of a report: hatched under the text, inside their own lines."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream

from antq_desktop.domain.papers import Column, Hatched, Paper, Table
from antq_desktop.printing.render import Press

COLUMNS = (Column("Chỉ tiêu", 60, "left"), Column("Số liệu", 30, "right"))
Line = tuple[float, float, float, float]


def table(cell: str, rows: int = 1) -> Paper:
    return Paper("Thử", (Table(COLUMNS, [("Bài viết", cell)] * rows),))


def slanted(pdf: bytes, page: int = 0) -> list[Line]:
    reader = PdfReader(BytesIO(pdf))
    found: list[Line] = []
    start = (0.0, 0.0)
    for values, operator in ContentStream(reader.pages[page]["/Contents"], reader).operations:
        if operator == b"m":
            start = (float(values[0]), float(values[1]))
        elif operator == b"l":
            end = (float(values[0]), float(values[1]))
            if start[0] != end[0] and start[1] != end[1]:
                found.append((*start, *end))
    return found


def test_a_plain_cell_is_not_hatched(press: Press) -> None:
    assert slanted(press.render(table("240"))) == []


def test_a_number_of_a_report_is_hatched_inside_its_cell_and_stays_readable(press: Press) -> None:
    pdf = press.render(table(Hatched("240")))
    lines = slanted(pdf)
    assert len(lines) > 10
    left = min(x for x, *_ in lines)
    bottom, top = min(y for _, y, *_ in lines), max(y for *_, y in lines)
    page = PdfReader(BytesIO(pdf)).pages[0]
    assert left > float(page.mediabox.width) / 2, "the column on the right alone"
    assert top - bottom < 40
    assert all(y2 - y1 == pytest.approx(x2 - x1, abs=0.01) for x1, y1, x2, y2 in lines)
    assert "240" in page.extract_text()


def test_hatching_of_one_page_does_not_come_back_on_the_next(press: Press) -> None:
    rows = [("Bài viết", Hatched("1")), *[("Bài viết", "2")] * 80]
    pdf = press.render(Paper("Thử", (Table(COLUMNS, rows),)))
    assert len(PdfReader(BytesIO(pdf)).pages) > 1
    assert slanted(pdf, 0)
    assert slanted(pdf, 1) == []
