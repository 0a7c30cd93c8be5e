"""One pass over the records of a store for one period: what each figure is, and of which unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.figures import Measure
from antq_desktop.domain.opening import Counted, Source
from antq_desktop.domain.periods import Period
from antq_desktop.domain.shown import show_integer
from antq_desktop.domain.succession import ByUnits
from antq_desktop.domain.tallying import Given, Said, Tree, tally
from antq_desktop.services.counted_values import as_counted, units_above
from antq_desktop.services.profiles import tree_of
from antq_desktop.services.unit_homes import Homes
from antq_desktop.storage import settings
from antq_desktop.storage.columns import Held, Within, ids_in_force, owners_in_force, values_of
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader

UNIT: Final = "unit"
_PARENT: Final = "parent"
_TOLD_EVERY: Final = 2_000
_NOTHING_SAID: Final = Said()
_NOTHING: Final = Counted(None, Source.NOTHING, 0, 0, (), ())

Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report.

    Attributes:
        measure: What it counts.
        value: The figure that counts; 0 where neither records nor a report say anything.
        by_unit: What counts for each unit, by identity; units of which nothing is known are left
            out.
        undated: How many it counts though the date that would place them is not known.
        counted: Where the figure comes from, and what stands beside it.
        by_unit_counted: The same for units and places of which something is said beside records.
    """

    measure: Measure
    value: int
    by_unit: Mapping[str, int]
    undated: int = 0
    counted: Counted = _NOTHING
    by_unit_counted: Mapping[str, Counted] = field(default_factory=dict)

    @property
    def remark(self) -> str:
        """One Vietnamese sentence about what stands beside the figure; may be empty."""
        if not self.undated:
            return ""
        return f"Trong đó {show_integer(self.undated)} {self.measure.unit} chưa ghi ngày thành lập."

    def counted_of(self, unit: str) -> Counted:
        """Return what counts for one unit of the report, or for all of them together."""
        if not unit:
            return self.counted
        special = self.by_unit_counted.get(unit)
        if special is not None:
            return special
        value = self.by_unit.get(unit)
        if value is None:
            return _NOTHING
        return Counted(value, Source.RECORDS, value, 0, (), ())

    def of(self, unit: str) -> Figure:
        """Return the figure as it counts for one unit."""
        counted = self.counted_of(unit)
        by_unit = {unit: counted.value} if counted.value is not None else {}
        return Figure(self.measure, counted.value or 0, by_unit, 0, counted)

    @property
    def named(self) -> str:
        """The report that the figure comes from, “số liệu theo báo cáo số …”; may be empty."""
        return self.counted.named

    @property
    def warnings(self) -> tuple[str, ...]:
        """What does not agree, of the whole and of the parts; each said once."""
        held = [self.counted, *self.by_unit_counted.values()]
        return tuple(dict.fromkeys(told for each in held for told in each.warnings))


