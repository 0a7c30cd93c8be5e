"""Papers of the exchange: the register of deliveries, a receipt, the slip of a device."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.answers import Answer, Outcome, Receipt, RecordVerdict
from antq_desktop.domain.composing import Rows
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.exchange import BundleKind
from antq_desktop.domain.fields import RecordSpec
from antq_desktop.domain.gate import Verdict, gate_fault
from antq_desktop.domain.periods import Period
from antq_desktop.domain.shown import paper_count, paper_moment
from antq_desktop.domain.text import opening
from antq_desktop.services.issuers import lowered
from antq_desktop.services.registers import RECEIVED_STATES, SENT_STATES
from antq_desktop.services.telephone import grouped
from antq_desktop.storage import exchange
from antq_desktop.storage.exchange import (
    ACKNOWLEDGED,
    COVERED,
    MERGED,
    TOLD,
    ReceivedRow,
    SentRow,
)

if TYPE_CHECKING:
    from antq_desktop.bundle.keys import PublicDevice
    from antq_desktop.services.handover import Handover
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store

SHORTEST_PREFIX: Final = 4
TO_LOOK_AT: Final = (Outcome.CONFLICT, Outcome.REJECTED, Outcome.FOREIGN, Outcome.SET_ASIDE)
ASIDE: Final = (Outcome.FOREIGN, Outcome.SET_ASIDE)
_COUNTED: Final = (
    Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.VOIDED, Outcome.CONFLICT,
    Outcome.REJECTED,
)  # fmt: skip
_WHY: Final = {
    Outcome.CONFLICT: "Hai người cùng sửa; đơn vị lập hồ sơ chọn giá trị đúng.",
    Outcome.FOREIGN: "Hồ sơ do đơn vị khác lập; đơn vị đó gửi.",
    Outcome.SET_ASIDE: "Loại hồ sơ chưa biết ở nơi nhận; nhận sau khi cập nhật chương trình.",
    Outcome.REJECTED: "Còn mục chưa đúng; sửa rồi gửi lại trong gói sau.",
}


def moment(stored: str | None) -> str:
    """Write a stored moment shortly, with seconds or without: `08 giờ 05 ngày 21/11/2026`."""
    return paper_moment(stored[:16]).replace(" phút", "") if stored else ""


def in_cell(stored: str | None) -> str:
    """Write a stored moment in the narrow cell of a table, the hour above the day."""
    return moment(stored).replace(" ngày ", "\n")


def spoken(row: SentRow | ReceivedRow) -> str:
    """Write the digits that are read out; not before the bundle is merged, as far as known here."""
    known = {ACKNOWLEDGED, COVERED, TOLD, MERGED}
    return grouped(row.spoken) if row.state in known else ""


def delivery_tables(reader: Reader, period: Period) -> dict[str, Rows]:
    """Return the bundles made and the bundles that came in a period, the oldest first."""
    sent = exchange.select(reader.connection, SentRow, "ORDER BY sealed_at, number")
    came = exchange.select(reader.connection, ReceivedRow, "ORDER BY received_at, name")
    return {
        "deliveries": [
            (
                paper_count(row.number),
                f"{opening(BundleKind(row.kind).label)}: {row.addressee_name}",
                in_cell(row.sealed_at),
                paper_count(row.records),
                spoken(row),
                SENT_STATES[row.state],
                in_cell(row.answered_at),
                "",
                "",
            )
            for row in sent
            if period.holds(row.sealed_at)
        ],
        "arrivals": [
            (
                paper_count(row.number) if row.sender else "",
                row.sender_name or row.name,
                in_cell(row.received_at),
                paper_count(sum(exchange_totals(row).values())) if row.totals else "",
                spoken(row),
                Verdict(row.verdict).label,
                RECEIVED_STATES[row.state],
                "",
                "",
            )
            for row in came
            if period.holds(row.received_at)
        ],
    }


def exchange_totals(row: ReceivedRow) -> dict[str, int]:
    """Return how many records of a bundle fell into each heap."""
    import json

    return {str(name): int(count) for name, count in json.loads(row.totals or "{}").items()}


@dataclass(frozen=True, slots=True)
class AnsweredBundle:
    """A bundle with its answer, as either side holds it.

    Attributes:
        sender: Name of the unit that sent the bundle.
        receiver: Name of the unit that answers.
        device: What its device is called.
        made_at: When it was made, by the clock of the sender.
        received_at: When it came, or when the answer did.
        receipt: The answer to the bundle as a whole.
        verdicts: What became of each of its records.
        sent_here: True at the unit that sent the bundle: the receipt is not its own document.
    """

    sender: str
    receiver: str
    device: str
    made_at: str
    received_at: str
    receipt: Receipt
    verdicts: Sequence[RecordVerdict]
    sent_here: bool = False


def answered(store: Store, handover: Handover, digest: str) -> AnsweredBundle:
    """Find a bundle and its answer by the digest of the bundle or the beginning of it.

    Raises:
        UserError: `no_such_bundle`, `bundle_ambiguous`, `not_answered_yet`.
        EnvironmentFault: The return bundle that was kept cannot be read.
    """
    if len(digest) < SHORTEST_PREFIX:
        raise _no_such_bundle(digest)
    begins = (len(digest), digest, str(BundleKind.UP))
    with store.reading() as reader:
        rest = "WHERE substr(digest, 1, ?) = ? AND kind = ?"
        came = exchange.select(reader.connection, ReceivedRow, f"{rest} ORDER BY state", begins)
        sent = exchange.select(reader.connection, SentRow, rest, begins)
    found = {row.digest for row in came} | {row.digest for row in sent}
    if not found:
        raise _no_such_bundle(digest)
    if len(found) > 1:
        message = f"Có nhiều gói có mã bắt đầu bằng {digest}. Nhập mã dài hơn."
        raise UserError("bundle_ambiguous", message, "bundle")
    return _received(handover, came[0]) if came else _sent(store, handover, sent[0])


def _no_such_bundle(digest: str) -> UserError:
    message = f"Không có gói mang mã “{digest}”. Tìm lại trong sổ giao nhận."
    return UserError("no_such_bundle", message, "bundle")


def _received(handover: Handover, row: ReceivedRow) -> AnsweredBundle:
    receipt, verdicts = _of_bundle(handover.returning.answer_for(row.sender), row.digest)
    labels = {held.device.device: held.device.label for held in handover.devices.known()}
    return AnsweredBundle(
        sender=row.sender_name,
        receiver=handover.devices.own_unit().name,
        device=labels.get(row.device, ""),
        made_at=row.claimed,
        received_at=row.received_at,
        receipt=receipt,
        verdicts=verdicts,
    )


def _sent(store: Store, handover: Handover, row: SentRow) -> AnsweredBundle:
    """Read the newest return bundle of the addressee again: the register keeps its totals only."""
    if row.answer is None:
        message = f"Gói số {row.number} chưa có phiếu xác nhận. Nạp phiếu xác nhận trước khi in."
        raise UserError("not_answered_yet", message, "bundle")
    with store.reading() as reader:
        answers = exchange.select(
            reader.connection,
            ReceivedRow,
            "WHERE sender = ? AND kind = ? AND entry IS NOT NULL ORDER BY entry DESC",
            (row.addressee, str(BundleKind.RETURN)),
        )
    for held in answers:
        kept = handover.taking.folder / f"{held.sha256}.antq"
        _, answer, _, _arrival = handover.taking.take_answer(kept)
        if any(each.bundle.digest == row.digest for each in answer.receipts):
            receipt, verdicts = _of_bundle(answer, row.digest)
            return AnsweredBundle(
                sender=handover.devices.own_unit().name,
                receiver=row.addressee_name,
                device=handover.devices.keys().public.label,
                made_at=row.sealed_at,
                received_at=row.answered_at or "",
                receipt=receipt,
                verdicts=verdicts,
                sent_here=True,
            )
    raise _no_such_bundle(row.digest)


def _of_bundle(answer: Answer, digest: str) -> tuple[Receipt, list[RecordVerdict]]:
    receipt = next(each for each in answer.receipts if each.bundle.digest == digest)
    return receipt, [each for each in answer.records if each.bundle == digest]


def receipt_tokens(bundle: AnsweredBundle) -> dict[str, str]:
    """Return the texts of a receipt, by token."""
    receipt = bundle.receipt
    totals: Counter[Outcome] = Counter(each.outcome for each in bundle.verdicts)
    basis = (
        f"gói số {paper_count(receipt.basis)}" if receipt.basis else "gói đầu tiên, gửi đủ từ đầu"
    )
    return {
        "bundle_number": paper_count(receipt.bundle.number),
        "sender": bundle.sender,
        "of_sender": lowered(bundle.sender),
        "receiver": bundle.receiver,
        "device": bundle.device,
        "made_at": moment(bundle.made_at),
        "received_at": moment(bundle.received_at),
        "range": basis,
        "bundle_verdict": receipt.verdict.label,
        "bundle_digest": _digest_groups(receipt.bundle.digest),
        "closing_line": _closing_line(bundle) + _copy_line(bundle),
        "sent_total": paper_count(totals.total()),
        "aside_total": paper_count(sum(totals[each] for each in ASIDE)),
        **{f"{outcome}_total": paper_count(totals[outcome]) for outcome in _COUNTED},
    }


def _digest_groups(digest: str) -> str:
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def _closing_line(bundle: AnsweredBundle) -> str:
    receipt = bundle.receipt
    if not receipt.verdict.mergeable:
        why = " ".join(sentences(receipt.codes))
        return f"Gói không được nhập. {why}".strip()
    owed = sum(1 for each in bundle.verdicts if each.outcome.owed)
    if owed:
        told = f"{paper_count(owed)} hồ sơ bị trả lại, cần sửa và gửi lại trong gói sau."
        return f"Các hồ sơ còn lại của gói đã được nhận. {told}"
    return "Gói đã được nhập; không có hồ sơ nào bị trả lại."


def _copy_line(bundle: AnsweredBundle) -> str:
    if not bundle.sent_here:
        return ""
    receiver = lowered(bundle.receiver)
    return f" Bản in tại đơn vị gửi, từ gói trả về đã kiểm tra chữ ký số của {receiver}."


def sentences(codes: Iterable[str]) -> list[str]:
    """Return what the gate's codes say, without the particulars that a receipt does not carry."""
    told: list[str] = []
    for code in codes:
        try:
            told.append(gate_fault(code, what="…", ours="…", theirs="…").message)
        except KeyError:
            told.append(f"Chưa đúng quy định (mã {code}).")
    return told


