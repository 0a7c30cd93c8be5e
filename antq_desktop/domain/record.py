"""A record: what every save of it left behind, and the values that this amounts to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from antq_desktop.domain.fields import ERASED, REMOVED, VOID, RecordSpec, Travels, Value
from antq_desktop.domain.merging import (
    EMPTY_PART,
    Part,
    Save,
    Stamp,
    Standing,
    frozen,
    join,
    removed_lines,
    saved,
    standing,
)


@dataclass(frozen=True, slots=True)
class Record:
    """One record of one kind.

    Attributes:
        kind: Its spec's kind.
        id: Its identity, the same on every device.
        owner: Id of the unit whose record it is; never changes.
        up: The fields that travel in every bundle.
        siblings: The fields that stay among the devices of its unit.
        device: The fields that stay on this device; they carry no stamps.
    """

    kind: str
    id: str
    owner: str
    up: Part = EMPTY_PART
    siblings: Part = EMPTY_PART
    device: Mapping[str, Value] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Part, Part]:
        """Return the two stamped parts."""
        return self.up, self.siblings

    def values(self) -> dict[str, Value]:
        """Return the values shown, by path; lines that were taken out are left out."""
        found: dict[str, Value] = {
            **self.up.values(),
            **self.siblings.values(),
            **{path: value for path, value in self.device.items() if value is not None},
        }
        gone = self.removed()
        if gone:
            found = {p: v for p, v in found.items() if p.rpartition("/")[0] not in gone}
        return found

    def removed(self) -> frozenset[str]:
        """Return the lines (`list/id`) that were taken out and whose removal is uncontested."""
        return frozenset(line for line, gone in self.line_marks().items() if gone)

    def line_marks(self) -> dict[str, bool]:
        """Return each line (`list/id`) with a mark of removal: True when gone, False if contested.

        A removal that is contested in one part is contested.
        """
        verdicts: dict[str, bool] = {}
        for part in self.parts:
            for line, gone in removed_lines(part).items():
                verdicts[line] = verdicts.get(line, True) and gone
        return verdicts

    def standing(self) -> Standing:
        """Return whether the record counts, and why not."""
        return standing(self.parts)

    def conflicts(self) -> tuple[str, ...]:
        """Return the paths where values written apart stand beside each other."""
        found = set(self.up.conflicts()) | set(self.siblings.conflicts())
        if self.standing().contested:
            found.add(VOID)
        return tuple(sorted(found))

    def joined(self, other: Record) -> Record:
        """Return the join of two copies of one record; what stays on this device is ours."""
        return replace(
            self,
            up=join(self.up, other.up),
            siblings=join(self.siblings, other.siblings),
        )


_ALONE = {travels: frozenset({travels}) for travels in Travels}


def travels_at(spec: RecordSpec, path: str) -> frozenset[Travels]:
    """Return how far the value or mark at a path goes; a mark stands in each part it concerns.

    Raises:
        KeyError: No field or mark stands at that path.
    """
    if path in (VOID, ERASED):
        return frozenset({Travels.UP, Travels.SIBLINGS})
    if path.endswith("/" + REMOVED):
        line = spec.line(path.partition("/")[0])
        return frozenset(field.travels for field in line.fields)
    return _ALONE[spec.at(path).travels]


def amended(
    record: Record,
    spec: RecordSpec,
    changes: Mapping[str, Value],
    *,
    stamp: Stamp,
    officer: str,
    at: str,
) -> Record:
    """Return a record after one officer's action that set these paths.

    Each part gets a save of its own context under the one stamp: who never saw a part must not
    cover it. Who writes into a record or a line that another device took out apart from them, or
    into a line that was taken out, puts it back: an edit alone never takes anything out.
    """
    by_part: dict[Travels, dict[str, Value]] = {}
    for path, value in _with_marks_lifted(record, spec, changes).items():
        for travels in travels_at(spec, path):
            by_part.setdefault(travels, {})[path] = value

    def after(part: Part, travels: Travels) -> Part:
        values = by_part.get(travels)
        if not values:
            return part
        return saved(part, Save(stamp, officer, at, frozen(part.seen())), values)

    return replace(
        record,
        up=after(record.up, Travels.UP),
        siblings=after(record.siblings, Travels.SIBLINGS),
        device={
            path: value
            for path, value in {**record.device, **by_part.get(Travels.NEVER, {})}.items()
            if value is not None
        },
    )


def _with_marks_lifted(
    record: Record, spec: RecordSpec, changes: Mapping[str, Value]
) -> dict[str, Value]:
    found = dict(changes)
    stamped = [path for path in changes if travels_at(spec, path) != {Travels.NEVER}]
    if stamped and VOID not in changes and record.standing().contested:
        found[VOID] = None
    marked = record.line_marks()
    for line in {path.rpartition("/")[0] for path in stamped} & marked.keys():
        mark = f"{line}/{REMOVED}"
        if mark in changes:
            continue
        found[mark] = None
        if marked[line]:
            found.update(dict.fromkeys(_hidden_in(record, line), None) | dict(changes))
    return found


def _hidden_in(record: Record, line: str) -> Iterator[str]:
    """Yield what a line held when it was taken out: it must not come back with a new one."""
    for part in record.parts:
        yield from (path for path in part.values() if path.startswith(line + "/"))


def differing(before: Mapping[str, Value], after: Mapping[str, Value]) -> Iterator[str]:
    """Yield the paths whose value is not the same in both, in their order."""
    for path in sorted(before.keys() | after.keys()):
        if before.get(path) != after.get(path):
            yield path
