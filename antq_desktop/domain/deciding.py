"""By which day a decision is made, and the earlier days that a unit sets itself.

Thông tư 124/2021/TT-BCA, Article 9, has decisions made “trước ngày 15 tháng 11”: the last day is
the one before, and the working day before that when it is no working day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.periods import Period, first_day
from antq_desktop.domain.shown import show_date

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
LONGEST_LEAD: Final = 250


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Which days are worked, as far as a table of the year says.

    Attributes:
        holidays: Public holidays and days off, `YYYY-MM-DD`.
        made_up: Saturdays and Sundays that are worked in exchange.
    """

    holidays: frozenset[str] = frozenset()
    made_up: frozenset[str] = frozenset()

    def works(self, day: date) -> bool:
        """Tell whether a day is worked; a weekend is not, unless it is made up for."""
        written = day.isoformat()
        if written in self.made_up:
            return True
        return day.weekday() < _SATURDAY and written not in self.holidays

    def on_or_before(self, day: date) -> date:
        """Return the day itself when it is worked, else the last working day before it."""
        while not self.works(day):
            day -= _DAY
        return day

    def back(self, day: date, days: int) -> date:
        """Return the day so many working days earlier; 0 is the day itself, or before it."""
        day = self.on_or_before(day)
        for _ in range(days):
            day = self.on_or_before(day - _DAY)
        return day


WEEKENDS_ONLY: Final = WorkingDays()


def decided_by(year: int, before: str, working: WorkingDays = WEEKENDS_ONLY) -> str:
    """Return the last working day of a decision due before a day of the year.

    Args:
        year: The year that is judged.
        before: Month and day that the text names, `11-15`.
        working: Which days are worked.

    Raises:
        UserError: `day_not_in_calendar`.
    """
    try:
        named = date.fromisoformat(f"{year:04}-{before}")
    except ValueError as fault:
        message = f"Mốc ngày “{before[:10]}” không có trong năm {year}. Nhập lại tháng và ngày."
        raise UserError("day_not_in_calendar", message, "before") from fault
    return working.on_or_before(named - _DAY).isoformat()


def first_quarter_ends(year: int, working: WorkingDays = WEEKENDS_ONLY) -> str:
    """Return the last working day of the first quarter, by which registrations are in."""
    return working.on_or_before(date(year, 3, 31)).isoformat()


@dataclass(frozen=True, slots=True)
class Lead:
    """A day that the unit sets itself: a step so many working days before the decision.

    Attributes:
        step: Stable ASCII slug: `meeting`, `file`, `appraisal`, `signing`.
        label: Vietnamese: “Họp khu dân cư”.
        days: Working days before the last day of the decision.
    """

    step: str
    label: str
    days: int


@dataclass(frozen=True, slots=True)
class Due:
    """By which day a step is done, `YYYY-MM-DD`."""

    step: str
    label: str
    day: str


def counted_back(
    last_day: str, leads: Iterable[Lead], working: WorkingDays = WEEKENDS_ONLY
) -> tuple[Due, ...]:
    """Count the unit's own days back from the last day of the decision, in the order given.

    Raises:
        UserError: `lead_out_of_bounds`; `steps_out_of_order` when a later step is due earlier.
    """
    leads = tuple(leads)
    for lead in leads:
        if not 0 <= lead.days <= LONGEST_LEAD:
            message = f"“{lead.label}”: số ngày làm việc từ 0 đến {LONGEST_LEAD}. Nhập lại."
            raise UserError("lead_out_of_bounds", message, lead.step)
    for before, after in pairwise(leads):
        if after.days > before.days:
            message = (
                f"“{after.label}” phải sau “{before.label}” nhưng lại có hạn sớm hơn. "
                "Sửa số ngày của một trong hai bước."
            )
            raise UserError("steps_out_of_order", message, after.step)
    last = date.fromisoformat(last_day)
    return tuple(
        Due(lead.step, lead.label, working.back(last, lead.days).isoformat()) for lead in leads
    )


def days_late(due: str, done_on: str, today: str) -> int:
    """Return by how many calendar days a step is late; 0 when it is not.

    Args:
        due: Its last day.
        done_on: The day, month or year in which it was done; empty while it is not.
        today: The day of looking.
    """
    late = date.fromisoformat(first_day(done_on or today)) - date.fromisoformat(due)
    return max(late.days, 0)


def late_steps(dues: Iterable[Due], done: Collection[str], today: str) -> tuple[Due, ...]:
    """Return the steps whose day is over and that are not done."""
    return tuple(due for due in dues if due.step not in done and due.day < today)


def early_decision(decided_on: str, window: Period) -> Fault | None:
    """Return the warning that a decision is dated before its window ends; None when it is not."""
    if not decided_on or decided_on > window.until:
        return None
    message = (
        f"Quyết định ngày {show_date(decided_on)} ký khi kỳ đánh giá chưa kết thúc "
        f"({show_date(window.until)}). Việc xảy ra sau đó được liệt kê là phát sinh sau khi chốt."
    )
    return Fault("decided_before_window_ends", message, "decided_on", warning=True)
