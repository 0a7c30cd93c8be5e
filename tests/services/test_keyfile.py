"""The key file on the officer's stick: asked for beside the password, replaced when it is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.services.journal import JournalFilter
from antq_desktop.services.office import Office, Offices
from antq_desktop.services.profiles import Profiles
from antq_desktop.storage.keyfile import KeyFiles, read_key_file
from antq_desktop.storage.store import Outside
from tests.exchange import COMMUNES, World
from tests.stores import OFFICER, PASSWORD

NAME = COMMUNES[0]
OTHER = "Lê Văn Thứ"
FIRST = "một câu ban đầu khá dài"
OWN = "một câu của riêng mình"


def _opened(
    world: World, *places: Path, officer: str = OFFICER, password: str = PASSWORD
) -> Office:
    given: Outside = replace(world.outside(NAME), key_files=KeyFiles(lambda: places))
    return Offices(Profiles(given), world.codes, given).open(world.folder / NAME, officer, password)


def _refused(world: World, *places: Path, password: str = PASSWORD) -> str:
    with pytest.raises(UserError) as refused:
        _opened(world, *places, password=password)
    return refused.value.code


@pytest.fixture
def stick(world: World, tmp_path: Path) -> Path:
    """Return a stick with the key file of the officer, whose profile is closed."""
    plugged = tmp_path / "usb"
    plugged.mkdir()
    world.commune.people.make_key_file(PASSWORD, plugged)
    world.close(NAME)
    return plugged


def test_the_sign_in_asks_for_the_stick_and_for_the_password(world: World, stick: Path) -> None:
    assert _refused(world) == "key_file_missing"
    assert _refused(world, stick, password="không phải câu này") == "wrong_password"
    office = _opened(world, stick)
    assert office.people.has_key_file()
    assert office.journal.page(JournalFilter(words="tệp chìa khóa"))
    office.close()


def test_a_new_password_keeps_the_stick(world: World, stick: Path) -> None:
    office = _opened(world, stick)
    office.people.change_own(PASSWORD, OWN)
    office.close()
    assert _refused(world, password=OWN) == "key_file_missing"
    _opened(world, stick, password=OWN).close()


def test_another_file_opens_nothing_and_a_new_one_ends_the_one_before(
    world: World, stick: Path, tmp_path: Path
) -> None:
    second = tmp_path / "usb 2"
    second.mkdir()
    office = _opened(world, stick)
    office.people.make_key_file(PASSWORD, second)
    office.close()
    assert _refused(world, stick) == "key_file_missing"
    path = next(second.iterdir())
    held = read_key_file(path)
    assert held is not None
    replace(held, secret=bytes(32)).save(second)
    assert _refused(world, second) == "wrong_password"
    path.write_bytes(b"{}")
    assert _refused(world, second) == "key_file_missing"


def test_an_officer_who_gives_the_stick_up_signs_in_by_password_alone(
    world: World, stick: Path
) -> None:
    office = _opened(world, stick)
    with pytest.raises(UserError) as refused:
        office.people.drop_key_file("không phải câu này")
    assert (refused.value.code, refused.value.field) == ("wrong_password", "own_password")
    office.people.drop_key_file(PASSWORD)
    office.close()
    _opened(world).close()


def test_a_lost_stick_is_met_by_the_administrator(world: World, tmp_path: Path) -> None:
    plugged = tmp_path / "usb"
    plugged.mkdir()
    people = world.commune.people
    people.add(OTHER, FIRST, PASSWORD)
    world.close(NAME)
    other = _opened(world, officer=OTHER, password=FIRST)
    other.people.change_own(FIRST, OWN)
    other.people.make_key_file(OWN, plugged)
    other.close()
    office = _opened(world)
    office.people.reset(OTHER, FIRST, PASSWORD)
    office.close()
    _opened(world, officer=OTHER, password=FIRST).close()


def test_a_lost_stick_of_the_administrator_is_met_by_the_recovery_sheet(
    world: World, stick: Path
) -> None:
    office = _opened(world, stick)
    sheet = office.recovery.make(PASSWORD)
    office.close()
    world.offices(NAME).recover(world.folder / NAME, sheet.code, OFFICER, OWN)
    _opened(world, password=OWN).close()


def test_a_key_file_beside_the_store_is_refused(world: World) -> None:
    with pytest.raises(UserError) as refused:
        world.commune.people.make_key_file(PASSWORD, world.folder / NAME / "backups")
    assert refused.value.code == "key_file_beside_store"


def test_what_is_no_key_file_is_refused_when_it_is_chosen(world: World, tmp_path: Path) -> None:
    path = tmp_path / "ảnh.antqtep"
    path.write_bytes(b"\x89PNG")
    with pytest.raises(UserError) as refused:
        world.offices(NAME).take_key_file(path)
    assert refused.value.code == "not_a_key_file"
