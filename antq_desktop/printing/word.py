"""From a paper to an editable Word file: the same blocks, styles that Word knows, no macros.

The face is named Times New Roman and not embedded, as the decree asks. Text of persons goes in as
text alone; what XML cannot hold is shown as U+FFFD, as on our own pages.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.section import Section
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from antq_desktop.domain.papers import (
    Addressees,
    Annex,
    Block,
    Charted,
    CheckCode,
    Closing,
    Fields,
    Grounds,
    Heading,
    Letterhead,
    Note,
    Paper,
    Paragraph,
    Placed,
    Table,
)
from antq_desktop.printing import word_blocks, word_tables
from antq_desktop.printing.canvas import Fonts
from antq_desktop.printing.text import Ruler, printable
from antq_desktop.printing.word_blocks import Desk
from antq_desktop.printing.word_xml import (
    across,
    numbered_anew,
    packed_alike,
    page_number,
    set_face,
    small_break,
)

_SHORT, _LONG = Mm(210), Mm(297)
_TOP, _BOTTOM, _LEFT, _RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
_SLIP = Mm(14)
_NUMBER_FROM_EDGE: Final = Mm(9)
_GREY: Final = RGBColor(0x80, 0x80, 0x80)
_STYLES: Final = (
    # name, built on, bold, italic, indent, space before
    (word_blocks.BODY, "Normal", False, False, True, 6),
    (word_blocks.PART, "Heading 1", True, False, True, 6),
    (word_blocks.CLAUSE, "Heading 2", True, False, True, 6),
    (word_blocks.GROUND, "Normal", False, True, True, 6),
    (word_blocks.PLAIN, "Normal", False, False, False, 6),
    (word_blocks.CELL, "Normal", False, False, False, 0),
    (word_blocks.REMARK, "Normal", False, True, False, 4),
)


class Typist:
    """Writes papers as Word files; the fonts only measure how long lines under words are."""

    def __init__(self, fonts_folder: Path) -> None:
        """Load the fonts.

        Raises:
            EnvironmentFault: A font file is missing or damaged.
        """
        self._fonts = Fonts(fonts_folder)

    def write(self, papers: Sequence[Paper]) -> bytes:
        """Return one Word file of papers, each on pages and numbers of its own."""
        if not papers:
            raise ValueError("there is no paper")
        document = Document()
        _clear(document)
        with self._fonts.in_use():
            ruler = Ruler(self._fonts)
            for at, paper in enumerate(papers):
                if at:
                    document.add_section(WD_SECTION.NEW_PAGE)
                    small_break(document)
                section = document.sections[-1]
                _styles(document, paper.size)
                _set_up(section, paper)
                _put(document, paper, ruler)
        held = document.core_properties
        held.title, held.author, held.comments = printable(papers[0].title), "", ""
        out = io.BytesIO()
        document.save(out)
        return packed_alike(out.getvalue())


def _clear(document: WordDocument) -> None:
    for paragraph in list(document.paragraphs):
        paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001 - the library's own way to XML


def _styles(document: WordDocument, size: float) -> None:
    styles = document.styles
    for name, size_of in (("Normal", size), ("Heading 1", size), ("Heading 2", size)):
        style = styles[name]
        if isinstance(style, ParagraphStyle):
            _plain(style, size_of)
    known = {style.name for style in styles}
    for name, base, bold, italic, indent, before in _STYLES:
        if name in known:
            continue
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if not isinstance(style, ParagraphStyle):
            continue
        style.base_style = styles[base]
        style.quick_style = True
        _plain(style, 11 if name == word_blocks.REMARK else size)
        style.font.bold, style.font.italic = bold, italic
        shape = style.paragraph_format
        shape.space_before = Pt(before)
        shape.keep_with_next = base.startswith("Heading")
        if indent:
            shape.first_line_indent = Mm(12.7)
        if name in {word_blocks.BODY, word_blocks.GROUND}:
            shape.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def _plain(style: ParagraphStyle, size: float) -> None:
    set_face(style, size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.font.bold, style.font.italic = False, False
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(0), Pt(0)
    shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    shape.widow_control = True


def _set_up(section: Section, paper: Paper) -> None:
    upright = paper.orientation != "landscape"
    section.orientation = WD_ORIENT.PORTRAIT if upright else WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (_SHORT, _LONG) if upright else (_LONG, _SHORT)
    section.top_margin, section.bottom_margin = _TOP, _BOTTOM
    section.left_margin, section.right_margin = _LEFT, _RIGHT
    if paper.orientation == "a5":
        section.page_width, section.page_height = Mm(148), _SHORT
        section.top_margin = section.bottom_margin = _SLIP
        section.left_margin = section.right_margin = _SLIP
    section.header_distance = section.footer_distance = _NUMBER_FROM_EDGE
    section.different_first_page_header_footer = True
    numbered_anew(section)
    mark = paper.watermark.value if paper.watermark else ""
    for header, numbers in ((section.first_page_header, False), (section.header, True)):
        header.is_linked_to_previous = False
        line = header.paragraphs[0]
        line.style = word_blocks.CELL
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if numbers:
            page_number(line)
        if mark:
            wide, tall = section.page_width or _SHORT, section.page_height or _LONG
            across(line, mark, wide / 12700, tall / 12700)
    for footer in (section.first_page_footer, section.footer):
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        line.style = word_blocks.CELL
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = line.add_run(printable(paper.footnote))
        run.italic, run.font.color.rgb, run.font.size = True, _GREY, Pt(9)


def _put(document: WordDocument, paper: Paper, ruler: Ruler) -> None:
    section = document.sections[-1]
    edges = (section.left_margin or _LEFT) + (section.right_margin or _RIGHT)
    wide = (section.page_width or _SHORT) - edges
    desk = Desk(document, ruler, Emu(wide), paper.size)
    marked = paper.marked_at
    for at, block in enumerate(paper.blocks):
        if at == marked and isinstance(block, Closing):
            word_blocks.closing(block, desk, paper.code)
            continue
        if at == marked:
            word_blocks.paper_mark(document, paper.code)
        if isinstance(block, Annex):
            new = document.add_section(WD_SECTION.NEW_PAGE)
            small_break(document)
            _set_up(new, paper)
            for header in (new.first_page_header, new.header, new.first_page_footer, new.footer):
                for extra in header.paragraphs[1:]:
                    extra._p.getparent().remove(extra._p)  # noqa: SLF001 - as above
        _typed(block, desk)
    if marked == len(paper.blocks):
        word_blocks.paper_mark(document, paper.code)


def _typed(block: Block, desk: Desk) -> None:  # noqa: C901, PLR0912 - one line for each kind of block
    match block:
        case Letterhead():
            word_blocks.letterhead(block, desk)
        case Heading():
            word_blocks.heading(block, desk)
        case Annex():
            word_blocks.annex(block, desk)
        case Addressees():
            word_blocks.addressees(block, desk)
        case Grounds():
            word_blocks.grounds(block, desk)
        case Paragraph():
            word_blocks.paragraph(block, desk)
        case Fields():
            word_tables.fields(block, desk)
        case Table():
            word_tables.table(block, desk)
        case Charted():
            word_tables.charted(block, desk)
        case Closing():
            word_blocks.closing(block, desk)
        case Note():
            word_blocks.note(block, desk)
        case CheckCode():
            word_blocks.check_code(block, desk)
        case Placed():
            word_blocks.placed(block, desk)
