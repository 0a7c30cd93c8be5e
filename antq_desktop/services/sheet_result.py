"""What an import would come to: every row with its outcome, every fault with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from antq_desktop.domain.fields import RecordSpec, Values
from antq_desktop.domain.sheetcells import SheetFault
from antq_desktop.services.records import Edit
from antq_desktop.services.sheet_meeting import Alike, WhenThere
from antq_desktop.services.sheet_opening import OldText, Opened
from antq_desktop.services.sheet_values import Row

MOST_SEEN: Final = 200


class Outcome(StrEnum):
    """What becomes of one row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    LEFT_OUT = "left_out"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Seen:
    """One of the first rows, as a preview shows it: what was read, what becomes of it, and why."""

    number: int
    outcome: Outcome
    values: Values
    told: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do.

    Attributes:
        spec: The kind of record.
        opened: The sheet it was read from.
        edits: One for each row that can be taken, in their order.
        rows: The number of each edit's row, by id of the record to be made.
        total: How many rows hold data.
        faults: Everything wrong, in the order of the rows; warnings too.
        alike: Rows that look like records that are there, or like rows above them.
        skipped: Numbers of rows that were not taken for data: sums, signatures, examples.
        notes: Vietnamese sentences about the file as a whole.
        when: What becomes of rows that look like a record which is there.
        counts: How many rows come to what.
        seen: The first rows, one by one.
        lines: How many lines of small lists were found on further sheets.
    """

    spec: RecordSpec
    opened: Opened
    edits: tuple[Edit, ...]
    rows: Mapping[str, int]
    total: int
    faults: tuple[SheetFault, ...]
    alike: tuple[Alike, ...]
    skipped: tuple[int, ...]
    notes: tuple[str, ...]
    when: WhenThere
    counts: Mapping[Outcome, int]
    seen: tuple[Seen, ...]
    lines: int = 0

    @property
    def old(self) -> OldText | None:
        """What stood in an old way of writing."""
        return self.opened.old

    @property
    def refused_rows(self) -> int:
        """How many rows cannot be taken."""
        return len(
            {(f.sheet, f.row) for f in self.faults if not f.warning and f.code != "line_faulty"}
        )

    @property
    def left_out(self) -> int:
        """How many rows are left out because they look like a record that is there."""
        return self.counts[Outcome.SAME] + self.counts[Outcome.LEFT_OUT]

    @property
    def sound(self) -> bool:
        """Whether the whole file can be taken as it is."""
        return bool(self.edits) and not self.refused_rows


TAKEN: Final = frozenset({Outcome.NEW, Outcome.CHANGED})
OUT: Final = frozenset({Outcome.SAME, Outcome.LEFT_OUT})


def outcome_of(row: Row, met: Alike | None, when: WhenThere) -> Outcome:
    """Return what becomes of a row."""
    if row.refused:
        return Outcome.FAULTY
    if met is None or when is WhenThere.ADD:
        return Outcome.NEW
    if met.above:
        return Outcome.LEFT_OUT
    if not met.changes:
        return Outcome.SAME
    return Outcome.CHANGED if when is WhenThere.CHANGE else Outcome.LEFT_OUT


def seen_of(row: Row, outcome: Outcome, spec: RecordSpec, met: Mapping[int, Alike]) -> Seen:
    """Return a row as a preview shows it."""
    told = "; ".join(fault.message for fault in row.faults)
    alike = met.get(row.number)
    if alike is not None and alike.changes and not told:
        names = (spec.at(path).label.lower() for path in alike.changes)
        told = f"Khác hồ sơ đã có ở: {', '.join(dict.fromkeys(names))}."
    return Seen(row.number, outcome, row.values, told)
