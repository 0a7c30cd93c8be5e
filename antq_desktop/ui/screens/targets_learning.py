"""A workbook is shown once: which figure each cell beside a label takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.figures import MEASURES
from antq_desktop.services.targets import Found, with_measures
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.handover_parts import words
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.domain.targets import Target
    from antq_desktop.ui.workplace import Workplace

_SIZE = (110 * UNIT, 76 * UNIT)
_NOTHING = "Không chép vào ô này"
_HEADINGS = ("Ô", "Nhãn", "Kỳ", "Chỉ tiêu")


class LearningDialog(QDialog):
    """The cells that were found; `saved` carries the code of the target."""

    saved = Signal(str)

    def __init__(
        self, workplace: Workplace, parent: QWidget, title: str, found: list[Found]
    ) -> None:
        """Take a name to begin with and the cells of the workbook."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Lập mẫu chép số")
        self._workplace = workplace
        self._found = found
        theme = workplace.theme
        self.name = QLineEdit(title)
        self.name.setAccessibleName("Tên mẫu")
        self.table = QTableWidget(len(found), len(_HEADINGS))
        self.choices: list[QComboBox] = []
        self._fill()
        self.fault = words("", "fault")
        self.fault.hide()
        self.back = make_button("Quay lại", theme, tip="Đóng (Esc)")
        self.verb = make_button("Lưu mẫu", theme, role="primary", icon="check")
        self._lay_out()
        self.back.clicked.connect(self.reject)
        self.verb.clicked.connect(self.save)
        self.resize(*_SIZE)

    def save(self) -> None:
        """Keep the target; what is refused is said above the buttons."""
        chosen = {at: str(choice.currentData() or "") for at, choice in enumerate(self.choices)}
        cells = with_measures(self._found, chosen)
        targets, title = self._workplace.office.targets, self.name.text()

        def work(_control: object) -> Target | UserError:
            try:
                return targets.save(title, cells)
            except UserError as error:
                return error

        self._workplace.jobs.write(work, self._show, title="Lưu mẫu chép số")

    def _show(self, done: Target | UserError) -> None:
        if isinstance(done, UserError):
            self.fault.setText(str(done))
            self.fault.show()
            return
        self.saved.emit(done.code)
        self.accept()

    def _fill(self) -> None:
        table = self.table
        table.setHorizontalHeaderLabels(list(_HEADINGS))
        table.setAccessibleName("Ô của bảng tính và chỉ tiêu")
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        several = len({each.spot.sheet for each in self._found}) > 1
        for row, each in enumerate(self._found):
            spot = each.spot
            cell = f"{spot.sheet} {spot.cell}" if several else spot.cell
            for column, text in enumerate((cell, spot.label, spot.of.label)):
                table.setItem(row, column, QTableWidgetItem(text))
            choice = _measures(each)
            choice.setAccessibleName(f"Chỉ tiêu của ô {spot.cell}")
            self.choices.append(choice)
            table.setCellWidget(row, len(_HEADINGS) - 1, choice)
        height = max((c.sizeHint().height() for c in self.choices), default=4 * UNIT)
        table.verticalHeader().setDefaultSectionSize(height + UNIT // 2)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (1, len(_HEADINGS) - 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        page.setSpacing(UNIT + 4)
        page.addWidget(words("Lập mẫu chép số", "heading"))
        found = sum(1 for each in self._found if each.likely)
        page.addWidget(
            words(
                f"Tìm thấy {len(self._found)} ô cạnh nhãn, đã gợi ý chỉ tiêu cho {found} ô. Xem "
                "lại từng dòng rồi lưu."
            )
        )
        row = QHBoxLayout()
        row.addWidget(words("Tên mẫu", "label", wrap=False))
        row.addWidget(self.name, 1)
        page.addLayout(row)
        page.addWidget(self.table, 1)
        page.addWidget(self.fault)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.verb)
        page.addLayout(foot)


def _measures(found: Found) -> QComboBox:
    """Return the figures to choose from: the likely ones first, found by typing."""
    choice = QComboBox()
    choice.setEditable(True)
    choice.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    likely = set(found.likely)
    labels = {measure.code: f"{measure.label} ({measure.unit})" for measure in MEASURES}
    for code in found.likely:
        choice.addItem(labels[code], code)
    choice.addItem(_NOTHING, "")
    for measure in MEASURES:
        if measure.code not in likely:
            choice.addItem(labels[measure.code], measure.code)
    choice.setCurrentIndex(0)
    completer = choice.completer()
    if completer is not None:
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    return choice
