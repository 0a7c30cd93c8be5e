"""What must hold of stored sheets whatever is answered, and of checks whatever is entered."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antq_desktop.domain.scoring.outcome import judge
from antq_desktop.domain.scoring.sheets import Answer, Given, Mark, Override
from tests.services.standards.cycle import NEIGHBOURHOOD, YEAR, Cycle

FEW = settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
TABLE = "qd510_neighbourhood"
RANK: Mapping[bool | None, int] = {False: 0, None: 1, True: 2}


def made(cycle: Cycle, code: str) -> str:
    number = len(cycle.office.lists.every("unit"))
    return cycle.sheet(cycle.unit(f"Thôn Mẫu {number:03}"), code)


@FEW
@given(st.data())
def test_a_stored_sheet_reads_back_as_it_was_answered_and_computes_to_itself(
    cycle: Cycle, data: st.DataObject
) -> None:
    sheet = made(cycle, NEIGHBOURHOOD)
    sheets = cycle.office.standards.sheets
    criteria = cycle.read(sheet).criteria
    answers = st.sampled_from([Answer.MET, Answer.NOT_MET])
    marks = [Mark(item.id, data.draw(answers)) for item in criteria.items() if item.mark_only]
    given_ = {
        item.id: Given(data.draw(answers))
        for item in criteria.items()
        if not item.mark_only and not item.check
    }
    sheets.mark(sheet, marks)
    sheets.answer(sheet, given_)
    overridden = data.draw(st.sampled_from([item.id for item in criteria.items() if item.check]))
    sheets.override(sheet, overridden, Override(data.draw(answers), "Bịa ra để thử"))
    held = cycle.read(sheet)
    assert {mark.item: mark.answer for mark in held.stored.sheet.marks} == {
        mark.item: mark.answer for mark in marks
    }
    assert all(held.stored.sheet.line(item).own == answer for item, answer in given_.items())
    assert held.faults == ()
    again = sheets.again(sheet)
    assert again.agrees
    assert again.altered == ()
    assert again.outcome == held.outcome == judge(criteria, held.stored.sheet)


@FEW
@given(st.integers(0, 500), st.integers(0, 500))
def test_more_points_never_lower_the_grade_of_a_stored_sheet(
    cycle: Cycle, low: int, more: int
) -> None:
    sheet = made(cycle, TABLE)
    cycle.fill(sheet)
    sheets = cycle.office.standards.sheets
    item = next(i for i in cycle.read(sheet).criteria.items() if i.scored and not i.check)
    least, most = sorted((min(low, item.most), min(low + more, item.most)))
    bands = [band.id for band in cycle.read(sheet).criteria.bands]
    found = []
    for points in (least, most):
        sheets.answer(sheet, {item.id: Given(points=points)})
        grade = cycle.read(sheet).outcome.grade
        assert grade
        found.append(bands.index(grade.id))
    assert found[1] <= found[0]


@FEW
@given(st.lists(st.sampled_from(["household", "scheme", "team", "paper"]), max_size=6))
def test_more_records_in_favour_never_lower_a_met_check(cycle: Cycle, steps: list[str]) -> None:
    number = len(cycle.office.lists.every("unit"))
    unit = cycle.unit(f"Thôn Mẫu {number:03}")
    cycle.register(unit, households=4, registered=0, counted_on="2026-03-01")
    team = cycle.add("protection_team", name=f"Tổ Mẫu {number}", unit=unit, founded_on="2024-07-01")
    registered = 0
    before = ranks(cycle, unit)
    for step in steps:
        if step == "household":
            registered = min(registered + 1, 4)
            cycle.register(unit, registered=registered)
        elif step == "scheme":
            cycle.scheme(unit, "proposal", "founding_decision", "board_decision", "regulations",
                         "activity_log", "reports", "rating_sheet")  # fmt: skip
        elif step == "paper":
            cycle.register(unit, resolution_on="2026-01-10")
        elif not cycle.office.lists.children("protection_team", team)["team_rating"]:
            cycle.add("team_rating", protection_team=team, year=YEAR, rating="done",
                      decided_on="2026-11-14")  # fmt: skip
        after = ranks(cycle, unit)
        assert all(after[item] >= before[item] for item in before)
        before = after


def ranks(cycle: Cycle, unit: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for code in (NEIGHBOURHOOD, TABLE):
        sheet = cycle.office.standards.sheets.today(unit, YEAR, code).sheet
        for line in sheet.lines:
            if line.seen:
                found[f"{code}/{line.item}"] = RANK[line.seen.met]
    return found


@FEW
@given(st.booleans(), st.booleans())
def test_a_ceiling_wins_over_points(cycle: Cycle, recognised: bool, sound: bool) -> None:
    sheet = made(cycle, TABLE)
    cycle.fill(sheet)
    sheets = cycle.office.standards.sheets
    for item, holds in (("v_recognised", recognised), ("v_offence", sound)):
        answer = Answer.MET if holds else Answer.NOT_MET
        sheets.override(sheet, item, Override(answer, "Bịa ra để thử"))
    outcome = cycle.read(sheet).outcome
    assert outcome.by_points
    assert outcome.by_points.id == "excellent"
    assert outcome.grade
    assert outcome.grade.id == ("average" if not sound else "excellent" if recognised else "good")
