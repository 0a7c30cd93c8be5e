"""The doorstep of a profile: whether there is one, who may come in, whether a password opens it.

Light on purpose: it is needed before the first window is painted, so what is heavy is loaded inside
the functions that need it, on a worker.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from antq_desktop.storage.folders import SLOTS_FILE, holds_profile, mended

KEY_FILES: Final = ("Tệp chìa khóa", "*.antqtep")
"""What the question for a key file calls it, and how its name ends."""
NEED_KEY_FILE: Final = frozenset({"key_file_missing", "not_a_key_file"})
"""Refusals after which a key file is asked for."""


def has_profile(folder: Path) -> bool:
    """Tell whether a folder holds a profile, once what was interrupted in it is finished.

    Raises:
        EnvironmentFault: What the machine denies.
    """
    return holds_profile(mended(folder))


def officers_of(folder: Path) -> tuple[str, ...]:
    """Return the names to choose from at sign-in, by given name.

    Raises:
        EnvironmentFault: `keyslots_damaged`, `keyslots_newer`, or what the machine denies.
    """
    from antq_desktop.domain.text import name_sort_key
    from antq_desktop.storage import vault

    return tuple(sorted(vault.load(folder / SLOTS_FILE).names(), key=name_sort_key))


def check_password(folder: Path, officer: str, password: str) -> None:
    """Return when the password is the officer's; as slow as signing in.

    Raises:
        UserError: `unknown_officer`, `wrong_password`.
        EnvironmentFault: The slot file cannot be read.
    """
    from antq_desktop.storage import vault

    vault.unlock(vault.load(folder / SLOTS_FILE), officer, password)
