"""The one place that writes a file: whole or not at all, and checked on the device afterwards.

A file is written under a temporary name in the folder where it will stay, readable by its owner
alone, flushed, synced, renamed, and the folder is synced. What the machine denies comes out as an
`EnvironmentFault` with a stable code. `FileCalls` is where tests refuse any single call.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import re
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, NoReturn, cast

from antq_desktop.domain.diskfaults import disk_fault
from antq_desktop.domain.errors import EnvironmentFault

TEMPORARY_PREFIX: Final = "~ANTQ_"
TEMPORARY_SUFFIX: Final = ".TMP"
_LEFTOVER: Final = re.compile(r"~ANTQ_[0-9A-F]{8}\.TMP")
_PIECE: Final = 1 << 20
_SCRATCH_IN_MEMORY: Final = 4 << 20
_AT_FDCWD: Final = -100
_RENAME_NOREPLACE: Final = 1
_PATIENCE_SECONDS: Final = (0.02, 0.04, 0.08, 0.16, 0.32, 0.64)
_HELD: Final = frozenset({errno.EBUSY, errno.ETXTBSY})
_HELD_ON_WINDOWS: Final = frozenset({5, 32, 33})  # access denied, sharing or lock violation


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: size in bytes and SHA-256 in hexadecimal."""

    size: int
    sha256: str


def environment_fault(fault: OSError, path: Path) -> EnvironmentFault:
    """Turn an error of the machine into a stable code and one Vietnamese sentence."""
    return disk_fault(fault.errno or 0, getattr(fault, "winerror", None) or 0, path.name or path)


