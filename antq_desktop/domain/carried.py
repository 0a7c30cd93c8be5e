"""A record as one line of a bundle, and a line of a bundle as a record.

    {"id": …, "kind": …, "owner": …, "parts": {"up": {"stamps": …, "values": {path: value}}}}

`stamps` is what `packing` writes. A line holds whole parts: the saves it needs are all in it, so
that it asks for nothing that came before. What a line claims is checked before it is believed;
section 4.1 of the bundle's SPEC.md says it normatively.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Final, cast

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.fields import ERASED, REMOVED, VOID, Value
from antq_desktop.domain.ids import CROCKFORD, RECORD_ID
from antq_desktop.domain.merging import EMPTY_PART, FieldState, Part
from antq_desktop.domain.packing import NotAPartError, pack, unpack
from antq_desktop.domain.record import Record
from antq_desktop.domain.text import refused
from antq_desktop.domain.wire import WireError, moment

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json

WRITER: Final = re.compile(rf"[{CROCKFORD}]{{8}}")
PATH: Final = re.compile(
    r"[a-z][a-z0-9_]{0,39}(?:/[A-Za-z0-9_.-]{1,64}/(?:[a-z][a-z0-9_]{0,39}|_removed))?|_void|_erased"
)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LARGEST_COUNTER: Final = 2**53 - 1
LONGEST_OFFICER: Final = 200
LONGEST_REASON: Final = 500
MOST_FIELDS: Final = 10_000  # of one part, lines that were taken out included
MOST_WRITERS: Final = 256  # in one context, and beside each other in one field
_KEYS: Final = frozenset({"id", "kind", "owner", "parts"})
_PARTS: Final = frozenset({"up", "siblings"})


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
    """Return the record of a line that was found to be canonical JSON.

    Raises:
        NotARecordError: The line is malformed, or is not spelt as `to_line` spells it.
    """
    if set(value) != _KEYS or value["kind"] != kind:
        raise NotARecordError("the keys of the line are not those of a record of this kind")
    parts = value["parts"]
    if not isinstance(parts, dict) or not parts or not set(parts) <= _PARTS:
        raise NotARecordError("the parts of the line are not those of a record")
    return Record(
        kind=kind,
        id=_matching(value["id"]),
        owner=_matching(value["owner"]),
        up=_unpacked(parts["up"]) if "up" in parts else EMPTY_PART,
        siblings=_unpacked(parts["siblings"]) if "siblings" in parts else EMPTY_PART,
    )


def _matching(value: Json) -> str:
    if not isinstance(value, str) or not RECORD_ID.fullmatch(value):
        raise NotARecordError("an identity is malformed")
    return value


def _unpacked(given: Json) -> Part:
    if not isinstance(given, dict) or set(given) != {"stamps", "values"}:
        raise NotARecordError("a part has other keys than stamps and values")
    stamps, values = given["stamps"], given["values"]
    if not isinstance(stamps, dict) or not isinstance(values, dict):
        raise NotARecordError("stamps and values are objects")
    _check_paths(values.keys() | _object_keys(stamps.get("fields")))
    if any(isinstance(held, dict | list) for held in values.values()):
        raise NotARecordError("a value is not plain")
    try:
        part = unpack(stamps, cast("Mapping[str, Value]", values))
    except NotAPartError as fault:
        raise NotARecordError(str(fault)) from fault
    _check_saves(part)
    for path, state in part.fields.items():
        _check_entries(path, state)
    # The line is canonical JSON, so an equal structure is an equal spelling.
    if not part.fields or pack(part) != stamps or part.values() != values:
        raise NotARecordError("the part is not in its one spelling")
    return part


def _object_keys(given: Json) -> set[str]:
    return set(given) if isinstance(given, dict) else set()


def _check_paths(paths: AbstractSet[str]) -> None:
    if len(paths) > MOST_FIELDS:
        raise NotARecordError("a part has too many fields")
    if not all(PATH.fullmatch(path) for path in paths):
        raise NotARecordError("a path is malformed")


def _check_saves(part: Part) -> None:
    """No stamp may be absurd, no writer misspelt, and one stamp has one save."""
    saves = {entry.save for state in part.fields.values() for entry in state.entries}
    if len({save.stamp for save in saves}) != len(saves):
        raise NotARecordError("one stamp stands for two saves")
    for save in saves:
        _check_context(((save.stamp.writer, save.stamp.counter), *save.context))
        if not 0 < len(save.officer) <= LONGEST_OFFICER or refused(save.officer):
            raise NotARecordError("the officer of a save is absurd")
        try:
            moment(save.at, "at")
        except WireError as fault:
            raise NotARecordError("the time of a save is not a time") from fault


def _check_context(context: tuple[tuple[str, int], ...]) -> None:
    if len(context) > MOST_WRITERS + 1:
        raise NotARecordError("a save has seen too many writers")
    if not all(WRITER.fullmatch(name) and held <= LARGEST_COUNTER for name, held in context):
        raise NotARecordError("a writer is misspelt or a counter is absurd")


def _check_entries(path: str, state: FieldState) -> None:
    """A device sees its own saves: one of them at most stands in a field, with one value."""
    if state.beyond:
        _check_context(state.beyond)
    if len({entry.save.stamp.writer for entry in state.entries}) != len(state.entries):
        raise NotARecordError("a writer stands twice in one field")
    if len(state.entries) > MOST_WRITERS:
        raise NotARecordError("too many values stand in one field")
    if path == VOID:
        sound = all(_is_reason(entry.value) for entry in state.entries)
    elif path == ERASED:
        sound = all(isinstance(e.value, str) and _DAY.fullmatch(e.value) for e in state.entries)
    elif path.endswith("/" + REMOVED):
        sound = all(entry.value is True or entry.value is None for entry in state.entries)
    else:
        return
    if not sound:
        raise NotARecordError("a mark holds what no mark holds")


def _is_reason(value: Value) -> bool:
    if value is None:
        return True
    return (
        isinstance(value, str)
        and 0 < len(value) <= LONGEST_REASON
        and "\r" not in value
        and not refused(value, long=True)
    )


def largest_counter(record: Record) -> int:
    """Return the largest counter among all saves of a record, 0 when there is none.

    What a save had seen lies below its own counter, so no context needs to be asked.
    """
    return max(
        (
            entry.save.stamp.counter
            for part in record.parts
            for state in part.fields.values()
            for entry in state.entries
        ),
        default=0,
    )
