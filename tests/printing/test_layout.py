"""Positions and sizes measured in the PDF, against the table of Annex I of Nghị định 30/2020."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream

from antq_desktop.domain.papers import (
    Addressees,
    Closing,
    Field,
    Fields,
    Grounds,
    Heading,
    Letterhead,
    Orientation,
    Paper,
    Paragraph,
    Signature,
    Watermark,
)
from antq_desktop.printing.render import Press

MM = 72 / 25.4
SENTENCE = "Trong tháng, tình hình an ninh, trật tự trên địa bàn xã Mẫu ổn định, không phát sinh. "
FORMS = (
    "bm1",
    "scheme_sheet",
    "incident_register",
    "summary",
    "summary_by_unit",
    "receipt",
    "key_slip",
    "delivery_register",
)

Reader = Callable[[bytes], Any]


def report(orientation: Orientation = "portrait") -> Paper:
    return Paper(
        "Báo cáo",
        (
            Letterhead(
                "Công an xã Mẫu",
                "Công an tỉnh Ví Dụ",
                "Số: 05/BC-CAX",
                "Xã Mẫu, ngày 05 tháng 01 năm 2026",
            ),
            Heading("Báo cáo", "Kết quả công tác tháng 12 năm 2025"),
            Addressees(("Công an tỉnh Ví Dụ", "Ủy ban nhân dân xã Mẫu")),
            Grounds(("Căn cứ Luật An ninh quốc gia", "Theo đề nghị của Tổ tổng hợp")),
            Paragraph("I. Những kết quả", "part"),
            Paragraph("1. Tình hình", "clause"),
            *[Paragraph(SENTENCE * 6)] * 8,
            Closing(
                (
                    Signature(
                        ("KT. TRƯỞNG CÔNG AN XÃ", "PHÓ TRƯỞNG CÔNG AN XÃ"),
                        name="Thiếu tá Nguyễn Văn Mẫu",
                    ),
                ),
                ("Như trên", "Lưu: VT, CAX"),
            ),
        ),
        orientation=orientation,
    )


@pytest.fixture(scope="module")
def page(press: Press, drawn: Reader) -> Any:
    return drawn(press.render(report()))


@pytest.mark.parametrize(
    ("orientation", "size"),
    [("portrait", (210 * MM, 297 * MM)), ("landscape", (297 * MM, 210 * MM))],
)
def test_paper_is_a4(
    press: Press, drawn: Reader, orientation: Orientation, size: tuple[float, float]
) -> None:
    for width, height in drawn(press.render(report(orientation))).sizes:
        assert (width, height) == pytest.approx(size, abs=0.01)


@pytest.mark.parametrize("long", [False, True], ids=["short", "long"])
@pytest.mark.parametrize("code", FORMS)
def test_nothing_of_a_sample_paper_stands_in_the_margins(
    press: Press, drawn: Reader, sample_paper: Callable[..., Paper], code: str, long: bool
) -> None:
    sheet = drawn(press.render(sample_paper(code, long=long)))
    width, height = sheet.sizes[0]
    inside = [run for run in sheet.runs if 19 * MM < run.y < height - 19 * MM]
    assert len(inside) > 20
    for run in inside:
        assert run.x >= 30 * MM - 0.1
        assert run.x + run.width <= width - 15 * MM + 0.1
        assert run.y + run.size * 0.7 <= height - 20 * MM
        assert run.y - run.size * 0.22 >= 20 * MM - 0.1
    outside = {run.text for run in sheet.runs} - {run.text for run in inside}
    assert outside <= {"Mẫu minh họa", *(str(n) for n in range(2, sheet.pages + 1))}


def test_margins_are_within_the_decree(page: Any) -> None:
    body = [run for run in page.runs if run.size == 14 and run.y < 270 * MM]
    assert 30 <= round(min(run.x for run in body) / MM, 3) <= 35
    assert 15 <= round(210 - max(run.x + run.width for run in body) / MM, 1) <= 20
    top = max(run.y + 0.9 * run.size for run in page.on(1))
    assert 20 <= round(297 - top / MM, 3) <= 25
    assert 20 * MM <= min(run.y for run in body) <= 30 * MM


@pytest.mark.parametrize(
    ("text", "font", "least", "most"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "LiberationSerif-Bold", 12, 13),
        ("Độc lập - Tự do - Hạnh phúc", "LiberationSerif-Bold", 13, 14),
        ("CÔNG AN TỈNH VÍ DỤ", "LiberationSerif", 12, 13),
        ("CÔNG AN XÃ MẪU", "LiberationSerif-Bold", 12, 13),
        ("Số: 05/BC-CAX", "LiberationSerif", 13, 13),
        ("Xã Mẫu, ngày 05 tháng 01 năm 2026", "LiberationSerif-Italic", 13, 14),
        ("BÁO CÁO", "LiberationSerif-Bold", 13, 14),
        ("Kết quả công tác tháng 12 năm 2025", "LiberationSerif-Bold", 13, 14),
        ("Kính gửi:", "LiberationSerif", 13, 14),
        ("Căn cứ Luật An ninh quốc gia;", "LiberationSerif-Italic", 13, 14),
        ("Theo đề nghị của Tổ tổng hợp.", "LiberationSerif-Italic", 13, 14),
        ("I. NHỮNG KẾT QUẢ", "LiberationSerif-Bold", 13, 14),
        ("1. Tình hình", "LiberationSerif-Bold", 13, 14),
        ("KT. TRƯỞNG CÔNG AN XÃ", "LiberationSerif-Bold", 13, 14),
        ("Thiếu tá Nguyễn Văn Mẫu", "LiberationSerif-Bold", 13, 14),
        ("Nơi nhận:", "LiberationSerif-BoldItalic", 12, 12),
        ("- Như trên;", "LiberationSerif", 11, 11),
        ("- Lưu: VT, CAX.", "LiberationSerif", 11, 11),
        ("2", "LiberationSerif", 13, 14),
    ],
)
def test_faces_and_sizes_are_those_of_the_table(
    page: Any, text: str, font: str, least: float, most: float
) -> None:
    run = page.find(text)
    assert run.font == font
    assert least <= run.size <= most


def rule_under(page: Any, text: str) -> Any:
    run = page.find(text)
    below = [r for r in page.rules if r.page == run.page and 0 < run.y - r.y1 < run.size * 0.6]
    middle = run.x + run.width / 2
    return next(r for r in below if (r.x1 + r.x2) / 2 == pytest.approx(middle, abs=0.1))


def test_the_line_under_the_motto_is_as_long_as_its_text(page: Any) -> None:
    motto = page.find("Độc lập - Tự do - Hạnh phúc")
    assert rule_under(page, motto.text).length == pytest.approx(motto.width, abs=0.1)


@pytest.mark.parametrize("text", ["CÔNG AN XÃ MẪU", "Kết quả công tác tháng 12 năm 2025"])
def test_the_line_under_issuer_and_subject_is_a_third_to_a_half_of_the_text(
    page: Any, text: str
) -> None:
    share = rule_under(page, text).length / page.find(text).width
    assert 1 / 3 <= share <= 1 / 2


def test_number_and_date_stand_on_one_line_each_under_its_column(page: Any) -> None:
    number, dated = page.find("Số: 05/BC-CAX"), page.find("Xã Mẫu, ngày 05 tháng 01 năm 2026")
    assert number.y == dated.y

    def middle(text: str) -> float:
        run = page.find(text)
        return float(run.x + run.width / 2)

    assert middle(number.text) == pytest.approx(middle("CÔNG AN XÃ MẪU"), abs=0.1)
    assert middle(dated.text) == pytest.approx(middle("Độc lập - Tự do - Hạnh phúc"), abs=0.1)


def test_a_long_issuer_pushes_number_and_date_down_together(
    press: Press, drawn: Reader, sample_paper: Callable[..., Paper]
) -> None:
    sheet = drawn(press.render(sample_paper("summary", long=True)))
    number = next(run for run in sheet.runs if run.text.startswith("Số:"))
    place = next(run for run in sheet.runs if run.text.startswith("Phường Nguyễn Thị Minh Khai"))
    last_of_issuer = next(run for run in sheet.runs if run.text.endswith("MINH KHAI MẪU"))
    days = next(run for run in sheet.runs if run.text.startswith("ngày"))
    assert number.y == place.y < last_of_issuer.y
    assert days.y < place.y


def test_running_text_is_indented_justified_and_spaced(page: Any) -> None:
    lines = [run for run in page.on(1) if run.size == 14 and run.font == "LiberationSerif"]
    body = [run for run in lines if run.y < page.find("1. Tình hình").y]
    firsts = [run for run in body if run.text.startswith("Trong tháng") and run.x > 31 * MM]
    assert firsts
    for run in firsts:
        assert run.x == pytest.approx(30 * MM + 12.7 * MM, abs=0.1)
    full = [run for run in body if run.x < 31 * MM][:3]
    for run in full:
        assert run.x + run.width == pytest.approx(195 * MM, abs=0.2)
    pitch = body[0].y - body[1].y
    assert 14 * 1.149 <= pitch <= 14 * 1.149 * 1.5
    second = firsts[1]
    above = min(run.y for run in body if run.y > second.y)
    assert above - second.y - pitch >= 6 - 0.01


def test_the_page_number_stands_in_the_middle_of_the_top_margin_from_page_two(page: Any) -> None:
    number = page.find("2")
    assert number.page == 2
    assert number.x + number.width / 2 == pytest.approx((30 + 195) / 2 * MM, abs=0.1)
    assert 277 * MM < number.y < 297 * MM - number.size
    assert not [run for run in page.on(1) if run.y > 278 * MM]


def test_recipients_begin_beside_the_first_line_of_the_signer(page: Any) -> None:
    lead, signer = page.find("Nơi nhận:"), page.find("KT. TRƯỞNG CÔNG AN XÃ")
    assert lead.x == pytest.approx(30 * MM, abs=0.1)
    assert lead.y == pytest.approx(signer.y, abs=3)
    assert page.find("- Như trên;").x == pytest.approx(30 * MM, abs=0.1)


def test_several_addressees_have_their_dashes_under_the_colon(page: Any) -> None:
    lead = page.find("Kính gửi:")
    dashes = [run for run in page.on(1) if run.text == "- " and run.y < lead.y]
    assert len(dashes) == 2
    for dash in dashes:
        assert dash.x == pytest.approx(lead.x + lead.width - 3.9, abs=0.2)


def test_the_signature_never_stands_alone_on_a_page(press: Press, drawn: Reader) -> None:
    end = report().blocks[-1]
    for count in range(1, 60):
        sheet = drawn(press.render(Paper("Thử", (*[Paragraph("Một dòng.")] * count, end))))
        last = sheet.on(sheet.pages)
        assert any(run.text == "Một dòng." for run in last), count


def test_an_empty_field_prints_a_dotted_line(press: Press) -> None:
    filled = press.render(Paper("Thử", (Fields((Field("Mã", "M1"),)),)))
    empty = press.render(Paper("Thử", (Fields((Field("Mã"),)),)))
    assert dashes_of(filled) == 0
    assert dashes_of(empty) == 1


def dashes_of(pdf: bytes) -> int:
    reader = PdfReader(BytesIO(pdf))
    operators = ContentStream(reader.pages[0]["/Contents"], reader).operations
    return sum(operator == b"d" and bool(values[0]) for values, operator in operators)


@pytest.mark.parametrize("watermark", list(Watermark))
def test_a_watermark_lies_across_every_page_under_the_text(
    press: Press, watermark: Watermark
) -> None:
    plain = report()
    marked = Paper(plain.title, plain.blocks, watermark=watermark)
    for page in PdfReader(BytesIO(press.render(marked))).pages:
        content = page.get_contents()
        assert content is not None
        drawing = content.get_data()
        assert b".93 g" in drawing
        assert drawing.index(b".93 g") < drawing.index(b"Tm")
        assert watermark.value[:4] in page.extract_text()
