"""The tray: files that were chosen and whose record is not saved yet, sealed beside the store."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.files import environment_fault, remove_if_present, remove_leftovers
from antq_desktop.storage.drafts import read_sealed, write_sealed

if TYPE_CHECKING:
    from pathlib import Path

    from antq_desktop.domain.attachments import Cleaned
    from antq_desktop.storage.store import Store

FOLDER: Final = "tray"
PURPOSE: Final = "attachments"
_ENDING: Final = ".sealed"
_DIGEST: Final = re.compile(r"\b[0-9a-f]{64}\b")


class Tray:
    """Sealed files by digest; the name of a file says nothing of what is in it."""

    def __init__(self, store: Store) -> None:
        self._folder = store.folder / FOLDER
        self._sealer = store.sealer(PURPOSE)

    def put(self, found: Cleaned) -> None:
        """Keep a file until its record is saved.

        Raises:
            EnvironmentFault: The machine denied it.
        """
        try:
            self._folder.mkdir(exist_ok=True)
        except OSError as fault:
            raise environment_fault(fault, self._folder) from fault
        write_sealed(self._path(found.digest), found.data, self._sealer)

    def get(self, digest: str) -> bytes | None:
        """Return a file, None where it is not on the tray or does not open.

        Raises:
            EnvironmentFault: The machine denied it.
        """
        try:
            return read_sealed(self._path(digest), self._sealer)
        except EnvironmentFault as fault:
            if fault.code != "sealed_damaged":
                raise
            return None

    def drop(self, digest: str) -> None:
        """Let go of a file when it is there.

        Raises:
            EnvironmentFault: The machine denied it.
        """
        remove_if_present(self._path(digest))

    def clear(self, drafts: Callable[[], str]) -> None:
        """Let go of the files that no draft speaks of; what the machine denies waits.

        Args:
            drafts: Returns all that the drafts hold; asked only where there is a tray.
        """
        if not self._folder.is_dir():
            return
        with suppress(EnvironmentFault, OSError):
            remove_leftovers(self._folder)
            kept = {self._path(digest) for digest in _DIGEST.findall(drafts())}
            for path in self._folder.glob(f"*{_ENDING}"):
                if path not in kept:
                    remove_if_present(path)

    def _path(self, digest: str) -> Path:
        return self._folder / f"{self._sealer.name_of(digest)}{_ENDING}"
