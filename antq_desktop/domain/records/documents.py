"""Directing documents in and out, who numbers them, and the tasks that they and meetings give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from antq_desktop.domain.checking import lowered
from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import Down, FieldKind, FieldSpec, Order, RecordSpec, RuleView
from antq_desktop.domain.records.common import (
    UP,
    choice,
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

INCOMING, OUTGOING = "incoming", "outgoing"
ISSUED: Final = "issued"
DONE_STATES: Final = frozenset({"done", "answered"})
_KEPT: Final = "Giữ theo thời hạn bảo quản hồ sơ, tài liệu tại Thông tư 55/2025/TT-BCA."


def _an_issued_one_has_number_and_day(view: RuleView) -> Iterator[Fault]:
    if view.text("state") != ISSUED:
        return
    for name in ("number", "dated"):
        if not view.text(name):
            label = lowered(view.spec.field(name).label)
            message = f"Văn bản đã ban hành còn thiếu {label}. Ghi lại theo bản đã ký."
            yield view.warning("issued_without_number", message, name)


def _an_incoming_one_arrives_after_its_day(view: RuleView) -> Iterator[Fault]:
    if view.text("direction") == OUTGOING and view.text("arrived_on"):
        message = "Văn bản đi không có ngày đến. Bỏ ngày đến hoặc chọn lại."
        yield view.fault("arrival_of_outgoing", message, "arrived_on")


def _an_answer_names_its_day(view: RuleView) -> Iterator[Fault]:
    if view.text("answer_document") and not view.text("done_on"):
        message = "Có văn bản trả lời nhưng chưa có ngày hoàn thành."
        yield view.warning("answer_without_date", message, "done_on")


ISSUING_BODY = RecordSpec(
    kind="issuing_body",
    label="cơ quan ban hành văn bản",
    plural="Cơ quan ban hành văn bản",
    area="documents",
    purpose="Chọn cách lấy số cho từng cơ quan ban hành: ghi lại số văn thư hoặc cấp số tại đây.",
    holds_persons=False,
    retention="Giữ khi đơn vị còn dùng.",
    title=("name",),
    suspects=(("name",),),
    order=Order.NAME_OF_THING,
    order_by="name",
    state_by="numbering",
    fields=(
        FieldSpec(
            name="name", label="Tên cơ quan", required=True, searched=True, listed=True,
            width=36, travels=UP,
        ),
        choice("numbering", "Cách lấy số", "numbering", required=True, listed=True, width=26),
        FieldSpec(
            name="sign", label="Viết tắt trong ký hiệu", listed=True, width=14, max_length=40,
            hint="Ví dụ: UBND, BCĐ.", travels=UP,
        ),
        date("closed_on", "Ngày thôi dùng"),
    ),
    since=3,
)  # fmt: skip

DOCUMENT = RecordSpec(
    kind="document",
    label="văn bản",
    plural="Văn bản chỉ đạo",
    area="documents",
    purpose="Theo dõi văn bản chỉ đạo đến và đi về phong trào, thời hạn và việc được giao.",
    holds_persons=False,
    retention=_KEPT,
    title=("number", "title"),
    suspects=(("number", "issuer", "dated:year"),),
    order=Order.NEWEST_FIRST,
    order_by="dated",
    dated_by="dated",
    unit_by="unit",
    state_by="state",
    fields=(
        subject("title", "Trích yếu"),
        choice("direction", "Đến, đi", "document_direction", required=True, listed=True, width=10),
        choice("document_kind", "Loại văn bản", "document_kind", required=True, listed=True),
        document("number", "Số, ký hiệu", wanted=True, listed=True, hint="Ví dụ: 03/CT-UBND."),
        date("dated", "Ngày văn bản", wanted=True, listed=True),
        text("issuer", "Cơ quan ban hành", wanted=True, searched=True),
        parent("body", "Sổ số của cơ quan", "issuing_body"),
        choice("state", "Tình trạng", "document_state", listed=True, width=16),
        document("arrival_number", "Số đến"),
        date("arrived_on", "Ngày đến"),
        date("deadline", "Hạn thực hiện", listed=True),
        text("addressee", "Gửi đến"),
        text("signer_office", "Chức vụ người ký", hint="Ghi chức vụ, không ghi tên."),
        unit("Đơn vị liên quan", wanted=False),
        parent("replaces", "Thay thế văn bản", "document"),
        date("ended_on", "Ngày hết hiệu lực"),
        note(),
    ),
    rules=(
        _an_issued_one_has_number_and_day,
        _an_incoming_one_arrives_after_its_day,
        in_order("dated", "arrived_on"),
        in_order("dated", "ended_on"),
    ),
    down=Down.WITH_THOSE,
    since=3,
)

TASK = RecordSpec(
    kind="task",
    label="việc được giao",
    plural="Việc được giao",
    area="documents",
    purpose="Theo dõi từng việc của văn bản, kết luận: chủ trì, phối hợp, thời hạn, kết quả.",
    holds_persons=False,
    retention=_KEPT,
    parent="source",
    title=("title",),
    suspects=(("source", "title"),),
    order=Order.NAME_OF_THING,
    order_by="title",
    dated_by="deadline",
    unit_by="unit",
    state_by="state",
    fields=(
        FieldSpec(
            name="source",
            label="Văn bản, cuộc họp giao việc",
            kind=FieldKind.REFERENCE,
            refers_to=("document", "meeting"),
            required=True,
            width=30,
            travels=UP,
        ),
        subject("title", "Nội dung việc"),
        choice("state", "Tình trạng", "task_state", required=True, listed=True, width=16),
        text("lead", "Chủ trì", wanted=True, searched=True, hint="Ghi cơ quan, chức vụ."),
        text("support", "Phối hợp", hint="Ghi cơ quan, chức vụ."),
        date("deadline", "Hạn hoàn thành", wanted=True, listed=True),
        unit("Đơn vị thực hiện", wanted=False),
        date("done_on", "Ngày hoàn thành", listed=True),
        text("result", "Kết quả", hint="Không ghi tên người."),
        document("answer_document", "Văn bản trả lời số"),
    ),
    rules=(has_date("state", DONE_STATES, "done_on"), _an_answer_names_its_day),
    down=Down.TO_ITS_UNIT,
    since=3,
)
