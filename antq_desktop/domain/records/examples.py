"""Good examples, mass teams and clubs, channels, events kept in order, the rural standard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import Order, RecordSpec, RuleView
from antq_desktop.domain.keeping import Keeping
from antq_desktop.domain.records.common import (
    choice,
    count,
    date,
    document,
    in_order,
    note,
    subject,
    text,
    unit,
    year,
    yes_no,
)

_KEPT: Final = "Giữ cùng hồ sơ phong trào của năm."


def _a_met_standard_has_its_decision(view: RuleView) -> Iterator[Fault]:
    if view.yes("met") and not view.text("document"):
        message = "Đã đạt nhưng chưa có quyết định công nhận."
        yield view.warning("met_without_decision", message, "document")


EXAMPLE = RecordSpec(
    kind="example",
    label="điển hình tiên tiến",
    plural="Điển hình tiên tiến",
    area="movement",
    purpose="Theo dõi tập thể, cá nhân điển hình tiên tiến đã được công nhận để nhân rộng.",
    holds_persons=True,
    retention="Tên cá nhân: xóa 60 tháng sau ngày công nhận; số lượng giữ lại.",
    keeping=Keeping(
        months=60,
        after="recognised_on",
        erases=("name", "office", "achievement"),
        only=("example_kind", frozenset({"individual"})),
    ),
    title=("name",),
    order=Order.NAME_OF_THING,
    order_by="name",
    dated_by="recognised_on",
    unit_by="unit",
    fields=(
        replace(subject("name", "Tên tập thể, cá nhân"), names_person=True),
        choice("example_kind", "Tập thể, cá nhân", "recipient_kind", required=True, listed=True),
        date("recognised_on", "Ngày công nhận", required=True, listed=True),
        text("recognised_by", "Cơ quan công nhận", wanted=True),
        document("document", "Quyết định số", listed=True),
        text("office", "Chức vụ, nơi công tác"),
        unit(),
        choice("domain", "Lĩnh vực", "scheme_domain"),
        text("achievement", "Thành tích, cách làm"),
        yes_no("replicated", "Đã nhân rộng", listed=True),
        date("ended_on", "Ngày thôi là điển hình"),
    ),
    rules=(in_order("recognised_on", "ended_on"),),
    since=3,
)

MASS_TEAM = RecordSpec(
    kind="mass_team",
    label="đội, câu lạc bộ quần chúng",
    plural="Đội, câu lạc bộ quần chúng",
    area="movement",
    purpose="Theo dõi đội xung kích, câu lạc bộ không tính là mô hình, chỉ bằng số thành viên.",
    holds_persons=False,
    retention="Giữ đến khi đội, câu lạc bộ giải thể.",
    title=("name",),
    suspects=(("name", "unit"),),
    order=Order.NAME_OF_THING,
    order_by="name",
    dated_by="founded_on",
    unit_by="unit",
    fields=(
        subject("name", "Tên đội, câu lạc bộ"),
        choice("team_kind", "Loại", "mass_team_kind", required=True, listed=True, width=26),
        unit(),
        choice("host", "Đoàn thể quản lý", "mass_organisation", wanted=True, listed=True),
        count("members", "Số thành viên", "người", wanted=True, listed=True),
        date("founded_on", "Ngày thành lập", wanted=True, listed=True),
        document("founding_document", "Quyết định thành lập số"),
        count("turns", "Buổi sinh hoạt trong năm", "buổi"),
        date("ended_on", "Ngày giải thể"),
        note(),
    ),
    rules=(in_order("founded_on", "ended_on"),),
    since=3,
)

CHANNEL = RecordSpec(
    kind="channel",
    label="kênh tiếp nhận, tuyên truyền",
    plural="Kênh tiếp nhận, tuyên truyền",
    area="movement",
    purpose="Theo dõi trang, nhóm, hòm thư, đường dây nóng bằng số; không ghi ai tham gia.",
    holds_persons=False,
    retention="Giữ đến khi kênh ngừng hoạt động.",
    title=("name",),
    suspects=(("name", "channel_kind"),),
    order=Order.NAME_OF_THING,
    order_by="name",
    dated_by="opened_on",
    unit_by="unit",
    fields=(
        subject("name", "Tên kênh"),
        choice("channel_kind", "Loại kênh", "contact_channel", required=True, listed=True),
        unit(wanted=False),
        date("opened_on", "Ngày mở", wanted=True, listed=True),
        count("members", "Số thành viên, theo dõi", "người", wanted=True, listed=True),
        count("posts", "Số bài đã đăng", "bài", listed=True),
        count("received", "Tin nhận qua kênh", "tin"),
        date("counted_on", "Ngày đếm"),
        date("closed_on", "Ngày ngừng"),
        note(),
    ),
    rules=(in_order("opened_on", "closed_on"),),
    since=3,
)

PUBLIC_EVENT = RecordSpec(
    kind="public_event",
    label="sự kiện được bảo vệ",
    plural="Sự kiện được bảo vệ",
    area="movement",
    purpose="Ghi lễ hội, đại hội, ngày lễ được bảo vệ, lực lượng bằng số; không có phương án.",
    holds_persons=False,
    retention=_KEPT,
    title=("began_on", "title"),
    suspects=(("title", "began_on"),),
    order=Order.NEWEST_FIRST,
    order_by="began_on",
    dated_by="began_on",
    unit_by="unit",
    fields=(
        date("began_on", "Từ ngày", required=True, listed=True),
        subject("title", "Tên sự kiện"),
        choice("event_kind", "Loại", "event_kind", required=True, listed=True),
        date("ended_on", "Đến ngày"),
        unit("Nơi diễn ra", wanted=False),
        count("police", "Công an", "người"),
        count("teams", "Tổ bảo vệ ANTT", "người"),
        count("others", "Lực lượng khác", "người"),
        count("attendance", "Lượt người dự", "lượt"),
        choice("outcome", "Kết quả", "event_outcome", wanted=True, listed=True),
    ),
    rules=(in_order("began_on", "ended_on"),),
    since=3,
)

RURAL_STANDARD = RecordSpec(
    kind="rural_standard",
    label="tiêu chí an ninh, trật tự nông thôn mới",
    plural="Nông thôn mới, đô thị văn minh",
    area="movement",
    purpose="Theo dõi kết quả tiêu chí an ninh, trật tự trong nông thôn mới, đô thị văn minh.",
    holds_persons=False,
    retention=_KEPT,
    title=("year", "document"),
    order=Order.NEWEST_FIRST,
    order_by="decided_on",
    dated_by="decided_on",
    unit_by="unit",
    state_by="level",
    alike=("unit", "year", "level"),
    fields=(
        unit("Xã, phường, thị trấn", required=True),
        year(),
        choice("level", "Mức", "rural_level", required=True, listed=True, width=26),
        yes_no("met", "Đạt tiêu chí an ninh, trật tự", wanted=True, listed=True),
        date("decided_on", "Ngày công nhận", listed=True),
        document("document", "Quyết định công nhận số", listed=True),
        text("reason", "Nội dung chưa đạt", hint="Không ghi tên người."),
    ),
    rules=(_a_met_standard_has_its_decision,),
    since=3,
)
