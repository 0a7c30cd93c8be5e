"""What a return bundle answers: receipts, a verdict per record, what is held, what is owed.

Four files of lines, `answer/<kind>.jsonl`, with totals that must add up and a closing line. The
newest statement is the whole of what the receiver's store holds of the addressed unit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from antq_desktop.domain.canonical import Json, canonical, parse_canonical_object
from antq_desktop.domain.exchange import LARGEST_NUMBER, JournalPlace, Party, WriterPlace
from antq_desktop.domain.gate import Verdict
from antq_desktop.domain.wire import (
    WireError,
    codes,
    digest,
    exactly,
    optional,
    record_id,
    record_kind,
    whole,
)

RECEIPT: Final = "receipt"
RECORD: Final = "record_verdict"
HELD: Final = "held"
OWED: Final = "owed"
MISSING: Final = "missing"
ENROLLED: Final = "enrolled"
REVOKED: Final = "revoked"
PASSED: Final = "passed"
_KEY_ID: Final = re.compile(r"[0-9A-F]{16}")


class Outcome(StrEnum):
    """What became of one record of a bundle."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    VOIDED = "voided"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    FOREIGN = "foreign"
    SET_ASIDE = "set_aside"

    @property
    def label(self) -> str:
        """What an officer reads."""
        return _LABELS[self]

    @property
    def owed(self) -> bool:
        """True when the sender must send the record again."""
        return self is Outcome.REJECTED


_LABELS: Final = {
    Outcome.NEW: "mới",
    Outcome.CHANGED: "có thay đổi",
    Outcome.UNCHANGED: "không thay đổi",
    Outcome.VOIDED: "hủy",
    Outcome.CONFLICT: "hai người cùng sửa",
    Outcome.REJECTED: "trả lại",
    Outcome.FOREIGN: "ngoài đơn vị gửi",
    Outcome.SET_ASIDE: "giữ riêng",
}


