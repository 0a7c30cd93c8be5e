"""The sheet of any record: its form is its declaration, so that every kind has a paper.

What is private stands on it only when asked for; what is empty is left out, but for what a report
still needs, which prints a dotted line to fill in by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from antq_desktop.domain.checking import lowered
from antq_desktop.domain.fields import (
    FieldKind,
    FieldSpec,
    LineSpec,
    RecordSpec,
    Value,
    Values,
    lines_of,
)
from antq_desktop.domain.papers import Block, Column, Field, Fields, Paragraph, Table
from antq_desktop.domain.shown import show_title
from antq_desktop.domain.text import opening
from antq_desktop.services.paper_words import PaperWords

YEARS = "year"
_RIGHT = frozenset({FieldKind.INTEGER, FieldKind.MONEY, FieldKind.DECIMAL})
_MOST_COLUMNS = 6
_LETTERS = 11.0


def tokens_of(spec: RecordSpec, values: Values) -> dict[str, str]:
    """Return the texts of the head: what kind of sheet, and of which record."""
    return {"kind": f"Phiếu {lowered(spec.label)}", "name": opening(show_title(spec, values))}


def body_of(
    spec: RecordSpec,
    values: Values,
    children: Mapping[str, Sequence[Values]],
    specs: Mapping[str, RecordSpec],
    words: PaperWords,
    *,
    private: bool,
) -> tuple[Block, ...]:
    """Return what stands between head and signatures.

    Args:
        spec: The kind.
        values: Its values by path.
        children: Values of the records that belong to it, by kind, in their order.
        specs: All kinds.
        words: Writes values for paper; has learnt every reference.
        private: Whether private fields are put on it.
    """
    blocks: list[Block] = [Fields(tuple(_fields(spec, values, words, private=private)))]
    for line in spec.lines:
        held = lines_of(values, line.name)
        if held:
            table = _lines(line, held, words, private=private)
            if table is not None:
                blocks.append(Paragraph(line.label, "clause"))
                blocks.append(table)
    for kind, records in children.items():
        if records:
            child = specs[kind]
            blocks.append(Paragraph(child.plural, "clause"))
            blocks.append(_children(child, records, words))
    return tuple(blocks)


def _fields(
    spec: RecordSpec, values: Values, words: PaperWords, *, private: bool
) -> Iterator[Field]:
    for field in spec.fields:
        value = values.get(field.name)
        if field.machine or (field.private and not private):
            continue
        if value is None and not field.is_wanted(values):
            continue
        yield Field(field.label, _with_unit(field, words.text(field, value)))


def _with_unit(field: FieldSpec, text: str) -> str:
    return f"{text} {field.unit}" if text and field.unit else text


def _lines(
    line: LineSpec,
    held: Mapping[str, Mapping[str, Value]],
    words: PaperWords,
    *,
    private: bool,
) -> Table | None:
    """Return the lines of a small list; None where there is nothing in them to be shown."""
    seen = [
        field
        for field in line.fields
        if (private or not field.private)
        and not field.machine
        and any(one.get(field.name) for one in held.values())
    ][:_MOST_COLUMNS]
    first = _named_by(line)
    columns = ([Column(first, 14)] if first else []) + [_column(field) for field in seen]
    if not columns:
        return None
    rows = [
        ((_name(line, line_id, words),) if first else ())
        + tuple(words.text(field, one.get(field.name)) for field in seen)
        for line_id, one in sorted(held.items())
    ]
    return Table(tuple(columns), rows, size=_LETTERS)


def _named_by(line: LineSpec) -> str:
    if not line.ids_from:
        return ""
    return "Năm" if line.ids_from == YEARS else opening(line.item)


def _name(line: LineSpec, line_id: str, words: PaperWords) -> str:
    return line_id if line.ids_from == YEARS else words.codes.label(line.ids_from, line_id)


def _children(child: RecordSpec, records: Sequence[Values], words: PaperWords) -> Table:
    seen = [
        field
        for field in child.fields
        if field.name != child.parent and not field.private and (field.listed or field.required)
    ][:_MOST_COLUMNS]
    rows = [tuple(words.text(field, one.get(field.name)) for field in seen) for one in records]
    return Table(tuple(_column(field) for field in seen), rows, size=_LETTERS)


def _column(field: FieldSpec) -> Column:
    width = max(10, min(field.width, 40))
    return Column(field.label, width, "right" if field.kind in _RIGHT else "left")
