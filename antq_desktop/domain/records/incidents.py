"""Incidents: the register of order, not a tool of criminal procedure (TT 28/2020/TT-BCA).

The official book is Mẫu 294 on paper; only its number is kept here. People involved are lines of
the incident and never records of their own, so that nothing is ever known *about a person*.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import (
    FieldKind,
    FieldSpec,
    LineSpec,
    Order,
    RecordSpec,
    RuleView,
    Travels,
    line_path,
)
from antq_desktop.domain.keeping import Keeping
from antq_desktop.domain.records.common import (
    UP,
    choice,
    comes_before,
    count,
    date,
    document,
    money,
    text,
    yes_no,
)

DOMESTIC_VIOLENCE = "domestic_violence"
VICTIM = "victim"
MINORS = frozenset({"under_14", "from_14_to_15", "from_16_to_17"})
NAMING = ("name", "address", "citizen_id")
CLOSED = frozenset({"closed", "resolved"})


def _who_may_not_be_named(view: RuleView) -> Iterator[Fault]:
    hurt_at_home = view.text("kind") == DOMESTIC_VIOLENCE or view.yes("sexual_violence")
    for line_id, line in view.lines("involved").items():
        minor = line.get("age_group") in MINORS
        victim = hurt_at_home and line.get("role") == VICTIM
        if not (minor or victim):
            continue
        who = "người dưới 18 tuổi" if minor else "người bị bạo lực gia đình, xâm hại tình dục"
        for name in NAMING:
            if line.get(name):
                label = view.spec.line("involved").field(name).label.lower()
                message = f"Không ghi {label} của {who}. Xóa mục này."
                yield view.fault("must_not_be_named", message, line_path("involved", line_id, name))


def _a_class_has_its_moment(view: RuleView) -> Iterator[Fault]:
    if view.text("incident_class") and not view.text("class_since"):
        message = "Đã chọn trường hợp theo Điều 7 Thông tư 28 nhưng chưa có thời điểm xác định."
        yield view.warning("class_without_moment", message, "class_since")
    received, since = view.text("received_at"), view.text("class_since")
    if received and since and comes_before(since, received):
        message = "Thời điểm xác định trường hợp trước thời điểm tiếp nhận. Nhập lại."
        yield view.fault("moments_out_of_order", message, "class_since")


def _happens_before_it_is_received(view: RuleView) -> Iterator[Fault]:
    happened, received = view.text("occurred_on"), view.text("received_at")
    if happened and received and comes_before(received[:10], happened):
        message = "Ngày xảy ra sau thời điểm tiếp nhận. Nhập lại một trong hai."
        yield view.fault("moments_out_of_order", message, "occurred_on")
    transferred = view.text("transferred_at")
    if received and transferred and comes_before(transferred, received):
        message = "Thời điểm chuyển tin trước thời điểm tiếp nhận. Nhập lại một trong hai."
        yield view.fault("moments_out_of_order", message, "transferred_at")
    for name in ("cleared_on", "closed_on"):
        later = view.text(name)
        if happened and later and comes_before(later, happened):
            message = f"{view.spec.field(name).label} trước ngày xảy ra. Nhập lại."
            yield view.fault("moments_out_of_order", message, name)


def _not_in_the_future(view: RuleView) -> Iterator[Fault]:
    if view.today is None:
        return
    for name in ("occurred_on", "received_at"):
        value = view.text(name)
        if value and comes_before(view.today.isoformat(), value[:10]):
            message = f"{view.spec.field(name).label} sau ngày hôm nay. Kiểm tra lại ngày."
            yield view.warning("in_the_future", message, name)
    received = view.text("received_at")
    if view.now[:10] == received[:10] and view.now < received:
        message = "Thời điểm tiếp nhận sau giờ hiện tại. Kiểm tra lại giờ."
        yield view.warning("in_the_future", message, "received_at")


def _a_closed_one_says_when(view: RuleView) -> Iterator[Fault]:
    if view.text("state") in CLOSED and not view.text("closed_on"):
        message = "Vụ việc đã kết thúc thì phải có ngày kết thúc. Nhập ngày kết thúc."
        yield view.fault("closed_without_date", message, "closed_on")


def _moment(name: str, label: str, *, wanted: bool = False) -> FieldSpec:
    return FieldSpec(
        name=name, label=label, kind=FieldKind.MOMENT, width=16, wanted=wanted, travels=UP
    )


INVOLVED = LineSpec(
    name="involved",
    label="Người liên quan",
    item="người liên quan",
    fields=(
        FieldSpec(
            name="role",
            label="Vai trò",
            kind=FieldKind.CHOICE,
            codes="involved_role",
            required=True,
            width=16,
        ),
        FieldSpec(name="sex", label="Giới tính", kind=FieldKind.CHOICE, codes="sex", width=8),
        FieldSpec(
            name="age_group",
            label="Nhóm tuổi",
            kind=FieldKind.CHOICE,
            codes="age_group",
            width=14,
        ),
        FieldSpec(
            name="name",
            label="Họ và tên",
            private=True,
            names_person=True,
            width=24,
            max_length=100,
        ),
        FieldSpec(name="address", label="Nơi ở", private=True, width=30, max_length=300),
        FieldSpec(
            name="citizen_id",
            label="Số CCCD",
            kind=FieldKind.CITIZEN_ID,
            private=True,
            width=14,
            max_length=12,
        ),
    ),
)

INCIDENT = RecordSpec(
    kind="incident",
    label="vụ việc",
    plural="Vụ việc",
    area="incidents",
    purpose="Ghi vụ việc về trật tự ở địa bàn để theo dõi thời hạn, kết quả và tổng hợp số liệu.",
    holds_persons=True,
    retention=(
        "Người liên quan: 24 tháng sau khi kết thúc chỉ còn vai trò, giới tính, nhóm tuổi; "
        "số điện thoại gọi lại: xóa 30 ngày sau khi kết thúc."
    ),
    keeping=Keeping(
        months=24,
        after="closed_on",
        erases=("involved/name", "involved/address", "involved/citizen_id", "callback"),
        files=True,
    ),
    title=("register_number", "title"),
    suspects=(("register_number", "occurred_on:year"), ("title", "occurred_on")),
    order=Order.NEWEST_FIRST,
    order_by="occurred_on",
    dated_by="occurred_on",
    unit_by="unit",
    state_by="state",
    closed_by="closed_on",
    fields=(
        FieldSpec(
            name="register_number",
            label="Số trong sổ",
            searched=True,
            listed=True,
            width=10,
            max_length=40,
            travels=UP,
            hint="Số thứ tự trong sổ theo dõi của đơn vị.",
        ),
        date("occurred_on", "Ngày xảy ra", required=True, listed=True),
        FieldSpec(name="occurred_hour", label="Giờ xảy ra", width=8, max_length=20, travels=UP),
        _moment("received_at", "Thời điểm tiếp nhận", wanted=True),
        FieldSpec(
            name="title",
            label="Tóm tắt",
            required=True,
            searched=True,
            listed=True,
            width=44,
            max_length=300,
            travels=UP,
            hint="Một dòng, không ghi tên người.",
        ),
        choice("kind", "Loại vụ việc", "incident_kind", required=True, listed=True, width=26),
        choice("state", "Tình trạng", "incident_state", required=True, listed=True, width=16),
        FieldSpec(
            name="unit",
            label="Nơi xảy ra thuộc",
            kind=FieldKind.REFERENCE,
            refers_to=("unit",),
            wanted=True,
            listed=True,
            width=26,
            travels=UP,
        ),
        FieldSpec(name="place", label="Địa điểm", searched=True, width=40, max_length=300),
        choice("severity", "Mức độ", "incident_severity", width=22),
        choice("channel", "Biết tin qua", "incident_channel", width=24),
        choice("incident_class", "Trường hợp theo Điều 7 Thông tư 28", "incident_class", width=30),
        _moment("class_since", "Xác định trường hợp lúc"),
        document(
            "ledger_294",
            "Số trong sổ theo Mẫu 294",
            hint="Chỉ ghi khi tin đã vào sổ tiếp nhận nguồn tin về tội phạm.",
        ),
        FieldSpec(
            name="narrative",
            label="Diễn biến",
            kind=FieldKind.LONG_TEXT,
            width=60,
            max_length=20_000,
            hint="Không ghi danh tính người cung cấp tin.",
        ),
        count("deaths", "Số người chết", "người"),
        count("injuries", "Số người bị thương", "người"),
        money("damage", "Thiệt hại tài sản"),
        count("handled", "Số người bị xử lý", "người"),
        choice("handling", "Hình thức xử lý", "handling", width=26),
        FieldSpec(
            name="result", label="Kết quả", width=44, max_length=1000, hint="Không ghi tên người."
        ),
        choice("people_part", "Phần tham gia của quần chúng", "people_part", width=26),
        _moment("transferred_at", "Chuyển tin lúc"),
        text("transferred_to", "Chuyển đến cơ quan"),
        date("cleared_on", "Ngày làm rõ"),
        date("closed_on", "Ngày kết thúc"),
        FieldSpec(
            name="officer", label="Cán bộ phụ trách", names_person=True, width=26, travels=UP
        ),
        yes_no("force_majeure", "Trường hợp bất khả kháng"),
        replace(yes_no("detected_in_time", "Kịp thời phát hiện"), since=6),
        replace(yes_no("harm_limited", "Đã giảm thiểu hậu quả"), since=6),
        yes_no("reported_at_once", "Báo cáo ngay cấp có thẩm quyền"),
        replace(
            yes_no(
                "serious_accident",
                "Sự cố nghiêm trọng theo quy định",
                hint="Cháy, nổ, tai nạn lao động chết người, sự cố nghiêm trọng.",
            ),
            since=6,
        ),
        yes_no("new_hotspot", "Phát sinh tụ điểm mới"),
        FieldSpec(
            name="newly_fallen",
            label="Số người mới mắc tệ nạn xã hội",
            kind=FieldKind.INTEGER,
            unit="người",
            width=8,
            maximum=10_000,
            travels=UP,
            hint="Chỉ ghi số, không ghi tên.",
        ),
        FieldSpec(
            name="sexual_violence",
            label="Có yếu tố xâm hại tình dục",
            kind=FieldKind.YES_NO,
            hint="Khi có, người bị hại không được ghi tên.",
        ),
        FieldSpec(
            name="callback",
            label="Số điện thoại gọi lại",
            kind=FieldKind.PHONE,
            private=True,
            width=14,
            max_length=20,
            travels=Travels.NEVER,
            erased_after=30,
            hint="Chỉ lưu trên máy này, xóa 30 ngày sau khi kết thúc.",
        ),
    ),
    lines=(INVOLVED,),
    rules=(
        _who_may_not_be_named,
        _a_class_has_its_moment,
        _happens_before_it_is_received,
        _not_in_the_future,
        _a_closed_one_says_when,
    ),
)
