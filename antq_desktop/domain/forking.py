"""Two copies of one store that both went on: what each says, and one of them beginning anew.

A copy that is not known as one goes on counting under the same writer. Then a stamp no longer names
one save, and a context claims to have seen what it never saw. So the copy that steps back gives the
saves it made since both were one new stamps under a new writer, and takes back what their contexts
claim beyond that point. Afterwards the two are like any two devices: what they wrote apart meets,
and what differs is listed as a conflict.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from antq_desktop.domain.fields import VOID, Value
from antq_desktop.domain.merging import Entry, FieldState, Part, Save, Stamp, frozen, settled
from antq_desktop.domain.record import Record, differing


@dataclass(frozen=True, slots=True)
class Anew:
    """How stamps of one writer go on under another.

    Attributes:
        writer: The former writer.
        since: Its largest counter at which both copies were still one.
        new: The writer from now on.
        base: A counter that is not below any that this store has seen.
    """

    writer: str
    since: int
    new: str
    base: int

    def counter(self, former: int) -> int:
        """Return the new counter of a former one; the order of saves stays."""
        return self.base + former - self.since

    def context(self, seen: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
        """Return what a save had truly seen: of the former writer nothing of the other copy."""
        reached = seen.get(self.writer, 0)
        if reached <= self.since:
            return frozen(seen)
        held = {**seen, self.writer: self.since, self.new: self.counter(reached)}
        return frozen({writer: counter for writer, counter in held.items() if counter})


def begun_anew(record: Record, anew: Anew) -> Record:
    """Return a record whose saves since the two copies parted stand under the new writer."""
    return replace(
        record,
        up=_part_anew(record.up, anew),
        siblings=_part_anew(record.siblings, anew),
    )


def _part_anew(part: Part, anew: Anew) -> Part:
    return Part({path: _state_anew(state, anew) for path, state in part.fields.items()})


def _state_anew(state: FieldState, anew: Anew) -> FieldState:
    reached = dict(state.beyond).get(anew.writer, 0)
    if reached <= anew.since and not any(_parted(entry.save, anew) for entry in state.entries):
        return state
    entries = frozenset(
        Entry(_save_anew(entry.save, anew), entry.value) if _parted(entry.save, anew) else entry
        for entry in state.entries
    )
    return settled(FieldState(entries, anew.context(dict(state.beyond))))


def _parted(save: Save, anew: Anew) -> bool:
    return save.stamp.writer == anew.writer and save.stamp.counter > anew.since


def _save_anew(save: Save, anew: Anew) -> Save:
    stamp = Stamp(anew.counter(save.stamp.counter), anew.new)
    return Save(stamp, save.officer, save.at, anew.context(dict(save.context)))


def largest_counter(record: Record) -> int:
    """Return the largest counter of any save of a record."""
    return max(
        (
            entry.save.stamp.counter
            for part in record.parts
            for state in part.fields.values()
            for entry in state.entries
        ),
        default=0,
    )


@dataclass(frozen=True, slots=True)
class Apart:
    """What two copies say of one record.

    Attributes:
        kind: Its kind.
        id: Its identity.
        here: Values of the copy that is held, None where it says nothing of the record.
        there: Values of the other copy, None where it says nothing of the record.
        paths: Where the two differ.
    """

    kind: str
    id: str
    here: Mapping[str, Value] | None
    there: Mapping[str, Value] | None
    paths: tuple[str, ...]


def apart(
    here: Mapping[tuple[str, str], Record],
    there: Mapping[tuple[str, str], Record],
    held: Mapping[tuple[str, str], Record],
) -> Iterator[Apart]:
    """Yield what two copies say differently, record by record.

    Args:
        here: The records in bundles of the copy that is held.
        there: The records in bundles of the other one.
        held: What this store holds of them: where one copy says nothing, it had what stood before.
    """
    for key in sorted(here.keys() | there.keys()):
        one, other = here.get(key), there.get(key)
        ours, theirs = _told(one or held.get(key)), _told(other)
        paths = tuple(differing(ours or {}, theirs or {}))
        if paths:
            yield Apart(*key, ours, theirs, paths)


def _told(record: Record | None) -> dict[str, Value] | None:
    if record is None:
        return None
    reason = record.standing().reason
    return {**record.values(), VOID: reason} if reason is not None else record.values()
