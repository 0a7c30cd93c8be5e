"""A file is written whole or not at all, and every denial of the machine has its own code."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from antq_desktop import files
from antq_desktop.domain.errors import EnvironmentFault

STEPS = ("create", "write", "sync", "close", "rename", "rename_new", "sync_folder")


class Denying(files.FileCalls):
    """Real calls, except that one of them is denied with the given error number."""

    def __init__(self, step: str, number: int) -> None:
        self.step = step
        self.number = number
        self.asked: list[str] = []

    def _ask(self, step: str) -> None:
        self.asked.append(step)
        if step == self.step:
            raise OSError(self.number, os.strerror(self.number))

    def create(self, path: Path) -> int:
        self._ask("create")
        return super().create(path)

    def write(self, handle: int, data: memoryview) -> int:
        self._ask("write")
        return super().write(handle, data)

    def sync(self, handle: int) -> None:
        self._ask("sync")
        super().sync(handle)

    def close(self, handle: int) -> None:
        super().close(handle)
        self._ask("close")

    def rename(self, source: Path, target: Path) -> None:
        self._ask("rename")
        super().rename(source, target)

    def rename_new(self, source: Path, target: Path) -> None:
        self._ask("rename_new")
        super().rename_new(source, target)

    def sync_folder(self, folder: Path) -> None:
        self._ask("sync_folder")
        super().sync_folder(folder)

    def read_from_device(self, path: Path) -> Iterator[bytes]:
        self._ask("read_from_device")
        return super().read_from_device(path)


def test_what_is_written_is_read_back_from_the_device_with_the_same_digest(tmp_path: Path) -> None:
    path = tmp_path / "a.antq"
    pieces = [bytes([n]) * 70_000 for n in range(30)]
    written = files.write_atomically(path, pieces)
    assert path.read_bytes() == b"".join(pieces)
    assert written == files.read_back(path)
    assert written.sha256 == hashlib.sha256(b"".join(pieces)).hexdigest()
    assert files.digest_from_device(path) == written.sha256


def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    files.write_atomically(tmp_path / "a", b"1")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


def test_an_older_file_is_replaced_whole_unless_the_name_must_be_new(tmp_path: Path) -> None:
    path = tmp_path / "a"
    files.write_atomically(path, b"old")
    files.write_atomically(path, b"new")
    with pytest.raises(EnvironmentFault) as caught:
        files.write_atomically(path, b"newest", exclusive=True)
    assert caught.value.code == "file_exists"
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["a"]  # noqa: PTH208


def test_the_order_is_write_sync_close_rename_sync_folder(tmp_path: Path) -> None:
    calls = Denying("none", 0)
    files.write_atomically(tmp_path / "a", b"1", calls=calls)
    assert calls.asked == ["create", "write", "sync", "close", "rename", "sync_folder"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("exclusive", [False, True])
def test_a_denied_step_leaves_the_older_file_or_the_whole_new_one_and_no_rubbish(
    tmp_path: Path, step: str, *, exclusive: bool
) -> None:
    kept = tmp_path / "older.antq"
    kept.write_bytes(b"older")
    path = tmp_path / "a.antq"
    if not exclusive:
        path.write_bytes(b"before")
    calls = Denying(step, errno.EIO)
    if step == ("rename" if exclusive else "rename_new"):
        files.write_atomically(path, b"after", exclusive=exclusive, calls=calls)
        return
    with pytest.raises(EnvironmentFault) as caught:
        files.write_atomically(path, b"after", exclusive=exclusive, calls=calls)
    assert caught.value.code == "io_error"
    assert kept.read_bytes() == b"older"
    names = {"older.antq"} | ({"a.antq"} if not exclusive or step == "sync_folder" else set())
    assert {entry.name for entry in tmp_path.iterdir()} == names
    if not exclusive:
        assert path.read_bytes() == (b"after" if step == "sync_folder" else b"before")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "read_only"),
        (errno.EACCES, "no_permission"),
        (errno.ENODEV, "disk_gone"),
        (errno.ENXIO, "disk_gone"),
        (errno.EFBIG, "file_too_big"),
        (errno.EIO, "io_error"),
        (errno.EBADMSG, "io_error"),
    ],
)
def test_each_denial_of_the_machine_has_a_stable_code_and_a_sentence(
    tmp_path: Path, number: int, code: str
) -> None:
    with pytest.raises(EnvironmentFault) as caught:
        files.write_atomically(tmp_path / "gói.antq", b"1", calls=Denying("write", number))
    assert caught.value.code == code
    assert "“gói.antq”" in caught.value.message
    assert caught.value.message.endswith(".")


def test_a_folder_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as caught:
        files.write_atomically(tmp_path / "gone" / "a", b"1")
    assert caught.value.code == "not_found"
    with pytest.raises(EnvironmentFault) as caught:
        files.read_back(tmp_path / "a")
    assert caught.value.code == "not_found"


def test_an_error_of_the_producer_leaves_nothing_behind(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"first"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        files.write_atomically(tmp_path / "a", pieces())
    assert not list(tmp_path.iterdir())


def test_a_disk_that_takes_half_of_each_write_still_gets_all(tmp_path: Path) -> None:
    class Halving(files.FileCalls):
        def write(self, handle: int, data: memoryview) -> int:
            return super().write(handle, data[: max(1, len(data) // 2)])

    files.write_atomically(tmp_path / "a", b"0123456789" * 1000, calls=Halving())
    assert (tmp_path / "a").read_bytes() == b"0123456789" * 1000


def test_a_link_in_place_of_the_new_file_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"safe")
    (tmp_path / "a").symlink_to(victim)
    files.write_atomically(tmp_path / "a", b"new")
    assert victim.read_bytes() == b"safe"
    (tmp_path / "b").symlink_to(tmp_path / "nowhere")
    with pytest.raises(EnvironmentFault) as caught:
        files.write_atomically(tmp_path / "b", b"new", exclusive=True)
    assert caught.value.code == "file_exists"


def test_removing_says_whether_there_was_something(tmp_path: Path) -> None:
    files.write_atomically(tmp_path / "a", b"1")
    assert files.remove_if_present(tmp_path / "a")
    assert not files.remove_if_present(tmp_path / "a")


def test_free_space_is_what_the_disk_says_and_a_missing_folder_is_told(tmp_path: Path) -> None:
    assert files.free_space(tmp_path) > 0
    with pytest.raises(EnvironmentFault) as caught:
        files.free_space(tmp_path / "gone")
    assert caught.value.code == "not_found"


def test_a_scratch_file_leaves_no_name_in_the_folder(tmp_path: Path) -> None:
    with files.scratch_file(tmp_path) as scratch:
        scratch.write(b"x" * (5 << 20))
        assert not list(tmp_path.iterdir())


def test_a_file_system_without_exclusive_rename_still_never_loses_an_older_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_renameat2", None)
    path = tmp_path / "a"
    files.write_atomically(path, b"first", exclusive=True)
    with pytest.raises(EnvironmentFault) as caught:
        files.write_atomically(path, b"second", exclusive=True)
    assert caught.value.code == "file_exists"
    assert path.read_bytes() == b"first"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]


def test_leftovers_of_an_interrupted_writing_are_cleared_and_nothing_else(tmp_path: Path) -> None:
    names = {"~ANTQ_0A1B2C3D.TMP", "~ANTQ_mine.TMP", "~$doc.docx", "ANTQ_X.antq", "~ANTQ_1.TMP"}
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "~ANTQ_00000000.TMP").mkdir()
    assert files.remove_leftovers(tmp_path) == 1
    left = {entry.name for entry in tmp_path.iterdir()}
    assert left == names - {"~ANTQ_0A1B2C3D.TMP"} | {"~ANTQ_00000000.TMP"}


class Scanned(files.FileCalls):
    """Real calls, except that a scanner holds the file for the first so many tries."""

    def __init__(self, tries: int) -> None:
        self.left = tries
        self.waited: list[float] = []

    def rename(self, source: Path, target: Path) -> None:
        self.left -= 1
        if self.left >= 0:
            raise OSError(errno.EBUSY, "held")
        super().rename(source, target)

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)


def test_a_file_that_a_scanner_holds_is_tried_again_for_a_moment(tmp_path: Path) -> None:
    calls = Scanned(3)
    files.write_atomically(tmp_path / "a", b"one", calls=calls)
    assert (tmp_path / "a").read_bytes() == b"one"
    assert len(calls.waited) == 3


def test_a_file_that_is_held_for_long_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    calls = Scanned(1000)
    with pytest.raises(EnvironmentFault) as caught:
        files.write_atomically(tmp_path / "a", b"one", calls=calls)
    assert caught.value.code == "in_use"
    assert sum(calls.waited) < 2
    assert list(tmp_path.iterdir()) == []
