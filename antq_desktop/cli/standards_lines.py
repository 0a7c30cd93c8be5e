"""A score sheet as lines for a terminal: stored, or as it would come out on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.shown import show_date

if TYPE_CHECKING:
    from antq_desktop.domain.scoring.outcome import Outcome
    from antq_desktop.domain.scoring.sets import CriteriaSet
    from antq_desktop.domain.scoring.sheets import Sheet
    from antq_desktop.services.standards.looking import AsOfToday, OpenSheet

_WIDEST: Final = 92
_ANSWERS: Final = {"met": "đạt", "not_met": "CHƯA ĐẠT", "not_applicable": "không áp dụng", "": "–"}


def sheet_lines(held: OpenSheet) -> Iterator[str]:
    """Yield a stored sheet line by line."""
    window = held.window
    yield f"Kỳ đánh giá từ {show_date(window.since)} đến {show_date(window.until)}."
    yield from _item_lines(held.criteria, held.stored.sheet, held.stored.settled)
    for evidence in held.stored.evidence.values():
        yield from (f"  Tài liệu: {each.title}" for each in evidence)
    yield from _result_lines(held.outcome)
    yield from (f"Cần sửa: {fault.message}" for fault in held.faults)
    yield from (f"Tạm tính chưa có lý do chấp nhận: {item}." for item in held.unsettled)
    if held.closed:
        yield "Phiếu chấm đã chốt."


def _item_lines(criteria: CriteriaSet, sheet: Sheet, settled: Mapping[str, str]) -> Iterator[str]:
    from antq_desktop.domain.scoring.outcome import judge
    from antq_desktop.domain.scoring.points import show_points
    from antq_desktop.domain.scoring.sets import SetKind

    outcome = judge(criteria, sheet)
    for group in outcome.groups:
        scored = criteria.kind is SetKind.POINTS
        told = f"{show_points(group.points)} điểm" if scored else _ANSWERS[group.answer.value]
        yield f"{group.group.title}: {told}"
        for item in group.group.items:
            if item.mark_only:
                continue
            line = sheet.line(item.id)
            told = line.seen.told().why if line.seen and not line.override else ""
            if line.override:
                told = f"ghi đè: {line.override.reason}"
            missing = next((m.answer.value for m in outcome.missing if m.item == item.id), "met")
            mark = {"met": "✓", "not_met": "✗"}.get(missing, "?")
            points = ""
            if item.scored and line.own.points is not None:
                points = f" [{show_points(line.own.points)}/{show_points(item.most)}]"
            text = item.text if len(item.text) <= _WIDEST else item.text[: _WIDEST - 1] + "…"
            yield f"  {mark} {text}{points}"
            if told:
                yield f"      {told}"
            if item.id in settled:
                yield f"      Chấp nhận tạm tính: {settled[item.id]}"


def _result_lines(outcome: Outcome) -> Iterator[str]:
    from antq_desktop.domain.scoring.points import show_points

    complete = "đủ" if outcome.complete else "chưa chấm đủ"
    told = f"{outcome.met_items}/{outcome.applicable} mục đạt"
    if outcome.grade:
        told = f"{show_points(outcome.points)} điểm, mức {outcome.grade.label}"
    end = "; ĐẠT." if outcome.met and not outcome.grade else "."
    yield f"Kết quả ({complete}): {told}{end}"
    yield from (f"  Khống chế: {cap.label}." for cap in outcome.caps)
    if outcome.gap:
        yield f"  Mức trên: {outcome.gap.band.label}."


def today_lines(found: AsOfToday) -> Iterator[str]:
    """Yield what would come out on a day line by line."""
    yield f"Nếu xét ngày {show_date(found.day)}: {found.criteria.title}"
    yield from _result_lines(found.outcome)
    for each in found.outcome.missing:
        item = found.criteria.item(each.item)
        text = item.text if item else "Tiêu chí trả lời bằng một dấu"
        text = text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
        yield f"  - {text}"
        yield from (f"      {sentence}" for sentence in each.sentences)
    for item_id in found.outcome.provisional:
        yield f"  Tạm tính: {item_id}."
    for moved in found.moved:
        yield f"  Khác bảng đã lưu: {moved.item}: {moved.why}"
