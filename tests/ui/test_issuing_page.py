"""*Cơ quan ban hành*: what is shown of each body, and what is changed of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from antq_desktop.services.issuing import BODIES, COMMITTEE, NEIGHBOURHOOD, POLICE
from antq_desktop.services.office import Office
from antq_desktop.ui.screens.issuing_page import IssuingPage, fields_of
from antq_desktop.ui.theme import Theme
from tests.ui.desk import Desk, desk_of


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[Desk]:
    with desk_of(theme, qtbot, office) as sat:
        yield sat


@pytest.fixture
def page(desk: Desk) -> IssuingPage:
    made = IssuingPage(desk.workplace, lambda _asked_by: None)
    desk.qtbot.addWidget(made)
    desk.rest()
    return made


def test_each_body_is_told_with_its_head_and_signer(page: IssuingPage) -> None:
    for code in BODIES:
        assert "Người ký:" in page._told[code].text()
    assert "Trưởng ban" in page._told[COMMITTEE].text()


def test_a_signer_is_written_and_shown(desk: Desk, page: IssuingPage) -> None:
    page.change[POLICE].click()
    desk.rest()
    dialog = page.dialog
    assert dialog is not None
    dialog.fields["rank"].set_value("Thiếu tá")
    dialog.fields["signer"].set_value("Trần Thị Ví Dụ")
    dialog.press()
    desk.rest()
    assert "Thiếu tá Trần Thị Ví Dụ" in page._told[POLICE].text()
    assert desk.office.papers.issuing.body(POLICE).signer == "Trần Thị Ví Dụ"
    assert desk.last == "Đã lưu cơ quan ban hành."


def test_only_a_committee_is_asked_for_an_office_in_the_government() -> None:
    asked = {code: {spec.name for spec in fields_of(code)} for code in BODIES}
    assert [code for code in BODIES if "office" in asked[code]] == [COMMITTEE]
    assert [code for code in BODIES if "others" in asked[code]] == [NEIGHBOURHOOD]
    assert "name" not in asked[NEIGHBOURHOOD]


def test_a_place_on_the_blank_is_measured_once(desk: Desk, page: IssuingPage) -> None:
    page.measure.click()
    dialog = page.dialog
    assert dialog is not None
    dialog.fields["unit"].set_value("không rõ")
    dialog.press()
    desk.rest()
    assert [fault.code for fault in dialog.fields["unit"].faults] == ["place_not_understood"]
    dialog.fields["unit"].set_value("150,5; 99")
    dialog.press()
    desk.rest()
    assert desk.office.papers.blanks.spots()["unit"] == "150,5; 99"


def test_a_paper_is_given_to_another_body(desk: Desk, page: IssuingPage) -> None:
    page.papers.click()
    desk.rest()
    dialog = page.dialog
    assert dialog is not None
    dialog.fields["meeting_invitation"].set_value(COMMITTEE)
    dialog.press()
    desk.rest()
    assert desk.office.papers.issuing.of_form("meeting_invitation") == COMMITTEE
