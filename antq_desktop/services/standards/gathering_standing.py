"""Inputs from schemes, forces at the grass roots, registrations and recognitions of other units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from antq_desktop.domain.canonical import Json
from antq_desktop.domain.periods import first_day
from antq_desktop.domain.records.standards import SECURITY
from antq_desktop.domain.records.standards_results import NOT_RECOGNISED, RECOGNISED
from antq_desktop.domain.scoring.checks import Inputs
from antq_desktop.domain.scoring.checks.standing import LAST_YEAR, PROVISIONAL, THIS_YEAR
from antq_desktop.domain.scoring.sets import Item
from antq_desktop.services.standards.book import POOLED, Row, number, text, within
from antq_desktop.services.standards.case import Case, Gather, least_first
from antq_desktop.services.standards.gathering_papers import papers_present, required_papers
from antq_desktop.services.standards.scope import Scope, apart, result_of, scopes

WORKING_STATES: Final = frozenset({"launched", "active", "strengthening", "recognised"})


def _schemes(case: Case, _item: Item) -> Inputs:
    """A scheme is active by its state and by having done something in the days that are judged."""
    required = len(required_papers(case.codes))
    busy = {
        text(row, "scheme")
        for row in within(case.book.all("activity"), "held_on", case.window.since, case.until)
    }
    rows: list[dict[str, Json]] = [
        {
            "scheme": row.id,
            "complete": papers_present(case, row.id) == required,
            "active": text(row, "state") in WORKING_STATES and row.id in busy,
        }
        for row in case.book.about("scheme", case.unit)
        if not text(row, "dissolved_on")
        and (first_day(text(row, "founded_on")) or case.until) <= case.until
    ]
    working_first = sorted(
        rows, key=lambda row: (not row["complete"], not row["active"], str(row["scheme"]))
    )
    return {"schemes": least_first(working_first)}


def _teams(case: Case, _item: Item) -> Inputs:
    teams = [
        row
        for row in case.book.about("protection_team", case.unit)
        if (text(row, "ended_on") or "9") > case.until
    ]
    rows = [_team(case, team.id) for team in teams]
    said = case.own_row
    if not rows and text(said, "force_rating") and said:
        rows = [_rated(said.id, text(said, "force_rating"), THIS_YEAR)]
    failed_first = sorted(rows, key=lambda row: (row["rating"] != "not_done", str(row["team"])))
    return {"teams": least_first(failed_first)}


def _team(case: Case, team: str) -> dict[str, Json]:
    """The rating of the year, else the one proposed, else that of the year before."""
    ratings = {
        number(row, "year"): row for row in case.book.where("team_rating", "protection_team", team)
    }
    now, before = ratings.get(case.year), ratings.get(case.year - 1)
    if text(now, "unrated_reason"):
        return _rated(team, "", THIS_YEAR, text(now, "unrated_reason"))
    decided = first_day(text(now, "decided_on"))
    if text(now, "rating") and decided and decided <= case.day:
        return _rated(team, text(now, "rating"), THIS_YEAR)
    if text(now, "rating") and not decided:
        return _rated(team, text(now, "rating"), PROVISIONAL)
    if text(before, "rating"):
        return _rated(team, text(before, "rating"), LAST_YEAR)
    return _rated(team, "", "")


def _rated(team: str, rating: str, basis: str, reason: str = "") -> dict[str, Json]:
    return {"team": team, "rating": rating, "basis": basis, "unrated_reason": reason}


def _pool(case: Case) -> list[Scope]:
    return scopes(case.book, case.book.keeper(case.unit), case.year, case.window)


def _apart(case: Case, found: Iterable[Scope]) -> list[dict[str, Json]]:
    counted = apart(found, case.codes)
    return [{"reason": label, "units": units} for label, units in sorted(counted.items())]


def is_registered(case: Case, unit: str) -> bool:
    """Tell whether a unit had registered for the security standard by the day of the case."""
    row = case.book.for_unit("registration", unit, case.year, SECURITY)
    day = first_day(text(row, "registered_on"))
    return bool(day) and day <= case.day


def _registered(case: Case, _item: Item) -> Inputs:
    found = _pool(case)
    pool: list[dict[str, Json]] = []
    for kind, units in _by_kind(found):
        registered = sum(is_registered(case, unit) for unit in units)
        label = case.codes.label("unit_kind", kind)
        pool.append({"kind": label, "units": len(units), "registered": registered})
    return {"pool": pool, "apart": _apart(case, found)}


def _recognised(case: Case, _item: Item) -> Inputs:
    """Count decisions, and beside them units whose decision is to come and looks favourable."""
    found = _pool(case)
    pool: list[dict[str, Json]] = []
    for kind, units in _by_kind(found):
        results = {
            unit: text(result_of(case.book, unit, case.year, SECURITY, case.day), "result")
            for unit in units
        }
        open_ones = [unit for unit, result in results.items()
                     if result not in {RECOGNISED, NOT_RECOGNISED}]  # fmt: skip
        pool.append(
            {
                "kind": case.codes.label("unit_kind", kind),
                "units": len(units),
                "recognised": sum(result == RECOGNISED for result in results.values()),
                "expected": sum(case.promised(unit) for unit in open_ones),
            }
        )
    return {"pool": pool, "apart": _apart(case, found)}


def _by_kind(found: Iterable[Scope]) -> list[tuple[str, list[str]]]:
    units: dict[str, list[str]] = {}
    for each in found:
        if each.pooled:
            units.setdefault(each.kind, []).append(each.unit)
    return [(kind, units[kind]) for kind in POOLED if kind in units]


def _unit_recognised(case: Case, _item: Item) -> Inputs:
    row: Row | None = result_of(case.book, case.unit, case.year, SECURITY, case.day)
    decided = {RECOGNISED: True, NOT_RECOGNISED: False}
    return {"recognised": decided.get(text(row, "result"))}


STANDING: Final[dict[str, Gather]] = {
    "working_scheme@1": _schemes,
    "teams_rated@1": _teams,
    "all_units_registered@1": _registered,
    "recognised_share@1": _recognised,
    "unit_recognised@1": _unit_recognised,
}
