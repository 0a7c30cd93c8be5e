"""“Không phát sinh”: what a unit says of a kind and a period in which nothing happened.

Silence and nothing are two things: without a word an empty month may be one that nobody reported.
A zero report is a record like any other; records of the same kind and days contradict it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

KIND: Final = "zero_report"
ABOUT_LIST: Final = "reported_kind"  # the code list that is made of the kinds below
# Kinds whose records are events: of these a period may have none.
REPORTED: Final = (
    "incident", "tip", "clearance", "arrest", "mediation", "surrender", "session", "publication",
    "activity", "patrol", "inspection", "joint_work", "programme_activity", "public_event",
    "commendation", "team_training", "service_harm",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Zero:
    """A zero report: of which unit, which kind, and which days, both inclusive."""

    unit: str
    about: str
    since: str
    until: str
    record: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A zero report and the records that speak against it: how many, and one of them."""

    zero: Zero
    records: int
    example: str


def covers(zeros: Iterable[Zero], since: str, until: str) -> bool:
    """Tell whether zero reports together cover every day of a stretch."""
    day = since
    for zero in sorted(zeros, key=lambda each: each.since):
        if zero.since <= day <= zero.until:
            day = _day_after(zero.until)
        if day > until:
            return True
    return False


def contradictions(
    zeros: Iterable[Zero], dated: Mapping[tuple[str, str], Sequence[tuple[str, str]]]
) -> list[Contradiction]:
    """Return the zero reports that records speak against.

    Args:
        zeros: The zero reports in force.
        dated: By unit and kind, day and id of each record in force; a day may be known to the
            month or the year alone, then its first day counts.
    """
    found: list[Contradiction] = []
    for zero in sorted(zeros):
        held = dated.get((zero.unit, zero.about), ())
        against = sorted(one for day, one in held if zero.since <= _first(day) <= zero.until)
        if against:
            found.append(Contradiction(zero, len(against), against[0]))
    return found


def _first(day: str) -> str:
    return (day + "-01-01"[len(day) - 4 :])[:10] if len(day) < len("YYYY-MM-DD") else day[:10]


def _day_after(day: str) -> str:
    if day >= date.max.isoformat():
        return day + "~"
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
