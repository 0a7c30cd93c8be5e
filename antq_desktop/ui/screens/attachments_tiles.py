"""Attachments as tiles: a small picture, its caption, walked and opened by keys."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem

from antq_desktop.domain.attachments import PICTURES, show_size
from antq_desktop.domain.errors import UserError
from antq_desktop.ui.screens.attachments_pictures import thumbnail
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.domain.fields import Values
    from antq_desktop.ui.jobs import Control
    from antq_desktop.ui.workplace import Workplace

WIDE: Final = 16 * UNIT
HIGH: Final = 12 * UNIT
_KEPT: Final = 120
_ID: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Tile:
    """One attachment as it is shown.

    Attributes:
        id: Id of its record.
        digest: Digest of its content.
        media: `JPEG`, `PNG` or `PDF`.
        size: In bytes.
        caption: As a person wrote it.
        saved: Whether it is stored already.
    """

    id: str
    digest: str
    media: str
    size: int
    caption: str
    saved: bool = True

    @property
    def name(self) -> str:
        """What it is called: its caption, else what kind of file it is."""
        return self.caption or ("Ảnh" if self.media in PICTURES else "Tài liệu PDF")

    @property
    def told(self) -> str:
        """Say in words what a tile shows."""
        waiting = "" if self.saved else ", chưa lưu"
        return f"{self.name}, {self.media}, {show_size(self.size)}{waiting}"


def tile_of(record_id: str, values: Values, *, saved: bool = True) -> Tile:
    """Return how an attachment is shown."""
    size = values.get("size")
    return Tile(
        record_id,
        str(values.get("digest") or ""),
        str(values.get("media") or ""),
        size if isinstance(size, int) else 0,
        str(values.get("caption") or ""),
        saved=saved,
    )


class TileList(QListWidget):
    """Tiles side by side; `opened` carries the id of the one to look at, `left_out` the one to go.

    `moved` carries an id and by how many places it goes.
    """

    opened = Signal(str)
    left_out = Signal(str)
    moved = Signal(str, int)

    def __init__(self, workplace: Workplace, *, scrolls: bool = False) -> None:
        super().__init__()
        self._workplace = workplace
        self._tiles: dict[str, Tile] = {}
        self._pictures: OrderedDict[str, QIcon] = OrderedDict()
        self._scrolls = scrolls
        self.changeable = not scrolls
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setIconSize(QSize(WIDE, HIGH))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Ảnh, tài liệu đính kèm")
        if not scrolls:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(lambda item: self.opened.emit(str(item.data(_ID))))
        self._fit()

    def show_tiles(self, tiles: Sequence[Tile], current: str = "") -> None:
        """Show these; the one with the keyboard stays where it can."""
        at = current or self.current_id()
        row = self.currentRow()
        self.blockSignals(True)
        self.clear()
        self._tiles = {tile.id: tile for tile in tiles}
        for tile in tiles:
            item = QListWidgetItem(self._picture(tile), tile.name)
            item.setData(_ID, tile.id)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, tile.told)
            item.setToolTip(tile.told)
            item.setSizeHint(self._cell())
            self.addItem(item)
        self.blockSignals(False)
        ids = [tile.id for tile in tiles]
        if ids:
            self.setCurrentRow(ids.index(at) if at in ids else min(max(row, 0), len(ids) - 1))
        self._fit()
        self._fetch()

    def current_id(self) -> str:
        """Return the id of the tile in hand, empty when there is none."""
        item = self.currentItem()
        return str(item.data(_ID)) if item is not None else ""

    def rename(self, record_id: str, values: Values) -> None:
        """Show a caption that is being typed."""
        held = self._tiles.get(record_id)
        for row in range(self.count()):
            item = self.item(row)
            if held is not None and item.data(_ID) == record_id:
                tile = tile_of(record_id, values, saved=held.saved)
                self._tiles[record_id] = tile
                item.setText(tile.name)
                item.setToolTip(tile.told)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, tile.told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter, leave out by Delete, move by Alt and an arrow."""
        current = self.current_id()
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if current and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(current)
        elif current and self.changeable and event.key() == Qt.Key.Key_Delete:
            self.left_out.emit(current)
        elif current and self.changeable and alt and event.key() in steps:
            self.moved.emit(current, steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the rows of tiles that the width asks for."""
        super().resizeEvent(event)
        self._fit()

    def _cell(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(WIDE + 2 * UNIT, HIGH + 2 * line + 3 * UNIT)

    def _fit(self) -> None:
        if self._scrolls:
            return
        cell = self._cell()
        across = max(1, (self.width() - 6) // (cell.width() + 2))
        rows = max(1, -(-self.count() // across))
        self.setFixedHeight(rows * (cell.height() + 2) + UNIT)

    def _picture(self, tile: Tile) -> QIcon:
        held = self._pictures.get(tile.digest)
        return held if held is not None else self._sign(tile)

    def _sign(self, tile: Tile) -> QIcon:
        """Return the sign that stands where there is no picture, or not yet."""
        name = "attach" if tile.media in PICTURES else "documents"
        ratio = self.devicePixelRatioF()
        ground = QPixmap(round(WIDE * ratio), round(HIGH * ratio))
        ground.setDevicePixelRatio(ratio)
        ground.fill(self._workplace.theme.colour("ground"))
        picture = self._workplace.theme.icons.pixmap(name, "ink_soft", 5 * UNIT, ratio)
        painter = QPainter(ground)
        painter.drawPixmap((WIDE - 5 * UNIT) // 2, (HIGH - 5 * UNIT) // 2, picture)
        painter.end()
        return _untinted(ground)

    def _fetch(self) -> None:
        """Ask for the pictures that are not there yet, one job for all, off the UI thread."""
        wanted = [
            tile.digest
            for tile in self._tiles.values()
            if tile.media in PICTURES and tile.digest not in self._pictures
        ]
        if not wanted:
            return
        held = self._workplace.office.attachments
        side = round(WIDE * self.devicePixelRatioF())

        def work(control: Control) -> dict[str, QImage]:
            found: dict[str, QImage] = {}
            for digest in dict.fromkeys(wanted):
                control.check()
                try:
                    found[digest] = thumbnail(held.content(digest), side)
                except UserError:
                    continue  # held on another device; the sign stays
            return found

        self._workplace.jobs.read(work, self._take, owner=self, lane="tiles")

    def _take(self, found: dict[str, QImage]) -> None:
        ratio = self.devicePixelRatioF()
        for digest, image in found.items():
            picture = QPixmap.fromImage(image)
            picture.setDevicePixelRatio(ratio)
            self._pictures[digest] = _untinted(picture)
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        for row in range(self.count()):
            tile = self._tiles.get(str(self.item(row).data(_ID)))
            if tile is not None and tile.digest in found:
                self.item(row).setIcon(self._pictures[tile.digest])


def _untinted(picture: QPixmap) -> QIcon:
    """Return an icon that keeps its colours when its tile is the one in hand."""
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon
