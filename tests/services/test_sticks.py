"""Finding plugged sticks, and our files on them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.services.sticks import (
    Found,
    LinuxDrives,
    Sticks,
    WindowsDrives,
    gather,
    look_in,
)

UP = "ANTQ_LEN_11074_31_ABCD2345_000001.antq"
DOWN = "ANTQ_VE_31_11074_ABCD2345_000002.antq"
DOWN_ELSEWHERE = "ANTQ_VE_31_11077_ABCD2345_000003.antq"
SLIP = "ANTQ_MAY_31_0123456789ABCDEF.antqkey"


class OneDrive:
    """A machine with one removable drive."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def roots(self) -> Sequence[tuple[Path, str]]:
        return [(self.root, "USB MẪU")]


class FewDrives:
    """Windows with a hard disk at C, an empty card reader at D and two sticks."""

    def drives(self) -> int:
        return 0b111101

    def kind(self, root: str) -> int:
        return 3 if root == "C:\\" else 2

    def label(self, root: str) -> str | None:
        return {"A:\\": None, "D:\\": None, "E:\\": "MẪU", "F:\\": ""}[root]


def table(folder: Path, *lines: str) -> LinuxDrives:
    path = folder / "mounts"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return LinuxDrives(path)


def test_only_what_a_person_plugged_is_a_stick(tmp_path: Path) -> None:
    drives = table(
        tmp_path,
        "/dev/sda2 / ext4 rw 0 0",
        "tmpfs /run/media/none tmpfs rw 0 0",
        "/dev/sdb1 /run/media/can-bo/KINGSTON vfat rw 0 0",
        "/dev/sdc1 /media/can-bo/SAN\\040DISK exfat rw 0 0",
        "/dev/sdd1 /mnt/data ext4 rw 0 0",
        "broken",
    )
    assert [(str(root), label) for root, label in drives.roots()] == [
        ("/run/media/can-bo/KINGSTON", "KINGSTON"),
        ("/media/can-bo/SAN DISK", "SAN DISK"),
    ]


def test_a_machine_without_a_table_of_mounts_has_no_stick(tmp_path: Path) -> None:
    assert LinuxDrives(tmp_path / "none").roots() == []


def test_a_vietnamese_label_is_read_letter_by_letter(tmp_path: Path) -> None:
    drives = table(tmp_path, "/dev/sdb1 /media/can-bo/M\\341\\272\\252U vfat rw 0 0")
    assert [label for _root, label in drives.roots()] == ["MẪU"]


def test_a_vietnamese_label_that_is_not_escaped_is_read_as_it_stands(tmp_path: Path) -> None:
    drives = table(tmp_path, "/dev/sdb1 /media/can-bo/USB\\040Mẫu vfat rw 0 0")
    assert [label for _root, label in drives.roots()] == ["USB Mẫu"]


def test_windows_names_removable_drives_with_a_medium_in_them() -> None:
    found = WindowsDrives(FewDrives()).roots()
    assert [label for _root, label in found] == ["MẪU (E:)", "Ổ F:"]


def test_a_stick_tells_its_free_room_and_a_pulled_one_is_left_out(tmp_path: Path) -> None:
    sticks = Sticks(OneDrive(tmp_path))
    assert [(one.folder, one.label, one.free > 0) for one in sticks.find()] == [
        (tmp_path, "USB MẪU", True)
    ]
    assert Sticks(OneDrive(tmp_path / "pulled")).find() == ()


def test_our_files_are_told_apart_and_others_left_alone(tmp_path: Path) -> None:
    for name in (UP, DOWN, DOWN_ELSEWHERE, SLIP, "BAO_CAO.docx"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "inside.antq").mkdir()
    found = look_in(tmp_path)
    assert found == Found(
        (tmp_path / UP,), (tmp_path / DOWN, tmp_path / DOWN_ELSEWHERE), (tmp_path / SLIP,)
    )
    assert found.answers_for("11074") == (tmp_path / DOWN,)
    assert found.answers_for("99999") == ()


def test_a_pulled_stick_is_a_fault_and_not_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as caught:
        look_in(tmp_path / "pulled")
    assert caught.value.code == "not_found"


def test_chosen_files_and_folders_are_gathered_once_each(tmp_path: Path) -> None:
    folder = tmp_path / "usb"
    folder.mkdir()
    for name in (UP, DOWN, SLIP):
        (folder / name).write_bytes(b"x")
    foreign = tmp_path / "anh.jpg"
    foreign.write_bytes(b"x")
    found = gather([folder, folder / UP, foreign, folder / SLIP, folder / DOWN])
    assert found == Found((folder / UP, foreign), (folder / DOWN,), (folder / SLIP,))
