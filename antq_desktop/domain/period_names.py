"""Names of periods as people say and type them: `quý III/2021`, `tháng 9/2021`, two whole days.

A name is stored as `2021`, `2021-09`, `2021-Q3`, `2021-H1`, `2021-09-02`, `2020-11-15..2021-11-14`,
or with the window of a regulation before it, `statistics:2021-Q1`, `statistics:2021-W35`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.periods import calendar_period, custom_period
from antq_desktop.domain.shown import show_date
from antq_desktop.domain.text import fold

BETWEEN: Final = ".."
AFTER_PRESET: Final = ":"
DASH: Final = "–"
_MOST_WEEKS: Final = 53
_ROMAN: Final = ("I", "II", "III", "IV")
_QUARTERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_STORED: Final = re.compile(
    r"(?:([a-z0-9_]+):)?(\d{4})(?:-(\d{2})|-q([1-4])|-h([12])|-w(\d{2}))?", re.ASCII
)
_NAME: Final = re.compile(r"(\d{4})(?:-(\d{2})|-Q([1-4])|-H([12])|-W(\d{2}))?", re.ASCII)
_WHOLE_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YEARS: Final = re.compile(
    r"(?:giai doan|tu nam|nam)?\s*(\d{4})\s*(?:-|den nam|den)\s*(\d{4})", re.ASCII
)
_YEAR: Final = re.compile(r"(?:nam\s*)?(\d{4})", re.ASCII)
_QUARTER: Final = re.compile(
    r"(?:quy|q)\s*(iv|i{1,3}|[1-4])\s*(?:nam|/|-|,)?\s*(?:nam\s*)?(\d{4})", re.ASCII
)
_MONTH: Final = re.compile(
    r"(?:thang|t)?\s*(\d{1,2})\s*(?:nam|/|-|\.)\s*(?:nam\s*)?(\d{4})", re.ASCII
)
_HALF: Final = re.compile(
    r"(?:6|06|sau)\s*thang\s*(dau|cuoi)\s*(?:nam|/)?\s*(?:nam\s*)?(\d{4})", re.ASCII
)
_DAY: Final = re.compile(
    r"(?<!\d)(?:(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{2})-(\d{2}))(?!\d)", re.ASCII
)
_BESIDE_DAYS: Final = frozenset({"", "-", "..", "tu", "ngay", "den", "het"})


def read_period(typed: str) -> str:
    """Return the stored name of a period as somebody typed it.

    Two days that are a year, a half, a quarter or a month of the calendar get its name, so that
    one period has one name.

    Raises:
        UserError: `period_not_understood`, `period_ends_before_it_begins`.
    """
    text = " ".join(fold(typed).split()).removeprefix("ky ")
    name = _stored(text) or _spoken(text)
    if name is None:
        days = _days(text) or _years(text)
        if days is None:
            raise _not_understood(typed)
        return _calendar_name(*days) or custom_period(*days).name
    if AFTER_PRESET not in name:
        try:
            calendar_period(name)
        except UserError:
            raise _not_understood(typed) from None
    return name


def say_period(name: str) -> str:
    """Return a stored name as people say it; a text that is no name comes back as it is."""
    since, between, until = name.partition(BETWEEN)
    if between:
        return f"{show_date(since)}{DASH}{show_date(until)}"
    if _WHOLE_DAY.fullmatch(name):
        return show_date(name)
    preset, colon, rest = name.rpartition(AFTER_PRESET)
    found = _NAME.fullmatch(rest)
    if found is None:
        return name
    year, month, quarter, half, week = found.groups()
    said = year
    if month:
        said = f"tháng {int(month)}/{year}"
    elif quarter:
        said = f"quý {_ROMAN[int(quarter) - 1]}/{year}"
    elif half:
        said = f"6 tháng {'đầu' if half == '1' else 'cuối'} năm {year}"
    elif week:
        said = f"tuần {int(week)}/{year}"
    return f"{said} ({preset})" if colon else said


def year_before(name: str) -> str:
    """Return the name of the same period of the year before; of 29/02 the day before it."""
    since, between, until = name.partition(BETWEEN)
    if between:
        return f"{_a_year_earlier(since)}{BETWEEN}{_a_year_earlier(until)}"
    if _WHOLE_DAY.fullmatch(name):
        return _a_year_earlier(name)
    preset, colon, rest = name.rpartition(AFTER_PRESET)
    year, part = int(rest[:4]) - 1, rest[4:]
    if part == "-W53" and date(year, 12, 28).isocalendar().week != _MOST_WEEKS:
        part = "-W52"
    return f"{preset}{colon}{year:04d}{part}"


def one_before(name: str) -> str:
    """Return the name of the period just before: month before month, as many days before two."""
    since, between, until = name.partition(BETWEEN)
    if between:
        return BETWEEN.join(_stretch_before(since, until))
    return _neighbour(name, -1)


def one_after(name: str) -> str:
    """Return the name of the period just after one of the calendar or of a preset."""
    return _neighbour(name, 1)


def _neighbour(name: str, step: int) -> str:
    preset, colon, rest = name.rpartition(AFTER_PRESET)
    if _WHOLE_DAY.fullmatch(rest):
        return (date.fromisoformat(rest) + timedelta(days=step)).isoformat()
    year, part = int(rest[:4]), rest[4:]
    marks = part.rstrip("0123456789")
    if not part:
        return f"{preset}{colon}{year + step:04d}"
    number = int(part.removeprefix(marks)) + step
    if marks == "-W":
        there = date.fromisocalendar(year, number - step, 4) + timedelta(weeks=step)
        year, number = there.isocalendar()[:2]
        return f"{preset}{colon}{year:04d}-W{number:02d}"
    count = {"-": 12, "-Q": 4, "-H": 2}[marks]
    if not 1 <= number <= count:
        year, number = year + step, 1 if step > 0 else count
    digits = 2 if marks == "-" else 1
    return f"{preset}{colon}{year:04d}{marks}{number:0{digits}d}"


def _stored(text: str) -> str | None:
    found = _STORED.fullmatch(text)
    if found is None:
        return None
    preset, year, month, quarter, half, week = found.groups()
    parts = (("-", month), ("-Q", quarter), ("-H", half), ("-W", week))
    rest = next((f"{mark}{part}" for mark, part in parts if part), "")
    return f"{preset}{AFTER_PRESET}{year}{rest}" if preset else year + rest


def _spoken(text: str) -> str | None:
    if found := _YEAR.fullmatch(text):
        return found[1]
    if found := _QUARTER.fullmatch(text):
        return f"{found[2]}-Q{_QUARTERS[found[1]]}"
    if found := _HALF.fullmatch(text):
        return f"{found[2]}-H{1 if found[1] == 'dau' else 2}"
    if found := _MONTH.fullmatch(text):
        return f"{found[2]}-{int(found[1]):02d}"
    return None


def _days(text: str) -> tuple[str, str] | None:
    days = [_day(found) for found in _DAY.finditer(text)]
    if not 1 <= len(days) <= 2 or not set(_DAY.sub(" ", text).split()) <= _BESIDE_DAYS:
        return None
    return days[0], days[-1]


def _years(text: str) -> tuple[str, str] | None:
    found = _YEARS.fullmatch(text)
    return (f"{found[1]}-01-01", f"{found[2]}-12-31") if found else None


def _day(found: re.Match[str]) -> str:
    year, month, day = (found[3], found[2], found[1]) if found[1] else found.group(4, 5, 6)
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _calendar_name(since: str, until: str) -> str:
    if since == until:
        return calendar_period(since).name
    for name in _names_beginning(since):
        if calendar_period(name).until == until:
            return name
    return ""


def _names_beginning(since: str) -> Iterator[str]:
    year, month, day = since.split("-")
    if day != "01" or not 1 <= int(month) <= 12 or not 1900 <= int(year) <= 2100:
        return
    yield f"{year}-{month}"
    if month == "01":
        yield year
    if month in {"01", "07"}:
        yield f"{year}-H{1 if month == '01' else 2}"
    if int(month) % 3 == 1:
        yield f"{year}-Q{int(month) // 3 + 1}"


def _a_year_earlier(day: str) -> str:
    year, month = int(day[:4]) - 1, int(day[5:7])
    last = monthrange(year, month)[1]
    return f"{year:04d}-{month:02d}-{min(int(day[8:]), last):02d}"


def _stretch_before(since: str, until: str) -> tuple[str, str]:
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    end = first - timedelta(days=1)
    if first.day == last.day + 1 or (first.day == 1 and (last + timedelta(days=1)).day == 1):
        months = (last.year - first.year) * 12 + last.month - first.month + (first.day == 1)
        behind = first.year * 12 + first.month - 1 - max(months, 1)
        year, month = behind // 12, behind % 12 + 1
        day = min(first.day, monthrange(year, month)[1])
        return date(year, month, day).isoformat(), end.isoformat()
    return (end - (last - first)).isoformat(), end.isoformat()


def _not_understood(typed: str) -> UserError:
    message = (
        f"Kỳ “{typed.strip()[:60]}” chưa rõ là kỳ nào. Nhập 2021, quý III/2021, tháng 9/2021, "
        f"6 tháng đầu năm 2021 hoặc 15/11/2020{DASH}14/11/2021."
    )
    return UserError("period_not_understood", message, "period")
