"""Small lists of records in a workbook: a sheet for each, its lines keyed by the record's number.

A line is read as if it were a record of its own, so that every trap of Excel is met in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from antq_desktop.domain.fields import (
    BY_YEAR,
    FieldKind,
    FieldSpec,
    LineSpec,
    RecordSpec,
    Travels,
    Value,
    Values,
    line_path,
    lines_of,
)
from antq_desktop.domain.sheetcells import Cell, SheetFault, is_blank, shown
from antq_desktop.domain.sheetmap import EXAMPLE, Header, find_header, folded, number_place
from antq_desktop.domain.text import opening
from antq_desktop.services.sheet_values import Row, RowReader
from antq_desktop.sheets.reading import Sheet
from antq_desktop.sheets.writing import sheet_name

RECORD_NUMBER: Final = "STT hồ sơ"
_RECORD: Final = "record_number"
_ITEM: Final = "line_item"
_YEAR: Final = "line_year"
_YEARS: Final = (1900, 2199)


def kept_fields(line: LineSpec, *, private: bool) -> list[FieldSpec]:
    """Return the fields of a line that may stand in a workbook."""
    leaving = (f for f in line.fields if f.travels is not Travels.NEVER and not f.machine)
    return [field for field in leaving if private or not field.private]


def key_field(line: LineSpec) -> FieldSpec | None:
    """Return the column that says which line it is; None where lines have no name of their own."""
    if line.ids_from == BY_YEAR:
        least, most = _YEARS
        return FieldSpec(
            name=_YEAR,
            label="Năm",
            kind=FieldKind.INTEGER,
            required=True,
            minimum=least,
            maximum=most,
            width=8,
        )
    if not line.ids_from:
        return None
    return FieldSpec(
        name=_ITEM,
        label=opening(line.item),
        kind=FieldKind.CHOICE,
        codes=line.ids_from,
        required=True,
        width=40,
    )


def line_spec(spec: RecordSpec, line: LineSpec, fields: Sequence[FieldSpec]) -> RecordSpec:
    """Return the declaration by which a sheet of lines is written and read."""
    number = FieldSpec(name=_RECORD, label=RECORD_NUMBER, required=True, width=10)
    key = key_field(line)
    return replace(
        spec,
        kind=line.name,
        label=line.item,
        plural=line.label,
        fields=(number, *((key,) if key else ()), *fields),
        lines=(),
        parent="",
        title=(_RECORD,),
        order_by=_RECORD,
        dated_by="",
        unit_by="",
        state_by="",
        closed_by="",
        alike=(),
        rules=(),
    )


def line_values(line: LineSpec, values: Values) -> list[dict[str, Value]]:
    """Return the lines of a record as rows of such a sheet, without the record's number."""
    key = key_field(line)
    found = []
    for line_id, held in sorted(lines_of(values, line.name).items()):
        named: dict[str, Value] = {}
        if key is not None:
            named[key.name] = int(line_id) if key.name == _YEAR else line_id
        found.append({**named, **held})
    return found


@dataclass(frozen=True, slots=True)
class LineSheet:
    """A sheet of a workbook that holds the lines of one small list."""

    line: LineSpec
    spec: RecordSpec
    sheet: Sheet
    header: Header


def line_sheets(
    spec: RecordSpec, sheets: Sequence[Sheet], first_texts: Callable[[Sheet], list[list[str]]]
) -> Iterator[LineSheet]:
    """Yield the sheets that bear the name of a small list and say whose lines they hold."""
    by_name = {folded(sheet.name): sheet for sheet in sheets}
    for line in spec.lines:
        sheet = by_name.get(folded(sheet_name(line.label)))
        if sheet is None:
            continue
        read_by = line_spec(spec, line, line.fields)
        header = find_header(read_by, first_texts(sheet))
        if header is not None and _RECORD in header.mapped.columns:
            yield LineSheet(line, read_by, sheet, header)


