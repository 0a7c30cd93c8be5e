"""The pages that restore a backup, with real widgets over a real backup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.services.office import Office, Offices
from antq_desktop.services.restoring import Restoring
from antq_desktop.services.signing import has_profile
from antq_desktop.ui.faults import Door
from antq_desktop.ui.jobs import Jobs
from antq_desktop.ui.restoring import RestorePages
from antq_desktop.ui.theme import Theme
from tests.stores import INCIDENT, PASSWORD


@pytest.fixture
def backup(office: Office, tmp_path: Path) -> Path:
    office.records.add("incident", INCIDENT)
    place = tmp_path / "usb"
    place.mkdir()
    return office.safekeeping.into(place)


@pytest.fixture
def pages(
    qapp: QApplication, qtbot: QtBot, theme: Theme, offices: Offices, tmp_path: Path
) -> Iterator[RestorePages]:
    folder = tmp_path / "new"
    door = Door(lambda text: text)
    jobs = Jobs(door.meet)
    made = RestorePages(
        theme,
        lambda: pytest.fail("no file is asked for"),
        jobs,
        lambda: Restoring(offices.profiles, folder),
        folder,
        replaces=False,
    )
    qtbot.addWidget(made)
    yield made
    jobs.close()


def test_a_backup_is_looked_into_and_restored_by_keyboard_alone(
    pages: RestorePages, backup: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    assert not pages.on.isEnabled()
    pages.take_file(backup)
    assert backup.name in pages.file.seen.text()
    pages.go_on()
    pages.open.password.input.setText(PASSWORD)
    pages.go_on()
    qtbot.waitUntil(lambda: pages.step == 2, timeout=20_000)
    assert "Xã Tứ Kỳ" in pages.look.told.text()
    assert not has_profile(tmp_path / "new"), "looking writes nothing"
    pages.go_on()
    qtbot.waitUntil(lambda: pages.step == 3, timeout=20_000)
    assert has_profile(tmp_path / "new")
    pages.save_minute(tmp_path / "bien-ban")
    assert (tmp_path / "bien-ban.pdf").read_bytes().startswith(b"%PDF-")
    with qtbot.waitSignal(pages.restored):
        pages.go_on()


def test_a_wrong_password_is_told_beside_it_and_nothing_is_restored(
    pages: RestorePages, backup: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    pages.take_file(backup)
    pages.go_on()
    pages.open.password.input.setText("sai mật khẩu rồi")
    pages.go_on()
    qtbot.waitUntil(pages.on.isEnabled, timeout=20_000)
    assert pages.step == 1
    assert not has_profile(tmp_path / "new")


def test_a_file_that_is_no_backup_is_refused_at_once(pages: RestorePages, tmp_path: Path) -> None:
    other = tmp_path / "x.antqbak"
    other.write_bytes(b"x")
    pages.take_file(other)
    assert "không phải bản sao lưu" in pages.fault
    assert not pages.on.isEnabled()
    with_nothing = pages.step
    pages.go_on()
    assert pages.step == with_nothing


def test_a_backup_behind_a_key_file_asks_for_the_file_and_opens_with_it(
    pages: RestorePages, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    stick, away = tmp_path / "stick", tmp_path / "away"
    for folder in (stick, away, tmp_path / "usb"):
        folder.mkdir()
    office.people.make_key_file(PASSWORD, stick)
    backup = office.safekeeping.into(tmp_path / "usb")
    written = next(stick.iterdir())
    written.rename(away / written.name)  # nowhere a plugged stick would show it
    pages.take_file(backup)
    pages.go_on()
    assert pages.open.key_file.isHidden()
    pages.open.password.input.setText(PASSWORD)
    pages.go_on()
    qtbot.waitUntil(lambda: not pages.open.key_file.isHidden(), timeout=20_000)
    assert pages.step == 1
    pages.take_key_file(backup)
    assert "không phải" in pages.open.password.fault
    pages.take_key_file(away / written.name)
    qtbot.waitUntil(lambda: pages.step == 2, timeout=20_000)
