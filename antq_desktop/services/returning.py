"""Return bundles: the receiver's signed answer, and the commune taking it in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from antq_desktop.domain.answers import Answer, Outcome, Owed, Passed, Receipt, RecordVerdict
from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.exchange import BundleKind, Header, Party, WriterPlace
from antq_desktop.domain.gate import Verdict
from antq_desktop.domain.planning import Arrival, Plan, plan
from antq_desktop.services.chain import hear_passed, passed_rows, said_above
from antq_desktop.services.descending import addressed, covered_below, going_down
from antq_desktop.services.hand import Hand
from antq_desktop.services.journal_echo import hear_echoes, journal_from
from antq_desktop.services.keys_down import take_keys, told_to
from antq_desktop.services.restarting import note_twin, own_receipts, twin_of
from antq_desktop.services.sealing import Made, Sealing
from antq_desktop.services.statements import held_places, is_newest, remember_speaker
from antq_desktop.services.taking import Taking
from antq_desktop.storage import exchange, own_states, settings
from antq_desktop.storage.exchange import (
    ACKNOWLEDGED,
    COVERED,
    MERGED,
    RESEND,
    RETURNED,
    STAGED,
    WITHDRAWN,
    BasisRow,
    ReceivedRow,
    SentRow,
    verdicts_of,
)
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.domain.fields import RecordSpec
    from antq_desktop.domain.record import Record
    from antq_desktop.services.restarting import Twin
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
        brought: What became of the records that came along.
    """

    sentence: str
    answer: Answer
    acknowledged: int
    returned: int
    owed: int
    brought: Plan


class Returning:
    """Answers the units below, and takes the answer of the unit above in."""

    def __init__(self, store: Store, sealing: Sealing, taking: Taking, hand: Hand) -> None:
        self._store = store
        self._sealing = sealing
        self._taking = taking
        self._devices = sealing.devices
        self._hand = hand

    def units_to_answer(self) -> list[Party]:
        """Return the units that a bundle can be made for now, by name.

        They have an accepted device; and a bundle of theirs has a verdict, or they were answered
        before and must hear that nothing is held any more.
        """
        known = {held.device.unit.id: held.device.unit for held in self._devices.known()}
        with self._store.reading() as reader:
            heard = {row.sender for row in exchange.select(reader.connection, *_with_a_verdict())}
            found = [
                unit
                for unit in known.values()
                if unit.id in heard or _answered_before(reader, unit.id)
            ]
        return sorted(found, key=lambda unit: unit.name)

    def seal(self, unit: Party) -> Made:
        """Make the return bundle for one unit.

        Raises:
            UserError: `no_bundle_to_answer`.
            EnvironmentFault: What the machine denies; the register is as before.
        """
        self._devices.keys()
        with self._store.writing(self._hand.officer, Action.SEAL) as work:
            answer = _answer(work, unit.id)
            if not answer.receipts and not _answered_before(work, unit.id):
                message = f"Chưa nhận gói nào của {unit.name} nên chưa có gì để xác nhận."
                raise UserError("no_bundle_to_answer", message)
            down = self._going_down(work, unit.id)
            answer = told_to(work, self._devices, answer, unit.id)
            answer = replace(answer, passed=self._passed(work, answer, unit.id))
            row = self._sealing.seal_answer(work, unit, answer, down)
            exchange.put_down(work.connection, unit.id, addressed(down, self._store.specs))
        count = len(answer.receipts)
        told = f"Đã lập gói trả về cho {unit.name}, xác nhận {count} gói"
        return Made(row, f"{told}, gửi kèm {row.records} hồ sơ." if row.records else f"{told}.")

    def going_down(self, unit: str) -> dict[str, list[Record]]:
        """Return the records that a return bundle made now would take down, by kind."""
        with self._store.reading() as reader:
            return self._going_down(reader, unit)

    def _going_down(self, reader: Reader, unit: str) -> dict[str, list[Record]]:
        devices = {
            held.device.device
            for held in self._devices.known_in(reader)
            if held.device.unit.id == unit and not held.revoked and BundleKind.UP in held.may_send
        }
        covered = covered_below(reader, unit, devices)
        return going_down(reader, self._store.specs, unit, covered, devices)

    def _passed(self, reader: Reader, answer: Answer, unit: str) -> tuple[Passed, ...]:
        """Return what goes down the chain: receipts for bags, and what units above said."""
        by = self._devices.keys().public.unit
        rows = passed_rows(reader, unit)
        ours = [
            Passed(
                by,
                _receipt(
                    row,
                    WriterPlace(row.writer, row.number, row.digest),
                    _once_merged(reader, row),
                ),
            )
            for row in rows
        ]
        digests = {row.digest for row in rows} | {one.bundle.digest for one in answer.receipts}
        return (*ours, *said_above(reader, digests))

    def answer_for(self, unit: str) -> Answer:
        """Return what a return bundle made now would say to a unit."""
        with self._store.reading() as reader:
            return _answer(reader, unit)

    def accept(self, path: Path) -> Accepted:
        """Take a return bundle in: only a signed receipt moves the register.

        Raises:
            UserError: `not_an_answer`, or the code of what the gate found.
            EnvironmentFault: What the machine denies; the register is as before.
        """
        taken, answer, header, arrival = self._taking.take_answer(path)
        self._taking.back_up_before(arrival)
        with self._store.writing(self._hand.officer, Action.ANSWER) as work:
            newest, twin = is_newest(work, header.sender.id, header), twin_of(work)
            moved: Counter[str] = Counter()
            if newest:
                remember_speaker(work, header.sender.id, header)
                twin = note_twin(work, answer, header.sender.id, header.sender.name)
                _move_basis(work, header, taken.digest, answer, twin)
                now = civil(self._hand.clock.now())
                moved = _move_register(work, header, answer, now, twin)
            brought = _taken_in(work, header, arrival)
            came, gone = take_keys(
                work, header, answer, signer=taken.signer, at=civil(self._hand.clock.now())
            )
            gap = hear_echoes(work, own_receipts(answer, twin), header.sender.name)
            exchange.put(work.connection, replace(taken, state=MERGED, entry=work.seq))
            hear_passed(work, answer, civil(self._hand.clock.now()))
            exchange.put_verdicts(work.connection, taken.sha256, _verdicts(taken.digest, brought))
            work.note("", "", f"Nạp phiếu xác nhận {taken.name}")
        owed = len(answer.owed) if newest else 0
        sentence = _sentence(header, moved, owed) if newest else _older_sentence(header)
        parts = (
            *_told(brought, self._store.specs), *_keys_told(came, gone), _twin_told(twin), gap,
        )  # fmt: skip
        told = " ".join(part for part in (sentence, *parts) if part)
        if came or gone:
            self._taking.look_again()
        return Accepted(told, answer, moved[ACKNOWLEDGED], moved[RETURNED], owed, brought)


