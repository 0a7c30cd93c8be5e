"""The list of one kind: filters, table, and the record in view beside or below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from antq_desktop.domain.listing import Count
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.recordmodel import RecordModel
from antq_desktop.ui.screens.editor_bands import Bands, Step
from antq_desktop.ui.screens.editor_drafts import draft_sentence
from antq_desktop.ui.screens.editor_layout import Layout
from antq_desktop.ui.screens.filters import Filter, FilterBar, listing_of
from antq_desktop.ui.screens.listing_actions import ask_and_void
from antq_desktop.ui.screens.listing_query import (
    Answer,
    Rows,
    Wanted,
    columns_of,
    count_words,
    first_answer,
    full_answer,
)
from antq_desktop.ui.screens.reading_pane import ReadingPane
from antq_desktop.ui.table import RecordTable
from antq_desktop.ui.theme import BASE_POINTS, UNIT

if TYPE_CHECKING:
    from antq_desktop.services.drafts import Draft
    from antq_desktop.ui.workplace import Workplace

_BESIDE_FROM: Final = 980  # logical px; narrower, the reading pane lies below
_PANE: Final = 352


class ListPage(QWidget):
    """One list.

    `new_asked`, `copy_asked` and `open_asked` carry the id they concern; `paper_asked` the ids of
    records whose paper is wanted, `register_asked` the name of a period, `draft_asked` a draft.
    `answered` says that the list shows what was asked for.
    """

    new_asked = Signal()
    copy_asked = Signal(str)
    open_asked = Signal(str)
    paper_asked = Signal(tuple)
    register_asked = Signal(str)
    draft_asked = Signal(object)
    answered = Signal()

    def __init__(self, workplace: Workplace, layout: Layout) -> None:
        super().__init__()
        self._workplace = workplace
        self._layout = layout
        self._spec = workplace.office.lists.specs[layout.kind]
        self._stale = True
        self._count: Count | None = None
        self._rows = Rows(workplace.office, self._spec, layout)
        self._make_parts()
        self._lay_out()
        self._connect()

    def activate(self) -> None:
        """Look again when something was written meanwhile."""
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Ask the store again; place, current record and selection stay."""
        self._stale = False
        self._ask()
        self._look_for_drafts()

    def ask_for(self, wanted: Filter) -> None:
        """Narrow the list from outside."""
        self.filters.ask_for(wanted)

    def select(self, record_id: str) -> None:
        """Bring a record into view when the list is next asked."""
        if not self.table.go_to(record_id):
            self._to_select = record_id
            self._ask()

    def take_focus(self) -> None:
        """Give the keyboard to the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def selected(self) -> tuple[str, ...]:
        """Return the ids of the selected records, the current one when none is."""
        chosen = self.table.selected_ids()
        current = self.table.current_id()
        return chosen or ((current,) if current else ())

    def offer(self, button: QWidget) -> None:
        """Let a button of this kind alone stand above the list."""
        self._head.insertWidget(self._head.indexOf(self.register_button), button)

    def head_with(self, chooser: QWidget | None) -> None:
        """Let something to choose from stand in place of the heading; None brings it back."""
        self.heading.setVisible(chooser is None)
        if chooser is not None:
            self._head.insertWidget(0, chooser)
            chooser.show()

    # parts

    def _make_parts(self) -> None:
        theme = self._workplace.theme
        self._to_select = ""
        self.heading = QLabel(self._layout.title)
        self.heading.setProperty("role", "title")
        self.found = QLabel()
        self.found.setProperty("role", "hint")
        self.new_button = make_button(
            self._layout.new,
            theme,
            role="primary",
            icon="add",
            tip=f"{self._layout.new} (Ctrl+N), chép từ hồ sơ đang chọn (Ctrl+D)",
        )
        self.register_button = make_button(
            "In sổ", theme, icon="print", tip="Xem và in sổ của kỳ đang lọc (Ctrl+P)"
        )
        self.bands = Bands(theme)
        self.filters = FilterBar(self._workplace, self._spec)
        self.model = RecordModel(columns_of(self._spec, self._layout), self._workplace.jobs, self)
        self.table: RecordTable = RecordTable(self.model, theme)
        self.table.setAccessibleName(f"Danh sách {self._spec.label}")
        self.pane = ReadingPane(self._workplace, self._layout)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)

    def _lay_out(self) -> None:
        head = self._head = QHBoxLayout()
        head.setSpacing(UNIT + 4)
        head.addWidget(self.heading)
        head.addWidget(self.found, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        head.addWidget(self.register_button)
        head.addWidget(self.new_button)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.pane)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setHandleWidth(UNIT + 4)
        self.splitter.setChildrenCollapsible(False)
        self.pane.setMinimumSize(34 * UNIT, 16 * UNIT)
        self.splitter.setSizes([800, _PANE])
        self.table.resized.connect(self._fit_columns)
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        page.setSpacing(UNIT + 4)
        page.addLayout(head)
        page.addWidget(self.bands)
        page.addWidget(self.filters)
        page.addWidget(self.splitter, 1)
        self.register_button.setHidden(not self._layout.register)

    def _connect(self) -> None:
        self.filters.changed.connect(self._ask)
        self.filters.words.to_list.connect(self.take_focus)
        self.table.current_changed.connect(self.pane.show_record)
        self.table.selection_changed.connect(self.pane.show_selected)
        self.table.opened.connect(self.open_asked)
        self.pane.open_asked.connect(self.open_asked)
        self.pane.print_asked.connect(lambda _id: self.print_selected())
        self.pane.void_asked.connect(lambda _id: self.void_selected())
        self.new_button.clicked.connect(self.new_asked)
        self.register_button.clicked.connect(self._print_register)
        self._workplace.changes.written.connect(self._on_written)
        actions: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+N", self.new_asked.emit),
            ("Ctrl+D", self._copy),
            ("Ctrl+F", self._to_filter),
            ("F5", self.refresh),
            ("Ctrl+P", self._print),
            ("Ctrl+Del", self.void_selected),
        )
        for keys, action in actions:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda action=action: action())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the reading pane below where there is no room beside the table."""
        super().resizeEvent(event)
        grown = max(1.0, self._workplace.theme.points / BASE_POINTS)
        beside = self.width() >= _BESIDE_FROM * grown
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if wanted != self.splitter.orientation():
            self.splitter.setOrientation(wanted)
            self.pane.lie_below(not beside)
            whole = self.splitter.width() if beside else self.splitter.height()
            pane = round(_PANE * grown) if beside else whole // 2
            self.splitter.setSizes([max(whole - pane, 1), pane])

    def _fit_columns(self) -> None:
        """Leave out what the reading pane shows anyway where the table is too narrow for it."""
        letter = self.table.fontMetrics().averageCharWidth()
        room = self.table.viewport().width() // max(letter, 1)
        spare = self._layout.spare
        self.table.hide_columns([name for name, least in spare.items() if room < least])

    # asking

    def _ask(self) -> None:
        office, rows = self._workplace.office, self._rows
        wanted_filter = self.filters.value()
        listing = listing_of(office, self._layout.kind, wanted_filter)
        ids = self.table.wanted_ids() | ({self._to_select} if self._to_select else set())
        wanted = Wanted(frozenset(ids), max(self.table.last_row_seen(), 0))
        self._say_what_is_empty(wanted_filter)
        self._workplace.jobs.read(
            lambda control: first_answer(office, rows, listing, wanted, control),
            self._show,
            owner=self,
            lane="list",
        )

    def _ask_fully(self) -> None:
        office, rows = self._workplace.office, self._rows
        listing = listing_of(office, self._layout.kind, self.filters.value())
        wanted = Wanted(self.table.wanted_ids(), max(self.table.last_row_seen(), 0))
        self._workplace.jobs.read(
            lambda control: full_answer(office, rows, listing, wanted, control),
            self._show_fully,
            owner=self,
            lane="list",
        )

    def _show(self, answer: Answer) -> None:
        self._show_count(answer.count)
        self.table.show_source(answer.source)
        self.pane.setVisible(bool(answer.count.number))
        self._settle_current()
        if answer.count.more:
            self._ask_fully()
        self.answered.emit()

    def _show_fully(self, found: Answer | Count) -> None:
        if isinstance(found, Answer):
            self._show_count(found.count)
            self.table.show_source(found.source)
        else:
            self._show_count(found)
        self.answered.emit()

    def _show_count(self, count: Count) -> None:
        self._count = count
        self.found.setText(count_words(count, self._spec.label) if count.number else "")

    def _settle_current(self) -> None:
        """Keep the current record where it is still in the list, else take the first."""
        wanted, self._to_select = self._to_select or self.table.current_id(), ""
        if not (wanted and self.table.go_to(wanted)):
            first = self.model.id_at(0)
            if first is None:
                self.pane.clear()
                self.pane.show_selected(0)
                return
            self.table.go_to(first)
        self.pane.show_record(self.table.current_id())

    def _say_what_is_empty(self, wanted: Filter) -> None:
        if wanted.narrows:
            sentence = f"Không có {self._spec.label} nào khớp với bộ lọc."
            self.table.set_empty(sentence, "Bỏ lọc", self.filters.clear)
        else:
            self.table.set_empty(self._layout.first_words, self._layout.new, self.new_asked.emit)

    def _on_written(self, kinds: Sequence[str]) -> None:
        below = {part.kind for part in self._layout.child_parts()}
        if not {self._layout.kind, *below} & set(kinds):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    # drafts

    def _look_for_drafts(self) -> None:
        drafts, kind = self._workplace.office.drafts, self._layout.kind
        self._workplace.jobs.read(
            lambda _control: drafts.of(kind), self._offer_draft, owner=self, lane="drafts"
        )

    def _offer_draft(self, found: Sequence[Draft]) -> None:
        self.bands.hide_band("draft")
        if not found:
            return
        draft = found[0]
        more = f" Còn {len(found) - 1} bản nháp khác." if len(found) > 1 else ""
        self.bands.show_band(
            "draft",
            draft_sentence(draft, self._spec.label, named=True) + more,
            (
                Step("Mở lại", lambda: self.draft_asked.emit(draft)),
                Step("Bỏ", lambda: self._drop_draft(draft)),
            ),
            tone="watch",
        )

    def _drop_draft(self, draft: Draft) -> None:
        drafts = self._workplace.office.drafts
        self._workplace.jobs.read(
            lambda _control: drafts.drop(draft.id),
            lambda _none: self._look_for_drafts(),
            owner=self,
        )

    # keys

    def _to_filter(self) -> None:
        self.filters.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.words.selectAll()

    def _copy(self) -> None:
        if self.table.current_id():
            self.copy_asked.emit(self.table.current_id())

    def _print(self) -> None:
        if self._layout.register:
            self._print_register()
        else:
            self.print_selected()

    def _print_register(self) -> None:
        self.register_asked.emit(self.filters.value().period)

    def print_selected(self) -> None:
        """Ask for the papers of the selected records."""
        if self._layout.paper and self.selected():
            self.paper_asked.emit(self.selected())

    def void_selected(self) -> None:
        """Take the selected records out of force, for a reason."""
        ids = self.selected()
        if ids and not (len(ids) == 1 and self.pane.loaded and self.pane.loaded.locked):
            ask_and_void(self._workplace, self._layout.kind, ids, self.pane.title.text())
