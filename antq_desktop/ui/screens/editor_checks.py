"""Shows in an editor what is wrong and what is missing, walks it, and looks again while typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLineEdit, QPushButton

from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.services.beside import NEXT_NUMBER, NUMBER
from antq_desktop.ui.faults import Message, Tone
from antq_desktop.ui.screens.editor_faults import FaultBook
from antq_desktop.ui.screens.editor_kit import civil_now

if TYPE_CHECKING:
    from antq_desktop.ui.screens.editor_pages import EditorPages
    from antq_desktop.ui.screens.editor_state import Sheaf, Sheet
    from antq_desktop.ui.workplace import Workplace

_RECHECK_MS: Final = 250


class Checks(QObject):
    """The faults of one editor: beside their fields, counted on a button, walked by F3.

    Attributes:
        remarks: Whether what a report still needs is shown beside what stops a save.
    """

    def __init__(
        self,
        workplace: Workplace,
        sheaf: Sheaf,
        pages: EditorPages,
        button: QPushButton,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._sheaf = sheaf
        self._pages = pages
        self._button = button
        self.book = FaultBook()
        self.remarks = False
        self._recheck = QTimer(self)
        self._recheck.setSingleShot(True)
        self._recheck.setInterval(_RECHECK_MS)
        self._recheck.timeout.connect(self._check_again)
        button.clicked.connect(self.go_on)

    def touch(self) -> None:
        """Look again soon: something was typed."""
        self._recheck.start()

    def end(self) -> None:
        """Look no more: the editor goes away."""
        self._recheck.stop()

    def found(self) -> list[tuple[Sheet, Fault]]:
        """Return everything wrong with what stands in the editor."""
        office = self._workplace.office
        found = self._sheaf.faults(office.codes, civil_now(office))
        for sheet in self._sheaf.sheets():
            if sheet is self._sheaf.main or sheet.dirty:
                beside = office.beside.remarks(sheet.spec.kind, sheet.id, sheet.now)
                found.extend((sheet, fault) for fault in beside)
        return found

    def show_known(self) -> None:
        """Show what is missing, and what cannot be read; what stops a save is said when tried."""
        found = self.found()
        self._suggest(found)
        known = [(one, f) for one, f in found if f.warning or f.field in one.unread]
        self.book.show(known, remarks=self.remarks)
        self._show()

    def refuse(self, found: Sequence[tuple[Sheet, Fault]], error: UserError | None = None) -> None:
        """Show what stops the save, beside each field, and go to the first."""
        self.book.show(found, remarks=self.remarks)
        self.book.begin_again()
        self._show()
        order = [(one, path) for _tab, one, path in self._pages.places()]
        strangers = self.book.strangers(order)
        wrong, _remarks = self.book.counts()
        if error is not None and strangers and len(strangers) == wrong:
            self._workplace.door.meet(error)
            return
        text = f"Chưa lưu: {wrong} mục cần sửa. Nhấn F3 để đến từng mục."
        self._workplace.door.say(Message(text, Tone.FAULT))
        self.go_on()

    def go_on(self) -> None:
        """Go to the next field that needs a hand."""
        place = self.book.next([(one, path) for _tab, one, path in self._pages.places()])
        if place is None:
            self._workplace.door.say(Message("Không có mục nào cần sửa.", Tone.NOTE))
            return
        self._pages.go_to(*place)

    def _check_again(self) -> None:
        found = self.found()
        self._suggest(found)
        self.book.keep_those_that_hold(found)
        self._show(typing=True)

    def _suggest(self, found: Sequence[tuple[Sheet, Fault]]) -> None:
        """Say faintly in an empty field of a number which one comes next."""
        field = self._pages.fields.made(self._sheaf.main.id, NUMBER)
        taker = field.input if field is not None else None
        if isinstance(taker, QLineEdit):
            told = [fault.message for _, fault in found if fault.code == NEXT_NUMBER]
            taker.setPlaceholderText(told[0] if told else "")

    def _show(self, *, typing: bool = False) -> None:
        show = self._pages.lift_faults if typing else self._pages.show_faults
        show(self.book.shown)
        wrong, remarks = self.book.counts()
        words = f"✕ {wrong} mục cần sửa" if wrong else f"△ {remarks} mục còn thiếu, cần xem"
        self._button.setText(words)
        self._button.setProperty("tone", "fault" if wrong else "watch")
        self._button.style().polish(self._button)
        self._button.setVisible(bool(wrong or remarks))
