from __future__ import annotations

import pytest

from antq_desktop.domain.shown import (
    paper_count,
    paper_date,
    paper_date_in_words,
    paper_moment,
    show_date,
    show_decimal,
    show_integer,
    show_moment,
    show_money,
    show_money_full,
    show_percent,
    show_phone,
)


def test_the_screen_writes_dates_day_first() -> None:
    assert [show_date(value) for value in ("2026-11-21", "2026-11", "2026", "")] == [
        "21/11/2026",
        "11/2026",
        "2026",
        "",
    ]
    assert show_moment("2026-11-21T08:05") == "08:05 21/11/2026"


def test_the_screen_writes_numbers_the_vietnamese_way() -> None:
    assert show_integer(1234567) == "1.234.567"
    assert show_decimal("1234.5") == "1.234,5"
    assert show_decimal("-0.25") == "-0,25"
    assert show_percent("4.5") == "4,5%"
    assert show_phone("0100000001") == "0100 000 001"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (12_500_000_000, "12,5 tỷ đồng"), (1_234_500_000, "1.234,5 triệu đồng"),
        (350_000_000, "350 triệu đồng"), (1_234_567, "1.234.567 đồng"), (500_000, "500.000 đồng"),
        (0, "0 đồng"), (-2_500_000, "-2,5 triệu đồng"), (1_000_000_001, "1.000.000.001 đồng"),
    ],
)  # fmt: skip
def test_money_in_running_text_is_short_and_never_rounded(amount: int, text: str) -> None:
    assert show_money(amount) == text


def test_money_in_a_table_is_written_in_full() -> None:
    assert show_money_full(12_500_000_000) == "12.500.000.000"


@pytest.mark.parametrize(
    ("value", "short", "words"),
    [
        ("2022-06-08", "08/6/2022", "ngày 08 tháng 6 năm 2022"),
        ("2022-02-18", "18/02/2022", "ngày 18 tháng 02 năm 2022"),
        ("2022-12-01", "01/12/2022", "ngày 01 tháng 12 năm 2022"),
        ("2022-01", "01/2022", "tháng 01 năm 2022"),
        ("2022", "2022", "năm 2022"),
    ],
)
def test_paper_writes_dates_as_the_decree_asks(value: str, short: str, words: str) -> None:
    assert paper_date(value) == short
    assert paper_date_in_words(value) == words


def test_paper_writes_moments_and_small_counts_with_a_zero() -> None:
    assert paper_moment("2026-03-05T08:05") == "08 giờ 05 phút ngày 05/3/2026"
    assert [paper_count(count) for count in (0, 5, 10, 1234)] == ["0", "05", "10", "1.234"]
