"""The lines of a sheet by unit: which there are, and what becomes of what is typed into them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.fields import VOID, RecordSpec, Value, Values
from antq_desktop.domain.record import Record
from antq_desktop.domain.shown import show_integer
from antq_desktop.domain.unit_sheets import SheetShape
from antq_desktop.services.records import Edit

_NOT_OURS: Final = "Hồ sơ này do đơn vị khác lập nên không sửa được ở đây."
ABOVE: Final = ""  # key under which faults of the values above the lines stand

Typed = Mapping[str, Mapping[str, str]]
"""What was typed: key of the line → field → text; an empty text empties the field."""


@dataclass(frozen=True, slots=True)
class UnitKind:
    """A kind of unit to have lines for: its id, its name, and how many there are in force."""

    id: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Ask:
    """What is to be entered.

    Attributes:
        kind: The kind of record.
        unit_kind: The kind of unit; empty for all.
        period: Name of the period whose records are shown; only for kinds that have periods.
        common: The values said once above the lines.
        more: Unit → how many further lines it is given.
    """

    kind: str
    unit_kind: str = ""
    period: str = ""
    common: Values = field(default_factory=dict)
    more: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One line.

    Attributes:
        key: What tells it from the others; the same each time the sheet is opened.
        unit: Id of the unit.
        name: Its name.
        number: Which line of the unit it is, from 1.
        record: Id of the record that it changes; empty when it makes one.
        values: The values of that record.
        locked: Why it may not be typed into; empty when it may.
        voided: The values of a record out of force that a save puts back in force, since another
            one cannot have its identity; none of them is kept. None for any other line.
    """

    key: str
    unit: str
    name: str
    number: int
    record: str
    values: Values
    locked: str = ""
    voided: Values | None = None

    @property
    def is_new(self) -> bool:
        """Whether a save begins a record, rather than changing one."""
        return not self.record or self.voided is not None


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """The lines of one sheet."""

    shape: SheetShape
    ask: Ask
    lines: tuple[UnitLine, ...]

    def line(self, key: str) -> UnitLine:
        """Return the line of that key; KeyError when there is none."""
        for line in self.lines:
            if line.key == key:
                return line
        raise KeyError(key)


def lines_of_units(
    shape: SheetShape,
    ask: Ask,
    units: Iterable[tuple[str, Values]],
    held: Mapping[str, Sequence[Record]],
    own: str,
) -> Iterator[UnitLine]:
    """Yield the lines of each unit: its stored records, and empty ones where they are wanted.

    A stored record gives its id as key, so that what was typed can never slip to another one; where
    a unit has one record by identity, the line is the unit's.
    """
    for unit, values in units:
        name = str(values.get("name") or "")
        records = held.get(unit, ())
        for number, record in enumerate(records, 1):
            key = empty_key(unit, 1) if shape.by_identity or shape.of_units else record.id
            voided = record.values() if record.standing().reason is not None else None
            locked = _NOT_OURS if record.owner != own else ""
            shown = record.values() if voided is None else {}
            yield UnitLine(key, unit, name, number, record.id, shown, locked, voided)
        empty = max(0 if records else 1, ask.more.get(unit, 0))
        if records and (shape.by_identity or shape.of_units):
            continue
        for number in range(1, empty + 1):
            place = len(records) + number
            yield UnitLine(empty_key(unit, number), unit, name, place, "", {})


def empty_key(unit: str, number: int) -> str:
    """Return the key of a line that makes a record."""
    return f"{unit}#{number}"


def taken_from_above(
    shape: SheetShape, line: UnitLine, common: Values, changes: Values
) -> dict[str, Value]:
    """Return what a line takes of the values above the lines."""
    if not line.is_new:
        return {
            name: common[name]
            for name, column in shape.follows
            if changes.get(column) is not None
            and name not in changes
            and common.get(name) is not None
        }
    found: dict[str, Value] = {shape.spec.unit_by: line.unit}
    for name in shape.common:
        if common.get(name) is not None and changes.get(name) is None:
            found[name] = common[name]
    return found


def placed(shape: SheetShape, record: Record) -> tuple[str, str]:
    """Return where a record stands among those of its unit: by its day, then by its id."""
    return str(record.values().get(shape.spec.dated_by) or ""), record.id


def refuse(faults: Iterable[Fault]) -> None:
    """Raise what was found wrong, each thing once.

    Raises:
        UserError: `invalid` with every fault, or the only one.
    """
    told = list(dict.fromkeys(faults))
    if not told:
        return
    first = told[0]
    if len(told) == 1:
        raise UserError(first.code, first.message, first.field, told)
    message = f"Chưa lưu: còn {show_integer(len(told))} ô cần sửa. Nhấn F3 để đến từng ô."
    raise UserError("invalid", message, first.field, told)


def said_of(spec: RecordSpec, edits: Iterable[Edit]) -> str:
    """Return the sentence after a save: how many records were made and how many changed."""
    made = [edit.created or VOID in edit.changes for edit in edits]
    added, changed = made.count(True), made.count(False)
    parts = [f"thêm {show_integer(added)}"] if added else []
    parts += [f"sửa {show_integer(changed)}"] if changed else []
    return f"Đã {' và '.join(parts)} {spec.label} theo đơn vị."
