"""*Vụ việc, Tìm theo người*: for whom, why and by which document; one page of what was found.

What stands in the list goes nowhere: it is not copied, printed, exported or kept. Opening an
incident closes the dialog, and what is private there is shown as always, each time written down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.shown import show_integer
from antq_desktop.services.person_search import ONE_PAGE, FoundPerson
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.inputs import LineInput

if TYPE_CHECKING:
    from antq_desktop.ui.jobs import Control, Job
    from antq_desktop.ui.workplace import Workplace

_WIDTH: Final = 76 * UNIT
_ROWS: Final = 8
_CONSEQUENCE: Final = (
    "Chỉ tìm trong vụ việc, khi có văn bản yêu cầu. Mỗi lần tìm được ghi vào nhật ký: cán bộ, thời "
    "điểm, lý do, văn bản và số vụ việc tìm thấy; không ghi tên người được tìm. Kết quả không in, "
    "không xuất, không lưu được."
)


class PersonSearchDialog(QDialog):
    """Asks and shows; `open_asked` carries the id of an incident."""

    open_asked = Signal(str)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Tìm theo người")
        self._workplace = workplace
        self._job: Job[FoundPerson] | None = None
        self.person = LineInput()
        self.person.setPlaceholderText("Họ và tên, đủ số CCCD hoặc đủ số điện thoại")
        self.document = LineInput()
        self.document.setPlaceholderText("Số, ký hiệu, cơ quan: 15/YC-CSĐT của …")
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(8 * UNIT)
        self.faults: dict[str, QLabel] = {}
        theme = workplace.theme
        self.search_button = make_button("Tìm", theme, role="primary", icon="search")
        self.search_button.clicked.connect(self.search)
        self.open_button = make_button("Mở vụ việc", theme, icon="edit", tip="Enter")
        self.open_button.clicked.connect(self._open_current)
        self.close_button = make_button("Đóng", theme, tip="Esc")
        self.close_button.clicked.connect(self.reject)
        self.told = _words("", "label")
        self.found = _Found()
        self.found.itemActivated.connect(lambda _item: self._open_current())
        self._lay_out()
        self._show_found(None)
        self.person.setFocus()
        self.finished.connect(lambda _result: self._stop())

    def search(self) -> None:
        """Look through the incidents; what is missing is said at its field."""
        for label in self.faults.values():
            label.hide()
        self._show_found(None)
        self.told.setText("Đang tìm trong vụ việc…")
        self.told.show()
        self.search_button.setEnabled(False)
        service = self._workplace.office.person_search
        given = (self.person.text(), self.reason.toPlainText(), self.document.text())

        def work(control: Control) -> FoundPerson:
            return service.search(*given, control.check)

        self._job = self._workplace.jobs.write(
            work, self._show_found, failed=self._refused, owner=self
        )

    def _refused(self, error: BaseException) -> None:
        self._show_found(None)
        fields: dict[str, QWidget] = {
            "person": self.person,
            "reason": self.reason,
            "document": self.document,
        }
        if isinstance(error, UserError) and error.field in fields:
            label = self.faults[error.field]
            label.setText(f"✕ {error.message}")
            label.show()
            fields[error.field].setFocus()
        else:
            self._workplace.door.meet(error)

    def _show_found(self, found: FoundPerson | None) -> None:
        self._job = None
        self.search_button.setEnabled(True)
        self.found.clear()
        for one in found.incidents if found else ():
            told = " · ".join(part for part in (one.register_number, one.day, one.title) if part)
            item = QListWidgetItem(told)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            self.found.addItem(item)
        has = bool(found and found.count)
        self.found.setVisible(has)
        self.open_button.setVisible(has)
        self.told.setText(_sentence(found) if found else "")
        self.told.setVisible(found is not None)
        if has:
            self.found.setCurrentRow(0)
            self.found.setFocus()
        self._fit()

    def _open_current(self) -> None:
        item = self.found.currentItem()
        if item is not None:
            record = str(item.data(Qt.ItemDataRole.UserRole))
            self.accept()
            self.open_asked.emit(record)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _fit(self) -> None:
        self.ensurePolished()
        page = self.layout()
        if page is not None:
            page.activate()
            grown = max(1.0, self._workplace.theme.points / 10.5)
            width = round(_WIDTH * grown)
            self.resize(width, max(page.totalHeightForWidth(width), page.sizeHint().height()))

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        page.setSpacing(UNIT)
        page.addWidget(_words("Tìm theo người trong vụ việc", "heading"))
        page.addWidget(_words(_CONSEQUENCE))
        page.addSpacing(UNIT)
        for name, title, part in (
            ("person", "Người cần tìm", self.person),
            ("reason", "Lý do", self.reason),
            ("document", "Văn bản yêu cầu", self.document),
        ):
            label = _words(title, "label")
            label.setBuddy(part)
            part.setAccessibleName(title)
            fault = _words("", "fault")
            fault.hide()
            self.faults[name] = fault
            for each in (label, part, fault):
                page.addWidget(each)
        page.addSpacing(UNIT)
        page.addWidget(self.told)
        page.addWidget(self.found)
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addStretch(1)
        for button in (self.close_button, self.open_button, self.search_button):
            row.addWidget(button)
        page.addLayout(row)


class _Found(QListWidget):
    """The incidents that were found, to be opened and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Vụ việc tìm thấy")
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(_ROWS * 4 * UNIT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk and open; Qt would let the line in view be copied."""
        if event.matches(QKeySequence.StandardKey.Copy):
            event.accept()
            return
        super().keyPressEvent(event)


def _words(text: str, role: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label


def _sentence(found: FoundPerson) -> str:
    if not found.count:
        return "Không có vụ việc nào ghi người này. Việc tìm đã được ghi vào nhật ký."
    told = f"Tìm thấy {show_integer(found.count)} vụ việc, đã ghi vào nhật ký."
    if found.count > ONE_PAGE:
        told += f" Hiện {ONE_PAGE} vụ việc mới nhất."
    return told
