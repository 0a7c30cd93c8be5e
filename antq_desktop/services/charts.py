"""Charts of the store: counted off the UI thread, each area with the records behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.charts.chart import Bars, Chart, Squares
from antq_desktop.domain.charts.movement import (
    GRADES,
    INCIDENTS,
    SCHEMES,
    age_of,
    grades_chart,
    incidents_chart,
    reports_chart,
    schemes_chart,
)
from antq_desktop.domain.clock import Clock, civil
from antq_desktop.domain.shown import show_date
from antq_desktop.services.profiles import RECEIVER_LEVEL
from antq_desktop.services.standards.book import Book, text
from antq_desktop.services.standards.standings import grades_of
from antq_desktop.storage.sums import by_month, ids_of_month, newest_year

if TYPE_CHECKING:
    from antq_desktop.domain.codes import Codes
    from antq_desktop.services.following import HeatMap, HeatRow
    from antq_desktop.services.oversight import Oversight
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store

YEARS: Final = 5
_ENDED: Final = frozenset({"dissolved"})


@dataclass(frozen=True, slots=True)
class Area:
    """The records behind an area of a chart."""

    kind: str
    ids: tuple[str, ...]
    told: str


class Charts:
    """Draws what the store holds."""

    def __init__(self, store: Store, codes: Codes, clock: Clock, oversight: Oversight) -> None:
        self._store = store
        self._codes = codes
        self._clock = clock
        self._oversight = oversight

    def for_home(self) -> tuple[Chart, ...]:
        """Return the three charts of the first page; a receiver looks at who reported, too."""
        receiver = self._level() == RECEIVER_LEVEL
        second: Chart = self.reports(lacking_first=True) if receiver else self.schemes()
        incidents = self.incidents(self._newest(INCIDENTS, "occurred_on"))
        return (incidents, second, self.grades(self._newest(GRADES, "year")))

    def for_report(self, year: int) -> tuple[Chart, ...]:
        """Return every chart that a report of a year carries; those without a figure are left out.

        Who reported belongs to the unit above alone.
        """
        drawn = [self.incidents(year)]
        if self._today().startswith(str(year)):
            drawn.append(self.schemes(said=True))  # only of today it is known how schemes stand
        drawn.append(self.grades(year))
        found: list[Chart] = [chart for chart in drawn if chart.longest]
        if self._level() == RECEIVER_LEVEL:
            heat = self.reports(f"{year}-12")
            found += [heat] if heat.rows else []
        return tuple(found)

    def incidents(self, year: int) -> Bars:
        """Return incidents by month and kind against the year before."""
        spec = self._store.specs[INCIDENTS]
        with self._store.reading() as reader:
            held = by_month(
                reader.connection, spec, "occurred_on", "kind",
                since=str(year - 1), until=f"{year}-12-99",
            )  # fmt: skip
        now = {key: count for key, count in held.items() if key[0].startswith(str(year))}
        before = {key: count for key, count in held.items() if key not in now}
        labels = {kind: _short(self._codes.label("incident_kind", kind)) for _m, kind in now}
        return incidents_chart(year, self._today()[:7], now, before, labels)

    def schemes(self, *, said: bool = False) -> Bars:
        """Return schemes by state and by age of their last activity; `said` names today."""
        counts = Counter(key for key, _id in self._schemes())
        states = [(value.id, value.label) for value in self._codes["scheme_state"].values]
        day = show_date(self._today()) if said else ""
        return schemes_chart(counts, [each for each in states if each[0] not in _ENDED], day)

    def grades(self, year: int) -> Bars:
        """Return units by grade over the years up to one."""
        years = range(year - YEARS + 1, year + 1)
        with self._store.reading() as reader:
            book = Book(reader)
            counts = {each: _grades(book, each) for each in years}
        return grades_chart(years, counts)

    def reports(self, last: str = "", *, lacking_first: bool = False) -> Squares:
        """Return whose data came in which of twelve months; those never expected are left out."""
        heat: HeatMap = self._oversight.following.heat(last)
        rows = [row for row in heat.rows if row.sends]
        if lacking_first:
            rows.sort(key=_lacks, reverse=True)
        return reports_chart(heat.months, [(row.unit, row.name, row.cells) for row in rows])

    def behind(self, key: str) -> Area | None:
        """Return the records behind an area of one of these charts; None where it has none."""
        what, *rest = key.split("|")
        if what == INCIDENTS:
            return self._incidents_behind(*rest)
        if what == SCHEMES:
            ids = tuple(record for held, record in self._schemes() if list(held) == rest)
            return Area(SCHEMES, ids, f"Mô hình: {self._codes.label('scheme_state', rest[0])}")
        if what == GRADES:
            return self._grades_behind(int(rest[0]), rest[1])
        return None

    def _incidents_behind(self, month: str, kinds: str) -> Area:
        spec = self._store.specs[INCIDENTS]
        wanted = [kind for kind in kinds.split(",") if kind]
        with self._store.reading() as reader:
            ids = ids_of_month(reader.connection, spec, "occurred_on", month, ("kind", wanted))
        return Area(INCIDENTS, tuple(ids), f"Vụ việc tháng {int(month[5:])}/{month[:4]}")

    def _grades_behind(self, year: int, grade: str) -> Area:
        with self._store.reading() as reader:
            rows = grades_of(Book(reader), year).values()
            ids = tuple(row.id for row in rows if text(row, "grade") == grade)
        label = self._codes.label("movement_grade", grade)
        return Area(GRADES, ids, f"Phân loại năm {year}: {label}")

    def _schemes(self) -> Iterator[tuple[tuple[str, str], str]]:
        """Yield state and age of each scheme with its id."""
        day = self._today()
        with self._store.reading() as reader:
            last = _last_held(reader, day)
            for row in Book(reader).all(SCHEMES):
                state = text(row, "state")
                if state not in _ENDED:
                    age = age_of(last.get(row.id, ""), date.fromisoformat(day))
                    yield (state, age), row.id

    def _newest(self, kind: str, field: str) -> int:
        """Return this year; the last one with a record where none is of this year or the last."""
        year = int(self._today()[:4])
        with self._store.reading() as reader:
            newest = newest_year(reader.connection, self._store.specs[kind], field, year)
        return year if newest is None or newest >= year - 1 else newest

    def _level(self) -> str:
        with self._store.reading() as reader:
            return Book(reader).level

    def _today(self) -> str:
        return civil(self._clock.now())[:10]


def _grades(book: Book, year: int) -> Mapping[str, int]:
    return Counter(text(row, "grade") for row in grades_of(book, year).values())


def _last_held(reader: Reader, until: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in Book(reader).all("activity"):
        scheme, held = text(row, "scheme"), text(row, "held_on")
        if held[:10] <= until:
            found[scheme] = max(found.get(scheme, ""), held)
    return found


def _short(label: str) -> str:
    """Return the first words of a label that goes on: `Gây rối` of `Gây rối, tụ tập …`."""
    return label.partition(",")[0].partition(" (")[0]


def _lacks(row: HeatRow) -> int:
    return len(row.gaps)
