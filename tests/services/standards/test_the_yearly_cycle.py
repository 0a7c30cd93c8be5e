"""Sheets, decisions, classification and closing through the services, on real stores."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Travels
from antq_desktop.domain.records import SPECS
from antq_desktop.domain.scoring.layout import digest_of
from antq_desktop.domain.scoring.sheets import Answer, Given, Mark, Override, Paper
from antq_desktop.services.standards.looking import sheet_id
from antq_desktop.services.standards.results import Decision
from tests.services.standards.cycle import NEIGHBOURHOOD, YEAR, Cycle
from tests.stores import COMMUNE_ID, store_of, unsound

TABLE = "qd510_neighbourhood"
DECISION = Decision("05/QĐ-UBND", "2026-11-13", "UBND xã")


def refused(code: str) -> pytest.RaisesExc[UserError]:
    return pytest.raises(UserError, check=lambda error: error.code == code)


def test_a_sheet_is_begun_once_with_what_its_checks_saw(cycle: Cycle) -> None:
    unit = cycle.unit()
    cycle.register(unit, resolution_on="2026-02-01")
    sheet = cycle.sheet(unit, NEIGHBOURHOOD)
    held = cycle.read(sheet)
    assert held.stored.values["digest"] == digest_of(held.criteria)
    assert "in_first_quarter@1" in str(held.stored.values["checks"])
    assert (held.window.since, held.window.until) == ("2025-11-01", "2026-10-31")
    line = held.stored.sheet.line("c1_resolution")
    assert line.seen
    assert line.seen.met is True
    again = cycle.office.standards.sheets.begin([unit], YEAR, NEIGHBOURHOOD)
    assert again.seq == 0


def test_a_stored_sheet_keeps_its_result_when_its_records_move_on(cycle: Cycle) -> None:
    unit = cycle.unit()
    cycle.register(unit, resolution_on="2026-02-01")
    sheet = cycle.sheet(unit, NEIGHBOURHOOD)
    cycle.register(unit, resolution_on="2026-05-01")
    sheets = cycle.office.standards.sheets
    assert sheets.again(sheet).agrees
    line = cycle.read(sheet).stored.sheet.line("c1_resolution")
    assert line.seen
    assert line.seen.met is True
    beside = sheets.today(unit, YEAR, NEIGHBOURHOOD)
    assert ("c1_resolution", True, False) in {(m.item, m.stored, m.today) for m in beside.moved}
    sheets.compute([sheet])
    line = cycle.read(sheet).stored.sheet.line("c1_resolution")
    assert line.seen
    assert line.seen.met is False
    assert sheets.again(sheet).agrees


def test_if_it_were_judged_today_it_names_what_is_missing_and_stores_nothing(cycle: Cycle) -> None:
    unit = cycle.unit()
    found = cycle.office.standards.sheets.today(unit, YEAR, NEIGHBOURHOOD, day="2026-02-01")
    assert found.stored == ""
    assert not found.outcome.complete
    told = {each.item: each.sentences for each in found.outcome.missing}
    assert told["c1_resolution"] == ("Nhập văn bản và ngày ban hành.",)
    assert cycle.office.lists.every("score_sheet") == []


def test_what_is_computed_is_overridden_only_with_a_reason(cycle: Cycle) -> None:
    sheet = cycle.sheet(cycle.unit(), NEIGHBOURHOOD)
    sheets = cycle.office.standards.sheets
    with refused("typed_over_computed"):
        sheets.answer(sheet, {"c1_resolution": Given(Answer.MET)})
    with refused("override_without_reason"):
        sheets.override(sheet, "c1_resolution", Override(Answer.MET, "  "))
    sheets.override(sheet, "c1_resolution", Override(Answer.MET, "Văn bản giấy đã xem"))
    assert "c1_resolution" not in {m.item for m in cycle.read(sheet).outcome.missing}
    sheets.override(sheet, "c1_resolution", None)
    assert "c1_resolution" in {m.item for m in cycle.read(sheet).outcome.missing}


def test_a_mark_takes_a_document_and_nothing_else(cycle: Cycle) -> None:
    sheet = cycle.sheet(cycle.unit(), NEIGHBOURHOOD)
    sheets = cycle.office.standards.sheets
    record = cycle.add("document", title="Văn bản (mẫu)", direction="incoming",
                       document_kind="report")  # fmt: skip
    with refused("mark_only"):
        sheets.link(sheet, "c3_a", [("document", record)])
    with refused("mark_only"):
        sheets.answer(sheet, {"c3_a": Given(Answer.MET)})
    with refused("mark_only"):
        sheets.appraise(sheet, {"c3_a": Given(Answer.MET)})
    with refused("check_without_cause"):
        sheets.override(sheet, "c3_a", Override(Answer.MET, "lý do"))
    with refused("paper_without_cause"):
        sheets.mark(sheet, [Mark("c3_a", Answer.MET, Paper("01/BC", "2026-05-01", "UBND"))])
    sheets.mark(sheet, [Mark("c3_a", Answer.NOT_MET, Paper("01/BC", "2026-05-01", "UBND"))])
    held = cycle.read(sheet)
    assert held.stored.values["told/c3/answer"] == "not_met"
    record_held = cycle.office.lists.show("score_sheet", sheet).record
    assert not [path for path in record_held.up.fields if path.startswith("marks/")]
    assert [path for path in record_held.up.fields if path.startswith("told/")] == [
        "told/c3/answer"
    ]


def test_the_declaration_leaves_a_mark_no_room_for_more() -> None:
    marks = SPECS["score_sheet"].line("marks")
    assert {field.name for field in marks.fields} == {"answer", "number", "dated", "issuer"}
    assert all(field.travels is Travels.SIBLINGS for field in marks.fields)
    assert not any(field.searched for field in marks.fields)
    assert not SPECS["score_sheet"].attachable
    assert not any(field.name == "note" for field in SPECS["score_sheet"].fields)


def test_an_appraisal_is_the_record_of_who_appraises_and_says_why_it_differs(cycle: Cycle) -> None:
    unit = cycle.unit()
    sheet = cycle.sheet(unit, TABLE)
    cycle.fill(sheet)
    sheets = cycle.office.standards.sheets
    with refused("difference_without_reason"):
        sheets.appraise(sheet, {"i1_meetings": Given(points=300)})
    sheets.appraise(sheet, {"i1_meetings": Given(points=300)}, {"i1_meetings": "Thiếu biên bản"})
    held = cycle.read(sheet)
    assert held.outcome.points == held.own.points - 200
    assert held.stored.appraisers == {"i1_meetings": COMMUNE_ID}
    assert held.faults == ()
    (record,) = cycle.office.lists.every("appraisal_line")
    assert record.owner == COMMUNE_ID


def test_a_decision_is_one_record_and_a_result_for_each_unit(cycle: Cycle) -> None:
    one, two = cycle.unit(), cycle.unit("Thôn Mẫu 02")
    cycle.fill(cycle.sheet(one, NEIGHBOURHOOD))
    done = cycle.office.standards.results.recognise(YEAR, DECISION, [one], {two: "Chưa đủ 100% hộ"})
    codes = [fault.code for fault in done.warnings]
    assert codes == ["sheet_missing"]
    rows = {row.values()["unit"]: row.values() for row in cycle.office.lists.every("recognition")}
    assert (rows[one]["met"], rows[one]["whole"]) == (5, 5)
    assert rows[one]["decision_number"] == "05/QĐ-UBND"
    assert rows[two]["reason"] == "Chưa đủ 100% hộ"
    cycle.office.standards.results.certify(YEAR, 7, "{}/GCN-UBND", "2026-11-14")
    rows = {row.values()["unit"]: row.values() for row in cycle.office.lists.every("recognition")}
    assert rows[one]["certificate_number"] == "07/GCN-UBND"
    assert "certificate_number" not in rows[two]


def test_a_decision_before_the_window_ends_is_warned_of(cycle: Cycle) -> None:
    unit = cycle.unit()
    cycle.fill(cycle.sheet(unit, NEIGHBOURHOOD))
    early = Decision("05/QĐ-UBND", "2026-10-25", "UBND xã")
    done = cycle.office.standards.results.recognise(YEAR, early, [unit])
    assert [fault.code for fault in done.warnings] == ["decided_before_window_ends"]


def test_a_unit_recognised_against_its_sheet_is_warned_of(cycle: Cycle) -> None:
    unit = cycle.unit()
    cycle.sheet(unit, NEIGHBOURHOOD)
    done = cycle.office.standards.results.recognise(YEAR, DECISION, [unit])
    assert [fault.code for fault in done.warnings] == ["against_sheet"]


def test_a_grade_comes_from_a_sheet_and_only_from_one_that_is_complete(cycle: Cycle) -> None:
    unit = cycle.unit()
    sheet = cycle.sheet(unit, TABLE)
    results = cycle.office.standards.results
    with refused("sheet_incomplete"):
        results.classify(YEAR, [sheet], DECISION)
    held = cycle.fill(sheet)
    assert held.outcome.grade
    assert held.outcome.grade.id == "excellent"
    results.classify(YEAR, [sheet], DECISION)
    (row,) = cycle.office.lists.every("classification")
    assert (row.values()["grade"], row.values()["sheet"]) == ("excellent", sheet)
    (spread,) = [d for d in cycle.office.standards.standings.distribution(YEAR)
                 if d.kind == "neighbourhood"]  # fmt: skip
    assert spread.grades == {"excellent": 1, "good": 0, "average": 0, "poor": 0}


def test_a_recognition_sheet_gives_no_grade(cycle: Cycle) -> None:
    sheet = cycle.sheet(cycle.unit(), NEIGHBOURHOOD)
    with refused("sheet_incomplete") as caught:
        cycle.office.standards.results.classify(YEAR, [sheet], DECISION)
    assert [fault.code for fault in caught.value.faults] == ["sheet_is_no_classification"]


def test_a_closed_year_keeps_its_sheets_and_lists_what_comes_later(cycle: Cycle) -> None:
    unit = cycle.unit()
    sheet = cycle.sheet(unit, NEIGHBOURHOOD)
    cycle.fill(sheet)
    closings = cycle.office.standards.closings
    closings.close(YEAR, "security", day="2026-10-25")
    with refused("sheet_closed"):
        cycle.office.standards.sheets.answer(sheet, {"c2": Given(Answer.NOT_MET)})
    before = cycle.read(sheet).outcome
    late = cycle.incident(unit, "2026-05-05", severity="serious", force_majeure=False,
                          detected_in_time=False)  # fmt: skip
    after = cycle.incident(unit, "2026-10-30")
    assert cycle.read(sheet).outcome == before
    found = closings.since(YEAR, "security")
    told = {each.record: each.happened_after for each in found.later if each.kind == "incident"}
    assert told == {late: False, after: True}
    assert {m.item for m in found.moved[sheet]} >= {"c4_b"}
    closings.reopen(YEAR, "security", "Chốt nhầm ngày")
    cycle.office.standards.sheets.answer(sheet, {"c2": Given(Answer.NOT_MET)})
    closings.close(YEAR, "security")
    assert closings.closed_on(YEAR, "security") == "2026-11-21"
    assert unsound(cycle.office) == []


def test_a_year_is_not_closed_over_a_sheet_that_is_not_complete(cycle: Cycle) -> None:
    cycle.sheet(cycle.unit(), NEIGHBOURHOOD)
    with refused("sheet_incomplete"):
        cycle.office.standards.closings.close(YEAR, "security")
    codes = {fault.code for fault in cycle.office.standards.closings.obstacles(YEAR, "security")}
    assert "sheet_incomplete" in codes


def test_a_year_closed_before_its_window_ends_is_warned_of_and_closed(cycle: Cycle) -> None:
    cycle.fill(cycle.sheet(cycle.unit("Cơ quan Mẫu", "agency"), "tt124_agency"))
    closings = cycle.office.standards.closings
    assert closings.obstacles(YEAR, "security") == (), "the window is over today"
    past, early = closings.obstacles(YEAR, "security", "2026-10-25")
    assert (past.code, past.warning) == ("closed_back_dated", True)
    assert (early.code, early.warning) == ("closed_before_window_ends", True)
    assert "15/11/2026" in early.message
    closings.close(YEAR, "security", day="2026-10-25", note="Ký sớm để kịp tổng kết")
    late = cycle.incident(cycle.unit(), "2026-11-10")
    (told,) = [each for each in closings.since(YEAR, "security").later if each.record == late]
    assert told.happened_after


def test_what_is_met_provisionally_waits_for_a_reason(cycle: Cycle) -> None:
    unit = cycle.unit()
    team = cycle.add("protection_team", name="Tổ Mẫu", unit=unit, founded_on="2024-07-01")
    cycle.add("team_rating", protection_team=team, year=2025, rating="good",
              decided_on="2025-11-20")  # fmt: skip
    sheet = cycle.sheet(unit, NEIGHBOURHOOD)
    held = cycle.fill(sheet)
    assert held.unsettled == ("c5_rated",)
    assert not held.usable
    sheets = cycle.office.standards.sheets
    with refused("nothing_provisional"):
        sheets.settle(sheet, "c1_resolution", "lý do")
    sheets.settle(sheet, "c5_rated", "Kỳ đánh giá Tổ kết thúc cùng ngày, lấy mức năm 2025")
    assert cycle.read(sheet).usable


def test_the_board_counts_back_over_the_weekend_and_the_holidays(cycle: Cycle) -> None:
    cycle.unit()
    boards = cycle.office.standards.board
    found = boards.calendar("neighbourhood", 2026)
    assert (found.legal, found.decided_by) == ("2026-11-14", "2026-11-13")
    assert boards.calendar("neighbourhood", 2027).decided_by == "2027-11-12"
    assert boards.calendar("school", 2026).decided_by == "2026-11-19"
    boards.set_days(2026, "neighbourhood", {"meeting": 3, "file": 2, "appraisal": 1, "signing": 0})
    cycle.add("holiday", unit=COMMUNE_ID, day="2026-11-12", kind="day_off", title="Nghỉ (mẫu)")
    found = boards.calendar("neighbourhood", 2026)
    assert found.due("meeting") == "2026-11-09"
    assert found.due("signing") == "2026-11-13"


def test_the_board_shows_each_step_of_each_unit_and_what_is_late(cycle: Cycle) -> None:
    unit = cycle.unit()
    boards = cycle.office.standards.board
    cycle.register(unit, registered_on="2026-04-05")
    boards.advance(YEAR, [unit], {"meeting_on": "2026-10-20", "self_reviewed_on": "2026-10-18"})
    found = boards.board(YEAR, day="2026-11-03")
    (row,) = [each for each in found.rows if each.unit == unit]
    cells = {cell.step: cell for cell in row.cells}
    assert (cells["registration"].done, cells["registration"].late) == (True, 5)
    assert (cells["meeting"].done, cells["meeting"].late) == (True, 0)
    assert (cells["file"].done, cells["file"].late) == (False, 4)
    assert row.next_step == "file"
    assert boards.meetings(YEAR)[0][:2] == ("2026-10-20", unit)


def test_registrations_of_many_units_are_one_action(cycle: Cycle) -> None:
    units = [cycle.unit(f"Thôn Mẫu {at:02}") for at in range(5)]
    lines = [{"unit": unit, "registered_on": "2026-02-01"} for unit in units]
    saved = cycle.office.standards.board.register(YEAR, lines)
    assert len(saved.ids) == 5
    assert cycle.office.lists.history_of(saved.ids[0])[0].entry.seq == saved.seq


def test_units_behind_for_two_years_running_are_named_and_get_a_plan(cycle: Cycle) -> None:
    one, two = cycle.unit(), cycle.unit("Thôn Mẫu 02")
    for unit, year, grade in ((one, 2025, "poor"), (one, 2026, "average"), (two, 2026, "poor")):
        cycle.add("classification", author=COMMUNE_ID, unit=unit, year=year, grade=grade)
    standings = cycle.office.standards.standings
    assert [each.unit for each in standings.behind(2026)] == [one, two]
    assert [each.unit for each in standings.two_years(2026)] == [one]
    standings.plan(2026, [one], "2026-12-31")
    (first, _second) = standings.behind(2026)
    assert (first.deadline, first.overdue, bool(first.plan)) == ("2026-12-31", False, True)
    with refused("not_behind"):
        standings.plan(2025, [two], "2026-12-31")


def test_what_a_unit_lacks_for_the_next_band_is_said_in_points_and_ceilings(cycle: Cycle) -> None:
    unit = cycle.unit()
    sheet = cycle.sheet(unit, TABLE)
    cycle.fill(sheet)
    cycle.office.standards.sheets.override(
        sheet, "v_recognised", Override(Answer.NOT_MET, "Chưa được công nhận")
    )
    (found,) = cycle.office.standards.standings.lacks(YEAR)
    assert (found.grade, found.next_grade) == ("Khá", "Xuất sắc")
    assert "Chưa đạt tiêu chuẩn" in found.sentence


def test_a_unit_copies_a_set_and_a_sheet_follows_the_version_it_was_made_by(cycle: Cycle) -> None:
    sets = cycle.office.standards.sets
    copy = sets.copy(TABLE, "bang_cua_xa")
    group = copy.groups[0]
    item = replace(group.items[1], text="Họp hằng tháng (đơn vị sửa)")
    edited = replace(
        copy, groups=(replace(group, items=(group.items[0], item, *group.items[2:])),
                      *copy.groups[1:])
    )  # fmt: skip
    sets.keep(edited)
    unit = cycle.unit()
    cycle.office.standards.sheets.begin([unit], YEAR, standard="classification")
    sheet = sheet_id(unit, YEAR, "bang_cua_xa")
    assert cycle.read(sheet).criteria.item(item.id) == replace(item, confidence="C")
    again = replace(edited, title="Bảng của xã, sửa lần hai")
    sets.keep(again)
    assert cycle.read(sheet).criteria.title == edited.title
    with cycle.office.standards.ground.book() as book:
        assert sets.own(book)["bang_cua_xa"].title == again.title
    with refused("set_is_official"):
        sets.keep(sets.shipped[TABLE])


def test_a_set_of_a_unit_cannot_loosen_a_mark(cycle: Cycle) -> None:
    sets = cycle.office.standards.sets
    copy = sets.copy(NEIGHBOURHOOD, "bo_cua_xa")
    groups = tuple(
        replace(group, items=tuple(replace(item, mark_only=False) for item in group.items))
        for group in copy.groups
    )
    with refused("criteria_set_faulty"):
        sets.keep(replace(copy, groups=groups))


def test_more_classified_than_registered_is_told_with_both_lists(cycle: Cycle) -> None:
    one, two = cycle.unit(), cycle.unit("Thôn Mẫu 02")
    cycle.register(one)
    for unit in (one, two):
        cycle.add("classification", author=COMMUNE_ID, unit=unit, year=YEAR, grade="good")
    (found,) = cycle.office.standards.receiving.disagreements(YEAR)
    assert found.code == "classified_not_registered"
    assert (found.first, found.second) == (("Thôn Mẫu 01", "Thôn Mẫu 02"), ("Thôn Mẫu 01",))


def test_a_new_year_confirms_units_and_takes_the_days_over(cycle: Cycle) -> None:
    inside = cycle.unit()
    outside = cycle.unit("Trường tiểu học Mẫu", "school", tt124=False,
                         tt124_reason="primary_school")  # fmt: skip
    cycle.office.standards.board.set_days(2026, "neighbourhood", {"meeting": 20})
    years = cycle.office.standards.years(cycle.office.reports)
    assert not years.opening(2027)[1].finished
    years.open(2027)
    rows = {r.values()["unit"]: r.values() for r in cycle.office.lists.every("unit_year")}
    assert rows[inside]["in_scope"] is True
    assert (rows[outside]["in_scope"], rows[outside]["reason"]) == (False, "primary_school")
    assert years.opening(2027)[1].finished
    assert years.open(2027).seq == 0
    plans = {r.values()["year"] for r in cycle.office.lists.every("day_plan")}
    assert plans == {2026, 2027}


def test_a_target_stands_beside_the_figure_of_any_day(cycle: Cycle) -> None:
    years = cycle.office.standards.years(cycle.office.reports)
    years.set_targets(YEAR, COMMUNE_ID, {"articles": 12}, "01/KH-UBND")
    cycle.add("publication", title="Bài viết (mẫu)", channel="zalo", published_on="2026-03-01")
    cycle.add("publication", title="Bài viết (mẫu)", channel="zalo", published_on="2026-09-01")
    (found,) = years.targets(YEAR, "2026-06-30")
    assert (found.value, found.reached) == (12, 1)
    (found,) = years.targets(YEAR)
    assert (found.value, found.reached) == (12, 2)


def test_what_a_sheet_saw_is_not_altered_unnoticed(cycle: Cycle) -> None:
    sheet = cycle.sheet(cycle.unit(), NEIGHBOURHOOD)
    held = cycle.read(sheet).stored.sheet.line("c4_b").seen
    assert held
    forged = replace(held, met=not held.met).packed()
    line = next(r for r in cycle.office.lists.every("score_line")
                if r.values()["item"] == "c4_b")  # fmt: skip
    cycle.set("score_line", line.id, seen=forged)
    again = cycle.office.standards.sheets.again(sheet)
    assert again.altered == ("c4_b",)
    assert not again.agrees
    assert "check_result_altered" in {fault.code for fault in cycle.read(sheet).faults}


def test_two_devices_begin_the_same_sheet_under_the_same_id(cycle: Cycle) -> None:
    unit = cycle.unit()
    sheet = cycle.sheet(unit, NEIGHBOURHOOD)
    assert sheet == sheet_id(unit, YEAR, NEIGHBOURHOOD)
    with store_of(cycle.office).reading() as reader:
        assert reader.record("score_sheet", sheet)
