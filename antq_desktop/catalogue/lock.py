"""The lock of released data: a digest per file, so that no circular's text changes unseen.

Digests are taken over the text with Unix line ends, because a checkout on Windows may write
others. `relock` is run by a developer after a deliberate change; `forms/README.md` says how.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from antq_desktop.files import write_atomically

LOCK_NAME: Final = "LOCK.toml"
_HEAD: Final = (
    "# Mã đối chiếu SHA-256 của các tệp dữ liệu đã phát hành. Không sửa tay: xem README.md.\n\n"
    "[files]\n"
)


@dataclass(frozen=True, slots=True)
class LockFaults:
    """What differs between the lock and the folder; paths as they stand in the lock."""

    changed: tuple[str, ...]
    missing: tuple[str, ...]
    unlisted: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.changed or self.missing or self.unlisted)


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of every data file below a folder, by path with `/`, sorted."""
    found = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*.toml")
        if path.name != LOCK_NAME
    }
    return {name: _digest(found[name]) for name in sorted(found)}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def locked(folder: Path) -> dict[str, str]:
    """Return the digests that the lock of a folder holds."""
    held = tomllib.loads((folder / LOCK_NAME).read_text(encoding="utf-8"))
    return {str(name): str(digest) for name, digest in held["files"].items()}


def lock_faults(folder: Path) -> LockFaults:
    """Return what differs between a folder and its lock; falsy when all is as released."""
    wanted, held = locked(folder), digests(folder)
    return LockFaults(
        changed=tuple(name for name in held if name in wanted and wanted[name] != held[name]),
        missing=tuple(name for name in wanted if name not in held),
        unlisted=tuple(name for name in held if name not in wanted),
    )


def relock(folder: Path) -> None:
    """Write the lock of a folder anew, after a change that was meant."""
    lines = (f'"{name}" = "{digest}"\n' for name, digest in digests(folder).items())
    write_atomically(folder / LOCK_NAME, (_HEAD + "".join(lines)).encode())


def version(folder: Path) -> str:
    """Return what names this very set of released data: 12 letters of the digest of its lock."""
    return _digest(folder / LOCK_NAME)[:12]
