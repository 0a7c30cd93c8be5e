"""Reporting periods: a name and two days, both inclusive; the calendar year unless told otherwise.

The windows of the regulations (15 of one month to 14 of the next, 01/11 to 31/10 …) are presets in
`forms/periods/`; here is only what a period is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from antq_desktop.domain.errors import UserError

_NAME = re.compile(r"(\d{4})(?:-(\d{2})|-Q([1-4])|-H([12]))?")


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
        return bool(day) and self.since <= (day + "-01-01"[len(day) - 4 :])[:10] <= self.until

    def is_over_by(self, day: str) -> bool:
        """Tell whether a day lies behind it."""
        return bool(day) and day > self.until


def calendar_period(name: str) -> Period:
    """Return a calendar year, half-year, quarter or month by name.

    Raises:
        UserError: `period_not_understood`.
    """
    found = _NAME.fullmatch(name.strip())
    if not found or not 1900 <= int(found[1]) <= 2100 or not _is_month(found[2]):
        message = f"Kỳ “{name}” chưa đúng. Nhập 2022, 2022-05, 2022-Q2 hoặc 2022-H1."
        raise UserError("period_not_understood", message, "period")
    year, month, quarter, half = found.groups()
    first, months, label = 1, 12, f"năm {year}"
    if month:
        first, months, label = int(month), 1, f"tháng {int(month)} năm {year}"
    elif quarter:
        first, months = int(quarter) * 3 - 2, 3
        label = f"quý {('I', 'II', 'III', 'IV')[int(quarter) - 1]} năm {year}"
    elif half:
        first, months = int(half) * 6 - 5, 6
        label = f"6 tháng {'đầu' if half == '1' else 'cuối'} năm {year}"
    since = date(int(year), first, 1)
    behind = first + months
    end = date(int(year) + (behind > 12), (behind - 1) % 12 + 1, 1) - timedelta(days=1)
    return Period(found[0], since.isoformat(), end.isoformat(), label)


def _is_month(month: str | None) -> bool:
    return month is None or 1 <= int(month) <= 12
