"""Taking a merged bundle back: its three heaps are shown, then one question, then it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from antq_desktop.domain.shown import show_integer
from antq_desktop.ui.ask import Answer, Choice, Question

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from antq_desktop.services.arrivals import Arrived
    from antq_desktop.services.handover import Handover
    from antq_desktop.services.withdrawing import BackHeap, TakenBack, WithdrawalPreview
    from antq_desktop.ui.jobs import Control
    from antq_desktop.ui.workplace import Workplace


class Withdrawer(QObject):
    """`shown` brings the heaps of a bundle, `done` the sentence once it is taken back.

    `failed` brings what stopped it; `busy` says whether a job runs.
    """

    shown = Signal(object)
    done = Signal(str)
    failed = Signal(object)
    busy = Signal(bool)

    def __init__(self, workplace: Workplace, owner: QWidget) -> None:
        super().__init__(owner)
        self._workplace = workplace
        self._owner = owner

    def ask(self, line: Arrived) -> None:
        """Work out what taking a bundle back would do, show it, and ask."""
        office = self._workplace.office
        self.busy.emit(True)

        def work(control: Control) -> tuple[WithdrawalPreview, list[BackHeap]]:
            control.report(0, None, "Đang xem trước việc rút lại")
            withdrawing = office.handover.taking.withdrawing
            preview = withdrawing.preview(line.sha256)
            return preview, withdrawing.heaps(preview)

        def then(found: tuple[WithdrawalPreview, list[BackHeap]]) -> None:
            self.busy.emit(False)
            self._question(line, *found)

        self._workplace.jobs.read(work, then, failed=self._failed, owner=self._owner)

    def _question(self, line: Arrived, preview: WithdrawalPreview, heaps: list[BackHeap]) -> None:
        self.shown.emit(heaps)
        question = Question(
            title=f"Rút lại gói số {line.number} của {line.sender}",
            consequence=consequence(heaps),
            choices=(Choice("keep", "Giữ gói"), Choice("withdraw", "Rút lại gói", "danger")),
            safe="keep",
        )

        def answered(answer: Answer) -> None:
            if answer.key == "withdraw":
                self._withdraw(preview)
            else:
                self.shown.emit(None)

        self._workplace.asker.ask(question, answered)

    def _withdraw(self, preview: WithdrawalPreview) -> None:
        office = self._workplace.office
        self.busy.emit(True)

        def then(done: TakenBack) -> None:
            self.busy.emit(False)
            kinds = sorted({item.kind for item in done.undoing.items})
            self._workplace.changes.written.emit(tuple(kinds))
            self._workplace.door.done(done.sentence)
            self.done.emit(done.sentence)

        self._workplace.jobs.write(
            lambda _control: _withdrawn(office.handover, preview),
            then,
            failed=self._failed,
            owner=self._owner,
            title="Đang rút lại gói",
        )

    def _failed(self, error: BaseException) -> None:
        self.busy.emit(False)
        self.shown.emit(None)
        self.failed.emit(error)


def _withdrawn(handover: Handover, preview: WithdrawalPreview) -> TakenBack:
    from antq_desktop.domain.errors import UserError
    from antq_desktop.services.withdrawing import ChangedMeanwhileError

    try:
        return handover.taking.withdrawing.withdraw(preview)
    except ChangedMeanwhileError as changed:
        message = (
            "Dữ liệu đã thay đổi từ lúc xem trước nên gói chưa được rút lại. Bấm Rút lại gói một "
            "lần nữa để xem trước theo dữ liệu mới."
        )
        raise UserError("withdrawal_changed", message) from changed


def consequence(heaps: list[BackHeap]) -> str:
    """Say what becomes of each heap and of the bundle."""
    told = [f"{show_integer(heap.count)} hồ sơ {heap.label}." for heap in heaps]
    told.append(
        "Gói trở lại chỗ chờ và nhập lại được; nhật ký ghi việc rút lại. Gói trả về tiếp theo báo "
        "cho đơn vị gửi biết để gửi lại."
    )
    return "\n".join(told)
