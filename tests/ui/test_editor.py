"""The editor: faults beside fields, other values, private values, what is still missing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.merging import Stamp
from antq_desktop.domain.record import amended
from antq_desktop.domain.records import SPECS
from antq_desktop.services.office import Office
from antq_desktop.ui.screens.editor_kit import absent_sentence
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.widgets.chosen_fields import ReferenceField
from tests.stores import COMMUNE_ID, INCIDENT, OFFICER, store_of
from tests.ui.desk import CTRL, Desk, desk_of
from tests.ui.keyboards import send

KEY = "incidents"


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[Desk]:
    with desk_of(theme, qtbot, office) as sat:
        yield sat


def opened(desk: Desk, **more: Value) -> str:
    saved = desk.office.records.add("incident", {**INCIDENT, **more})
    desk.screens[KEY].open_record(saved.ids[0])
    desk.rest()
    return saved.ids[0]


def test_all_faults_stand_beside_their_fields_at_once_and_are_walked(desk: Desk) -> None:
    opened(desk)
    desk.set(KEY, "occurred_on", "31/02/2026")
    desk.set(KEY, "title", "")
    desk.set(KEY, "damage", "nhiều")
    desk.shortcut(Qt.Key.Key_S, CTRL)
    shown = {
        path: [fault.code for fault in desk.field(KEY, path).faults]
        for path in ("occurred_on", "title", "damage")
    }
    assert shown["occurred_on"] == ["date_not_in_calendar"]
    assert shown["title"] == ["required"]
    assert len(shown["damage"]) == 1
    assert desk.focus() is desk.field(KEY, "occurred_on").input
    desk.shortcut(Qt.Key.Key_F3)
    assert desk.focus() is desk.field(KEY, "title").input
    desk.shortcut(Qt.Key.Key_F3)
    assert desk.focus() is desk.field(KEY, "damage").input
    desk.shortcut(Qt.Key.Key_F3)
    assert desk.focus() is desk.field(KEY, "occurred_on").input
    assert desk.editor(KEY).missing.text() == "✕ 3 mục cần sửa"
    desk.set(KEY, "occurred_on", "2/11/2026")
    editor = desk.editor(KEY)
    desk.qtbot.waitUntil(lambda: editor.missing.text() == "✕ 2 mục cần sửa")


def test_a_refused_save_is_told_without_a_code_and_the_text_at_fault_is_selected(
    desk: Desk,
) -> None:
    opened(desk)
    desk.set(KEY, "occurred_on", "31/02/2026")
    desk.set(KEY, "damage", "nhiều")
    desk.shortcut(Qt.Key.Key_S, CTRL)
    assert desk.last == "Chưa lưu: 2 mục cần sửa. Nhấn F3 để đến từng mục."
    assert desk.told[-1].code == ""
    selected = []
    for _ in range(2):
        taker = desk.focus()
        assert isinstance(taker, QLineEdit)
        selected.append(taker.selectedText())
        desk.shortcut(Qt.Key.Key_F3)
    assert selected == ["31/02/2026", "nhiều"]


def test_the_next_tab_takes_the_keyboard_into_its_first_field(desk: Desk) -> None:
    desk.go("schemes").new_record()
    desk.rest()
    pages = desk.editor("schemes").pages
    first = desk.focus()
    for at in range(1, len(pages._layout.pages)):
        QTest.keyClick(desk.focus(), Qt.Key.Key_Tab, CTRL)
        assert pages.currentIndex() == at
        page = pages.currentWidget()
        assert page is not None
        assert page.isAncestorOf(desk.focus())
        assert desk.focus().focusPolicy() & Qt.FocusPolicy.TabFocus
    pages.setCurrentIndex(0)
    assert desk.focus() is first


def test_the_signs_of_a_fault_go_when_it_is_cured(desk: Desk) -> None:
    opened(desk, **{"involved/x/role": "victim", "involved/x/age_group": "under_14"})
    editor = desk.editor(KEY)
    rows = editor.pages.lists()[0]
    rows.frames()[0].open()
    desk.set(KEY, "involved/x/name", "Trần Thị Ví Dụ")
    desk.shortcut(Qt.Key.Key_S, CTRL)
    at = next(at for at, _one, path in editor.pages.places() if path == "involved/x/name")
    assert not editor.pages.tabIcon(at).isNull()
    desk.set(KEY, "involved/x/name", "")
    head = rows.frames()[0].head
    desk.qtbot.waitUntil(lambda: not head.accessibleDescription())
    assert editor.pages.tabIcon(at).isNull()
    assert editor.missing.isHidden()


def test_a_fault_goes_when_it_is_cured_in_another_field(desk: Desk) -> None:
    opened(desk, **{"involved/x/role": "victim", "involved/x/age_group": "under_14"})
    editor = desk.editor(KEY)
    editor.pages.lists()[0].frames()[0].open()
    desk.set(KEY, "involved/x/name", "Trần Thị Ví Dụ")
    desk.shortcut(Qt.Key.Key_S, CTRL)
    name = desk.field(KEY, "involved/x/name")
    assert name.faults
    editor.sheaf.main.set("involved/x/age_group", None)
    editor.pages.edited.emit()
    desk.qtbot.waitUntil(lambda: not name.faults)


def test_what_a_report_still_needs_is_said_quietly_and_stops_nothing(desk: Desk) -> None:
    opened(desk, unit=None)
    editor = desk.editor(KEY)
    assert editor.missing.text() == "△ 1 mục còn thiếu, cần xem"
    assert [fault.warning for fault in desk.field(KEY, "unit").faults] == [True]
    desk.set(KEY, "place", "Sân kho")
    desk.shortcut(Qt.Key.Key_S, CTRL)
    assert desk.last.startswith("Đã lưu vụ việc")


def test_a_new_record_is_not_reminded_before_it_is_saved(desk: Desk) -> None:
    desk.screens[KEY].new_record()
    assert desk.editor(KEY).missing.isHidden()
    assert not desk.editor(KEY).dirty


def test_a_name_that_must_not_be_written_is_refused_in_its_row(desk: Desk) -> None:
    one = opened(
        desk,
        **{"involved/x/role": "victim", "involved/x/age_group": "under_14"},
    )
    editor = desk.editor(KEY)
    rows = editor.pages.lists()[0]
    rows.frames()[0].open()
    desk.set(KEY, "involved/x/name", "Trần Thị Ví Dụ")
    desk.shortcut(Qt.Key.Key_S, CTRL)
    assert [f.code for f in desk.field(KEY, "involved/x/name").faults] == ["must_not_be_named"]
    assert rows.frames()[0].head.accessibleDescription() == "1 mục cần sửa"
    assert "involved/x/name" not in desk.office.lists.show("incident", one).values


def test_a_private_value_is_covered_and_its_reading_written_once(desk: Desk) -> None:
    one = opened(desk, callback="0100000001")
    field = desk.field(KEY, "callback")
    cover = field._cover
    assert cover is not None
    assert field.covered
    cover.button.click()
    desk.rest()
    assert field.input.isVisible()
    field.set_value("0100000001")
    cover.button.click()
    desk.rest()
    actions = [line.entry.action for line in desk.office.lists.history_of(one)]
    assert actions.count("read_private") == 1


def test_words_below_a_narrow_private_field_have_the_room_of_its_column(desk: Desk) -> None:
    opened(desk, callback="0100000001")
    field = desk.field(KEY, "callback")
    cover = field._cover
    assert cover is not None
    assert (cover.x(), cover.width()) == (0, field.input.maximumWidth())
    assert field.width() > cover.width()
    cover.button.click()
    desk.set(KEY, "callback", "12")
    desk.shortcut(Qt.Key.Key_S, CTRL)
    assert field.faults
    assert field._fault.width() == field.width()
    assert field.input.x() == 0
    assert field.input.width() == cover.width()


def test_a_list_of_units_without_a_match_says_where_one_is_made(desk: Desk) -> None:
    opened(desk)
    field = desk.field(KEY, "unit")
    assert isinstance(field, ReferenceField)
    field.open_list("x")
    assert field.popup is not None
    send(field.popup.search, "yz")
    desk.hear()
    nothing = field.popup.nothing
    assert nothing.isVisibleTo(field.popup)
    assert nothing.text() == "Chưa có đơn vị này. Thêm ở mục Lực lượng và đơn vị."
    field.popup.close()


def test_the_place_where_a_record_is_made_is_told_by_its_kind(office: Office) -> None:
    assert absent_sentence(office, ("scheme",), searched=False) == (
        "Chưa có mô hình nào. Thêm ở mục Mô hình."
    )
    assert absent_sentence(office, ("document", "meeting"), searched=True).endswith(
        "này. Thêm ở mục Văn bản và báo cáo."
    )
    assert absent_sentence(office, ("site",), searched=True) == ""


def written_apart(office: Office, record_id: str, place: str) -> None:
    """Let another device have written the place without having seen ours."""
    store = store_of(office)
    with store.writing(OFFICER, "merge") as work:
        held = work.record("incident", record_id)
        assert held is not None
        spec = SPECS["incident"]
        base = type(held)(held.kind, held.id, held.owner)
        stamp = Stamp(999, "OTHER000")
        apart = amended(
            base,
            spec,
            {"place": place},
            stamp=stamp,
            officer="Trần Thị Ví Dụ",
            at="2026-11-20T10:00:00",
        )
        work.has_seen(stamp.counter)
        work.take(held, held.joined(apart))


def test_the_value_of_the_other_side_is_shown_and_taken_over(desk: Desk) -> None:
    one = opened(desk, place="Sân kho")
    written_apart(desk.office, one, "Chợ Chiều")
    desk.editor(KEY).reload()
    desk.rest()
    field = desk.field(KEY, "place")
    other = "Sân kho" if desk.shown(KEY, "place") == "Chợ Chiều" else "Chợ Chiều"
    assert other in field._other_text.text()
    field._take_over.click()
    desk.shortcut(Qt.Key.Key_S, CTRL)
    stored = desk.office.lists.show("incident", one)
    assert stored.values["place"] == other
    assert stored.others == {}
    assert desk.editor(KEY).bands.band("conflict") is None


def test_a_save_that_the_store_refuses_is_told_beside_the_field(desk: Desk) -> None:
    opened(desk)
    editor = desk.editor(KEY)
    editor.sheaf.main.set("unit", "0" * 32)
    desk.shortcut(Qt.Key.Key_S, CTRL)
    assert [fault.code for fault in desk.field(KEY, "unit").faults] == ["unknown_reference"]
    with pytest.raises(UserError):
        desk.office.records.change("incident", editor.sheaf.main.id, {"unit": "0" * 32})


def test_fields_of_other_kinds_of_units_stay_out_of_sight(desk: Desk) -> None:
    desk.go("forces").new_record()
    editor = desk.editor("forces")
    assert not desk.field("forces", "neighbourhood_kind").isHidden()
    assert desk.field("forces", "school_level").isHidden()
    editor.sheaf.main.set("unit_kind", "school")
    editor.pages.refresh_all({})
    assert desk.field("forces", "neighbourhood_kind").isHidden()
    assert not desk.field("forces", "school_level").isHidden()


def test_a_delegation_is_kept_as_a_line_of_the_unit(desk: Desk) -> None:
    desk.go("forces").open_record(COMMUNE_ID)
    desk.rest()
    editor = desk.editor("forces")
    rows = editor.pages.lists()[0]
    rows.add.click()
    desk.fill("12/QĐ-CAT")
    desk.fill("1/7/2026")
    desk.shortcut(Qt.Key.Key_S, CTRL)
    lines = desk.office.lists.show("unit", COMMUNE_ID).values
    kept = {path.split("/")[2]: value for path, value in lines.items() if "/" in path}
    assert kept == {"document": "12/QĐ-CAT", "since": "2026-07-01"}


class Windows(QObject):
    """Counts the windows that come up."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(  # noqa: N802 - Qt's name
        self, watched: QObject, event: QEvent
    ) -> bool:
        if event.type() == QEvent.Type.Show and watched.isWidgetType():
            widget = watched
            if getattr(widget, "isWindow", bool)():
                self.seen.append(type(widget).__name__)
        return False


def test_no_part_of_an_editor_is_ever_a_window_of_its_own(desk: Desk, qapp: QApplication) -> None:
    windows = Windows()
    qapp.installEventFilter(windows)
    opened(desk)
    desk.go("schemes").new_record()
    for at in range(desk.editor("schemes").pages.count()):
        desk.editor("schemes").pages.setCurrentIndex(at)
    desk.rest()
    qapp.removeEventFilter(windows)
    assert windows.seen == []
