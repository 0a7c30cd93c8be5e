"""*Lực lượng và đơn vị*: commune police and guards as numbers, the steering committee."""

from __future__ import annotations

from typing import Final

from antq_desktop.ui.screens.editor_layout import ChildrenPart, Layout, LinesPart, Page, Section
from antq_desktop.ui.screens.layouts_base import NO_TONES, begins

_KEY: Final = "forces"
_ICON: Final = "forces"

POLICE_FORCE: Final = Layout(
    kind="police_force",
    key=_KEY,
    title="Quân số Công an xã",
    icon=_ICON,
    new="Ghi quân số",
    columns=("year", "unit", "regular", "semi_professional", "counted_on"),
    spare={"semi_professional": 125},
    tones=NO_TONES,
    defaults=begins(today="counted_on", year=True, own_unit=True),
    copied=("unit", "regular", "document"),
    first_words="Nơi này ghi quân số Công an xã, phường của từng năm bằng số, không có danh sách.",
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Quân số",
                    (
                        ("unit", "year"),
                        ("regular", "semi_professional"),
                        ("counted_on", "document"),
                    ),
                ),
            ),
        ),
    ),
)

GUARD_FORCE: Final = Layout(
    kind="guard_force",
    key=_KEY,
    title="Bảo vệ cơ quan, doanh nghiệp",
    icon=_ICON,
    new="Ghi lực lượng bảo vệ",
    columns=("year", "unit", "guards", "title", "counted_on"),
    spare={"counted_on": 121, "title": 106},
    tones={
        "advanced_collective": "calm",
        "excellent": "calm",
        "good": "calm",
        "done": "info",
        "not_done": "watch",
        "not_assessed": "plain",
    },
    defaults=begins(today="counted_on", year=True),
    copied=("year", "counted_on"),
    first_words=(
        "Nơi này ghi số bảo vệ của cơ quan, doanh nghiệp, nhà trường và danh hiệu hằng năm theo "
        "Thông tư 124."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Lực lượng bảo vệ",
                    (
                        ("unit", "year"),
                        ("guards", "trained"),
                        ("counted_on", "disciplined"),
                    ),
                ),
                Section("Danh hiệu, đánh giá", (("title", "document"),)),
            ),
        ),
    ),
)

COMMITTEE: Final = Layout(
    kind="committee",
    key=_KEY,
    title="Ban Chỉ đạo",
    icon=_ICON,
    new="Thêm Ban Chỉ đạo",
    columns=("name", "document", "founded_on"),
    spare={"document": 92},
    tones=NO_TONES,
    defaults=begins(own_unit=True),
    copied=("unit", "issuer"),
    first_words=(
        "Nơi này ghi quyết định thành lập, kiện toàn Ban Chỉ đạo, thành viên, địa bàn phụ trách và "
        "kết quả phụ trách."
    ),
    pages=(
        Page(
            "Thông tin chung",
            (
                Section(
                    "Ban Chỉ đạo",
                    (
                        ("name",),
                        ("document", "founded_on"),
                        ("issuer", "unit"),
                        ("regulations_document", "regulations_on"),
                        ("ended_on",),
                    ),
                ),
                LinesPart(
                    "renewals",
                    ("renewed_on", "document", "note"),
                    (("renewed_on", "document"), ("note",)),
                    order_by="renewed_on",
                ),
                Section("Ghi chú", (("note",),)),
            ),
        ),
        Page(
            "Thành viên",
            (
                ChildrenPart(
                    "committee_member",
                    ("name", "role", "office", "unit"),
                    (
                        ("name", "role"),
                        ("office",),
                        ("unit", "in_charge"),
                        ("outcome",),
                        ("joined_on", "left_on"),
                    ),
                    codes_first="role",
                ),
            ),
        ),
    ),
)

OTHERS: Final = (POLICE_FORCE, GUARD_FORCE)
