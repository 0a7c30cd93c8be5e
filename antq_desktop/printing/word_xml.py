"""What python-docx has no words for: borders, repeated headings, page numbers, patterns."""

from __future__ import annotations

import io
import math
import zipfile
from typing import Final

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

FACE: Final = "Times New Roman"
_HALF_A_POINT: Final = "6"  # of a border, in eighths of a point
_PADDING: Final = "70"  # of a cell, in twentieths of a point
_LONG_MARK: Final = 20  # letters; a longer text across a page is written smaller
_LIGHT: Final = "E4E4E4"
_FIXED: Final = (1980, 1, 1, 0, 0, 0)


def element(name: str, **attributes: str) -> BaseOxmlElement:
    """Return an element of WordprocessingML with attributes of its own name space."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def set_face(style: ParagraphStyle, size: float) -> None:
    """Give a style the face and language of official papers, in every script."""
    style.font.name = FACE
    style.font.size = Pt(size)
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = element("rFonts")
        properties.insert(0, fonts)
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FACE)
    properties.append(element("lang", val="vi-VN", eastAsia="vi-VN"))


def rule_under(paragraph: Paragraph) -> None:
    """Draw a line under a paragraph, as wide as its indents leave."""
    borders = element("pBdr")
    borders.append(element("bottom", val="single", sz=_HALF_A_POINT, space="1", color="auto"))
    _in_order(paragraph, borders)


def _in_order(paragraph: Paragraph, borders: BaseOxmlElement) -> None:
    """Put borders where the schema has them: before spacing, indents and alignment."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - the library's own way to XML
    later = {qn(f"w:{name}") for name in ("shd", "tabs", "spacing", "ind", "jc", "rPr")}
    for at, child in enumerate(properties):
        if child.tag in later:
            properties.insert(at, borders)
            return
    properties.append(borders)


def ruled(table: Table, *, lines: bool) -> None:
    """Give a table a grid of lines, or none; its columns keep the widths they were given."""
    properties = table._tbl.tblPr  # noqa: SLF001 - the library's own way to XML
    for name in ("tblBorders", "tblLayout", "tblCellMar"):
        for old in properties.findall(qn(f"w:{name}")):
            properties.remove(old)
    borders = element("tblBorders")
    kind = "single" if lines else "nil"
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(edge, val=kind, sz="4", space="0", color="auto"))
    look = properties.find(qn("w:tblLook"))
    margins = element("tblCellMar")
    for side in ("left", "right"):  # without lines, words begin where those of paragraphs do
        margins.append(element(side, w=_PADDING if lines else "0", type="dxa"))
    for part in (borders, element("tblLayout", type="fixed"), margins):
        if look is not None:
            look.addprevious(part)
        else:
            properties.append(part)


def repeated(row: _Row) -> None:
    """Let a row be the heading of every page its table reaches."""
    row._tr.get_or_add_trPr().append(element("tblHeader"))  # noqa: SLF001 - as above


def kept_whole(row: _Row) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))  # noqa: SLF001 - as above


def hatched(cell: _Cell) -> None:
    """Draw a cell hatched: its number is one that a report says."""
    shade = element("shd", val="thinDiagStripe", color="808080", fill="auto")
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - as above


def read_from_below(cell: _Cell) -> None:
    """Turn the words of a cell by a quarter."""
    cell._tc.get_or_add_tcPr().append(element("textDirection", val="btLr"))  # noqa: SLF001


def page_number(paragraph: Paragraph) -> None:
    """Put the number of the page into a paragraph."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            run._r.append(element("fldChar", fldCharType=kind))  # noqa: SLF001 - as above
        else:
            code = element("instrText")
            code.text = text
            run._r.append(code)  # noqa: SLF001 - as above


def numbered_anew(section: Section) -> None:
    """Let the pages of a section be numbered from 1."""
    properties = section._sectPr  # noqa: SLF001 - the library's own way to XML
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    number = element("pgNumType", start="1")
    after = properties.find(qn("w:pgMar"))
    if after is not None:
        after.addnext(number)


def small_break(document: Document) -> None:
    """Make the paragraph that ends a section hardly seen, so that it needs no page of its own."""
    ends = document.element.body.findall(f"{qn('w:p')}/{qn('w:pPr')}/{qn('w:sectPr')}")
    if not ends:
        return
    properties = ends[-1].getparent()
    ends[-1].addprevious(element("spacing", before="0", after="0", line="20", lineRule="exact"))
    for old in properties.findall(qn("w:pStyle")):
        properties.remove(old)


def across(paragraph: Paragraph, text: str, width: float, height: float) -> None:
    """Write a text in light grey across every page that has this header, behind its words.

    Args:
        paragraph: A paragraph of the header, which anchors it.
        text: What is written.
        width: Width of the page in points.
        height: Height of the page in points.
    """
    angle = round(-math.degrees(math.atan2(height, width)))
    tall = 72 if len(text) < _LONG_MARK else 30
    long = min(math.hypot(width, height) * 0.74, len(text) * tall * 0.72)
    style = (
        f"position:absolute;width:{long:.0f}pt;height:{tall}pt;rotation:{angle};z-index:-1;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:page;"
        "mso-position-vertical:center;mso-position-vertical-relative:page"
    )
    shape = parse_xml(
        f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:o="urn:schemas-microsoft-com:office:office">'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>'
        "</v:shapetype>"
        f'<v:shape type="#_x0000_t136" style="{style}" fillcolor="#{_LIGHT}" stroked="f">'
        f'<v:textpath style="font-family:&quot;{FACE}&quot;;font-weight:bold" string="{text}"/>'
        "</v:shape></w:pict>"
    )
    paragraph.add_run()._r.append(shape)  # noqa: SLF001 - as above


def packed_alike(document: bytes) -> bytes:
    """Return a document whose parts bear no time, so that the same paper gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as held, zipfile.ZipFile(out, "w") as made:
        for name in held.namelist():
            info = zipfile.ZipInfo(name, _FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, held.read(name))
    return out.getvalue()
