"""What one unit answers another: a commune to a task, the unit above to a proposal.

The question stays the record of who asked; the answer is the record of who answers. Neither may
write the other's, so both stand beside each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import Down, FieldSpec, Order, RecordSpec, RuleView
from antq_desktop.domain.records.common import (
    UP,
    choice,
    date,
    document,
    has_date,
    parent,
    subject,
    unit,
)
from antq_desktop.domain.records.documents import DONE_STATES
from antq_desktop.domain.records.steering import ANSWERED

_KEPT: Final = "Giữ theo thời hạn lưu trữ của hồ sơ phong trào."


def _an_answer_decides(view: RuleView) -> Iterator[Fault]:
    if view.text("state") and view.text("state") not in ANSWERED:
        message = "Trả lời phải ghi rõ được chấp thuận hay không. Chọn lại."
        yield view.fault("answer_without_decision", message, "state")


TASK_ANSWER = RecordSpec(
    kind="task_answer",
    label="trả lời việc được giao",
    plural="Trả lời việc được giao",
    area="documents",
    purpose="Ghi kết quả việc đơn vị trên giao, gửi lên cùng gói dữ liệu.",
    holds_persons=False,
    retention=_KEPT,
    title=("title",),
    order=Order.NAME_OF_THING,
    order_by="title",
    dated_by="answered_on",
    unit_by="unit",
    state_by="state",
    fields=(
        unit("Đơn vị trả lời", required=True),
        parent("task", "Việc được giao", "task", required=True),
        subject("title", "Nội dung việc"),
        choice("state", "Tình trạng", "task_state", required=True, listed=True, width=18),
        date("answered_on", "Ngày trả lời", listed=True),
        date("done_on", "Ngày hoàn thành", listed=True),
        document("answer_document", "Văn bản trả lời số", listed=True),
        FieldSpec(
            name="result",
            label="Kết quả thực hiện",
            width=44,
            max_length=1000,
            hint="Không ghi tên người.",
            travels=UP,
        ),
    ),
    rules=(has_date("state", DONE_STATES, "done_on"),),
    alike=("unit", "task"),
    answers="task",
    owned_by="unit",
    since=5,
)

PROPOSAL_ANSWER = RecordSpec(
    kind="proposal_answer",
    label="trả lời đề xuất",
    plural="Trả lời đề xuất",
    area="documents",
    purpose="Ghi trả lời của đơn vị trên cho đề xuất, gửi xuống cùng gói trả về.",
    holds_persons=False,
    retention=_KEPT,
    title=("title",),
    order=Order.NAME_OF_THING,
    order_by="title",
    dated_by="answered_on",
    unit_by="unit",
    state_by="state",
    fields=(
        parent("by", "Đơn vị trả lời", "unit", required=True),
        parent("proposal", "Đề xuất", "proposal", required=True),
        unit("Đơn vị đề xuất", required=True),
        subject("title", "Nội dung đề xuất"),
        choice("state", "Kết quả", "proposal_state", required=True, listed=True, width=22),
        date("answered_on", "Ngày trả lời", required=True, listed=True),
        document("answer_document", "Văn bản trả lời số", listed=True),
        FieldSpec(name="answer", label="Nội dung trả lời", width=44, max_length=1000, travels=UP),
    ),
    rules=(_an_answer_decides,),
    alike=("by", "proposal"),
    answers="proposal",
    owned_by="by",
    down=Down.TO_ITS_UNIT,
    since=5,
)
