"""What each standard judges, and by which sets: units, police forces, schemes, protection teams.

A scheme or a team has no registration, file or decision of its own in the cycle: it is scored, and
what its sheet comes to is noted in its own record (`services.standards.ratings`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.periods import Period, first_day
from antq_desktop.domain.records.standards import CLASSIFICATION, RATING, SECURITY
from antq_desktop.domain.scoring.sets import CriteriaSet
from antq_desktop.services.standards.book import POOLED, Book, Row, text
from antq_desktop.services.standards.scope import COMMUNE
from antq_desktop.services.standards.sets import CriteriaSets, standard_of

if TYPE_CHECKING:
    from antq_desktop.domain.codes import Codes

POLICE, SCHEME, TEAM, MEMBER = "commune_police", "scheme", "protection_team", "team_member"
RATED: Final = (SCHEME, TEAM)
BOUND: Final = (SECURITY, CLASSIFICATION)
LAST_OF_YEAR: Final = "12-31"
_LABELS: Final[Mapping[str, str]] = {
    POLICE: "Công an cấp xã",
    SCHEME: "Mô hình",
    TEAM: "Tổ bảo vệ ANTT",
    MEMBER: "Thành viên Tổ bảo vệ ANTT",
}
_ENDED: Final[Mapping[str, str]] = {SCHEME: "dissolved_on", TEAM: "ended_on"}


@dataclass(frozen=True, slots=True)
class Subject:
    """What is scored.

    Attributes:
        id: Its record.
        kind: What it is: a kind of unit, `scheme` or `protection_team`.
        name: Its name.
    """

    id: str
    kind: str
    name: str


def kinds_of(kind: str) -> tuple[str, ...]:
    """Return what sets may judge a subject of a kind: a commune also by its police force."""
    return (COMMUNE, POLICE) if kind == COMMUNE else (kind,)


def label_of(codes: Codes, kind: str) -> str:
    """Return what a kind of subject is called."""
    return _LABELS.get(kind) or (codes.label("unit_kind", kind) if kind else "")


def side_of(criteria: CriteriaSet) -> str:
    """Return what the first side of a sheet is called: a scheme or team does not score itself."""
    return "Chấm" if set(criteria.unit_kinds) <= {SCHEME, TEAM, MEMBER} else "Tự chấm"


def sets_of_year(sets: CriteriaSets, book: Book, standard: str, year: int) -> list[CriteriaSet]:
    """Return the sets of a standard at the end of a year: the unit's own first, additions last.

    A copy that the unit made takes the place of the set that it was made from.
    """
    day, own = f"{year:04}-{LAST_OF_YEAR}", sets.own(book)
    every = {**sets.shipped, **own}
    found = [each for each in every.values()
             if standard_of(each) == standard and each.in_force(day)]  # fmt: skip
    replaced = {made_from(each) for each in found}
    found = [each for each in found if each.code not in replaced]
    return sorted(found, key=lambda each: (bool(each.adds_to), each.code not in own, each.code))


def made_from(criteria: CriteriaSet) -> str:
    """Return the code of the set of which a set is a copy; empty for one that is none."""
    return criteria.provenance.adapted_from.partition(":")[0]


def subjects_of(book: Book, kinds: Iterable[str], year: Period) -> Iterator[Subject]:
    """Yield what this unit scores itself of some kinds, in the order of kinds and names."""
    wanted = set(kinds)
    if COMMUNE in wanted or POLICE in wanted:
        wanted.add(COMMUNE)
    units = [row for row in book.units.values()
             if text(row, "unit_kind") in wanted and _scored_here(book, row)]  # fmt: skip
    for kind in (COMMUNE, *POOLED):
        named = (row.id for row in units if text(row, "unit_kind") == kind)
        yield from (Subject(one, kind, book.name(one)) for one in book.by_name(named))
    for kind in RATED:
        if kind in wanted:
            rows = (row.id for row in book.all(kind) if row.owner == book.own
                    and _stood(row, kind, year))  # fmt: skip
            yield from (Subject(one, kind, book.name(one)) for one in book.by_name(rows))


def _scored_here(book: Book, row: Row) -> bool:
    if row.id in book.below or text(row, "valid_to"):
        return False
    if text(row, "unit_kind") == COMMUNE:
        return row.id == book.own and book.level == COMMUNE
    return row.owner == book.own


def _stood(row: Row, kind: str, year: Period) -> bool:
    begun, ended = first_day(text(row, "founded_on")), first_day(text(row, _ENDED[kind]))
    return begun <= year.until and (not ended or ended >= year.since)


__all__ = [
    "BOUND", "LAST_OF_YEAR", "MEMBER", "POLICE", "RATED", "RATING", "SCHEME", "TEAM", "Subject",
    "kinds_of", "label_of", "made_from", "sets_of_year", "subjects_of",
]  # fmt: skip
