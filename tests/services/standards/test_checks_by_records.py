"""Each computed check is made true and false by records alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.scoring.checks import CHECKS
from antq_desktop.services.standards.gathering import GATHERED
from antq_desktop.services.standards.results import Decision
from tests.services.standards.cycle import COMMUNE, NEIGHBOURHOOD, REQUIRED, YEAR, Cycle
from tests.stores import COMMUNE_ID, INCIDENT

AGENCY, TABLE, DRUG, DRUG_FREE = (
    "tt124_agency", "qd510_neighbourhood", "drug_area_types_2025", "drug_free_area_2025",
)  # fmt: skip


Proof = Callable[[Cycle], None]
PROVEN: set[str] = set()


def proves(*checks: str) -> Callable[[Proof], Proof]:
    """Say which checks a test makes both true and false by records, and hold it to that."""
    PROVEN.update(checks)

    def hold(test: Proof) -> Proof:
        @wraps(test)
        def held(cycle: Cycle) -> None:
            test(cycle)
            for check in checks:
                assert cycle.seen.get(check, set()) >= {True, False}, check

        return held

    return hold


def test_every_registered_check_is_made_true_and_false_by_records() -> None:
    assert sorted(CHECKS.keys() - PROVEN) == []


def test_every_registered_check_is_gathered_and_no_other() -> None:
    assert GATHERED.keys() == CHECKS.keys()


@proves("in_first_quarter@1")
def test_papers_in_the_first_quarter_come_from_the_registration(cycle: Cycle) -> None:
    unit = cycle.unit()
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c1_resolution") is None
    cycle.register(unit, resolution_on="2026-04-02", registered_on="2026-04-01")
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c1_resolution") is False
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c1_registration") is False
    cycle.register(unit, resolution_on="2026-02-02", registered_on="2026-03-31")
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c1_resolution") is True
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c1_registration") is True


def test_a_document_of_the_first_quarter_counts_when_it_is_linked(cycle: Cycle) -> None:
    unit = cycle.unit()
    sheet = cycle.sheet(unit, NEIGHBOURHOOD)
    paper = cycle.add("document", title="Nghị quyết (mẫu)", direction="outgoing",
                      document_kind="resolution", dated="2026-01-20", number="01-NQ")  # fmt: skip
    cycle.office.standards.sheets.link(sheet, "c1_resolution", [("document", paper)])
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c1_resolution") is True
    cycle.office.standards.sheets.link(sheet, "c1_resolution", removed=[paper])
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c1_resolution") is None


@proves("all_households_registered@1")
def test_all_households_are_two_counts_and_a_day(cycle: Cycle) -> None:
    unit = cycle.unit()
    cycle.register(unit, households=100, registered=99, counted_on="2026-03-01")
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c1_households") is False
    cycle.register(unit, registered=100)
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c1_households") is True


@proves("everyone_briefed@1")
def test_everyone_is_briefed(cycle: Cycle) -> None:
    unit = cycle.unit("Cơ quan Mẫu", "agency")
    cycle.register(unit, people=20, briefed=19, counted_on="2026-03-01")
    assert cycle.verdict(unit, AGENCY, "c1_briefed") is False
    cycle.register(unit, briefed=20)
    assert cycle.verdict(unit, AGENCY, "c1_briefed") is True


@proves("own_sections@1")
def test_seventy_per_cent_of_own_sections_are_rated(cycle: Cycle) -> None:
    unit = cycle.unit("Cơ quan Mẫu", "agency")
    row = cycle.add("unit_year", unit=unit, year=YEAR, sections=10, sections_rated=6)
    assert cycle.verdict(unit, AGENCY, "c5_rated") is False
    cycle.set("unit_year", row, sections_rated=7)
    assert cycle.verdict(unit, AGENCY, "c5_rated") is True


@proves("taking_part@1")
def test_ninety_per_cent_take_part(cycle: Cycle) -> None:
    unit = cycle.unit()
    row = cycle.add("unit_year", unit=unit, year=YEAR, people=100, attended=89)
    assert cycle.verdict(unit, TABLE, "i2_attendance") is False
    cycle.set("unit_year", row, attended=90)
    assert cycle.verdict(unit, TABLE, "i2_attendance") is True


@proves("working_scheme@1")
def test_a_scheme_works_when_its_dossier_is_complete_and_it_did_something(cycle: Cycle) -> None:
    unit = cycle.unit("Cơ quan Mẫu", "agency")
    cycle.scheme(unit, *REQUIRED[:-1])
    cycle.scheme(unit, *REQUIRED, active=False)
    assert cycle.verdict(unit, AGENCY, "c1_scheme") is False
    cycle.scheme(unit, *REQUIRED)
    assert cycle.verdict(unit, AGENCY, "c1_scheme") is True


@proves("scheme_dossier@1")
def test_a_dossier_of_a_scheme_has_all_required_papers(cycle: Cycle) -> None:
    unit = cycle.unit()
    poor = cycle.scheme(unit, *REQUIRED[:-1])
    full = cycle.scheme(unit, *REQUIRED)
    assert cycle.verdict(poor, "scheme_rating", "i1_dossier") is False
    assert cycle.verdict(full, "scheme_rating", "i1_dossier") is True


@proves("incidents_not_above_last_year@1")
def test_incidents_are_held_against_the_year_before_kind_by_kind(cycle: Cycle) -> None:
    unit = cycle.unit()
    cycle.incident(unit, "2025-05-10")
    cycle.incident(unit, "2026-05-10")
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c4_a") is None, "nobody said 2025 was complete"
    cycle.add("unit_year", unit=unit, year=YEAR, before_complete=True)
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c4_a") is True
    cycle.incident(unit, "2026-06-10", kind="drugs")
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c4_a") is False


@proves("no_serious_offence@1")
def test_a_serious_offence_counts_unless_the_text_forgives_it(cycle: Cycle) -> None:
    unit = cycle.unit()
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c4_b") is True
    one = cycle.incident(unit, severity="serious", detected_in_time=True, harm_limited=True)
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c4_b") is None
    cycle.set("incident", one, reported_at_once=False, force_majeure=False)
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c4_b") is False
    cycle.set("incident", one, reported_at_once=True)
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c4_b") is True
    two = cycle.incident(unit, severity="very_serious", detected_in_time=False, force_majeure=False)
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c4_b") is False
    cycle.set("incident", two, force_majeure=True)
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c4_b") is True


def test_an_offence_outside_the_window_is_not_seen(cycle: Cycle) -> None:
    unit = cycle.unit()
    cycle.incident(unit, "2025-10-31", severity="serious", force_majeure=False, harm_limited=False)
    cycle.incident(unit, "2026-11-01", severity="serious", force_majeure=False, harm_limited=False)
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c4_b") is True
    cycle.incident(unit, "2026-10-31", severity="serious", force_majeure=False, harm_limited=False)
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c4_b") is False


@proves("no_serious_accident@1")
def test_a_serious_accident_counts_unless_force_majeure(cycle: Cycle) -> None:
    unit = cycle.unit()
    cycle.incident(unit, kind="fire")
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c4_d") is True
    deadly = cycle.incident(unit, kind="labour_accident", deaths=1, force_majeure=False)
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c4_d") is False
    cycle.set("incident", deadly, force_majeure=True)
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c4_d") is True
    cycle.incident(unit, kind="fire", serious_accident=True, force_majeure=False)
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c4_d") is False


@proves("no_new_hotspot@1")
def test_a_complex_place_that_arose_in_the_window_counts(cycle: Cycle) -> None:
    unit = cycle.unit()
    place = cycle.add("hotspot", name="Khu vực Mẫu", identified_on="2024-01-01", state="complex",
                      unit=unit)  # fmt: skip
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c4_c_spots") is True
    cycle.set("hotspot", place, identified_on="2026-03-01")
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c4_c_spots") is False


@proves("nobody_newly_fallen@1")
def test_newly_fallen_persons_of_a_neighbourhood_are_a_count_of_its_incidents(
    cycle: Cycle,
) -> None:
    unit = cycle.unit()
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c4_c_fallen") is True
    with pytest.raises(UserError):  # the register counts for the commune as a whole
        cycle.add("managed_count", unit=unit, year=YEAR, category="addicts", persons=1, begun=1,
                  counted_on="2026-06-01")  # fmt: skip
    told = {**INCIDENT, "occurred_on": "2026-06-01", "received_at": "2026-06-01T08:00"}
    cycle.add("incident", **{**told, "unit": unit, "newly_fallen": 1})
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c4_c_fallen") is False


@proves("teams_rated@1")
def test_teams_are_rated_this_year_or_provisionally_by_the_year_before(cycle: Cycle) -> None:
    unit = cycle.unit()
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c5_rated") is None
    team = cycle.add("protection_team", name="Tổ Mẫu", unit=unit, founded_on="2024-07-01")
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c5_rated") is None
    cycle.add("team_rating", protection_team=team, year=2025, rating="good",
              decided_on="2025-11-20")  # fmt: skip
    found = cycle.office.standards.sheets.today(unit, YEAR, NEIGHBOURHOOD)
    assert "c5_rated" in found.outcome.provisional
    now = cycle.add("team_rating", protection_team=team, year=YEAR, rating="not_done",
                    decided_on="2026-11-14")  # fmt: skip
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c5_rated") is False
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c5_rated", "2026-11-13") is True
    cycle.set("team_rating", now, rating="done")
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c5_rated") is True


def test_before_there_were_teams_the_rating_of_the_force_stands_with_the_unit(cycle: Cycle) -> None:
    unit = cycle.unit()
    row = cycle.add("unit_year", unit=unit, year=2022, force_rating="not_done")
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c5_rated", "2022-11-10", 2022) is False
    cycle.set("unit_year", row, force_rating="done")
    assert cycle.verdict(unit, NEIGHBOURHOOD, "c5_rated", "2022-11-10", 2022) is True


@proves("tasks_done@1")
def test_tasks_of_a_team_come_from_its_rating(cycle: Cycle) -> None:
    unit = cycle.unit()
    team = cycle.add("protection_team", name="Tổ Mẫu", unit=unit, founded_on="2024-07-01")
    row = cycle.add("team_rating", protection_team=team, year=YEAR, rating="good",
                    tasks_given=100, tasks_done=94)  # fmt: skip
    assert cycle.verdict(team, "team_rating_2026", "x5") is False
    cycle.set("team_rating", row, tasks_done=95)
    assert cycle.verdict(team, "team_rating_2026", "x5") is True


@proves("all_units_registered@1")
def test_all_units_of_the_commune_are_registered_the_others_stand_apart(cycle: Cycle) -> None:
    one, two = cycle.unit("Thôn Mẫu 01"), cycle.unit("Cơ quan Mẫu", "agency")
    cycle.unit("Trường tiểu học Mẫu", "school", tt124=False, tt124_reason="primary_school")
    above = cycle.unit("Cơ quan Mẫu của tỉnh", "agency", management_level="province")
    cycle.register(one)
    assert cycle.verdict(COMMUNE_ID, COMMUNE, "c4_registered") is False
    cycle.register(two)
    assert cycle.verdict(COMMUNE_ID, COMMUNE, "c4_registered") is True
    cycle.set("unit", above, **{"delegations/a1/document": "01/QĐ-UBND",
                                "delegations/a1/since": "2026-01-01"})  # fmt: skip
    assert cycle.verdict(COMMUNE_ID, COMMUNE, "c4_registered") is False, "delegated: it counts now"


@proves("recognised_share@1")
def test_seventy_per_cent_are_counted_over_all_kinds_in_one_pool(cycle: Cycle) -> None:
    homes = [cycle.unit(f"Thôn Mẫu {at:02}") for at in range(1, 8)]
    agencies = [cycle.unit(f"Cơ quan Mẫu {at}", "agency") for at in range(3)]
    cycle.recognise(*homes[:6])
    assert cycle.verdict(COMMUNE_ID, COMMUNE, "c4_recognised") is False, "6 of 10"
    cycle.recognise(agencies[0])
    assert cycle.verdict(COMMUNE_ID, COMMUNE, "c4_recognised") is True, "7 of 10 over two kinds"


def test_what_is_expected_makes_seventy_per_cent_provisional_until_it_is_decided(
    cycle: Cycle,
) -> None:
    one, two = cycle.unit(), cycle.unit("Cơ quan Mẫu", "agency")
    cycle.recognise(one)
    results = cycle.office.standards.results
    results.expect(YEAR, [two], "Quyết định của cơ quan ký sau ngày 16/11")
    found = cycle.office.standards.sheets.today(COMMUNE_ID, YEAR, COMMUNE)
    assert "c4_recognised" in found.outcome.provisional
    results.recognise(YEAR, Decision("09/QĐ-UBND", "2026-11-19", "UBND xã"), [two])
    found = cycle.office.standards.sheets.today(COMMUNE_ID, YEAR, COMMUNE)
    assert "c4_recognised" not in found.outcome.provisional
    assert cycle.verdict(COMMUNE_ID, COMMUNE, "c4_recognised") is True


@proves("unit_recognised@1")
def test_a_unit_is_recognised_by_the_decision_that_counts(cycle: Cycle) -> None:
    unit = cycle.unit()
    assert cycle.verdict(unit, TABLE, "v_recognised") is None
    cycle.recognise(unit, result="not_recognised")
    assert cycle.verdict(unit, TABLE, "v_recognised") is False
    other = cycle.unit("Thôn Mẫu 02")
    cycle.recognise(other)
    assert cycle.verdict(other, TABLE, "v_recognised") is True
    assert cycle.verdict(other, TABLE, "v_recognised", "2026-11-12") is None, "not decided yet"


@proves("drug_points@1", "drug_rate@1", "drug_plants@1", "drug_route@1")
def test_types_of_places_come_from_the_counts_of_the_commune(cycle: Cycle) -> None:
    row = cycle.add("drug_count", unit=COMMUNE_ID, year=YEAR, counted_on="2026-10-01",
                    residents=10_000, people=49, arrested=9, places=1, plants=2999,
                    square_metres=749, on_key_route=True)  # fmt: skip
    items = ("t1_a", "t1_b", "t1_c", "t1_d")
    assert [cycle.verdict(COMMUNE_ID, DRUG, item) for item in items] == [False] * 4
    assert cycle.verdict(COMMUNE_ID, DRUG, "t1_dd") is True, "three criteria of the type below"
    cycle.set("drug_count", row, people=50, arrested=10, places=2, plants=3000, on_key_route=False)
    assert [cycle.verdict(COMMUNE_ID, DRUG, item) for item in items] == [True] * 4
    assert cycle.verdict(COMMUNE_ID, DRUG, "t1_dd") is False


@proves("none_counted@1")
def test_a_place_free_of_drugs_counts_none_of_four(cycle: Cycle) -> None:
    row = cycle.add("drug_count", unit=COMMUNE_ID, year=YEAR, people=0, arrested=0, places=0,
                    plants=0, square_metres=0)  # fmt: skip
    items = ("i1", "i2", "i3", "i4")
    assert [cycle.verdict(COMMUNE_ID, DRUG_FREE, item) for item in items] == [True] * 4
    cycle.set("drug_count", row, people=1, arrested=1, places=1, square_metres=5)
    assert [cycle.verdict(COMMUNE_ID, DRUG_FREE, item) for item in items] == [False] * 4
