"""Attachments looked at inside the program: pictures that can be enlarged, papers page by page.

Nothing of it touches the disk: the bytes come from the store into memory, and go with the window.
A copy outside is written only on wish, behind a warning, and stands in history.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QKeySequence, QPainter, QPixmap, QResizeEvent, QShortcut
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGraphicsScene,
    QGraphicsView,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.attachments import EXTENSIONS, NOT_WHOLE, PICTURES
from antq_desktop.domain.errors import UserError
from antq_desktop.ui.ask import Answer, Choice, FileQuestion, Question
from antq_desktop.ui.buttons import make_button, make_tool
from antq_desktop.ui.elided import ElidedLabel
from antq_desktop.ui.screens.attachments_pictures import whole
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.ui.jobs import Control
    from antq_desktop.ui.screens.attachments_tiles import Tile
    from antq_desktop.ui.workplace import Workplace

_STEP: Final = 1.25
_LEAST, _MOST = 0.05, 8.0


class PictureView(QGraphicsView):
    """One picture: fitted at first, enlarged by keys, buttons or Ctrl and the wheel."""

    def __init__(self) -> None:
        super().__init__()
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setAccessibleName("Ảnh")
        self.fitted = True

    def show_image(self, image: QImage) -> None:
        """Show a picture, fitted."""
        self._scene.clear()
        self._scene.addPixmap(QPixmap.fromImage(image))
        self._scene.setSceneRect(0, 0, image.width(), image.height())
        self.fit()

    def fit(self) -> None:
        """Show all of it, never larger than it is."""
        self.fitted = True
        self.resetTransform()
        area, room = self._scene.sceneRect(), self.viewport().rect()
        if area.width() > room.width() or area.height() > room.height():
            self.fitInView(area, Qt.AspectRatioMode.KeepAspectRatio)

    def enlarge(self, by: float) -> None:
        """Enlarge or make smaller."""
        self.fitted = False
        wanted = min(max(self.transform().m11() * by, _LEAST), _MOST)
        self.resetTransform()
        self.scale(wanted, wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay fitted."""
        super().resizeEvent(event)
        if self.fitted:
            self.fit()


