"""One task of the demonstration: the district gives it, the commune answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from antq_desktop.domain.fields import Value

if TYPE_CHECKING:
    from antq_desktop.services.office import Office

_TASK: Final[dict[str, Value]] = {
    "title": "Rà soát, củng cố các mô hình tự quản (việc mẫu)",
    "lead": "Trưởng Công an xã",
    "deadline": "2022-12-15",
}
_ANSWER: Final[dict[str, Value]] = {
    "state": "done",
    "done_on": "2022-12-10",
    "answer_document": "01/BC-MẪU",
    "result": "Đã rà soát và củng cố các mô hình ở từng thôn (kết quả mẫu).",
}


def give_task(district: Office, unit: str) -> str:
    """Give a unit below a task of the newest document that the district issued; return its id."""
    documents = [
        record
        for record in district.lists.every("document")
        if record.values().get("direction") == "outgoing"
    ]
    source = max(documents, key=lambda record: (str(record.values().get("dated")), record.id))
    return district.assignments.give({**_TASK, "source": source.id}, [unit]).ids[0]


def answer_task(commune: Office, task: str) -> None:
    """Answer the task at the commune."""
    commune.assignments.answer(task, _ANSWER)
