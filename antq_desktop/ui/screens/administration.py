"""Quản trị: the look, the officers, backups, the check of the program by itself, what it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.shown import show_date
from antq_desktop.services.people import Person
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.password import PasswordField
from antq_desktop.ui.screens.administration_parts import (
    BackupPlacePage,
    CheckPage,
    LookPage,
    page_column,
    scrolled,
    words_label,
)
from antq_desktop.ui.screens.code_lists import CodeListsPage
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.inputs import LineInput
from antq_desktop.ui.workplace import Workplace

TABS: Final = (
    *("Giao diện", "Cán bộ", "Danh mục", "Sao lưu", "Tự kiểm tra"),
    "Giới thiệu và giấy phép",
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
    ) -> None:
        """Take who changes the look for good."""
        self.help_page = help_page
        self._workplace = workplace
        self._about = about
        self._change_look = change_look
        self._page: AdministrationPage | None = None

    def widget(self) -> QWidget:
        """Return the page."""
        if self._page is None:
            self._page = AdministrationPage(self._workplace, self._about, self._change_look)
        return self._page

    def activate(self) -> None:
        """Read the officers again."""
        if self._page is not None:
            self._page.officers.look()

    def may_leave(self, go: Callable[[], None]) -> None:
        """Let go at once: what is entered here is small."""
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


class AdministrationPage(QWidget):
    """Pages side by side under one heading."""

    def __init__(
        self, workplace: Workplace, about: About, change_look: Callable[[bool, float], None]
    ) -> None:
        super().__init__()
        title = QLabel("Quản trị")
        title.setProperty("role", "title")
        self.look = LookPage(workplace.theme, change_look)
        self.officers = OfficersPage(workplace)
        self.backups = BackupPlacePage(workplace)
        self.check = CheckPage(workplace)
        self.code_lists = CodeListsPage(workplace)
        self.tabs = QTabWidget()
        browser = QTextBrowser()
        browser.setOpenLinks(False)
        browser.setFrameShape(QFrame.Shape.NoFrame)
        browser.setHtml(about.page)
        before, after = (self.look, self.officers), (self.backups, self.check)
        pages = (
            *(scrolled(part) for part in before),
            self.code_lists,
            *(scrolled(part) for part in after),
            browser,
        )
        for page, name in zip(pages, TABS, strict=True):
            self.tabs.addTab(page, name)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addWidget(title)
        column.addWidget(self.tabs, 1)


class OfficersPage(QWidget):
    """Who may sign in, and the form that lets one more."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        theme = workplace.theme
        self._list = QGridLayout()
        self._list.setHorizontalSpacing(4 * UNIT)
        self._list.setVerticalSpacing(UNIT)
        self._names: list[QLabel] = []
        self.form = QFrame()
        self.form.setProperty("role", "card")
        self.form.setMaximumWidth(72 * UNIT)
        self.name = LineInput()
        self.name.setAccessibleName("Họ và tên")
        self._name_fault = words_label("", "fault")
        self._name_fault.hide()
        self.first = PasswordField("Mật khẩu ban đầu", theme, "Ít nhất 8 ký tự.")
        self.own = PasswordField(
            "Mật khẩu của cán bộ đang đăng nhập", theme, "Để trao chìa khóa số cho cán bộ mới."
        )
        self.first.entered.connect(self.own.setFocus)
        self.own.entered.connect(self.add)
        self.button = make_button("Thêm cán bộ", theme, role="primary", icon="person")
        self.button.clicked.connect(self.add)
        inside = QVBoxLayout(self.form)
        inside.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        inside.setSpacing(UNIT)
        inside.addWidget(words_label("Thêm cán bộ", "section"))
        inside.addWidget(words_label("Họ và tên", "label"))
        for part in (self.name, self._name_fault, self.first, self.own):
            inside.addWidget(part)
        inside.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        column = page_column(self)
        column.addLayout(self._list)
        column.addSpacing(UNIT)
        column.addWidget(self.form)
        column.addStretch(1)
        self.look()

    def look(self) -> None:
        """Read the officers."""
        people = self._workplace.office.people
        self._workplace.jobs.read(
            lambda _control: (people.every(), people.may_add), self._show, owner=self, lane="people"
        )

    def add(self) -> None:
        """Let one more officer sign in."""
        people = self._workplace.office.people
        given = (self.name.text(), self.first.text(), self.own.text())
        self._clear_faults()
        self.button.setEnabled(False)
        self._workplace.jobs.write(
            lambda _control: people.add(*given),
            self._added,
            failed=self._refused,
            owner=self,
            title="Đang tạo chìa khóa số",
        )

    def _added(self, sentence: str) -> None:
        self.button.setEnabled(True)
        self.name.clear()
        self.first.clear()
        self.own.clear()
        self._workplace.door.done(sentence)
        self.look()

    def _refused(self, error: BaseException) -> None:
        self.button.setEnabled(True)
        fields = {"password": self.first, "own_password": self.own}
        if isinstance(error, UserError) and error.field in fields:
            fields[error.field].show_fault(error.message)
            fields[error.field].setFocus()
        elif isinstance(error, UserError) and error.field == "name":
            self._name_fault.setText(f"✕ {error.message}")
            self._name_fault.show()
            self.name.setFocus()
        else:
            self._workplace.door.meet(error)

    def _clear_faults(self) -> None:
        self._name_fault.hide()
        self.first.show_fault("")
        self.own.show_fault("")

    def _show(self, found: tuple[tuple[Person, ...], bool]) -> None:
        people, may_add = found
        for label in self._names:
            label.deleteLater()
        self._names = []
        heads = ("Họ và tên", "Vai trò", "Từ ngày")
        rows = [heads, *((one.name, one.role_label, show_date(one.since)) for one in people)]
        for at, row in enumerate(rows):
            for place, text in enumerate(row):
                label = words_label(text, "label" if at == 0 else "")
                self._names.append(label)
                self._list.addWidget(label, at, place)
        self._list.setColumnStretch(len(heads), 1)
        self.form.setVisible(may_add)
