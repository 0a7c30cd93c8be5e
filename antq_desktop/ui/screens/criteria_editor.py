"""Editing the unit's own set: items, grades and ceilings, first page; taken back, kept as a draft.

Nothing is saved while anything is wrong; what is wrong stands beside its field, and F3 goes there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.scoring.rules import Place
from antq_desktop.services.standards.set_editing import SetEditing
from antq_desktop.services.standards.sets import KIND
from antq_desktop.ui.ask import Answer, leave_question
from antq_desktop.ui.buttons import make_button, make_tool
from antq_desktop.ui.elided import ElidedLabel
from antq_desktop.ui.screens.criteria_bands import BandsPage
from antq_desktop.ui.screens.criteria_first import FirstPage
from antq_desktop.ui.screens.criteria_items import ItemsPage
from antq_desktop.ui.screens.editor_bands import Bands, Step
from antq_desktop.ui.screens.editor_drafts import DraftKeeper, draft_sentence
from antq_desktop.ui.screens.handover_parts import set_badge, words
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.domain.scoring.sets import CriteriaSet
    from antq_desktop.services.drafts import Draft
    from antq_desktop.services.records import Saved
    from antq_desktop.ui.workplace import Workplace


class CriteriaEditor(QWidget):
    """The set on three pages; `closed` asks to go back, `saved` carries what was saved."""

    closed = Signal()
    saved = Signal(object)

    def __init__(self, workplace: Workplace, criteria: CriteriaSet) -> None:
        super().__init__()
        self._workplace = workplace
        self.editing = SetEditing(criteria)
        theme = workplace.theme
        self.back = make_tool("prev", theme, "Quay lại (Esc)")
        self.title = ElidedLabel("", role="heading")
        self.wrong = words("", wrap=False)
        self.undo_button = make_tool("undo", theme, "Lấy lại thay đổi vừa rồi (Ctrl+Z)")
        self.redo_button = make_tool("refresh", theme, "Làm lại (Ctrl+Y)")
        self.save_button = make_button("Lưu bộ", theme, role="primary", icon="save", tip="Ctrl+S")
        self.bands = Bands(theme)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.items = ItemsPage(workplace, self.editing)
        self.grades = BandsPage(workplace, self.editing)
        self.first = FirstPage(workplace, self.editing)
        self.keeper = DraftKeeper(workplace, self._content, self)
        self._lay_out()
        self._connect()
        self._refresh()

    @property
    def dirty(self) -> bool:
        """Whether anything was changed and not saved."""
        return self.editing.dirty

    def begin(self) -> None:
        """Look for a draft, and give the keyboard to the first item."""
        drafts, draft_id = self._workplace.office.drafts, self._draft_id
        self._workplace.jobs.read(
            lambda _control: drafts.find(draft_id), self._offer, owner=self, lane="set_draft"
        )
        self.items.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def may_leave(self, go: Callable[[], None]) -> None:
        """Leave at once unless something was changed and not saved."""
        if not self.dirty:
            go()
            return

        def answered(answer: Answer) -> None:
            if answer.key == "drop":
                self.keeper.drop(go)

        self._workplace.asker.ask(leave_question(), answered)

    def save(self) -> None:
        """Keep the set as it stands; the version before stays for its sheets."""
        unsound = [error for page in self._pages() for error in page.unsound.values()]
        if unsound:
            self._workplace.door.meet(unsound[0])
            return
        if self.editing.faults():
            self.next_fault()
            message = "Bộ còn chỗ phải sửa, ghi cạnh từng ô. Sửa rồi lưu."
            self._workplace.door.meet(UserError("criteria_set_faulty", message))
            return
        sets, made = self._workplace.office.standards.sets, self.editing.made

        def arrive(saved: Saved) -> None:
            self.keeper.drop()
            self.saved.emit(saved)

        self._workplace.jobs.write(lambda _control: sets.keep(made), arrive, owner=self)

    def undo(self) -> None:
        """Take the last change back."""
        self.editing.undo()
        self._show_again()

    def redo(self) -> None:
        """Make it again."""
        self.editing.redo()
        self._show_again()

    def next_fault(self) -> None:
        """Go to the first thing that is wrong."""
        fault = next(iter(self.editing.faults()), None)
        if fault is None:
            return
        if fault.place in {Place.ITEM, Place.GROUP}:
            self.tabs.setCurrentIndex(0)
            self.items.go_to(fault.id)
        else:
            self.tabs.setCurrentIndex(2 if fault.place is Place.SET else 1)

    # inside

    def _pages(self) -> tuple[ItemsPage, BandsPage, FirstPage]:
        return self.items, self.grades, self.first

    def _show_again(self) -> None:
        for page in self._pages():
            page.show_set()
        self._on_changed()

    def _on_changed(self) -> None:
        self._refresh()
        self.keeper.touch()

    def _on_tab(self) -> None:
        """Show on the page that comes to front what was changed on the others."""
        self._pages()[self.tabs.currentIndex()].show_set()
        self._refresh()

    def _refresh(self) -> None:
        faults = self.editing.faults()
        for page in self._pages():
            page.tell(faults)
        self.title.set_full_text(f"Bộ của đơn vị: {self.editing.made.title}")
        set_badge(self.wrong, f"✕ {len(faults)} chỗ phải sửa (F3)" if faults else "", "fault")
        self.undo_button.setEnabled(self.editing.can_undo)
        self.redo_button.setEnabled(self.editing.can_redo)
        self.save_button.setEnabled(self.dirty)

    # drafts

    @property
    def _draft_id(self) -> str:
        return f"set:{self.editing.made.code}"

    def _content(self) -> tuple[str, str, str, Mapping[str, Json]]:
        return self._draft_id, KIND, self.editing.made.title, self.editing.to_json()

    def _offer(self, draft: Draft | None) -> None:
        if draft is None or self.dirty:
            return
        self.keeper.paused = True
        self.keeper.on_disk = True
        self.bands.show_band(
            "draft",
            draft_sentence(draft, "bộ này"),
            (Step("Mở lại", lambda: self._restore(draft)), Step("Bỏ", self._forget)),
            tone="watch",
        )

    def _restore(self, draft: Draft) -> None:
        self._let_go()
        try:
            self.editing.restore(draft.content)
        except UserError as error:
            self._workplace.door.meet(error)
            return
        self._show_again()

    def _forget(self) -> None:
        self._let_go()
        self.keeper.drop()

    def _let_go(self) -> None:
        self.bands.hide_band("draft")
        self.keeper.paused = False

    # parts

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(UNIT)
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        head.addWidget(self.wrong)
        for button in (self.undo_button, self.redo_button, self.save_button):
            head.addWidget(button)
        self.tabs.addTab(self.items, "Các mục")
        self.tabs.addTab(_scrolled(self.grades), "Mức, mức trần, lý do")
        self.tabs.addTab(_scrolled(self.first), "Trang đầu")
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, 2 * UNIT)
        page.setSpacing(UNIT)
        page.addLayout(head)
        page.addWidget(self.bands)
        page.addWidget(self.tabs, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.closed)
        self.save_button.clicked.connect(self.save)
        self.undo_button.clicked.connect(self.undo)
        self.redo_button.clicked.connect(self.redo)
        self.tabs.currentChanged.connect(lambda _at: self._on_tab())
        for page in self._pages():
            page.changed.connect(self._on_changed)
        actions: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Esc", self.closed.emit),
            ("Ctrl+S", self.save),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("F3", self.next_fault),
            ("Ins", self.items.add_item),
            ("Shift+Ins", self.items.add_group),
            ("Ctrl+Delete", self.items.remove),
            ("Alt+Up", lambda: self.items.shift(-1)),
            ("Alt+Down", lambda: self.items.shift(1)),
        )
        for keys, action in actions:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda action=action: action())


def _scrolled(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area
