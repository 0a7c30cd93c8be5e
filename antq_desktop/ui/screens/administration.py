"""Quản trị: the look, the officers, backups, the check of the program by itself, what it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QFrame, QLabel, QTabWidget, QTextBrowser, QVBoxLayout, QWidget

from antq_desktop.domain.rights import Operation
from antq_desktop.services.journal import JournalFilter
from antq_desktop.services.recovery import Sheet
from antq_desktop.ui.barred import bar
from antq_desktop.ui.screens.administration_parts import (
    BackupPlacePage,
    CheckPage,
    LookPage,
    scrolled,
)
from antq_desktop.ui.screens.code_lists import CodeListsPage
from antq_desktop.ui.screens.handover_papers import PaperPlace
from antq_desktop.ui.screens.issuing_page import IssuingPage
from antq_desktop.ui.screens.journal import JournalPage
from antq_desktop.ui.screens.people import OfficersPage
from antq_desktop.ui.screens.preview_wanted import Given, Wanted
from antq_desktop.ui.screens.privacy import PrivacyPage
from antq_desktop.ui.screens.security import Locking, SecurityPage
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.workplace import Workplace

TABS: Final = (
    *("Giao diện", "Bảo mật", "Cán bộ", "Nhật ký", "Danh mục", "Cơ quan ban hành"),
    *("Sao lưu", "Tự kiểm tra"),
    "Dữ liệu và quyền riêng tư",
    "Giới thiệu",
)


@dataclass(frozen=True, slots=True)
class About:
    """What the last page tells: the version and the licences, as HTML."""

    version: str
    page: str


class AdministrationScreen:
    """The gear below the side bar."""

    key = "admin"
    title = "Quản trị"
    icon = "settings"
    group = "admin"

    def __init__(
        self,
        workplace: Workplace,
        help_page: str,
        about: About,
        change_look: Callable[[bool, float], None],
        locking: Locking,
    ) -> None:
        """Take who changes the look for good, and who locks the screen."""
        self.help_page = help_page
        self._workplace = workplace
        self._about = about
        self._change_look = change_look
        self._locking = locking
        self._page: AdministrationPage | None = None

    def widget(self) -> QWidget:
        """Return the page."""
        if self._page is None:
            self._page = AdministrationPage(
                self._workplace, self._about, self._change_look, self._locking
            )
        return self._page

    def activate(self) -> None:
        """Read the officers again."""
        if self._page is not None:
            self._page.officers.look()
            self._page.journal.look()

    def may_leave(self, go: Callable[[], None]) -> None:
        """Let go at once: what is entered here is small."""
        if self._page is not None:
            self._page.drop_paper()
        go()

    def search(self, words: str) -> bool:  # noqa: ARG002
        """Search nothing here."""
        return False

    @property
    def tab_titles(self) -> tuple[str, ...]:
        """What its pages are called."""
        return TABS

    def show_tab(self, title: str) -> None:
        """Bring one of its pages to the front."""
        self.widget()
        if self._page is not None:
            self._page.tabs.setCurrentIndex(TABS.index(title))


class AdministrationPage(PaperPlace):
    """Pages side by side under one heading, and the paper that is looked at in front of them."""

    def __init__(
        self,
        workplace: Workplace,
        about: About,
        change_look: Callable[[bool, float], None],
        locking: Locking,
    ) -> None:
        super().__init__(workplace)
        title = QLabel("Quản trị")
        title.setProperty("role", "title")
        self.look = LookPage(workplace.theme, change_look)
        self.security = SecurityPage(workplace, locking)
        self.officers = OfficersPage(workplace, self.print_sheet)
        self.journal = JournalPage(workplace, self.print_journal)
        self.backups = BackupPlacePage(workplace)
        self.check = CheckPage(workplace)
        self.code_lists = CodeListsPage(workplace)
        self.issuing = IssuingPage(workplace, self.print_grid)
        self.privacy = PrivacyPage(workplace, self.print_privacy, self.show_answer)
        self.tabs = QTabWidget()
        browser = QTextBrowser()
        browser.setOpenLinks(False)
        browser.setFrameShape(QFrame.Shape.NoFrame)
        browser.setHtml(about.page)
        before = (self.look, self.security, self.officers)
        after = (self.issuing, self.backups, self.check, self.privacy)
        pages = (
            *(scrolled(part) for part in before),
            self.journal,
            self.code_lists,
            *(scrolled(part) for part in after),
            browser,
        )
        for page, name in zip(pages, TABS, strict=True):
            self.tabs.addTab(page, name)
        bar(workplace.office.standing, Operation.SETTINGS, self.backups.choose)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addWidget(title)
        column.addWidget(self.tabs, 1)
        self.hold(inside)

    def print_sheet(self, sheet: Sheet) -> None:
        """Show the paper of a recovery sheet; it can be printed, not saved."""
        recovery = self._workplace.office.recovery
        given = Given("Phiếu khôi phục", lambda: recovery.paper(sheet), only_print=True)
        self.show_paper(Wanted("", given=given), self.officers.sheet_button)

    def print_privacy(self) -> None:
        """Show what is kept of people as a paper."""
        privacy = self._workplace.office.erasing.privacy
        given = Given("Dữ liệu về người đang lưu", privacy.paper)
        self.show_paper(Wanted("", given=given), self.privacy.print_button)

    def show_answer(self, pdf: bytes) -> None:
        """Show the answer to a person; it can be printed, not saved."""
        given = Given("Trả lời người có dữ liệu", lambda: pdf, only_print=True)
        self.show_paper(Wanted("", given=given), self.privacy.answer_button)

    def print_grid(self, asked_by: QWidget) -> None:
        """Show the sheet by which the places of a blank are measured."""
        given = Given("Tờ căn chỉnh phôi", self._workplace.office.papers.measuring_sheet)
        self.show_paper(Wanted("", given=given), asked_by)

    def print_journal(self, wanted: JournalFilter) -> None:
        """Show the journal as a paper."""
        journal = self._workplace.office.journal
        given = Given("Nhật ký sử dụng", lambda: journal.paper(wanted))
        self.show_paper(Wanted("", given=given), self.journal.print_button)
