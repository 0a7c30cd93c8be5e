"""Reporting periods: a name and two days, both inclusive; the calendar year unless told otherwise.

The windows of the regulations (15 of one month to 14 of the next, 01/11 to 31/10 …) are presets in
`forms/periods/`; here is what a period is and how a preset cuts a year into periods.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.shown import paper_date

_NAME = re.compile(r"(\d{4})(?:-(\d{2})|-Q([1-4])|-H([12]))?")

Span = Literal["year", "half", "quarter", "month"]
_MONTHS: dict[Span, int] = {"year": 12, "half": 6, "quarter": 3, "month": 1}
_ROMAN = ("I", "II", "III", "IV")


def first_day(day: str) -> str:
    """Return the first day of a date that may be known to the year or the month alone."""
    return (day + "-01-01"[len(day) - 4 :])[:10] if day else ""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days.

    Attributes:
        name: `2022`, `2022-05`, `2022-Q2` or `2022-H1`.
        since: First day, `YYYY-MM-DD`.
        until: Last day, inclusive.
        label: What an officer calls it.
    """

    name: str
    since: str
    until: str
    label: str

    def holds(self, day: str) -> bool:
        """Tell whether a day, month or year lies in it as far as it is known.

        A month or a year counts where its first day lies, so that it counts once.
        """
        return bool(day) and self.since <= first_day(day) <= self.until

    def is_over_by(self, day: str) -> bool:
        """Tell whether a day lies behind it."""
        return bool(day) and first_day(day) > self.until


@dataclass(frozen=True, slots=True)
class PeriodPreset:
    """How a regulation cuts a year into reporting periods.

    The first period of a year begins on `month`/`day`; each later one begins so many whole months
    after it, and a period ends on the day before the next one begins.

    Attributes:
        code: Stable name, that of its file.
        title: What an officer chooses.
        legal_basis: The instrument that gives the window.
        confidence: `A` the text was read in full, `B` an excerpt, `C` general knowledge.
        month: Month in which a year's first period begins.
        day: Day on which every period begins, at most 28.
        year_before: Whether that beginning lies in the year before the one it is named after.
        spans: The lengths that it knows.
        note: Remark shown beside it.
    """

    code: str
    title: str
    legal_basis: str
    confidence: str
    month: int = 1
    day: int = 1
    year_before: bool = False
    spans: tuple[Span, ...] = ("year", "half", "quarter", "month")
    note: str = ""

    def period(self, name: str) -> Period:
        """Return the period of a name such as `2022`, `2022-H1`, `2022-Q2` or `2022-05`.

        Raises:
            UserError: `period_not_understood`, `period_not_in_preset`.
        """
        found = _NAME.fullmatch(name.strip())
        if not found or not 1900 <= int(found[1]) <= 2100 or not _is_month(found[2]):
            message = f"Kỳ “{name}” chưa đúng. Nhập 2022, 2022-05, 2022-Q2 hoặc 2022-H1."
            raise UserError("period_not_understood", message, "period")
        span, place, label = _span_of(*found.groups())
        if span not in self.spans:
            known = ", ".join(_SPAN_LABELS[each] for each in self.spans)
            message = f"Kỳ “{self.title}” chỉ chia theo: {known}. Chọn lại kỳ."
            raise UserError("period_not_in_preset", message, "period")
        year = int(found[1]) - self.year_before
        months = _MONTHS[span]
        since = _later(year, self.month, place * months, self.day)
        until = _later(year, self.month, (place + 1) * months, self.day) - timedelta(days=1)
        days = (since.isoformat(), until.isoformat())
        if self is CALENDAR:
            return Period(found[0], *days, label)
        from_to = f"từ ngày {paper_date(days[0])} đến ngày {paper_date(days[1])}"
        return Period(f"{self.code}:{found[0]}", *days, f"{label} ({from_to})")


_SPAN_LABELS: dict[Span, str] = {
    "year": "năm",
    "half": "6 tháng",
    "quarter": "quý",
    "month": "tháng",
}


def _span_of(
    year: str, month: str | None, quarter: str | None, half: str | None
) -> tuple[Span, int, str]:
    if month:
        return "month", int(month) - 1, f"tháng {int(month)} năm {year}"
    if quarter:
        place = int(quarter) - 1
        return "quarter", place, f"quý {_ROMAN[place]} năm {year}"
    if half:
        return "half", int(half) - 1, f"6 tháng {'đầu' if half == '1' else 'cuối'} năm {year}"
    return "year", 0, f"năm {year}"


def _later(year: int, month: int, months: int, day: int) -> date:
    behind = month - 1 + months
    return date(year + behind // 12, behind % 12 + 1, day)


def _is_month(month: str | None) -> bool:
    return month is None or 1 <= int(month) <= 12


CALENDAR = PeriodPreset(
    code="calendar",
    title="Theo năm, quý, tháng dương lịch",
    legal_basis="Dương lịch",
    confidence="A",
)


def calendar_period(name: str) -> Period:
    """Return a calendar year, half-year, quarter or month by name.

    Raises:
        UserError: `period_not_understood`.
    """
    return CALENDAR.period(name)


def custom_period(since: str, until: str) -> Period:
    """Return a period of two whole days that a person gave, `YYYY-MM-DD`, both inclusive.

    Raises:
        UserError: `period_not_understood`, `period_ends_before_it_begins`.
    """
    try:
        first, last = date.fromisoformat(since), date.fromisoformat(until)
    except ValueError as fault:
        message = f"Kỳ “{since}..{until}” chưa đúng. Nhập hai ngày có trong lịch."
        raise UserError("period_not_understood", message, "period") from fault
    if last < first:
        message = "Ngày cuối kỳ trước ngày đầu kỳ. Nhập lại một trong hai ngày."
        raise UserError("period_ends_before_it_begins", message, "period")
    days = (first.isoformat(), last.isoformat())
    label = f"từ ngày {paper_date(days[0])} đến ngày {paper_date(days[1])}"
    return Period("..".join(days), *days, label)
