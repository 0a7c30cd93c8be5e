"""Which years there is anything of, and meetings of many units laid over working days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.records.standards import SECURITY
from antq_desktop.domain.records.standards_year import MADE_UP
from antq_desktop.services.standards.book import number, text

if TYPE_CHECKING:
    from antq_desktop.domain.deciding import WorkingDays
    from antq_desktop.services.records import Edit, Saved
    from antq_desktop.services.standards.ground import Ground

_KINDS: Final = ("registration", "submission", "score_sheet", "classification", "recognition")
_MOST_A_DAY: Final = 50


def years_of(ground: Ground) -> tuple[int, ...]:
    """Return the years of which something of the cycle is held, and this year; the latest first."""
    this = int(ground.today()[:4])
    with ground.book() as book:
        found = {number(row, "year") for kind in _KINDS for row in book.all(kind)}
    return tuple(sorted({this, *(year for year in found if year)}, reverse=True))


def year_at_work(ground: Ground) -> int:
    """Return the year to begin with: this one once something of it is held, else the last one."""
    this = int(ground.today()[:4])
    with ground.book() as book:
        held = {number(row, "year") for kind in _KINDS for row in book.all(kind)}
    return max((year for year in held if year and year <= this), default=this)


def days_of_meetings(first: str, count: int, a_day: int, working: WorkingDays) -> list[str]:
    """Return the days of so many meetings, from a day on, only on working days.

    Raises:
        UserError: `meetings_a_day`, `day_malformed`.
    """
    if not 1 <= a_day <= _MOST_A_DAY:
        message = f"Số cuộc họp mỗi ngày từ 1 đến {_MOST_A_DAY}. Nhập lại."
        raise UserError("meetings_a_day", message, "a_day")
    try:
        day = date.fromisoformat(first)
    except ValueError:
        message = "Ngày họp đầu tiên phải đủ ngày, tháng, năm. Nhập lại."
        raise UserError("day_malformed", message, "first") from None
    days: list[str] = []
    while len(days) < count:
        if working.works(day):
            days += [day.isoformat()] * min(a_day, count - len(days))
        day += timedelta(days=1)
    return days


def plan_meetings(  # noqa: PLR0917 - what a calendar of meetings says
    ground: Ground,
    year: int,
    units: Sequence[str],
    first: str,
    a_day: int,
    place: str = "",
    standard: str = SECURITY,
) -> Saved:
    """Lay the meetings of units over working days from a day on, in the order given.

    Raises:
        UserError: `meetings_a_day`, `day_malformed`, or what is wrong with a field.
    """
    edits: list[Edit] = []
    with ground.book() as book:
        days = days_of_meetings(first, len(units), a_day, ground.working_days(book))
        for unit, day in zip(units, days, strict=True):
            values: dict[str, Value] = {
                "unit": unit,
                "year": year,
                "standard": standard,
                "meeting_planned_on": day,
            }
            if place:
                values["meeting_place"] = place
            edits.append(ground.put(book, "submission", values))
    return ground.records.save(edits)


def set_days(ground: Ground, year: int, kinds: Sequence[str], leads: Mapping[str, Value]) -> Saved:
    """Set the unit's own earlier days for several kinds of unit, in one action.

    Args:
        ground: The open profile.
        year: The year.
        kinds: Ids in `unit_kind`.
        leads: Fields of `day_plan` by name.

    Raises:
        UserError: `steps_out_of_order`, or what is wrong with a number.
    """
    with ground.book() as book:
        edits = [
            ground.put(book, "day_plan",
                       {**leads, "unit": book.own, "year": year, "unit_kind": kind})
            for kind in kinds
        ]  # fmt: skip
    return ground.records.save(edits)


def leads_of(ground: Ground, year: int, kind: str) -> dict[str, Value]:
    """Return the unit's own days of a kind and year as they are stored; empty when none are."""
    with ground.book() as book:
        rows = [
            row for row in book.where("day_plan", "unit_kind", kind)
            if row.owner == book.own and number(row, "year") == year
        ]  # fmt: skip
        return dict(rows[0].values) if rows else {}


@dataclass(frozen=True, slots=True)
class DayOff:
    """One day of the table of holidays.

    Attributes:
        day: `YYYY-MM-DD`.
        works: True for a day that is worked in exchange.
        title: Its occasion; empty for a day that came with the program.
        document: Its document.
        record: Id of the record; empty for a day that came with the program.
        own: Whether this unit wrote it.
    """

    day: str
    works: bool
    title: str
    document: str
    record: str
    own: bool


def holidays(ground: Ground, year: int) -> tuple[DayOff, ...]:
    """Return the table of holidays of a year: what came with the program, over it what units wrote.

    Where several units wrote of one day, this unit's word stands.
    """
    shipped = (day for day in ground.periods.days_off if day.startswith(f"{year:04}-"))
    found = {day: DayOff(day, False, "", "", "", False) for day in shipped}
    with ground.book() as book:
        rows = sorted(book.all("holiday"), key=lambda row: row.owner == book.own)
        for row in rows:
            day = text(row, "day")
            if day.startswith(f"{year:04}-"):
                made_up = text(row, "kind") == MADE_UP
                found[day] = DayOff(day, made_up, text(row, "title"), text(row, "document"),
                                    row.id, row.owner == book.own)  # fmt: skip
    return tuple(found[day] for day in sorted(found))


def set_holiday(ground: Ground, values: Mapping[str, Value]) -> Saved:
    """Write one day of the table; what this unit wrote of that day before is replaced.

    Raises:
        UserError: What is wrong with a field.
    """
    with ground.book() as book:
        edit = ground.put(book, "holiday", {**values, "unit": book.own})
    return ground.records.save((edit,))
