"""What is changed of a sheet and not saved: its result at once, one save, one undo, its draft."""

from __future__ import annotations

import pytest

from antq_desktop.domain.canonical import Json, canonical, parse_canonical_object
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.scoring.outcome import judge
from antq_desktop.domain.scoring.sheets import Answer, Given, Mark, Override, Paper
from antq_desktop.services.standards.binding import Evidence
from antq_desktop.services.standards.calendar import (
    days_of_meetings,
    holidays,
    leads_of,
    plan_meetings,
    set_days,
    set_holiday,
    year_at_work,
    years_of,
)
from antq_desktop.services.standards.scoring import SheetChanges, save, seen_lines
from antq_desktop.services.standards.steps import held_for, proposed
from tests.services.standards.cycle import NEIGHBOURHOOD, YEAR, Cycle


def everything() -> SheetChanges:
    changes = SheetChanges()
    changes.own["c2"] = Given(Answer.MET)
    changes.marks["c3_a"] = Mark("c3_a", Answer.NOT_MET, Paper("1/TB", "2026-05-01", "Cơ quan Mẫu"))
    changes.overrides["c1_resolution"] = Override(Answer.MET, "Có bản giấy")
    changes.overrides["c1_registration"] = None
    changes.settled["c5_a"] = "Chờ quyết định"
    changes.added["c2"] = {"x": Evidence("document", "x", "Văn bản mẫu")}
    changes.removed["c2"] = {"y"}
    changes.appraised["c2"] = Given(Answer.NOT_APPLICABLE, None, "no_party_body")
    changes.differences["c2"] = "Lý do mẫu"
    return changes


def test_a_draft_of_a_sheet_comes_back_as_it_was() -> None:
    changes = everything()
    written = parse_canonical_object(canonical(changes.to_json()))
    assert SheetChanges.from_json(written) == changes


def test_what_is_strange_in_a_draft_is_left_out() -> None:
    held: dict[str, Json] = {"own": {"c2": ["met"]}, "marks": 3, "added": {"c2": [["document"]]}}
    found = SheetChanges.from_json(held)
    assert found.own == {"c2": Given()}
    assert found.marks == {}
    assert found.added == {"c2": {}}


def test_the_result_follows_at_once_and_one_save_keeps_all_of_it(cycle: Cycle) -> None:
    sheet = cycle.sheet(cycle.unit(), NEIGHBOURHOOD)
    held = cycle.read(sheet)
    changes = SheetChanges()
    changes.own["c2"] = Given(Answer.MET)
    for item in held.criteria.items():
        if item.mark_only:
            changes.marks[item.id] = Mark(item.id, Answer.MET)
    changes.appraised["c2"] = Given(Answer.NOT_MET)
    changes.differences["c2"] = "Chưa có kế hoạch"
    expected = judge(held.criteria, changes.applied(held.stored.sheet))

    standards = cycle.office.standards
    saved = save(standards.ground, standards.sheets, sheet, changes)

    after = cycle.read(sheet)
    assert after.outcome == expected
    assert after.stored.sheet.line("c2").difference == "Chưa có kế hoạch"
    cycle.office.records.undo(saved.seq)
    assert cycle.read(sheet).outcome == held.outcome


def test_an_appraisal_that_differs_needs_its_reason_also_beside_a_new_answer(cycle: Cycle) -> None:
    sheet = cycle.sheet(cycle.unit(), NEIGHBOURHOOD)
    standards = cycle.office.standards
    changes = SheetChanges()
    changes.own["c2"] = Given(Answer.MET)
    changes.appraised["c2"] = Given(Answer.NOT_MET)
    with pytest.raises(UserError) as refused:
        save(standards.ground, standards.sheets, sheet, changes)
    assert refused.value.code == "difference_without_reason"
    assert cycle.read(sheet).stored.sheet.line("c2").own == Given()
    changes.appraised["c2"] = Given(Answer.MET)
    save(standards.ground, standards.sheets, sheet, changes)
    assert cycle.read(sheet).stored.sheet.line("c2").appraised == Given(Answer.MET)


@pytest.mark.parametrize("name", ["own", "appraised", "added", "settled"])
def test_nothing_but_a_mark_is_saved_of_a_mark_only_item(cycle: Cycle, name: str) -> None:
    sheet = cycle.sheet(cycle.unit(), NEIGHBOURHOOD)
    standards = cycle.office.standards
    changes = SheetChanges()
    given = {
        "own": Given(Answer.MET), "appraised": Given(Answer.MET), "settled": "Lý do",
        "added": {"x": Evidence("document", "x", "Văn bản")},
    }  # fmt: skip
    getattr(changes, name)["c3_a"] = given[name]
    with pytest.raises(UserError) as refused:
        save(standards.ground, standards.sheets, sheet, changes)
    assert refused.value.code == "mark_only"


