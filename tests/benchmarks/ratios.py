"""How a quantity is measured: ours and a comparator in turn, so that the noise cancels."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

PAIRS = 7

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the table.

    Attributes:
        quantity: What was measured, with its number where it has one (`P5 save one record`).
        median: Ratio to the comparator, or seconds when there is none.
        worst: The largest of the pairs.
        limit: What the median may not exceed.
        unit: `×` for a ratio, `s` for seconds, `M` for millions of bytes.
    """

    quantity: str
    median: float
    worst: float
    limit: float
    unit: str = "×"

    @property
    def holds(self) -> bool:
        """Tell whether the limit is kept."""
        return self.median <= self.limit


def seconds(work: Work) -> float:
    """Return how long one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def against(
    quantity: str,
    ours: Work,
    theirs: Work,
    *,
    limit: float,
    pairs: int = PAIRS,
    prepare: Work = bool,
) -> Measured:
    """Measure ours against theirs in turn, after one unmeasured call of each.

    What a pair needs that must not be measured, such as an empty store for each, is done by
    `prepare` before it.
    """
    ratios = []
    for _ in range(pairs + 1):
        prepare()
        ratios.append(seconds(ours) / seconds(theirs))
    measured = ratios[1:]
    return Measured(quantity, statistics.median(measured), max(measured), limit)


def absolute(quantity: str, work: Work, *, limit: float, calls: int = PAIRS) -> Measured:
    """Measure seconds, after one unmeasured call; only where no comparator exists."""
    work()
    taken = [seconds(work) for _ in range(calls)]
    return Measured(quantity, statistics.median(taken), max(taken), limit, "s")


def table(lines: list[Measured]) -> str:
    """Return the lines under each other: quantity, median, worst, limit, verdict."""
    width = max((len(each.quantity) for each in lines), default=0)
    head = f"{'quantity':<{width}}  {'median':>9}  {'worst':>9}  {'limit':>9}"
    rows = [
        f"{each.quantity:<{width}}  {each.median:>8.3f}{each.unit}  {each.worst:>8.3f}{each.unit}"
        f"  {each.limit:>8.3f}{each.unit}  {'ok' if each.holds else 'OVER'}"
        for each in lines
    ]
    return "\n".join([head, *rows])
