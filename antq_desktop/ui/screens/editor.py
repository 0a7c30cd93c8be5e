"""The editor of one record with everything that belongs to it; saved as one action."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut

from antq_desktop.domain.records.attachments import KIND as ATTACHMENT
from antq_desktop.domain.text import opening
from antq_desktop.ui.ask import Answer
from antq_desktop.ui.screens.editor_bands import Step
from antq_desktop.ui.screens.editor_checks import Checks
from antq_desktop.ui.screens.editor_conflicts import show_others, show_standing
from antq_desktop.ui.screens.editor_drafts import DraftKeeper, draft_sentence
from antq_desktop.ui.screens.editor_filling import DITTO_KEYS, REPEAT_KEYS, Filling
from antq_desktop.ui.screens.editor_frame import EditorFrame, leave_question
from antq_desktop.ui.screens.editor_kit import make_kit
from antq_desktop.ui.screens.editor_layout import Layout
from antq_desktop.ui.screens.editor_likely import LikelyBands
from antq_desktop.ui.screens.editor_loading import begun_attachment, new_child, rebase
from antq_desktop.ui.screens.editor_pages import EditorPages
from antq_desktop.ui.screens.editor_rows import Rows
from antq_desktop.ui.screens.editor_saving import Saver
from antq_desktop.ui.screens.history_panel import HistoryPanel
from antq_desktop.ui.screens.reading_pane_data import Loaded, load
from antq_desktop.ui.widgets.field import Option

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.drafts import Draft
    from antq_desktop.ui.screens.editor_state import Sheaf, Sheet
    from antq_desktop.ui.workplace import Workplace


class EditorPage(EditorFrame):
    """One record in front.

    `closed` asks for the list, `print_asked` carries the id of the record to print, `saved` its id
    after each save, `void_asked` the id of the record to be taken out of force; `new_asked` wants
    another one of the kind, `copy_asked` one like the record of an id, `open_asked` the record of
    an id in place of this one; `renamed` carries the id under which a new record was stored where
    it follows from what identifies it.
    """

    closed = Signal()
    saved = Signal(str)
    renamed = Signal(str)
    print_asked = Signal(str)
    void_asked = Signal(str)
    new_asked = Signal()
    open_asked = Signal(str)
    copy_asked = Signal(str)

    def __init__(
        self,
        workplace: Workplace,
        layout: Layout,
        sheaf: Sheaf,
        loaded: Loaded | None = None,
        draft: Draft | None = None,
    ) -> None:
        super().__init__(workplace.theme, sheaf.main.spec.label)
        self._workplace = workplace
        self._layout = layout
        self.sheaf = sheaf
        self.loaded = loaded
        self._read: set[str] = set()
        self._make_parts()
        self._connect()
        self.show_state()
        if sheaf.main.created:
            self.likely.touch()
        if draft is not None:
            self.offer(draft)

    def start(self) -> None:
        """Put the keyboard into the first field."""
        first = next(iter(self._layout.sections()))
        self.pages.go_to(self.sheaf.main.id, first.rows[0][0])

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.sheaf.dirty and not self.sheaf.main.fixed

    def may_leave(self, go: Callable[[], None]) -> None:
        """Call `go` when nothing is lost by leaving, or once the officer has decided."""
        if not self.dirty:
            self._give_up(go)
            return

        def decide(answer: Answer) -> None:
            if answer.key == "drop":
                self._give_up(go)
            elif answer.key == "save":
                self.save(go)

        self._workplace.asker.ask(leave_question(), decide)

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Save everything as one action; `then` runs when it is saved."""
        self.saver.save(then)

    def next_fault(self) -> None:
        """Go to the next field that needs a hand."""
        self.checks.go_on()

    def reload(self) -> None:
        """Take up what is stored by now; what was typed and not saved stays."""
        main = self.sheaf.main
        if main.created:
            return
        office = self._workplace.office
        self._workplace.jobs.read(
            lambda _control: load(office, main.spec.kind, main.id),
            self._take_up,
            owner=self,
            lane="record",
        )

    def offer(self, draft: Draft) -> None:
        """Offer a draft of this record; nothing is kept over it until it is decided."""
        self.keeper.paused = True
        self.keeper.on_disk = True
        self.bands.show_band(
            "draft",
            draft_sentence(draft, self.sheaf.main.spec.label),
            (Step("Mở lại", lambda: self.restore(draft)), Step("Bỏ", self._drop)),
            tone="watch",
        )

    def restore(self, draft: Draft) -> None:
        """Bring back what a draft kept."""
        office = self._workplace.office
        self.bands.hide_band("draft")
        self.keeper.paused = False
        self.keeper.on_disk = True

        def begin(kind: str, record_id: str) -> Sheet:
            if kind == ATTACHMENT:
                return begun_attachment(office, record_id)
            return new_child(office, self.sheaf, kind, record_id)

        self.sheaf.take_up(draft.content, begin)
        for sheet in self.sheaf.sheets():
            self.pages.fields.refresh(sheet, [*sheet.now, *sheet.unread])
        self.show_state()

    def _make_parts(self) -> None:
        kit = make_kit(self._workplace, self, held=self.sheaf.held, near=self._near)
        titles = self.loaded.titles if self.loaded is not None else {}
        self.pages = EditorPages(self._workplace, self._layout, self.sheaf, kit, titles)
        self.rows = Rows(self._workplace, self.sheaf, self.pages, self)
        self.history = HistoryPanel(self._workplace)
        self.pages.addTab(self.history, "Lịch sử")
        self.filling = Filling(
            self._workplace, self._layout, self.sheaf, self.pages, self.fill_button
        )
        self.likely = LikelyBands(self._workplace, self.sheaf, self.pages, self.bands, self)
        self.keeper = DraftKeeper(self._workplace, self._draft_content, self)
        self.checks = Checks(self._workplace, self.sheaf, self.pages, self.missing, self)
        self.checks.remarks = self.loaded is not None
        self.saver = Saver(self._workplace, self.sheaf, self.checks, self.keeper, self)
        self.hold(self.pages)

    def _connect(self) -> None:
        main = self.sheaf.main
        self.saver.saved.connect(self.saved)
        self.saver.renamed.connect(self.renamed)
        self.pages.built.connect(self._on_built)
        self.pages.edited.connect(self._on_edited)
        self.pages.currentChanged.connect(self._on_tab)
        self.pages.fields.revealed.connect(self._on_revealed)
        self.pages.fields.other_taken.connect(self._take_other)
        self.rows.changed.connect(self._on_edited)
        self.filling.filled.connect(self._on_filled)
        self.likely.open_asked.connect(self.open_asked)
        self._workplace.changes.written.connect(self._on_written)
        self.save_button.clicked.connect(lambda _checked=False: self.save())
        self.back_button.clicked.connect(self.closed)
        self.print_button.clicked.connect(self._print)
        self.void_button.clicked.connect(lambda: self.void_asked.emit(main.id))
        actions: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+S", self.save),
            ("Esc", self.closed.emit),
            ("F3", self.next_fault),
            ("Ctrl+N", self.new_asked.emit),
            ("Ctrl+P", self._print),
            (REPEAT_KEYS, self.filling.repeat_last),
            (DITTO_KEYS, self.filling.ditto),
            ("Ctrl+D", self._copy),
        )
        for keys, action in actions:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda action=action: action())

    def show_state(self) -> None:
        """Show what the record is called, how it stands, and what is still missing."""
        main = self.sheaf.main
        label = opening(main.spec.label)
        new = f"{self._layout.new}"
        self.title.set_full_text(new if main.created else f"{label}: {main.title}")
        self.print_button.setVisible(bool(self._layout.paper) and not main.created)
        self.void_button.setVisible(not main.created and not main.fixed)
        self.save_button.setVisible(not main.fixed)
        self.fill_button.setVisible(not main.fixed)
        self.pages.setTabVisible(self.pages.indexOf(self.history), not main.created)
        if self.loaded is not None:
            show_standing(self._workplace, self.loaded, self.bands, self.pages, self._keep_shown)
        self.pages.refresh_all(self.loaded.titles if self.loaded is not None else {})
        self.checks.show_known()

    def _on_built(self) -> None:
        if self.loaded is not None:
            show_others(self._workplace, self.loaded, self.pages)

    def _on_filled(self) -> None:
        self.show_state()
        self._on_edited()

    def _on_edited(self) -> None:
        self.keeper.touch()
        self.likely.touch()
        self.checks.touch()

    def _on_written(self, kinds: tuple[str, ...]) -> None:
        mine = {sheet.spec.kind for sheet in self.sheaf.sheets()} | set(self.sheaf.children)
        mine.add(ATTACHMENT)
        if mine & set(kinds):
            self.reload()

    def _take_up(self, loaded: Loaded) -> None:
        self.loaded = loaded
        moved = rebase(self._workplace.office, self._layout, self.sheaf, loaded)
        for sheet in self.sheaf.sheets():
            self.pages.fields.refresh(sheet, moved.get(sheet.id, ()))
        self.show_state()
        if self.pages.currentWidget() is self.history:
            self._on_tab(self.pages.currentIndex())

    def _on_tab(self, at: int) -> None:
        if self.pages.widget(at) is self.history:
            self.history.show_record(self.sheaf.main.spec.kind, self.sheaf.main.id)

    def _on_revealed(self, record_id: str) -> None:
        """Write down that private values were read, once for each record and opening."""
        sheet = self.sheaf.by_id(record_id)
        if record_id in self._read or sheet.created:
            return
        self._read.add(record_id)
        records = self._workplace.office.records
        screen = f"Màn hình {self._layout.title.lower()}"
        self._workplace.jobs.write(
            lambda _control: records.read_private(sheet.spec.kind, record_id, screen),
            lambda _none: None,
        )

    def _take_other(self, record_id: str, path: str) -> None:
        """Take over the value that the other side wrote."""
        if self.loaded is None:
            return
        sheet = self.sheaf.by_id(record_id)
        other = self.loaded.shown.others[path][0]
        sheet.set(path, other.value)
        self.pages.fields.refresh(sheet, [path])
        made = self.pages.fields.made(record_id, path)
        if made is not None:
            made.show_other("")
        self._on_edited()

    def _keep_shown(self) -> None:
        """Confirm the values shown where others stand against them."""
        if self.loaded is None:
            return
        self.sheaf.main.settle(self.loaded.shown.others)
        self.save()

    def _print(self) -> None:
        if self._layout.paper and not self.sheaf.main.created:
            self._once_saved(lambda: self.print_asked.emit(self.sheaf.main.id))

    def _copy(self) -> None:
        if not self.sheaf.main.created:
            self._once_saved(lambda: self.copy_asked.emit(self.sheaf.main.id))

    def _once_saved(self, go: Callable[[], None]) -> None:
        if self.dirty:
            self.save(go)
            return
        go()

    def end(self) -> None:
        """The page goes away: nothing is kept any more, no news is listened to."""
        self.keeper.end()
        self.checks.end()
        self.likely.end()
        self._workplace.changes.written.disconnect(self._on_written)

    def _give_up(self, go: Callable[[], None]) -> None:
        if self.bands.band("draft") is None:
            self.keeper.drop(go)
        else:
            go()  # the draft that was offered stays for another time

    def _drop(self) -> None:
        self.keeper.paused = False
        self.keeper.drop()
        self.bands.hide_band("draft")

    def _draft_content(self) -> tuple[str, str, str, Mapping[str, Json]]:
        main = self.sheaf.main
        return main.id, main.spec.kind, main.title, self.sheaf.to_json()

    def _near(self, kinds: tuple[str, ...]) -> Sequence[Option] | None:
        """Return the sites and teams of this scheme, saved or not."""
        if not set(kinds) <= set(self.sheaf.children):
            return None
        below = [sheet for kind in kinds for sheet in self.sheaf.children[kind]]
        return [Option(sheet.id, sheet.title) for sheet in below if sheet.title]
