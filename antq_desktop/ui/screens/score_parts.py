"""Small parts of the pane of an item: the row of answers, points, evidence, the page of the set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec
from antq_desktop.domain.scoring.points import points_of, points_text, show_points
from antq_desktop.domain.scoring.sets import Asks, CriteriaSet, Item
from antq_desktop.domain.scoring.sheets import Answer, Given
from antq_desktop.domain.shown import show_date
from antq_desktop.ui.buttons import make_button, make_tool
from antq_desktop.ui.screens.handover_parts import words
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.make import make_field

if TYPE_CHECKING:
    from antq_desktop.services.standards.binding import Evidence
    from antq_desktop.ui.theme import Theme
    from antq_desktop.ui.widgets.field import FieldWidget, Kit

_LONGEST = 42  # letters of an answer; the rest is in its tip
CONFIDENCE = {
    "A": "A: đã đọc toàn văn văn bản",
    "B": "B: mới đọc trích (mẫu minh họa)",
    "C": "C: chưa thấy văn bản (mẫu minh họa)",
}


class AnswerButton(QPushButton):
    """One of several answers; an arrow key asks for its neighbour."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the neighbour at an arrow key."""
        keys = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        by = keys.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
            return
        self.moved.emit(by)


class AnswerRow(QWidget):
    """Answers side by side, one of which holds; pressing it again takes it back.

    They are no `QButtonGroup`: that leaves the keyboard only the answer that holds already.
    """

    chosen = Signal(str)

    def __init__(
        self, answers: Sequence[tuple[str, str]], current: str, name: str, *, below: bool = False
    ) -> None:
        """Take the answers by key and label; long ones stand below each other."""
        super().__init__()
        self.setAccessibleName(name)
        self.buttons: dict[str, QPushButton] = {}
        ways = QBoxLayout.Direction
        row = QBoxLayout(ways.TopToBottom if below else ways.LeftToRight, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT // 2 if below else 0)
        for at, (key, label) in enumerate(answers):
            button = AnswerButton(label if len(label) <= _LONGEST else f"{label[:_LONGEST]}…")
            button.setToolTip(label if len(label) > _LONGEST else "")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("role", "answer")
            place = "first" if not at else "last" if at == len(answers) - 1 else "middle"
            button.setProperty("place", "last" if below else place)
            button.setAccessibleName(f"{name}: {label}")
            bold = button.font()
            bold.setBold(True)  # as the chosen one is drawn
            room = QFontMetrics(bold).horizontalAdvance(button.text())
            button.setMinimumWidth(room + 4 * UNIT)
            button.clicked.connect(lambda on, key=key: self._press(key, on))
            button.moved.connect(lambda by, at=at: self._move(at + by))
            self.buttons[key] = button
            row.addWidget(button)
        row.addStretch(1)
        self.show_answer(current)

    def show_answer(self, current: str) -> None:
        """Show which answer holds; this is no choice of the officer."""
        for key, button in self.buttons.items():
            button.setChecked(key == current)

    def set_editable(self, *, editable: bool) -> None:
        """Allow or forbid another answer."""
        for button in self.buttons.values():
            button.setEnabled(editable)

    def _move(self, at: int) -> None:
        buttons = list(self.buttons.values())
        if 0 <= at < len(buttons):
            buttons[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _press(self, key: str, on: bool) -> None:
        self.show_answer(key if on else "")
        self.chosen.emit(key if on else "")


class GivenPart(QWidget):
    """What one side gives for an item: met or not, points, or why it does not apply."""

    changed = Signal()

    def __init__(self, item: Item, criteria: CriteriaSet, given: Given, kit: Kit, *,
                 name: str, computed: bool = False, editable: bool = True) -> None:  # fmt: skip
        super().__init__()
        self._item = item
        self.given = given
        self.answers: AnswerRow | None = None
        self.points: FieldWidget | None = None
        self.reasons: AnswerRow | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        happened = item.asks is Asks.HAPPENED
        told = [] if item.scored or computed else [
            (Answer.MET.value, "Không xảy ra" if happened else "Đạt"),
            (Answer.NOT_MET.value, "Có xảy ra" if happened else "Chưa đạt"),
        ]  # fmt: skip
        if item.reasons:
            told.append((Answer.NOT_APPLICABLE.value, "Không áp dụng"))
        if item.scored and not computed:
            spec = FieldSpec(name="points", label=f"Điểm, từ 0 đến {show_points(item.most)}",
                             kind=FieldKind.DECIMAL, width=8)  # fmt: skip
            self.points = make_field(spec, kit)
            self.points.set_value(points_text(given.points) if given.points is not None else None)
            self.points.keep_narrow(12 * UNIT, 16 * UNIT)
            self.points.edited.connect(lambda _name: self._on_points())
            self.points.set_editable(editable)
            column.addWidget(self.points)
        if told:
            self.answers = AnswerRow(told, given.answer.value, name)
            self.answers.chosen.connect(self._on_answer)
            self.answers.set_editable(editable=editable)
            column.addWidget(self.answers)
        if item.reasons:
            labels = [(each.id, each.label) for each in criteria.reasons if each.id in item.reasons]
            self.reasons = AnswerRow(labels, given.reason, "Lý do không áp dụng", below=True)
            self.reasons.chosen.connect(self._on_reason)
            self.reasons.set_editable(editable=editable)
            self.reasons.setVisible(given.answer is Answer.NOT_APPLICABLE)
            column.addWidget(self.reasons)
        if not editable and given == Given():
            column.addWidget(words("Chưa có.", "hint"))

    def focus_input(self) -> QWidget | None:
        """Return what takes the keyboard first."""
        if self.points is not None:
            return self.points.input
        if self.answers is not None:
            return next(iter(self.answers.buttons.values()))
        return None

    def answer(self, answer: Answer) -> None:
        """Give an answer as the officer does by its button."""
        if self.answers is not None and answer.value in self.answers.buttons:
            self.answers.show_answer(answer.value)
            self._on_answer(answer.value)

    def _on_answer(self, key: str) -> None:
        answer = Answer(key)
        reason = ""
        if answer is Answer.NOT_APPLICABLE and len(self._item.reasons) == 1:
            reason = self._item.reasons[0]
        self.given = Given(answer, None, reason)
        if self.points is not None:
            self.points.set_value(None)
        if self.reasons is not None:
            self.reasons.setVisible(answer is Answer.NOT_APPLICABLE)
            self.reasons.show_answer(reason)
        self.changed.emit()

    def _on_reason(self, key: str) -> None:
        self.given = Given(Answer.NOT_APPLICABLE, None, key)
        self.changed.emit()

    def _on_points(self) -> None:
        if self.points is None:
            return
        try:
            value = self.points.value()
        except UserError:
            return
        points = points_of(value) if isinstance(value, str) else None
        if points is not None and points > self._item.most:
            self.points.show_faults(
                UserError(
                    "points_out_of_bounds",
                    f"Điểm từ 0 đến {show_points(self._item.most)}. Nhập lại.",
                    "points",
                ).faults
            )
            return
        self.given = Given(points=points)
        if self.answers is not None:
            self.answers.show_answer("")
        if self.reasons is not None:
            self.reasons.hide()
        self.changed.emit()


class EvidencePart(QWidget):
    """What stands behind an item: one click opens a record; more can be linked."""

    opened = Signal(str, str)
    added = Signal(str)
    removed = Signal(str)

    def __init__(
        self,
        found: Sequence[Evidence],
        kit: Kit,
        kinds: Sequence[str],
        label: Callable[[str], str],
        *,
        editable: bool,
    ) -> None:
        super().__init__()
        self.links: list[QPushButton] = []
        self.picker: FieldWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        for each in found:
            column.addLayout(self._line(each, kit.theme, label(each.kind), editable=editable))
        if not found:
            column.addWidget(words("Chưa có tài liệu.", "hint"))
        if editable:
            spec = FieldSpec(name="evidence", label="Thêm tài liệu", kind=FieldKind.REFERENCE,
                             refers_to=tuple(kinds), width=40)  # fmt: skip
            self.picker = make_field(spec, kit)
            self.picker.settled.connect(lambda _name: self._on_picked())
            column.addWidget(self.picker)

    def _line(self, each: Evidence, theme: Theme, kind: str, *, editable: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        shown = each.title if len(each.title) <= 36 else each.title[:35] + "…"
        link = make_button(shown or "(không tên)", theme, role="quiet", icon="next",
                           tip=f"Mở {kind}: {each.title}")  # fmt: skip
        link.clicked.connect(lambda: self.opened.emit(each.kind, each.record))
        self.links.append(link)
        row.addWidget(link)
        row.addWidget(words(kind, "hint", wrap=False))
        row.addStretch(1)
        if editable:
            gone = make_tool("close", theme, "Bỏ tài liệu này khỏi tiêu chí")
            gone.clicked.connect(lambda: self.removed.emit(each.record))
            row.addWidget(gone)
        return row

    def _on_picked(self) -> None:
        value = self.picker.value() if self.picker is not None else None
        if isinstance(value, str):
            self.added.emit(value)


def set_page(criteria: CriteriaSet) -> QWidget:
    """Return the first page of a set: who maintains it, where it was read, when it was compared."""
    told = criteria.provenance
    inside = QWidget()
    grid = QGridLayout(inside)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(2 * UNIT)
    grid.setVerticalSpacing(UNIT)
    grid.setColumnStretch(1, 1)
    grid.addWidget(words(criteria.title, "heading"), 0, 0, 1, 2)
    lines = (
        ("Căn cứ", told.legal_basis),
        ("Mức tin cậy", CONFIDENCE.get(told.confidence, told.confidence)),
        ("Người duy trì", told.maintained_by),
        ("Nguồn", told.source),
        ("Đối chiếu lần cuối", show_date(told.compared_on)),
        ("Dùng từ ngày", show_date(criteria.valid_from)),
        ("Hạn quyết định", _before(criteria)),
        ("Số mục", f"{sum(1 for _ in criteria.items())}"),
        ("Ghi chú", told.note),
    )
    at = 1
    for label, text in lines:
        if text:
            grid.addWidget(words(label, "label", wrap=False), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words(text), at, 1)
            at += 1
    if told.confidence != "A":
        grid.addWidget(words("Mẫu minh họa", "illustration"), at, 0, 1, 2)
    return inside


def _before(criteria: CriteriaSet) -> str:
    month, _, day = criteria.decided_before.partition("-")
    return f"trước ngày {day}/{month}" if day else ""
