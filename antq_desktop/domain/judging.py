"""What is wrong with one line of a bundle: the whole bundle falls, or this one record.

A device that an enrolled unit holds may still be hostile. What it sends is bounded here before it
reaches the store: who may write what, which part a field stands in, every value that stands in a
field and not only the one shown, and what unknown fields of later versions may hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.carried import NotARecordError, from_line, largest_counter
from antq_desktop.domain.checking import KnownCodes, check, check_value
from antq_desktop.domain.erasing import asked
from antq_desktop.domain.exchange import BundleKind, Header
from antq_desktop.domain.fields import FieldKind, RecordSpec, Travels, Value
from antq_desktop.domain.gate import GateFault, Weight, gate_fault
from antq_desktop.domain.ids import common_record_id
from antq_desktop.domain.merging import Part, is_mark
from antq_desktop.domain.record import Record, travels_at
from antq_desktop.domain.text import refused

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json

MOST_UNKNOWN: Final = 200
MOST_CODES: Final = 100  # that a receipt says of one record
LONGEST_UNKNOWN: Final = 20_000
_REMAKE: Final = "Đề nghị đơn vị gửi lập gói mới."


class Judge:
    """Judges the lines of one bundle, in their order; made anew for each bundle.

    Attributes:
        records: The records that the gate asked about, in the order of the bundle.
        refused: For each record that is refused alone, the codes of why.
    """

    def __init__(self, specs: Mapping[str, RecordSpec], codes: KnownCodes) -> None:
        self._specs = specs
        self._codes = codes
        self._last: dict[str, str] = {}
        self.records: list[Record] = []
        self.refused: dict[tuple[str, str], tuple[str, ...]] = {}

    def __call__(self, header: Header, kind: str, value: dict[str, Json]) -> tuple[GateFault, ...]:
        """Return what is wrong with a line, as the gate asks it, and keep its record."""
        record, faults = self.judged(header, kind, value)
        if record is None:
            self.records.clear()  # the bundle is refused, so nobody will ask for them
            return faults
        self.records.append(record)
        if faults:
            told = dict.fromkeys(fault.code for fault in faults)
            self.refused[kind, record.id] = tuple(told)[:MOST_CODES]
        return faults

    def judged(
        self, header: Header, kind: str, value: Mapping[str, Json]
    ) -> tuple[Record | None, tuple[GateFault, ...]]:
        """Return the record of a line, None when it is none, and what is wrong with it."""
        try:
            record = from_line(kind, value)
        except NotARecordError:
            return None, (_refusal("record_malformed"),)
        if record.id <= self._last.get(kind, ""):
            return None, (_refusal("record_out_of_order"),)
        self._last[kind] = record.id
        if largest_counter(record) > header.counter:
            return None, (gate_fault("counter_absurd"),)
        spec = self._specs[kind]
        farthest = Travels.SIBLINGS if header.kind is BundleKind.SIBLINGS else Travels.UP
        if not _parts_hold_their_own(spec, record, farthest):
            return None, (_refusal("field_not_for_us"),)
        found = faults_of_record(spec, record, self._codes, farthest)
        return record, tuple(found)


_REFUSALS: Final = {
    "record_malformed": f"Có hồ sơ viết không đúng quy định. {_REMAKE}",
    "record_out_of_order": f"Có hồ sơ đứng hai lần hoặc sai thứ tự trong gói. {_REMAKE}",
    "field_not_for_us": f"Gói có mục không được phép rời đơn vị. {_REMAKE}",
}
_RESTRICTIONS: Final = {
    "unknown_field_absurd": "Mục của bản chương trình mới hơn chứa nội dung không nhận được."
    " Đề nghị đơn vị gửi xem lại hồ sơ.",
    "refers_to_itself": "Hồ sơ ghi là thuộc chính nó. Đề nghị đơn vị gửi chọn lại.",
    "identity_not_its_own": "Mã hồ sơ không đúng với nội dung. Đề nghị đơn vị gửi lập lại hồ sơ.",
}
RECORD_CODES: Final = frozenset({*_REFUSALS, *_RESTRICTIONS})


def _refusal(code: str) -> GateFault:
    return GateFault(code, _REFUSALS[code], Weight.REFUSES)


def _restriction(code: str) -> GateFault:
    return GateFault(code, _RESTRICTIONS[code], Weight.RESTRICTS)


def _parts_hold_their_own(spec: RecordSpec, record: Record, farthest: Travels) -> bool:
    if farthest is Travels.UP and record.siblings.fields:
        return False
    return all(
        part_of in goes
        for part_of, part in ((Travels.UP, record.up), (Travels.SIBLINGS, record.siblings))
        for path in part.fields
        if (goes := _travels(spec, path)) is not None
    )


def _travels(spec: RecordSpec, path: str) -> frozenset[Travels] | None:
    """Return how far a path goes, None for one of a later version."""
    try:
        return travels_at(spec, path)
    except KeyError:
        return None


def faults_of_record(
    spec: RecordSpec, record: Record, codes: KnownCodes, farthest: Travels
) -> Iterator[GateFault]:
    """Yield why one record is refused; the rest of its bundle is not touched by it.

    Args:
        spec: The kind, as this program knows it.
        record: The record as it came.
        codes: The code lists held here.
        farthest: The farthest part the bundle may hold: `UP` in a bundle upward, `SIBLINGS` in
            one among siblings.
    """
    shown = record.values()
    unknown = [p for part in record.parts for p in part.fields if _travels(spec, p) is None]
    apart = frozenset(unknown)
    known = {p: held for p, held in shown.items() if p not in apart} if apart else shown
    for found in asked(check(spec, known, codes, None, farthest=farthest), record):
        if not found.warning:
            yield GateFault(found.code, found.message, Weight.RESTRICTS)
    for part in record.parts:
        yield from _faults_beside(spec, part, known, codes)
        if apart:
            yield from _faults_of_unknown(part, apart & part.fields.keys())
    if any(
        known.get(field.name) == record.id
        for field in spec.fields
        if field.kind is FieldKind.REFERENCE
    ):
        yield _restriction("refers_to_itself")
    elsewhere = bool(spec.alike) and record.id != _common_id(spec, known)
    if elsewhere or (spec.owned_by and known.get(spec.owned_by) != record.owner):
        yield _restriction("identity_not_its_own")


def _common_id(spec: RecordSpec, values: Mapping[str, Value]) -> str:
    parts = [str(values.get(name) or "") for name in spec.alike]
    return "" if any("\x1f" in part for part in parts) else common_record_id(spec.kind, *parts)


def _faults_beside(
    spec: RecordSpec, part: Part, shown: Mapping[str, Value], codes: KnownCodes
) -> Iterator[GateFault]:
    """Check what stands beside a shown value, and in lines that were taken out."""
    for path, state in part.fields.items():
        if (len(state.entries) == 1 and path in shown) or is_mark(path):
            continue
        if _travels(spec, path) is None:
            continue
        for value in state.values():
            fault = None if value is None else check_value(spec.at(path), value, codes)
            if fault is not None and not fault.warning:
                yield GateFault(fault.code, fault.message, Weight.RESTRICTS)


def _faults_of_unknown(part: Part, unknown: frozenset[str]) -> Iterator[GateFault]:
    """Fields of a later version are kept unread, so they must be harmless."""
    if len(unknown) > MOST_UNKNOWN:
        yield _restriction("unknown_field_absurd")
        return
    values = (value for path in unknown for value in part.fields[path].values())
    if not all(_is_harmless(value) for value in values):
        yield _restriction("unknown_field_absurd")


def _is_harmless(value: Value) -> bool:
    if not isinstance(value, str):
        return True
    if len(value) > LONGEST_UNKNOWN or "\r" in value:
        return False
    return not refused(value, long=True)
