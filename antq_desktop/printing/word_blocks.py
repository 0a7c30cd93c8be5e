"""Blocks of a paper as paragraphs of Word: head, headings, running text, signers, codes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import segno
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Emu, Length, Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from antq_desktop.domain.paper_codes import shown_code
from antq_desktop.domain.papers import (
    Addressees,
    Annex,
    CheckCode,
    Closing,
    Grounds,
    Heading,
    Letterhead,
    Note,
    Paragraph,
    Placed,
    Signature,
)
from antq_desktop.printing import ends
from antq_desktop.printing.canvas import FaceName, Style
from antq_desktop.printing.running import ADDRESSED, LINES_TO_WRITE_ON, punctuated
from antq_desktop.printing.text import SHOWN_FOR_UNSEEN, Ruler, printable
from antq_desktop.printing.word_xml import kept_whole, rule_under, ruled

BODY: Final = "Thân văn bản"
PART: Final = "Tiêu đề mục"
CLAUSE: Final = "Tiêu đề khoản"
GROUND: Final = "Căn cứ ban hành"
PLAIN: Final = "Dòng thường"
CELL: Final = "Ô bảng"
REMARK: Final = "Ghi chú văn bản"

_SIGNING_ROOM: Final = Pt(68)
_CENTRE: Final = WD_ALIGN_PARAGRAPH.CENTER
_UNFIT: Final = dict.fromkeys((0xFFFE, 0xFFFF), SHOWN_FOR_UNSEEN)  # what XML refuses


class Place(Protocol):
    """Where paragraphs can be added: a document or a cell."""

    def add_paragraph(self, text: str = "", style: str | None = None) -> WordParagraph:
        """Add a paragraph at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What every block is typed with.

    Attributes:
        document: The file.
        ruler: Measures words, for the lines under them.
        room: Width of the text.
        size: Size of running text.
    """

    document: WordDocument
    ruler: Ruler
    room: Length
    size: float


def fit(text: str) -> str:
    """Return what a Word file shows of a text; what XML cannot hold as U+FFFD."""
    return printable(text).translate(_UNFIT)


def put(place: Place, text: str, style: Style | None = None, *, named: str = CELL,
        align: WD_ALIGN_PARAGRAPH | None = None) -> WordParagraph:  # fmt: skip
    """Add a paragraph; every line end of the text stays one."""
    paragraph = place.add_paragraph(style=named)
    run = paragraph.add_run(fit(text))
    if style is not None:
        run.font.size = Pt(style.size)
        run.bold = "bold" in style.face
        run.italic = "italic" in style.face
    if align is not None:
        paragraph.alignment = align
    return paragraph


def bare_table(desk: Desk, shares: Sequence[float]) -> WordTable:
    """Add a table of one row without lines, its columns wide by their shares."""
    table = desk.document.add_table(1, len(shares))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    ruled(table, lines=False)
    for column, cell, share in zip(table.columns, table.rows[0].cells, shares, strict=True):
        column.width = cell.width = Emu(round(desk.room * share))
    return table


def apart(desk: Desk) -> None:
    """Part two tables, which Word would else join, by a line that is hardly seen."""
    gap = desk.document.add_paragraph(style=CELL)
    gap.paragraph_format.line_spacing = Pt(4)


def emptied(cell: _Cell) -> _Cell:
    """Return a cell without the empty paragraph that it comes with, to be given others."""
    for paragraph in cell.paragraphs:
        paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001 - the library's own way to XML
    return cell


def _rule(paragraph: WordParagraph, desk: Desk, width: float, share: float, style: Style) -> None:
    """Draw a line under centred words, as long as a share of their last line."""
    lines = desk.ruler.balanced(paragraph.text, style, width)
    half = (width - lines[-1].width * share) / 2
    line = paragraph.insert_paragraph_before(style=CELL)
    paragraph._p.addprevious(line._p)  # noqa: SLF001 - the library's own way to XML
    line._p.addprevious(paragraph._p)  # noqa: SLF001 - as above
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(max(half, 0))
    line.paragraph_format.line_spacing = Pt(3)
    line.paragraph_format.space_after = Pt(5)
    rule_under(line)


def letterhead(block: Letterhead, desk: Desk) -> None:
    """Type boxes 1 to 4 and 5b: two columns without lines."""
    table = bare_table(desk, (ends.ISSUER_SHARE, 1 - ends.ISSUER_SHARE))
    left, right = (emptied(cell) for cell in table.rows[0].cells)
    widths = [cell.width / 12700 for cell in (left, right) if cell.width]
    if block.superior.strip():
        put(left, block.superior.upper(), ends.SUPERIOR, align=_CENTRE)
    issuer = put(left, block.issuer.upper(), ends.ISSUER, align=_CENTRE)
    _rule(issuer, desk, widths[0], ends.SHORT_RULE, ends.ISSUER)
    put(right, ends.NATION_TEXT, ends.NATION, align=_CENTRE)
    motto = put(right, ends.MOTTO_TEXT, ends.MOTTO, align=_CENTRE)
    _rule(motto, desk, widths[1], 1.0, ends.MOTTO)
    below = table.add_row()
    second = [emptied(cell) for cell in below.cells]
    put(second[0], block.number, ends.NUMBER, align=_CENTRE)
    if block.about.strip():
        about = put(second[0], f"V/v {block.about}", ends.ABOUT, align=_CENTRE)
        about.paragraph_format.space_before = Pt(6)
    put(second[1], block.place_date, ends.PLACE_DATE, align=_CENTRE)


def heading(block: Heading, desk: Desk) -> None:
    """Type the kind of paper, its subject and the line beneath."""
    title = put(desk.document, block.title.upper(), ends.TITLE, align=_CENTRE)
    title.paragraph_format.space_before = Pt(ends.HEADING_GAP)
    last = title
    if block.subject.strip():
        last = put(desk.document, block.subject, ends.TITLE, align=_CENTRE)
        for side in ("left_indent", "right_indent"):
            setattr(last.paragraph_format, side, Mm(10))
    room = desk.room / 12700
    _rule(last, desk, room, ends.SHORT_RULE * 0.8, ends.TITLE)


def placed(block: Placed, desk: Desk) -> None:
    """Type words of a blank as a line; where they stand is said by our own pages alone."""
    face: FaceName = "bold" if block.bold else "italic" if block.italic else "regular"
    put(desk.document, block.text, Style(face, block.size), align=_CENTRE)


def annex(block: Annex, desk: Desk) -> None:
    """Type the head of an annex; its section began a page."""
    put(desk.document, block.label, ends.TITLE, align=_CENTRE)
    put(desk.document, block.title.upper(), ends.TITLE, align=_CENTRE)
    if block.belongs_to.strip():
        last = put(desk.document, block.belongs_to, ends.BELONGS_TO, align=_CENTRE)
        last.paragraph_format.space_after = Pt(8)


def addressees(block: Addressees, desk: Desk) -> None:
    """Type “Kính gửi”."""
    if len(block.names) == 1:
        line = put(desk.document, f"{ADDRESSED} {block.names[0]}", named=PLAIN, align=_CENTRE)
        line.paragraph_format.space_after = Pt(6)
        return
    lead = put(desk.document, ADDRESSED, named=PLAIN)
    lead.paragraph_format.left_indent = Emu(round(desk.room * 0.2))
    for text in punctuated(block.names):
        line = put(desk.document, f"- {text}", named=CELL)
        line.paragraph_format.left_indent = Emu(round(desk.room * 0.34))


def grounds(block: Grounds, desk: Desk) -> None:
    """Type the căn cứ."""
    for text in punctuated(block.items):
        put(desk.document, text, named=GROUND)


def paragraph(block: Paragraph, desk: Desk) -> None:
    """Type a paragraph; an empty one has dotted lines to write on."""
    if not block.text.strip():
        for _ in range(LINES_TO_WRITE_ON):
            dotted(desk.document.add_paragraph(style=PLAIN), desk.room)
        return
    match block.kind:
        case "centred":
            put(desk.document, block.text, named=PLAIN, align=_CENTRE)
        case "part":
            put(desk.document, block.text.upper(), named=PART)
        case "clause":
            put(desk.document, block.text, named=CLAUSE)
        case "plain":
            put(desk.document, block.text, named=PLAIN)
        case "body":
            put(desk.document, block.text, named=BODY)


def dotted(line: WordParagraph, until: int) -> None:
    """End a line with dots up to a place, to be written on by hand."""
    stops = line.paragraph_format.tab_stops
    stops.add_tab_stop(Emu(until), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.DOTS)
    line.add_run("\t")


def note(block: Note, desk: Desk) -> None:
    """Type a remark in small letters."""
    put(desk.document, block.text, named=REMARK, align=WD_ALIGN_PARAGRAPH.JUSTIFY)


def closing(block: Closing, desk: Desk, code: str = "") -> None:
    """Type signers, recipients and the code, two columns without lines."""
    spacer = desk.document.add_paragraph(style=CELL)
    spacer.paragraph_format.keep_with_next = True
    alone = len(block.signatures) == 1
    for start in range(0, len(block.signatures), 2):
        pair = block.signatures[start : start + 2]
        row = bare_table(desk, (0.5, 0.5)).rows[0]
        kept_whole(row)
        left, right = (emptied(cell) for cell in row.cells)
        deepest = max(len(signature.authority) for signature in pair)
        _sign(right, pair[-1], deepest)
        if len(pair) == 2:
            _sign(left, pair[0], deepest)
        else:
            _recipients(left, block.recipients if alone else ())
            paper_mark(left, code if alone else "")
    if block.recipients and not alone:
        _recipients(desk.document, block.recipients)
    if not alone:
        paper_mark(desk.document, code)


def paper_mark(place: Place, code: str) -> None:
    """Put the code of a paper beside its picture."""
    if not code:
        return
    line = place.add_paragraph(style=CELL)
    line.paragraph_format.space_before = Pt(ends.MARK_GAP)
    line.add_run().add_picture(_picture(code), width=Pt(ends.MARK_SIDE))
    for text, style in (("  Mã văn bản: ", ends.MARK_LABEL), (shown_code(code), ends.MARK)):
        run = line.add_run(text)
        run.font.size, run.bold = Pt(style.size), "bold" in style.face


def _sign(cell: Place, signature: Signature, lines: int) -> None:
    """Type one signer; the names of a row stand on one line, so authority takes as many lines."""
    for office in signature.authority:
        put(cell, office.upper(), ends.TITLE, align=_CENTRE)
    if signature.hint.strip():
        put(cell, signature.hint, ends.HINT, align=_CENTRE)
    for _ in range(lines - len(signature.authority)):
        put(cell, "", ends.TITLE)
    names = [name for name in (signature.office.upper(), signature.name) if name.strip()] or [""]
    for at, name in enumerate(names):
        line = put(cell, name, ends.TITLE, align=_CENTRE)
        line.paragraph_format.space_before = _SIGNING_ROOM if at == 0 else Pt(0)


def _recipients(place: Place, names: Sequence[str]) -> None:
    if not names:
        put(place, "")
        return
    put(place, "Nơi nhận:", ends.RECIPIENTS_LEAD)
    for name in punctuated(tuple(names)):
        put(place, f"- {name}", ends.RECIPIENTS)


def check_code(block: CheckCode, desk: Desk) -> None:
    """Type the groups to read aloud, with the same text as a picture to scan."""
    left, right = (emptied(cell) for cell in bare_table(desk, (0.7, 0.3)).rows[0].cells)
    put(left, block.label, Style("bold", desk.size))
    for start in range(0, len(block.groups), ends.GROUPS_A_LINE):
        groups = block.groups[start : start + ends.GROUPS_A_LINE]
        put(left, "   ".join(groups), ends.CODE)
    picture = _picture(block.picture_of)
    right.add_paragraph(style=CELL).add_run().add_picture(picture, width=Mm(36))


def _picture(text: str) -> io.BytesIO:
    picture = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(picture, kind="png", scale=6, border=0)
    picture.seek(0)
    return picture
