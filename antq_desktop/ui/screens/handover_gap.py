"""Asks why the history lacks what was told above, before a bundle is made again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from antq_desktop.ui.ask import Answer, Choice, Question

if TYPE_CHECKING:
    from antq_desktop.ui.workplace import Workplace

_WRITE = "write"
_LATER = "later"


def ask_why(workplace: Workplace, told: str, again: Callable[[], None]) -> None:
    """Ask for the reason, keep it in history, and do again what was refused."""
    question = Question(
        "Nhật ký thiếu lần ghi đã báo lên đơn vị tổng hợp",
        told,
        (Choice(_WRITE, "Ghi nguyên nhân và lập gói", "primary"), Choice(_LATER, "Để sau")),
        _LATER,
        reason_label="Nguyên nhân",
    )

    def answered(answer: Answer) -> None:
        if answer.key != _WRITE:
            return
        office = workplace.office

        def done(sentence: str) -> None:
            workplace.door.done(sentence)
            again()

        workplace.jobs.write(
            lambda _control: office.handover.journal_echo.explain(answer.reason), done
        )

    workplace.asker.ask(question, answered)
