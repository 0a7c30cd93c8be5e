"""Where bundles that came are kept, as they came, each named by the digest of its file."""

from __future__ import annotations

import stat
from collections.abc import Container, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from antq_desktop.bundle.limits import LARGEST_FILE
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.gate import gate_fault
from antq_desktop.files import (
    environment_fault,
    read_back,
    remove_if_present,
    remove_leftovers,
    write_atomically,
)
from antq_desktop.services.backing import BACKUPS_FOLDER
from antq_desktop.services.sealing import SCRATCH_FOLDER, SENT_FOLDER, made_folder
from antq_desktop.storage.store import Store

RECEIVED_FOLDER: Final = "bundles/received"
PIECE: Final = 1 << 20


class Shelf:
    """The files that came; which fault holds one back stands in the register."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def folder(self) -> Path:
        """Where they are kept."""
        return made_folder(self._store.folder / RECEIVED_FOLDER)

    def path(self, sha256: str) -> Path:
        """Return where the file of this digest is kept, or would be."""
        return self.folder / f"{sha256}.antq"

    def keep(self, path: Path, sha256: str) -> Path:
        """Copy a file that came, and believe only the copy whose digest is the one read first.

        Raises:
            EnvironmentFault: `read_back_differs`: it is not what was read first; and what the
                machine denies.
        """
        kept = self.path(sha256)
        if kept.exists() and read_back(kept).sha256 == sha256:
            return kept
        if write_atomically(kept, _chunks(path)).sha256 != sha256:
            remove_if_present(kept)
            message = f"“{path.name}” đọc hai lần ra nội dung khác nhau. Cắm lại USB rồi đọc lại."
            raise EnvironmentFault("read_back_differs", message)
        return kept

    def drop(self, sha256: str) -> None:
        """Forget the copy of a file that the register does not name."""
        remove_if_present(self.path(sha256))

    def beside(self, held: Container[str]) -> list[Path]:
        """Return the files that the register does not name: a power cut came between."""
        return sorted(path for path in self.folder.glob("*.antq") if path.stem not in held)


def read_first(path: Path) -> str:
    """Return the digest of a file that came, from the device itself.

    Raises:
        UserError: `not_a_bundle`, `file_too_big`: what must not even be copied, for a pipe never
            ends and a disk is soon full.
        EnvironmentFault: The file cannot be read.
    """
    try:
        held = path.stat()
    except OSError as fault:
        raise environment_fault(fault, path) from fault
    code = "" if stat.S_ISREG(held.st_mode) else "not_a_bundle"
    code = "file_too_big" if held.st_size > LARGEST_FILE else code
    if code:
        raise UserError(code, gate_fault(code).message)
    return read_back(path).sha256


def clear_leftovers(store: Store) -> None:
    """Remove what interrupted writings left behind; nothing of ours is being written yet.

    What the machine denies here stops nobody: the next start tries again.
    """
    for name in (SENT_FOLDER, RECEIVED_FOLDER, SCRATCH_FOLDER, BACKUPS_FOLDER):
        folder = store.folder / name
        if folder.is_dir():
            with suppress(EnvironmentFault):
                remove_leftovers(folder)


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as source:
            while piece := source.read(PIECE):
                yield piece
    except OSError as fault:
        raise environment_fault(fault, path) from fault