@dataclass(frozen=True, slots=True)
class RecordVerdict:
    """What became of one record of one bundle, with the codes that say why."""

    bundle: str
    kind: str
    record: str
    outcome: Outcome
    codes: tuple[str, ...] = ()

    def to_line(self) -> bytes:
        """Return the line of `answer/record_verdict.jsonl`."""
        return canonical(
            {
                "bundle": self.bundle,
                "codes": list(self.codes),
                "kind": self.kind,
                "outcome": str(self.outcome),
                "record": self.record,
            }
        )


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to one bundle.

    Attributes:
        bundle: Which one.
        basis: Number that it followed, 0 when none: with its own number the range it covers.
        verdict: The verdict on the bundle as a whole.
        codes: Codes of what the gate found.
        totals: How many records met each outcome; those that it does not name are 0.
        journal: Where that bundle said that the history of its store stood; None if it did not.
    """

    bundle: WriterPlace
    basis: int
    verdict: Verdict
    codes: tuple[str, ...] = ()
    totals: Mapping[Outcome, int] = field(default_factory=dict)
    journal: JournalPlace | None = None

    def to_line(self) -> bytes:
        """Return the line of `answer/receipt.jsonl`."""
        told: dict[str, Json] = {
            "basis": self.basis,
            "bundle": self.bundle.to_json(),
            "codes": list(self.codes),
            "totals": _totals(self.totals),
            "verdict": str(self.verdict),
        }
        if self.journal is not None:
            told["journal"] = self.journal.to_json()
        return canonical(told)


@dataclass(frozen=True, slots=True)
class Owed:
    """A record that the receiver could not take, and that goes again whole."""

    kind: str
    record: str
    codes: tuple[str, ...] = ()

    def to_line(self) -> bytes:
        """Return the line of `answer/owed.jsonl`."""
        return canonical({"codes": list(self.codes), "kind": self.kind, "record": self.record})


@dataclass(frozen=True, slots=True)
class Passed:
    """What a unit further above said of a bundle that came to it on the way through others."""

    by: Party
    receipt: Receipt

    def to_line(self) -> bytes:
        """Return the line of `answer/passed.jsonl`."""
        receipt = parse_canonical_object(self.receipt.to_line())
        return canonical({"by": self.by.to_json(), "receipt": receipt})


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything a return bundle answers.

    Attributes:
        receipts: One for each bundle answered.
        records: A verdict for each record of those bundles.
        held: Per writer of the addressed unit the highest bundle the receiver now holds.
        owed: Records to send again, over all bundles ever.
        enrolled: Public parts of the devices of the answering unit whose keys hold.
        revoked: Ids of keys, of the answering or the addressed unit, that are no longer believed.
        passed: What units further above said of bundles of the addressed unit, and what the
            answering one says of bags that the addressed unit passed on.
    """

    receipts: tuple[Receipt, ...] = ()
    records: tuple[RecordVerdict, ...] = ()
    held: tuple[WriterPlace, ...] = ()
    owed: tuple[Owed, ...] = ()
    enrolled: tuple[Mapping[str, Json], ...] = ()
    revoked: tuple[str, ...] = ()
    passed: tuple[Passed, ...] = ()

    def to_lines(self) -> Iterator[tuple[str, list[bytes]]]:
        """Yield each kind with its lines, ready for a bundle; receipts end with a closing line.

        Raises:
            WireError: Totals and verdicts do not agree.
        """
        _check_totals(self)
        closing = canonical(
            {
                "closing": {
                    "held": len(self.held),
                    "owed": len(self.owed),
                    "receipts": len(self.receipts),
                    "records": len(self.records),
                    "totals": _totals(Counter(verdict.outcome for verdict in self.records)),
                }
            }
        )
        if self.enrolled:
            yield ENROLLED, [canonical({"device": dict(device)}) for device in self.enrolled]
        yield HELD, [canonical(place.to_json()) for place in self.held]
        yield OWED, [owed.to_line() for owed in self.owed]
        if self.passed:
            yield PASSED, [one.to_line() for one in self.passed]
        if self.revoked:
            yield REVOKED, [canonical({"key": key}) for key in self.revoked]
        yield RECEIPT, [*(receipt.to_line() for receipt in self.receipts), closing]
        yield RECORD, [verdict.to_line() for verdict in self.records]


@dataclass(frozen=True, slots=True)
class Statement:
    """What a device of a unit states to its siblings.

    Attributes:
        held: Per writer of the unit the highest bundle up to which it holds everything.
        missing: SHA-256 of the contents of attachments that it lacks.
    """

    held: tuple[WriterPlace, ...] = ()
    missing: tuple[str, ...] = ()

    def to_lines(self) -> Iterator[tuple[str, list[bytes]]]:
        """Yield each kind with its lines, ready for a bundle; kinds without lines are left out."""
        if self.held:
            yield HELD, [canonical(place.to_json()) for place in self.held]
        if self.missing:
            yield MISSING, [canonical({"sha256": held}) for held in self.missing]


def statement_from(lines: Mapping[str, Iterable[Json]]) -> Statement:
    """Read what a sibling states, by kind; kinds of later versions are left aside.

    Raises:
        WireError: A line is malformed, or a writer stands there twice.
    """
    held = tuple(WriterPlace.from_json(line, HELD) for line in lines.get(HELD, ()))
    if len({place.writer for place in held}) != len(held):
        raise WireError(HELD)
    missing = tuple(
        digest(exactly(line, MISSING, {"sha256"})["sha256"], MISSING)
        for line in lines.get(MISSING, ())
    )
    return Statement(held, missing)


