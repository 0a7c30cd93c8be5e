"""*Phong trào*, who joins in: commitments, programmes, clubs, commendations, good examples."""

from __future__ import annotations

from typing import Final

from antq_desktop.ui.screens.editor_layout import ChildrenPart, Layout, LinesPart, Page, Section
from antq_desktop.ui.screens.layouts_base import NO_TONES, begins

_KEY: Final = "movement"
_ICON: Final = "movement"

COMMITMENT: Final = Layout(
    kind="commitment",
    key=_KEY,
    title="Ký cam kết",
    icon=_ICON,
    new="Ghi ký cam kết",
    columns=("year", "unit", "signers", "signed", "whole"),
    spare={"whole": 90},
    tones=NO_TONES,
    defaults=begins(year=True),
    copied=("year", "signers", "signed_on", "title", "host", "document"),
    first_words=(
        "Nơi này ghi số hộ, hội viên, học sinh, cơ sở đã ký cam kết trên tổng số, mỗi đơn vị và "
        "mỗi năm một dòng cho từng bên ký."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Ký cam kết",
                    (
                        ("unit", "year"),
                        ("signers", "signed_on"),
                        ("signed", "whole"),
                        ("title",),
                    ),
                ),
                Section("Phát động", (("host", "document"), ("note",))),
            ),
        ),
    ),
)

PROGRAMME: Final = Layout(
    kind="programme",
    key=_KEY,
    title="Chương trình phối hợp",
    icon=_ICON,
    register="coordination_report",
    register_words="In báo cáo",
    new="Thêm chương trình",
    columns=("signed_on", "title", "partner", "number"),
    spare={"number": 93, "partner": 76},
    tones=NO_TONES,
    defaults=begins(today="signed_on"),
    copied=("partner", "unit", "superior_document"),
    first_words=(
        "Nơi này theo dõi chương trình, nghị quyết liên tịch với Mặt trận và các đoàn thể, cùng "
        "từng hoạt động đã thực hiện."
    ),
    pages=(
        Page(
            "Chương trình",
            (
                Section(
                    "Chương trình phối hợp",
                    (
                        ("title",),
                        ("partner", "number"),
                        ("signed_on", "unit"),
                        ("began_on", "ended_on"),
                        ("superior_document",),
                    ),
                ),
                Section("Nội dung, kết quả", (("content",), ("outcome",))),
            ),
        ),
        Page(
            "Hoạt động",
            (
                ChildrenPart(
                    "programme_activity",
                    ("held_on", "title", "held_by", "attendance"),
                    (
                        ("held_on", "held_by"),
                        ("title",),
                        ("turns", "attendance"),
                        ("unit", "document"),
                        ("result",),
                    ),
                ),
            ),
        ),
    ),
)

JOINT_WORK: Final = Layout(
    kind="joint_work",
    key=_KEY,
    title="Phối hợp với lực lượng khác",
    icon=_ICON,
    register="coordination_report",
    register_words="In báo cáo",
    new="Ghi việc phối hợp",
    columns=("done_on", "result_kind", "quantity", "measured_in", "partner"),
    spare={"partner": 101},
    tones=NO_TONES,
    defaults=begins(today="done_on"),
    copied=("done_on", "result_kind", "measured_in", "partner", "unit"),
    first_words=(
        "Nơi này ghi kết quả phối hợp với quân đội và ngành khác: loại kết quả, số lượng, đơn vị "
        "tính; không có danh sách người."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Kết quả phối hợp",
                    (
                        ("done_on", "result_kind"),
                        ("quantity", "measured_in"),
                        ("title",),
                        ("partner", "unit"),
                        ("document",),
                    ),
                ),
            ),
        ),
    ),
)

MASS_TEAM: Final = Layout(
    kind="mass_team",
    key=_KEY,
    title="Đội, câu lạc bộ",
    icon=_ICON,
    new="Thêm đội, câu lạc bộ",
    columns=("name", "team_kind", "unit", "host", "members"),
    spare={"host": 124, "unit": 102},
    tones=NO_TONES,
    defaults=begins(),
    copied=("team_kind", "unit", "host"),
    first_words=(
        "Nơi này theo dõi đội thanh niên xung kích, câu lạc bộ và tổ chức quần chúng không tính là "
        "mô hình."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Đội, câu lạc bộ",
                    (
                        ("name",),
                        ("team_kind", "unit"),
                        ("host", "members"),
                        ("turns",),
                    ),
                ),
                Section(
                    "Thành lập",
                    (("founded_on", "founding_document"), ("ended_on",), ("note",)),
                ),
            ),
        ),
    ),
)

COMMENDATION: Final = Layout(
    kind="commendation",
    key=_KEY,
    title="Khen thưởng",
    icon=_ICON,
    register="commendation_list",
    register_words="In danh sách",
    new="Ghi khen thưởng",
    columns=("decided_on", "number", "award", "collectives", "individuals"),
    spare={"number": 100},
    tones=NO_TONES,
    defaults=begins(today="decided_on"),
    copied=("decided_on", "level", "award", "number", "issuer", "for_whom", "ad_hoc"),
    first_words=(
        "Nơi này ghi quyết định khen thưởng về phong trào: cấp khen, hình thức, số tập thể, số cá "
        "nhân."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Quyết định",
                    (
                        ("decided_on", "level"),
                        ("award", "number"),
                        ("collectives", "individuals"),
                        ("for_whom", "unit"),
                        ("title",),
                    ),
                ),
                Section("Chi tiết", (("ad_hoc", "money"), ("issuer",))),
                LinesPart(
                    "holders",
                    ("name", "holder_kind", "office"),
                    (("holder_kind", "name"), ("office",)),
                    order_by="name",
                ),
            ),
        ),
    ),
)

EXAMPLE: Final = Layout(
    kind="example",
    key=_KEY,
    title="Điển hình tiên tiến",
    icon=_ICON,
    new="Thêm điển hình",
    columns=("name", "example_kind", "recognised_on", "document", "replicated"),
    spare={"document": 122, "replicated": 103},
    tones=NO_TONES,
    defaults=begins(today="recognised_on"),
    copied=("example_kind", "recognised_on", "recognised_by", "document", "unit", "domain"),
    first_words=(
        "Nơi này theo dõi tập thể, cá nhân điển hình tiên tiến đã được công nhận để nhân rộng."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Điển hình",
                    (
                        ("name",),
                        ("example_kind", "unit"),
                        ("office", "domain"),
                        ("achievement",),
                    ),
                ),
                Section(
                    "Công nhận",
                    (
                        ("recognised_on", "document"),
                        ("recognised_by",),
                        ("replicated", "ended_on"),
                    ),
                ),
            ),
        ),
    ),
)

TOGETHER: Final = (COMMITMENT, PROGRAMME, JOINT_WORK, MASS_TEAM)
HONOURS: Final = (COMMENDATION, EXAMPLE)
