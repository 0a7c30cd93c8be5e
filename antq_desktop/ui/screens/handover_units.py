"""Who has sent what, and the return bundles that answer it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.shown import show_integer
from antq_desktop.services.arrivals import UnitState
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.screens.handover_paper import seal_and_show
from antq_desktop.ui.screens.handover_parts import Card, LocalTable, Told, scrolled, words
from antq_desktop.ui.screens.handover_places import PlacePicker, StickWatch
from antq_desktop.ui.sources import Badge, TableRow
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.arrivals import UnitLine
    from antq_desktop.services.handover import Handover
    from antq_desktop.services.sealing import Made
    from antq_desktop.ui.jobs import Control
    from antq_desktop.ui.workplace import Workplace

_TONES = {
    UnitState.SENT: "calm",
    UnitState.SILENT: "watch",
    UnitState.NEVER: "watch",
    UnitState.UNKNOWN: "plain",
}
_COLUMNS = (
    Column("name", "Đơn vị", 26, sortable=False),
    Column("state", "Trong tháng", 17, sortable=False),
    Column("newest", "Gói gần nhất", 19, sortable=False),
    Column("bundles", "Đã nhập", 5, numeric=True, sortable=False),
    Column("aside", "Để riêng", 5, numeric=True, sortable=False),
    Column("answered", "Gói trả về", 15, sortable=False),
)


@dataclass(frozen=True, slots=True)
class _Returned:
    """What making return bundles came to."""

    units: tuple[str, ...]
    wanted: int
    message: str = ""
    fault: UserError | EnvironmentFault | None = None


class UnitsPage(QWidget):
    """`changed` says that return bundles were made."""

    changed = Signal()

    def __init__(self, workplace: Workplace, watch: StickWatch) -> None:
        super().__init__()
        self._workplace = workplace
        self._lines: dict[str, UnitLine] = {}
        self._busy = False
        self.summary = words("", "label")
        self.table = LocalTable(_COLUMNS, workplace, "Đơn vị gửi")
        self.table.set_empty(
            "Chưa có đơn vị nào bên dưới. Nhận phiếu đăng ký máy của từng đơn vị ở trang Đăng ký"
            " máy.",
            "",
            None,
        )
        self.table.selection_changed.connect(lambda _count: self._enable())
        self.place = PlacePicker(workplace, watch)
        self.place.changed.connect(self._enable)
        self.some = make_button("Lập gói trả về cho đơn vị đang chọn", workplace.theme)
        self.some.clicked.connect(self.answer_chosen)
        self.all = make_button(
            "Lập gói trả về cho mọi đơn vị đã gửi", workplace.theme, role="primary", icon="usb"
        )
        self.all.clicked.connect(self.answer_all)
        self.paper = make_button("In phiếu xác nhận trên giấy…", workplace.theme, icon="print")
        self.paper.clicked.connect(self.print_receipt)
        self.told = Told(workplace.theme)
        self._lay_out()
        self._enable()

    def reload(self) -> None:
        """Read again who has sent what."""
        office = self._workplace.office

        def work(_control: Control) -> list[UnitLine]:
            return office.handover.arrivals.units()

        self._workplace.jobs.read(work, self._show, owner=self, lane="units")

    def answer_chosen(self) -> None:
        """Make the return bundles of the chosen units."""
        self._answer([one for one in self.table.selected_ids() if self._can_answer(one)])

    def answer_all(self) -> None:
        """Make the return bundles of every unit whose bundles came."""
        self._answer([one for one in self._lines if self._can_answer(one)])

    def print_receipt(self) -> None:
        """Make the receipt of the chosen unit short enough for paper, and show it."""
        chosen = [one for one in self.table.selected_ids() if self._can_answer(one)]
        handover = self._workplace.office.handover

        def seal() -> Made:
            parties = {party.id: party for party in handover.returning.units_to_answer()}
            return handover.paper.seal_receipt(parties[chosen[0]])

        seal_and_show(self._workplace, self.paper, seal, self.told.say)

    def _answer(self, units: Sequence[str]) -> None:
        folder = self.place.place()
        if folder is None or not units or self._busy:
            return
        office = self._workplace.office
        self._busy = True
        self._enable()
        self.told.say("Đang lập gói trả về…")
        self._workplace.jobs.write(
            lambda control: _answered(office.handover, units, folder, control),
            self._done,
            failed=self._failed,
            owner=self,
            title="Đang lập gói trả về",
        )

    def _done(self, done: _Returned) -> None:
        self._busy = False
        count = len(done.units)
        if done.fault is not None:
            made = f" Đã ghi {count} gói trả về trước đó." if count else ""
            self.told.say(f"{done.fault.message}{made}", "fault")
            self._workplace.door.meet(done.fault)
        elif count < done.wanted:
            sentence = f"Đã dừng sau {count}/{done.wanted} gói trả về."
            self.told.say(sentence, "watch")
            self._workplace.door.done(sentence)
        else:
            for_whom = done.units[0] if count == 1 else f"{count} đơn vị"
            sentence = f"Đã lập gói trả về cho {for_whom}. {done.message}"
            self.told.say(sentence, "done")
            self._workplace.door.done(sentence)
        self.reload()
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self._busy = False
        self._enable()
        self.told.say(str(getattr(error, "message", "")), "fault")
        self._workplace.door.meet(error)

    def _show(self, lines: list[UnitLine]) -> None:
        self._lines = {line.id: line for line in lines}
        self.table.show_rows([_row(line) for line in lines])
        self.summary.setText(_summary(lines))
        self._enable()

    def _can_answer(self, unit: str) -> bool:
        line = self._lines.get(unit)
        return line is not None and bool(line.devices) and line.came

    def _enable(self) -> None:
        place = self.place.place() is not None and not self._busy
        chosen = [one for one in self.table.selected_ids() if self._can_answer(one)]
        self.some.setEnabled(place and bool(chosen))
        self.paper.setEnabled(len(chosen) == 1 and not self._busy)
        self.all.setEnabled(place and any(self._can_answer(one) for one in self._lines))

    def _lay_out(self) -> None:
        card = Card("Gói trả về")
        card.column.addWidget(
            words(
                "Gói trả về mang phiếu xác nhận đã ký. Chưa có phiếu xác nhận thì gói coi như chưa"
                " giao."
            )
        )
        card.column.addWidget(self.place)
        buttons = QHBoxLayout()
        buttons.addWidget(self.all)
        buttons.addWidget(self.some)
        buttons.addWidget(self.paper)
        buttons.addStretch(1)
        card.column.addLayout(buttons)
        card.column.addWidget(self.told)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 2 * UNIT, 0, 0)
        column.setSpacing(UNIT)
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        column.addWidget(card)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scrolled(inside))


def _summary(lines: Sequence[UnitLine]) -> str:
    states = Counter(line.state for line in lines)
    told = [f"{show_integer(states[one])} {one.label}" for one in UnitState if states[one]]
    owed = sum(line.owes_answer for line in lines)
    if owed:
        told.append(f"{show_integer(owed)} đơn vị cần gói trả về")
    return f"{show_integer(len(lines))} đơn vị: {', '.join(told)}" if lines else ""


def _answered(
    handover: Handover, units: Sequence[str], folder: Path, control: Control
) -> _Returned:
    parties = {party.id: party for party in handover.returning.units_to_answer()}
    wanted = [parties[unit] for unit in units if unit in parties]
    done: list[str] = []
    message = ""
    for party in wanted:
        if control.stopped:
            break
        control.report(len(done), len(wanted), f"Đang lập gói trả về cho {party.name}")
        try:
            made = handover.returning.seal(party)
            message = handover.sealing.carry(made.row.digest, folder).message
        except (UserError, EnvironmentFault) as fault:
            return _Returned(tuple(done), len(wanted), fault=fault)
        done.append(party.name)
    return _Returned(tuple(done), len(wanted), message)


def _row(line: UnitLine) -> TableRow:
    return TableRow(
        line.id,
        (
            line.name,
            Badge(line.state.label, _TONES[line.state]),
            f"số {line.number}, {line.received}" if line.number else "",
            str(line.bundles) if line.bundles else "",
            str(line.set_aside) if line.set_aside else "",
            Badge("cần lập", "watch") if line.owes_answer else line.answered,
        ),
    )
