"""Each computed check made true, false and untellable by the plain values it sees."""

from __future__ import annotations

from typing import Final

import pytest

from antq_desktop.domain.canonical import Json
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.scoring.checks import CHECKS, Inputs, Settings, Verdict

SEVENTY: Final = {"percent": 70}
RATE: Final = {"least": 5, "below": 10}
PLANTS: Final = {
    "least_plants": 500,
    "below_plants": 3000,
    "least_metres": 125,
    "below_metres": 750,
}


def run(check: str, inputs: Inputs, settings: Settings | None = None) -> Verdict:
    return CHECKS[check].run(inputs, settings)


def households(households: int | None, registered: int | None, day: str | None) -> Verdict:
    inputs: Inputs = {"households": households, "registered": registered, "counted_on": day}
    return run("all_households_registered@1", inputs)


def test_every_household_must_be_registered_and_the_count_must_have_a_day() -> None:
    assert households(120, 120, "2026-03-20").met is True
    assert households(120, 119, "2026-03-20").met is False
    assert households(120, 119, "2026-03-20").missing == ("Còn thiếu 1 hộ đã đăng ký.",)
    assert households(120, 120, None).met is None
    assert households(None, 120, "2026-03-20").met is None
    assert households(0, 0, "2026-03-20").met is None


def test_more_registered_than_there_are_is_a_question_and_no_success() -> None:
    verdict = households(120, 121, "2026-03-20")
    assert verdict.met is None
    assert "lớn hơn" in verdict.why


def test_everyone_must_have_been_briefed() -> None:
    def briefed(people: int, told: int) -> bool | None:
        inputs: Inputs = {"people": people, "briefed": told, "counted_on": "2026-02-02"}
        return run("everyone_briefed@1", inputs).met

    assert briefed(40, 40) is True
    assert briefed(40, 39) is False


@pytest.mark.parametrize(
    ("day", "met"),
    [
        ("2026-01-01", True),
        ("2026-03-31", True),
        ("2026-03", True),
        ("2026-04-01", False),
        ("2026-04", False),
        ("2025-12-31", False),
        ("2026", None),
    ],
)
def test_a_paper_of_the_first_quarter_is_dated_in_it(day: str, met: bool | None) -> None:
    inputs: Inputs = {"year": 2026, "documents": [{"document": "d1", "day": day}]}
    assert run("in_first_quarter@1", inputs).met is met


def test_no_paper_yet_is_not_a_late_paper_and_one_in_time_is_enough() -> None:
    assert run("in_first_quarter@1", {"year": 2026, "documents": []}).met is None
    days = ("2026-04-02", "2026-03-30")
    documents: list[Json] = [{"document": day, "day": day} for day in days]
    assert run("in_first_quarter@1", {"year": 2026, "documents": documents}).met is True


def pool(rows: list[dict[str, Json]], apart: int = 0) -> dict[str, Json]:
    left_out: list[Json] = [{"reason": "followed_elsewhere", "units": apart}] if apart else []
    return {"pool": rows, "apart": left_out}


def registered(*rows: tuple[int, int], apart: int = 0) -> Verdict:
    made: list[dict[str, Json]] = [{"kind": "x", "units": u, "registered": r} for u, r in rows]
    return run("all_units_registered@1", pool(made, apart))


def recognised(*rows: tuple[int, int, int]) -> Verdict:
    made: list[dict[str, Json]] = [
        {"kind": "x", "units": u, "recognised": r, "expected": e} for u, r, e in rows
    ]
    return run("recognised_share@1", pool(made), SEVENTY)


def test_all_units_of_all_kinds_are_registered_or_the_commune_is_not() -> None:
    assert registered((5, 5), (3, 3)).met is True
    assert registered((5, 5), (3, 2)).met is False
    assert registered((5, 6), (3, 2)).met is None, "one kind cannot make up for another"
    assert registered().met is None


def test_units_left_out_are_said_and_not_counted() -> None:
    verdict = registered((5, 5), apart=2)
    assert verdict.met is True
    assert "Không tính 2 đơn vị" in verdict.why


def test_seventeen_of_twenty_five_are_not_seventy_per_cent_and_eighteen_are() -> None:
    assert recognised((25, 17, 0)).met is False
    assert recognised((25, 17, 0)).missing == ("Còn thiếu 1 đơn vị được công nhận.",)
    assert recognised((25, 18, 0)).met is True
    assert recognised((10, 7, 0)).met is True
    assert recognised((1000, 699, 0)).met is False, "69,9 % is never rounded to 70 %"


def test_the_kinds_stand_in_one_pool() -> None:
    assert recognised((10, 10, 0), (10, 4, 0)).met is True
    assert recognised((10, 10, 0), (10, 3, 0)).met is False


