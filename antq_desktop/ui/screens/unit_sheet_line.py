"""From the code of a line on a slip to that line in the sheet by unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from antq_desktop.domain.unit_sheets import YEAR, shape_of
from antq_desktop.services.unit_sheet_lines import empty_key
from antq_desktop.ui.screens.unit_sheet import KEY

if TYPE_CHECKING:
    from antq_desktop.domain.fields import Value
    from antq_desktop.services.unit_sheet import Bearing
    from antq_desktop.services.unit_sheet_lines import UnitKind
    from antq_desktop.ui.screens.unit_sheet import UnitSheetScreen
    from antq_desktop.ui.widgets.grid import GridRow
    from antq_desktop.ui.workplace import Workplace


def open_line(workplace: Workplace, screen: UnitSheetScreen, found: Bearing) -> None:
    """Open the sheet of a kind and put the keyboard on the line of a unit."""
    sheets = workplace.office.unit_sheets

    def begin() -> None:
        page = screen.widget()

        def show(kinds: tuple[UnitKind, ...]) -> None:
            shape = shape_of(workplace.office.lists.specs[found.kind])
            said: dict[str, Value] = {YEAR: int(found.period)} if YEAR in shape.common else {}
            page.show_kind(found.kind, kinds, said)
            page.head.choose_units("")
            if shape.periodic:
                page.head.choose_period(found.period)
            page.load()

        page.shown.connect(stand)
        workplace.jobs.read(
            lambda _control: sheets.unit_kinds(), show, owner=page, lane="unit_kinds"
        )

    def stand() -> None:
        page = screen.widget()
        line = _line_of(found, page.grid.cells.rows) if page.kind == found.kind else ""
        if not line:
            return
        page.shown.disconnect(stand)
        cells = page.grid.cells
        page.grid.go_to(cells.place((line, cells.columns[0].name)))
        page.grid.setFocus()

    workplace.go(KEY, begin)


def _line_of(found: Bearing, rows: Sequence[GridRow]) -> str:
    """Return the key of the line of a unit: by the unit, else by its name where a record stands."""
    names = (found.name, f"{found.name} (1)")
    by_unit = [row.key for row in rows if row.key == empty_key(found.unit, 1)]
    return next(iter([*by_unit, *(row.key for row in rows if row.title in names)]), "")
