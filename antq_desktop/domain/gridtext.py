"""What is typed into a grid of cells: each step as one, undone and redone, kept as a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from antq_desktop.domain.canonical import Json

Cell = tuple[str, str]  # key of the row, name of the column
Block = Sequence[Sequence[str]]

MOST_STEPS: Final = 200


class GridText:
    """The texts of a grid: what was there before, and what the officer typed over it.

    Attributes:
        rows: Keys of the rows, top to bottom.
        columns: Names of the columns, left to right.
        typed: What was typed and differs from what was there; an empty text empties a cell.
    """

    def __init__(self) -> None:
        self.rows: tuple[str, ...] = ()
        self.columns: tuple[str, ...] = ()
        self.typed: dict[Cell, str] = {}
        self._there: dict[Cell, str] = {}
        self._fixed: frozenset[Cell] = frozenset()
        self._steps: list[dict[Cell, tuple[str, str]]] = []
        self._undone: list[dict[Cell, tuple[str, str]]] = []

    def show(
        self,
        rows: Iterable[str],
        columns: Iterable[str],
        there: Mapping[Cell, str],
        fixed: Iterable[Cell] = (),
    ) -> None:
        """Take other rows; what was typed stays with its row as far as the row is still there."""
        self.rows, self.columns = tuple(rows), tuple(columns)
        self._there = {cell: text for cell, text in there.items() if text}
        self._fixed = frozenset(fixed)
        kept = {(row, column) for row in self.rows for column in self.columns} - self._fixed
        self.typed = {
            cell: text
            for cell, text in self.typed.items()
            if cell in kept and text != self._there.get(cell, "")
        }
        self._steps.clear()
        self._undone.clear()

    def text(self, cell: Cell) -> str:
        """Return what stands in a cell."""
        return self.typed.get(cell, self._there.get(cell, ""))

    @property
    def dirty(self) -> bool:
        """Whether anything was typed."""
        return bool(self.typed)

    def line(self, row: str) -> dict[str, str]:
        """Return what was typed in a row, by column."""
        return {
            column: self.typed[row, column]
            for column in self.columns
            if (row, column) in self.typed
        }

    def set(self, texts: Mapping[Cell, str]) -> int:
        """Set some cells as one step; return how many of them changed."""
        step = {
            cell: (self.text(cell), text)
            for cell, text in texts.items()
            if cell not in self._fixed and text != self.text(cell)
        }
        if step:
            self._apply({cell: after for cell, (_before, after) in step.items()})
            self._steps = [*self._steps, step][-MOST_STEPS:]
            self._undone.clear()
        return len(step)

    def put(self, row: int, column: int, block: Block, *, height: int = 1, width: int = 1) -> int:
        """Put a block of texts at a place, as one step; return how many of its texts found no cell.

        A single text fills the whole stretch of cells that is selected, as in Excel.

        Args:
            row: Row of the upper left cell, from 0.
            column: Its column, from 0.
            block: Rows of texts.
            height: Rows selected.
            width: Columns selected.
        """
        if len(block) == 1 and len(block[0]) == 1:
            block = [[block[0][0]] * width] * height
        texts: dict[Cell, str] = {}
        lost = 0
        for down, line in enumerate(block):
            for right, text in enumerate(line):
                at, beside = row + down, column + right
                if at < len(self.rows) and beside < len(self.columns):
                    texts[self.rows[at], self.columns[beside]] = _one_line(text)
                    lost += (self.rows[at], self.columns[beside]) in self._fixed
                else:
                    lost += bool(text.strip())
        self.set(texts)
        return lost

    def fill_down(self, row: int, column: int, height: int, width: int) -> int:
        """Fill a stretch with its first row, or one row with the row above it, as one step."""
        first = row if height > 1 else row - 1
        if first < 0:
            return 0
        return self.set(
            {
                (key, name): self.text((self.rows[first], name))
                for key in self.rows[first + 1 : row + height]
                for name in self.columns[column : column + width]
            }
        )

    def undo(self) -> tuple[Cell, ...]:
        """Take the last step back; return its cells."""
        return self._walk(self._steps, self._undone, 0)

    def redo(self) -> tuple[Cell, ...]:
        """Do again what was taken back last; return its cells."""
        return self._walk(self._undone, self._steps, 1)

    def forget(self) -> None:
        """Let go of everything that was typed, and of the way back."""
        self.typed.clear()
        self._steps.clear()
        self._undone.clear()

    def to_json(self) -> dict[str, Json]:
        """Return what a draft of the grid keeps: row → column → text."""
        found: dict[str, dict[str, Json]] = {}
        for (row, column), text in self.typed.items():
            found.setdefault(row, {})[column] = text
        return {row: found[row] for row in found}

    def take_up(self, kept: Mapping[str, Json]) -> None:
        """Bring back what a draft kept, as one step."""
        texts: dict[Cell, str] = {}
        for row, line in kept.items():
            if row in self.rows and isinstance(line, dict):
                texts.update(
                    ((row, column), text)
                    for column, text in line.items()
                    if column in self.columns and isinstance(text, str)
                )
        self.set(texts)

    def _walk(
        self,
        take: list[dict[Cell, tuple[str, str]]],
        give: list[dict[Cell, tuple[str, str]]],
        side: int,
    ) -> tuple[Cell, ...]:
        if not take:
            return ()
        step = take.pop()
        self._apply({cell: texts[side] for cell, texts in step.items()})
        give.append(step)
        return tuple(step)

    def _apply(self, texts: Mapping[Cell, str]) -> None:
        for cell, text in texts.items():
            if text == self._there.get(cell, ""):
                self.typed.pop(cell, None)
            else:
                self.typed[cell] = text


def _one_line(text: str) -> str:
    return " ".join(text.split())
