"""Coordination: programmes with the Front and mass organisations, and joint work with others."""

from __future__ import annotations

from typing import Final

from antq_desktop.domain.fields import FieldSpec, Order, RecordSpec
from antq_desktop.domain.records.common import (
    UP,
    choice,
    count,
    date,
    document,
    in_order,
    note,
    parent,
    subject,
    text,
    unit,
)

_KEPT: Final = "Giữ cùng hồ sơ phong trào của năm."

PROGRAMME = RecordSpec(
    kind="programme",
    label="chương trình phối hợp",
    plural="Chương trình phối hợp",
    area="movement",
    purpose="Theo dõi chương trình, nghị quyết liên tịch với Mặt trận và các đoàn thể.",
    holds_persons=False,
    retention=_KEPT,
    title=("title",),
    suspects=(("number", "partner", "signed_on:year"), ("title", "partner")),
    order=Order.NEWEST_FIRST,
    order_by="signed_on",
    dated_by="signed_on",
    unit_by="unit",
    fields=(
        subject("title", "Tên chương trình"),
        choice("partner", "Bên phối hợp", "mass_organisation", required=True, listed=True),
        date("signed_on", "Ngày ký", required=True, listed=True),
        document("number", "Số, ký hiệu", wanted=True, listed=True),
        date("began_on", "Hiệu lực từ"),
        date("ended_on", "Hiệu lực đến"),
        unit("Nơi ký", wanted=False),
        document("superior_document", "Căn cứ chương trình cấp trên"),
        note("content", "Nội dung phối hợp"),
        note("outcome", "Kết quả thực hiện", hint="Không ghi tên người."),
    ),
    rules=(in_order("began_on", "ended_on"), in_order("signed_on", "ended_on")),
    since=3,
)

PROGRAMME_ACTIVITY = RecordSpec(
    kind="programme_activity",
    label="hoạt động phối hợp",
    plural="Hoạt động phối hợp",
    area="movement",
    purpose="Ghi từng hoạt động của đoàn thể theo chương trình phối hợp và kết quả bằng số.",
    holds_persons=False,
    retention=_KEPT,
    parent="programme",
    title=("held_on", "title"),
    suspects=(("programme", "title", "held_on"),),
    order=Order.NEWEST_FIRST,
    order_by="held_on",
    dated_by="held_on",
    unit_by="unit",
    fields=(
        parent("programme", "Chương trình phối hợp", "programme", required=True),
        date("held_on", "Ngày", required=True, listed=True),
        subject("title", "Nội dung", hint="Không ghi tên người."),
        choice("held_by", "Đoàn thể thực hiện", "mass_organisation", listed=True),
        count("turns", "Số buổi, lượt", "lượt", listed=True),
        count("attendance", "Lượt người tham gia", "lượt", listed=True),
        unit(wanted=False),
        text("result", "Kết quả", hint="Không ghi tên người."),
        document("document", "Văn bản"),
    ),
    since=3,
)

JOINT_WORK = RecordSpec(
    kind="joint_work",
    label="việc phối hợp với lực lượng khác",
    plural="Phối hợp với quân đội, ngành khác",
    area="movement",
    purpose="Ghi loại kết quả phối hợp, số lượng và đơn vị tính, không có danh sách người.",
    holds_persons=False,
    retention=_KEPT,
    title=("done_on", "title"),
    suspects=(("result_kind", "unit", "done_on"),),
    order=Order.NEWEST_FIRST,
    order_by="done_on",
    dated_by="done_on",
    unit_by="unit",
    fields=(
        date("done_on", "Ngày", required=True, listed=True),
        choice("result_kind", "Loại kết quả", "joint_work_kind", required=True, listed=True),
        count("quantity", "Số lượng", required=True, listed=True),
        FieldSpec(
            name="measured_in", label="Đơn vị tính", wanted=True, listed=True, width=12,
            max_length=40, travels=UP,
        ),
        choice("partner", "Lực lượng phối hợp", "joint_partner", wanted=True, listed=True),
        subject("title", "Nội dung", required=False, hint="Không ghi tên người."),
        unit(wanted=False),
        document("document", "Văn bản"),
    ),
    since=3,
)  # fmt: skip