def answer_from(lines: Mapping[str, Iterable[Json]]) -> Answer:
    """Read the parts of a return bundle by kind; kinds of later versions are left aside.

    Raises:
        WireError: A line is malformed, the closing line is missing, or totals do not add up.
    """
    receipts = list(lines.get(RECEIPT, ()))
    if not receipts:
        raise WireError(RECEIPT)
    *given, closing = receipts
    answer = Answer(
        receipts=tuple(_receipt(line) for line in given),
        records=tuple(_record(line) for line in lines.get(RECORD, ())),
        held=tuple(WriterPlace.from_json(line, HELD) for line in lines.get(HELD, ())),
        owed=tuple(_owed(line) for line in lines.get(OWED, ())),
        enrolled=tuple(_enrolled(line) for line in lines.get(ENROLLED, ())),
        revoked=tuple(_revoked(line) for line in lines.get(REVOKED, ())),
        passed=tuple(passed_from(line) for line in lines.get(PASSED, ())),
    )
    if len({place.writer for place in answer.held}) != len(answer.held):
        raise WireError(HELD)
    _check_totals(answer)
    if canonical(closing) != list(dict(answer.to_lines())[RECEIPT])[-1]:
        raise WireError("closing")
    return answer


def _check_totals(answer: Answer) -> None:
    counted: dict[str, Counter[Outcome]] = {}
    for verdict in answer.records:
        counted.setdefault(verdict.bundle, Counter())[verdict.outcome] += 1
    answered = {receipt.bundle.digest: receipt for receipt in answer.receipts}
    if len(answered) != len(answer.receipts) or not set(counted) <= set(answered):
        raise WireError("totals")
    for identity, receipt in answered.items():
        if _totals(receipt.totals) != _totals(counted.get(identity, Counter())):
            raise WireError("totals")


def _totals(totals: Mapping[Outcome, int]) -> dict[str, Json]:
    return {str(outcome): totals.get(outcome, 0) for outcome in Outcome}


def _receipt(line: Json) -> Receipt:
    keys = {"basis", "bundle", "codes", "totals", "verdict"}
    if isinstance(line, dict) and "journal" in line:
        keys.add("journal")
    given = exactly(line, RECEIPT, keys)
    totals = exactly(given["totals"], "totals", {str(outcome) for outcome in Outcome})
    return Receipt(
        bundle=WriterPlace.from_json(given["bundle"], RECEIPT),
        basis=whole(given["basis"], RECEIPT, 0, LARGEST_NUMBER),
        verdict=_verdict(given["verdict"]),
        codes=codes(given["codes"], RECEIPT),
        totals={outcome: whole(totals[str(outcome)], "totals") for outcome in Outcome},
        journal=optional(given.get("journal"), RECEIPT, JournalPlace.from_json),
    )


def _record(line: Json) -> RecordVerdict:
    given = exactly(line, RECORD, {"bundle", "codes", "kind", "outcome", "record"})
    try:
        outcome = Outcome(str(given["outcome"]))
    except ValueError as fault:
        raise WireError(RECORD) from fault
    return RecordVerdict(
        bundle=digest(given["bundle"], RECORD),
        kind=record_kind(given["kind"], RECORD),
        record=record_id(given["record"], RECORD),
        outcome=outcome,
        codes=codes(given["codes"], RECORD),
    )


def _owed(line: Json) -> Owed:
    given = exactly(line, OWED, {"codes", "kind", "record"})
    return Owed(
        kind=record_kind(given["kind"], OWED),
        record=record_id(given["record"], OWED),
        codes=codes(given["codes"], OWED),
    )


def _enrolled(line: Json) -> Mapping[str, Json]:
    device = exactly(line, ENROLLED, {"device"})["device"]
    if not isinstance(device, dict):
        raise WireError(ENROLLED)
    return device


def passed_from(line: Json) -> Passed:
    """Read a line of `answer/passed.jsonl`; raises `WireError` where it is malformed."""
    given = exactly(line, PASSED, {"by", "receipt"})
    return Passed(Party.from_json(given["by"], PASSED), _receipt(given["receipt"]))


def _revoked(line: Json) -> str:
    key = exactly(line, REVOKED, {"key"})["key"]
    if not isinstance(key, str) or not _KEY_ID.fullmatch(key):
        raise WireError(REVOKED)
    return key


def _verdict(value: Json) -> Verdict:
    try:
        return Verdict(str(value))
    except ValueError as fault:
        raise WireError(RECEIPT) from fault
