"""*Máy cùng đơn vị*: the bundle for the other devices of the unit, and theirs taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.handover_parts import Card, Told, words
from antq_desktop.ui.screens.handover_places import PlacePicker, StickWatch
from antq_desktop.ui.screens.handover_take import TakePage
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.siblings import SiblingLine
    from antq_desktop.ui.jobs import Control
    from antq_desktop.ui.workplace import Workplace


class SiblingsPage(QWidget):
    """`changed` says that a bundle was made or merged; `enrol_asked` that enrolment is next."""

    changed = Signal()
    enrol_asked = Signal()
    slip_dropped = Signal(object)

    def __init__(self, workplace: Workplace, watch: StickWatch, *, takes: bool) -> None:
        """Build the page.

        Args:
            workplace: The open profile.
            watch: Looks for sticks.
            takes: Whether bundles of siblings come in here; a receiver has a page for all bundles.
        """
        super().__init__()
        self._workplace = workplace
        self._busy = False
        self._known = False
        self.state = words("")
        self.place = PlacePicker(workplace, watch)
        self.place.changed.connect(self._enable)
        self.share = make_button(
            "Lập gói nội bộ và ghi ra USB", workplace.theme, role="primary", icon="usb"
        )
        self.share.clicked.connect(self.seal)
        self.enrol = make_button("Đăng ký máy thứ hai", workplace.theme, icon="key")
        self.enrol.clicked.connect(self.enrol_asked)
        self.told = Told(workplace.theme)
        self.take = TakePage(workplace, watch) if takes else None
        self._lay_out()
        if self.take is not None:
            self.take.changed.connect(self._merged)
            self.take.enrol_asked.connect(self.enrol_asked)
            self.take.slip_dropped.connect(self.slip_dropped)
        self._enable()

    def reload(self) -> None:
        """Ask again how far the other devices have come."""
        office = self._workplace.office

        def work(_control: Control) -> tuple[bool, list[SiblingLine]]:
            return office.handover.siblings.joining, office.handover.siblings.lines()

        self._workplace.jobs.read(work, self._show, owner=self, lane="siblings")
        if self.take is not None:
            self.take.reload()

    def seal(self) -> None:
        """Make the bundle for the other devices and write it to the chosen place."""
        folder = self.place.place()
        if folder is None or self._busy:
            return
        office = self._workplace.office
        self._busy = True
        self._enable()
        self.told.say("Đang lập gói nội bộ…")

        def work(control: Control) -> str:
            control.report(0, None, "Đang lập gói nội bộ")
            made = office.handover.sealing.seal_siblings()
            done = office.handover.sealing.carry(made.row.digest, folder)
            return f"{made.sentence} {done.message}"

        self._workplace.jobs.write(
            work, self._done, failed=self._failed, owner=self, title="Đang lập gói nội bộ"
        )

    def _done(self, sentence: str) -> None:
        self._busy = False
        self.told.say(sentence, "done")
        self._workplace.door.done(sentence)
        self.reload()
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self._busy = False
        self._enable()
        if isinstance(error, (UserError, EnvironmentFault)):
            self.told.say(error.message, "fault")
        self._workplace.door.meet(error)

    def _merged(self) -> None:
        self.reload()
        self.changed.emit()

    def _show(self, found: tuple[bool, list[SiblingLine]]) -> None:
        joining, lines = found
        self._known = bool(lines)
        told = [f"{line.label}: {line.told}." for line in lines]
        if joining:
            told.insert(
                0,
                "Máy này chưa có dữ liệu của đơn vị. Ghi phiếu của máy này ở trang Đăng ký máy, "
                "đăng ký ở máy đã có dữ liệu, lập gói nội bộ ở máy đó rồi nhập ở đây.",
            )
        if not lines:
            told.append(
                "Đơn vị chưa đăng ký máy nào khác. Trên máy mới chọn “Máy thứ hai của đơn vị” ở "
                "lần chạy đầu."
            )
        self.state.setText("\n".join(told))
        self.enrol.setVisible(not lines)
        self._enable()

    def _enable(self) -> None:
        self.share.setEnabled(self._known and not self._busy and self.place.place() is not None)

    def _lay_out(self) -> None:
        card = Card("Gói nội bộ")
        card.column.addWidget(
            words(
                "Gói nội bộ chuyển hồ sơ giữa các máy của đơn vị, cả mục chỉ dùng trong đơn vị; mục"
                " chỉ giữ trên một máy thì không đi. Mỗi lần chỉ mang phần các máy kia chưa có.",
                "hint",
            )
        )
        card.column.addWidget(self.state)
        card.column.addWidget(self.place)
        for button in (self.share, self.enrol):
            card.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        card.column.addWidget(self.told)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 2 * UNIT, 0, 0)
        page.setSpacing(UNIT)
        page.addWidget(card)
        if self.take is None:
            page.addStretch(1)
        else:
            page.addWidget(self.take, 1)
