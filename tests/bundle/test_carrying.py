"""To the stick and back: full, write-protected, pulled, lying; earlier bundles stay intact."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from antq_desktop import files
from antq_desktop.bundle.carrying import (
    CARRIED_SENTENCE,
    candidates,
    carry,
    write_public_file,
)
from antq_desktop.bundle.keys import Enrolled, parse_public_file
from antq_desktop.bundle.writing import Content, Sealed, seal
from antq_desktop.domain.errors import EnvironmentFault

from .conftest import ALL_KINDS, HEADER, Office, sample_records


class BadStick(files.FileCalls):
    """Real calls, except for one trouble that a stick can have."""

    def __init__(
        self, *, step: str = "", number: int = 0, after: int = 0, free: int = 1 << 40
    ) -> None:
        self.step, self.number, self.after, self.free = step, number, after, free

    def _trouble(self, step: str) -> None:
        if step != self.step:
            return
        self.after -= 1
        if self.after < 0:
            raise OSError(self.number, os.strerror(self.number))

    def create(self, path: Path) -> int:
        self._trouble("create")
        return super().create(path)

    def write(self, handle: int, data: memoryview) -> int:
        self._trouble("write")
        return super().write(handle, data[:100])

    def sync(self, handle: int) -> None:
        self._trouble("sync")
        super().sync(handle)

    def rename_new(self, source: Path, target: Path) -> None:
        self._trouble("rename_new")
        super().rename_new(source, target)

    def sync_folder(self, folder: Path) -> None:
        self._trouble("sync_folder")
        super().sync_folder(folder)

    def free_space(self, folder: Path) -> int:
        super().free_space(folder)
        return self.free


class ZeroStick(files.FileCalls):
    """A stick that takes everything and gives back zeros."""

    def read_from_device(self, path: Path) -> Iterator[bytes]:
        for piece in super().read_from_device(path):
            yield bytes(len(piece))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "ANTQ_LEN_11074_31_0123ABCD_000000.antq").write_bytes(b"earlier")
    (folder / "ảnh gia đình.jpg").write_bytes(b"private")
    return folder


def kept(stick: Path) -> set[str]:
    """Insist that what stood on the stick is as it was, and return all names on it."""
    assert (stick / "ANTQ_LEN_11074_31_0123ABCD_000000.antq").read_bytes() == b"earlier"
    assert (stick / "ảnh gia đình.jpg").read_bytes() == b"private"
    return {entry.name for entry in stick.iterdir()}


def test_a_bundle_is_carried_compared_and_said_so(office: Office, stick: Path) -> None:
    sealed = office.seal()
    carried = carry(sealed.path, stick, expected_sha256=sealed.sha256)
    assert carried.message == CARRIED_SENTENCE == "Đã ghi xong và đối chiếu. Có thể rút USB."
    assert carried.path.read_bytes() == sealed.path.read_bytes()
    assert (carried.size, carried.sha256) == (sealed.size, sealed.sha256)
    assert len(kept(stick)) == 3


def test_carrying_again_writes_nothing_and_says_the_same(office: Office, stick: Path) -> None:
    sealed = office.seal()
    first = carry(sealed.path, stick, expected_sha256=sealed.sha256)
    again = carry(
        sealed.path,
        stick,
        expected_sha256=sealed.sha256,
        calls=BadStick(step="create", number=errno.EROFS),
    )
    assert again.already_there
    assert again.path == first.path


def test_an_empty_file_left_by_an_interrupted_writing_is_replaced(
    office: Office, stick: Path
) -> None:
    sealed = office.seal()
    (stick / sealed.path.name).touch()
    carried = carry(sealed.path, stick, expected_sha256=sealed.sha256)
    assert carried.path.read_bytes() == sealed.path.read_bytes()


def test_a_different_file_of_that_name_stays_as_it_is(office: Office, stick: Path) -> None:
    sealed = office.seal()
    (stick / sealed.path.name).write_bytes(b"other")
    with pytest.raises(EnvironmentFault) as caught:
        carry(sealed.path, stick, expected_sha256=sealed.sha256)
    assert caught.value.code == "file_exists"
    assert (stick / sealed.path.name).read_bytes() == b"other"


def test_a_full_stick_is_told_before_anything_is_written(office: Office, stick: Path) -> None:
    sealed = office.seal()
    with pytest.raises(EnvironmentFault) as caught:
        carry(sealed.path, stick, expected_sha256=sealed.sha256, calls=BadStick(free=1 << 20))
    assert caught.value.code == "disk_full"
    assert "USB còn 1 MB, gói cần 2 MB" in caught.value.message
    assert len(kept(stick)) == 2


@pytest.mark.parametrize(
    ("calls", "code"),
    [
        (BadStick(step="create", number=errno.EROFS), "read_only"),
        (BadStick(step="create", number=errno.EACCES), "no_permission"),
        (BadStick(step="write", number=errno.ENOSPC, after=3), "disk_full"),
        (BadStick(step="write", number=errno.EIO, after=2), "io_error"),
        (BadStick(step="write", number=errno.ENODEV, after=5), "disk_gone"),
        (BadStick(step="sync", number=errno.EIO), "io_error"),
        (BadStick(step="rename_new", number=errno.EROFS), "read_only"),
    ],
)
def test_a_stick_that_is_full_protected_or_pulled_leaves_everything_as_it_was(
    office: Office, stick: Path, calls: BadStick, code: str
) -> None:
    sealed = office.seal()
    with pytest.raises(EnvironmentFault) as caught:
        carry(sealed.path, stick, expected_sha256=sealed.sha256, calls=calls)
    assert caught.value.code == code
    assert len(kept(stick)) == 2


def test_a_fault_of_the_last_sync_is_told_and_the_next_try_finds_the_whole_file(
    office: Office, stick: Path
) -> None:
    sealed = office.seal()
    with pytest.raises(EnvironmentFault):
        carry(
            sealed.path,
            stick,
            expected_sha256=sealed.sha256,
            calls=BadStick(step="sync_folder", number=errno.EIO),
        )
    assert carry(sealed.path, stick, expected_sha256=sealed.sha256).already_there
    kept(stick)


def test_a_stick_that_reads_back_zeros_is_found_out(office: Office, stick: Path) -> None:
    sealed = office.seal()
    with pytest.raises(EnvironmentFault) as caught:
        carry(sealed.path, stick, expected_sha256=sealed.sha256, calls=ZeroStick())
    assert caught.value.code == "read_back_differs"
    assert len(kept(stick)) == 2


def test_a_stick_that_is_gone_is_told(office: Office, tmp_path: Path) -> None:
    sealed = office.seal()
    for ask in (
        lambda: carry(sealed.path, tmp_path / "gone", expected_sha256=sealed.sha256),
        lambda: candidates(tmp_path / "gone"),
    ):
        with pytest.raises(EnvironmentFault) as caught:
            ask()
        assert caught.value.code == "not_found"


def test_a_sealed_bundle_that_changed_on_the_own_disk_is_not_handed_on(
    office: Office, stick: Path
) -> None:
    sealed = office.seal()
    data = bytearray(sealed.path.read_bytes())
    data[-1] ^= 1
    sealed.path.write_bytes(data)
    with pytest.raises(EnvironmentFault) as caught:
        carry(sealed.path, stick, expected_sha256=sealed.sha256)
    assert caught.value.code == "sealed_changed"
    assert len(kept(stick)) == 2


def test_a_stick_refused_while_sealing_straight_onto_it_leaves_nothing(office: Office) -> None:
    with pytest.raises(EnvironmentFault) as caught:
        seal(
            office.folder,
            HEADER,
            Content(records=sample_records().items()),
            keys=office.commune,
            recipients=[Enrolled(office.province.public, ALL_KINDS)],
            scratch=office.scratch,
            calls=BadStick(step="write", number=errno.ENOSPC, after=4),
        )
    assert caught.value.code == "disk_full"
    assert list(office.folder.iterdir()) == []


def test_only_plain_bundle_files_are_candidates(office: Office, stick: Path) -> None:
    sealed: Sealed = office.seal()
    (stick / "folder.antq").mkdir()
    (stick / "link.antq").symlink_to(sealed.path)
    (stick / "RENAMED.ANTQ").write_bytes(b"x")
    assert [path.name for path in candidates(stick)] == [
        "ANTQ_LEN_11074_31_0123ABCD_000000.antq",
        "RENAMED.ANTQ",
    ]


def test_the_public_file_goes_to_the_stick_and_reads_back(office: Office, stick: Path) -> None:
    path = write_public_file(office.commune, stick)
    assert path.name.startswith("ANTQ_MAY_11074_")
    assert parse_public_file(path.read_bytes()) == office.commune.public
    assert write_public_file(office.commune, stick) == path
