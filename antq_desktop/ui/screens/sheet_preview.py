"""What an import would do, before it is done: counts, faults by place, the first rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.oldfonts import NAMES
from antq_desktop.domain.shown import show_integer
from antq_desktop.services.sheet_meeting import WhenThere
from antq_desktop.services.sheet_result import Outcome
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.screens.handover_parts import LocalTable, Told, set_badge, words
from antq_desktop.ui.screens.sheet_looks import MOST_FAULTS
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.sheet_opening import OldText
    from antq_desktop.ui.screens.sheet_looks import Judged
    from antq_desktop.ui.workplace import Workplace

_FAULTS: Final = (
    Column("grave", "Mức", 9, sortable=False),
    Column("place", "Ô", 9, sortable=False),
    Column("heading", "Cột", 19, sortable=False),
    Column("message", "Cần làm gì", 80, sortable=False),
)
_WHEN: Final = (
    (WhenThere.SKIP, "Bỏ ra, giữ nguyên hồ sơ đã có"),
    (WhenThere.CHANGE, "Sửa hồ sơ đã có theo tệp"),
    (WhenThere.ADD, "Thêm thành hồ sơ mới"),
)
_COUNTS: Final = (
    (Outcome.NEW, "{} mới", "calm"),
    (Outcome.CHANGED, "{} sửa hồ sơ đã có", "info"),
    (Outcome.SAME, "{} giống hệt, bỏ ra", "plain"),
    (Outcome.LEFT_OUT, "{} giống nhưng khác vài mục, bỏ ra", "watch"),
    (Outcome.FAULTY, "{} dòng lỗi", "fault"),
)
_MOST_NOTES: Final = 5


class PreviewPanel(QWidget):
    """`changed` says that the officer asked for the file to be read otherwise."""

    changed = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.counts = {outcome: QLabel() for outcome, _, _ in _COUNTS}
        self.total = words("", "heading", wrap=False)
        self.when = QComboBox()
        self.when.setAccessibleName("Dòng giống hồ sơ đã có")
        self._when_label = QLabel("Dòng giống hồ sơ đã có")
        self._when_label.setProperty("role", "label")
        self._when_label.setBuddy(self.when)
        self.zeros = QCheckBox("Thêm lại số 0 ở đầu mà Excel đã bỏ")
        self.notes = words("", "hint")
        self.faults = LocalTable(_FAULTS, workplace, "Chỗ cần sửa")
        self.faults.set_empty("Không có dòng nào lỗi.", "", None)
        self.first: LocalTable | None = None
        self.whole = words()  # the last cell of the current row, which the table may cut
        self._said: dict[str, str] = {}
        self._said_first: dict[str, str] = {}
        self.faults.current_changed.connect(lambda one: self._tell(self._said, one))
        self.tabs = QTabWidget()
        self.tabs.currentChanged.connect(lambda _at: self._tell_current())
        self.when.activated.connect(lambda _at: self.changed.emit())
        self.zeros.clicked.connect(lambda _on: self.changed.emit())
        self._lay_out()

    def set_kind(self, *, alike: bool) -> None:
        """Offer what may become of rows that meet a record of the kind."""
        self.when.clear()
        for when, label in _WHEN[: 2 if alike else 3]:
            self.when.addItem(label, when)

    def chosen_when(self) -> WhenThere:
        """Return what becomes of rows that meet a record."""
        return WhenThere(self.when.currentData() or WhenThere.SKIP)

    def show_judged(self, judged: Judged) -> None:
        """Show a plan."""
        plan = judged.plan
        lines = f" và {show_integer(plan.lines)} dòng kèm theo" if plan.lines else ""
        self.total.setText(f"{show_integer(plan.total)} dòng dữ liệu{lines}")
        for outcome, text, tone in _COUNTS:
            number = plan.counts[outcome]
            set_badge(self.counts[outcome], text.format(show_integer(number)) * bool(number), tone)
        met = any(not each.above for each in plan.alike)
        self.when.setVisible(met)
        self._when_label.setVisible(met)
        lost = any(fault.code.startswith("leading_zero") for fault in plan.faults)
        self.zeros.setVisible(lost or self.zeros.isChecked())
        notes = list(plan.notes[:_MOST_NOTES])
        if len(plan.faults) > MOST_FAULTS:
            notes.append(f"Chỉ hiện {show_integer(MOST_FAULTS)} chỗ đầu; tệp đánh dấu lỗi có đủ.")
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        self._said = {row.id: str(row.cells[-1]) for row in judged.faults}
        self._said_first = {row.id: str(row.cells[-1]) for row in judged.rows}
        self.faults.show_rows(judged.faults)
        if judged.faults and not self.faults.current_id():
            self.faults.go_to(judged.faults[0].id)
        self._show_first(judged)
        self.tabs.setTabText(0, f"Chỗ cần xem ({show_integer(len(plan.faults))})")
        self.tabs.setCurrentIndex(0 if plan.faults else 1)
        self._tell_current()

    def take_focus(self) -> None:
        """Give the keyboard to the table in front."""
        (self.tabs.currentWidget() or self).setFocus()

    def _tell_current(self) -> None:
        if self.tabs.currentWidget() is self.faults:
            self._tell(self._said, self.faults.current_id())
        elif self.first is not None:
            self._tell(self._said_first, self.first.current_id())

    def _tell(self, said: dict[str, str], row: str) -> None:
        self.whole.setText(said.get(row, ""))
        self.whole.setVisible(bool(self.whole.text()))

    def _show_first(self, judged: Judged) -> None:
        """Show the first rows; their columns are those of the file."""
        if self.first is None or self.first.local.columns != judged.columns:
            if self.first is not None:
                self.tabs.removeTab(1)
                self.first.deleteLater()
            self.first = LocalTable(judged.columns, self._workplace, "Các dòng đầu")
            self.first.set_empty("Tệp không có dòng dữ liệu nào.", "", None)
            self.first.current_changed.connect(lambda one: self._tell(self._said_first, one))
            self.tabs.addTab(self.first, "")
        self.first.show_rows(judged.rows)
        count = show_integer(len(judged.rows))
        all_of_them = len(judged.rows) == judged.plan.total
        self.tabs.setTabText(1, f"Mọi dòng ({count})" if all_of_them else f"{count} dòng đầu")

    def _lay_out(self) -> None:
        counts = QHBoxLayout()
        counts.setSpacing(UNIT)
        counts.addWidget(self.total)
        counts.addSpacing(UNIT)
        for label in self.counts.values():
            counts.addWidget(label)
        counts.addStretch(1)
        asked = QHBoxLayout()
        asked.setSpacing(UNIT)
        asked.addWidget(self._when_label)
        asked.addWidget(self.when)
        asked.addSpacing(UNIT)
        asked.addWidget(self.zeros)
        asked.addStretch(1)
        self.tabs.addTab(self.faults, "Chỗ cần xem")
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(UNIT)
        page.addLayout(counts)
        page.addLayout(asked)
        page.addWidget(self.notes)
        page.addWidget(self.tabs, 1)
        page.addWidget(self.whole)


class LettersPanel(QWidget):
    """Text of old fonts before and after; nothing is converted until the officer says so."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self.told = Told(workplace.theme)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(3 * UNIT)
        self._grid.setVerticalSpacing(UNIT)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(2 * UNIT)
        page.addWidget(self.told)
        page.addLayout(self._grid)
        page.addStretch(1)

    def show_old(self, old: OldText) -> None:
        """Show what was found."""
        capitals = (
            f", trong đó {show_integer(old.capitals)} ô viết bằng phông chữ hoa"
            if old.capitals
            else ""
        )
        self.told.say(
            f"Tệp có {show_integer(old.cells)} ô viết bằng phông cũ {NAMES[old.font]}{capitals}. "
            "Xem chữ trước và sau khi chuyển; chỉ chuyển khi đồng ý, tệp gốc giữ nguyên.",
            "watch",
        )
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for column, title in enumerate(("Chữ trong tệp", "Sau khi chuyển")):
            self._grid.addWidget(words(title, "label", wrap=False), 0, column)
        for line, pair in enumerate(old.samples, start=1):
            for column, text in enumerate(pair):
                self._grid.addWidget(words(text), line, column)
