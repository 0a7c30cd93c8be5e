"""Việc và đề xuất: what was given to whom by when, what came of it, and what proposals got."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QRadioButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.fields import Value
from antq_desktop.domain.shown import show_date
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.screens.handover_parts import LocalTable, words
from antq_desktop.ui.screens.home import Lead
from antq_desktop.ui.sources import Badge, TableRow
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.assignments import ProposalLine, TaskLine
    from antq_desktop.services.records import Saved
    from antq_desktop.ui.workplace import Workplace

    _Found = tuple[list[TaskLine], list[ProposalLine], list[tuple[str, str]]]

_TASK_KINDS: Final = {"task", "task_answer", "document", "meeting"}
_PROPOSAL_KINDS: Final = {"proposal", "proposal_answer"}
_OPEN, _LATE, _ALL = "Chưa xong", "Trễ hạn", "Tất cả"
_COPIED: Final = ("title", "source", "lead", "support", "deadline")


class AssignmentsPage(QWidget):
    """Tasks above, proposals below; answers are written in their own editors."""

    def __init__(self, workplace: Workplace, lead: Callable[[Lead], None]) -> None:
        super().__init__()
        self._workplace = workplace
        self._lead = lead
        self._receives = workplace.office.level == "receiver"
        self._tasks: dict[str, TaskLine] = {}
        self._proposals: dict[str, ProposalLine] = {}
        self._shown = _OPEN
        who = "Đơn vị thực hiện" if self._receives else "Đơn vị giao"
        self.tasks = LocalTable(
            (
                Column("title", "Việc", 34, sortable=False),
                Column("who", who, 18, sortable=False),
                Column("deadline", "Hạn", 11, sortable=False),
                Column("term", "Tiến độ", 15, sortable=False),
                Column("answer", "Trả lời", 17, sortable=False),
                Column("result", "Kết quả", 26, sortable=False),
            ),
            workplace,
            "Việc giao giữa các đơn vị",
        )
        self.tasks.opened.connect(self._open_task)
        self.proposals = LocalTable(
            (
                Column("title", "Đề xuất", 34, sortable=False),
                Column("unit", "Đơn vị đề xuất", 18, sortable=False),
                Column("sent", "Ngày", 11, sortable=False),
                Column("state", "Trả lời", 25, sortable=False),
                Column("words", "Nội dung trả lời", 26, sortable=False),
            ),
            workplace,
            "Đề xuất lên cấp trên",
        )
        self.proposals.opened.connect(lambda one: self._lead(Lead("proposal", one)))
        self.summary = words("", "label")
        self._make_parts()
        self._lay_out()
        for table in (self.tasks, self.proposals, self.units):
            table.selection_changed.connect(lambda _count: self._enable())
        workplace.changes.written.connect(self._on_written)
        self._enable()

    def reload(self) -> None:
        """Read tasks, proposals and answers again."""
        office = self._workplace.office

        def work(_control: object) -> _Found:
            between = office.assignments
            return between.tasks(), between.proposals(), between.units()

        self._workplace.jobs.read(work, self._took, owner=self, lane="assignments")

    def answer(self) -> None:
        """Open the answer to the chosen task, begun where there is none."""
        line = self._tasks.get(self.tasks.current_id())
        if line is None or not line.ours:
            return
        begun = {"unit": self._workplace.office.unit, "task": line.id, "title": line.title}
        self._lead(_answering("task_answer", line.answer, begun))

    def reply(self) -> None:
        """Open the answer to the chosen proposal, begun where there is none."""
        line = self._proposals.get(self.proposals.current_id())
        if line is None or line.ours:
            return
        own = self._workplace.office.unit
        begun = {"by": own, "proposal": line.id, "unit": line.unit, "title": line.title}
        self._lead(_answering("proposal_answer", line.answer, begun))

    def offer_units(self) -> None:
        """Show the units that the chosen task may be given to as well."""
        self.giving.setVisible(not self.giving.isVisible())
        self.tasks.hide_columns(("answer", "result") if self.giving.isVisible() else ())
        if self.giving.isVisible():
            self.units.setFocus()
        self._enable()

    def give(self) -> None:
        """Give the chosen task to the chosen units, one action for all of them."""
        line, units = self._tasks.get(self.tasks.current_id()), self.units.selected_ids()
        if line is None or not units:
            return
        office = self._workplace.office

        def work(_control: object) -> Saved:
            held = office.lists.show("task", line.id).values
            values: dict[str, Value] = {n: held[n] for n in _COPIED if held.get(n) is not None}
            return office.assignments.give(values, units)

        def arrive(saved: Saved) -> None:
            self.giving.hide()
            self.tasks.hide_columns(())
            self._workplace.told(saved, ("task",))

        self._workplace.jobs.write(work, arrive, owner=self)

    def accept(self) -> None:
        """Close the chosen task as its answer says."""
        task, office = self.tasks.current_id(), self._workplace.office
        self._workplace.jobs.write(
            lambda _control: office.assignments.accept(task),
            lambda saved: self._workplace.told(saved, ("task",)),
            owner=self,
        )

    def show_only(self, what: str) -> None:
        """Show the tasks that are open, those that are late, or all."""
        self._shown = what
        self._show_tasks()

    # inside

    def _took(self, found: _Found) -> None:
        tasks, proposals, units = found
        self.units.show_rows([TableRow(unit, (name,)) for unit, name in units])
        self._tasks = {line.id: line for line in tasks}
        self._proposals = {line.id: line for line in proposals}
        self.proposals.show_rows([_proposal_row(line) for line in proposals])
        self.summary.setText(_summary(tasks, receives=self._receives))
        self._show_tasks()

    def _say_empty(self, given: int) -> None:
        """Say why there is no line: nothing was given, or nothing is left of this sort."""
        if given and self._shown != _ALL:
            told = f"Không có việc nào {self._shown.lower()}."
        else:
            whose = "Chưa giao" if self._receives else "Đơn vị trên chưa giao"
            told = f"{whose} việc nào. Việc đến cùng gói trả về, trả lời đi cùng gói gửi lên."
        self.tasks.set_empty(told, "", None)

    def _show_tasks(self) -> None:
        self._say_empty(len(self._tasks))
        shown = [line for line in self._tasks.values() if _is_shown(line, self._shown)]
        self.tasks.show_rows([_task_row(line) for line in shown])
        if shown and not self.tasks.current_id():
            self.tasks.go_to(shown[0].id)
        self._enable()

    def _open_task(self, task: str) -> None:
        self._lead(Lead("task", task))

    def _enable(self) -> None:
        line = self._tasks.get(self.tasks.current_id())
        self.answer_button.setEnabled(line is not None and line.ours and not line.stopped)
        self.give_button.setEnabled(line is not None and line.given)
        answered = line is not None and bool(line.answer) and line.done
        self.accept_button.setEnabled(answered and line is not None and not line.closed)
        units = len(self.units.selected_ids())
        self.give_now.setEnabled(bool(units) and line is not None and line.given)
        self.give_now.setText(f"Giao cho {units} đơn vị" if units else "Giao cho đơn vị đang chọn")
        asked = self._proposals.get(self.proposals.current_id())
        self.reply_button.setEnabled(asked is not None and not asked.ours)

    def _on_written(self, kinds: Sequence[str]) -> None:
        if set(kinds) & (_TASK_KINDS | _PROPOSAL_KINDS) and self.isVisible():
            self.reload()

    def _make_parts(self) -> None:
        theme = self._workplace.theme
        self.answer_button = make_button("Trả lời…", theme, role="primary", icon="edit")
        self.answer_button.clicked.connect(self.answer)
        self.give_button = make_button("Giao thêm cho đơn vị khác…", theme, icon="add")
        self.give_button.clicked.connect(self.offer_units)
        self.accept_button = make_button(
            "Ghi nhận đã xong", theme, icon="check", tip="Khép việc như đơn vị đã trả lời"
        )
        self.accept_button.clicked.connect(self.accept)
        self.new_button = make_button("Giao việc mới…", theme, role="primary", icon="add")
        self.new_button.clicked.connect(lambda: self._lead(Lead("task", new=True)))
        self.reply_button = make_button("Trả lời đề xuất…", theme, role="primary", icon="edit")
        self.reply_button.clicked.connect(self.reply)
        self.ask_button = make_button("Ghi đề xuất…", theme, icon="add")
        self.ask_button.clicked.connect(lambda: self._lead(Lead("proposal", new=True)))
        self._say_empty(0)
        self.proposals.set_empty("Chưa có đề xuất nào.", "", None)
        self.units = LocalTable(
            (Column("name", "Giao thêm cho", 30, sortable=False),), self._workplace, "Đơn vị dưới"
        )
        self.units.set_empty("Chưa nhận gói của đơn vị dưới nào nên chưa giao được việc.", "", None)
        self.give_now = make_button("Giao cho đơn vị đang chọn", theme, role="primary")
        self.give_now.clicked.connect(self.give)
        self.giving = QWidget()
        self.giving.hide()
        self.filters = QButtonGroup(self)
        self.filters.setExclusive(True)
        for name in (_OPEN, _LATE, _ALL):
            button = QRadioButton(name)
            button.setChecked(name == self._shown)
            button.clicked.connect(lambda _on=False, what=name: self.show_only(what))
            self.filters.addButton(button)

    def _lay_out(self) -> None:
        giving = QVBoxLayout(self.giving)
        giving.setContentsMargins(0, 0, 0, 0)
        giving.addWidget(self.units, 1)
        giving.addWidget(self.give_now)
        beside = QHBoxLayout()
        beside.setSpacing(2 * UNIT)
        beside.addWidget(self.tasks, 3)
        beside.addWidget(self.giving, 1)
        giver = (self.new_button, self.give_button, self.accept_button, self.reply_button)
        taker = (self.answer_button, self.ask_button)
        own = (self.answer_button, *giver[:-1], None, *self.filters.buttons())
        above = _part(self.summary, own, beside)
        for button in taker if self._receives else giver:
            button.hide()
        table = QVBoxLayout()
        table.addWidget(self.proposals)
        asks = (self.reply_button, self.ask_button, None)
        below = _part(words("Đề xuất lên cấp trên", "heading"), asks, table)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(above)
        splitter.addWidget(below)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 2 * UNIT, 0, 0)
        page.addWidget(splitter)


def _part(
    heading: QWidget, buttons: Sequence[QWidget | None], inside: QHBoxLayout | QVBoxLayout
) -> QWidget:
    """Return a heading, a row of buttons with a gap at None, and what stands below."""
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, UNIT)
    column.setSpacing(UNIT)
    row = QHBoxLayout()
    row.setSpacing(UNIT)
    for button in buttons:
        if button is None:
            row.addStretch(1)
        else:
            row.addWidget(button)
    column.addWidget(heading)
    column.addLayout(row)
    column.addLayout(inside, 1)
    return part


def _answering(kind: str, held: str, begun: dict[str, str]) -> Lead:
    return Lead(kind, held) if held else Lead(kind, new=True, values=tuple(begun.items()))


def _is_shown(line: TaskLine, what: str) -> bool:
    if what == _OPEN:
        return not line.done and not line.stopped
    return what == _ALL or bool(line.late)


def _summary(lines: Sequence[TaskLine], *, receives: bool) -> str:
    late = sum(1 for line in lines if line.late and not line.done)
    done = sum(1 for line in lines if line.done)
    if not lines:
        return "Việc giao xuống" if receives else "Việc được giao"
    verb = "Đã giao" if receives else "Được giao"
    told = [f"{verb} {len(lines)} việc", f"xong {done}", f"trễ hạn {late}"]
    if receives:
        told.append(f"có trả lời {sum(1 for line in lines if line.answer)}")
    return " · ".join(told)


def _task_row(line: TaskLine) -> TableRow:
    tone = "fault" if line.late and not line.done else "calm" if line.done else "info"
    if line.stopped:
        tone = "plain"
    elif not line.done and line.left is not None and line.left <= _NEAR and not line.late:
        tone = "watch"
    who = line.giver if line.ours else line.unit_name
    told = line.state if line.answer else "chưa trả lời"
    result = " · ".join(one for one in (line.document, line.result) if one)
    title = f"{line.title} ({line.source})" if line.source else line.title
    deadline = show_date(line.deadline) if line.deadline else ""
    return TableRow(line.id, (title, who, deadline, Badge(line.told, tone), told, result))


_NEAR: Final = 3  # days left at which a task is marked


def _proposal_row(line: ProposalLine) -> TableRow:
    state = Badge(line.state, "calm" if line.answered else "info")
    told = " · ".join(one for one in (line.document, line.words) if one)
    return TableRow(line.id, (line.title, line.unit_name, show_date(line.sent_on), state, told))
