"""Numbers as they are read aloud in Vietnamese: 1.205 is `một nghìn hai trăm linh năm`."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS: Final = ("", "nghìn", "triệu", "tỷ")
_THOUSAND: Final = 1_000
_BILLION: Final = 1_000_000_000


def spoken(number: int) -> str:
    """Return a whole number in words."""
    if number < 0:
        return f"âm {spoken(-number)}"
    if number == 0:
        return _DIGITS[0]
    if number >= _BILLION * _THOUSAND:  # thousands of billions are read before their word
        head, rest = divmod(number, _BILLION)
        tail = f" {_below(rest, leading=True)}" if rest else ""
        return f"{spoken(head)} tỷ{tail}"
    return _below(number, leading=False)


def _below(number: int, *, leading: bool) -> str:
    groups: list[int] = []
    while number:
        number, group = divmod(number, _THOUSAND)
        groups.append(group)
    told: list[str] = []
    for at in range(len(groups) - 1, -1, -1):
        if groups[at]:
            full = bool(told) or leading
            told.append(f"{_group(groups[at], full=full)} {_GROUPS[at]}".strip())
    return " ".join(told)


def _group(number: int, *, full: bool) -> str:
    """Return three digits in words; `full` says the hundreds even where there are none."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    told = [f"{_DIGITS[hundreds]} trăm"] if hundreds or full else []
    if tens == 0:
        if ones:
            told.append(f"linh {_DIGITS[ones]}" if told else _DIGITS[ones])
        return " ".join(told)
    told.append("mười" if tens == 1 else f"{_DIGITS[tens]} mươi")
    if ones == 1 and tens > 1:
        told.append("mốt")
    elif ones == 5:
        told.append("lăm")
    elif ones:
        told.append(_DIGITS[ones])
    return " ".join(told)
