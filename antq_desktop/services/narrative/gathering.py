"""Gathers the facts of one report out of a store, in one look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.codes import Codes
from antq_desktop.domain.figures import MEASURES
from antq_desktop.domain.figures.registers import WORKING
from antq_desktop.domain.narrative.facts import Facts, Number
from antq_desktop.domain.periods import Period, first_day
from antq_desktop.domain.reconciling import LAST
from antq_desktop.domain.shown import paper_date
from antq_desktop.domain.text import sort_key
from antq_desktop.services.issuers import lowered
from antq_desktop.services.narrative import cycle
from antq_desktop.services.narrative.naming import span_of
from antq_desktop.services.reports import Figure, Report, Reports
from antq_desktop.services.standards.book import Book, Row, text, within
from antq_desktop.storage.columns import ids_in_force
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader

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
    """

    facts: Facts
    report: Report
    before: Report
    last: Report
    numbers: Mapping[str, int | None]


class Gathering:
    """Reads what a report is written from."""

    def __init__(
        self, store: Store, codes: Codes, reports: Reports, named: Callable[[str], Period]
    ) -> None:
        self._store = store
        self._codes = codes
        self._reports = reports
        self._named = named

    def of(self, period: Period) -> Gathered:
        """Return the facts of a period."""
        report = self._reports.annual(period)
        before = self._reports.annual(self._reports.year_before(period))
        earlier = self._reports.one_before(period)
        last = before if earlier == before.period else self._reports.annual(earlier)
        year = int(period.until[:4])
        with self._store.reading() as reader:
            book = Book(reader)
            kept = frozenset(
                measure.kind for measure in MEASURES if self._has(reader, measure.kind)
            )
            whole = len(period.name.rpartition(":")[2]) == _YEAR
            spreads = cycle.spreads(book, year) if whole else ()
            names = {name: tuple(held) for name, held in self._names(book, period, report)}
            if whole:
                names |= self._of_year(book, year)
            own = book.name(book.own)
            communes = sum(1 for unit in book.below if book.kind_of(unit) == "commune")
        campaign = next(iter(names.pop("campaign", ())), "")
        numbers = {
            figure.measure.code: _number(figure, other, kept)
            for figure, other in zip(report.figures, before.figures, strict=True)
        }
        facts = Facts(
            place=lowered(own),
            span=span_of(period, self._named, campaign),
            numbers=numbers,
            spreads=spreads,
            names=names,
            communes=communes,
            campaign=campaign,
            whole_year=whole,
        )
        compared = {code: number.value for code, number in numbers.items()}
        compared |= cycle.numbers_of(spreads)
        compared |= {
            f"{LAST}{figure.measure.code}": figure.counted.value for figure in last.figures
        }
        return Gathered(facts, report, before, last, compared)

    def _has(self, reader: Reader, kind: str) -> bool:
        return kind in self._store.specs and bool(ids_in_force(reader.connection, kind))

    def _names(
        self, book: Book, period: Period, report: Report
    ) -> Iterator[tuple[str, Iterable[str]]]:
        yield "documents", self._documents(book, period)
        yield "events", _titles(book, "public_event", "began_on", period)
        yield "proposals", _titles(book, "proposal", "sent_on", period)
        yield "programmes", (
            text(row, "title") for row in book.all("programme")
            if first_day(text(row, "signed_on")) <= period.until
            and not period.is_over_by(text(row, "ended_on"))
            and (text(row, "ended_on") or period.until) >= period.since
        )  # fmt: skip
        yield "recognised", _recognised(self._store, book, period)
        yield "idle", _idle(book, period)
        yield "silent", (unit.name for unit in report.silent if not unit.own)
        yield "campaign", (
            text(row, "title") for row in book.all("campaign")
            if (text(row, "began_on"), text(row, "ended_on")) == (period.since, period.until)
        )  # fmt: skip

    def _documents(self, book: Book, period: Period) -> Iterator[str]:
        with self._store.reading() as reader:
            held = [
                (first_day(text(row, "dated")), number, record.values())
                for row in within(book.all("document"), "dated", period.since, period.until)
                if (number := text(row, "number"))
                and (record := reader.record("document", row.id)) is not None
                and record.values().get("document_kind") in _NAMED
            ]
        for day, number, values in sorted(held, key=lambda each: each[:2]):
            kind = self._codes.label("document_kind", str(values["document_kind"]))
            yield f"{kind} số {number} ngày {paper_date(day)}"

    def _of_year(self, book: Book, year: int) -> dict[str, tuple[str, ...]]:
        names = {unit: lowered(text(row, "name")) for unit, row in book.units.items()}
        rural = [
            row for row in book.of_year("rural_standard", year) if row.values.get("met") is True
        ]
        advanced = [text(row, "unit") for row in rural if text(row, "level") == "advanced"]
        communes = tuple(
            unit for unit in book.below
            if book.kind_of(unit) == "commune" and names.get(unit, "").startswith("xã ")
        )  # fmt: skip
        return {
            "exemplary": tuple(cycle.exemplary(book, year, names)),
            "classification_decisions": tuple(cycle.decisions(book, year)),
            "behind": tuple(cycle.behind(book, year)),
            "rural_advanced": tuple(names.get(unit, unit) for unit in book.by_name(advanced)),
            "rural_units": communes,
        }


def _number(figure: Figure, other: Figure, kept: frozenset[str]) -> Number:
    value, before = figure.counted.value, other.counted.value
    if value is None and figure.measure.kind in kept:
        value = 0  # the register is kept and nothing of it lies in the period
    return Number(value, before, figure.measure.unit, figure.measure.label)


def _titles(book: Book, kind: str, day: str, period: Period) -> Iterator[str]:
    rows = within(book.all(kind), day, period.since, period.until)
    for row in sorted(rows, key=lambda each: (text(each, day), each.id)):
        yield text(row, "title")


def _recognised(store: Store, book: Book, period: Period) -> Iterator[str]:
    ids = [row.id for row in book.all("scheme") if text(row, "state") in WORKING]
    with store.reading() as reader:
        held = reader.shown("scheme", ids)
    for shown in held.values():
        values = shown.values
        if period.holds(str(values.get("recognised_on") or "")):
            number = values.get("recognised_document")
            by = f" (văn bản số {number})" if number else ""
            place = f", {lowered(book.name(shown.owner))}" if shown.owner != book.own else ""
            yield f"“{values.get('name')}”{place}{by}"


def _idle(book: Book, period: Period) -> list[str]:
    """Return the schemes that were at work all through the period and did nothing in it."""
    busy = {
        text(row, "scheme") for row in within(book.all("activity"), "held_on", period.since,
                                               period.until)
    }  # fmt: skip
    found: list[Row] = [
        row for row in book.all("scheme")
        if text(row, "state") in WORKING and row.id not in busy
        and first_day(text(row, "founded_on")) < period.since
    ]  # fmt: skip
    return [text(row, "name") for row in sorted(found, key=lambda r: sort_key(text(r, "name")))]
