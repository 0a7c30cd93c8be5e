"""The sheet by unit: typed, pasted, judged, saved, taken back, and kept as a draft."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.domain.fields import Value
from antq_desktop.services.office import Office
from antq_desktop.ui.ask import Answer
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.widgets.picker import Picker
from tests.ui.desk import CTRL, strike
from tests.ui.keyboards import press, type_telex
from tests.ui.sheet_desk import VILLAGES, SheetDesk, sheet_desk_of


@pytest.fixture
def seat(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[SheetDesk]:
    with sheet_desk_of(theme, qtbot, office) as sat:
        yield sat


@pytest.fixture
def signing(seat: SheetDesk) -> SheetDesk:
    """The sheet of commitments of households of this year."""
    seat.open("commitment")
    choose(seat, "signers", "households")
    return seat


def choose(seat: SheetDesk, name: str, value: Value) -> None:
    made = seat.page.head.common.fields[name]
    made.set_value(value)
    made.edited.emit(name)
    seat.ask_again()


def stored(seat: SheetDesk, kind: str = "commitment") -> list[dict[str, Value]]:
    every = seat.desk.office.lists.every(kind)
    return [dict(one.values()) for one in every if one.standing().reason is None]


def test_each_neighbourhood_has_a_line_with_its_name_at_the_head(signing: SheetDesk) -> None:
    assert [row.title for row in signing.grid.cells.rows] == list(VILLAGES)
    assert signing.page.head.unit_kind.option.text == "Khu dân cư (3)"
    assert not signing.page.head.period.isVisible()


def test_enter_goes_down_tab_to_the_side_and_the_sums_follow(signing: SheetDesk) -> None:
    signing.at(0, "whole")
    signing.type("1.200")
    signing.type("300", Qt.Key.Key_Tab)
    signing.type("280")
    assert signing.text(0, "whole") == "1.200"
    assert signing.text(1, "signed") == "280"
    current = signing.grid.currentIndex()
    assert (current.row(), current.column()) == (2, 0), "Enter goes back to where Tab set out"
    assert signing.page.totals.sums == {"whole": 1500, "signed": 280}


def test_the_last_line_is_not_written_over_by_enter(signing: SheetDesk) -> None:
    signing.at(2, "whole")
    signing.type("300", Qt.Key.Key_Tab)
    signing.type("280")
    signing.type("281")
    assert signing.text(2, "whole") == "300"
    assert signing.text(2, "signed") == "281"


def test_the_keyboard_begins_at_what_must_be_said_and_goes_on_to_the_lines(
    seat: SheetDesk,
) -> None:
    seat.open("commitment")
    common = seat.page.head.common.fields
    assert seat.desk.window.focusWidget() is common["signers"].input
    for _field in list(common)[list(common).index("signers") :]:
        here = QApplication.focusWidget()
        assert here is not None
        press(here, Qt.Key.Key_Tab)
    assert seat.desk.window.focusWidget() is seat.grid
    assert (seat.grid.currentIndex().row(), seat.grid.currentIndex().column()) == (0, 0)


def test_vietnamese_typed_into_a_cell_stands_there_letter_for_letter(signing: SheetDesk) -> None:
    signing.at(0, "title")
    signing.type("Đường Lê Hữu Trác, tổ 05")
    assert signing.text(0, "title") == "Đường Lê Hữu Trác, tổ 05"


def test_an_input_method_opens_the_cell_too(signing: SheetDesk) -> None:
    signing.at(1, "title")
    event = QInputMethodEvent("", [])
    event.setCommitString("Thượng")
    QCoreApplication.sendEvent(signing.grid, event)
    press(signing.cell_input(), Qt.Key.Key_Return)
    assert signing.text(1, "title") == "Thượng"


def test_escape_leaves_a_cell_as_it_was_and_stays_on_the_page(signing: SheetDesk) -> None:
    signing.at(0, "whole")
    signing.type("12")
    signing.at(0, "whole")
    press(signing.grid, Qt.Key.Key_F2)
    type_telex(signing.cell_input(), "34")
    press(signing.cell_input(), Qt.Key.Key_Escape)
    assert signing.text(0, "whole") == "12"
    assert signing.page.isVisible()


def test_a_block_of_excel_is_pasted_saved_and_taken_back(signing: SheetDesk) -> None:
    signing.at(0, "whole")
    signing.paste('1.234\t"1.200"\r\n310\t300\r\n')
    assert signing.text(1, "signed") == "300"
    signing.save()
    assert signing.desk.last == "Đã thêm 2 kết quả ký cam kết theo đơn vị."
    assert sorted(int(str(one["whole"])) for one in stored(signing)) == [310, 1234]
    assert not signing.page.dirty
    signing.desk.window.line.undo.click()
    signing.desk.rest()
    assert stored(signing) == []
    assert signing.text(0, "whole") == ""


def test_what_does_not_fit_is_told_and_can_be_taken_back(signing: SheetDesk) -> None:
    signing.at(2, "whole")
    signing.paste("1\n2\n3\n")
    assert "2 ô" in signing.desk.last
    press(signing.grid, Qt.Key.Key_Z, "", CTRL)
    assert signing.text(2, "whole") == ""
    press(signing.grid, Qt.Key.Key_Y, "", CTRL)
    assert signing.text(2, "whole") == "1"


def test_cells_are_copied_filled_down_and_emptied_by_keys(signing: SheetDesk) -> None:
    signing.at(0, "whole")
    signing.type("120")
    signing.at(0, "whole")
    signing.grid.selectColumn(0)
    press(signing.grid, Qt.Key.Key_D, "", CTRL)
    assert [signing.text(row, "whole") for row in range(3)] == ["120"] * 3
    press(signing.grid, Qt.Key.Key_C, "", CTRL)
    assert QGuiApplication.clipboard().text() == "120\r\n" * 3
    press(signing.grid, Qt.Key.Key_Delete)
    assert not signing.page.dirty


def test_faults_stand_in_their_cells_and_f3_walks_them(signing: SheetDesk) -> None:
    signing.at(0, "whole")
    signing.paste("mười\n10\t11\n")
    assert "mười" in signing.fault(0, "whole")
    signing.save()
    assert signing.desk.last.startswith("Chưa lưu: 2 ô cần sửa")
    assert signing.fault(1, "signed")
    assert signing.fault(0, "whole") in signing.page.said.text()
    signing.desk.shortcut(Qt.Key.Key_F3)
    assert signing.page.said.text().endswith(signing.fault(1, "signed"))
    assert str(signing.grid.currentIndex().data(Qt.ItemDataRole.ToolTipRole))
    assert stored(signing) == []
    signing.type("9")
    assert not signing.fault(1, "signed")
    signing.at(0, "whole")
    signing.type("10")
    assert signing.page.wrong.isHidden()
    signing.save()
    assert len(stored(signing)) == 2


def test_what_is_missing_above_is_told_once_beside_its_field(seat: SheetDesk) -> None:
    seat.open("session")
    seat.at(0, "attendance")
    seat.paste("30\n40\n")
    seat.save()
    fields = seat.page.head.common.fields
    assert [name for name, made in fields.items() if made.faults] == ["title", "session_kind"]
    assert not seat.page.head.common.fields["held_on"].faults
    assert stored(seat, "session") == []


def test_a_choice_is_taken_from_its_list_by_keys(seat: SheetDesk) -> None:
    seat.open("patrol")
    seat.at(0, "force")
    press(seat.grid, Qt.Key.Key_unknown, "k")
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, Picker)
    type_telex(popup.search, "hac")
    strike(popup.search, Qt.Key.Key_Return)
    seat.desk.come_back()
    assert seat.text(0, "force") == "Lực lượng khác"
    seat.at(1, "force")
    seat.paste("lực lượng KHÁC")
    assert not seat.fault(1, "force")
    seat.at(2, "force")
    seat.paste("ai đó")
    assert seat.fault(2, "force")


def test_a_stored_record_is_shown_and_changed_in_its_line(signing: SheetDesk) -> None:
    signing.at(0, "whole")
    signing.paste("100\t90")
    signing.save()
    assert signing.text(0, "whole") == "100"
    signing.at(0, "signed")
    signing.type("95")
    signing.save()
    assert signing.desk.last == "Đã sửa 1 kết quả ký cam kết theo đơn vị."
    assert [(one["whole"], one["signed"]) for one in stored(signing)] == [(100, 95)]
    choose(signing, "signers", "women")
    assert signing.text(0, "whole") == ""


def test_changes_of_stored_records_do_not_slip_to_others(signing: SheetDesk) -> None:
    signing.at(0, "whole")
    signing.type("100")
    signing.save()
    signing.at(0, "whole")
    signing.type("101")
    choose(signing, "signers", "women")
    assert len(signing.desk.asker.asked) == 1
    assert signing.page.head.common.values()["signers"] == "households"
    assert signing.text(0, "whole") == "101"
    signing.desk.asker.answers.append(Answer("save"))
    choose(signing, "signers", "women")
    signing.desk.rest()
    assert signing.page.head.common.values()["signers"] == "women"
    assert signing.text(0, "whole") == ""
    assert [one["whole"] for one in stored(signing)] == [101]


def test_the_period_follows_the_day_so_that_what_is_saved_stays_before_the_eye(
    seat: SheetDesk,
) -> None:
    seat.open("patrol")
    choose(seat, "force", "protection_team")
    choose(seat, "patrolled_on", "2026-10-09")
    assert seat.page.head.period.option.id == "2026-10"
    seat.at(0, "turns")
    seat.type("4")
    seat.save()
    assert seat.text(0, "turns") == "4"
    assert seat.text(0, "patrolled_on") == "09/10/2026"


def test_a_second_line_is_given_to_a_unit(seat: SheetDesk) -> None:
    seat.open("patrol")
    choose(seat, "force", "protection_team")
    seat.at(0, "turns")
    seat.type("4")
    seat.save()
    seat.at(0, "turns")
    seat.desk.shortcut(Qt.Key.Key_Return, CTRL)
    titles = [row.title for row in seat.grid.cells.rows]
    assert titles[:2] == [f"{VILLAGES[0]} (1)", f"{VILLAGES[0]} (2)"]
    seat.at(1, "turns")
    seat.type("2")
    seat.save()
    assert sorted(int(str(one["turns"])) for one in stored(seat, "patrol")) == [2, 4]
    assert {one["patrolled_on"] for one in stored(seat, "patrol")} == {"2026-11-21"}


def test_a_cell_being_typed_into_is_not_pulled_away(signing: SheetDesk) -> None:
    signing.at(0, "whole")
    press(signing.grid, Qt.Key.Key_unknown, "1")
    signing.page.load()
    signing.desk.rest()
    type_telex(signing.cell_input(), "25")
    press(signing.cell_input(), Qt.Key.Key_Return)
    assert signing.text(0, "whole") == "125"


def test_leaving_asks_and_other_lines_wait_for_the_answer(signing: SheetDesk) -> None:
    signing.at(0, "whole")
    signing.type("12")
    head = signing.page.head
    head.unit_kind.clear()
    head.unit_kind.chosen.emit()
    assert len(signing.desk.asker.asked) == 1
    assert head.unit_kind.option.id == "neighbourhood"
    assert signing.text(0, "whole") == "12"
    signing.desk.asker.answers.append(Answer("drop"))
    signing.desk.shortcut(Qt.Key.Key_Escape)
    signing.desk.rest()
    assert signing.desk.list_of("commitment").isVisible()
    assert stored(signing) == []


def test_leaving_can_save(signing: SheetDesk) -> None:
    signing.at(0, "whole")
    signing.type("12")
    signing.desk.asker.answers.append(Answer("save"))
    signing.desk.shortcut(Qt.Key.Key_Escape)
    signing.desk.rest()
    assert signing.desk.list_of("commitment").isVisible()
    assert len(stored(signing)) == 1


def test_a_draft_is_kept_offered_and_brought_back(signing: SheetDesk) -> None:
    signing.at(1, "whole")
    signing.type("77")
    keeper = signing.page.drafts.keeper
    signing.wait_for(keeper.kept)
    signing.grid.cells.text.forget()  # as after a power cut: nothing but the draft is left
    signing.open("commitment")
    band = signing.page.bands.band("draft")
    assert band is not None
    assert signing.text(1, "whole") == ""
    band.buttons[0].click()
    signing.desk.rest()
    assert signing.page.head.common.values()["signers"] == "households"
    assert signing.text(1, "whole") == "77"
    signing.save()
    assert [one["whole"] for one in stored(signing)] == [77]
    assert signing.desk.office.drafts.of("unit_sheet") == []


def test_lists_lead_to_the_sheet_of_their_kind(seat: SheetDesk) -> None:
    seat.desk.turn_to("session")
    page = seat.desk.list_of("session")
    assert page.sheet_button.isVisible()
    seat.desk.shortcut(Qt.Key.Key_B, CTRL)
    seat.desk.rest()
    assert seat.page.isVisible()
    assert seat.page.kind == "session"
    seat.desk.turn_to("tip")
    assert not seat.desk.list_of("tip").sheet_button.isVisible()


def test_the_sheet_stands_in_no_side_bar_and_the_mark_stays(seat: SheetDesk) -> None:
    seat.desk.turn_to("session")
    before = seat.desk.window.side.keys()
    seat.open("session")
    assert seat.screen.key not in before
    assert seat.desk.window.side._current == "movement"


def test_no_units_are_said_in_place_of_the_grid(theme: Theme, qtbot: QtBot, office: Office) -> None:
    with sheet_desk_of(theme, qtbot, office, ()) as seat:
        seat.open("session")
        seat.page.head.choose_units("neighbourhood")
        office.records.change("unit", office.unit, {"valid_to": "2026-10-31"})
        seat.page.load()
        seat.desk.rest()
        assert seat.page.nothing.isVisible()
        assert not seat.grid.isVisible()


def test_a_commune_of_many_units_is_typed_without_delay_growing(
    theme: Theme, qtbot: QtBot, office: Office
) -> None:
    names = [f"Thôn Mẫu {number:03}" for number in range(120)]
    with sheet_desk_of(theme, qtbot, office, names) as seat:
        seat.open("session")
        seat.at(0, "turns")
        seat.paste("".join(f"{number}\t{number * 10}\r\n" for number in range(120)))
        assert seat.page.totals.sums == {"turns": 7140, "attendance": 71400}
        choose(seat, "session_kind", seat.desk.office.codes["session_kind"].values[0].id)
        seat.page.head.common.fields["title"].set_value("Phòng cháy, chữa cháy")
        seat.save()
        assert seat.desk.last == "Đã thêm 120 buổi tuyên truyền theo đơn vị."
