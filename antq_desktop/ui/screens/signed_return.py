"""*Ghi số, ngày…*: above the list of documents, for one whose signed paper has returned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.rights import Operation
from antq_desktop.services import signed_papers
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.editor_kit import civil_now
from antq_desktop.ui.screens.form_dialog import FormDialog, Given

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from antq_desktop.services.records import Saved
    from antq_desktop.services.signed_papers import Waiting
    from antq_desktop.ui.screens.listing import ListPage
    from antq_desktop.ui.workplace import Workplace

KIND: Final = signed_papers.KIND
KEYS: Final = "Ctrl+G"
TITLE: Final = "Ghi số, ngày khi văn bản ký trở về"
_TOLD: Final = "Ghi đúng như trên bản đã ký. Văn bản chuyển sang “Đã ban hành”."


class SignedReturn:
    """The button and its dialog; it can be pressed while the document in view waits."""

    def __init__(self, workplace: Workplace, page: ListPage) -> None:
        self._workplace = workplace
        self._page = page
        self._waiting: Waiting | None = None
        self.dialog: FormDialog | None = None
        self.button: QPushButton = make_button(
            "Ghi số, ngày…", workplace.theme, tip=f"{TITLE} ({KEYS})"
        )
        self.button.setShortcut(KEYS)
        self.button.setEnabled(False)
        self.button.clicked.connect(self.open)
        page.offer(self.button)
        page.table.current_changed.connect(self._look)
        page.answered.connect(lambda: self._look(page.table.current_id()))

    def open(self) -> None:
        """Ask for number and day."""
        waiting = self._waiting
        if waiting is None:
            return
        office = self._workplace.office
        spec = office.lists.specs[KIND]
        asked = [replace(spec.field(name), required=True) for name in ("number", "dated")]
        papers = office.signed_papers

        def work(given: Given) -> Saved:
            return papers.write_back(waiting.id, given["number"], given["dated"])

        told = f"“{waiting.title}”. {_TOLD} {waiting.next_number}".strip()
        self.dialog = FormDialog(
            self._workplace,
            self._page,
            title=TITLE,
            told=told,
            fields=asked,
            verb="Ghi số, ngày",
            work=work,
            done=lambda saved: self._workplace.told(saved, (KIND,)),
            held={name: waiting.values.get(name) for name in ("number", "dated")},
        )
        self.dialog.open()

    def _look(self, record_id: str | None) -> None:
        self._show(None)
        office = self._workplace.office
        if not record_id or not office.standing.may(Operation.ENTER):
            return
        today = civil_now(office).date().isoformat()
        self._workplace.jobs.read(
            lambda _control: office.signed_papers.waiting(record_id, today),
            self._show,
            failed=lambda _gone: None,
            owner=self._page,
            lane="signed",
        )

    def _show(self, waiting: Waiting | None) -> None:
        ours = waiting is not None and waiting.owner == self._workplace.office.unit
        self._waiting = waiting if ours else None
        self.button.setEnabled(ours)
