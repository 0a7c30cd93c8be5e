"""What a report is written from: figures with those of earlier periods, counts of units, names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

GRADES: Final = ("excellent", "good", "average", "poor")
GRADE_WORDS: Final = {
    "excellent": "xuất sắc",
    "good": "khá",
    "average": "trung bình",
    "poor": "yếu",
}


@dataclass(frozen=True, slots=True)
class Number:
    """One figure.

    Attributes:
        value: The figure; None where neither records nor a report say anything of its subject.
        before: The same period of the year before; None where nothing is known of it.
        unit: What is counted.
        label: What stands in the table of figures.
    """

    value: int | None
    before: int | None
    unit: str
    label: str


@dataclass(frozen=True, slots=True)
class Spread:
    """The units of one kind in the yearly cycle.

    Attributes:
        key: Stable name: `commune`, `town`, `neighbourhood`, `agency`, `enterprise`,
            `upper_school`, `lower_school`.
        noun: What a unit of it is called in a sentence, `khu dân cư`.
        units: Units there are.
        registered: Units that registered for the standard.
        recognised: Units that are recognised.
        grades: Units by grade.
    """

    key: str
    noun: str
    units: int
    registered: int
    recognised: int
    grades: Mapping[str, int] = field(default_factory=dict)

    @property
    def classified(self) -> int:
        """How many have a grade."""
        return sum(self.grades.values())


@dataclass(frozen=True, slots=True)
class Span:
    """How a period is named in sentences: `năm 2022`, `cùng kỳ năm 2021`, `năm 2023`."""

    now: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a report says.

    Attributes:
        place: The unit inside a sentence, `huyện Tứ Kỳ`.
        span: How its periods are named.
        numbers: The figures, by code of their measure.
        spreads: The yearly cycle, kind by kind; none for periods that end within a year.
        names: Lists of names and titles, by what they are: `documents`, `events` …
        communes: Communes below; 0 where this is one itself.
        campaign: Name of the campaign that the period is; may be empty.
        whole_year: Whether the yearly cycle of standards belongs into the report.
    """

    place: str
    span: Span
    numbers: Mapping[str, Number]
    spreads: Sequence[Spread] = ()
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    communes: int = 0
    campaign: str = ""
    whole_year: bool = True

    def spread(self, key: str) -> Spread | None:
        """Return the counts of one kind of unit; None where there is none of it."""
        return next((each for each in self.spreads if each.key == key), None)
