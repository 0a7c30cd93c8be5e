"""The list of one kind: filters, table, and the record in view beside or below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut

from antq_desktop.domain.listing import Count, Listing
from antq_desktop.services.views import View
from antq_desktop.ui.screens.editor_layout import Layout
from antq_desktop.ui.screens.filters import Filter, listing_of
from antq_desktop.ui.screens.listing_actions import ask_and_void
from antq_desktop.ui.screens.listing_frame import ListFrame
from antq_desktop.ui.screens.listing_query import (
    Answer,
    Rows,
    Wanted,
    columns_of,
    count_words,
    first_answer,
    full_answer,
)
from antq_desktop.ui.screens.listing_views import KEYS as VIEW_KEYS
from antq_desktop.ui.screens.listing_views import filter_of

if TYPE_CHECKING:
    from antq_desktop.ui.workplace import Workplace


_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})


class ListPage(ListFrame):
    """One list.

    `new_asked`, `copy_asked` and `open_asked` carry the id they concern; `paper_asked` the ids of
    records whose paper is wanted, `register_asked` the name of a period, `draft_asked` a draft,
    `file_dropped` the path of a workbook that was let go over the list.
    `answered` says that the list shows what was asked for.
    """

    new_asked = Signal()
    copy_asked = Signal(str)
    open_asked = Signal(str)
    paper_asked = Signal(tuple)
    register_asked = Signal(str)
    draft_asked = Signal(object)
    file_dropped = Signal(object)
    answered = Signal()

    def __init__(self, workplace: Workplace, layout: Layout) -> None:
        super().__init__(workplace, layout)
        self._stale = True
        self._count: Count | None = None
        self._to_select = ""
        self._begin_as_usual()
        self._connect()
        self.setAcceptDrops(True)

    def activate(self) -> None:
        """Look again when something was written meanwhile."""
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Ask the store again; place, current record and selection stay."""
        self._stale = False
        self._ask()
        self.drafts.look()

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

    def _connect(self) -> None:
        self.filters.changed.connect(self._on_filtered)
        self.views.taken.connect(self.look_as)
        self.totals.state_asked.connect(self.filters.ask_for_state)
        self.drafts.asked.connect(self.draft_asked)
        self.table.sort_asked.connect(self._sort)
        self.filters.words.to_list.connect(self.take_focus)
        self.table.current_changed.connect(self.pane.show_record)
        self.table.selection_changed.connect(self.pane.show_selected)
        self.table.opened.connect(self.open_asked)
        self.pane.open_asked.connect(self.open_asked)
        self.pane.print_asked.connect(lambda _id: self.print_selected())
        self.pane.void_asked.connect(lambda _id: self.void_selected())
        self.new_button.clicked.connect(self.new_asked)
        self.register_button.clicked.connect(self._print_register)
        self.sheet_button.clicked.connect(self._enter_by_unit)
        self._workplace.changes.written.connect(self._on_written)
        actions: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+N", self.new_asked.emit),
            ("Ctrl+D", self._copy),
            ("Ctrl+B", self._enter_by_unit),
            ("Ctrl+F", self._to_filter),
            (VIEW_KEYS, self.views.open_list),
            ("F5", self.refresh),
            ("Ctrl+P", self._print),
            ("Ctrl+Del", self.void_selected),
        )
        for keys, action in actions:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda action=action: action())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one workbook, nothing else."""
        if _workbook_of(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the workbook on."""
        path = _workbook_of(event)
        if path is not None:
            event.acceptProposedAction()
            self.file_dropped.emit(path)

    # ways to look

    def look_as(self, view: View) -> None:
        """Show the list in another way."""
        self._show_columns(view.columns or self._layout.columns)
        self._order = (view.order_by, view.downward)
        self.table.show_order(view.order_by, downward=view.downward)
        self.filters.ask_for(filter_of(view))  # asks the store, whether anything changed or not

    def _begin_as_usual(self) -> None:
        view = self.views.take_usual()
        if view is not None:
            self.look_as(view)
            self.views.refresh()

    def _show_columns(self, names: tuple[str, ...]) -> None:
        if names == self._rows.columns and names == self.view().columns:
            return
        self._rows = Rows(self._workplace.office, self._spec, self._layout, names)
        self.table.show_columns(columns_of(self._workplace.office, self._spec, names))
        self._fit_columns()

    def _sort(self, name: str, downward: bool) -> None:
        self._order = (name, downward)
        self._on_filtered()

    def _on_filtered(self) -> None:
        self.views.refresh()
        self._ask()

    # asking

    def listing(self) -> Listing:
        """Return what the list is asked for: kind, filters and order."""
        listing = listing_of(self._workplace.office, self._layout.kind, self.filters.value())
        return replace(listing, order_by=self._order[0], downward=self._order[1])

    def _ask(self) -> None:
        office, rows = self._workplace.office, self._rows
        wanted_filter, listing = self.filters.value(), self.listing()
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
        listing = self.listing()
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
        self._ask_totals(answer.count)
        if answer.count.more:
            self._ask_fully()
        self.answered.emit()

    def _ask_totals(self, count: Count) -> None:
        if not count.number:
            self.totals.show_totals(None)
            return
        lists, listing = self._workplace.office.lists, self.listing()
        state = listing.states[0] if listing.states else ""
        self._workplace.jobs.read(
            lambda _control: lists.totals(listing),
            lambda found: self.totals.show_totals(found, state),
            owner=self,
            lane="totals",
        )

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

    # keys

    def _to_filter(self) -> None:
        self.filters.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.words.selectAll()

    def _copy(self) -> None:
        if self.table.current_id():
            self.copy_asked.emit(self.table.current_id())

    def _enter_by_unit(self) -> None:
        if self._workplace.enter_by_unit is not None and not self.sheet_button.isHidden():
            self._workplace.enter_by_unit(self._spec.kind, {}, "")

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


def _workbook_of(event: QDropEvent) -> Path | None:
    """Return the one file over the list, where it is a workbook."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix.lower() in _WORKBOOKS else None
