"""What waits to be sent and what became of what was: the delivery register, for the screens."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.answers import Outcome, RecordVerdict
from antq_desktop.domain.changes import Action
from antq_desktop.domain.checking import check
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.exchange import BundleKind
from antq_desktop.domain.fields import Travels
from antq_desktop.domain.gate import GATE_CODES, Verdict, gate_fault
from antq_desktop.domain.records import SPECS
from antq_desktop.domain.shown import show_moment
from antq_desktop.services.delivery_states import NEXT_STEPS, DeliveryState
from antq_desktop.services.records import title_of
from antq_desktop.services.said_above import told_above
from antq_desktop.services.telephone import AWAITED
from antq_desktop.storage import exchange, settings
from antq_desktop.storage.exchange import (
    ACKNOWLEDGED,
    COVERED,
    MERGED,
    RESEND,
    RETURNED,
    SEALED,
    TOLD,
    WRITTEN,
    BasisRow,
    ReceivedRow,
    SentRow,
)

if TYPE_CHECKING:
    from antq_desktop.domain.codes import Codes
    from antq_desktop.services.devices import Devices
    from antq_desktop.services.hand import Hand
    from antq_desktop.services.sealing import Sealing
    from antq_desktop.services.taking import Taking
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store

__all__ = [
    "CALM_DAYS", "LONGEST_CALM", "Deliveries", "Delivery", "DeliveryState", "KindCount",
    "RefusedRecord", "Reply", "Waiting", "first_sentence", "shown_moment", "totals_of",
]  # fmt: skip
CALM_DAYS: Final = 45  # stations come once a month from far away
LONGEST_CALM: Final = 365
_UNNAMED: Final = "…"


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many records of a kind wait to be sent."""

    kind: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits to be sent to the unit above.

    Attributes:
        addressee: Name of that unit.
        kinds: The kinds with records waiting.
        again: How many of them that unit has sent back to be put right.
        confirmed: When its newest answer was taken in, for the screen; empty when none was.
        unanswered: Numbers of the bundles that were written and wait for an answer.
        bags: How many bundles of units below go along, as they came.
    """

    addressee: str
    kinds: tuple[KindCount, ...]
    again: int
    confirmed: str
    unanswered: tuple[int, ...]
    bags: int = 0

    @property
    def total(self) -> int:
        """How many records wait."""
        return sum(one.count for one in self.kinds)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One line of the delivery register; dates as the screen shows them.

    Attributes:
        goes_up: True for a bundle with records, which somebody confirms.
        awaited: True while its digits may be typed in, as the receiver reads them out.
        days: How many days ago it was written, or made.
        calm_days: For how many days nobody asks why it is not confirmed.
        above: What units further above said of it, a sentence each.
    """

    digest: str
    number: int
    goes_up: bool
    kind_label: str
    addressee: str
    file: str
    sealed: str
    written: str
    answered: str
    records: int
    size: int
    awaited: bool
    officer: str
    state: DeliveryState
    days: int
    calm_days: int = CALM_DAYS
    above: tuple[str, ...] = ()

    @property
    def state_label(self) -> str:
        """Where it stands, with the days after which it is overdue."""
        if self.state is DeliveryState.OVERDUE:
            return f"quá {self.calm_days} ngày chưa có xác nhận"
        return self.state.label

    @property
    def next_step(self) -> str:
        """What is to be done about it."""
        return NEXT_STEPS[self.state]


