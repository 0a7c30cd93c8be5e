"""Ways to look at a list under a name, its order by a column, and what stands below it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from antq_desktop.services.office import Office
from antq_desktop.services.views import View
from antq_desktop.ui.ask import Answer
from antq_desktop.ui.screens.listing_columns import ColumnsPopup
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.widgets.picker import Picker
from tests.stores import INCIDENT
from tests.ui.desk import CTRL, Desk, desk_of, strike
from tests.ui.keyboards import type_telex

KEY = "incidents"
PLACES = ("Đường Mẫu", "Ao Mẫu", "Chợ Mẫu")


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[Desk]:
    for at, place in enumerate(PLACES):
        office.records.add(
            "incident",
            {
                **INCIDENT,
                "title": f"Vụ {at}",
                "place": place,
                "occurred_on": f"2026-0{at + 1}-05",
                "received_at": None,
                "state": "new" if at else "in_progress",
                "injuries": at + 1,
            },
        )
    with desk_of(theme, qtbot, office) as sat:
        sat.go(KEY)
        yield sat


def choose(desk: Desk, words: str) -> None:
    """Open *Cách xem* by keys and take what the words find."""
    views = desk.list_of(KEY).views
    desk.shortcut(Qt.Key.Key_F, CTRL | Qt.KeyboardModifier.ShiftModifier)
    if not isinstance(views.popup, Picker):
        views.open_list()
    popup = views.popup
    assert isinstance(popup, Picker)
    type_telex(popup.search, words)
    strike(popup.search, Qt.Key.Key_Return)
    desk.come_back()
    desk.rest()


def test_a_click_on_a_heading_puts_the_whole_list_in_its_order(desk: Desk) -> None:
    page = desk.list_of(KEY)
    page.look_as(View(columns=("title", "place", "injuries")))
    desk.rest()
    header = page.table.horizontalHeader()
    header.sectionClicked.emit(1)
    desk.rest()
    assert desk.titles(KEY, "place") == ["Ao Mẫu", "Chợ Mẫu", "Đường Mẫu"]
    header.sectionClicked.emit(1)
    desk.rest()
    assert desk.titles(KEY, "place") == ["Đường Mẫu", "Chợ Mẫu", "Ao Mẫu"]
    assert page.table.current_id()


def test_what_is_seen_is_kept_under_a_name_and_shown_again(desk: Desk) -> None:
    page = desk.list_of(KEY)
    page.look_as(View(state="new", order_by="place", columns=("title", "place")))
    desk.rest()
    desk.asker.answers.append(Answer("keep", "Mới theo nơi"))
    choose(desk, "luu cach xem")
    assert desk.last == "Đã lưu cách xem “Mới theo nơi”."
    choose(desk, "nhu ban dau")
    assert len(desk.titles(KEY)) == 3
    assert page.views.text() == ""
    choose(desk, "moi theo noi")
    assert desk.titles(KEY, "place") == ["Ao Mẫu", "Chợ Mẫu"]
    assert page.views.text() == "Mới theo nơi"
    page.filters.words.setText("cho")
    desk.rest()
    assert page.views.text() == "Mới theo nơi (đã đổi)"


def test_the_list_opens_as_the_officer_wants_it(desk: Desk, theme: Theme, qtbot: QtBot) -> None:
    desk.office.views.keep("incident", "Mới", View(state="new"))
    desk.office.views.make_usual("incident", "Mới")
    with desk_of(theme, qtbot, desk.office) as another:
        another.go(KEY)
        assert len(another.titles(KEY)) == 2
        assert another.list_of(KEY).views.text() == "Mới"
        choose(another, "bo moi")
        assert another.office.views.of("incident") == {}


def test_a_name_is_changed_and_the_plain_list_comes_back_as_usual(desk: Desk) -> None:
    views = desk.office.views
    views.keep("incident", "Mới", View(state="new"))
    choose(desk, "moi")
    choose(desk, "mo danh sach theo")
    assert views.usual("incident") is not None
    desk.asker.answers.append(Answer("keep", "Mới nhận"))
    choose(desk, "doi ten")
    assert list(views.of("incident")) == ["Mới nhận"]
    assert desk.list_of(KEY).views.text() == "Mới nhận"
    choose(desk, "thoi mo danh sach")
    assert views.usual("incident") is None


def test_columns_are_chosen_and_nothing_private_is_among_them(desk: Desk) -> None:
    page = desk.list_of(KEY)
    choose(desk, "chon cot")
    popup = page.views.popup
    assert isinstance(popup, ColumnsPopup)
    private = {one.name for one in desk.office.lists.specs["incident"].fields if one.private}
    assert private
    assert not private & set(popup.boxes)
    for name, box in popup.boxes.items():
        box.setChecked(name in {"title", "injuries"})
    popup.done.click()
    desk.rest()
    assert [one.name for one in page.model.columns] == ["title", "injuries", "note"]
    assert desk.titles(KEY, "injuries") == ["3", "2", "1"]


def test_sums_and_states_stand_below_and_lead_to_their_records(desk: Desk) -> None:
    page = desk.list_of(KEY)
    assert "<b>6 người</b>" in page.totals.sums.text()
    assert page.totals.states.isVisible()
    page.totals.states.linkActivated.emit("new")
    desk.rest()
    assert len(desk.titles(KEY)) == 2
    assert "<b>5 người</b>" in page.totals.sums.text()
    page.totals.states.linkActivated.emit("-")
    desk.rest()
    assert len(desk.titles(KEY)) == 3


def test_below_a_narrow_list_one_line_tells_the_sums(desk: Desk) -> None:
    page = desk.list_of(KEY)
    desk.window.resize(900, 600)
    desk.rest()
    assert page.totals.brief.isVisible()
    assert "6 người" in page.totals.brief.full_text()
    assert not page.totals.states.isVisible()


def test_several_records_are_printed_in_one_preview_and_voided_as_one_action(desk: Desk) -> None:
    page = desk.list_of(KEY)
    page.table.selectAll()
    assert len(page.selected()) == 3
    page.print_selected()
    desk.rest()
    preview = desk.screens[KEY].preview
    assert preview is not None
    assert preview.document.pageCount() >= 3, "one file holds the papers of all three"
    desk.shortcut(Qt.Key.Key_Escape)
    page.table.selectAll()
    desk.asker.answers.append(Answer("void", "Nhập trùng"))
    page.void_selected()
    desk.rest()
    assert desk.last == "Đã hủy 3 vụ việc."
    assert desk.titles(KEY) == []
    desk.shortcut(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    desk.rest()
    assert len(desk.titles(KEY)) == 3


def test_place_and_choice_stay_when_a_record_was_saved(desk: Desk) -> None:
    page = desk.list_of(KEY)
    page.look_as(View(order_by="place", columns=("title", "place")))
    desk.rest()
    chosen = str(page.model.id_at(1))
    page.select(chosen)
    desk.rest()
    desk.office.records.change("incident", chosen, {"injuries": 9})
    desk.workplace.changes.written.emit(("incident",))
    desk.rest()
    assert page.table.current_id() == chosen
    assert page.table.currentIndex().row() == 1
    assert page.view().order_by == "place"
    assert page.view().columns == ("title", "place")