def test_decisions_that_are_expected_count_for_the_time_being_and_say_so() -> None:
    waiting = recognised((10, 5, 2))
    assert waiting.met is True
    assert waiting.provisional
    assert "chờ quyết định" in waiting.why
    settled = recognised((10, 7, 2))
    assert settled.met is True
    assert not settled.provisional
    assert recognised((10, 4, 2)).met is False


@pytest.mark.parametrize(
    ("check", "whole", "part", "percent"),
    [
        ("own_sections@1", "sections", "rated", 70),
        ("tasks_done@1", "given", "done", 95),
        ("taking_part@1", "people", "attended", 90),
    ],
)
def test_a_share_is_reached_or_not(check: str, whole: str, part: str, percent: int) -> None:
    settings = {"percent": percent}
    assert run(check, {whole: 100, part: percent}, settings).met is True
    assert run(check, {whole: 100, part: percent - 1}, settings).met is False
    assert run(check, {whole: 100, part: None}, settings).met is None


def test_a_dossier_is_complete_or_not() -> None:
    assert run("scheme_dossier@1", {"required": 7, "present": 7}).met is True
    assert run("scheme_dossier@1", {"required": 7, "present": 6}).met is False


def schemes(*rows: tuple[bool | None, bool | None]) -> Verdict:
    made: list[Json] = [{"scheme": "s", "complete": c, "active": a} for c, a in rows]
    return run("working_scheme@1", {"schemes": made}, {"least": 1})


def test_a_scheme_works_when_its_dossier_is_complete_and_it_is_active() -> None:
    assert schemes((True, True)).met is True
    assert schemes((True, False), (False, True)).met is False, "in name only, or without papers"
    assert schemes((True, None)).met is None
    assert schemes().met is False


def compared(*rows: tuple[int | None, int], complete: bool | None = True) -> Verdict:
    kinds: list[Json] = [{"kind": f"Loại {n}", "before": b, "now": w} for n, (b, w) in
                         enumerate(rows)]  # fmt: skip
    return run("incidents_not_above_last_year@1", {"before_complete": complete, "kinds": kinds})


def test_no_kind_of_incident_may_rise_whatever_the_total_does() -> None:
    assert compared((5, 5), (3, 1)).met is True
    verdict = compared((5, 1), (0, 1))
    assert verdict.met is False
    assert verdict.missing == ("Loại 1: tăng từ 0 lên 1 vụ.",)
    assert compared((None, 1)).met is None
    assert compared((5, 1), complete=False).met is None


def offence(
    force: bool | None, found: bool | None, limited: bool | None, told: bool | None
) -> dict[str, Json]:
    return {
        "incident": "i",
        "force_majeure": force,
        "detected_in_time": found,
        "harm_limited": limited,
        "reported_at_once": told,
    }


@pytest.mark.parametrize(
    ("row", "met"),
    [
        (offence(force=True, found=False, limited=False, told=False), True),
        (offence(force=False, found=True, limited=True, told=True), True),
        (offence(force=False, found=True, limited=True, told=False), False),
        (offence(force=None, found=True, limited=True, told=False), None),
        (offence(force=False, found=True, limited=True, told=None), None),
    ],
)
def test_a_serious_offence_is_forgiven_only_as_the_text_says(
    row: dict[str, Json], met: bool | None
) -> None:
    assert run("no_serious_offence@1", {"offences": [row]}).met is met


def test_no_serious_offence_is_met_and_one_against_decides() -> None:
    assert run("no_serious_offence@1", {"offences": []}).met is True
    bad = offence(force=False, found=False, limited=True, told=True)
    open_ = offence(force=None, found=None, limited=None, told=None)
    assert run("no_serious_offence@1", {"offences": [open_, bad]}).met is False


def test_a_serious_accident_is_forgiven_by_force_majeure_alone() -> None:
    def accident(force: bool | None) -> bool | None:
        row: Json = {"incident": "i", "force_majeure": force}
        return run("no_serious_accident@1", {"accidents": [row]}).met

    assert accident(force=True) is True
    assert accident(force=False) is False
    assert accident(force=None) is None


@pytest.mark.parametrize("check", ["no_new_hotspot@1", "nobody_newly_fallen@1"])
def test_nothing_new_may_arise_and_not_counted_is_not_nought(check: str) -> None:
    assert run(check, {"arisen": 0}).met is True
    assert run(check, {"arisen": 1}).met is False
    assert run(check, {"arisen": None}).met is None


def teams(*rows: tuple[str, str, str]) -> Verdict:
    made: list[Json] = [
        {"team": "t", "rating": rating, "basis": basis, "unrated_reason": reason}
        for rating, basis, reason in rows
    ]
    return run("teams_rated@1", {"teams": made})


def test_teams_must_all_have_done_their_tasks() -> None:
    assert teams(("done", "this_year", ""), ("excellent", "this_year", "")).met is True
    assert teams(("done", "this_year", ""), ("not_done", "this_year", "")).met is False
    assert teams(("done", "this_year", ""), ("", "this_year", "")).met is None
    assert teams().met is None


