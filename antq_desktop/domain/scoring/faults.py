"""What is wrong with a sheet before its result may be used; each fault names its item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.scoring.layout import digest_of
from antq_desktop.domain.scoring.points import show_points
from antq_desktop.domain.scoring.sets import CriteriaSet, Item
from antq_desktop.domain.scoring.sheets import (
    NOTHING,
    Answer,
    Given,
    Line,
    Mark,
    Sheet,
    altered,
    computed_points,
    own_given,
)


def sheet_faults(criteria: CriteriaSet, sheet: Sheet) -> tuple[Fault, ...]:
    """Return every fault of a sheet against its set; none when its result may be used."""
    return tuple(_faults(criteria, sheet))


def _faults(criteria: CriteriaSet, sheet: Sheet) -> Iterator[Fault]:
    if (sheet.set_code, sheet.set_digest) != (criteria.code, digest_of(criteria)):
        message = "Phiếu chấm lập theo một bản khác của bộ tiêu chí. Mở bằng đúng bản đó."
        yield Fault("set_is_another", message, "set")
    said = Counter([*(line.item for line in sheet.lines), *(mark.item for mark in sheet.marks)])
    for item_id, times in said.items():
        if criteria.item(item_id) is None:
            message = "Phiếu chấm có tiêu chí mà bộ tiêu chí này không có."
            yield Fault("item_unknown", message, item_id)
        elif times > 1:
            message = "Một tiêu chí được trả lời hai lần. Giữ lại một dòng."
            yield Fault("item_twice", message, item_id)
    for mark in sheet.marks:
        yield from _mark_faults(criteria.item(mark.item), mark)
    for line in sheet.lines:
        item = criteria.item(line.item)
        if item is not None:
            yield from _line_faults(criteria, item, line)


def _mark_faults(item: Item | None, mark: Mark) -> Iterator[Fault]:
    if item is not None and not item.mark_only:
        message = "Tiêu chí này không trả lời bằng một dấu. Đánh giá ở dòng của tiêu chí."
        yield Fault("mark_for_another_item", message, mark.item)
    if mark.answer is Answer.NOT_APPLICABLE:
        message = "Tiêu chí này chỉ trả lời không xảy ra hoặc có xảy ra."
        yield Fault("mark_not_applicable", message, mark.item)
    if mark.paper and mark.answer is not Answer.NOT_MET:
        message = "Chỉ ghi văn bản khi có xảy ra. Bỏ văn bản hoặc sửa câu trả lời."
        yield Fault("paper_without_cause", message, mark.item)


def _line_faults(criteria: CriteriaSet, item: Item, line: Line) -> Iterator[Fault]:
    if item.mark_only:
        message = "Tiêu chí này chỉ có một dấu và một văn bản, không có nội dung khác."
        yield Fault("line_for_mark", message, item.id)
        return
    for given in (line.own, line.appraised):
        yield from _given_faults(criteria, item, given)
    yield from _check_faults(item, line)
    differs = line.appraised != NOTHING and line.appraised != _comparable(item, line)
    if differs and not line.difference.strip():
        message = "Kết quả thẩm định khác kết quả tự chấm thì phải có lý do. Nhập lý do."
        yield Fault("difference_without_reason", message, item.id)
    if line.difference and line.appraised == NOTHING:
        message = "Có lý do khác nhau nhưng chưa có kết quả thẩm định. Bỏ lý do hoặc thẩm định."
        yield Fault("reason_without_cause", message, item.id)


def _comparable(item: Item, line: Line) -> Given:
    """Return the unit's own answer as an appraisal would give it: of a points item, in points."""
    own = own_given(line)
    if item.scored and item.check and own.answer in {Answer.MET, Answer.NOT_MET}:
        return Given(points=computed_points(item, own.answer))
    return own


def _given_faults(criteria: CriteriaSet, item: Item, given: Given) -> Iterator[Fault]:
    if given.answer is Answer.NOT_APPLICABLE:
        if given.reason not in item.reasons or criteria.reason(given.reason) is None:
            message = "Không áp dụng thì phải chọn một lý do mà văn bản cho phép."
            yield Fault("not_applicable_without_reason", message, item.id)
        if given.points is not None:
            message = "Không áp dụng thì không có điểm. Bỏ điểm hoặc sửa câu trả lời."
            yield Fault("points_without_cause", message, item.id)
        return
    if given.reason:
        message = "Có lý do không áp dụng nhưng tiêu chí được đánh giá. Bỏ lý do."
        yield Fault("reason_without_cause", message, item.id)
    if item.scored and given.answer:
        message = "Tiêu chí này chấm bằng điểm. Nhập điểm."
        yield Fault("answer_for_points", message, item.id)
    if given.points is None:
        return
    if not item.scored:
        message = "Tiêu chí này không chấm điểm. Chọn đạt hoặc chưa đạt."
        yield Fault("points_for_answer", message, item.id)
    elif not 0 <= given.points <= item.most:
        message = f"Điểm từ 0 đến {show_points(item.most)}. Nhập lại."
        yield Fault("points_out_of_bounds", message, item.id)


def _check_faults(item: Item, line: Line) -> Iterator[Fault]:
    typed = line.own.answer in {Answer.MET, Answer.NOT_MET} or line.own.points is not None
    if item.check and typed:
        message = "Tiêu chí này do chương trình tính. Muốn khác thì ghi đè và nêu lý do."
        yield Fault("typed_over_computed", message, item.id)
    if (line.seen or line.override) and not item.check:
        message = "Tiêu chí này không có phép kiểm tra. Đánh giá trực tiếp."
        yield Fault("check_without_cause", message, item.id)
    if line.seen and item.check and line.seen.check != item.check:
        message = "Kết quả được tính bằng phép kiểm tra khác. Tính lại."
        yield Fault("check_is_another", message, item.id)
    if altered([line]):
        message = "Kết quả đã lưu không khớp số liệu mà phép kiểm tra đã thấy. Tính lại."
        yield Fault("check_result_altered", message, item.id)
    if line.override is None:
        return
    if not line.override.reason.strip():
        message = "Ghi đè kết quả tính thì phải có lý do; lý do được in. Nhập lý do."
        yield Fault("override_without_reason", message, item.id)
    if line.override.answer not in {Answer.MET, Answer.NOT_MET}:
        message = "Ghi đè chỉ chọn đạt hoặc chưa đạt."
        yield Fault("override_without_answer", message, item.id)
