"""Where a profile may not live: on a drive that is pulled out, or on one behind a network.

Either may go away in the middle of a commit, and a network drive promises neither locks nor that
what was synced is there; a backup may lie on both.
"""

from __future__ import annotations

import os
import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

from antq_desktop.domain.errors import UserError

_FAR: Final = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "davfs", "fuse.davfs2"),
        *("fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.vmhgfs"),
        *("vboxsf", "prl_fs"),
    }
)  # fmt: skip
_STICK_HOMES: Final = ("/run/media/", "/media/")
_OCTAL: Final = re.compile(rb"\\([0-3][0-7]{2})")
_REMOVABLE, _REMOTE = 2, 4  # DRIVE_REMOVABLE and DRIVE_REMOTE of the Windows API


class Home(StrEnum):
    """What kind of place a folder lies in."""

    FIXED = "fixed"
    REMOVABLE = "removable"
    NETWORK = "network"


_SENTENCES: Final = {
    Home.REMOVABLE: (
        "Thư mục {place} nằm trên USB hoặc ổ cắm ngoài. Dữ liệu phải nằm trên ổ đĩa trong máy; "
        "USB chỉ để giữ bản sao lưu. Chọn thư mục khác."
    ),
    Home.NETWORK: (
        "Thư mục {place} nằm trên ổ mạng. Dữ liệu phải nằm trên ổ đĩa trong máy; "
        "ổ mạng chỉ để giữ bản sao lưu. Chọn thư mục khác."
    ),
}


class Homes(Protocol):
    """Tells what kind of place a folder lies in."""

    def kind(self, folder: Path) -> Home:
        """Return the kind; `FIXED` where the machine does not tell."""
        ...


class LinuxHomes:
    """By the table of mounts: the last mount that holds the folder counts."""

    def __init__(self, table: Path = Path("/proc/mounts")) -> None:
        self._table = table

    def kind(self, folder: Path) -> Home:
        """Return the kind of the drive on which a folder lies, or will lie."""
        try:
            lines = self._table.read_bytes().splitlines()
        except OSError:
            return Home.FIXED
        place = folder.resolve()
        found, longest = Home.FIXED, -1
        for line in lines:
            parts = line.split(b" ")
            if len(parts) < 3:
                continue
            root = os.fsdecode(_OCTAL.sub(lambda octal: bytes([int(octal[1], 8)]), parts[1]))
            if len(root) >= longest and place.is_relative_to(root):
                found, longest = _kind_of(root, os.fsdecode(parts[2])), len(root)
        return found


def _kind_of(root: str, system: str) -> Home:
    if system in _FAR:
        return Home.NETWORK
    return Home.REMOVABLE if root.startswith(_STICK_HOMES) else Home.FIXED


class Kernel(Protocol):
    """What is asked of Windows."""

    def kind(self, root: str) -> int:
        """Return the kind of a drive as `GetDriveTypeW` names it."""
        ...


class WindowsHomes:
    """By what Windows says of the drive; a path that names a server is one on a network."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    def kind(self, folder: Path) -> Home:
        """Return the kind of the drive on which a folder lies, or will lie."""
        named = str(folder)
        if named.startswith(("\\\\", "//")) and not named.startswith(("\\\\?\\", "\\\\.\\")):
            return Home.NETWORK
        kind = self._kernel.kind(folder.anchor or named[:3])
        return {_REMOVABLE: Home.REMOVABLE, _REMOTE: Home.NETWORK}.get(kind, Home.FIXED)


def refuse_bad_home(folder: Path, homes: Homes) -> None:
    """Return when a profile may live in a folder.

    Raises:
        UserError: `home_removable`, `home_network`.
    """
    kind = homes.kind(folder)
    if kind is not Home.FIXED:
        raise UserError(f"home_{kind}", _SENTENCES[kind].format(place=folder), "folder")


def homes_here() -> Homes:
    """Return what tells places of this machine apart."""
    if sys.platform == "win32":
        import ctypes

        class Windows:
            """Asks Windows itself."""

            def kind(self, root: str) -> int:
                return int(ctypes.windll.kernel32.GetDriveTypeW(root))

        return WindowsHomes(Windows())
    return LinuxHomes()
