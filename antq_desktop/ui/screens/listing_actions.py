"""What is done to records from a list: taking them out of force with a reason, one or many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from antq_desktop.services.records import Saved
from antq_desktop.ui.ask import Answer, Choice, Question

if TYPE_CHECKING:
    from antq_desktop.ui.workplace import Workplace


def void_question(label: str, title: str, count: int = 1) -> Question:
    """Return the question before records are taken out of force."""
    what = f"{label} “{title}”" if count == 1 else f"{count} {label}"
    return Question(
        title=f"Hủy {what}",
        consequence=(
            "Không còn trong danh sách và báo cáo, nhưng vẫn xem lại được khi chọn “Đã hủy” và có "
            "thể thôi hủy."
        ),
        choices=(Choice("stay", "Giữ lại"), Choice("void", f"Hủy {label}", "danger")),
        safe="stay",
        reason_label="Lý do",
    )


def ask_and_void(
    workplace: Workplace,
    kind: str,
    ids: Sequence[str],
    title: str,
    then: Callable[[], None] = lambda: None,
) -> None:
    """Ask for a reason, take the records out of force, and offer to take it back."""
    office = workplace.office
    label = office.lists.specs[kind].label

    def decide(answer: Answer) -> None:
        if answer.key == "void":
            workplace.jobs.write(
                lambda _control: office.records.void_all(kind, ids, answer.reason),
                arrive,
                title=f"Đang hủy {len(ids)} {label}" if len(ids) > 1 else "",
            )

    def arrive(saved: Saved) -> None:
        workplace.told(saved, (kind,))
        then()

    workplace.asker.ask(void_question(label, title, len(ids)), decide)
