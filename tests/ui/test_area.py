"""The places of the side bar that hold several kinds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.services.office import Office
from antq_desktop.ui.ask import Answer
from antq_desktop.ui.destinations import destinations, list_in_front, named
from antq_desktop.ui.screens.area import AreaPage
from antq_desktop.ui.screens.kindbar import FlowRow, KindBar, KindButton, KindGroup
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.widgets.picker import Picker
from tests.ui.area_desk import AreaDesk, area_desk_of
from tests.ui.desk import CTRL, strike
from tests.ui.keyboards import press, type_telex

SESSION = {"held_on": "2026-11-03", "title": "Phòng chống lừa đảo", "session_kind": "concentrated"}


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[AreaDesk]:
    kinds = office.codes["session_kind"].values
    office.records.add("session", {**SESSION, "session_kind": kinds[0].id})
    with area_desk_of(theme, qtbot, office) as sat:
        sat.window.go("movement")
        sat.rest()
        yield sat


def page_of(desk: AreaDesk, key: str = "movement") -> AreaPage:
    return desk.areas[key].widget()


def shown(bar: KindBar) -> list[str]:
    return [kind for kind, button in bar.buttons.items() if not button.isHidden()]


def test_the_bar_shows_the_kinds_of_the_group_in_view_with_their_numbers(desk: AreaDesk) -> None:
    bar = page_of(desk).bar
    assert shown(bar) == ["tip", "clearance", "arrest", "mediation"]
    assert bar.buttons["tip"].isChecked()
    assert bar.buttons["tip"].accessibleName() == "Tin quần chúng cung cấp: chưa có hồ sơ"
    assert bar.buttons["session"].accessibleName() == "Buổi tuyên truyền: 1 hồ sơ"


def test_another_group_shows_its_first_kind_and_later_the_one_last_seen(desk: AreaDesk) -> None:
    area, bar = desk.areas["movement"], page_of(desk).bar
    bar.tabs.setCurrentIndex(1)
    desk.rest()
    assert (area.kind, shown(bar)[0]) == ("session", "session")
    bar.buttons["festival"].click()
    desk.rest()
    bar.tabs.setCurrentIndex(0)
    bar.tabs.setCurrentIndex(1)
    desk.rest()
    assert area.kind == "festival"
    assert bar.buttons["festival"].isChecked()
    assert desk.list_of("festival").isVisible()


def test_the_kind_chosen_last_is_still_there_after_another_place(desk: AreaDesk) -> None:
    desk.turn_to("hotspot")
    desk.window.go("documents")
    desk.window.go("movement")
    desk.rest()
    assert desk.areas["movement"].kind == "hotspot"
    assert desk.list_of("hotspot").isVisible()


def test_the_kind_looked_at_last_is_there_after_a_restart(
    desk: AreaDesk, theme: Theme, qtbot: QtBot, office: Office
) -> None:
    page_of(desk).bar.buttons["mediation"].click()
    desk.rest()
    with area_desk_of(theme, qtbot, office) as later:
        assert later.areas["movement"].kind == "mediation"
        assert later.areas["forces"].kind == next(iter(later.areas["forces"].kinds))


def test_a_kind_is_found_by_words_without_accents(desk: AreaDesk) -> None:
    desk.shortcut(Qt.Key.Key_J, CTRL)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, Picker)
    assert [one.detail for one in popup.model.options if one.id == "session"] == [
        "Tuyên truyền · 1 hồ sơ"
    ]
    type_telex(popup.search, "giao nop")
    strike(popup.search, Qt.Key.Key_Return)
    desk.come_back()
    desk.rest()
    assert desk.areas["movement"].kind == "surrender"


def test_a_new_record_is_of_the_kind_in_view_and_takes_the_whole_page(desk: AreaDesk) -> None:
    desk.turn_to("mediation")
    bar = page_of(desk).bar
    assert bar.isVisible()
    desk.shortcut(Qt.Key.Key_N, CTRL)
    assert desk.editor("mediation").isVisible()
    assert not bar.isVisible()
    desk.shortcut(Qt.Key.Key_J, CTRL)
    assert QApplication.activePopupWidget() is None
    desk.shortcut(Qt.Key.Key_Escape)
    assert bar.isVisible()


def test_the_number_of_a_kind_follows_what_is_saved(desk: AreaDesk) -> None:
    desk.turn_to("session")
    desk.shortcut(Qt.Key.Key_N, CTRL)
    desk.field("session", "title").input.setFocus()
    type_telex(desk.focus(), "An toàn giao thông")
    desk.field("session", "session_kind").input.setFocus()
    desk.take_first()
    desk.shortcut(Qt.Key.Key_S, CTRL)
    assert page_of(desk).bar.buttons["session"].toolTip() == "2 hồ sơ"
    desk.window.line.undo.click()
    desk.rest()
    assert page_of(desk).bar.buttons["session"].toolTip() == "1 hồ sơ"


def test_leaving_a_changed_record_for_another_kind_asks(desk: AreaDesk) -> None:
    desk.turn_to("session")
    desk.shortcut(Qt.Key.Key_N, CTRL)
    desk.field("session", "title").input.setFocus()
    type_telex(desk.focus(), "Chưa lưu")
    area = desk.areas["movement"]
    area.show_kind("arrest")
    desk.rest()
    assert desk.asker.asked[-1].title == "Có thay đổi chưa lưu"
    assert (area.kind, desk.editor("session").isVisible()) == ("session", True)
    desk.asker.answers.append(Answer("drop"))
    area.show_kind("arrest")
    desk.rest()
    assert area.kind == "arrest"
    assert desk.screens["session"].editor is None


def test_words_that_filter_the_list_in_front_go_along_to_the_next_kind(desk: AreaDesk) -> None:
    desk.turn_to("session")
    area = desk.window.current
    assert area is not None
    assert area.search("lua dao")
    desk.rest()
    assert desk.list_of("session").found.text() == "1 buổi tuyên truyền"
    desk.turn_to("publication")
    assert desk.list_of("publication").filters.words.text() == "lua dao"
    area.search("")
    desk.turn_to("session")
    assert desk.list_of("session").filters.words.text() == ""


def test_a_page_that_is_no_list_is_not_offered_to_be_filtered(desk: AreaDesk) -> None:
    desk.turn_to("document")
    offered = list_in_front(desk.window)
    assert offered is not None
    assert offered[0] == "Văn bản chỉ đạo"
    area = desk.area_of("document")
    assert area.pages
    for key in area.pages:
        area.show_kind(key)
        desk.rest()
        assert list_in_front(desk.window) is None


def test_last_years_figures_are_found_by_what_officers_call_them(desk: AreaDesk) -> None:
    screens = dict(desk.window.screens)
    places = destinations(desk.window, desk.workplace, screens, lambda _lead: None)
    for words in ("đầu kỳ", "số liệu năm trước"):
        assert named(places, words)[0].text == "Số liệu theo báo cáo"


def test_a_narrow_page_has_one_button_for_both_rows(desk: AreaDesk) -> None:
    page = page_of(desk)
    assert page.bar.row.isVisible()
    desk.window.resize(960, 540)
    desk.rest()
    assert page.bar.compact
    assert not page.bar.row.isVisible()
    desk.turn_to("festival")
    assert page.bar.short.isVisible()
    assert page.bar.short.text() == "Ngày hội toàn dân"
    assert not desk.list_of("festival").heading.isVisible()
    press(page.bar.short, Qt.Key.Key_F4)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, Picker)
    popup.close()
    desk.window.resize(1366, 768)
    desk.rest()
    assert desk.list_of("festival").heading.isVisible()
    assert not page.bar.short.isVisible()


def test_a_bar_of_one_group_shows_its_kinds_alone(desk: AreaDesk) -> None:
    group = KindGroup("Văn bản", [("document", "Văn bản"), ("task", "Việc được giao")])
    bar = KindBar([group], desk.workplace.theme)
    desk.qtbot.addWidget(bar)
    bar.show()
    assert bar.tabs.isHidden()
    assert shown(bar) == ["document", "task"]


def test_what_identifies_a_record_gives_its_id_and_cannot_be_entered_twice(desk: AreaDesk) -> None:
    for _twice in range(2):
        desk.turn_to("police_force")
        desk.shortcut(Qt.Key.Key_N, CTRL)
        desk.shortcut(Qt.Key.Key_S, CTRL)
    assert desk.last == "Hồ sơ này đã có. Mở hồ sơ đã có để sửa."
    made = desk.office.lists.every("police_force")
    expected = desk.office.records.new_edit("police_force", made[0].values()).id
    assert [one.id for one in made] == [expected]


def test_a_rating_entered_within_its_team_has_the_id_that_others_work_out(desk: AreaDesk) -> None:
    team = desk.office.records.add(
        "protection_team", {"name": "Tổ Mẫu 02", "founded_on": "2024-07-01"}
    ).ids[0]
    desk.turn_to("protection_team")
    desk.screens["protection_team"].open_record(team)
    desk.rest()
    editor = desk.editor("protection_team")
    editor.pages.setCurrentIndex(3)
    editor.pages.lists()[-1].add.click()
    desk.rest()
    row = editor.sheaf.children["team_rating"][0].id
    assert desk.field("protection_team", "year", row).value() == 2026
    desk.set("protection_team", "year", "2025", row)
    desk.shortcut(Qt.Key.Key_S, CTRL)
    (stored,) = desk.office.lists.children("protection_team", team)["team_rating"]
    assert stored.id == desk.office.records.new_edit("team_rating", stored.values()).id
    assert [sheet.id for sheet in editor.sheaf.children["team_rating"]] == [stored.id]
    assert not editor.dirty


def test_buttons_that_do_not_fit_go_on_below(theme: Theme, qtbot: QtBot) -> None:
    row = FlowRow()
    qtbot.addWidget(row)
    buttons = [KindButton(title, theme) for title in ("Tuần tra", "Huấn luyện", "Ban Chỉ đạo")]
    for button in buttons:
        row.add(button)
    one, two = buttons[0].sizeHint(), buttons[1].sizeHint()
    assert row.heightForWidth(2000) == one.height()
    assert row.heightForWidth(one.width() + two.width()) > one.height()
    row.resize(one.width() + two.width(), row.heightForWidth(one.width() + two.width()))
    row.show()
    row.place_again()
    assert buttons[1].y() > buttons[0].y()
    assert all(button.geometry().right() < row.width() for button in buttons)


def test_arrows_walk_the_kinds_of_a_group(theme: Theme, qtbot: QtBot) -> None:
    bar = KindBar([KindGroup("Một nhóm", (("a", "Tuần tra"), ("b", "Huấn luyện")))], theme)
    qtbot.addWidget(bar)
    bar.mark("a")
    bar.show()
    chosen: list[str] = []
    bar.chosen.connect(chosen.append)
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    bar.buttons["a"].setFocus()
    QTest.keyClick(bar.buttons["a"], Qt.Key.Key_Right)
    assert bar.buttons["b"].hasFocus()
    assert chosen == ["b"]
    assert bar.buttons["a"].isChecked(), "the mark moves only when the page agrees"
