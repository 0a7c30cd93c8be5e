"""The pages of a paper as a strip of small pictures, drawn when they come into view."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtPdf import QPdfDocument, QPdfPageRenderer
from PySide6.QtWidgets import QFrame, QListView

from antq_desktop.ui.theme import UNIT, Theme

Index = QModelIndex | QPersistentModelIndex
_WIDTH: Final = 12 * UNIT
_KEPT: Final = 80
_NO_PARENT: Final = QModelIndex()


class _Pages(QAbstractListModel):
    """Numbers and pictures; a picture is asked for when it is painted, and comes later."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._document: QPdfDocument | None = None
        self._renderer = QPdfPageRenderer(self)
        self._renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self._renderer.pageRendered.connect(self._arrive)
        self._pictures: OrderedDict[int, QPixmap] = OrderedDict()
        self._asked: dict[int, int] = {}
        self.ratio = 1.0

    def show(self, document: QPdfDocument | None) -> None:
        self.beginResetModel()
        self._pictures.clear()
        self._asked.clear()
        self._document = document
        if document is not None:
            self._renderer.setDocument(document)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        if parent.isValid() or self._document is None:
            return 0
        return self._document.pageCount()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        page = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return str(page + 1)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignHCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"Trang {page + 1}"
        if role == Qt.ItemDataRole.DecorationRole:
            if page not in self._pictures:
                self._ask(page)
                return self._blank(page)
            self._pictures.move_to_end(page)
            return _untinted(self._pictures[page])
        return None

    def size_of(self, page: int) -> QSize:
        if self._document is None:
            return QSize(_WIDTH, _WIDTH)
        size = self._document.pagePointSize(page)
        return QSize(_WIDTH, round(_WIDTH * size.height() / max(size.width(), 1)))

    def _blank(self, page: int) -> QPixmap:
        blank = QPixmap(self.size_of(page))
        blank.fill(Qt.GlobalColor.white)
        return blank

    def _ask(self, page: int) -> None:
        if page in self._asked.values():
            return
        number = self._renderer.requestPage(page, self.size_of(page) * self.ratio)
        self._asked[number] = page

    def _arrive(
        self, page: int, _size: QSize, image: QImage, _options: object, number: int
    ) -> None:
        if self._asked.pop(number, None) is None:
            return
        picture = QPixmap(image.size())
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        painter.drawImage(0, 0, image)
        painter.end()
        picture.setDevicePixelRatio(self.ratio)
        self._pictures[page] = picture
        if len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        at = self.index(page, 0)
        self.dataChanged.emit(at, at)


def _untinted(picture: QPixmap) -> QIcon:
    """Return a picture that a selection leaves as it is."""
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon


class PageList(QListView):
    """The strip; `chosen` carries the page that was clicked or walked to."""

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._pages = _Pages(self)
        self._marking = False
        self.setModel(self._pages)
        self.setProperty("role", "pages")
        self.setAccessibleName("Danh sách trang")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSpacing(UNIT // 2)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(_WIDTH + 6 * UNIT)
        self.setMaximumWidth(_WIDTH + 8 * UNIT)
        self._line = theme.measures.compact_row
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_document(self, document: QPdfDocument) -> None:
        """Show the pages of a paper."""
        self._pages.ratio = self.devicePixelRatioF()
        self._pages.show(document)
        size = self._pages.size_of(0)
        self.setIconSize(size)
        self.setGridSize(QSize(_WIDTH + 4 * UNIT, size.height() + self._line + UNIT))
        self.mark(0)

    def mark(self, page: int) -> None:
        """Show which page is before the eye; this is no choice."""
        self._marking = True
        self.setCurrentIndex(self._pages.index(page, 0))
        self._marking = False

    def end(self) -> None:
        """Let go of the paper."""
        self._pages.show(None)

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid() and not self._marking:
            self.chosen.emit(index.row())
