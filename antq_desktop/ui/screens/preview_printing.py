"""Printing: which printer, which pages, how many copies; found and done off the UI thread."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, QSizeF, QTimer, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec
from antq_desktop.ui.buttons import make_button, make_tool
from antq_desktop.ui.screens.editor_kit import make_kit
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.chosen_fields import ChoiceButton, matching
from antq_desktop.ui.widgets.field import Option
from antq_desktop.ui.widgets.make import make_field
from antq_desktop.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from antq_desktop.ui.jobs import Control, Job
    from antq_desktop.ui.workplace import Workplace

ANSWER_WITHIN_MS: Final = 8000
DOTS_PER_INCH: Final = 300
NO_PRINTER: Final = (
    "Máy này chưa có máy in nào. Cài máy in trong hệ điều hành, hoặc lưu tệp PDF rồi in ở máy khác."
)
NO_ANSWER: Final = (
    "Máy in chưa trả lời. Kiểm tra dây và nguồn của máy in rồi bấm “Tìm lại”, hoặc lưu tệp PDF."
)
ONE_SIDE: Final = "one"
_SIDES: Final = {
    ONE_SIDE: ("Một mặt", QPrinter.DuplexMode.DuplexNone),
    "long": ("Hai mặt, lật theo cạnh dài", QPrinter.DuplexMode.DuplexLongSide),
    "short": ("Hai mặt, lật theo cạnh ngắn", QPrinter.DuplexMode.DuplexShortSide),
}
_RANGE: Final = re.compile(r"\s*(\d+)\s*(?:-\s*(\d+)\s*)?")


def printer_names() -> list[str]:
    """Return the printers of this machine, the usual one first; may take long, runs on a reader."""
    usual = QPrinterInfo.defaultPrinterName()
    names = QPrinterInfo.availablePrinterNames()
    return sorted(names, key=lambda name: (name != usual, name))


def pages_of(text: str, count: int) -> list[int]:
    """Return the pages that a text such as `1-3, 5` names, from 0; all of them for an empty one.

    Raises:
        UserError: `pages_not_understood`.
    """
    if not text.strip():
        return list(range(count))
    found: list[int] = []
    for part in text.split(","):
        match = _RANGE.fullmatch(part)
        first = int(match[1]) if match else 0
        last = int(match[2] or match[1]) if match else 0
        if not 1 <= first <= last <= count:
            message = (
                f"Trang “{text.strip()[:30]}” chưa đúng. Nhập như 1-3, 5; văn bản có {count} trang."
            )
            raise UserError("pages_not_understood", message, "pages")
        found += range(first - 1, last)
    return found


def print_pages(printer: QPrinter, pdf: bytes, pages: Sequence[int], control: Control) -> int:
    """Print pages of a paper and return how many; runs on a worker, stops between two pages.

    The document is born and ends inside this call, and a printer is no QObject, so the worker
    owns nothing of the UI thread.

    Raises:
        EnvironmentFault: `printer_refused`.
    """
    bytes_ = QByteArray(pdf)
    buffer = QBuffer()
    buffer.setData(bytes_)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    painter = QPainter()
    try:
        for at, page in enumerate(pages):
            control.report(at, len(pages))
            set_page(printer, document.pagePointSize(page))
            begun = printer.newPage() if painter.isActive() else painter.begin(printer)
            if not begun:
                message = "Máy in không nhận việc. Kiểm tra giấy và dây, rồi in lại."
                raise EnvironmentFault("printer_refused", message)
            draw_page(painter, printer, document, page)
    finally:
        if painter.isActive():
            painter.end()
        document.close()
        buffer.close()
    return len(pages)


def set_page(printer: QPrinter, points: QSizeF) -> None:
    """Take paper of the size and direction of the page, to its edges."""
    landscape = points.width() > points.height()
    size = points.transposed() if landscape else points
    orientation = (
        QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    )
    printer.setFullPage(True)
    printer.setPageSize(
        QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    )
    printer.setPageOrientation(orientation)


def draw_page(painter: QPainter, printer: QPrinter, document: QPdfDocument, page: int) -> None:
    """Draw one page over the whole sheet."""
    points = document.pagePointSize(page)
    dots = min(printer.resolution(), DOTS_PER_INCH)
    size = QSize(round(points.width() * dots / 72), round(points.height() * dots / 72))
    image = document.render(page, size)
    paper = QImage(size, QImage.Format.Format_Grayscale8)
    paper.fill(255)
    inner = QPainter(paper)
    inner.drawImage(0, 0, image)
    inner.end()
    whole = printer.pageLayout().fullRectPixels(printer.resolution())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(0, 0, whole.width(), whole.height()), paper)


class PrintPanel(QFrame):
    """Beside the pages: printer, copies, pages, and the button that prints.

    Args:
        find: Finds the printers; runs on a reader.
        make: Makes the printer of a name.
    """

    printed = Signal(int)
    found = Signal()

    def __init__(
        self,
        workplace: Workplace,
        find: Callable[[], Sequence[str]] = printer_names,
        make: Callable[[str], QPrinter] | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self._workplace = workplace
        self._find = find
        self._make = make or _printer_of
        self._names: Sequence[str] = ()
        self._name = ""
        self._title = ""
        self._pdf = b""
        self._count = 0
        self._job: Job[int] | None = None
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(ANSWER_WITHIN_MS)
        self._waiting.timeout.connect(lambda: self._say(NO_ANSWER, again=True))
        self._make_parts()
        self._lay_out()

    def show_paper(self, title: str, pdf: bytes, pages: int) -> None:
        """Take the paper that will be printed."""
        self._title, self._pdf, self._count = title, pdf, pages
        self.pages.hint.setText(f"Để trống để in cả {pages} trang. Ví dụ: 1-3, 5.")

    def open(self) -> None:
        """Show the panel and look for printers."""
        self.show()
        self.look()

    def look(self) -> None:
        """Look for printers, off the UI thread; say so when none answers in time."""
        self._say("Đang tìm máy in…")
        self._waiting.start()
        self._workplace.jobs.read(
            lambda _control: list(self._find()), self._show_printers, owner=self, lane="printers"
        )

    def end(self) -> None:
        """The page goes away."""
        self._waiting.stop()

    def print(self) -> None:
        """Print what was chosen."""
        try:
            pages = pages_of(str(self.pages.value() or ""), self._count)
            copies = self.copies.value()
        except UserError as error:
            self.pages.show_faults(error.faults)
            return
        if not self._name or not self._pdf:
            return
        printer = self._make(self._name)
        printer.setDocName(self._title)
        printer.setCopyCount(copies if isinstance(copies, int) and copies > 0 else 1)
        printer.setCollateCopies(True)
        printer.setDuplex(_SIDES[str(self.sides.value() or ONE_SIDE)][1])
        pdf = self._pdf
        self.go.setEnabled(False)
        self._job = self._workplace.jobs.read(
            lambda control: print_pages(printer, pdf, pages, control),
            self._on_printed,
            failed=self._on_failed,
            owner=self,
            title="Đang gửi ra máy in",
        )

    def _make_parts(self) -> None:
        theme = self._workplace.theme
        self.heading = QLabel("In")
        self.heading.setProperty("role", "heading")
        self.close_button = make_tool("close", theme, "Ẩn (Esc)")
        self.close_button.clicked.connect(self.hide)
        self.printer_label = QLabel("Máy in")
        self.printer_label.setProperty("role", "label")
        self.printer = ChoiceButton(theme, "Chọn máy in…")
        self.printer.setAccessibleName("Máy in")
        self.printer.wanted.connect(self._choose)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setProperty("role", "hint")
        self.again = make_button("Tìm lại", theme, role="quiet", icon="refresh")
        self.again.clicked.connect(self.look)
        kit = make_kit(self._workplace, self)
        copies = FieldSpec(name="copies", label="Số bản", kind=FieldKind.INTEGER, maximum=99)
        pages = FieldSpec(name="pages", label="Trang", hint=" ", max_length=80)
        sides = FieldSpec(
            name="sides", label="Mặt giấy", kind=FieldKind.CHOICE, codes="sides", required=True
        )
        options = [Option(key, told) for key, (told, _mode) in _SIDES.items()]
        self.sides = make_field(sides, replace(kit, codes=lambda _name: options))
        self.sides.set_value(ONE_SIDE)
        self.copies = make_field(copies, kit)
        self.copies.set_value(1)
        self.pages = make_field(pages, kit)
        self.go = make_button("In", theme, role="primary", icon="print")
        self.go.clicked.connect(self.print)
        self.go.setEnabled(False)

    def _lay_out(self) -> None:
        self.setFixedWidth(36 * UNIT)
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addLayout(head)
        for part in (self.printer_label, self.printer, self.said, self.again):
            column.addWidget(part)
        column.addWidget(self.copies)
        column.addWidget(self.pages)
        column.addWidget(self.sides)
        column.addWidget(self.go)
        column.addStretch(1)

    def _show_printers(self, names: Sequence[str]) -> None:
        self._waiting.stop()
        self._names = names
        if not names:
            self._say(NO_PRINTER, again=True)
        else:
            self._take(self._name if self._name in names else names[0])
        self.found.emit()

    def _say(self, words: str, *, again: bool = False) -> None:
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self.again.setVisible(again)
        self.printer.setVisible(not words)
        self.printer_label.setVisible(not words)
        self.go.setEnabled(not words)

    def _take(self, name: str) -> None:
        self._name = name
        self.printer.setText(name)
        self._say("")

    def _choose(self, _typed: str) -> None:
        options = [Option(name, name) for name in self._names]
        popup = Picker(
            lambda words, deliver: deliver(matching(options, words)),
            self._workplace.theme,
            self,
            searchable=len(options) > 8,
        )
        popup.picked.connect(lambda option: self._take(option.id))
        popup.open_under(self.printer, self._name)

    def _on_printed(self, pages: int) -> None:
        self._job = None
        self.go.setEnabled(True)
        self._workplace.door.done(f"Đã gửi {pages} trang ra máy in {self._name}.")
        self.hide()
        self.printed.emit(pages)

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        self.go.setEnabled(True)
        self._workplace.door.meet(error)


def _printer_of(name: str) -> QPrinter:
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DOTS_PER_INCH)
    return printer
