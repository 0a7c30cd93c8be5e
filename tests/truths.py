"""What really happened, written down beside the stores, so that a merge can be held to it.

A save is known by the value and by what stood on the screen when it was made: those saves its
author had seen, and all that their authors had. Nothing of the merge is asked for that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from antq_desktop.domain.fields import VOID, Value
from antq_desktop.domain.merging import Part, Stamp
from antq_desktop.domain.record import Record
from antq_desktop.services.office import Office
from tests.stores import store_of

KIND = "incident"


@dataclass(frozen=True)
class Said:
    """One save of one part of a record.

    Attributes:
        values: What it set.
        seen: The saves that its author had seen, themselves or through others.
    """

    values: dict[str, Value]
    seen: frozenset[Stamp]


@dataclass
class Truth:
    """Every save that was ever made, and which of them ever left the device.

    Attributes:
        said: By record, then by stamp.
        made_at: The saves made at a device and not undone by a restore since.
        left: By record, the saves that stood when a device sealed a bundle.
    """

    said: dict[str, dict[Stamp, Said]] = field(default_factory=lambda: defaultdict(dict))
    made_at: dict[str, list[tuple[str, Stamp]]] = field(default_factory=lambda: defaultdict(list))
    left: dict[str, set[Stamp]] = field(default_factory=lambda: defaultdict(set))

    def saved(self, name: str, before: Record | None, after: Record) -> None:
        """Write down what a person at a device just saved."""
        known = self.said[after.id]
        old = before.up if before else Part({})
        visible = _standing(old)
        seen = visible.union(*(known[stamp].seen for stamp in visible))
        new = _standing(after.up) - visible
        assert len(new) == 1, "one action leaves one save"
        (stamp,) = new
        values = {
            path: entry.value
            for path, state in after.up.fields.items()
            for entry in state.entries
            if entry.save.stamp == stamp
        }
        known[stamp] = Said(values, seen)
        self.made_at[name].append((after.id, stamp))

    def sealed(self, office: Office) -> None:
        """Write down what stood at a device when it sealed a bundle."""
        for record in _records(office):
            self.left[record.id] |= _standing(record.up)

    def restored(self, name: str, since: int) -> None:
        """Forget what a device had made after the first so many saves."""
        del self.made_at[name][since:]

    def lost_at(self, name: str, office: Office) -> list[tuple[str, Stamp, str]]:
        """Return what was saved at a device and is neither in its state nor in its history."""
        with store_of(office).reading() as reader:
            lost = []
            for record_id, stamp in self.made_at[name]:
                held = reader.record(KIND, record_id)
                standing = held.up.fields if held else {}
                told = [
                    change.change.after
                    for change in reader.history_of(record_id)
                    if (change.entry.counter, change.entry.writer) == (stamp.counter, stamp.writer)
                ]
                lost += [
                    (record_id, stamp, path)
                    for path, value in self.said[record_id][stamp].values.items()
                    if not _holds(standing, path, stamp, value)
                    and not any(after.get(path) == value for after in told)
                ]
            return lost

    def lost_above(self, office: Office) -> list[tuple[str, Stamp, str]]:
        """Return what had left a device and is neither above nor overwritten by one who knew."""
        held = {record.id: record for record in _records(office)}
        return [
            (record_id, stamp, path)
            for record_id, stamps in self.left.items()
            for stamp in stamps
            for path, value in self.said[record_id][stamp].values.items()
            if not _holds(held[record_id].up.fields, path, stamp, value)
            and not self._overwritten(record_id, stamp, path)
        ]

    def never_was(self, office: Office) -> Iterator[str]:
        """Yield every value and every conflict above that the true history does not know."""
        for record in _records(office):
            if record.id not in self.said:
                continue  # what a new profile holds from the start
            yield from self._never_set(record)
            contested = self._contested(record)
            if record.standing().contested != contested:
                yield f"{record.id}: contested is not {contested}"

    def _never_set(self, record: Record) -> Iterator[str]:
        known = self.said[record.id]
        for path, state in record.up.fields.items():
            for entry in state.entries:
                said = known.get(entry.save.stamp)
                if said is None or said.values.get(path, entry.value) != entry.value:
                    yield f"{record.id}/{path}: nobody set {entry.value!r}"
                elif self._overwritten(record.id, entry.save.stamp, path):
                    yield f"{record.id}/{path}: somebody overwrote {entry.value!r} knowing it"
        for path in record.up.conflicts():
            if len(set(record.up.fields[path].values())) < 2:
                yield f"{record.id}/{path}: one value is no conflict"

    def _contested(self, record: Record) -> bool:
        """Tell whether somebody edited a voided record without knowing, or voided an edited one."""
        state = record.up.fields.get(VOID)
        if state is None:
            return False
        known = self.said[record.id]
        voids = [e.save.stamp for e in state.entries if e.value is not None]
        lifted = any(entry.value is None for entry in state.entries)
        apart = any(
            other not in known[void].seen and void not in known[other].seen and other != void
            for void in voids
            for other in self._alive(record.id)
            if any(
                not self._overwritten(record.id, other, path)
                for path in known[other].values
                if path != VOID
            )
        )
        return bool(voids) and (lifted or apart)

    def _overwritten(self, record_id: str, stamp: Stamp, path: str) -> bool:
        """Tell whether a save that left its device set the path again, by one who had seen it."""
        known = self.said[record_id]
        return any(
            path in known[other].values and stamp in known[other].seen
            for other in self._alive(record_id)
        )

    def _alive(self, record_id: str) -> frozenset[Stamp]:
        """Return the saves that left a device, themselves or behind others."""
        known, left = self.said[record_id], self.left[record_id]
        return frozenset(left).union(*(known[stamp].seen for stamp in left))


def _records(office: Office) -> list[Record]:
    with store_of(office).reading() as reader:
        return list(reader.all_records(KIND))


def _standing(part: Part) -> frozenset[Stamp]:
    return frozenset(e.save.stamp for state in part.fields.values() for e in state.entries)


def _holds(fields: object, path: str, stamp: Stamp, value: Value) -> bool:
    state = fields.get(path) if isinstance(fields, dict) else None
    return state is not None and any(
        entry.save.stamp == stamp and entry.value == value for entry in state.entries
    )
