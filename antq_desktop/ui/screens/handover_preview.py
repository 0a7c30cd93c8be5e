"""What a bundle says of itself and what it would do, before anything is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.answers import Outcome
from antq_desktop.domain.shown import show_integer
from antq_desktop.domain.text import opening
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.handover_looks import Look, signed
from antq_desktop.ui.screens.handover_papers import show_paper
from antq_desktop.ui.screens.handover_parts import (
    OUTCOME_LABELS,
    VERDICT_TONES,
    Told,
    scrolled,
    set_badge,
    words,
)
from antq_desktop.ui.screens.preview_wanted import Wanted
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.arrivals import Arrived
    from antq_desktop.services.withdrawing import BackHeap
    from antq_desktop.ui.workplace import Workplace

_MOST_NAMES = 500  # of one heap; the rest is counted
_MOST_FAULTS = 6
_SHOWN_OPEN = frozenset({Outcome.CONFLICT, Outcome.REJECTED, Outcome.FOREIGN, Outcome.SET_ASIDE})


class PreviewPane(QWidget):
    """`merge_asked` asks to do what is shown; `enrol_asked` leads to the enrolment of a device.

    `withdraw_asked` asks to take back the merged bundle that is shown.
    """

    merge_asked = Signal()
    withdraw_asked = Signal(object)
    enrol_asked = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._line: Arrived | None = None
        self.title = words("", "heading")
        self._sign = QLabel()
        self.verdict = words("", wrap=False)
        self.facts = words("", "label")
        self.faults = words("")
        self.faults.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.codes = words("", "code")
        self.stale = Told(workplace.theme)
        self.tree = QTreeWidget()
        self._dress_tree()
        self.merge = make_button("Nhập gói", workplace.theme, role="primary", icon="download")
        self.merge.clicked.connect(self.merge_asked)
        self.enrol = make_button("Nhận phiếu đăng ký của máy gửi", workplace.theme, icon="key")
        self.enrol.clicked.connect(self.enrol_asked)
        self.receipt = make_button("In phiếu xác nhận…", workplace.theme, icon="print")
        self.receipt.clicked.connect(self._print)
        self.withdraw = make_button("Rút lại gói…", workplace.theme, icon="undo")
        self.withdraw.clicked.connect(lambda: self.withdraw_asked.emit(self._line))
        self._lay_out()
        self.show_lines(())

    def show_lines(self, lines: Sequence[Arrived]) -> None:
        """Show what the chosen bundles say of themselves; what they would do comes later."""
        self.stale.say("")
        self._line = lines[0] if len(lines) == 1 else None
        self.setVisible(bool(lines))
        if not lines:
            return
        waiting = sum(line.staged for line in lines)
        self._show_tree(None)
        self.tree.setVisible(bool(waiting))
        self.merge.setVisible(bool(waiting))
        self.merge.setEnabled(False)
        self._say_merge(waiting)
        self._show_one(self._line) if self._line else self._show_many(len(lines), waiting)

    def show_look(self, look: Look) -> None:
        """Show what the chosen bundles would do, heap by heap, and their effect on the figures."""
        self._show_tree(look)
        self.tree.setVisible(True)
        self.merge.setVisible(bool(look.previews))
        self.merge.setEnabled(bool(look.previews))
        self._say_merge(len(look.previews))
        if look.held_back:
            self.stale.say(" ".join(look.held_back), "watch")

    def say_stale(self) -> None:
        """Say why nothing was done and why the preview is another one now."""
        self.stale.say(
            "Dữ liệu đã thay đổi từ lúc xem trước nên gói này chưa nhập. Bản xem trước dưới đây đã "
            "lập lại; xem rồi bấm Nhập gói.",
            "watch",
        )

    def offer(self, *buttons: QPushButton) -> None:
        """Put what else can be done with a bundle beside the buttons."""
        for at, button in enumerate(buttons):
            button.hide()
            self._buttons.insertWidget(at, button)

    def set_busy(self, *, busy: bool) -> None:
        """Keep the button quiet while a job runs."""
        self.withdraw.setEnabled(not busy)
        if busy:
            self.merge.setEnabled(False)

    def show_withdrawal(self, heaps: Sequence[BackHeap] | None) -> None:
        """Show what taking the bundle back would do, heap by heap; None: nothing is asked."""
        self.tree.setVisible(heaps is not None)
        self.tree.clear()
        for heap in heaps or ():
            self._add_heap(opening(heap.label), heap.count, heap.names, opened=True)

    def _show_one(self, line: Arrived) -> None:
        who = f"Gói số {line.number} của {line.sender}" if line.sender else line.name
        self.title.setText(who)
        icon, tone = VERDICT_TONES[line.verdict]
        inks = {"calm": "accent", "watch": "gold", "fault": "red", "info": "blue"}
        size = self._workplace.theme.measures.icon
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(self._workplace.theme.icons.pixmap(icon, inks[tone], size, ratio))
        self._sign.show()
        set_badge(self.verdict, line.verdict.label, tone)
        self.facts.setText(_facts(line))
        shown = [sentence for _code, sentence in line.faults[:_MOST_FAULTS]]
        more = len(line.faults) - len(shown)
        if more > 0:
            shown.append(f"Và {more} điểm khác.")
        self.faults.setText("\n".join(shown))
        self.faults.setVisible(bool(shown))
        codes = dict.fromkeys(code for code, _sentence in line.faults)
        self.codes.setText(", ".join(codes))
        self.codes.setVisible(bool(codes))
        self.enrol.setVisible(line.shelf == "signer_unknown")
        self.receipt.setVisible(line.merged)
        self.withdraw.setVisible(line.merged)

    def _show_many(self, chosen: int, waiting: int) -> None:
        self.title.setText(f"{chosen} gói đang chọn")
        self._sign.hide()
        set_badge(self.verdict, "", "plain")
        left = chosen - waiting
        told = f"{waiting} gói chờ nhập." if waiting else "Không có gói nào chờ nhập."
        if waiting and left:
            told += f" {left} gói khác đã nhập hoặc để trong ngăn chờ xử lý."
        self.facts.setText(told)
        for part in (self.faults, self.codes, self.enrol, self.receipt, self.withdraw):
            part.hide()

    def _say_merge(self, count: int) -> None:
        text = "Nhập gói" if count <= 1 else f"Nhập {count} gói"
        self.merge.setText(f" {text}")
        self.merge.setAccessibleName(text)

    def _show_tree(self, look: Look | None) -> None:
        self.tree.clear()
        if look is None:
            self.tree.addTopLevelItem(self._row("Đang xem trước…", ""))
            return
        if not look.heaps:
            self.tree.addTopLevelItem(self._row("Gói không có hồ sơ mới", ""))
        for heap in look.heaps:
            label, opened = OUTCOME_LABELS[heap.outcome], heap.outcome in _SHOWN_OPEN
            self._add_heap(label, heap.count, heap.names, opened=opened)
        self._show_effects(look)
        if (first := self.tree.topLevelItem(0)) is not None:
            self.tree.setCurrentItem(first)

    def _add_heap(self, label: str, count: int, names: Sequence[str], *, opened: bool) -> None:
        top = self._row(label, show_integer(count), bold=True)
        self.tree.addTopLevelItem(top)
        for name in names[:_MOST_NAMES]:
            row = self._row(name, "")
            top.addChild(row)
            row.setFirstColumnSpanned(True)  # a name takes the room of the figure it lacks
        if count > _MOST_NAMES:
            rest = show_integer(count - _MOST_NAMES)
            top.addChild(self._row(f"… và {rest} hồ sơ khác", ""))
        top.setExpanded(opened)

    def _show_effects(self, look: Look) -> None:
        if not look.previews:
            return
        year = self._workplace.office.clock.now().year
        top = self._row(f"Số liệu báo cáo năm {year} thay đổi", "", bold=True)
        self.tree.addTopLevelItem(top)
        for effect in look.effects:
            top.addChild(self._row(effect.label, signed(effect.change)))
        if not look.effects:
            top.addChild(self._row("Không có số liệu nào thay đổi", ""))
        top.setExpanded(True)

    def _row(self, text: str, figure: str, *, bold: bool = False) -> QTreeWidgetItem:
        row = QTreeWidgetItem([text, figure])
        row.setToolTip(0, text)
        row.setSizeHint(0, QSize(0, self._workplace.theme.measures.compact_row))
        row.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if bold:
            for column in (0, 1):
                row.setFont(column, self._workplace.theme.font(bold=True))
        return row

    def _print(self) -> None:
        if self._line is not None:
            show_paper(self.receipt, Wanted("receipt", bundle=self._line.digest))

    def _dress_tree(self) -> None:
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setAccessibleName("Xem trước: hồ sơ và số liệu sẽ thay đổi")
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def _lay_out(self) -> None:
        verdict = QHBoxLayout()
        verdict.setSpacing(UNIT)
        verdict.addWidget(self._sign)
        verdict.addWidget(self.verdict)
        verdict.addStretch(1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, UNIT, 0)
        column.setSpacing(UNIT)
        column.addWidget(self.title)
        column.addLayout(verdict)
        column.addWidget(self.facts)
        column.addWidget(self.faults)
        column.addWidget(self.codes)
        column.addWidget(self.enrol, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.stale)
        column.addWidget(self.tree, 1)
        self._buttons = buttons = QHBoxLayout()
        buttons.addWidget(self.merge)
        buttons.addWidget(self.receipt)
        buttons.addWidget(self.withdraw)
        buttons.addStretch(1)
        self.tree.setMinimumHeight(6 * self._workplace.theme.measures.compact_row)
        column.addStretch(0)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(UNIT)
        area = scrolled(inside)
        area.setMinimumHeight(9 * self._workplace.theme.measures.row)
        page.addWidget(area, 1)
        page.addLayout(buttons)  # outside: what is done must stay in sight


def _facts(line: Arrived) -> str:
    told = [f"Nhận lúc {line.received}."]
    if line.withdrawn:
        told.append("Đã rút lại, chờ nhập lại.")
    elif line.staged:
        told.append("Chờ nhập.")
    if line.merged:
        totals = ", ".join(f"{show_integer(n)} {outcome.label}" for outcome, n in line.totals)
        told.append(f"Đã nhập: {totals}." if totals else "Đã nhập, không có hồ sơ mới.")
        told.append(f"Số đọc qua điện thoại cho đơn vị gửi: {line.spoken}.")
    if line.set_aside:
        told.append("Để trong ngăn chờ xử lý, không tính vào số liệu.")
    return " ".join(told)
