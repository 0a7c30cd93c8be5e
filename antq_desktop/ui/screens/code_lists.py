"""Danh mục: the code lists, and what this unit adds, renames, hides, retires or maps in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from antq_desktop.domain.overlays import CODE_VALUE
from antq_desktop.domain.shown import show_date
from antq_desktop.domain.text import fold
from antq_desktop.domain.typed import parse_date
from antq_desktop.ui.ask import Answer, Choice, Question
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.screens.editor_kit import civil_now
from antq_desktop.ui.screens.handover_parts import FoldingSplitter, LocalTable, words
from antq_desktop.ui.sources import Badge, TableRow
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.inputs import LineInput

if TYPE_CHECKING:
    from antq_desktop.services.code_lines import ListLine, ValueLine
    from antq_desktop.services.code_lists import CodeLists
    from antq_desktop.services.records import Saved
    from antq_desktop.ui.workplace import Workplace

_LISTS: Final = (
    Column("title", "Danh mục", 30, sortable=False),
    Column("offered", "Đang dùng", 5, numeric=True, sortable=False),
    Column("state", "Của đơn vị", 11, sortable=False),
)
_VALUES: Final = (
    Column("label", "Giá trị", 32, sortable=False),
    Column("state", "Tình trạng", 14, sortable=False),
    Column("source", "Nguồn", 9, sortable=False),
    Column("counts", "Tính như", 11, sortable=False),
)


class CodeListsPage(QWidget):
    """Lists at the left, the values of the chosen one at the right."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._lists: dict[str, ListLine] = {}
        self._values: dict[str, ValueLine] = {}
        self._wanted = ""
        self._list_at_work = ""
        self._stale = True
        self.words = LineInput()
        self.words.setPlaceholderText("Tìm danh mục")
        self.words.setAccessibleName("Tìm danh mục")
        self.words.textChanged.connect(lambda _text: self._show_lists())
        self.lists = LocalTable(_LISTS, workplace, "Danh mục")
        self.lists.current_changed.connect(lambda _name: self._look_at_values())
        self.values = LocalTable(_VALUES, workplace, "Giá trị của danh mục")
        self.values.current_changed.connect(lambda _id: self._enable())
        self.values.opened.connect(lambda _id: self.rename())
        self.told = words("", "label")
        self.menu = QMenu(self)
        self._make_buttons()
        self._lay_out()
        workplace.changes.written.connect(self._on_written)
        self._enable()

    def reload(self) -> None:
        """Read the lists again when something was written since."""
        if not self._stale:
            return
        self._stale = False
        codes = self._codes
        self._workplace.jobs.read(
            lambda _control: codes.lists(), self._took_lists, owner=self, lane="lists"
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Read the lists when the page comes to the front."""
        super().showEvent(event)
        self.reload()

    def go_to(self, name: str) -> None:
        """Bring a list to the front."""
        self.lists.go_to(name)
        self._look_at_values()

    # what the officer does

    def add(self) -> None:
        """Ask for the name of a new value and add it."""
        name = self._list
        self._ask(
            "Thêm giá trị vào danh mục",
            "Giá trị mới chỉ dùng trong đơn vị và gửi lên cùng gói dữ liệu. Số liệu chỉ tính khi "
            "chọn “Tính như” một giá trị có sẵn.",
            "Tên giá trị",
            "Thêm giá trị",
            lambda text: self._codes.add(name, text),
        )

    def rename(self) -> None:
        """Ask for another name and give it to the value."""
        name, value = self._list, self._value
        if value is None or not self.rename_button.isEnabled():
            return
        self._ask(
            f"Đổi tên “{value.label}”",
            "Hồ sơ đã nhập cũng hiện tên mới. "
            + (f"Tên có sẵn của chương trình: “{value.shipped}”." if value.shipped else ""),
            "Tên giá trị",
            "Đổi tên",
            lambda text: self._codes.rename(name, value.id, text),
            given=value.label,
        )

    def hide_or_show(self) -> None:
        """Offer the value no more, or again."""
        name, value = self._list, self._value
        if value is not None:
            self._write(lambda: self._codes.hide(name, value.id, hidden=not value.hidden))

    def retire_or_revive(self) -> None:
        """Ask from which day on the value is no longer used, or use it again."""
        name, value = self._list, self._value
        if value is None:
            return
        if value.retired:
            self._write(lambda: self._codes.retire(name, value.id, ""))
            return
        now = civil_now(self._workplace.office)

        def retire(text: str) -> Saved:
            day = parse_date(text, now.date(), "Ngày thôi dùng", partial=False)
            return self._codes.retire(name, value.id, day)

        self._ask(
            f"Thôi dùng “{value.label}”",
            "Hồ sơ đã có vẫn giữ giá trị này. Từ ngày thôi dùng, giá trị không còn để chọn.",
            "Thôi dùng từ ngày",
            "Thôi dùng",
            retire,
            given=show_date(now.date().isoformat()),
        )

    def move_value(self, by: int) -> None:
        """Move the value up or down."""
        name, value = self._list, self._value
        if value is not None and self.up_button.isEnabled():
            self._write(lambda: self._codes.move(name, value.id, by))

    def ask_counted(self) -> None:
        """Show the shipped values that the value may count as."""
        name, value = self._list, self._value
        if value is None:
            return
        self.menu.clear()
        shipped = [one for one in self._values.values() if not one.own and not one.foreign]
        for one in shipped:
            self._offer_counted(name, value, one.id, one.shipped or one.label)
        if value.counts_as:
            self.menu.addSeparator()
            self._offer_counted(name, value, "", "Thôi tính như giá trị khác")
        self.menu.popup(self.counted_button.mapToGlobal(QPoint(0, self.counted_button.height())))

    def _offer_counted(self, name: str, value: ValueLine, shipped: str, label: str) -> None:
        action = self.menu.addAction(label.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(bool(shipped) and value.counts_as == shipped)
        action.triggered.connect(
            lambda: self._write(lambda: self._codes.count_as(name, value.id, shipped))
        )

    # inside

    @property
    def _codes(self) -> CodeLists:
        return self._workplace.office.code_lists

    @property
    def _list(self) -> str:
        return self.lists.current_id()

    @property
    def _value(self) -> ValueLine | None:
        return self._values.get(self.values.current_id())

    def _ask(
        self,
        title: str,
        consequence: str,
        label: str,
        verb: str,
        do: Callable[[str], Saved],
        *,
        given: str = "",
    ) -> None:
        def decide(answer: Answer) -> None:
            if answer.key == "do":
                self._write(lambda: do(answer.reason))

        question = Question(
            title=title,
            consequence=consequence.strip(),
            choices=(Choice("stay", "Giữ nguyên"), Choice("do", verb, "primary")),
            safe="stay",
            reason_label=label,
            icon="edit",
            given=given,
            one_line=True,
        )
        self._workplace.asker.ask(question, decide)

    def _write(self, do: Callable[[], Saved]) -> None:
        kinds = (CODE_VALUE, *self._kinds_of(self._list))
        known = set(self._values)

        def arrive(saved: Saved) -> None:
            self._workplace.told(saved, kinds)

        def work(_control: object) -> Saved:
            saved = do()
            made = {one.id for one in self._codes.values(self._list_at_work)} - known
            self._wanted = made.pop() if len(made) == 1 else self._wanted
            return saved

        self._list_at_work = self._list
        self._wanted = self.values.current_id()
        self._workplace.jobs.write(work, arrive, owner=self)

    def _kinds_of(self, name: str) -> tuple[str, ...]:
        """Return the kinds that show values of a list."""
        specs = self._workplace.office.lists.specs.values()
        return tuple(
            spec.kind
            for spec in specs
            if any(field.codes == name for field in spec.fields)
            or any(name in {f.codes, ln.ids_from} for ln in spec.lines for f in ln.fields)
        )

    def _on_written(self, kinds: tuple[str, ...]) -> None:
        if CODE_VALUE in kinds:
            self._stale = True
            if self.isVisible():
                self.reload()

    def _took_lists(self, lists: list[ListLine]) -> None:
        self._lists = {line.name: line for line in lists}
        self._show_lists()
        self._look_at_values()

    def _show_lists(self) -> None:
        wanted = fold(self.words.text()).split()
        shown = [
            line
            for line in self._lists.values()
            if all(word in fold(f"{line.title} {line.name}") for word in wanted)
        ]
        self.lists.show_rows([_list_row(line) for line in shown])
        if shown and self._list not in {line.name for line in shown}:
            self.go_to(shown[0].name)

    def _look_at_values(self) -> None:
        name, codes = self._list, self._codes
        if not name:
            self._took_values([])
            return
        self._workplace.jobs.read(
            lambda _control: codes.values(name), self._took_values, owner=self, lane="values"
        )

    def _took_values(self, values: list[ValueLine]) -> None:
        self._values = {line.id: line for line in values}
        self.values.show_rows([_value_row(line) for line in values])
        if self._wanted in self._values:
            self.values.go_to(self._wanted)
        elif values and self.values.current_id() not in self._values:
            self.values.go_to(values[0].id)
        line = self._lists.get(self._list)
        self.told.setText(line.locked if line else "")
        self.told.setVisible(bool(line and line.locked))
        self._enable()

    def _enable(self) -> None:
        line, value = self._lists.get(self._list), self._value
        free = line is not None and not line.locked
        ours = free and value is not None and not value.foreign
        self.add_button.setEnabled(free and line is not None and not line.checklist)
        self.rename_button.setEnabled(ours)
        off = free and value is not None and line is not None and not line.checklist
        self.hide_button.setEnabled(off)
        self.retire_button.setEnabled(off and ours)
        for button in (self.up_button, self.down_button):
            button.setEnabled(ours)
        self.counted_button.setEnabled(bool(free and value and (value.own or value.foreign)))
        hidden, retired = bool(value and value.hidden), bool(value and value.retired)
        self.hide_button.setText("Đưa ra chọn" if hidden else "Không đưa ra chọn")
        self.retire_button.setText("Dùng lại" if retired else "Thôi dùng…")

    def _make_buttons(self) -> None:
        theme = self._workplace.theme
        self.add_button = make_button(
            "Thêm giá trị…", theme, role="primary", icon="add", tip="Thêm giá trị (Ctrl+N)"
        )
        self.rename_button = make_button("Đổi tên…", theme, icon="edit", tip="Đổi tên (F2)")
        self.hide_button = make_button("Không đưa ra chọn", theme)
        self.retire_button = make_button("Thôi dùng…", theme)
        self.up_button = make_button("Lên", theme, icon="chevron-up", tip="Chuyển lên (Alt+↑)")
        self.down_button = make_button(
            "Xuống", theme, icon="chevron-down", tip="Chuyển xuống (Alt+↓)"
        )
        self.counted_button = make_button(
            "Tính như…", theme, tip="Chọn giá trị có sẵn mà số liệu tính vào"
        )
        self.add_button.clicked.connect(self.add)
        self.rename_button.clicked.connect(self.rename)
        self.hide_button.clicked.connect(self.hide_or_show)
        self.retire_button.clicked.connect(self.retire_or_revive)
        self.up_button.clicked.connect(lambda: self.move_value(-1))
        self.down_button.clicked.connect(lambda: self.move_value(1))
        self.counted_button.clicked.connect(self.ask_counted)
        for keys, act in (
            ("Ctrl+N", self.add_button.click),
            ("F2", self.rename_button.click),
            ("Alt+Up", self.up_button.click),
            ("Alt+Down", self.down_button.click),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _lay_out(self) -> None:
        left, right = QWidget(), QWidget()
        lists = QVBoxLayout(left)
        lists.setContentsMargins(0, 0, 0, 0)
        lists.setSpacing(UNIT)
        lists.addWidget(self.words)
        lists.addWidget(self.lists, 1)
        values = QVBoxLayout(right)
        values.setContentsMargins(0, 0, 0, 0)
        values.setSpacing(UNIT)
        for row in (
            (self.add_button, self.rename_button, self.counted_button),
            (self.hide_button, self.retire_button, self.up_button, self.down_button),
        ):
            buttons = QHBoxLayout()
            buttons.setSpacing(UNIT)
            for button in row:
                buttons.addWidget(button)
            buttons.addStretch(1)
            values.addLayout(buttons)
        values.addWidget(self.told)
        values.addWidget(self.values, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 2 * UNIT, 0, 0)
        page.addWidget(FoldingSplitter(left, right, (2, 3)))


def _list_row(line: ListLine) -> TableRow:
    state: Badge | str = ""
    if line.locked:
        state = Badge("cố định", "plain")
    elif line.unmapped:
        state = Badge(f"{line.unmapped} chưa tính", "watch")
    elif line.own or line.foreign or line.off:
        told = [f"{line.own} riêng" if line.own else "", f"{line.off} thôi" if line.off else ""]
        state = ", ".join(one for one in told if one)
    return TableRow(line.name, (line.title, str(line.offered), state))


def _value_row(line: ValueLine) -> TableRow:
    state: Badge | str = ""
    if line.retired:
        state = Badge(f"thôi từ {show_date(line.retired)}", "plain")
    elif line.foreign and not line.counts_as:
        state = Badge("chưa tính", "watch")
    elif line.hidden:
        state = Badge("không đưa ra", "plain")
    label = f"{line.label} (có sẵn: {line.shipped})" if line.shipped else line.label
    return TableRow(line.id, (label, state, line.source, line.counts_label))
