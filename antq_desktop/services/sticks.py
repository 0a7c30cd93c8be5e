"""Finds plugged sticks and what of ours lies on them; a name is a hint, only the gate decides."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from antq_desktop.domain.exchange import EXTENSION, BundleKind
from antq_desktop.files import environment_fault

KEY_FILE_EXTENSION: Final = ".antqkey"
MOST_SLIPS: Final = 200
_LINUX_HOMES: Final = ("/run/media/", "/media/")
_REMOVABLE: Final = 2  # DRIVE_REMOVABLE of the Windows API
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OCTAL: Final = re.compile(rb"\\([0-3][0-7]{2})")
_ANSWER: Final = re.compile(rf"ANTQ_{BundleKind.RETURN}_[A-Z0-9]{{1,8}}_([A-Z0-9]{{1,8}})_.*")


@dataclass(frozen=True, slots=True)
class Stick:
    """A plugged stick.

    Attributes:
        folder: Its root.
        label: What it is called, or the name of its drive.
        free: How many bytes still fit.
    """

    folder: Path
    label: str
    free: int


@dataclass(frozen=True, slots=True)
class Found:
    """Our files in a folder, told apart by their names alone.

    Attributes:
        bundles: Bundles other than return bundles.
        answers: Return bundles, whoever they are for.
        slips: Public files of devices, for enrolment.
    """

    bundles: tuple[Path, ...] = ()
    answers: tuple[Path, ...] = ()
    slips: tuple[Path, ...] = ()

    def answers_for(self, code: str) -> tuple[Path, ...]:
        """Return the return bundles whose name says that they are for the unit of a code."""
        named = ((path, _ANSWER.fullmatch(path.name.upper())) for path in self.answers)
        return tuple(path for path, found in named if found and found[1] == code)


class Drives(Protocol):
    """Where the machine tells its removable drives from."""

    def roots(self) -> Sequence[tuple[Path, str]]:
        """Return the root and the name of each removable drive that can be read now."""
        ...


class LinuxDrives:
    """Drives that the desktop mounted for a person, from the table of mounts."""

    def __init__(
        self, table: Path = Path("/proc/mounts"), homes: tuple[str, ...] = _LINUX_HOMES
    ) -> None:
        self._table = table
        self._homes = homes

    def roots(self) -> Sequence[tuple[Path, str]]:
        """Return the mounts below the folders where desktops put sticks."""
        try:
            lines = self._table.read_bytes().splitlines()
        except OSError:
            return []
        found: list[tuple[Path, str]] = []
        for line in lines:
            parts = line.split(b" ")
            if len(parts) < 2 or not parts[0].startswith(b"/dev/"):
                continue
            place = os.fsdecode(_OCTAL.sub(lambda octal: bytes([int(octal[1], 8)]), parts[1]))
            if place.startswith(self._homes):
                found.append((Path(place), Path(place).name))
        return found


class Kernel(Protocol):
    """What is asked of Windows."""

    def drives(self) -> int:
        """Return one bit for each letter in use, the lowest for A."""
        ...

    def kind(self, root: str) -> int:
        """Return the kind of a drive as `GetDriveTypeW` names it."""
        ...

    def label(self, root: str) -> str | None:
        """Return the label of the volume; None when there is no medium to read."""
        ...


class WindowsDrives:
    """Removable drives with a medium in them."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    def roots(self) -> Sequence[tuple[Path, str]]:
        """Return the roots of removable drives."""
        letters = self._kernel.drives()
        found: list[tuple[Path, str]] = []
        for place, letter in enumerate(_LETTERS):
            root = f"{letter}:\\"
            if not letters >> place & 1 or self._kernel.kind(root) != _REMOVABLE:
                continue
            label = self._kernel.label(root)
            if label is not None:
                found.append((Path(root), f"{label} ({letter}:)" if label else f"Ổ {letter}:"))
        return found


class Sticks:
    """Finds the plugged sticks of this machine; asked again and again, off the UI thread."""

    def __init__(self, drives: Drives | None = None) -> None:
        self._drives = drives if drives is not None else _drives_here()

    def find(self) -> tuple[Stick, ...]:
        """Return the plugged sticks by name; one pulled meanwhile is left out."""
        found: list[Stick] = []
        for root, label in self._drives.roots():
            try:
                free = shutil.disk_usage(root).free
            except OSError:
                continue
            found.append(Stick(root, label, free))
        return tuple(sorted(found, key=lambda stick: (stick.label, str(stick.folder))))


def look_in(folder: Path) -> Found:
    """Return our files in a folder; other files, links and folders inside are left alone.

    Raises:
        UserError: `too_many_files`.
        EnvironmentFault: The folder is gone or cannot be read.
    """
    # Cryptography is loaded when somebody hands something over, not at the start of the window.
    from antq_desktop.bundle.carrying import candidates

    bundles = candidates(folder)
    try:
        slips = [
            entry
            for entry in folder.iterdir()
            if entry.suffix.lower() == KEY_FILE_EXTENSION
            and entry.is_file()
            and not entry.is_symlink()
        ]
    except OSError as fault:
        raise environment_fault(fault, folder) from fault
    answers = [path for path in bundles if _ANSWER.fullmatch(path.name.upper())]
    return Found(
        bundles=tuple(path for path in bundles if path not in answers),
        answers=tuple(answers),
        slips=tuple(sorted(slips)[:MOST_SLIPS]),
    )


def gather(paths: Iterable[Path]) -> Found:
    """Return our files among chosen ones, with those of chosen folders.

    A chosen file counts whatever its name, so that the gate can say what is wrong with it.

    Raises:
        UserError: `too_many_files`.
        EnvironmentFault: A folder is gone or cannot be read.
    """
    bundles: dict[Path, None] = {}
    answers: dict[Path, None] = {}
    slips: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = look_in(path)
            bundles.update(dict.fromkeys(inside.bundles))
            answers.update(dict.fromkeys(inside.answers))
            slips.update(dict.fromkeys(inside.slips))
        elif path.suffix.lower() == KEY_FILE_EXTENSION:
            slips[path] = None
        elif path.suffix.lower() == EXTENSION and _ANSWER.fullmatch(path.name.upper()):
            answers[path] = None
        else:
            bundles[path] = None
    return Found(tuple(bundles), tuple(answers), tuple(slips))


def _drives_here() -> Drives:
    if sys.platform == "win32":
        import ctypes

        class Windows:
            """Asks Windows itself."""

            def drives(self) -> int:
                return int(ctypes.windll.kernel32.GetLogicalDrives())

            def kind(self, root: str) -> int:
                return int(ctypes.windll.kernel32.GetDriveTypeW(root))

            def label(self, root: str) -> str | None:
                name = ctypes.create_unicode_buffer(261)
                # an empty card reader would bring up a dialog that asks for a disk
                before = ctypes.windll.kernel32.SetErrorMode(1)
                try:
                    told = ctypes.windll.kernel32.GetVolumeInformationW(
                        root, name, len(name), None, None, None, None, 0
                    )
                finally:
                    ctypes.windll.kernel32.SetErrorMode(before)
                return name.value if told else None

        return WindowsDrives(Windows())
    return LinuxDrives()
