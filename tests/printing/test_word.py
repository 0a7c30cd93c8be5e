"""Papers as Word files."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.catalogue.prints import load_print_forms
from antq_desktop.domain.composing import PrintForm
from antq_desktop.domain.papers import (
    Annex,
    Block,
    Closing,
    Column,
    Field,
    Fields,
    Hatched,
    Letterhead,
    Paper,
    Paragraph,
    Signature,
    Table,
    Watermark,
)
from antq_desktop.paths import forms_folder, resources_folder
from antq_desktop.printing.text import printable
from antq_desktop.printing.word import Typist
from tests.printing.conftest import sample

TYPIST = Typist(resources_folder() / "fonts")
HEAD = Letterhead("Công an xã Mẫu", "Công an tỉnh Ví Dụ", "Số: 05/BC-CAX", "Xã Mẫu, ngày 05")


def paper(*blocks: Block, watermark: Watermark | None = None) -> Paper:
    return Paper("Thử", blocks, watermark=watermark)


def parts(document: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(document)) as held:
        return held.read("word/document.xml").decode()


@pytest.mark.parametrize("code", sorted(load_print_forms(forms_folder() / "print")))
def test_every_form_is_typed(code: str, forms: dict[str, PrintForm]) -> None:
    form = forms[code]
    document = Document(io.BytesIO(TYPIST.write([sample(form, long=False)])))
    assert document.sections[0].top_margin is not None


def test_pages_have_the_margins_of_the_decree_and_the_face_is_named() -> None:
    document = Document(io.BytesIO(TYPIST.write([paper(HEAD, Paragraph("Lời"))])))
    section = document.sections[0]
    millimetres = [round((length or 0) / 36000) for length in (
        section.page_width, section.page_height, section.top_margin, section.bottom_margin,
        section.left_margin, section.right_margin)]  # fmt: skip
    assert millimetres == [210, 297, 20, 20, 30, 15]
    assert section.different_first_page_header_footer
    assert document.styles["Thân văn bản"].font.name == "Times New Roman"


def test_the_same_paper_gives_the_same_bytes() -> None:
    held = paper(HEAD, Paragraph("Lời"), watermark=Watermark.SAMPLE_DATA)
    assert TYPIST.write([held]) == TYPIST.write([held])


def test_a_table_repeats_its_heading_and_keeps_its_rows_whole() -> None:
    columns = (Column("TT", 1, "centre"), Column("Tên", 4))
    rows = [("1", "Mẫu"), ("Mục",), ("2", Hatched("05"))]
    document = Document(io.BytesIO(TYPIST.write([paper(Table(columns, rows))])))
    table = document.tables[0]
    assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert all(
        row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.rows
    )
    assert table.cell(2, 0).text == table.cell(2, 1).text == "Mục"
    assert table.cell(3, 1)._tc.find(f"{qn('w:tcPr')}/{qn('w:shd')}") is not None


def test_an_annex_begins_a_section_numbered_from_one() -> None:
    held = paper(Paragraph("Lời"), Annex("Phụ lục I", "Bảng số liệu"), Paragraph("Bảng"))
    document = Document(io.BytesIO(TYPIST.write([held])))
    assert len(document.sections) == 2
    number = document.sections[1]._sectPr.find(qn("w:pgNumType"))
    assert number is not None
    assert number.get(qn("w:start")) == "1"


def test_what_is_empty_has_dots_to_write_on() -> None:
    held = paper(Paragraph(""), Fields((Field("Họ tên"),)), Fields((Field("Ngày"),), 2))
    xml = parts(TYPIST.write([held]))
    assert xml.count('w:leader="dot"') == 3
    assert "Ngày: ....." in xml


@pytest.mark.parametrize("mark", list(Watermark))
def test_a_mark_stands_across_every_page_of_a_sample(mark: Watermark) -> None:
    document = Document(io.BytesIO(TYPIST.write([paper(HEAD, watermark=mark)])))
    section = document.sections[0]
    for header in (section.first_page_header, section.header):
        xml = header.part.blob.decode()
        assert f'string="{mark.value}"' in xml
        assert "rotation:-" in xml
        assert "mso-position-vertical:center" in xml


def test_the_code_stands_beside_its_picture_below_the_recipients() -> None:
    closing = Closing((Signature(("Trưởng Công an xã",)),), ("Như trên", "Lưu: VT"))
    for blocks in ((HEAD, closing), (HEAD, Paragraph("Không ai ký.")), (HEAD,)):
        held = replace(paper(*blocks), code="C7F4K2M9")
        packed = TYPIST.write([held])
        xml = parts(packed)
        assert xml.count("C7F4 K2M9") == 1
        assert xml.count("<pic:pic") == 1
        assert packed == TYPIST.write([held])


def test_the_names_of_two_signers_stand_on_one_line() -> None:
    one, two = Signature(("Thư ký",), name="A"), Signature(("KT. Chủ tọa", "Phó"), name="B")
    document = Document(io.BytesIO(TYPIST.write([paper(Closing((one, two)))])))
    left, right = (cell.paragraphs for cell in document.tables[0].rows[0].cells)
    assert len(left) == len(right)


@given(st.text(max_size=80))
def test_hostile_text_stays_text(text: str) -> None:
    document = Document(io.BytesIO(TYPIST.write([paper(Paragraph(text + "x", "plain"))])))
    told = "\n".join(paragraph.text for paragraph in document.paragraphs)
    shown = printable(text + "x").replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    assert told == shown
