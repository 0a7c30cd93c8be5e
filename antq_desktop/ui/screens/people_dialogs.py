"""Questions about officers: a form, its consequence, an act that keeps the form when refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.secretform import SecretForm, words
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.ui.workplace import Workplace

_WIDTH: Final = 64 * UNIT


class SecretDialog(QDialog):
    """`act` runs on the writer; what it refuses is told in the form, what it gives goes on."""

    def __init__(  # noqa: PLR0917 - the words of one question, read in their order
        self,
        workplace: Workplace,
        parent: QWidget,
        title: str,
        told: str,
        verb: str,
        role: str = "primary",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._workplace = workplace
        self._act: Callable[[], Callable[[], str]] | None = None
        self._then: Callable[[str], None] = lambda _done: None
        self.form = SecretForm(workplace.theme)
        self.form.entered.connect(self.enter)
        self.button = make_button(verb, workplace.theme, role=role)
        self.button.clicked.connect(self.enter)
        self.back = make_button("Thôi", workplace.theme)
        self.back.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addWidget(words(title, "heading"))
        if told:
            column.addWidget(words(told))
        column.addSpacing(UNIT)
        column.addWidget(self.form)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.button)
        column.addLayout(row)
        self.setMinimumWidth(_WIDTH)

    def ask(self, act: Callable[[], Callable[[], str]], then: Callable[[str], None]) -> None:
        """Show the question.

        Args:
            act: Reads the form, and returns what is to be done on the writer.
            then: Gets what that gave, when it was not refused.
        """
        self._act, self._then = act, then
        self.open()
        self.form.focus_first()

    def enter(self) -> None:
        """Do it."""
        if self._act is None or not self.button.isEnabled() or not self.form.check():
            return
        work = self._act()
        self.button.setEnabled(False)
        self._workplace.jobs.write(
            lambda _control: work(), self._done, failed=self._refused, owner=self
        )

    def _done(self, done: str) -> None:
        self.form.forget()
        self.accept()
        self._then(done)

    def _refused(self, error: BaseException) -> None:
        self.button.setEnabled(True)
        if not self.form.refuse(error):
            self.reject()
            self._workplace.door.meet(error)
