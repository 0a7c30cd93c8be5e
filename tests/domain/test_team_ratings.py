"""Ratings of protection teams among themselves: the ceiling, nine months, leader and team."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.fields import Value
from antq_desktop.domain.team_ratings import ceiling, long_enough, remarks

Given = dict[str, Value]
OLD: Given = {"founded_on": "2024-07-01"}


def codes_of(teams: dict[str, str], members: dict[str, tuple[str, str, str]]) -> list[str]:
    """Return the codes of remarks; members are team, office and rating by id."""
    found = remarks(
        2026,
        dict.fromkeys(teams, OLD),
        {
            key: {"protection_team": team, "office": office, "joined_on": "2024-07-01"}
            for key, (team, office, _) in members.items()
        },
        [{"protection_team": key, "year": 2026, "rating": held} for key, held in teams.items()],
        [
            {"team_member": key, "year": 2026, "rating": held}
            for key, (_, _, held) in members.items()
        ],
    )
    return [remark.code for remark in found]


def rated(good: int, excellent: int) -> dict[str, str]:
    names = [f"t{number}" for number in range(good + excellent)]
    return {name: "good" if place < good else "excellent" for place, name in enumerate(names)}


@pytest.mark.parametrize(("good", "best"), [(0, 0), (4, 0), (5, 1), (9, 1), (10, 2), (30, 6)])
def test_of_five_rated_good_one_may_be_excellent(good: int, best: int) -> None:
    assert ceiling(good) == best
    assert codes_of(rated(good, best), {}) == []
    assert codes_of(rated(good, best + 1), {}) == ["too_many_excellent"]


@given(st.integers(0, 10_000))
def test_the_ceiling_is_never_more_than_a_fifth(good: int) -> None:
    assert ceiling(good) * 5 <= good < (ceiling(good) + 1) * 5


@pytest.mark.parametrize(
    ("joined", "enough"),
    [("2026-02-14", True), ("2026-02-15", False), ("2025-12-31", True), ("2026", True), ("", True)],
)
def test_nine_months_are_counted_to_the_fourteenth_of_november(joined: str, enough: bool) -> None:
    assert long_enough(joined, 2026) is enough


def test_who_has_not_served_nine_months_is_told_of_when_rated() -> None:
    found = remarks(
        2026,
        {"t": {"founded_on": "2026-03-01"}},
        {"m": {"protection_team": "t", "office": "member", "joined_on": "2026-03-01"}},
        [{"protection_team": "t", "year": 2026, "rating": "good"}],
        [
            {"team_member": "m", "year": 2026, "unrated_reason": "under_nine_months"},
            {"team_member": "m", "year": 2025, "rating": "good"},
        ],
    )
    assert [(remark.code, remark.record) for remark in found] == [("rated_too_early", "t")]


@pytest.mark.parametrize(
    ("team", "office", "member", "above"),
    [
        ("done", "head", "good", True),
        ("good", "head", "good", False),
        ("done", "deputy", "good", False),
        ("done", "member", "good", False),
    ],
)
def test_a_leader_is_not_rated_above_the_team(
    team: str, office: str, member: str, above: bool
) -> None:
    found = codes_of({"t": team}, {"m": ("t", office, member)})
    assert found == (["leader_above_team"] if above else [])
