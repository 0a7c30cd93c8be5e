"""Long lists: fetched in pages, place and selection kept by record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from pytestqt.qtbot import QtBot

from antq_desktop.ui.jobs import Jobs, Stopped
from antq_desktop.ui.recordmodel import BADGE_ROLE, Column, RecordModel
from antq_desktop.ui.sources import PAGE, AllIds, Badge, KeysetPages, Page, PageKey, TableRow
from antq_desktop.ui.table import RecordTable
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.widgets.cover import MASK
from tests.ui.keyboards import press

COLUMNS = (
    Column("number", "Số", 8, numeric=True),
    Column("what", "Nội dung", 40),
    Column("state", "Tình trạng", 14),
    Column("phone", "Điện thoại", 12, private=True),
)


def row(one: str) -> TableRow:
    return TableRow(one, (one, f"Vụ việc {one}", Badge("Quá hạn", "fault"), "0100 000 001"))


class Fetches:
    """Rows of any ids, remembering how many were asked for."""

    def __init__(self) -> None:
        self.rows = 0
        self.calls = 0

    def by_ids(self, ids: Sequence[str]) -> list[TableRow]:
        self.calls += 1
        self.rows += len(ids)
        return [row(one) for one in ids]

    def after(self, total: int) -> Callable[[PageKey | None, int], Page]:
        def fetch(key: PageKey | None, count: int) -> Page:
            self.calls += 1
            start = 0 if key is None else int(str(key))
            rows = tuple(row(str(one)) for one in range(start, min(start + count, total)))
            self.rows += len(rows)
            return Page(rows, start + count if start + count < total else None)

        return fetch


@pytest.fixture
def fetches() -> Fetches:
    return Fetches()


@pytest.fixture
def table(theme: Theme, jobs: Jobs, qtbot: QtBot) -> RecordTable:
    made = RecordTable(RecordModel(COLUMNS, jobs), theme)
    qtbot.addWidget(made)
    made.resize(800, 480)
    made.show()
    return made


def model_of(table: RecordTable) -> RecordModel:
    model = table.model()
    assert isinstance(model, RecordModel)
    return model


def ids(count: int) -> list[str]:
    return [str(number) for number in range(count)]


def settle(table: RecordTable, jobs: Jobs, qtbot: QtBot) -> None:
    table.viewport().grab()
    qtbot.waitUntil(lambda: not jobs.running)


def test_only_the_rows_on_the_screen_are_fetched(
    table: RecordTable, jobs: Jobs, fetches: Fetches, qtbot: QtBot
) -> None:
    table.show_source(AllIds(ids(20_000), fetches.by_ids))
    settle(table, jobs, qtbot)
    assert model_of(table).rowCount() == 20_000
    assert 0 < fetches.rows <= 2 * PAGE


def test_a_row_that_has_not_come_is_empty_and_fills_when_it_comes(
    table: RecordTable, jobs: Jobs, fetches: Fetches, qtbot: QtBot
) -> None:
    table.show_source(AllIds(ids(500), fetches.by_ids))
    model = model_of(table)
    far = model.index(450, 1)
    assert far.data() is None
    qtbot.waitUntil(lambda: far.data() == "Vụ việc 450")


def test_pages_already_fetched_are_shown_at_once(table: RecordTable, fetches: Fetches) -> None:
    source = AllIds(ids(500), fetches.by_ids)
    source.fetch_around(0)
    table.show_source(source)
    assert model_of(table).index(3, 1).data() == "Vụ việc 3"


def test_pages_are_let_go_again(
    table: RecordTable, jobs: Jobs, fetches: Fetches, qtbot: QtBot
) -> None:
    table.show_source(AllIds(ids(20_000), fetches.by_ids))
    model = model_of(table)
    for start in range(1000, 1000 + 70 * PAGE, PAGE):
        model.index(start, 0).data()
        qtbot.waitUntil(lambda: not jobs.running)
    assert model.id_at(1000) is None
    assert model.id_at(1000 + 70 * PAGE - 1) == str(1000 + 70 * PAGE - 1)


def test_place_current_record_and_selection_stay_after_a_save(
    table: RecordTable, jobs: Jobs, fetches: Fetches, qtbot: QtBot
) -> None:
    source = AllIds(ids(1000), fetches.by_ids)
    source.fetch_around(500)
    table.show_source(source)
    heard: list[str] = []
    table.current_changed.connect(heard.append)
    assert table.go_to("510")
    more = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().select(model_of(table).index(512, 0), more)
    place = table.verticalScrollBar().value()
    assert place > 0
    heard.clear()
    again = AllIds(["new", *ids(1000)], fetches.by_ids)
    again.fetch_around(511)
    table.show_source(again)
    settle(table, jobs, qtbot)
    assert table.current_id() == "510"
    assert table.currentIndex().row() == 511
    assert table.selected_ids() == ("510", "512")
    assert table.verticalScrollBar().value() == place
    assert heard == []


def test_what_is_no_longer_in_the_list_is_no_longer_selected(
    table: RecordTable, fetches: Fetches
) -> None:
    source = AllIds(ids(10), fetches.by_ids)
    source.fetch_around(0)
    table.show_source(source)
    table.selectAll()
    table.show_source(AllIds(["3", "11"], fetches.by_ids))
    assert table.selected_ids() == ("3",)


def test_a_saved_record_is_fetched_again_in_its_place(
    table: RecordTable, jobs: Jobs, qtbot: QtBot
) -> None:
    words = {"7": "trước"}

    def fetch(wanted: Sequence[str]) -> list[TableRow]:
        return [TableRow(one, (one, words.get(one, ""))) for one in wanted]

    source = AllIds(ids(50), fetch)
    source.fetch_around(0)
    table.show_source(source)
    words["7"] = "sau"
    model_of(table).refresh(["7"])
    qtbot.waitUntil(lambda: model_of(table).index(7, 1).data() == "sau")


def test_a_million_rows_are_walked_by_keys_alone(
    table: RecordTable, jobs: Jobs, fetches: Fetches, qtbot: QtBot
) -> None:
    source = KeysetPages(fetches.after(1_000_000))
    source.walk()
    table.show_source(source)
    model = model_of(table)
    assert model.rowCount() == PAGE
    assert model.canFetchMore(QModelIndex())
    for _ in range(4):
        model.fetchMore(QModelIndex())
        qtbot.waitUntil(lambda: not jobs.running)
    assert model.rowCount() == 5 * PAGE
    assert fetches.rows == 5 * PAGE
    assert model.id_at(450) == "450"


def test_scrolling_to_the_end_of_the_known_rows_brings_more(
    table: RecordTable, jobs: Jobs, fetches: Fetches, qtbot: QtBot
) -> None:
    source = KeysetPages(fetches.after(1000))
    source.walk()
    table.show_source(source)
    table.scrollToBottom()
    qtbot.waitUntil(lambda: model_of(table).rowCount() > PAGE)


def test_a_keyset_list_ends_where_the_rows_end(fetches: Fetches) -> None:
    source = KeysetPages(fetches.after(250))
    source.walk(10_000)
    assert source.complete()
    assert source.count_known() == 250
    empty = KeysetPages(fetches.after(0))
    empty.walk()
    assert empty.complete()
    assert empty.count_known() == 0


def test_a_keyset_list_is_walked_again_as_far_as_it_was_and_finds_what_was_wanted(
    table: RecordTable, jobs: Jobs, fetches: Fetches, qtbot: QtBot
) -> None:
    source = KeysetPages(fetches.after(5000))
    source.walk(400)
    table.show_source(source)
    assert table.go_to("350") or model_of(table).rowCount() == 400
    settle(table, jobs, qtbot)
    assert table.go_to("350")
    again = KeysetPages(fetches.after(5000))
    again.walk(table.last_row_seen() + 1, table.wanted_ids())
    table.show_source(again)
    assert table.current_id() == "350"
    assert table.currentIndex().row() == 350


def test_a_walk_can_be_stopped(fetches: Fetches) -> None:
    def check() -> None:
        if fetches.calls == 3:
            raise Stopped

    source = KeysetPages(fetches.after(1_000_000))
    with pytest.raises(Stopped):
        source.walk(1_000_000, check=check)
    assert fetches.calls == 3


def test_private_cells_are_masked_in_text_and_tooltip(table: RecordTable, fetches: Fetches) -> None:
    source = AllIds(ids(3), fetches.by_ids)
    source.fetch_around(0)
    table.show_source(source)
    cell = model_of(table).index(0, 3)
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
    assert [cell.data(role) for role in roles] == [MASK, None]


def test_a_state_is_a_word_with_a_colour(table: RecordTable, fetches: Fetches) -> None:
    source = AllIds(ids(3), fetches.by_ids)
    source.fetch_around(0)
    table.show_source(source)
    cell = model_of(table).index(0, 2)
    assert cell.data() == "Quá hạn"
    assert cell.data(BADGE_ROLE) == Badge("Quá hạn", "fault")


def test_enter_opens_the_current_record(table: RecordTable, fetches: Fetches) -> None:
    source = AllIds(ids(3), fetches.by_ids)
    source.fetch_around(0)
    table.show_source(source)
    opened: list[str] = []
    table.opened.connect(opened.append)
    table.go_to("1")
    press(table, Qt.Key.Key_Return, "\r")
    assert opened == ["1"]


def test_a_click_on_a_heading_asks_for_that_order_and_again_for_the_other(
    table: RecordTable,
) -> None:
    asked: list[tuple[str, bool]] = []
    table.sort_asked.connect(lambda name, down: asked.append((name, down)))
    for _ in range(3):
        table.horizontalHeader().sectionClicked.emit(1)
    assert asked == [("what", False), ("what", True), ("what", False)]


def test_an_empty_list_says_what_belongs_here_and_offers_the_first_step(
    table: RecordTable, fetches: Fetches
) -> None:
    steps: list[str] = []
    table.set_empty("Sổ ghi các vụ việc.", "Ghi vụ việc đầu tiên", lambda: steps.append("first"))
    table.show_source(AllIds([], fetches.by_ids))
    assert table._empty.isVisible()
    table._empty.button.click()
    assert steps == ["first"]
    table.show_source(AllIds(["1"], fetches.by_ids))
    assert not table._empty.isVisible()


def test_rows_have_the_height_of_the_look_and_columns_share_the_room(
    table: RecordTable, theme: Theme, fetches: Fetches
) -> None:
    table.show_source(AllIds(ids(3), fetches.by_ids))
    assert table.rowHeight(0) == theme.measures.row
    widths = sum(table.columnWidth(column) for column in range(len(COLUMNS)))
    assert widths == table.viewport().width()
