"""Steps of the year in the window: one sheet for all units, papers of a step, what is over."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from antq_desktop.domain.fields import Value
from antq_desktop.domain.scoring.sheets import Answer
from antq_desktop.services.office import Office
from antq_desktop.services.standards.board import STEPS
from antq_desktop.services.standards.looking import sheet_id
from antq_desktop.services.standards.results import Decision
from antq_desktop.ui.recordmodel import BADGE_ROLE
from antq_desktop.ui.screens.board import BoardScreen
from antq_desktop.ui.screens.cycle_year import YearScreen
from antq_desktop.ui.screens.preview import PreviewPage
from antq_desktop.ui.screens.standard_results import ResultsScreen
from antq_desktop.ui.sources import Badge
from antq_desktop.ui.theme import Theme
from tests.services.standards.cycle import NEIGHBOURHOOD, YEAR, Cycle
from tests.stores import COMMUNE_ID
from tests.ui.area_desk import AreaDesk
from tests.ui.cycle_desk import (
    UNITS,
    board,
    cell,
    choose,
    chosen_standard,
    fill,
    page,
    sheet_page,
)
from tests.ui.keyboards import press, type_telex
from tests.ui.sheet_desk import SheetDesk, sheet_desk_of


@pytest.fixture
def cycle(office: Office) -> Cycle:
    made = Cycle(office)
    for name in UNITS:
        made.unit(name)
    return made


@pytest.fixture
def seat(theme: Theme, qtbot: QtBot, office: Office, cycle: Cycle) -> Iterator[SheetDesk]:
    assert cycle.office is office
    with sheet_desk_of(theme, qtbot, office, ()) as sat:
        yield sat


@pytest.fixture
def desk(seat: SheetDesk) -> AreaDesk:
    return seat.desk


def unit_named(cycle: Cycle, name: str) -> str:
    return next(u.id for u in cycle.office.lists.every("unit") if u.values().get("name") == name)


def shown(screen: BoardScreen, name: str, step: str) -> str:
    """Return what the cell of a unit and step says."""
    model = screen.page.model
    row = next(at for at in range(model.rowCount())
               if (unit := model.unit(at)) is not None and unit.name == name)  # fmt: skip
    cell = model.index(row, model.steps.index(step) + 1)
    badge = model.data(cell, BADGE_ROLE)
    return badge.text if isinstance(badge, Badge) else str(model.data(cell))


def test_registrations_of_many_units_are_typed_into_one_sheet_from_the_board(
    seat: SheetDesk, cycle: Cycle
) -> None:
    screen = board(seat.desk)
    choose(screen, UNITS, "registration")
    screen.do_step()
    seat.desk.rest()
    assert screen.dialog is not None
    way = screen.dialog.findChild(QPushButton, "second_way")
    assert isinstance(way, QPushButton)
    way.click()
    seat.desk.rest()
    seat.desk.rest()
    seat.desk.come_back()
    assert seat.page.kind == "registration"
    titles = [row.title for row in seat.grid.cells.rows]
    for at, day in enumerate(("10022026", "11022026", "12022026")):
        seat.at(titles.index(UNITS[at]), "registered_on")
        seat.type(day)
    before = cycle.office.lists.every("registration")
    seat.save()
    assert before == []
    held = {row.values()["unit"]: row.values()["registered_on"]
            for row in cycle.office.lists.every("registration")}  # fmt: skip
    assert [held[unit_named(cycle, name)] for name in UNITS] == [
        "2026-02-10", "2026-02-11", "2026-02-12",
    ]  # fmt: skip
    seqs = {cycle.office.lists.history_of(row.id)[0].entry.seq
            for row in cycle.office.lists.every("registration")}  # fmt: skip
    assert len(seqs) == 1, "one sheet is one action"
    screen = board(seat.desk)
    assert shown(screen, UNITS[0], "registration") == "✓ 10/02"


def test_the_sheet_of_registrations_asks_for_the_days_and_leads_back_to_the_board(
    seat: SheetDesk,
) -> None:
    screen = board(seat.desk)
    choose(screen, UNITS, "registration")
    screen.do_step()
    seat.desk.rest()
    assert screen.dialog is not None
    way = screen.dialog.findChild(QPushButton, "second_way")
    assert isinstance(way, QPushButton)
    way.click()
    seat.desk.rest()
    seat.desk.rest()
    names = {column.name for column in seat.grid.cells.columns}
    assert {"resolution_on", "counted_on", "registered_on", "households"} <= names
    seat.page.closed.emit()
    seat.desk.rest()
    assert seat.desk.areas["standards"].kind == "board"


def paper_of(desk: AreaDesk, screen: BoardScreen, units: tuple[str, ...], step: str) -> str:
    """Print a step for units, and return what the one file in view says."""
    choose(screen, units, step)
    screen.print_step()
    desk.rest()
    preview = screen.over[-1]
    assert isinstance(preview, PreviewPage)
    desk.qtbot.waitUntil(lambda: bool(preview.pdf))
    pages = PdfReader(BytesIO(preview.pdf)).pages
    told = " ".join(" ".join(one.extract_text() for one in pages).split())
    preview.closed.emit()
    desk.rest()
    return told


def test_each_step_prints_its_paper_for_all_chosen_units_as_one_file(
    desk: AreaDesk, cycle: Cycle
) -> None:
    standards = cycle.office.standards
    units = [unit_named(cycle, name) for name in UNITS]
    chosen = units[:2]
    lines = [{"unit": unit, "registered_on": "2026-02-10"} for unit in units]
    standards.board.register(YEAR, lines)
    standards.board.advance(YEAR, units, {"meeting_on": "2026-10-20", "submitted_on": "2026-10-27"})
    for unit in units:
        cycle.fill(cycle.sheet(unit, NEIGHBOURHOOD))
    decision = Decision("05/QĐ-UBND", "2026-11-13", "UBND xã Mẫu")
    standards.results.recognise(YEAR, decision, chosen)
    standards.results.certify(YEAR, 1, "{}/GCN-UBND", "2026-11-16")
    screen = board(desk)
    heads = {
        "registration": "ĐĂNG KÝ",
        "self_review": "PHIẾU CHẤM",
        "meeting": "BIÊN BẢN",
        "file": "TỜ TRÌNH",
        "appraisal": "PHIẾU CHẤM",
        "signing": "TỜ TRÌNH",
        "decision": "QUYẾT ĐỊNH",
        "certificate": "CÔNG NHẬN",
        "report": "BÁO CÁO",
    }
    assert heads.keys() == STEPS.keys()
    for step, head in heads.items():
        told = paper_of(desk, screen, UNITS[:2], step)
        assert head in told.upper(), step
        if step == "report":
            continue
        assert all(name.upper() in told.upper() for name in UNITS[:2]), step
        assert UNITS[2].upper() not in told.upper(), step
        assert told.upper().count("ĐỘC LẬP") == (1 if step == "decision" else 2), step


def test_a_step_without_a_paper_says_what_is_done_first(desk: AreaDesk) -> None:
    screen = board(desk)
    for step in STEPS:
        if step == "report":
            continue
        choose(screen, UNITS[:1], step)
        screen.print_step()
        desk.rest()
        assert "Chưa có gì để in" in desk.last, step
        assert screen.at_list


def test_a_decision_puts_the_steps_before_it_behind(desk: AreaDesk, cycle: Cycle) -> None:
    unit = unit_named(cycle, UNITS[0])
    decision = Decision("05/QĐ-UBND", "2026-11-13", "UBND xã Mẫu")
    cycle.office.standards.results.recognise(YEAR, decision, [unit])
    screen = board(desk)
    assert shown(screen, UNITS[0], "meeting") == "đã qua"
    assert shown(screen, UNITS[0], "decision") == "✓ 13/11"
    assert shown(screen, UNITS[1], "meeting").startswith("✕ ")


def test_what_is_open_in_a_year_that_is_over_is_said_calmly(desk: AreaDesk) -> None:
    screen = chosen_standard(desk, "board", "security", YEAR - 1)
    assert isinstance(screen, BoardScreen)
    assert shown(screen, UNITS[0], "meeting") == "chưa ghi"
    assert screen.page.late.text().startswith("Chưa ghi")
    assert screen.page.late.property("tone") != "fault"


def test_a_closing_that_is_dated_back_is_warned_of_while_the_day_is_typed(
    desk: AreaDesk, cycle: Cycle
) -> None:
    cycle.fill(cycle.sheet(unit_named(cycle, UNITS[0]), NEIGHBOURHOOD))
    found = page(desk, "cycle_year")
    assert isinstance(found, YearScreen)
    found.close_year()
    assert found.dialog is not None
    day = found.dialog.fields["closed_on"]
    assert not any("đã qua" in label.text() for label in labels(found.dialog))
    for typed, told in (("2026-10-25", "1 phiếu được lập sau ngày ấy"), ("2026-11-21", "")):
        day.set_value(typed)
        day.edited.emit("closed_on")
        desk.rest()
        assert any("Ngày chốt 25" in label.text() for label in labels(found.dialog)) == bool(told)
        assert any(told in label.text() for label in labels(found.dialog))
    day.set_value("2026-12-01")
    found.dialog.press()
    desk.rest()
    assert any("chưa tới" in fault.message for fault in day.faults)
    found.dialog.reject()


def test_a_year_is_not_compared_with_one_that_holds_nothing(desk: AreaDesk, cycle: Cycle) -> None:
    unit = unit_named(cycle, UNITS[0])
    cycle.add("classification", author=COMMUNE_ID, unit=unit, year=YEAR, grade="good")
    found = chosen_standard(desk, "standard_results", "classification")
    assert isinstance(found, ResultsScreen)
    assert "(+" not in cells_of(found)
    assert f"Chưa có số liệu năm trước ({YEAR - 1})" in found.page.beside.text()
    cycle.add("classification", author=COMMUNE_ID, unit=unit, year=YEAR - 1, grade="poor")
    found.reload()
    desk.rest()
    assert "1 (+1)" in cells_of(found)
    assert "Trong ngoặc" in found.page.beside.text()


def cells_of(screen: ResultsScreen) -> str:
    model = screen.page.spread.local
    return "; ".join(
        str(model.data(model.index(row, column)))
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    )


def labels(dialog: QDialog) -> list[QLabel]:
    return list(dialog.findChildren(QLabel))


def test_a_computed_answer_is_overridden_by_keys_alone(desk: AreaDesk, cycle: Cycle) -> None:
    sheet = cycle.sheet(unit_named(cycle, UNITS[0]), NEIGHBOURHOOD)
    found = page(desk, "score_sheets")
    found.open_sheet(sheet)
    desk.rest()
    paper = sheet_page(found)
    paper.go_to("c1_resolution")
    desk.rest()
    press(paper.table, Qt.Key.Key_Return)
    row = paper.pane.override
    assert row is not None
    buttons = list(row.buttons.values())
    assert desk.focus() is buttons[0]
    press(buttons[0], Qt.Key.Key_Right)
    assert desk.focus() is buttons[1]
    press(buttons[1], Qt.Key.Key_Space, " ")
    assert [each.isChecked() for each in buttons] == [False, True, False]
    type_telex(paper.pane.fields["override"].input, "Đã xem bản giấy")
    paper.save()
    desk.rest()
    line = cycle.read(sheet).stored.sheet.line("c1_resolution")
    assert line.override is not None
    assert line.override.reason == "Đã xem bản giấy"


def test_one_neighbourhood_goes_the_whole_way_from_its_registration_to_the_report(
    desk: AreaDesk, cycle: Cycle
) -> None:
    (name, *_), unit = UNITS, unit_named(cycle, UNITS[0])
    screen = board(desk)

    def step(of: str, values: dict[str, Value]) -> None:
        choose(screen, (name,), of)
        screen.do_step()
        desk.rest()
        fill(desk, screen, values)

    step("registration", {"registered_on": "2026-02-10"})
    choose(screen, (name,), "self_review")
    screen.do_step()
    desk.rest()
    assert sheet_page(screen).outcome is not None
    cycle.fill(sheet_id(unit, YEAR, NEIGHBOURHOOD))  # letter by letter in a journey of its own
    screen.drop()
    desk.rest()
    step("meeting", {"meeting_on": "2026-11-02", "meeting_place": "Nhà văn hóa",
                     "minutes_number": "01/BB-TMM"})  # fmt: skip
    step("file", {"submitted_on": "2026-11-04", "proposal_document": "02/TTr-TMM"})
    choose(screen, (name,), "appraisal")
    screen.do_step()
    desk.rest()
    paper = sheet_page(screen)
    paper.go_to("c2")
    assert paper.pane.appraisal is not None
    paper.pane.appraisal.answer(Answer.MET)
    paper.save()
    desk.rest()
    screen.drop()
    desk.rest()
    step("signing", {"presented_on": "2026-11-10"})
    step("decision", {"number": "05/QĐ-UBND", "decided_on": "2026-11-13", "issuer": "UBND xã Mẫu"})
    step("certificate", {"day": "2026-11-16"})
    step("report", {"reported_on": "2026-11-18", "report_document": "09/BC-UBND"})

    days = {of: cell(screen, name, of) for of in STEPS}
    assert days["registration"] == "2026-02-10"
    assert days["meeting"] == "2026-11-02"
    assert days["file"] == "2026-11-04"
    assert days["signing"] == "2026-11-10"
    assert days["decision"] == "2026-11-13"
    assert days["certificate"] == "2026-11-16"
    assert days["report"] == "2026-11-18"
    row = next(row for row in screen.page.model.units() if row.name == name)
    assert all(each.done or each.passed for each in row.cells)
    told = paper_of(desk, screen, (name,), "certificate")
    assert "1/GCN-UBND" in told
    assert "01/BB-TMM" in paper_of(desk, screen, (name,), "meeting")
