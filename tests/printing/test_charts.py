from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
from pypdf import PdfReader

from antq_desktop.catalogue.prints import load_print_form
from antq_desktop.domain.charts.chart import Bars, Fill, Series, Square, Squares
from antq_desktop.domain.composing import compose
from antq_desktop.domain.papers import Charted, Paper
from antq_desktop.printing.render import Press
from antq_desktop.printing.word import Typist

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
BARS = Bars(
    "Vụ việc theo tháng năm 2026, so với năm 2025",
    "vụ",
    "Tháng",
    tuple(f"Tháng {month}" for month in range(1, 13)),
    (
        Series("Trật tự xã hội", Fill.FULL, (3, 2, 5, 1, 0, 2, 4, 3, 2, 6, None, None)),
        Series("Tai nạn giao thông", Fill.SLANTED, (1, 2, 0, 1, 2, 2, 0, 1, 3, 2, None, None)),
        Series("Loại khác", Fill.DOTTED, (1, 0, 2, 1, 2, 0, 3, 1, 0, 2, None, None)),
        Series("Cùng kỳ", Fill.BARE, (4, 3, 8, 2, 1, 6, 4, 2, 9, 5, 3, 2), beside=True),
    ),
)
SQUARES = Squares(
    "Số liệu nhận theo tháng", "Đơn vị", tuple(f"T{month}" for month in range(1, 13)),
    tuple(f"Xã Mẫu {at:03d}" for at in range(120)),
    tuple(tuple(Square("Thiếu", Fill.CROSSED) for _ in range(12)) for _ in range(120)),
)  # fmt: skip


def test_a_chart_is_drawn_in_black_alone_and_its_words_can_be_read_out() -> None:
    pdf = Press(FONTS).render(Paper("Thử", (Charted(BARS),)))
    page = PdfReader(BytesIO(pdf)).pages[0]
    text = page.extract_text()
    for words in (BARS.title, "Trật tự xã hội", "Tháng 12", "10"):
        assert words in text
    drawn = page.get_contents()
    assert drawn is not None
    assert b" rg\n" not in drawn.get_data().replace(b"0 0 0 rg", b"")
    assert not list(page.images)


def test_the_same_chart_gives_the_same_bytes() -> None:
    paper = Paper("Thử", (Charted(BARS), Charted(SQUARES)))
    assert Press(FONTS).render(paper) == Press(FONTS).render(paper)


def test_a_map_of_many_units_goes_on_over_pages_under_its_heading() -> None:
    pages = PdfReader(BytesIO(Press(FONTS).render(Paper("Thử", (Charted(SQUARES),))))).pages
    assert len(pages) > 2
    assert all("T12" in page.extract_text() for page in pages)
    assert "Thiế\n" not in pages[0].extract_text()


def test_a_word_file_has_the_numbers_of_a_chart_in_cells_that_can_be_corrected() -> None:
    made = docx.Document(BytesIO(Typist(FONTS).write([Paper("Thử", (Charted(BARS),))])))
    assert BARS.title in [paragraph.text for paragraph in made.paragraphs]
    (table,) = made.tables
    cells = [cell.text for cell in table.rows[3].cells]
    assert cells[:5] == ["Tháng 3", "5", "0", "2", "8"]
    assert cells[5].splitlines()[0].startswith("█")


def test_a_print_form_names_the_place_of_a_chart(tmp_path: Path) -> None:
    file = tmp_path / "with_chart.toml"
    file.write_text(
        'title = "Có biểu đồ"\nlegal_basis = "Thử"\nconfidence = "A"\n'
        '[[blocks]]\nkind = "chart"\nname = "incidents"\n'
        '[[blocks]]\nkind = "paragraph"\ntext = "Hết."\n',
        encoding="utf-8",
    )
    form = load_print_form(file)
    with_it = compose(form, {}, {}, charts={"incidents": BARS})
    assert with_it.blocks[0] == Charted(BARS)
    assert len(compose(form, {}, {}).blocks) == 1