@dataclass(slots=True)
class Lines:
    """Puts the lines of further sheets to the rows of the first.

    Attributes:
        new_id: Gives lines without a name of their own an identity.
        reader_of: Returns what reads the rows of a sheet of lines.
        count: How many lines were found.
        faults: What is wrong with them.
    """

    new_id: Callable[[], str]
    reader_of: Callable[[LineSheet], RowReader]
    count: int
    faults: list[SheetFault]

    def attach(
        self, rows: Sequence[Row], numbers: Mapping[int, str], sheets: Sequence[LineSheet]
    ) -> None:
        """Set the values of lines on their rows; a faulty line refuses its record's row.

        Args:
            rows: Rows of the first sheet.
            numbers: What stands in the column *STT* of each row, by the row's number.
            sheets: The sheets of lines.
        """
        owners: dict[str, list[Row]] = {}
        for row in rows:
            owners.setdefault(_plain(numbers.get(row.number, "")), []).append(row)
        owners.pop("", None)
        for each in sheets:
            for found in self._read(each):
                self.count += 1
                self._put(each, found, owners)

    def _read(self, each: LineSheet) -> Iterator[Row]:
        reader = self.reader_of(each)
        first = each.header.row + each.header.depth
        filled = each.sheet.filled(first, len(each.sheet.rows))
        lines = [
            (first + place + 1, cells)
            for place, cells in enumerate(filled)
            if not all(is_blank(cell) for cell in cells) and not _is_example(cells)
        ]
        reader.learn_dates([cells for _, cells in lines])
        for number, cells in lines:
            yield reader.row(number, cells, {})

    def _put(self, each: LineSheet, found: Row, owners: Mapping[str, list[Row]]) -> None:
        line, name = each.line, each.sheet.name
        number = _plain(str(found.values.pop(_RECORD, "")))
        held = owners.get(number, [])
        faults = [replace(fault, sheet=name) for fault in found.faults]
        line_id = self._id_of(line, found)
        if number and len(held) != 1:
            said = "không có dòng nào" if not held else f"có {len(held)} dòng"
            message = f"Trang đầu {said} mang STT {number}. Sửa {RECORD_NUMBER} cho khớp."
            faults.append(SheetFault(found.number, -1, "", "line_without_record", message))
        if len(held) == 1 and line_id:
            paths = {line_path(line.name, line_id, p): v for p, v in found.values.items()}
            known = lines_of(held[0].values, line.name)
            if line_id in known:
                message = f"{line.label} của hồ sơ {number} có hai dòng như nhau. Bỏ một dòng."
                faults.append(SheetFault(found.number, -1, "", "line_twice", message))
            elif len(known) >= line.limit:
                message = f"{line.label}: một hồ sơ có nhiều nhất {line.limit} dòng. Bỏ bớt."
                faults.append(SheetFault(found.number, -1, "", "too_many_lines", message))
            else:
                held[0].values.update(paths)
        faults = [replace(fault, sheet=name) for fault in faults]
        self.faults += faults
        if len(held) == 1 and any(not fault.warning for fault in faults):
            message = f"Có dòng lỗi ở trang “{name}”, dòng {found.number}."
            held[0].tell(SheetFault(held[0].number, -1, "", "line_faulty", message))

    def _id_of(self, line: LineSpec, found: Row) -> str:
        key = key_field(line)
        if key is None:
            return self.new_id()
        named = found.values.pop(key.name, None)
        return "" if named is None else str(named)


def numbers_of(header: Header, rows: Sequence[tuple[int, Sequence[Cell]]]) -> dict[int, str]:
    """Return what stands in the column of running numbers, by the number of each row."""
    place = number_place(header.headings)
    if place is None:
        return {}
    return {number: shown(cells[place]) for number, cells in rows if place < len(cells)}


def _plain(number: str) -> str:
    return number.strip().rstrip(".").lstrip("0")


def _is_example(cells: Sequence[Cell]) -> bool:
    return bool(cells) and isinstance(cells[0], str) and folded(cells[0]) == folded(EXAMPLE)
