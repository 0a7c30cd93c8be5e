"""From the lines of a sheet by unit to the rows and columns of a grid, and its faults by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.fields import NUMERIC, FieldKind, Value
from antq_desktop.domain.gridtext import Cell, GridText
from antq_desktop.domain.unit_sheets import YEAR
from antq_desktop.ui.screens.editor_kit import civil_now
from antq_desktop.ui.widgets.grid import GridColumn, GridRow

if TYPE_CHECKING:
    from antq_desktop.domain.errors import Fault
    from antq_desktop.domain.unit_sheets import SheetShape
    from antq_desktop.services.office import Office
    from antq_desktop.services.unit_sheet import UnitSheets
    from antq_desktop.services.unit_sheet_lines import UnitKind, UnitSheet

_WIDEST: Final = 24  # letters; a longer text is read in the line below the grid
_FIRST_UNITS: Final = {"police_force": "commune", "guard_force": ""}
_USUAL_UNITS: Final = ("neighbourhood", "commune")
_CHOSEN: Final = frozenset({FieldKind.CHOICE, FieldKind.YES_NO})
_NUMERIC: Final = NUMERIC | {FieldKind.DECIMAL}


def columns_of(sheets: UnitSheets, shape: SheetShape) -> list[GridColumn]:
    """Return the columns of a kind."""
    found = []
    for name in shape.columns:
        spec = shape.spec.field(name)
        told = not spec.unit or spec.unit.lower() in spec.label.lower()
        title = spec.label if told else f"{spec.label} ({spec.unit})"
        choices = sheets.choices(shape, name) if spec.kind in _CHOSEN else ()
        numeric = spec.kind in _NUMERIC
        width = min(spec.width, _WIDEST)
        found.append(GridColumn(name, title, width, numeric, choices, spec.hint))
    return found


def rows_of(sheet: UnitSheet) -> list[GridRow]:
    """Return the rows; a unit with several lines has them numbered."""
    several = {line.unit for line in sheet.lines if line.number > 1}
    return [
        GridRow(
            line.key,
            f"{line.name} ({line.number})" if line.unit in several else line.name,
            line.locked,
        )
        for line in sheet.lines
    ]


def texts_of(sheets: UnitSheets, sheet: UnitSheet) -> dict[Cell, str]:
    """Return what stands in the cells of stored records."""
    return {
        (line.key, name): sheets.text_of(sheet.shape, name, line.values[name])
        for line in sheet.lines
        for name in sheet.shape.columns
        if line.values.get(name) is not None
    }


def taken_of(sheets: UnitSheets, sheet: UnitSheet, common: Mapping[str, Value]) -> dict[Cell, str]:
    """Return what the empty cells of new lines take from above."""
    shape = sheet.shape
    names = [
        name for name in shape.columns if name in shape.common and common.get(name) is not None
    ]
    texts = {name: sheets.text_of(shape, name, common[name]) for name in names}
    return {
        (line.key, name): text
        for line in sheet.lines
        if line.is_new
        for name, text in texts.items()
    }


def sums_of(sheets: UnitSheets, shape: SheetShape, grid: GridText) -> dict[str, int]:
    """Return the sum of each counted column in which anything stands."""
    found: dict[str, int] = {}
    for name in shape.counted:
        texts = (grid.text((row, name)) for row in grid.rows)
        numbers = [sheets.number_of(shape, name, text) for text in texts if text]
        if numbers:
            found[name] = sum(number for number in numbers if number is not None)
    return found


def lines_wanted(grid: GridText, added: Mapping[str, int]) -> dict[str, int]:
    """Return how many empty lines each unit keeps: those asked for and those typed into."""
    found = dict(added)
    for key, _name in grid.typed:
        unit, mark, number = key.partition("#")
        if mark:
            found[unit] = max(found.get(unit, 0), int(number))
    return found


class CellFaults:
    """What is wrong by cell: what a cell says by itself, and what a save was refused for."""

    def __init__(self, sheets: UnitSheets) -> None:
        self._sheets = sheets
        self._own: dict[Cell, str] = {}
        self._refused: dict[Cell, str] = {}

    def clear(self) -> None:
        """Forget everything."""
        self._own.clear()
        self._refused.clear()

    def look_at(self, shape: SheetShape, grid: GridText, cells: Iterable[Cell]) -> None:
        """Judge some cells by themselves; what a line was refused for is asked again at a save."""
        for cell in cells:
            text = grid.text(cell) if cell in grid.typed else ""
            fault = self._sheets.fault_of(shape, cell[1], text) if text else None
            self._own.pop(cell, None)
            if fault is not None:
                self._own[cell] = fault.message
            for other in [one for one in self._refused if one[0] == cell[0]]:
                del self._refused[other]

    def refuse(self, faults: Iterable[Fault]) -> list[Fault]:
        """Take what a save was refused for; return what stands above the lines."""
        above: list[Fault] = []
        self._refused.clear()
        for fault in faults:
            if fault.record:
                self._refused.setdefault((fault.record, fault.field), fault.message)
            else:
                above.append(fault)
        return above

    @property
    def by_cell(self) -> dict[Cell, str]:
        """The sentences by cell."""
        return {**self._refused, **self._own}


def in_order(grid: GridText, cells: Iterable[Cell]) -> list[Cell]:
    """Return cells in the order of the eye; those that are not shown come last."""
    rows = {key: at for at, key in enumerate(grid.rows)}
    columns = {name: at for at, name in enumerate(grid.columns)}
    last = (len(rows), len(columns))
    return sorted(
        cells, key=lambda cell: (rows.get(cell[0], last[0]), columns.get(cell[1], last[1]))
    )


def first_values(office: Office, shape: SheetShape) -> dict[str, Value]:
    """Return what the values above the lines begin with: this year, today."""
    now = civil_now(office)
    found: dict[str, Value] = {}
    if YEAR in shape.common:
        found[YEAR] = now.year
    if shape.periodic and shape.spec.dated_by in shape.common:
        found[shape.spec.dated_by] = f"{now:%Y-%m-%d}"
    return found


def first_units(kind: str, there: Sequence[UnitKind]) -> str:
    """Return the kind of unit that gives such records as a rule; empty for all."""
    if kind in _FIRST_UNITS:
        return _FIRST_UNITS[kind]
    ids = [one.id for one in there]
    return next((one for one in _USUAL_UNITS if one in ids), "")


def this_month(office: Office) -> str:
    """Return the name of the period in which today lies."""
    return f"{civil_now(office):%Y-%m}"
