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
_MOST_DIGITS: Final = 4  # of a number in a book; what is longer is a year, a sum or a telephone
# Abbreviations of the kinds of documents (Phụ lục III), folded; the longer of two comes first.
_SIGNS: Final = (
    *("bgn", "btt", "btn", "ctr", "ggt", "gnp", "guq", "qyd", "ttr"),
    *("bb", "bc", "cd", "ct", "cv", "da", "gm", "hd", "kh", "nq", "pa", "pb", "pc", "pg", "qc"),
    *("qd", "tb", "tc"),
)
_GLUED: Final = re.compile(r"(\d{1,4})([^\W\d_]+)", re.ASCII | re.IGNORECASE)


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


def ways_to_write(word: str) -> tuple[tuple[str, ...], ...]:
    """Return how else a folded word of a search may stand in the number and sign of a document.

    “5” is also “05” and “005”, “012” is also “12”; “bccax” is also “bc” and “cax”, “12bc” also
    “12” and “bc”. Each way is one word or several that all must be there; the word itself is the
    first way.
    """
    if word.isascii() and word.isdigit():
        if len(word) > _MOST_DIGITS:
            return ((word,),)
        plain = word.lstrip("0") or "0"
        same = (plain, *(plain.zfill(width) for width in (2, 3) if width > len(plain)))
        return ((word,), *((way,) for way in same if way != word))
    glued = _GLUED.fullmatch(word)
    if glued:
        numbers = [number for (number,) in ways_to_write(glued[1])]
        signs = ways_to_write(glued[2])
        return ((word,), *((number, *sign) for number in numbers for sign in signs))
    for sign in _SIGNS:
        rest = word.removeprefix(sign)
        if rest != word and len(rest) > 1:
            return ((word,), (sign, rest))
    return ((word,),)
