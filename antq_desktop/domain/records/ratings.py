"""Yearly ratings of protection teams and their members (HD 01/HD-BCA-V05 of 2026).

A record says what was decided and the counts behind it; what a rating needs of other records (the
ceiling of 20 %, nine months, a leader not above the team) is in `domain.team_ratings`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import FieldSpec, Order, RecordSpec, RuleView
from antq_desktop.domain.keeping import Keeping
from antq_desktop.domain.records.common import (
    choice,
    count,
    date,
    document,
    not_above,
    parent,
    year,
    yes_no,
)

EXCELLENT, GOOD, DONE, NOT_DONE = "excellent", "good", "done", "not_done"
LEAST_PERCENT: Final = {EXCELLENT: 95, GOOD: 80}


def _tasks_bear_the_rating(view: RuleView) -> Iterator[Fault]:
    least = LEAST_PERCENT.get(view.text("rating"))
    given, done = view.number("tasks_given"), view.number("tasks_done")
    if least is not None and given and done is not None and done * 100 < least * given:
        message = f"Mức này cần hoàn thành từ {least}% nhiệm vụ được giao. Kiểm tra lại mức."
        yield view.warning("too_few_tasks", message, "rating")


def _meetings_add_up(view: RuleView) -> Iterator[Fault]:
    due = view.number("meetings_due")
    seen, excused = view.number("meetings_attended") or 0, view.number("meetings_excused") or 0
    if due is not None and seen + excused > due:
        message = "Số buổi đã dự và vắng có lý do lớn hơn số buổi phải dự. Nhập lại."
        yield view.fault("part_above_whole", message, "meetings_attended")


def _a_forbidden_act_is_not_rated_done(view: RuleView) -> Iterator[Fault]:
    if not view.yes("forbidden_act"):
        return
    if not view.text("act_document"):
        message = "Có hành vi bị nghiêm cấm thì phải có văn bản kết luận. Nhập số văn bản."
        yield view.fault("act_without_document", message, "act_document")
    if view.text("rating") in LEAST_PERCENT:
        message = "Có hành vi bị nghiêm cấm nên không xếp từ mức tốt trở lên. Kiểm tra lại mức."
        yield view.warning("rated_against_act", message, "rating")


def _an_unrated_one_says_why(view: RuleView) -> Iterator[Fault]:
    if view.text("unrated_reason") and view.text("rating"):
        message = "Đã xếp loại thì không có lý do chưa xếp loại. Bỏ một trong hai mục."
        yield view.fault("reason_without_cause", message, "unrated_reason")
    if not view.text("unrated_reason") and not view.text("rating"):
        message = "Còn thiếu mức xếp loại hoặc lý do chưa xếp loại."
        yield view.warning("wanted", message, "rating")


_TASKS: Final = (
    count("tasks_given", "Nhiệm vụ được giao", "việc"),
    count("tasks_done", "Nhiệm vụ hoàn thành", "việc"),
)
_DECISION: Final = (
    document("document", "Quyết định xếp loại số", listed=True),
    date("decided_on", "Ngày quyết định", listed=True),
)


def _rating(codes: str = "team_rating") -> FieldSpec:
    return choice("rating", "Mức xếp loại", codes, listed=True, width=26)


TEAM_RATING = RecordSpec(
    kind="team_rating",
    label="xếp loại tổ bảo vệ ANTT",
    plural="Xếp loại Tổ bảo vệ ANTT",
    area="forces",
    purpose="Ghi mức xếp loại hằng năm của Tổ bảo vệ an ninh, trật tự và số liệu làm căn cứ.",
    holds_persons=False,
    retention="Giữ cùng hồ sơ lực lượng của đơn vị.",
    parent="protection_team",
    title=("year", "document"),
    order=Order.NEWEST_FIRST,
    order_by="decided_on",
    dated_by="decided_on",
    state_by="rating",
    alike=("protection_team", "year"),
    fields=(
        parent("protection_team", "Tổ bảo vệ ANTT", "protection_team", required=True),
        year(),
        _rating(),
        choice("unrated_reason", "Lý do chưa xếp loại", "unrated_reason", width=26),
        *_TASKS,
        *_DECISION,
    ),
    rules=(
        _tasks_bear_the_rating,
        not_above("tasks_done", "tasks_given"),
        _an_unrated_one_says_why,
    ),
    since=3,
)

MEMBER_RATING = RecordSpec(
    kind="member_rating",
    label="xếp loại thành viên tổ bảo vệ ANTT",
    plural="Xếp loại thành viên Tổ bảo vệ ANTT",
    area="forces",
    purpose="Ghi mức xếp loại hằng năm của thành viên Tổ và số liệu làm căn cứ.",
    holds_persons=True,
    retention="Xóa 24 tháng sau khi thôi tham gia; số lượng theo mức giữ lại.",
    keeping=Keeping(
        months=24,
        after="left_on",
        through="team_member",
        erases=("forbidden_act", "act_document"),
        files=True,
    ),
    parent="team_member",
    title=("year", "document"),
    order=Order.NEWEST_FIRST,
    order_by="decided_on",
    dated_by="decided_on",
    state_by="rating",
    alike=("team_member", "year"),
    fields=(
        parent("team_member", "Thành viên", "team_member", required=True),
        year(),
        _rating(),
        choice("unrated_reason", "Lý do chưa xếp loại", "unrated_reason", width=26),
        *_TASKS,
        count("meetings_due", "Buổi họp phải dự", "buổi"),
        count("meetings_attended", "Buổi họp đã dự", "buổi"),
        count("meetings_excused", "Buổi vắng có lý do", "buổi"),
        count("training_called", "Lớp được triệu tập", "lớp"),
        count("training_attended", "Lớp đã dự", "lớp"),
        yes_no("forbidden_act", "Có hành vi bị nghiêm cấm"),
        document("act_document", "Văn bản kết luận hành vi"),
        *_DECISION,
    ),
    rules=(
        _tasks_bear_the_rating,
        not_above("tasks_done", "tasks_given"),
        not_above("training_attended", "training_called"),
        _meetings_add_up,
        _a_forbidden_act_is_not_rated_done,
        _an_unrated_one_says_why,
    ),
    since=3,
)
