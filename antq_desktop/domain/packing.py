"""Stamps as canonical JSON: one spelling for the column of a row, a line of a bundle and a dump.

A packed part holds the saves once and refers to them by place. Values stand beside it (columns of
the row, `values` of the line); only where several stand against each other, or where a mark needs
its value, are they written here:

    {"saves": [[counter, writer, officer, at, {writer: counter}], …],   sorted
     "most": place of the save that set every path not named below,
     "fields": {path: place | [[place, value], …]},
     "beyond": {path: {writer: counter}}}                               usually absent

Equal parts give equal bytes, whatever order their saves came in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from antq_desktop.domain.canonical import Json
from antq_desktop.domain.fields import Value
from antq_desktop.domain.merging import (
    EMPTY_PART,
    Entry,
    FieldState,
    Part,
    Save,
    Stamp,
    is_mark,
    settled,
)

PackedPart = dict[str, Json]


class NotAPartError(ValueError):
    """What should be a packed part is not one; the text says why, in English."""


def pack(part: Part) -> PackedPart:
    """Write the stamps of a part; its shown values are written elsewhere."""
    if not part.fields:
        return {}
    saves = sorted(
        {entry.save for state in part.fields.values() for entry in state.entries},
        key=lambda save: (save.stamp, save.officer, save.at, save.context),
    )
    place = {save: number for number, save in enumerate(saves)}
    single = {
        path: place[next(iter(state.entries)).save]
        for path, state in part.fields.items()
        if _is_plain(path, state)
    }
    packed: PackedPart = {
        "saves": [
            [s.stamp.counter, s.stamp.writer, s.officer, s.at, dict(s.context)] for s in saves
        ]
    }
    most = _most_used(single)
    if most is not None:
        packed["most"] = most
    fields: dict[str, Json] = {p: number for p, number in single.items() if number != most}
    for path, state in part.fields.items():
        if path not in single:
            fields[path] = _pack_entries(state, place)
    if fields:
        packed["fields"] = fields
    beyond: dict[str, Json] = {p: dict(s.beyond) for p, s in part.fields.items() if s.beyond}
    if beyond:
        packed["beyond"] = beyond
    return packed


def _is_plain(path: str, state: FieldState) -> bool:
    return (
        not is_mark(path)
        and len(state.entries) == 1
        and next(iter(state.entries)).value is not None
    )


def _most_used(single: Mapping[str, int]) -> int | None:
    if not single:
        return None
    counted = Counter(single.values())
    return min(counted, key=lambda number: (-counted[number], number))


def _pack_entries(state: FieldState, place: Mapping[Save, int]) -> Json:
    pairs = sorted(((place[e.save], e) for e in state.entries), key=lambda p: (p[0], p[1].order()))
    return [[number, entry.value] for number, entry in pairs]


def unpack(packed: Mapping[str, Json], values: Mapping[str, Value]) -> Part:
    """Read a part from its stamps and its shown values.

    Raises:
        NotAPartError: The stamps are malformed, or a value has no save.
    """
    if not packed:
        if values:
            raise NotAPartError("a value has no save")
        return EMPTY_PART
    try:
        saves = [_unpack_save(item) for item in _list(packed["saves"])]
        fields = _object(packed.get("fields", {}))
        beyond = _object(packed.get("beyond", {}))
        most = packed.get("most")
        found: dict[str, FieldState] = {}
        if most is not None:
            usual = saves[_number(most)]
            found = {
                path: FieldState(frozenset({Entry(usual, value)}))
                for path, value in values.items()
                if path not in fields
            }
        for path, held in fields.items():
            found[path] = _unpack_field(held, saves, values.get(path))
        for path, context in beyond.items():
            found[path] = FieldState(found[path].entries, _context(context))
        for state in found.values():
            _check_settled(state)
    except (KeyError, IndexError, TypeError, ValueError) as fault:
        raise NotAPartError(f"stamps are malformed: {fault!r}") from fault
    if most is None and any(path not in found for path in values):
        raise NotAPartError("a value has no save")
    return Part(found)


def _number(value: Json) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise NotAPartError("a place in the list of saves is not a whole number")
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise NotAPartError("a list is something else")
    return value


def _object(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise NotAPartError("an object is something else")
    return value


def _counter(value: Json) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise NotAPartError("a counter is not a whole number from 1 up")
    return value


def _context(value: Json) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((writer, _counter(counter)) for writer, counter in _object(value).items()))


def _unpack_save(item: Json) -> Save:
    counter, writer, officer, at, context = _list(item)
    if not (isinstance(writer, str) and isinstance(officer, str) and isinstance(at, str)):
        raise NotAPartError("writer, officer and time of a save are text")
    return Save(Stamp(_counter(counter), writer), officer, at, _context(context))


def _check_settled(state: FieldState) -> None:
    if len(state.entries) == 1 and not state.beyond:
        return
    if settled(state) != state:
        raise NotAPartError("a field holds what its own saves cover, or covers it twice")
    # What covers is a save, and a save is never covered by a smaller one: so the largest save that
    # ever set a field is still in it. Without this two states could cover each other's last value.
    largest = max(entry.save.stamp.counter for entry in state.entries)
    if any(counter >= largest for _, counter in state.beyond):
        raise NotAPartError("a field covers more than any save of it had seen")


def _entry(saves: list[Save], place: Json, value: Json) -> Entry:
    if value is not None and not isinstance(value, str | int):
        raise NotAPartError("a value is neither text nor number nor yes or no")
    return Entry(saves[_number(place)], value)


def _unpack_field(held: Json, saves: list[Save], value: Value) -> FieldState:
    if not isinstance(held, list):
        if value is None:
            raise NotAPartError("a save has no value")
        return FieldState(frozenset({_entry(saves, held, value)}))
    if not held:
        raise NotAPartError("a field without an entry")
    entries = [_entry(saves, *_pair(item)) for item in held]
    if len(set(entries)) != len(entries):
        raise NotAPartError("a field holds one entry twice")
    return FieldState(frozenset(entries))


def _pair(item: Json) -> tuple[Json, Json]:
    place, value = _list(item)
    return place, value