class Viewer(QDialog):
    """Shows attachments one after another."""

    def __init__(
        self, workplace: Workplace, tiles: Sequence[Tile], at: int, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Ảnh, tài liệu đính kèm")
        self._workplace = workplace
        self._tiles = list(tiles)
        self._at = at
        self._bytes = QByteArray()
        self._buffer = QBuffer(self)
        self.document = QPdfDocument(self)
        self.picture = PictureView()
        self.paper = QPdfView(self)
        self.words = QLabel()
        self._make()
        self._keys()
        self.resize(self._room(parent))
        self._show()

    @property
    def tile(self) -> Tile:
        """The one in view."""
        return self._tiles[self._at]

    def go(self, by: int) -> None:
        """Go to another one."""
        if 0 <= self._at + by < len(self._tiles):
            self._at += by
            self._show()

    def ask_for_copy(self) -> None:
        """Write a copy outside, once the officer knows what that means."""
        question = Question(
            "Lưu bản sao ra ngoài chương trình",
            "Bản sao không được mã hóa: ai mở được máy hoặc USB này đều xem được. Việc lưu được "
            "ghi vào nhật ký. Chỉ lưu khi có yêu cầu của người có thẩm quyền.",
            (Choice("copy", "Lưu bản sao", "danger"), Choice("stay", "Không lưu", "primary")),
            "stay",
        )
        self._workplace.asker.ask(question, self._copy)

    def _copy(self, answer: Answer) -> None:
        if answer.key != "copy":
            return
        tile, held = self.tile, self._workplace.office.attachments

        def chosen(path: Path | None) -> None:
            if path is None:
                return
            self._workplace.jobs.write(
                lambda _control: held.save_copy(tile.digest, tile.id, path),
                lambda written: self._workplace.door.done(f"Đã lưu bản sao vào {written}."),
            )

        ending = EXTENSIONS[tile.media]
        kinds = ((tile.media, f"*{ending}"),)
        suggested = f"tep_dinh_kem{ending}"
        self._workplace.asker.ask_file(
            FileQuestion("Lưu bản sao ra ngoài", kinds, suggested=suggested, to_write=True), chosen
        )

    def _make(self) -> None:
        theme = self._workplace.theme
        self.title = ElidedLabel(role="heading")
        self.before = make_tool("prev", theme, "Tệp trước (Page Up)")
        self.after = make_tool("next", theme, "Tệp sau (Page Down)")
        self.which = QLabel()
        self.smaller = make_tool("dash", theme, "Thu nhỏ (Ctrl+-)")
        self.larger = make_tool("add", theme, "Phóng to (Ctrl++)")
        self.fitting = make_button("Vừa cửa sổ", theme, tip="Vừa cửa sổ (Ctrl+0)")
        self.copy = make_button(
            "Lưu bản sao ra ngoài…", theme, icon="upload", tip="Lưu bản sao không mã hóa (Ctrl+S)"
        )
        self.shut = make_button("Đóng", theme, role="primary", tip="Đóng (Esc)")
        self.paper.setPageMode(QPdfView.PageMode.MultiPage)
        self.paper.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.paper.setFrameShape(QFrame.Shape.NoFrame)
        self.paper.setAccessibleName("Trang tài liệu")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        self.stack = QStackedWidget()
        for shown in (self.words, self.picture, self.paper):
            self.stack.addWidget(shown)
        head = QHBoxLayout()
        head.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
        head.setSpacing(UNIT)
        head.addWidget(self.title, 1)
        for part in (self.before, self.which, self.after):
            head.addWidget(part)
            part.setHidden(len(self._tiles) < 2)
        for tool in (self.smaller, self.larger, self.fitting, self.copy, self.shut):
            head.addWidget(tool)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(head)
        page.addWidget(self.stack, 1)

    def _keys(self) -> None:
        buttons: tuple[tuple[QWidget, Callable[[], object], str], ...] = (
            (self.before, lambda: self.go(-1), "PgUp"),
            (self.after, lambda: self.go(1), "PgDown"),
            (self.smaller, lambda: self._enlarge(1 / _STEP), "Ctrl+-"),
            (self.larger, lambda: self._enlarge(_STEP), "Ctrl++"),
            (self.fitting, self._fit, "Ctrl+0"),
            (self.copy, self.ask_for_copy, "Ctrl+S"),
            (self.shut, self.close, ""),
        )
        for button, action, keys in buttons:
            button.clicked.connect(lambda _on=False, action=action: action())  # type: ignore[attr-defined]  # all of them are buttons
            if keys:
                QShortcut(QKeySequence(keys), self).activated.connect(
                    lambda action=action: action()
                )
        QShortcut(QKeySequence("Ctrl+="), self).activated.connect(lambda: self._enlarge(_STEP))

    def _room(self, parent: QWidget) -> QSize:
        around = parent.window().size()
        return QSize(max(560, round(around.width() * 0.9)), max(400, round(around.height() * 0.9)))

    def _show(self) -> None:
        tile, held = self.tile, self._workplace.office.attachments
        self.title.set_full_text(tile.name)
        self.which.setText(f"{self._at + 1}/{len(self._tiles)}")
        self.before.setEnabled(self._at > 0)
        self.after.setEnabled(self._at + 1 < len(self._tiles))
        self._say("Đang mở…")

        def work(_control: Control) -> tuple[bytes, QImage | None]:
            data = held.content(tile.digest)
            return data, whole(data) if tile.media in PICTURES else None

        self._workplace.jobs.read(
            work, self._take, failed=self._refuse, owner=self, lane="attachment"
        )

    def _take(self, found: tuple[bytes, QImage | None]) -> None:
        data, image = found
        if image is not None:
            self.picture.show_image(image)
            self._bring(self.picture)
            return
        self.document.close()
        self._buffer.close()
        self._bytes = QByteArray(data)
        self._buffer.setData(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        if not self.document.pageCount():
            self._say(NOT_WHOLE)
            return
        self.paper.setDocument(self.document)
        self._bring(self.paper)

    def _bring(self, page: QWidget) -> None:
        self.stack.setCurrentWidget(page)
        for tool in (self.smaller, self.larger, self.fitting, self.copy):
            tool.setEnabled(True)
        page.setFocus()

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.stack.setCurrentWidget(self.words)
        for tool in (self.smaller, self.larger, self.fitting, self.copy):
            tool.setEnabled(False)

    def _refuse(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._say(error.message)
            return
        self._say(NOT_WHOLE)
        self._workplace.door.meet(error)

    def _enlarge(self, by: float) -> None:
        if self.stack.currentWidget() is self.picture:
            self.picture.enlarge(by)
        elif self.stack.currentWidget() is self.paper:
            self.paper.setZoomMode(QPdfView.ZoomMode.Custom)
            self.paper.setZoomFactor(min(max(self.paper.zoomFactor() * by, _LEAST), _MOST))

    def _fit(self) -> None:
        self.picture.fit()
        self.paper.setZoomMode(QPdfView.ZoomMode.FitToWidth)
