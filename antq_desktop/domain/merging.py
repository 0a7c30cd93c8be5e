"""How fields merge: saves, stamps, contexts, and a join that no order can change.

A *save* is one officer's action on one record. It carries a stamp (counter, writer) and a context:
for each writer, the largest counter of that writer which its author's store had seen on this part
of the record. A save *covers* every stamp inside its context. Clocks are shown, never compared.

Each field keeps the saves that set it and that no other save of that field covers. To make the
join a join for any input whatever, honest or not, a field also remembers the union of the contexts
that ever set it (`covered`): then what survives depends on the set of saves alone, so the join is
commutative, associative and idempotent without a condition on contexts. Between honest devices
`covered` is implied by the surviving saves, and nothing is stored for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce

from antq_desktop.domain.fields import ERASED, REMOVED, VOID, Value

Context = Mapping[str, int]
_REMOVED_END = "/" + REMOVED
_MARKS = frozenset({VOID, ERASED})


@dataclass(frozen=True, slots=True, order=True)
class Stamp:
    """Which save it was: counter first, so that the larger stamp is the one shown."""

    counter: int
    writer: str

    def __str__(self) -> str:
        return f"{self.counter}.{self.writer}"


@dataclass(frozen=True, slots=True)
class Save:
    """One officer's action on one part of one record, as every copy of it repeats it.

    Attributes:
        stamp: Its identity.
        officer: Who, shown only.
        at: When by that device's clock, shown only.
        context: What its author's store had seen of this part, sorted by writer. All its
            counters are below the save's own, since a counter is one more than the largest seen;
            so no two saves can cover each other and a field never loses its last entry.

    Raises:
        ValueError: The context is not sorted, or reaches the save's own counter.
    """

    stamp: Stamp
    officer: str
    at: str
    context: tuple[tuple[str, int], ...]

    def __post_init__(self) -> None:
        if any(counter >= self.stamp.counter for _, counter in self.context):
            raise ValueError(f"save {self.stamp} claims to have seen its own future")
        if list(self.context) != sorted(dict(self.context).items()):
            raise ValueError(f"the context of save {self.stamp} is not in its one order")

    def __hash__(self) -> int:
        """Hash the stamp alone, whose writer keeps hostile saves from falling together."""
        return self.stamp.counter ^ hash(self.stamp.writer)


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a field with the save that set it."""

    save: Save
    value: Value

    def __hash__(self) -> int:
        """Hash the stamp alone; a field rarely holds one twice."""
        return hash(self.save)

    def order(self) -> tuple[Stamp, str, str]:
        """Return the key by which the shown entry is the largest; types never meet in it."""
        return self.save.stamp, type(self.value).__name__, str(self.value)


@dataclass(frozen=True, slots=True)
class FieldState:
    """What stands in one field: at least one entry, and what was covered beyond it."""

    entries: frozenset[Entry]
    beyond: tuple[tuple[str, int], ...] = ()

    def shown(self) -> Entry:
        """Return the entry with the largest stamp: the one shown and counted."""
        if len(self.entries) == 1:
            return next(iter(self.entries))
        return max(self.entries, key=Entry.order)

    def values(self) -> tuple[Value, ...]:
        """Return the different values that stand beside each other, the shown one first."""
        ordered = sorted(self.entries, key=Entry.order, reverse=True)
        return tuple(dict.fromkeys(entry.value for entry in ordered))

    def covered(self) -> dict[str, int]:
        """Return the union of the contexts of all saves that ever set this field."""
        return union(dict(self.beyond), *(dict(entry.save.context) for entry in self.entries))


@dataclass(frozen=True, slots=True)
class Part:
    """The fields of a record that travel together, each path with its state."""

    fields: Mapping[str, FieldState] = field(default_factory=dict)

    def seen(self) -> dict[str, int]:
        """Return the context of a save made now: every stamp seen on this part."""
        found: dict[str, int] = {}
        saves = {entry.save for state in self.fields.values() for entry in state.entries}
        for save in saves:
            stamp = save.stamp
            found[stamp.writer] = max(found.get(stamp.writer, 0), stamp.counter)
            for writer, counter in save.context:
                found[writer] = max(found.get(writer, 0), counter)
        for state in self.fields.values():
            if state.beyond:
                found = union(found, dict(state.beyond))
        return found

    def values(self) -> dict[str, Value]:
        """Return the value shown at each path, marks and empty ones left out."""
        return {
            path: value
            for path, state in self.fields.items()
            if (value := state.shown().value) is not None
            and not (path in _MARKS or path.endswith(_REMOVED_END))  # no call: it costs
        }

    def conflicts(self) -> tuple[str, ...]:
        """Return the paths where different values stand beside each other."""
        return tuple(
            sorted(
                path
                for path, state in self.fields.items()
                if len(state.entries) > 1 and path != ERASED and len(state.values()) > 1
            )
        )


EMPTY_PART = Part({})


