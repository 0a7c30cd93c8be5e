"""A report as its parts: headings, and passages that a person may write anew.

The skeleton is that of the yearly reports of the movement: *đặc điểm, tình hình*; *kết quả* under
nine headings; *nhận xét*; *phương hướng*. A passage keeps its key from one year to the next, so
that an edited one is found again when the figures are refreshed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from antq_desktop.domain.narrative.facts import Facts
from antq_desktop.domain.narrative.words import Teller

Tell = Callable[[Teller], str]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the skeleton: a heading (`mục` or `khoản`), or a passage.

    Attributes:
        key: Stable name of a passage; empty for a heading.
        heading: The words of a heading; `{after}` and `{now}` are named by the period.
        tell: What writes the passage.
        yearly: Whether it stands in the report of a whole year alone.
        level: 1 for a `mục` (I, II …), 2 for a `khoản` (1, 2 …), 0 for a passage.
    """

    key: str = ""
    heading: str = ""
    tell: Tell | None = None
    level: int = 0
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a report.

    Attributes:
        key: Stable name.
        drafted: What the figures say; empty where only a person can say it.
        figures: The figures it stands on, as written.
        text: What stands in the report: the draft, or what a person wrote in its place.
        edited: Whether a person wrote it.
        changes: Figures that are others than when it was written: label, then, now.
    """

    key: str
    drafted: str
    figures: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    edited: bool = False
    changes: tuple[tuple[str, str, str], ...] = ()

    @property
    def stale(self) -> str:
        """“đã sửa, số liệu mới: …” where the figures under an edited passage changed."""
        if not self.changes:
            return ""
        told = "; ".join(f"{label} {then} → {now}" for label, then, now in self.changes)
        return f"đã sửa, số liệu mới: {told}"


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading: `I. ĐẶC ĐIỂM, TÌNH HÌNH` or `1. Công tác tham mưu`."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Written:
    """What a person wrote in place of a passage.

    Attributes:
        text: The words.
        drafted: What the figures said then.
        figures: The figures then, as written.
    """

    text: str
    drafted: str
    figures: Mapping[str, str]


Line = Heading | Passage
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


def drafted(skeleton: Sequence[Part], facts: Facts) -> list[Line]:
    """Write a report from facts; headings are numbered here.

    A passage that has nothing to say stays, empty: a person may write it.
    """
    lines: list[Line] = []
    first = second = 0
    for part in skeleton:
        if part.yearly and not facts.whole_year:
            continue
        if part.tell is not None:
            teller = Teller(facts)
            words = part.tell(teller)
            lines.append(Passage(part.key, words, dict(teller.read), words))
            continue
        words = part.heading.format(now=facts.span.now, after=facts.span.after)
        if part.level == 1:
            first, second = first + 1, 0
            lines.append(Heading(f"{_ROMAN[first - 1]}. {words.upper()}", 1))
        else:
            second += 1
            lines.append(Heading(f"{second}. {words}", 2))
    return lines


def with_edits(lines: Sequence[Line], edits: Mapping[str, Written]) -> list[Line]:
    """Put what persons wrote in the places of what was drafted, and mark what changed since."""
    return [
        _edited(line, edits[line.key]) if isinstance(line, Passage) and line.key in edits else line
        for line in lines
    ]


def _edited(passage: Passage, written: Written) -> Passage:
    then, now = written.figures, passage.figures
    changes = tuple(
        (label, then.get(label, "không nêu"), now.get(label, "không nêu"))
        for label in {**then, **now}
        if then.get(label) != now.get(label)
    )
    return replace(passage, text=written.text, edited=True, changes=changes)