def test_a_team_that_is_not_to_be_rated_yet_is_left_out() -> None:
    assert teams(("done", "this_year", ""), ("", "", "under_nine_months")).met is True
    assert teams(("", "", "under_nine_months")).met is None


@pytest.mark.parametrize("basis", ["provisional", "last_year"])
def test_a_rating_that_is_not_this_years_is_provisional(basis: str) -> None:
    verdict = teams(("good", basis, ""))
    assert verdict.met is True
    assert verdict.provisional


def test_a_unit_was_recognised_was_not_or_nobody_knows() -> None:
    assert run("unit_recognised@1", {"recognised": True}).met is True
    assert run("unit_recognised@1", {"recognised": False}).met is False
    assert run("unit_recognised@1", {"recognised": None}).met is None


@pytest.mark.parametrize(("people", "met"), [(4, False), (5, True), (9, True), (10, False)])
def test_a_rate_lies_from_its_least_to_below_its_end(people: int, met: bool) -> None:
    assert run("drug_rate@1", {"people": people, "residents": 10_000}, RATE).met is met


def test_a_rate_without_an_end_has_none_and_without_residents_cannot_be_told() -> None:
    open_end = {"least": 50, "below": 0}
    assert run("drug_rate@1", {"people": 60, "residents": 10_000}, open_end).met is True
    assert run("drug_rate@1", {"people": 49, "residents": 9_999}, open_end).met is False
    assert run("drug_rate@1", {"people": 60, "residents": 0}, open_end).met is None


def test_points_are_counted_between_two_bounds() -> None:
    settings = {"least": 1, "below": 2}
    found = [run("drug_points@1", {"counted": n}, settings).met for n in (0, 1, 2, None)]
    assert found == [False, True, False, None]


@pytest.mark.parametrize(
    ("plants", "metres", "met"),
    [
        (500, None, True),
        (None, 125, True),
        (499, 124, False),
        (500, 750, False),
        (3000, 125, False),
        (None, None, None),
    ],
)
def test_plants_count_by_number_or_by_area_and_the_higher_of_both_decides(
    plants: int | None, metres: int | None, met: bool | None
) -> None:
    inputs: Inputs = {"plants": plants, "square_metres": metres}
    assert run("drug_plants@1", inputs, PLANTS).met is met


def test_a_key_route_needs_criteria_of_the_lower_type_too() -> None:
    def route(on_route: bool | None, lower: int | None) -> bool | None:
        inputs: Inputs = {"on_key_route": on_route, "lower_met": lower}
        return run("drug_route@1", inputs, {"least": 2}).met

    assert route(on_route=True, lower=2) is True
    assert route(on_route=True, lower=1) is False
    assert route(on_route=False, lower=None) is False
    assert route(on_route=None, lower=5) is None


def test_nothing_counted_is_nought_and_not_silence() -> None:
    found = [run("none_counted@1", {"counted": n}).met for n in (0, 1, None)]
    assert found == [True, False, None]


@pytest.mark.parametrize(
    "inputs",
    [
        {},
        {"arisen": -1},
        {"arisen": "0"},
        {"arisen": True},
        {"arisen": 0, "name": "Nguyễn Văn Mẫu"},
    ],
)
def test_inputs_of_another_shape_are_refused(inputs: Inputs) -> None:
    with pytest.raises(UserError) as told:
        run("no_new_hotspot@1", inputs)
    assert told.value.code == "check_inputs_damaged"


def test_rows_days_and_thresholds_are_looked_at_too() -> None:
    row: dict[str, Json] = {"document": "d", "day": "2026-02-30"}
    cases: tuple[tuple[str, Inputs, Settings | None], ...] = (
        ("in_first_quarter@1", {"year": 2026, "documents": [row]}, None),
        ("in_first_quarter@1", {"year": 2026, "documents": ["2026-02-20"]}, None),
        ("in_first_quarter@1", {"year": 2026, "documents": None}, None),
        ("own_sections@1", {"sections": 1, "rated": 1}, {}),
        ("own_sections@1", {"sections": 1, "rated": 1}, {"percent": 70, "more": 1}),
    )
    for check, inputs, settings in cases:
        with pytest.raises(UserError) as told:
            run(check, inputs, settings)
        assert told.value.code == "check_inputs_damaged"


def test_every_check_is_versioned_and_named_for_people() -> None:
    for name, check in CHECKS.items():
        slug, _, version = name.partition("@")
        assert slug.isidentifier()
        assert version.isdecimal()
        assert check.title == check.title.strip()
        assert check.title[0] == "1" or check.title[0].isupper()
        assert len({each.name for each in check.inputs}) == len(check.inputs)
