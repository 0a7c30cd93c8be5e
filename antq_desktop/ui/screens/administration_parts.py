"""Pages of Quản trị: the look, the place of backups, the check of the program by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.rights import Operation
from antq_desktop.services.firststart import is_on_the_same_disk, refuse_bad_backup_place
from antq_desktop.services.selfcheck import Finding
from antq_desktop.ui.ask import FileQuestion
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.elided import ElidedLabel
from antq_desktop.ui.theme import LARGEST_POINTS, SMALLEST_POINTS, UNIT, Theme
from antq_desktop.ui.workplace import Workplace

_STEP = 0.5  # points


class LookPage(QWidget):
    """Light or dark, and the size of letters; both at once and kept."""

    def __init__(self, theme: Theme, change_look: Callable[[bool, float], None]) -> None:
        super().__init__()
        self._theme = theme
        self._change_look = change_look
        self.light = make_button("Sáng", theme)
        self.dark = make_button("Tối", theme)
        for button, place in ((self.light, "first"), (self.dark, "last")):
            button.setProperty("role", "answer")
            button.setProperty("place", place)
            button.setCheckable(True)
            button.setAutoExclusive(True)
        (self.dark if theme.dark else self.light).setChecked(True)
        self.light.clicked.connect(self._take)
        self.dark.clicked.connect(self._take)
        self.smaller = make_button("Nhỏ hơn", theme)
        self.larger = make_button("Lớn hơn", theme)
        self.smaller.clicked.connect(lambda: self._step(-_STEP))
        self.larger.clicked.connect(lambda: self._step(_STEP))
        self._told = QLabel()
        colours = QHBoxLayout()
        colours.setSpacing(0)
        colours.addWidget(self.light)
        colours.addWidget(self.dark)
        colours.addStretch(1)
        sizes = QHBoxLayout()
        sizes.setSpacing(UNIT)
        for part in (self.smaller, self._told, self.larger):
            sizes.addWidget(part)
        sizes.addStretch(1)
        column = page_column(self)
        for label, row in (("Màu nền", colours), ("Cỡ chữ", sizes)):
            column.addWidget(words_label(label, "label"))
            column.addLayout(row)
            column.addSpacing(UNIT)
        column.addStretch(1)
        self._tell()

    def _take(self) -> None:
        self._change_look(self.dark.isChecked(), self._theme.points)

    def _step(self, by: float) -> None:
        self._change_look(self._theme.dark, self._theme.points + by)
        self._tell()

    def _tell(self) -> None:
        points = self._theme.points
        self._told.setText(f"{points:g}".replace(".", ","))
        self.smaller.setEnabled(points > SMALLEST_POINTS)
        self.larger.setEnabled(points < LARGEST_POINTS)


class BackupPlacePage(QWidget):
    """The folder for daily backups."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._place = words_label("")
        self._note = words_label("", "warning")
        self.choose = make_button("Chọn thư mục…", workplace.theme, icon="usb")
        self.choose.clicked.connect(self._ask)
        self.now = make_button("Sao lưu ngay", workplace.theme, role="primary", icon="save")
        self.now.clicked.connect(self.back_up)
        buttons = QHBoxLayout()
        buttons.addWidget(self.choose)
        buttons.addWidget(self.now)
        buttons.addStretch(1)
        self.restore = make_button("Khôi phục…", workplace.theme, icon="undo")
        why_not = workplace.office.standing.why_not(Operation.RESTORE)
        self.restore.setEnabled(not why_not and workplace.restore is not None)
        self.restore.setToolTip(why_not)
        self.restore.clicked.connect(self._leave_for_restoring)
        column = page_column(self)
        column.addWidget(words_label("Nơi giữ bản sao lưu hằng ngày", "label"))
        column.addWidget(self._place)
        column.addLayout(buttons)
        column.addWidget(self._note)
        column.addSpacing(2 * UNIT)
        column.addWidget(words_label("Quay lại từ bản sao lưu", "label"))
        column.addWidget(
            words_label(
                "Rời màn hình làm việc, chọn bản sao lưu và xem bên trong trước khi khôi phục. "
                "Chuyển sang máy mới: làm như vậy ở trang đầu của máy mới."
            )
        )
        column.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._show(workplace.office.backup_place)

    def _leave_for_restoring(self) -> None:
        if self._workplace.restore is not None:
            self._workplace.restore()

    def take(self, place: Path | None) -> None:
        """Keep a folder; a bad one is refused and said why."""
        if place is None:
            return
        office = self._workplace.office
        try:
            refuse_bad_backup_place(place, office.folder)
        except UserError as error:
            self._note.setText(f"✕ {error.message}")
            return
        self._workplace.jobs.write(
            lambda _control: office.set_backup_place(place),
            lambda _none: self._kept(place),
            owner=self,
        )

    def back_up(self) -> None:
        """Make a backup now."""
        office = self._workplace.office
        self.now.setEnabled(False)

        def failed(error: BaseException) -> None:
            self.now.setEnabled(True)
            self._workplace.door.meet(error)

        self._workplace.jobs.write(
            lambda _control: office.safekeeping.now(),
            self._made,
            failed=failed,
            owner=self,
            title="Đang sao lưu",
        )

    def _made(self, path: Path | None) -> None:
        self.now.setEnabled(True)
        if path is not None:
            self._workplace.door.done(f"Đã sao lưu vào {path}.")

    def _kept(self, place: Path) -> None:
        self._show(place)
        self._workplace.door.done(f"Bản sao lưu được ghi vào {place}.")
        self._workplace.changes.written.emit(())

    def _ask(self) -> None:
        question = FileQuestion("Nơi giữ bản sao lưu", folder=True)
        self._workplace.asker.ask_file(question, self.take)

    def _show(self, place: Path | None) -> None:
        self._place.setText(str(place) if place is not None else "Chưa chọn.")
        same = place is not None and is_on_the_same_disk(place, self._workplace.office.folder)
        told = "△ Cùng ổ đĩa với dữ liệu: hỏng ổ đĩa thì mất cả hai. Nên thêm một bản ở USB."
        self._note.setText(told if same else "")
        self.now.setEnabled(place is not None)


