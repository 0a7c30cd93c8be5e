"""Workbooks of figures: each figure opens the rows that list its records, on other sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from antq_desktop.domain.fields import RecordSpec
from antq_desktop.domain.figures import Measure
from antq_desktop.domain.shown import show_date
from antq_desktop.services.figure_records import Given
from antq_desktop.sheets.writing import Column, Link, Table, Written

Row = Sequence[Written]
_TIP: Final = "Mở danh sách hồ sơ của số liệu này"
_SHEETS: Final = {
    "forces": "Hồ sơ đơn vị, lực lượng",
    "schemes": "Hồ sơ mô hình",
    "incidents": "Hồ sơ vụ việc",
    "movement": "Hồ sơ phong trào",
    "documents": "Hồ sơ văn bản",
}
_COLUMNS: Final = (
    Column("Chỉ tiêu", 36, wrap=True), Column("Đơn vị", 26, wrap=True),
    Column("Hồ sơ", 60, wrap=True), Column("Ngày", 12), Column("Góp vào số liệu", 12),
    Column("Mã hồ sơ", 36),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its rows."""

    table: Table
    rows: Sequence[Row]


class Listing:
    """The sheets that list records, and the links of figures into them."""

    def __init__(
        self,
        given: Mapping[str, Sequence[Given]],
        measures: Sequence[Measure],
        specs: Mapping[str, RecordSpec],
        words: str,
    ) -> None:
        """Take the records behind each figure and what says of which period and unit they are."""
        self.sheets: list[Sheet] = []
        self._at: dict[tuple[str, str], tuple[str, int]] = {}
        known = [measure for measure in measures if measure.kind in specs]
        for area, members in groupby(known, key=lambda each: specs[each.kind].area):
            table = Table(_SHEETS[area], _SHEETS[area], words, _COLUMNS)
            rows: list[Row] = []
            for measure in members:
                self._list(measure, given.get(measure.code, ()), table, rows)
            if rows:
                self.sheets.append(Sheet(table, rows))

    def cell(self, code: str, value: int | None, unit: str = "") -> Written:
        """Return a figure as a cell that opens its records where it has any.

        Args:
            code: Code of the figure.
            value: The number; None where nothing is known.
            unit: The unit it is counted for; empty for all.
        """
        place = self._at.get((code, unit))
        return value if value is None or place is None else Link(value, *place, _TIP)

    def _list(
        self, measure: Measure, given: Sequence[Given], table: Table, rows: list[Row]
    ) -> None:
        for each in given:
            place = (table.name, table.first_row + len(rows))
            self._at.setdefault((measure.code, ""), place)
            self._at.setdefault((measure.code, each.home), place)
            day = show_date(each.day) if each.day else ""
            rows.append((measure.label, each.unit, each.title, day, each.value, each.record))


def numbered(sheets: Sequence[Sheet]) -> Iterator[tuple[int, Row]]:
    """Yield the rows of all sheets, each with the place of its sheet."""
    for at, sheet in enumerate(sheets):
        yield from ((at, row) for row in sheet.rows)
