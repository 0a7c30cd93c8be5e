"""*Thay đổi đơn vị*: decisions that merge, split or rename units, and what each of them says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from antq_desktop.domain.records.unit_changes import KIND
from antq_desktop.domain.shown import show_date, show_integer
from antq_desktop.services.help import help_page
from antq_desktop.ui.ask import Answer, Choice, Question
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.screens.handover_parts import LocalTable, words
from antq_desktop.ui.sources import Badge, TableRow
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.records import Saved
    from antq_desktop.services.unit_changes import Decision, Draft, KnownUnit
    from antq_desktop.ui.screens.unit_changes_dialog import ChangeDialog
    from antq_desktop.ui.workplace import Workplace

KEY: Final = "unit_changes"
TITLE: Final = "Thay đổi đơn vị"
WRITTEN: Final = (KIND, "unit")
_DECISIONS: Final = (
    Column("effective_on", "Có hiệu lực", 11, sortable=False),
    Column("number", "Số quyết định", 24, sortable=False),
    Column("title", "Trích yếu", 40, sortable=False),
    Column("steps", "Số dòng", 8, numeric=True, sortable=False),
    Column("state", "Tình trạng", 18, sortable=False),
)
_STEPS: Final = (
    Column("old", "Đơn vị trước", 40, sortable=False),
    Column("new", "Đơn vị sau", 40, sortable=False),
    Column("part", "Phần nhập", 14, sortable=False),
)


class UnitChangesScreen:
    """Holds the page; built when it is first asked for."""

    title = TITLE

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._stack: QStackedWidget | None = None
        self._page: UnitChangesPage | None = None
        self.help_page = help_page("forces")

    @property
    def list(self) -> UnitChangesPage:
        """The page itself."""
        if self._page is None:
            self._page = UnitChangesPage(self._workplace)
        return self._page

    @property
    def at_list(self) -> bool:
        """Whether the page is in front; nothing opens over it."""
        return True

    def widget(self) -> QStackedWidget:
        """Return what holds the page."""
        if self._stack is None:
            self._stack = QStackedWidget()
            self._stack.addWidget(self.list)
        return self._stack

    def activate(self) -> None:
        """Read the decisions again."""
        self.list.reload()

    def may_leave(self, go: Callable[[], None]) -> None:
        """Leave at once: what is typed stands in a dialog."""
        go()

    def search(self, words: str) -> bool:  # noqa: ARG002 - decisions are few and stand in order
        """Leave the words to the search over everything."""
        return False


class UnitChangesPage(QWidget):
    """The decisions above, the lines of the one in view below."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._held: dict[str, Decision] = {}
        self.dialog: ChangeDialog | None = None
        theme = workplace.theme
        self.enter_button = make_button(
            "Nhập quyết định…", theme, role="primary", icon="add", tip="Nhập quyết định (Ctrl+N)"
        )
        self.table_button = make_button(
            "Nạp bảng năm 2025…", theme, icon="download",
            tip="Bảng sắp xếp đơn vị từ ngày 01/7/2025, ghi thành một quyết định",
        )  # fmt: skip
        self.void_button = make_button("Hủy quyết định…", theme, icon="void")
        self.decisions = LocalTable(_DECISIONS, workplace, "Quyết định thay đổi đơn vị")
        self.decisions.set_empty(
            "Chưa có quyết định nhập, chia hay đổi tên đơn vị. Hồ sơ cũ vẫn giữ nguyên đơn vị đã "
            "lập khi có quyết định.",
            "",
            None,
        )
        self.decisions.current_changed.connect(lambda _id: self._look())
        self.steps = LocalTable(_STEPS, workplace, "Các đơn vị thay đổi")
        self.told = words("", "hint")
        self._lay_out()
        self.enter_button.clicked.connect(self.enter)
        self.table_button.clicked.connect(self.load_table)
        self.void_button.clicked.connect(self.ask_void)
        shortcut = QShortcut(QKeySequence("Ctrl+N"), self)
        shortcut.activated.connect(self.enter)
        workplace.changes.written.connect(self._on_written)
        self._look()

    def head_with(self, chooser: QWidget | None) -> None:
        """Let something to choose from stand in place of the heading; None brings it back."""
        self.heading.setVisible(chooser is None)
        if chooser is not None:
            self._head.insertWidget(0, chooser)
            chooser.show()

    def reload(self) -> None:
        """Read the decisions again."""
        changes = self._workplace.office.unit_changes
        self._workplace.jobs.read(
            lambda _control: changes.decisions(), self._show, owner=self, lane="unit_changes"
        )

    def enter(self) -> None:
        """Show the dialog that enters a decision."""
        changes = self._workplace.office.unit_changes
        self._workplace.jobs.read(
            lambda _control: changes.units(), lambda units: self._open(units, None), owner=self
        )

    def load_table(self) -> None:
        """Show the shipped table as a decision, to be looked over and written."""
        changes = self._workplace.office.unit_changes
        self._workplace.jobs.read(
            lambda _control: (changes.units(), changes.table_of_2025()),
            lambda found: self._open(*found),
            owner=self,
            title="Đọc bảng năm 2025",
        )

    def ask_void(self) -> None:
        """Ask why, and take the decision in view back."""
        held = self._held.get(self.decisions.current_id())
        if held is None or not self.void_button.isEnabled():
            return
        changes = self._workplace.office.unit_changes

        def decide(answer: Answer) -> None:
            if answer.key == "void":
                self._workplace.jobs.write(
                    lambda _control: changes.void(held.id, answer.reason), self._told, owner=self
                )

        question = Question(
            title=f"Hủy quyết định “{held.title}”",
            consequence="Số liệu trở lại như trước quyết định này, không hồ sơ nào bị sửa. Quyết "
            "định đã hủy vẫn còn trong danh sách và nhật ký.",
            choices=(Choice("stay", "Giữ nguyên"), Choice("void", "Hủy quyết định", "danger")),
            safe="stay",
            reason_label="Lý do hủy",
        )
        self._workplace.asker.ask(question, decide)

    # inside

    def _open(self, units: list[KnownUnit], draft: Draft | None) -> None:
        from antq_desktop.ui.screens.unit_changes_dialog import ChangeDialog

        self.dialog = ChangeDialog(self._workplace, self, units, draft, self._told)
        self.dialog.open()

    def _told(self, saved: Saved) -> None:
        self._workplace.told(saved, WRITTEN)

    def _on_written(self, kinds: tuple[str, ...]) -> None:
        if KIND in kinds and self.isVisible():
            self.reload()

    def _show(self, found: list[Decision]) -> None:
        self._held = {one.id: one for one in found}
        today = f"{self._workplace.office.clock.now():%Y-%m-%d}"
        self.decisions.show_rows([_row(one, today) for one in found])
        if found and self.decisions.current_id() not in self._held:
            self.decisions.go_to(found[0].id)
        self._look()

    def _look(self) -> None:
        held = self._held.get(self.decisions.current_id())
        self.void_button.setEnabled(held is not None and held.own and not held.void)
        self.steps.setVisible(held is not None)
        self.told.setText(_said(held) if held else "")
        rows = [
            TableRow(str(at), (one.old_name, one.new_name, "một phần" if one.part else "toàn bộ"))
            for at, one in enumerate(held.steps if held else ())
        ]
        self.steps.show_rows(rows)

    def _lay_out(self) -> None:
        head = self._head = QHBoxLayout()
        head.setSpacing(UNIT)
        self.heading = words(TITLE, "title", wrap=False)
        head.addWidget(self.heading)
        head.addStretch(1)
        for button in (self.void_button, self.table_button, self.enter_button):
            head.addWidget(button)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, UNIT, 0, 0)
        column.setSpacing(UNIT)
        column.addWidget(self.told)
        column.addWidget(self.steps, 1)
        both = QSplitter(Qt.Orientation.Vertical)

        both.setChildrenCollapsible(False)
        both.addWidget(self.decisions)
        both.addWidget(below)
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        page.setSpacing(UNIT + 4)
        page.addLayout(head)
        page.addWidget(both, 1)


def _row(one: Decision, today: str) -> TableRow:
    if one.void:
        state = Badge("đã hủy", "plain")
    elif one.effective_on > today:
        state = Badge("chưa đến ngày", "info")
    else:
        state = Badge("đang có hiệu lực", "calm")
    day = show_date(one.effective_on)
    return TableRow(one.id, (day, one.number, one.title, show_integer(len(one.steps)), state))


def _said(one: Decision) -> str:
    told = [f"{one.issuer}." if one.issuer else "", f"Nơi ghi: {one.owner}."]
    if one.source:
        told.append(f"{one.source}.")
    if one.void:
        told.append(f"Đã hủy: {one.void}.")
    return " ".join(part for part in told if part)
