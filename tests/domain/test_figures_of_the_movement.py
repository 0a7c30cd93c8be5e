"""Figures of the movement: each reads what it says, counts in its period, and can be explained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from antq_desktop.domain.fields import Value
from antq_desktop.domain.figures import MEASURES, Measure, measure_of
from antq_desktop.domain.periods import calendar_period
from antq_desktop.domain.records import SPECS
from tests.domain.test_rules_of_the_movement import LEAST

YEAR, MAY = calendar_period("2026"), calendar_period("2026-05")
LONG_AGO = calendar_period("1991")
OURS = [measure for measure in MEASURES if SPECS[measure.kind].since == 3]
Given = dict[str, Value]

# What is put beside the least record of a kind so that each of its figures is given something.
MORE: Mapping[str, tuple[Given, ...]] = {
    "tip": ({"of_value": True},),
    "clearance": ({"persons": 2},),
    "arrest": ({}, {"offence": "robbery"}, {"offence": "snatching"}, {"offence": "drugs"}),
    "mediation": ({"result": "agreed"},),
    "session": (
        {"attendance": 40, "turns": 2},
        {"held_by": "youth_union", "attendance": 9},
        {"session_kind": "forum", "opinions": 7},
    ),
    "publication": ({"items": 3}, {"channel": "loudspeaker"}, {"channel": "leaflet"}),
    "festival": ({"attendance": 300, "gifts": 5, "gift_value": 1_000_000},),
    "campaign": ({},),
    "commitment": tuple(
        {"signers": group, "signed": 90, "whole": 100}
        for group in ("households", "women", "pupils", "lodging")
    ),
    "programme": ({},),
    "programme_activity": ({"attendance": 30},),
    "joint_work": ({}, {"result_kind": "patrol"}),
    "commendation": ({"level": "ministry", "collectives": 1, "ad_hoc": True},),
    "example": ({},),
    "mass_team": ({"members": 12}, {"team_kind": "law_club"}),
    "channel": ({"members": 1200},),
    "surrender": (
        {"item": "hunting_gun", "pieces": 1},
        {"item": "ammunition", "pieces": 9},
        {"item": "cold_weapon", "pieces": 2},
        {"item": "explosive", "grams": 400},
        {},
    ),
    "camera_site": ({"shared": True},),
    "hotspot": ({}, {"transformed_on": "2026-10-01"}),
    "public_event": ({},),
    "inspection": ({},),
    "rural_standard": tuple(
        {"level": level, "met": True}
        for level in ("standard", "advanced", "model", "civilised_urban")
    ),
    "funding": ({"asked": 5, "granted": 4, "spent": 3, "granted_on": "2026-05-02"},),
    "managed_count": ({"persons": 4, "helped": 2},),
    "protection_team": ({"decided_members": 5},),
    "team_member": ({"joined_on": "2024-07-01"},),
    "service_harm": ({}, {"harm": "died"}),
    "team_training": ({},),
    "team_rating": tuple({"rating": level} for level in ("excellent", "good", "done", "not_done")),
    "member_rating": ({"rating": "excellent"}, {"rating": "good"}),
    "patrol": ({"persons": 4},),
    "police_force": ({"regular": 6, "semi_professional": 4},),
    "guard_force": ({"guards": 3, "title": "good"},),
    "committee_member": ({"joined_on": "2026-01-05"},),
    "document": (
        {"document_kind": "resolution"},
        {"document_kind": "directive"},
        {},
        {"document_kind": "decision"},
        {"direction": "outgoing"},
    ),
    "meeting": ({},),
    "task": ({"deadline": "2026-05-02", "done_on": "2026-05-01"},),
    "proposal": ({"answered_on": "2026-11-12"},),
}


class Watched(Mapping[str, Value]):
    """Values that remember what was asked of them."""

    def __init__(self, values: Given) -> None:
        self._values = values
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> Value:
        self.asked.add(name)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def samples(kind: str) -> list[Given]:
    dated = {"dated": "2026-01-19"} if kind == "document" else {}
    return [{**LEAST[kind], **dated, **more} for more in MORE[kind]]


@pytest.mark.parametrize("measure", OURS, ids=lambda measure: measure.code)
def test_a_figure_is_given_by_its_records_in_their_period_and_reads_what_it_says(
    measure: Measure,
) -> None:
    assert [value for values in samples(measure.kind) if (value := measure.give(values, YEAR))]
    for values in samples(measure.kind):
        watched = Watched(values)
        measure.give(watched, YEAR)
        assert watched.asked <= set(measure.reads)
        assert measure.give({}, YEAR) >= 0
    spec = SPECS[measure.kind]
    assert not [name for name in measure.reads if spec.field(name).private]
    stands = {"protection_team", "team_member", "mass_team", "channel", "camera_site"}
    if measure.kind not in stands:
        assert not [v for values in samples(measure.kind) if (v := measure.give(values, LONG_AGO))]


def test_labels_and_codes_of_figures_are_each_used_once() -> None:
    for what in ("code", "label"):
        held = [getattr(measure, what) for measure in MEASURES]
        assert sorted(set(held)) == sorted(held)


@pytest.mark.parametrize(
    ("code", "values", "gives"),
    [
        ("articles", {"items": 4}, 4),
        ("articles", {"items": None}, 1),
        ("articles", {"items": 4, "channel": "loudspeaker"}, 0),
        ("sessions_direct", {"turns": 3}, 3),
        ("sessions_direct", {"held_by": "police"}, 1),
        ("sessions_direct", {"held_by": "women"}, 0),
        ("sessions_direct", {"session_kind": "school"}, 0),
        ("sessions", {"held_by": "women", "turns": 2}, 2),
        ("youth_attendance", {"held_by": "youth_union", "attendance": 50}, 50),
        ("youth_attendance", {"held_by": "women", "attendance": 50}, 0),
        ("tips_of_value", {"of_value": False}, 0),
        ("fireworks_handed_in", {"item": "firework", "grams": 1500}, 1500),
        ("fireworks_handed_in", {"item": "explosive", "grams": 1500}, 0),
        ("hotspots", {"transformed_on": "2027-01-05"}, 1),
        ("hotspots", {"identified_on": "2027-01-05"}, 0),
        ("rural_standard", {"met": None}, 0),
        ("rural_standard", {"met": True, "year": 2025}, 0),
        ("funding_granted", {"granted": 5}, 5),
        ("funding_granted", {"granted": 5, "granted_on": "2027-02-01"}, 0),
        ("regular_police", {"regular": 6, "year": 2025}, 0),
        ("youth_teams", {"ended_on": "2026-10-01"}, 0),
        ("youth_teams", {"ended_on": "2027-10-01"}, 1),
    ],
)
def test_how_a_figure_is_counted(code: str, values: Given, gives: int) -> None:
    measure = measure_of(code)
    held = {name: v for name, v in {**LEAST[measure.kind], **values}.items() if v is not None}
    assert measure.give(held, YEAR) == gives


def test_a_month_counts_what_fell_in_it_and_the_stock_of_its_year() -> None:
    assert measure_of("tasks_done").give({"done_on": "2026-05-01"}, MAY) == 1
    assert measure_of("tasks_done").give({"done_on": "2026-06-01"}, MAY) == 0
    assert measure_of("regular_police").give({"year": 2026, "regular": 6}, MAY) == 6
