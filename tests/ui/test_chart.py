"""A chart in the window: keys, clicks, words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from antq_desktop.domain.charts.chart import Bars, Fill, Series, Square, Squares
from antq_desktop.ui.screens.home_charts import ChartCard
from antq_desktop.ui.theme import Theme

BARS = Bars(
    "Vụ việc theo tháng", "vụ", "Tháng", ("T1", "T2"),
    (
        Series("Cháy", Fill.FULL, (3, 1), ("a", "b")),
        Series("Năm trước", Fill.BARE, (2, None), ("c", "d"), beside=True),
    ),
)  # fmt: skip
SQUARES = Squares(
    "Số liệu nhận theo tháng", "Đơn vị", ("T1",), tuple(f"Xã Mẫu {n}" for n in range(60)),
    tuple((Square("Thiếu", Fill.CROSSED, "chưa gửi", f"k{n}"),) for n in range(60)),
)  # fmt: skip


@pytest.fixture
def card(theme: Theme, qtbot: QtBot) -> Iterator[ChartCard]:
    made = ChartCard(theme)
    qtbot.addWidget(made)
    made.resize(440, 220)
    made.show_chart(BARS)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


def test_keys_walk_through_the_areas_and_enter_opens_the_records_behind(card: ChartCard) -> None:
    opened: list[str] = []
    card.view.opened.connect(opened.append)
    card.view.setFocus()
    QTest.keyClick(card.view, Qt.Key.Key_Return)
    assert opened == [], "nothing is chosen yet"
    QTest.keyClick(card.view, Qt.Key.Key_Right)
    assert card.view.told == "T1, Cháy: 3 vụ"
    QTest.keyClick(card.view, Qt.Key.Key_Down)
    assert card.view.told == "T1, Năm trước: 2 vụ"
    assert card.view.accessibleDescription() == card.view.told
    QTest.keyClick(card.view, Qt.Key.Key_End)
    QTest.keyClick(card.view, Qt.Key.Key_Space)
    QTest.keyClick(card.view, Qt.Key.Key_Home)
    QTest.keyClick(card.view, Qt.Key.Key_Return)
    assert opened == ["b", "a"]


def test_a_click_opens_what_is_under_the_pointer_and_nothing_beside_it(card: ChartCard) -> None:
    opened: list[str] = []
    card.view.opened.connect(opened.append)
    box = card.view.areas[0]
    middle = QPoint(round(box.x + box.width / 2), round(box.y + box.height / 2))
    QTest.mouseClick(card.view, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseClick(card.view, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert opened == ["a"]


def test_a_chart_is_said_in_words_to_a_screen_reader_and_to_whoever_asks(card: ChartCard) -> None:
    assert card.view.accessibleName() == BARS.title
    assert "T2: Cháy 1; Năm trước chưa có số liệu (vụ)." in card.view.accessibleDescription()
    card.turn.click()
    assert card.view.isHidden()
    assert card.words.text().splitlines()[0] == "T1: Cháy 3; Năm trước 2 (vụ)."
    card.turn.click()
    assert card.words.isHidden()


def test_rows_that_find_no_room_are_told_of(card: ChartCard) -> None:
    card.show_chart(SQUARES)
    shown = card.view.areas
    assert 0 < len(shown) < 60
    assert shown[0].told == "Xã Mẫu 0, T1: chưa gửi"
    assert all(box.y + box.height <= card.view.height() for box in shown)
