"""Ngăn chờ xử lý: bundles that did not pass, by reason; never counted, never deleted by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from antq_desktop.domain.fields import FieldKind, FieldSpec
from antq_desktop.domain.rights import Operation
from antq_desktop.services.admitting import SHELVES as REVOKED_SHELVES
from antq_desktop.services.forks import SHELVES as FORK_SHELVES
from antq_desktop.ui.barred import bar
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.screens.form_dialog import FormDialog, Given
from antq_desktop.ui.screens.handover_fork import ForkRepair
from antq_desktop.ui.screens.handover_parts import (
    VERDICT_TONES,
    FoldingSplitter,
    LocalTable,
    SignedBadge,
    Told,
)
from antq_desktop.ui.screens.handover_preview import PreviewPane
from antq_desktop.ui.sources import TableRow
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.arrivals import Arrived
    from antq_desktop.ui.jobs import Control
    from antq_desktop.ui.workplace import Workplace

_COLUMNS = (
    Column("reason", "Lý do", 40, sortable=False),
    Column("name", "Đơn vị gửi, tệp", 22, sortable=False),
    Column("received", "Nhận lúc", 15, sortable=False),
)


class ShelvesPage(QWidget):
    """`changed` says that something came off the shelves."""

    changed = Signal()
    enrol_asked = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._lines: dict[str, Arrived] = {}
        self.summary = QLabel()
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.told = Told(workplace.theme)
        self.again = make_button(
            "Xem lại cả ngăn",
            workplace.theme,
            icon="refresh",
            tip="Kiểm tra lại sau khi đăng ký máy hoặc cập nhật chương trình",
        )
        self.again.clicked.connect(self.look_again)
        self.table = LocalTable(_COLUMNS, workplace, "Ngăn chờ xử lý")
        self.table.set_empty(
            "Ngăn chờ xử lý trống. Gói không nhập được sẽ để ở đây cùng lý do, không tính vào số"
            " liệu và không tự xóa.",
            "",
            None,
        )
        self.table.current_changed.connect(self._show_current)
        self.pane = PreviewPane(workplace)
        self.pane.enrol_asked.connect(self.enrol_asked)
        self.repair = ForkRepair(workplace, self, self._repaired)
        self.mend = make_button("Khắc phục hai bản dữ liệu cùng gửi…", workplace.theme)
        self.mend.clicked.connect(lambda: self.repair.open(self.table.current_id()))
        self.admission: FormDialog | None = None
        self.admit = make_button("Cho nhận theo sổ giao nhận đã ký…", workplace.theme)
        self.admit.clicked.connect(self._ask_admission)
        self.pane.offer(self.mend, self.admit)
        standing = workplace.office.standing
        bar(standing, Operation.TAKE_IN, self.mend)
        bar(standing, Operation.KEYS, self.admit)
        top = QHBoxLayout()
        top.addWidget(self.summary, 1)
        top.addWidget(self.again)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 2 * UNIT, 0, 0)
        page.setSpacing(UNIT)
        page.addLayout(top)
        page.addWidget(self.told)
        page.addWidget(FoldingSplitter(self.table, self.pane), 1)

    def reload(self) -> None:
        """Read the shelves again."""
        office = self._workplace.office

        def work(_control: Control) -> list[Arrived]:
            lines = [line for line in office.handover.arrivals.arrived() if line.set_aside]
            return sorted(lines, key=lambda line: line.shelf)

        self._workplace.jobs.read(work, self._show, owner=self, lane="shelves")

    def look_again(self) -> None:
        """Take everything through the gate once more."""
        office = self._workplace.office

        def then(count: int) -> None:
            told = (
                f"{count} gói nay có kết luận khác; xem ở trang Nhận gói."
                if count
                else "Đã xem lại cả ngăn, chưa có gói nào thay đổi kết luận."
            )
            self.told.say(told, "done" if count else "note")
            self._workplace.door.done(told)
            self.reload()
            self.changed.emit()

        self._workplace.jobs.write(
            lambda _control: len(office.handover.taking.look_again()),
            then,
            owner=self,
            title="Đang xem lại ngăn chờ xử lý",
        )

    def _show(self, lines: list[Arrived]) -> None:
        self._lines = {line.sha256: line for line in lines}
        self.table.show_rows([_row(line) for line in lines])
        shelves = len({line.shelf for line in lines})
        told = f"{len(lines)} gói, {shelves} lý do" if lines else ""
        self.summary.setText(told)
        self.again.setEnabled(bool(lines))
        if lines and not self.table.current_id():
            self.table.go_to(lines[0].sha256)
        self._show_current(self.table.current_id())

    def _show_current(self, sha256: str) -> None:
        line = self._lines.get(sha256)
        self.pane.show_lines([line] if line else [])
        self.mend.setVisible(line is not None and line.shelf in FORK_SHELVES)
        self.admit.setVisible(line is not None and line.shelf in REVOKED_SHELVES)

    def _repaired(self, sentence: str) -> None:
        self.told.say(sentence, "done")
        self._workplace.door.done(sentence)
        self.reload()
        self.changed.emit()

    def _ask_admission(self) -> None:
        line = self._lines.get(self.table.current_id())
        if line is None:
            return
        taking = self._workplace.office.handover.taking

        def work(given: Given) -> str:
            taking.admitting.admit(line.sha256, int(str(given["number"])), str(given["identity"]))
            again = taking.staged(line.sha256)
            told = f"Đã cho nhận gói số {given['number']} của {again.row.sender_name}."
            return f"{told} Gói {'nay chờ nhập' if again.mergeable else 'vẫn ở ngăn chờ xử lý'}."

        self.admission = FormDialog(
            self._workplace,
            self,
            title="Cho nhận theo sổ giao nhận đã ký",
            told=(
                f"{line.name}: chìa khóa đã ký gói này không còn dùng. Chỉ cho nhận khi đơn vị gửi"
                " đưa sổ giao nhận có chữ ký; gõ số gói và mã gói in trên sổ, không chép từ tệp."
            ),
            fields=[
                FieldSpec(
                    name="number",
                    label="Số gói trên sổ",
                    kind=FieldKind.INTEGER,
                    required=True,
                    minimum=1,
                    maximum=999_999,
                ),
                FieldSpec(
                    name="identity",
                    label="Mã gói trên sổ, ít nhất 16 chữ đầu",
                    required=True,
                    width=60,
                ),
            ],
            verb="Cho nhận gói",
            work=work,
            done=self._repaired,
        )
        self.admission.open()


def _row(line: Arrived) -> TableRow:
    who = f"{line.sender}, gói số {line.number}" if line.sender else line.name
    sign, tone = VERDICT_TONES[line.verdict]
    reason = SignedBadge(line.reason or line.shelf, tone, sign)
    return TableRow(line.sha256, (reason, who, line.received))
