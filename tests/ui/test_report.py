"""The page of reports in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from antq_desktop.services.office import Office
from antq_desktop.ui.screens.report import ReportScreen
from antq_desktop.ui.theme import Theme
from tests.stores import INCIDENT
from tests.ui.area_desk import AreaDesk, area_desk_of

WRITTEN = "Tình hình ổn định, có 01 vụ."


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[AreaDesk]:
    office.records.add("incident", INCIDENT)
    with area_desk_of(theme, qtbot, office) as sat:
        area = sat.areas["documents"]
        sat.window.go("documents", lambda: area.show_kind("report"))
        sat.rest()
        yield sat


def screen(desk: AreaDesk) -> ReportScreen:
    return desk.areas["documents"].report


def test_each_passage_stands_in_a_box_of_its_own(desk: AreaDesk) -> None:
    page = screen(desk).list
    assert "01 vụ việc về trật tự" in page.boxes["order"].words
    assert page.boxes["causes"].words == ""


def test_a_passage_is_kept_when_its_box_is_left_and_taken_back(desk: AreaDesk) -> None:
    page = screen(desk).list
    drafted = page.boxes["order"].words
    page.boxes["order"].text.setPlainText(WRITTEN)
    page.finish()
    desk.rest()
    assert page.narrative is not None
    assert page.narrative.passage("order").text == WRITTEN
    assert page.boxes["order"].state.text() == "Đã sửa"
    page.undo.click()
    desk.rest()
    assert page.boxes["order"].words == drafted
    assert not page.undo.isEnabled()


def test_new_figures_under_an_edited_passage_are_told_beside_it(
    desk: AreaDesk, office: Office
) -> None:
    page = screen(desk).list
    page.boxes["order"].text.setPlainText(WRITTEN)
    page.finish()
    desk.rest()
    office.records.add("incident", {**INCIDENT, "title": "Mất trộm xe máy ở Thôn Mẫu"})
    screen(desk).draft()
    desk.rest()
    assert page.boxes["order"].words == WRITTEN
    told = "Đã sửa, số liệu mới: Vụ việc về trật tự 01 → 02"
    assert page.boxes["order"].stale.text() == told
    page.boxes["order"].back.click()
    desk.rest()
    assert "02 vụ việc về trật tự" in page.boxes["order"].words


def test_words_that_were_not_kept_are_there_after_a_crash(desk: AreaDesk, office: Office) -> None:
    name = f"report/{screen(desk).list.period}"
    office.drafts.keep(name, "report", "Báo cáo", {"order": "Đang gõ dở"})
    screen(desk).draft()
    desk.rest()
    assert screen(desk).list.boxes["order"].words == "Đang gõ dở"
    screen(desk).may_leave(lambda: None)
    desk.rest()
    assert office.drafts.find(name) is None


def test_the_report_is_shown_as_it_will_be_printed(desk: AreaDesk) -> None:
    report = screen(desk)
    report.show_paper()
    desk.rest()
    assert report.preview is not None
    assert report.preview.pdf.startswith(b"%PDF")
    report.preview.closed.emit()
    desk.rest()
    assert report.at_list
