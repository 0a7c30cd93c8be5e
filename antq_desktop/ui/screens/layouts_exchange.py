"""What units and the unit above them say to each other of figures and records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from antq_desktop.domain.fields import Value
from antq_desktop.ui.screens.editor_layout import Layout, Page, Section
from antq_desktop.ui.screens.layouts_base import NO_TONES, begins

if TYPE_CHECKING:
    from antq_desktop.services.office import Office

_KEY: Final = "documents"


def _zero_begins(office: Office) -> dict[str, Value]:
    return {**begins(today="declared_on")(office), "unit": office.unit}


def _answer_begins(office: Office) -> dict[str, Value]:
    return {**begins(today="answered_on")(office), "unit": office.unit}


def _adjustment_begins(office: Office) -> dict[str, Value]:
    return {**begins(today="confirmed_on")(office), "by": office.unit}


ZERO_REPORT: Final = Layout(
    kind="zero_report",
    key=_KEY,
    title="Báo cáo không phát sinh",
    icon=_KEY,
    new="Báo không phát sinh",
    columns=("about", "unit", "period", "declared_on"),
    spare={"declared_on": 108},
    tones=NO_TONES,
    defaults=_zero_begins,
    copied=("unit", "period", "declared_on"),
    first_words=(
        "Nơi này giữ các báo cáo không phát sinh. Báo nhanh cho mọi loại ở trang Không phát sinh "
        "của mục Giao nhận."
    ),
    pages=(
        Page(
            "Nội dung",
            (Section("Không phát sinh", (("about",), ("period", "declared_on"), ("unit",))),),
        ),
    ),
)

REQUEST: Final = Layout(
    kind="request",
    key=_KEY,
    title="Yêu cầu gửi đơn vị",
    icon=_KEY,
    new="Ghi yêu cầu",
    columns=("title", "unit", "asked_on", "due_on", "sort"),
    spare={"asked_on": 126, "due_on": 108},
    tones={"fix": "watch", "explain": "info", "note": "plain"},
    defaults=begins(today="asked_on", sort="explain"),
    copied=("unit", "asked_on", "sort"),
    first_words=(
        "Nơi này giữ yêu cầu sửa, giải trình gửi đơn vị dưới. Yêu cầu đi cùng gói trả về lần sau."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Yêu cầu",
                    (("unit", "sort"), ("title",), ("asked_on", "due_on"), ("closed_on",)),
                ),
                Section("Hồ sơ được hỏi", (("record",), ("place", "held"))),
            ),
        ),
    ),
)

REQUEST_ANSWER: Final = Layout(
    kind="request_answer",
    key=_KEY,
    title="Trả lời yêu cầu",
    icon=_KEY,
    new="Trả lời yêu cầu",
    columns=("title", "unit", "answered_on"),
    spare={"answered_on": 108},
    tones=NO_TONES,
    defaults=_answer_begins,
    copied=("unit", "answered_on"),
    first_words=(
        "Nơi này giữ trả lời cho yêu cầu của đơn vị tổng hợp. Trả lời được gửi cùng gói dữ liệu "
        "lần sau."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section("Yêu cầu", (("request",), ("title",), ("unit",))),
                Section("Trả lời", (("answered_on",), ("answer",))),
            ),
        ),
    ),
)

ADJUSTMENT: Final = Layout(
    kind="adjustment",
    key=_KEY,
    title="Điều chỉnh số liệu",
    icon=_KEY,
    new="Điều chỉnh số liệu",
    columns=("measure", "unit", "period", "reported", "value"),
    spare={"reported": 112},
    tones=NO_TONES,
    defaults=_adjustment_begins,
    copied=("unit", "by", "period", "confirmed_on"),
    first_words=(
        "Nơi này giữ điều chỉnh số liệu của đơn vị dưới. Mỗi điều chỉnh thôi có hiệu lực khi đơn "
        "vị sửa số liệu."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Số liệu",
                    (("measure",), ("unit", "period"), ("reported", "value")),
                ),
                Section("Căn cứ", (("reason",), ("confirmed_by", "confirmed_on"), ("by",))),
            ),
        ),
    ),
)

REQUESTS: Final = (REQUEST, REQUEST_ANSWER)
FIGURES: Final = (ADJUSTMENT, ZERO_REPORT)
