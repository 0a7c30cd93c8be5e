"""The delivery register and the shelves, in the words of the officers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.exchange import BundleKind
from antq_desktop.domain.gate import Verdict
from antq_desktop.domain.shown import show_moment
from antq_desktop.storage import exchange
from antq_desktop.storage.exchange import (
    ACKNOWLEDGED,
    COVERED,
    MERGED,
    QUARANTINED,
    RESEND,
    RETURNED,
    SEALED,
    STAGED,
    TOLD,
    WITHDRAWN,
    WRITTEN,
    ReceivedRow,
    SentRow,
)
from antq_desktop.storage.store import Store

SENT_STATES: Final = {
    SEALED: "đã lập, chưa ghi ra USB",
    WRITTEN: "đã ghi ra, chờ xác nhận",
    ACKNOWLEDGED: "đã được xác nhận",
    RETURNED: "bị trả lại, cần sửa và gửi lại",
    COVERED: "đã có trong gói sau được xác nhận",
    RESEND: "cần gửi lại",
    TOLD: "đã nhận, báo qua điện thoại",
}
RECEIVED_STATES: Final = {
    STAGED: "chờ nhập",
    MERGED: "đã nhập",
    QUARANTINED: "trong ngăn chờ xử lý",
    WITHDRAWN: "đã rút lại",
}


@dataclass(frozen=True, slots=True)
class SentLine:
    """One line of the delivery register."""

    digest: str
    number: int
    kind_label: str
    addressee: str
    sealed: str
    records: int
    size: int
    state: str
    state_label: str
    answered: str
    spoken: str


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """One bundle that came.

    Attributes:
        faults: Sentences of what the gate found.
        totals: How many records fell into each heap.
    """

    sha256: str
    digest: str
    name: str
    sender: str
    sender_name: str
    number: int
    received: str
    verdict: str
    verdict_label: str
    shelf: str
    state: str
    state_label: str
    faults: tuple[str, ...]
    totals: dict[str, int]


class Registers:
    """Reads the delivery register and the shelves."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def sent(self) -> list[SentLine]:
        """Return the delivery register, the newest first."""
        with self._store.reading() as reader:
            rows = exchange.select(
                reader.connection, SentRow, "ORDER BY sealed_at DESC, number DESC"
            )
        return [_sent(row) for row in rows]

    def received(self) -> list[ReceivedLine]:
        """Return the bundles that came, the newest first."""
        with self._store.reading() as reader:
            rows = exchange.select(
                reader.connection, ReceivedRow, "ORDER BY received_at DESC, name DESC"
            )
        return [_received(row) for row in rows]


def _sent(row: SentRow) -> SentLine:
    return SentLine(
        digest=row.digest,
        number=row.number,
        kind_label=BundleKind(row.kind).label,
        addressee=row.addressee_name,
        sealed=show_moment(row.sealed_at[:16]),
        records=row.records,
        size=row.size,
        state=row.state,
        state_label=SENT_STATES[row.state],
        answered=show_moment(row.answered_at[:16]) if row.answered_at else "",
        spoken=row.spoken,
    )


def _received(row: ReceivedRow) -> ReceivedLine:
    totals = json.loads(row.totals) if row.totals else {}
    return ReceivedLine(
        sha256=row.sha256,
        digest=row.digest,
        name=row.name,
        sender=row.sender,
        sender_name=row.sender_name,
        number=row.number,
        received=show_moment(row.received_at[:16]),
        verdict=row.verdict,
        verdict_label=Verdict(row.verdict).label,
        shelf=row.shelf,
        state=row.state,
        state_label=RECEIVED_STATES[row.state],
        faults=tuple(str(fault[1]) for fault in json.loads(row.faults)),
        totals={str(name): int(count) for name, count in totals.items()},
    )
