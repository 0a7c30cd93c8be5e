"""*Mở theo mã trên giấy*: a code is typed or scanned; its version opens, or what changed is told.

A scanner types the code and Enter, as a keyboard does, so nothing here waits for more than that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.paper_codes import is_code, read_code, shown_code
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.handover_parts import set_badge, words
from antq_desktop.ui.screens.home import Lead
from antq_desktop.ui.screens.preview_wanted import Wanted
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.inputs import LineInput

if TYPE_CHECKING:
    from antq_desktop.services.printed_papers import PrintedPaper
    from antq_desktop.ui.screens.preview import PreviewPage
    from antq_desktop.ui.workplace import Workplace

_WIDTH: Final = 76 * UNIT
_TOLD: Final = (
    "Gõ 8 ký tự ở góc dưới bên trái của giấy, hoặc quét mã vuông bằng máy quét. "
    "Chữ hoa, chữ thường và khoảng trống như nhau."
)


class PaperCodeDialog(QDialog):
    """Asks for a code, says how its paper stands, and opens the paper or its record.

    Args:
        workplace: The open profile and all that goes with it.
        parent: Over which it stands.
        lead: Goes to a record.
    """

    def __init__(self, workplace: Workplace, parent: QWidget, lead: Callable[[Lead], None]) -> None:
        self._over = parent.window()
        super().__init__(self._over)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Mở theo mã trên giấy")
        self._workplace = workplace
        self._lead = lead
        self._looked = ""
        self._found: PrintedPaper | None = None
        self.code = _CodeInput(self.look)
        self.code.setAccessibleName("Mã trên giấy")
        self.code.setPlaceholderText("Ví dụ: C7F4 K2M9")
        self.code.textChanged.connect(self._typed)
        self.fault = words("", "fault")
        self.name = words("", "heading")
        self.state = words("", wrap=False)
        self.sentence = words()
        self.changes = words()
        self.printed = words("", "label")
        theme = workplace.theme
        self.close_button = make_button("Đóng", theme, tip="Esc")
        self.close_button.clicked.connect(self.reject)
        self.record_button = make_button("Mở hồ sơ", theme, icon="edit")
        self.record_button.clicked.connect(self.open_record)
        self.paper_button = make_button("Mở văn bản", theme, role="primary", icon="print")
        self.paper_button.clicked.connect(self.open_paper)
        for button in (self.close_button, self.record_button, self.paper_button):
            button.setAutoDefault(False)
        self._lay_out()
        self._show(None)
        self.code.setFocus()

    def take(self, typed: str) -> None:
        """Look for a code as if it had been typed here."""
        self.code.setText(typed)
        self.look()

    def look(self) -> None:
        """Look for what was typed; what is wrong with it is said below."""
        try:
            code = read_code(self.code.text())
        except UserError as error:
            self._refuse(error)
            return
        if code == self._looked:
            return
        self._looked = code
        self._show(None)
        printed = self._workplace.office.printed_papers
        self._workplace.jobs.read(
            lambda _control: printed.find(code), self._arrived, failed=self._refuse, owner=self
        )

    def open_paper(self) -> None:
        """Show the paper, made now, in a window of its own."""
        if self._found is not None and self._found.form and not self._found.gone:
            found = self._found
            self.accept()
            PaperWindow(self._workplace, self._over, found).open()

    def open_record(self) -> None:
        """Go to the record of the paper."""
        if self._found is not None and self._found.kind:
            lead = Lead(self._found.kind, self._found.record)
            self.accept()
            self._lead(lead)

    def _typed(self, text: str) -> None:
        self.fault.hide()
        if is_code(text):
            self.look()
        elif self._looked:
            self._looked = ""
            self._show(None)

    def _refuse(self, error: BaseException) -> None:
        self._show(None)
        if isinstance(error, UserError):
            self.fault.setText(f"✕ {error.message}")
            self.fault.show()
            self.code.selectAll()
            return
        self._workplace.door.meet(error)

    def _arrived(self, found: Sequence[PrintedPaper]) -> None:
        if found[0].code != self._looked:
            return
        self._show(found[0])
        first = self.paper_button if self.paper_button.isVisibleTo(self) else self.record_button
        first.setFocus()

    def _show(self, found: PrintedPaper | None) -> None:
        self._found = found
        self.fault.hide()
        for part in (self.name, self.state, self.sentence, self.changes, self.printed):
            part.setVisible(found is not None)
        self.record_button.setVisible(bool(found and found.kind))
        self.paper_button.setVisible(bool(found and found.form and not found.gone))
        if found is None:
            self.resize(_WIDTH, self.sizeHint().height())
            return
        self.name.setText(" · ".join(part for part in (found.title, found.about) if part))
        told = "Đúng bản hiện nay" if found.current else "Có bản mới hơn"
        set_badge(self.state, "Không còn" if found.gone else told, _tone(found))
        self.sentence.setText(found.sentence)
        self.changes.setText("\n".join(f"•  {each}" for each in found.changes))
        self.changes.setVisible(bool(found.changes))
        self.printed.setText(_printed(found))
        self.paper_button.setText("Mở văn bản" if found.current else "Mở bản hiện nay")
        self.resize(_WIDTH, self.sizeHint().height())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addWidget(words("Mở theo mã trên giấy", "heading"))
        column.addWidget(words(_TOLD))
        for part in (self.code, self.fault):
            column.addWidget(part)
        column.addSpacing(UNIT)
        column.addWidget(self.name)
        column.addWidget(self.state, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.sentence, self.changes, self.printed):
            column.addWidget(part)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addStretch(1)
        for button in (self.close_button, self.record_button, self.paper_button):
            row.addWidget(button)
        column.addSpacing(UNIT)
        column.addLayout(row)


class PaperWindow(QDialog):
    """A paper in the preview of the program, over the main window."""

    def __init__(self, workplace: Workplace, parent: QWidget, found: PrintedPaper) -> None:
        from antq_desktop.ui.screens.preview import PreviewPage

        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{found.title} · mã {shown_code(found.code)}")
        wanted = Wanted(
            found.form,
            record_id=found.record,
            period=found.period,
            bundle=found.bundle,
            kind=found.kind,
        )
        self.preview: PreviewPage = PreviewPage(workplace, [wanted])
        self.preview.closed.connect(self.reject)
        self._private = found.private
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.preview)
        self.finished.connect(lambda _result: self.preview.end())
        room = parent.size()
        self.resize(room.width() * 9 // 10, room.height() * 9 // 10)

    def open(self) -> None:
        """Show it and make the paper, as it was made before: with private fields or without."""
        super().open()
        if self._private:
            self.preview.private.setChecked(True)  # which makes the paper
        else:
            self.preview.start()


class _CodeInput(LineInput):
    """Enter stays here: it looks instead of going on."""

    def __init__(self, entered: Callable[[], None]) -> None:
        super().__init__()
        self._entered = entered

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look at Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._entered()
            return
        super().keyPressEvent(event)


def _tone(found: PrintedPaper) -> str:
    if found.gone:
        return "fault"
    return "calm" if found.current else "watch"


def _printed(found: PrintedPaper) -> str:
    if not found.printed:
        return "Giấy này lập ở máy khác."
    first, *others = found.printed
    more = f" Lập tất cả {len(found.printed)} lần." if others else ""
    return f"Lập lần cuối: {first}.{more}"
