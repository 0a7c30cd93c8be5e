"""What is done to records from a list: taking them out of force with a reason, one or many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from antq_desktop.services.records import Saved
from antq_desktop.ui.ask import Answer, Choice, Question

if TYPE_CHECKING:
    from antq_desktop.ui.jobs import Control
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
                lambda control: void_all(workplace, kind, ids, answer.reason, control),
                arrive,
                title=f"Đang hủy {len(ids)} {label}" if len(ids) > 1 else "",
            )

    def arrive(done: Sequence[Saved]) -> None:
        tell_voided(workplace, kind, done)
        then()

    workplace.asker.ask(void_question(label, title, len(ids)), decide)


def void_all(
    workplace: Workplace, kind: str, ids: Sequence[str], reason: str, control: Control
) -> list[Saved]:
    """Take records out of force one by one; runs on the writer, stops between two of them."""
    done: list[Saved] = []
    for at, record_id in enumerate(ids):
        if control.stopped:
            break
        done.append(workplace.office.records.void(kind, record_id, reason))
        if len(ids) > 1 and not control.stopped:
            control.report(at + 1, len(ids))
    return done


def tell_voided(workplace: Workplace, kind: str, done: Sequence[Saved]) -> None:
    """Say what was taken out of force; one *Hoàn tác* takes all of it back."""
    if len(done) == 1:
        workplace.told(done[0], (kind,))
        return
    label = workplace.office.lists.specs[kind].label

    def back() -> None:
        records = workplace.office.records
        workplace.jobs.write(
            lambda _control: [records.undo(one.seq) for one in reversed(done)],
            lambda undone: _tell_undone(workplace, kind, len(undone)),
        )

    workplace.door.done(f"Đã hủy {len(done)} {label}.", back if done else None)
    workplace.changes.written.emit((kind,))


def _tell_undone(workplace: Workplace, kind: str, count: int) -> None:
    label = workplace.office.lists.specs[kind].label
    workplace.door.done(f"Đã thôi hủy {count} {label}.")
    workplace.changes.written.emit((kind,))
