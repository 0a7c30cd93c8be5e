"""What officers type in fields of numbers, money, telephone and identity numbers.

Numbers are read the Vietnamese way: `1.234,5`. A dot before one, two or more than three digits
cannot part thousands, so `2.5` from the numeric keypad is read as `2,5`. Whole numbers and đồng
come back as int; decimals as text such as `12.5`, since no figure is ever a float.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.shown import show_integer
from antq_desktop.domain.text import fold, nfc

LARGEST: Final = 10**15
_GROUPED: Final = re.compile(r"[1-9]\d{0,2}(?:([. ])\d{3})(?:\1\d{3})*(,\d+)?", re.ASCII)
_PLAIN: Final = re.compile(r"\d{1,18}(?:[.,]\d{1,9})?", re.ASCII)
_DECIMAL_PLACES: Final = 6

_SCALES: Final = {
    "": 1, "k": 10**3, "nghin": 10**3, "ngan": 10**3, "tr": 10**6, "trieu": 10**6,
    "ti": 10**9, "ty": 10**9, "nghin ti": 10**12, "nghin ty": 10**12,
}  # fmt: skip
_DONG: Final = re.compile(r"\s*(?:dong|vnd|d)$", re.ASCII)
_AMOUNT: Final = re.compile(
    r"(\d[\d. ,]*?)\s*(nghin t[iy]|nghin|ngan|k|trieu|tr|t[iy]|$)\s*", re.ASCII
)


def _number(text: str) -> Decimal | None:
    """Return the number that stands in a text, read the Vietnamese way; None when unclear."""
    if found := _GROUPED.fullmatch(text):
        return Decimal(text.replace(found[1], "").replace(",", "."))
    if _PLAIN.fullmatch(text) and len(text) <= 24:
        return Decimal(text.replace(",", "."))
    return None


def _blanks_joined(typed: str) -> str:
    return " ".join(nfc(typed).replace("\u00a0", " ").split())


def _quoted(typed: str) -> str:
    text = _blanks_joined(typed)
    return text if len(text) <= 30 else text[:29] + "…"


def _within(number: int, least: int, most: int, label: str, field: str) -> int:
    if least <= number <= most:
        return number
    message = f"{label} phải từ {show_integer(least)} đến {show_integer(most)}. Nhập lại."
    raise UserError("number_out_of_range", message, field)


def parse_integer(
    typed: str, label: str, *, minimum: int = 0, maximum: int = LARGEST, field: str = ""
) -> int:
    """Return a typed whole number: `1234`, `1.234`, `1 234`, `05`, and `-5` below a minimum of 0.

    Raises:
        UserError: `not_number` or `number_out_of_range`.
    """
    text = _blanks_joined(typed)
    sign, digits = (-1, text[1:].strip()) if text[:1] in {"-", "−"} else (1, text)
    number = _number(digits)
    if number is None or number != number.to_integral_value():
        message = f"{label} “{_quoted(typed)}” không phải là số nguyên. Nhập lại bằng chữ số."
        raise UserError("not_number", message, field)
    return _within(sign * int(number), minimum, maximum, label, field)


def parse_decimal(typed: str, label: str, *, field: str = "") -> str:
    """Return a typed decimal in its stored form: `12,50` gives `12.5`; at most 6 places.

    Raises:
        UserError: `not_decimal` or `number_out_of_range`.
    """
    text = _blanks_joined(typed).removesuffix("%").rstrip()
    sign, digits = ("-", text[1:].strip()) if text[:1] in {"-", "−"} else ("", text)
    number = _number(digits)
    if number is None:
        message = f"{label} “{_quoted(typed)}” không phải là số. Nhập lại, ví dụ 12,5."
        raise UserError("not_decimal", message, field)
    _within(int(number), 0, LARGEST - 1, label, field)
    stored = f"{number:f}"
    stored = stored.rstrip("0").rstrip(".") if "." in stored else stored
    if len(stored.partition(".")[2]) > _DECIMAL_PLACES:
        message = f"{label} có quá {_DECIMAL_PLACES} chữ số sau dấu phẩy. Rút ngắn lại."
        raise UserError("not_decimal", message, field)
    return stored if stored == "0" else sign + stored


@dataclass(frozen=True, slots=True)
class _Part:
    """One number of a sum of money with its scale: the `2,5` and `10**6` of `2,5 tr`."""

    number: Decimal
    scale: int
    digits: str


def parse_money(typed: str, label: str, *, maximum: int = LARGEST, field: str = "") -> int:
    """Return a typed sum of money in whole đồng.

    Understood: `1.234.000`, `500k`, `500 nghìn`, `2,5 tr`, `12,5 tỷ đồng`, `2 nghìn tỷ`,
    `1 tỷ 200 triệu`, and what people say: `1 triệu 2` (1.200.000), `1tr250` (1.250.000). After a
    unit, two digits alone (`1tr25`) may mean two sums and are refused.

    Raises:
        UserError: `money_not_understood`, `money_ambiguous`, `money_below_one_dong` or
            `number_out_of_range`.
    """
    parts = _money_parts(_DONG.sub("", fold(_blanks_joined(typed))))
    if not parts:
        message = (
            f"{label} “{_quoted(typed)}” chưa rõ là bao nhiêu tiền. "
            "Nhập lại, ví dụ 1.250.000 hoặc 2,5 tr."
        )
        raise UserError("money_not_understood", message, field)
    total = _sum_of(parts)
    if total is None:
        message = (
            f"{label} “{_quoted(typed)}” có thể hiểu hơn một cách. "
            "Nhập đủ số, ví dụ 1.250.000 hoặc 1,25 tr."
        )
        raise UserError("money_ambiguous", message, field)
    if total != total.to_integral_value():
        message = f"{label} “{_quoted(typed)}” lẻ dưới một đồng. Nhập số đồng tròn."
        raise UserError("money_below_one_dong", message, field)
    return _within(int(total), 0, maximum, label, field)


def _money_parts(text: str) -> list[_Part]:
    parts: list[_Part] = []
    place = 0
    while place < len(text):
        found = _AMOUNT.match(text, place)
        number = _number(found[1]) if found else None
        if found is None or number is None:
            return []
        parts.append(_Part(number, _SCALES[found[2]], found[1]))
        place = found.end()
    return parts


def _sum_of(parts: list[_Part]) -> Decimal | None:
    """Add the parts up; None when they do not go down from unit to unit in one clear way."""
    total = parts[0].number * parts[0].scale
    for before, part in pairwise(parts):
        if before.number != before.number.to_integral_value():
            return None
        value = part.number * part.scale
        if part.scale == 1:
            if before.scale == 1 or len(part.digits) not in {1, 3} or not part.digits.isdecimal():
                return None
            value = part.number * before.scale / 10 ** len(part.digits)
        elif value >= before.scale or part.scale >= before.scale:
            return None
        total += value
    return total


_PHONE_MARKS: Final = re.compile(r"[\s.()-]+")
_PHONE: Final = re.compile(r"0\d{9,10}", re.ASCII)
_CITIZEN_ID: Final = re.compile(r"\d{12}|\d{9}", re.ASCII)


def parse_phone(typed: str, label: str, *, field: str = "") -> str:
    """Return a typed telephone number as digits: `0100 000 001`, `+84 100 000 001`.

    Raises:
        UserError: `not_phone`.
    """
    digits = _PHONE_MARKS.sub("", nfc(typed))
    if digits.startswith(("+84", "84")) and len(digits) >= 11:
        digits = "0" + digits.removeprefix("+").removeprefix("84")
    if _PHONE.fullmatch(digits):
        return digits
    message = (
        f"{label} “{_quoted(typed)}” chưa đúng: cần 10 hoặc 11 chữ số, bắt đầu bằng 0. Nhập lại."
    )
    raise UserError("not_phone", message, field)


def parse_citizen_id(typed: str, label: str, *, field: str = "") -> str:
    """Return a typed CCCD of 12 digits, or an old CMND of 9, as text; leading zeros stay.

    Raises:
        UserError: `not_citizen_id`.
    """
    digits = _PHONE_MARKS.sub("", nfc(typed))
    if _CITIZEN_ID.fullmatch(digits):
        return digits
    held = f"đang có {len(digits)}" if digits.isdecimal() else "đang có ký tự khác"
    message = f"{label} phải có 12 chữ số (CMND cũ: 9 chữ số), {held}. Nhập lại."
    raise UserError("not_citizen_id", message, field)
