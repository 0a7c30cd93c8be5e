"""The commune's page: what waits, one path to write it to a stick, and the receipt that returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.services.journal_echo import GAP
from antq_desktop.services.sticks import Found, gather
from antq_desktop.ui.screens.handover_cards import GuideCard, ReceiptCard, WaitingCard
from antq_desktop.ui.screens.handover_evidence import EvidenceCard
from antq_desktop.ui.screens.handover_fork import TwinCard
from antq_desktop.ui.screens.handover_gap import ask_why
from antq_desktop.ui.screens.handover_paper import ask_pages, seal_and_show
from antq_desktop.ui.screens.handover_parts import FoldingRow, scrolled
from antq_desktop.ui.screens.handover_places import Plugged, StickWatch
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.deliveries import Waiting
    from antq_desktop.services.enrolling import Steps
    from antq_desktop.services.paper_bundles import ReadPaper
    from antq_desktop.services.restarting import Twin
    from antq_desktop.services.returning import Accepted
    from antq_desktop.ui.jobs import Control
    from antq_desktop.ui.screens.home import Lead
    from antq_desktop.ui.workplace import Workplace

_NO_RECEIVER = frozenset({"no_receiver", "several_receivers"})


@dataclass(frozen=True, slots=True)
class _State:
    steps: Steps
    waiting: Waiting | None
    missing: str = ""
    twin: Twin | None = None


@dataclass(frozen=True, slots=True)
class _Sealed:
    """What *Lập gói* came to: made, and written unless something stopped that."""

    made: str
    number: int
    written: str = ""
    path: Path | None = None
    stopped: bool = False
    fault: UserError | EnvironmentFault | None = None


class SendPage(QWidget):
    """`changed` says that the register has a new line; `enrol_asked` that enrolment is next."""

    changed = Signal()
    enrol_asked = Signal()
    slip_dropped = Signal(object)

    def __init__(
        self,
        workplace: Workplace,
        watch: StickWatch,
        lead: Callable[[Lead], None] = lambda _to: None,
    ) -> None:
        super().__init__()
        self._workplace = workplace
        self._busy = False
        self._state: _State | None = None
        self.guide = GuideCard(workplace)
        self.guide.enrol_asked.connect(self.enrol_asked)
        self.waiting = WaitingCard(workplace, watch)
        self.waiting.seal.clicked.connect(self.seal)
        self.waiting.paper.clicked.connect(self.print_zeros)
        self.waiting.place.changed.connect(self._enable)
        self.receipt = ReceiptCard(workplace)
        self.receipt.chosen.connect(self.accept)
        self.receipt.dropped.connect(self._dropped)
        self.receipt.paper.clicked.connect(self.read_paper)
        watch.changed.connect(self._plugged)
        self._watch = watch
        self._code = ""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 2 * UNIT, 0, 0)
        column.setSpacing(2 * UNIT)
        column.addWidget(self.guide)
        self.twin = TwinCard(workplace)
        self.twin.changed.connect(self.reload)
        column.addWidget(self.twin)
        self.evidence = EvidenceCard(workplace, lead)
        column.addWidget(self.evidence)
        column.addWidget(FoldingRow((self.waiting, 3), (self.receipt, 2)))
        column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scrolled(inside))
        self._enable()

    def reload(self) -> None:
        """Ask again what waits."""
        office = self._workplace.office

        def work(_control: Control) -> tuple[_State, str]:
            handover = office.handover
            steps = handover.enrolling.steps()
            code, twin = handover.devices.own_unit().code, handover.restarting.twin()
            try:
                return _State(steps, handover.deliveries.waiting(), twin=twin), code
            except UserError as error:
                if error.code not in _NO_RECEIVER:
                    raise
                return _State(steps, None, error.message, twin), code

        self._workplace.jobs.read(work, self._show, owner=self, lane="waiting")
        self.evidence.reload()

    def seal(self) -> None:
        """Make the bundle and write it to the chosen place."""
        folder = self.waiting.place.place()
        if folder is None or self._busy:
            return
        office = self._workplace.office
        self._set_busy(busy=True)
        self.waiting.told.say("Đang lập gói…")

        def work(control: Control) -> _Sealed:
            control.report(0, None, "Đang lập gói")
            made = office.handover.sealing.seal_up()
            if control.stopped:
                return _Sealed(made.sentence, made.row.number, stopped=True)
            try:
                done = office.handover.sealing.carry(made.row.digest, folder)
            except (UserError, EnvironmentFault) as fault:
                return _Sealed(made.sentence, made.row.number, fault=fault)
            return _Sealed(made.sentence, made.row.number, done.message, done.path)

        self._workplace.jobs.write(
            work, self._sealed, failed=self._failed, owner=self, title="Đang lập gói và ghi ra USB"
        )

    def print_zeros(self) -> None:
        """Make a bundle of the zero reports that wait, and show it as a paper."""
        papers = self._workplace.office.handover.paper
        told = self.waiting.told.say
        seal_and_show(self._workplace, self.waiting.paper, papers.seal_zero_reports, told)

    def read_paper(self) -> None:
        """Take receipts in from pictures of pages."""

        def then(read: ReadPaper) -> None:
            self.receipt.told.say(read.sentence, "done" if read.complete else "watch")
            self.accept([*read.answers, *read.bundles])

        ask_pages(self._workplace, self, then, self.receipt.told.say)

    def accept(self, paths: list[Path]) -> None:
        """Take return bundles in, one after another."""
        if self._busy or not paths:
            return
        office = self._workplace.office
        self._set_busy(busy=True)

        def work(control: Control) -> list[Accepted]:
            done: list[Accepted] = []
            for at, path in enumerate(paths):
                control.report(at, len(paths) if len(paths) > 1 else None, "Đang nạp")
                done.append(office.handover.returning.accept(path))
            return done

        def refused(error: BaseException) -> None:
            self._set_busy(busy=False)
            if isinstance(error, (UserError, EnvironmentFault)):
                self.receipt.told.say(error.message, "fault")
            self._workplace.door.meet(error)
            self.reload()
            self.changed.emit()

        self._workplace.jobs.write(
            work, self._accepted, failed=refused, owner=self, title="Đang nạp phiếu xác nhận"
        )

    def _show(self, found: tuple[_State, str]) -> None:
        state, self._code = found
        self._state = state
        self.guide.show_steps(state.steps)
        self.twin.show_twin(state.twin)
        self.waiting.show_waiting(state.waiting, state.missing)
        self._plugged(self._watch.plugged)
        self._enable()

    def _sealed(self, done: _Sealed) -> None:
        self._set_busy(busy=False)
        if done.fault is not None:
            kept = f"Gói số {done.number} đã lập và còn trong máy; ghi lại từ sổ giao nhận."
            self.waiting.told.say(f"{done.fault.message} {kept}", "fault")
            self._workplace.door.meet(done.fault)
        elif done.stopped:
            self.waiting.told.say(
                f"{done.made} Đã dừng trước khi ghi ra USB; ghi tiếp từ sổ giao nhận.", "watch"
            )
        else:
            self.waiting.told.say(f"{done.made} {done.written}\nTệp: {done.path}", "done")
            self._workplace.door.done(done.written)
        self.reload()
        self.changed.emit()

    def _accepted(self, done: list[Accepted]) -> None:
        self._set_busy(busy=False)
        sentence = done[-1].sentence
        tone = "watch" if done[-1].returned or done[-1].owed else "done"
        self.receipt.told.say(sentence, tone)
        self._workplace.door.done(sentence)
        self.reload()
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self._set_busy(busy=False)
        if isinstance(error, UserError) and error.code == GAP:
            ask_why(self._workplace, error.message, self.seal)
        said = error.message if isinstance(error, (UserError, EnvironmentFault)) else ""
        self.waiting.told.say(said, "fault")
        self._workplace.door.meet(error)

    def _dropped(self, paths: list[Path]) -> None:
        def then(found: Found) -> None:
            if found.slips and not found.answers and not found.bundles:
                self.slip_dropped.emit(found.slips[0])
                return
            ours = found.answers_for(self._code) or found.answers
            self.accept(list(ours or found.bundles[:1]))

        self._workplace.jobs.read(lambda _control: gather(paths), then, owner=self)

    def _plugged(self, plugged: tuple[Plugged, ...]) -> None:
        self.receipt.show_plugged(plugged, self._code)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self._enable()

    def _enable(self) -> None:
        known = self._state is not None and self._state.waiting is not None
        may = known and not self._busy and self.waiting.place.place() is not None
        self.waiting.seal.setEnabled(may)
        self.waiting.paper.setEnabled(known and not self._busy)
        self.receipt.set_busy(busy=self._busy)
