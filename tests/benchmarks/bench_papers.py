"""P14: one paper, and registers of 4,000 and 8,000 rows, against the same text drawn by hand."""

from __future__ import annotations

import gc
import statistics
import time
from io import BytesIO
from typing import Final

# reportlab ships no types
from reportlab.lib.pagesizes import A4, landscape  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from antq_desktop.domain.papers import Column, Heading, Paper, Paragraph, Table
from antq_desktop.paths import resources_folder
from antq_desktop.printing.render import Press
from tests.benchmarks.ratios import PAIRS, Measured, Work, against

ROWS: Final = 4_000
_WIDTHS: Final = (10.0, 24.0, 70.0, 60.0, 40.0)
_TITLES: Final = ("TT", "Ngày", "Nội dung", "Nơi xảy ra", "Kết quả")
_FONT: Final = "Bench"
_LINES: Final = 24
_PARAGRAPH: Final = (
    "Công an xã tiếp nhận tin, đến ngay hiện trường, lập biên bản theo quy định. " * 3
)


def _cells(number: int) -> tuple[str, ...]:
    return (
        str(number), f"{number % 28 + 1:02}/{number % 12 + 1:02}/2026",
        f"Mất trộm tài sản số {number} ở Thôn Mẫu {number % 20}, xã Mẫu",
        f"Xóm {number % 12}, Thôn Mẫu {number % 20}", "Hòa giải xong, hai bên cam kết",
    )  # fmt: skip


def _register(rows: int) -> Paper:
    columns = tuple(Column(*each) for each in zip(_TITLES, _WIDTHS, strict=True))
    table = Table(columns, [_cells(number) for number in range(rows)], size=11.0)
    return Paper("Sổ", (Heading("Sổ theo dõi", "Vụ việc"), table), orientation="landscape")


def _one_paper() -> Paper:
    body = tuple(Paragraph(_PARAGRAPH) for _ in range(_LINES))
    return Paper("Báo cáo", (Heading("Báo cáo", "Tình hình"), *body))


def _canvas(*, lying: bool) -> tuple[Canvas, BytesIO]:
    out = BytesIO()
    if _FONT not in pdfmetrics.getRegisteredFontNames():
        file = next((resources_folder() / "fonts").rglob("*Serif-Regular.ttf"))
        pdfmetrics.registerFont(TTFont(_FONT, str(file)))
    return Canvas(out, pagesize=landscape(A4) if lying else A4, invariant=1), out


def _drawn_register(rows: int) -> bytes:
    """Draw the text of the register, each cell broken into lines as the paper breaks it."""
    canvas, out = _canvas(lying=True)
    widths = [each / sum(_WIDTHS) * 700 for each in _WIDTHS]
    y = 0.0
    for number in range(rows):
        lines = [
            _broken(text, width - 6, 11.0)
            for text, width in zip(_cells(number), widths, strict=True)
        ]
        height = 13.0 * max(len(each) for each in lines) + 4
        if y < height + 50:
            canvas.showPage()
            canvas.setFont(_FONT, 11)
            y = 540.0
        x = 60.0
        for cell, width in zip(lines, widths, strict=True):
            for at, line in enumerate(cell):
                canvas.drawString(x, y - 13.0 * at, line)
            canvas.rect(x - 3, y - height + 10, width, height)
            x += width
        y -= height
    canvas.save()
    return out.getvalue()


def _broken(text: str, width: float, size: float) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and pdfmetrics.stringWidth(longer, _FONT, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


def _drawn_paper() -> bytes:
    canvas, out = _canvas(lying=False)
    y = 0.0
    for _ in range(_LINES):
        for line in _broken(_PARAGRAPH, 450, 14.0):
            if y < 60:
                canvas.showPage()
                canvas.setFont(_FONT, 14)
                y = 780.0
            canvas.drawString(85, y, line)
            y -= 19.0
    canvas.save()
    return out.getvalue()


def _own_seconds(work: Work) -> float:
    """Return the time of this process alone: it holds itself against itself, nothing is shared."""
    gc.collect()
    began = time.process_time()
    work()
    return time.process_time() - began


def measure() -> list[Measured]:
    """Measure one paper, the register, and the register twice as long against itself."""
    press = Press(resources_folder() / "fonts")
    paper, register, twice = _one_paper(), _register(ROWS), _register(2 * ROWS)
    lines = [
        against(
            "P14 one paper: ours / raw canvas", lambda: press.render(paper), _drawn_paper, limit=3.0
        ),
        against(
            f"P14 register of {ROWS} rows: ours / raw canvas",
            lambda: press.render(register),
            lambda: _drawn_register(ROWS),
            limit=2.0,
        ),
    ]
    ratios = [
        _own_seconds(lambda: press.render(twice)) / _own_seconds(lambda: press.render(register))
        for _ in range(PAIRS)
    ]
    doubled = f"P14 register of {2 * ROWS} rows / of {ROWS}"
    return [*lines, Measured(doubled, statistics.median(ratios), max(ratios), 2.15)]
