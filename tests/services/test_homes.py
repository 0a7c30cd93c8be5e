"""A profile lives on a disk of the machine itself: not on a stick, not behind a network."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest

from antq_desktop.domain.codes import Codes
from antq_desktop.domain.errors import UserError
from antq_desktop.services.homes import Home, LinuxHomes, WindowsHomes
from antq_desktop.services.office import Offices
from antq_desktop.services.profiles import NewProfile, Profiles
from tests.stores import COMMUNE, OFFICER, PASSWORD, outside

MOUNTS = (
    "/dev/sda1 / ext4 rw 0 0\n"
    "/dev/sdb1 /media/can\\040bo/USB vfat rw 0 0\n"
    "//may-chu/chung /srv/chung cifs rw 0 0\n"
    "/dev/sda2 /srv/chung/rieng ext4 rw 0 0\n"
)


@pytest.fixture
def homes(tmp_path: Path) -> LinuxHomes:
    table = tmp_path / "mounts"
    table.write_text(MOUNTS, encoding="utf-8")
    return LinuxHomes(table)


def test_the_last_mount_that_holds_a_folder_says_what_it_is(homes: LinuxHomes) -> None:
    told = {
        "/srv/canbo/antq": Home.FIXED,
        "/media/can bo/USB/antq": Home.REMOVABLE,
        "/srv/chung/antq": Home.NETWORK,
        "/srv/chungrieng": Home.FIXED,
        "/srv/chung/rieng/antq": Home.FIXED,
    }
    assert {folder: homes.kind(Path(folder)) for folder in told} == told


def test_windows_tells_by_the_drive_and_by_the_name_of_a_server() -> None:
    class Kernel:
        def kind(self, root: str) -> int:
            return {"C:\\": 3, "E:\\": 2, "Z:\\": 4}[root]

    homes = WindowsHomes(Kernel())
    told = {
        "C:\\antq": Home.FIXED,
        "E:\\antq": Home.REMOVABLE,
        "Z:\\antq": Home.NETWORK,
        "\\\\may-chu\\chung\\antq": Home.NETWORK,
    }
    kinds = {folder: homes.kind(PureWindowsPath(folder)) for folder in told}  # type: ignore[arg-type] # as Path is on Windows
    assert kinds == told


def test_nothing_is_made_or_opened_there(tmp_path: Path, profile: Path, codes: Codes) -> None:
    table = tmp_path / "mounts"
    given = outside()
    offices = Offices(Profiles(given, homes=LinuxHomes(table)), codes, given)
    new = NewProfile("commune", COMMUNE, OFFICER, PASSWORD)
    code = "home_network"
    for system in ("cifs", "fuse.sshfs"):
        told = f"/dev/sda1 / ext4 rw 0 0\nx {tmp_path} {system} rw 0 0\n"
        table.write_text(told, encoding="utf-8")
        with pytest.raises(UserError) as at_making:
            offices.make(tmp_path / "new", new)
        with pytest.raises(UserError) as at_opening:
            offices.open(profile, OFFICER, PASSWORD)
        assert {at_making.value.code, at_opening.value.code} == {code}
        assert str(profile) in at_opening.value.message
    assert not (tmp_path / "new").exists()
    table.write_text(f"/dev/sda1 / ext4 rw 0 0\nx {tmp_path} ext4 rw 0 0\n", encoding="utf-8")
    offices.open(profile, OFFICER, PASSWORD).close()
