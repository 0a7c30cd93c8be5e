"""Reporting periods: a name and two days, both inclusive; the calendar year unless told otherwise.

The windows of the regulations (15 of one month to 14 of the next, 01/11 to 31/10 …) are presets in
`forms/periods/`; here is what a period is and how a preset cuts a year into periods.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.shown import paper_date

_NAME = re.compile(r"(\d{4})(?:-(\d{2})|-Q([1-4])|-H([12])|-W(\d{2})|-(\d{2}-\d{2}))?")

Span = Literal["years", "year", "half", "quarter", "month", "week", "day"]
_MONTHS: dict[Span, int] = {"year": 12, "half": 6, "quarter": 3, "month": 1}
_WEEK = timedelta(days=7)
_ROMAN = ("I", "II", "III", "IV")


def first_day(day: str) -> str:
    """Return the first day of a date that may be known to the year or the month alone."""
    return (day + "-01-01"[len(day) - 4 :])[:10] if day else ""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days.

    Attributes:
        name: `2022`, `2022-05`, `2022-Q2`, `2022-H1`, `2022-W47` or `2022-05-19`.
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
    after it, and a period ends on the day before the next one begins. A week is named by the week
    of ISO 8601 in which its first day lies; several years by any year among them.

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
        weekday: The day on which its weeks begin, 1 Monday to 7 Sunday; 0 where it has no weeks.
        years: How many years its span of several years has; 0 where it has none.
        from_year: A year in which such a span begins.
        editable: Whether a unit may set it otherwise.
        edited: Whether a unit did; its periods are then named by their days, so that a name that
            travels means the same everywhere.
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
    weekday: int = 0
    years: int = 0
    from_year: int = 0
    editable: bool = True
    edited: bool = False

    def period(self, name: str) -> Period:
        """Return the period of a name such as `2022`, `2022-H1`, `2022-Q2`, `2022-05`, `2022-W47`.

        Raises:
            UserError: `period_not_understood`, `period_not_in_preset`.
        """
        found = _NAME.fullmatch(name.strip())
        if not found or not 1900 <= int(found[1]) <= 2100 or not _is_month(found[2]):
            raise _not_understood(name)
        span, place, label = _span_of(found)
        if span == "year" and self.years:
            return self._several(int(found[1]))
        if span not in self.spans:
            known = ", ".join(_SPAN_LABELS[each] for each in self.spans)
            message = f"Kỳ “{self.title}” chỉ chia theo: {known}. Chọn lại kỳ."
            raise UserError("period_not_in_preset", message, "period")
        since, until = self._days(span, place, found)
        days = (since.isoformat(), until.isoformat())
        if self is CALENDAR:
            return Period(found[0], *days, label)
        from_to = f"từ ngày {paper_date(days[0])} đến ngày {paper_date(days[1])}"
        named = "..".join(days) if self.edited else f"{self.code}:{found[0]}"
        return Period(named, *days, f"{label} ({from_to})")

    def _days(self, span: Span, place: int, found: re.Match[str]) -> tuple[date, date]:
        try:
            if span == "day":
                day = date.fromisoformat(found[0])
                return day, day
            if span == "week":
                first = date.fromisocalendar(int(found[1]), place, self.weekday)
                return first, first + _WEEK - timedelta(days=1)
        except ValueError:
            raise _not_understood(found[0]) from None
        year, months = int(found[1]) - self.year_before, _MONTHS[span]
        since = _later(year, self.month, place * months, self.day)
        until = _later(year, self.month, (place + 1) * months, self.day) - timedelta(days=1)
        return since, until

    def _several(self, year: int) -> Period:
        first = year - (year - self.from_year) % self.years
        begins = first - self.year_before
        since = date(begins, self.month, self.day)
        until = date(begins + self.years, self.month, self.day) - timedelta(days=1)
        period = custom_period(since.isoformat(), until.isoformat())
        return replace(period, label=f"giai đoạn {first}–{first + self.years - 1}")

    def holding(self, day: str) -> list[Period]:
        """Return the periods in which a day lies, the shortest first."""
        at = date.fromisoformat(day)
        found: dict[str, Period] = {}
        for name in _names_around(at):
            try:
                period = self.period(name)
            except UserError:
                continue
            if period.holds(day):
                found[period.name] = period
        return list(found.values())


def _names_around(day: date) -> Iterator[str]:
    yield day.isoformat()
    for at in (day, day - _WEEK):
        year, week, _day = at.isocalendar()
        yield f"{year:04}-W{week:02}"
    for year in (day.year, day.year + 1):
        yield from (f"{year:04}-{month:02}" for month in range(1, 13))
    for year in (day.year, day.year + 1):
        yield from (f"{year:04}{part}" for part in ("-Q1", "-Q2", "-Q3", "-Q4", "-H1", "-H2"))
    yield from (f"{day.year:04}", f"{day.year + 1:04}")


_SPAN_LABELS: dict[Span, str] = {
    "years": "nhiều năm",
    "year": "năm",
    "half": "6 tháng",
    "quarter": "quý",
    "month": "tháng",
    "week": "tuần",
    "day": "ngày",
}


def _span_of(found: re.Match[str]) -> tuple[Span, int, str]:
    year, month, quarter, half, week, day = found.groups()
    if month:
        return "month", int(month) - 1, f"tháng {int(month)} năm {year}"
    if quarter:
        place = int(quarter) - 1
        return "quarter", place, f"quý {_ROMAN[place]} năm {year}"
    if half:
        return "half", int(half) - 1, f"6 tháng {'đầu' if half == '1' else 'cuối'} năm {year}"
    if week:
        return "week", int(week), f"tuần {int(week)} năm {year}"
    if day:
        return "day", 0, f"ngày {paper_date(f'{year}-{day}')}"
    return "year", 0, f"năm {year}"


def _not_understood(name: str) -> UserError:
    message = f"Kỳ “{name}” chưa đúng. Nhập 2022, 2022-05, 2022-Q2, 2022-H1 hoặc 2022-05-19."
    return UserError("period_not_understood", message, "period")


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
    spans=("year", "half", "quarter", "month", "day"),
    editable=False,
)


def calendar_period(name: str) -> Period:
    """Return a calendar year, half-year, quarter, month or day by name.

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
    return Period("..".join(days), *days, _label_of(first, last))


def _label_of(first: date, last: date) -> str:
    if first == last:
        return f"ngày {paper_date(first.isoformat())}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year < last.year:
        return f"giai đoạn {first.year}–{last.year}"
    return f"từ ngày {paper_date(first.isoformat())} đến ngày {paper_date(last.isoformat())}"
