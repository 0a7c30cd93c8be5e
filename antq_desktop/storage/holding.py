"""One program in a profile at a time: a lock that the system lets go when the program dies."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.files import environment_fault

if sys.platform == "win32":
    import msvcrt

    def _seize(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _seize(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Hold:
    """A held profile; nobody else opens it until it is released or the process ends."""

    def __init__(self, handle: int) -> None:
        self._handle: int | None = handle

    @classmethod
    def take(cls, path: Path) -> Hold:
        """Take hold of a profile by its lock file, which stays behind empty.

        Raises:
            EnvironmentFault: `in_use`: another program holds it; or the folder cannot be written.
        """
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as fault:
            raise environment_fault(fault, path) from fault
        try:
            _seize(handle)
        except OSError as fault:
            os.close(handle)
            message = (
                "Dữ liệu này đang mở ở một cửa sổ khác của chương trình. Đóng cửa sổ đó rồi mở lại."
            )
            raise EnvironmentFault("in_use", message) from fault
        return cls(handle)

    def release(self) -> None:
        """Let go; harmless when already done."""
        handle, self._handle = self._handle, None
        if handle is not None:
            with suppress(OSError):
                os.close(handle)
