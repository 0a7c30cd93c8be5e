"""The slot file changes together with the store: staged beside it, and decided by the commit.

Two files cannot be written in one step. So the new slots are first written under a name of their
own, and the transaction notes their digest; its commit is the one moment in which they come into
force. Then they take the place of the old ones, at once or, after a power cut, at the next opening.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar

from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.files import put_in_place, remove_if_present, write_atomically
from antq_desktop.storage import settings, vault
from antq_desktop.storage.folders import SLOTS_FILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Outside
    from antq_desktop.storage.work import Work

Key = TypeVar("Key")
NEXT_FILE: Final = "keyslots.next"
_DIGEST: Final = "slots"


def stage(work: Work, slots: vault.KeySlots, folder: Path) -> None:
    """Let these slots come into force with the action that is open.

    Raises:
        EnvironmentFault: The machine denied it; the slots in force are as before.
    """
    data = vault.to_bytes(slots)
    write_atomically(folder / NEXT_FILE, data)
    settings.put(work.connection, _DIGEST, hashlib.sha256(data).hexdigest())
    work.after_commit.append(lambda: _put_in_place(folder))


def wait(folder: Path) -> bool:
    """Tell whether slots wait beside those in force; which count, only the store can say."""
    return (folder / NEXT_FILE).exists()


def unlocked(folder: Path, slots: vault.KeySlots, unlock: Callable[[vault.KeySlots], Key]) -> Key:
    """Unlock the slots in force, or else those that wait.

    Raises:
        UserError: What `unlock` refuses in either.
    """
    try:
        return unlock(slots)
    except UserError:
        if not wait(folder):
            raise
        try:
            waiting = vault.load(folder / NEXT_FILE)
        except EnvironmentFault:
            waiting = slots
        return unlock(waiting)


def settle(reader: Reader, folder: Path) -> None:
    """Put waiting slots into their place when their action was committed, or else remove them.

    Raises:
        EnvironmentFault: The machine denied it.
    """
    try:
        data = (folder / NEXT_FILE).read_bytes()
    except FileNotFoundError:
        return
    noted = settings.get(reader.connection, _DIGEST, "")
    if hashlib.sha256(data).hexdigest() == noted:
        put_in_place(folder / NEXT_FILE, folder / SLOTS_FILE)
    else:
        remove_if_present(folder / NEXT_FILE)


def _put_in_place(folder: Path) -> None:
    with suppress(EnvironmentFault):  # they are in force; the next opening puts them there
        put_in_place(folder / NEXT_FILE, folder / SLOTS_FILE)


def harden(  # noqa: PLR0917 - all of it makes the slot
    folder: Path,
    slots: vault.KeySlots,
    slot: vault.KeySlot,
    key: bytes,
    password: str,
    hardness: vault.Hardness,
    outside: Outside,
) -> None:
    """Wrap the key anew for the officer who has just signed in, harder to derive.

    Raises:
        EnvironmentFault: The machine denied it; the slots are as before.
    """
    wrapped = vault.with_slot(
        slots,
        key,
        officer=slot.officer,
        name=slot.name,
        password=password,
        hardness=hardness,
        random_bytes=outside.random_bytes,
        key_file=outside.key_files.find(slot.stick),
    )
    vault.save(wrapped, folder / SLOTS_FILE)
