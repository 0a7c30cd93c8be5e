"""Return bundles: the receiver's signed answer, and the commune taking it in."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from antq_desktop.bundle.writing import Content
from antq_desktop.domain.answers import Answer, Owed, Receipt, RecordVerdict
from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.exchange import BundleKind, Header, Party, WriterPlace
from antq_desktop.domain.gate import Verdict
from antq_desktop.services.hand import Hand
from antq_desktop.services.sealing import Made, Sealing
from antq_desktop.services.taking import Taking
from antq_desktop.storage import exchange, settings
from antq_desktop.storage.exchange import (
    ACKNOWLEDGED,
    MERGED,
    RETURNED,
    BasisRow,
    ReceivedRow,
    SentRow,
    verdicts_of,
)
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.work import Work


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a return bundle brought.

    Attributes:
        sentence: One Vietnamese sentence.
        answer: All it says.
        acknowledged: How many bundles of the register it confirms.
        returned: How many it sends back.
        owed: How many records go again with the next bundle.
    """

    sentence: str
    answer: Answer
    acknowledged: int
    returned: int
    owed: int


class Returning:
    """Answers the units below, and takes the answer of the unit above in."""

    def __init__(self, store: Store, sealing: Sealing, taking: Taking, hand: Hand) -> None:
        self._store = store
        self._sealing = sealing
        self._taking = taking
        self._devices = sealing.devices
        self._hand = hand

    def units_to_answer(self) -> list[Party]:
        """Return the units whose bundles came and that have an accepted device, by name."""
        known = {held.device.unit.id: held.device.unit for held in self._devices.known()}
        with self._store.reading() as reader:
            rows = exchange.select(reader.connection, ReceivedRow, "WHERE digest <> ''")
        senders = {row.sender for row in rows}
        return sorted((known[s] for s in senders if s in known), key=lambda unit: unit.name)

    def seal(self, unit: Party) -> Made:
        """Make the return bundle for one unit.

        Raises:
            UserError: `no_bundle_to_answer`.
            EnvironmentFault: What the machine denies; the register is as before.
        """
        self._devices.keys()
        with self._store.writing(self._hand.officer, Action.SEAL) as work:
            answer = _answer(work, unit.id)
            if not answer.receipts:
                message = f"Chưa nhận gói nào của {unit.name} nên chưa có gì để xác nhận."
                raise UserError("no_bundle_to_answer", message)
            content = Content(answer=answer.to_lines())
            row = self._sealing.seal_answer(work, unit, content)
        count = len(answer.receipts)
        return Made(row, f"Đã lập gói trả về cho {unit.name}, xác nhận {count} gói.")

    def answer_for(self, unit: str) -> Answer:
        """Return what a return bundle made now would say to a unit."""
        with self._store.reading() as reader:
            return _answer(reader, unit)

    def accept(self, path: Path) -> Accepted:
        """Take a return bundle in: only a signed receipt moves the register.

        Raises:
            UserError: `answer_refused` with what the gate found, `not_an_answer`.
            EnvironmentFault: What the machine denies; the register is as before.
        """
        taken, answer, header = self._taking.take_answer(path)
        with self._store.writing(self._hand.officer, Action.ANSWER) as work:
            moved = _move_register(work, answer, civil(self._hand.clock.now()))
            _move_basis(work, header, taken.digest, answer)
            exchange.put(work.connection, replace(taken, state=MERGED, entry=work.seq))
            work.note("", "", f"Nạp phiếu xác nhận {taken.name}")
        sentence = _sentence(header, moved, len(answer.owed))
        return Accepted(sentence, answer, moved[ACKNOWLEDGED], moved[RETURNED], len(answer.owed))


