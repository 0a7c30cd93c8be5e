"""The card that names what to look at again before handing over; it stops nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from antq_desktop.ui.screens.handover_evidence import FIRST
from antq_desktop.ui.screens.home import Lead
from antq_desktop.ui.theme import Theme
from tests import pictures_of_cameras as cameras
from tests.exchange import World
from tests.services.test_evidence import attach, session
from tests.ui.handover_seat import Sit, seating


@pytest.fixture
def sit(theme: Theme, qtbot: QtBot) -> Iterator[Sit]:
    with seating(theme, qtbot) as down:
        yield down


def test_nothing_to_name_shows_no_card(world: World, sit: Sit) -> None:
    session(world.commune, "2026-05-12")
    assert sit(world.commune).page.send.evidence.isHidden()


def test_each_line_opens_its_record_and_the_bundle_is_made_all_the_same(
    world: World, sit: Sit, tmp_path: Path
) -> None:
    office = world.commune
    days = [f"2026-05-{day:02}" for day in range(1, FIRST + 4)]
    records = [session(office, day) for day in days]
    for record in records:
        attach(office, "session", record, cameras.jpeg())
    seat = sit(office)
    card = seat.page.send.evidence
    assert card.isVisible()
    assert card.heading.text() == f"Xem lại trước khi giao: {FIRST + 2} chỗ"
    assert len(card.lines) == FIRST
    seat.click(card.more)
    assert len(card.lines) == FIRST + 2
    assert card.more.isHidden()
    gone: list[Lead] = []
    card._lead = gone.append
    card._fill()
    first = card.lines[0]
    assert isinstance(first, QPushButton)
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert [(to.key, to.record) for to in gone] == [("session", records[1])]
    folder = tmp_path / "chung"
    folder.mkdir()
    seat.asker.files = [folder]
    seat.click(seat.page.send.waiting.place.other)
    seat.click(seat.page.send.waiting.seal)
    assert len(list(folder.iterdir())) == 1
