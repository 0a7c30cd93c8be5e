"""What officers type in date and time fields, understood and brought into the stored form.

Dates are `YYYY-MM-DD`, or `YYYY-MM` and `YYYY` where the field takes a month or a year; moments
are `YYYY-MM-DDTHH:MM`, civil time of Vietnam. The day and the moment of typing are handed in. A
blank field is the caller's to judge: it is not understood here. Numbers, money, telephone and
identity numbers are in `typed_numbers`; the way back to the screen and to paper is in `shown`.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.text import fold, nfc

EARLIEST_YEAR: Final = 1900
LATEST_YEAR: Final = 2100
_ANY_DAY: Final = date(2000, 1, 1)  # where only the stored form may pass, which names its own
_ANY_MOMENT: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - civil time of Vietnam
_TWO_DIGIT_YEARS_AHEAD: Final = 10  # in 2026, `36` is 2036 and `37` is 1937

_DAYS: Final = {"hom nay": 0, "nay": 0, "hom qua": -1, "qua": -1, "hom kia": -2, "ngay mai": 1}
_SPELT: Final = re.compile(r"\s*\b(?:thang|nam)\b\s*", re.ASCII)
_YEAR_FIRST: Final = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", re.ASCII)
_DAY_MONTH_YEAR: Final = re.compile(
    r"(\d{1,2})(?P<mark>[/. -])(\d{1,2})(?:(?P=mark)(\d{4}|\d{2}))?", re.ASCII
)
_DIGITS_ONLY: Final = re.compile(r"(\d{2})(?P<mark>)(\d{2})(\d{4}|\d{2})", re.ASCII)
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})[/. -](\d{4})|(\d{2})((?:19|20|21)\d{2})", re.ASCII)
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)

_CLOCK: Final = re.compile(
    r"(?<![\d/.-])(\d{1,2})\s*(?:"
    r"(?:gio|h|g)(?:\s*(\d{1,2})(?!\d|\s*(?:thang|[/.\-])))?\s*(?:phut|p|')?"
    r"|:(\d{2})(?!\d))"
    r"(?:\s*(sang|trua|chieu|toi)\b)?",
    re.ASCII,
)
_BETWEEN: Final = re.compile(r"\b(?:luc|vao|hoi)\b|,")
# Part of the day → hours on the dial that need twelve more, and hours it may mean.
_PARTS_OF_DAY: Final = {
    "": (range(0), range(24)),
    "sang": (range(0), range(12)),
    "trua": (range(1, 2), range(11, 14)),
    "chieu": (range(1, 7), range(13, 19)),
    "toi": (range(6, 12), range(18, 24)),
}


def parse_date(
    typed: str, today: date, label: str, *, partial: bool = False, field: str = ""
) -> str:
    """Return the stored form of a typed date.

    Understood: `21112026`, `211126`, `21/11` (of this year), `21/11/2026`, `21-11-26`, `21.11.26`,
    `ngày 21 tháng 11 năm 2026`, `hôm nay`, `hôm qua`, `hôm kia`, `ngày mai` and the stored form;
    with `partial` also `11/2026`, `112026`, `tháng 11 năm 2026`, `2026` and their stored forms.

    Args:
        typed: What stands in the field.
        today: The day it was typed.
        label: The field's label, which opens the sentence of a fault.
        partial: Whether a month or a year is enough.
        field: Path of the field, for the fault.

    Raises:
        UserError: `date_not_in_calendar`, `date_out_of_bounds` or `date_not_understood`.
    """
    text = " ".join(fold(typed).split())
    if text in _DAYS:
        return (today + timedelta(days=_DAYS[text])).isoformat()
    text = _SPELT.sub("/", text.removeprefix("ngay ")).strip("/")
    text = re.sub(r"\s*([/.-])\s*", r"\1", text)
    parts = _whole_date(text, today) or (_part_of_date(text) if partial else None)
    if parts is None:
        raise _not_understood(typed, label, field, partial=partial)
    return _checked_date(parts, label, field)


def _not_understood(typed: str, label: str, field: str, *, partial: bool = False) -> UserError:
    wanted = "ngày/tháng/năm, ví dụ 21/11/2026" + (", tháng/năm hoặc năm" if partial else "")
    message = f"{label} “{_quoted(typed)}” chưa rõ là ngày nào. Nhập lại theo {wanted}."
    return UserError("date_not_understood", message, field)


def _whole_date(text: str, today: date) -> tuple[int, ...] | None:
    if (found := _YEAR_FIRST.fullmatch(text)) and found[3]:
        return int(found[1]), int(found[2]), int(found[3])
    found = _DAY_MONTH_YEAR.fullmatch(text) or _DIGITS_ONLY.fullmatch(text)
    if found is None or _reads_as_month_and_year(found):
        return None
    return _year(found[4], today), int(found[3]), int(found[1])


def _reads_as_month_and_year(found: re.Match[str]) -> bool:
    """Tell `112026` (a month) from `211126` (a day): no month is numbered 19, 20 or 21."""
    return found.re is _DIGITS_ONLY and len(found[4]) == 2 and found[3] in {"19", "20", "21"}


def _year(typed: str | None, today: date) -> int:
    if not typed:
        return today.year
    if len(typed) == 4:
        return int(typed)
    year = today.year // 100 * 100 + int(typed)
    return year if year <= today.year + _TWO_DIGIT_YEARS_AHEAD else year - 100


def _part_of_date(text: str) -> tuple[int, ...] | None:
    if _YEAR.fullmatch(text):
        return (int(text),)
    if found := _YEAR_FIRST.fullmatch(text):
        return int(found[1]), int(found[2])
    if found := _MONTH_YEAR.fullmatch(text):
        return int(found[2] or found[4]), int(found[1] or found[3])
    return None


def _checked_date(parts: tuple[int, ...], label: str, field: str) -> str:
    year, month, day = (*parts, 1, 1)[:3]
    written = "/".join((*(f"{part:02}" for part in reversed(parts[1:])), f"{year:04}"))
    try:
        date(max(year, 1), month, day)
    except ValueError:
        wanted = ("năm", "tháng/năm", "ngày/tháng/năm")[len(parts) - 1]
        message = f"{label} {written} không có trong lịch. Nhập lại theo {wanted}."
        raise UserError("date_not_in_calendar", message, field) from None
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        message = (
            f"{label} {written} nằm ngoài các năm {EARLIEST_YEAR} đến {LATEST_YEAR}. Xem lại năm."
        )
        raise UserError("date_out_of_bounds", message, field)
    return "-".join((f"{year:04}", *(f"{part:02}" for part in parts[1:])))


def parse_moment(typed: str, now: datetime, label: str, *, field: str = "") -> str:
    """Return the stored form of a typed date and time of day.

    Understood: `21/11/2026 08:05`, `8h05 21/11`, `08h` (today), `22 giờ 30 phút ngày 21/11/2026`,
    `hôm qua 9h tối`, `bây giờ` and the stored form. A date without a time is refused.

    Args:
        typed: What stands in the field.
        now: Civil time of Vietnam when it was typed.
        label: The field's label, which opens the sentence of a fault.
        field: Path of the field, for the fault.

    Raises:
        UserError: `time_missing`, `time_not_on_clock`, or what `parse_date` raises.
    """
    text = " ".join(fold(typed).split())
    if text == "bay gio":
        return now.strftime("%Y-%m-%dT%H:%M")
    text = re.sub(r"^(\d{4}-\d{2}-\d{2})t(?=\d)", r"\1 ", text)
    found = _CLOCK.search(text)
    if found is None:
        message = (
            f"{label} “{_quoted(typed)}” thiếu giờ. Nhập cả giờ và ngày, ví dụ 08:05 21/11/2026."
        )
        raise UserError("time_missing", message, field)
    clock = _time_of_day(found)
    if clock is None:
        message = f"{label}: “{_quoted(typed)}” không có trên đồng hồ. Nhập giờ từ 00:00 đến 23:59."
        raise UserError("time_not_on_clock", message, field)
    rest = _BETWEEN.sub(" ", text[: found.start()] + " " + text[found.end() :]).strip()
    try:
        day = parse_date(rest or "hôm nay", now.date(), label, field=field)
    except UserError as fault:
        if fault.code != "date_not_understood":
            raise
        raise _not_understood(typed, label, field) from None
    return f"{day}T{clock}"


def _time_of_day(found: re.Match[str]) -> str | None:
    hour, minute = int(found[1]), int(found[2] or found[3] or 0)
    second_half, meant = _PARTS_OF_DAY[found[4] or ""]
    hour += 12 if hour in second_half else 0
    if hour not in meant or minute > 59:
        return None
    return f"{hour:02}:{minute:02}"


def is_date(value: str, *, partial: bool = True) -> bool:
    """Tell whether a value is a date in its stored form, in the calendar and within the bounds."""
    if not partial and len(value) != 10:
        return False
    try:
        return value.isascii() and parse_date(value, _ANY_DAY, "", partial=True) == value
    except UserError:
        return False


def is_moment(value: str) -> bool:
    """Tell whether a value is a moment in its stored form, in the calendar and within bounds."""
    try:
        return value.isascii() and parse_moment(value, _ANY_MOMENT, "") == value
    except UserError:
        return False


def _quoted(typed: str) -> str:
    text = " ".join(nfc(typed).split())
    return text if len(text) <= 30 else text[:29] + "…"
