"""The row of filters above a list: words, period, unit, state, what is missing, what is void."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from antq_desktop.domain.checking import lowered
from antq_desktop.ui.buttons import make_button, make_tool
from antq_desktop.ui.screens.editor_kit import code_options, make_kit
from antq_desktop.ui.screens.periods_offered import period_option, period_options
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.chosen_fields import ChoiceButton, matching
from antq_desktop.ui.widgets.field import Option
from antq_desktop.ui.widgets.inputs import LineInput
from antq_desktop.ui.widgets.picker import Deliver, Picker

if TYPE_CHECKING:
    from antq_desktop.domain.fields import RecordSpec, Value
    from antq_desktop.domain.listing import Listing
    from antq_desktop.services.office import Office
    from antq_desktop.ui.workplace import Workplace

ALL: Final = ""
_SIGN_LETTERS: Final = 34


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a list is narrowed to from outside; one sign of the row stands for it.

    Attributes:
        told: What the sign says.
        choices: Fields that are choices, each with the value it must have.
        among: Ids of the only records that are wanted; None for all.
    """

    told: str
    choices: tuple[tuple[str, str], ...] = ()
    among: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to.

    Attributes:
        words: As typed.
        period: Name of a period; empty for all time.
        unit: Id of a unit; empty for all.
        state: Value of the state field; empty for all.
        missing: Only what a report still finds incomplete.
        voided: Voided records too.
        narrowed: What came from outside, such as the records behind a figure.
    """

    words: str = ""
    period: str = ""
    unit: str = ""
    state: str = ""
    missing: bool = False
    voided: bool = False
    narrowed: Narrowed | None = None

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        chosen = self.period or self.unit or self.state or self.missing or self.narrowed
        return bool(self.words.strip() or chosen)


def listing_of(office: Office, kind: str, wanted: Filter) -> Listing:
    """Return what is asked of the store."""
    period = office.periods.named(wanted.period) if wanted.period else None
    listing = office.lists.listing(
        kind,
        wanted.words,
        voided=wanted.voided,
        unit=wanted.unit,
        states=(wanted.state,) if wanted.state else (),
        since=period.since if period else "",
        until=period.until if period else "",
    )
    if wanted.narrowed is not None:
        narrowed = wanted.narrowed
        listing = replace(listing, choices=narrowed.choices, among=narrowed.among)
    return replace(listing, only_missing=True) if wanted.missing else listing


class FilterChoice(ChoiceButton):
    """One filter that is chosen from a list; `chosen` when another value was taken."""

    chosen = Signal()

    def __init__(
        self,
        workplace: Workplace,
        all_words: str,
        name: str,
        find: Callable[[str, Deliver], None],
        *,
        searchable: bool,
    ) -> None:
        super().__init__(workplace.theme, name)
        self._workplace = workplace
        self._all = Option(ALL, all_words)
        self._name = name
        self._find = find
        self._searchable = searchable
        self.option = self._all
        self.popup: Picker | None = None
        self.wanted.connect(self.open_list)
        self.cleared.connect(lambda: self.take(self._all))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_option(self._all)

    def open_list(self, typed: str = "") -> None:
        """Show the list."""
        popup = Picker(self._deliver, self._workplace.theme, self, searchable=self._searchable)
        popup.picked.connect(self.take)
        popup.open_under(self, self.option.id)
        if typed and self._searchable:
            popup.search.insert(typed)
        self.popup = popup

    def take(self, option: Option) -> None:
        """Choose a value as the officer does."""
        changed = option.id != self.option.id
        self.show_option(option)
        self.setFocus()
        if changed:
            self.chosen.emit()

    def show_option(self, option: Option) -> None:
        """Show a value; this is no choice of the officer."""
        self.option = option
        self.setText(option.text if option.id else "")
        self.setToolTip(option.text)
        self.setAccessibleName(f"{self._name}: {option.text}")

    def clear(self) -> None:
        """Show that everything is wanted."""
        self.show_option(self._all)

    def _deliver(self, words: str, deliver: Deliver) -> None:
        first = () if words.strip() else (self._all,)
        self._find(words, lambda found: deliver((*first, *found)))


class WordsInput(LineInput):
    """The words of a filter: Enter and Down go to the list, Escape clears."""

    to_list = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk to the list, or clear."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.to_list.emit()
            return
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)


class FilterBar(QWidget):
    """The row of filters; `changed` at each letter and each choice."""

    changed = Signal()

    def __init__(self, workplace: Workplace, spec: RecordSpec) -> None:
        super().__init__()
        self._workplace = workplace
        self._spec = spec
        office = workplace.office
        kit = make_kit(workplace, self)
        self.words = WordsInput()
        self.words.setProperty("role", "search")
        self.words.setPlaceholderText("Lọc không dấu (Ctrl+F)")
        self.words.setAccessibleName("Lọc theo chữ")
        self.words.setClearButtonEnabled(True)
        glass = self.words.addAction(
            workplace.theme.icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition
        )
        workplace.theme.icons.wear(glass, "search")
        self.period = FilterChoice(
            workplace,
            "Mọi thời gian",
            "Thời gian",
            lambda words, deliver: deliver(period_options(office, words)),
            searchable=True,
        )
        self.unit = FilterChoice(
            workplace,
            "Mọi đơn vị",
            "Đơn vị",
            lambda words, deliver: kit.search(("unit",), words, deliver),
            searchable=True,
        )
        states = spec.field(spec.state_by) if spec.state_by else None
        self._codes = states.codes if states else ""
        state_label = states.label if states else "Tình trạng"
        self.state = FilterChoice(
            workplace,
            f"Mọi {lowered(state_label)}",
            state_label,
            self._find_states,
            searchable=False,
        )
        self.missing = QCheckBox("Còn thiếu")
        self.missing.setToolTip("Chỉ hồ sơ còn thiếu mục mà báo cáo cần")
        self.voided = QCheckBox("Đã hủy")
        self.voided.setToolTip("Hiện cả hồ sơ đã hủy")
        self.clear_button = make_tool("close", workplace.theme, "Bỏ lọc")
        self._narrowed: Narrowed | None = None
        self.sign = make_button("", workplace.theme, icon="close", tip="Bỏ điều kiện này")
        self.sign.clicked.connect(self._widen)
        self.sign.hide()
        self._lay_out()
        self.period.setHidden(not spec.dated_by)
        self.unit.setHidden(not spec.unit_by)
        self.state.setHidden(not spec.state_by)
        self._connect()

    def value(self) -> Filter:
        """Return what is asked for."""
        return Filter(
            words=self.words.text(),
            period=self.period.option.id,
            unit=self.unit.option.id,
            state=self.state.option.id,
            missing=self.missing.isChecked(),
            voided=self.voided.isChecked(),
            narrowed=self._narrowed,
        )

    def clear(self) -> None:
        """Ask for everything."""
        self.blockSignals(True)
        self.words.clear()
        for choice in (self.period, self.unit, self.state):
            choice.clear()
        self.missing.setChecked(False)
        self.voided.setChecked(False)
        self._narrow(None)
        self.blockSignals(False)
        self._on_changed()

    def ask_for(self, wanted: Filter) -> None:
        """Ask for something from outside, such as a tile of the home page."""
        self.blockSignals(True)
        self.words.setText(wanted.words)
        self.missing.setChecked(wanted.missing)
        self.voided.setChecked(wanted.voided)
        self._narrow(wanted.narrowed)
        office = self._workplace.office
        self.period.clear()
        if wanted.period:
            self.period.show_option(period_option(office.periods.named(wanted.period)))
        self.state.clear()
        for option in code_options(office, self._codes, (wanted.state,)) if wanted.state else ():
            if option.id == wanted.state:
                self.state.show_option(option)
        self.unit.clear()
        if wanted.unit:
            self.unit.show_option(Option(wanted.unit, "…"))
            make_kit(self._workplace, self).name(wanted.unit, self.unit.show_option)
        self.blockSignals(False)
        self._on_changed()

    def ask_for_state(self, state: str) -> None:
        """Narrow to a state, or to none; everything else stays."""
        self.ask_for(replace(self.value(), state=state))

    def _find_states(self, words: str, deliver: Deliver) -> None:
        """Offer what may be chosen today, and what is chosen no more but stands in records."""
        office, spec, name = self._workplace.office, self._spec, self._codes
        offered = code_options(office, name)
        if len(offered) == len(office.codes[name].values):
            deliver(matching(offered, words))
            return

        def arrive(counts: Mapping[Value, int]) -> None:
            used = {str(value) for value in counts if value is not None}
            deliver(matching(code_options(office, name, used), words))

        self._workplace.jobs.read(
            lambda _control: office.lists.state_counts(spec.kind, spec.state_by),
            arrive,
            owner=self,
            lane="states",
        )

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        self.words.setMinimumWidth(20 * UNIT)
        row.addWidget(self.words, 5)
        row.addWidget(self.sign)
        for choice in (self.period, self.unit, self.state):
            row.addWidget(choice, 3)
        row.addWidget(self.missing)
        row.addWidget(self.voided)
        row.addWidget(self.clear_button)
        self.clear_button.setEnabled(False)

    def _connect(self) -> None:
        self.words.textChanged.connect(self._on_changed)
        for choice in (self.period, self.unit, self.state):
            choice.chosen.connect(self._on_changed)
        self.missing.toggled.connect(self._on_changed)
        self.voided.toggled.connect(self._on_changed)
        self.clear_button.clicked.connect(self.clear)

    def _narrow(self, narrowed: Narrowed | None) -> None:
        self._narrowed = narrowed
        told = narrowed.told if narrowed else ""
        short = told if len(told) <= _SIGN_LETTERS else told[: _SIGN_LETTERS - 1].rstrip() + "…"
        self.sign.setText(f" {short}")
        self.sign.setToolTip(f"{told}. Bấm để bỏ điều kiện này.")
        self.sign.setAccessibleName(f"Bỏ điều kiện: {told}")
        self.sign.setVisible(narrowed is not None)

    def _widen(self) -> None:
        self._narrow(None)
        self.words.setFocus()
        self._on_changed()

    def _on_changed(self) -> None:
        wanted = self.value()
        self.clear_button.setEnabled(wanted.narrows or wanted.voided)
        self.changed.emit()
