"""The screens of the kinds an officer keeps: list, editor and preview of each, one in front."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from antq_desktop.domain.rights import Operation
from antq_desktop.services.help import help_page
from antq_desktop.ui.barred import bar
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.faults import Message, Tone
from antq_desktop.ui.screens import (
    answers_band,
    books_band,
    incident_editor,
    scheme_editor,
    signed_return,
)
from antq_desktop.ui.screens.editor import EditorPage
from antq_desktop.ui.screens.editor_layout import Layout
from antq_desktop.ui.screens.editor_loading import copied_values, new_sheaf, sheaf_of
from antq_desktop.ui.screens.filters import Filter
from antq_desktop.ui.screens.listing import ListPage
from antq_desktop.ui.screens.listing_actions import ask_and_void
from antq_desktop.ui.screens.preview_wanted import Wanted
from antq_desktop.ui.screens.reading_pane_data import Loaded, load
from antq_desktop.ui.screens.sheet_menu import ExcelButton

if TYPE_CHECKING:
    from pathlib import Path

    from antq_desktop.domain.fields import Value
    from antq_desktop.services.drafts import Draft
    from antq_desktop.ui.screens.preview import PreviewPage
    from antq_desktop.ui.screens.sheet_import import ImportPage
    from antq_desktop.ui.workplace import Workplace

LAYOUTS = (incident_editor.LAYOUT, scheme_editor.LAYOUT)


def record_screens(workplace: Workplace) -> list[RecordScreen]:
    """Return the screens *Vụ việc* and *Mô hình*, which are places of the side bar of their own."""
    return [RecordScreen(workplace, layout) for layout in LAYOUTS]


class RecordScreen:
    """The screen of one kind."""

    group = "records"

    def __init__(self, workplace: Workplace, layout: Layout) -> None:
        self._workplace = workplace
        self._layout = layout
        self.key = layout.key
        self.title = layout.title
        self.icon = layout.icon
        self.help_page = help_page(layout.key) + help_page("attachments")
        self._stack: QStackedWidget | None = None
        self._list: ListPage | None = None
        self.editor: EditorPage | None = None
        self.elsewhere: Callable[[str], None] | None = None  # a page of its own, in place of ours
        self.preview: PreviewPage | None = None
        self.importing: ImportPage | None = None

    # what the window asks

    def widget(self) -> QStackedWidget:
        """Return the page with list, editor and preview; built when it is first asked for."""
        return self._pages()

    def activate(self) -> None:
        """Look again when something was written meanwhile."""
        self.list.activate()
        if self._pages().currentWidget() is self.list:
            self.list.take_focus()

    def may_leave(self, go: Callable[[], None]) -> None:
        """Leave at once unless something was typed and not saved."""
        if self.editor is None:
            self._drop_preview()
            go()
            return
        self.editor.may_leave(lambda: self._left(go))

    def search(self, words: str) -> bool:
        """Filter the list by the words of the top bar."""
        if self._pages().currentWidget() is not self.list:
            return False
        self.list.filters.words.setText(words)
        return True

    # what other screens ask

    @property
    def at_list(self) -> bool:
        """Whether the list is in front, not an editor or a paper."""
        return self._pages().currentWidget() is self.list

    @property
    def list(self) -> ListPage:
        """The list."""
        self._pages()
        if self._list is None:
            raise RuntimeError("the list is built with the page")
        return self._list

    def find_person(self) -> None:
        """Ask for whom, why and by which document, and look through the incidents."""
        from antq_desktop.ui.screens.person_search import PersonSearchDialog

        dialog = PersonSearchDialog(self._workplace, self._pages())
        dialog.open_asked.connect(self.open_record)
        dialog.open()

    def open_record(self, record_id: str, place: str = "") -> None:
        """Open the editor of a record, at a field when one is named.

        Who may only read is shown the record beside the list.
        """
        office, kind = self._workplace.office, self._layout.kind
        if self.elsewhere is not None:
            self.elsewhere(record_id)
            return
        if not office.standing.may(Operation.ENTER):
            self.show_list()
            self.list.select(record_id)
            return

        def fetch(_control: object) -> tuple[Loaded, Draft | None]:
            return load(office, kind, record_id), office.drafts.find(record_id)

        self._workplace.jobs.read(
            fetch, lambda found: self._open(*found, place), owner=self._pages(), lane="open"
        )

    def new_record(self, values: dict[str, Value] | None = None) -> None:
        """Begin a record, with some values when given."""
        if self.elsewhere is not None:
            self.elsewhere("")
            return
        if self._barred():
            return

        def begin() -> None:
            sheaf = new_sheaf(self._workplace.office, self._layout, values)
            self._show_editor(EditorPage(self._workplace, self._layout, sheaf))

        self.may_leave(begin)

    def copy_record(self, record_id: str) -> None:
        """Begin a record with what a copy takes over from another."""
        office, kind = self._workplace.office, self._layout.kind

        def begin(loaded: Loaded) -> None:
            self.new_record(copied_values(office, loaded))
            label = loaded.shown.spec.label
            text = f"Đã nhân bản {label}, để trống số và ngày. Xem lại rồi lưu."
            self._workplace.door.say(Message(text, Tone.NOTE))

        self._workplace.jobs.read(
            lambda _control: load(office, kind, record_id), begin, owner=self._pages(), lane="open"
        )

    def show_import(self, path: Path | None = None) -> None:
        """Bring the path of a workbook into the store to the front, with a file when given."""
        from antq_desktop.ui.screens.sheet_import import ImportPage

        if self._barred():
            return

        def begin() -> None:
            pages = self._pages()
            self._drop_preview()
            page = ImportPage(self._workplace, self._layout.kind)
            self.importing = page
            page.closed.connect(self._to_list)
            pages.addWidget(page)
            pages.setCurrentWidget(page)
            page.take_focus()
            if path is not None:
                page.take(path)

        self.may_leave(begin)

    def show_list(self, wanted: Filter | None = None) -> None:
        """Bring the list to the front, narrowed when asked."""

        def go() -> None:
            if self.editor or self.preview or self.importing:
                self._to_list()
            if wanted is not None:
                self.list.ask_for(wanted)

        self.may_leave(go)

    def show_paper(self, wanted: Sequence[Wanted]) -> None:
        """Show papers in the preview; going back leads to where it was asked."""
        from antq_desktop.ui.screens.preview import PreviewPage

        pages = self._pages()
        before = self.editor or self.list
        self._drop_preview()
        preview = PreviewPage(self._workplace, wanted)
        self.preview = preview
        preview.closed.connect(lambda: self._back_to(before))
        pages.addWidget(preview)
        pages.setCurrentWidget(preview)
        preview.start()

    # inside

    def _barred(self) -> bool:
        """Say who may enter records, to one who may not."""
        why_not = self._workplace.office.standing.why_not(Operation.ENTER)
        if why_not:
            self._workplace.door.say(Message(why_not, Tone.WATCH))
        return bool(why_not)

    def _pages(self) -> QStackedWidget:
        if self._stack is None:
            self._stack = QStackedWidget()
            self._list = self._make_list()
            self._stack.addWidget(self._list)
        return self._stack

    def _make_list(self) -> ListPage:
        made = ListPage(self._workplace, self._layout)
        made.new_asked.connect(self.new_record)
        made.copy_asked.connect(self.copy_record)
        made.open_asked.connect(self.open_record)
        made.draft_asked.connect(self._open_draft)
        made.paper_asked.connect(self._show_papers)
        made.register_asked.connect(self._show_register)
        made.file_dropped.connect(self.show_import)
        if self._layout.kind in books_band.KINDS:
            books_band.watch_books(self._workplace, made)
        if self._layout.kind == answers_band.KIND:
            answers_band.watch_answers(self._workplace, made)
        if self._layout.kind == signed_return.KIND:
            self.signed = signed_return.SignedReturn(self._workplace, made)
        excel = ExcelButton(self._workplace, made, self._layout.kind)
        excel.import_asked.connect(self.show_import)
        made.offer(excel)
        if self._layout.kind == incident_editor.LAYOUT.kind:
            tip = "Tìm vụ việc có ghi một người; phải có lý do và văn bản yêu cầu"
            self.person_button = make_button("Tìm theo người…", self._workplace.theme, tip=tip)
            self.person_button.clicked.connect(self.find_person)
            bar(self._workplace.office.standing, Operation.FIND_PERSON, self.person_button)
            made.offer(self.person_button)
        return made

    def _open(self, loaded: Loaded, draft: Draft | None, place: str = "") -> None:
        def go() -> None:
            sheaf = sheaf_of(self._workplace.office, self._layout, loaded)
            self._show_editor(
                EditorPage(self._workplace, self._layout, sheaf, loaded, draft), stored=True
            )
            if place and self.editor is not None:
                self.editor.pages.go_to(loaded.shown.record.id, place)

        self.may_leave(go)

    def _open_draft(self, draft: Draft) -> None:
        """Open the editor of a draft with what it kept."""
        office, kind = self._workplace.office, self._layout.kind
        if office.lists.row_of(kind, draft.id) is None:
            sheaf = new_sheaf(office, self._layout)
            sheaf.main.id = draft.id
            editor = EditorPage(self._workplace, self._layout, sheaf)
            self._show_editor(editor)
            editor.restore(draft)
            return

        def go(loaded: Loaded) -> None:
            self._open(loaded, None)
            if self.editor is not None:
                self.editor.restore(draft)

        self._workplace.jobs.read(
            lambda _control: load(office, kind, draft.id), go, owner=self._pages(), lane="open"
        )

    def _show_editor(self, editor: EditorPage, *, stored: bool = False) -> None:
        self._drop_editor()
        self.editor = editor
        editor.closed.connect(self._close_editor)
        editor.print_asked.connect(lambda record_id: self._show_papers((record_id,)))
        editor.void_asked.connect(self._void)
        editor.new_asked.connect(self.new_record)
        editor.copy_asked.connect(self.copy_record)
        editor.open_asked.connect(self.open_record)
        editor.renamed.connect(self.open_record)
        pages = self._pages()
        pages.addWidget(editor)
        pages.setCurrentWidget(editor)
        if not stored or not editor.sheaf.main.fixed:
            editor.start()

    def _close_editor(self) -> None:
        self.may_leave(self._to_list)

    def _left(self, go: Callable[[], None]) -> None:
        self._to_list()
        go()

    def _to_list(self) -> None:
        seen = self.editor.sheaf.main if self.editor is not None else None
        self._drop_preview()
        self._drop_editor()
        self._pages().setCurrentWidget(self.list)
        self.list.refresh()
        if seen is not None and not seen.created:
            self.list.select(seen.id)
        self.list.take_focus()

    def _drop_editor(self) -> None:
        if self.editor is not None:
            self.editor.end()
            self._pages().removeWidget(self.editor)
            self.editor.deleteLater()
            self.editor = None

    def _drop_preview(self) -> None:
        self._drop_import()
        if self.preview is not None:
            self.preview.end()
            self._pages().removeWidget(self.preview)
            self.preview.deleteLater()
            self.preview = None

    def _drop_import(self) -> None:
        if self.importing is not None:
            self.importing.end()
            self._pages().removeWidget(self.importing)
            self.importing.deleteLater()
            self.importing = None

    def _back_to(self, page: QWidget) -> None:
        self._drop_preview()
        self._pages().setCurrentWidget(page)
        if page is self.list:
            self.list.take_focus()

    def _void(self, record_id: str) -> None:
        if self.editor is not None:
            ask_and_void(
                self._workplace, self._layout.kind, (record_id,), self.editor.sheaf.main.title
            )

    def _show_papers(self, ids: Sequence[str]) -> None:
        form, kind = self._layout.paper, self._layout.kind
        self.show_paper([Wanted(form, record_id=one, kind=kind) for one in ids])

    def _show_register(self, period: str) -> None:
        now = self._workplace.office.clock.now()
        window = f"{self._layout.register_window}:" if self._layout.register_window else ""
        self.show_paper([Wanted(self._layout.register, period=period or f"{window}{now:%Y-%m}")])
