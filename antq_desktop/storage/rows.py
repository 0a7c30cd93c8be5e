"""A record as a row, and a row as a record; nothing else knows how columns are filled."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, cast

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.erasing import erased_paths
from antq_desktop.domain.fields import FieldKind, Order, RecordSpec, Travels, Value, lines_of
from antq_desktop.domain.packing import pack, unpack
from antq_desktop.domain.record import Record, travels_at
from antq_desktop.domain.text import fold, name_sort_key, sort_key
from antq_desktop.storage.schema import CONTESTED, FRAME, IN_FORCE, VOIDED

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json

DATA_FRAME: Final = FRAME[1:]  # without the row number, which SQLite gives


def columns_of(spec: RecordSpec) -> tuple[str, ...]:
    """Return the columns that a row is written to, in order."""
    return (*DATA_FRAME, *(f"f_{field.name}" for field in spec.fields))


def to_row(spec: RecordSpec, record: Record, changed: int) -> tuple[object, ...]:
    """Return the row of a record, in the order of `columns_of`.

    Args:
        spec: Its kind.
        record: The record.
        changed: Number of the history entry that brought it to this state.
    """
    held = _all_values(record)
    gone = record.removed()
    values = {p: v for p, v in held.items() if p.rpartition("/")[0] not in gone} if gone else held
    standing = record.standing()
    state = CONTESTED if standing.contested else IN_FORCE if standing.reason is None else VOIDED
    stamps: dict[str, Json] = {}
    if record.up.fields:
        stamps["up"] = pack(record.up)
    if record.siblings.fields:
        stamps["siblings"] = pack(record.siblings)
    frame = (
        record.id,
        record.owner,
        state,
        standing.reason,
        len(record.conflicts()),
        missing_in(spec, {**dict.fromkeys(erased_paths(record), ""), **values}),
        sort_of(spec, values),
        changed,
        _json_or_none(_lines_of(spec, held)),
        canonical(stamps).decode(),
        _json_or_none(_unknown_of(spec, record)),
    )
    return (*frame, *(_to_column(held.get(field.name)) for field in spec.fields))


def _all_values(record: Record) -> dict[str, Value]:
    """Values of lines that were taken out stay in the row: another device may contest it."""
    device = {path: value for path, value in record.device.items() if value is not None}
    return {**record.up.values(), **record.siblings.values(), **device}


def _to_column(value: Value) -> object:
    return int(value) if isinstance(value, bool) else value


def _json_or_none(value: Mapping[str, Json]) -> str | None:
    return canonical(value).decode() if value else None


def _lines_of(
    spec: RecordSpec, values: Mapping[str, Value]
) -> dict[str, dict[str, dict[str, Value]]]:
    lines: dict[str, dict[str, dict[str, Value]]] = {}
    for path, value in values.items():
        if "/" in path and _is_known(spec, path):
            name, line_id, field = path.split("/")
            lines.setdefault(name, {}).setdefault(line_id, {})[field] = value
    return lines


def _unknown_of(spec: RecordSpec, record: Record) -> dict[str, dict[str, Value]]:
    """Fields of a newer schema wait beside the row, each with the part it came in."""
    found: dict[str, dict[str, Value]] = {}
    for name, part in (("up", record.up), ("siblings", record.siblings)):
        unknown = {p: v for p, v in part.values().items() if not _is_known(spec, p)}
        if unknown:
            found[name] = unknown
    return found


def _is_known(spec: RecordSpec, path: str) -> bool:
    try:
        travels_at(spec, path)
    except KeyError:
        return False
    return True


def missing_in(spec: RecordSpec, values: Mapping[str, Value]) -> int:
    """Return how many fields that a report needs are still empty."""
    empty = (field for field in spec.fields if field.wanted and values.get(field.name) is None)
    return sum(1 for field in empty if field.is_wanted(values))


def sort_of(spec: RecordSpec, values: Mapping[str, Value]) -> str:
    """Return the text by which the list of a kind is walked."""
    value = str(values.get(spec.order_by) or "")
    if spec.order is Order.NAME_OF_PERSON:
        return name_sort_key(value)
    if spec.order is Order.NAME_OF_THING:
        return sort_key(spec.field(spec.order_by).said(value))
    return value


def _of_the_record(spec: RecordSpec, record: Record) -> dict[str, Value]:
    """Return the searched values outside of lines; to ask for all of them costs several times."""
    found: dict[str, Value] = {}
    for field in spec.fields:
        if field.searched:
            state = record.up.fields.get(field.name) or record.siblings.fields.get(field.name)
            found[field.name] = state.shown().value if state else record.device.get(field.name)
    return found


def search_text(spec: RecordSpec, record: Record) -> str:
    """Return the folded text under which a record is found; private fields are not in it."""
    in_lines = any(field.searched for listed in spec.lines for field in listed.fields)
    values = record.values() if in_lines else _of_the_record(spec, record)
    found = [
        field.said(str(values[field.name]))
        for field in spec.fields
        if field.searched and not field.private and values.get(field.name) is not None
    ]
    for listed in spec.lines:
        names = {field.name for field in listed.fields if field.searched and not field.private}
        if names:
            lines = lines_of(values, listed.name)
            found += [
                str(lines[line_id][name])
                for line_id in sorted(lines)
                for name in sorted(names & lines[line_id].keys())
            ]
    return fold(" ".join(found))


def from_row(spec: RecordSpec, row: Sequence[object]) -> Record:
    """Return the record of a row that was read in the order of `columns_of`."""
    frame = dict(zip(DATA_FRAME, row, strict=False))
    values: dict[str, Value] = {}
    for field, held in zip(spec.fields, row[len(DATA_FRAME) :], strict=True):
        if held is not None:
            values[field.name] = (
                bool(held) if field.kind is FieldKind.YES_NO else cast("Value", held)
            )
    for name, lines in _read(frame["lines"]).items():
        for line_id, fields in cast("dict[str, dict[str, Value]]", lines).items():
            values.update({f"{name}/{line_id}/{key}": value for key, value in fields.items()})
    up, siblings, device = _by_part(spec, values)
    unknown = cast("dict[str, dict[str, Value]]", _read(frame["unknown"]))
    up.update(unknown.get("up", {}))
    siblings.update(unknown.get("siblings", {}))
    stamps = cast("dict[str, dict[str, Json]]", _read(frame["stamps"]))
    return Record(
        kind=spec.kind,
        id=str(frame["id"]),
        owner=str(frame["owner"]),
        up=unpack(stamps.get("up", {}), up),
        siblings=unpack(stamps.get("siblings", {}), siblings),
        device=device,
    )


def _read(held: object) -> dict[str, Json]:
    return cast("dict[str, Json]", json.loads(str(held))) if held else {}


def _by_part(
    spec: RecordSpec, values: Mapping[str, Value]
) -> tuple[dict[str, Value], dict[str, Value], dict[str, Value]]:
    parts: dict[Travels, dict[str, Value]] = {travels: {} for travels in Travels}
    for path, value in values.items():
        parts[spec.at(path).travels][path] = value
    return parts[Travels.UP], parts[Travels.SIBLINGS], parts[Travels.NEVER]
