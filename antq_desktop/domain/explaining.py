"""Why a figure changed, in one sentence: `133 → 137: thêm 05, thanh loại 01 (Quyết định số …)`.

It says what single records gave before and give now; a number that a report says has no records
behind it and is named by its report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.opening import Counted, Source
from antq_desktop.domain.shown import paper_count, show_integer

MOST_DOCUMENTS: Final = 3
_ENDED: Final[Mapping[str, str]] = {
    "scheme": "thanh loại",
    "site": "kết thúc",
    "team": "kết thúc",
    "member": "thôi tham gia",
    "team_member": "thôi tham gia",
    "committee_member": "thôi tham gia",
    "hotspot": "chuyển hóa",
    "unit": "kết thúc",
}
_NOTHING: Final = "chưa có số liệu"


@dataclass(frozen=True, slots=True)
class Gave:
    """What one record gave to a figure before and gives now.

    Attributes:
        record: Its id.
        before: What it gave.
        now: What it gives.
        ended: Whether what it is about came to its end.
        document: The document that ended it.
    """

    record: str
    before: int
    now: int
    ended: bool = False
    document: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """A sentence, and the records that it speaks of.

    Attributes:
        sentence: The sentence; empty where there is nothing to say.
        added: Records that give more than before.
        dropped: Records that give less.
    """

    sentence: str
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

    @property
    def records(self) -> tuple[str, ...]:
        """All records that it speaks of."""
        return (*self.added, *self.dropped)


def explain(kind: str, gave: Iterable[Gave], before: Counted, now: Counted) -> Explained:
    """Say why a figure is another one than before.

    Args:
        kind: Kind of record that gives to it.
        gave: What single records gave; those that gave the same both times may be left out.
        before: The earlier figure.
        now: The figure.
    """
    ends = f"{_said(before)} → {_said(now)}"
    if Source.REPORT in {before.source, now.source}:
        named = [f"{_said(each)} là {each.named}" for each in (before, now)
                 if each.source is Source.REPORT]  # fmt: skip
        return Explained(f"{ends}: {'; '.join(named)}.")
    held = [each for each in gave if each.before != each.now]
    added = [each for each in held if each.now > each.before]
    dropped = [each for each in held if each.now < each.before]
    if not held:
        same = "không đổi" if before.value == now.value else "chênh lệch ở đơn vị dưới"
        return Explained(f"{ends}: {same}.") if before.value is not None else Explained("")
    ids = tuple(each.record for each in added), tuple(each.record for each in dropped)
    if dropped and all(not each.ended and 0 in {each.before, each.now} for each in held):
        told = f"phát sinh {_sum(added)} trong kỳ này, {_sum(dropped)} trong kỳ so sánh"
        return Explained(f"{ends}: {told}.", *ids)
    ended = [each for each in dropped if each.ended]
    fewer = [each for each in dropped if not each.ended]
    parts = (
        f"thêm {_sum(added)} ({show_integer(len(added))} hồ sơ)" if added else "",
        f"{_ENDED.get(kind, 'kết thúc')} {_sum(ended)} ({_by(ended)})" if ended else "",
        f"bớt {_sum(fewer)} ({show_integer(len(fewer))} hồ sơ)" if fewer else "",
    )
    return Explained(f"{ends}: {', '.join(part for part in parts if part)}.", *ids)


def _sum(held: list[Gave]) -> str:
    return paper_count(sum(abs(each.now - each.before) for each in held))


def _said(counted: Counted) -> str:
    return _NOTHING if counted.value is None else show_integer(counted.value)


def _by(dropped: list[Gave]) -> str:
    documents = list(dict.fromkeys(each.document for each in dropped if each.document))
    if not documents:
        return f"{show_integer(len(dropped))} hồ sơ"
    more = len(documents) - MOST_DOCUMENTS
    told = "; ".join(f"văn bản số {each}" for each in documents[:MOST_DOCUMENTS])
    return f"{told} và {paper_count(more)} văn bản khác" if more > 0 else told
