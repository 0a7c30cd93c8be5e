"""The cards of the commune's page: what waits, the receipt that returns, the first steps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout

from antq_desktop.domain.shown import show_integer
from antq_desktop.ui.ask import FileQuestion
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.handover_parts import Card, DropFrame, Told, words
from antq_desktop.ui.screens.handover_places import PlacePicker, Plugged, StickWatch
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.deliveries import Waiting
    from antq_desktop.services.enrolling import Steps
    from antq_desktop.ui.workplace import Workplace

BUNDLES = (("Gói trả về", "*.antq *.ANTQ"), ("Mọi tệp", "*"))


class WaitingCard(Card):
    """What waits, and the one path."""

    def __init__(self, workplace: Workplace, watch: StickWatch) -> None:
        super().__init__("Chờ gửi")
        self.total = words("", "title")
        self.kinds = QGridLayout()
        self.kinds.setHorizontalSpacing(2 * UNIT)
        self.kinds.setVerticalSpacing(2)
        self.hint = words("", "hint")
        self.place = PlacePicker(workplace, watch)
        self.seal = make_button(
            "Lập gói và ghi ra USB", workplace.theme, role="primary", icon="usb"
        )
        self.paper = make_button(
            "In báo cáo không phát sinh trên giấy…", workplace.theme, icon="print"
        )
        self.told = Told(workplace.theme)
        self.column.addWidget(self.total)
        self.column.addLayout(self.kinds)
        self.column.addWidget(self.hint)
        self.column.addSpacing(UNIT)
        self.column.addWidget(self.place)
        self.column.addWidget(self.seal, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.told)
        self.column.addStretch(1)

    def show_waiting(self, waiting: Waiting | None, missing: str) -> None:
        """Show what waits, or why nothing can be sent yet."""
        while (item := self.kinds.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        if waiting is None:
            self.total.setText("Chưa gửi được")
            self.hint.setText(missing)
            return
        many = [f"{show_integer(waiting.total)} hồ sơ"] if waiting.total else []
        if waiting.bags:
            many.append(f"{show_integer(waiting.bags)} gói của đơn vị dưới")
        told = f"{', '.join(many)} chờ gửi" if many else "Đã gửi hết"
        self.total.setText(f"{told} · {waiting.addressee}")
        for at, kind in enumerate(waiting.kinds):
            column = 2 * (at % 2)
            number = words(show_integer(kind.count), wrap=False)
            number.setAlignment(Qt.AlignmentFlag.AlignRight)
            self.kinds.addWidget(number, at // 2, column)
            self.kinds.addWidget(words(kind.label), at // 2, column + 1)
        for column in (1, 3):
            self.kinds.setColumnStretch(column, 1)
        self.hint.setText(_hint(waiting))


def _hint(waiting: Waiting) -> str:
    told: list[str] = []
    if waiting.confirmed:
        told.append(f"Tính từ lần xác nhận gần nhất, {waiting.confirmed}.")
    else:
        told.append("Chưa có lần xác nhận nào nên gói mang mọi hồ sơ của đơn vị.")
    if waiting.bags:
        told.append("Gói của đơn vị dưới đi kèm nguyên như đã nhận, còn nguyên chữ ký.")
    if waiting.again:
        told.append(f"Trong đó có {waiting.again} hồ sơ bị trả lại, cần sửa trước khi gửi.")
    if waiting.unanswered:
        numbers = ", ".join(str(number) for number in waiting.unanswered[-5:])
        told.append(
            f"Gói số {numbers} đã ghi ra, đang chờ xác nhận; gói mới mang lại cả những hồ sơ đó và "
            "không bị tính hai lần."
        )
    return " ".join(told)


class ReceiptCard(DropFrame):
    """Where the return bundle comes in: chosen, dropped, or found on the plugged stick."""

    chosen = Signal(list)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._found: list[Path] = []
        self.stick = make_button("", workplace.theme, icon="usb")
        self.stick.clicked.connect(lambda: self.chosen.emit(self._found))
        self.file = make_button("Nạp phiếu xác nhận…", workplace.theme, icon="download")
        self.file.clicked.connect(self._ask)
        self.paper = make_button("Đọc gói trên giấy…", workplace.theme, icon="search")
        self.told = Told(workplace.theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addWidget(words("Phiếu xác nhận", "heading"))
        column.addWidget(
            words(
                "Khi USB từ đơn vị tổng hợp trở về, nạp gói trả về ở đây. Chọn tệp, hoặc kéo thả"
                " tệp vào khung này.",
            )
        )
        self.plugged = words("", "hint")
        column.addWidget(self.plugged)
        column.addWidget(self.stick, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.file, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.told)
        column.addStretch(1)

    def show_plugged(self, plugged: tuple[Plugged, ...], code: str) -> None:
        """Offer what lies on the plugged stick for this unit."""
        self._found = [path for one in plugged for path in one.found.answers_for(code)]
        others = sum(len(one.found.answers) for one in plugged) - len(self._found)
        self.stick.setVisible(bool(self._found))
        count = len(self._found)
        self.stick.setText(f" Nạp từ USB ({count} gói trả về)")
        self.stick.setAccessibleName(f"Nạp phiếu xác nhận từ USB, {count} gói trả về")
        told = f"Trên USB có {others} gói trả về của đơn vị khác, để nguyên." if others else ""
        self.plugged.setText(told)
        self.plugged.setVisible(bool(told))

    def set_busy(self, *, busy: bool) -> None:
        """Keep the buttons quiet while a job runs."""
        self.file.setEnabled(not busy)
        self.stick.setEnabled(not busy)
        self.paper.setEnabled(not busy)

    def _ask(self) -> None:
        def then(path: Path | None) -> None:
            if path is not None:
                self.dropped.emit([path])

        self._workplace.asker.ask_file(FileQuestion("Nạp phiếu xác nhận", BUNDLES), then)


class GuideCard(Card):
    """The three first steps of a unit that has never sent; goes away once they are done."""

    enrol_asked = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__("Ba bước đầu tiên")
        self._theme = workplace.theme
        self.rows: list[tuple[QLabel, QLabel]] = []
        texts = (
            "Nhận tệp và phiếu đăng ký của đơn vị tổng hợp, nhập mã đối chiếu trên phiếu đã ký.",
            "Ghi tệp đăng ký của máy này, in phiếu, ký, đóng dấu rồi giao cho đơn vị tổng hợp.",
            "Lập gói đầu tiên và ghi ra USB.",
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(UNIT)
        for at, text in enumerate(texts):
            sign, line = QLabel(), words(f"{at + 1}. {text}")
            grid.addWidget(sign, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(line, at, 1)
            self.rows.append((sign, line))
        grid.setColumnStretch(1, 1)
        self.enrol = make_button("Đến phần đăng ký máy", workplace.theme, icon="key")
        self.enrol.clicked.connect(self.enrol_asked)
        self.column.addLayout(grid)
        self.column.addWidget(self.enrol, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_steps(self, steps: Steps) -> None:
        """Show how far it has come."""
        self.setVisible(not steps.all_done)
        done = (steps.receiver_known, steps.slip_written, steps.sent)
        next_one = next((at for at, one in enumerate(done) if not one), len(done))
        size = self._theme.measures.icon
        for at, (sign, line) in enumerate(self.rows):
            icon, tone = ("ok", "accent") if done[at] else ("next", "ink_faint")
            if at == next_one:
                icon, tone = "next", "gold"
            sign.setPixmap(self._theme.icons.pixmap(icon, tone, size, self.devicePixelRatioF()))
            state = "xong" if done[at] else "việc tiếp theo" if at == next_one else "chưa làm"
            line.setAccessibleDescription(state)
            base = line.text().partition(" (")[0]
            line.setText(f"{base} ({state})")
        self.enrol.setVisible(not (steps.receiver_known and steps.slip_written))
