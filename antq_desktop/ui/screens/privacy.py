"""Dữ liệu và quyền riêng tư: what is kept of people, for how long, what is due, who has looked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from antq_desktop.domain.rights import Operation
from antq_desktop.domain.shown import show_date, show_integer, show_moment
from antq_desktop.services.erasing import DueRecord, Erased
from antq_desktop.services.privacy import KeptKind, Looked
from antq_desktop.ui.ask import Answer, Choice, Question
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.administration_parts import page_column, words_label
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.workplace import Workplace

MOST_NAMED: Final = 40
ERASE: Final = "erase"
KEEP: Final = "keep"
_HEADS: Final = ("Loại hồ sơ", "Số hồ sơ", "Dữ liệu về người", "Xóa sau")
Read = tuple[list[KeptKind], list[DueRecord], list[Looked]]


class PrivacyPage(QWidget):
    """One page; it reads the store whenever it is shown."""

    def __init__(self, workplace: Workplace, show_paper: Callable[[], None]) -> None:
        """Take who shows the paper of it."""
        super().__init__()
        self._workplace = workplace
        self.due: list[DueRecord] = []
        self.print_button = make_button("In bảng kê…", workplace.theme, icon="print")
        self.print_button.clicked.connect(show_paper)
        self.erase_button = make_button("Xóa dữ liệu quá hạn…", workplace.theme, icon="void")
        self.erase_button.clicked.connect(self.ask)
        self.kinds = _grid()
        self.looked = _grid()
        self.due_told = words_label("Đang đọc…")
        self.due_names = words_label("", "hint")
        self.result = words_label("")
        buttons = QHBoxLayout()
        buttons.addWidget(self.erase_button)
        buttons.addWidget(self.print_button)
        buttons.addStretch(1)
        column = page_column(self)
        column.addWidget(words_label("Hết thời hạn lưu", "heading"))
        column.addWidget(self.due_told)
        column.addWidget(self.due_names)
        column.addLayout(buttons)
        column.addWidget(self.result)
        self._section(column, "Dữ liệu về người đang lưu", self.kinds)
        self._section(column, "Cán bộ đã xem mục riêng tư, tìm theo người", self.looked)
        column.addStretch(1)
        self._allow(0)

    def showEvent(self, event: QShowEvent) -> None:
        """Look again whenever the page is brought to the front."""
        super().showEvent(event)
        self.look()

    def look(self) -> None:
        """Read what is kept, what is due and who has looked."""
        office = self._workplace.office
        self._workplace.jobs.read(
            lambda _control: (
                office.erasing.privacy.kept(),
                office.erasing.due(),
                office.erasing.privacy.looked(),
            ),
            self._show,
            owner=self,
        )

    def ask(self) -> None:
        """Ask for the reason, and say what an erasure does."""
        count = show_integer(len(self.due))
        question = Question(
            f"Xóa dữ liệu về người của {count} hồ sơ",
            "Xóa ở hồ sơ, nhật ký, bản nháp và tệp đính kèm; các máy khác và đơn vị tổng hợp nhận "
            "việc xóa qua gói tiếp theo. Không hoàn tác được.",
            (Choice(KEEP, "Chưa xóa"), Choice(ERASE, "Xóa", role="danger")),
            safe=KEEP,
            reason_label="Lý do",
        )
        self._workplace.asker.ask(question, self._answered)

    def _answered(self, answer: Answer) -> None:
        if answer.key != ERASE:
            return
        chosen = [(one.kind, one.id) for one in self.due]
        self._allow(0)
        office = self._workplace.office

        def failed(error: BaseException) -> None:
            self._allow(len(self.due))
            self._workplace.door.meet(error)

        self._workplace.jobs.write(
            lambda _control: office.erasing.erase(chosen, answer.reason),
            self._done,
            failed=failed,
            owner=self,
            title="Đang xóa",
        )

    def _done(self, erased: Erased) -> None:
        told = [erased.sentence]
        told += [
            f"• Bản sao lưu {one.name} còn giữ, tự bỏ vào {show_date(one.until.isoformat())} "
            f"({one.place})"
            for one in erased.backups
        ]
        self.result.setText("\n".join(told))
        self._workplace.door.done(erased.sentence)
        self._workplace.changes.written.emit(tuple(self._workplace.office.lists.specs))
        self.look()

    def _show(self, read: Read) -> None:
        kept, self.due, looked = read
        rows = [(k.plural, show_integer(k.records), ", ".join(k.fields), k.term) for k in kept]
        _fill(self.kinds, _HEADS, rows)
        seen = [(o.officer, show_integer(o.times), show_moment(o.last[:16])) for o in looked]
        _fill(self.looked, ("Cán bộ", "Số lần", "Lần cuối"), seen)
        count = len(self.due)
        self.due_told.setText(
            f"{show_integer(count)} hồ sơ đã quá thời hạn lưu dữ liệu về người."
            if count
            else "Không có hồ sơ nào quá thời hạn lưu dữ liệu về người."
        )
        self.due_names.setText("\n".join(self._names()))
        self._allow(count)

    def _names(self) -> list[str]:
        specs = self._workplace.office.lists.specs
        told = []
        for one in self.due[:MOST_NAMED]:
            still = f" — còn nhắc lại ở: {', '.join(one.repeated)}" if one.repeated else ""
            told.append(f"• {specs[one.kind].label} “{one.title}”{still}")
        if len(self.due) > MOST_NAMED:
            told.append(f"… và {show_integer(len(self.due) - MOST_NAMED)} hồ sơ nữa")
        return told

    def _allow(self, count: int) -> None:
        why_not = self._workplace.office.standing.why_not(Operation.ERASE)
        self.erase_button.setEnabled(bool(count) and not why_not)
        self.erase_button.setToolTip(why_not)

    def _section(self, column: QVBoxLayout, title: str, grid: QGridLayout) -> None:
        column.addSpacing(2 * UNIT)
        column.addWidget(words_label(title, "heading"))
        column.addLayout(grid)


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * UNIT)
    grid.setVerticalSpacing(UNIT // 2)
    return grid


def _fill(grid: QGridLayout, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    while grid.count():
        item = grid.takeAt(0)
        old = item.widget() if item is not None else None
        if old is not None:
            old.deleteLater()
    for place, head in enumerate(heads):
        grid.addWidget(_cell(head, "label"), 0, place)
        grid.setColumnStretch(place, len(head) if place < 2 else 20)
    for at, row in enumerate(rows, start=1):
        for place, text in enumerate(row):
            grid.addWidget(_cell(text), at, place, Qt.AlignmentFlag.AlignTop)


def _cell(text: str, role: str = "") -> QLabel:
    label = words_label(text, role)
    label.setWordWrap(True)
    return label
