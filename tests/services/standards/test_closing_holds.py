"""Whichever way somebody writes: what a closing froze stays frozen."""

from __future__ import annotations

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.scoring.sheets import Answer, Given
from tests.exchange import World
from tests.services.standards.cycle import NEIGHBOURHOOD, YEAR, Cycle
from tests.stores import COMMUNE_ID

TABLE = "qd510_commune"


def closing_of(cycle: Cycle) -> str:
    with cycle.office.standards.ground.book() as book:
        return book.all("closing")[0].id


def line_of(cycle: Cycle, item: str) -> str:
    with cycle.office.standards.ground.book() as book:
        return next(row.id for row in book.all("score_line") if row.values["item"] == item)


def closed(cycle: Cycle) -> str:
    sheet = cycle.sheet(cycle.unit(), NEIGHBOURHOOD)
    cycle.fill(sheet)
    cycle.office.standards.closings.close(YEAR, "security", day="2026-10-25")
    return sheet


def refused(code: str) -> pytest.RaisesExc[UserError]:
    return pytest.RaisesExc(UserError, check=lambda fault: fault.code == code)


def test_the_general_editor_makes_no_closing_beside_open_sheets(cycle: Cycle) -> None:
    cycle.fill(cycle.sheet(cycle.unit(), NEIGHBOURHOOD))
    values: dict[str, Value] = {
        "unit": COMMUNE_ID, "year": YEAR, "standard": "security", "closed_on": "2026-10-25",
    }  # fmt: skip
    with refused("close_by_closing"):
        cycle.add("closing", **values)
    cycle.add("closing", **{**values, "year": YEAR - 1}), "a year without sheets freezes nothing"


def test_a_closing_is_not_moved_emptied_or_voided_alone(cycle: Cycle) -> None:
    closed(cycle)
    held = closing_of(cycle)
    with refused("close_by_closing"):
        cycle.set("closing", held, closed_on="2026-10-26")
    with refused("reopen_by_closing"):
        cycle.set("closing", held, closed_on=None)
    with refused("reopen_by_closing"):
        cycle.office.records.void("closing", held, "Lập nhầm")
    cycle.set("closing", held, document="12/BC-UBND")
    assert cycle.office.standards.closings.closed_on(YEAR, "security") == "2026-10-25"


def test_nothing_of_a_closed_sheet_is_written_by_another_way(cycle: Cycle) -> None:
    sheet = closed(cycle)
    line = line_of(cycle, "c2")
    before = cycle.read(sheet).outcome
    with refused("sheet_closed"):
        cycle.set("score_line", line, answer="not_met")
    with refused("sheet_closed"):
        cycle.office.records.void("score_line", line, "Lập nhầm")
    with refused("sheet_closed"):
        cycle.set("score_sheet", sheet, state="drafting")
    with refused("sheet_closed"):
        cycle.office.records.void("score_sheet", sheet, "Lập nhầm")
    with refused("sheet_closed"):
        cycle.office.standards.sheets.appraise(
            sheet, {"c2": Given(Answer.NOT_MET)}, {"c2": "Thiếu kế hoạch"}
        )
    assert cycle.read(sheet).outcome == before


def test_a_sheet_is_not_closed_alone(cycle: Cycle) -> None:
    sheet = cycle.sheet(cycle.unit(), NEIGHBOURHOOD)
    with refused("close_by_closing"):
        cycle.set("score_sheet", sheet, state="closed", closed_on="2026-10-25")


def test_an_answer_from_before_is_not_taken_back_after_closing(cycle: Cycle) -> None:
    sheet = cycle.sheet(cycle.unit(), NEIGHBOURHOOD)
    cycle.fill(sheet)
    answered = cycle.office.standards.sheets.answer(sheet, {"c2": Given(Answer.NOT_MET)})
    shut = cycle.office.standards.closings.close(YEAR, "security", day="2026-10-25")
    with refused("sheet_closed"):
        cycle.office.records.undo(answered.seq)
    cycle.office.records.undo(shut.seq)
    assert cycle.office.standards.closings.closed_on(YEAR, "security") == ""
    cycle.office.records.undo(answered.seq)
    assert cycle.read(sheet).stored.sheet.line("c2").own == Given(Answer.MET)


def test_a_receiver_that_closed_its_year_appraises_no_more(world: World) -> None:
    commune = Cycle(world.commune)
    sheet = commune.sheet(COMMUNE_ID, TABLE)
    commune.fill(sheet)
    world.merged(world.sent())
    receiver = world.receiver.standards
    given, why = {"i1_reports": Given(points=300)}, {"i1_reports": "Thiếu báo cáo sơ kết"}
    receiver.sheets.appraise(sheet, given, why)
    receiver.closings.close(YEAR, "classification", day="2026-11-20")
    with refused("sheet_closed"):
        receiver.sheets.appraise(sheet, {"i1_reports": Given(points=200)}, why)
    receiver.closings.reopen(YEAR, "classification", "Chấm nhầm một xã")
    receiver.sheets.appraise(sheet, {"i1_reports": Given(points=200)}, why)
