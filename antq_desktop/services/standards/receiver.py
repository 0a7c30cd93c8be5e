"""What a unit above sees: matrix of units and years, who is late or missing, what disagrees.

A disagreement is told with both lists and printed with the report; nothing is ever repaired here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.records.standards import CLASSIFICATION, SECURITY
from antq_desktop.services.standards.board import DECISION, FILE, REGISTRATION, Boards
from antq_desktop.services.standards.book import POOLED, Book, text
from antq_desktop.services.standards.ground import Ground
from antq_desktop.services.standards.scope import COMMUNE
from antq_desktop.services.standards.sheets import Sheets
from antq_desktop.services.standards.standings import (
    grades_of,
    recognised_in,
    registered_in,
)

REGISTERED, SHEET, RECOGNISED, GRADE = "registered", "sheet", "recognised", "grade"


@dataclass(frozen=True, slots=True)
class YearCell:
    """What a year says of one unit.

    Attributes:
        registered: Whether it registered.
        recognised: Whether it is recognised.
        grade: Id of its grade; empty without one.
        sheets: How many sheets of it are held here.
    """

    registered: bool
    recognised: bool
    grade: str
    sheets: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Units by years.

    Attributes:
        years: The years, the latest first.
        rows: Unit, its name, and its cell of each year.
    """

    years: tuple[int, ...]
    rows: tuple[tuple[str, str, Mapping[int, YearCell]], ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A unit of which something is still to come.

    Attributes:
        unit: The unit.
        name: Its name.
        lacks: Of `registered`, `sheet`, `recognised`, `grade` what is not held here.
        late: Of these, the day by which each was due that has passed.
    """

    unit: str
    name: str
    lacks: tuple[str, ...]
    late: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two lists of one year that contradict each other.

    Attributes:
        code: `classified_not_registered`, `recognised_not_registered`, `registered_not_classified`,
            `two_results`.
        message: The sentence that is shown and printed.
        kind: Kind of unit; empty where it is about one unit.
        first: Names in the first list: those that are classified, recognised …
        second: Names in the second list.
    """

    code: str
    message: str
    kind: str
    first: tuple[str, ...]
    second: tuple[str, ...]


_PAIRS: Final = (
    ("classified_not_registered", "phân loại", "đăng ký"),
    ("recognised_not_registered", "công nhận", "đăng ký"),
    ("registered_not_classified", "đăng ký", "phân loại"),
)


class Receiving:
    """Looks over the units below, or over the units of a commune."""

    def __init__(self, ground: Ground, sheets: Sheets, boards: Boards) -> None:
        self._ground = ground
        self._sheets = sheets
        self._boards = boards

    def matrix(self, last: int, years: int = 5) -> Matrix:
        """Return units by years, the last so many up to one."""
        span = tuple(range(last, last - years, -1))
        with self._ground.book() as book:
            facts = {year: _facts(book, year) for year in span}
            rows = tuple(
                (unit, book.name(unit), {year: _cell(facts[year], unit) for year in span})
                for unit in _in_order(book)
            )
        return Matrix(span, rows)

    def missing(self, year: int, day: str = "") -> tuple[Missing, ...]:
        """Return the units of which something is not held here, and what of it is late on a day."""
        day = day or self._ground.today()
        due = self._due(year)
        with self._ground.book() as book:
            facts = _facts(book, year)
            found = []
            for unit in _in_order(book):
                cell = _cell(facts, unit)
                has = {
                    REGISTERED: cell.registered,
                    SHEET: cell.sheets > 0,
                    RECOGNISED: cell.recognised,
                    GRADE: bool(cell.grade),
                }
                lacks = tuple(name for name, there in has.items() if not there)
                days = due.get(book.kind_of(unit), {})
                late = {name: days[name] for name in lacks if days.get(name, day) < day}
                if lacks:
                    found.append(Missing(unit, book.name(unit), lacks, late))
        return tuple(found)

    def _due(self, year: int) -> dict[str, dict[str, str]]:
        """Return by kind of unit the day by which each thing is to be there."""
        found = {}
        for kind in (COMMUNE, *POOLED):
            judged = self._boards.calendar(kind, year)
            graded = self._boards.calendar(kind, year, CLASSIFICATION)
            found[kind] = {
                REGISTERED: judged.due(REGISTRATION),
                SHEET: judged.due(FILE),
                RECOGNISED: judged.due(DECISION),
                GRADE: graded.due(DECISION),
            }
        return found

    def disagreements(self, year: int) -> tuple[Disagreement, ...]:
        """Return what contradicts itself in a year, by kind of unit, with both lists."""
        with self._ground.book() as book:
            return tuple(_disagreements(book, self._ground, year))

    def to_appraise(self, year: int) -> tuple[tuple[str, str, str], ...]:
        """Return the sheets of other units that nobody here appraised: id, name of unit, set."""
        with self._ground.book() as book:
            done = {text(row, "score_sheet") for row in book.all("appraisal_line")
                    if row.owner == book.own}  # fmt: skip
            rows = [
                row
                for row in book.where("score_sheet", "year", year)
                if row.owner != book.own and row.id not in done and text(row, "state") != "drafting"
            ]
            return tuple(
                (row.id, book.name(text(row, "subject")), text(row, "set_title")) for row in rows
            )


@dataclass(frozen=True, slots=True)
class _Facts:
    registered: set[str]
    recognised: set[str]
    grades: Mapping[str, str]
    sheets: Mapping[str, int]


def _facts(book: Book, year: int) -> _Facts:
    sheets: dict[str, int] = {}
    for row in book.where("score_sheet", "year", year):
        subject = text(row, "subject")
        sheets[subject] = sheets.get(subject, 0) + 1
    grades = {unit: text(row, "grade") for unit, row in grades_of(book, year).items()}
    return _Facts(registered_in(book, year), recognised_in(book, year), grades, sheets)


def _cell(facts: _Facts, unit: str) -> YearCell:
    return YearCell(
        registered=unit in facts.registered,
        recognised=unit in facts.recognised,
        grade=facts.grades.get(unit, ""),
        sheets=facts.sheets.get(unit, 0),
    )


def _in_order(book: Book) -> list[str]:
    """Return what is watched as the board has it: communes first, then by kind and name."""
    kinds = (COMMUNE, *POOLED)
    named = book.by_name(_watched(book))
    return sorted(named, key=lambda unit: kinds.index(book.kind_of(unit)))


def _watched(book: Book) -> list[str]:
    """A receiver watches the communes below and its own units; a commune its units and itself."""
    own = [
        row.id for row in book.units.values()
        if row.owner == book.own and text(row, "unit_kind") in POOLED
    ]  # fmt: skip
    below = [unit for unit in book.below if book.kind_of(unit) == COMMUNE]
    return [*below, *own] if book.level != COMMUNE else [book.own, *own]


def _disagreements(book: Book, ground: Ground, year: int) -> Iterator[Disagreement]:
    facts = _facts(book, year)
    for kind in (COMMUNE, *POOLED):
        of_kind = {row.id for row in book.units.values() if text(row, "unit_kind") == kind}
        registered, recognised = facts.registered & of_kind, facts.recognised & of_kind
        classified = facts.grades.keys() & of_kind
        label = ground.codes.label("unit_kind", kind)
        sides = {
            "classified_not_registered": (classified, registered),
            "recognised_not_registered": (recognised, registered),
            "registered_not_classified": (registered, classified or registered),
        }
        for code, more, fewer in _PAIRS:
            first, second = sides[code]
            extra = first - second
            if extra:
                message = (
                    f"{label}: {len(first)} đơn vị {more}, {len(second)} đơn vị {fewer}; "
                    f"{len(extra)} đơn vị có {more} mà không có {fewer}."
                )
                names = tuple(book.name(unit) for unit in book.by_name(first))
                others = tuple(book.name(unit) for unit in book.by_name(second))
                yield Disagreement(code, message, kind, names, others)
    yield from _two_results(book, ground, year)


def _two_results(book: Book, ground: Ground, year: int) -> Iterator[Disagreement]:
    """Tell of units about which two records of a year say different things."""
    for kind, field, codes, standard in (
        ("classification", "grade", "movement_grade", CLASSIFICATION),
        ("recognition", "result", "recognition_result", SECURITY),
    ):
        said: dict[str, dict[str, str]] = {}
        for row in book.of_year(kind, year, standard if kind == "recognition" else ""):
            author, value = book.name(row.owner), text(row, field)
            if value and value != "expected":
                said.setdefault(text(row, "unit"), {})[value] = author
        for unit in book.by_name(said):
            if len(said[unit]) > 1:
                told = [
                    f"{ground.codes.label(codes, value)} ({author})"
                    for value, author in sorted(said[unit].items())
                ]
                message = f"{book.name(unit)}: các đơn vị ghi khác nhau: {'; '.join(told)}."
                yield Disagreement("two_results", message, "", tuple(told[:1]), tuple(told[1:]))
