"""Saying that nothing happened: what has no record and no word yet, and saying it in one action."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.clock import civil
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import VOID, Value
from antq_desktop.domain.period_names import read_period
from antq_desktop.domain.periods import Period
from antq_desktop.domain.shown import show_date, show_integer
from antq_desktop.domain.text import opening
from antq_desktop.domain.zero_reports import KIND, REPORTED, Zero, contradictions, covers
from antq_desktop.services.counting import in_force
from antq_desktop.services.identities import common_id
from antq_desktop.services.records import Edit, Records, Saved
from antq_desktop.services.said_of_figures import SaidOfFigures
from antq_desktop.storage import settings
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.services.hand import Hand
    from antq_desktop.storage.queries import Reader

MONTHS_BACK: Final = 12
TAKEN_BACK: Final = "Bỏ báo cáo không phát sinh"


class ZeroState(StrEnum):
    """How a kind stands in a period."""

    OPEN = "open"
    ZERO = "zero"
    RECORDS = "records"
    CONTRADICTED = "contradicted"

    @property
    def label(self) -> str:
        """What an officer reads."""
        return _LABELS[self]


_LABELS: Final = {
    ZeroState.OPEN: "chưa có",
    ZeroState.ZERO: "không phát sinh",
    ZeroState.RECORDS: "có hồ sơ",
    ZeroState.CONTRADICTED: "trái nhau",
}


@dataclass(frozen=True, slots=True)
class ZeroLine:
    """One kind in one period.

    Attributes:
        about: The kind.
        label: What it is called.
        state: How it stands.
        records: How many records of the period there are.
        zero: Id of the zero report of exactly this period; empty for none.
        example: Id of one of the records.
    """

    about: str
    label: str
    state: ZeroState
    records: int
    zero: str
    example: str


@dataclass(frozen=True, slots=True)
class ZeroMonth:
    """A period that may be reported: its name, its label, and how many kinds are still open."""

    name: str
    label: str
    open: int


@dataclass(frozen=True, slots=True)
class Against:
    """A zero report that records on file speak against.

    Attributes:
        unit: Id of the unit.
        unit_name: Its name.
        about: The kind.
        label: What it is called.
        days: First and last day, as a screen shows them.
        records: How many records speak against it.
        zero: Id of the zero report.
        example: Id of one of the records.
    """

    unit: str
    unit_name: str
    about: str
    label: str
    days: str
    records: int
    zero: str
    example: str

    @property
    def told(self) -> str:
        """One sentence."""
        return (
            f"{self.unit_name} báo không phát sinh {self.label.lower()} {self.days} nhưng có "
            f"{show_integer(self.records)} hồ sơ."
        )


Dated = dict[tuple[str, str], list[tuple[str, str]]]


class ZeroReports:
    """The zero reports of one open store."""

    def __init__(
        self, store: Store, records: Records, named: Callable[[str], Period], hand: Hand
    ) -> None:
        self._store = store
        self._records = records
        self._named = named
        self._hand = hand

    def board(self, period: Period) -> list[ZeroLine]:
        """Return how each kind stands in a period at this unit."""
        with self._store.reading() as reader:
            own = reader.setting(settings.UNIT)
            zeros = [zero for zero in self._zeros(reader) if zero.unit == own]
            dated = self._dated(reader, own)
        return list(self._lines(period, own, zeros, dated))

    def months(self) -> list[ZeroMonth]:
        """Return the last twelve months that are over, the newest first, and the running one."""
        with self._store.reading() as reader:
            own = reader.setting(settings.UNIT)
            zeros = [zero for zero in self._zeros(reader) if zero.unit == own]
            dated = self._dated(reader, own)
        found: list[ZeroMonth] = []
        for name in months_back(self._today()[:7], MONTHS_BACK + 1):
            period = self._named(name)
            lines = self._lines(period, own, zeros, dated)
            left = sum(line.state is ZeroState.OPEN for line in lines)
            found.append(ZeroMonth(name, opening(period.label), left))
        return [*found[1:], found[0]]

    def declare(self, abouts: Sequence[str], period: Period) -> Saved:
        """Say of these kinds that nothing happened in a period: one action, undone as one.

        Raises:
            UserError: `nothing_to_declare`, `period_not_begun`, `has_records`: there are records of
                the period, so something did happen.
        """
        today = self._today()
        if period.since > today:
            message = f"Kỳ {period.label} chưa bắt đầu. Chọn kỳ khác."
            raise UserError("period_not_begun", message, "period")
        lines = {line.about: line for line in self.board(period)}
        wanted = [lines[about] for about in dict.fromkeys(abouts) if about in lines]
        against = next((line for line in wanted if line.records), None)
        if against is not None:
            message = (
                f"{against.label}: có {show_integer(against.records)} hồ sơ trong kỳ nên không báo "
                "không phát sinh được. Bỏ chọn loại này."
            )
            raise UserError("has_records", message, "about")
        edits = [self._edit(line.about, period, today) for line in wanted if not line.zero]
        if not edits:
            message = "Không còn loại nào để báo trong kỳ này. Chọn kỳ khác."
            raise UserError("nothing_to_declare", message, "about")
        saved = self._records.save(edits)
        count = show_integer(len(edits))
        return replace(saved, sentence=f"Đã báo không phát sinh {count} loại, {period.label}.")

    def take_back(self, ids: Sequence[str]) -> Saved:
        """Take zero reports back; they stay visible as voided.

        Raises:
            UserError: As `Records.void_all` says.
        """
        return self._records.void_all(KIND, ids, TAKEN_BACK)

    def held(self) -> tuple[list[Zero], Dated]:
        """Return the zero reports of all units, and day and id of what their kinds hold."""
        with self._store.reading() as reader:
            zeros = self._zeros(reader)
            return zeros, self._dated(reader, "") if zeros else {}

    def against(self) -> list[Against]:
        """Return the zero reports of all units that records on file speak against."""
        found = contradictions(*self.held())
        with self._store.reading() as reader:
            names = reader.titles("unit", {one.zero.unit for one in found})
        return [
            Against(
                unit=one.zero.unit,
                unit_name=names.get(one.zero.unit, one.zero.unit),
                about=one.zero.about,
                label=self._label(one.zero.about),
                days=f"từ {show_date(one.zero.since)} đến {show_date(one.zero.until)}",
                records=one.records,
                zero=one.zero.record,
                example=one.example,
            )
            for one in found
        ]

    def _lines(
        self, period: Period, own: str, zeros: Sequence[Zero], dated: Dated
    ) -> Iterable[ZeroLine]:
        for about in REPORTED:
            if about not in self._store.specs:
                continue
            of_kind = [zero for zero in zeros if zero.about == about]
            said = covers(of_kind, period.since, period.until)
            there = [one for day, one in dated.get((own, about), ()) if period.holds(day)]
            exact = (
                zero.record
                for zero in of_kind
                if (zero.since, zero.until) == (period.since, period.until)
            )
            state = ZeroState.ZERO if said else ZeroState.OPEN
            if there:
                state = ZeroState.CONTRADICTED if said else ZeroState.RECORDS
            yield ZeroLine(
                about=about,
                label=self._label(about),
                state=state,
                records=len(there),
                zero=next(exact, ""),
                example=min(there, default=""),
            )

    def _edit(self, about: str, period: Period, today: str) -> Edit:
        spec = self._store.specs[KIND]
        with self._store.reading() as reader:
            values: dict[str, Value] = {
                "unit": reader.setting(settings.UNIT),
                "about": about,
                "period": read_period(period.name),
                "declared_on": today,
            }
            record_id = common_id(spec, values)
            held = reader.record(KIND, record_id)
        if held is None:
            return Edit(KIND, record_id, values, created=True)
        return Edit(KIND, record_id, {VOID: None, "declared_on": today})

    def _zeros(self, reader: Reader) -> list[Zero]:
        return SaidOfFigures(self._store, reader, self._named).zeros()

    def _dated(self, reader: Reader, unit: str) -> Dated:
        """Return day and id of the records of each unit and kind; of one unit where one is given.

        What counts in a figure counts here: nothing below a voided record.
        """
        found: Dated = {}
        for about in REPORTED:
            spec = self._store.specs.get(about)
            if spec is None:
                continue
            for held in in_force(self._store, reader, about, (spec.dated_by,)):
                day = held.values.get(spec.dated_by)
                if isinstance(day, str) and (not unit or held.owner == unit):
                    found.setdefault((held.owner, about), []).append((day, held.id))
        return found

    def _label(self, about: str) -> str:
        spec = self._store.specs.get(about)
        return opening(spec.label) if spec else about

    def _today(self) -> str:
        return civil(self._hand.clock.now())[:10]


def months_back(newest: str, count: int) -> list[str]:
    """Return the names of so many months, the given one first."""
    year, month = int(newest[:4]), int(newest[5:7])
    last = year * 12 + month - 1
    return [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(last, last - count, -1)]
