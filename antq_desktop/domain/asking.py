"""Questions typed as people ask them: “bao nhiêu mô hình”, “buổi tuyên truyền tháng này”.

Words become a figure and a period. What a figure is called is read off its own label, its unit of
measure and its kind of record, so that a new figure is asked for without a line here; only the
small words of questions and of time are known by heart. What is no question gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.figures import MEASURES, Measure
from antq_desktop.domain.periods import Period, calendar_period, custom_period
from antq_desktop.domain.records import SPECS
from antq_desktop.domain.text import fold, search_words

MOST_ANSWERS: Final = 4
_ASKING: Final = re.compile(r"\b(?:bao nhieu|may|tong so|so luong|dem)\b")
_SMALL: Final = frozenset(
    {
        *("bao", "nhieu", "may", "tong", "so", "luong", "dem", "co", "la", "trong", "ky", "cua"),
        *("cac", "nhung", "tat", "ca", "da", "duoc", "den", "nay", "toi", "o", "tai", "va", "thi"),
    }
)
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR_WORDS: Final = r"(?:\s*(?:/|-|nam)?\s*(?:nam\s+)?(nay|ngoai|truoc|\d{4})\b)?"

# The first year and the last in which a question about the year before, or after, makes sense.
_EARLIEST, _LATEST = 1902, 2098


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that was asked for, and of which period."""

    measure: Measure
    period: Period


def asked(words: str, today: date, measures: Sequence[Measure] = MEASURES) -> tuple[Asked, ...]:
    """Return the figures that some words ask for, the likeliest first; none for other words.

    A period that is not named is the year of today; a month, quarter or half without its year is
    the last one that has begun.

    Args:
        words: As typed, with or without marks.
        today: The day of the question.
        measures: The figures there are.
    """
    text = " ".join(fold(words).split())
    period, rest = _period_in(text, today)
    if period is None and not _ASKING.search(text):
        return ()
    wanted = [word for word in search_words(rest) if word not in _SMALL]
    if not wanted or max(len(word) for word in wanted) < _LEAST_LETTERS:
        return ()
    of = period or _named(f"{today.year:04}")
    if of is None:
        return ()
    ranked = sorted(
        (rank, place)
        for place, measure in enumerate(measures)
        if (rank := _rank(measure, wanted)) is not None
    )
    near = [place for rank, place in ranked if rank[0] == ranked[0][0][0]]
    return tuple(Asked(measures[place], of) for place in near[:MOST_ANSWERS])


_LEAST_LETTERS: Final = 2


@cache
def _words_of(label: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", fold(label)))


def _rank(measure: Measure, wanted: Sequence[str]) -> tuple[int, bool, int] | None:
    """Return how far a figure is from the words, less is nearer; None where a word is not of it."""
    label = _words_of(measure.label)
    spec = SPECS.get(measure.kind)
    beside = _words_of(f"{measure.unit} {spec.plural} {spec.label}" if spec else measure.unit)
    strange = [word for word in wanted if not _begins_some(word, label)]
    if any(not _begins_some(word, beside) for word in strange):
        return None
    if len(strange) == len(wanted) and spec is not None and not _is_all_of(measure, wanted):
        return None
    in_order = len(wanted) <= len(label) and all(
        held.startswith(word) for word, held in zip(wanted, label, strict=False)
    )
    uncovered = sum(1 for held in label if not any(held.startswith(word) for word in wanted))
    return len(strange), not in_order, uncovered


def _is_all_of(measure: Measure, wanted: Sequence[str]) -> bool:
    """Tell whether words that are none of the label name the kind whose records it counts."""
    spec = SPECS[measure.kind]
    return all(_begins_some(word, _words_of(f"{spec.label} {spec.plural}")) for word in wanted)


def _begins_some(word: str, held: Iterable[str]) -> bool:
    return any(one.startswith(word) for one in held)


def _period_in(text: str, today: date) -> tuple[Period | None, str]:
    """Return the period that words name, and the words without it."""
    if not _EARLIEST <= today.year <= _LATEST:
        return None, text
    for pattern, name in _PERIODS:
        for found in pattern.finditer(text):
            period = name(found, today)
            if period is not None:
                return period, f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def _named(name: str) -> Period | None:
    try:
        return calendar_period(name)
    except UserError:
        return None


def _year(said: str | None, today: date) -> int | None:
    """Return the year that a word names; None where none was said."""
    if said is None:
        return None
    return {"nay": today.year, "ngoai": today.year - 1, "truoc": today.year - 1}.get(said) or int(
        said
    )


def _part(number: int, parts: int, said: str | None, today: date) -> tuple[int, int]:
    """Return the year and number of a part of a year; without a year the last that has begun."""
    months = 12 // parts
    year = _year(said, today)
    if year is None:
        begun = (number - 1) * months + 1 <= today.month
        year = today.year if begun else today.year - 1
    return year, number


def _month(found: re.Match[str], today: date) -> Period | None:
    which = found[1]
    if which in {"nay", "truoc"}:
        first = today.replace(day=1)
        day = first if which == "nay" else first - timedelta(days=1)
        return _named(f"{day.year:04}-{day.month:02}")
    number = int(which)
    if not 1 <= number <= 12:
        return None
    year, number = _part(number, 12, found[2], today)
    return _named(f"{year:04}-{number:02}")


def _quarter(found: re.Match[str], today: date) -> Period | None:
    which = found[1]
    if which in {"nay", "truoc"}:
        number, year = (today.month + 2) // 3, today.year
        if which == "truoc":
            number, year = (number - 1, year) if number > 1 else (4, year - 1)
        return _named(f"{year:04}-Q{number}")
    year, number = _part(_ROMAN.get(which) or int(which), 4, found[2], today)
    return _named(f"{year:04}-Q{number}")


def _half(found: re.Match[str], today: date) -> Period | None:
    year, number = _part(1 if found[1] == "dau" else 2, 2, found[2], today)
    return _named(f"{year:04}-H{number}")


def _whole_year(found: re.Match[str], today: date) -> Period | None:
    return _named(f"{_year(found[1], today):04}")


def _days(found: re.Match[str], today: date) -> Period | None:
    monday = today - timedelta(days=today.weekday())
    first, count = {
        "hom nay": (today, 1),
        "hom qua": (today - timedelta(days=1), 1),
        "tuan nay": (monday, 7),
        "tuan truoc": (monday - timedelta(days=7), 7),
    }[found[1]]
    return custom_period(first.isoformat(), (first + timedelta(days=count - 1)).isoformat())


_Name = Callable[[re.Match[str], date], Period | None]
_PERIODS: Final[tuple[tuple[re.Pattern[str], _Name], ...]] = tuple(
    (re.compile(pattern, re.ASCII), name)
    for pattern, name in (
        (rf"\b(?:0?6|sau) thang (dau|cuoi)(?: nam)?{_YEAR_WORDS}", _half),
        (rf"\bquy (nay|truoc|[1-4]|iv|i{{1,3}})\b{_YEAR_WORDS}", _quarter),
        (rf"\bthang (nay|truoc|\d{{1,2}})\b{_YEAR_WORDS}", _month),
        (r"(?<![\d/])(\d{1,2})/(\d{4})\b", _month),
        (r"\bnam (nay|ngoai|truoc|\d{4})\b", _whole_year),
        (r"\b(hom nay|hom qua|tuan nay|tuan truoc)\b", _days),
        (r"(?<![\d/])((?:19|20)\d\d)\b(?!/)", _whole_year),
    )
)
