"""Figures of a period over a store, each of them traceable to the records that gave it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.figures import MEASURES, Measure, measure_of, measures_of
from antq_desktop.domain.periods import Period
from antq_desktop.domain.text import sort_key
from antq_desktop.services.profiles import tree_of
from antq_desktop.storage import settings
from antq_desktop.storage.columns import Held, ids_in_force, values_of
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader

UNIT: Final = "unit"


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
class Figure:
    """One figure of a report.

    Attributes:
        measure: What it counts.
        value: The figure.
        by_unit: What the records of each unit gave to it, by identity; units that gave nothing
            are left out.
        undated: How many it counts though the date that would place them is not known.
    """

    measure: Measure
    value: int
    by_unit: Mapping[str, int]
    undated: int = 0

    @property
    def remark(self) -> str:
        """One Vietnamese sentence about what stands beside the figure; may be empty."""
        if not self.undated:
            return ""
        return f"Trong đó {self.undated} {self.measure.unit} chưa ghi ngày thành lập."


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of a period.

    Attributes:
        period: The period.
        figures: Each figure, in the order of the table.
        units: The units: below a receiver all of its tree, whether anything came or not, in the
            order of the alphabet, its own records last.
    """

    period: Period
    figures: tuple[Figure, ...]
    units: tuple[ReportUnit, ...]

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
        """The units of which nothing is held here."""
        return tuple(unit for unit in self.units if not unit.records)


class Reports:
    """Counts what a store holds.

    Every record in force counts once, whichever unit it belongs to; a voided one does not, nor
    does what belongs to a voided one (the members of a voided scheme). A record with a conflict
    counts by the value shown.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def annual(self, period: Period) -> Report:
        """Return all figures of a period, a year or any other."""
        sums: dict[str, Counter[str]] = {measure.code: Counter() for measure in MEASURES}
        undated: Counter[str] = Counter()
        records: Counter[str] = Counter()
        tree = {place.id: place.name for place in tree_of(self._store)}
        with self._store.reading() as reader:
            for kind in self._kinds():
                measures = measures_of(kind)
                for held in self._counted(reader, kind, measures):
                    records[held.owner] += 1
                    for measure in measures:
                        given = measure.give(held.values, period)
                        if given:
                            sums[measure.code][held.owner] += given
                        if measure.undated is not None:
                            undated[measure.code] += measure.undated(held.values, period)
            units = tuple(_units(reader, records, tree))
        figures = tuple(
            Figure(
                measure,
                sum(sums[measure.code].values()),
                dict(sums[measure.code]),
                undated[measure.code],
            )
            for measure in MEASURES
        )
        return Report(period, figures, units)

    def records_of(self, code: str, period: Period, unit: str = "") -> list[str]:
        """Return the ids of the records that gave to a figure, of all units or of one.

        Raises:
            UserError: `unknown_measure`.
        """
        measure = measure_of(code)
        with self._store.reading() as reader:
            return [
                held.id
                for held in self._counted(reader, measure.kind, (measure,))
                if (not unit or held.owner == unit) and measure.give(held.values, period)
            ]

    def _kinds(self) -> list[str]:
        kinds = dict.fromkeys(measure.kind for measure in MEASURES)
        return [kind for kind in kinds if kind in self._store.specs]

    def _counted(self, reader: Reader, kind: str, measures: tuple[Measure, ...]) -> Iterator[Held]:
        spec = self._store.specs[kind]
        names = list(dict.fromkeys(name for measure in measures for name in measure.reads))
        if not spec.parent:
            yield from values_of(reader.connection, spec, names)
            return
        parents = frozenset[str]().union(
            *(ids_in_force(reader.connection, k) for k in spec.field(spec.parent).refers_to)
        )
        asked = dict.fromkeys((*names, spec.parent))
        for held in values_of(reader.connection, spec, list(asked)):
            if held.values.get(spec.parent) in parents:
                yield held


def _units(reader: Reader, records: Counter[str], tree: Mapping[str, str]) -> Iterator[ReportUnit]:
    own = reader.setting(settings.UNIT)
    others = [unit for unit in {**tree, **records} if unit != own]
    titles = reader.titles(UNIT, [*others, own])
    names = {unit: titles.get(unit) or tree.get(unit) or unit for unit in (*others, own)}
    for unit in sorted(others, key=lambda each: sort_key(names[each])):
        yield ReportUnit(unit, names[unit], own=False, records=records[unit])
    yield ReportUnit(own, names[own], own=True, records=records[own])
