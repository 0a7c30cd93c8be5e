"""What to look at again before handing over: pictures used twice, minutes copied."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.shown import show_integer
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.handover_parts import Card, words
from antq_desktop.ui.screens.home import Lead
from antq_desktop.ui.screens.home_parts import Line, line_row

if TYPE_CHECKING:
    from antq_desktop.services.evidence import Remark
    from antq_desktop.ui.jobs import Control
    from antq_desktop.ui.workplace import Workplace

FIRST: Final = 2  # the path to the stick stays in view
MOST: Final = 200
HINT: Final = (
    "Ảnh dùng hai lần, biên bản gần trùng nhau. Không cản việc gửi, không báo cho đơn vị tổng "
    "hợp; mở từng dòng để xem và sửa nếu cần."
)
_QUIET: Final = frozenset({"no_receiver", "several_receivers"})


class EvidenceCard(Card):
    """Names the records, each a line that opens it; away where there is nothing to name."""

    def __init__(self, workplace: Workplace, lead: Callable[[Lead], None]) -> None:
        super().__init__("Xem lại trước khi giao")
        self._workplace = workplace
        self._lead = lead
        self._remarks: list[Remark] = []
        self._all = False
        self.lines: list[QWidget] = []
        self.column.addWidget(words(HINT, "hint"))
        self.more = make_button("", workplace.theme, role="quiet")
        self.more.clicked.connect(self._show_all)
        self.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def reload(self) -> None:
        """Look again, off the UI thread."""
        office = self._workplace.office

        def work(_control: Control) -> list[Remark]:
            try:
                return office.handover.evidence.remarks()
            except UserError as error:
                if error.code in _QUIET:
                    return []
                raise

        self._workplace.jobs.read(work, self._show, owner=self, lane="evidence")

    def _show(self, remarks: list[Remark]) -> None:
        if remarks == self._remarks:
            return
        self._remarks = remarks
        self._fill()

    def _show_all(self) -> None:
        self._all = True
        self._fill()
        if len(self.lines) > FIRST:
            self.lines[FIRST].setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        for line in self.lines:
            self.column.removeWidget(line)
            line.deleteLater()
        count = len(self._remarks)
        shown = self._remarks[: MOST if self._all else FIRST]
        self.lines = [self._line(remark) for remark in shown]
        for at, line in enumerate(self.lines):
            self.column.insertWidget(2 + at, line)
        self.heading.setText(f"Xem lại trước khi giao: {show_integer(count)} chỗ")
        self.more.setText(f"Xem thêm {show_integer(count - len(shown))} chỗ")
        self.more.setVisible(count > len(shown) and not self._all)
        self.setVisible(bool(count))

    def _line(self, remark: Remark) -> QWidget:
        go = partial(self._lead, Lead(remark.kind, remark.id))
        return line_row(Line(remark.sentence, go), self._workplace.theme)
