"""*Lực lượng và đơn vị*: protection teams, their members, training and patrols."""

from __future__ import annotations

from typing import Final

from antq_desktop.domain.fields import Values
from antq_desktop.ui.screens.editor_layout import ChildrenPart, Layout, LinesPart, Page, Section
from antq_desktop.ui.screens.layouts_base import NO_TONES, begins

_KEY: Final = "forces"
_ICON: Final = "forces"


def _unrated(values: Values) -> bool:
    return values.get("rating") is None


PROTECTION_TEAM: Final = Layout(
    kind="protection_team",
    key=_KEY,
    title="Tổ bảo vệ ANTT",
    icon=_ICON,
    new="Thêm Tổ bảo vệ ANTT",
    columns=("name", "unit", "founded_on", "founding_document", "decided_members"),
    register="bm1",
    register_words="In Biểu mẫu 01",
    register_window="statistics",
    spare={"founding_document": 156, "founded_on": 127},
    tones=NO_TONES,
    defaults=begins(today="founded_on"),
    copied=("founded_on", "founding_document", "founding_issuer", "decided_members"),
    first_words=(
        "Nơi này theo dõi Tổ bảo vệ an ninh, trật tự của từng thôn, tổ dân phố: quyết định, thành "
        "viên, trang bị, chế độ, xếp loại."
    ),
    pages=(
        Page(
            "Thông tin chung",
            (
                Section(
                    "Tổ bảo vệ an ninh, trật tự",
                    (
                        ("name",),
                        ("unit", "decided_members"),
                        ("founded_on", "founding_document"),
                        ("founding_issuer", "office_place"),
                        ("area",),
                    ),
                ),
                Section("Giải thể", (("ended_on", "ended_document"),)),
                Section("Ghi chú", (("note",),)),
            ),
        ),
        Page(
            "Thành viên",
            (
                ChildrenPart(
                    "team_member",
                    ("name", "office", "sex", "birth_year", "joined_on"),
                    (
                        ("name", "office"),
                        ("sex", "birth_year", "born_on"),
                        ("education", "minority"),
                        ("unit", "citizen_id", "phone"),
                        ("joined_on", "joined_document"),
                        ("old_joined_on", "old_left_on"),
                        ("left_on", "left_reason"),
                        ("left_document", "policy"),
                        ("tool_certificate",),
                        ("note",),
                    ),
                    codes_first="office",
                ),
            ),
        ),
        Page(
            "Trang bị, chế độ",
            (
                LinesPart(
                    "equipment",
                    ("item", "quantity", "issued_on", "document"),
                    (("item", "quantity"), ("issued_on", "document")),
                    order_by="issued_on",
                ),
                LinesPart(
                    "allowances",
                    ("monthly", "insurance", "duty", "document"),
                    (("monthly", "insurance"), ("duty", "document")),
                ),
            ),
        ),
        Page(
            "Xếp loại",
            (
                ChildrenPart(
                    "team_rating",
                    ("year", "rating", "document", "decided_on"),
                    (
                        ("year", "rating"),
                        ("tasks_given", "tasks_done"),
                        ("document", "decided_on"),
                        ("unrated_reason",),
                    ),
                    defaults=begins(year=True),
                    shown_when={"unrated_reason": _unrated},
                ),
            ),
        ),
    ),
)


def _left(values: Values) -> bool:
    return values.get("left_on") is not None


TEAM_MEMBER: Final = Layout(
    kind="team_member",
    key=_KEY,
    title="Thành viên Tổ",
    icon=_ICON,
    register="force_members",
    register_words="In danh sách",
    new="Thêm thành viên",
    columns=("name", "office", "protection_team", "birth_year", "joined_on"),
    spare={"joined_on": 112, "birth_year": 93},
    tones=NO_TONES,
    defaults=begins(today="joined_on", office="member"),
    copied=("protection_team", "office", "unit", "joined_on", "joined_document"),
    shown_when={
        "left_reason": _left,
        "left_document": _left,
        "policy": _left,
    },
    first_words=(
        "Nơi này là sổ thành viên Tổ bảo vệ an ninh, trật tự. BIỂU MẪU 01 được tính từ đây."
    ),
    pages=(
        Page(
            "Thông tin chung",
            (
                Section(
                    "Thành viên",
                    (
                        ("protection_team", "office"),
                        ("name", "sex"),
                        ("birth_year", "born_on"),
                        ("education", "minority"),
                        ("citizen_id", "phone"),
                        ("unit",),
                    ),
                ),
                Section(
                    "Tham gia",
                    (
                        ("joined_on", "joined_document"),
                        ("old_joined_on", "old_left_on"),
                        ("tool_certificate",),
                    ),
                ),
                Section(
                    "Thôi tham gia",
                    (("left_on", "left_reason"), ("left_document", "policy")),
                ),
                Section("Ghi chú", (("note",),)),
            ),
        ),
        Page(
            "Xếp loại",
            (
                ChildrenPart(
                    "member_rating",
                    ("year", "rating", "document", "decided_on"),
                    (
                        ("year", "rating"),
                        ("tasks_given", "tasks_done"),
                        ("meetings_due", "meetings_attended", "meetings_excused"),
                        ("training_called", "training_attended"),
                        ("forbidden_act", "act_document"),
                        ("document", "decided_on"),
                        ("unrated_reason",),
                    ),
                    defaults=begins(year=True),
                    shown_when={"unrated_reason": _unrated},
                ),
            ),
        ),
        Page(
            "Bị thương, hy sinh",
            (
                ChildrenPart(
                    "service_harm",
                    ("happened_on", "harm", "title", "support"),
                    (
                        ("happened_on", "harm"),
                        ("title",),
                        ("support", "document"),
                    ),
                ),
            ),
        ),
    ),
)

TEAM_TRAINING: Final = Layout(
    kind="team_training",
    key=_KEY,
    title="Huấn luyện",
    icon=_ICON,
    new="Ghi lớp huấn luyện",
    columns=("held_on", "title", "attended", "classes"),
    spare={"classes": 94},
    tones=NO_TONES,
    defaults=begins(today="held_on"),
    copied=("title", "held_by", "unit", "days", "document"),
    first_words=(
        "Nơi này ghi lớp huấn luyện, bồi dưỡng cho Tổ bảo vệ an ninh, trật tự và số thành viên dự."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Lớp huấn luyện",
                    (
                        ("held_on", "attended"),
                        ("title",),
                        ("called", "classes"),
                        ("days", "held_by"),
                        ("unit", "document"),
                        ("result",),
                    ),
                ),
            ),
        ),
    ),
)

PATROL: Final = Layout(
    kind="patrol",
    key=_KEY,
    title="Tuần tra",
    icon=_ICON,
    new="Ghi buổi tuần tra",
    columns=("patrolled_on", "force", "unit", "turns", "persons"),
    spare={"turns": 106, "persons": 94},
    tones=NO_TONES,
    defaults=begins(today="patrolled_on"),
    copied=("patrolled_on", "force", "unit", "turns", "persons", "area"),
    first_words="Nơi này đếm buổi tuần tra của lực lượng ở cơ sở và kết quả, không ghi tên người.",
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Buổi tuần tra",
                    (
                        ("patrolled_on", "force"),
                        ("unit", "area"),
                        ("turns", "persons"),
                        ("found", "reminded"),
                        ("result",),
                    ),
                ),
            ),
        ),
    ),
)

LAYOUTS: Final = (PROTECTION_TEAM, TEAM_MEMBER, TEAM_TRAINING, PATROL)
