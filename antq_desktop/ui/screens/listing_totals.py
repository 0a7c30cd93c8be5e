"""The line under a list: what its numbers come to, and how many records have each state."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from antq_desktop.domain.checking import lowered
from antq_desktop.domain.fields import FieldKind, FieldSpec, RecordSpec
from antq_desktop.domain.listing import Sum
from antq_desktop.domain.shown import show_integer, show_money_full
from antq_desktop.ui.elided import ElidedLabel
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.lists import Totals
    from antq_desktop.ui.workplace import Workplace

_BETWEEN = " &nbsp;·&nbsp; "


class TotalsBar(QWidget):
    """Sums over the whole list, whatever of it was scrolled into view.

    `state_asked` carries the state whose records are wanted; empty for all.
    """

    state_asked = Signal(str)

    def __init__(self, workplace: Workplace, spec: RecordSpec) -> None:
        super().__init__()
        self._workplace = workplace
        self._spec = spec
        self._totals: Totals | None = None
        self._state = ""
        self._compact = False
        self.brief = ElidedLabel(role="hint")
        self.sums = self._line("Tổng của danh sách")
        self.states = self._line("Số hồ sơ theo tình trạng")
        self.states.linkActivated.connect(self._on_link)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT, UNIT // 2, UNIT, 0)
        column.setSpacing(UNIT // 4)
        column.addWidget(self.brief)
        column.addWidget(self.sums)
        column.addWidget(self.states)
        workplace.theme.changed.connect(self._write)
        self.hide()

    def show_totals(self, totals: Totals | None, state: str = "") -> None:
        """Show these totals; `state` is the one that the list is narrowed to."""
        self._totals = totals
        self._state = state
        self._write()

    def set_compact(self, *, compact: bool) -> None:
        """Take one line alone, where the list itself has room for few."""
        self._compact = compact
        self._write()

    def _line(self, name: str) -> QLabel:
        line = QLabel()
        line.setProperty("role", "hint")
        line.setTextFormat(Qt.TextFormat.RichText)
        line.setWordWrap(True)
        line.setAccessibleName(name)
        return line

    def _write(self) -> None:
        totals = self._totals
        sums = totals.sums if totals is not None else {}
        said = {name: one for name, one in sums.items() if one.said}
        self.sums.setText(self._sums(said))
        self.sums.setToolTip("\n".join(self._told(name, one) for name, one in said.items()))
        self.sums.setVisible(bool(said) and not self._compact)
        self.brief.set_full_text(self._plain(said))
        self.brief.setVisible(bool(said) and self._compact)
        states = dict(totals.states) if totals is not None else {}
        self.states.setText(self._state_line(states))
        states_shown = len(states) > 1 and not self._compact
        self.states.setVisible(states_shown)
        self.setVisible(bool(said) or states_shown)

    def _plain(self, sums: dict[str, Sum]) -> str:
        told = []
        for name, one in sums.items():
            field = self._spec.field(name)
            told.append(f"{lowered(field.label)} {_number(field, one.number)}")
        return f"Tổng: {' · '.join(told)}"

    def _sums(self, sums: dict[str, Sum]) -> str:
        told = []
        for name, one in sums.items():
            field = self._spec.field(name)
            number = f"<b>{escape(_number(field, one.number))}</b>"
            told.append(f"{escape(lowered(field.label))} {number}")
        return f"Tổng: {_BETWEEN.join(told)}" if told else ""

    def _told(self, name: str, one: Sum) -> str:
        label = self._spec.field(name).label
        return f"{label}: cộng từ {show_integer(one.said)} hồ sơ có ghi."

    def _state_line(self, states: dict[str, int]) -> str:
        if not self._spec.state_by or not states:
            return ""
        field = self._spec.field(self._spec.state_by)
        style = f"color:{self._workplace.theme.colour('blue').name()};text-decoration:none"
        told = []
        for value in self._workplace.office.codes[field.codes].values:
            if value.id in states:
                words = f"{escape(value.label)} {show_integer(states[value.id])}"
                if value.id == self._state:
                    told.append(f"<b>{words}</b>")
                else:
                    link = f'<a href="{escape(value.id)}" style="{style}">{words}</a>'
                    told.append(link)
        if self._state:
            told.append(f'<a href="-" style="{style}">tất cả</a>')
        return f"{escape(field.label)}: {_BETWEEN.join(told)}"

    def _on_link(self, link: str) -> None:
        self.state_asked.emit("" if link == "-" else link)


def _number(field: FieldSpec, number: int) -> str:
    shown = show_money_full(number) if field.kind is FieldKind.MONEY else show_integer(number)
    unit = field.unit
    return f"{shown} {unit}" if unit and unit not in shown else shown