def _answer(reader: Reader, unit: str) -> Answer:
    """State the whole of what this store holds of a unit, with a receipt for each bundle."""
    rows = exchange.select(
        reader.connection,
        ReceivedRow,
        "WHERE sender = ? AND digest <> '' AND kind = ? ORDER BY writer, number, received_at",
        (unit, str(BundleKind.UP)),
    )
    by_digest: dict[str, ReceivedRow] = {}
    for row in rows:
        held = by_digest.get(row.digest)
        if held is None or (row.state == MERGED and held.state != MERGED):
            by_digest[row.digest] = row
    receipts: list[Receipt] = []
    records: list[RecordVerdict] = []
    highest: dict[str, WriterPlace] = {}
    latest: dict[tuple[str, str], RecordVerdict] = {}
    for row in sorted(by_digest.values(), key=lambda row: (row.entry or 0, row.number)):
        place = WriterPlace(row.writer, row.number, row.digest)
        verdicts = _once_merged(reader, row)
        receipts.append(_receipt(row, place, verdicts))
        records.extend(verdicts)
        latest.update({(verdict.kind, verdict.record): verdict for verdict in verdicts})
        if row.state == MERGED and row.number > _number(highest.get(row.writer)):
            highest[row.writer] = place
    owed = tuple(
        Owed(verdict.kind, verdict.record, verdict.codes)
        for verdict in latest.values()
        if verdict.outcome.owed
    )
    held_places = tuple(highest[writer] for writer in sorted(highest))
    return Answer(tuple(receipts), tuple(records), held_places, owed)


def _number(place: WriterPlace | None) -> int:
    return place.number if place else 0


def _once_merged(reader: Reader, row: ReceivedRow) -> tuple[RecordVerdict, ...]:
    return verdicts_of(reader.connection, row) if row.state == MERGED else ()


def _receipt(row: ReceivedRow, place: WriterPlace, verdicts: tuple[RecordVerdict, ...]) -> Receipt:
    codes = tuple(dict.fromkeys(str(found[0]) for found in json.loads(row.faults)))
    return Receipt(
        bundle=place,
        basis=row.basis,
        verdict=Verdict(row.verdict),
        codes=codes[:100],
        totals=Counter(verdict.outcome for verdict in verdicts),
    )


def _move_register(work: Work, answer: Answer, now: str) -> Counter[str]:
    moved: Counter[str] = Counter()
    for receipt in answer.receipts:
        found = exchange.select(
            work.connection, SentRow, "WHERE digest = ?", (receipt.bundle.digest,)
        )
        if not found:
            continue
        state = ACKNOWLEDGED if receipt.verdict.mergeable else RETURNED
        told = receipt.to_line().decode()
        exchange.put(work.connection, replace(found[0], state=state, answered_at=now, answer=told))
        moved[state] += 1
    return moved


def _move_basis(work: Work, header: Header, digest: str, answer: Answer) -> None:
    """Believe the newest statement only, by the receiver's own writer and number."""
    found = exchange.select(work.connection, BasisRow, "WHERE addressee = ?", (header.sender.id,))
    newest = found[0] if found else None
    older = (
        newest is not None
        and newest.by_writer == header.writer
        and newest.by_number > header.number
    )
    if older:
        return
    writer = work.setting(settings.WRITER)
    place = next((held for held in answer.held if held.writer == writer), None)
    owed = canonical([[item.kind, item.record] for item in answer.owed]).decode()
    exchange.put(
        work.connection,
        BasisRow(
            addressee=header.sender.id,
            writer=writer,
            number=place.number if place else 0,
            digest=place.digest if place else "",
            by_writer=header.writer,
            by_number=header.number,
            by_digest=digest,
            owed=owed,
        ),
    )


def _sentence(header: Header, moved: Counter[str], owed: int) -> str:
    told = [f"{moved[ACKNOWLEDGED]} gói đã được nhận"]
    if moved[RETURNED]:
        told.append(f"{moved[RETURNED]} gói bị trả lại")
    if owed:
        told.append(f"{owed} hồ sơ cần sửa và gửi lại")
    return f"{header.sender.name} xác nhận: {', '.join(told)}."
