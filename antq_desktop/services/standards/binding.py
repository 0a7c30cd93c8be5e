"""Sheets as values and sheets as records: what is read, and which edits bring a change about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.fields import Value, Values, lines_of
from antq_desktop.domain.ids import common_record_id
from antq_desktop.domain.records.standards_sheets import HAPPENED, NOT_HAPPENED
from antq_desktop.domain.scoring.points import points_of, points_text
from antq_desktop.domain.scoring.sets import CriteriaSet
from antq_desktop.domain.scoring.sheets import (
    NOTHING,
    Answer,
    Given,
    Line,
    Mark,
    Override,
    Paper,
    Seen,
    Sheet,
    answer_of_marks,
)
from antq_desktop.services.records import Edit
from antq_desktop.services.standards.book import Book, Row, text

if TYPE_CHECKING:
    from antq_desktop.domain.record import Record

SHEET, LINE, APPRAISAL = "score_sheet", "score_line", "appraisal_line"
UNREADABLE: Final = "?"
_MARKED: Final = {NOT_HAPPENED: Answer.MET, HAPPENED: Answer.NOT_MET}
_MARK_OF: Final = {answer: told for told, answer in _MARKED.items()}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing behind an item: which record, and the name it is printed with."""

    kind: str
    record: str
    title: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A sheet as it stands in the store.

    Attributes:
        id: Id of the header.
        owner: The unit whose sheet it is.
        values: The header.
        sheet: What the engine judges; at another unit marks are only told by their criterion.
        evidence: What stands behind each item.
        settled: By item: why a person accepts that it is met only provisionally.
        computed_on: By item: the day on which the check was run.
        appraisers: By item: the unit whose appraisal counts.
    """

    id: str
    owner: str
    values: Values
    sheet: Sheet
    evidence: Mapping[str, tuple[Evidence, ...]]
    settled: Mapping[str, str]
    computed_on: Mapping[str, str]
    appraisers: Mapping[str, str]


def line_id(sheet: str, item: str) -> str:
    """Return the id of the record of one item of a sheet."""
    return common_record_id(LINE, sheet, item)


def read(book: Book, sheet_id: str) -> Stored | None:
    """Return a sheet with its lines; None when there is none in force."""
    header = book.record(SHEET, sheet_id)
    if header is None or header.standing().reason is not None:
        return None
    lines = book.records(LINE, (row.id for row in book.where(LINE, "score_sheet", sheet_id)))
    appraisals = _appraisals(book, sheet_id, header.owner)
    return _stored(header, lines.values(), appraisals)


def _appraisals(book: Book, sheet_id: str, owner: str) -> dict[str, Row]:
    """Of several appraisals that of another unit counts, then the latest."""
    found: dict[str, Row] = {}
    rows = book.where(APPRAISAL, "score_sheet", sheet_id)
    for row in sorted(rows, key=lambda r: (r.owner != owner, text(r, "appraised_on"), r.id)):
        found[text(row, "item")] = row
    return found


def _stored(header: Record, lines: Iterable[Record], appraisals: Mapping[str, Row]) -> Stored:
    values = header.values()
    held = {str(line.values().get("item") or ""): line.values() for line in lines}
    items = dict.fromkeys([*held, *appraisals])
    made = tuple(_line(item, held.get(item, {}), appraisals.get(item)) for item in items)
    marks = tuple(_mark(item, mark) for item, mark in sorted(lines_of(values, "marks").items()))
    told = {group: _answer(line.get("answer")) for group, line in lines_of(values, "told").items()}
    sheet = Sheet(
        unit=str(values.get("subject") or ""),
        year=int(values.get("year") or 0),
        set_code=str(values.get("criteria_set") or ""),
        set_digest=str(values.get("digest") or ""),
        lines=made,
        marks=marks,
        told={} if marks else told,
    )
    return Stored(
        id=header.id,
        owner=header.owner,
        values=values,
        sheet=sheet,
        evidence={item: _evidence(line) for item, line in held.items()},
        settled=_texts(held, "settled_reason"),
        computed_on=_texts(held, "computed_on"),
        appraisers={item: row.owner for item, row in appraisals.items()},
    )


def _texts(held: Mapping[str, Values], name: str) -> dict[str, str]:
    return {item: str(line[name]) for item, line in held.items() if line.get(name)}


def _evidence(values: Values) -> tuple[Evidence, ...]:
    found = (
        Evidence(str(e.get("record_kind") or ""), str(e.get("record") or ""),
                 str(e.get("title") or ""))
        for e in lines_of(values, "evidence").values()
    )  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.kind, each.title, each.record)))


def _answer(value: Value) -> Answer:
    return Answer(value) if isinstance(value, str) and value in set(Answer) else Answer.NONE


def _given(values: Values) -> Given:
    points = values.get("points")
    return Given(
        _answer(values.get("answer")),
        points_of(points) if isinstance(points, str) else None,
        str(values.get("reason") or ""),
    )


def _line(item: str, values: Values, appraisal: Row | None) -> Line:
    override = None
    if values.get("override"):
        reason = str(values.get("override_reason") or "")
        override = Override(_answer(values.get("override")), reason)
    return Line(
        item=item,
        own=_given(values),
        appraised=_given(appraisal.values) if appraisal else NOTHING,
        difference=text(appraisal, "difference"),
        evidence=tuple(each.record for each in _evidence(values)),
        seen=_seen(values.get("seen")),
        override=override,
    )


def _seen(packed: Value) -> Seen | None:
    """Return what a check saw; what cannot be read any more is kept as a check nobody knows."""
    if not isinstance(packed, str):
        return None
    try:
        return Seen.unpacked(packed)
    except ValueError:
        return Seen(UNREADABLE, {}, {}, None)


def _mark(item: str, values: Mapping[str, Value]) -> Mark:
    told = [str(values.get(name) or "") for name in ("number", "dated", "issuer")]
    answer = _MARKED.get(str(values.get("answer") or ""), Answer.NONE)
    return Mark(item, answer, Paper(*told) if any(told) else None)


def given_values(given: Given) -> dict[str, Value]:
    """Return what one side gave as the fields of its record; None empties a field."""
    return {
        "answer": given.answer.value or None,
        "points": None if given.points is None else points_text(given.points),
        "reason": given.reason or None,
    }


def line_edit(stored: Stored | None, sheet_id: str, item: str, changes: Values) -> Edit:
    """Return the edit of one item's record, made when it does not exist yet."""
    known = stored is not None and any(
        line.item == item and _has_record(stored, line) for line in stored.sheet.lines
    )
    record_id = line_id(sheet_id, item)
    if known:
        return Edit(LINE, record_id, changes)
    return Edit(LINE, record_id, {"score_sheet": sheet_id, "item": item, **changes}, created=True)


