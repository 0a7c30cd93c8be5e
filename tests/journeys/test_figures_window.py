"""The page of figures by hand: a report entered, hatched, stood beside, closed, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.services.office import Office
from antq_desktop.ui.ask import Answer
from antq_desktop.ui.screens.figures import FiguresScreen
from antq_desktop.ui.screens.figures_drafts import DRAFT
from antq_desktop.ui.screens.figures_model import BEFORE, HATCHED_ROLE, VALUE
from antq_desktop.ui.screens.home import Lead
from antq_desktop.ui.theme import Theme
from tests.stores import COMMUNE_ID
from tests.ui.area_desk import AreaDesk, area_desk_of
from tests.ui.desk import CTRL
from tests.ui.keyboards import press, type_telex

RESOURCES = Path(__file__).parents[2] / "resources"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    made = Theme(RESOURCES)
    made.apply(qapp)
    return made


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[AreaDesk]:
    with area_desk_of(theme, qtbot, office) as sat:
        yield sat


@pytest.fixture
def leads(desk: AreaDesk) -> list[Lead]:
    found: list[Lead] = []
    desk.areas["documents"].lead = found.append
    return found


@pytest.fixture
def page(desk: AreaDesk, leads: list[Lead]) -> FiguresScreen:
    assert not leads
    area = desk.areas["documents"]
    desk.window.go("documents", lambda: area.show_kind("figures"))
    desk.rest()
    return area.figures


def row(page: FiguresScreen, code: str) -> tuple[str, str, bool, bool]:
    page.list.go_to(code)
    model, at = page.list.model, page.list.table.currentIndex().row()
    line = model.line(at)
    assert line is not None
    assert line.code == code
    value, before = model.index(at, VALUE), model.index(at, BEFORE)
    return (
        str(value.data()),
        str(before.data()),
        bool(value.data(HATCHED_ROLE)),
        bool(before.data(HATCHED_ROLE)),
    )


def enter(desk: AreaDesk, page: FiguresScreen, document: str, numbers: dict[str, str]) -> None:
    page.enter()
    desk.rest()
    entry = page.entry
    assert entry is not None
    type_telex(entry.fields["document"].input, document)
    desk.rest()
    for code, number in numbers.items():
        entry.grid.cells.put(entry.grid.cells.place((code, "value")), ((number,),), 1, 1)
    press(entry.fields["document"].input, Qt.Key.Key_S, held=CTRL)
    desk.rest()


def publication(desk: AreaDesk) -> str:
    return desk.office.records.add(
        "publication",
        {"title": "Bài", "channel": "portal", "published_on": "2026-03-02", "unit": COMMUNE_ID},
    ).ids[0]


def test_a_report_is_entered_stands_beside_a_record_is_closed_and_taken_back(
    desk: AreaDesk, page: FiguresScreen, leads: list[Lead]
) -> None:
    enter(desk, page, "33/BC-UBND", {"articles": "240", "clubs": "1.042"})
    assert desk.last == "Đã lưu 2 số liệu theo báo cáo số 33/BC-UBND."
    assert page.entry is None
    assert row(page, "articles") == ("240", "–", True, False)
    assert row(page, "clubs")[0] == "1.042"

    record = publication(desk)
    desk.workplace.changes.written.emit(("publication",))
    desk.rest()
    assert row(page, "articles")[0] == "240"
    pane = page.list.pane
    assert "1 hồ sơ cho số 1" in pane.warnings.text()
    pane.close_button.click()
    desk.rest()
    assert desk.last == "Từ nay tính theo hồ sơ: Bài viết tuyên truyền, năm 2026."
    assert row(page, "articles") == ("1", "–", False, False)
    page.open_records()
    desk.rest()
    assert leads[-1].key == "publication"
    assert leads[-1].narrowed is not None
    assert leads[-1].narrowed.among == (record,)

    desk.window.line.undo.click()
    desk.rest()
    assert row(page, "articles") == ("240", "–", True, False)


def test_a_figure_without_records_leads_to_its_report(
    desk: AreaDesk, page: FiguresScreen, leads: list[Lead]
) -> None:
    enter(desk, page, "33/BC-UBND", {"clubs": "42"})
    row(page, "clubs")
    press(page.list.table, Qt.Key.Key_Return)
    desk.rest()
    assert leads[-1].key == "opening_figure"
    assert desk.office.lists.show("opening_figure", leads[-1].record).values["value"] == 42


def test_a_period_is_chosen_by_words(desk: AreaDesk, page: FiguresScreen) -> None:
    publication(desk)
    found: list[str] = []
    page.list._find_periods("quý I/2026", lambda options: found.extend(o.id for o in options))
    assert found == ["2026-Q1"]
    page.list._find_periods(
        "15/11/2025–14/11/2026", lambda options: found.extend(o.id for o in options)
    )
    assert found[-1] == "2025-11-15..2026-11-14"
    desk.workplace.changes.written.emit(("publication",))
    desk.rest()
    assert row(page, "articles")[:2] == ("1", "–")


def test_numbers_that_were_typed_are_not_lost_without_a_question(
    desk: AreaDesk, page: FiguresScreen
) -> None:
    page.enter()
    desk.rest()
    entry = page.entry
    assert entry is not None
    entry.grid.cells.put(entry.grid.cells.place(("clubs", "value")), (("bốn",),), 1, 1)
    entry.save()
    desk.rest()
    assert "Câu lạc bộ" in entry.told.text(), "what is no number is told, and nothing was saved"
    desk.asker.answers.append(Answer("stay"))
    entry.closed.emit()
    assert page.entry is entry
    desk.asker.answers.append(Answer("drop"))
    entry.closed.emit()
    assert page.entry is None


def test_numbers_that_were_typed_survive_a_power_cut(
    desk: AreaDesk, page: FiguresScreen, qtbot: QtBot
) -> None:
    page.enter()
    desk.rest()
    entry = page.entry
    assert entry is not None
    type_telex(entry.fields["document"].input, "33/BC-UBND")
    entry.fields["dated"].set_value("2026-10-25")
    with qtbot.waitSignal(entry.drafts.keeper.kept):
        entry.grid.cells.put(entry.grid.cells.place(("clubs", "value")), (("42",),), 1, 1)
    desk.rest()
    page._drop_entry()  # the power goes: nobody leaves, nobody asks
    page.enter()
    desk.rest()
    again = page.entry
    assert again is not None
    band = again.bands.band("draft")
    assert band is not None
    assert "báo cáo “33/BC-UBND”" in band.text.text()
    band.buttons[0].click()
    desk.rest()
    assert again.source().document == "33/BC-UBND"
    assert again.source().dated == "2026-10-25"
    again.save()
    desk.rest()
    assert desk.last == "Đã lưu 1 số liệu theo báo cáo số 33/BC-UBND."
    assert page.entry is None
    assert desk.office.drafts.find(DRAFT) is None


def test_what_the_report_lacks_is_told_beside_its_field(
    desk: AreaDesk, page: FiguresScreen
) -> None:
    enter(desk, page, "", {"clubs": "42"})
    assert page.entry is not None
    assert [fault.code for fault in page.entry.fields["document"].faults] == ["required"]
    desk.asker.answers.append(Answer("drop"))
    page.entry.closed.emit()
