"""What hangs on the record in view and on those that belong to it, as a strip below its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from antq_desktop.domain.shown import show_integer
from antq_desktop.ui.screens.attachments_tiles import Tile, TileList, tile_of
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.ui.screens.reading_pane_data import Loaded
    from antq_desktop.ui.workplace import Workplace


class AttachmentsStrip(QWidget):
    """Shows tiles and opens them; away where nothing hangs on the record."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._held: list[Tile] = []
        self._title = QLabel()
        self._title.setProperty("role", "section")
        self.tiles = TileList(workplace, one_row=True)
        self.tiles.opened.connect(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, UNIT, 0)
        column.setSpacing(UNIT // 2)
        column.addWidget(self._title)
        column.addWidget(self.tiles)
        self.hide()

    def show_attached(self, loaded: Loaded) -> None:
        """Show what hangs on a record, first on it, then on those that belong to it."""
        own = loaded.shown.record.id
        order = sorted(loaded.attached, key=lambda record_id: record_id != own)
        held = [tile_of(one.id, one.values()) for rec in order for one in loaded.attached[rec]]
        self.setVisible(bool(held))
        self._title.setText(f"Ảnh, tài liệu đính kèm: {show_integer(len(held))}")
        if held != self._held:
            self._held = held
            self.tiles.show_tiles(held)

    def open(self, record_id: str) -> None:
        """Look at one, with the others before and after it."""
        from antq_desktop.ui.screens.attachments_viewer import Viewer

        at = next(at for at, tile in enumerate(self._held) if tile.id == record_id)
        Viewer(self._workplace, self._held, at, self).open()