class FileCalls:
    """The calls that reach the disk, one method each, so that a test can refuse any of them."""

    def create(self, path: Path) -> int:
        """Create a file that must not exist yet, for its owner alone."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)

    def write(self, handle: int, data: memoryview) -> int:
        """Write some of the bytes and return how many, at least one."""
        return os.write(handle, data) or _refuse_to_wait()

    def sync(self, handle: int) -> None:
        """Return only when the device has the bytes of the file."""
        os.fsync(handle)

    def close(self, handle: int) -> None:
        """Give the handle back."""
        os.close(handle)

    def rename(self, source: Path, target: Path) -> None:
        """Put the file in its place, instead of an older one if there is one."""
        source.replace(target)

    def rename_new(self, source: Path, target: Path) -> None:
        """Put the file in its place, refusing with `FileExistsError` when the name is taken."""
        _rename_without_replacing(source, target)

    def sync_folder(self, folder: Path) -> None:
        """Return only when the device has the names of the folder (nothing to do on Windows)."""
        _sync_folder(folder)

    def remove(self, path: Path) -> None:
        """Remove one file."""
        path.unlink()

    def read_from_device(self, path: Path) -> Iterator[bytes]:
        """Yield the bytes as the device holds them, not as memory remembers them."""
        return _read_from_device(path)

    def free_space(self, folder: Path) -> int:
        """Return how many bytes still fit."""
        return shutil.disk_usage(folder).free

    def wait(self, seconds: float) -> None:
        """Let another program finish with a file."""
        time.sleep(seconds)


REAL_CALLS: Final = FileCalls()


def _patiently(calls: FileCalls, do: Callable[[], None]) -> None:
    """Try again for a moment while another program holds the file, as scanners of viruses do."""
    for wait in _PATIENCE_SECONDS:
        try:
            return do()
        except OSError as fault:
            if not _is_held(fault):
                raise
        calls.wait(wait)
    return do()


def _is_held(fault: OSError) -> bool:
    windows = getattr(fault, "winerror", None)
    return windows in _HELD_ON_WINDOWS if windows else fault.errno in _HELD


class NewFile:
    """A file being written, and hashed on the way; what it wrote stands in `written` at the end."""

    def __init__(self, handle: int, path: Path, calls: FileCalls) -> None:
        self._handle = handle
        self._path = path
        self._calls = calls
        self._digest = hashlib.sha256()
        self._size = 0

    def write(self, data: bytes) -> int:
        """Write all the bytes and return how many.

        Raises:
            EnvironmentFault: The machine took only a part of them.
        """
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[self._calls.write(self._handle, rest) :]
        except OSError as fault:
            raise environment_fault(fault, self._path) from fault
        self._digest.update(data)
        self._size += len(data)
        return len(data)

    @property
    def written(self) -> Written:
        """What has been written so far."""
        return Written(self._size, self._digest.hexdigest())


@contextmanager
def new_file(
    path: Path, *, exclusive: bool = False, calls: FileCalls = REAL_CALLS
) -> Iterator[NewFile]:
    """Open a file that appears under its name only when the block ends without an error.

    With `exclusive` an existing file of that name is never replaced (`file_exists`).

    Raises:
        EnvironmentFault: The machine denied a step; the temporary file is gone, an older file of
            that name is as it was. Only when the last step, syncing the folder, is denied may the
            new file already stand.
    """
    temporary = path.with_name(
        f"{TEMPORARY_PREFIX}{secrets.token_hex(4).upper()}{TEMPORARY_SUFFIX}"
    )
    with _told_as_fault(path):
        handle = calls.create(temporary)
    try:
        out = NewFile(handle, path, calls)
        try:
            yield out
            with _told_as_fault(path):
                calls.sync(handle)
        finally:
            with _told_as_fault(path):
                calls.close(handle)
        with _told_as_fault(path):
            rename = calls.rename_new if exclusive else calls.rename
            _patiently(calls, lambda: rename(temporary, path))
    except BaseException:
        with suppress(OSError):
            _patiently(calls, lambda: calls.remove(temporary))
        raise
    with _told_as_fault(path):
        calls.sync_folder(path.parent)


def put_in_place(source: Path, target: Path, *, calls: FileCalls = REAL_CALLS) -> None:
    """Let a file that is whole take the place of another in the same folder.

    Raises:
        EnvironmentFault: The machine denied it; only when the last step, syncing the folder, is
            denied may it already stand.
    """
    with _told_as_fault(target):
        _patiently(calls, lambda: calls.rename(source, target))
        calls.sync_folder(target.parent)


def sync_names(folder: Path, *, calls: FileCalls = REAL_CALLS) -> None:
    """Return only when the device has the names of a folder.

    Raises:
        EnvironmentFault: The machine denied it.
    """
    with _told_as_fault(folder):
        calls.sync_folder(folder)


def write_atomically(
    path: Path,
    chunks: Iterable[bytes] | bytes,
    *,
    exclusive: bool = False,
    calls: FileCalls = REAL_CALLS,
) -> Written:
    """Write a whole file or none, and return its size and digest.

    Raises:
        EnvironmentFault: As `new_file` says.
    """
    with new_file(path, exclusive=exclusive, calls=calls) as out:
        for chunk in (chunks,) if isinstance(chunks, bytes) else chunks:
            out.write(chunk)
    return out.written


def read_back(path: Path, *, calls: FileCalls = REAL_CALLS) -> Written:
    """Read a file again from the device itself and return what is really there.

    Raises:
        EnvironmentFault: The file cannot be read.
    """
    digest = hashlib.sha256()
    size = 0
    with _told_as_fault(path):
        for piece in calls.read_from_device(path):
            digest.update(piece)
            size += len(piece)
    return Written(size, digest.hexdigest())


def digest_from_device(path: Path, *, calls: FileCalls = REAL_CALLS) -> str:
    """Return the SHA-256 of a file as the device holds it, in hexadecimal.

    Raises:
        EnvironmentFault: The file cannot be read.
    """
    return read_back(path, calls=calls).sha256


def remove_if_present(path: Path, *, calls: FileCalls = REAL_CALLS) -> bool:
    """Remove one file and tell whether it was there.

    Raises:
        EnvironmentFault: The machine denied it.
    """
    with _told_as_fault(path):
        try:
            _patiently(calls, lambda: calls.remove(path))
        except FileNotFoundError:
            return False
    return True


def remove_leftovers(folder: Path, *, calls: FileCalls = REAL_CALLS) -> int:
    """Remove what our own interrupted writings left in a folder, and return how many there were.

    Only for a folder where nothing of ours is being written meanwhile.

    Raises:
        EnvironmentFault: The folder cannot be read, or the machine denied it.
    """
    with _told_as_fault(folder):
        found = [entry for entry in folder.iterdir() if _LEFTOVER.fullmatch(entry.name)]
        plain = [entry for entry in found if entry.is_file() and not entry.is_symlink()]
    return sum(remove_if_present(entry, calls=calls) for entry in plain)


def free_space(folder: Path, *, calls: FileCalls = REAL_CALLS) -> int:
    """Return how many bytes still fit in the folder's disk.

    Raises:
        EnvironmentFault: The folder cannot be asked.
    """
    with _told_as_fault(folder):
        return calls.free_space(folder)


def scratch_file(folder: Path) -> IO[bytes]:
    """Open a nameless file that is gone when closed; up to 4 MiB it stays in memory.

    The caller seals what it writes there.
    """
    scratch = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - the caller closes it
        max_size=_SCRATCH_IN_MEMORY, dir=str(folder)
    )
    return cast("IO[bytes]", scratch)


def _refuse_to_wait() -> NoReturn:
    raise OSError(errno.EIO, "the device took nothing")


@contextmanager
def _told_as_fault(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise environment_fault(fault, path) from fault


if sys.platform == "win32":
    _kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel32.CreateFileW.restype = ctypes.c_void_p
    _INVALID_HANDLE = ctypes.c_void_p(-1).value

    def _rename_without_replacing(source: Path, target: Path) -> None:
        source.rename(target)

    def _sync_folder(folder: Path) -> None:
        """NTFS journals names by itself, and a folder cannot be flushed without administrator."""

    def _read_from_device(path: Path) -> Iterator[bytes]:
        # FILE_FLAG_NO_BUFFERING | FILE_FLAG_SEQUENTIAL_SCAN: Windows then reads past its cache,
        # into a buffer that begins at a page, in whole sectors; the last read is the shorter one.
        handle = _kernel32.CreateFileW(str(path), 0x80000000, 1, None, 3, 0x28000000, None)
        if handle == _INVALID_HANDLE:
            raise ctypes.WinError(ctypes.get_last_error())
        import mmap  # only this branch needs a page-aligned buffer

        got = ctypes.c_ulong()
        buffer = mmap.mmap(-1, _PIECE)
        address = ctypes.addressof(ctypes.c_char.from_buffer(buffer))
        try:
            while True:
                if not _kernel32.ReadFile(
                    ctypes.c_void_p(handle),
                    ctypes.c_void_p(address),
                    _PIECE,
                    ctypes.byref(got),
                    None,
                ):
                    raise ctypes.WinError(ctypes.get_last_error())
                if not got.value:
                    return
                yield buffer[: got.value]
        finally:
            _kernel32.CloseHandle(ctypes.c_void_p(handle))

else:
    _renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)

    def _rename_without_replacing(source: Path, target: Path) -> None:
        names = os.fsencode(source), os.fsencode(target)
        if _renameat2 is not None:
            if not _renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_NOREPLACE):
                return
            number = ctypes.get_errno()
            if number not in {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP}:
                raise OSError(number, os.strerror(number), str(target))
        # WORKAROUND: some FUSE file systems know no RENAME_NOREPLACE. The name is then taken by an
        # empty file of ours first, which nobody else can have created.
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            source.replace(target)
        except BaseException:
            target.unlink(missing_ok=True)
            raise

    def _sync_folder(folder: Path) -> None:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        except OSError as fault:
            # Some file systems of sticks have nothing to sync for a folder and say so.
            if fault.errno not in {errno.EINVAL, errno.EOPNOTSUPP}:
                raise
        finally:
            os.close(handle)

    def _read_from_device(path: Path) -> Iterator[bytes]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)  # only clean pages can be dropped
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            while piece := os.read(handle, _PIECE):
                yield piece
        finally:
            os.close(handle)
