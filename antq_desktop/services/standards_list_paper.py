"""Papers of the classification of a year: scores, proposed grades, and what is voted on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.comparing import percent
from antq_desktop.domain.composing import Rows
from antq_desktop.domain.records.standards import CLASSIFICATION, SECURITY
from antq_desktop.domain.scoring.points import show_points
from antq_desktop.domain.shown import paper_count
from antq_desktop.services.paper_asked import Filled

if TYPE_CHECKING:
    from antq_desktop.domain.codes import Codes
    from antq_desktop.domain.scoring.outcome import Outcome
    from antq_desktop.services.standards.book import Book
    from antq_desktop.services.standards.desk import Standards
    from antq_desktop.services.standards.looking import OpenSheet

_NOT_SETTLED: Final = "Chưa chấm đủ"


@dataclass(frozen=True, slots=True)
class _Scored:
    """A unit with what it gave itself and what is proposed for it."""

    name: str
    kind: str
    held: OpenSheet

    @property
    def appraised(self) -> bool:
        return bool(self.held.stored.appraisers)

    @property
    def grade(self) -> str:
        return _grade(self.held.outcome)

    def cells(self) -> tuple[str, ...]:
        """Return the row of the list; the appraisal stands in its own columns."""
        held = self.held
        own = (_points(held.own), _grade(held.own))
        proposed = (_points(held.outcome) if self.appraised else "", self.grade)
        caps = "; ".join(cap.label for cap in held.outcome.caps)
        return (self.name, self.kind, *own, *proposed, caps)


def list_filled(standards: Standards, codes: Codes, year: int) -> Filled:
    """Fill the list of scores and proposed grades of a year."""
    with standards.ground.book() as book:
        scored = list(_scored(standards, codes, book, year))
    rows: Rows = [each.cells() for each in scored]
    return Filled({"year": str(year), "told": _told(scored)}, {"units": rows})


def submission_filled(standards: Standards, codes: Codes, year: int) -> Filled:
    """Fill the submission that proposes the grades of a year."""
    with standards.ground.book() as book:
        scored = list(_scored(standards, codes, book, year))
    settled = Counter(each.grade for each in scored if _settled(each.held.outcome))
    whole = settled.total()
    labels = [value.label for value in codes["movement_grade"].values]
    known = [*labels, *sorted(settled.keys() - set(labels))] if whole else []
    rows: Rows = [
        (label, paper_count(settled[label]), _share(settled[label], whole)) for label in known
    ]
    tokens = {
        "year": str(year),
        "told": _told(scored),
        "all": paper_count(whole),
        "all_share": _share(whole, whole),
    }
    return Filled(tokens, {"grades": rows})


def voted_rows(standards: Standards, codes: Codes, book: Book, year: int) -> Rows:
    """Return what the members of the committee are asked about: each unit with what is proposed."""
    looking = standards.sheets.looking(book)
    told: list[tuple[str, str]] = []
    for standard in (SECURITY, CLASSIFICATION):
        label = codes.label("standard", standard)
        for row in looking.rows(year, standard):
            held = looking.open(row.id)
            verdict = _grade(held.outcome) if held.outcome.grade else _met(held.outcome)
            told.append((held.stored.sheet.unit, f"{label}: {verdict.lower()}"))
    place = {unit: at for at, unit in enumerate(book.by_name({unit for unit, _ in told}))}
    told.sort(key=lambda each: place[each[0]])
    return [(book.name(unit), what, "", "", "") for unit, what in told]


def _scored(standards: Standards, codes: Codes, book: Book, year: int) -> Iterator[_Scored]:
    looking = standards.sheets.looking(book)
    held = [looking.open(row.id) for row in looking.rows(year, CLASSIFICATION)]
    by_unit = {each.stored.sheet.unit: each for each in held}
    for unit in book.by_name(by_unit):
        kind = book.kind_of(unit)
        label = codes.label("unit_kind", kind) if kind else ""
        yield _Scored(book.name(unit), label, by_unit[unit])


def _told(scored: list[_Scored]) -> str:
    open_ones = sum(not _settled(each.held.outcome) for each in scored)
    told = f"Có {paper_count(len(scored))} đơn vị chấm điểm"
    appraised = sum(each.appraised for each in scored)
    told += f", trong đó {paper_count(appraised)} đơn vị đã thẩm định"
    return f"{told}; {paper_count(open_ones)} đơn vị chưa chấm đủ." if open_ones else f"{told}."


def _grade(outcome: Outcome) -> str:
    return outcome.grade.label if outcome.grade and _settled(outcome) else _NOT_SETTLED


def _settled(outcome: Outcome) -> bool:
    return outcome.complete and outcome.grade is not None


def _points(outcome: Outcome) -> str:
    return show_points(outcome.points)


def _met(outcome: Outcome) -> str:
    if not outcome.complete:
        return _NOT_SETTLED
    return "Đạt" if outcome.met else "Chưa đạt"


def _share(part: int, whole: int) -> str:
    return percent((2000 * part // whole + 1) // 2) if whole else ""
