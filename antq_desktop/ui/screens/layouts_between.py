"""What units answer each other: results of tasks given from above, replies to proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from antq_desktop.domain.fields import Value, Values
from antq_desktop.domain.records.documents import DONE_STATES
from antq_desktop.ui.screens.editor_layout import Layout, Page, Section
from antq_desktop.ui.screens.layouts_base import begins

if TYPE_CHECKING:
    from antq_desktop.services.office import Office

_KEY: Final = "documents"


def _done(values: Values) -> bool:
    return values.get("state") in DONE_STATES


def _answer_begins(office: Office) -> dict[str, Value]:
    return {**begins(today="answered_on", state="in_progress")(office), "unit": office.unit}


def _reply_begins(office: Office) -> dict[str, Value]:
    return {**begins(today="answered_on", state="accepted")(office), "by": office.unit}


TASK_ANSWER: Final = Layout(
    kind="task_answer",
    key=_KEY,
    title="Trả lời việc được giao",
    icon=_KEY,
    new="Trả lời việc",
    columns=("title", "unit", "answered_on", "done_on", "state"),
    spare={"answered_on": 126, "done_on": 103},
    tones={
        "new": "info",
        "in_progress": "info",
        "done": "calm",
        "answered": "calm",
        "stopped": "plain",
    },
    defaults=_answer_begins,
    copied=("unit", "answered_on", "state"),
    shown_when={"done_on": _done},
    first_words=(
        "Nơi này ghi kết quả của việc đơn vị trên giao. Trả lời được gửi cùng gói dữ liệu lần sau."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section("Việc được giao", (("task",), ("title",), ("unit",))),
                Section(
                    "Trả lời",
                    (
                        ("state", "done_on"),
                        ("answer_document", "answered_on"),
                        ("result",),
                    ),
                ),
            ),
        ),
    ),
)

PROPOSAL_ANSWER: Final = Layout(
    kind="proposal_answer",
    key=_KEY,
    title="Trả lời đề xuất",
    icon=_KEY,
    new="Trả lời đề xuất",
    columns=("title", "unit", "answer_document", "answered_on", "state"),
    spare={"answer_document": 119, "answered_on": 103},
    tones={
        "draft": "plain",
        "sent": "info",
        "accepted": "calm",
        "partly": "watch",
        "refused": "fault",
    },
    defaults=_reply_begins,
    copied=("by", "answered_on", "state"),
    first_words=(
        "Nơi này ghi trả lời cho đề xuất của đơn vị dưới. Trả lời được gửi xuống cùng gói trả về "
        "lần sau."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section("Đề xuất", (("proposal",), ("title",), ("unit", "by"))),
                Section(
                    "Trả lời",
                    (
                        ("state", "answered_on"),
                        ("answer_document",),
                        ("answer",),
                    ),
                ),
            ),
        ),
    ),
)