@dataclass(frozen=True, slots=True)
class RefusedRecord:
    """A record that the receiver did not take.

    Attributes:
        name: Its kind and title.
        codes: Why, as the receipt says.
        faults: What is still wrong with it here, one sentence each.
    """

    kind: str
    id: str
    name: str
    codes: tuple[str, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the receipt says of one bundle.

    Attributes:
        verdict: On the bundle as a whole.
        reasons: Why it was not taken as it was, one sentence each.
        totals: How many records met each outcome.
        refused: The records that were not taken.
    """

    verdict: Verdict
    reasons: tuple[str, ...]
    totals: tuple[tuple[Outcome, int], ...]
    refused: tuple[RefusedRecord, ...]


class Deliveries:
    """Reads what the store keeps of the exchange, for the screens."""

    def __init__(
        self,
        store: Store,
        codes: Codes,
        hand: Hand,
        *,
        devices: Devices,
        sealing: Sealing,
        taking: Taking,
    ) -> None:
        self._store = store
        self._codes = codes
        self._devices = devices
        self._sealing = sealing
        self._taking = taking
        self._hand = hand

    def waiting(self) -> Waiting:
        """Return what waits to be sent.

        Raises:
            UserError: `no_receiver`, `several_receivers`.
        """
        addressee = self._devices.addressee()
        counts = self._sealing.waiting_by_kind()
        with self._store.reading() as reader:
            held = _basis_of(reader, addressee.id)
            sent = _sent(reader, "WHERE addressee = ?", addressee.id)
        answers = [row.answered_at for row in sent if row.answered_at]
        return Waiting(
            addressee=addressee.name,
            kinds=tuple(
                KindCount(kind, SPECS[kind].label if kind in SPECS else kind, count)
                for kind, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
            ),
            again=len(json.loads(held.owed)) if held else 0,
            confirmed=shown_moment(max(answers, default=None)),
            unanswered=tuple(sorted(row.number for row in sent if row.state == WRITTEN)),
            bags=self._sealing.bags_waiting(),
        )

    def register(self) -> list[Delivery]:
        """Return the delivery register, the newest first."""
        with self._store.reading() as reader:
            rows = _sent(reader, "ORDER BY sealed_at DESC, number DESC")
            basis = {row.addressee: row for row in exchange.select(reader.connection, BasisRow)}
            above = told_above(reader, [row.digest for row in rows])
        today, calm = self._hand.clock.now().date(), self.calm_days
        return [
            replace(
                _delivery(row, basis.get(row.addressee), today, calm),
                above=above.get(row.digest, ()),
            )
            for row in rows
        ]

    @property
    def calm_days(self) -> int:
        """For how many days a bundle that was written waits before it is overdue."""
        return int(self._store.setting(settings.CALM_DAYS, str(CALM_DAYS)))

    def set_calm_days(self, days: int) -> None:
        """Keep for how many days a bundle waits before it is overdue.

        Raises:
            UserError: `calm_days_absurd`.
        """
        if not 1 <= days <= LONGEST_CALM:
            message = f"Số ngày chờ xác nhận từ 1 đến {LONGEST_CALM}. Nhập lại."
            raise UserError("calm_days_absurd", message, "days")
        with self._store.writing(self._hand.officer, Action.SETTINGS) as work:
            before = work.setting(settings.CALM_DAYS, str(CALM_DAYS))
            work.set_setting(settings.CALM_DAYS, str(days))
            work.note("", "", f"Hạn chờ xác nhận: {before} → {days} ngày")

    def reply(self, digest: str) -> Reply | None:
        """Return what the receipt says of a bundle of the register; None before one came."""
        with self._store.reading() as reader:
            rows = _sent(reader, "WHERE digest = ?", digest)
            if not rows or not rows[0].answer:
                return None
            told = json.loads(rows[0].answer)
            answers = exchange.select(
                reader.connection,
                ReceivedRow,
                "WHERE kind = ? AND state = ? ORDER BY entry DESC",
                (str(BundleKind.RETURN), MERGED),
            )
        verdict = Verdict(told["verdict"])
        return Reply(
            verdict=verdict,
            reasons=tuple(_reason(str(code)) for code in told["codes"] if code in GATE_CODES),
            totals=totals_of(told["totals"]),
            refused=self._refused(digest, answers),
        )

    def _refused(self, digest: str, answers: Iterable[ReceivedRow]) -> tuple[RefusedRecord, ...]:
        """Ask the newest return bundle that speaks of this bundle."""
        for row in answers:
            try:
                kept = self._taking.folder / f"{row.sha256}.antq"
                _row, answer, _header, _arrival = self._taking.take_answer(kept)
            except (UserError, EnvironmentFault):
                continue  # the file went astray; the register still holds the totals
            if not any(receipt.bundle.digest == digest for receipt in answer.receipts):
                continue
            found = [
                verdict
                for verdict in answer.records
                if verdict.bundle == digest and verdict.outcome.owed
            ]
            with self._store.reading() as reader:
                return tuple(self._refused_record(reader, one) for one in found)
        return ()

    def _refused_record(self, reader: Reader, told: RecordVerdict) -> RefusedRecord:
        spec = SPECS.get(told.kind)
        record = reader.record(told.kind, told.record) if spec else None
        if spec is None or record is None:
            return RefusedRecord(told.kind, told.record, told.record[:8], told.codes, ())
        values = record.values()
        found = check(spec, values, self._codes, None, farthest=Travels.UP)
        faults = tuple(fault.message for fault in found if not fault.warning)
        name = f"{spec.label} “{title_of(spec, values) or told.record[:8]}”"
        still = faults or ("Đã sửa ở đây; sẽ gửi lại trong gói sau.",)
        return RefusedRecord(told.kind, told.record, name, told.codes, still)


def _sent(reader: Reader, rest: str, *values: str) -> list[SentRow]:
    return exchange.select(reader.connection, SentRow, rest, values)


def _basis_of(reader: Reader, addressee: str) -> BasisRow | None:
    found = exchange.select(reader.connection, BasisRow, "WHERE addressee = ?", (addressee,))
    return found[0] if found else None


def shown_moment(moment: str | None) -> str:
    """Write a stored moment for the screen, to the minute; empty for none."""
    return show_moment(moment[:16]) if moment else ""


def _delivery(row: SentRow, basis: BasisRow | None, today: date, calm: int) -> Delivery:
    since = date.fromisoformat((row.written_at or row.sealed_at)[:10])
    days = max(0, (today - since).days)
    return Delivery(
        digest=row.digest,
        number=row.number,
        goes_up=row.kind != BundleKind.RETURN,
        kind_label=BundleKind(row.kind).label,
        addressee=row.addressee_name,
        file=row.file,
        sealed=shown_moment(row.sealed_at),
        written=shown_moment(row.written_at),
        answered=shown_moment(row.answered_at),
        records=row.records,
        size=row.size,
        awaited=row.kind == BundleKind.UP and row.state in AWAITED,
        officer=row.officer,
        state=_state(row, basis, days, calm),
        days=days,
        calm_days=calm,
    )


def _state(row: SentRow, basis: BasisRow | None, days: int, calm: int) -> DeliveryState:
    if row.state == SEALED:
        return DeliveryState.SEALED
    if row.kind == BundleKind.RETURN:
        return DeliveryState.WRITTEN
    if row.state == RETURNED:
        return DeliveryState.RETURNED
    if row.state == RESEND:
        return DeliveryState.RESEND
    if row.state == TOLD:
        return DeliveryState.TOLD
    if row.state in {ACKNOWLEDGED, COVERED}:
        fell_behind = basis is not None and basis.writer == row.writer and basis.number < row.number
        return DeliveryState.RESEND if fell_behind else DeliveryState.ACKNOWLEDGED
    return DeliveryState.OVERDUE if days > calm else DeliveryState.WAITING


def _reason(code: str) -> str:
    """Return why, without the next step: that one is meant for the receiver."""
    told = gate_fault(code, what=_UNNAMED, theirs=_UNNAMED, ours=_UNNAMED).message
    return first_sentence(told)


def first_sentence(told: str) -> str:
    """Return what is wrong, without the next step."""
    first, stop, _rest = told.partition(". ")
    return first + "." if stop else first


def totals_of(told: Mapping[str, int]) -> tuple[tuple[Outcome, int], ...]:
    """Return the outcomes that occurred, in the order of the receipt."""
    return tuple((one, int(told[one])) for one in Outcome if told.get(one))
