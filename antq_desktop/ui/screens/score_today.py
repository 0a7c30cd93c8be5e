"""“Nếu xét hôm nay”: how a unit would come out on any day, and what is missing; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec
from antq_desktop.domain.scoring.points import show_points
from antq_desktop.domain.scoring.sets import SetKind
from antq_desktop.domain.shown import show_date
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.editor_kit import civil_now, make_kit
from antq_desktop.ui.screens.handover_parts import Told, words
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.make import make_field

if TYPE_CHECKING:
    from antq_desktop.domain.scoring.outcome import Outcome
    from antq_desktop.domain.scoring.sets import CriteriaSet
    from antq_desktop.services.standards.looking import AsOfToday
    from antq_desktop.ui.workplace import Workplace

_SIZE: Final = (88 * UNIT, 64 * UNIT)


class TodayDialog(QDialog):
    """Asks for a day and says what would come out on it."""

    def __init__(  # noqa: PLR0917 - whom, when, by what
        self, workplace: Workplace, parent: QWidget, subject: str, name: str, year: int, code: str
    ) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Nếu xét hôm nay")
        self._workplace = workplace
        self._of = (subject, year, code)
        spec = FieldSpec(name="day", label="Xét vào ngày", kind=FieldKind.DATE)
        self.day = make_field(spec, make_kit(workplace, self))
        self.day.set_value(civil_now(workplace.office).date().isoformat())
        self.day.settled.connect(lambda _name: self.look())
        self.told = Told(workplace.theme)
        self.lines = QPlainTextEdit()
        self.lines.setReadOnly(True)
        self.lines.setTabChangesFocus(True)
        self.lines.setAccessibleName("Còn thiếu")
        page = QVBoxLayout(self)
        page.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        page.setSpacing(UNIT + 4)
        page.addWidget(words(f"Nếu xét hôm nay: {name}", "heading"))
        page.addWidget(words(
            "Tính lại từ hồ sơ đến ngày được chọn. Không lưu gì, phiếu chấm giữ nguyên.", "hint"
        ))  # fmt: skip
        page.addWidget(self.day)
        page.addWidget(self.told)
        page.addWidget(self.lines, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        close = make_button("Đóng", workplace.theme, role="primary", tip="Esc")
        close.clicked.connect(self.accept)
        row.addWidget(close)
        page.addLayout(row)
        self.resize(*_SIZE)
        self.look()

    def look(self) -> None:
        """Compute the day that is asked for."""
        try:
            day = str(self.day.value() or "")
        except UserError:
            return
        subject, year, code = self._of
        sheets = self._workplace.office.standards.sheets
        self._workplace.jobs.read(
            lambda _control: sheets.today(subject, year, code, day=day),
            self._show,
            failed=self._refused,
            owner=self,
            lane="today",
        )

    def _show(self, found: AsOfToday) -> None:
        self.told.say(result_words(found), "done" if found.outcome.met else "watch")
        self.lines.setPlainText("\n".join(missing_lines(found)) or "Không thiếu gì.")

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.told.say(error.message, "fault")
            self.lines.clear()
            return
        self._workplace.door.meet(error)


def result_words(found: AsOfToday) -> str:
    """Say in one sentence what would come out."""
    outcome = found.outcome
    told = f"{outcome.met_items}/{outcome.applicable} mục đạt"
    if found.criteria.kind is SetKind.POINTS:
        told = f"{show_points(outcome.points)} điểm"
    if outcome.grade:
        told += f", mức {outcome.grade.label}"
    end = "đạt" if outcome.met else "chưa đạt" if outcome.complete else "chưa chấm đủ"
    return f"{found.criteria.title}, ngày {show_date(found.day)}: {told}; {end}."


def missing_lines(found: AsOfToday) -> Iterator[str]:
    """Yield what is missing, item by item, what is provisional, and what differs from the sheet."""
    if found.outcome.missing:
        yield f"Còn thiếu {len(found.outcome.missing)} mục:"
    for each in found.outcome.missing:
        item = found.criteria.item(each.item)
        group = next(g for g in found.criteria.groups if g.id == each.group)
        yield f"• {item.text if item else group.title + ': trả lời bằng một dấu'}"
        yield from (f"   {sentence}" for sentence in each.sentences)
    for item_id in found.outcome.provisional:
        item = found.criteria.item(item_id)
        yield f"△ Tạm tính: {item.text if item else item_id}"
    gap = gap_words(found.criteria, found.outcome)
    if gap:
        yield f"{gap}."
    if found.moved:
        yield ""
        yield "Khác với phiếu đã lưu:"
    for moved in found.moved:
        item = found.criteria.item(moved.item)
        before, now = _word(moved.stored), _word(moved.today)
        yield f"• {item.text if item else moved.item}: đã lưu {before}, hôm nay {now}. {moved.why}"


def gap_words(criteria: CriteriaSet, outcome: Outcome) -> str:
    """Say what the next band takes, and which ceilings are in the way; empty in the highest."""
    gap = outcome.gap
    if gap is None:
        return ""
    points = criteria.kind is SetKind.POINTS
    lacking = f"{show_points(gap.lacking)} điểm" if points else f"{int(gap.lacking)} tiêu chí"
    told = f"Thiếu {lacking} để lên mức {gap.band.label}" if gap.lacking else ""
    return ". ".join(filter(None, (told, *(cap.label for cap in gap.caps))))


def _word(met: bool | None) -> str:
    return "chưa rõ" if met is None else "đạt" if met else "chưa đạt"
