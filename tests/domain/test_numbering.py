"""Books of numbers: the next, the gaps and the doubles are shown, and nothing is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.numbering import book_of, number_of, ways_to_write


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("03/CT-UBND", 3),
        ("2765/BCĐ", 2765),
        (" 12a/BC", 12),
        ("Số:      /BC", None),
        ("", None),
        ("1234567/X", None),
    ],
)
def test_the_number_stands_before_the_sign(written: str, number: int | None) -> None:
    assert number_of(written) == number


def test_gaps_and_doubles_are_named_and_the_next_number_has_two_digits() -> None:
    book = book_of(["01/KH", "02/KH", "02/BC", "05/KH", "/KH"])
    assert (book.last, book.gaps, book.doubles, book.next) == (5, (3, 4), (2,), "06")
    assert (book_of([]).next, book_of(["99/BC"]).next) == ("01", "100")


def test_a_book_that_began_elsewhere_has_no_thousand_gaps() -> None:
    assert book_of(["5000/BC"]).gaps == ()


@given(st.lists(st.integers(1, 300), max_size=40))
def test_every_number_up_to_the_last_is_given_once_twice_or_missing(numbers: list[int]) -> None:
    book = book_of(f"{number:02d}/BC" for number in numbers)
    assert set(book.gaps) | set(numbers) == set(range(1, book.last + 1))
    assert not set(book.gaps) & set(numbers)
    assert {number for number in numbers if numbers.count(number) > 1} == set(book.doubles)
    assert int(book.next) == max(numbers, default=0) + 1


@pytest.mark.parametrize(
    ("word", "ways"),
    [
        ("5", [("5",), ("05",), ("005",)]),
        ("012", [("012",), ("12",)]),
        ("120", [("120",)]),
        ("2026", [("2026",)]),
        ("0100000001", [("0100000001",)]),
        ("bccax", [("bccax",), ("bc", "cax")]),
        ("120bccax", [("120bccax",), ("120", "bccax"), ("120", "bc", "cax")]),
        ("12bc", [("12bc",), ("12", "bc"), ("012", "bc")]),
        ("bc", [("bc",)]),
        ("trom", [("trom",)]),
        ("", [("",)]),
    ],
)
def test_a_number_and_sign_is_looked_for_in_each_form_it_may_have(
    word: str, ways: list[tuple[str, ...]]
) -> None:
    assert list(ways_to_write(word)) == ways


@given(st.text(max_size=12))
def test_the_word_itself_is_always_the_first_way(word: str) -> None:
    ways = ways_to_write(word)
    assert ways[0] == (word,)
    assert len(set(ways)) == len(ways)
