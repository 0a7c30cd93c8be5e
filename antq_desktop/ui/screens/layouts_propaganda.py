"""*Phong trào*, propaganda: sessions, publications, channels, the day of the people, campaigns."""

from __future__ import annotations

from typing import Final

from antq_desktop.ui.screens.editor_layout import ChildrenPart, Layout, Page, Section
from antq_desktop.ui.screens.layouts_base import NO_TONES, begins

_KEY: Final = "movement"
_ICON: Final = "movement"

SESSION: Final = Layout(
    kind="session",
    key=_KEY,
    title="Buổi tuyên truyền",
    icon=_ICON,
    register="propaganda_log",
    register_words="In sổ",
    new="Ghi buổi tuyên truyền",
    columns=("held_on", "title", "session_kind", "unit", "attendance"),
    spare={"unit": 115, "session_kind": 91},
    tones=NO_TONES,
    defaults=begins(today="held_on"),
    copied=("held_on", "title", "session_kind", "held_by", "unit", "subject", "place"),
    first_words=(
        "Nơi này ghi từng buổi tuyên truyền: nội dung, hình thức, đơn vị tổ chức và số người dự."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Buổi tuyên truyền",
                    (
                        ("held_on", "session_kind"),
                        ("title",),
                        ("held_by", "subject"),
                        ("unit", "place"),
                    ),
                ),
                Section(
                    "Kết quả",
                    (
                        ("attendance", "turns"),
                        ("opinions", "leaflets"),
                        ("plan_document",),
                        ("note",),
                    ),
                ),
            ),
        ),
    ),
)

PUBLICATION: Final = Layout(
    kind="publication",
    key=_KEY,
    title="Tin, bài, ấn phẩm",
    icon=_ICON,
    register="propaganda_log",
    register_words="In sổ",
    new="Ghi tin, bài",
    columns=("published_on", "title", "channel", "items", "reached"),
    spare={"reached": 119, "channel": 93},
    tones=NO_TONES,
    defaults=begins(today="published_on"),
    copied=("published_on", "channel", "unit", "subject", "held_by", "place"),
    first_words=(
        "Nơi này ghi tin, bài, lượt phát thanh, tờ rơi theo kênh. Nhiều lượt cùng nội dung ghi "
        "một dòng với số lượng."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Tin, bài, ấn phẩm",
                    (
                        ("published_on", "channel"),
                        ("title",),
                        ("items", "reached"),
                        ("subject", "held_by"),
                        ("unit", "place"),
                    ),
                ),
            ),
        ),
    ),
)

CHANNEL: Final = Layout(
    kind="channel",
    key=_KEY,
    title="Kênh tiếp nhận",
    icon=_ICON,
    new="Thêm kênh",
    columns=("name", "channel_kind", "unit", "members", "posts"),
    spare={"unit": 132, "posts": 108},
    tones=NO_TONES,
    defaults=begins(today="counted_on"),
    copied=("channel_kind", "unit", "counted_on"),
    first_words=(
        "Nơi này theo dõi trang, nhóm Zalo, hòm thư, đường dây nóng bằng số; không ghi ai tham gia."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Kênh",
                    (
                        ("name",),
                        ("channel_kind", "unit"),
                        ("opened_on", "closed_on"),
                    ),
                ),
                Section(
                    "Số liệu",
                    (("members", "posts"), ("received", "counted_on"), ("note",)),
                ),
            ),
        ),
    ),
)

FESTIVAL: Final = Layout(
    kind="festival",
    key=_KEY,
    title="Ngày hội toàn dân",
    icon=_ICON,
    new="Ghi Ngày hội",
    columns=("held_on", "title", "level", "unit", "attendance"),
    spare={"unit": 112, "level": 95},
    tones=NO_TONES,
    defaults=begins(today="held_on", title="Ngày hội toàn dân bảo vệ an ninh Tổ quốc"),
    copied=("held_on", "title", "unit", "level", "plan_document"),
    first_words=(
        "Nơi này ghi kết quả tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc: số điểm, số người "
        "dự, quà tặng, khen thưởng."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Ngày hội",
                    (
                        ("held_on", "level"),
                        ("title",),
                        ("unit", "sites"),
                        ("plan_document", "report_document"),
                    ),
                ),
                Section(
                    "Kết quả",
                    (
                        ("attendance", "performances"),
                        ("gifts", "gift_value"),
                        ("commended",),
                        ("note",),
                    ),
                ),
            ),
        ),
    ),
)

CAMPAIGN: Final = Layout(
    kind="campaign",
    key=_KEY,
    title="Đợt cao điểm",
    icon=_ICON,
    new="Thêm đợt cao điểm",
    columns=("began_on", "ended_on", "title", "plan_document"),
    spare={"plan_document": 90, "ended_on": 73},
    tones=NO_TONES,
    defaults=begins(today="began_on"),
    copied=("title", "began_on", "ended_on", "unit", "plan_issuer"),
    first_words=(
        "Nơi này theo dõi đợt cao điểm từ kế hoạch đến kết quả; mỗi loại kết quả là một dòng có số "
        "lượng và đơn vị tính."
    ),
    pages=(
        Page(
            "Kế hoạch, kết quả",
            (
                Section(
                    "Đợt cao điểm",
                    (
                        ("title",),
                        ("began_on", "ended_on"),
                        ("plan_document", "plan_issuer"),
                        ("unit", "report_document"),
                    ),
                ),
                ChildrenPart(
                    "campaign_result",
                    ("title", "quantity", "measured_in", "reported_on"),
                    (
                        ("title",),
                        ("quantity", "measured_in"),
                        ("reported_on", "unit"),
                    ),
                ),
                Section("Đánh giá", (("outcome",),)),
            ),
        ),
    ),
)

LAYOUTS: Final = (SESSION, PUBLICATION, CHANNEL, FESTIVAL, CAMPAIGN)