class Counting:
    """Reads each kind once and says what each figure is.

    `records` tells, when that is done, how many records of each unit were looked at.
    """

    def __init__(
        self,
        store: Store,
        reader: Reader,
        period: Period,
        said: Mapping[str, Said],
        told: Told | None = None,
        *,
        by: ByUnits = ByUnits.NOW,
    ) -> None:
        """Take the store and what is said of the period beside records, by measure."""
        self._store = store
        self._reader = reader
        self._period = period
        self._told = told
        self._own = reader.setting(settings.UNIT)
        self._said = said
        self.homes = Homes(store, reader, by)
        self._communes = {place.id: place.parent for place in tree_of(store)}
        self._communes |= dict.fromkeys(self.homes.stores, self._own)
        parents = self._parents() if said else {}
        self._tree = Tree(self._own, {**parents, **self.homes.absorbed})
        self._homes: dict[tuple[str, str, frozenset[str]], str] = {}
        self.records: Counter[str] = Counter()

    def figures(self, measures: Sequence[Measure]) -> tuple[Figure, ...]:
        """Return these figures, in their order."""
        found: dict[str, Figure] = {}
        for kind in dict.fromkeys(measure.kind for measure in measures):
            if kind in self._store.specs:
                wanted = [measure for measure in measures if measure.kind == kind]
                found.update((made.measure.code, made) for made in self._of_kind(kind, wanted))
        return tuple(found.get(measure.code) or Figure(measure, 0, {}) for measure in measures)

    def _of_kind(self, kind: str, measures: Sequence[Measure]) -> Iterator[Figure]:
        totals: dict[str, Counter[str]] = {measure.code: Counter() for measure in measures}
        records: dict[str, Counter[str]] = {measure.code: Counter() for measure in measures}
        undated: Counter[str] = Counter()
        places = {measure.code: self._places(measure) for measure in measures}
        period = self._period
        placed = self.homes.by_place or any(places.values())
        within = None if placed else self._within(kind, measures)
        if within is not None:
            self._count_owners(kind)
        for held, place in self._read(kind, measures, placed=placed, within=within):
            owner = self.homes.of(place, held.owner)
            if within is None:
                self.records[self.homes.shown(owner)] += 1
            for measure in measures:
                code = measure.code
                given = measure.give(held.values, period)
                if given:
                    unit = self._home(place, owner, places[code])
                    totals[code][unit] += given
                    records[code][unit] += 1
                if measure.undated is not None:
                    undated[code] += measure.undated(held.values, period)
        for measure in measures:
            code = measure.code
            sums = {unit: Given(total, records[code][unit]) for unit, total in totals[code].items()}
            yield self._figure(measure, sums, undated[code])

    def _within(self, kind: str, measures: Sequence[Measure]) -> Within | None:
        """Return which records of a kind can give anything; None where older ones can too."""
        days = tuple(dict.fromkeys(measure.day for measure in measures))
        if not all(days) or self._store.specs[kind].parent:
            return None
        return Within(days, self._period.since, self._period.until)

    def _count_owners(self, kind: str) -> None:
        above = units_above(self._reader)
        for owner, number in owners_in_force(self._reader.connection, kind).items():
            if owner not in above:
                self.records[self.homes.shown(self.homes.of(owner, owner))] += number

    def _home(self, place: str, owner: str, among: frozenset[str]) -> str:
        """Return the unit under which a record is summed: a place with a report, or its owner."""
        if not among:
            return owner
        key = (place, owner, among)
        if key not in self._homes:
            self._homes[key] = self._tree.nearest(place, {*among, owner})
        return self._homes[key]

    def _figure(self, measure: Measure, given: Mapping[str, Given], undated: int) -> Figure:
        said = self._said.get(measure.code, _NOTHING_SAID)
        if not said:
            total = sum(each.total for each in given.values())
            number = sum(each.records for each in given.values())
            counted = Counted(total, Source.RECORDS, total, number, (), ()) if number else _NOTHING
            shown: Counter[str] = Counter()
            for unit, each in given.items():
                shown[self.homes.shown(unit)] += each.total
            return Figure(measure, total, dict(shown), undated, counted)
        absorbed = self.homes.absorbed
        heirs = {absorbed[unit] for unit in (*given, *said.units) if unit in absorbed}
        found = tally(self._tree, {**dict.fromkeys(heirs, Given()), **given}, said)
        whole = found[self._own]
        told = {self.homes.shown(unit) for unit in said.units} - {self._own}
        if self.homes.before:
            told -= heirs  # what is left of them beside their parts is no report
        special = {unit: found[unit] for unit in sorted(told)}
        return Figure(
            measure, whole.value or 0, self._by_unit(found, given), undated, whole, special
        )

    def _by_unit(self, found: Mapping[str, Counted], given: Mapping[str, Given]) -> dict[str, int]:
        """Return what counts for each unit of the report; the rest is of the store's own unit."""
        owners = {unit for unit in found if unit in self._communes or unit in self.records}
        owners = {unit for unit in owners if self.homes.shown(unit) == unit} - {self._own}
        counted = {unit: found[unit].value or 0 for unit in owners if found[unit].value is not None}
        self._leave_out_parts(counted)
        if not owners and not self._communes:
            value = found[self._own].value
            return {} if value is None else {self._own: value}
        lower = [
            found[unit].value or 0
            for unit in found
            if unit != self._own
            and unit not in owners
            and not any(each in found and each != self._own for each in self._tree.above(unit))
        ]
        own = sum(lower) + given.get(self._own, Given()).total
        return {**counted, self._own: own} if own else counted

    def _leave_out_parts(self, counted: dict[str, int]) -> None:
        """Of a unit that others became, leave what none of them has, so that parts add up."""
        for old, new in self.homes.absorbed.items():
            if old in counted and new in counted:
                counted[new] -= counted[old]
        for new in self.homes.stores:
            if not counted.get(new, 1) and new not in self.records:
                del counted[new]

    def _places(self, measure: Measure) -> frozenset[str]:
        """Return the places below a unit of the report that a report says a number of."""
        told = self._said.get(measure.code, _NOTHING_SAID).openings
        return frozenset(unit for unit in told if unit != self._own and unit not in self._communes)

    def _parents(self) -> dict[str, str]:
        spec = self._store.specs[UNIT]
        found = dict(self._communes)
        for held in values_of(self._reader.connection, spec, (_PARENT,)):
            if held.id not in found and held.id != self._own:
                parent = held.values.get(_PARENT)
                found[held.id] = parent if isinstance(parent, str) else held.owner
        return found

    def _read(
        self,
        kind: str,
        measures: Iterable[Measure],
        *,
        placed: bool,
        within: Within | None = None,
    ) -> Iterator[tuple[Held, str]]:
        """Yield the records of a kind, each with its place; the owner where no place is asked."""
        names = list(dict.fromkeys(name for measure in measures for name in measure.reads))
        place_of = _Places(self._store, self._reader, kind) if placed else None
        if place_of is not None:
            names = list(dict.fromkeys((*names, *place_of.reads)))
        looked_at = sum(self.records.values())
        records = in_force(self._store, self._reader, kind, names, within)
        for at, held in enumerate(records, looked_at):
            if self._told is not None and at % _TOLD_EVERY == 0:
                self._told(at)
            yield held, place_of.of(held) if place_of is not None else held.owner


