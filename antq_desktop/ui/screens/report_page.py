"""The page of a report in words: its period above, then every heading and passage to be edited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.narrative.draft import Heading
from antq_desktop.domain.narrative.subjects import SUBJECTS, Scope
from antq_desktop.domain.text import opening
from antq_desktop.services.narrative.desk import Narrative
from antq_desktop.services.profiles import RECEIVER_LEVEL
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.editor_kit import civil_now
from antq_desktop.ui.screens.filters import FilterChoice
from antq_desktop.ui.screens.periods_offered import period_options
from antq_desktop.ui.screens.report_boxes import ContradictionBox, PassageBox, heading
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.chosen_fields import matching
from antq_desktop.ui.widgets.field import Option

if TYPE_CHECKING:
    from antq_desktop.domain.periods import Period
    from antq_desktop.ui.widgets.picker import Deliver
    from antq_desktop.ui.workplace import Workplace

_WIDEST: Final = 900  # logical px of a line that is still read easily
_KEEP_MS: Final = 800


class ReportPage(QWidget):
    """The report; `asked` wants it drafted, the others do what their name says.

    `written` and `explained` carry a key and words, `taken_back` a key, `typed` what is not kept
    yet, by key.
    """

    asked = Signal()
    written = Signal(str, str)
    taken_back = Signal(str)
    explained = Signal(str, str)
    undo_asked = Signal()
    print_asked = Signal()
    workbook_asked = Signal()
    typed = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.narrative: Narrative | None = None
        self.stale = True
        self.boxes: dict[str, PassageBox] = {}
        self.conflicts: dict[str, ContradictionBox] = {}
        self._shape: tuple[str, ...] = ()
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(_KEEP_MS)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._take(workplace.office.periods.named(str(civil_now(workplace.office).year)))

    @property
    def period(self) -> str:
        """Name of the period asked for."""
        return self.choice.option.id

    @property
    def scope(self) -> Scope:
        """What of the period is asked for: a subject, a unit."""
        return Scope(self.subject_choice.option.id, self.unit_choice.option.id)

    @property
    def dirty(self) -> bool:
        """Whether words were typed that are not kept yet."""
        return any(box.changed for box in self._all())

    def begin(self) -> None:
        """Say that the report is being written."""
        self.stale = False
        self.told.setText("Đang viết báo cáo theo số liệu…")

    def show_answer(self, answer: object) -> None:
        """Show a report; boxes that are there already keep their place."""
        if not isinstance(answer, Narrative):
            return
        self.narrative = answer
        self.subject.setText(opening(answer.subject))
        self.undo.setEnabled(answer.undoable)
        self._tell(answer)
        codes = tuple(each.code for each in answer.contradictions)
        shape = (
            answer.period.name,
            answer.scope.name,
            *(each.key for each in answer.passages()),
            *codes,
        )
        if shape == self._shape:
            for passage in answer.passages():
                self.boxes[passage.key].show_passage(passage)
            return
        self._shape = shape
        self._build(answer)

    def show_typed(self, words: Mapping[str, str]) -> None:
        """Put back what was typed and not kept before the program ended."""
        for key, text in words.items():
            if key in self.boxes and text != self.boxes[key].words:
                self.boxes[key].text.setPlainText(text)

    def finish(self) -> None:
        """Hand over whatever is still being typed."""
        for box in self._all():
            box.finish()

    def take_focus(self) -> None:
        """Give the keyboard to the first passage."""
        first = next(iter(self.boxes.values()), None)
        if first is not None:
            first.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def head_with(self, chooser: QWidget | None) -> None:
        """Let something to choose from stand in place of the heading; None brings it back."""
        self.heading.setVisible(chooser is None)
        if chooser is not None:
            self._head.insertWidget(0, chooser)
            chooser.show()

    # parts

    def _make_parts(self) -> None:
        theme = self._workplace.theme
        self.heading = QLabel("Báo cáo")
        self.heading.setProperty("role", "title")
        self.told = _words("hint")
        self.subject = _words("heading")
        self.choice = FilterChoice(
            self._workplace, "Năm nay", "Kỳ", self._find_periods, searchable=True
        )
        self.subject_choice = FilterChoice(
            self._workplace, "Toàn bộ phong trào", "Chuyên đề",
            lambda words, deliver: deliver(matching(_SUBJECTS, words)), searchable=False,
        )  # fmt: skip
        self.unit_choice = FilterChoice(
            self._workplace, "Mọi đơn vị", "Đơn vị", self._find_units, searchable=True
        )
        self.unit_choice.setHidden(self._workplace.office.level != RECEIVER_LEVEL)
        self.workbook = make_button(
            "Ghi ra Excel", theme, icon="download",
            tip="Ghi các bảng của báo cáo ra tệp Excel, mỗi bảng một trang",
        )  # fmt: skip
        self.undo = make_button(
            "Hoàn tác", theme, icon="undo", tip="Lấy lại lần sửa trước của báo cáo này"
        )
        self.print = make_button(
            "Xem và in", theme, role="primary", icon="print", tip="Xem và in báo cáo (Ctrl+P)"
        )
        self.column = QVBoxLayout()
        self.column.setSpacing(UNIT)

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self.heading)
        self._head.addStretch(1)
        self._head.addWidget(self.undo)
        self._head.addWidget(self.workbook)
        self._head.addWidget(self.print)
        row = QHBoxLayout()
        for choice in (self.choice, self.subject_choice, self.unit_choice):
            row.addWidget(choice)
        row.addWidget(self.told, 1)
        sheet = QFrame()
        sheet.setProperty("role", "card")
        sheet.setMaximumWidth(_WIDEST)
        sheet.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 2 * UNIT)
        inside.addWidget(self.subject)
        inside.addLayout(self.column)
        inside.addStretch(1)
        holder = QWidget()
        holder.setProperty("role", "page")
        around = QHBoxLayout(holder)
        around.setContentsMargins(0, 0, UNIT, 0)
        around.addWidget(sheet, 1)
        around.addStretch(0)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(holder)
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        page.setSpacing(UNIT + 4)
        page.addLayout(self._head)
        page.addLayout(row)
        page.addWidget(self.area, 1)

    def _connect(self) -> None:
        for choice in (self.choice, self.subject_choice, self.unit_choice):
            choice.chosen.connect(self.asked)
        self.workbook.clicked.connect(self.workbook_asked)
        self.undo.clicked.connect(self.undo_asked)
        self.print.clicked.connect(self.print_asked)
        self._keep.timeout.connect(self._tell_typed)
        self._workplace.jobs.holding.connect(self._tell_now)
        self._workplace.changes.written.connect(lambda _kinds: self._on_written())
        actions: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+S", self.finish),
            ("Ctrl+P", self.print_asked.emit),
            ("F5", self.asked.emit),
        )
        for keys, action in actions:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda action=action: action())

    def _build(self, answer: Narrative) -> None:
        while (item := self.column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.boxes, self.conflicts = {}, {}
        for line in answer.lines:
            if isinstance(line, Heading):
                self.column.addWidget(heading(line.text, line.level))
                continue
            box = PassageBox(line, self._workplace.theme)
            box.written.connect(self.written)
            box.taken_back.connect(self.taken_back)
            box.typed.connect(self._keep.start)
            self.boxes[line.key] = box
            self.column.addWidget(box)
        if answer.contradictions:
            self.column.addWidget(heading("Số liệu mâu thuẫn", 1))
        for each in answer.contradictions:
            conflict = ContradictionBox(each)
            conflict.explained.connect(self.explained)
            self.conflicts[each.code] = conflict
            self.column.addWidget(conflict)

    # inside

    def _all(self) -> list[PassageBox | ContradictionBox]:
        return [*self.boxes.values(), *self.conflicts.values()]

    def _tell(self, answer: Narrative) -> None:
        told = [opening(answer.period.label)]
        edited = sum(1 for each in answer.passages() if each.edited)
        if edited:
            told.append(f"đã sửa {edited} đoạn")
        if answer.stale:
            told.append(f"{len(answer.stale)} đoạn đã sửa có số liệu mới")
        if answer.unexplained:
            told.append(f"{len(answer.unexplained)} chỗ mâu thuẫn chưa giải trình")
        self.told.setText(" · ".join(told))

    def _tell_typed(self) -> None:
        self.typed.emit({key: box.words for key, box in self.boxes.items() if box.changed})

    def _tell_now(self) -> None:
        if self._keep.isActive():
            self._keep.stop()
            self._tell_typed()

    def _take(self, period: Period) -> None:
        self.choice.show_option(Option(period.name, opening(period.label)))

    def _find_periods(self, words: str, deliver: Deliver) -> None:
        deliver(period_options(self._workplace.office, words))

    def _find_units(self, words: str, deliver: Deliver) -> None:
        below = self._workplace.office.units_below
        options = [Option(unit.id, unit.name) for unit in below if unit.kind == "commune"]
        deliver(matching(options, words))

    def _on_written(self) -> None:
        self.stale = True
        if self.isVisible() and not self.dirty:
            self.asked.emit()


_SUBJECTS: Final = tuple(Option(each.code, each.title) for each in SUBJECTS.values())


def _words(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label
