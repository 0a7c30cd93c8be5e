"""Inputs from registrations, yearly figures and dossiers."""

from __future__ import annotations

from typing import Final

from antq_desktop.domain.canonical import Json
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.periods import first_day
from antq_desktop.domain.scoring.checks import Inputs
from antq_desktop.domain.scoring.sets import Item
from antq_desktop.services.standards.book import number, text
from antq_desktop.services.standards.case import (
    Case,
    Gather,
    day_or_none,
    least_first,
    same_unit_row,
)

_IN_REGISTRATION: Final = {
    "resolution": "resolution_on",
    "plan": "plan_on",
    "registration": "registered_on",
}


def _first_quarter(case: Case, item: Item) -> Inputs:
    found: list[dict[str, Json]] = []
    row = case.registration
    for word, name in _IN_REGISTRATION.items():
        day = text(row, name)
        if row and item.id.endswith(word) and day and first_day(day) <= case.day:
            found.append({"document": row.id, "day": day})
    for kind, record_id in case.evidence.get(item.id, ()):
        record = case.book.record(kind, record_id) if kind == "document" else None
        day = str((record.values() if record else {}).get("dated") or "")
        if day and first_day(day) <= case.day:
            found.append({"document": record_id, "day": day})
    return {"year": case.year, "documents": least_first(found)}


def _households(case: Case, _item: Item) -> Inputs:
    registered, own, unit = case.registration, case.own_row, case.book.units.get(case.unit)
    counted = ((registered, "counted_on"), (own, "counted_on"), (unit, "households_counted"))
    row, name = next((each for each in counted if number(each[0], "households") is not None),
                     (None, ""))  # fmt: skip
    day = text(registered, "counted_on") or (text(row, name) if row else "")
    return {
        "households": number(row, "households"),
        "registered": number(registered, "registered"),
        "counted_on": day_or_none(day),
    }


def _briefed(case: Case, _item: Item) -> Inputs:
    row = case.registration
    people = number(row, "people")
    return {
        "people": number(case.own_row, "people") if people is None else people,
        "briefed": number(row, "briefed"),
        "counted_on": day_or_none(text(row, "counted_on")),
    }


def _sections(case: Case, _item: Item) -> Inputs:
    row = case.own_row
    return {"sections": number(row, "sections"), "rated": number(row, "sections_rated")}


def _taking_part(case: Case, _item: Item) -> Inputs:
    return same_unit_row(case, "people", "attended")


def _tasks(case: Case, _item: Item) -> Inputs:
    rows = case.book.where("team_rating", "protection_team", case.subject)
    row = next((each for each in rows if number(each, "year") == case.year), None)
    return {"given": number(row, "tasks_given"), "done": number(row, "tasks_done")}


def required_papers(codes: Codes) -> tuple[str, ...]:
    """Return the papers that a dossier of a scheme must have."""
    return tuple(value.id for value in codes["dossier_item"].values if value.required)


def papers_present(case: Case, scheme: str) -> int:
    """Count the required papers that stand in the dossier of a scheme."""
    lines = case.book.lines("scheme", scheme, "dossier")
    return sum(lines.get(each, {}).get("present") is True for each in required_papers(case.codes))


def _dossier(case: Case, _item: Item) -> Inputs:
    required = len(required_papers(case.codes))
    return {"required": required, "present": papers_present(case, case.subject)}


PAPERS: Final[dict[str, Gather]] = {
    "in_first_quarter@1": _first_quarter,
    "all_households_registered@1": _households,
    "everyone_briefed@1": _briefed,
    "own_sections@1": _sections,
    "taking_part@1": _taking_part,
    "tasks_done@1": _tasks,
    "scheme_dossier@1": _dossier,
}
