"""The one search box: what it finds, where it leads, and what it never finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from antq_desktop.domain.fields import Value
from antq_desktop.domain.text import fold
from antq_desktop.ui.destinations import Destination
from antq_desktop.ui.finding import Finder
from antq_desktop.ui.screens.filters import Filter
from antq_desktop.ui.screens.home import Lead
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.widgets.field import Option
from antq_desktop.ui.widgets.picker import Picker
from tests.stores import COMMUNE_ID, line
from tests.ui.desk import Desk, desk_of
from tests.ui.keyboards import press, type_telex
from tests.ui.office_window import make_office

KINDS = ("incident", "scheme", "unit")
NOBODY = "Người Được Giấu Kín"


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with desk_of(theme, qtbot, make_office(tmp_path / "profile", 12)) as made:
        yield made


@pytest.fixture
def led() -> list[Lead]:
    return []


@pytest.fixture
def gone() -> list[str]:
    return []


@pytest.fixture
def finder(desk: Desk, led: list[Lead], gone: list[str]) -> Finder:
    places = [
        Destination("Sao lưu", "Trang Quản trị", lambda: gone.append("backup"), "bản sao lưu"),
        Destination("Giao nhận", "Trang", lambda: gone.append("handover")),
        Destination("Ghi vụ việc mới", "Việc", lambda: gone.append("new"), "thêm ghi vụ việc"),
    ]

    def filtered(words: str) -> None:
        gone.append(f"filter {words}")

    made = Finder(
        desk.workplace,
        desk.window.top.search,
        KINDS,
        led.append,
        places=places,
        in_front=lambda: ("Vụ việc", filtered),
    )
    desk.window.search_wanted.connect(made.open)
    return made


def popup_of(finder: Finder) -> Picker:
    assert finder.popup is not None
    return finder.popup


def look_for(desk: Desk, finder: Finder, words: str) -> list[Option]:
    finder.open(words)
    desk.hear()
    return list(popup_of(finder).model.options)


def headings(options: list[Option]) -> list[str]:
    return [option.text for option in options if option.heading]


def of_group(options: list[Option], heading: str) -> list[Option]:
    at = headings(options).index(heading)
    groups: list[list[Option]] = []
    for option in options:
        if option.heading:
            groups.append([])
        else:
            groups[-1].append(option)
    return groups[at]


def take(finder: Finder, text: str) -> None:
    """Walk to a line by the keyboard and take it."""
    popup = popup_of(finder)
    for _ in range(popup.model.rowCount()):
        if text in str(popup.list.currentIndex().data()):
            break
        press(popup.search, Qt.Key.Key_Down)
    assert text in str(popup.list.currentIndex().data())
    press(popup.search, Qt.Key.Key_Return, "\r")


def test_words_without_accents_find_records_grouped_by_kind(
    desk: Desk, finder: Finder, led: list[Lead]
) -> None:
    options = look_for(desk, finder, "thon mau")
    assert headings(options) == ["Vụ việc", "Mô hình", "Đơn vị", "Trang đang xem"]
    for title in ("Vụ việc", "Mô hình", "Đơn vị"):
        found = of_group(options, title)
        assert 1 <= len(found) <= 5, "many of one kind leave room for the others"
        assert all("mau" in fold(option.text) for option in found)
    first = of_group(options, "Vụ việc")[0]
    press(popup_of(finder).search, Qt.Key.Key_Return, "\r")
    kind, _, record = first.id.partition(" ")
    assert led == [Lead(kind, record)]
    assert desk.office.lists.titles(kind, [record]) == {record: first.text}


def test_the_keyboard_walks_over_headings(desk: Desk, finder: Finder) -> None:
    options = look_for(desk, finder, "thon mau")
    popup = popup_of(finder)
    seen = [popup.list.currentIndex().row()]
    for key in (Qt.Key.Key_Down,) * len(options):
        press(popup.search, key)
        seen.append(popup.list.currentIndex().row())
    choices = [row for row, option in enumerate(options) if not option.heading]
    assert list(dict.fromkeys(seen)) == choices
    press(popup.search, Qt.Key.Key_PageUp)
    press(popup.search, Qt.Key.Key_PageUp)
    press(popup.search, Qt.Key.Key_PageUp)
    assert popup.list.currentIndex().row() == choices[0]
    popup.close()


@pytest.mark.parametrize(
    ("words", "text", "went"),
    [
        ("sao lưu", "Sao lưu", "backup"),
        ("giao nhan", "Giao nhận", "handover"),
        ("thêm vụ việc", "Ghi vụ việc mới", "new"),
        ("trom", "Lọc danh sách Vụ việc", "filter trom"),
    ],
)
def test_places_and_tasks_are_gone_to(
    desk: Desk, finder: Finder, gone: list[str], *, words: str, text: str, went: str
) -> None:
    look_for(desk, finder, words)
    take(finder, text)
    assert gone == [went]


def test_a_choice_of_a_code_list_leads_to_its_list(
    desk: Desk, finder: Finder, led: list[Lead]
) -> None:
    options = look_for(desk, finder, "chay no")
    found = of_group(options, "Theo danh mục")
    assert [(one.text, one.detail) for one in found] == [("Cháy, nổ", "Vụ việc · Loại vụ việc")]
    take(finder, "Cháy, nổ")
    (lead,) = led
    assert lead.key == "incident"
    assert lead.narrowed is not None
    assert lead.narrowed.choices == (("kind", "fire"),)
    desk.go("incidents").show_list(Filter(narrowed=lead.narrowed))
    desk.rest()
    assert set(desk.titles("incidents", "kind")) == {"Cháy, nổ"}
    bar = desk.list_of("incidents").filters
    assert bar.sign.isVisible()
    bar.sign.click()
    desk.rest()
    assert len(desk.titles("incidents")) == 12
    assert not bar.sign.isVisible()


def test_a_question_is_answered_with_its_figure_and_the_list_behind_it(
    desk: Desk, finder: Finder, led: list[Lead]
) -> None:
    options = look_for(desk, finder, "vụ việc năm nay")
    first = of_group(options, "Số liệu")[0]
    assert first.text == "Vụ việc về trật tự: 12 vụ"
    assert first.detail.startswith("Năm 2026")
    take(finder, "Vụ việc về trật tự")
    desk.rest()
    (lead,) = led
    assert lead.narrowed is not None
    assert lead.narrowed.among is not None
    assert len(lead.narrowed.among) == 12


def test_a_figure_of_what_belongs_to_a_record_leads_to_the_records_it_belongs_to(
    desk: Desk, finder: Finder, led: list[Lead]
) -> None:
    look_for(desk, finder, "bao nhiêu thành viên mô hình")
    take(finder, "Thành viên mô hình")
    desk.rest()
    assert [lead.key for lead in led] == ["scheme"]


def test_a_figure_without_records_says_so(desk: Desk, finder: Finder, led: list[Lead]) -> None:
    options = look_for(desk, finder, "vụ việc năm 1999")
    assert of_group(options, "Số liệu")[0].text == "Vụ việc về trật tự: 0 vụ"
    take(finder, "Vụ việc về trật tự")
    desk.rest()
    assert led == []
    assert desk.last.startswith("Chưa có hồ sơ nào cho số liệu")


def test_a_document_that_belongs_to_a_record_leads_to_that_record(
    desk: Desk, finder: Finder, led: list[Lead]
) -> None:
    listing = desk.office.lists.listing("activity")
    row = desk.office.lists.window(listing, ("scheme",), limit=1)[0]
    desk.office.records.change("activity", row.id, {"minutes_number": "07/BB-TTK"})
    options = look_for(desk, finder, "7 bb ttk")
    assert headings(options)[0] == "Hoạt động của mô hình"
    press(popup_of(finder).search, Qt.Key.Key_Return, "\r")
    assert led == [Lead("scheme", str(row.values["scheme"]))]


def test_a_record_is_found_by_the_beginning_of_its_id(desk: Desk, finder: Finder) -> None:
    row = desk.office.lists.window(desk.office.lists.listing("incident"), (), limit=1)[0]
    options = look_for(desk, finder, row.id[:12])
    assert f"incident {row.id}" in [option.id for option in options]
    popup_of(finder).close()


def plant(desk: Desk) -> None:
    """Put one name wherever a record of any kind can hold the name of a person."""
    records, codes = desk.office.records, desk.office.codes
    person: dict[str, Value] = line(
        "involved", "a", role="witness", name=NOBODY, citizen_id="000999888777"
    )
    records.add(
        "incident",
        {"title": "Mất trộm gà", "kind": "social_order", "state": "new", "officer": NOBODY,
         "occurred_on": "2026-11-02", "unit": COMMUNE_ID, "callback": "0100999888", **person},
    )  # fmt: skip
    scheme = records.add(
        "scheme",
        {"name": "Tiếng kẻng giấu", "scheme_type": codes["scheme_type"].values[0].id,
         "unit": COMMUNE_ID, "state": "active", "head_name": NOBODY, "head_phone": "0100999888"},
    ).ids[0]  # fmt: skip
    records.add("site", {"scheme": scheme, "name": "Điểm giấu", "head_name": NOBODY})
    records.add("team", {"scheme": scheme, "name": "Tổ giấu", "head_name": NOBODY})
    office = codes["member_office"].values[0].id
    private = {"phone": "0100999888", "citizen_id": "000999888777", "address": "Xóm Giấu Kín"}
    records.add("member", {"scheme": scheme, "name": NOBODY, "office": office, **private})
    award: dict[str, Value] = {
        "holders/a/holder_kind": "individual",
        "holders/a/name": NOBODY,
        "individuals": 1,
    }
    records.add(
        "commendation",
        {"decided_on": "2026-10-10", "level": codes["award_level"].values[0].id,
         "award": codes["award_kind"].values[0].id, "title": "Có thành tích", **award},
    )  # fmt: skip
    records.add(
        "example",
        {"name": NOBODY, "example_kind": "individual", "recognised_on": "2026-10-10"},
    )
    records.change("unit", COMMUNE_ID, {"head_name": NOBODY, "head_phone": "0100999888"})


@pytest.mark.parametrize(
    "typed",
    [NOBODY, "nguoi duoc giau kin", "giau kin", "000999888777", "0100999888", "0100 999 888",
     "999888777", "Xóm Giấu Kín"],
)  # fmt: skip
def test_nobody_is_found_by_name_or_number_in_the_whole_box(
    desk: Desk, theme: Theme, typed: str
) -> None:
    plant(desk)
    kinds = tuple(desk.office.lists.specs)
    finder = Finder(desk.workplace, desk.window.top.search, kinds, lambda _lead: None)
    options = look_for(desk, finder, typed)
    assert [option.text for option in options if not option.heading] == []
    assert "không tìm theo tên người" in popup_of(finder).nothing.text()
    popup_of(finder).close()


def test_what_holds_the_name_is_still_found_by_its_own_words(desk: Desk) -> None:
    plant(desk)
    kinds = tuple(desk.office.lists.specs)
    finder = Finder(desk.workplace, desk.window.top.search, kinds, lambda _lead: None)
    found = {option.text for option in look_for(desk, finder, "giau")}
    assert {"Tiếng kẻng giấu", "Điểm giấu", "Tổ giấu"} <= found
    popup_of(finder).close()


def test_the_first_letter_in_the_top_bar_opens_the_box(desk: Desk, finder: Finder) -> None:
    desk.go("incidents")
    type_telex(desk.window.top.search, "d")
    desk.hear()
    assert popup_of(finder).search.text() == "d"
    assert desk.window.top.search.text() == ""
    assert desk.list_of("incidents").filters.words.text() == ""
    popup_of(finder).close()
    desk.come_back()


def test_nothing_is_looked_for_until_a_word_is_there(desk: Desk, finder: Finder) -> None:
    finder.open("mau")
    desk.hear()
    popup = popup_of(finder)
    popup.search.clear()
    desk.hear()
    assert popup.model.rowCount() == 0
    assert "bao nhiêu mô hình" in popup.nothing.text()
    popup.close()


def test_an_answer_after_the_list_was_closed_is_dropped(
    desk: Desk, finder: Finder, qtbot: QtBot
) -> None:
    finder.open("vụ việc năm nay")
    popup = popup_of(finder)
    with qtbot.waitSignal(popup.destroyed):
        popup.close()
    desk.rest()
    assert desk.told == []


def test_typing_on_lets_go_of_what_was_looked_for(desk: Desk, finder: Finder) -> None:
    finder.open("mau")
    first = [job for job in desk.workplace.jobs.running if job.owner is finder]
    popup_of(finder).search.insert(" vu viec")
    assert first
    assert all(job.control.stopped for job in first)
    desk.hear()
    popup_of(finder).close()
