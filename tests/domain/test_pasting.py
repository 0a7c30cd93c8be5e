"""Blocks of cells on the clipboard, as Excel and LibreOffice put them there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.pasting import as_pasted, rows_pasted

CELLS = st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"]), max_size=20)
BLOCKS = st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=6)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("12", [["12"]]),
        ("12\r\n", [["12"]]),
        ("1.234\t21/11/2026\r\n\t\r\n", [["1.234", "21/11/2026"], ["", ""]]),
        ("a\nb\n", [["a"], ["b"]]),
        ("a\rb", [["a"], ["b"]]),
        ('"hai\ndòng"\tb\r\n', [["hai\ndòng", "b"]]),
        ('"có\ttab"\t"nói ""vâng"""', [["có\ttab", 'nói "vâng"']]),
        ('"chưa đóng\tb', [['"chưa đóng', "b"]]),
        ('"a"b\tc', [['"a"b', "c"]]),
        ('5"\tc', [['5"', "c"]]),
        ("a\t\r\n", [["a", ""]]),
    ],
)
def test_a_block_is_read_as_it_stood_in_the_other_program(text: str, rows: list[list[str]]) -> None:
    assert rows_pasted(text) == rows


@given(BLOCKS)
def test_what_is_put_on_the_clipboard_comes_back(rows: list[list[str]]) -> None:
    assert rows_pasted(as_pasted(rows)) == rows


@given(st.text(max_size=200))
def test_any_text_at_all_can_be_pasted(text: str) -> None:
    rows = rows_pasted(text)
    assert all(rows)


def test_quotation_marks_that_nothing_closes_are_letters_also_in_a_large_block() -> None:
    cells = 20_000
    assert rows_pasted('"a\t' * cells) == [['"a'] * cells + [""]]
