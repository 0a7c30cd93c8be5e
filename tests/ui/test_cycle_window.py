"""The yearly cycle in the window: from registrations to the decision, the results, and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QTableWidget,
    QTableWidgetItem,
)
from pytestqt.qtbot import QtBot

from antq_desktop.domain.fields import Value
from antq_desktop.domain.scoring.sheets import Answer
from antq_desktop.services.office import Office
from antq_desktop.services.standards.board import DECISION, MEETING, REGISTRATION, SELF_REVIEW
from antq_desktop.services.standards.looking import sheet_id
from antq_desktop.ui.ask import Answer as Said
from antq_desktop.ui.screens.board_forms import DecisionBody
from antq_desktop.ui.screens.criteria import CriteriaScreen
from antq_desktop.ui.screens.cycle_year import YearScreen
from antq_desktop.ui.screens.score_list import SheetsScreen
from antq_desktop.ui.screens.standard_results import ResultsScreen
from antq_desktop.ui.screens.years_matrix import MatrixScreen
from antq_desktop.ui.theme import Theme
from tests.services.standards.cycle import NEIGHBOURHOOD, YEAR, Cycle
from tests.ui.area_desk import AreaDesk, area_desk_of
from tests.ui.cycle_desk import (
    UNITS,
    area_of,
    board,
    cell,
    choose,
    fill,
    page,
    sheet_page,
    type_into,
)


@pytest.fixture
def cycle(office: Office) -> Cycle:
    made = Cycle(office)
    for name in UNITS:
        made.unit(name)
    return made


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office, cycle: Cycle) -> Iterator[AreaDesk]:
    assert cycle.office is office
    with area_desk_of(theme, qtbot, office) as desk:
        yield desk


def test_the_board_is_the_front_page_and_the_lists_stay_reachable(desk: AreaDesk) -> None:
    area = area_of(desk)
    assert area.kind == "board"
    assert {"registration", "submission", "score_sheet", "recognition"} <= set(area.kinds)
    screen = board(desk)
    assert [row.name for row in screen.page.model.units()][-3:] == list(UNITS)
    desk.turn_to("registration")
    assert area.kind == "registration"


def test_three_units_are_registered_scored_appraised_decided_and_undone(
    desk: AreaDesk, cycle: Cycle
) -> None:
    screen = board(desk)

    choose(screen, UNITS, REGISTRATION)
    screen.page.table.setFocus()
    QTest.keyClick(screen.page.table, Qt.Key.Key_Return)
    desk.rest()
    fill(desk, screen, {"registered_on": "2026-02-10"})
    assert [cell(screen, name, REGISTRATION) for name in UNITS] == ["2026-02-10"] * 3

    choose(screen, UNITS[:1], SELF_REVIEW)
    screen.do_step()
    desk.rest()
    paper = sheet_page(screen)
    assert paper.outcome is not None
    assert not paper.outcome.complete
    paper.go_to("c3_a")
    paper.pane.marks.buttons[Answer.NOT_MET.value].click()  # type: ignore[union-attr]  # a mark is in view
    paper.pane.fields["number"].set_value("05/TB-CA")
    paper.pane.fields["number"].edited.emit("number")
    paper.none_happened()
    paper.go_to("c2")
    QTest.keyClick(paper.table, Qt.Key.Key_D)
    paper.pane.appraisal.answer(Answer.NOT_MET)  # type: ignore[union-attr]  # it may be appraised
    paper.save()
    desk.rest()
    assert "phải có lý do" in desk.last
    paper.pane.fields["difference"].set_value("Kế hoạch thiếu chữ ký")
    paper.pane.fields["difference"].edited.emit("difference")
    paper.save()
    desk.rest()

    unit = screen.page.model.units()[-3].unit
    held = cycle.read(sheet_id(unit, YEAR, NEIGHBOURHOOD))
    mark = held.stored.sheet.mark("c3_a")
    assert mark is not None
    assert mark.paper is not None
    assert mark.paper.number == "05/TB-CA"
    assert held.stored.sheet.line("c2").difference == "Kế hoạch thiếu chữ ký"
    assert held.own != held.outcome

    screen.drop()
    desk.rest()
    choose(screen, UNITS, DECISION)
    screen.do_step()
    desk.rest()
    assert screen.dialog is not None
    table = screen.dialog.findChild(QTableWidget)
    assert isinstance(table, QTableWidget)
    for row in range(3):
        tick = table.item(row, 2)
        assert isinstance(tick, QTableWidgetItem)
        tick.setCheckState(Qt.CheckState.Checked if row else Qt.CheckState.Unchecked)
    fill(
        desk, screen, {"number": "01/QĐ-UBND", "decided_on": "2026-11-13", "issuer": "UBND xã Mẫu"}
    )
    assert any("chưa có phiếu chấm" in asked.consequence for asked in desk.asker.asked)
    assert cell(screen, UNITS[1], DECISION) == "2026-11-13"

    results = page(desk, "standard_results")
    assert isinstance(results, ResultsScreen)
    assert results.standing is not None
    spread = next(each for each in results.standing.spread if each.kind == "neighbourhood")
    assert (spread.units, spread.registered, spread.recognised) == (3, 3, 2)

    undo = [message for message in desk.told if message.undo is not None][-1].undo
    assert undo is not None
    undo()
    desk.rest()
    again = cycle.office.standards.standings.distribution(YEAR)
    assert next(each for each in again if each.kind == "neighbourhood").recognised == 0


def test_a_refusal_without_a_reason_stays_in_its_dialog(desk: AreaDesk) -> None:
    screen = board(desk)
    choose(screen, UNITS[:1], DECISION)
    screen.do_step()
    desk.rest()
    assert screen.dialog is not None
    body = screen.dialog.findChild(DecisionBody)
    assert isinstance(body, DecisionBody)
    reason = body.table.item(0, 3)
    assert reason is not None
    reason.setText("")
    fill(desk, screen, {"number": "02", "decided_on": "2026-11-13", "issuer": "UBND xã Mẫu"})
    assert screen.dialog.isVisible()
    assert "phải có lý do" in screen.dialog.fault.text()
    screen.dialog.reject()


def test_meetings_of_the_chosen_units_are_laid_out_and_shown(desk: AreaDesk, cycle: Cycle) -> None:
    screen = board(desk)
    choose(screen, UNITS, MEETING)
    screen.show_meetings()
    desk.rest()
    fill(desk, screen, {"first": "2026-10-16", "a_day": 2})
    days = [day for day, *_rest in cycle.office.standards.board.meetings(YEAR)]
    assert days == ["2026-10-16", "2026-10-16", "2026-10-19"]


def test_own_days_move_the_board(desk: AreaDesk) -> None:
    screen = board(desk)
    screen.show_days()
    desk.rest()
    fill(desk, screen, {"meeting": 20})
    found = screen.page.board
    assert found is not None
    assert found.calendars["neighbourhood"].due(MEETING) == "2026-10-16"


def test_what_was_typed_into_a_sheet_is_asked_for_before_it_is_left(desk: AreaDesk) -> None:
    found = page(desk, "score_sheets")
    assert isinstance(found, SheetsScreen)
    found.page.table.choose([next(iter(found.page.lines))])
    found.begin()
    desk.rest()
    paper = sheet_page(found)
    paper.none_happened()
    desk.asker.answers.append(Said("stay"))
    desk.window.go("movement")
    assert paper.isVisible()
    desk.asker.answers.append(Said("drop"))
    desk.window.go("movement")
    desk.rest()
    assert not paper.isVisible()


def test_if_judged_today_names_what_is_missing_and_keeps_nothing(
    desk: AreaDesk, cycle: Cycle
) -> None:
    found = page(desk, "score_sheets")
    assert isinstance(found, SheetsScreen)
    line = next(one for one in found.page.lines.values() if one.name == UNITS[0])
    found.page.table.choose([line.id])
    found.show_today()
    desk.rest()
    assert found.dialog is not None
    assert "Còn thiếu" in found.dialog.lines.toPlainText()
    assert "chưa chấm đủ" in found.dialog.told.text()
    found.dialog.accept()
    with cycle.office.standards.ground.book() as book:
        assert book.all("score_sheet") == ()


def test_a_unit_copies_a_set_and_edits_it_as_its_own(desk: AreaDesk, cycle: Cycle) -> None:
    found = page(desk, "criteria")
    assert isinstance(found, CriteriaScreen)
    found.page.table.choose(["qd510_neighbourhood"])
    assert not found.page.edit_button.isEnabled()
    found.ask_copy()
    assert found.dialog is not None
    found.dialog.fields["title"].set_value("Bộ phân loại của Xã Mẫu")
    found.dialog.press()
    desk.rest()
    own = next(line for line in found.page.lines.values() if line.own)
    found.page.table.choose([own.criteria.code])
    found.edit()
    assert found.editor is not None
    found.editor.items.add_item()
    type_into(found.editor.items.form, "text", "Mục thêm của đơn vị")
    found.editor.save()
    desk.rest()
    with cycle.office.standards.ground.book() as book:
        kept = cycle.office.standards.sets.own(book)[own.criteria.code]
    assert "Mục thêm của đơn vị" in [item.text for item in kept.items()]
    assert "mẫu minh họa" in kept.provenance.note
    assert found.at_list


def test_the_year_is_opened_its_holidays_kept_and_its_targets_set(
    desk: AreaDesk, cycle: Cycle
) -> None:
    found = page(desk, "cycle_year")
    assert isinstance(found, YearScreen)
    desk.asker.answers.append(Said("open"))
    found.open_year()
    desk.rest()
    assert found.state is not None
    scope = next(task for task in found.state.opening if task.code == "scope")
    assert scope.finished

    found.ask_holiday()
    dialog = found.dialog
    assert dialog is not None
    for name, value in {"day": "2026-10-10", "kind": "day_off", "title": "Ngày nghỉ mẫu"}.items():
        dialog.fields[name].set_value(value)
    dialog.press()
    desk.rest()
    assert "2026-10-10" in {day.day for day in found.state.days}

    found.ask_target()
    target = found.dialog
    assert target is not None
    target.fields["value"].set_value(3)
    target.press()
    desk.rest()
    assert target.isVisible()
    assert target.fields["measure"].faults
    target.fields["measure"].set_value("neighbourhoods")
    target.press()
    desk.rest()
    row = found.state.targets[0]
    assert (row.measure, row.value, row.reached) == ("neighbourhoods", 3, 3)
    assert cycle.office.unit == row.unit


def test_a_year_is_closed_and_opened_again(desk: AreaDesk, cycle: Cycle) -> None:
    unit = next(u.id for u in cycle.office.lists.every("unit")
                if u.values().get("name") == UNITS[0])  # fmt: skip
    cycle.fill(cycle.sheet(unit, NEIGHBOURHOOD))
    found = page(desk, "cycle_year")
    assert isinstance(found, YearScreen)
    found.close_year()
    assert found.dialog is not None
    found.dialog.press()
    desk.rest()
    assert found.state is not None
    assert found.state.closed_on
    assert found.state.since is not None
    desk.asker.answers.append(Said("open", "Nhập sót một đơn vị"))
    found.reopen()
    desk.rest()
    assert not found.state.closed_on


def test_units_stand_beside_their_years(desk: AreaDesk, cycle: Cycle) -> None:
    found = page(desk, "units_below")
    assert isinstance(found, MatrixScreen)
    assert found.page.matrix is not None
    assert found.page.matrix.local.rowCount() == 4
    assert found.page.missing.local.rowCount() == 4
    assert cycle.office.level == "commune"


def test_a_hundred_units_stand_on_one_board(desk: AreaDesk, cycle: Cycle) -> None:
    edits = []
    for at in range(100):
        values: dict[str, Value] = {
            "name": f"Khu dân cư Mẫu số {at:03} có tên rất dài để xem chỗ của tên",
            "unit_kind": "neighbourhood", "parent": cycle.office.unit, "tt124": True,
            "management_level": "commune",
        }  # fmt: skip
        edits.append(cycle.office.records.new_edit("unit", values))
    cycle.office.records.save(edits)
    screen = board(desk)
    screen.reload()
    desk.rest()
    assert len(screen.page.model.units()) == 104
    table = screen.page.table
    total = table.horizontalHeader().length()
    assert total <= table.viewport().width() + 1
    screen.page.only_late.setChecked(True)
    assert all(row.late for row in screen.page.model.units())


def test_units_without_a_decision_are_noted_as_expected_with_a_printed_reason(
    desk: AreaDesk, cycle: Cycle
) -> None:
    screen = board(desk)
    choose(screen, UNITS[:2], DECISION)
    screen.do_step()
    desk.rest()
    assert screen.dialog is not None
    body = screen.dialog.findChild(DecisionBody)
    assert isinstance(body, DecisionBody)
    desk.asker.answers.append(Said("expect", "Quyết định ký ngày 18/11"))
    body.expect.click()
    desk.rest()
    with cycle.office.standards.ground.book() as book:
        held = book.all("recognition")
    assert {row.values["result"] for row in held} == {"expected"}
    assert {row.values["reason"] for row in held} == {"Quyết định ký ngày 18/11"}
    assert cell(screen, UNITS[0], DECISION) == ""


def test_evidence_opens_the_record_or_what_it_belongs_to(desk: AreaDesk, cycle: Cycle) -> None:
    led: list[tuple[str, str]] = []
    area_of(desk).lead = lambda to: led.append((to.key, to.record))
    unit = next(u.id for u in cycle.office.lists.every("unit")
                if u.values().get("name") == UNITS[0])  # fmt: skip
    scheme = cycle.scheme(unit)
    with cycle.office.standards.ground.book() as book:
        activity = book.all("activity")[0].id
    sheet = cycle.sheet(unit, NEIGHBOURHOOD)
    cycle.office.standards.sheets.link(sheet, "c2", [("activity", activity)])
    found = page(desk, "score_sheets")
    found.open_sheet(sheet)
    desk.rest()
    paper = sheet_page(found)
    paper.go_to("c2")
    assert paper.pane.evidence is not None
    paper.pane.evidence.links[0].click()
    desk.rest()
    assert led == [("scheme", scheme)]


def test_a_sheet_comes_back_from_its_draft(desk: AreaDesk, cycle: Cycle) -> None:
    unit = next(u.id for u in cycle.office.lists.every("unit")
                if u.values().get("name") == UNITS[0])  # fmt: skip
    sheet = cycle.sheet(unit, NEIGHBOURHOOD)
    found = page(desk, "score_sheets")
    found.open_sheet(sheet)
    desk.rest()
    paper = sheet_page(found)
    paper.none_happened()
    typed = paper.changes.to_json()
    paper.keeper._keep()
    desk.rest()
    found.drop()
    desk.rest()
    found.open_sheet(sheet)
    desk.rest()
    again = sheet_page(found)
    band = again.bands.band("draft")
    assert band is not None
    band.buttons[0].click()
    assert again.changes.to_json() == typed
    again.save()
    desk.rest()
    assert cycle.office.drafts.find(f"sheet:{sheet}") is None
