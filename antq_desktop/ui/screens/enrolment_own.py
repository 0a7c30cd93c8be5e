"""The slip of this device: its code on the screen, its file and its paper to hand over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.handover_papers import show_paper
from antq_desktop.ui.screens.handover_parts import Card, Told, words
from antq_desktop.ui.screens.handover_places import PlacePicker, StickWatch
from antq_desktop.ui.screens.preview_wanted import Wanted
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.enrolling import OwnSlip
    from antq_desktop.ui.jobs import Control
    from antq_desktop.ui.workplace import Workplace


class OwnCard(Card):
    """The slip of this device: file and paper."""

    written = Signal()

    def __init__(self, workplace: Workplace, watch: StickWatch) -> None:
        super().__init__("Phiếu đăng ký của máy này")
        self._workplace = workplace
        self.who = words("", "section")
        self.code = QGridLayout()
        self.code.setHorizontalSpacing(2 * UNIT)
        self.when = words("", "hint")
        self.place = PlacePicker(workplace, watch)
        self.place.changed.connect(self._enable)
        self.write = make_button("Ghi tệp và phiếu đăng ký", workplace.theme, icon="usb")
        self.write.clicked.connect(self.write_slip)
        self.paper = make_button("In phiếu…", workplace.theme, icon="print")
        self.paper.clicked.connect(lambda: show_paper(self.paper, Wanted("key_slip")))
        self.told = Told(workplace.theme)
        self.column.addWidget(self.who)
        self.column.addWidget(words("Mã đối chiếu", "label"))
        self.column.addLayout(self.code)
        self.column.addWidget(
            words(
                "Ghi tệp, in phiếu, ký và đóng dấu rồi giao cả hai. Chữ ký số trong tệp chỉ để"
                " nhận biết nguồn gốc, không thay chữ ký trên văn bản."
            )
        )
        self.column.addWidget(self.when)
        self.column.addWidget(self.place)
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addWidget(self.write)
        buttons.addWidget(self.paper)
        buttons.addStretch(1)
        self.column.addLayout(buttons)
        self.column.addWidget(self.told)
        self.column.addStretch(1)
        self._enable()

    def show_slip(self, slip: OwnSlip) -> None:
        """Show this device as its slip does."""
        self.who.setText(f"{slip.unit} · {slip.label}")
        while (item := self.code.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for at, group in enumerate(slip.groups):
            label = words(group, wrap=False)
            label.setFont(self._workplace.theme.font(1.15))
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.code.addWidget(label, at // 4, at % 4)
        self.code.setColumnStretch(4, 1)
        self.when.setText(f"Đã ghi lần gần nhất lúc {slip.written}." if slip.written else "")
        self.when.setVisible(bool(slip.written))

    def write_slip(self) -> None:
        """Write file and paper to the chosen place."""
        folder = self.place.place()
        if folder is None:
            return
        office = self._workplace.office
        self.write.setEnabled(False)

        def work(control: Control) -> tuple[Path, Path]:
            control.report(0, None, "Đang ghi phiếu đăng ký")
            file = office.handover.enrolling.write_own(folder)
            return file, office.papers.key_slip(folder)

        def done(files: tuple[Path, Path]) -> None:
            self._enable()
            names = " và ".join(path.name for path in files)
            sentence = "Đã ghi tệp và phiếu đăng ký. In phiếu, ký, đóng dấu rồi giao cả hai."
            self.told.say(f"{sentence}\n{names}", "done")
            self._workplace.door.done(sentence)
            self.written.emit()

        def failed(error: BaseException) -> None:
            self._enable()
            if isinstance(error, (UserError, EnvironmentFault)):
                self.told.say(error.message, "fault")
            self._workplace.door.meet(error)

        self._workplace.jobs.write(
            work, done, failed=failed, owner=self, title="Đang ghi phiếu đăng ký"
        )

    def _enable(self) -> None:
        self.write.setEnabled(self.place.place() is not None)
