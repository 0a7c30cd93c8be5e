"""The records behind many figures at once: for workbooks, where each figure lists its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from antq_desktop.domain.fields import FieldKind, RecordSpec
from antq_desktop.domain.figures import Measure
from antq_desktop.domain.periods import Period
from antq_desktop.domain.text import sort_key
from antq_desktop.services.counting import UNIT, with_home
from antq_desktop.services.profiles import tree_of
from antq_desktop.services.reports import Reports
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader


@dataclass(frozen=True, slots=True)
class Given:
    """One record behind a figure.

    Attributes:
        measure: Code of the figure.
        record: Its id.
        title: What it is called.
        day: The date that places it, as stored; empty where it has none.
        unit: Name of the unit under which it is summed.
        home: Id of that unit.
        value: What it gives.
    """

    measure: str
    record: str
    title: str
    day: str
    unit: str
    home: str
    value: int


class FigureRecords:
    """Lists the records behind the figures of one store."""

    def __init__(self, store: Store, reports: Reports) -> None:
        self._store = store
        self._reports = reports

    def of(
        self, measures: Sequence[Measure], period: Period, unit: str = ""
    ) -> dict[str, tuple[Given, ...]]:
        """Return what gives to each of these figures, by unit and title; nothing for the others.

        Args:
            measures: The figures; each kind of record is read once.
            period: The period.
            unit: Only records of this unit; empty for all.
        """
        found: dict[str, list[Given]] = {}
        with self._store.reading() as reader:
            for kind in dict.fromkeys(measure.kind for measure in measures):
                if kind in self._store.specs:
                    wanted = [measure for measure in measures if measure.kind == kind]
                    for given in self._of_kind(reader, kind, wanted, period, unit):
                        found.setdefault(given.measure, []).append(given)
        return {code: tuple(held) for code, held in found.items()}

    def _of_kind(
        self, reader: Reader, kind: str, measures: Sequence[Measure], period: Period, unit: str
    ) -> Iterator[Given]:
        day = _day_of(self._store.specs[kind], measures)
        homes = self._reports.homes(reader)
        reads = [name for measure in measures for name in measure.reads]
        held: list[tuple[str, str, str, str, int]] = []
        for one, home in with_home(self._store, reader, homes, measures[0], (*reads, *day)):
            if unit and home != unit:
                continue
            when = next((str(one.values[name]) for name in day if one.values.get(name)), "")
            for measure in measures:
                given = measure.give(one.values, period)
                if given:
                    held.append((measure.code, one.id, when, home, given))
        titles = reader.titles(kind, {each[1] for each in held})
        names = {place.id: place.name for place in tree_of(self._store)}
        names |= reader.titles(UNIT, {each[3] for each in held})
        made = [
            Given(code, record, titles.get(record, ""), when, names.get(home, home), home, given)
            for code, record, when, home, given in held
        ]
        yield from sorted(made, key=lambda one: (sort_key(one.unit), one.day, sort_key(one.title)))


def _day_of(spec: RecordSpec, measures: Sequence[Measure]) -> tuple[str, ...]:
    """Return the dates that figures look at, in their order."""
    dates = {field.name for field in spec.fields if field.kind is FieldKind.DATE}
    names = (name for measure in measures for name in measure.reads if name in dates)
    return tuple(dict.fromkeys(names))
