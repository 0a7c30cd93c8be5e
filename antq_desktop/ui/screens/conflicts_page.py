"""Hai người cùng sửa: every conflict side by side; the unit chooses, the unit above asks it to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.errors import UserError
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.screens.handover_parts import (
    Card,
    FoldingSplitter,
    LocalTable,
    words,
)
from antq_desktop.ui.screens.home import Lead
from antq_desktop.ui.sources import Badge, TableRow
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.conflicts import Conflict, Side
    from antq_desktop.services.records import Saved
    from antq_desktop.ui.workplace import Workplace

TITLE: Final = "Hai người cùng sửa"
_MOST_SIDES: Final = 4


class ConflictsPage(QWidget):
    """The list on the left, the values of the one in view beside each other on the right."""

    def __init__(self, workplace: Workplace, lead: Callable[[Lead], None]) -> None:
        super().__init__()
        self._workplace = workplace
        self._lead = lead
        self._found: dict[str, Conflict] = {}
        theme = workplace.theme
        self.summary = words("", "label")
        self.table = LocalTable(
            (
                Column("name", "Hồ sơ", 34, sortable=False),
                Column("label", "Mục", 20, sortable=False),
                Column("owner", "Đơn vị", 18, sortable=False),
                Column("state", "Việc cần làm", 16, sortable=False),
            ),
            workplace,
            TITLE,
        )
        self.table.set_empty("Không có mục nào do hai người ghi khác nhau.", "", None)
        self.table.current_changed.connect(self._show_current)
        self.sides = [SideCard(workplace, at, self.choose) for at in range(_MOST_SIDES)]
        self.heading = words("", "heading")
        self.hint = words("", "hint")
        self.both = make_button("Giữ cả hai ghi chú", theme, icon="add")
        self.both.clicked.connect(self.keep_both)
        self.ask_button = make_button("Đề nghị đơn vị chọn", theme, role="primary", icon="next")
        self.ask_button.clicked.connect(self.ask)
        self.open_button = make_button("Mở hồ sơ", theme, icon="edit")
        self.open_button.clicked.connect(self.open)
        self._lay_out()
        workplace.changes.written.connect(self._on_written)
        self._show_current("")

    def reload(self) -> None:
        """Read the conflicts again."""
        office = self._workplace.office
        self._workplace.jobs.read(
            lambda _control: office.oversight.conflicts.every(),
            self._show,
            owner=self,
            lane="conflicts",
        )

    def choose(self, side: int) -> None:
        """Let one value stand."""
        found, office = self._current(), self._workplace.office
        if found is not None:
            self._write(found, lambda: office.oversight.conflicts.settle(found, side))

    def keep_both(self) -> None:
        """Keep both notes."""
        found, office = self._current(), self._workplace.office
        if found is not None:
            self._write(found, lambda: office.oversight.conflicts.keep_both(found))

    def ask(self) -> None:
        """Ask the unit that keeps the record."""
        found, office = self._current(), self._workplace.office
        if found is not None:
            self._write(found, lambda: office.oversight.conflicts.ask(found))

    def open(self) -> None:
        """Open the record at the field."""
        found = self._current()
        if found is not None:
            self._lead(Lead(found.kind, found.record, place=found.path))

    def _write(self, found: Conflict, act: Callable[[], Saved]) -> None:
        def failed(error: BaseException) -> None:
            self._workplace.door.meet(error)
            if isinstance(error, UserError):
                self.reload()

        self._workplace.jobs.write(
            lambda _control: act(),
            lambda saved: self._workplace.told(saved, (found.kind, "request")),
            failed=failed,
            owner=self,
        )

    def _current(self) -> Conflict | None:
        return self._found.get(self.table.current_id())

    def _on_written(self, _kinds: tuple[str, ...]) -> None:
        if self.isVisible():
            self.reload()

    def _show(self, found: list[Conflict]) -> None:
        self._found = {one.id: one for one in found}
        self.table.show_rows([_row(one) for one in found])
        records = len({one.record for one in found})
        self.summary.setText(f"{len(found)} mục của {records} hồ sơ")
        self.summary.setVisible(bool(found))
        if found and self._current() is None:
            self.table.go_to(found[0].id)
        self._show_current(self.table.current_id())

    def _show_current(self, one: str) -> None:
        found = self._found.get(one)
        self.heading.setText(f"{found.name}\n{found.label}" if found else "")
        self.hint.setText(_hint(found))
        for at, card in enumerate(self.sides):
            side = found.sides[at] if found and at < len(found.sides) else None
            card.show_side(side, first=at == 0, own=found is not None and found.own)
        self.both.setVisible(found is not None and found.own and found.both)
        self.ask_button.setVisible(found is not None and not found.own)
        self.ask_button.setEnabled(found is not None and not found.asked)
        self.open_button.setVisible(found is not None)

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addWidget(self.heading)
        column.addWidget(self.hint)
        for pair in (self.sides[:2], self.sides[2:]):
            row = QHBoxLayout()
            row.setSpacing(UNIT)
            for card in pair:
                row.addWidget(card, 1)
            column.addLayout(row)
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        for button in (self.ask_button, self.both, self.open_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 2 * UNIT, 0, 0)
        page.setSpacing(UNIT)
        page.addWidget(self.summary)
        page.addWidget(FoldingSplitter(self.table, right, (1, 1)), 1)


class SideCard(Card):
    """One value, who wrote it and when, and the button that lets it stand."""

    def __init__(self, workplace: Workplace, at: int, choose: Callable[[int], None]) -> None:
        super().__init__("")
        self.value = words()
        self.who = words("", "hint")
        self.button = make_button("Chọn giá trị này", workplace.theme, icon="check")
        self.button.clicked.connect(lambda: choose(at))
        for part in (self.value, self.who, self.button):
            self.column.addWidget(part)

    def show_side(self, side: Side | None, *, first: bool, own: bool) -> None:
        """Show a value; None hides the card."""
        self.setVisible(side is not None)
        if side is None:
            return
        self.heading.setText("Đang dùng" if first else "Giá trị khác")
        self.value.setText(side.text)
        self.who.setText(f"{side.officer}, {side.at}")
        self.button.setVisible(own)
        self.button.setAccessibleName(f"Chọn {side.text}")


def _hint(found: Conflict | None) -> str:
    if found is None:
        return ""
    if found.own:
        return "Giá trị đang dùng vẫn được tính đến khi chọn. Lựa chọn đi cùng gói dữ liệu lần sau."
    if found.asked:
        return "Đã đề nghị đơn vị chọn; chờ gói sau của đơn vị."
    return "Chỉ đơn vị lập hồ sơ chọn được. Đề nghị đi cùng gói trả về lần sau."


def _row(found: Conflict) -> TableRow:
    state = Badge("chọn", "watch") if found.own else Badge("đề nghị", "info")
    if found.asked:
        state = Badge("đã đề nghị", "plain")
    return TableRow(found.id, (found.name, found.label, found.owner, state))
