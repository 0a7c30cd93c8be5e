"""Figures in the order and shape of another form: which cell of it takes which figure.

A target is made by showing a workbook once: `spots_of` finds the cells that stand beside labels,
`suggested` says which figure a label most likely means, and a person confirms. What was learned is
TOML text, so that it can be read, kept beside other data and carried to another unit.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.figures import MEASURES, measure_of
from antq_desktop.domain.sheetcells import Cell, letters_of
from antq_desktop.domain.text import clean, fold, sort_key

_CELL: Final = re.compile(r"([A-Z]{1,2})([1-9]\d{0,4})")
_WORD: Final = re.compile(r"[a-z0-9]+")
_LETTERS: Final = re.compile(r"[a-z]{2}")
_MOST_CELLS: Final = 1_000
_NEAR_ENOUGH: Final = 0.55
_EXACT: Final = 0.999
_SKIPPED: Final = ("tang", "giam", "ty le", "%", "ghi chu", "don vi tinh", "dvt")
_A_YEAR_AGO: Final = ("cung ky", "nam truoc")
_BEFORE: Final = ("ky truoc", "thang truoc", "quy truoc", "tuan truoc")
_EMPTY_WORDS: Final = frozenset({"so", "tong", "cua", "va", "cac", "duoc", "trong", "ve", "tai"})


class Of(StrEnum):
    """Which period's figure a cell takes."""

    NOW = "now"
    YEAR = "year"
    LAST = "last"

    @property
    def label(self) -> str:
        """What an officer calls it."""
        return _OF_WORDS[self]


