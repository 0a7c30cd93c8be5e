"""Running text into pieces: paragraphs, grounds, addressees, fields, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from antq_desktop.domain.papers import Addressees, Fields, Grounds, Note, Paragraph
from antq_desktop.printing.canvas import FaceName, Sheet, Style
from antq_desktop.printing.pages import MM, Draw, Frame, Piece
from antq_desktop.printing.text import LEADING, Line, Ruler, baseline, centred, justified

INDENT = 12.7 * MM
PARAGRAPH_GAP = 6.0
COLUMN_GAP = 6 * MM
ADDRESSED = "Kính gửi:"
NOTE = Style("italic", 11)
_LEAST_DOTS = 20 * MM
LINES_TO_WRITE_ON = 2


@dataclass(frozen=True, slots=True)
class Setting:
    """What every block needs to lay itself out: the frame, a ruler, the size of running text."""

    frame: Frame
    ruler: Ruler
    size: float

    def style(self, face: FaceName = "regular") -> Style:
        """Return the running text in a face."""
        return Style(face, self.size)

    @property
    def pitch(self) -> float:
        """Distance between lines of running text."""
        return self.size * LEADING


def paragraph(block: Paragraph, setting: Setting) -> Iterator[Piece]:
    """Lay out a paragraph; a heading stays with what follows it."""
    room = setting.frame.room
    if block.kind == "centred":
        lines = setting.ruler.balanced(block.text, setting.style(), room)
        return _lines(lines, setting, setting.style(), middle=True)
    if not block.text.strip():
        return _dotted(setting)
    heading = block.kind in {"part", "clause"}
    style = setting.style("bold" if heading else "regular")
    indent = 0.0 if block.kind == "plain" else INDENT
    text = block.text.upper() if block.kind == "part" else block.text
    lines = setting.ruler.wrap(text, style, room, indent)
    return _lines(lines, setting, style, indent=indent, heading=heading)


def _dotted(setting: Setting) -> Iterator[Piece]:
    """Yield lines to write on, in the place of a paragraph that nobody wrote yet."""

    def draw(sheet: Sheet, top: float) -> None:
        y = top - baseline(setting.size, setting.pitch) - 1
        sheet.dots(setting.frame.left, setting.frame.right, y)

    for _ in range(LINES_TO_WRITE_ON):
        yield Piece(setting.pitch, draw, PARAGRAPH_GAP)


def grounds(block: Grounds, setting: Setting) -> Iterator[Piece]:
    """Lay out the căn cứ: italics, semicolons, a full stop at the end."""
    style = setting.style("italic")
    for text in punctuated(block.items):
        lines = setting.ruler.wrap(text, style, setting.frame.room, INDENT)
        yield from _lines(lines, setting, style, indent=INDENT)


def addressees(block: Addressees, setting: Setting) -> Iterator[Piece]:
    """Lay out “Kính gửi”: one name on its line, several in a list under the colon."""
    style = setting.style()
    if len(block.names) == 1:
        lines = setting.ruler.balanced(f"{ADDRESSED} {block.names[0]}", style, setting.frame.room)
        yield from _lines(lines, setting, style, middle=True, heading=True)
        return
    start = setting.frame.left + setting.frame.room * 0.2
    lead = ((start, ADDRESSED),)
    yield Piece(setting.pitch, _texts(lead, style, setting), PARAGRAPH_GAP, with_next=True)
    dash = start + setting.ruler.width(ADDRESSED.removesuffix(":"), style)
    body = dash + setting.ruler.width("- ", style)
    for text in punctuated(block.names):
        mark = "- "
        for line in setting.ruler.wrap(text, style, setting.frame.right - body):
            marks = ((dash, mark), (body, line.text))
            yield Piece(setting.pitch, _texts(marks, style, setting), with_next=True)
            mark = ""


def _texts(marks: Iterable[tuple[float, str]], style: Style, setting: Setting) -> Draw:
    def draw(sheet: Sheet, top: float) -> None:
        for x, text in marks:
            sheet.text(x, top - baseline(setting.size, setting.pitch), text, style)

    return draw


def _lines(
    lines: list[Line],
    setting: Setting,
    style: Style,
    *,
    indent: float = 0.0,
    middle: bool = False,
    heading: bool = False,
) -> Iterator[Piece]:
    """Yield one piece for each line; no page begins or ends with a lone line of a paragraph."""
    last = len(lines) - 1
    for index, line in enumerate(lines):
        shift = indent if index == 0 else 0.0
        yield Piece(
            setting.pitch,
            _line_drawn(line, setting, style, None if middle else shift),
            PARAGRAPH_GAP if index == 0 else 0.0,
            with_next=heading or (index == 0 and last > 0),
            with_previous=index > 0 and index == last,
        )


def _line_drawn(line: Line, setting: Setting, style: Style, shift: float | None) -> Draw:
    frame = setting.frame
    drop = baseline(setting.size, setting.pitch)

    def draw(sheet: Sheet, top: float) -> None:
        if shift is None:
            centred(sheet, line, style, frame.middle, top - drop)
        else:
            at = (frame.left + shift, top - drop)
            justified(sheet, line, style, at, frame.room - shift)

    return draw


def note(block: Note, setting: Setting) -> Iterator[Piece]:
    """Lay out a remark in small letters, under the block it belongs to."""
    pitch = NOTE.size * LEADING
    for index, line in enumerate(setting.ruler.wrap(block.text, NOTE, setting.frame.room)):

        def draw(sheet: Sheet, top: float, line: Line = line) -> None:
            y = top - baseline(NOTE.size, pitch)
            justified(sheet, line, NOTE, (setting.frame.left, y), setting.frame.room)

        gap = 4.0 if index == 0 else 0.0
        yield Piece(pitch, draw, gap, with_previous=index == 0)


def fields(block: Fields, setting: Setting) -> Iterator[Piece]:
    """Lay out named values; where a value is empty a dotted line runs to the edge."""
    width = (setting.frame.room - COLUMN_GAP * (block.columns - 1)) / block.columns
    for start in range(0, len(block.items), block.columns):
        cells = [
            _value_lines(item.label, item.value, setting, width)
            for item in block.items[start : start + block.columns]
        ]
        depth = max(len(cell) for cell in cells)
        for index in range(depth):
            row = [cell[index] if index < len(cell) else None for cell in cells]
            yield Piece(
                setting.pitch,
                _field_line(row, setting, width),
                PARAGRAPH_GAP if index == 0 else 0.0,
                with_next=index == 0 and depth > 1,
                with_previous=index > 0 and index == depth - 1,
            )


@dataclass(frozen=True, slots=True)
class _FieldLine:
    label: str
    text: str
    shift: float
    dotted: bool = False


def _value_lines(label: str, value: str, setting: Setting, width: float) -> list[_FieldLine]:
    style = setting.style()
    head = f"{label}: "
    shift = setting.ruler.width(head, style)
    if shift > width * 0.75:
        lines = setting.ruler.wrap(f"{label}: {value}", style, width)
        last = lines[-1].width + setting.ruler.width(" ", style)
        named = [_FieldLine("", line.text, 0.0) for line in lines]
        if not value.strip():
            named[-1] = _FieldLine(lines[-1].text, "", last, dotted=True)
        return named
    if not value.strip():
        return [_FieldLine(head, "", shift, dotted=True)]
    first, *others = setting.ruler.wrap(value, style, width, shift)
    return [
        _FieldLine(head, first.text, shift),
        *(_FieldLine("", line.text, 0.0) for line in others),
    ]


def _field_line(row: list[_FieldLine | None], setting: Setting, width: float) -> Draw:
    style = setting.style()

    def draw(sheet: Sheet, top: float) -> None:
        y = top - baseline(setting.size, setting.pitch)
        for index, cell in enumerate(row):
            if cell is None:
                continue
            x = setting.frame.left + index * (width + COLUMN_GAP)
            sheet.text(x, y, cell.label, style)
            sheet.text(x + cell.shift, y, cell.text, style)
            if cell.dotted:
                end = max(x + width, x + cell.shift + _LEAST_DOTS)
                sheet.dots(x + cell.shift, min(end, setting.frame.right), y - 1)

    return draw


def punctuated(items: tuple[str, ...]) -> list[str]:
    """End each item of a list with a semicolon and the last with a full stop."""
    bare = [item.strip().removeprefix("- ").rstrip(" ;.") for item in items]
    return [f"{item};" for item in bare[:-1]] + [f"{item}." for item in bare[-1:]]
