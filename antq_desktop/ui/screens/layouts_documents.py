"""*Văn bản và báo cáo*: directing documents, tasks, meetings, proposals, opening figures."""

from __future__ import annotations

from typing import Final

from antq_desktop.domain.fields import Values
from antq_desktop.domain.records.documents import DONE_STATES, INCOMING
from antq_desktop.domain.records.steering import ANSWERED
from antq_desktop.ui.screens.editor_layout import ChildrenPart, Layout, Page, Section
from antq_desktop.ui.screens.layouts_base import NO_TONES, begins
from antq_desktop.ui.screens.layouts_between import PROPOSAL_ANSWER, TASK_ANSWER

_KEY: Final = "documents"
_ICON: Final = "documents"
_TASKS: Final = ChildrenPart(
    "task",
    ("title", "lead", "deadline", "state"),
    (
        ("title",),
        ("lead", "support"),
        ("deadline", "state"),
        ("unit", "done_on"),
        ("answer_document",),
        ("result",),
    ),
)


def _incoming(values: Values) -> bool:
    return values.get("direction") == INCOMING


def _not_incoming(values: Values) -> bool:
    return values.get("direction") != INCOMING


def _done(values: Values) -> bool:
    return values.get("state") in DONE_STATES


def _answered(values: Values) -> bool:
    return values.get("state") in ANSWERED


def _closed(values: Values) -> bool:
    return values.get("closed") is True


DOCUMENT: Final = Layout(
    kind="document",
    key=_KEY,
    title="Văn bản chỉ đạo",
    icon=_ICON,
    new="Thêm văn bản",
    columns=("dated", "number", "title", "deadline", "state"),
    spare={"deadline": 116, "number": 97},
    tones={
        "draft": "plain",
        "waiting_number": "watch",
        "issued": "calm",
        "in_progress": "info",
        "finished": "calm",
        "ended": "plain",
    },
    defaults=begins(direction=INCOMING),
    copied=("direction", "document_kind", "issuer", "arrived_on", "body", "signer_office"),
    register="document_register",
    shown_when={
        "arrival_number": _incoming,
        "arrived_on": _incoming,
        "body": _not_incoming,
        "addressee": _not_incoming,
    },
    first_words=(
        "Nơi này theo dõi văn bản chỉ đạo đến và đi về phong trào. Việc trong văn bản ghi thành "
        "từng dòng có thời hạn."
    ),
    pages=(
        Page(
            "Văn bản",
            (
                Section(
                    "Văn bản",
                    (
                        ("title",),
                        ("direction", "document_kind"),
                        ("number", "dated"),
                        ("issuer", "signer_office"),
                        ("arrival_number", "arrived_on"),
                        ("body", "addressee"),
                        ("deadline", "state"),
                    ),
                ),
                Section(
                    "Liên quan",
                    (("unit", "replaces"), ("ended_on",), ("note",)),
                ),
            ),
        ),
        Page("Việc được giao", (_TASKS,)),
    ),
)

TASK: Final = Layout(
    kind="task",
    key=_KEY,
    title="Việc được giao",
    icon=_ICON,
    register="handing_over",
    register_words="In biên bản bàn giao",
    new="Thêm việc",
    columns=("title", "source", "unit", "deadline", "state"),
    spare={"source": 136, "unit": 110},
    tones={
        "new": "info",
        "in_progress": "info",
        "done": "calm",
        "answered": "calm",
        "stopped": "plain",
    },
    defaults=begins(state="new"),
    copied=("source", "lead", "support", "deadline", "unit", "state"),
    shown_when={"done_on": _done},
    first_words=(
        "Nơi này theo dõi từng việc của văn bản, kết luận: chủ trì, phối hợp, thời hạn, kết quả. "
        "Nhập văn bản hoặc cuộc họp trước, rồi ghi việc."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Việc được giao",
                    (
                        ("title",),
                        ("source",),
                        ("lead", "support"),
                        ("deadline", "unit"),
                    ),
                ),
                Section(
                    "Kết quả",
                    (
                        ("state", "done_on"),
                        ("answer_document",),
                        ("result",),
                    ),
                ),
            ),
        ),
    ),
)

