"""What a bundle would do: worked out before anything is done, shown, and worked out again.

`plan` is pure. The preview is the plan; when it is applied the plan is made anew inside the
transaction, and if its digest is another one, nothing is applied and the new plan is shown.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from antq_desktop.domain.answers import Outcome
from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.carried import to_line
from antq_desktop.domain.merging import Part
from antq_desktop.domain.record import Record


@dataclass(frozen=True, slots=True)
class Planned:
    """What a bundle would do to one record.

    Attributes:
        kind: Its kind.
        id: Its id.
        outcome: Into which heap it falls.
        before: The record as held; None when it is not.
        after: The record as it would be; None when nothing is written.
        codes: Why it is rejected or set aside.
    """

    kind: str
    id: str
    outcome: Outcome
    before: Record | None = None
    after: Record | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a bundle would do to the store, in the order of its lines."""

    items: tuple[Planned, ...]

    @property
    def totals(self) -> Mapping[Outcome, int]:
        """Return how many records fall into each heap."""
        return Counter(item.outcome for item in self.items)

    def heap(self, outcome: Outcome) -> tuple[Planned, ...]:
        """Return the records of one heap."""
        return tuple(item for item in self.items if item.outcome is outcome)

    @property
    def digest(self) -> str:
        """Return what two equal plans share: SHA-256 over every outcome and what it would write."""
        told = hashlib.sha256()
        for item in self.items:
            told.update(canonical([item.kind, item.id, str(item.outcome), list(item.codes)]))
            if item.after is not None:
                told.update(to_line(item.after, siblings=True))
        return told.hexdigest()


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came: the records of a bundle as they stand in it.

    Attributes:
        sender: Id of the unit that sent it.
        owners: Ids of the units whose records that unit may write: itself, and those it took over.
        units: Ids of units known here; the record of such a unit is written by that unit alone.
        records: The records, in the order of the bundle.
        refused: For each refused record, the codes of its rules.
        unknown: Kinds that this program does not know; their records are set aside.
    """

    sender: str
    owners: frozenset[str]
    records: Iterable[Record]
    refused: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    unknown: tuple[tuple[str, str], ...] = ()
    units: frozenset[str] = frozenset()


def plan(arrival: Arrival, held: Callable[[str, list[str]], Mapping[str, Record]]) -> Plan:
    """Work out what a bundle would do.

    Args:
        arrival: What came.
        held: Returns the records of a kind that are held under these ids.
    """
    items: list[Planned] = []
    for kind, records in _by_kind(arrival.records).items():
        known = held(kind, [record.id for record in records])
        items.extend(_judged(arrival, record, known.get(record.id)) for record in records)
    items.extend(Planned(kind, id_, Outcome.SET_ASIDE) for kind, id_ in arrival.unknown)
    return Plan(tuple(items))


def _by_kind(records: Iterable[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(record.kind, []).append(record)
    return found


def _judged(arrival: Arrival, came: Record, held: Record | None) -> Planned:
    refused = arrival.refused.get((came.kind, came.id))
    if refused:
        return Planned(came.kind, came.id, Outcome.REJECTED, held, None, refused)
    if _is_foreign(arrival, came, held):
        return Planned(came.kind, came.id, Outcome.FOREIGN, held, None, ("foreign_record",))
    if held is not None and _stamp_has_two_saves(held, came):
        return Planned(came.kind, came.id, Outcome.REJECTED, held, None, ("fork_stamp",))
    if held is None:
        outcome = Outcome.CONFLICT if came.conflicts() else Outcome.NEW
        if came.standing().reason is not None:
            outcome = Outcome.VOIDED
        return Planned(came.kind, came.id, outcome, None, came)
    after = held.joined(came)
    if after == held:
        return Planned(came.kind, came.id, Outcome.UNCHANGED, held)
    return Planned(came.kind, came.id, _what_changed(held, after), held, after)


def _is_foreign(arrival: Arrival, came: Record, held: Record | None) -> bool:
    """Tell whether the sender may not write this record.

    Anybody can work out the id of a unit. If another unit could write that record first, the unit
    itself would be refused ever after, and the order of arrival would decide.
    """
    if came.owner not in arrival.owners or (held is not None and held.owner != came.owner):
        return True
    is_a_unit = "@" in came.id or (came.kind == "unit" and came.id in arrival.units)
    return is_a_unit and came.owner != came.id


def _stamp_has_two_saves(held: Record, came: Record) -> bool:
    """Tell whether one stamp stands for two saves, or sets one field to two values: a fork."""
    return any(
        ours != theirs and _parts_fork(ours, theirs)
        for ours, theirs in zip(held.parts, came.parts, strict=True)
    )


def _parts_fork(ours: Part, theirs: Part) -> bool:
    saves = {e.save.stamp: e.save for state in ours.fields.values() for e in state.entries}
    for path, state in theirs.fields.items():
        here = ours.fields.get(path)
        values = {e.save.stamp: e.value for e in here.entries} if here else {}
        for entry in state.entries:
            stamp, value = entry.save.stamp, entry.value
            if saves.get(stamp, entry.save) != entry.save:
                return True
            known = values.get(stamp, value)
            if known != value or type(known) is not type(value):
                return True
    return False


def _what_changed(held: Record, after: Record) -> Outcome:
    if set(after.conflicts()) - set(held.conflicts()):
        return Outcome.CONFLICT
    if after.standing().reason is not None and held.standing().reason is None:
        return Outcome.VOIDED
    return Outcome.CHANGED
