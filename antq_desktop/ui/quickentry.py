"""*Ghi nhanh*: an incident in eight fields, from anywhere and by keyboard alone.

The dialog stands over the window and touches nothing in it. What else a report needs is asked for
later: the first page shows what is still missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.services.identities import identified
from antq_desktop.ui.ask import Answer, WindowAsker
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.editor_drafts import DraftKeeper, draft_sentence
from antq_desktop.ui.screens.editor_fields import ROW_GAP, FieldRow, Fields
from antq_desktop.ui.screens.editor_frame import leave_question
from antq_desktop.ui.screens.editor_kit import civil_now, make_kit
from antq_desktop.ui.screens.editor_loading import new_sheaf
from antq_desktop.ui.screens.incident_editor import LAYOUT
from antq_desktop.ui.theme import BASE_POINTS, UNIT

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.drafts import Draft
    from antq_desktop.services.records import Edit, Saved
    from antq_desktop.ui.ask import Asker
    from antq_desktop.ui.workplace import Workplace

KIND: Final = LAYOUT.kind
ROWS: Final = (
    ("title",),
    ("kind", "unit"),
    ("occurred_on", "occurred_hour"),
    ("place", "channel"),
    ("received_at",),
)
_QUICK: Final = "quick"  # marks a draft of this dialog among those of incidents
_FIRST_WORDS: Final = (
    "Chỉ cần tóm tắt, loại vụ việc và ngày xảy ra (đã điền hôm nay) là lưu được. Mục còn thiếu "
    "được nhắc ở Việc hôm nay."
)
_SIZE: Final = QSize(90 * UNIT, 60 * UNIT)


class QuickEntry(QObject):
    """Opens the dialog over the window, once at a time, and gives the keyboard back after it."""

    def __init__(
        self, workplace: Workplace, window: QWidget, asker: Callable[[QWidget], Asker] | None = None
    ) -> None:
        """Take the work, the window, and who asks questions over a dialog."""
        super().__init__(window)
        self._workplace = workplace
        self._window = window
        self._asker = asker or (lambda over: WindowAsker(over, workplace.theme))
        self._had_keyboard: QWidget | None = None
        self._opening = False
        self.dialog: QuickDialog | None = None

    def open(self) -> None:
        """Show the dialog, with what was typed into it and not saved the last time."""
        if self.dialog is not None:
            self.dialog.activateWindow()
            return
        if self._opening:
            return
        self._opening = True
        drafts = self._workplace.office.drafts
        self._workplace.jobs.read(
            lambda _control: drafts.of(KIND), self._show, failed=self._failed, owner=self
        )

    def _show(self, drafts: list[Draft]) -> None:
        self._opening = False
        self._had_keyboard = QApplication.focusWidget()
        kept = next((draft for draft in drafts if draft.content.get(_QUICK)), None)
        dialog = QuickDialog(self._workplace, self._window, self._asker, kept)
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.show()
        dialog.start()

    def _failed(self, error: BaseException) -> None:
        self._opening = False
        self._workplace.door.meet(error)

    def _closed(self) -> None:
        self.dialog = None
        self._window.activateWindow()
        before = self._had_keyboard
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)


class QuickDialog(QDialog):
    """Eight fields of one incident, begun anew or with what a draft kept."""

    def __init__(
        self,
        workplace: Workplace,
        window: QWidget,
        asker: Callable[[QWidget], Asker],
        draft: Draft | None = None,
    ) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("Ghi nhanh vụ việc")
        self._workplace = workplace
        self._asker = asker(self)
        self._saving = False
        today = civil_now(workplace.office).date().isoformat()
        self.sheaf = new_sheaf(workplace.office, LAYOUT, {"occurred_on": today})
        self.keeper = DraftKeeper(workplace, self._draft_content, self)
        if draft is not None:
            self.sheaf.main.id = draft.id
            self.sheaf.take_up(draft.content, lambda _kind, _id: None)
            self.keeper.on_disk = True
        self.fields = Fields(make_kit(workplace, self), self)
        self.fields.edited.connect(self._on_edited)
        self.said = QLabel(
            _FIRST_WORDS
            if draft is None
            else f"{draft_sentence(draft, self.sheaf.main.spec.label)} Ghi tiếp rồi lưu."
        )
        self.said.setProperty("role", "hint")
        self.said.setWordWrap(True)
        self.close_button = make_button("Đóng", workplace.theme, tip="Đóng (Esc)")
        self.save_button = make_button(
            "Lưu", workplace.theme, role="primary", icon="save", tip="Lưu (Ctrl+S)"
        )
        self._lay_out()
        self.close_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(lambda _checked=False: self.save())
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)

    def start(self) -> None:
        """Put the keyboard into the first field."""
        self.fields.make(self.sheaf.main, ROWS[0][0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Save the incident and close."""
        office, main = self._workplace.office, self.sheaf.main
        found = main.faults(office.codes, civil_now(office))
        wrong = [fault for fault in found if not fault.warning]
        if wrong:
            self._refuse(wrong)
            return
        if self._saving:
            return
        self._saving = True
        edits = self.sheaf.edits()
        self._workplace.jobs.write(
            lambda _control: office.records.save(identified(edits, office.lists.specs)),
            lambda saved: self._on_saved(saved, edits),
            failed=self._on_refused,
            owner=self,
        )

    def reject(self) -> None:
        """Close, once the officer has decided about what was typed."""
        if self._saving:
            return
        if not self.sheaf.dirty:
            self.keeper.drop(self._leave)
            return

        def decide(answer: Answer) -> None:
            if answer.key == "drop":
                self.keeper.drop(self._leave)
            elif answer.key == "save":
                self.save()

        self._asker.ask(leave_question(), decide)

    def _leave(self) -> None:
        self.keeper.end()
        super().reject()

    def _on_saved(self, saved: Saved, edits: Sequence[Edit]) -> None:
        for edit in edits:
            self.sheaf.by_id(edit.id).saved(edit.changes)

        def close() -> None:
            self.keeper.end()
            self.accept()
            self._workplace.told(saved, (KIND,))

        self.keeper.drop(close)

    def _on_refused(self, error: BaseException) -> None:
        self._saving = False
        if isinstance(error, UserError):
            self._refuse(list(error.faults))
        else:
            self._workplace.door.meet(error)

    def _refuse(self, faults: list[Fault]) -> None:
        """Show what stops the save beside its field, and go to the first."""
        main = self.sheaf.main
        by_place: dict[tuple[str, str], list[Fault]] = {}
        for fault in faults:
            if not fault.warning:
                by_place.setdefault((main.id, fault.field), []).append(fault)
        self.fields.show_faults(by_place)
        places = [name for row in ROWS for name in row]
        first = next((name for name in places if (main.id, name) in by_place), None)
        if first is not None:
            self.said.setText(f"Chưa lưu: {len(by_place)} mục cần sửa.")
            self.fields.make(main, first).setFocus(Qt.FocusReason.OtherFocusReason)
        elif faults:
            self.said.setText(f"Chưa lưu. {faults[0].message}")

    def _lay_out(self) -> None:
        title = QLabel("Ghi nhanh vụ việc")
        title.setProperty("role", "title")
        page = QVBoxLayout(self)
        page.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 2 * UNIT)
        page.setSpacing(ROW_GAP)
        page.addWidget(title)
        page.addWidget(self.said)
        for row in ROWS:
            page.addWidget(FieldRow([self.fields.make(self.sheaf.main, name) for name in row], 2))
        page.addStretch(1)
        bar = QHBoxLayout()
        bar.setSpacing(UNIT)
        bar.addStretch(1)
        bar.addWidget(self.close_button)
        bar.addWidget(self.save_button)
        page.addLayout(bar)
        QWidget.setTabOrder(self.save_button, self.close_button)  # Enter all along ends in a save
        grown = max(1.0, self._workplace.theme.points / BASE_POINTS)
        room = self.screen().availableSize()
        self.resize((_SIZE * grown).boundedTo(room))

    def _on_edited(self, _record: str, _path: str) -> None:
        self.keeper.touch()

    def _draft_content(self) -> tuple[str, str, str, Mapping[str, Json]]:
        main = self.sheaf.main
        return main.id, KIND, main.title, {**self.sheaf.to_json(), _QUICK: True}
