"""Minutes that are all but equal to earlier ones, found without comparing each with each.

Two texts are alike when the sets of their runs of three words have at least four fifths in common
(Jaccard). Letters are folded and figures levelled before, so that a copy in which only the day and
the attendance were changed is the same text. In a text of a hundred words about three may differ.

Who shares four fifths with another must share one of its rarest fifth: only that prefix of each
text is put into an index (prefix filtering of set similarity joins), so that a text meets few
others. It is compared with those before it until one is alike; the first one found is named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.text import fold

SHARE: Final = (4, 5)  # of all runs of two texts together, at least so many are in both
RUN: Final = 3  # words
FEWEST_WORDS: Final = 12  # shorter texts are alike by nature
_WORDS: Final = re.compile(r"\w+")
_FIGURES: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Text:
    """A text with what tells it apart; `order` says which of two is the earlier one."""

    key: str
    order: str
    words: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """A text that is all but equal to an earlier one.

    Attributes:
        key: The later one.
        earlier: The one before it.
        percent: How much they share, rounded down; 100 means that only figures or signs differ.
    """

    key: str
    earlier: str
    percent: int


def runs_of(words: str) -> frozenset[str]:
    """Return the runs of words of a text; none where it is too short to be judged."""
    held = _WORDS.findall(_FIGURES.sub("0", fold(words)))
    if len(held) < FEWEST_WORDS:
        return frozenset()
    return frozenset(" ".join(held[at : at + RUN]) for at in range(len(held) - RUN + 1))


def shared(one: frozenset[str], other: frozenset[str]) -> tuple[int, int]:
    """Return how many runs are in both, and how many in either."""
    both = len(one & other)
    return both, len(one) + len(other) - both


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two texts are all but equal."""
    if not one or not other:
        return False
    both, either = shared(one, other)
    return both * SHARE[1] >= either * SHARE[0]


def likenesses(texts: Iterable[Text]) -> Iterator[Likeness]:
    """Yield each text that is all but equal to one before it, in their order."""
    ordered = sorted(texts, key=lambda text: (text.order, text.key))
    runs = [runs_of(text.words) for text in ordered]
    known = Counter(run for each in runs for run in each)
    index: dict[str, list[int]] = {}
    for at, mine in enumerate(runs):
        if not mine:
            continue
        rarest = sorted(mine, key=lambda run: (known[run], run))[: _prefix(len(mine))]
        earlier = _first_alike(mine, rarest, index, runs)
        if earlier is not None:
            both, either = shared(mine, runs[earlier])
            yield Likeness(ordered[at].key, ordered[earlier].key, both * 100 // either)
        for run in rarest:
            index.setdefault(run, []).append(at)


def _prefix(count: int) -> int:
    """Return how many of the rarest runs two texts that are alike cannot both miss."""
    needed = -(-count * SHARE[0] // SHARE[1])
    return count - needed + 1


def _first_alike(
    mine: frozenset[str],
    rarest: Iterable[str],
    index: dict[str, list[int]],
    runs: list[frozenset[str]],
) -> int | None:
    """Return the first text found that is alike; each is looked at once."""
    seen: set[int] = set()
    for run in rarest:
        for other in index.get(run, ()):
            if other in seen:
                continue
            seen.add(other)
            if _lengths_allow(len(mine), len(runs[other])) and are_alike(mine, runs[other]):
                return other
    return None


def _lengths_allow(one: int, other: int) -> bool:
    small, large = sorted((one, other))
    return small * SHARE[1] >= large * SHARE[0]
