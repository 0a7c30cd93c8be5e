"""The delivery register (sổ giao nhận): every bundle made here, its state, and what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from antq_desktop.domain.shown import show_decimal, show_integer
from antq_desktop.services.deliveries import DeliveryState
from antq_desktop.ui.ask import Answer, Choice, Question
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.elided import ElidedLabel
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.screens.handover_paper import PRINT, show_bundle
from antq_desktop.ui.screens.handover_papers import show_paper
from antq_desktop.ui.screens.handover_parts import (
    OUTCOME_LABELS,
    VERDICT_TONES,
    FoldingSplitter,
    LocalTable,
    Told,
    scrolled,
    set_badge,
    words,
)
from antq_desktop.ui.screens.handover_places import PlacePicker, StickWatch
from antq_desktop.ui.screens.preview_wanted import Given, Wanted
from antq_desktop.ui.sources import Badge, TableRow
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.deliveries import Delivery, Reply
    from antq_desktop.ui.jobs import Control
    from antq_desktop.ui.workplace import Workplace

    _Read = tuple[list[Delivery], int, bool]

_TONES = {
    DeliveryState.SEALED: "watch",
    DeliveryState.WRITTEN: "calm",
    DeliveryState.WAITING: "info",
    DeliveryState.OVERDUE: "fault",
    DeliveryState.ACKNOWLEDGED: "calm",
    DeliveryState.RETURNED: "fault",
    DeliveryState.RESEND: "watch",
    DeliveryState.TOLD: "calm",
}
_COLUMNS = (
    Column("number", "Số", 4, numeric=True, sortable=False),
    Column("addressee", "Gửi đến", 24, sortable=False),
    Column("sealed", "Lập lúc", 16, sortable=False),
    Column("records", "Hồ sơ", 6, numeric=True, sortable=False),
    Column("state", "Tình trạng", 25, sortable=False),
)
_MOST_NAMES = 200
_DIGITS = Question(
    title="Số báo qua điện thoại",
    consequence="Đơn vị tổng hợp đọc 8 chữ số hiện ra sau khi nhập gói. Gói được ghi là đã nhận, "
    "báo qua điện thoại; phiếu xác nhận về sau thay cho số này.",
    choices=(Choice("stay", "Để sau"), Choice("do", "Ghi nhận", "primary")),
    safe="stay",
    reason_label="8 chữ số",
    icon="info",
    one_line=True,
)


class RegisterPage(QWidget):
    """`changed` says that a bundle was written again."""

    changed = Signal()

    def __init__(self, workplace: Workplace, watch: StickWatch) -> None:
        super().__init__()
        self._workplace = workplace
        self._lines: dict[str, Delivery] = {}
        self._calm_days = 0
        self.table = LocalTable(_COLUMNS, workplace, "Sổ giao nhận")
        self.table.set_empty("Sổ giao nhận chưa có gói nào.", "", None)
        self.table.current_changed.connect(self._show_current)
        self.details = DeliveryPane(workplace, watch)
        self.details.written.connect(self.changed)
        self.print_register = make_button("In sổ giao nhận…", workplace.theme, icon="print")
        self.print_register.clicked.connect(self._print)
        self.calm = make_button("", workplace.theme, role="quiet", icon="calendar")
        self.calm.clicked.connect(self._ask_calm)
        top = QHBoxLayout()
        self.summary = words("", "label", wrap=False)
        top.addWidget(self.summary)
        top.addStretch(1)
        top.addWidget(self.calm)
        self.print_minute = make_button(
            "In biên bản bắt đầu bản mới…", workplace.theme, icon="print"
        )
        self.print_minute.clicked.connect(self._print_minute)
        self.print_minute.hide()
        top.addWidget(self.print_minute)
        top.addWidget(self.print_register)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 2 * UNIT, 0, 0)
        page.setSpacing(UNIT)
        page.addLayout(top)
        page.addWidget(FoldingSplitter(self.table, self.details), 1)

    def reload(self) -> None:
        """Read the register again."""
        office = self._workplace.office

        def work(_control: Control) -> _Read:
            handover = office.handover
            deliveries = handover.deliveries
            begun = handover.restarting.begun() is not None
            return deliveries.register(), deliveries.calm_days, begun

        self._workplace.jobs.read(work, self._show, owner=self, lane="register")

    def _ask_calm(self) -> None:
        question = Question(
            title="Hạn chờ xác nhận",
            consequence="Gói đã ghi ra chờ xác nhận trong số ngày này; quá hạn mới nhắc.",
            choices=(Choice("stay", "Giữ nguyên"), Choice("set", "Đổi số ngày", "primary")),
            safe="stay",
            reason_label="Số ngày",
            icon="info",
            given=str(self._calm_days),
            one_line=True,
        )
        self._workplace.asker.ask(question, self._set_calm)

    def _set_calm(self, answer: Answer) -> None:
        if answer.key != "set":
            return
        days = int(answer.reason) if answer.reason.isdecimal() and len(answer.reason) < 5 else 0
        office = self._workplace.office
        self._workplace.jobs.write(
            lambda _control: office.handover.deliveries.set_calm_days(days),
            lambda _done: self.reload(),
            failed=self._workplace.door.meet,
            owner=self,
        )

    def _show(self, found: _Read) -> None:
        lines, self._calm_days, begun = found
        self.print_minute.setVisible(begun)
        self.calm.setText(f" Hạn chờ xác nhận: {self._calm_days} ngày")
        self.calm.setAccessibleName(f"Hạn chờ xác nhận: {self._calm_days} ngày, đổi")
        self._lines = {line.digest: line for line in lines}
        self.table.show_rows([_row(line) for line in lines])
        overdue = sum(line.state is DeliveryState.OVERDUE for line in lines)
        told = f"{show_integer(len(lines))} gói" if lines else ""
        self.summary.setText(f"{told} · {overdue} gói quá hạn xác nhận" if overdue else told)
        self.print_register.setEnabled(bool(lines))
        if lines and not self.table.current_id():
            self.table.go_to(lines[0].digest)
        self._show_current(self.table.current_id())

    def _show_current(self, digest: str) -> None:
        self.details.show_delivery(self._lines.get(digest))

    def _print_minute(self) -> None:
        make = self._workplace.office.handover.restarting.minute
        show_paper(self.print_minute, Wanted("", given=Given("Biên bản bắt đầu bản mới", make)))

    def _print(self) -> None:
        year = self._workplace.office.clock.now().year
        show_paper(self.print_register, Wanted("delivery_register", period=str(year)))


def _row(line: Delivery) -> TableRow:
    return TableRow(
        line.digest,
        (
            str(line.number),
            line.addressee,
            line.sealed,
            show_integer(line.records) if line.goes_up else "",
            Badge(line.state_label, _TONES[line.state]),
        ),
    )


def _size(size: int) -> str:
    if size < 10**6:
        return f"{-(-size // 10**3)} KB"
    return f"{show_decimal(f'{size / 10**6:.1f}')} MB"


class DeliveryPane(QWidget):
    """One bundle of the register: facts, next step, what the receipt says, writing it again."""

    written = Signal()

    def __init__(self, workplace: Workplace, watch: StickWatch) -> None:
        super().__init__()
        self._workplace = workplace
        self._line: Delivery | None = None
        self.title = words("", "heading")
        self.state = words("", wrap=False)
        self.step = words("", "label")
        self.facts = QFormLayout()
        self.facts.setHorizontalSpacing(2 * UNIT)
        self.facts.setVerticalSpacing(UNIT // 2)
        self.facts.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.reply = ReplyPart()
        self.place = PlacePicker(workplace, watch, "Ghi lại đúng tệp này ra")
        self.again = make_button("Ghi lại ra USB", workplace.theme, icon="usb")
        self.again.clicked.connect(self.write_again)
        self.place.changed.connect(self._enable)
        self.print_receipt = make_button("In phiếu xác nhận…", workplace.theme, icon="print")
        self.print_receipt.clicked.connect(self._print)
        self.on_paper = make_button(PRINT, workplace.theme, icon="print")
        self.on_paper.clicked.connect(self._print_bundle)
        self.by_phone = make_button("Nhập số báo qua điện thoại…", workplace.theme)
        self.by_phone.clicked.connect(self.ask_digits)
        self.told = Told(workplace.theme)
        self._lay_out()
        self.show_delivery(None)

    def show_delivery(self, line: Delivery | None) -> None:
        """Show a bundle; None shows an empty pane."""
        if line is None or self._line is None or line.digest != self._line.digest:
            self.told.say("")
        self._line = line
        self._page.setVisible(line is not None)
        if line is None:
            return
        self.title.setText(f"Gói số {line.number} gửi {line.addressee}")
        set_badge(self.state, line.state_label, _TONES[line.state])
        self.step.setText(" ".join((line.next_step, *line.above)))
        self._show_facts(line)
        self.reply.show_reply(None)
        has_receipt = bool(line.answered) and line.state is not DeliveryState.TOLD
        self.print_receipt.setVisible(has_receipt)
        self.by_phone.setVisible(line.awaited)
        self._enable()
        if line.answered:
            self._read_reply(line)

    def write_again(self) -> None:
        """Write the same file once more; a second copy is the same bundle."""
        line, folder = self._line, self.place.place()
        if line is None or folder is None:
            return
        office = self._workplace.office
        self.again.setEnabled(False)

        def done(sentence: str) -> None:
            self.told.say(sentence, "done")
            self._workplace.door.done(sentence)
            self._enable()
            self.written.emit()

        def failed(error: BaseException) -> None:
            self._enable()
            message = getattr(error, "message", "")
            self.told.say(str(message), "fault")
            self._workplace.door.meet(error)

        self._workplace.jobs.write(
            lambda _control: office.handover.sealing.carry(line.digest, folder).message,
            done,
            failed=failed,
            owner=self,
            title="Đang ghi gói ra USB",
        )

    def ask_digits(self) -> None:
        """Ask for the digits that the receiver reads out, and mark the bundle that has them."""
        office = self._workplace.office

        def done(sentence: str) -> None:
            self.told.say(sentence, "done")
            self._workplace.door.done(sentence)
            self.written.emit()

        def decide(answer: Answer) -> None:
            if answer.key == "do":
                self._workplace.jobs.write(
                    lambda _control: office.handover.telephone.confirm(answer.reason),
                    done,
                    owner=self,
                )

        self._workplace.asker.ask(_DIGITS, decide)

    def _read_reply(self, line: Delivery) -> None:
        office = self._workplace.office

        def then(reply: Reply | None) -> None:
            if self._line is line:
                self.reply.show_reply(reply)

        # The kept return bundle is opened with the device's keys, so this is no mere reading.
        self._workplace.jobs.write(
            lambda _control: office.handover.deliveries.reply(line.digest), then, owner=self
        )

    def _show_facts(self, line: Delivery) -> None:
        while self.facts.rowCount():
            self.facts.removeRow(0)
        facts = [
            ("Loại", line.kind_label),
            ("Lập lúc", f"{line.sealed}, {line.officer}"),
            ("Ghi ra lúc", line.written or "chưa ghi"),
            ("Xác nhận lúc", line.answered or "chưa có"),
            ("Nội dung", f"{show_integer(line.records)} hồ sơ, {_size(line.size)}"),
        ]
        if not line.goes_up:  # a return bundle holds answers, and nothing confirms it
            facts = [fact for fact in facts if fact[0] not in ("Xác nhận lúc", "Nội dung")]
        for name, value in facts:
            shown = words(value)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.facts.addRow(words(name, "label", wrap=False), shown)
        self.facts.addRow(words("Tệp", "label", wrap=False), ElidedLabel(line.file))

    def _enable(self) -> None:
        self.again.setEnabled(self.place.place() is not None)

    def _print(self) -> None:
        if self._line is not None:
            show_paper(self.print_receipt, Wanted("receipt", bundle=self._line.digest))

    def _print_bundle(self) -> None:
        if self._line is not None:
            show_bundle(self._workplace, self.on_paper, self._line.digest)

    def _lay_out(self) -> None:
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, UNIT, 0)
        column.setSpacing(UNIT)
        column.addWidget(self.title)
        column.addWidget(self.state, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.step)
        column.addLayout(self.facts)
        column.addWidget(self.reply)
        column.addWidget(self.print_receipt, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.by_phone, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(UNIT)
        column.addWidget(self.place)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.on_paper, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.told)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(self._page))


class ReplyPart(QWidget):
    """What the receipt says: verdict, totals, and the records that were not taken."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, UNIT, 0, 0)
        self._column.setSpacing(UNIT // 2)
        self.labels: list[QLabel] = []

    def show_reply(self, reply: Reply | None) -> None:
        """Show a receipt; None shows nothing."""
        for label in self.labels:
            self._column.removeWidget(label)
            label.deleteLater()
        self.labels = []
        self.setVisible(reply is not None)
        if reply is None:
            return
        self._add("Đơn vị tổng hợp xác nhận", "section")
        badge = self._add(reply.verdict.label)
        self._column.setAlignment(badge, Qt.AlignmentFlag.AlignLeft)
        badge.setWordWrap(False)
        set_badge(badge, reply.verdict.label, VERDICT_TONES[reply.verdict][1])
        for reason in reply.reasons:
            self._add(reason)
        for outcome, count in reply.totals:
            self._add(f"{OUTCOME_LABELS[outcome]}: {show_integer(count)}")
        if reply.refused:
            self._add("Cần sửa rồi gửi lại", "section")
        for record in reply.refused[:_MOST_NAMES]:
            self._add(record.name)
            for sentence in record.faults:
                self._add(sentence, "fault")
            self._add(", ".join(record.codes), "code")

    def _add(self, text: str, role: str = "") -> QLabel:
        label = words(text, role)
        self.labels.append(label)
        self._column.addWidget(label)
        return label
