"""The first page: what it shows, where its lines lead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from antq_desktop.services.between_today import BetweenUnits
from antq_desktop.services.morning import Coming, Morning, News
from antq_desktop.services.today import Assigned, Due, Neglected, Today
from antq_desktop.ui.screens.home import HomePage, Lead
from antq_desktop.ui.theme import Theme

NOTHING = Today(
    assigned=(),
    day="2026-11-21",
    month="tháng 11 năm 2026",
    open_incidents=0,
    overdue=(),
    near=(),
    schemes=0,
    without_dossier=(),
    idle=(),
    missing={},
    sends=True,
    sent_this_month=False,
    last_sent="",
    to_take_in=0,
    set_aside=0,
    backup_place="",
    last_backup="",
)
LATE = Due("a" * 32, "Mất hai xe đạp điện", "Chuyển tin", "2026-11-20T08:00", -300, at_once=False)
IDLE = tuple(Neglected(f"{n:032x}", f"Mô hình Mẫu {n:02d}", "2026-01-02") for n in range(12))


@pytest.fixture
def leads() -> list[Lead]:
    return []


@pytest.fixture
def page(theme: Theme, qtbot: QtBot, leads: list[Lead]) -> Iterator[HomePage]:
    made = HomePage(theme, leads.append, lambda: None)
    qtbot.addWidget(made)
    made.resize(1150, 640)
    made.show()
    yield made
    made.close()


def rows(page: HomePage) -> list[str]:
    return [line.words for line in page.lines]


def press(page: HomePage, words: str) -> None:
    found: list[Callable[[], None]] = [line.go for line in page.lines if line.words == words]
    assert len(found) == 1, words
    found[0]()


def test_an_empty_store_is_met_with_the_first_steps(page: HomePage, leads: list[Lead]) -> None:
    page.show_today(NOTHING)
    verbs = {button.accessibleName(): button for button in page.findChildren(QPushButton)}
    verbs["Ghi vụ việc đầu tiên"].click()
    verbs["Thêm mô hình"].click()
    assert leads == [Lead("incident", new=True), Lead("scheme", new=True)]


def test_a_receiver_is_led_to_the_bundles_of_its_units(page: HomePage, leads: list[Lead]) -> None:
    page.show_today(replace(NOTHING, sends=False))
    verbs = {button.accessibleName(): button for button in page.findChildren(QPushButton)}
    assert "Ghi vụ việc đầu tiên" not in verbs
    verbs["Nhận gói dữ liệu"].click()
    assert leads == [Lead("handover")]


def test_each_line_leads_to_its_record_or_list(page: HomePage, leads: list[Lead]) -> None:
    page.show_today(
        replace(
            NOTHING,
            open_incidents=3,
            overdue=(LATE,),
            missing={"scheme": 2},
        )
    )
    press(page, LATE.title)
    press(page, "Mô hình: 2 hồ sơ")
    press(page, "Số liệu tháng 11 năm 2026")
    press(page, "Bản sao lưu")
    assert leads == [
        Lead("incident", record=LATE.id),
        Lead("scheme", only_missing=True),
        Lead("handover"),
        Lead("admin"),
    ]


def test_a_term_is_told_in_words_beside_its_colour(page: HomePage) -> None:
    page.show_today(replace(NOTHING, open_incidents=1, overdue=(LATE,)))
    (line,) = [line for line in page.lines if line.words == LATE.title]
    assert (line.state, line.tone) == ("Quá hạn 5 giờ", "fault")
    assert line.detail == "hạn 08:00 20/11/2026"


def test_long_lists_unfold_in_place_and_fold_again(page: HomePage) -> None:
    page.show_today(replace(NOTHING, schemes=12, idle=IDLE))
    assert sum("Mô hình Mẫu" in words for words in rows(page)) == 4
    press(page, "Xem cả 12 dòng")
    assert sum("Mô hình Mẫu" in words for words in rows(page)) == 12
    press(page, "Thu gọn")
    assert sum("Mô hình Mẫu" in words for words in rows(page)) == 4


def test_no_scheme_is_not_praised_for_its_file(page: HomePage) -> None:
    page.show_today(replace(NOTHING, open_incidents=1))
    calm = [label.text() for label in page.findChildren(QLabel)]
    assert "Chưa có mô hình nào đang hoạt động." in calm
    assert not any("Mô hình nào cũng" in words for words in calm)


def test_cards_stand_under_each_other_in_a_narrow_window(page: HomePage, qtbot: QtBot) -> None:
    page.show_today(replace(NOTHING, schemes=1))
    qtbot.waitUntil(lambda: len({card.x() for card in page.cards}) == 2)
    page.resize(700, 640)
    qtbot.waitUntil(lambda: len({card.x() for card in page.cards}) == 1)


def test_no_number_is_squeezed_when_the_cards_fill_the_page(page: HomePage, qtbot: QtBot) -> None:
    held = BetweenUnits(asked=2, conflicts_below=1)
    page.resize(1158, 679)
    page.show_today(replace(NOTHING, open_incidents=1, schemes=12, idle=IDLE, between=held))

    def all_whole() -> None:
        labels = [one for one in page.findChildren(QLabel) if one.property("role") == "figure"]
        assert len(labels) == 7
        assert [one.text() for one in labels if one.height() < one.sizeHint().height()] == []

    qtbot.waitUntil(all_whole)


def test_a_receiver_is_not_reminded_to_send(page: HomePage) -> None:
    page.show_today(replace(NOTHING, sends=False, schemes=1, to_take_in=3))
    assert "Số liệu tháng 11 năm 2026" not in rows(page)
    assert "3 gói chờ nhập" in rows(page)


def test_no_word_of_a_line_is_cut_at_the_design_size(page: HomePage) -> None:
    page.show_today(replace(NOTHING, open_incidents=1, overdue=(LATE,), schemes=12, idle=IDLE))
    cut = [label.text() for label in page.findChildren(QLabel) if label.text().endswith("…")]
    assert cut == []


def test_what_waits_between_units_leads_to_its_page(page: HomePage, leads: list[Lead]) -> None:
    held = BetweenUnits(
        asked=2, asked_late=1, against=1, unsaid=3, unsaid_month="Tháng 10", conflicts=4, doubled=1,
        conflicts_below=2,
    )  # fmt: skip
    page.show_today(replace(NOTHING, schemes=1, between=held))
    press(page, "Xem cả 6 dòng")
    wanted = {
        "Hai bản dữ liệu cùng gửi": "Gửi và nạp phiếu xác nhận",
        "2 yêu cầu chưa trả lời": "Yêu cầu",
        "1 báo cáo không phát sinh trái với hồ sơ": "Không phát sinh",
        "3 loại việc chưa có hồ sơ, chưa báo không phát sinh": "Không phát sinh",
        "4 mục hai người ghi khác nhau": "Cùng sửa",
        "2 mục của đơn vị dưới, hai người ghi khác nhau": "Cùng sửa",
    }
    for words, tab in wanted.items():
        press(page, words)
        assert leads.pop() == Lead("handover", tab=tab)
    page.show_today(replace(NOTHING, schemes=1, sends=False, between=held))
    press(page, "Hai bản dữ liệu cùng gửi")
    assert leads.pop().tab == "Ngăn chờ xử lý"


def test_what_others_changed_leads_to_just_those_records(page: HomePage, leads: list[Lead]) -> None:
    news = (News("incident", 2, 1, ("a", "b", "c")), News("scheme", 0, 3_000, ()))
    morning = Morning(since="16:05 20/11/2026", news=news)
    page.show_today(replace(NOTHING, schemes=1, morning=morning))
    (line,) = [line for line in page.lines if line.words == "Vụ việc"]
    assert line.state == "2 mới, 1 sửa"
    press(page, "Vụ việc")
    press(page, "Mô hình")
    assert leads[0].narrowed is not None
    assert leads[0].narrowed.among == ("a", "b", "c")
    assert leads[1] == Lead("scheme"), "too many to be named"


def test_changes_of_kinds_without_a_place_lead_to_the_journal(
    theme: Theme, qtbot: QtBot, leads: list[Lead]
) -> None:
    page = HomePage(theme, leads.append, lambda: None, lambda kind: kind == "incident")
    qtbot.addWidget(page)
    morning = Morning(since="16:05 20/11/2026", news=(News("member", 4, 1, ("m",)),))
    page.show_today(replace(NOTHING, schemes=1, morning=morning))
    press(page, "Hồ sơ khác: 5")
    assert leads == [Lead("admin", tab="Nhật ký")]


def test_tasks_of_the_week_stand_among_what_is_due(page: HomePage, leads: list[Lead]) -> None:
    coming = (
        Coming("task", "t1", "Nộp báo cáo", "2026-11-19", -2),
        Coming("task", "t2", "Rà soát camera", "2026-11-21", 0),
        Coming("task", "t3", "Việc giữa hai đơn vị", "2026-11-22", 1),
    )
    between = (Assigned("t3", "Việc giữa hai đơn vị", "Huyện Mẫu", "còn 1 ngày", late=False),)
    held = replace(
        NOTHING, schemes=1, overdue=(LATE,), assigned=between, morning=Morning(coming=coming)
    )
    page.show_today(held)
    assert rows(page)[:3] == [LATE.title, "Nộp báo cáo", "Rà soát camera"]
    assert rows(page).count("Việc giữa hai đơn vị") == 1
    assert held.waiting == 3
    press(page, "Nộp báo cáo")
    assert leads == [Lead("task", record="t1")]


def test_the_yearly_review_leads_to_its_page(page: HomePage, leads: list[Lead]) -> None:
    page.show_today(replace(NOTHING, schemes=1, morning=Morning(review=True)))
    press(page, "Rà soát hằng năm dữ liệu về người")
    assert leads == [Lead("admin", tab="Dữ liệu và quyền riêng tư")]


def test_a_page_without_records_shows_no_charts(page: HomePage, qtbot: QtBot) -> None:
    page.show_today(NOTHING)
    assert all(card.isHidden() for card in page.charts)
    page.show_today(replace(NOTHING, schemes=1))
    qtbot.waitUntil(lambda: all(card.isVisible() for card in page.charts))
    assert all(card.window() is page.window() for card in page.charts)


def test_the_keyboard_walks_from_what_is_due_to_the_charts(page: HomePage, qtbot: QtBot) -> None:
    page.show_today(replace(NOTHING, schemes=1, overdue=(LATE,)))
    qtbot.waitUntil(page.charts[0].isVisible)
    first = page.cards[0].findChildren(QPushButton)[0]
    walked: list[QWidget] = [first]
    while len(walked) < 60 and walked[-1] is not page.charts[2].view:
        following = walked[-1].nextInFocusChain()
        assert following is not None
        walked.append(following)
    due = walked.index(first)
    charts = [walked.index(card.view) for card in page.charts]
    missing = walked.index(page.cards[3].findChildren(QPushButton)[0])
    assert [due, missing, *charts] == sorted([due, missing, *charts])
