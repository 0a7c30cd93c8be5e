"""Print forms, and how one becomes a paper: texts put in the places of their tokens, nothing else.

A token is written `{name}`; its value is already formatted and is never read for tokens again. A
form holds no logic: what is empty prints as dots or is left out by the rules written here, the same
for every form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Literal

from antq_desktop.domain.charts.chart import Chart
from antq_desktop.domain.papers import (
    DOTS,
    Addressees,
    Annex,
    Block,
    Charted,
    CheckCode,
    Closing,
    Field,
    Fields,
    Grounds,
    Heading,
    Issuer,
    Letterhead,
    MeasuringGrid,
    Note,
    Orientation,
    Paper,
    Paragraph,
    Placed,
    ScanCodes,
    Signature,
    Table,
    Watermark,
)

Confidence = Literal["A", "B", "C"]
Tokens = Mapping[str, str]
Rows = Sequence[Sequence[str]]

_TOKEN = re.compile(r"\{([a-z][a-z0-9_]*)\}")
ILLUSTRATION_NOTE = "Mẫu minh họa"


@dataclass(frozen=True, slots=True)
class TableSlot:
    """A place for rows that are handed in under `rows`; `frame` says how they look.

    With `numbered`, the first column is counted here (01, 02, … as 1, 2, …) and the rows handed in
    lack it. With `optional`, a table without rows is left out.
    """

    rows: str
    frame: Table
    numbered: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ChartSlot:
    """A place for a chart that is handed in under `chart`; left out where none is."""

    chart: str


FormBlock = Block | TableSlot | ChartSlot


@dataclass(frozen=True, slots=True)
class PrintForm:
    """A paper with holes.

    Attributes:
        code: Stable name, the same as that of its file.
        title: What the paper is called in lists.
        legal_basis: The instrument that asks for the paper or gives its shape.
        confidence: `A` read in full, `B` from an excerpt, `C` an illustration.
        blocks: What stands on it; texts hold tokens.
        orientation: Upright or lying.
        size: Size of the running text.
    """

    code: str
    title: str
    legal_basis: str
    confidence: Confidence
    blocks: tuple[FormBlock, ...]
    orientation: Orientation = "portrait"
    size: float = 14.0

    @property
    def tokens(self) -> frozenset[str]:
        """The names that must be handed in."""
        return frozenset(name for text in _texts(self.blocks) for name in _TOKEN.findall(text))

    @property
    def tables(self) -> frozenset[str]:
        """The tables that must be handed in."""
        return frozenset(block.rows for block in self.blocks if isinstance(block, TableSlot))

    def columns_of(self, table: str) -> int:
        """How many cells a row of a table has when it is handed in."""
        slots = (block for block in self.blocks if isinstance(block, TableSlot))
        found = next((slot for slot in slots if slot.rows == table), None)
        return len(found.frame.columns) - found.numbered if found else 0


def issuer_tokens(issuer: Issuer) -> dict[str, str]:
    """Return the tokens that every head of paper asks for."""
    return {"issuer": issuer.name, "superior": issuer.superior}


def compose(
    form: PrintForm,
    tokens: Tokens,
    tables: Mapping[str, Rows],
    watermark: Watermark | None = None,
    charts: Mapping[str, Chart] | None = None,
) -> Paper:
    """Fill a form and return the paper.

    Raises:
        ValueError: A token or a table of the form was not handed in (an empty one may be).
    """
    missing = sorted((form.tokens - tokens.keys()) | (form.tables - tables.keys()))
    if missing:
        raise ValueError(f"print form {form.code} was not given {', '.join(missing)}")
    given = charts or {}
    blocks = (_filled(block, tokens, tables, given) for block in form.blocks)
    on_a_blank = bool(form.blocks) and all(isinstance(each, Placed) for each in form.blocks)
    footnote = ILLUSTRATION_NOTE if form.confidence == "C" and not on_a_blank else ""
    return Paper(
        title=form.title,
        blocks=tuple(block for block in blocks if block is not None),
        orientation=form.orientation,
        size=form.size,
        footnote=footnote,
        watermark=watermark,
    )


def _filled(  # noqa: C901, PLR0911, PLR0912 - one line for each kind of block reads best in one place
    block: FormBlock, tokens: Tokens, tables: Mapping[str, Rows], charts: Mapping[str, Chart]
) -> Block | None:
    match block:
        case Letterhead():
            return Letterhead(
                issuer=_fill(block.issuer, tokens),
                superior=_fill(block.superior, tokens),
                number=_fill(block.number, tokens),
                place_date=_fill(block.place_date, tokens),
                about=_fill(block.about, tokens),
            )
        case Heading():
            return Heading(_fill(block.title, tokens), _fill(block.subject, tokens))
        case Addressees():
            return Addressees(_kept(block.names, tokens) or (DOTS,))
        case Grounds():
            grounds = _kept(block.items, tokens)
            return Grounds(grounds) if grounds else None
        case Paragraph():
            said = _fill(block.text, tokens).strip()
            return replace(block, text=_fill(block.text, tokens, DOTS) if said else "")
        case Fields():
            items = tuple(Field(item.label, _fill(item.value, tokens)) for item in block.items)
            return replace(block, items=items)
        case ChartSlot():
            return Charted(charts[block.chart]) if block.chart in charts else None
        case Charted():
            return block
        case TableSlot():
            rows = tables[block.rows]
            return _table(block, tokens, rows) if rows or not block.optional else None
        case Table():
            return _table(TableSlot("", block), tokens, block.rows)
        case Closing():
            signatures = tuple(one for each in block.signatures for one in _signers(each, tokens))
            return Closing(signatures, _kept(block.recipients, tokens))
        case Note():
            said = _fill(block.text, tokens).strip()
            return Note(_fill(block.text, tokens, DOTS)) if said else None
        case Annex():
            return Annex(
                label=_fill(block.label, tokens),
                title=_fill(block.title, tokens),
                belongs_to=_fill(block.belongs_to, tokens),
            )
        case Placed():
            said = _fill(block.text, tokens)
            return replace(block, text=said) if said.strip() else None
        case MeasuringGrid() | ScanCodes():
            return block
        case CheckCode():
            return CheckCode(
                label=_fill(block.label, tokens),
                groups=tuple(" ".join(_fill(each, tokens) for each in block.groups).split()),
                picture_of=_fill(block.picture_of, tokens),
            )


def _table(slot: TableSlot, tokens: Tokens, rows: Rows) -> Table:
    total = tuple(_fill(cell, tokens) for cell in slot.frame.total)
    filled = tuple(_numbered(rows)) if slot.numbered else tuple(rows)
    empty = _fill(slot.frame.empty, tokens)
    return replace(slot.frame, rows=filled, total=total, empty=empty)


def _numbered(rows: Rows) -> Iterator[Sequence[str]]:
    count = 0
    for row in rows:
        if len(row) == 1:
            yield row
            continue
        count += 1
        yield (str(count), *row)


def _signers(signature: Signature, tokens: Tokens) -> Iterator[Signature]:
    filled = _signature(signature, tokens)
    if not signature.each:
        yield filled
        return
    for line in filled.authority:
        yield replace(filled, authority=(line,))


def _signature(signature: Signature, tokens: Tokens) -> Signature:
    return Signature(
        authority=_kept(signature.authority, tokens),
        hint=_fill(signature.hint, tokens),
        office=_fill(signature.office, tokens),
        name=_fill(signature.name, tokens),
    )


def _kept(texts: Sequence[str], tokens: Tokens) -> tuple[str, ...]:
    """Fill each text, one entry for each line of it, and leave out what came out empty."""
    lines = (line for text in texts for line in _fill(text, tokens).split("\n"))
    return tuple(line for line in lines if line.strip())


def _fill(text: str, tokens: Tokens, when_empty: str = "") -> str:
    return _TOKEN.sub(lambda found: tokens[found[1]] or when_empty, text)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
