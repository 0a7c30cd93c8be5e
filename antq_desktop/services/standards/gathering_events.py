"""Inputs from what happened: incidents, complex places, counts about drugs. No name is read."""

from __future__ import annotations

from collections import Counter
from typing import Final

from antq_desktop.domain.canonical import Json
from antq_desktop.domain.scoring.checks import CHECKS, Inputs
from antq_desktop.domain.scoring.sets import Item
from antq_desktop.services.standards.book import Row, number, text, within, yes
from antq_desktop.services.standards.case import Case, Gather, least_first

SERIOUS: Final = frozenset({"serious", "very_serious", "extremely_serious"})
ACCIDENTS: Final = frozenset({"fire", "labour_accident", "drowning_disaster", "environment"})
# Crimes, social evils and offences; accidents, fires and quarrels are no such kinds.
OFFENCES: Final = (
    "social_order", "economic", "drugs", "environment", "high_tech", "social_evils", "disorder",
    "domestic_violence", "school_violence", "weapons", "administrative",
)  # fmt: skip
_ADDICTS: Final = "addicts"
_ROUTE: Final = "drug_route@1"


def _incidents(case: Case) -> list[Row]:
    rows = case.book.about("incident", case.unit)
    return list(within(rows, "occurred_on", case.window.since, case.until))


def _offences(case: Case, _item: Item) -> Inputs:
    rows: list[dict[str, Json]] = [
        {
            "incident": row.id,
            "force_majeure": yes(row, "force_majeure"),
            "detected_in_time": yes(row, "detected_in_time"),
            "harm_limited": yes(row, "harm_limited"),
            "reported_at_once": yes(row, "reported_at_once"),
        }
        for row in _incidents(case)
        if text(row, "severity") in SERIOUS
    ]
    unexcused_first = sorted(rows, key=lambda row: (row["force_majeure"] is True, row["incident"]))
    return {"offences": least_first(unexcused_first)}


def is_serious_accident(row: Row) -> bool:
    """Tell whether an incident is a serious fire, accident or breakdown, or cost a life at work."""
    deadly = text(row, "kind") == "labour_accident" and bool(number(row, "deaths"))
    return deadly or (text(row, "kind") in ACCIDENTS and yes(row, "serious_accident") is True)


def _accidents(case: Case, _item: Item) -> Inputs:
    rows: list[dict[str, Json]] = [
        {"incident": row.id, "force_majeure": yes(row, "force_majeure")}
        for row in _incidents(case)
        if is_serious_accident(row)
    ]
    unexcused_first = sorted(rows, key=lambda row: (row["force_majeure"] is True, row["incident"]))
    return {"accidents": least_first(unexcused_first)}


def _year_on_year(case: Case, _item: Item) -> Inputs:
    rows = case.book.about("incident", case.unit)
    now = Counter(text(row, "kind") for row in _incidents(case))
    days = (case.before.since, case.until_before)
    before = Counter(text(row, "kind") for row in within(rows, "occurred_on", *days))
    kinds: list[dict[str, Json]] = [
        {
            "kind": case.codes.label("incident_kind", kind),
            "before": before[kind],
            "now": now[kind],
        }
        for kind in OFFENCES
        if before[kind] or now[kind]
    ]
    return {"before_complete": _before_complete(case), "kinds": kinds}


def _before_complete(case: Case) -> bool | None:
    """Only a person can tell that the year before was recorded in full: the unit or its commune."""
    said = yes(case.own_row, "before_complete")
    if said is not None:
        return said
    keeper = case.book.keeper(case.unit)
    return yes(case.book.for_unit("unit_year", keeper, case.year), "before_complete")


def _hotspots(case: Case, _item: Item) -> Inputs:
    places = case.book.about("hotspot", case.unit)
    found = within(places, "identified_on", case.window.since, case.until)
    told = sum(yes(row, "new_hotspot") is True for row in _incidents(case))
    return {"arisen": max(sum(1 for _ in found), told)}


def _newly_fallen(case: Case, _item: Item) -> Inputs:
    """The larger of two counts: the same persons may stand in both."""
    told = sum(number(row, "newly_fallen") or 0 for row in _incidents(case))
    managed = sum(
        number(row, "begun") or 0
        for row in case.book.about("managed_count", case.unit)
        if number(row, "year") == case.year and text(row, "category") == _ADDICTS
    )
    return {"arisen": max(told, managed)}


def _drug_row(case: Case) -> Row | None:
    return case.book.for_unit("drug_count", case.unit, case.year)


_PEOPLE_OF: Final = {"a": "people", "c": "arrested"}


def _drug_rate(case: Case, item: Item) -> Inputs:
    row = _drug_row(case)
    counted = _PEOPLE_OF.get(item.id.rpartition("_")[2], "people")
    return {"people": number(row, counted), "residents": number(row, "residents")}


def _drug_points(case: Case, _item: Item) -> Inputs:
    return {"counted": number(_drug_row(case), "places")}


def _drug_plants(case: Case, _item: Item) -> Inputs:
    row = _drug_row(case)
    return {"plants": number(row, "plants"), "square_metres": number(row, "square_metres")}


def _drug_route(case: Case, item: Item) -> Inputs:
    """Count what holds of the type below; beside the route nothing else is asked."""
    groups = case.criteria.groups
    place = next(at for at, group in enumerate(groups) if item in group.items)
    lower = groups[place + 1].items if place + 1 < len(groups) else ()
    met = [
        CHECKS[each.check].run(GATHER_DRUGS[each.check](case, each), each.settings).met
        for each in lower
        if each.check in GATHER_DRUGS and each.check != _ROUTE
    ]
    known = any(value is not None for value in met)
    return {
        "on_key_route": yes(_drug_row(case), "on_key_route"),
        "lower_met": met.count(True) if known else None,
    }


_COUNTED: Final = {"i1": "people", "i2": "places", "i3": "arrested", "i4": "plants"}


def _none_counted(case: Case, item: Item) -> Inputs:
    row = _drug_row(case)
    name = _COUNTED.get(item.id)
    counted = number(row, name) if name else None
    if name == "plants" and (metres := number(row, "square_metres")) is not None:
        counted = (counted or 0) + metres
    return {"counted": counted}


GATHER_DRUGS: Final[dict[str, Gather]] = {
    "drug_rate@1": _drug_rate,
    "drug_points@1": _drug_points,
    "drug_plants@1": _drug_plants,
}
EVENTS: Final[dict[str, Gather]] = {
    **GATHER_DRUGS,
    _ROUTE: _drug_route,
    "none_counted@1": _none_counted,
    "no_serious_offence@1": _offences,
    "no_serious_accident@1": _accidents,
    "incidents_not_above_last_year@1": _year_on_year,
    "no_new_hotspot@1": _hotspots,
    "nobody_newly_fallen@1": _newly_fallen,
}
