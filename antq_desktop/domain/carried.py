"""A record as one line of a bundle, and a line of a bundle as a record.

    {"id": …, "kind": …, "owner": …, "parts": {"up": {"stamps": …, "values": {path: value}}}}

`stamps` is what `packing` writes. A line holds whole parts: the saves it needs are all in it, so
that it asks for nothing that came before. What a line claims is checked before it is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final, cast

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.checking import KnownCodes, check
from antq_desktop.domain.fields import RecordSpec, Travels, Value
from antq_desktop.domain.gate import GateFault, Weight
from antq_desktop.domain.ids import CROCKFORD
from antq_desktop.domain.merging import EMPTY_PART, Part
from antq_desktop.domain.packing import NotAPartError, pack, unpack
from antq_desktop.domain.record import Record, travels_at

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json

RECORD_ID: Final = re.compile(r"[0-9a-f]{32}|[A-Za-z0-9._-]{1,40}@\d{4}-\d{2}-\d{2}")
WRITER: Final = re.compile(rf"[{CROCKFORD}]{{8}}")
LARGEST_COUNTER: Final = 2**53 - 1
LONGEST_OFFICER: Final = 200
_KEYS: Final = frozenset({"id", "kind", "owner", "parts"})
_PARTS: Final = frozenset({"up", "siblings"})
_REMAKE: Final = "Đề nghị đơn vị gửi lập gói mới."


class NotARecordError(ValueError):
    """A line is no record; the text says why, in English, for the log."""


def to_line(record: Record, *, siblings: bool = False) -> bytes:
    """Return the line of a record.

    Args:
        record: The record.
        siblings: Whether the part that stays among the devices of a unit goes along.
    """
    parts: dict[str, Json] = {}
    if record.up.fields:
        parts["up"] = _part(record.up)
    if siblings and record.siblings.fields:
        parts["siblings"] = _part(record.siblings)
    return canonical({"id": record.id, "kind": record.kind, "owner": record.owner, "parts": parts})


def _part(part: Part) -> Json:
    return {"stamps": pack(part), "values": part.values()}


def from_line(kind: str, value: Mapping[str, Json]) -> Record:
    """Return the record of a line.

    Raises:
        NotARecordError: The line is malformed, or is not spelt as `to_line` spells it.
    """
    if set(value) != _KEYS or value["kind"] != kind:
        raise NotARecordError("the keys of the line are not those of a record of this kind")
    parts = value["parts"]
    if not isinstance(parts, dict) or not parts or not set(parts) <= _PARTS:
        raise NotARecordError("the parts of the line are not those of a record")
    record = Record(
        kind=kind,
        id=_matching(value["id"]),
        owner=_matching(value["owner"]),
        up=_unpacked(parts.get("up")),
        siblings=_unpacked(parts.get("siblings")),
    )
    for part in record.parts:
        _check_saves(part)
    if to_line(record, siblings=True) != canonical(cast("Json", value)):
        raise NotARecordError("the line is not in its one spelling")
    return record


def _matching(value: Json) -> str:
    if not isinstance(value, str) or not RECORD_ID.fullmatch(value):
        raise NotARecordError("an identity is malformed")
    return value


def _unpacked(given: Json) -> Part:
    if given is None:
        return EMPTY_PART
    if not isinstance(given, dict) or set(given) != {"stamps", "values"}:
        raise NotARecordError("a part has other keys than stamps and values")
    stamps, values = given["stamps"], given["values"]
    if not isinstance(stamps, dict) or not isinstance(values, dict):
        raise NotARecordError("stamps and values are objects")
    if any(isinstance(held, dict | list) for held in values.values()):
        raise NotARecordError("a value is not plain")
    try:
        return unpack(stamps, cast("Mapping[str, Value]", values))
    except NotAPartError as fault:
        raise NotARecordError(str(fault)) from fault


def _check_saves(part: Part) -> None:
    """No stamp may be absurd, no writer misspelt, and one stamp has one save."""
    saves = {entry.save for state in part.fields.values() for entry in state.entries}
    if len({save.stamp for save in saves}) != len(saves):
        raise NotARecordError("one stamp stands for two saves")
    for save in saves:
        writers = (save.stamp.writer, *(writer for writer, _ in save.context))
        if not all(WRITER.fullmatch(writer) for writer in writers):
            raise NotARecordError("a writer is misspelt")
        if save.stamp.counter > LARGEST_COUNTER or not 0 < len(save.officer) <= LONGEST_OFFICER:
            raise NotARecordError("a save is absurd")
        try:
            datetime.fromisoformat(save.at)
        except ValueError as fault:
            raise NotARecordError("the time of a save is not a time") from fault


def largest_counter(record: Record) -> int:
    """Return the largest counter among all saves of a record, 0 when there is none."""
    return max(
        (
            entry.save.stamp.counter
            for part in record.parts
            for state in part.fields.values()
            for entry in state.entries
        ),
        default=0,
    )


def faults_of_line(
    spec: RecordSpec, value: Mapping[str, Json], codes: KnownCodes, farthest: Travels
) -> Iterator[GateFault]:
    """Yield what is wrong with one line: refused as a whole bundle, or as this one record.

    Args:
        spec: The kind, as this program knows it.
        value: The line as it was parsed.
        codes: The code lists held here.
        farthest: The farthest part the bundle may hold: `UP` in a bundle upward, `SIBLINGS` in
            one among siblings.
    """
    try:
        record = from_line(spec.kind, value)
    except NotARecordError as fault:
        message = f"Có hồ sơ viết không đúng quy định. {_REMAKE}"
        yield GateFault("record_malformed", message, Weight.REFUSES, f"{spec.kind}:{fault}")
        return
    if farthest is Travels.UP and record.siblings.fields:
        message = f"Gói gửi lên có mục chỉ dùng trong đơn vị. {_REMAKE}"
        yield GateFault("field_not_for_us", message, Weight.REFUSES)
        return
    for name, part in ((Travels.UP, record.up), (Travels.SIBLINGS, record.siblings)):
        if any(not _belongs(spec, path, name) for path in part.fields):
            message = f"Gói có mục đặt sai phần. {_REMAKE}"
            yield GateFault("field_not_for_us", message, Weight.REFUSES)
            return
    known = {path: held for path, held in record.values().items() if _is_known(spec, path)}
    for found in check(spec, known, codes, None, farthest=farthest):
        if not found.warning:
            yield GateFault(found.code, found.message, Weight.RESTRICTS)


def _is_known(spec: RecordSpec, path: str) -> bool:
    try:
        travels_at(spec, path)
    except KeyError:
        return False
    return True


def _belongs(spec: RecordSpec, path: str, part: Travels) -> bool:
    return not _is_known(spec, path) or part in travels_at(spec, path)
