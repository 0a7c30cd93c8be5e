"""The ends of a paper: its head (boxes 1 to 5), its signers and recipients, its code to compare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import segno

from antq_desktop.domain.paper_codes import shown_code
from antq_desktop.domain.papers import Annex, CheckCode, Closing, Heading, Letterhead, Signature
from antq_desktop.printing.canvas import Segment, Sheet, Style
from antq_desktop.printing.pages import MM, Draw, Piece
from antq_desktop.printing.running import PARAGRAPH_GAP, Setting, punctuated
from antq_desktop.printing.text import DESCENT, Line, Ruler, baseline

NATION_TEXT = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO_TEXT = "Độc lập - Tự do - Hạnh phúc"

NATION = Style("bold", 12)
MOTTO = Style("bold", 13)
SUPERIOR = Style("regular", 12)
ISSUER = Style("bold", 12)
NUMBER = Style("regular", 13)
ABOUT = Style("regular", 12)
PLACE_DATE = Style("italic", 13)
TITLE = Style("bold", 14)
BELONGS_TO = Style("italic", 14)
RECIPIENTS_LEAD = Style("bolditalic", 12)
RECIPIENTS = Style("regular", 11)
HINT = Style("italic", 12)
CODE = Style("bold", 17)
MARK_LABEL = Style("regular", 9)
MARK = Style("bold", 11)

SINGLE = 1.15
ISSUER_SHARE = 0.42
SHORT_RULE = 0.4
"""Length of the line under the issuing body and the subject, over the length of the text."""

SIGNING_ROOM = 24 * MM
PICTURE_SIDE = 36 * MM
MARK_SIDE = 16 * MM
MARK_GAP = 8.0
QUIET_SQUARES = 4
HEADING_GAP = 16.0
CLOSING_GAP = 14.0
GROUPS_A_LINE = 4


class _Mark(NamedTuple):
    text: str
    style: Style
    x: float
    drop: float


class Squares(NamedTuple):
    """A picture of squares: where its upper left corner is, how wide it is, and its rows."""

    x: float
    drop: float
    side: float
    rows: Sequence[Sequence[int]]


class _Stack:
    """Lines one under the other, and how far down they have come."""

    def __init__(self, setting: Setting, left: float, right: float) -> None:
        self._setting = setting
        self.left = left
        self.right = right
        self.depth = 0.0
        self.marks: list[_Mark] = []
        self.rules: list[Segment] = []

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    def skip(self, height: float) -> None:
        self.depth += height

    def centre(self, text: str, style: Style, pitch: float = SINGLE) -> Line | None:
        """Add a centred text and return its last line; an empty text adds nothing."""
        if not text.strip():
            return None
        lines = self._setting.ruler.balanced(text, style, self.right - self.left)
        for line in lines:
            self._add(line, style, self.middle - line.width / 2, pitch)
        return lines[-1]

    def flush_left(self, text: str, style: Style, pitch: float = SINGLE) -> None:
        for line in self._setting.ruler.wrap(text, style, self.right - self.left):
            self._add(line, style, self.left, pitch)

    def _add(self, line: Line, style: Style, x: float, pitch: float) -> None:
        drop = self.depth + baseline(style.size, style.size * pitch)
        self.marks.append(_Mark(line.text, style, x, drop))
        self.depth += style.size * pitch

    def rule_under(self, line: Line | None, style: Style, share: float) -> None:
        """Draw a line under the last line of text, as long as `share` of it."""
        if line is None:
            return
        drop = self.marks[-1].drop + style.size * DESCENT + 1.5
        half = line.width * share / 2
        self.rules.append(Segment(self.middle - half, drop, self.middle + half, drop))
        self.depth = max(self.depth, drop)


def _drawn(*stacks: _Stack, squares: Squares | None = None) -> Draw:
    def draw(sheet: Sheet, top: float) -> None:
        if squares is not None:
            side = squares.side / len(squares.rows)
            sheet.squares(squares.x, top - squares.drop - squares.side, side, squares.rows)
        for stack in stacks:
            for mark in stack.marks:
                sheet.text(mark.x, top - mark.drop, mark.text, mark.style)
            for rule in stack.rules:
                sheet.rule(rule.x1, top - rule.y1, rule.x2, top - rule.y2, 0.75)

    return draw


def _placed(
    stacks: Sequence[_Stack],
    height: float,
    setting: Setting,
    *,
    gap: float = 0.0,
    with_next: bool = False,
    with_previous: bool = False,
    squares: Squares | None = None,
) -> Iterator[Piece]:
    """Yield the stacks as one piece, or line by line where they are deeper than a page."""
    if height <= setting.frame.depth:
        yield Piece(height, _drawn(*stacks, squares=squares), gap, with_next, with_previous)
        return
    marks = sorted((mark for stack in stacks for mark in stack.marks), key=lambda each: each.drop)
    for mark in marks:
        line = _Stack(setting, setting.frame.left, setting.frame.right)
        pitch = mark.style.size * SINGLE
        line.marks.append(mark._replace(drop=baseline(mark.style.size, pitch)))
        yield Piece(pitch, _drawn(line))
    if squares is not None:
        line = _Stack(setting, setting.frame.left, setting.frame.right)
        yield Piece(squares.side, _drawn(line, squares=squares._replace(drop=0.0)), MARK_GAP)


def letterhead(block: Letterhead, setting: Setting) -> Iterator[Piece]:
    """Lay out boxes 1 to 4 and 5b; number and date stand on one line, under the taller column."""
    frame = setting.frame
    border = frame.left + frame.room * ISSUER_SHARE
    left = _Stack(setting, frame.left, border - 2 * MM)
    right = _Stack(setting, border, frame.right)
    left.centre(block.superior.upper(), SUPERIOR)
    left.rule_under(left.centre(block.issuer.upper(), ISSUER), ISSUER, SHORT_RULE)
    right.centre(NATION_TEXT, NATION)
    right.rule_under(right.centre(MOTTO_TEXT, MOTTO), MOTTO, 1.0)
    level = max(left.depth, right.depth) + 6
    left.depth = right.depth = level
    left.centre(block.number, NUMBER)
    right.centre(_broken_after_place(block.place_date, right, setting.ruler), PLACE_DATE)
    if block.about.strip():
        left.skip(6)
        left.centre(f"V/v {block.about}", ABOUT)
    yield from _placed([left, right], max(left.depth, right.depth), setting, with_next=True)


def _broken_after_place(text: str, stack: _Stack, ruler: Ruler) -> str:
    """Keep “ngày … tháng … năm …” on one line where the whole does not fit on one."""
    if ruler.width(text, PLACE_DATE) <= stack.right - stack.left:
        return text
    return text.replace(", ngày ", ",\nngày ")


def heading(block: Heading, setting: Setting) -> Iterator[Piece]:
    """Lay out the kind of paper, its subject and the line beneath."""
    frame = setting.frame
    stack = _Stack(setting, frame.left + 10 * MM, frame.right - 10 * MM)
    last = stack.centre(block.title.upper(), TITLE, 1.2)
    last = stack.centre(block.subject, TITLE, 1.2) or last
    stack.rule_under(last, TITLE, SHORT_RULE)
    stack.skip(6)
    yield from _placed([stack], stack.depth, setting, gap=HEADING_GAP, with_next=True)


def annex(block: Annex, setting: Setting) -> Iterator[Piece]:
    """Lay out the head of an annex (Annex I, III.1), at the top of a page."""
    frame = setting.frame
    stack = _Stack(setting, frame.left + 10 * MM, frame.right - 10 * MM)
    stack.centre(block.label, TITLE, 1.2)
    stack.centre(block.title.upper(), TITLE, 1.2)
    stack.centre(block.belongs_to, BELONGS_TO, 1.2)
    stack.skip(6)
    first, *others = _placed([stack], stack.depth, setting, with_next=True)
    yield replace(first, begins_annex=True)
    yield from others


def closing(block: Closing, setting: Setting, code: str = "") -> Iterator[Piece]:
    """Lay out signers, recipients and the code; they never stand on a page alone."""
    frame = setting.frame
    middle = frame.left + frame.room * 0.5
    alone = len(block.signatures) == 1
    for start in range(0, len(block.signatures), 2):
        pair = block.signatures[start : start + 2]
        right = _Stack(setting, middle, frame.right)
        left = _Stack(setting, frame.left, middle - 4 * MM)
        if len(pair) == 2:
            _sign([(left, pair[0]), (right, pair[1])])
        else:
            _sign([(right, pair[0])])
        squares: Squares | None = None
        if alone:
            _recipients(left, block.recipients)
            squares = _mark(left, code)
        height = max(left.depth, right.depth) + PARAGRAPH_GAP
        stacks = [left, right]
        yield from _placed(
            stacks, height, setting, gap=CLOSING_GAP, with_previous=True, squares=squares
        )
    if (block.recipients or code) and not alone:
        stack = _Stack(setting, frame.left, middle - 4 * MM)
        _recipients(stack, block.recipients)
        squares = _mark(stack, code)
        yield from _placed(
            [stack], stack.depth, setting, gap=CLOSING_GAP, with_previous=True, squares=squares
        )


def paper_mark(code: str, setting: Setting) -> Iterator[Piece]:
    """Lay out the code of a paper that nobody signs."""
    stack = _Stack(setting, setting.frame.left, setting.frame.middle)
    squares = _mark(stack, code)
    yield from _placed(
        [stack], stack.depth, setting, gap=CLOSING_GAP, with_previous=True, squares=squares
    )


def _mark(stack: _Stack, code: str) -> Squares | None:
    """Put the code below what stands at the left, beside its picture; return the picture."""
    if not code:
        return None
    if stack.depth:
        stack.skip(MARK_GAP)
    squares = Squares(stack.left, stack.depth, MARK_SIDE, _picture(code))
    beside = stack.left + MARK_SIDE * (1 + QUIET_SQUARES / len(squares.rows))
    bottom = stack.depth + MARK_SIDE
    stack.depth = bottom - (MARK_LABEL.size + MARK.size) * SINGLE
    for text, style in (("Mã văn bản", MARK_LABEL), (shown_code(code), MARK)):
        drop = stack.depth + baseline(style.size, style.size * SINGLE)
        stack.marks.append(_Mark(text, style, beside, drop))
        stack.depth += style.size * SINGLE
    stack.depth = bottom
    return squares


def _sign(places: Sequence[tuple[_Stack, Signature]]) -> None:
    """Put the signers of one row so that their names stand on one line."""
    for stack, signature in places:
        for line in signature.authority:
            stack.centre(line.upper(), TITLE)
        stack.centre(signature.hint, HINT)
    level = max(stack.depth for stack, _ in places) + SIGNING_ROOM
    for stack, signature in places:
        stack.depth = level
        stack.centre(signature.office.upper(), TITLE)
        stack.centre(signature.name, TITLE)


def _recipients(stack: _Stack, names: tuple[str, ...]) -> None:
    if not names:
        return
    stack.flush_left("Nơi nhận:", RECIPIENTS_LEAD)
    for name in punctuated(names):
        stack.flush_left(f"- {name}", RECIPIENTS)


def _picture(text: str) -> list[list[int]]:
    code = segno.make(text, error="m", micro=False)
    return [list(row) for row in code.matrix_iter(border=0)]


def check_code(block: CheckCode, setting: Setting) -> Iterator[Piece]:
    """Lay out the groups to read aloud, and the same text as a picture to scan."""
    frame = setting.frame
    rows = _picture(block.picture_of)
    side = PICTURE_SIDE / len(rows)
    quiet = QUIET_SQUARES * side
    stack = _Stack(setting, frame.left, frame.right - PICTURE_SIDE - quiet)
    stack.skip(quiet)
    stack.flush_left(block.label, setting.style("bold"), 1.4)
    for start in range(0, len(block.groups), GROUPS_A_LINE):
        groups = block.groups[start : start + GROUPS_A_LINE]
        stack.flush_left("   ".join(groups), CODE, 1.5)
    words = _drawn(stack)

    def draw(sheet: Sheet, top: float) -> None:
        words(sheet, top)
        sheet.squares(frame.right - PICTURE_SIDE, top - quiet - PICTURE_SIDE, side, rows)

    yield Piece(max(PICTURE_SIDE + 2 * quiet, stack.depth), draw)
