"""Numbers of documents in a book: the next one, the gaps, the doubles; shown, never enforced.

A number is registered at the clerk of the issuing body (Nghị định 30/2020/NĐ-CP, Phụ lục I), so
that most are written down here as the clerk gave them. A unit may keep the book of a body itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_NUMBER: Final = re.compile(r"\s*(\d{1,6})(?!\d)")
LARGEST_GAP: Final = 1000  # a book that begins at 5,000 has no list of gaps
LEAST_DIGITS: Final = 2  # “05/KH-UBND”


@dataclass(frozen=True, slots=True)
class Book:
    """The numbers of one body in one year.

    Attributes:
        last: The largest number given; 0 in an empty book.
        gaps: Numbers below it that no document has.
        doubles: Numbers that more than one document has.
    """

    last: int
    gaps: tuple[int, ...]
    doubles: tuple[int, ...]

    @property
    def next(self) -> str:
        """The number that comes after the last, as a document bears it."""
        return f"{self.last + 1:0{LEAST_DIGITS}d}"


def number_of(written: str) -> int | None:
    """Return the number of “03/CT-UBND” or “03a/BC”; None where the text begins with none."""
    found = _NUMBER.match(written)
    return int(found[1]) if found else None


def book_of(written: Iterable[str]) -> Book:
    """Return the book that these numbers and signs make; texts without a number are left out."""
    numbers = [number for text in written if (number := number_of(text))]
    times = Counter(numbers)
    last = max(numbers, default=0)
    listed = range(1, last) if last <= len(numbers) + LARGEST_GAP else ()
    gaps = tuple(number for number in listed if number not in times)
    return Book(last, gaps, tuple(sorted(n for n, count in times.items() if count > 1)))
