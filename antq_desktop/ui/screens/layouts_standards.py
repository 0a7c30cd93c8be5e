"""*Tiêu chuẩn*: the year of the cycle: scope, registration, file, days, targets, closing."""

from __future__ import annotations

from typing import Final

from antq_desktop.ui.screens.editor_layout import Layout, Page, Section
from antq_desktop.ui.screens.layouts_base import NO_TONES, begins, written

_KEY: Final = "standards"

UNIT_YEAR: Final = Layout(
    kind="unit_year",
    key=_KEY,
    title="Đơn vị theo năm",
    icon=_KEY,
    new="Xác nhận đơn vị",
    columns=("year", "unit", "in_scope", "management_level", "confirmed_on"),
    spare={"management_level": 125, "confirmed_on": 105},
    tones=NO_TONES,
    defaults=begins(today="confirmed_on", year=True, in_scope=True),
    copied=("management_level", "confirmed_on"),
    first_words="Nơi này xác nhận hằng năm đơn vị nào thuộc diện xét, đơn vị nào không và vì sao.",
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Đơn vị, diện",
                    (
                        ("unit", "year"),
                        ("in_scope", "reason"),
                        ("management_level", "confirmed_on"),
                        ("followed_by",),
                    ),
                ),
                Section(
                    "Số liệu để xét",
                    (
                        ("households", "counted_on"),
                        ("people", "attended"),
                        ("sections", "sections_rated"),
                        ("force_rating", "before_complete"),
                        ("document",),
                        ("note",),
                    ),
                ),
            ),
        ),
    ),
)

REGISTRATION: Final = Layout(
    kind="registration",
    key=_KEY,
    title="Đăng ký",
    icon=_KEY,
    new="Ghi đăng ký",
    columns=("year", "unit", "standard", "registered_on", "document"),
    tones=NO_TONES,
    defaults=begins(today="registered_on", year=True, standard="security"),
    copied=("year", "standard", "registered_on"),
    first_words=(
        "Nơi này ghi đăng ký của từng đơn vị trong Quý I: ngày các văn bản, số hộ và ngày chốt số."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Đăng ký", (("unit", "year"), ("standard", "registered_on"), ("document",))
                ),
                Section(
                    "Văn bản của Quý I",
                    (("resolution_on", "resolution_document"), ("plan_on", "plan_document")),
                ),
                Section(
                    "Số liệu",
                    (
                        ("households", "registered"),
                        ("people", "briefed"),
                        ("counted_on",),
                        ("note",),
                    ),
                ),
            ),
        ),
    ),
)

SUBMISSION: Final = Layout(
    kind="submission",
    key=_KEY,
    title="Hồ sơ đề nghị",
    icon=_KEY,
    new="Lập hồ sơ đề nghị",
    columns=("year", "unit", "standard", "meeting_on", "submitted_on"),
    tones=NO_TONES,
    defaults=begins(year=True, standard="security"),
    copied=("year", "standard", "submitted_to"),
    first_words=(
        "Nơi này theo dõi từng bước của hồ sơ: tự chấm, họp, nộp, thẩm định, trình ký, báo cáo."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section("Hồ sơ", (("unit", "year"), ("standard", "submitted_to"))),
                Section(
                    "Các bước",
                    (
                        ("self_reviewed_on", "meeting_planned_on"),
                        ("meeting_place", "meeting_on"),
                        ("minutes_number", "submitted_on"),
                        ("proposal_document", "report_document"),
                        ("appraised_on", "presented_on"),
                        ("reported_on",),
                        ("note",),
                    ),
                ),
            ),
        ),
    ),
)

DAY_PLAN: Final = Layout(
    kind="day_plan",
    key=_KEY,
    title="Kế hoạch ngày",
    icon=_KEY,
    new="Đặt ngày của đơn vị",
    columns=("year", "unit_kind", "meeting", "file", "signing"),
    tones=NO_TONES,
    defaults=begins(year=True, own_unit=True),
    copied=("unit", "year", "meeting", "file", "appraisal", "signing"),
    first_words="Nơi này đặt số ngày làm việc phải xong trước hạn của văn bản cho từng bước.",
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Kế hoạch ngày",
                    (
                        ("unit", "year"),
                        ("unit_kind", "document"),
                        ("meeting", "file"),
                        ("appraisal", "signing"),
                    ),
                ),
            ),
        ),
    ),
)

TARGET: Final = Layout(
    kind="target",
    key=_KEY,
    title="Chỉ tiêu",
    icon=_KEY,
    new="Ghi chỉ tiêu",
    columns=("year", "measure", "value", "unit", "document"),
    tones=NO_TONES,
    defaults=written(year=True, own_unit=True),
    copied=("author", "year", "unit", "document", "dated"),
    first_words="Nơi này ghi chỉ tiêu được giao trong năm để so với số liệu của từng ngày.",
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Chỉ tiêu",
                    (
                        ("measure", "value"),
                        ("unit", "year"),
                        ("document", "dated"),
                        ("author",),
                        ("note",),
                    ),
                ),
            ),
        ),
    ),
)

HOLIDAY: Final = Layout(
    kind="holiday",
    key=_KEY,
    title="Ngày nghỉ, làm bù",
    icon=_KEY,
    new="Ghi ngày nghỉ",
    columns=("day", "title", "kind", "document"),
    tones=NO_TONES,
    defaults=begins(own_unit=True, kind="day_off"),
    copied=("unit", "kind", "title", "document"),
    first_words="Nơi này giữ ngày nghỉ lễ, Tết và ngày làm bù để tính hạn theo ngày làm việc.",
    pages=(
        Page("Nội dung", (Section("Ngày", (("day", "kind"), ("title", "document"), ("unit",))),)),
    ),
)

CLOSING: Final = Layout(
    kind="closing",
    key=_KEY,
    title="Chốt số liệu",
    icon=_KEY,
    new="Chốt số liệu",
    columns=("year", "unit", "standard", "closed_on"),
    tones=NO_TONES,
    defaults=begins(today="closed_on", year=True, own_unit=True),
    copied=("unit", "year", "closed_on"),
    first_words=(
        "Nơi này ghi ngày chốt số liệu của năm; việc sau ngày đó là phát sinh sau khi chốt."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Chốt số liệu",
                    (("unit", "year"), ("standard", "closed_on"), ("document",), ("note",)),
                ),
            ),
        ),
    ),
)

CYCLE: Final = (UNIT_YEAR, REGISTRATION, SUBMISSION)
YEAR: Final = (DAY_PLAN, TARGET, HOLIDAY, CLOSING)
