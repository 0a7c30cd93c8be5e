"""One profile put in the place of another: after a power cut either of them stands, never half.

A mark says what is under way before the first file moves. While it says `back`, the next look into
the folder puts everything back as it was; once it says `drop`, the new profile is whole and only
what was set aside remains to be taken away.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.files import environment_fault, remove_if_present, sync_names, write_atomically
from antq_desktop.storage.folders import (
    ASIDE_PREFIX,
    HOLD_FILE,
    MARK_FILE,
    SLOTS_FILE,
    STORE_FILE,
    holds_profile,
)
from antq_desktop.storage.holding import Hold

Made = TypeVar("Made")
_BACK: Final = "back"
_DROP: Final = "drop"


def replaced(
    folder: Path, moment: str, stays: frozenset[str], make: Callable[[], Made], *, keep: bool
) -> tuple[Made, Path | None]:
    """Set the profile of a folder aside, make another in its place, and return what that gave.

    Args:
        folder: The folder; it may hold no profile.
        moment: Names what is set aside.
        stays: Names in the folder that belong to it whatever profile it holds.
        make: Makes the new profile.
        keep: Whether what was set aside is kept; its place is then returned too.

    Raises:
        EnvironmentFault: `in_use`, or what the machine denies; the folder is as it was.
    """
    _made(folder)
    hold = Hold.take(folder / HOLD_FILE)
    try:
        aside = folder / f"{ASIDE_PREFIX}{moment}"
        if _holds_anything(folder):
            _made(aside)  # before the mark: without it, what stands in the folder is new
        _mark(folder, _BACK, aside)
        try:
            if aside.is_dir():
                _set_aside(folder, aside, stays)
            made = make()
            sync_names(folder)
            _mark(folder, _DROP, aside) if not keep else _unmark(folder)
        except OSError as fault:
            _go_back(folder, aside)
            raise environment_fault(fault, folder) from fault
        except BaseException:
            _go_back(folder, aside)
            raise
        if not keep:
            with suppress(EnvironmentFault):  # it stands; the next look takes the rest away
                _drop(folder, aside)
    finally:
        hold.release()
    return made, aside if keep and aside.exists() else None


def mend(folder: Path) -> None:
    """Finish what was interrupted; nothing is done while another program is at it.

    Raises:
        EnvironmentFault: What the machine denies; the next look tries again.
    """
    mark = folder / MARK_FILE
    try:
        hold = Hold.take(folder / HOLD_FILE)
    except EnvironmentFault as fault:
        if fault.code == "in_use":
            return
        raise
    try:
        told = mark.read_text(encoding="utf-8").split()
        aside = folder / (told[1] if len(told) == 2 else ASIDE_PREFIX)
        if told[:1] == [_DROP]:
            _drop(folder, aside)
        else:
            _go_back(folder, aside)
    except FileNotFoundError:
        return
    except OSError as fault:
        raise environment_fault(fault, mark) from fault
    finally:
        hold.release()


def _holds_anything(folder: Path) -> bool:
    return any((folder / name).exists() for name in (SLOTS_FILE, STORE_FILE))


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise environment_fault(fault, folder) from fault


def _mark(folder: Path, what: str, aside: Path) -> None:
    write_atomically(folder / MARK_FILE, f"{what} {aside.name}\n".encode())


def _unmark(folder: Path) -> None:
    remove_if_present(folder / MARK_FILE)
    with suppress(OSError):
        sync_names(folder)


def _set_aside(folder: Path, aside: Path, stays: frozenset[str]) -> None:
    names = sorted(path.name for path in folder.iterdir())
    # the slot file goes first: without it the folder counts as no profile
    for name in sorted(names, key=lambda one: one != SLOTS_FILE):
        if name not in stays and name != MARK_FILE and not name.startswith(ASIDE_PREFIX):
            (folder / name).rename(aside / name)


def _go_back(folder: Path, aside: Path) -> None:
    """Put back what was set aside; where nothing was, take away what was half made."""
    try:
        if aside.is_dir():
            # the slot file comes last, and the new store never meets a log of the old one
            for path in sorted(aside.iterdir(), key=lambda one: one.name == SLOTS_FILE):
                target = folder / path.name
                if path.name in {STORE_FILE, SLOTS_FILE} or not target.exists():
                    path.replace(target)
            sync_names(folder)
            shutil.rmtree(aside)
        elif not holds_profile(folder):
            for name in (SLOTS_FILE, STORE_FILE):
                remove_if_present(folder / name)
        _unmark(folder)
    except OSError as fault:
        raise environment_fault(fault, folder) from fault


def _drop(folder: Path, aside: Path) -> None:
    shutil.rmtree(aside, ignore_errors=True)
    if not aside.exists():
        _unmark(folder)
