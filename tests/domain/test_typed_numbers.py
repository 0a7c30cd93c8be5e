from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.shown import (
    show_decimal,
    show_integer,
    show_money,
    show_money_full,
    show_phone,
)
from antq_desktop.domain.typed_numbers import (
    LARGEST,
    parse_citizen_id,
    parse_decimal,
    parse_integer,
    parse_money,
    parse_phone,
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1234", 1234), ("1.234", 1234), (" 1 234 ", 1234), ("05", 5), ("0", 0), ("1.234,0", 1234)],
)
def test_a_whole_number_may_have_dots_between_thousands(typed: str, number: int) -> None:
    assert parse_integer(typed, "Số hộ") == number


@pytest.mark.parametrize(
    "typed", ["", "1,5", "1.5", "1,234.0", "12a", "1.2345", "1 23", "٣", "--1"]
)
def test_what_is_not_a_whole_number_is_refused(typed: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_integer(typed, "Số hộ", minimum=-10, field="households")
    assert (caught.value.code, caught.value.field) == ("not_number", "households")
    assert caught.value.message.startswith("Số hộ “")


def test_a_number_out_of_its_bounds_is_told_the_bounds() -> None:
    with pytest.raises(UserError) as caught:
        parse_integer("-1", "Số hộ", maximum=9999)
    assert caught.value.code == "number_out_of_range"
    assert caught.value.message == "Số hộ phải từ 0 đến 9.999. Nhập lại."
    assert parse_integer("-1", "Chênh lệch", minimum=-5) == -1


@given(st.integers(0, LARGEST))
def test_a_whole_number_shown_can_be_typed_again(number: int) -> None:
    assert parse_integer(show_integer(number), "Số") == number
    assert parse_integer(str(number), "Số") == number


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("12,5", "12.5"), ("12.5", "12.5"), ("1.234,50", "1234.5"), ("1.234", "1234"),
        ("0,125", "0.125"), ("0.125", "0.125"), ("-0", "0"), ("-4,5", "-4.5"), ("007", "7"),
        ("4,5%", "4.5"),
    ],
)  # fmt: skip
def test_a_decimal_is_read_the_vietnamese_way(typed: str, stored: str) -> None:
    assert parse_decimal(typed, "Điểm") == stored


@pytest.mark.parametrize("typed", ["", "1,2,3", "abc", "1e5", "nan", "0,1234567", "1.234.5"])
def test_what_is_not_a_decimal_is_refused(typed: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_decimal(typed, "Điểm")
    assert caught.value.code == "not_decimal"


@given(st.decimals(-(10**9), 10**9, places=4, allow_nan=False))
def test_a_decimal_shown_can_be_typed_again(number: object) -> None:
    stored = parse_decimal(str(number).replace(".", ","), "Điểm")
    assert parse_decimal(show_decimal(stored), "Điểm") == stored


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("2,5 tr", 2_500_000), ("2.5tr", 2_500_000), ("12,5 tỷ", 12_500_000_000),
        ("12,5 tỉ đồng", 12_500_000_000), ("500k", 500_000), ("500 nghìn", 500_000),
        ("500 ngàn đồng", 500_000), ("1.234.000", 1_234_000), ("1 234 000 đ", 1_234_000),
        ("1.234.000 VNĐ", 1_234_000), ("0", 0), ("2 nghìn tỷ", 2 * 10**12),
        ("1 tỷ 200 triệu", 1_200_000_000), ("1 tỷ 200 triệu 500 nghìn", 1_200_500_000),
        ("1 triệu 2", 1_200_000), ("1tr2", 1_200_000), ("1tr250", 1_250_000),
        ("1 tỷ 2", 1_200_000_000), ("1 triệu 005", 1_005_000), ("2.500 tr", 2_500_000_000),
        ("1TR", 1_000_000), ("1 tỷ 250 triệu 5", 1_250_500_000),
    ],
)  # fmt: skip
def test_money_is_understood_as_people_write_and_say_it(typed: str, amount: int) -> None:
    assert parse_money(typed, "Thiệt hại") == amount


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "money_not_understood"), ("nhiều", "money_not_understood"),
        ("-5 tr", "money_not_understood"), ("1,234,000", "money_not_understood"),
        ("5 tr abc", "money_not_understood"), ("1tr25", "money_ambiguous"),
        ("1 triệu 2500", "money_ambiguous"), ("1,5 triệu 2", "money_ambiguous"),
        ("200 triệu 1 tỷ", "money_ambiguous"), ("1 tỷ 2000 triệu", "money_ambiguous"),
        ("1 triệu 2 triệu", "money_ambiguous"), ("1,5", "money_below_one_dong"),
        ("1,2345 nghìn", "money_below_one_dong"), ("2.000.000 tỷ", "number_out_of_range"),
    ],
)  # fmt: skip
def test_money_that_may_mean_two_sums_is_never_guessed(typed: str, code: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_money(typed, "Thiệt hại", field="damage")
    assert (caught.value.code, caught.value.field) == (code, "damage")
    assert caught.value.message.startswith("Thiệt hại ")


@given(st.one_of(st.integers(0, LARGEST), st.integers(0, 10**6).map(lambda n: n * 10**6)))
def test_money_shown_can_be_typed_again_and_is_never_rounded(amount: int) -> None:
    assert parse_money(show_money(amount), "Số tiền") == amount
    assert parse_money(show_money_full(amount), "Số tiền") == amount


@given(st.text(st.sampled_from("0123456789 .,ktrtỷtriệunghìnđồng-"), max_size=20))
def test_whatever_is_typed_gives_whole_money_or_a_fault(typed: str) -> None:
    try:
        amount = parse_money(typed, "Số tiền")
    except UserError as fault:
        assert fault.code.startswith(("money_", "number_"))  # noqa: PT017 - both are right
    else:
        assert 0 <= amount <= LARGEST


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("0100 000 001", "0100000001"), ("0100.000.001", "0100000001"),
        ("+84 100 000 001", "0100000001"), ("84100000001", "0100000001"),
        ("(0220) 1000.000", "02201000000"),
    ],
)  # fmt: skip
def test_a_telephone_number_is_kept_as_digits(typed: str, digits: str) -> None:
    assert parse_phone(typed, "Điện thoại") == digits
    assert parse_phone(show_phone(digits), "Điện thoại") == digits


@pytest.mark.parametrize("typed", ["", "113", "912345678", "01000000010000", "0100 00a 001"])
def test_what_is_no_telephone_number_is_refused(typed: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_phone(typed, "Điện thoại")
    assert caught.value.code == "not_phone"


def test_an_identity_number_keeps_its_leading_zeros() -> None:
    assert parse_citizen_id("000 000 000 001", "Số CCCD") == "000000000001"
    assert parse_citizen_id("000000001", "Số CCCD") == "000000001"


@pytest.mark.parametrize(
    ("typed", "held"),
    [("00000000001", "đang có 11"), ("0000000000O1", "đang có ký tự khác"), ("", "khác")],
)
def test_a_wrong_identity_number_is_told_what_is_wrong(typed: str, held: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_citizen_id(typed, "Số CCCD")
    assert caught.value.code == "not_citizen_id"
    assert held in caught.value.message
