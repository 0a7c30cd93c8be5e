"""Official Vietnamese out of numbers: `05 mô hình`, `giảm 12 vụ (giảm 4,5%)`, missing as missing.

A `Teller` reads the facts for one passage and remembers which figures it read, so that a passage
that was edited can be marked when they change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from antq_desktop.domain.comparing import change
from antq_desktop.domain.narrative.facts import Facts, Number, Spread
from antq_desktop.domain.opening import Counted, Source
from antq_desktop.domain.shown import paper_count, show_decimal, show_money
from antq_desktop.domain.text import opening

MONEY: Final = "đồng"
MOST_NAMED: Final = 12


class Teller:
    """Reads facts for one passage.

    Attributes:
        facts: The facts.
        read: The figures read so far: label, and the number as written.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.read: dict[str, str] = {}

    def number(self, code: str) -> Number:
        """Return a figure, which is thereby one that the passage stands on."""
        found = self.facts.numbers.get(code, Number(None, None, "", code))
        self.read[found.label] = "chưa có số liệu" if found.value is None else written(found)
        return found

    def value(self, code: str) -> int:
        """Return a figure; 0 where nothing is known."""
        return self.number(code).value or 0

    def known(self, *codes: str) -> bool:
        """Tell whether anything is known of one of these figures."""
        return any(self.number(code).value is not None for code in codes)

    def happened(self, *codes: str) -> bool:
        """Tell whether one of these figures is more than nothing."""
        return any(self.value(code) for code in codes)

    def names(self, of: str) -> Sequence[str]:
        """Return a list of names, which is thereby one that the passage stands on."""
        found = self.facts.names.get(of, ())
        if found:
            self.read[_LISTS.get(of, of)] = paper_count(len(found))
        return found

    def count(self, code: str, noun: str = "") -> str:
        """Write a figure with what is counted: `05 mô hình`."""
        found = self.number(code)
        return amount(found.value or 0, noun or found.unit)

    def compared(self, code: str) -> str:
        """Write a figure against the same period of the year before: `, giảm 12 vụ (giảm 4,5%) …`.

        Empty where there is nothing to say of it.
        """
        found, before = self.number(code), self.facts.span.before
        if found.value is None:
            return ""
        if found.before is None:
            return f" (chưa có số liệu {before} để so sánh)"
        earlier = Counted(found.before, Source.RECORDS, found.before, 1, (), ())
        held = change(found.value, earlier)
        if not held.difference:
            return f", bằng {before}"
        words = held.words(lambda value: amount(value, found.unit))
        return f", {words} so với {before}"

    def each(self, *parts: tuple[str, str]) -> str:
        """Write the figures of a list that are more than nothing: `02 kế hoạch, 03 quyết định`."""
        return listed(self.count(code, noun) for code, noun in parts if self.value(code))


_LISTS: Final = {
    "documents": "Số văn bản nêu tên",
    "events": "Số sự kiện nêu tên",
    "recognised": "Số mô hình được ghi nhận nêu tên",
    "idle": "Số mô hình không hoạt động",
    "silent": "Số đơn vị chưa gửi số liệu",
    "behind": "Số đơn vị xếp trung bình, yếu",
}


def amount(value: int, unit: str) -> str:
    """Write an amount with its unit: `05 mô hình`, `12,5 triệu đồng`."""
    return show_money(value) if unit == MONEY else f"{paper_count(value)} {unit}".strip()


def written(number: Number) -> str:
    """Write a figure alone."""
    value = number.value or 0
    return show_money(value) if number.unit == MONEY else paper_count(value)


def listed(parts: Iterable[str]) -> str:
    """Join parts as a sentence does: `a, b và c`."""
    held = [part for part in parts if part]
    if len(held) < 2:
        return "".join(held)
    return f"{', '.join(held[:-1])} và {held[-1]}"


def named(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """Join names that hold commas: `a; b; c`, and how many more there are."""
    kept = list(names[:most])
    if len(names) > most:
        kept.append(f"và {paper_count(len(names) - most)} nội dung khác")
    return "; ".join(kept)


def sentence(*parts: str) -> str:
    """Write one sentence out of its parts, with its capital and full stop; nothing of nothing."""
    held = "".join(parts).strip()
    return "" if not held else f"{opening(held).rstrip('.')}."


def when(there: object, words: str) -> str:
    """Write one sentence where there is something to say; nothing else."""
    return sentence(words) if there else ""


def text(*sentences: str) -> str:
    """Join the sentences of a passage that say anything."""
    return " ".join(each for each in sentences if each)


def ratio(value: int, of: int) -> str:
    """Write an average to two places: `5,65`."""
    hundredths = (value * 200 + of) // (2 * of)
    whole, part = divmod(hundredths, 100)
    return show_decimal(f"{whole}.{part:02d}".rstrip("0").rstrip("."))


def share(value: int, of: int) -> str:
    """Write a part against its whole: `105/105 khu dân cư` without the noun, `23/23`."""
    return f"{paper_count(value)}/{paper_count(of)}"


def by_grade(spread: Spread, words: dict[str, str]) -> str:
    """Write the grades of one kind of unit: `41 xuất sắc, 61 khá, 03 trung bình`."""
    held = [
        f"{paper_count(count)} {words[grade]}"
        for grade, count in spread.grades.items()
        if count and grade in words
    ]
    return listed(held)
