"""How stored values are written for people: one way on the screen, one on paper.

The screen follows the house's own style (`21/11/2026`, `1.234,5`, `12,5 tỷ đồng`, `4,5%`). Paper
follows Nghị định 30/2020/NĐ-CP: days below 10 and the months 1 and 2 take a zero, other months do
not (`08/6/2022`), and counts below ten take one (`05 mô hình`).
"""

from __future__ import annotations

from typing import Final

from antq_desktop.domain.fields import FieldKind, FieldSpec, RecordSpec, Values

_SHORT: Final = ((10**9, "tỷ đồng"), (10**6, "triệu đồng"))
_SHORT_PLACES: Final = 3


def show_date(value: str) -> str:
    """Write a stored date for the screen: `21/11/2026`, `11/2026` or `2026`."""
    return "/".join(reversed(value.split("-")))


def show_title(spec: RecordSpec, values: Values) -> str:
    """Write what a record is called in a sentence or a list; empty where nothing names it yet."""
    held = ((spec.field(name), values.get(name)) for name in spec.title)
    return " · ".join(_in_title(field, str(value)) for field, value in held if value)


def _in_title(field: FieldSpec, value: str) -> str:
    return show_date(value) if field.kind is FieldKind.DATE else field.said(value)


def show_moment(value: str) -> str:
    """Write a stored moment for the screen: `08:05 21/11/2026`."""
    day, _, clock = value.partition("T")
    return f"{clock} {show_date(day)}" if clock else show_date(day)


def show_integer(value: int) -> str:
    """Write a whole number with dots between thousands: `1.234`."""
    return f"{value:,}".replace(",", ".")


def show_decimal(value: str) -> str:
    """Write a stored decimal: `1234.5` gives `1.234,5`."""
    sign, digits = ("-", value[1:]) if value.startswith("-") else ("", value)
    whole, _, part = digits.partition(".")
    return sign + show_integer(int(whole)) + ("," + part if part else "")


def show_percent(value: str) -> str:
    """Write a stored decimal as a share of a hundred: `4,5%`."""
    return show_decimal(value) + "%"


def show_money(value: int) -> str:
    """Write a sum in running text: `12,5 tỷ đồng`, `350 triệu đồng`, `1.234.567 đồng`.

    A sum is never rounded: where more than three places would be needed, a smaller unit is taken.
    """
    for scale, unit in _SHORT:
        whole, rest = divmod(abs(value), scale)
        places = f"{rest:0{len(str(scale)) - 1}}".rstrip("0")
        if whole and len(places) <= _SHORT_PLACES:
            sign = "-" if value < 0 else ""
            return f"{sign}{show_integer(whole)}{',' + places if places else ''} {unit}"
    return f"{show_integer(value)} đồng"


def show_money_full(value: int) -> str:
    """Write a sum for a table whose heading names the đồng: `12.500.000.000`."""
    return show_integer(value)


def show_phone(value: str) -> str:
    """Write a telephone number in groups: `0100 000 001`."""
    return f"{value[:-6]} {value[-6:-3]} {value[-3:]}" if len(value) >= 9 else value


def _paper_day(day: str) -> str:
    return f"{int(day):02}"


def _paper_month(month: str) -> str:
    return f"{int(month):02}" if int(month) < 3 else str(int(month))


def paper_date(value: str) -> str:
    """Write a stored date inside a paper's text: `08/6/2022`, `6/2022` or `2022`."""
    year, month, day = (*value.split("-"), "", "")[:3]
    parts = (_paper_day(day) if day else "", _paper_month(month) if month else "", year)
    return "/".join(part for part in parts if part)


def paper_date_in_words(value: str) -> str:
    """Write a stored date as a paper's place-and-date line: `ngày 08 tháng 6 năm 2022`."""
    year, month, day = (*value.split("-"), "", "")[:3]
    words = (
        f"ngày {_paper_day(day)}" if day else "",
        f"tháng {_paper_month(month)}" if month else "",
        f"năm {year}",
    )
    return " ".join(word for word in words if word)


def paper_moment(value: str) -> str:
    """Write a stored moment on paper: `08 giờ 05 phút ngày 21/11/2026`."""
    day, _, clock = value.partition("T")
    hour, _, minute = clock.partition(":")
    return f"{hour} giờ {minute} phút ngày {paper_date(day)}" if clock else paper_date(day)


def paper_count(value: int) -> str:
    """Write a count on paper: `05`, `12`, `1.234`; nought is `0`."""
    return f"{value:02}" if 0 < value < 10 else show_integer(value)
