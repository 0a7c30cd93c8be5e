"""The search of the top bar over all kinds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from antq_desktop.domain.text import fold
from antq_desktop.ui.finding import Finder
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.widgets.picker import Picker
from tests.ui.desk import Desk, desk_of
from tests.ui.keyboards import press, type_telex
from tests.ui.office_window import make_office

KINDS = ("incident", "scheme", "unit")


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with desk_of(theme, qtbot, make_office(tmp_path / "profile", 12)) as made:
        yield made


@pytest.fixture
def taken() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def finder(desk: Desk, taken: list[tuple[str, str]]) -> Finder:
    made = Finder(
        desk.workplace,
        desk.window.top.search,
        KINDS,
        lambda kind, record: taken.append((kind, record)),
    )
    desk.window.search_wanted.connect(made.open)
    return made


def popup_of(finder: Finder) -> Picker:
    assert finder.popup is not None
    return finder.popup


def test_words_without_accents_find_records_of_every_kind(
    desk: Desk, finder: Finder, taken: list[tuple[str, str]]
) -> None:
    finder.open("mau")
    desk.hear()
    options = popup_of(finder).model.options
    assert {option.id.partition(" ")[0] for option in options} == set(KINDS)
    assert {option.detail for option in options} == {"Vụ việc", "Mô hình", "Đơn vị"}
    first = options[0]
    assert "mau" in fold(first.text)
    press(popup_of(finder).search, Qt.Key.Key_Return, "\r")
    kind, _, record = first.id.partition(" ")
    assert taken == [(kind, record)]
    assert desk.office.lists.titles(kind, [record]) == {record: first.text}


def test_enter_in_the_top_bar_looks_beyond_the_list_in_front(desk: Desk, finder: Finder) -> None:
    desk.go("incidents")
    scheme = desk.office.lists.window(desk.office.lists.listing("scheme"), ("name",), limit=1)[0]
    name = str(scheme.values["name"])
    type_telex(desk.window.top.search, name)
    desk.rest()
    assert finder.popup is None
    assert desk.list_of("incidents").filters.words.text() == name
    press(desk.window.top.search, Qt.Key.Key_Return, "\r")
    desk.hear()
    assert popup_of(finder).search.text() == name
    assert f"scheme {scheme.id}" in [option.id for option in popup_of(finder).model.options]
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
    assert "Gõ tên" in popup.nothing.text()
    popup.close()


def test_an_answer_after_the_list_was_closed_is_dropped(
    desk: Desk, finder: Finder, qtbot: QtBot
) -> None:
    finder.open("mau")
    popup = popup_of(finder)
    with qtbot.waitSignal(popup.destroyed):
        popup.close()
    desk.rest()
    assert desk.told == []


def test_many_of_one_kind_leave_room_for_the_others(desk: Desk, finder: Finder) -> None:
    finder.open("mau")
    desk.hear()
    kinds = [option.id.partition(" ")[0] for option in popup_of(finder).model.options]
    assert max(kinds.count(kind) for kind in KINDS) <= 8
    popup_of(finder).close()
