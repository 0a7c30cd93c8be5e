"""One sheet as the gathering of its inputs sees it: the unit, the days, the look at the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from antq_desktop.domain.canonical import Json
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.periods import Period
from antq_desktop.domain.records.standards import SECURITY
from antq_desktop.domain.scoring.checks import Inputs
from antq_desktop.domain.scoring.sets import CriteriaSet, Item
from antq_desktop.services.standards.book import Book, Row, number

MOST_ROWS: Final = 120
Evidence = Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Case:
    """One sheet as the gathering sees it.

    Attributes:
        book: The look at the store.
        codes: The code lists.
        criteria: The set.
        subject: Id of what is judged.
        unit: The unit it is or belongs to.
        year: The year.
        standard: The standard that is registered for.
        window: The days that are judged.
        before: The same days of the year before.
        day: The day of looking: nothing dated later is seen.
        evidence: By item: kind and id of the records behind it.
        promised: Tells of a unit without a decision whether it is expected to be recognised.
    """

    book: Book
    codes: Codes
    criteria: CriteriaSet
    subject: str
    unit: str
    year: int
    standard: str
    window: Period
    before: Period
    day: str
    evidence: Evidence = field(default_factory=dict)
    promised: Callable[[str], bool] = lambda _unit: False

    @property
    def until(self) -> str:
        """The last day that is seen of the window."""
        return min(self.window.until, self.day)

    @property
    def until_before(self) -> str:
        """The last day that is seen of the year before, as far into it as this year is seen."""
        if self.until == self.window.until:
            return self.before.until
        same = f"{int(self.until[:4]) - 1:04}{self.until[4:]}"
        return min(self.before.until, same.replace("-02-29", "-02-28"))

    @property
    def own_row(self) -> Row | None:
        """The yearly figures of the unit."""
        return self.book.for_unit("unit_year", self.unit, self.year)

    @property
    def registration(self) -> Row | None:
        """Its registration; a classification rests on that for the security standard."""
        found = self.book.for_unit("registration", self.unit, self.year, self.standard)
        return found or self.book.for_unit("registration", self.unit, self.year, SECURITY)


Gather = Callable[[Case, Item], Inputs]


def least_first(rows: Sequence[dict[str, Json]]) -> list[dict[str, Json]]:
    """Return rows as a sheet keeps them: at most so many, the ones that decide in front."""
    return list(rows[:MOST_ROWS])


def day_or_none(day: str) -> Json:
    """Return a day as a check takes it; an empty one is not known."""
    return day or None


def same_unit_row(case: Case, *names: str) -> dict[str, Json]:
    """Return some counts of the yearly figures of the unit."""
    return {name: number(case.own_row, name) for name in names}