MEETING: Final = Layout(
    kind="meeting",
    key=_KEY,
    title="Hội nghị, cuộc họp",
    icon=_ICON,
    new="Ghi cuộc họp",
    columns=("held_on", "title", "meeting_kind", "attendance"),
    spare={"meeting_kind": 91, "attendance": 75},
    tones=NO_TONES,
    defaults=begins(today="held_on"),
    copied=("meeting_kind", "title", "chair", "unit", "committee"),
    first_words=(
        "Nơi này ghi giao ban, họp Ban Chỉ đạo, sơ kết, tổng kết, ký kết; việc được giao sau cuộc "
        "họp ghi thành từng dòng có thời hạn."
    ),
    pages=(
        Page(
            "Cuộc họp",
            (
                Section(
                    "Hội nghị, cuộc họp",
                    (
                        ("held_on", "meeting_kind"),
                        ("title",),
                        ("chair", "attendance"),
                        ("unit", "committee"),
                    ),
                ),
                Section(
                    "Kết luận",
                    (("minutes_number", "conclusion_document"), ("conclusion",)),
                ),
            ),
        ),
        Page("Việc được giao", (_TASKS,)),
    ),
)

PROPOSAL: Final = Layout(
    kind="proposal",
    key=_KEY,
    title="Đề xuất lên cấp trên",
    icon=_ICON,
    new="Ghi đề xuất",
    columns=("sent_on", "title", "number", "answered_on", "state"),
    spare={"number": 119, "answered_on": 95},
    tones={
        "draft": "plain",
        "sent": "info",
        "accepted": "calm",
        "partly": "watch",
        "refused": "fault",
    },
    defaults=begins(today="sent_on", state="sent", own_unit=True),
    copied=("sent_on", "addressee", "unit", "state"),
    shown_when={
        "answered_on": _answered,
        "answer_document": _answered,
        "answer": _answered,
    },
    first_words=("Nơi này theo dõi đề xuất, kiến nghị của đơn vị với cấp trên và văn bản trả lời."),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Đề xuất",
                    (
                        ("sent_on", "state"),
                        ("title",),
                        ("addressee", "number"),
                        ("unit",),
                        ("reason",),
                    ),
                ),
                Section(
                    "Trả lời",
                    (("answered_on", "answer_document"), ("answer",)),
                ),
            ),
        ),
    ),
)

ISSUING_BODY: Final = Layout(
    kind="issuing_body",
    key=_KEY,
    title="Sổ số văn bản",
    icon=_ICON,
    new="Thêm cơ quan",
    columns=("name", "sign", "numbering", "closed_on"),
    spare={"closed_on": 108},
    tones=NO_TONES,
    defaults=begins(numbering="clerical"),
    copied=("numbering",),
    first_words=(
        "Nơi này chọn cách lấy số cho từng cơ quan ban hành: ghi lại số do văn thư cấp, hoặc cấp "
        "số tại đây."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Cơ quan ban hành",
                    (
                        ("name",),
                        ("numbering", "sign"),
                        ("closed_on",),
                    ),
                ),
            ),
        ),
    ),
)

OPENING_FIGURE: Final = Layout(
    kind="opening_figure",
    key=_KEY,
    title="Số liệu theo báo cáo",
    icon=_ICON,
    new="Ghi số liệu theo báo cáo",
    columns=("measure", "unit", "period", "value", "document"),
    spare={"document": 112},
    tones=NO_TONES,
    defaults=begins(own_unit=True, last_year="period"),
    copied=("unit", "period", "document", "dated", "issuer"),
    shown_when={"closed_on": _closed},
    first_words=(
        "Nơi này ghi số liệu theo báo cáo cho năm, đơn vị chưa có hồ sơ. Số liệu được dùng đến khi "
        "chuyển sang tính theo hồ sơ."
    ),
    pages=(
        Page(
            "Nội dung",
            (
                Section(
                    "Số liệu",
                    (
                        ("measure",),
                        ("unit", "period"),
                        ("value",),
                    ),
                ),
                Section(
                    "Nguồn",
                    (("document", "dated"), ("issuer",)),
                ),
                Section(
                    "Chuyển sang tính theo hồ sơ",
                    (("closed", "closed_on"), ("note",)),
                ),
            ),
        ),
    ),
)

LAYOUTS: Final = (
    *(DOCUMENT, TASK, TASK_ANSWER, MEETING, PROPOSAL, PROPOSAL_ANSWER),
    ISSUING_BODY,
)
