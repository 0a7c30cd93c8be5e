"""The pages of the yearly cycle in a window, as an officer goes to them and fills them in."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from antq_desktop.domain.fields import Value
from antq_desktop.ui.screens.area import AreaScreen
from antq_desktop.ui.screens.board import BoardScreen
from antq_desktop.ui.screens.criteria_forms import PartForm
from antq_desktop.ui.screens.cycle import CycleScreen
from antq_desktop.ui.screens.score_sheet import ScoreSheetPage
from tests.services.standards.cycle import YEAR
from tests.ui.area_desk import AreaDesk

UNITS = ("Thôn Mẫu 01", "Thôn Mẫu 02", "Thôn Mẫu 03")


def area_of(desk: AreaDesk) -> AreaScreen:
    return desk.areas["standards"]


def page(desk: AreaDesk, key: str) -> CycleScreen:
    area = area_of(desk)
    desk.window.go("standards", lambda: area.show_kind(key))
    desk.rest()
    found = area.page_of(key)
    assert isinstance(found, CycleScreen)
    return found


def board(desk: AreaDesk) -> BoardScreen:
    found = page(desk, "board")
    assert isinstance(found, BoardScreen)
    return found


def choose(screen: BoardScreen, names: tuple[str, ...], step: str) -> None:
    """Choose the cells of some units in the column of a step, as a mouse with Ctrl does."""
    model, table = screen.page.model, screen.page.table
    column = model.steps.index(step) + 1
    rows = [at for at in range(model.rowCount())
            if (unit := model.unit(at)) is not None and unit.name in names]  # fmt: skip
    screen.page.go_to(rows[0], column)
    chosen = QItemSelection()
    for row in rows:
        chosen.select(model.index(row, column), model.index(row, column))
    table.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def fill(desk: AreaDesk, screen: BoardScreen, values: dict[str, Value]) -> None:
    dialog = screen.dialog
    assert dialog is not None
    for name, value in values.items():
        dialog.fields[name].set_value(value)
    dialog.press()
    desk.rest()


def sheet_page(screen: CycleScreen) -> ScoreSheetPage:
    top = screen.over[-1]
    assert isinstance(top, ScoreSheetPage)
    return top


def cell(screen: BoardScreen, name: str, step: str) -> str:
    row = next(row for row in screen.page.model.units() if row.name == name)
    return next(each.done_on for each in row.cells if each.step == step)


def chosen_standard(desk: AreaDesk, key: str, standard: str, year: int = YEAR) -> CycleScreen:
    found = page(desk, key)
    found.season.show(year, standard)
    desk.rest()
    return found


def type_into(form: PartForm | None, name: str, value: Value) -> None:
    """Bring a value into a field as an officer does."""
    assert form is not None
    form.fields[name].set_value(value)
    form.fields[name].edited.emit(name)
