"""What hangs on the record in view and on those that belong to it, as a tab of its pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.shown import show_integer
from antq_desktop.ui.screens.attachments_tiles import Tile, TileList, tile_of
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.ui.screens.reading_pane_data import Loaded
    from antq_desktop.ui.workplace import Workplace


class AttachmentsTab(QWidget):
    """Shows tiles and opens them."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._held: list[Tile] = []
        self.tiles = TileList(workplace, scrolls=True)
        self.tiles.opened.connect(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, UNIT, UNIT, 0)
        column.addWidget(self.tiles)

    def show_attached(self, loaded: Loaded) -> str:
        """Show what hangs on a record, then on those that belong to it; return the tab's words.

        They are empty where nothing hangs on any of them.
        """
        own = loaded.shown.record.id
        order = sorted(loaded.attached, key=lambda record_id: record_id != own)
        held = [tile_of(one.id, one.values()) for rec in order for one in loaded.attached[rec]]
        if held != self._held:
            self._held = held
            self.tiles.show_tiles(held)
        return f"Đính kèm ({show_integer(len(held))})" if held else ""

    def open(self, record_id: str) -> None:
        """Look at one, with the others before and after it."""
        from antq_desktop.ui.screens.attachments_viewer import Viewer

        at = next(at for at, tile in enumerate(self._held) if tile.id == record_id)
        Viewer(self._workplace, self._held, at, self).open()
