"""The results of a year as rows of tables, each count beside that of the year before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.shown import show_integer
from antq_desktop.ui.sources import TableRow

if TYPE_CHECKING:
    from antq_desktop.services.standards.receiver import Disagreement
    from antq_desktop.services.standards.standings import Behind, Distribution, Lacks, Reached

GRADES: Final = ("excellent", "good", "average", "poor")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the page of results shows of a year."""

    year: int
    spread: tuple[Distribution, ...]
    before: tuple[Distribution, ...]
    told: tuple[Disagreement, ...]
    behind: tuple[Behind, ...]
    lacks: tuple[Lacks, ...]
    reached: tuple[Reached, ...]
    reached_before: tuple[Reached, ...]


def spread_rows(found: Standing) -> Iterator[TableRow]:
    """Yield the rows of the distribution, each count against the year before."""
    before = {each.kind: each for each in found.before}
    held = held_of(found.before)
    for each in found.spread:
        was = before.get(each.kind)
        now = _counts(each)
        then: Sequence[int | None] = (None,) * len(now)
        if was is not None:
            then = [count if kept else None
                    for count, kept in zip(_counts(was), held, strict=True)]  # fmt: skip
        cells = [_against(one, other) for one, other in zip(now, then, strict=True)]
        yield TableRow(each.kind, (each.label, *cells))


def held_of(spread: Sequence[Distribution]) -> tuple[bool, ...]:
    """Return of each count of a year whether the year holds anything of it at all.

    A year before the program was used holds no decisions: “+105” against it would say that the
    movement grew by what was merely not entered.
    """
    registered = any(each.registered for each in spread)
    recognised = any(each.recognised for each in spread)
    graded = any(each.classified for each in spread)
    return (bool(spread), registered, recognised, *(graded for _grade in GRADES), graded)


def _counts(each: Distribution) -> tuple[int, ...]:
    return (each.units, each.registered, each.recognised, *each.grades.values(), each.classified)


def reached_rows(found: Standing) -> Iterator[TableRow]:
    """Yield the rows of the results set by set, each count against the year before."""
    before = {each.title: each for each in found.reached_before}
    for each in found.reached:
        was = before.get(each.title)
        bands = [
            f"{label} {_against(count, was.bands.get(label) if was else None)}"
            for label, count in each.bands.items()
        ]
        yield TableRow(each.title, (
            each.title,
            _against(each.sheets, was.sheets if was else None),
            _against(each.complete, was.complete if was else None),
            _against(each.met, was.met if was else None) if not bands else "–",
            ", ".join(bands) or "–",
        ))  # fmt: skip


def _against(now: int, before: int | None) -> str:
    told = show_integer(now)
    if before is None or before == now:
        return told
    sign = "+" if now > before else "−"
    return f"{told} ({sign}{show_integer(abs(now - before))})"
