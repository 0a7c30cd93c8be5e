"""Enrolment both ways: the slip of this device, and accepting another by its signed paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.services.profiles import RECEIVER_LEVEL
from antq_desktop.ui.ask import FileQuestion
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.screens.enrolment_code import CodeEntry
from antq_desktop.ui.screens.enrolment_keys import KeysCard
from antq_desktop.ui.screens.enrolment_own import OwnCard
from antq_desktop.ui.screens.handover_parts import (
    DropFrame,
    FoldingRow,
    LocalTable,
    Told,
    scrolled,
    words,
)
from antq_desktop.ui.screens.handover_places import Plugged, StickWatch
from antq_desktop.ui.sources import Badge, TableRow
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.enrolling import EnrolledLine, ForeignSlip, OwnSlip
    from antq_desktop.services.handover import Handover
    from antq_desktop.ui.jobs import Control
    from antq_desktop.ui.workplace import Workplace

GROUPS, GROUP_DIGITS = 8, 5
_FILES = (("Tệp đăng ký máy", "*.antqkey *.ANTQKEY"), ("Mọi tệp", "*"))
_COLUMNS = (
    Column("unit", "Đơn vị", 22, sortable=False),
    Column("label", "Máy", 10, sortable=False),
    Column("may", "Được gửi", 14, sortable=False),
    Column("since", "Nhận ngày", 11, sortable=False),
    Column("officer", "Cán bộ nhận", 18, sortable=False),
    Column("state", "Tình trạng", 23, sortable=False),
)


class EnrolmentPage(QWidget):
    """`changed` says that a device was accepted or a slip written."""

    changed = Signal()

    def __init__(self, workplace: Workplace, watch: StickWatch) -> None:
        super().__init__()
        self._workplace = workplace
        self.accepting = AcceptCard(workplace)
        self.accepting.accepted.connect(self._accepted)
        self.own = OwnCard(workplace, watch)
        self.own.written.connect(self.changed)
        watch.changed.connect(self.accepting.show_plugged)
        self.table = LocalTable(_COLUMNS, workplace, "Máy đã đăng ký")
        self.table.set_empty("Chưa đăng ký máy nào của đơn vị khác.", "", None)
        self.table.current_changed.connect(lambda _id: self._enable())
        self.table.selection_changed.connect(lambda _count: self._enable())
        self._lines: dict[str, EnrolledLine] = {}
        self.keys = KeysCard(workplace)
        self.keys.changed.connect(self._accepted)
        self.revoke = make_button("Thu hồi chìa khóa…", workplace.theme, icon="void")
        self.revoke.clicked.connect(self._ask_revoke)
        known = QHBoxLayout()
        known.addWidget(words("Máy đã đăng ký", "heading"), 1)
        known.addWidget(self.revoke)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 2 * UNIT, 0, 0)
        column.setSpacing(UNIT)
        column.addWidget(FoldingRow((self.accepting, 1), (self.own, 1)))
        column.addLayout(known)
        column.addWidget(self.table, 1)
        column.addWidget(self.keys)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scrolled(inside))
        self._enable()

    def reload(self) -> None:
        """Read the devices again; the keys of this one are made at the first look."""
        office = self._workplace.office

        def work(_control: Control) -> tuple[OwnSlip, list[EnrolledLine]]:
            enrolling = office.handover.enrolling
            return enrolling.own(), enrolling.known()

        def then(found: tuple[OwnSlip, list[EnrolledLine]]) -> None:
            own, known = found
            self.own.show_slip(own)
            self.accepting.leave_out([own.key_id, *(line.key_id for line in known)])
            self._lines = {line.key_id: line for line in known}
            self.table.show_rows([_row(line) for line in known])
            self._enable()

        self._workplace.jobs.write(work, then, owner=self)

    def open_slip(self, path: Path) -> None:
        """Begin with a slip that was dropped or found."""
        self.accepting.open(path)

    def _enable(self) -> None:
        line = self._lines.get(self.table.current_id())
        self.revoke.setEnabled(line is not None and not line.revoked)

    def _ask_revoke(self) -> None:
        line = self._lines.get(self.table.current_id())
        if line is not None:
            self.keys.ask_revoke(line)

    def _accepted(self) -> None:
        self.reload()
        self.changed.emit()


def _row(line: EnrolledLine) -> TableRow:
    state = (
        Badge(f"đã thu hồi {line.revoked}", "fault") if line.revoked else Badge("đang dùng", "calm")
    )
    if line.replaced and not line.revoked:
        state = Badge("đã đổi chìa khóa", "plain")
    may = ", ".join(line.may_send)
    return TableRow(line.key_id, (line.unit, line.label, may, line.since, line.officer, state))


def _set_aside(handover: Handover) -> int:
    """Count the shelves: an enrolment takes off them what waited for it."""
    return sum(line.set_aside for line in handover.arrivals.arrived())


class AcceptCard(DropFrame):
    """Choose the file, then type the code from the signed paper; the code is not shown."""

    accepted = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._slip: ForeignSlip | None = None
        self._plugged: Path | None = None
        self._seen: tuple[Plugged, ...] = ()
        self._left_out: list[str] = []
        self._receives = workplace.office.level == RECEIVER_LEVEL
        self._busy = False
        self.file = make_button("Chọn tệp đăng ký…", workplace.theme, icon="key")
        self.file.clicked.connect(self._ask)
        self.stick = make_button("", workplace.theme, icon="usb")
        self.stick.clicked.connect(self._open_plugged)
        self.who = words("")
        self.above = QCheckBox("Đây là đơn vị cấp trên, nơi nhận gói của đơn vị này")
        self.above.setVisible(False)
        self.code = CodeEntry(workplace.theme, GROUPS, GROUP_DIGITS)
        self.code.changed.connect(self._enable)
        self.accept = make_button("Nhận đăng ký", workplace.theme, role="primary", icon="check")
        self.accept.clicked.connect(self._accept)
        self.told = Told(workplace.theme)
        self.dropped.connect(lambda paths: self.open(paths[0]))
        self._lay_out()
        self._begin(None)
        self.show_plugged(())

    def show_plugged(self, plugged: tuple[Plugged, ...]) -> None:
        """Offer the slip on a plugged stick that is neither this device's nor known already."""
        self._seen = plugged
        slips = [
            path
            for one in plugged
            for path in one.found.slips
            if not any(key in path.name for key in self._left_out)
        ]
        self._plugged = slips[0] if len(slips) == 1 else None
        self.stick.setVisible(self._plugged is not None)
        if self._plugged is not None:
            self.stick.setText(" Dùng tệp trên USB")
            self.stick.setToolTip(self._plugged.name)
            self.stick.setAccessibleName(f"Dùng tệp đăng ký trên USB, {self._plugged.name}")

    def leave_out(self, keys: list[str]) -> None:
        """Take note of the keys whose slips need not be offered."""
        self._left_out = keys
        self.show_plugged(self._seen)

    def open(self, path: Path) -> None:
        """Read a slip; it is not believed before its code was typed."""
        office = self._workplace.office
        self.told.say("")

        def failed(error: BaseException) -> None:
            self._begin(None)
            self._fault(error)

        def read(_control: Control) -> tuple[ForeignSlip, bool]:
            slip = office.handover.enrolling.read(path)
            return slip, office.handover.enrolling.is_above(slip)

        def begin(found: tuple[ForeignSlip, bool]) -> None:
            slip, above = found
            self.above.setChecked(above)
            self._begin(slip)

        self._workplace.jobs.write(
            read,
            begin,
            failed=failed,
            owner=self,
        )

    def _begin(self, slip: ForeignSlip | None) -> None:
        self._slip = slip
        self.code.expect(slip.right if slip else None)
        self.above.setVisible(slip is not None and self._receives)
        if slip is None:
            self.who.setText("Chưa chọn tệp.")
        else:
            self.who.setText(f"{slip.unit} (mã đơn vị {slip.unit_code}) · {slip.label}")
            self.code.groups[0].setFocus()
        self._enable()

    def _accept(self) -> None:
        slip = self._slip
        if slip is None or self._busy:
            return
        self.code.check_all()
        office = self._workplace.office
        typed = self.code.typed()
        above = self.above.isChecked() if self._receives else None
        self._busy = True
        self._enable()

        def work(control: Control) -> tuple[str, int]:
            control.report(0, None, "Đang nhận đăng ký")
            handover = office.handover
            before = _set_aside(handover)
            known = handover.enrolling.accept(slip, typed, above=above)
            return known.device.unit.name, before - _set_aside(handover)

        def done(found: tuple[str, int]) -> None:
            self._busy = False
            name, again = found
            sentence = f"Đã nhận đăng ký máy của {name}."
            if again:
                sentence += f" {again} gói trong ngăn chờ xử lý nay đã có thể nhập."
            self._begin(None)
            self.told.say(sentence, "done")
            self._workplace.door.done(sentence)
            self.accepted.emit()

        def failed(error: BaseException) -> None:
            self._busy = False
            self._enable()
            self._fault(error)

        self._workplace.jobs.write(
            work, done, failed=failed, owner=self, title="Đang nhận đăng ký máy"
        )

    def _fault(self, error: BaseException) -> None:
        if isinstance(error, (UserError, EnvironmentFault)):
            self.told.say(error.message, "fault")
        self._workplace.door.meet(error)

    def _enable(self) -> None:
        self.accept.setEnabled(self._slip is not None and self.code.complete() and not self._busy)

    def _open_plugged(self) -> None:
        if self._plugged is not None:
            self.open(self._plugged)

    def _ask(self) -> None:
        def then(path: Path | None) -> None:
            if path is not None:
                self.open(path)

        self._workplace.asker.ask_file(FileQuestion("Chọn tệp đăng ký máy", _FILES), then)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addWidget(words("Nhận đăng ký máy của đơn vị khác", "heading"))
        column.addWidget(
            words("1. Chọn tệp đăng ký mà đơn vị đó giao, hoặc kéo thả vào khung này.")
        )
        files = QHBoxLayout()
        files.setSpacing(UNIT)
        files.addWidget(self.file)
        files.addWidget(self.stick)
        files.addStretch(1)
        column.addLayout(files)
        self.who.setProperty("role", "section")
        column.addWidget(self.who)
        column.addWidget(self.above)
        column.addWidget(
            words("2. Nhập mã đối chiếu in trên phiếu giấy đã ký, đóng dấu. Không chép từ tệp.")
        )
        column.addWidget(self.code)
        column.addWidget(self.accept, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.told)
        column.addStretch(1)