def _answered_before(reader: Reader, unit: str) -> bool:
    """Tell whether a unit was ever answered: then it must hear that nothing is held any more."""
    return bool(
        exchange.select(
            reader.connection,
            SentRow,
            "WHERE addressee = ? AND kind = ? LIMIT 1",
            (unit, str(BundleKind.RETURN)),
        )
    )


def _with_a_verdict(unit: str = "") -> tuple[type[ReceivedRow], str, tuple[str, ...]]:
    """Return the query for bundles that a receipt can be given for, of one unit or of all."""
    rest = "WHERE digest <> '' AND kind = ? AND state NOT IN (?, ?) AND via = ''"
    values = (str(BundleKind.UP), STAGED, WITHDRAWN)
    return ReceivedRow, *((f"{rest} AND sender = ?", (*values, unit)) if unit else (rest, values))


def _answer(reader: Reader, unit: str) -> Answer:
    """State the whole of what this store holds of a unit, with a receipt for each bundle."""
    rows = exchange.select(reader.connection, *_with_a_verdict(unit))
    by_digest: dict[str, ReceivedRow] = {}
    for row in rows:
        held = by_digest.get(row.digest)
        if held is None or (row.state == MERGED and held.state != MERGED):
            by_digest[row.digest] = row
    # as they were merged, not as a clock says; what is not merged comes first
    in_order = sorted(by_digest.values(), key=lambda r: (r.entry or 0, r.writer, r.number))
    receipts: list[Receipt] = []
    records: list[RecordVerdict] = []
    for row in in_order:
        verdicts = _once_merged(reader, row)
        receipts.append(_receipt(row, WriterPlace(row.writer, row.number, row.digest), verdicts))
        records.extend(verdicts)
    merged = [row for row in in_order if row.state == MERGED]
    return Answer(tuple(receipts), tuple(records), held_places(merged), _owed(merged, records))


def _owed(merged: Sequence[ReceivedRow], records: Sequence[RecordVerdict]) -> tuple[Owed, ...]:
    """Return the records that were refused and not taken since.

    A bundle that comes late says nothing of a record that a later one of its writer has brought.
    """
    of_bundle: dict[str, list[RecordVerdict]] = {}
    for verdict in records:
        of_bundle.setdefault(verdict.bundle, []).append(verdict)
    latest: dict[tuple[str, str], RecordVerdict] = {}
    newest: dict[tuple[str, str, str], int] = {}
    for row in merged:
        for verdict in of_bundle.get(row.digest, ()):
            key = (verdict.kind, verdict.record)
            if row.number < newest.get((row.writer, *key), 0):
                continue
            newest[row.writer, *key] = row.number
            latest[key] = verdict
    return tuple(
        Owed(latest[key].kind, latest[key].record, latest[key].codes)
        for key in sorted(latest)
        if latest[key].outcome.owed
    )


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
        journal=journal_from(row.journal),
    )


