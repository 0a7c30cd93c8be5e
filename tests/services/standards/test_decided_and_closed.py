"""What a later step says of those before, what a province adds, on which day a year closes."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import VOID
from antq_desktop.domain.scoring.sheets import Answer, Given
from antq_desktop.services.records import Edit
from antq_desktop.services.standards.board import Cell
from antq_desktop.services.standards.looking import sheet_id
from antq_desktop.services.standards.results import Decision
from antq_desktop.services.standards.steps import proposed
from tests.services.standards.cycle import NEIGHBOURHOOD, YEAR, Cycle

ADDED = "bo_sung_cua_tinh"
DECISION = Decision("05/QĐ-UBND", "2026-11-16", "UBND xã")
ON_THE_WAY = ("self_review", "meeting", "file", "appraisal", "signing")


def refused(code: str) -> pytest.RaisesExc[UserError]:
    return pytest.RaisesExc(UserError, check=lambda fault: fault.code == code)


def cells(cycle: Cycle, unit: str, day: str) -> dict[str, Cell]:
    found = cycle.office.standards.board.board(YEAR, day=day)
    (row,) = [each for each in found.rows if each.unit == unit]
    return {cell.step: cell for cell in row.cells}


def province_adds(cycle: Cycle) -> None:
    """Keep a set of one item that adds to the national one."""
    sets = cycle.office.standards.sets
    made = sets.copy(NEIGHBOURHOOD, ADDED)
    group = next(each for each in made.groups if each.id == "c2")
    item = replace(group.items[0], id="p1", text="Mỗi khu dân cư có một camera (mẫu)", check="")
    sets.keep(
        replace(
            made,
            title="Tiêu chí bổ sung của tỉnh (mẫu)",
            adds_to=NEIGHBOURHOOD,
            groups=(replace(group, items=(item,)),),
        )
    )


def with_both_sheets(cycle: Cycle, added: Answer) -> str:
    province_adds(cycle)
    unit = cycle.unit()
    cycle.fill(cycle.sheet(unit, NEIGHBOURHOOD))
    cycle.office.standards.sheets.answer(cycle.sheet(unit, ADDED), {"p1": Given(added)})
    return unit


def test_steps_before_one_that_is_done_are_behind_and_no_longer_late(cycle: Cycle) -> None:
    unit = cycle.unit()
    before = cells(cycle, unit, "2026-11-20")
    assert all(before[step].late and not before[step].done for step in ON_THE_WAY)
    cycle.fill(cycle.sheet(unit, NEIGHBOURHOOD))
    cycle.office.standards.results.recognise(YEAR, DECISION, [unit])
    after = cells(cycle, unit, "2026-11-20")
    assert all(after[step].passed and not after[step].late for step in ON_THE_WAY)
    assert not after["registration"].done, "no later step stands for a registration"
    assert after["registration"].late
    assert not after["report"].done
    board = cycle.office.standards.board.board(YEAR, day="2026-11-20")
    (row,) = [each for each in board.rows if each.unit == unit]
    assert row.late == 1


def test_a_step_that_has_its_day_keeps_it_when_a_later_one_is_done(cycle: Cycle) -> None:
    unit = cycle.unit()
    cycle.office.standards.board.advance(
        YEAR, [unit], {"meeting_on": "2026-11-05", "submitted_on": "2026-11-09"}
    )
    found = cells(cycle, unit, "2026-11-10")
    assert (found["meeting"].done_on, found["meeting"].passed) == ("2026-11-05", False)
    assert found["meeting"].late
    assert (found["self_review"].done_on, found["self_review"].passed) == ("", True)
    assert not found["appraisal"].done


def test_a_year_is_over_on_the_first_day_of_the_next(cycle: Cycle) -> None:
    cycle.unit()
    boards = cycle.office.standards.board
    assert not boards.board(YEAR, day=f"{YEAR}-12-31").over
    assert boards.board(YEAR, day=f"{YEAR + 1}-01-01").over


def test_what_a_province_adds_stands_in_the_minutes_and_in_their_verdict(cycle: Cycle) -> None:
    def said() -> str:
        office = cycle.office
        with office.standards.ground.book() as book:
            filed = book.all("submission")[0].id
        pages = PdfReader(BytesIO(office.papers.make("std_minutes", record_id=filed))).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    unit = with_both_sheets(cycle, Answer.NOT_MET)
    cycle.office.standards.board.advance(YEAR, [unit], {"meeting_on": "2026-10-16"})
    assert "Tiêu chí bổ sung của tỉnh (mẫu): " in said()
    assert "tự đánh giá: chưa đạt" in said()
    cycle.office.standards.sheets.answer(cycle.sheet(unit, ADDED), {"p1": Given(Answer.MET)})
    assert "tự đánh giá: đạt" in said()


def test_what_a_province_adds_stands_beside_the_national_sheet_and_decides_with_it(
    cycle: Cycle,
) -> None:
    unit = with_both_sheets(cycle, Answer.NOT_MET)
    standards = cycle.office.standards
    (found,) = proposed(standards.ground, standards.sheets, [unit], YEAR, "security")
    assert found.sheet == sheet_id(unit, YEAR, NEIGHBOURHOOD), "the national sheet is the file"
    assert not found.met
    assert "Chưa đạt 1 tiêu chí" in found.reason
    done = standards.results.recognise(YEAR, DECISION, [unit])
    assert [fault.code for fault in done.warnings] == ["against_sheet"]


def test_a_unit_that_meets_what_the_province_adds_is_proposed_without_a_word(
    cycle: Cycle,
) -> None:
    unit = with_both_sheets(cycle, Answer.MET)
    standards = cycle.office.standards
    (found,) = proposed(standards.ground, standards.sheets, [unit], YEAR, "security")
    assert (found.met, found.usable, found.reason) == (True, True, "")
    assert standards.results.recognise(YEAR, DECISION, [unit]).warnings == ()


def test_a_unit_is_not_expected_to_be_recognised_while_the_addition_is_not_met(
    cycle: Cycle,
) -> None:
    unit = with_both_sheets(cycle, Answer.NOT_MET)
    standards = cycle.office.standards
    with standards.ground.book() as book:
        assert not standards.sheets.looking(book).promised(unit, YEAR, "2026-11-20")
    standards.sheets.answer(sheet_id(unit, YEAR, ADDED), {"p1": Given(Answer.MET)})
    with standards.ground.book() as book:
        assert standards.sheets.looking(book).promised(unit, YEAR, "2026-11-20")


def test_a_year_is_not_closed_on_a_day_that_is_still_to_come(cycle: Cycle) -> None:
    cycle.fill(cycle.sheet(cycle.unit(), NEIGHBOURHOOD))
    with refused("closed_ahead") as caught:
        cycle.office.standards.closings.close(YEAR, "security", day="2026-11-22")
    assert caught.value.field == "closed_on"


def test_a_closing_that_is_dated_back_says_which_sheets_were_begun_after_it(cycle: Cycle) -> None:
    cycle.fill(cycle.sheet(cycle.unit(), NEIGHBOURHOOD))
    closings = cycle.office.standards.closings
    assert "closed_back_dated" not in [
        each.code for each in closings.obstacles(YEAR, "security", "2026-11-21")
    ]
    told = [each for each in closings.obstacles(YEAR, "security", "2026-11-19")
            if each.code == "closed_back_dated"]  # fmt: skip
    assert [each.message.endswith("1 phiếu được lập sau ngày ấy.") for each in told] == [True]


def test_a_sheet_is_not_begun_or_brought_back_in_a_year_that_is_closed(cycle: Cycle) -> None:
    one, two = cycle.unit(), cycle.unit("Thôn Mẫu 02")
    cycle.fill(cycle.sheet(one, NEIGHBOURHOOD))
    dropped = cycle.sheet(two, NEIGHBOURHOOD)
    records = cycle.office.records
    records.void("score_sheet", dropped, "Lập nhầm")
    closings = cycle.office.standards.closings
    closings.close(YEAR, "security")
    three = cycle.unit("Thôn Mẫu 03")
    with refused("year_closed"):
        cycle.sheet(three, NEIGHBOURHOOD)
    with refused("year_closed"):
        records.save([Edit("score_sheet", dropped, {VOID: None})])
    cycle.sheet(three, "qd510_neighbourhood")
    closings.reopen(YEAR, "security", "Sót một đơn vị")
    cycle.sheet(three, NEIGHBOURHOOD)
