"""Figures of a period over a store, each of them traceable to the records that gave it.

Where a report says a number for a measure, a unit and a period, `domain.opening` and
`domain.tallying` say which number counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.figures import MEASURES, Measure, measure_of
from antq_desktop.domain.opening import Opening
from antq_desktop.domain.period_names import one_before, year_before
from antq_desktop.domain.periods import Period
from antq_desktop.domain.succession import ByUnits
from antq_desktop.domain.text import sort_key
from antq_desktop.services.counting import UNIT, Counting, Figure, Told, with_home
from antq_desktop.services.profiles import tree_of
from antq_desktop.services.said_of_figures import SaidOfFigures
from antq_desktop.services.unit_homes import Homes
from antq_desktop.storage import settings
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader

__all__ = ["UNIT", "Figure", "Report", "ReportUnit", "Reports"]


@dataclass(frozen=True, slots=True)
class ReportUnit:
    """A unit whose records are in a report.

    Attributes:
        id: Its identity.
        name: Its name.
        own: True for the unit whose store this is.
        records: How many records of the kinds that are counted it has here; 0 says that nothing
            of it came.
    """

    id: str
    name: str
    own: bool
    records: int


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of a period.

    Attributes:
        period: The period.
        figures: Each figure, in the order of the table.
        units: The units: below a receiver all of its tree, whether anything came or not, in the
            order of the alphabet, its own records last.
        names: What units are called that a report says a number of, those above included.
    """

    period: Period
    figures: tuple[Figure, ...]
    units: tuple[ReportUnit, ...]
    names: Mapping[str, str]

    def figure(self, code: str) -> Figure:
        """Return a figure by its code.

        Raises:
            UserError: `unknown_measure`.
        """
        wanted = measure_of(code)
        return next(figure for figure in self.figures if figure.measure is wanted)

    @property
    def notes(self) -> tuple[str, ...]:
        """How figures are counted where words leave it open, each said once."""
        said = (figure.measure.note for figure in self.figures)
        return tuple(dict.fromkeys(note for note in said if note))

    @property
    def silent(self) -> tuple[ReportUnit, ...]:
        """The units of which nothing is held here, neither records nor a number of a report."""
        told = {unit for figure in self.figures for unit in figure.by_unit}
        return tuple(unit for unit in self.units if not unit.records and unit.id not in told)


class Reports:
    """Counts what a store holds.

    Every record in force counts once, whichever unit it belongs to; a voided one does not, nor
    does what belongs to a voided one (the members of a voided scheme). A record with a conflict
    counts by the value shown.
    """

    def __init__(
        self, store: Store, named: Callable[[str], Period], by: ByUnits = ByUnits.NOW
    ) -> None:
        """Take the store, what gives a period for its name, and by which units to sum."""
        self._store = store
        self._named = named
        self._by = by

    def by(self, units: ByUnits) -> Reports:
        """Return the same figures summed by the units of today, or by those before the changes."""
        return Reports(self._store, self._named, units)

    @property
    def changed_units(self) -> bool:
        """Whether any change of units is in force: only then the two ways differ."""
        with self._store.reading() as reader:
            return bool(self.homes(reader).succession)

    def homes(self, reader: Reader) -> Homes:
        """Return what says under which unit a record is summed."""
        return Homes(self._store, reader, self._by)

    @property
    def unit(self) -> str:
        """Identity of the unit whose store this is."""
        return self._store.setting(settings.UNIT)

    def annual(self, period: Period, told: Told | None = None) -> Report:
        """Return all figures of a period, a year or any other.

        Args:
            period: The period.
            told: Called now and then with the number of records looked at; may raise to stop.
        """
        return self._report(period, MEASURES, told)

    def of_unit(
        self, period: Period, measures: tuple[Measure, ...] = MEASURES, unit: str = ""
    ) -> Report:
        """Return some figures of a period as they count for one unit of the report.

        Args:
            period: The period.
            measures: Which.
            unit: Id of a unit; empty for all of them together.

        Raises:
            UserError: `unknown_unit`.
        """
        report = self._report(period, measures, None)
        if not unit:
            return report
        own = tuple(each for each in report.units if each.id == unit)
        if not own:
            message = "Không có đơn vị này trong số liệu. Chọn lại đơn vị."
            raise UserError("unknown_unit", message, "unit")
        return replace(report, figures=tuple(each.of(unit) for each in report.figures), units=own)

    def figure(self, code: str, period: Period) -> Figure:
        """Return one figure of a period; only records of its kind are read.

        Raises:
            UserError: `unknown_measure`.
        """
        return self._report(period, (measure_of(code),), None).figures[0]

    def records_of(self, code: str, period: Period, unit: str = "") -> list[str]:
        """Return the ids of the records that gave to a figure, of all units or of one.

        Raises:
            UserError: `unknown_measure`.
        """
        measure = measure_of(code)
        with self._store.reading() as reader:
            homes = self.homes(reader)
            return [
                held.id
                for held, home in with_home(self._store, reader, homes, measure)
                if (not unit or home == unit) and measure.give(held.values, period)
            ]

    def year_before(self, period: Period) -> Period:
        """Return the same period of the year before."""
        return self._named(year_before(period.name))

    def one_before(self, period: Period) -> Period:
        """Return the period just before."""
        return self._named(one_before(period.name))

    def reported(self, period: Period) -> frozenset[str]:
        """Return the codes of the figures of which a report that is still open says a number."""
        with self._store.reading() as reader:
            found = self._said(reader).openings(period)
        return frozenset(
            key.measure for key, held in found.items() if not any(each.closed for each in held)
        )

    def openings(self, code: str, period: Period) -> dict[str, tuple[Opening, ...]]:
        """Return what reports say of one measure and period, by unit, closed ones included."""
        with self._store.reading() as reader:
            found = self._said(reader).openings(period)
        return {key.unit: held for key, held in found.items() if key.measure == code}

    def _report(self, period: Period, measures: tuple[Measure, ...], told: Told | None) -> Report:
        names = {place.id: place.name for place in tree_of(self._store)}
        with self._store.reading() as reader:
            said = self._said(reader).of(period)
            counting = Counting(self._store, reader, period, said, told, by=self._by)
            figures = counting.figures(measures)
            names = counting.homes.named(names)
            units = tuple(_units(reader, counting.records, names))
            names |= reader.titles(UNIT, {unit for each in said.values() for unit in each.units})
        names |= {unit.id: unit.name for unit in units}
        return Report(period, figures, units, names)

    def _said(self, reader: Reader) -> SaidOfFigures:
        return SaidOfFigures(self._store, reader, self._named)


def _units(
    reader: Reader, records: Mapping[str, int], tree: Mapping[str, str]
) -> Iterator[ReportUnit]:
    own = reader.setting(settings.UNIT)
    others = [unit for unit in {**tree, **records} if unit != own]
    titles = reader.titles(UNIT, [*others, own])
    names = {unit: titles.get(unit) or tree.get(unit) or unit for unit in (*others, own)}
    for unit in sorted(others, key=lambda each: sort_key(names[each])):
        yield ReportUnit(unit, names[unit], own=False, records=records.get(unit, 0))
    yield ReportUnit(own, names[own], own=True, records=records.get(own, 0))