class CheckPage(QWidget):
    """The check of the program by itself, finding by finding."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.findings: list[Finding] = []
        self.button = make_button("Kiểm tra ngay", workplace.theme, role="primary", icon="refresh")
        self.button.clicked.connect(self.run)
        self._list = QGridLayout()
        self._list.setHorizontalSpacing(UNIT)
        self._list.setVerticalSpacing(UNIT)
        self._list.setColumnStretch(1, 1)
        self._labels: list[QLabel] = []
        self.verdict = words_label("", "heading")
        column = page_column(self)
        column.addWidget(
            words_label(
                "Đọc lại tệp dữ liệu, nhật ký, chỉ mục tìm kiếm, danh mục và mẫu in. Không sửa gì."
            )
        )
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(UNIT)
        column.addWidget(self.verdict)
        column.addLayout(self._list)
        column.addStretch(1)

    def run(self) -> None:
        """Check everything on a reader."""
        office = self._workplace.office
        self.button.setEnabled(False)

        def failed(error: BaseException) -> None:
            self.button.setEnabled(True)
            self._workplace.door.meet(error)

        self._workplace.jobs.read(
            lambda _control: list(office.check()),
            self._show,
            failed=failed,
            owner=self,
            title="Đang tự kiểm tra",
        )

    def _show(self, findings: list[Finding]) -> None:
        self.button.setEnabled(True)
        self.findings = findings
        for label in self._labels:
            label.deleteLater()
        self._labels = []
        wrong = sum(not finding.holds for finding in findings)
        good = f"Đã xem {len(findings)} điều, tất cả đều tốt."
        self.verdict.setText(f"{wrong} điều cần xem." if wrong else good)
        least = self._workplace.theme.measures.compact_row
        # What needs a look stands first.
        for row, finding in enumerate(sorted(findings, key=lambda each: each.holds)):
            state = words_label("Tốt" if finding.holds else "Cần xem")
            state.setWordWrap(False)
            state.setProperty("badge", "calm" if finding.holds else "fault")
            code = words_label("" if finding.holds else finding.code, "code")
            for place, label in enumerate((state, ElidedLabel(finding.sentence), code)):
                label.setMinimumHeight(least)  # else a long list is squeezed, not scrolled
                self._labels.append(label)
                self._list.addWidget(label, row, place)


def page_column(page: QWidget) -> QVBoxLayout:
    """Return the column in which a page of Quản trị stands."""
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 2 * UNIT, 0, UNIT)
    column.setSpacing(UNIT)
    return column


def words_label(text: str, role: str = "") -> QLabel:
    """Return a text that wraps and can be copied."""
    label = QLabel(text)
    if role:
        label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def scrolled(page: QWidget) -> QScrollArea:
    """Return a page that scrolls where there is no room for it."""
    page.setProperty("role", "page")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(page)
    return area
