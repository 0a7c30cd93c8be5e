"""A few fields asked for at once: their labels above, a verb below, faults beside their field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec, Value
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.editor_kit import make_kit
from antq_desktop.ui.screens.handover_parts import words
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.make import make_field

if TYPE_CHECKING:
    from antq_desktop.ui.widgets.field import FieldWidget, Option
    from antq_desktop.ui.workplace import Workplace

_WIDTH: Final = 74 * UNIT
_WIDE: Final = frozenset({FieldKind.LONG_TEXT})

Given = dict[str, Value]
T = TypeVar("T")


class FormDialog(QDialog):
    """Asks for some fields; `work` takes them on the writer, `done` what came of it.

    What `work` refuses is said beside its field and the dialog stays. Whatever stands between the
    fields and the buttons (`body`) is of whoever asks.
    """

    def __init__(
        self,
        workplace: Workplace,
        parent: QWidget,
        *,
        title: str,
        told: str,
        fields: Sequence[FieldSpec],
        verb: str,
        work: Callable[[Given], T],
        done: Callable[[T], None],
        held: Mapping[str, Value] | None = None,
        body: QWidget | None = None,
        lists: Mapping[str, Sequence[Option]] | None = None,
    ) -> None:
        """Take what is asked for; `lists` are values to choose from that no code list has."""
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._workplace = workplace
        self._run = partial(self._begin, work, done)
        self._lists = lists or {}
        self.fields: dict[str, FieldWidget] = {}
        page = QVBoxLayout(self)
        page.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        page.setSpacing(2 * UNIT)
        page.addWidget(words(title, "heading"))
        if told:
            page.addWidget(words(told))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2 * UNIT)
        self._grid.setVerticalSpacing(UNIT + 4)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        page.addLayout(self._grid)
        self._place(fields, held or {})
        if body is not None:
            if isinstance(body, QPushButton):
                page.addWidget(body, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                page.addWidget(body, 1)
        self.fault = words("", "fault")
        self.fault.hide()
        page.addWidget(self.fault)
        page.addLayout(self._buttons(verb))
        hint = self.sizeHint()
        self.resize(max(_WIDTH, hint.width()), hint.height())
        if self.fields:
            next(iter(self.fields.values())).input.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.verb.setFocus(Qt.FocusReason.OtherFocusReason)

    def given(self) -> Given | None:
        """Return what stands in the fields; None where something is not understood or missing."""
        found: Given = {}
        sound = True
        for name, field in self.fields.items():
            try:
                found[name] = field.value()
            except UserError as error:
                field.show_faults(error.faults)
                sound = False
                continue
            if field.spec.required and found[name] is None:
                message = f"Còn thiếu {field.spec.label[:1].lower()}{field.spec.label[1:]}."
                field.show_faults((Fault("required", message, name),))
                sound = False
        return found if sound else None

    def press(self) -> None:
        """Do it, as the button does."""
        found = self.given()
        if found is not None and self.verb.isEnabled():
            self.verb.setEnabled(False)
            self._run(found)

    def _begin(self, work: Callable[[Given], T], done: Callable[[T], None], given: Given) -> None:
        def arrive(result: T) -> None:
            self.accept()
            done(result)

        self._workplace.jobs.write(
            lambda _control: work(given), arrive, failed=self._refuse, owner=self
        )

    def _refuse(self, error: BaseException) -> None:
        self.verb.setEnabled(True)
        if isinstance(error, UserError):
            self.say(error)
            return
        self._workplace.door.meet(error)

    def say(self, error: UserError) -> None:
        """Show what was refused: beside its field, or above the buttons."""
        field = self.fields.get(error.field)
        if field is not None:
            field.show_faults((Fault(error.code, error.message, error.field),))
            return
        told = [error.message, *(each.message for each in error.faults[:6])]
        self.fault.setText("✕ " + "\n".join(dict.fromkeys(told)))
        self.fault.show()

    def _place(self, fields: Sequence[FieldSpec], held: Mapping[str, Value]) -> None:
        usual = make_kit(self._workplace, self)
        kit = replace(usual, codes=lambda name: self._lists.get(name) or usual.codes(name))
        row = column = 0
        for spec in fields:
            field = self.fields[spec.name] = make_field(spec, kit)
            field.set_value(held.get(spec.name))
            if spec.kind in _WIDE or spec.width > 30:
                row += column
                self._grid.addWidget(field, row, 0, 1, 2)
                row, column = row + 1, 0
                continue
            self._grid.addWidget(field, row, column, Qt.AlignmentFlag.AlignTop)
            row, column = (row + 1, 0) if column else (row, 1)

    def _buttons(self, verb: str) -> QHBoxLayout:
        theme = self._workplace.theme
        self.verb = make_button(verb, theme, role="primary", tip="Ctrl+S")
        self.back = make_button("Quay lại", theme, tip="Không làm gì (Esc)")
        self.verb.clicked.connect(self.press)
        self.back.clicked.connect(self.reject)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.activated.connect(self.press)
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.verb)
        return row
