"""What is typed into a grid: single cells, blocks, filling down, taking back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.gridtext import MOST_STEPS, Cell, GridText

ROWS = ("thon-1", "thon-2", "thon-3")
COLUMNS = ("whole", "signed")
CELLS = [(row, column) for row in ROWS for column in COLUMNS]
STEPS = st.lists(
    st.dictionaries(st.sampled_from(CELLS), st.sampled_from(["", "1", "2", "30"]), min_size=1),
    max_size=12,
)


@pytest.fixture
def grid() -> GridText:
    made = GridText()
    made.show(ROWS, COLUMNS, {("thon-2", "whole"): "120"}, {("thon-3", "signed")})
    return made


def texts(grid: GridText) -> dict[Cell, str]:
    return {cell: grid.text(cell) for cell in CELLS}


def test_a_cell_typed_back_to_what_stood_there_is_no_change(grid: GridText) -> None:
    grid.set({("thon-2", "whole"): "121"})
    assert grid.dirty
    grid.set({("thon-2", "whole"): "120"})
    assert not grid.dirty


def test_an_emptied_cell_is_a_change(grid: GridText) -> None:
    grid.set({("thon-2", "whole"): ""})
    assert grid.line("thon-2") == {"whole": ""}


def test_a_block_lands_from_its_upper_left_cell_on(grid: GridText) -> None:
    assert grid.put(0, 0, [["10", "9"], ["20", "18"]]) == 0
    assert [grid.text((row, "signed")) for row in ROWS] == ["9", "18", ""]
    assert grid.text(("thon-2", "whole")) == "20"


def test_what_finds_no_cell_is_counted_and_blanks_beyond_the_edge_are_not(grid: GridText) -> None:
    assert grid.put(2, 0, [["10", "9", ""], ["20", "18", "7"]]) == 4
    assert grid.text(("thon-3", "whole")) == "10"
    assert not grid.text(("thon-3", "signed"))


def test_one_text_fills_the_whole_selection(grid: GridText) -> None:
    grid.put(0, 0, [["5"]], height=3, width=1)
    assert [grid.text((row, "whole")) for row in ROWS] == ["5", "5", "5"]


def test_line_breaks_of_a_pasted_cell_become_blanks(grid: GridText) -> None:
    grid.put(0, 0, [["hai\n dòng "]])
    assert grid.text(("thon-1", "whole")) == "hai dòng"


def test_a_selection_is_filled_with_its_first_row(grid: GridText) -> None:
    grid.set({("thon-1", "whole"): "7"})
    assert grid.fill_down(0, 0, 3, 1) == 2
    assert [grid.text((row, "whole")) for row in ROWS] == ["7", "7", "7"]


def test_one_row_is_filled_with_the_row_above_it(grid: GridText) -> None:
    assert grid.fill_down(2, 0, 1, 2) == 1
    assert grid.text(("thon-3", "whole")) == "120"
    assert grid.fill_down(0, 0, 1, 2) == 0


def test_a_block_is_taken_back_as_one(grid: GridText) -> None:
    before = texts(grid)
    grid.put(0, 0, [["10", "9"], ["20", "18"]])
    assert len(grid.undo()) == 4
    assert texts(grid) == before
    assert not grid.dirty
    grid.redo()
    assert grid.text(("thon-1", "whole")) == "10"
    assert grid.undo()
    assert grid.undo() == ()


@given(STEPS)
def test_undoing_everything_leads_back_and_redoing_everything_forth(
    steps: list[dict[Cell, str]],
) -> None:
    grid = GridText()
    grid.show(ROWS, COLUMNS, {("thon-2", "whole"): "30"})
    before = texts(grid)
    for step in steps:
        grid.set(step)
    after = texts(grid)
    while grid.undo():
        pass
    assert texts(grid) == before
    assert not grid.dirty
    while grid.redo():
        pass
    assert texts(grid) == after


def test_only_the_last_steps_are_remembered(grid: GridText) -> None:
    for number in range(MOST_STEPS + 5):
        grid.set({("thon-1", "whole"): str(number)})
    back = 0
    while grid.undo():
        back += 1
    assert back == MOST_STEPS


def test_what_was_typed_stays_with_its_row_when_others_come(grid: GridText) -> None:
    grid.set({("thon-1", "whole"): "10", ("thon-2", "signed"): "5"})
    grid.show(("thon-0", "thon-2"), COLUMNS, {})
    assert grid.typed == {("thon-2", "signed"): "5"}
    assert grid.undo() == ()


def test_a_draft_brings_back_what_was_typed(grid: GridText) -> None:
    grid.set({("thon-1", "whole"): "10", ("thon-2", "whole"): ""})
    kept = grid.to_json()
    other = GridText()
    other.show(ROWS, COLUMNS, {("thon-2", "whole"): "120"})
    other.take_up({**kept, "thon-9": {"whole": "1"}, "thon-3": "nothing"})
    assert other.typed == grid.typed