def _move_register(
    work: Work, header: Header, answer: Answer, now: str, twin: Twin | None
) -> Counter[str]:
    """Let the register say what the newest statement says, of every bundle sent to its unit.

    What is held above under numbers that a copy of this store used is not what was sent from here.
    """
    receipts = {receipt.bundle.digest: receipt for receipt in answer.receipts}
    reached = {place.writer: place.number for place in answer.held}
    rows = exchange.select(
        work.connection,
        SentRow,
        "WHERE addressee = ? AND kind = ?",
        (header.sender.id, str(BundleKind.UP)),
    )
    moved: Counter[str] = Counter()
    covered = {row.writer: row.covers for row in rows if row.number == reached.get(row.writer)}
    for row in rows:
        receipt = receipts.get(row.digest)
        held = reached.get(row.writer, 0)
        if receipt is None and row.covers > covered.get(row.writer, row.covers):
            held = 0  # a part that went on paper reached further than what it followed
        if twin is not None and row.writer == twin.writer:
            held = min(held, twin.number - 1)
        state = _state_of(row, receipt, held)
        told = receipt.to_line().decode() if receipt else row.answer
        if state != row.state or told != row.answer:
            answered = replace(row, state=state, answered_at=now, answer=told)
            exchange.put(work.connection, answered)
        if receipt is not None:
            moved[state] += 1
        elif state == RESEND:
            moved[RESEND] += 1
    return moved


def _state_of(row: SentRow, receipt: Receipt | None, reached: int) -> str:
    if row.number <= reached:
        if receipt is None and row.state == ACKNOWLEDGED:
            return ACKNOWLEDGED  # an answer on paper repeats no older receipts
        taken = receipt is not None and receipt.verdict.mergeable
        return ACKNOWLEDGED if taken else COVERED
    if receipt is not None:
        return RESEND if receipt.verdict.mergeable else RETURNED
    return RESEND if row.state in {ACKNOWLEDGED, COVERED, RESEND} else row.state


def _move_basis(work: Work, header: Header, digest: str, answer: Answer, twin: Twin | None) -> None:
    writer = work.setting(settings.WRITER)
    place = next((held for held in answer.held if held.writer == writer), None)
    if twin is not None and place is not None and place.number >= twin.number:
        shared = (writer, twin.shared)
        rows = exchange.select(work.connection, SentRow, "WHERE writer = ? AND number = ?", shared)
        place = next((WriterPlace(writer, row.number, row.digest) for row in rows), None)
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


def _verdicts(bundle: str, brought: Plan) -> Iterator[RecordVerdict]:
    """Say which records came along, for the day when another bundle with them is taken back."""
    for item in brought.items:
        yield RecordVerdict(bundle, item.kind, item.id, item.outcome, item.codes)


def _taken_in(work: Work, header: Header, arrival: Arrival) -> Plan:
    """Merge what came along, by the same plan as any bundle."""
    done = plan(arrival, work.records)
    own = work.setting(settings.UNIT)
    before = (item.before for item in done.items if item.after is not None)
    own_states.remember(work.connection, (held for held in before if held and held.owner == own))
    for item in done.items:
        if item.after is not None:
            work.take(item.before, item.after)
    work.has_seen(header.counter)
    return done


def _told(brought: Plan, specs: Mapping[str, RecordSpec]) -> Iterator[str]:
    written = Counter(item.kind for item in brought.items if item.after is not None)
    if written:
        kinds = (f"{count} {specs[kind].label}" for kind, count in written.items())
        yield f"Nhận kèm {', '.join(kinds)}."
    left = len(brought.items) - written.total() - brought.totals.get(Outcome.UNCHANGED, 0)
    if left:
        yield f"{left} hồ sơ trong gói không nhận được."


def _keys_told(came: int, gone: int) -> Iterator[str]:
    if came:
        yield f"Nhận thêm {came} máy của đơn vị tổng hợp."
    if gone:
        yield f"{gone} chìa khóa đã bị thu hồi, không còn được tin."


def _sentence(header: Header, moved: Counter[str], owed: int) -> str:
    told = [f"{moved[ACKNOWLEDGED]} gói đã được nhận"]
    if moved[RESEND]:
        told.append(f"{moved[RESEND]} gói cần gửi lại")
    if moved[RETURNED]:
        told.append(f"{moved[RETURNED]} gói bị trả lại")
    if owed:
        told.append(f"{owed} hồ sơ cần sửa và gửi lại")
    return f"{header.sender.name} xác nhận: {', '.join(told)}."


def _twin_told(twin: Twin | None) -> str:
    if twin is None:
        return ""
    return f"Có hai bản dữ liệu cùng gửi từ gói số {twin.number}: khắc phục trước khi lập gói mới."


def _older_sentence(header: Header) -> str:
    return f"Phiếu này của {header.sender.name} cũ hơn phiếu đã nạp; sổ giao nhận giữ nguyên."
