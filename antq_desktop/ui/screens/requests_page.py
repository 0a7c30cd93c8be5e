"""Yêu cầu: what the unit above asks about records and figures, and what it was answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.shown import show_date
from antq_desktop.ui.ask import Answer, Choice, Question
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.screens.handover_parts import LocalTable, words
from antq_desktop.ui.screens.home import Lead
from antq_desktop.ui.sources import Badge, TableRow
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.requests import RequestLine
    from antq_desktop.ui.workplace import Workplace

ASKED_OF_US: Final = "Yêu cầu của đơn vị tổng hợp"
ASKED_BELOW: Final = "Yêu cầu gửi đơn vị"
_KINDS: Final = ("request", "request_answer")
_REPLY: Final = Question(
    title="Trả lời yêu cầu",
    consequence="Câu trả lời được ký và đi cùng gói dữ liệu lần sau. Nếu hồ sơ sai thì mở mục được"
    " hỏi và sửa, không cần trả lời bằng lời.",
    choices=(Choice("stay", "Để sau"), Choice("do", "Ghi trả lời", "primary")),
    safe="stay",
    reason_label="Nội dung trả lời",
    icon="info",
)


class RequestsPage(QWidget):
    """The requests of both directions; at a commune each opens the field that it is about."""

    def __init__(self, workplace: Workplace, lead: Callable[[Lead], None]) -> None:
        super().__init__()
        self._workplace = workplace
        self._lead = lead
        self._receives = workplace.office.level == "receiver"
        self._lines: dict[str, RequestLine] = {}
        theme = workplace.theme
        who = "Đơn vị" if self._receives else "Đơn vị hỏi"
        self.summary = words("", "label")
        self.table = LocalTable(
            (
                Column("state", "Tình trạng", 17, sortable=False),
                Column("title", "Yêu cầu", 40, sortable=False),
                Column("about", "Hồ sơ, mục", 34, sortable=False),
                Column("who", who, 18, sortable=False),
                Column("due", "Hạn", 11, sortable=False),
                Column("words", "Trả lời", 24, sortable=False),
            ),
            workplace,
            ASKED_BELOW if self._receives else ASKED_OF_US,
        )
        empty = (
            "Chưa gửi yêu cầu nào. Mở hồ sơ của đơn vị dưới rồi chọn Gửi yêu cầu."
            if self._receives
            else "Đơn vị tổng hợp chưa yêu cầu gì. Yêu cầu đến cùng gói trả về."
        )
        self.table.set_empty(empty, "", None)
        self.table.opened.connect(lambda _one: self.open())
        self.table.selection_changed.connect(lambda _count: self._enable())
        self.open_button = make_button("Mở mục được hỏi", theme, role="primary", icon="edit")
        self.open_button.clicked.connect(self.open)
        self.reply_button = make_button("Trả lời…", theme, icon="next")
        self.reply_button.clicked.connect(self.reply)
        self.close_button = make_button("Khép lại", theme, icon="check")
        self.close_button.clicked.connect(self.close_request)
        self.new_button = make_button("Ghi yêu cầu…", theme, icon="add")
        self.new_button.clicked.connect(lambda: self._lead(Lead("request", new=True)))
        self._lay_out()
        workplace.changes.written.connect(self._on_written)
        self._enable()

    def reload(self) -> None:
        """Read the requests again."""
        office = self._workplace.office
        self._workplace.jobs.read(
            lambda _control: office.oversight.requests.lines(),
            self._show,
            owner=self,
            lane="requests",
        )

    def open(self) -> None:
        """Open the very field that is asked about; a request about no record opens itself."""
        line = self._lines.get(self.table.current_id())
        if line is None:
            return
        if line.record and line.kind:
            self._lead(Lead(line.kind, line.record, place=line.path))
        else:
            self._lead(Lead("request", line.id))

    def reply(self) -> None:
        """Type an answer."""
        line = self._lines.get(self.table.current_id())
        if line is None or not line.ours:
            return
        office = self._workplace.office

        def then(answer: Answer) -> None:
            if answer.key == "do":
                self._workplace.jobs.write(
                    lambda _control: office.oversight.requests.reply(line.id, answer.reason),
                    lambda saved: self._workplace.told(saved, _KINDS),
                    owner=self,
                )

        self._workplace.asker.ask(_REPLY, then)

    def close_request(self) -> None:
        """Say that nothing more is wanted."""
        one, office = self.table.current_id(), self._workplace.office
        self._workplace.jobs.write(
            lambda _control: office.oversight.requests.close(one),
            lambda saved: self._workplace.told(saved, _KINDS),
            owner=self,
        )

    def _on_written(self, _kinds: tuple[str, ...]) -> None:
        if self.isVisible():
            self.reload()

    def _show(self, lines: list[RequestLine]) -> None:
        self._lines = {line.id: line for line in lines}
        self.table.show_rows([_row(line) for line in lines])
        waiting = sum(line.open for line in lines)
        late = sum(bool(line.late) for line in lines)
        self.summary.setText(f"{len(lines)} yêu cầu · chờ trả lời {waiting} · quá hạn {late}")
        self.summary.setVisible(bool(lines))
        if lines and not self.table.current_id():
            self.table.go_to(lines[0].id)
        self._enable()

    def _enable(self) -> None:
        line = self._lines.get(self.table.current_id())
        self.open_button.setEnabled(line is not None)
        self.reply_button.setEnabled(line is not None and line.ours and not line.closed)
        self.close_button.setEnabled(line is not None and not line.ours and not line.closed)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        for button in (self.open_button, self.reply_button, self.close_button, self.new_button):
            row.addWidget(button)
        # Only ever hidden here: a button without a parent that is shown comes up as a window.
        for button in (self.close_button, self.new_button):
            if not self._receives:
                button.hide()
        if self._receives:
            self.reply_button.hide()
        row.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 2 * UNIT, 0, 0)
        page.setSpacing(UNIT)
        page.addWidget(self.summary)
        page.addWidget(self.table, 1)
        page.addLayout(row)


def _row(line: RequestLine) -> TableRow:
    if line.closed:
        state = Badge("đã khép lại", "plain")
    elif line.answered:
        state = Badge(line.how, "calm")
    elif line.late:
        state = Badge(f"quá hạn {line.late} ngày", "fault")
    else:
        state = Badge("chờ trả lời", "watch")
    who = line.asker if line.ours else line.unit_name
    due = show_date(line.due_on) if line.due_on else ""
    title = f"{line.sort}: {line.title}"
    return TableRow(line.id, (state, title, line.about, who, due, line.words))
