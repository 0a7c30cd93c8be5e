"""The shipped sets scored as an officer would: all right, then each item wrong by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antq_desktop import paths
from antq_desktop.catalogue.criteria import load_criteria_sets
from antq_desktop.domain.canonical import Json
from antq_desktop.domain.scoring.faults import sheet_faults
from antq_desktop.domain.scoring.outcome import judge
from antq_desktop.domain.scoring.sets import CriteriaSet, Item
from antq_desktop.domain.scoring.sheets import (
    Answer,
    Given,
    Line,
    Mark,
    Sheet,
    new_sheet,
    seen_of,
)

SETS = load_criteria_sets(paths.forms_folder() / "criteria")
TT124 = [code for code in SETS if code.startswith("tt124_")]

DONE: dict[str, Json] = {"team": "t", "rating": "done", "basis": "this_year", "unrated_reason": ""}
LATE: Json = {"document": "d", "day": "2026-04-06"}
IN_TIME: Json = {"document": "d", "day": "2026-02-06"}
OFFENCE: Json = {
    "incident": "i",
    "force_majeure": False,
    "detected_in_time": True,
    "harm_limited": True,
    "reported_at_once": False,
}
POOL: dict[str, Json] = {"kind": "k", "units": 150, "registered": 150}
SHARE: dict[str, Json] = {"kind": "k", "units": 150, "recognised": 105, "expected": 0}
# What makes each check of the circular true, and what makes it false.
INPUTS: dict[str, tuple[dict[str, Json], dict[str, Json]]] = {
    "in_first_quarter@1": (
        {"year": 2026, "documents": [IN_TIME]},
        {"year": 2026, "documents": [LATE]},
    ),
    "all_households_registered@1": (
        {"households": 120, "registered": 120, "counted_on": "2026-03-20"},
        {"households": 120, "registered": 118, "counted_on": "2026-03-20"},
    ),
    "everyone_briefed@1": (
        {"people": 30, "briefed": 30, "counted_on": "2026-03-20"},
        {"people": 30, "briefed": 29, "counted_on": "2026-03-20"},
    ),
    "incidents_not_above_last_year@1": (
        {"before_complete": True, "kinds": [{"kind": "k", "before": 4, "now": 4}]},
        {"before_complete": True, "kinds": [{"kind": "k", "before": 4, "now": 5}]},
    ),
    "no_serious_offence@1": ({"offences": []}, {"offences": [OFFENCE]}),
    "no_serious_accident@1": (
        {"accidents": []},
        {"accidents": [{"incident": "i", "force_majeure": False}]},
    ),
    "no_new_hotspot@1": ({"arisen": 0}, {"arisen": 1}),
    "nobody_newly_fallen@1": ({"arisen": 0}, {"arisen": 1}),
    "teams_rated@1": ({"teams": [DONE]}, {"teams": [{**DONE, "rating": "not_done"}]}),
    "working_scheme@1": (
        {"schemes": [{"scheme": "s", "complete": True, "active": True}]},
        {"schemes": [{"scheme": "s", "complete": False, "active": True}]},
    ),
    "own_sections@1": ({"sections": 10, "rated": 7}, {"sections": 10, "rated": 6}),
    "all_units_registered@1": (
        {"pool": [POOL], "apart": []},
        {"pool": [{**POOL, "registered": 149}], "apart": []},
    ),
    "recognised_share@1": (
        {"pool": [SHARE], "apart": []},
        {"pool": [{**SHARE, "recognised": 104}], "apart": []},
    ),
}


def answered(sheet: Sheet, item: Item, *, well: bool) -> Sheet:
    answer = Answer.MET if well else Answer.NOT_MET
    if item.mark_only:
        marks = tuple(mark for mark in sheet.marks if mark.item != item.id)
        return replace(sheet, marks=(*marks, Mark(item.id, answer)))
    if item.check:
        right, wrong = INPUTS[item.check]
        return sheet.with_line(Line(item.id, seen=seen_of(item, right if well else wrong)))
    return sheet.with_line(Line(item.id, own=Given(answer)))


def filled(criteria: CriteriaSet) -> Sheet:
    sheet = new_sheet(criteria, "u", 2026)
    for item in criteria.items():
        sheet = answered(sheet, item, well=True)
    return sheet


@pytest.mark.parametrize("code", TT124)
def test_a_unit_with_everything_in_order_is_recognised(code: str) -> None:
    criteria = SETS[code]
    sheet = filled(criteria)
    assert sheet_faults(criteria, sheet) == ()
    outcome = judge(criteria, sheet)
    assert outcome.met
    assert outcome.met_items == outcome.applicable == len(list(criteria.items()))


@pytest.mark.parametrize(
    ("code", "item_id"), [(code, item.id) for code in TT124 for item in SETS[code].items()]
)
def test_each_single_item_decides_and_is_named(code: str, item_id: str) -> None:
    criteria = SETS[code]
    item = criteria.item(item_id)
    assert item is not None
    outcome = judge(criteria, answered(filled(criteria), item, well=False))
    assert not outcome.met
    (missing,) = outcome.missing
    assert missing.item == ("" if item.mark_only else item_id)
    assert missing.sentences


@pytest.mark.parametrize("code", TT124)
def test_every_item_that_may_be_left_out_may_be_and_the_unit_is_still_recognised(
    code: str,
) -> None:
    criteria = SETS[code]
    sheet = filled(criteria)
    for item in criteria.items():
        if item.reasons:
            given = Given(Answer.NOT_APPLICABLE, reason=item.reasons[0])
            sheet = sheet.with_line(Line(item.id, own=given))
    assert sheet_faults(criteria, sheet) == ()
    assert judge(criteria, sheet).met


@pytest.mark.parametrize(
    ("code", "met", "of"),
    [("exemplary_commune_hai_duong", 14, 15), ("exemplary_commune_police", 20, 23)],
)
def test_tan_ky_stands_at_what_was_printed_with_the_missing_items_named(
    code: str, met: int, of: int
) -> None:
    criteria = SETS[code]
    sheet = new_sheet(criteria, "tan_ky", 2022)
    for place, item in enumerate(criteria.items()):
        sheet = answered(sheet, item, well=place < met)
    outcome = judge(criteria, sheet)
    assert (outcome.met_items, outcome.applicable, len(outcome.missing)) == (met, of, of - met)


def table(points_of_hundred: int, *, recognised: bool = True, offence: bool = False) -> str:
    criteria = SETS["qd510_agency"]
    left = points_of_hundred * 100
    sheet = new_sheet(criteria, "u", 2026)
    for item in criteria.items():
        if item.scored and item.role.value == "score":
            points = min(left, item.most)
            left -= points
            sheet = sheet.with_line(Line(item.id, appraised=Given(points=points)))
    veto: dict[str, dict[str, Json]] = {
        "v_recognised": {"recognised": recognised},
        "v_offence": {"offences": [OFFENCE] if offence else []},
    }
    for item_id, inputs in veto.items():
        ceiling = criteria.item(item_id)
        assert ceiling is not None
        sheet = sheet.with_line(Line(item_id, seen=seen_of(ceiling, inputs)))
    grade = judge(criteria, sheet).grade
    return grade.label if grade else ""


@pytest.mark.parametrize(
    ("points", "label"),
    [(100, "Xuất sắc"), (90, "Xuất sắc"), (89, "Khá"), (70, "Khá"), (69, "Trung bình"),
     (50, "Trung bình"), (49, "Yếu"), (0, "Yếu")],
)  # fmt: skip
def test_an_agency_is_classified_by_its_points(points: int, label: str) -> None:
    assert table(points) == label


def test_an_agency_that_was_not_recognised_or_had_an_offence_is_held_down() -> None:
    assert table(100, recognised=False) == "Khá"
    assert table(100, offence=True) == "Trung bình"
    assert table(40, recognised=False, offence=True) == "Yếu"


def drug_type(people: int, points: int, arrested: int, plants: int) -> str:
    criteria = SETS["drug_area_types_2025"]
    inputs: dict[str, dict[str, Json]] = {
        "drug_rate@1": {"people": people, "residents": 10_000},
        "drug_points@1": {"counted": points},
        "drug_plants@1": {"plants": plants, "square_metres": 0},
        "drug_route@1": {"on_key_route": False, "lower_met": None},
    }
    sheet = new_sheet(criteria, "u", 2026)
    for item in criteria.items():
        if not item.check:
            sheet = sheet.with_line(Line(item.id, own=Given(Answer.NOT_MET)))
            continue
        seen = inputs[item.check]
        if item.id.endswith("_c"):
            seen = {"people": arrested, "residents": 10_000}
        sheet = sheet.with_line(Line(item.id, seen=seen_of(item, seen)))
    outcome = judge(criteria, sheet)
    assert outcome.complete
    return outcome.grade.label if outcome.grade else ""


def test_the_type_of_a_place_is_a_count_of_criteria() -> None:
    assert drug_type(50, 2, 10, 0) == "Loại I"
    assert drug_type(50, 2, 9, 0) == "Không thuộc loại I, II, III"
    assert drug_type(50, 2, 9, 500) == "Loại II", "what is above the lower type counts for it too"
    assert drug_type(0, 1, 5, 500) == "Loại II"
    assert drug_type(0, 0, 0, 0) == "Không thuộc loại I, II, III"


def test_a_team_is_rated_by_the_first_level_that_holds() -> None:
    criteria = SETS["team_rating_2026"]

    def rated(done: int, *, well: bool) -> str:
        sheet = new_sheet(criteria, "t", 2026)
        for item in criteria.items():
            line = Line(item.id, own=Given(Answer.MET))
            if item.check:
                line = Line(item.id, seen=seen_of(item, {"given": 100, "done": done}))
            elif item.id == "x3" and not well:
                line = Line(item.id, own=Given(Answer.NOT_MET))
            sheet = sheet.with_line(line)
        grade = judge(criteria, sheet).grade
        return grade.id if grade else ""

    assert rated(95, well=True) == "excellent"
    assert rated(95, well=False) == "good"
    assert rated(94, well=True) == "good"
    assert rated(79, well=True) == "done"