def receipt_tables(
    bundle: AnsweredBundle, specs: Mapping[str, RecordSpec], reader: Reader
) -> dict[str, Rows]:
    """Return how many records of each kind met which fate, and those that somebody must look at."""
    by_kind: dict[str, Counter[Outcome]] = {}
    for verdict in bundle.verdicts:
        by_kind.setdefault(verdict.kind, Counter())[verdict.outcome] += 1
    known = [kind for kind in specs if kind in by_kind]
    kinds = [*known, *sorted(by_kind.keys() - set(known))]
    to_look_at = [each for each in bundle.verdicts if each.outcome in TO_LOOK_AT]
    titles: dict[str, str] = {}
    for kind in known:
        wanted = [each.record for each in to_look_at if each.kind == kind]
        titles |= reader.titles(kind, wanted)
    return {
        "counts": [
            (
                _label(kind, specs),
                paper_count(by_kind[kind].total()),
                *(paper_count(by_kind[kind][outcome]) for outcome in _COUNTED),
                paper_count(sum(by_kind[kind][outcome] for outcome in ASIDE)),
            )
            for kind in kinds
        ],
        "verdicts": [
            (
                _label(each.kind, specs),
                titles.get(each.record) or f"Hồ sơ mã {each.record[:8]}",
                opening(each.outcome.label),
                _WHY[each.outcome],
            )
            for each in to_look_at
        ],
    }


def _label(kind: str, specs: Mapping[str, RecordSpec]) -> str:
    return opening(specs[kind].label) if kind in specs else kind


def slip_tokens(device: PublicDevice) -> dict[str, str]:
    """Return the texts of the slip of a device, by token."""
    groups = " ".join(device.fingerprint)
    return {
        "unit": device.unit.name,
        "unit_code": device.unit.code,
        "device": device.label,
        "sign_key": device.sign_public.text,
        "check_groups": groups,
        "picture": f"ANTQ1:{''.join(device.fingerprint)}",
    }