def is_mark(path: str) -> bool:
    """Tell whether a path is a mark of the record or of a line, not a field of a spec."""
    return path in _MARKS or path.endswith(_REMOVED_END)


def union(*contexts: Context) -> dict[str, int]:
    """Return the smallest context that holds all of them."""
    found: dict[str, int] = {}
    for context in contexts:
        for writer, counter in context.items():
            if counter > found.get(writer, 0):
                found[writer] = counter
    return found


def covers(context: Context, stamp: Stamp) -> bool:
    """Tell whether a save with this context had seen that stamp."""
    return context.get(stamp.writer, 0) >= stamp.counter


def frozen(context: Context) -> tuple[tuple[str, int], ...]:
    """Return a context in the one order in which it is stored and compared."""
    return tuple(sorted(context.items()))


def _settle(entries: frozenset[Entry], covered: Context) -> FieldState:
    kept = frozenset(entry for entry in entries if not covers(covered, entry.save.stamp))
    implied = union(*(dict(entry.save.context) for entry in kept))
    beyond = {w: c for w, c in covered.items() if c > implied.get(w, 0)}
    return FieldState(kept, frozen(beyond))


def settled(state: FieldState) -> FieldState:
    """Return the one spelling of a state: nothing in it is covered, nothing is said twice."""
    return _settle(state.entries, state.covered())


def join_fields(left: FieldState, right: FieldState) -> FieldState:
    """Join two states of one field."""
    if left == right:
        return left
    return _settle(left.entries | right.entries, union(left.covered(), right.covered()))


def join(left: Part, right: Part) -> Part:
    """Join two states of one part: commutative, associative, idempotent."""
    if not left.fields or not right.fields:
        return left if left.fields else right
    fields = dict(left.fields)
    for path, state in right.fields.items():
        held = fields.get(path)
        fields[path] = state if held is None else join_fields(held, state)
    return Part(fields)


def part_of_save(save: Save, values: Mapping[str, Value]) -> Part:
    """Return the state in which nothing but this save has happened."""
    return Part({path: FieldState(frozenset({Entry(save, v)})) for path, v in values.items()})


def join_all(parts: Iterable[Part]) -> Part:
    """Join any number of states; nothing at all is the empty part."""
    return reduce(join, parts, EMPTY_PART)


def saved(part: Part, save: Save, values: Mapping[str, Value]) -> Part:
    """Return the part after a save whose author had seen all of it."""
    return join(part, part_of_save(save, values))


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a record counts.

    Attributes:
        reason: Why it was voided; None when it is in force.
        contested: True when a void and an edit that did not know of each other meet: the record
            stays in force and counted, marked, until its unit settles it.
    """

    reason: str | None
    contested: bool


def standing(parts: Iterable[Part]) -> Standing:
    """Judge the voids of a record against its edits, part by part.

    A void stands when some save voided the record, none lifted it, and in each part that carries
    the void no field holds a save which the void had not seen (and which had not seen the void).
    """
    reasons: list[Entry] = []
    contested = False
    for part in parts:
        state = part.fields.get(VOID)
        if state is None:
            continue
        voids = [entry for entry in state.entries if entry.value is not None]
        lifts = len(voids) < len(state.entries)
        contested |= bool(voids) and (lifts or any(_unseen_by(void, part) for void in voids))
        reasons.extend(voids)
    if not reasons:
        return Standing(None, contested=False)
    if contested:
        return Standing(None, contested=True)
    return Standing(str(max(reasons, key=Entry.order).value), contested=False)


def _unseen_by(void: Entry, part: Part) -> bool:
    context = dict(void.save.context)
    return any(
        entry.save.stamp != void.save.stamp
        and not covers(context, entry.save.stamp)
        and not covers(dict(entry.save.context), void.save.stamp)
        for path, state in part.fields.items()
        if path != VOID
        for entry in state.entries
    )


def removed_lines(part: Part) -> dict[str, bool]:
    """Return each `line/id` with a removal mark: True when it is gone, False when contested.

    A removal and an edit of that line which did not know of each other leave the line in place.
    """
    marked = {
        path.removesuffix("/" + REMOVED): marks
        for path, state in part.fields.items()
        if path.endswith("/" + REMOVED)
        and (marks := [entry for entry in state.entries if entry.value])
    }
    if not marked:
        return {}
    # Grouped in one pass: a hostile record may hold thousands of marks.
    lines: dict[str, dict[str, FieldState]] = {line: {} for line in marked}
    for path, state in part.fields.items():
        line, _, name = path.rpartition("/")
        if line in lines and name != REMOVED:
            lines[line][path] = state
    return {
        line: not _taken_out_apart(marks, part.fields[f"{line}/{REMOVED}"], Part(lines[line]))
        for line, marks in marked.items()
    }


def _taken_out_apart(marks: list[Entry], state: FieldState, line: Part) -> bool:
    return len(marks) < len(state.entries) or any(_unseen_by(mark, line) for mark in marks)