def _has_record(stored: Stored, line: Line) -> bool:
    return line.item in stored.evidence


def marked(criteria: CriteriaSet, stored: Stored, marks: Iterable[Mark]) -> dict[str, Value]:
    """Return the changes of a header that answer mark-only items, with what goes up of them."""
    changed = {mark.item: mark for mark in stored.sheet.marks}
    values: dict[str, Value] = {}
    for mark in marks:
        changed[mark.item] = mark
        paper = mark.paper or Paper("", "", "")
        path = f"marks/{mark.item}/"
        values[path + "answer"] = _MARK_OF.get(mark.answer)
        values[path + "number"] = paper.number or None
        values[path + "dated"] = paper.day or None
        values[path + "issuer"] = paper.issuer or None
    after = replace(stored.sheet, marks=tuple(changed.values()), told={})
    for group in criteria.groups:
        if group.marks:
            values[f"told/{group.id}/answer"] = answer_of_marks(group, after).value or None
    return values


def evidence_changes(added: Iterable[Evidence], removed: Iterable[str]) -> dict[str, Value]:
    """Return the changes of a line that link and unlink evidence; two devices link alike."""
    values: dict[str, Value] = {}
    for each in added:
        path = f"evidence/{common_record_id('evidence', each.record)}/"
        values[path + "record_kind"] = each.kind
        values[path + "record"] = each.record
        values[path + "title"] = each.title[:300] or None
    for record in removed:
        values[f"evidence/{common_record_id('evidence', record)}/_removed"] = True
    return values


def computed_changes(seen: Seen, day: str) -> dict[str, Value]:
    """Return the changes of a line that keep what a check saw."""
    return {"seen": seen.packed(), "computed_on": day}
