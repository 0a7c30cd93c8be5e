"""What a sheet refuses, and which of its lines a computation changed."""

from __future__ import annotations

from collections.abc import Mapping

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.scoring.outcome import Side, counted_given
from antq_desktop.domain.scoring.sets import Item
from antq_desktop.domain.scoring.sheets import Answer, Given, Sheet, computed_points
from antq_desktop.domain.shown import show_date
from antq_desktop.services.records import Edit
from antq_desktop.services.standards.binding import Stored, computed_changes, line_edit
from antq_desktop.services.standards.looking import OpenSheet


def writable(held: OpenSheet) -> OpenSheet:
    """Return a sheet that may be written.

    Raises:
        UserError: `sheet_closed`.
    """
    if held.closed:
        raise closed()
    return held


def closed() -> UserError:
    """Return the refusal to write a sheet that is closed."""
    message = (
        "Phiếu chấm đã chốt nên giữ nguyên. Việc sau khi chốt được liệt kê riêng; "
        "muốn sửa thì mở lại năm đã chốt."
    )
    return UserError("sheet_closed", message)


def year_closed(year: int, day: str) -> UserError:
    """Return the refusal to begin a sheet in a year that is closed."""
    message = (
        f"Năm {year} đã chốt ngày {show_date(day)} nên không lập thêm phiếu chấm. Mở lại năm đã "
        "chốt ở trang Năm công tác, lập phiếu rồi chốt lại."
    )
    return UserError("year_closed", message, "year")


def refuse_typed(item: Item, given: Given) -> None:
    """Refuse an answer where only a mark or a computation may stand."""
    if item.mark_only:
        raise mark_only(item.id)
    if item.check and given.answer is not Answer.NOT_APPLICABLE and given != Given():
        message = "Tiêu chí này do chương trình tính. Muốn khác thì ghi đè và nêu lý do."
        raise UserError("typed_over_computed", message, item.id)


def item_of(held: OpenSheet, item_id: str) -> Item:
    """Return an item of the sheet's set.

    Raises:
        UserError: `item_unknown`.
    """
    item = held.criteria.item(item_id)
    if item is None:
        message = "Bộ tiêu chí của phiếu chấm không có tiêu chí này."
        raise UserError("item_unknown", message, item_id)
    return item


def mark_only(item: str) -> UserError:
    """Return the refusal of anything but a mark."""
    message = "Tiêu chí này chỉ trả lời bằng một dấu và một văn bản, không có nội dung khác."
    return UserError("mark_only", message, item)


def recomputed(stored: Stored, before: Sheet, after: Sheet, day: str) -> list[Edit]:
    """Return the edits of the lines whose check saw something else than before."""
    edits = []
    for line in after.lines:
        if line.seen and before.line(line.item).seen != line.seen:
            changes = computed_changes(line.seen, day)
            edits.append(line_edit(stored, stored.id, line.item, changes))
    return edits


def refuse_silent_differences(
    held: OpenSheet, given: Mapping[str, Given], reasons: Mapping[str, str]
) -> None:
    """Refuse an appraisal that differs from the unit's own result without a reason."""
    for item_id, answer in given.items():
        item, own = item_of(held, item_id), counted_given(held.stored.sheet.line(item_id), Side.OWN)
        if item.scored and item.check and own.answer in {Answer.MET, Answer.NOT_MET}:
            own = Given(points=computed_points(item, own.answer))
        if answer != Given() and answer != own and not reasons.get(item_id, "").strip():
            message = "Kết quả thẩm định khác kết quả tự chấm thì phải có lý do. Nhập lý do."
            raise UserError("difference_without_reason", message, item_id)
