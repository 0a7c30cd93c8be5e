"""Papers before they are printed: pages, zoom, saving as PDF, printing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.shown import show_integer
from antq_desktop.domain.text import fold
from antq_desktop.services.paper_kinds import Needs, PaperKind
from antq_desktop.ui.ask import FileQuestion
from antq_desktop.ui.buttons import make_button, make_tool
from antq_desktop.ui.elided import ElidedLabel
from antq_desktop.ui.jobs import Job
from antq_desktop.ui.screens.preview_making import forms_beside, making
from antq_desktop.ui.screens.preview_pages import PageList
from antq_desktop.ui.screens.preview_period import PeriodOfPaper
from antq_desktop.ui.screens.preview_printing import PrintPanel
from antq_desktop.ui.screens.preview_wanted import Wanted
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.chosen_fields import matching
from antq_desktop.ui.widgets.field import Option
from antq_desktop.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from antq_desktop.ui.workplace import Workplace

_ZOOM_STEP: Final = 1.2
_LONGEST_NAME: Final = 60  # letters of a record's name in the name of a file
_NAMED_FROM: Final = 1200  # logical px; narrower, fitting is by keys alone
_LEAST_ZOOM, _MOST_ZOOM = 0.25, 4.0


class PreviewPage(QWidget):
    """Shows papers, those of several records in one file.

    `closed` asks to go back, `shown` says that a paper is there.
    """

    closed = Signal()
    shown = Signal()

    def __init__(self, workplace: Workplace, wanted: Sequence[Wanted]) -> None:
        super().__init__()
        self._workplace = workplace
        self._wanted = list(wanted)
        self._at = 0
        self._job: Job[tuple[bytes, str]] | None = None
        self._of = ""
        self._bytes = QByteArray()
        self._buffer = QBuffer(self)
        kinds = {kind.code: kind for kind in workplace.office.papers.forms()}
        self._forms = forms_beside(self._wanted[0], kinds.values())
        given = self._wanted[0].given
        self._kind = (
            PaperKind("", given.title, Needs.NOTHING) if given else kinds[self._wanted[0].form]
        )
        forms = {one.form for one in self._wanted}
        several = len(self._wanted) > 1 and len(forms) == 1
        self._together = several and all(one.record_id for one in self._wanted)
        self.document = QPdfDocument(self)
        self._make_parts()
        self._lay_out()
        self._connect()

    @property
    def pdf(self) -> bytes:
        """The paper shown; empty while there is none."""
        return bytes(self._bytes.data())

    def start(self) -> None:
        """Make the paper, off the UI thread."""
        self._show_busy("Đang lập văn bản…")
        self._make(self._show, word=False)

    def save_as_word(self) -> None:
        """Ask where, and make the paper there once more as a Word file that can be edited."""
        if not self.pdf or self.word.isHidden():
            return
        question = FileQuestion(
            title="Lưu văn bản thành tệp Word",
            kinds=(("Tệp Word", "*.docx"),),
            suggested=self.suggested_name().removesuffix(".pdf") + ".docx",
            to_write=True,
        )
        self._workplace.asker.ask_file(question, self._write_word)

    def _write_word(self, path: Path | None) -> None:
        if path is not None:
            self._make(lambda made: self._write_to(path, ".docx", made[0]), word=True)

    def _make(self, then: Callable[[tuple[bytes, str]], None], *, word: bool) -> None:
        wanted = self._wanted if self._together else self._wanted[self._at : self._at + 1]
        work = making(self._workplace.office, wanted, self.private.isChecked(), word=word)
        # A paper of the exchange may be the first to ask for the keys: the writer makes it.
        exchange = self._kind.needs in (Needs.BUNDLE, Needs.UNIT, Needs.NOTHING)
        begin = self._workplace.jobs.write if exchange else self._workplace.jobs.read
        self._job = begin(
            work,
            then,
            failed=self._on_failed,
            owner=self,
            title=f"Đang lập {fold_title(self._kind.title)}",
        )

    def end(self) -> None:
        """Stop what is still under way; the page goes away."""
        if self._job is not None:
            self._job.stop()
        self.panel.end()
        self.pages.end()

    def set_zoom(self, factor: float) -> None:
        """Show the pages at a size of their own."""
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(max(factor, _LEAST_ZOOM), _MOST_ZOOM))
        self._tell_zoom()

    def save_as(self) -> None:
        """Ask where, and write the paper there."""
        if not self.pdf or self.save.isHidden():
            return
        question = FileQuestion(
            title="Lưu văn bản thành tệp PDF",
            kinds=(("Tệp PDF", "*.pdf"),),
            suggested=self.suggested_name(),
            to_write=True,
        )
        self._workplace.asker.ask_file(question, self._write_to)

    def suggested_name(self) -> str:
        """Return a file name without marks, which every stick and printer can write."""
        words = "_".join(fold(self._kind.title).upper().split())
        if self._of:
            words = f"{words}_{self._of}"
        more = self._wanted[self._at].period
        count = len(self._wanted)
        one_of_many = f"_{self._at + 1}" if count > 1 else ""
        number = f"_{count}_HO_SO" if self._together else one_of_many
        return f"{words}{'_' + more.replace(':', '_') if more else ''}{number}.pdf"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the name of the paper its room; both sizes keep their keys."""
        super().resizeEvent(event)
        for button in (self.fit, self.wide):
            button.setVisible(self.width() >= _NAMED_FROM)

    # parts

    def _make_parts(self) -> None:
        theme = self._workplace.theme
        self.back = make_tool("prev", theme, "Quay lại (Esc)")
        self.title = ElidedLabel(self._kind.title, role="heading")
        self.forms = make_button(
            "Biểu mẫu…", theme, icon="chevron-down", tip="Chọn biểu mẫu khác của hồ sơ này"
        )
        self.period = PeriodOfPaper(self._workplace, self._wanted[0], self._kind)
        self.private = QCheckBox("Có số điện thoại")
        self.private.setToolTip("In cả số điện thoại; việc này được ghi vào nhật ký là đã xem")
        self.before = make_tool("prev", theme, "Văn bản trước")
        self.after = make_tool("next", theme, "Văn bản sau")
        self.which = QLabel()
        self.which.setProperty("role", "label")
        self.smaller = make_tool("dash", theme, "Thu nhỏ (Ctrl+-)")
        self.larger = make_tool("add", theme, "Phóng to (Ctrl++)")
        self.zoom = QLabel()
        self.zoom.setProperty("role", "label")
        self.zoom.setMinimumWidth(6 * UNIT)
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.fit = make_button("Vừa trang", theme, role="quiet", tip="Cả trang (Ctrl+0)")
        self.wide = make_button("Vừa chiều ngang", theme, role="quiet", tip="Ctrl+1")
        self.save = make_button("Lưu PDF…", theme, icon="save", tip="Lưu thành tệp (Ctrl+S)")
        self.word = make_button("Lưu Word…", theme, tip="Lưu thành tệp Word để sửa (Ctrl+Shift+S)")
        self.print = make_button(
            "In…", theme, role="primary", icon="print", tip="Chọn máy in (Ctrl+P)"
        )
        self.view = QPdfView(self)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setPageSpacing(2 * UNIT)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setAccessibleName("Trang văn bản")
        self.pages = PageList(self._workplace.theme)
        self.busy = QLabel()
        self.busy.setProperty("role", "label")
        self.busy.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.busy.setWordWrap(True)
        self.panel = PrintPanel(self._workplace)
        self.panel.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(UNIT, UNIT, 2 * UNIT, UNIT)
        head.setSpacing(UNIT)
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        for part in (self.forms, self.period, self.private, self.before, self.which, self.after):
            head.addWidget(part)
        for tool in (self.smaller, self.zoom, self.larger, self.fit, self.wide):
            head.addWidget(tool)
        head.addSpacing(UNIT)
        head.addWidget(self.save)
        head.addWidget(self.word)
        head.addWidget(self.print)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setChildrenCollapsible(False)
        both.addWidget(self.pages)
        both.addWidget(self.view)
        both.setStretchFactor(1, 1)
        both.setSizes([19 * UNIT, 800])
        self._stack = QStackedWidget()
        self._stack.addWidget(self.busy)
        self._stack.addWidget(both)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._stack, 1)
        middle.addWidget(self.panel)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(head)
        page.addLayout(middle, 1)
        self.private.setHidden(not self._kind.has_private)
        self.forms.setHidden(len(self._forms) < 2)
        given = self._wanted[0].given
        self.save.setHidden(given is not None and given.only_print)
        self.word.setHidden(given is not None or not self._kind.in_word)
        for part in (self.before, self.which, self.after):
            part.setHidden(len(self._wanted) < 2 or self._together)

    def _connect(self) -> None:
        self.back.clicked.connect(self.closed)
        self.forms.clicked.connect(self._choose_form)
        self.period.chosen.connect(self._take_period)
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        self.smaller.clicked.connect(lambda: self.set_zoom(self._factor() / _ZOOM_STEP))
        self.larger.clicked.connect(lambda: self.set_zoom(self._factor() * _ZOOM_STEP))
        self.fit.clicked.connect(lambda: self._fit(QPdfView.ZoomMode.FitInView))
        self.wide.clicked.connect(lambda: self._fit(QPdfView.ZoomMode.FitToWidth))
        self.save.clicked.connect(self.save_as)
        self.word.clicked.connect(self.save_as_word)
        self.print.clicked.connect(self._show_panel)
        self.private.toggled.connect(lambda _on: self.start())
        self.view.zoomFactorChanged.connect(lambda _factor: self._tell_zoom())
        self.pages.chosen.connect(self._go_to_page)
        self.view.pageNavigator().currentPageChanged.connect(self.pages.mark)
        actions: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Esc", self._escape),
            ("Ctrl++", self.larger.click),
            ("Ctrl+=", self.larger.click),
            ("Ctrl+-", self.smaller.click),
            ("Ctrl+0", self.fit.click),
            ("Ctrl+1", self.wide.click),
            ("Ctrl+S", self.save_as),
            ("Ctrl+Shift+S", self.save_as_word),
            ("Ctrl+P", self._show_panel),
        )
        for keys, action in actions:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda action=action: action())

    # what happens

    def _show_busy(self, words: str) -> None:
        self.busy.setText(words)
        self._stack.setCurrentWidget(self.busy)
        for button in (self.save, self.print):
            button.setEnabled(False)
        self.which.setText(f"{self._at + 1}/{len(self._wanted)}")
        self.before.setEnabled(self._at > 0)
        self.after.setEnabled(self._at + 1 < len(self._wanted))

    def _show(self, made: tuple[bytes, str]) -> None:
        pdf, self._of = made
        self._job = None
        self.document.close()
        self._buffer.close()
        self._bytes = QByteArray(pdf)
        self._buffer.setData(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self.view.setDocument(self.document)
        self.pages.show_document(self.document)
        count = show_integer(self.document.pageCount())
        of = f" của {show_integer(len(self._wanted))} hồ sơ" if self._together else ""
        self.title.set_full_text(f"{self._kind.title}{of} · {count} trang")
        self.panel.show_paper(self._kind.title, pdf, self.document.pageCount())
        self._stack.setCurrentIndex(1)
        for button in (self.save, self.print):
            button.setEnabled(True)
        self.view.setFocus()
        self._tell_zoom()
        self.shown.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        self._show_busy("Chưa lập được văn bản. Quay lại rồi làm tiếp.")
        self._workplace.door.meet(error)

    def _write_to(self, path: Path | None, ending: str = ".pdf", made: bytes = b"") -> None:
        if path is None:
            return
        named = path.suffix.lower() == ending
        target = path if named else path.with_name(path.name + ending)
        papers, data = self._workplace.office.papers, made or self.pdf
        self._workplace.jobs.read(
            lambda _control: papers.save(data, target),
            lambda written: self._workplace.door.done(f"Đã lưu văn bản vào {written}."),
            owner=self,
        )

    def _take_period(self) -> None:
        self._wanted[self._at] = replace(self._wanted[self._at], period=self.period.period)
        self.start()

    def _choose_form(self) -> None:
        options = [Option(kind.code, kind.title) for kind in self._forms]
        popup = Picker(
            lambda words, deliver: deliver(matching(options, words)),
            self._workplace.theme,
            self,
            searchable=len(options) > 8,
        )
        popup.picked.connect(lambda option: self.take_form(option.id))
        popup.open_under(self.forms, self._kind.code)

    def take_form(self, code: str) -> None:
        """Make the records shown into another paper of theirs."""
        self._kind = next(kind for kind in self._forms if kind.code == code)
        self._wanted = [replace(one, form=code) for one in self._wanted]
        self.private.setHidden(not self._kind.has_private)
        self.word.setHidden(not self._kind.in_word)
        if self.private.isHidden():
            self.private.setChecked(False)
        self.start()

    def _step(self, by: int) -> None:
        self._at += by
        self.start()

    def _show_panel(self) -> None:
        if self.pdf:
            self.panel.open()

    def _escape(self) -> None:
        if self.panel.isVisible():
            self.panel.hide()
        else:
            self.closed.emit()

    def _go_to_page(self, page: int) -> None:
        self.view.pageNavigator().jump(page, QPointF())

    def _fit(self, mode: QPdfView.ZoomMode) -> None:
        self.view.setZoomMode(mode)
        self._tell_zoom()

    def _factor(self) -> float:
        """Return how large pages are now, also when they are fitted."""
        if self.view.zoomMode() is QPdfView.ZoomMode.Custom or not self.document.pageCount():
            return self.view.zoomFactor()
        size = self.document.pagePointSize(self.view.pageNavigator().currentPage())
        per_point = self.view.logicalDpiX() / 72
        margins = self.view.documentMargins()
        room = self.view.viewport().width() - margins.left() - margins.right()
        wide = room / (size.width() * per_point)
        if self.view.zoomMode() is QPdfView.ZoomMode.FitToWidth:
            return wide
        tall = self.view.viewport().height() - self.view.pageSpacing()
        return min(wide, tall / (size.height() * per_point))

    def _tell_zoom(self) -> None:
        if self.document.pageCount():
            self.zoom.setText(f"{round(self._factor() * 100)}%")


def fold_title(title: str) -> str:
    """Return a title as it stands inside a sentence."""
    return title[:1].lower() + title[1:]
