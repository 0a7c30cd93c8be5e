"""The key of an open store, in one place of the memory from which it can be taken away."""

from __future__ import annotations

import threading
from typing import Final

from antq_desktop.domain.errors import EnvironmentFault

_AWAY: Final = "Đang khóa màn hình nên dữ liệu đang đóng. Mở lại màn hình rồi làm lại việc này."


class HeldKey:
    """Gives the key to whoever needs it for a moment; none while it is put away."""

    def __init__(self, key: bytes) -> None:
        self._lock = threading.Lock()
        self._held = bytearray(key)

    def __call__(self) -> bytes:
        """Return the key, to be used and not kept.

        Raises:
            EnvironmentFault: `screen_locked`, while it is put away.
        """
        with self._lock:
            if not self._held:
                raise EnvironmentFault("screen_locked", _AWAY)
            return bytes(self._held)

    def drop(self) -> None:
        """Put the key away: its bytes are overwritten where they stood."""
        with self._lock:
            self._held[:] = bytes(len(self._held))
            self._held.clear()

    def take(self, key: bytes) -> None:
        """Hold the key again."""
        with self._lock:
            self._held[:] = key
