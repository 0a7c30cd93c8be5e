"""Bundles on paper in *Giao nhận*: printed in the preview, and read from pictures or scans."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QWidget

from antq_desktop.domain.errors import UserError
from antq_desktop.services.paper_bundles import read_pictures
from antq_desktop.ui.ask import FileQuestion
from antq_desktop.ui.screens.handover_papers import show_paper
from antq_desktop.ui.screens.preview_wanted import Given, Wanted

if TYPE_CHECKING:
    from antq_desktop.services.paper_bundles import ReadPaper
    from antq_desktop.services.sealing import Made
    from antq_desktop.ui.jobs import Control
    from antq_desktop.ui.workplace import Workplace

PRINT: Final = "In gói trên giấy…"
READ: Final = "Đọc gói trên giấy…"
_TITLE: Final = "Gói trên giấy"
_PAGES: Final = (("Ảnh trang giấy", "*.png *.jpg *.jpeg *.pdf *.PNG *.JPG *.JPEG *.PDF"),)
_DPI: Final = 200
_POINTS: Final = 72
_MOST_PAGES: Final = 50


def show_bundle(workplace: Workplace, asked_by: QWidget, digest: str) -> None:
    """Show a sealed bundle as a paper, to be printed or saved."""
    paper = workplace.office.handover.paper
    given = Given(_TITLE, lambda: paper.paper(digest))
    show_paper(asked_by, Wanted("", given=given))


def seal_and_show(
    workplace: Workplace,
    asked_by: QWidget,
    seal: Callable[[], Made],
    told: Callable[[str, str], None],
) -> None:
    """Make a bundle that fits on paper and show it; `told` hears what came of it, and its tone."""

    def done(made: Made) -> None:
        told(made.sentence, "done")
        workplace.door.done(made.sentence)
        show_bundle(workplace, asked_by, made.row.digest)

    def failed(error: BaseException) -> None:
        told(str(getattr(error, "message", "")), "fault")
        workplace.door.meet(error)

    workplace.jobs.write(
        lambda _control: seal(), done, failed=failed, owner=asked_by, title="Đang lập gói trên giấy"
    )


def ask_pages(
    workplace: Workplace,
    owner: QWidget,
    then: Callable[[ReadPaper], None],
    told: Callable[[str, str], None],
) -> None:
    """Ask for pictures or scans of pages, and hand on what they hold; `told` hears of faults."""

    def failed(error: BaseException) -> None:
        told(str(getattr(error, "message", "")), "fault")
        workplace.door.meet(error)

    def chosen(paths: Sequence[Path]) -> None:
        if not paths:
            return
        told("Đang đọc gói từ giấy…", "note")

        def work(control: Control) -> ReadPaper:
            control.report(0, None, "Đang đọc mã vuông")
            return workplace.office.handover.paper.read(page_pictures(paths))

        workplace.jobs.write(work, then, failed=failed, owner=owner, title="Đang đọc gói từ giấy")

    workplace.asker.ask_files(FileQuestion("Chọn ảnh hoặc bản quét của trang", _PAGES), chosen)


def page_pictures(paths: Sequence[Path]) -> Iterator[bytes]:
    """Yield each page of pictures and scans as a picture file.

    Raises:
        UserError: `no_picture`: a PDF that cannot be opened.
        EnvironmentFault: A file cannot be read.
    """
    for path in paths:
        if path.suffix.lower() == ".pdf":
            yield from _pages_of(path)
        else:
            yield from read_pictures([path])


def _pages_of(path: Path) -> Iterator[bytes]:
    document = QPdfDocument()
    try:
        if document.load(str(path)) is not QPdfDocument.Error.None_:
            message = f"Không mở được “{path.name}”. Quét lại trang thành ảnh rồi chọn tệp ảnh."
            raise UserError("no_picture", message)
        for at in range(min(document.pageCount(), _MOST_PAGES)):
            points = document.pagePointSize(at)
            size = QSize(
                *(round(side / _POINTS * _DPI) for side in (points.width(), points.height()))
            )
            yield _as_png(document.render(at, size.boundedTo(QSize(6000, 6000))))
    finally:
        document.close()


def _as_png(image: QImage) -> bytes:
    page = QImage(image.size(), QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    painter.drawImage(0, 0, image)
    painter.end()
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    page.save(held, "PNG")  # type: ignore[call-overload]  # the stubs want bytes for the name
    return bytes(held.data().data())
