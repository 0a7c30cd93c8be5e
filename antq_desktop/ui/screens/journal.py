"""Nhật ký: everything that was done here, filtered, printed, verified on demand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.fields import FieldKind, FieldSpec
from antq_desktop.domain.rights import Operation
from antq_desktop.domain.shown import show_integer
from antq_desktop.services.journal import AT_ONCE, JournalFilter, JournalLine, sentence_of
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.administration_parts import words_label
from antq_desktop.ui.screens.editor_kit import make_kit
from antq_desktop.ui.theme import BASE_POINTS, UNIT
from antq_desktop.ui.widgets.inputs import LineInput
from antq_desktop.ui.widgets.make import make_field

if TYPE_CHECKING:
    from antq_desktop.ui.jobs import Control
    from antq_desktop.ui.workplace import Workplace

_HEADS: Final = ("Số", "Thời điểm", "Cán bộ", "Việc", "Nội dung")
_WIDTHS: Final = (7, 13, 18, 15)  # units of spacing; what is left goes to the last column
_WAIT_MS: Final = 250  # after the last letter, before the journal is read
_EVERYBODY, _EVERYTHING = "Mọi cán bộ", "Mọi việc"


class JournalPage(QWidget):
    """`show_paper` is handed the filter whose paper is wanted."""

    def __init__(self, workplace: Workplace, show_paper: Callable[[JournalFilter], None]) -> None:
        super().__init__()
        self._workplace = workplace
        self._show_paper = show_paper
        self.lines: list[JournalLine] = []
        self._wanted = JournalFilter()
        self._make_parts()
        self._lay_out()
        self.look()

    def wanted(self) -> JournalFilter:
        """Return the filter as it stands."""
        return JournalFilter(
            officer=str(self.officer.currentData() or ""),
            action=str(self.action.currentData() or ""),
            since=str(self.since.value() or ""),
            until=str(self.until.value() or ""),
            words=self.words.text(),
        )

    def look(self) -> None:
        """Read the first entries of the filter, and who is in the journal."""
        journal = self._workplace.office.journal
        self._wanted = self.wanted()
        if self._barred():
            return
        self._workplace.jobs.read(
            lambda _control: journal.officers(), self._offer, owner=self, lane="journal-officers"
        )
        self._read(None, self._show)

    def more(self) -> None:
        """Read on where the last page ended."""
        if self.lines:
            self._read(self.lines[-1].seq, self._append)

    def verify(self) -> None:
        """Read the whole chain."""
        journal = self._workplace.office.journal
        self.verify_button.setEnabled(False)
        self.told.setText("Đang đọc lại toàn bộ nhật ký…")

        def failed(error: BaseException) -> None:
            self.verify_button.setEnabled(True)
            self._workplace.door.meet(error)

        def done(sentence: str) -> None:
            self.verify_button.setEnabled(True)
            self.told.setText(sentence)

        self._workplace.jobs.write(
            lambda _control: sentence_of(journal.verify()),
            done,
            failed=failed,
            owner=self,
            title="Đang kiểm tra nhật ký",
        )

    # inside

    def _barred(self) -> bool:
        why_not = self._workplace.office.standing.why_not(Operation.READ_HISTORY)
        for part in (self.table, self._bar, self.more_button, self.print_button):
            part.setVisible(not why_not)
        if why_not:
            self.found.setText(why_not)
        return bool(why_not)

    def _read(self, before: int | None, then: Callable[[list[JournalLine]], None]) -> None:
        journal, wanted = self._workplace.office.journal, self._wanted

        def work(control: Control) -> list[JournalLine]:
            return journal.page(wanted, before=before, stop=lambda: control.stopped)

        self._workplace.jobs.read(work, then, owner=self, lane="journal")

    def _offer(self, names: Sequence[str]) -> None:
        held = [self.officer.itemData(at) for at in range(1, self.officer.count())]
        for name in names:
            if name not in held:
                self.officer.addItem(name, name)

    def _show(self, lines: list[JournalLine]) -> None:
        self.lines = []
        self.table.setRowCount(0)
        self._append(lines)
        self.table.scrollToTop()

    def _append(self, lines: list[JournalLine]) -> None:
        first = len(self.lines)
        self.lines += lines
        self.table.setRowCount(len(self.lines))
        for at, line in enumerate(lines, start=first):
            cells = (str(line.seq), line.at, line.officer, line.action, "\n".join(line.details))
            for place, text in enumerate(cells):
                self.table.setItem(at, place, QTableWidgetItem(text))
        ended = len(lines) < AT_ONCE
        self.more_button.setVisible(not ended)
        count = show_integer(len(self.lines))
        self.found.setText(f"{count} lần ghi" if ended else f"{count} lần ghi mới nhất, còn nữa")
        self.print_button.setEnabled(bool(self.lines))

    def _make_parts(self) -> None:
        theme, journal = self._workplace.theme, self._workplace.office.journal
        self.officer = _combo("Cán bộ", _EVERYBODY, {})
        self.action = _combo("Việc", _EVERYTHING, journal.actions())
        kit = make_kit(self._workplace, self)
        self.since = make_field(FieldSpec(name="since", label="Từ ngày", kind=FieldKind.DATE), kit)
        self.until = make_field(FieldSpec(name="until", label="Đến ngày", kind=FieldKind.DATE), kit)
        self.words = LineInput()
        self.words.setAccessibleName("Tìm trong nhật ký")
        self.words.setPlaceholderText("Tìm, không cần dấu")
        self.found = words_label("", "hint")
        self.told = words_label("", "hint")
        self.verify_button = make_button("Kiểm tra liền mạch", theme, icon="check")
        self.print_button = make_button("In…", theme, role="primary", icon="print")
        self.more_button = make_button("Xem thêm", theme, role="quiet")
        self.more_button.hide()
        self.table = _table()
        theme.changed.connect(self._fit)
        self._fit()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.look)
        self.words.textChanged.connect(lambda _text: self._timer.start())
        for box in (self.officer, self.action):
            box.currentIndexChanged.connect(lambda _at: self.look())
        for day in (self.since, self.until):
            day.settled.connect(lambda _name: self.look())
        self.verify_button.clicked.connect(self.verify)
        self.more_button.clicked.connect(self.more)
        self.print_button.clicked.connect(lambda: self._show_paper(self.wanted()))

    def _fit(self) -> None:
        grown = max(1.0, self._workplace.theme.points / BASE_POINTS)
        for place, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(place, round(width * UNIT * grown))

    def _lay_out(self) -> None:
        self._bar = QWidget()
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(UNIT)
        for label, part, share in (
            ("Cán bộ", self.officer, 2),
            ("Việc", self.action, 2),
            ("", self.since, 2),
            ("", self.until, 2),
            ("Có chữ", self.words, 2),
        ):
            bar.addWidget(
                _labelled(label, part) if label else part, share, Qt.AlignmentFlag.AlignTop
            )
        foot = QHBoxLayout()
        foot.addWidget(self.found)
        foot.addWidget(self.more_button)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.verify_button)
        foot.addWidget(self.print_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2 * UNIT, 0, UNIT)
        column.setSpacing(UNIT)
        column.addWidget(self._bar)
        column.addWidget(self.table, 1)
        column.addLayout(foot)


def _combo(name: str, first: str, options: Mapping[str, str]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.addItem(first, "")
    for key, text in options.items():
        box.addItem(text, key)
    return box


def _labelled(label: str, part: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(UNIT // 2)
    column.addWidget(words_label(label, "label"))
    column.addWidget(part)
    return holder


def _table() -> QTableWidget:
    table = QTableWidget(0, len(_HEADS))
    table.setHorizontalHeaderLabels(list(_HEADS))
    table.setAccessibleName("Nhật ký")
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.setShowGrid(False)
    table.setWordWrap(True)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setTabKeyNavigation(False)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(len(_HEADS) - 1, QHeaderView.ResizeMode.Stretch)
    return table
