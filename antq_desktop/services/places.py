"""Which list each officer looked at last in every place of the window, kept over a restart.

A small sealed file beside the store: it is no fact of the movement, so it stands in no history, and
a running merge never holds it up. Where it cannot be read, every place opens at its first list.
"""

from __future__ import annotations

import json
import threading
from typing import Final

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.storage.drafts import read_sealed, write_sealed
from antq_desktop.storage.store import Store

FILE: Final = "places.sealed"
PURPOSE: Final = "places"


class Places:
    """Keeps and finds the places of one officer; may be called from any thread."""

    def __init__(self, store: Store, officer: str) -> None:
        self._path = store.folder / FILE
        self._sealer = store.sealer(PURPOSE)
        self._officer = officer
        self._lock = threading.Lock()
        self._held: dict[str, dict[str, str]] | None = None

    def of(self, area: str) -> str:
        """Return what the officer looked at last in a place of the window; empty for nothing."""
        with self._lock:
            return self._all().get(self._officer, {}).get(area, "")

    def keep(self, area: str, key: str) -> None:
        """Keep what the officer looks at now.

        Raises:
            EnvironmentFault: The machine denied it.
        """
        with self._lock:
            held = self._all()
            mine = held.get(self._officer, {})
            if mine.get(area) == key:
                return
            held = {**held, self._officer: {**mine, area: key}}
            write_sealed(self._path, canonical(held), self._sealer)
            self._held = held

    def _all(self) -> dict[str, dict[str, str]]:
        if self._held is None:
            self._held = self._read()
        return self._held

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            plain = read_sealed(self._path, self._sealer)
        except EnvironmentFault:
            return {}
        held = json.loads(plain) if plain else {}
        return {officer: dict(places) for officer, places in held.items()}
