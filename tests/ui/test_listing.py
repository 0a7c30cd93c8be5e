"""The list keeps its place, finds without accents, and says what belongs in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from antq_desktop.domain.listing import Count
from antq_desktop.domain.record import Record
from antq_desktop.services.office import Office
from antq_desktop.services.records import Edit
from antq_desktop.ui.ask import Answer
from antq_desktop.ui.screens import listing_query
from antq_desktop.ui.screens.filters import Filter, listing_of
from antq_desktop.ui.screens.periods_offered import period_options
from antq_desktop.ui.theme import Theme
from tests.stores import COMMUNE_ID, INCIDENT, OFFICER, store_of
from tests.ui.desk import CTRL, Desk, desk_of
from tests.ui.keyboards import type_telex

KEY = "incidents"


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[Desk]:
    with desk_of(theme, qtbot, office) as sat:
        yield sat


def keep(office: Office, count: int) -> list[str]:
    """Keep so many incidents, the newest last; return their ids."""
    ids = [office.records.new_id() for _ in range(count)]
    days = [f"2026-{at % 11 + 1:02}-{at % 20 + 1:02}" for at in range(count)]
    edits = [
        Edit(
            "incident",
            one,
            {
                **INCIDENT,
                "title": f"Vụ số {at:03} ở Thôn Mẫu {'Đình' if at % 2 else 'Hạ'}",
                "occurred_on": days[at],
                "received_at": f"{days[at]}T19:30",
                "state": "in_progress" if at % 3 else "new",
                "unit": COMMUNE_ID if at % 5 else None,
            },
            created=True,
        )
        for at, one in enumerate(ids)
    ]
    office.records.save(edits)
    return ids


def test_an_empty_list_says_what_belongs_here_and_offers_the_first_step(desk: Desk) -> None:
    page = desk.list_of(KEY)
    assert "ghi các vụ việc" in page.table._empty._words.text()
    page.table._empty.button.click()
    desk.rest()
    assert desk.editor(KEY).sheaf.main.created


def test_words_are_found_as_they_are_typed_without_accents(desk: Desk) -> None:
    keep(desk.office, 40)
    page = desk.list_of(KEY)
    page.refresh()
    desk.rest()
    assert page.found.text() == "40 vụ việc"
    type_telex(page.filters.words, "thon mau đinh")
    desk.rest()
    assert page.found.text() == "20 vụ việc"
    assert all("Đình" in title for title in desk.titles(KEY))
    type_telex(page.filters.words, " khong co")
    desk.rest()
    assert page.model.rowCount() == 0
    assert "khớp với bộ lọc" in page.table._empty._words.text()
    page.table._empty.button.click()
    desk.rest()
    assert page.found.text() == "40 vụ việc"


def test_period_unit_state_and_what_is_missing_narrow_the_list(desk: Desk) -> None:
    keep(desk.office, 44)
    page = desk.list_of(KEY)
    page.ask_for(Filter(period="2026-03"))
    desk.rest()
    assert page.model.rowCount() == 4
    assert page.filters.period.text() == "Tháng 3 năm 2026"
    page.ask_for(Filter(state="new"))
    desk.rest()
    assert page.found.text() == "15 vụ việc"
    page.ask_for(Filter(unit=COMMUNE_ID))
    desk.rest()
    assert page.found.text() == "35 vụ việc"
    assert page.filters.unit.text() == "Xã Tứ Kỳ"
    page.filters.clear()
    page.filters.missing.click()
    desk.rest()
    assert page.found.text() == "9 vụ việc"


def test_a_hidden_state_is_offered_as_long_as_records_have_it(desk: Desk) -> None:
    keep(desk.office, 9)
    page = desk.list_of(KEY)
    page.refresh()
    desk.rest()
    used = {str(value) for value in desk.office.lists.state_counts("incident", "state")}
    values = desk.office.codes["incident_state"].values
    unused = next(value.id for value in values if value.id not in used)
    for value in ("new", unused):
        desk.office.code_lists.hide("incident_state", value)
    page.filters.state.open_list()
    desk.rest()
    popup = page.filters.state.popup
    assert popup is not None
    offered = {option.id for option in popup.model.options}
    assert "new" in offered
    assert unused not in offered
    popup.close()
    page.ask_for(Filter(state="new"))
    desk.rest()
    assert page.filters.state.option.id == "new"
    assert page.model.rowCount() == desk.office.lists.state_counts("incident", "state")["new"]


def test_a_workbook_let_go_over_the_list_begins_its_import(desk: Desk, tmp_path: Path) -> None:
    page = desk.list_of(KEY)
    for name, begins in (("anh.png", False), ("vu_viec.xlsx", True)):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / name))])
        none = Qt.KeyboardModifier.NoModifier
        page.dropEvent(
            QDropEvent(
                QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none
            )
        )
        desk.rest()
        assert (desk.screens[KEY].importing is not None) == begins


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("3/2026", "2026-03"),
        ("tháng 3", "2026-03"),
        ("2025", "2025"),
        ("quý 2/2025", "2025-Q2"),
        ("quý II", "2026-Q2"),
        ("1/3/2026 - 15/4/2026", "2026-03-01..2026-04-15"),
    ],
)
def test_a_period_is_named_by_words(office: Office, typed: str, name: str) -> None:
    assert [option.id for option in period_options(office, typed)] == [name]


def test_words_that_name_no_period_offer_none(office: Office) -> None:
    assert period_options(office, "hôm nào đó") == []
    assert [option.id for option in period_options(office, "")][:4] == [
        "2026-11",
        "2026-10",
        "2026-Q4",
        "2026-H2",
    ]


def test_place_and_selection_stay_after_a_save(desk: Desk) -> None:
    ids = keep(desk.office, 90)
    page = desk.list_of(KEY)
    page.refresh()
    desk.rest()
    wanted = page.model.id_at(60)
    assert wanted in ids
    page.table.go_to(str(wanted))
    desk.rest()
    place = page.table.verticalScrollBar().value()
    desk.screens[KEY].open_record(str(wanted))
    desk.rest()
    desk.set(KEY, "place", "Sân kho")
    desk.shortcut(Qt.Key.Key_S, CTRL)
    desk.shortcut(Qt.Key.Key_Escape)
    assert page.table.current_id() == wanted
    assert page.table.verticalScrollBar().value() == place
    assert page.pane.loaded is not None
    assert page.pane.loaded.shown.values["place"] == "Sân kho"


def test_several_are_voided_with_one_reason_and_all_come_back(desk: Desk) -> None:
    keep(desk.office, 6)
    page = desk.list_of(KEY)
    page.refresh()
    desk.rest()
    model = page.table.selectionModel()
    rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in (1, 3):
        model.select(page.model.index(row, 0), rows)
    desk.rest()
    assert page.pane._many_words.text() == "Đã chọn 3 vụ việc"
    desk.asker.answers.append(Answer("void", "Ghi trùng"))
    page.void_selected()
    desk.rest()
    assert desk.asker.asked[0].reason_label == "Lý do"
    assert desk.last == "Đã hủy 3 vụ việc."
    assert page.found.text() == "3 vụ việc"
    page.filters.voided.click()
    desk.rest()
    assert desk.titles(KEY, listing_query.NOTE).count("Đã hủy") == 3
    desk.window.line.undo.click()
    desk.rest()
    assert desk.last == "Đã hoàn tác trên 3 hồ sơ."
    assert desk.titles(KEY, listing_query.NOTE).count("Đã hủy") == 0


def test_a_voided_record_is_read_only_until_the_void_is_taken_back(desk: Desk) -> None:
    [one] = keep(desk.office, 1)
    desk.office.records.void("incident", one, "Ghi nhầm")
    desk.screens[KEY].open_record(one)
    desk.rest()
    editor = desk.editor(KEY)
    band = editor.bands.band("void")
    assert band is not None
    assert "Ghi nhầm" in band.text.text()
    assert editor.save_button.isHidden()
    band.buttons[0].click()
    desk.rest()
    assert editor.bands.band("void") is None
    assert not editor.save_button.isHidden()


def test_private_values_are_masked_in_the_pane_until_the_reading_is_written_down(
    desk: Desk,
) -> None:
    saved = desk.office.records.add("incident", {**INCIDENT, "callback": "0100000001"})
    page = desk.list_of(KEY)
    page.refresh()
    desk.rest()
    assert "0100" not in page.pane.page.toPlainText()
    page.pane.page.anchorClicked.emit(QUrl("reveal:"))
    desk.rest()
    assert "0100000001" in page.pane.page.toPlainText().replace(" ", "")
    actions = [line.entry.action for line in desk.office.lists.history_of(saved.ids[0])]
    assert actions == ["add", "read_private"]


def test_markup_typed_by_a_person_stays_letters_in_the_pane(desk: Desk) -> None:
    desk.office.records.add("incident", {**INCIDENT, "place": "<b>đậm</b> & <img src=x>"})
    page = desk.list_of(KEY)
    page.refresh()
    desk.rest()
    assert "<b>đậm</b> & <img src=x>" in page.pane.page.toPlainText()


def test_the_history_tells_who_when_and_what_changed(desk: Desk) -> None:
    saved = desk.office.records.add("incident", INCIDENT)
    desk.office.records.change("incident", saved.ids[0], {"state": "in_progress"})
    page = desk.list_of(KEY)
    page.refresh()
    desk.rest()
    page.pane.tabs.setCurrentWidget(page.pane.history)
    desk.rest()
    text = page.pane.history.page.toPlainText()
    assert text.startswith("Sửa · 08:05 21/11/2026 · Nguyễn Văn Mẫu")
    assert "Tình trạng: Mới tiếp nhận → Đang xử lý" in text


def test_more_than_a_thousand_are_counted_in_two_steps(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(desk.office, 60)
    monkeypatch.setattr(listing_query, "COUNTED_AT_ONCE", 20)
    monkeypatch.setattr(listing_query, "ALL_IDS_UP_TO", 50)
    page = desk.list_of(KEY)
    told: list[str] = []
    page.answered.connect(lambda: told.append(page.found.text()))
    page.refresh()
    desk.rest()
    assert told == ["hơn 20 vụ việc", "60 vụ việc"]
    page.filters.words.setText("thon mau ha")
    desk.rest()
    assert told[2:] == ["hơn 20 vụ việc", "30 vụ việc"]
    assert page.model.rowCount() == 30


def test_count_words_speak_of_more_only_when_there_are_more() -> None:
    assert listing_query.count_words(Count(1000, more=True), "vụ việc") == "hơn 1.000 vụ việc"
    assert listing_query.count_words(Count(1000), "vụ việc") == "1.000 vụ việc"


def test_a_record_of_another_unit_is_only_read(desk: Desk) -> None:
    other = Record("unit", desk.office.records.new_id(), "99999@2025-07-01")
    with store_of(desk.office).writing(OFFICER, "merge") as work:
        work.save(other, {"name": "Xã Mẫu Khác", "unit_kind": "commune"}, created=True)
    desk.go("forces").open_record(other.id)
    desk.rest()
    editor = desk.editor("forces")
    assert editor.bands.band("foreign") is not None
    assert editor.save_button.isHidden()


def test_a_listing_is_asked_with_the_days_of_its_period(office: Office) -> None:
    found = listing_of(office, "incident", Filter(words="Đường", period="2026-Q1", missing=True))
    assert (found.words, found.since, found.until, found.only_missing) == (
        ("duong",),
        "2026-01-01",
        "2026-03-31",
        True,
    )
