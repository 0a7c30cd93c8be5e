"""Gathers the facts of one report out of a store, in one look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.codes import Codes
from antq_desktop.domain.figures import MEASURES
from antq_desktop.domain.figures.registers import WORKING
from antq_desktop.domain.narrative.facts import Facts, Number
from antq_desktop.domain.narrative.subjects import WHOLE, Scope, measures_of_subject
from antq_desktop.domain.periods import Period, first_day
from antq_desktop.domain.reconciling import LAST, bm1_code
from antq_desktop.domain.shown import paper_date
from antq_desktop.domain.text import sort_key
from antq_desktop.services.force_paper import MEMBERS, ForceCounter
from antq_desktop.services.issuers import lowered
from antq_desktop.services.narrative import cycle
from antq_desktop.services.narrative.cycle import Judged
from antq_desktop.services.narrative.naming import is_of_years, span_of
from antq_desktop.services.profiles import tree_of
from antq_desktop.services.reports import Figure, Report, Reports
from antq_desktop.services.standards.book import Book, Row, text, within
from antq_desktop.storage.columns import any_in_force
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader

_OF_FORCES: Final = frozenset({"", "forces"})
_OF_THE_CYCLE: Final = frozenset({"", "standards"})
_YEAR: Final = 4  # letters of the name of a calendar year
_NAMED: Final = frozenset({"directive", "resolution", "plan", "decision", "programme", "circular"})


@dataclass(frozen=True, slots=True)
class Gathered:
    """The facts of a report, the figures behind them, and what rules compare.

    Attributes:
        facts: What is written from.
        report: The figures of the period.
        before: Those of the same period a year earlier.
        last: Those of the period just before.
        numbers: Figures by code, those of the period before with `last:` in front.
        judged: Each unit in the yearly cycle; none for periods that end within a year.
    """

    facts: Facts
    report: Report
    before: Report
    last: Report
    numbers: Mapping[str, int | None]
    judged: tuple[Judged, ...] = ()


class _About:
    """The unit that a report is about, what is below it, and whose records speak of it."""

    def __init__(self, book: Book, unit: str) -> None:
        self.book = book
        self.unit = unit or book.own
        self.one = bool(unit) and unit != book.own
        self.below = frozenset[str]() if self.one else book.below

    @cached_property
    def units(self) -> frozenset[str] | None:
        """The unit and those below it; None for all that the store knows."""
        if not self.one:
            return None
        found = {self.unit}
        for row in self.book.units.values():
            if self.unit in {row.owner, text(row, "parent")}:
                found.add(row.id)
        return frozenset(found)

    def all(self, kind: str) -> Sequence[Row]:
        """Return the records of a kind that speak of it."""
        rows = self.book.all(kind)
        return [row for row in rows if row.owner == self.unit] if self.one else rows

    def holds(self, unit: str) -> bool:
        """Tell whether a unit is it, or below it."""
        return self.units is None or unit in self.units


class Gathering:
    """Reads what a report is written from."""

    def __init__(
        self, store: Store, codes: Codes, reports: Reports, named: Callable[[str], Period]
    ) -> None:
        self._store = store
        self._codes = codes
        self._reports = reports
        self._named = named

    def of(self, period: Period, scope: Scope = WHOLE) -> Gathered:
        """Return the facts of a period: of all units, or of one.

        Raises:
            UserError: `unknown_unit`, `unknown_subject`.
        """
        reports, unit = self._reports, scope.unit
        report = reports.of_unit(period, unit=unit)
        earlier = reports.one_before(period)
        year_before = earlier if is_of_years(period) else reports.year_before(period)
        before = reports.of_unit(year_before, unit=unit)
        last = before if earlier == year_before else reports.of_unit(earlier, unit=unit)
        year = int(period.until[:4])
        with self._store.reading() as reader:
            book = Book(reader)
            about = _About(book, scope.unit)
            kinds = {measure.kind for measure in MEASURES}
            kept = frozenset(kind for kind in kinds if self._has(reader, kind))
            whole = len(period.name.rpartition(":")[2]) == _YEAR
            spreads = cycle.spreads(book, year, about.units) if whole else ()
            judged = tuple(cycle.judged(book, year, about.units)) if whole else ()
            names = {name: tuple(held) for name, held in self._names(about, period, report)}
            if whole:
                names |= self._of_year(about, year)
            form = self._form(reader, about, period) if scope.subject in _OF_FORCES else {}
            place = lowered(book.name(about.unit))
            communes = sum(1 for unit in about.below if book.kind_of(unit) == "commune")
        campaign = next(iter(names.pop("campaign", ())), "")
        numbers = {
            figure.measure.code: _number(figure, other, kept)
            for figure, other in zip(report.figures, before.figures, strict=True)
        }
        facts = Facts(
            place=place,
            span=span_of(period, self._named, campaign),
            numbers=numbers,
            spreads=spreads,
            names=names,
            communes=communes,
            campaign=campaign,
            whole_year=whole,
        )
        wanted = {measure.code for measure in measures_of_subject(scope.subject)}
        compared = {code: number.value for code, number in numbers.items() if code in wanted}
        compared |= form
        if scope.subject in _OF_THE_CYCLE:
            compared |= cycle.numbers_of(spreads)
        compared |= {
            f"{LAST}{figure.measure.code}": figure.counted.value
            for figure in last.figures
            if figure.measure.code in wanted
        }
        told = [_narrowed(each, wanted) for each in (report, before, last)]
        return Gathered(facts, told[0], told[1], told[2], compared, judged)

    def _has(self, reader: Reader, kind: str) -> bool:
        return kind in self._store.specs and any_in_force(reader.connection, kind)

    def _form(self, reader: Reader, about: _About, period: Period) -> dict[str, int]:
        """Return the columns of BIỂU MẪU 01 by the codes that rules know; none without members."""
        said = {
            unit: max(held)
            for unit, held in self._reports.openings(
                MEMBERS, self._reports.one_before(period)
            ).items()
            if not any(each.closed for each in held)
        }
        counter = ForceCounter(self._store, reader)
        below = {} if about.one else {each.id: each.name for each in tree_of(self._store)}
        paper = (
            counter.by_unit(period, below, said)
            if below
            else counter.by_team(period, about.unit, said.get(about.unit))
        )
        cells = paper.whole.cells
        return {bm1_code(at): value for at, value in enumerate(cells, 1)} if any(cells) else {}

    def _names(
        self, about: _About, period: Period, report: Report
    ) -> Iterator[tuple[str, Iterable[str]]]:
        book = about.book
        yield "documents", self._documents(about, period)
        yield "events", _titles(about, "public_event", "began_on", period)
        yield "proposals", _titles(about, "proposal", "sent_on", period)
        yield "programmes", (
            text(row, "title") for row in about.all("programme")
            if first_day(text(row, "signed_on")) <= period.until
            and not period.is_over_by(text(row, "ended_on"))
            and (text(row, "ended_on") or period.until) >= period.since
        )  # fmt: skip
        yield "recognised", _recognised(self._store, about, period)
        yield "idle", _idle(about, period)
        if not about.one:
            yield "silent", (unit.name for unit in report.silent if not unit.own)
        yield "campaign", (
            text(row, "title") for row in book.all("campaign")
            if (text(row, "began_on"), text(row, "ended_on")) == (period.since, period.until)
        )  # fmt: skip

    def _documents(self, about: _About, period: Period) -> Iterator[str]:
        with self._store.reading() as reader:
            held = [
                (first_day(text(row, "dated")), number, record.values())
                for row in within(about.all("document"), "dated", period.since, period.until)
                if (number := text(row, "number"))
                and (record := reader.record("document", row.id)) is not None
                and record.values().get("document_kind") in _NAMED
            ]
        for day, number, values in sorted(held, key=lambda each: each[:2]):
            kind = self._codes.label("document_kind", str(values["document_kind"]))
            yield f"{kind} số {number} ngày {paper_date(day)}"

    def _of_year(self, about: _About, year: int) -> dict[str, tuple[str, ...]]:
        book = about.book
        names = {unit: lowered(text(row, "name")) for unit, row in book.units.items()}
        rural = [
            row for row in book.of_year("rural_standard", year)
            if row.values.get("met") is True and about.holds(text(row, "unit"))
        ]  # fmt: skip
        advanced = [text(row, "unit") for row in rural if text(row, "level") == "advanced"]
        communes = tuple(
            unit for unit in about.below
            if book.kind_of(unit) == "commune" and names.get(unit, "").lower().startswith("xã ")
        )  # fmt: skip
        return {
            "exemplary": tuple(cycle.exemplary(book, year, names, about.units)),
            "classification_decisions": tuple(cycle.decisions(book, year)),
            "behind": tuple(cycle.behind(book, year, about.units)),
            "rural_advanced": tuple(names.get(unit, unit) for unit in book.by_name(advanced)),
            "rural_units": communes,
        }


def _narrowed(report: Report, wanted: AbstractSet[str]) -> Report:
    """Return a report with the figures of its subject alone."""
    figures = tuple(each for each in report.figures if each.measure.code in wanted)
    return report if len(figures) == len(report.figures) else replace(report, figures=figures)


def _number(figure: Figure, other: Figure, kept: frozenset[str]) -> Number:
    value, before = figure.counted.value, other.counted.value
    if value is None and figure.measure.kind in kept:
        value = 0  # the register is kept and nothing of it lies in the period
    return Number(value, before, figure.measure.unit, figure.measure.label)


def _titles(about: _About, kind: str, day: str, period: Period) -> Iterator[str]:
    rows = within(about.all(kind), day, period.since, period.until)
    for row in sorted(rows, key=lambda each: (text(each, day), each.id)):
        yield text(row, "title")


def _recognised(store: Store, about: _About, period: Period) -> Iterator[str]:
    book = about.book
    ids = [row.id for row in about.all("scheme") if text(row, "state") in WORKING]
    with store.reading() as reader:
        held = reader.shown("scheme", ids)
    for shown in held.values():
        values = shown.values
        if period.holds(str(values.get("recognised_on") or "")):
            number = values.get("recognised_document")
            by = f" (văn bản số {number})" if number else ""
            place = f", {lowered(book.name(shown.owner))}" if shown.owner != about.unit else ""
            yield f"“{values.get('name')}”{place}{by}"


def _idle(about: _About, period: Period) -> list[str]:
    """Return the schemes that were at work all through the period and did nothing in it."""
    busy = {
        text(row, "scheme") for row in within(about.all("activity"), "held_on", period.since,
                                               period.until)
    }  # fmt: skip
    found: list[Row] = [
        row for row in about.all("scheme")
        if text(row, "state") in WORKING and row.id not in busy
        and first_day(text(row, "founded_on")) < period.since
    ]  # fmt: skip
    return [text(row, "name") for row in sorted(found, key=lambda r: sort_key(text(r, "name")))]
