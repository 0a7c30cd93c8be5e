"""Whose data came when: units by months, missing numbers, what goes wrong with whose bundles."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.exchange import BundleKind
from antq_desktop.domain.heat import (
    DUE_DAY,
    LATEST_DUE_DAY,
    Came,
    Heat,
    HeatCell,
    heat_of,
    missing_numbers,
)
from antq_desktop.domain.periods import calendar_period
from antq_desktop.domain.text import sort_key
from antq_desktop.domain.zero_reports import covers
from antq_desktop.services.deliveries import first_sentence
from antq_desktop.services.profiles import tree_of
from antq_desktop.services.rule_words import said_of_rule
from antq_desktop.services.zero_reports import months_back
from antq_desktop.storage import exchange
from antq_desktop.storage.exchange import MERGED, QUARANTINED, ReceivedRow

if TYPE_CHECKING:
    from antq_desktop.services.devices import Devices
    from antq_desktop.services.hand import Hand
    from antq_desktop.services.zero_reports import ZeroReports
    from antq_desktop.storage.store import Store

SETTING: Final = "due_day"
MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One unit: how it stands in each month, and the numbers of bundles that are missing."""

    unit: str
    name: str
    cells: tuple[HeatCell, ...]
    missing: tuple[int, ...]

    @property
    def gaps(self) -> tuple[str, ...]:
        """The months of which nothing came, or what came was not taken."""
        lacking = (Heat.GAP, Heat.RETURNED)
        return tuple(cell.month for cell in self.cells if cell.state in lacking)

    @property
    def sends(self) -> bool:
        """Whether it is expected to send, in any of the months."""
        return any(cell.state is not Heat.BEFORE for cell in self.cells)

    @property
    def wants_letter(self) -> bool:
        """Whether there is something to ask the unit for."""
        return bool(self.gaps or self.missing)


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Units by months, the oldest month first; units that send first, each in alphabetic order."""

    months: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    due_day: int

    def row(self, unit: str) -> HeatRow | None:
        """Return the row of a unit."""
        return next((row for row in self.rows if row.unit == unit), None)


@dataclass(frozen=True, slots=True)
class RuleErrors:
    """How often one rule refused records, or the gate refused bundles, of one sender.

    Attributes:
        unit: Name of the sender.
        rule: What the rule says; a sentence.
        code: Its code.
        count: How many records, or bundles.
        of: How many records, or bundles, of the sender were looked at.
        bundles: True where bundles are counted.
    """

    unit: str
    rule: str
    code: str
    count: int
    of: int
    bundles: bool

    @property
    def rate(self) -> str:
        """The share, to a tenth of a per cent."""
        return f"{self.count * 100 / self.of:.1f}%".replace(".", ",") if self.of else ""


class Following:
    """Reads what came, for the receiver."""

    def __init__(self, store: Store, devices: Devices, zeros: ZeroReports, hand: Hand) -> None:
        self._store = store
        self._devices = devices
        self._zeros = zeros
        self._hand = hand

    @property
    def due_day(self) -> int:
        """Day of the month after on which data is due."""
        return int(self._store.setting(SETTING, str(DUE_DAY)))

    def set_due_day(self, day: int) -> None:
        """Keep another day.

        Raises:
            UserError: `due_day_out_of_bounds`.
        """
        if not 1 <= day <= LATEST_DUE_DAY:
            message = f"Hạn gửi là ngày 1 đến ngày {LATEST_DUE_DAY}. Nhập lại ngày."
            raise UserError("due_day_out_of_bounds", message, "due_day")
        with self._store.writing(self._hand.officer, Action.SET) as work:
            work.set_setting(SETTING, str(day))
            work.note("", "", f"Hạn gửi số liệu hằng tháng: ngày {day} tháng sau")

    def heat(self, last: str = "") -> HeatMap:
        """Return the map of twelve months up to one, the running month where none is named."""
        today = civil(self._hand.clock.now())[:10]
        months = tuple(reversed(months_back(last or today[:7], MONTHS)))
        due_day = self.due_day
        came = self._came()
        since = self._expected_since()
        for unit, rows in came.items():
            first = min((row.received_at[:10] for row in rows), default=today)
            since[unit] = min(since.get(unit, first), first)
        names = self._names({*came, *since})
        zeros = self._zero_months(months)
        found = (
            HeatRow(
                unit=unit,
                name=name,
                cells=heat_of(
                    (_came(row) for row in came.get(unit, ())),
                    months,
                    today=today,
                    since=since.get(unit, ""),
                    zeros=zeros.get(unit, frozenset()),
                    due_day=due_day,
                ),
                missing=missing_numbers(
                    (row.writer, row.number, row.basis)
                    for row in came.get(unit, ())
                    if row.state == MERGED
                ),
            )
            for unit, name in names.items()
        )
        # who sends stands before who has never been expected to
        ordered = sorted(found, key=lambda row: (not row.sends, sort_key(row.name)))
        return HeatMap(months, tuple(ordered), due_day)

    def errors(self) -> list[RuleErrors]:
        """Return the error rate of each sender and rule, the most frequent first."""
        came = self._came()
        names = self._names(came)
        found: list[RuleErrors] = []
        for unit, rows in came.items():
            found.extend(self._refused_records(names[unit], rows))
            found.extend(_refused_bundles(names[unit], rows))
        return sorted(found, key=lambda one: (-one.count, sort_key(one.unit), one.code))

    def _refused_records(self, name: str, rows: Sequence[ReceivedRow]) -> Iterator[RuleErrors]:
        counts: Counter[str] = Counter()
        looked_at = 0
        with self._store.reading() as reader:
            for row in rows:
                if row.state != MERGED:
                    continue
                for verdict in exchange.verdicts_of(reader.connection, row):
                    looked_at += 1
                    if verdict.outcome.owed:
                        counts.update(set(verdict.codes))
        for code, count in counts.items():
            yield RuleErrors(name, said_of_rule(code), code, count, looked_at, bundles=False)

    def _came(self) -> dict[str, list[ReceivedRow]]:
        with self._store.reading() as reader:
            rows = exchange.select(
                reader.connection,
                ReceivedRow,
                "WHERE sender <> '' AND kind = ? AND state IN (?, ?) ORDER BY received_at",
                (str(BundleKind.UP), MERGED, QUARANTINED),
            )
        found: dict[str, list[ReceivedRow]] = {}
        seen: set[tuple[str, str]] = set()
        for row in rows:
            if (row.digest, row.state) in seen and row.digest:
                continue  # a second copy of one bundle says nothing more
            seen.add((row.digest, row.state))
            found.setdefault(row.sender, []).append(row)
        return found

    def _expected_since(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for held in self._devices.known():
            if BundleKind.UP in held.may_send and not held.revoked:
                unit = held.device.unit.id
                found[unit] = min(found.get(unit, held.since[:10]), held.since[:10])
        return found

    def _names(self, units: Mapping[str, object] | set[str]) -> dict[str, str]:
        names = {place.id: place.name for place in tree_of(self._store)}
        known = {held.device.unit.id: held.device.unit.name for held in self._devices.known()}
        with self._store.reading() as reader:
            titles = reader.titles("unit", units)
        for unit in units:
            names.setdefault(unit, titles.get(unit) or known.get(unit) or unit)
        return names

    def _zero_months(self, months: Sequence[str]) -> dict[str, set[str]]:
        """Return by unit the months of which it said only that nothing happened."""
        zeros, dated = self._zeros.held()
        units = {zero.unit for zero in zeros}
        found: dict[str, set[str]] = {}
        for unit in units:
            own = [zero for zero in zeros if zero.unit == unit]
            days = [day for (owner, _kind), held in dated.items() if owner == unit
                    for day, _id in held]  # fmt: skip
            for month in months:
                period = calendar_period(month)
                said = any(covers([zero], period.since, period.until) for zero in own)
                if said and not any(period.holds(day) for day in days):
                    found.setdefault(unit, set()).add(month)
        return found


def _came(row: ReceivedRow) -> Came:
    return Came(row.received_at[:10], row.state == MERGED, row.sha256)


def _refused_bundles(name: str, rows: Sequence[ReceivedRow]) -> Iterator[RuleErrors]:
    counts: Counter[str] = Counter()
    sentences: dict[str, str] = {}
    for row in rows:
        if row.state != QUARANTINED:
            continue
        for found in json.loads(row.faults):
            if str(found[0]) == row.shelf:
                counts[row.shelf] += 1
                sentences[row.shelf] = first_sentence(str(found[1]))
                break
    for code, count in counts.items():
        yield RuleErrors(name, sentences[code], code, count, len(rows), bundles=True)
