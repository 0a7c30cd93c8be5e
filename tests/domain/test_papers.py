from __future__ import annotations

from datetime import date

import pytest

from antq_desktop.domain.papers import (
    Column,
    Paper,
    Table,
    document_number,
    paper_count,
    paper_date,
    place_and_date,
)


@pytest.mark.parametrize(("count", "written"), [(0, "00"), (5, "05"), (10, "10"), (1234, "1234")])
def test_counts_below_ten_take_a_zero(count: int, written: str) -> None:
    assert paper_count(count) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2022, 1, 7), "07/01/2022"),
        (date(2022, 6, 8), "08/6/2022"),
        (date(2022, 7, 28), "28/7/2022"),
        (date(2022, 2, 28), "28/02/2022"),
        (date(2022, 12, 3), "03/12/2022"),
    ],
)
def test_months_take_a_zero_only_for_one_and_two(day: date, written: str) -> None:
    assert paper_date(day) == written


def test_a_number_stays_open_until_it_is_registered() -> None:
    assert document_number("BC", "CAX", 5) == "Số: 05/BC-CAX"
    assert document_number("BC", "BCĐ") == "Số:       /BC-BCĐ"
    assert document_number("", "CAX-TH", 12) == "Số: 12/CAX-TH"


def test_day_month_and_year_can_stay_open() -> None:
    assert place_and_date("Xã Mẫu", 5, 1, 2026) == "Xã Mẫu, ngày 05 tháng 01 năm 2026"
    assert place_and_date("Xã Mẫu", 15, 11, 2026) == "Xã Mẫu, ngày 15 tháng 11 năm 2026"
    assert place_and_date("Xã Mẫu", None, 11, 2026) == "Xã Mẫu, ngày        tháng 11 năm 2026"
    assert "năm         " in place_and_date("Xã Mẫu")


def test_a_row_wider_than_its_table_is_refused() -> None:
    with pytest.raises(ValueError, match="more cells"):
        Table((Column("TT", 1),), [("1", "2")])


@pytest.mark.parametrize("size", [8.5, 14.5])
def test_letters_of_a_table_stay_readable(size: float) -> None:
    with pytest.raises(ValueError, match="points"):
        Table((Column("TT", 1),), (), size=size)


def test_running_text_is_thirteen_or_fourteen_points() -> None:
    with pytest.raises(ValueError, match="13 or 14"):
        Paper("Thử", (), size=12)
