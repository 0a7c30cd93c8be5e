"""A commune scores itself; the receiver sees who is late, appraises, decides, asks; all comes back.

Two real stores, real bundles on a stick, and both windows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from antq_desktop.domain.scoring.sheets import Answer, Given
from antq_desktop.services.office import Office
from antq_desktop.services.standards.board import DECISION
from antq_desktop.ui.recordmodel import BADGE_ROLE
from antq_desktop.ui.screens.board import BoardScreen
from antq_desktop.ui.screens.cycle import CycleScreen
from antq_desktop.ui.screens.handover_parts import LocalTable
from antq_desktop.ui.screens.score_list import SheetsScreen
from antq_desktop.ui.screens.score_sheet import ScoreSheetPage
from antq_desktop.ui.screens.standard_results import ResultsScreen
from antq_desktop.ui.screens.years_matrix import MatrixScreen
from antq_desktop.ui.sources import Badge
from antq_desktop.ui.theme import Theme
from tests.exchange import World
from tests.services.standards.cycle import YEAR, Cycle
from tests.stores import COMMUNE_ID, unsound
from tests.ui.area_desk import AreaDesk, area_desk_of

TABLE, ITEM = "qd510_commune", "i1_reports"
WHY = "Thiếu báo cáo sơ kết"
Page = TypeVar("Page", bound=CycleScreen)


def test_a_commune_is_appraised_decided_and_asked_by_the_receiver(
    theme: Theme, qtbot: QtBot, world: World
) -> None:
    commune = Cycle(world.commune)
    commune.register(COMMUNE_ID, resolution_on="2026-02-01", plan_on="2026-02-02")
    hamlet = commune.unit()
    commune.register(hamlet)
    commune.recognise(hamlet)
    sheet = commune.sheet(COMMUNE_ID, TABLE)
    commune.fill(sheet)
    commune.office.standards.sheets.set_state([sheet], "self_reviewed")
    before = commune.read(sheet).outcome.points
    world.merged(world.sent())

    with seated(theme, qtbot, world.receiver) as desk:
        matrix = page(desk, "units_below", MatrixScreen)
        assert matrix.page.matrix is not None
        cells = texts(matrix.page.matrix, COMMUNE_ID)
        assert cells[1] == "1 phiếu"
        lacking = {each.unit: each for each in world.receiver.standards.receiving.missing(YEAR)}
        assert lacking[COMMUNE_ID].lacks == ("recognised", "grade")
        assert lacking[COMMUNE_ID].late == {"recognised": "2026-11-19"}, "grades are due later"
        silent = next(each for each in lacking.values() if each.unit != COMMUNE_ID)
        assert silent.late["registered"] == "2026-03-31"
        assert "đăng ký" in texts(matrix.page.missing, silent.unit)[1].lower()
        assert "31/03/2026" in texts(matrix.page.missing, silent.unit)[2]

        waiting = matrix.page.waiting
        matrix.page.tabs.setCurrentWidget(waiting)
        waiting.choose([sheet])
        waiting.setFocus()
        QTest.keyClick(waiting, Qt.Key.Key_Return)
        desk.rest()
        paper = matrix.over[-1]
        assert isinstance(paper, ScoreSheetPage)
        paper.go_to(ITEM)
        appraisal = paper.pane.appraisal
        assert appraisal is not None
        assert appraisal.points is not None
        appraisal.points.set_value("3")
        appraisal.points.edited.emit("points")
        paper.save()
        desk.rest()
        assert "phải có lý do" in desk.last
        paper.pane.fields["difference"].set_value(WHY)
        paper.pane.fields["difference"].edited.emit("difference")
        paper.save()
        desk.rest()
        matrix.drop()
        desk.rest()
        assert waiting.local.rowCount() == 0

        board = page(desk, "board", BoardScreen)
        board.season.show(YEAR, "classification")
        desk.rest()
        model = board.page.model
        row = next(at for at in range(model.rowCount()) if unit_at(board, at) == COMMUNE_ID)
        board.page.go_to(row, model.steps.index(DECISION) + 1)
        board.do_step()
        desk.rest()
        dialog = board.dialog
        assert dialog is not None
        for name, value in {
            "number": "12/QĐ-UBND", "decided_on": "2026-11-19", "issuer": "UBND thành phố",
        }.items():  # fmt: skip
            dialog.fields[name].set_value(value)
        dialog.press()
        desk.rest()
        results = page(desk, "standard_results", ResultsScreen)
        assert results.standing is not None
        spread = next(each for each in results.standing.spread if each.kind == "commune")
        assert sum(spread.grades.values()) == 1
        world.receiver.oversight.requests.ask(
            "score_sheet", sheet, "", {"title": "Gửi bổ sung báo cáo sơ kết 6 tháng"}
        )

    commune.office.handover.returning.accept(world.answered())
    with seated(theme, qtbot, commune.office) as desk:
        scores = page(desk, "score_sheets", SheetsScreen)
        scores.open_sheet(sheet)
        desk.rest()
        paper = scores.over[-1]
        assert isinstance(paper, ScoreSheetPage)
        paper.go_to(ITEM)
        appraisal = paper.pane.appraisal
        assert appraisal is not None
        assert appraisal.given == Given(Answer.NONE, 300)
        assert paper.pane.fields["difference"].value() == WHY
        held = commune.read(sheet)
        assert held.own.points == before
        assert held.outcome.points == before - 200
        asked = commune.office.oversight.requests.waiting()
        assert [line.title for line in asked] == ["Gửi bổ sung báo cáo sơ kết 6 tháng"]
        results = page(desk, "standard_results", ResultsScreen)
        assert results.standing is not None
        spread = next(each for each in results.standing.spread if each.kind == "commune")
        assert sum(spread.grades.values()) == 1

    rows = {row[0]: row[2] for row in commune.office.standards.receiving.matrix(YEAR).rows}
    assert rows[COMMUNE_ID][YEAR].grade
    assert rows[hamlet][YEAR].recognised
    assert unsound(world.receiver) == []
    assert unsound(commune.office) == []


@contextmanager
def seated(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[AreaDesk]:
    """Sit down before one of the two offices, and get up again."""
    with area_desk_of(theme, qtbot, office) as desk:
        yield desk
        desk.window.hide()


def texts(table: LocalTable, row_id: str) -> list[str]:
    """Return what the cells of a row say."""
    row = table.local.row_of(row_id)
    assert row is not None
    found = []
    for column in range(table.local.columnCount()):
        at = table.local.index(row, column)
        badge = at.data(BADGE_ROLE)
        found.append(badge.text if isinstance(badge, Badge) else str(at.data() or ""))
    return found


def unit_at(board: BoardScreen, row: int) -> str:
    found = board.page.model.unit(row)
    return found.unit if found is not None else ""


def page(desk: AreaDesk, key: str, sort: type[Page]) -> Page:
    area = desk.areas["standards"]
    desk.window.go("standards", lambda: area.show_kind(key))
    desk.rest()
    found = area.page_of(key)
    assert isinstance(found, sort)
    return found
