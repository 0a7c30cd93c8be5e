"""Entering what each unit gives: one line for each unit, one save for all of them.

`open` says which lines there are and what is stored already; `save` takes what was typed, finds
every fault by line and field at once, and saves all of it as one action or none of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.checking import check, check_value
from antq_desktop.domain.clock import VIETNAM, Clock
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.fields import VOID, RecordSpec, Value, Values
from antq_desktop.domain.listing import Listing
from antq_desktop.domain.record import Record
from antq_desktop.domain.records import spec_of
from antq_desktop.domain.shown import show_integer
from antq_desktop.domain.unit_sheets import (
    UNIT_KIND,
    YEAR,
    SheetShape,
    is_offered,
    line_code,
    read_line_code,
    shape_of,
)
from antq_desktop.domain.units import stands_in_the_table
from antq_desktop.services.identities import common_id
from antq_desktop.services.lists import text_of
from antq_desktop.services.periods import Periods
from antq_desktop.services.records import Edit, Records, Saved, after_edit
from antq_desktop.services.unit_sheet_lines import (
    ABOVE,
    Ask,
    Typed,
    UnitKind,
    UnitLine,
    UnitSheet,
    lines_of_units,
    placed,
    refuse,
    said_of,
    taken_from_above,
)
from antq_desktop.storage import settings

if TYPE_CHECKING:
    from antq_desktop.services.entering import Entering
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store

MOST_LINES: Final = 2_000
_TREE: Final = frozenset({"commune", "district", "cluster", "province"})


@dataclass(frozen=True, slots=True)
class Bearing:
    """A first line of a unit that a paper named by its code.

    Attributes:
        kind: The kind of record.
        unit: Id of the unit.
        name: Its name.
        period: The year that was printed; empty where the kind has none.
    """

    kind: str
    unit: str
    name: str
    period: str


class UnitSheets:
    """Opens and saves sheets with a line for each unit."""

    def __init__(
        self,
        store: Store,
        codes: Codes,
        clock: Clock,
        *,
        periods: Periods,
        records: Records,
        entering: Entering,
    ) -> None:
        self._store = store
        self._codes = codes
        self._clock = clock
        self._periods = periods
        self._records = records
        self._entering = entering

    def kinds(self) -> tuple[RecordSpec, ...]:
        """Return the kinds that can be entered by unit, in their order."""
        return tuple(spec for spec in self._store.specs.values() if is_offered(spec))

    def unit_kinds(self) -> tuple[UnitKind, ...]:
        """Return the kinds of unit that there are, in the order of their list."""
        with self._store.reading() as reader:
            counts: dict[str, int] = {}
            for _one, values in self._units(reader, ""):
                held = str(values.get("unit_kind"))
                counts[held] = counts.get(held, 0) + 1
        known = (value for value in self._codes["unit_kind"].values if value.id in counts)
        return tuple(UnitKind(value.id, value.label, counts[value.id]) for value in known)

    def open(self, ask: Ask) -> UnitSheet:
        """Return the lines of a sheet: stored records where there are, else empty ones.

        Raises:
            UserError: `unknown_kind`, `not_by_unit`, `too_many_lines`, or of the period.
        """
        spec = spec_of(ask.kind, self._store.specs)
        if not is_offered(spec):
            message = f"{spec.plural} không nhập theo đơn vị. Chọn nội dung khác."
            raise UserError("not_by_unit", message, "kind")
        shape = shape_of(spec)
        with self._store.reading() as reader:
            units = list(self._units(reader, ask.unit_kind))
            if spec.of_communes:
                units = [one for one in units if stands_in_the_table(one[0])]
            if spec.of_communes and not units:
                message = f"{spec.plural} chỉ tính cho cả xã, phường. Chọn đơn vị cấp xã."
                raise UserError("count_of_a_neighbourhood", message, "unit_kind")
            if len(units) > MOST_LINES:
                message = (
                    f"Có {show_integer(len(units))} đơn vị, nhiều nhất là "
                    f"{show_integer(MOST_LINES)} dòng. Chọn một loại đơn vị."
                )
                raise UserError("too_many_lines", message, "unit_kind")
            own = reader.setting(settings.UNIT)
            held = self._held(reader, shape, ask, [one for one, _values in units])
        return UnitSheet(shape, ask, tuple(lines_of_units(shape, ask, units, held, own)))

    def save(self, sheet: UnitSheet, common: Values, typed: Typed) -> Saved:
        """Save what was typed as one action; lines without anything typed save nothing.

        Raises:
            UserError: With every fault; its `record` is the key of a line, or empty for the values
                above the lines. Nothing was saved.
        """
        faults: list[Fault] = []
        edits: dict[str, Edit] = {}
        for line in sheet.lines:
            if line.key in typed and not line.locked:
                edit = self._edit(sheet.shape, line, common, typed[line.key], faults)
                if edit is not None:
                    edits[line.key] = edit
        refuse(faults)
        if not edits:
            return Saved("Không có gì thay đổi nên không lưu.", 0, ())
        keys = {edit.id: key for key, edit in edits.items()}
        try:
            saved = self._records.save(tuple(edits.values()))
        except UserError as fault:
            only = next(iter(edits)) if len(edits) == 1 else ABOVE
            once = set(sheet.shape.common)
            named = [
                replace(
                    one,
                    record=ABOVE if one.field in once - set(typed.get(key, ())) else key,
                )
                for one in fault.faults
                for key in (keys.get(one.record, only),)
                if not one.warning
            ]
            refuse(named)
            raise
        return replace(saved, sentence=said_of(sheet.shape.spec, edits.values()))

    def text_of(self, shape: SheetShape, name: str, value: Value) -> str:
        """Return a stored value as it stands in a cell, ready to be typed over."""
        return text_of(shape.spec.field(name), value, self._codes)

    def fault_of(self, shape: SheetShape, name: str, text: str) -> Fault | None:
        """Return what is wrong with the text of one cell by itself; None when nothing is."""
        try:
            value = self._entering.value(shape.spec.field(name), text)
        except UserError as fault:
            return fault.faults[0]
        return None if value is None else check_value(shape.spec.field(name), value, self._codes)

    def number_of(self, shape: SheetShape, name: str, text: str) -> int | None:
        """Return the whole number in a cell; None when there is none."""
        try:
            value = self._entering.value(shape.spec.field(name), text)
        except UserError:
            return None
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def choices(self, shape: SheetShape, name: str) -> tuple[str, ...]:
        """Return what may be chosen in a column: the words of its list, or yes and no."""
        spec = shape.spec.field(name)
        if not spec.codes:
            return ("Có", "Không")
        today = self._today().isoformat()
        return tuple(
            value.label for value in self._codes[spec.codes].values if value.in_force(today)
        )

    def code_of(self, sheet: UnitSheet, line: UnitLine) -> str:
        """Return the short code that a paper shows beside a line and that finds it again.

        It stands for the kind, the unit, the period or year, and the number of the line.
        """
        period = sheet.ask.period if sheet.shape.periodic else str(sheet.ask.common.get(YEAR) or "")
        return line_code(sheet.shape.spec.kind, line.unit, period, line.number)

    def line_of(self, sheet: UnitSheet, code: str) -> UnitLine | None:
        """Return the line that bears a code, in its usual form; None when it is not here."""
        return next((line for line in sheet.lines if self.code_of(sheet, line) == code), None)

    def bearing(self, code: str) -> Bearing | None:
        """Return the line of any sheet of this year or those beside it that bears a code.

        Raises:
            UserError: `line_code_not_understood`.
        """
        wanted = read_line_code(code)
        year = self._today().year
        with self._store.reading() as reader:
            units = [(unit, str(values.get("name"))) for unit, values in self._units(reader, "")]
        for spec in self.kinds():
            for period in ("", *map(str, range(year - 1, year + 2))):
                for unit, name in units:
                    if line_code(spec.kind, unit, period) == wanted:
                        return Bearing(spec.kind, unit, name, period)
        return None

    def _units(self, reader: Reader, unit_kind: str) -> Iterator[tuple[str, Values]]:
        """Yield the units in force, in the order of the alphabet; below a receiver whole units."""
        today = self._today().isoformat()
        places = reader.all_places(Listing(UNIT_KIND), -1)
        receiver = reader.setting(settings.LEVEL) != "commune"
        for row in reader.at_rows(UNIT_KIND, places, ("name", "unit_kind", "valid_to")):
            held = row.values.get("unit_kind")
            ended = str(row.values.get("valid_to") or "")
            if ended and ended < today[: len(ended)]:
                continue
            if (unit_kind and held != unit_kind) or (receiver and held not in _TREE):
                continue
            yield row.id, row.values

    def _held(
        self, reader: Reader, shape: SheetShape, ask: Ask, units: Sequence[str]
    ) -> dict[str, list[Record]]:
        """Return the records that stand already, by unit, the oldest first."""
        kind = shape.spec.kind
        if shape.of_units:
            return {one: [record] for one, record in reader.records(kind, units).items()}
        if shape.by_identity:
            ids = {common_id(shape.spec, _identity(shape, ask, one)): one for one in units}
            return {ids[one]: [record] for one, record in reader.records(kind, ids).items()}
        wanted = set(units)
        found: dict[str, list[Record]] = {}
        for record in self._of_period(reader, shape, ask):
            values = record.values()
            unit = str(values.get(shape.spec.unit_by) or "")
            if unit in wanted and shape.matches(ask.common, values):
                found.setdefault(unit, []).append(record)
        for records in found.values():
            records.sort(key=lambda record: placed(shape, record))
        return found

    def _of_period(self, reader: Reader, shape: SheetShape, ask: Ask) -> Iterable[Record]:
        period = self._periods.named(ask.period) if shape.periodic and ask.period else None
        listing = Listing(
            shape.spec.kind,
            since=period.since if period else "",
            until=period.until if period else "",
            parent=str(ask.common.get(shape.spec.parent) or "") if shape.spec.parent else "",
        )
        unit_by = shape.spec.unit_by
        places = reader.all_places(listing, -1)
        rows = reader.at_rows(shape.spec.kind, places, (unit_by,))
        ids = [row.id for row in rows if row.values.get(unit_by)]
        return reader.records(shape.spec.kind, ids).values()

    def _edit(
        self,
        shape: SheetShape,
        line: UnitLine,
        common: Values,
        texts: Mapping[str, str],
        faults: list[Fault],
    ) -> Edit | None:
        changes, misread = self._read(shape, line, texts, faults)
        if not changes and not misread:
            return None
        taken = taken_from_above(shape, line, common, changes)
        above = {name for name in shape.common if line.is_new and name not in changes}
        above |= taken.keys() & set(shape.common)
        changes = {**taken, **changes}
        found = check(shape.spec, after_edit(line.values, changes), self._codes, self._today())
        faults.extend(
            replace(one, record=ABOVE if one.field in above else line.key)
            for one in found
            if not one.warning and one.field not in misread
        )
        if line.voided is not None:
            nothing = dict.fromkeys(line.voided, None)
            return Edit(shape.spec.kind, line.record, {**nothing, **changes, VOID: None})
        if line.record:
            return Edit(shape.spec.kind, line.record, changes)
        return self._records.new_edit(shape.spec.kind, changes)

    def _read(
        self, shape: SheetShape, line: UnitLine, texts: Mapping[str, str], faults: list[Fault]
    ) -> tuple[dict[str, Value], set[str]]:
        """Return the values that a line changes, and the fields that were not understood."""
        changes: dict[str, Value] = {}
        misread: set[str] = set()
        for name, text in texts.items():
            try:
                value = self._entering.value(shape.spec.field(name), text.strip())
            except UserError as fault:
                faults.extend(replace(one, record=line.key) for one in fault.faults)
                misread.add(name)
                continue
            if value != line.values.get(name):
                changes[name] = value
        return changes, misread

    def _today(self) -> date:
        return self._clock.now().astimezone(VIETNAM).date()


def _identity(shape: SheetShape, ask: Ask, unit: str) -> dict[str, Value]:
    return {**ask.common, shape.spec.unit_by: unit}
