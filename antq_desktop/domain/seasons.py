"""Periods that come once a year between two days of their own: campaigns, the days of Tết.

An edge is a day of the solar year, or so many days from the first day of the lunar year, which the
shipped table of holidays gives year by year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.periods import Period, PeriodPreset, Span
from antq_desktop.domain.shown import paper_date
from antq_desktop.domain.text import fold

_YEAR: Final = re.compile(r"\d{4}", re.ASCII)
_LUNAR: Final = re.compile(r"tet\s*(?:([+-])\s*(\d{1,3}))?", re.ASCII)
_SOLAR: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})", re.ASCII)
_STORED: Final = re.compile(r"(\d{2})-(\d{2})", re.ASCII)
_LEAP: Final = 2024


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a season begins or ends.

    Attributes:
        month: Month of the solar year; 0 where the day is counted from Tết.
        day: Day of that month, or how many days after (before, when negative) the first of Tết.
    """

    month: int
    day: int

    @property
    def stored(self) -> str:
        """Return it as files and settings hold it: `12-15`, `tet`, `tet+14`, `tet-1`."""
        if self.month:
            return f"{self.month:02}-{self.day:02}"
        return f"tet{self.day:+}" if self.day else "tet"

    @property
    def shown(self) -> str:
        """Return it as people write it: `15/12`, `Tết`, `Tết+14`."""
        if self.month:
            return f"{self.day:02}/{self.month:02}"
        return f"Tết{self.day:+}" if self.day else "Tết"


@dataclass(frozen=True, slots=True)
class SeasonPreset:
    """A season of each year.

    Attributes:
        code: Stable name, that of its file.
        title: What an officer chooses.
        legal_basis: What gives its days.
        confidence: As of `PeriodPreset`.
        first: Where it begins.
        last: Its last day.
        year_before: Whether a solar first day lies in the year before the one it is named after.
        tet: First day of the lunar year, by year.
        note: Remark shown beside it.
        editable: Whether a unit may set it otherwise.
        edited: Whether a unit did.
    """

    code: str
    title: str
    legal_basis: str
    confidence: str
    first: Edge
    last: Edge
    year_before: bool = False
    tet: Mapping[int, str] = field(default_factory=dict)
    note: str = ""
    editable: bool = True
    edited: bool = False

    @property
    def spans(self) -> tuple[Span, ...]:
        """Return the lengths that it knows."""
        return ("year",)

    def period(self, name: str) -> Period:
        """Return the season of a year, `2026`.

        Raises:
            UserError: `period_not_in_preset`, `lunar_year_unknown`, `period_ends_before_it_begins`.
        """
        if not _YEAR.fullmatch(name.strip()):
            message = f"Kỳ “{self.title}” chỉ gọi theo năm. Nhập năm, ví dụ 2026."
            raise UserError("period_not_in_preset", message, "period")
        year = int(name)
        since = self._day(self.first, year, year - (self.year_before and self.first.month > 0))
        until = self._day(self.last, year, year)
        if until < since:
            message = f"“{self.title}” năm {year} kết thúc trước khi bắt đầu. Sửa hai ngày của kỳ."
            raise UserError("period_ends_before_it_begins", message, "period")
        days = (since.isoformat(), until.isoformat())
        named = "..".join(days) if self.edited else f"{self.code}:{year:04}"
        from_to = f"từ ngày {paper_date(days[0])} đến ngày {paper_date(days[1])}"
        return Period(named, *days, f"{self.title} năm {year} ({from_to})")

    def holding(self, day: str) -> list[Period]:
        """Return the season in which a day lies; the next one, else the last, where it is outside.

        A campaign is prepared before it begins and reported after it has ended.
        """
        found = []
        for year in range(int(day[:4]) + 1, int(day[:4]) - 2, -1):
            try:
                found.append(self.period(f"{year:04}"))
            except UserError:
                continue
        return found

    def _day(self, edge: Edge, year: int, solar: int) -> date:
        if edge.month:
            last = min(edge.day, 28) if (edge.month, edge.day) == (2, 29) else edge.day
            return date(solar, edge.month, last)
        first = self.tet.get(year)
        if first is None:
            message = f"Bảng ngày Tết của chương trình chưa có năm {year}. Nhập hai ngày của kỳ."
            raise UserError("lunar_year_unknown", message, "period")
        return date.fromisoformat(first) + timedelta(days=edge.day)


Preset = PeriodPreset | SeasonPreset


def read_edge(typed: str, name: str = "") -> Edge:
    """Return an edge as a file holds it or as somebody typed it: `15/12`, `Tết+14`.

    Raises:
        UserError: `edge_not_understood`.
    """
    text = fold(typed).strip()
    if found := _LUNAR.fullmatch(text):
        days = int(found[2] or 0)
        return Edge(0, -days if found[1] == "-" else days)
    stored, solar = _STORED.fullmatch(text), _SOLAR.fullmatch(text)
    month, day = (0, 0)
    if stored:
        month, day = int(stored[1]), int(stored[2])
    elif solar:
        month, day = int(solar[2]), int(solar[1])
    try:
        date(_LEAP, month, day)
    except ValueError:
        message = f"“{typed.strip()[:20]}” chưa rõ là ngày nào. Nhập 15/12, hoặc Tết+14, Tết-1."
        raise UserError("edge_not_understood", message, name) from None
    return Edge(month, day)
