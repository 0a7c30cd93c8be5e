"""The page about data of people: it names what is due, and erases with a reason."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from antq_desktop.services.office import Office
from antq_desktop.ui.ask import Answer
from antq_desktop.ui.screens.privacy import ERASE, PrivacyPage
from antq_desktop.ui.theme import Theme
from tests.services.test_erasing import CLOSED, NAME, WHY, everything
from tests.ui.desk import desk_of


def test_what_is_due_is_named_and_erased_with_a_reason(
    theme: Theme, qtbot: QtBot, office: Office
) -> None:
    record = office.records.add("incident", CLOSED).ids[0]
    with desk_of(theme, qtbot, office) as desk:
        page = PrivacyPage(desk.workplace, lambda: None)
        qtbot.addWidget(page)
        page.resize(1100, 700)
        page.show()
        qtbot.waitUntil(lambda: len(page.due) == 1, timeout=20_000)
        assert "1 hồ sơ" in page.due_told.text()
        assert page.erase_button.isEnabled()
        page.ask()
        assert NAME in everything(office), "the safe answer erases nothing"
        assert desk.asker.asked[0].reason_label
        desk.asker.answers.append(Answer(ERASE, WHY))
        page.ask()
        qtbot.waitUntil(lambda: "Đã xóa" in page.result.text(), timeout=20_000)
        assert NAME not in everything(office)
        qtbot.waitUntil(lambda: not page.due, timeout=20_000)
        assert not page.erase_button.isEnabled()
        assert office.lists.show("incident", record).values
        desk.rest()
