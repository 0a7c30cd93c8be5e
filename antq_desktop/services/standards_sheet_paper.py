"""The score sheet on paper: its set, every item with both columns, reasons, and the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from antq_desktop.domain.composing import Rows
from antq_desktop.domain.papers import paper_count
from antq_desktop.domain.scoring.points import show_points
from antq_desktop.domain.scoring.sets import Asks, Item, SetKind
from antq_desktop.domain.scoring.sheets import (
    NOTHING,
    Answer,
    Given,
    Line,
    computed_points,
    own_given,
)
from antq_desktop.domain.shown import paper_date
from antq_desktop.services.paper_asked import Filled
from antq_desktop.services.standards.steps import told_of

if TYPE_CHECKING:
    from antq_desktop.domain.codes import Codes
    from antq_desktop.services.standards.book import Book
    from antq_desktop.services.standards.looking import OpenSheet

_MET = {
    Answer.MET: "Đạt", Answer.NOT_MET: "Chưa đạt", Answer.NOT_APPLICABLE: "Không áp dụng",
    Answer.NONE: "",
}  # fmt: skip
_HAPPENED = {**_MET, Answer.MET: "Không xảy ra", Answer.NOT_MET: "Có xảy ra"}


def sheet_filled(held: OpenSheet, book: Book, codes: Codes) -> Filled:
    """Fill the paper of a sheet."""
    outcome, criteria, stored = held.outcome, held.criteria, held.stored
    told = criteria.provenance
    state = str(stored.values.get("state") or "")
    lacking = [fault.message for fault in held.faults]
    lacking += [f"Tạm tính chưa có lý do: {_text(held, item)}." for item in held.unsettled]
    caps = "; ".join(cap.label for cap in outcome.caps)
    subject = stored.sheet.unit
    verdict = "Chưa chấm đủ"
    if outcome.complete:
        verdict = "Đạt" if outcome.met else "Chưa đạt"
    if outcome.grade:
        verdict = outcome.grade.label
    tokens = {
        "unit_name": book.name(subject) if subject in book.units else _subject(book, subject),
        "set_title": criteria.title,
        "year": str(stored.sheet.year),
        "window": f"{paper_date(held.window.since)} đến {paper_date(held.window.until)}",
        "legal_basis": told.legal_basis,
        "confidence": "A" if told.confidence == "A" else f"{told.confidence}, mẫu minh họa",
        "maintained": f"{told.maintained_by}; đối chiếu ngày {paper_date(told.compared_on)}",
        "state": codes.label("sheet_state", state) if state else "",
        "result": told_of(held),
        "verdict": verdict,
        "caps": f"Khống chế: {caps}." if caps else "",
        "lacking": f"Cần xem lại: {' '.join(lacking)}" if lacking else "",
        "digest": f"Bộ tiêu chí {criteria.code}, mã đối chiếu {stored.sheet.set_digest[:16]}.",
    }
    tables = {"items": list(_item_rows(held)), "evidence": list(_evidence_rows(held))}
    return Filled(tokens, tables, ("score_sheet", held.id))


def criteria_rows(sheets: Sequence[OpenSheet]) -> Rows:
    """Return each criterion with what the unit's own column comes to.

    The first sheet is of the set itself; what a province adds to it follows under its own title.
    """
    rows = []
    for place, held in enumerate(sheets):
        of_whom = f"{held.criteria.title}: " if place else ""
        for each in held.own.groups:
            if held.criteria.kind is SetKind.POINTS:
                told = f"{show_points(each.points)} điểm"
            elif each.unanswered:
                told = f"còn {paper_count(each.unanswered)} mục"
            else:
                told = _MET[each.answer]
            rows.append((of_whom + each.group.title, f"{each.met}/{each.applicable}", told))
    return rows


def _item_rows(held: OpenSheet) -> Iterator[tuple[str, ...]]:
    number = 0
    for group in held.criteria.groups:
        yield (group.title,)
        for item in group.items:
            number += 1
            if item.mark_only:
                yield _mark_row(held, item)
            else:
                yield _line_row(held, item)


def _mark_row(held: OpenSheet, item: Item) -> tuple[str, ...]:
    mark = held.stored.sheet.mark(item.id)
    if mark is None:
        return (item.text, "theo tiêu chí" if held.stored.sheet.told else "", "", "")
    paper = mark.paper
    named = ""
    if paper:
        day = f" ngày {paper_date(paper.day)}" if paper.day else ""
        named = f"Văn bản {paper.number}{day} {paper.issuer}".strip()
    return (item.text, _HAPPENED[mark.answer], "", named)


def _line_row(held: OpenSheet, item: Item) -> tuple[str, ...]:
    line = held.stored.sheet.line(item.id)
    own = own_given(line)
    appraised = "" if line.appraised == NOTHING else _given(item, line.appraised)
    return (item.text, _given(item, own), appraised, " ".join(_notes(held, item, line, own)))


def _notes(held: OpenSheet, item: Item, line: Line, own: Given) -> Iterator[str]:
    if own.answer is Answer.NOT_APPLICABLE:
        reason = held.criteria.reason(own.reason)
        if reason:
            yield f"Không áp dụng: {reason.label}."
    if line.override:
        yield f"Ghi đè: {line.override.reason}."
    if line.seen:
        yield line.seen.told().why
    if item.id in held.stored.settled:
        yield f"Chấp nhận tạm tính: {held.stored.settled[item.id]}."
    if line.difference:
        yield f"Khác tự chấm: {line.difference}."


def _given(item: Item, given: Given) -> str:
    if item.scored and given.points is not None:
        return f"{show_points(given.points)}/{show_points(item.most)}"
    if item.scored and item.check and given.answer in {Answer.MET, Answer.NOT_MET}:
        return f"{show_points(computed_points(item, given.answer))}/{show_points(item.most)}"
    return (_HAPPENED if item.asks is Asks.HAPPENED else _MET)[given.answer]


def _evidence_rows(held: OpenSheet) -> Iterator[tuple[str, ...]]:
    for item in held.criteria.items():
        for each in held.stored.evidence.get(item.id, ()):
            yield (each.title or "(không tên)", item.article or item.text[:80])


def _text(held: OpenSheet, item_id: str) -> str:
    item = held.criteria.item(item_id)
    return item.text if item else item_id


def _subject(book: Book, subject: str) -> str:
    for kind in ("scheme", "protection_team"):
        record = book.record(kind, subject)
        if record is not None:
            return str(record.values().get("name") or subject)
    return subject
