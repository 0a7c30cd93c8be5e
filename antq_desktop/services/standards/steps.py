"""What a unit has behind each step of its year, and what its sheet would have decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.fields import Value
from antq_desktop.domain.records.standards import CLASSIFICATION, SECURITY
from antq_desktop.domain.records.standards_results import RECOGNISED
from antq_desktop.domain.scoring.points import show_points
from antq_desktop.domain.scoring.sets import SetKind
from antq_desktop.services.standards.book import Book, Row, number, text
from antq_desktop.services.standards.scope import settled

if TYPE_CHECKING:
    from antq_desktop.services.standards.ground import Ground
    from antq_desktop.services.standards.looking import OpenSheet
    from antq_desktop.services.standards.sheets import Sheets

_MOST_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Held:
    """The records of one unit, year and standard; an id is empty where there is none.

    Attributes:
        unit: The unit.
        name: Its name.
        registration: Its registration.
        submission: Its file.
        sheet: Its sheet.
        result: Its recognition, or its classification.
        decision: The decision of that result.
        certificate: Its recognition where it is recognised: only then there is a certificate.
        filed: What its file says, by field.
    """

    unit: str
    name: str
    registration: str
    submission: str
    sheet: str
    result: str
    decision: str
    certificate: str
    filed: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the sheet of a unit would have decided, with those of what a province adds to its set.

    Attributes:
        unit: The unit.
        name: Its name.
        sheet: Its sheet; empty without one.
        met: Whether the sheet is complete and holds.
        usable: Whether its result may be decided upon.
        told: What it comes to, in words.
        reason: Why it does not hold, as it may be printed; empty where it does.
    """

    unit: str
    name: str
    sheet: str
    met: bool
    usable: bool
    told: str
    reason: str


def held_for(
    ground: Ground, sheets: Sheets, units: Iterable[str], year: int, standard: str
) -> dict[str, Held]:
    """Return what each unit has of a year and standard."""
    with ground.book() as book:
        looking = sheets.looking(book)
        found: dict[str, Held] = {}
        for unit in units:
            registered = book.for_unit("registration", unit, year, standard)
            if registered is None and standard == CLASSIFICATION:
                registered = book.for_unit("registration", unit, year, SECURITY)
            filed = book.for_unit("submission", unit, year, standard)
            keeper = book.keeper(unit)
            rows = looking.rows(year, standard, unit)
            sheet = min(rows, key=lambda row: (row.owner != keeper, row.id), default=None)
            result = _result(book, unit, year, standard)
            found[unit] = Held(
                unit=unit,
                name=book.name(unit),
                registration=registered.id if registered else "",
                submission=filed.id if filed else "",
                sheet=sheet.id if sheet else "",
                result=result.id if result else "",
                decision=text(result, "decision"),
                certificate=result.id if result and text(result, "result") == RECOGNISED else "",
                filed=filed.values if filed else {},
            )
    return found


def _result(book: Book, unit: str, year: int, standard: str) -> Row | None:
    if standard == CLASSIFICATION:
        rows = [r for r in book.where("classification", "unit", unit) if number(r, "year") == year]
        return settled(unit, rows)
    rows = [
        row
        for row in book.where("recognition", "unit", unit)
        if number(row, "year") == year and text(row, "standard") == standard
    ]
    return settled(unit, rows)


def proposed(
    ground: Ground, sheets: Sheets, units: Sequence[str], year: int, standard: str
) -> list[Proposed]:
    """Return what the sheets of units would have decided, in the order given."""
    with ground.book() as book:
        looking = sheets.looking(book)
        made = []
        for unit in units:
            held = looking.of_unit(unit, year, standard)
            name = book.name(unit)
            if held is None:
                made.append(Proposed(unit, name, "", False, False, "chưa có phiếu chấm", ""))
                continue
            every = [held, *looking.additions(held)]
            reason = ". ".join(why for one in every if not one.outcome.met for why in _reasons(one))
            made.append(
                Proposed(
                    unit=unit,
                    name=name,
                    sheet=held.id,
                    met=all(one.outcome.met for one in every),
                    usable=all(one.usable for one in every),
                    told="; ".join(told_of(one) for one in every),
                    reason=reason[:480],
                )
            )
    return made


def told_of(held: OpenSheet) -> str:
    """Say in few words what a sheet comes to."""
    outcome = held.outcome
    if not outcome.complete:
        left = sum(group.unanswered for group in outcome.groups)
        return f"còn {left} mục chưa chấm"
    if held.criteria.kind is SetKind.POINTS:
        grade = f", {outcome.grade.label}" if outcome.grade else ""
        return f"{show_points(outcome.points)} điểm{grade}"
    if outcome.grade:
        return outcome.grade.label
    return f"{outcome.met_items}/{outcome.applicable} mục đạt"


def _reasons(held: OpenSheet) -> Iterator[str]:
    missing = held.outcome.missing
    yield f"Chưa đạt {len(missing)} tiêu chí"
    for each in missing[:_MOST_NAMED]:
        group = next(g for g in held.criteria.groups if g.id == each.group)
        item = held.criteria.item(each.item)
        yield (item.article if item and item.article else group.title).strip(". ")