class _Places:
    """The unit that each record of a kind is about: its own, or that of the record above it."""

    def __init__(self, store: Store, reader: Reader, kind: str) -> None:
        spec = store.specs[kind]
        self._itself = kind == UNIT
        self._unit = "" if self._itself else spec.unit_by
        self._parent = spec.parent
        self._of_parents: dict[str, str] = {}
        above = spec.field(spec.parent).refers_to if spec.parent and not self._itself else ()
        for each in above:
            unit_by = store.specs[each].unit_by
            for held in values_of(
                reader.connection, store.specs[each], [unit_by] if unit_by else []
            ):
                unit = held.values.get(unit_by)
                if isinstance(unit, str):
                    self._of_parents[held.id] = unit
        self.reads = [name for name in (self._unit, self._parent) if name]

    def of(self, held: Held) -> str:
        """Return the place of a record; its owner where nothing says one."""
        if self._itself:
            return held.id
        own = held.values.get(self._unit) if self._unit else None
        if isinstance(own, str):
            return own
        above = held.values.get(self._parent) if self._parent else None
        return self._of_parents.get(str(above), held.owner)


def with_home(
    store: Store, reader: Reader, homes: Homes, measure: Measure, more: Sequence[str] = ()
) -> Iterator[tuple[Held, str]]:
    """Yield the records that a measure may count, each with the unit under which it is shown."""
    place_of = _Places(store, reader, measure.kind) if homes.by_place else None
    reads = (*measure.reads, *more, *(place_of.reads if place_of is not None else ()))
    for held in in_force(store, reader, measure.kind, tuple(dict.fromkeys(reads))):
        place = place_of.of(held) if place_of is not None else held.owner
        yield held, homes.shown(homes.of(place, held.owner))


def in_force(
    store: Store, reader: Reader, kind: str, reads: Iterable[str], within: Within | None = None
) -> Iterator[Held]:
    """Yield the records of a kind that count: in force, and below no record that is not.

    What a unit above sent down is its own and not counted here; a value that a unit added to a
    code list stands for the shipped one that it counts as.
    """
    yield from as_counted(store, reader, kind, _standing(store, reader, kind, reads, within))


def _standing(
    store: Store, reader: Reader, kind: str, reads: Iterable[str], within: Within | None
) -> Iterator[Held]:
    spec = store.specs[kind]
    if not spec.parent:
        yield from values_of(reader.connection, spec, list(reads), within)
        return
    parents = frozenset[str]().union(
        *(ids_in_force(reader.connection, each) for each in spec.field(spec.parent).refers_to)
    )
    asked = dict.fromkeys((*reads, spec.parent))
    for held in values_of(reader.connection, spec, list(asked)):
        if held.values.get(spec.parent) in parents:
            yield held
