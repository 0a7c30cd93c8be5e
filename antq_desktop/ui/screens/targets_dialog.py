"""*Chép số sang hệ thống khác*: figures of the period in view, in the shape of another form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.periods import Period
from antq_desktop.domain.targets import sheets_in
from antq_desktop.services.targets import Copied, Found
from antq_desktop.ui.ask import FileQuestion
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.handover_parts import words
from antq_desktop.ui.screens.targets_learning import LearningDialog
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.domain.targets import Target
    from antq_desktop.ui.workplace import Workplace

_SIZE = (110 * UNIT, 72 * UNIT)
_KINDS = (("Bảng tính Excel", "*.xlsx"),)
_HEADINGS = ("Ô", "Nhãn của mẫu", "Chỉ tiêu", "Kỳ", "Số")


class TargetsDialog(QDialog):
    """The figures of one target; what is done with them is said at the foot."""

    def __init__(self, workplace: Workplace, parent: QWidget, period: Period, unit: str) -> None:
        """Take the period and the unit that the page of figures shows."""
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Chép số sang hệ thống khác")
        self._workplace = workplace
        self._period, self._unit = period, unit
        self._held: list[Target] = []
        self.copied: Copied | None = None
        self._make_parts()
        self._lay_out()
        self._connect()
        self.resize(*_SIZE)
        self.refresh()

    def refresh(self, code: str = "") -> None:
        """Read the targets again, and show the one of a code, else the first."""
        targets = self._workplace.office.targets
        self._workplace.jobs.read(
            lambda _control: targets.all(),
            lambda found: self._show_targets(found, code),
            owner=self,
            lane="targets",
        )

    @property
    def target(self) -> Target | None:
        """The target in view."""
        at = self.choice.currentIndex()
        return self._held[at] if 0 <= at < len(self._held) else None

    def copy(self) -> None:
        """Put the figures of the sheet in view where another program can paste them."""
        if self.copied is None:
            return
        sheet = self.sheet.currentText() or sheets_in(self.copied.target)[0]
        QGuiApplication.clipboard().setText(self.copied.text(sheet))
        self.told.setText(
            f"Đã chép {len(self.copied.values)} số theo thứ tự của mẫu. Sang hệ thống kia, chọn ô "
            f"đầu tiên ({self._first_cell(sheet)}) rồi dán."
        )

    # parts

    def _make_parts(self) -> None:
        theme = self._workplace.theme
        self.choice = QComboBox()
        self.choice.setAccessibleName("Mẫu")
        self.sheet = QComboBox()
        self.sheet.setAccessibleName("Trang của mẫu")
        self.note = words("", "hint")
        self.told = words("", "done")
        self.table = QTableWidget(0, len(_HEADINGS))
        self.table.setHorizontalHeaderLabels(list(_HEADINGS))
        self.table.setAccessibleName("Số liệu theo mẫu")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.learn_button = make_button(
            "Lập mẫu từ bảng tính…", theme, icon="add",
            tip="Cho xem bảng tính của đơn vị một lần; chương trình tìm các ô cạnh nhãn",
        )  # fmt: skip
        self.drop_button = make_button("Xóa mẫu", theme, role="quiet", icon="void")
        self.copy_button = make_button(
            "Chép số", theme, role="primary", icon="copy",
            tip="Chép vào bộ nhớ tạm, đúng thứ tự và khoảng cách ô của mẫu",
        )  # fmt: skip
        self.fill_button = make_button(
            "Điền vào bản sao…", theme, icon="download",
            tip="Điền số vào một bản sao của bảng tính; tệp gốc giữ nguyên",
        )  # fmt: skip
        self.read_button = make_button(
            "Tờ đọc số", theme, icon="print", tip="Tờ giấy để một người đọc, một người nhập"
        )
        self.close_button = make_button("Đóng", theme, tip="Đóng (Esc)")

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        page.setSpacing(UNIT + 4)
        page.addWidget(words("Chép số sang hệ thống khác", "heading"))
        page.addWidget(words(f"Số liệu {self._period.label}", "hint"))
        row = QHBoxLayout()
        row.addWidget(self.choice, 1)
        row.addWidget(self.sheet)
        row.addWidget(self.learn_button)
        row.addWidget(self.drop_button)
        page.addLayout(row)
        page.addWidget(self.note)
        page.addWidget(self.table, 1)
        page.addWidget(self.told)
        foot = QHBoxLayout()
        for button in (self.read_button, self.fill_button):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.copy_button)
        page.addLayout(foot)

    def _connect(self) -> None:
        self.choice.currentIndexChanged.connect(lambda _at: self._count())
        self.copy_button.clicked.connect(self.copy)
        self.fill_button.clicked.connect(self._ask_for_workbook)
        self.read_button.clicked.connect(self._ask_for_sheet)
        self.learn_button.clicked.connect(self._ask_what_to_learn)
        self.drop_button.clicked.connect(self._drop)
        self.close_button.clicked.connect(self.reject)

    # what happens

    def _show_targets(self, found: list[Target], code: str) -> None:
        self.choice.blockSignals(True)
        self._held = found
        self.choice.clear()
        self.choice.addItems([each.title for each in found])
        at = next((at for at, each in enumerate(found) if each.code == code), 0)
        self.choice.setCurrentIndex(at if found else -1)
        self.choice.blockSignals(False)
        self._count()

    def _count(self) -> None:
        target, targets = self.target, self._workplace.office.targets
        self.told.setText("")
        if target is None:
            return
        period, unit = self._period, self._unit
        self._workplace.jobs.read(
            lambda _control: targets.copied(target, period, unit),
            self._show,
            owner=self,
            lane="target",
        )

    def _show(self, copied: Copied) -> None:
        self.copied = copied
        target = copied.target
        self.note.setText(target.note)
        self.note.setVisible(bool(target.note))
        self.drop_button.setVisible(target.own)
        sheets = sheets_in(target)
        self.sheet.clear()
        self.sheet.addItems(sheets)
        self.sheet.setVisible(len(sheets) > 1)
        lines = copied.lines()
        self.table.setRowCount(len(lines))
        for row, line in enumerate(lines):
            for column, text in enumerate(line):
                item = QTableWidgetItem(text)
                if column == len(line) - 1:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                self.table.setItem(row, column, item)

    def _first_cell(self, sheet: str) -> str:
        if self.copied is None:
            return ""
        spots = [each.spot for each in self.copied.target.cells if each.spot.sheet == sheet]
        first = min(spots, key=lambda spot: (spot.row, spot.column))
        return first.cell

    def _ask_what_to_learn(self) -> None:
        question = FileQuestion("Chọn bảng tính của mẫu", (("Bảng tính", "*.xlsx *.xls *.ods"),))
        self._workplace.asker.ask_file(question, self._look)

    def _look(self, path: Path | None) -> None:
        if path is None:
            return
        targets = self._workplace.office.targets

        def show(found: list[Found]) -> None:
            dialog = LearningDialog(self._workplace, self, path.stem, found)
            dialog.saved.connect(self.refresh)
            dialog.open()

        self._workplace.jobs.read(
            lambda _control: targets.look(path), show, owner=self, title="Đọc bảng tính"
        )

    def _drop(self) -> None:
        target, targets = self.target, self._workplace.office.targets
        if target is not None:
            self._workplace.jobs.write(
                lambda _control: targets.drop(target.code), lambda _done: self.refresh()
            )

    def _ask_for_workbook(self) -> None:
        question = FileQuestion("Chọn bảng tính trống của mẫu", _KINDS)
        self._workplace.asker.ask_file(question, self._ask_for_copy)

    def _ask_for_copy(self, workbook: Path | None) -> None:
        copied, targets = self.copied, self._workplace.office.targets
        if workbook is None or copied is None:
            return
        self._ask_where(
            "Ghi bản sao đã điền", _KINDS[0], f"{workbook.stem}_da_dien.xlsx",
            lambda out: targets.fill(copied, workbook, out),
        )  # fmt: skip

    def _ask_for_sheet(self) -> None:
        copied, targets, papers = (
            self.copied, self._workplace.office.targets, self._workplace.office.papers,
        )  # fmt: skip
        if copied is None:
            return
        self._ask_where(
            "Ghi tờ đọc số", ("Tệp PDF", "*.pdf"), f"to_doc_so_{copied.target.code}.pdf",
            lambda out: papers.save(targets.reading_sheet(copied), out),
        )  # fmt: skip

    def _ask_where(
        self, title: str, kind: tuple[str, str], name: str, work: Callable[[Path], Path]
    ) -> None:
        suffix = kind[1].removeprefix("*")

        def write(path: Path | None) -> None:
            if path is None:
                return
            out = path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)
            self._workplace.jobs.read(
                lambda _control: work(out),
                lambda written: self.told.setText(f"Đã ghi {written}."),
                owner=self,
                title=title,
            )

        question = FileQuestion(title, (kind,), suggested=name, to_write=True)
        self._workplace.asker.ask_file(question, write)