_OF_WORDS: Final = {Of.NOW: "kỳ này", Of.YEAR: "cùng kỳ năm trước", Of.LAST: "kỳ trước"}


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of a workbook that stands beside a label.

    Attributes:
        sheet: Name of its sheet.
        row: Its row, from 0.
        column: Its column, from 0.
        label: The text that it stands beside.
        of: Which period it asks for, by its heading.
    """

    sheet: str
    row: int
    column: int
    label: str
    of: Of = Of.NOW

    @property
    def cell(self) -> str:
        """How Excel calls it, `D6`."""
        return f"{letters_of(self.column)}{self.row + 1}"


@dataclass(frozen=True, slots=True)
class TargetCell:
    """A cell that takes a figure."""

    spot: Spot
    measure: str


@dataclass(frozen=True, slots=True)
class Target:
    """Another form, or the screen of another system.

    Attributes:
        code: Stable name.
        title: What officers call it.
        cells: Its cells, in its order.
        note: What is said of it, “mẫu minh họa”; empty for one that the unit made.
        own: Whether the unit made it.
    """

    code: str
    title: str
    cells: tuple[TargetCell, ...]
    note: str = ""
    own: bool = True


def spots_of(sheet: str, rows: Sequence[Sequence[Cell]]) -> Iterator[Spot]:
    """Yield the cells of a sheet that stand right of a label and hold a number or nothing.

    Of several, each goes by its heading: `kỳ này`, `cùng kỳ`, `kỳ trước`; changes and shares are
    left out, they follow from the others. A label with nothing at its right speaks of the cell
    below it.
    """
    for at, row in enumerate(rows):
        place = _label_of(row)
        if place is None:
            continue
        label = str(row[place]).strip()
        seen: set[Of] = set()
        for column in range(place + 1, len(row)):
            if not _takes_number(row[column]):
                continue
            of = _asked_for(rows, at, column)
            if of is not None and of not in seen:
                seen.add(of)
                yield Spot(sheet, at, column, label, of)


def suggested(label: str, most: int = 3) -> list[str]:
    """Return the codes of the figures that a label most likely means, the likeliest first."""
    wanted = _plain(label)
    scored = ((_alike(wanted, _plain(measure.label)), measure.code) for measure in MEASURES)
    found = sorted(
        (each for each in scored if each[0] >= _NEAR_ENOUGH), key=lambda e: (-e[0], e[1])
    )
    return [code for _score, code in found[:most]]


def to_toml(target: Target) -> str:
    """Write a target as TOML."""
    lines = [f"title = {_quoted(target.title)}"]
    if target.note:
        lines.append(f"note = {_quoted(target.note)}")
    lines += ["cells = ["]
    for each in target.cells:
        spot = each.spot
        parts = (
            f"sheet = {_quoted(spot.sheet)}", f"cell = {_quoted(spot.cell)}",
            f"label = {_quoted(spot.label)}", f"measure = {_quoted(each.measure)}",
            f"of = {_quoted(spot.of)}",
        )  # fmt: skip
        lines.append(f"  {{ {', '.join(parts)} }},")
    return "\n".join([*lines, "]", ""])


def read_target(code: str, text: str, *, own: bool = True) -> Target:
    """Read a target from TOML.

    Raises:
        UserError: `target_malformed`, `unknown_measure`, `text_not_allowed`.
    """
    try:
        held = tomllib.loads(text)
        cells = tuple(_read_cell(each) for each in held["cells"])
        title, note = str(held["title"]), str(held.get("note", ""))
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        if isinstance(fault, UserError):
            raise
        message = "Tệp mẫu chép số không đúng dạng. Lập lại mẫu từ bảng tính."
        raise UserError("target_malformed", message, "target") from fault
    return checked(Target(code, title, cells, note, own))


def checked(target: Target) -> Target:
    """Return a target with its words cleaned, or say what is wrong.

    Raises:
        UserError: `target_untitled`, `target_empty`, `target_too_large`, `unknown_measure`,
            `target_cell_twice`, `text_not_allowed`.
    """
    if not clean(target.title, "Tên mẫu", field="title").strip():
        raise UserError("target_untitled", "Còn thiếu tên mẫu. Nhập tên mẫu.", "title")
    if not target.cells:
        message = "Mẫu chưa có ô nào nhận số liệu. Chọn chỉ tiêu cho ít nhất một ô."
        raise UserError("target_empty", message, "cells")
    if len(target.cells) > _MOST_CELLS:
        message = f"Mẫu có quá {_MOST_CELLS} ô. Chia bảng tính thành nhiều mẫu."
        raise UserError("target_too_large", message, "cells")
    seen: set[tuple[str, int, int]] = set()
    for each in target.cells:
        measure_of(each.measure)
        clean(each.spot.label, "Nhãn", long=True, field="cells")
        place = (each.spot.sheet, each.spot.row, each.spot.column)
        if place in seen:
            message = f"Ô {each.spot.cell} nhận hai chỉ tiêu. Chỉ giữ một."
            raise UserError("target_cell_twice", message, "cells")
        seen.add(place)
    return target


def moved(target: Target, sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> list[str]:
    """Return the cells beside which a workbook no longer has the label that was learned."""
    found = []
    for each in target.cells:
        spot = each.spot
        rows = sheets.get(spot.sheet, ())
        row = rows[spot.row] if spot.row < len(rows) else ()
        if fold(spot.label) not in {fold(str(cell).strip()) for cell in row}:
            found.append(spot.cell)
    return found


def grid(target: Target, values: Sequence[int | None], sheet: str) -> str:
    """Return the figures of one sheet in its shape: rows by lines, columns by tabs.

    From the first to the last cell that takes a figure; cells between that take none are empty.
    """
    held = {
        (each.spot.row, each.spot.column): value
        for each, value in zip(target.cells, values, strict=True)
        if each.spot.sheet == sheet
    }
    rows, columns = ({place[at] for place in held} for at in (0, 1))
    lines = []
    for row in range(min(rows), max(rows) + 1):
        cells = (held.get((row, column)) for column in range(min(columns), max(columns) + 1))
        lines.append("\t".join("" if value is None else str(value) for value in cells))
    return "\n".join(lines)


def sheets_in(target: Target) -> list[str]:
    """Return the sheets that take figures, in their order."""
    return list(dict.fromkeys(each.spot.sheet for each in target.cells))


def code_for(title: str, taken: Sequence[str]) -> str:
    """Return a new code for a title: `bieu-so-2`, with a number where it is taken."""
    base = "-".join(_WORD.findall(fold(title)))[:40] or "mau"
    code, at = base, 2
    while code in taken:
        code, at = f"{base}-{at}", at + 1
    return code


def by_title(targets: Sequence[Target]) -> list[Target]:
    """Return targets by title, those of the unit first."""
    return sorted(targets, key=lambda each: (not each.own, sort_key(each.title)))


def _read_cell(held: Mapping[str, object]) -> TargetCell:
    match = _CELL.fullmatch(str(held["cell"]))
    if match is None:
        raise ValueError(held["cell"])
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    spot = Spot(
        str(held["sheet"]), int(match[2]) - 1, column - 1, str(held["label"]),
        Of(str(held.get("of", Of.NOW))),
    )  # fmt: skip
    return TargetCell(spot, str(held["measure"]))


def _label_of(row: Sequence[Cell]) -> int | None:
    """Return where the label of a row stands: its first text with a word."""
    for place, cell in enumerate(row):
        if isinstance(cell, str) and _LETTERS.search(fold(cell)):
            numbers = any(_takes_number(other) for other in row[place + 1 :])
            return place if numbers else None
    return None


def _takes_number(cell: Cell) -> bool:
    if isinstance(cell, str):
        return not cell.strip(" .…-–")
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _asked_for(rows: Sequence[Sequence[Cell]], row: int, column: int) -> Of | None:
    """Return which period a column asks for by the nearest heading above; None for neither."""
    for above in range(row - 1, -1, -1):
        cell = rows[above][column] if column < len(rows[above]) else ""
        if not isinstance(cell, str) or (not _LETTERS.search(fold(cell)) and "%" not in cell):
            continue
        heading = fold(cell)
        if any(word in heading for word in _SKIPPED):
            return None
        if any(word in heading for word in _A_YEAR_AGO):
            return Of.YEAR
        return Of.LAST if any(word in heading for word in _BEFORE) else Of.NOW
    return Of.NOW


def _plain(label: str) -> tuple[str, ...]:
    words = _WORD.findall(fold(label))
    kept = tuple(word for word in words if word not in _EMPTY_WORDS and not word.isdigit())
    return kept or tuple(words)


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    """Return how alike two labels are, 1 for the same words."""
    if tuple(one) == tuple(other):
        return 1.0
    shared = len({*one} & {*other})
    if not shared:
        return 0.0
    together = 2 * shared / (len({*one}) + len({*other}))
    return min(_EXACT, 0.6 * together + 0.4 * SequenceMatcher(None, one, other).ratio())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
