"""The record in view beside its list: all values, what belongs to it, its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.rights import Operation
from antq_desktop.domain.shown import show_integer
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.attachments_pane import AttachmentsTab
from antq_desktop.ui.screens.editor_bands import Bands
from antq_desktop.ui.screens.editor_conflicts import show_standing
from antq_desktop.ui.screens.editor_layout import (
    Layout,
)
from antq_desktop.ui.screens.history_panel import HistoryPanel
from antq_desktop.ui.screens.reading_pane_data import Loaded, heading_of, load
from antq_desktop.ui.screens.reading_pane_page import REVEAL, PaneWriter
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.ui.workplace import Workplace


class ReadingPane(QFrame):
    """Shows one record, or says how many are selected.

    `open_asked`, `print_asked` and `void_asked` carry the id of the record in view; the two last
    are empty when several are selected.
    """

    open_asked = Signal(str)
    print_asked = Signal(str)
    void_asked = Signal(str)

    def __init__(self, workplace: Workplace, layout: Layout) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._workplace = workplace
        self._layout = layout
        self._id = ""
        self._selected = 0
        self.loaded: Loaded | None = None
        self._revealed = ""
        self._make_parts()
        self._lay_out()
        workplace.theme.changed.connect(self._write)
        self.clear()

    def show_record(self, record_id: str) -> None:
        """Show a record; an answer for an earlier one is dropped."""
        if not record_id:
            self.clear()
            return
        self._id = record_id
        office, kind = self._workplace.office, self._layout.kind
        self._workplace.jobs.read(
            lambda _control: load(office, kind, record_id),
            self._show,
            failed=lambda _error: self.clear(),
            owner=self,
            lane="record",
        )
        if self.tabs.currentWidget() is self.history:
            self.history.show_record(kind, record_id)

    def show_selected(self, count: int) -> None:
        """Say how many records are selected; one shows itself."""
        self._selected = count
        self.void_many.setVisible(self._workplace.office.standing.may(Operation.ENTER))
        label = self._workplace.office.lists.specs[self._layout.kind].label
        self._many_words.setText(f"Đã chọn {show_integer(count)} {label}")
        self._stack.setCurrentWidget(self._many if count > 1 else self._one)

    def lie_below(self, below: bool) -> None:
        """Put title and buttons side by side where the pane lies below the list."""
        self._head.setDirection(
            QBoxLayout.Direction.LeftToRight if below else QBoxLayout.Direction.TopToBottom
        )
        self._one_column.setContentsMargins(2 * UNIT, UNIT if below else 2 * UNIT, UNIT, UNIT)

    def clear(self) -> None:
        """Show nothing."""
        self._id = ""
        self.loaded = None
        self.title.setText("")
        self.page.setHtml("")
        self.history.clear()
        for button in (self.open_button, self.print_button, self.void_button):
            button.hide()
        for name in ("void", "foreign", "conflict"):
            self.bands.hide_band(name)
        self.tabs.hide()

    def _make_parts(self) -> None:
        theme = self._workplace.theme
        label = self._workplace.office.lists.specs[self._layout.kind].label
        self.title = QLabel()
        self.title.setProperty("role", "heading")
        self.title.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.bands = Bands(theme)
        self.open_button = make_button("Mở", theme, icon="edit", tip="Mở để xem và sửa (Enter)")
        self.print_button = make_button("In", theme, icon="print", tip="Xem và in (Ctrl+P)")
        self.void_button = make_button("Hủy…", theme, icon="void", tip=f"Hủy {label}, có lý do")
        self.open_button.clicked.connect(lambda: self.open_asked.emit(self._id))
        self.print_button.clicked.connect(lambda: self.print_asked.emit(self._id))
        self.void_button.clicked.connect(lambda: self.void_asked.emit(self._id))
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.page.setProperty("role", "sheet")
        self.page.setAccessibleName("Nội dung hồ sơ")
        self.page.anchorClicked.connect(self._on_link)
        self.history = HistoryPanel(self._workplace)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        content = QWidget()
        below = QVBoxLayout(content)
        below.setContentsMargins(0, UNIT, 0, 0)
        below.addWidget(self.page)
        self.tabs.addTab(content, "Nội dung")
        self.attached = AttachmentsTab(self._workplace)
        self.tabs.addTab(self.attached, "")
        self.tabs.addTab(self.history, "Lịch sử")
        self.tabs.currentChanged.connect(self._on_tab)
        self._many_words = QLabel()
        self._many_words.setProperty("role", "heading")
        self._many_words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.void_many = make_button(f"Hủy các {label} đã chọn…", theme, role="danger", icon="void")
        self.void_many.clicked.connect(lambda: self.void_asked.emit(""))
        self.print_many = make_button("In tất cả", theme, icon="print", tip="Xem và in (Ctrl+P)")
        self.print_many.clicked.connect(lambda: self.print_asked.emit(""))

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(UNIT)
        for button in (self.open_button, self.print_button, self.void_button):
            bar.addWidget(button)
        bar.addStretch(1)
        self._one = QWidget()
        self._head = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._head.setSpacing(UNIT)
        self._head.addWidget(self.title, 1)
        self._head.addLayout(bar)
        one = self._one_column = QVBoxLayout(self._one)
        one.setContentsMargins(2 * UNIT, 2 * UNIT, UNIT, UNIT)
        one.setSpacing(UNIT)
        one.addLayout(self._head)
        one.addWidget(self.bands)
        one.addWidget(self.tabs, 1)
        self._many = QWidget()
        many = QVBoxLayout(self._many)
        many.setSpacing(2 * UNIT)
        many.addStretch(1)
        many.addWidget(self._many_words)
        many.addWidget(self.print_many, 0, Qt.AlignmentFlag.AlignHCenter)
        many.addWidget(self.void_many, 0, Qt.AlignmentFlag.AlignHCenter)
        many.addStretch(2)
        self.print_many.setHidden(not self._layout.paper)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._one)
        self._stack.addWidget(self._many)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def _show(self, loaded: Loaded) -> None:
        if loaded.shown.record.id != self._revealed:
            self._revealed = ""
        same = self.loaded is not None and self.loaded.shown.record.id == loaded.shown.record.id
        self.loaded = loaded
        self.title.setText(heading_of(loaded.shown))
        enters = self._workplace.office.standing.may(Operation.ENTER)
        self.open_button.setVisible(enters)
        self.print_button.setVisible(bool(self._layout.paper))
        self.void_button.setVisible(enters and not loaded.locked)
        show_standing(self._workplace, loaded, self.bands, None, None)
        self.tabs.show()
        place = self.page.verticalScrollBar().value() if same else 0
        self._write()
        self.page.verticalScrollBar().setValue(place)

    def _write(self) -> None:
        if self.loaded is None:
            return
        writer = PaneWriter(
            self._workplace.office,
            self._layout,
            self.loaded,
            self._workplace.theme.colours,
            revealed=bool(self._revealed),
        )
        told = self.attached.show_attached(self.loaded)
        self.tabs.setTabText(self.tabs.indexOf(self.attached), told)
        self.tabs.setTabVisible(self.tabs.indexOf(self.attached), bool(told))
        self.page.document().setDocumentMargin(0)
        self.page.setHtml(writer.html())

    def _on_tab(self) -> None:
        if self.tabs.currentWidget() is self.history and self._id:
            self.history.show_record(self._layout.kind, self._id)

    def _on_link(self, link: QUrl) -> None:
        """Uncover the private values of the record in view, and write the reading down."""
        if link.toString() != REVEAL or self.loaded is None:
            return
        record = self.loaded.shown.record
        if record.id == self._revealed:
            return
        records = self._workplace.office.records
        self._workplace.jobs.write(
            lambda _control: records.read_private(record.kind, record.id, "Danh sách"),
            lambda _none: self._uncover(record.id),
            owner=self,
        )

    def _uncover(self, record_id: str) -> None:
        self._revealed = record_id
        self._write()