def test_what_a_check_saw_is_told_in_words(cycle: Cycle) -> None:
    unit = cycle.unit()
    cycle.register(unit, households=120, registered=118, counted_on="2026-03-01")
    held = cycle.read(cycle.sheet(unit, NEIGHBOURHOOD))
    seen = held.stored.sheet.line("c1_households").seen
    assert seen is not None
    assert seen_lines(seen) == [
        "Số hộ đang cư trú: 120", "Số hộ đã đăng ký: 118", "Ngày chốt số: 01/03/2026",
    ]  # fmt: skip


def test_meetings_are_laid_over_working_days_only(cycle: Cycle) -> None:
    ground = cycle.office.standards.ground
    units = [cycle.unit(f"Thôn Mẫu 0{at}") for at in range(1, 6)]
    set_holiday(ground, {"day": "2026-10-19", "kind": "day_off", "title": "Ngày nghỉ mẫu"})
    plan_meetings(ground, YEAR, units, "2026-10-16", 2, "Nhà văn hóa")
    days = [day for day, *_rest in cycle.office.standards.board.meetings(YEAR)]
    assert days == ["2026-10-16", "2026-10-16", "2026-10-20", "2026-10-20", "2026-10-21"]


def test_a_calendar_of_meetings_needs_a_whole_day_and_a_number(cycle: Cycle) -> None:
    ground = cycle.office.standards.ground
    with ground.book() as book:
        working = ground.working_days(book)
    for first, a_day, code in (
        ("2026-10", 1, "day_malformed"),
        ("2026-10-16", 0, "meetings_a_day"),
    ):
        with pytest.raises(UserError) as refused:
            days_of_meetings(first, 1, a_day, working)
        assert refused.value.code == code


def test_own_days_are_set_for_several_kinds_at_once(cycle: Cycle) -> None:
    ground = cycle.office.standards.ground
    saved = set_days(ground, YEAR, ("neighbourhood", "school"), {"meeting": 20, "signing": 3})
    assert leads_of(ground, YEAR, "school")["meeting"] == 20
    assert leads_of(ground, YEAR, "agency") == {}
    board = cycle.office.standards.board
    assert board.calendar("neighbourhood", YEAR).due("meeting") == "2026-10-16"
    cycle.office.records.undo(saved.seq)
    assert leads_of(ground, YEAR, "neighbourhood") == {}


def test_the_table_of_holidays_takes_what_the_unit_writes(cycle: Cycle) -> None:
    ground = cycle.office.standards.ground
    before = {day.day for day in holidays(ground, YEAR)}
    assert "2026-09-02" in before
    set_holiday(ground, {"day": "2026-08-22", "kind": "made_up", "title": "Làm bù mẫu"})
    set_holiday(ground, {"day": "2026-08-22", "kind": "made_up", "title": "Làm bù"})
    found = {day.day: day for day in holidays(ground, YEAR)}
    assert found.keys() - before == {"2026-08-22"}
    assert (found["2026-08-22"].works, found["2026-08-22"].title) == (True, "Làm bù")


def test_the_year_to_begin_with_is_the_last_one_with_anything_in_it(cycle: Cycle) -> None:
    ground = cycle.office.standards.ground
    this = year_at_work(ground)
    assert years_of(ground) == (this,)
    unit = cycle.unit()
    cycle.add("registration", unit=unit, year=this - 2, standard="security",
              registered_on=f"{this - 2}-02-01")  # fmt: skip
    assert year_at_work(ground) == this - 2
    cycle.add("registration", unit=unit, year=this, standard="security",
              registered_on=f"{this}-02-01")  # fmt: skip
    assert year_at_work(ground) == this
    assert years_of(ground) == (this, this - 2)


def test_a_decision_is_proposed_as_the_sheets_came_out(cycle: Cycle) -> None:
    first, second = cycle.unit(), cycle.unit("Thôn Mẫu 02")
    cycle.fill(cycle.sheet(first, NEIGHBOURHOOD))
    standards = cycle.office.standards
    found = proposed(standards.ground, standards.sheets, [first, second], YEAR, "security")
    assert [(each.met, each.usable) for each in found] == [(True, True), (False, False)]
    assert found[1].told == "chưa có phiếu chấm"
    held = held_for(standards.ground, standards.sheets, [first, second], YEAR, "security")
    assert held[first].sheet
    assert not held[second].sheet


def test_of_units_chosen_together_only_the_recognised_have_a_certificate_to_print(
    cycle: Cycle,
) -> None:
    first, second, third = (cycle.unit(f"Thôn Mẫu {at:02}") for at in (1, 2, 3))
    cycle.recognise(first)
    cycle.recognise(second, result="not_recognised")
    cycle.office.standards.results.expect(YEAR, [third], "Chờ quyết định")
    standards = cycle.office.standards
    held = held_for(standards.ground, standards.sheets, [first, second, third], YEAR, "security")
    assert held[first].certificate == held[first].result != ""
    assert held[second].certificate == held[third].certificate == ""
