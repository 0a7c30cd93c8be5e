"""A unit's own set in the window: every part, what is protected, faults, undo, drafts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import (
    QLineEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from antq_desktop.domain.scoring.sets import Item
from antq_desktop.services.office import Office
from antq_desktop.ui.screens.criteria import CriteriaScreen
from antq_desktop.ui.screens.criteria_editor import CriteriaEditor
from antq_desktop.ui.screens.criteria_forms import PartForm
from antq_desktop.ui.theme import Theme
from tests.services.standards.cycle import Cycle
from tests.ui.area_desk import AreaDesk, area_desk_of
from tests.ui.cycle_desk import (
    UNITS,
    page,
    type_into,
)


@pytest.fixture
def cycle(office: Office) -> Cycle:
    made = Cycle(office)
    for name in UNITS:
        made.unit(name)
    return made


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office, cycle: Cycle) -> Iterator[AreaDesk]:
    assert cycle.office is office
    with area_desk_of(theme, qtbot, office) as desk:
        yield desk


def editor_of_a_copy(desk: AreaDesk, code: str) -> tuple[CriteriaScreen, CriteriaEditor]:
    found = page(desk, "criteria")
    assert isinstance(found, CriteriaScreen)
    found.page.table.choose([code])
    found.ask_copy()
    assert found.dialog is not None
    found.dialog.press()
    desk.rest()
    own = next(line for line in found.page.lines.values() if line.own)
    found.page.table.choose([own.criteria.code])
    found.edit()
    desk.rest()
    assert found.editor is not None
    return found, found.editor


def shown(editor: CriteriaEditor) -> PartForm:
    assert editor.items.form is not None
    return editor.items.form


def test_every_part_of_an_own_set_is_edited_and_taken_back(desk: AreaDesk, cycle: Cycle) -> None:
    found, editor = editor_of_a_copy(desk, "qd510_neighbourhood")
    items, grades = editor.items, editor.grades
    before = editor.editing.made
    items.add_group()
    type_into(items.form, "title", "Nhóm của đơn vị")
    items.add_item()
    type_into(items.form, "text", "Khu dân cư có mô hình hoạt động")
    type_into(items.form, "check", "working_scheme@1")
    part = items.part
    assert isinstance(part, Item)
    assert part.check == "working_scheme@1"
    most = shown(editor).fields["most"]
    assert isinstance(most.input, QLineEdit)
    most.input.setText("nhiều")
    most.edited.emit("most")
    assert most.faults
    type_into(items.form, "most", "5")
    type_into(items.form, "role", "veto")
    assert any("khống chế chưa gắn" in f.message for f in shown(editor).fields["role"].faults)

    editor.tabs.setCurrentIndex(1)
    grades.add_reason()
    grades.add_cap()
    assert grades.cap_items is not None
    grades.cap_items.boxes[part.id].setChecked(True)
    type_into(grades.cap_form, "label", "Không có mô hình thì không xếp Xuất sắc")
    type_into(grades.cap_form, "at_most", "good")
    held = grades.bands.item(0, 1)
    assert held is not None
    held.setText("cao")
    assert "Nhập một số" in grades.band_fault.text()
    held.setText("92,5")
    assert not grades.band_fault.isVisibleTo(grades)
    assert editor.editing.made.bands[0].least == 9250

    editor.tabs.setCurrentIndex(2)
    type_into(editor.first.left, "note", "Của đơn vị")
    assert any("mẫu minh họa" in f.message for f in editor.first.left.fields["note"].faults)
    editor.save()
    desk.rest()
    assert len(found.over) == 1
    type_into(editor.first.left, "note", "Của đơn vị; mẫu minh họa.")
    made = editor.editing.made
    while editor.editing.can_undo:
        editor.undo()
    assert editor.editing.made == before
    while editor.editing.can_redo:
        editor.redo()
    assert editor.editing.made == made
    editor.save()
    desk.rest()
    assert found.at_list
    with cycle.office.standards.ground.book() as book:
        kept = cycle.office.standards.sets.own(book)[made.code]
    assert kept == made
    assert kept.caps[-1].items == (part.id,)


def test_what_may_only_be_a_mark_stays_as_it_is_in_a_copy(desk: AreaDesk) -> None:
    _found, editor = editor_of_a_copy(desk, "tt124_neighbourhood")
    made = editor.editing.made
    editor.items.go_to("c3_a")
    assert not editor.items.pane.findChildren(PartForm)
    assert not editor.items.gone_button.isEnabled()
    editor.items.remove()
    editor.items.go_to("c3")
    editor.items.remove()
    assert editor.editing.made == made
    editor.items.add_item()
    type_into(editor.items.form, "text", "Không để xảy ra khiếu nại đông người")
    assert shown(editor).fields["text"].faults


def test_an_edited_set_comes_back_from_its_draft(desk: AreaDesk, cycle: Cycle) -> None:
    found, editor = editor_of_a_copy(desk, "scheme_rating")
    editor.items.add_item()
    type_into(editor.items.form, "text", "Mục trong bản nháp")
    drafts, told = cycle.office.drafts, editor.keeper._content()
    drafts.keep(*told)
    found.drop()
    desk.rest()
    found.edit()
    desk.rest()
    assert found.editor is not None
    found.editor.bands.findChild(QPushButton).click()  # type: ignore[union-attr]  # the first step
    assert "Mục trong bản nháp" in [item.text for item in found.editor.editing.made.items()]
