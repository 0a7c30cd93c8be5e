"""Each kind of the areas by keys alone: new, save, find, open, change, take back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.domain.fields import FieldKind, FieldSpec
from antq_desktop.domain.records import SPECS
from antq_desktop.services.office import Office
from antq_desktop.ui.screens.layouts_areas import AREAS, OWN_PAGES
from antq_desktop.ui.theme import Theme
from tests.ui.area_desk import AreaDesk, area_desk_of
from tests.ui.desk import CTRL
from tests.ui.keyboards import press

RESOURCES = Path(__file__).parents[2] / "resources"
# An answer is given where the question stands, by a unit that was asked; what is said between units
# is written on pages of its own. Sheets and sets are worked on in the pages made for them.
BETWEEN_UNITS = {"request", "adjustment", "zero_report"}
KINDS = [
    layout.kind
    for area in AREAS
    for layout in area.layouts()
    if not SPECS[layout.kind].answers and layout.kind not in {*BETWEEN_UNITS, *OWN_PAGES}
]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    made = Theme(RESOURCES)
    made.apply(qapp)
    return made


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[AreaDesk]:
    office.records.add("protection_team", {"name": "Tổ Mẫu 01", "founded_on": "2024-07-01"})
    office.records.add(
        "document",
        {"title": "Chỉ thị mẫu", "direction": "incoming", "document_kind": "directive"},
    )
    with area_desk_of(theme, qtbot, office) as sat:
        yield sat


def to_change(kind: str, desk: AreaDesk) -> FieldSpec:
    """Return a field that is not needed, identifies nothing, and stands empty before the eye."""
    spec, values = SPECS[kind], desk.editor(kind).sheaf.main.now
    wanted = (FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.INTEGER)
    return next(
        one
        for one in spec.fields
        if one.kind in wanted
        and one.name not in values
        and not one.private
        and one.name not in spec.alike
        and desk.field(kind, one.name).isVisible()
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_is_entered_found_opened_changed_and_taken_back(kind: str, desk: AreaDesk) -> None:
    spec = SPECS[kind]
    desk.turn_to(kind)
    before = set(desk.list_of(kind).model._rows)
    desk.shortcut(Qt.Key.Key_N, CTRL)
    for field in spec.fields:
        if field.required and field.name not in desk.editor(kind).sheaf.main.now:
            desk.fill_in(kind, field)
    desk.shortcut(Qt.Key.Key_S, CTRL)
    assert desk.last.startswith("Đã thêm"), desk.last

    record = desk.editor(kind).sheaf.main.id
    assert desk.office.lists.show(kind, record).void_reason is None
    desk.shortcut(Qt.Key.Key_Escape)
    page = desk.list_of(kind)
    assert page.isVisible()
    assert page.table.current_id() == record
    assert record not in before

    press(desk.focus(), Qt.Key.Key_Return, "\r")
    desk.rest()
    field = to_change(kind, desk)
    desk.fill_in(kind, field)
    desk.shortcut(Qt.Key.Key_S, CTRL)
    assert desk.last.startswith("Đã lưu"), desk.last
    assert desk.office.lists.show(kind, record).values[field.name]
    desk.window.line.undo.click()
    desk.rest()
    assert desk.office.lists.show(kind, record).values.get(field.name) is None
    assert [one.holds for one in desk.office.check() if one.code != "forms"].count(False) == 0
