"""A commune's sheet goes up, is appraised by the receiver, and the appraisal comes back."""

from __future__ import annotations

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.scoring.sheets import Answer, Given, Mark, Paper
from antq_desktop.services.standards.looking import sheet_id
from antq_desktop.services.standards.results import Decision
from tests.exchange import World, record_in, up
from tests.services.standards.cycle import COMMUNE, YEAR, Cycle
from tests.stores import COMMUNE_ID

TABLE = "qd510_commune"


def begun(world: World) -> str:
    commune = Cycle(world.commune)
    commune.register(COMMUNE_ID, resolution_on="2026-02-01", plan_on="2026-02-02")
    sheet = commune.sheet(COMMUNE_ID, TABLE)
    commune.fill(sheet)
    world.commune.standards.sheets.set_state([sheet], "self_reviewed")
    return sheet


def test_the_receiver_appraises_and_the_commune_sees_why(world: World) -> None:
    sheet = begun(world)
    world.merged(world.sent())
    receiver = world.receiver.standards
    (waiting,) = receiver.receiving.to_appraise(YEAR)
    assert waiting[0] == sheet
    before = receiver.sheets.read(sheet).outcome.points
    receiver.sheets.appraise(
        sheet, {"i1_reports": Given(points=300)}, {"i1_reports": "Thiếu báo cáo sơ kết"}
    )
    assert receiver.sheets.read(sheet).outcome.points == before - 200
    assert receiver.receiving.to_appraise(YEAR) == ()
    world.commune.handover.returning.accept(world.answered())
    held = world.commune.standards.sheets.read(sheet)
    assert held.own.points == before
    assert held.outcome.points == before - 200
    assert held.stored.sheet.line("i1_reports").difference == "Thiếu báo cáo sơ kết"


def test_the_result_that_the_receiver_decides_comes_back_to_the_commune(world: World) -> None:
    sheet = begun(world)
    world.merged(world.sent())
    decision = Decision("12/QĐ-UBND", "2026-11-19", "UBND thành phố")
    world.receiver.standards.results.classify(YEAR, [sheet], decision)
    world.commune.handover.returning.accept(world.answered())
    (spread,) = [d for d in world.commune.standards.standings.distribution(YEAR)
                 if d.kind == "commune"]  # fmt: skip
    assert spread.grades["excellent"] == 1


def test_a_receiver_does_not_write_the_sheet_of_a_unit_that_keeps_its_own(world: World) -> None:
    with pytest.raises(UserError) as caught:
        world.receiver.standards.sheets.begin([COMMUNE_ID], YEAR, TABLE)
    assert caught.value.code == "unit_keeps_its_own"
    sheet = begun(world)
    world.merged(world.sent())
    with pytest.raises(UserError) as caught:
        world.receiver.standards.sheets.answer(sheet, {"i1_reports": Given(points=0)})
    assert caught.value.code == "not_own_record"


def test_of_marks_only_whether_their_criterion_holds_leaves_the_commune(world: World) -> None:
    commune = Cycle(world.commune)
    sheet = commune.sheet(COMMUNE_ID, COMMUNE)
    sheets = world.commune.standards.sheets
    sheets.mark_none_happened(sheet)
    paper = Paper("77/BC-CAX", "2026-05-01", "Công an xã")
    sheets.mark(sheet, [Mark("c2_3_dd", Answer.NOT_MET, paper)])
    own = world.commune.standards.sheets.read(sheet)
    world.merged(world.sent())
    held = [line for line in up(world.receiver) if b'"kind":"criteria_version"' not in line]
    assert not [line for line in held if b"77/BC-CAX" in line or b"c2_3_dd" in line]
    assert record_in(world.receiver, sheet, "score_sheet").siblings.fields == {}
    theirs = world.receiver.standards.sheets.read(sheet)
    assert theirs.stored.sheet.marks == ()
    assert theirs.stored.sheet.told == {"c2": Answer.NOT_MET}
    assert [g.answer for g in theirs.outcome.groups] == [g.answer for g in own.outcome.groups]
    assert [g.met for g in theirs.outcome.groups] == [g.met for g in own.outcome.groups]


def test_late_records_leave_a_closed_sheet_of_the_receiver_as_it_is(world: World) -> None:
    sheet = begun(world)
    world.merged(world.sent())
    before = world.receiver.standards.sheets.read(sheet).outcome
    world.receiver.standards.closings.close(YEAR, "classification", day="2026-11-20")
    late = Cycle(world.commune).incident(COMMUNE_ID, "2026-05-05", severity="serious",
                                         force_majeure=False, detected_in_time=False)  # fmt: skip
    world.merged(world.sent())
    found = world.receiver.standards.closings.since(YEAR, "classification")
    assert late in {each.record for each in found.later if not each.happened_after}
    assert world.receiver.standards.sheets.read(sheet).outcome == before


def test_the_set_of_a_commune_goes_up_with_its_sheets(world: World) -> None:
    sets = world.commune.standards.sets
    sets.keep(sets.copy(TABLE, "bang_cua_xa"))
    sheet = Cycle(world.commune).sheet(COMMUNE_ID, "bang_cua_xa")
    world.merged(world.sent())
    held = world.receiver.standards.sheets.read(sheet)
    assert held.criteria.code == "bang_cua_xa"
    assert world.receiver.standards.sheets.again(sheet).agrees
    assert sheet == sheet_id(COMMUNE_ID, YEAR, "bang_cua_xa")


def test_a_set_of_the_receiver_goes_down_once_and_is_scored_by_below(world: World) -> None:
    sets = world.receiver.standards.sets
    sets.keep(sets.copy(TABLE, "bang_cua_tinh"))
    world.round()
    with world.commune.standards.ground.book() as book:
        held = world.commune.standards.sets.of(book, "bang_cua_tinh")
        assert held.code == "bang_cua_tinh"
    sheet = Cycle(world.commune).sheet(COMMUNE_ID, "bang_cua_tinh")
    assert world.commune.standards.sheets.read(sheet).criteria.code == "bang_cua_tinh"
    world.merged(world.sent())
    going = world.receiver.handover.returning.going_down(world.commune.unit)
    assert "criteria_version" not in going, "it was taken in and does not go again"
    assert world.receiver.standards.sheets.again(sheet).agrees
