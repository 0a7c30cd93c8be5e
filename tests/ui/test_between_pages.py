"""Giao nhận: nothing happened, requests, conflicts, and units by months, at both ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from antq_desktop.domain.changes import Action
from antq_desktop.domain.fields import Value
from antq_desktop.domain.periods import calendar_period
from antq_desktop.domain.zero_reports import REPORTED as EVENTS
from antq_desktop.services.figures_table import figure_table
from antq_desktop.services.office import Office
from antq_desktop.ui.ask import Answer, Question
from antq_desktop.ui.composing import follow
from antq_desktop.ui.recordmodel import BADGE_ROLE
from antq_desktop.ui.screens.asking import adjust, ask_about
from antq_desktop.ui.screens.conflicts_page import ConflictsPage
from antq_desktop.ui.screens.figures_model import ADJUSTED, REPORTED, VALUE, FigureModel
from antq_desktop.ui.screens.handover_parts import LocalTable
from antq_desktop.ui.screens.heat_page import HeatPage
from antq_desktop.ui.screens.home import Lead
from antq_desktop.ui.screens.reading_pane_data import load
from antq_desktop.ui.screens.requests_page import RequestsPage
from antq_desktop.ui.screens.zero_page import ZeroPage
from antq_desktop.ui.theme import Theme
from tests.exchange import COMMUNES, World, add, backup_of, record_in, restored
from tests.stores import OFFICER, store_of
from tests.ui.area_desk import AreaDesk, area_desk_of

P = TypeVar("P", bound=QWidget)


@pytest.fixture
def sit(theme: Theme, qtbot: QtBot) -> Iterator[Callable[[Office], tuple[AreaDesk, Sitting]]]:
    """Sit officers down before one page, in the window of their office."""
    with ExitStack() as stack:

        def down(office: Office) -> tuple[AreaDesk, Sitting]:
            desk = stack.enter_context(area_desk_of(theme, qtbot, office))
            return desk, Sitting(desk, qtbot)

        yield down


class Sitting:
    """What one officer opens."""

    def __init__(self, desk: AreaDesk, qtbot: QtBot) -> None:
        self.desk = desk
        self._qtbot = qtbot
        self.lead = partial(follow, screens=desk.areas, go=desk.window.go)
        self.led: list[Lead] = []

    def note(self, to: Lead) -> None:
        """Remember where a line leads."""
        self.led.append(to)

    def show(self, page: P) -> P:
        """Show a page and let it read."""
        self._qtbot.addWidget(page)
        page.resize(1200, 640)
        page.show()
        reload: Callable[[], None] = page.reload  # type: ignore[attr-defined]  # each page has it
        reload()
        self.desk.rest()
        return page


Sit = Callable[[Office], tuple[AreaDesk, Sitting]]


def badges(table: LocalTable, column: int) -> list[str]:
    model = table.model()
    found = (model.index(row, column).data(BADGE_ROLE) for row in range(model.rowCount()))
    return [badge.text if badge else "" for badge in found]


def test_one_click_reports_every_kind_that_is_still_open(world: World, sit: Sit) -> None:
    add(world.commune, occurred_on="2026-10-12")
    desk, sitting = sit(world.commune)
    page = sitting.show(ZeroPage(desk.workplace, sitting.note))
    assert page.period.currentText() == f"Tháng 10 năm 2026: còn {len(EVENTS) - 1} loại chưa báo"
    assert badges(page.table, 1).count("chưa có") == len(EVENTS) - 1
    page.all.click()
    desk.rest()
    assert set(badges(page.table, 1)) == {"không phát sinh", "có hồ sơ"}
    assert page.period.currentText() == "Tháng 10 năm 2026: đủ"
    assert not page.all.isEnabled()
    page.table.choose({"tip"})
    page.back.click()
    desk.rest()
    assert badges(page.table, 1)[list(EVENTS).index("tip")] == "chưa có"


def test_a_record_that_speaks_against_it_is_told_on_the_page(world: World, sit: Sit) -> None:
    world.commune.oversight.zero_reports.declare(["incident"], calendar_period("2026-10"))
    record = add(world.commune, occurred_on="2026-10-12")
    desk, sitting = sit(world.commune)
    page = sitting.show(ZeroPage(desk.workplace, sitting.note))
    assert page.told.text().endswith("nhưng có 1 hồ sơ.")
    assert badges(page.table, 1)[0] == "trái nhau"
    page.table.opened.emit("incident")
    assert sitting.led == [Lead("incident", record)]


def asked(world: World) -> tuple[str, str]:
    record = world.commune.records.add(
        "patrol", {"patrolled_on": "2026-11-02", "force": "protection_team", "persons": 12}
    ).ids[0]
    world.round()
    request = world.receiver.oversight.requests.ask(
        "patrol", record, "persons", {"title": "Số người tuần tra có đúng không"}
    ).ids[0]
    world.round()
    return record, request


def test_a_request_opens_the_very_field_in_its_editor(world: World, sit: Sit) -> None:
    record, _request = asked(world)
    desk, sitting = sit(world.commune)
    page = sitting.show(RequestsPage(desk.workplace, sitting.lead))
    assert badges(page.table, 0) == ["chờ trả lời"]
    page.open_button.click()
    desk.rest()
    editor = desk.editor("patrol")
    assert editor.sheaf.main.id == record
    field = editor.pages.fields.made(record, "persons")
    assert field is not None
    assert field.input.hasFocus() or editor.isAncestorOf(field)


def test_a_reply_is_typed_and_both_ends_see_it(world: World, sit: Sit) -> None:
    _record, request = asked(world)
    desk, sitting = sit(world.commune)
    page = sitting.show(RequestsPage(desk.workplace, sitting.lead))

    class Typist:
        def ask(self, _question: Question, then: Callable[[Answer], None]) -> None:
            then(Answer("do", "Số liệu đúng."))

    desk.workplace.asker = Typist()  # type: ignore[assignment]  # asked one thing only
    page.reply_button.click()
    desk.rest()
    assert badges(page.table, 0) == ["đã trả lời"]
    world.round()
    desk, sitting = sit(world.receiver)
    page = sitting.show(RequestsPage(desk.workplace, sitting.lead))
    assert badges(page.table, 0) == ["đã trả lời"]
    page.close_button.click()
    desk.rest()
    assert badges(page.table, 0) == ["đã khép lại"]
    assert record_in(world.receiver, request, "request").values()["closed_on"] == "2026-11-21"


@pytest.fixture
def torn(world: World) -> str:
    """Return an incident that two devices of a commune wrote apart, as the receiver holds it."""
    record = add(world.commune, title="Vụ mẫu")
    world.round()
    backup = backup_of(world, COMMUNES[0])
    world.commune.records.change("incident", record, {"injuries": 3})
    world.merged(world.sent())
    restored(world, COMMUNES[0], backup)
    world.commune.records.change("incident", record, {"injuries": 5})
    world.merged(world.sent())
    return record


def test_the_receiver_sees_both_values_and_asks_the_unit(world: World, sit: Sit, torn: str) -> None:
    desk, sitting = sit(world.receiver)
    page = sitting.show(ConflictsPage(desk.workplace, sitting.note))
    values = {card.value.text() for card in page.sides if card.isVisibleTo(page)}
    assert values == {"3", "5"}
    assert not any(card.button.isVisibleTo(page) for card in page.sides)
    page.ask_button.click()
    desk.rest()
    assert badges(page.table, 3) == ["đã đề nghị"]
    assert not page.ask_button.isEnabled()
    page.open_button.click()
    assert sitting.led == [Lead("incident", torn, place="injuries")]


def test_the_unit_chooses_and_the_list_is_empty(world: World, sit: Sit, torn: str) -> None:
    theirs = record_in(world.receiver, torn)
    with store_of(world.commune).writing(OFFICER, Action.MERGE) as work:
        before = work.record("incident", torn)
        assert before is not None
        work.take(before, before.joined(theirs))
    desk, sitting = sit(world.commune)
    page = sitting.show(ConflictsPage(desk.workplace, sitting.note))
    card = next(one for one in page.sides if one.value.text() == "3")
    card.button.click()
    desk.rest()
    assert page.table.model().rowCount() == 0
    assert record_in(world.commune, torn).values()["injuries"] == 3


def test_the_map_says_each_month_in_a_word_and_offers_letters(world: World, sit: Sit) -> None:
    world.round()
    world.clock.set(datetime(2027, 2, 10, 8, 0))  # noqa: DTZ001 - civil time of Vietnam
    desk, sitting = sit(world.receiver)
    page = sitting.show(HeatPage(desk.workplace, sitting.note))
    row = page.table.local.row_of(world.commune.unit)
    assert row is not None
    words = [badges(page.table, at)[row] for at in range(1, 13)]
    assert words[-4:] == ["Đủ", "Thiếu", "Thiếu", "…"]
    page.table.choose({world.commune.unit})
    assert badges(page.months, 1)[:2] == ["chưa đến hạn", "chưa gửi"]
    assert page.letters.text() == " Công văn đôn đốc cả 3 đơn vị…"
    assert page.letter.isEnabled()
    page.due.setValue(12)
    page.due.editingFinished.emit()
    desk.rest()
    assert world.receiver.oversight.following.due_day == 12


def test_a_figure_is_adjusted_and_three_numbers_stand_side_by_side(world: World, sit: Sit) -> None:
    add(world.commune, injuries=12)
    world.round()
    desk, _sitting = sit(world.receiver)
    table = figure_table(
        world.receiver.reports,
        world.receiver.lists.specs,
        calendar_period("2026"),
        unit=world.commune.unit,
    )
    dialog = adjust(desk.workplace, desk.window, table, table.line("injuries"))
    given: dict[str, Value] = {
        "value": 1,
        "confirmed_by": "Phó Trưởng Công an xã",
        "reason": "Gõ thừa một chữ số",
    }
    for name, value in given.items():
        dialog.fields[name].set_value(value)
    dialog.press()
    desk.rest()
    again = figure_table(
        world.receiver.reports, world.receiver.lists.specs, calendar_period("2026")
    )
    line = again.line("injuries")
    assert again.has_adjustments
    assert (line.reported, line.value) == ("12", "1")
    row = next(row for row in again.rows() if row[1] == line.label)
    assert row[3:6] == (12, None, 1), "of all units together no single adjustment is named"
    model = FigureModel(desk.workplace.theme)
    model.show(again, only_known=True)
    titles = [model.headerData(at, Qt.Orientation.Horizontal) for at in (REPORTED, ADJUSTED, VALUE)]
    assert titles == ["Báo cáo", "Điều chỉnh", "Dùng để tổng hợp"]
    told = world.receiver.papers.make("summary", period=calendar_period("2026"))
    assert told.startswith(b"%PDF")


def test_the_unit_is_asked_from_its_record_as_the_receiver_reads_it(world: World, sit: Sit) -> None:
    record = add(world.commune, injuries=12)
    world.round()
    desk, _sitting = sit(world.receiver)
    dialog = ask_about(
        desk.workplace, desk.window, load(world.receiver, "incident", record), "injuries"
    )
    dialog.fields["title"].set_value("Số người bị thương có đúng không")
    dialog.press()
    desk.rest()
    (line,) = world.receiver.oversight.requests.lines()
    assert (line.record, line.path, line.open) == (record, "injuries", True)
