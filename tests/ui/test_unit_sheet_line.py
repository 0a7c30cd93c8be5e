"""The code of a line on a slip of a neighbourhood leads to that line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from pytestqt.qtbot import QtBot

from antq_desktop.domain.errors import UserError
from antq_desktop.services.office import Office
from antq_desktop.services.unit_sheet import Bearing
from antq_desktop.services.unit_sheet_lines import Ask
from antq_desktop.ui.finding import Finder
from antq_desktop.ui.screens.unit_sheet_line import open_line
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.widgets.field import Option
from tests.ui.sheet_desk import VILLAGES, SheetDesk, sheet_desk_of

KIND = "registration"


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[SheetDesk]:
    with sheet_desk_of(theme, qtbot, office) as sat:
        yield sat


def code_of(office: Office, village: str) -> str:
    """Return the code that the slip of a village prints beside its registration."""
    sheet = office.unit_sheets.open(Ask(KIND, "neighbourhood", "2026", {"year": 2026}))
    line = next(one for one in sheet.lines if one.name == village)
    return office.unit_sheets.code_of(sheet, line)


def test_the_code_of_a_slip_stands_on_the_line_of_its_unit(desk: SheetDesk) -> None:
    office = desk.desk.office
    code = code_of(office, VILLAGES[1])
    found = office.unit_sheets.bearing(code.lower().replace("-", " "))
    assert found is not None
    assert (found.kind, found.name, found.period) == (KIND, VILLAGES[1], "2026")
    open_line(desk.desk.workplace, desk.screen, found)
    desk.desk.rest()
    desk.desk.rest()
    assert desk.page.kind == KIND
    assert desk.page.head.common.values()["year"] == 2026
    row = desk.grid.currentIndex().row()
    assert desk.grid.cells.rows[row].title == VILLAGES[1]


def test_a_misread_code_is_refused_and_a_strange_one_finds_nothing(office: Office) -> None:
    with pytest.raises(UserError, match="Mã dòng chưa đúng"):
        office.unit_sheets.bearing("0000-0001")
    assert office.unit_sheets.bearing("0000-0000") is None


def test_the_search_box_takes_the_code_of_a_line(desk: SheetDesk) -> None:
    gone: list[Bearing] = []
    workplace = desk.desk.workplace
    anchor = desk.desk.window.top.search
    finder = Finder(workplace, anchor, ("unit",), lambda _lead: None, line=gone.append)
    shown: list[Option] = []

    def deliver(options: Sequence[Option]) -> None:
        shown[:] = [one for one in options if one.detail.startswith("Dòng trên phiếu")]

    finder._find(code_of(desk.desk.office, VILLAGES[2]), deliver)
    desk.desk.rest()
    assert [one.text for one in shown] == [VILLAGES[2]]
    finder._steps[shown[0].id]()
    assert [one.name for one in gone] == [VILLAGES[2]]
