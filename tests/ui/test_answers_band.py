"""The list of proposals tells of answers and writes them with one button."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from antq_desktop.ui.screens.answers_band import BAND
from antq_desktop.ui.theme import Theme
from tests.exchange import World
from tests.ui.area_desk import area_desk_of


def test_answers_are_told_above_the_list_and_written_by_one_button(
    theme: Theme, qtbot: QtBot, world: World
) -> None:
    commune = world.commune
    values = {"sent_on": "2026-11-05", "title": "Hỗ trợ camera mẫu", "state": "sent"}
    proposal = commune.records.add("proposal", values).ids[0]
    world.round()
    world.receiver.assignments.reply(proposal, {"state": "accepted"})
    world.round()
    with area_desk_of(theme, qtbot, commune) as desk:
        desk.window.go("documents")
        desk.areas["documents"].show_kind("proposal")
        desk.rest()
        page = desk.screens["proposal"].list
        band = page.bands.band(BAND)
        assert band is not None
        assert "đã trả lời “Hỗ trợ camera mẫu”" in band.text.text()
        band.buttons[0].click()
        desk.rest()
        desk.rest()
        assert page.bands.band(BAND) is None
        assert desk.told[-1].undo is not None
        assert commune.lists.show("proposal", proposal).record.values()["state"] == "accepted"
