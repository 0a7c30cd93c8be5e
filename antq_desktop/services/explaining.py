"""Câu giải trình: why a figure is another one than a year or a period ago, or when last sealed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.changes import Action
from antq_desktop.domain.explaining import Explained, Gave, explain
from antq_desktop.domain.fields import VOID, Value, Values
from antq_desktop.domain.figures import Measure, measure_of
from antq_desktop.domain.opening import Counted, Source
from antq_desktop.domain.periods import Period
from antq_desktop.domain.shown import show_date
from antq_desktop.domain.succession import ByUnits
from antq_desktop.services.counting import with_home
from antq_desktop.services.figures_table import of_unit
from antq_desktop.services.reports import Reports
from antq_desktop.storage import history
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader

_ENDED_BY: Final = {"scheme": "dissolved_document"}
_ENDS: Final = frozenset(
    {"dissolved_on", "ended_on", "left_on", "closed_on", "transformed_on", "valid_to"}
)


class Explaining:
    """Explains figures out of records and their history."""

    def __init__(self, store: Store, reports: Reports) -> None:
        self._store = store
        self._reports = reports

    def by(self, units: ByUnits) -> Explaining:
        """Return the same, of figures summed by the units of today or by those before."""
        return Explaining(self._store, self._reports.by(units))

    def between(self, code: str, now: Period, earlier: Period, unit: str = "") -> Explained:
        """Say why a figure of a period is another one than in an earlier period.

        Raises:
            UserError: `unknown_measure`.
        """
        measure = measure_of(code)
        ends = [of_unit(self._reports.figure(code, each), unit) for each in (earlier, now)]
        with self._store.reading() as reader:
            gave = list(self._gave(reader, measure, now, earlier, unit))
        return explain(measure.kind, gave, *ends)

    def since_handed_over(self, code: str, period: Period) -> Explained:
        """Say why a figure is another one than when the unit last sealed a bundle.

        Nothing is said where it never sealed one.

        Raises:
            UserError: `unknown_measure`.
        """
        measure = measure_of(code)
        now = self._reports.figure(code, period).counted
        with self._store.reading() as reader:
            wanted = history.Wanted(action=Action.SEAL)
            last = history.entries(reader.connection, wanted, before=None, limit=1)
            if not last or measure.kind not in self._store.specs:
                return Explained("")
            gave = list(self._gave_since(reader, measure, period, last[0].seq))
            day = show_date(last[0].at[:10])
        if now.source is Source.REPORT or not gave:
            return Explained(f"Từ lần giao ngày {day}: không đổi.")
        total = (now.value or 0) - sum(each.now - each.before for each in gave)
        before = Counted(total, Source.RECORDS, total, 1, (), ())
        told = explain(measure.kind, gave, before, now)
        return Explained(f"Từ lần giao ngày {day}: {told.sentence}", told.added, told.dropped)

    def _gave(
        self, reader: Reader, measure: Measure, now: Period, earlier: Period, unit: str
    ) -> Iterator[Gave]:
        if measure.kind not in self._store.specs:
            return
        ended = _ENDED_BY.get(measure.kind)
        reads = tuple(dict.fromkeys((*measure.reads, *((ended,) if ended else ()))))
        homes = self._reports.homes(reader)
        for held, home in with_home(self._store, reader, homes, measure, reads):
            if unit and home != unit:
                continue
            before, after = (measure.give(held.values, each) for each in (earlier, now))
            if before != after:
                document = str(held.values.get(ended) or "") if ended else ""
                yield Gave(held.id, before, after, _has_ended(measure, held.values, now), document)

    def _gave_since(
        self, reader: Reader, measure: Measure, period: Period, seq: int
    ) -> Iterator[Gave]:
        """Yield what records give now and gave at an entry of history, where it differs."""
        ended = _ENDED_BY.get(measure.kind, "")
        for record in reader.all_records(measure.kind, changed_after=seq):
            now: dict[str, Value] = dict(record.values())
            reason = record.standing().reason
            given = 0 if reason is not None else measure.give(now, period)
            then = self._then(reader, record.id, {**now, VOID: reason}, seq)
            gave = 0 if then is None or then.get(VOID) is not None else measure.give(then, period)
            if gave != given:
                over = reason is not None or _has_ended(measure, now, period)
                yield Gave(record.id, gave, given, over, str(now.get(ended) or ""))

    @staticmethod
    def _then(reader: Reader, record: str, now: Mapping[str, Value], seq: int) -> Values | None:
        """Return the values of a record at an entry of history; None where it was not there."""
        values = dict(now)
        for line in reversed(reader.history_of(record)):
            if line.entry.seq <= seq:
                break
            if line.change.created:
                return None
            values.update(line.change.before)
        return {path: value for path, value in values.items() if value is not None}


def _has_ended(measure: Measure, values: Values, period: Period) -> bool:
    """Tell whether what a record is about came to its end before a period was over."""
    days = (str(values.get(name) or "") for name in measure.reads if name in _ENDS)
    return any(day and not period.is_over_by(day) for day in days)
