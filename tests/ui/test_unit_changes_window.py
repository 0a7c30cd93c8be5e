"""Decisions about units, sums by old and new units, and the signed line, in the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.domain.succession import ByUnits
from antq_desktop.services.office import Office
from antq_desktop.ui.ask import Answer
from antq_desktop.ui.screens.figures_model import VALUE
from antq_desktop.ui.screens.signed_line import SignedLineDialog, show_signed_lines
from antq_desktop.ui.screens.unit_changes import UnitChangesPage
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.widgets.field import Option
from tests.exchange import World, add
from tests.ui.area_desk import AreaDesk, area_desk_of
from tests.ui.desk import Answering

FIRST, SECOND = "11074@2025-07-01", "11914@2025-07-01"


@pytest.fixture
def sit(theme: Theme, qtbot: QtBot) -> Iterator[Callable[[Office], AreaDesk]]:
    with ExitStack() as stack:
        yield lambda office: stack.enter_context(area_desk_of(theme, qtbot, office))


def page_of(desk: AreaDesk) -> UnitChangesPage:
    area = desk.areas["forces"]
    desk.window.go(area.key, lambda: area.show_kind("unit_changes"))
    desk.rest()
    return area.unit_changes.list


def test_a_decision_is_entered_looked_over_written_and_taken_back(
    world: World, sit: Callable[[Office], AreaDesk]
) -> None:
    add(world.office("11914"))
    world.merged(world.sent(world.office("11914")))
    desk = sit(world.receiver)
    page = page_of(desk)
    page.enter_button.click()
    desk.rest()
    dialog = page.dialog
    assert dialog is not None
    names = {one.id: one.text for one in dialog._options}
    dialog.old.take(Option(SECOND, names[SECOND]))
    dialog.new.take(Option(FIRST, names[FIRST]))
    dialog.add_button.click()
    desk.rest()
    assert "1 hồ sơ ở đây liên quan" in dialog.effect.text()
    dialog.fields["title"].set_value("Nhập hai xã")
    dialog.fields["effective_on"].set_value("2026-06-01")
    dialog.press()
    desk.rest()
    (decision,) = world.receiver.unit_changes.decisions()
    assert decision.title == "Nhập hai xã"
    assert page.steps.local.rowCount() == 1
    assert isinstance(desk.asker, Answering)
    desk.asker.answers = [Answer("void", "Nhập nhầm")]
    page.void_button.click()
    desk.rest()
    (decision,) = world.receiver.unit_changes.decisions()
    assert decision.void == "Nhập nhầm"
    assert not page.void_button.isEnabled()


def test_the_page_of_figures_sums_by_the_units_before_when_asked(
    world: World, sit: Callable[[Office], AreaDesk]
) -> None:
    from antq_desktop.services.unit_changes import Draft, Step

    for name in ("11074", "11914"):
        add(world.office(name))
        world.merged(world.sent(world.office(name)))
    desk = sit(world.receiver)
    area = desk.areas["documents"]
    desk.window.go(area.key, lambda: area.show_kind("figures"))
    desk.rest()
    page = area.figures.list
    assert page.by.isHidden()
    steps = (Step(SECOND, "Xã cũ", FIRST, "Xã mới"),)
    world.receiver.unit_changes.enter(Draft("Nhập xã", "2026-06-01", steps))
    desk.workplace.changes.written.emit(("unit_change",))
    desk.rest()
    assert not page.by.isHidden()
    assert page.answer is not None
    assert SECOND not in page.answer.units
    page.unit.take(Option(FIRST, "Xã mới"))
    desk.rest()
    row = page.model.row_of("incidents")
    assert page.model.index(row, VALUE).data() == "2"
    page.by.take(Option(str(ByUnits.BEFORE), ByUnits.BEFORE.label))
    desk.rest()
    assert SECOND in page.answer.units
    page.unit.take(Option(SECOND, "Xã cũ"))
    desk.rest()
    assert page.model.index(page.model.row_of("incidents"), VALUE).data() == "1"


def test_a_record_of_a_commune_opens_its_signed_line(
    world: World, sit: Callable[[Office], AreaDesk]
) -> None:
    record = add(world.commune, title="Mất trộm xe đạp")
    world.merged(world.sent())
    desk = sit(world.receiver)
    show_signed_lines(desk.workplace, desk.window, "incident", record)
    desk.rest()
    (dialog,) = [
        each for each in QApplication.topLevelWidgets() if isinstance(each, SignedLineDialog)
    ]
    assert "Mất trộm xe đạp" in dialog.texts[0].toPlainText()
    assert dialog.lines[0].holds
    dialog.reject()
