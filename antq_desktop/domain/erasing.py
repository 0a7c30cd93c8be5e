"""Erasing facts about people: a save of empty values with a context, and a mark that it was one.

Because it is a save, the join of saves does the rest: a value that its context covers is dropped
wherever it turns up, in a late bundle, from a sibling, out of a restored backup; a value written
apart from it stays beside it and is listed. The mark `_erased` (the day, shown only) stands under
the same stamp in each part that lost something. It tells who merges it that old values leave
history too, and the rules that a required field is empty by right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import ERASED, RecordSpec, Travels, Value
from antq_desktop.domain.merging import (
    EMPTY_PART,
    Entry,
    FieldState,
    Part,
    Save,
    Stamp,
    covers,
    frozen,
    is_mark,
    saved,
)
from antq_desktop.domain.record import Record, travels_at

SHORTEST_WORD = 5
"""Letters from which on an erased text is looked for in the other texts of its record."""


def is_erasable(spec: RecordSpec, path: str) -> bool:
    """Tell whether a kind declares that what stands at this path is erased some day."""
    first, _, rest = path.partition("/")
    name = f"{first}/{rest.rpartition('/')[2]}" if rest else first
    return spec.keeping is not None and name in spec.keeping.erases


def paths_to_erase(record: Record, spec: RecordSpec) -> frozenset[str]:
    """Return the paths of a record that hold, or ever held, what its kind declares to be erased.

    Lines that were taken out and values that stand beside the shown one are among them.
    """
    every = {*record.up.fields, *record.siblings.fields, *record.device}
    return frozenset(p for p in every if is_erasable(spec, p) and _concerns(record, spec, p))


def _concerns(record: Record, spec: RecordSpec, path: str) -> bool:
    name, among = spec.keeping.only if spec.keeping is not None else ("", frozenset[str]())
    if not name:
        return True
    beside = path.rpartition("/")[0]
    at = f"{beside}/{name}" if beside else name
    return any(value in among for value in _values_at(record, at))


def _values_at(record: Record, path: str) -> Iterator[Value]:
    for part in record.parts:
        state = part.fields.get(path)
        if state is not None:
            yield from state.values()
    if path in record.device:
        yield record.device[path]


def held_words(record: Record, spec: RecordSpec) -> frozenset[str]:
    """Return the texts that an erasure of a record would take away."""
    found = (v for path in paths_to_erase(record, spec) for v in _values_at(record, path))
    return frozenset(str(value) for value in found if value is not None)


def told_elsewhere(record: Record, spec: RecordSpec) -> tuple[str, ...]:
    """Return the paths of other texts of a record that repeat what an erasure would take away."""
    words = [w.casefold() for w in held_words(record, spec) if len(w) >= SHORTEST_WORD]
    gone = paths_to_erase(record, spec)
    return tuple(
        path
        for path, value in record.values().items()
        if path not in gone
        and isinstance(value, str)
        and any(word in value.casefold() for word in words)
    )


def erased(
    record: Record,
    spec: RecordSpec,
    *,
    stamp: Stamp,
    officer: str,
    at: str,
    also: Mapping[str, Value] | None = None,
) -> Record:
    """Return a record without what its kind declares to be erased.

    Args:
        record: The record.
        spec: Its kind.
        stamp: The stamp of the action.
        officer: Who erases.
        at: When, civil time.
        also: What else the same save sets, such as a void.
    """
    gone = paths_to_erase(record, spec)
    more = dict(also or {})

    def after(part: Part, travels: Travels) -> Part:
        values: dict[str, Value] = dict.fromkeys(gone & part.fields.keys(), None)
        values.update({p: v for p, v in more.items() if travels in travels_at(spec, p)})
        if not values or not part.fields:
            return part
        values[ERASED] = at[:10]
        return saved(part, Save(stamp, officer, at, frozen(part.seen())), values)

    return replace(
        record,
        up=after(record.up, Travels.UP),
        siblings=after(record.siblings, Travels.SIBLINGS),
        device={path: value for path, value in record.device.items() if path not in gone},
    )


def erased_paths(record: Record) -> frozenset[str]:
    """Return the paths that an erasure emptied, whatever was written apart from it since."""
    return frozenset(path for part in record.parts for path in _emptied(part))


def asked(faults: Iterable[Fault], record: Record) -> Iterator[Fault]:
    """Yield the faults of a record but that a required field is empty which an erasure emptied."""
    gone = erased_paths(record)
    return (fault for fault in faults if fault.code != "required" or fault.field not in gone)


def _emptied(part: Part) -> Iterator[str]:
    mark = part.fields.get(ERASED)
    if mark is None:
        return
    stamps = {entry.save.stamp for entry in mark.entries}
    for path, state in part.fields.items():
        if not is_mark(path) and any(
            entry.value is None and entry.save.stamp in stamps for entry in state.entries
        ):
            yield path


def marks(record: Record) -> frozenset[Stamp]:
    """Return the stamps of the erasures that a record shows."""
    return frozenset(
        entry.save.stamp
        for part in record.parts
        if ERASED in part.fields
        for entry in part.fields[ERASED].entries
    )


def only_erasure(record: Record, spec: RecordSpec) -> Record:
    """Return what of a record says that something was erased: empty values, marks, their saves.

    Joined with any older state of the record, it takes the erased values away again. A path that
    was written anew since, by somebody who knew of the erasure, counts as emptied by it too: the
    new value may be lost with its store, and the old one must not come back in its place.
    """

    def kept(part: Part) -> Part:
        mark = part.fields.get(ERASED)
        if mark is None:
            return EMPTY_PART
        saves = {entry.save for entry in mark.entries}
        fields = {ERASED: FieldState(mark.entries)}
        for path, state in part.fields.items():
            if is_mark(path):
                continue
            entries = {e for e in state.entries if e.value is None and e.save in saves}
            if is_erasable(spec, path):
                seen = state.covered()
                entries |= {Entry(save, None) for save in saves if covers(seen, save.stamp)}
            if entries:
                fields[path] = FieldState(frozenset(entries))
        return Part(fields)

    return replace(record, up=kept(record.up), siblings=kept(record.siblings), device={})
