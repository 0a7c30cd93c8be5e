"""The backup of each day lies where the officer chose, and opens."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.services.office import Office
from tests.fakes import SetClock


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "ổ khác"
    folder.mkdir()
    return folder


def test_nothing_is_made_before_a_place_was_chosen(office: Office) -> None:
    assert office.safekeeping.daily() is None
    assert office.safekeeping.now() is None


def test_one_backup_is_made_each_day_and_told_on_the_first_page(
    office: Office, place: Path, clock: SetClock
) -> None:
    office.set_backup_place(place)
    assert office.board.look().last_backup == ""
    first = office.safekeeping.daily()
    assert first is not None
    with zipfile.ZipFile(first) as held:
        assert held.testzip() is None
    assert office.safekeeping.daily() is None
    assert office.board.look().last_backup == "2026-11-21"
    clock.advance(days=1)
    assert office.safekeeping.daily() is not None
    assert office.board.look().last_backup == "2026-11-22"


def test_a_place_that_is_gone_is_told_and_the_first_page_still_stands(
    office: Office, place: Path
) -> None:
    office.set_backup_place(place)
    place.rmdir()
    with pytest.raises(EnvironmentFault) as caught:
        office.safekeeping.daily()
    assert caught.value.code == "not_found"
    assert office.board.look().last_backup == ""
