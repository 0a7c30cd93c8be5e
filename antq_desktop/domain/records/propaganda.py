"""Propaganda: sessions, what was published, the day of the whole people, peak campaigns."""

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
    money,
    note,
    parent,
    subject,
    text,
    unit,
)

_KEPT: Final = "Giữ cùng hồ sơ phong trào của năm."
NO_NAMES: Final = "Không ghi tên người."

SESSION = RecordSpec(
    kind="session",
    label="buổi tuyên truyền",
    plural="Buổi tuyên truyền",
    area="movement",
    purpose="Ghi từng buổi tuyên truyền, số người dự và nội dung, để tổng hợp và làm bằng chứng.",
    holds_persons=False,
    retention=_KEPT,
    title=("held_on", "title"),
    order=Order.NEWEST_FIRST,
    order_by="held_on",
    dated_by="held_on",
    unit_by="unit",
    fields=(
        date("held_on", "Ngày", required=True, listed=True),
        subject("title", "Nội dung", hint=NO_NAMES),
        choice("session_kind", "Hình thức", "session_kind", required=True, listed=True),
        choice("held_by", "Đơn vị tổ chức", "mass_organisation", wanted=True, listed=True),
        unit(),
        count("turns", "Số buổi, lượt", "buổi", hint="Để trống là 01 buổi."),
        count("attendance", "Số người dự", "người", wanted=True, listed=True),
        choice("subject", "Chủ đề", "propaganda_subject", wanted=True, width=26),
        count("opinions", "Ý kiến của nhân dân", "ý kiến"),
        FieldSpec(name="place", label="Địa điểm", width=30),
        count("leaflets", "Tờ rơi đã phát", "tờ"),
        document("plan_document", "Kế hoạch số"),
        note(),
    ),
    since=3,
)

PUBLICATION = RecordSpec(
    kind="publication",
    label="tin, bài tuyên truyền",
    plural="Tin, bài, ấn phẩm tuyên truyền",
    area="movement",
    purpose="Ghi tin, bài, lượt phát thanh, tờ rơi theo kênh để tổng hợp công tác tuyên truyền.",
    holds_persons=False,
    retention=_KEPT,
    title=("published_on", "title"),
    order=Order.NEWEST_FIRST,
    order_by="published_on",
    dated_by="published_on",
    unit_by="unit",
    fields=(
        date("published_on", "Ngày đăng, phát", required=True, listed=True),
        subject("title", "Tên tin, bài, nội dung", hint=NO_NAMES),
        choice("channel", "Kênh", "media_channel", required=True, listed=True, width=26),
        count("items", "Số lượng", listed=True, hint="Để trống là 01 tin, bài, lượt hoặc tờ."),
        unit(wanted=False),
        choice("subject", "Chủ đề", "propaganda_subject", wanted=True, width=26),
        choice("held_by", "Đơn vị thực hiện", "mass_organisation"),
        count("reached", "Lượt xem, nghe, nhận", "lượt"),
        text("place", "Nơi đăng, tên trang, đài", searched=True),
    ),
    since=3,
)

FESTIVAL = RecordSpec(
    kind="festival",
    label="ngày hội toàn dân bảo vệ ANTQ",
    plural="Ngày hội toàn dân bảo vệ ANTQ",
    area="movement",
    purpose="Ghi kết quả tổ chức Ngày hội: số điểm, số người dự, quà tặng, khen thưởng.",
    holds_persons=False,
    retention=_KEPT,
    title=("held_on", "title"),
    order=Order.NEWEST_FIRST,
    order_by="held_on",
    dated_by="held_on",
    unit_by="unit",
    fields=(
        date("held_on", "Ngày tổ chức", required=True, listed=True),
        subject("title", "Tên, nội dung"),
        unit("Nơi tổ chức"),
        choice("level", "Cấp tổ chức", "festival_level", wanted=True, listed=True),
        count("sites", "Số điểm tổ chức", "điểm", listed=True, hint="Để trống là 01 điểm."),
        count("attendance", "Số người dự", "người", wanted=True, listed=True),
        count("gifts", "Suất quà tặng", "suất"),
        money("gift_value", "Trị giá quà"),
        count("commended", "Tập thể, cá nhân được khen"),
        count("performances", "Tiết mục, hoạt động", "tiết mục"),
        document("plan_document", "Kế hoạch số"),
        document("report_document", "Báo cáo kết quả số"),
        note(),
    ),
    since=3,
)

CAMPAIGN = RecordSpec(
    kind="campaign",
    label="đợt cao điểm",
    plural="Đợt cao điểm",
    area="movement",
    purpose="Theo dõi đợt cao điểm từ kế hoạch đến kết quả.",
    holds_persons=False,
    retention=_KEPT,
    title=("began_on", "title"),
    order=Order.NEWEST_FIRST,
    order_by="began_on",
    dated_by="began_on",
    unit_by="unit",
    fields=(
        subject("title", "Tên đợt cao điểm"),
        date("began_on", "Từ ngày", required=True, listed=True),
        date("ended_on", "Đến ngày", listed=True),
        unit("Nơi thực hiện", wanted=False),
        document("plan_document", "Kế hoạch số", wanted=True, listed=True),
        text("plan_issuer", "Cơ quan ban hành kế hoạch"),
        document("report_document", "Báo cáo kết quả số"),
        note("outcome", "Kết quả chung", hint=NO_NAMES),
    ),
    rules=(in_order("began_on", "ended_on"),),
    since=3,
)

CAMPAIGN_RESULT = RecordSpec(
    kind="campaign_result",
    label="kết quả đợt cao điểm",
    plural="Kết quả đợt cao điểm",
    area="movement",
    purpose="Ghi từng loại kết quả của đợt cao điểm bằng số và đơn vị tính.",
    holds_persons=False,
    retention=_KEPT,
    parent="campaign",
    title=("title",),
    order=Order.NAME_OF_THING,
    order_by="title",
    dated_by="reported_on",
    unit_by="unit",
    fields=(
        parent("campaign", "Đợt cao điểm", "campaign", required=True),
        subject(
            "title", "Loại kết quả", hint="Ví dụ: vụ làm rõ, pháo thu nộp. Không ghi tên người."
        ),
        count("quantity", "Số lượng", required=True, listed=True),
        FieldSpec(
            name="measured_in",
            label="Đơn vị tính",
            listed=True,
            wanted=True,
            width=12,
            max_length=40,
            travels=UP,
        ),
        date("reported_on", "Ngày báo cáo", listed=True),
        unit("Nơi đạt kết quả", wanted=False),
    ),
    since=3,
)
