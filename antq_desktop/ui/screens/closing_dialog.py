"""The form that closes a year: what stands against the day that is typed is said as it is typed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.shown import show_integer
from antq_desktop.ui.screens.form_dialog import FormDialog, Given
from antq_desktop.ui.screens.handover_parts import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QLabel, QWidget

    from antq_desktop.services.records import Saved
    from antq_desktop.ui.workplace import Workplace

_MOST_TOLD: Final = 12
_DAY: Final = "closed_on"
_WHOLE_DAY: Final = len("YYYY-MM-DD")


def closing_dialog(
    workplace: Workplace,
    parent: QWidget,
    of: tuple[int, str, str],
    obstacles: Sequence[Fault],
    done: Callable[[Saved], None],
) -> FormDialog:
    """Return the form that closes a year.

    Args:
        workplace: The open store and the jobs.
        parent: Over what it stands.
        of: The year, the standard, and what that is called.
        obstacles: What stands against closing today.
        done: Told what was written.
    """
    year, standard, label = of
    closings = workplace.office.standards.closings
    spec = workplace.office.lists.specs["closing"]
    body = words(_told(obstacles))

    def work(given: Given) -> Saved:
        return closings.close(
            year, standard, day=str(given[_DAY] or ""),
            document=str(given["document"] or ""), note=str(given["note"] or ""),
        )  # fmt: skip

    dialog = FormDialog(
        workplace, parent, title=f"Chốt năm {year}: {label}",
        told="Sau khi chốt, phiếu chấm giữ nguyên; việc đến sau được liệt kê riêng.",
        fields=[spec.field(name) for name in (_DAY, "document", "note")],
        verb="Chốt số liệu", work=work, done=done, body=body,
        held={_DAY: workplace.office.standards.ground.today()},
    )  # fmt: skip

    def look(_name: str) -> None:
        try:
            day = str(dialog.fields[_DAY].value() or "")
        except UserError:
            return  # the field says itself what it does not understand
        if len(day) == _WHOLE_DAY:
            workplace.jobs.read(
                lambda _control: closings.obstacles(year, standard, day),
                partial(_show, dialog, body),
                owner=dialog,
                lane="obstacles",
            )

    dialog.fields[_DAY].edited.connect(look)
    return dialog


def _show(dialog: FormDialog, body: QLabel, obstacles: Sequence[Fault]) -> None:
    body.setText(_told(obstacles))
    needed = dialog.sizeHint().height()
    if needed > dialog.height():
        dialog.resize(dialog.width(), needed)


def _told(obstacles: Sequence[Fault]) -> str:
    told = [f"△ {fault.message}" for fault in obstacles[:_MOST_TOLD]]
    more = len(obstacles) - len(told)
    if more > 0:
        told.append(f"và {show_integer(more)} điều nữa.")
    return "\n".join(told)
