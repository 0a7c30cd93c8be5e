"""A copied folder, an older state put back, another machine: each begins another life."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from antq_desktop.services.office import Offices
from antq_desktop.services.profiles import Profiles
from antq_desktop.storage import settings
from tests.exchange import COMMUNES, World, add, given, own_up, up
from tests.stores import OFFICER, PASSWORD, store_of

NAME = COMMUNES[0]


def _open(world: World, folder: Path, *, machine: str = "một", lives: str = "lives") -> str:
    """Open a profile as the program does, let it go, and return the writer it had."""
    outside = replace(world.outside(NAME), lives=world.folder / lives, machine=machine)
    office = Offices(Profiles(outside), world.codes, outside).open(folder, OFFICER, PASSWORD)
    writer = store_of(office).setting(settings.WRITER)
    office.close()
    return writer


@pytest.fixture
def home(world: World) -> Path:
    """Return where a profile lies that was opened twice."""
    folder = world.folder / NAME
    assert _open(world, folder) == _open(world, folder)
    return folder


def test_the_same_folder_on_the_same_machine_goes_on_counting(world: World, home: Path) -> None:
    assert len({_open(world, home) for _ in range(3)}) == 1


def test_a_copied_folder_begins_another_life_and_the_first_goes_on(
    world: World, home: Path
) -> None:
    writer = _open(world, home)
    copy = world.folder / "copy"
    shutil.copytree(home, copy)
    assert _open(world, copy) != writer


def test_an_older_state_put_back_begins_another_life(world: World, home: Path) -> None:
    older = world.folder / "older"
    shutil.copytree(home, older)
    writer = _open(world, home)
    shutil.rmtree(home)
    older.rename(home)
    assert _open(world, home) != writer


@pytest.mark.parametrize("changed", [{"machine": "hai"}, {"lives": "elsewhere"}])
def test_another_machine_begins_another_life(
    world: World, home: Path, changed: dict[str, str]
) -> None:
    writer = _open(world, home)
    assert _open(world, home, **changed) != writer


def test_two_copies_that_both_go_on_never_give_one_number_twice(world: World, home: Path) -> None:
    copy = world.folder / "copy"
    shutil.copytree(home, copy)
    _open(world, home)
    _open(world, copy)
    add(world.commune)
    add(world.office("copy"))
    for name in (NAME, "copy"):
        world.merged(world.sent(world.office(name)))
    assert len(own_up(world.receiver, world.commune)) == 3
    for office in (world.commune, world.office("copy")):
        assert set(up(office)) <= set(own_up(world.receiver, office))
    assert not any(row.shelf for row in world.receiver.handover.taking.received())
    assert given(world, world.sent()).mergeable
