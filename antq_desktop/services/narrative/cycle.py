"""The yearly cycle in numbers: of each kind of unit how many registered and how they came out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.narrative.facts import GRADES, Spread
from antq_desktop.domain.periods import first_day
from antq_desktop.domain.records.standards import EXEMPLARY, MODEL_POLICE
from antq_desktop.services.issuers import lowered
from antq_desktop.services.standards.book import Book, Row, text
from antq_desktop.services.standards.scope import settled
from antq_desktop.services.standards.standings import (
    by_unit,
    grades_of,
    recognised_in,
    registered_in,
)

NOUNS: Final = {
    "commune": "xã, phường",
    "town": "thị trấn",
    "neighbourhood": "khu dân cư",
    "agency": "cơ quan",
    "upper_school": "trường trung học phổ thông, giáo dục thường xuyên",
    "enterprise": "doanh nghiệp",
    "lower_school": "trường trung học cơ sở",
}
_UPPER: Final = frozenset({"upper_secondary", "continuing", "vocational", "college", "university"})
_FIRST: Final = 10_000  # one commune counts before all units of communes
_EXEMPLARY: Final = {
    EXEMPLARY: "{name} đạt {met}/{whole} tiêu chí xã điển hình về phong trào",
    MODEL_POLICE: "Công an {lowered} đạt {met}/{whole} tiêu chí điển hình, kiểu mẫu",
}


Among = frozenset[str] | None
"""Only these units; None for all."""


def spreads(book: Book, year: int, among: Among = None) -> tuple[Spread, ...]:
    """Return the counts of each kind of unit in a year; kinds without units are left out."""
    grades, registered = grades_of(book, year), registered_in(book, year)
    recognised = recognised_in(book, year)
    of_kind: dict[str, set[str]] = {}
    for row in book.units.values():
        if _stood(row, year) and (among is None or row.id in among):
            of_kind.setdefault(_key_of(row), set()).add(row.id)
    found = []
    for key, noun in NOUNS.items():
        units = of_kind.get(key, set())
        if units:
            counted = Counter(text(grades[unit], "grade") for unit in units & grades.keys())
            found.append(
                Spread(
                    key=key,
                    noun=_communes(book, units) if key == "commune" else noun,
                    units=len(units),
                    registered=len(units & registered),
                    recognised=len(units & recognised),
                    grades={grade: counted[grade] for grade in GRADES if counted[grade]},
                )
            )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Judged:
    """One unit in the yearly cycle.

    Attributes:
        key: Which of the kinds of `NOUNS` it is.
        unit: Its id.
        name: Its name.
        registered: Whether it registered for the standard.
        recognised: Whether it is recognised.
        grade: How the movement in it was graded; empty for not yet.
        decision: Number of the decision that graded it.
    """

    key: str
    unit: str
    name: str
    registered: bool
    recognised: bool
    grade: str
    decision: str


def judged(book: Book, year: int, among: Among = None) -> Iterator[Judged]:
    """Yield every unit that `spreads` counts, kind by kind and by name."""
    grades, registered = grades_of(book, year), registered_in(book, year)
    recognised = recognised_in(book, year)
    of_kind: dict[str, list[str]] = {}
    for row in book.units.values():
        if _stood(row, year) and (among is None or row.id in among):
            of_kind.setdefault(_key_of(row), []).append(row.id)
    for key in NOUNS:
        for unit in book.by_name(of_kind.get(key, ())):
            held = grades.get(unit)
            yield Judged(
                key, unit, book.name(unit), unit in registered, unit in recognised,
                text(held, "grade") if held is not None else "",
                text(held, "decision_number") if held is not None else "",
            )  # fmt: skip


def _communes(book: Book, units: set[str]) -> str:
    """Return what communes are called in a sentence: `xã`, `phường`, or both."""
    kinds = {book.name(unit).split(" ", maxsplit=1)[0].lower() for unit in units}
    return ", ".join(kind for kind in ("xã", "phường") if kind in kinds) or NOUNS["commune"]


def numbers_of(held: tuple[Spread, ...]) -> dict[str, int]:
    """Return the counts by the codes that rules between figures know."""
    found: dict[str, int] = {}
    for each in held:
        found[f"units_{each.key}"] = each.units
        if each.registered:
            found[f"registered_{each.key}"] = each.registered
        if each.recognised:
            found[f"recognised_{each.key}"] = each.recognised
        if each.classified:
            found |= {f"{each.key}_{grade}": each.grades.get(grade, 0) for grade in GRADES}
    return found


def exemplary(book: Book, year: int, names: dict[str, str], among: Among = None) -> Iterator[str]:
    """Yield what is said of each unit held to the standards of exemplary ones."""
    for standard, words in _EXEMPLARY.items():
        rows = by_unit(book.of_year("recognition", year, standard))
        for unit in book.by_name(rows):
            if among is not None and unit not in among:
                continue
            row = settled(unit, rows[unit])
            met, whole = (row.values.get(name) for name in ("met", "whole")) if row else (None,) * 2
            if isinstance(met, int) and isinstance(whole, int):
                name = book.name(unit)
                yield words.format(
                    name=names.get(unit, name),
                    lowered=names.get(unit, name),
                    met=met,
                    whole=whole,
                )


def decisions(book: Book, year: int) -> list[str]:
    """Return the decision by which units were classified: of communes, else of most units."""
    held: Counter[str] = Counter()
    for row in book.of_year("classification", year):
        number = text(row, "decision_number")
        weight = _FIRST if book.kind_of(text(row, "unit")) == "commune" else 1
        held[number] += weight if number else 0
    return [f"Quyết định số {number}" for number, count in held.most_common(1) if count]


def behind(book: Book, year: int, among: Among = None) -> list[str]:
    """Return the names of units rated Trung bình or Yếu."""
    grades = grades_of(book, year)
    low = [
        unit for unit, row in grades.items()
        if text(row, "grade") in {"average", "poor"} and (among is None or unit in among)
    ]  # fmt: skip
    return [lowered(book.name(unit)) for unit in book.by_name(low)]


def _stood(row: Row, year: int) -> bool:
    begins, ends = first_day(text(row, "valid_from")), text(row, "valid_to")
    return begins <= f"{year:04}-12-31" and (not ends or first_day(ends) >= f"{year:04}-01-01")


def _key_of(row: Row) -> str:
    kind = text(row, "unit_kind")
    if kind == "commune":
        name = text(row, "name")
        town = text(row, "commune_kind") == "thi_tran" or name.startswith("Thị trấn")
        return "town" if town else kind
    if kind == "school":
        level = text(row, "school_level")
        return "lower_school" if level == "lower_secondary" else (
            "upper_school" if level in _UPPER else "")  # fmt: skip
    return kind
