"""What a killed program leaves in a profile is taken away when the profile is opened again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.files import (
    environment_fault,
    remove_if_present,
    remove_leftovers,
    write_atomically,
)
from antq_desktop.storage.folders import ASIDE_PREFIX, HOLD_FILE, MAKING_FILE, STORE_FILE
from antq_desktop.storage.holding import Hold

BACKUP_COPY: Final = "backup.making"
RESTORING_ROOM: Final = "restoring"
LOOKING_PREFIX: Final = "antq-look-"
_PLACES: Final = (".", "backups", "bundles/sent", "bundles/received", "scratch", "tray")


def sweep(folder: Path) -> None:
    """Remove what interrupted work left; only while the profile is held and nothing is going on.

    What the machine denies stops nobody: the next opening tries again.
    """
    for place in _PLACES:
        with suppress(EnvironmentFault, OSError):
            if (folder / place).is_dir():
                remove_leftovers(folder / place)
    for beside in ("", "-wal", "-shm", "-journal"):
        with suppress(EnvironmentFault):
            remove_if_present(folder / f"{BACKUP_COPY}{beside}")
    shutil.rmtree(folder / RESTORING_ROOM, ignore_errors=True)
    with suppress(OSError):
        for aside in [*folder.glob(f"{ASIDE_PREFIX}*")]:
            with suppress(OSError):
                aside.rmdir()  # only when there is nothing in it


def clear_for_making(folder: Path) -> None:
    """Mark a folder as one where a profile is being made, and remove what was half made there.

    Raises:
        EnvironmentFault: The machine denied it.
    """
    write_atomically(folder / MAKING_FILE, b"")
    for leftover in ("", "-wal", "-shm"):
        remove_if_present(folder / f"{STORE_FILE}{leftover}")


@contextmanager
def looking_room() -> Iterator[Path]:
    """Give a place among the machine's temporary files where a backup is looked into; it goes.

    Raises:
        EnvironmentFault: The machine denied it.
    """
    try:
        room = Path(tempfile.mkdtemp(prefix=LOOKING_PREFIX))
    except OSError as fault:
        raise environment_fault(fault, Path(LOOKING_PREFIX)) from fault
    hold = Hold.take(room / HOLD_FILE)
    try:
        yield room / "backup"
    finally:
        hold.release()
        shutil.rmtree(room, ignore_errors=True)


def sweep_looking_rooms() -> None:
    """Remove rooms in which a backup was looked into when the program was killed."""
    try:
        found = [*Path(tempfile.gettempdir()).glob(f"{LOOKING_PREFIX}*")]
    except OSError:
        return
    for room in found:
        with suppress(EnvironmentFault, OSError):
            # another program may be looking into it just now, or may be about to
            if (room / HOLD_FILE).exists():
                Hold.take(room / HOLD_FILE).release()
                shutil.rmtree(room, ignore_errors=True)
