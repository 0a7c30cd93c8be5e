"""The steering committee (BCĐ), meetings and conferences, proposals upward."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import Down, FieldSpec, LineSpec, Order, RecordSpec, RuleView
from antq_desktop.domain.keeping import Keeping
from antq_desktop.domain.records.common import (
    UP,
    choice,
    count,
    date,
    document,
    has_date,
    in_order,
    note,
    parent,
    subject,
    text,
    unit,
)

ANSWERED: Final = frozenset({"accepted", "partly", "refused"})
_KEPT: Final = "Giữ theo thời hạn lưu trữ của hồ sơ phong trào."


def _an_answer_has_a_state(view: RuleView) -> Iterator[Fault]:
    if view.text("answered_on") and view.text("state") not in ANSWERED:
        message = "Đã có ngày trả lời nhưng tình trạng chưa phải là đã trả lời. Chọn lại."
        yield view.warning("answer_without_state", message, "state")


COMMITTEE = RecordSpec(
    kind="committee",
    label="ban chỉ đạo",
    plural="Ban Chỉ đạo",
    area="forces",
    purpose="Theo dõi quyết định thành lập, kiện toàn Ban Chỉ đạo phong trào.",
    holds_persons=False,
    retention=_KEPT,
    title=("name",),
    suspects=(("name", "unit"),),
    order=Order.NAME_OF_THING,
    order_by="name",
    dated_by="founded_on",
    unit_by="unit",
    fields=(
        subject("name", "Tên Ban Chỉ đạo"),
        document("document", "Quyết định thành lập số", wanted=True, listed=True),
        date("founded_on", "Ngày thành lập", wanted=True, listed=True),
        text("issuer", "Cơ quan quyết định"),
        unit("Cấp, đơn vị", wanted=False),
        date("regulations_on", "Ngày ban hành quy chế"),
        document("regulations_document", "Quy chế hoạt động số"),
        date("ended_on", "Ngày kết thúc"),
        note(),
    ),
    lines=(
        LineSpec(
            name="renewals",
            label="Kiện toàn",
            item="lần kiện toàn",
            fields=(
                date("renewed_on", "Ngày", required=True),
                document("document", "Quyết định số"),
                FieldSpec(name="note", label="Nội dung", width=36, travels=UP),
            ),
        ),
    ),
    rules=(in_order("founded_on", "ended_on"),),
    since=3,
)

COMMITTEE_MEMBER = RecordSpec(
    kind="committee_member",
    label="thành viên ban chỉ đạo",
    plural="Thành viên Ban Chỉ đạo",
    area="forces",
    purpose="Ghi chức vụ, địa bàn phụ trách của thành viên Ban Chỉ đạo và kết quả phụ trách.",
    holds_persons=True,
    retention="Tên: xóa 24 tháng sau khi thôi tham gia Ban Chỉ đạo.",
    keeping=Keeping(months=24, after="left_on", erases=("name", "office"), files=True),
    parent="committee",
    title=("name",),
    suspects=(("committee", "name"),),
    order=Order.NAME_OF_PERSON,
    order_by="name",
    dated_by="joined_on",
    unit_by="unit",
    fields=(
        parent("committee", "Ban Chỉ đạo", "committee", required=True),
        FieldSpec(
            name="name",
            label="Họ và tên",
            required=True,
            names_person=True,
            searched=True,
            listed=True,
            width=26,
            travels=UP,
        ),
        choice("role", "Vai trò", "committee_role", required=True, listed=True),
        FieldSpec(name="office", label="Chức vụ, cơ quan", listed=True, width=30, travels=UP),
        unit("Đơn vị phụ trách", wanted=False),
        text("in_charge", "Địa bàn, lĩnh vực phụ trách"),
        FieldSpec(name="outcome", label="Kết quả phụ trách", width=44, max_length=1000, travels=UP),
        date("joined_on", "Ngày tham gia", listed=True),
        date("left_on", "Ngày thôi tham gia"),
    ),
    rules=(in_order("joined_on", "left_on"),),
    since=3,
)

MEETING = RecordSpec(
    kind="meeting",
    label="hội nghị, cuộc họp",
    plural="Hội nghị, cuộc họp",
    area="documents",
    purpose="Ghi giao ban, họp Ban Chỉ đạo, sơ kết, tổng kết, ký kết và việc giao sau cuộc họp.",
    holds_persons=False,
    retention=_KEPT,
    title=("held_on", "title"),
    suspects=(("title", "held_on"), ("minutes_number", "held_on:year")),
    order=Order.NEWEST_FIRST,
    order_by="held_on",
    dated_by="held_on",
    unit_by="unit",
    fields=(
        date("held_on", "Ngày", required=True, listed=True),
        subject("title", "Nội dung"),
        choice("meeting_kind", "Loại", "meeting_kind", required=True, listed=True),
        text("chair", "Chức vụ người chủ trì", wanted=True, hint="Ghi chức vụ, không ghi tên."),
        count("attendance", "Số người dự", "người", wanted=True, listed=True),
        unit("Nơi họp", wanted=False),
        parent("committee", "Ban Chỉ đạo", "committee"),
        document("minutes_number", "Biên bản số"),
        document("conclusion_document", "Thông báo kết luận số"),
        note("conclusion", "Kết luận", hint="Việc được giao ghi thành từng việc có thời hạn."),
    ),
    down=Down.WITH_THOSE,
    since=3,
)

PROPOSAL = RecordSpec(
    kind="proposal",
    label="đề xuất lên cấp trên",
    plural="Đề xuất lên cấp trên",
    area="documents",
    purpose="Theo dõi đề xuất của đơn vị với cấp trên và văn bản trả lời.",
    holds_persons=False,
    retention=_KEPT,
    title=("sent_on", "title"),
    suspects=(("number", "sent_on:year"),),
    order=Order.NEWEST_FIRST,
    order_by="sent_on",
    dated_by="sent_on",
    unit_by="unit",
    state_by="state",
    fields=(
        date("sent_on", "Ngày đề xuất", required=True, listed=True),
        subject("title", "Nội dung đề xuất"),
        choice("state", "Tình trạng", "proposal_state", required=True, listed=True),
        text("addressee", "Cơ quan nhận đề xuất", wanted=True),
        document("number", "Văn bản đề xuất số", listed=True),
        unit("Đơn vị đề xuất", wanted=False),
        FieldSpec(name="reason", label="Lý do, căn cứ", width=44, max_length=1000, travels=UP),
        date("answered_on", "Ngày trả lời", listed=True),
        document("answer_document", "Văn bản trả lời số"),
        FieldSpec(name="answer", label="Nội dung trả lời", width=44, max_length=1000, travels=UP),
    ),
    rules=(
        has_date("state", ANSWERED, "answered_on"),
        in_order("sent_on", "answered_on"),
        _an_answer_has_a_state,
    ),
    since=3,
)
