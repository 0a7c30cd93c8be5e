"""Dữ liệu và quyền riêng tư: what is kept of people, for how long, what is due, who has looked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.rights import Operation
from antq_desktop.domain.shown import show_date, show_integer, show_moment
from antq_desktop.domain.text import opening
from antq_desktop.services.erasing import DueRecord, Erased
from antq_desktop.services.privacy import KeptKind, Looked
from antq_desktop.services.reviewing import Review
from antq_desktop.ui.ask import Answer, Choice, Question
from antq_desktop.ui.barred import bar
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.administration_parts import page_column, words_label
from antq_desktop.ui.screens.people_dialogs import SecretDialog
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.workplace import Workplace

MOST_NAMED: Final = 8  # lines that stand in view; the list rolls
ERASE: Final = "erase"
KEEP: Final = "keep"
LATER: Final = "later"
_ROW: Final = 4 * UNIT
_HEADS: Final = ("Loại hồ sơ", "Số hồ sơ", "Để làm gì", "Dữ liệu về người", "Xóa sau")
Read = tuple[list[KeptKind], list[DueRecord], list[Looked], Review | None, bool]


class PrivacyPage(QWidget):
    """One page; it reads the store whenever it is shown."""

    def __init__(
        self,
        workplace: Workplace,
        show_paper: Callable[[], None],
        show_answer: Callable[[bytes], None] = lambda _pdf: None,
    ) -> None:
        """Take who shows the paper of it, and the answer to a person."""
        super().__init__()
        self._workplace = workplace
        self.due: list[DueRecord] = []
        self.print_button = make_button("In bảng kê…", workplace.theme, icon="print")
        self.print_button.clicked.connect(show_paper)
        self.erase_button = make_button("Xóa dữ liệu quá hạn…", workplace.theme, icon="void")
        self.erase_button.clicked.connect(self.ask)
        self.keep_button = make_button("Giữ thêm 12 tháng…", workplace.theme)
        self.keep_button.clicked.connect(self.ask_to_keep)
        self.months_button = make_button("Đổi thời hạn…", workplace.theme, icon="edit")
        self.months_button.clicked.connect(self.ask_months)
        self.review_button = make_button("Ghi đã rà soát năm nay", workplace.theme, icon="check")
        self.review_button.clicked.connect(self.finish_review)
        self.answer_button = make_button(
            "Trả lời người có dữ liệu…", workplace.theme, icon="person"
        )
        self.answer_button.clicked.connect(self.ask_for_person)
        self._show_answer = show_answer
        self.dialog: SecretDialog | None = None
        self._busy = False
        self._terms: list[KeptKind] = []
        self.kinds = _grid()
        self.looked = _grid()
        self.due_told = words_label("Đang đọc…")
        self.due_list = _due_list()
        self.due_list.itemChanged.connect(lambda _item: self._allow())
        self.review_told = words_label("", "hint")
        self.result = words_label("")
        buttons = QHBoxLayout()
        for button in (self.erase_button, self.keep_button, self.review_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        papers = QHBoxLayout()
        for button in (self.print_button, self.answer_button):
            papers.addWidget(button)
        papers.addStretch(1)
        column = page_column(self)
        column.addWidget(words_label("Rà soát hằng năm: hết thời hạn lưu", "heading"))
        column.addWidget(self.review_told)
        column.addWidget(self.due_told)
        column.addWidget(self.due_list)
        column.addLayout(buttons)
        column.addWidget(self.result)
        self._section(column, "Dữ liệu về người đang lưu", self.kinds)
        column.addWidget(self.months_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(UNIT)
        column.addLayout(papers)
        self._section(column, "Cán bộ đã xem mục riêng tư, tìm theo người", self.looked)
        column.addStretch(1)
        self._allow()
        bar(workplace.office.standing, Operation.ANSWER_PERSON, self.answer_button)

    def showEvent(self, event: QShowEvent) -> None:
        """Look again whenever the page is brought to the front."""
        super().showEvent(event)
        self.look()

    def look(self) -> None:
        """Read what is kept, what is due and who has looked."""
        office = self._workplace.office
        self._workplace.jobs.read(
            lambda _control: (
                office.erasing.privacy.kept(),
                office.erasing.due(),
                office.erasing.privacy.looked(),
                office.erasing.reviewing.last(),
                office.erasing.reviewing.is_due(),
            ),
            self._show,
            owner=self,
        )

    def ask(self) -> None:
        """Ask for the reason, and say what an erasure does."""
        count = show_integer(len(self.chosen()))
        question = Question(
            f"Xóa dữ liệu về người của {count} hồ sơ",
            "Xóa ở hồ sơ, nhật ký, bản nháp và tệp đính kèm; các máy khác và đơn vị tổng hợp nhận "
            "việc xóa qua gói tiếp theo. Không hoàn tác được.",
            (Choice(KEEP, "Chưa xóa"), Choice(ERASE, "Xóa", role="danger")),
            safe=KEEP,
            reason_label="Lý do",
        )
        self._workplace.asker.ask(question, self._answered)

    def ask_to_keep(self) -> None:
        """Ask why what is due is kept on."""
        count = show_integer(len(self.chosen()))
        question = Question(
            f"Giữ thêm 12 tháng dữ liệu về người của {count} hồ sơ",
            "Sau 12 tháng, các hồ sơ này lại có trong danh sách. Lý do được ghi vào nhật ký.",
            (Choice(LATER, "Giữ thêm 12 tháng", "primary"), Choice(KEEP, "Thôi")),
            safe=KEEP,
            reason_label="Lý do",
        )
        self._workplace.asker.ask(question, self._answered)

    def _answered(self, answer: Answer) -> None:
        if answer.key == KEEP:
            return
        chosen = [(one.kind, one.id) for one in self.chosen()]
        self._busy = True
        self._allow()
        erasing = self._workplace.office.erasing
        if answer.key == ERASE:
            self._workplace.jobs.write(
                lambda _control: erasing.erase(chosen, answer.reason),
                self._done,
                failed=self._failed,
                owner=self,
                title="Đang xóa",
            )
            return
        self._decide(lambda: erasing.reviewing.keep(chosen, answer.reason))

    def finish_review(self) -> None:
        """Write down that the list was gone through this year."""
        reviewing, left = self._workplace.office.erasing.reviewing, len(self.due)
        self._decide(lambda: reviewing.finish(left))

    def ask_months(self) -> None:
        """Ask how long facts about people of a kind are kept from now on, and why."""
        kinds = {one.plural: one for one in self._terms if one.months}
        told = (
            "Ngắn hơn thì nhiều hồ sơ đến hạn xóa ngay; dài hơn thì cần căn cứ. Lý do được ghi vào "
            "nhật ký và in trong bảng kê."
        )
        title, verb = "Đổi thời hạn lưu dữ liệu về người", "Đổi thời hạn"
        self.dialog = SecretDialog(self._workplace, self, title, told, verb)
        form = self.dialog.form
        box = form.add_choice("kind", "Loại hồ sơ", kinds)
        line = form.add_line("months", "Số tháng lưu")
        form.add_line("reason", "Lý do")
        box.currentTextChanged.connect(lambda name: line.setText(str(kinds[name].months)))
        line.setText(str(kinds[box.currentText()].months))
        erasing = self._workplace.office.erasing

        def act() -> Callable[[], str]:
            kind, typed = kinds[form.text("kind")].kind, form.text("months").strip()
            months = int(typed) if typed.isascii() and typed.isdecimal() else 0
            return lambda: erasing.set_months(kind, months, form.text("reason"))

        self.dialog.ask(act, self._decided)

    def ask_for_person(self) -> None:
        """Ask who wants to know what is kept about them, and show the paper for that person."""
        told = (
            "Chỉ khi chính người đó có phiếu yêu cầu. Kết quả là một văn bản để in và giao cho "
            "người yêu cầu, không lưu thành tệp. Số phiếu được ghi vào nhật ký, họ tên thì không."
        )
        title, verb = "Trả lời người yêu cầu xem dữ liệu của mình", "Tìm và lập văn bản"
        self.dialog = SecretDialog(self._workplace, self, title, told, verb)
        form = self.dialog.form
        form.add_line("name", "Họ và tên người yêu cầu")
        form.add_line("number", "Số CCCD hoặc số điện thoại", "Không bắt buộc; giúp phân biệt.")
        form.add_line("request", "Số và ngày phiếu yêu cầu")
        form.add_password("own_password", "Mật khẩu của lãnh đạo đang làm việc")
        made: list[bytes] = []

        def act() -> Callable[[], str]:
            name, number, request = (form.text(one) for one in ("name", "number", "request"))
            own = form.text("own_password")

            def work() -> str:
                requests = self._workplace.office.own_requests
                made.append(requests.answer(name, number, request, own, lambda: None).paper)
                return ""

            return work

        self.dialog.ask(act, lambda _told: self._show_answer(made[-1]))

    def chosen(self) -> list[DueRecord]:
        """Return the records that are ticked."""
        ticked = Qt.CheckState.Checked
        items = (self.due_list.item(at) for at in range(self.due_list.count()))
        return [
            one for one, item in zip(self.due, items, strict=False) if item.checkState() is ticked
        ]

    def _decide(self, decide: Callable[[], str]) -> None:
        self._workplace.jobs.write(
            lambda _control: decide(), self._decided, failed=self._failed, owner=self
        )

    def _decided(self, sentence: str) -> None:
        self._busy = False
        self._workplace.door.done(sentence)
        self.look()

    def _failed(self, error: BaseException) -> None:
        self._busy = False
        self._allow()
        self._workplace.door.meet(error)

    def _done(self, erased: Erased) -> None:
        self._busy = False
        told = [erased.sentence]
        told += [
            f"• Bản sao lưu {one.name} còn giữ, tự bỏ vào {show_date(one.until.isoformat())} "
            f"({one.place})"
            for one in erased.backups
        ]
        self.result.setText("\n".join(told))
        self._workplace.door.done(erased.sentence)
        self._workplace.changes.written.emit(tuple(self._workplace.office.lists.specs))
        self.look()

    def _show(self, read: Read) -> None:
        self._terms, self.due, looked, last, review = read
        rows = [
            (k.plural, show_integer(k.records), k.purpose, ", ".join(k.fields), k.term)
            for k in self._terms
        ]
        _fill(self.kinds, _HEADS, rows)
        seen = [(o.officer, show_integer(o.times), show_moment(o.last[:16])) for o in looked]
        _fill(self.looked, ("Cán bộ", "Số lần", "Lần cuối"), seen)
        count = len(self.due)
        self.due_told.setText(
            f"{show_integer(count)} hồ sơ đã quá thời hạn lưu dữ liệu về người. Chọn hồ sơ để xóa, "
            "hoặc giữ thêm có lý do."
            if count
            else "Không có hồ sơ nào quá thời hạn lưu dữ liệu về người."
        )
        told = f"Lần rà soát gần nhất: {show_date(last.day)}, {last.officer}." if last else ""
        wanted = "△ Chưa rà soát trong 12 tháng qua. " if review else ""
        self.review_told.setText(wanted + told)
        self._fill_due()
        self._allow()

    def _fill_due(self) -> None:
        specs = self._workplace.office.lists.specs
        self.due_list.blockSignals(True)
        self.due_list.clear()
        for one in self.due:
            still = f" — còn nhắc lại ở: {', '.join(one.repeated)}" if one.repeated else ""
            item = QListWidgetItem(f"{opening(specs[one.kind].label)} “{one.title}”{still}")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.due_list.addItem(item)
        self.due_list.blockSignals(False)
        rows = min(len(self.due), MOST_NAMED)
        self.due_list.setFixedHeight(rows * _ROW + UNIT)
        self.due_list.setVisible(bool(self.due))

    def _allow(self) -> None:
        why_not = self._workplace.office.standing.why_not(Operation.ERASE)
        some = bool(self.chosen()) and not self._busy
        for button, may_be in (
            (self.erase_button, some),
            (self.keep_button, some),
            (self.review_button, not self._busy),
            (self.months_button, bool(self._terms)),
        ):
            button.setEnabled(may_be and not why_not)
            button.setToolTip(why_not)

    def _section(self, column: QVBoxLayout, title: str, grid: QGridLayout) -> None:
        column.addSpacing(2 * UNIT)
        column.addWidget(words_label(title, "heading"))
        column.addLayout(grid)


def _due_list() -> QListWidget:
    made = QListWidget()
    made.setAccessibleName("Hồ sơ quá thời hạn lưu")
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.hide()
    return made


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * UNIT)
    grid.setVerticalSpacing(UNIT // 2)
    return grid


def _fill(grid: QGridLayout, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    while grid.count():
        item = grid.takeAt(0)
        old = item.widget() if item is not None else None
        if old is not None:
            old.deleteLater()
    for place, head in enumerate(heads):
        grid.addWidget(_cell(head, "label"), 0, place)
        grid.setColumnStretch(place, len(head) if place < 2 else 20)
    for at, row in enumerate(rows, start=1):
        for place, text in enumerate(row):
            grid.addWidget(_cell(text), at, place, Qt.AlignmentFlag.AlignTop)


def _cell(text: str, role: str = "") -> QLabel:
    label = words_label(text, role)
    label.setWordWrap(True)
    return label
