"""What taking a merged bundle back would do: worked out first, shown, and worked out again.

The state of a record is the join of what was saved here and of every bundle in force that holds it.
Without one of the bundles it is the join of the rest; nothing is guessed back from history. So a
store that withdraws a bundle is, byte for byte, one that never merged it, and merging it again
restores everything.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from typing import Final

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.carried import to_line
from antq_desktop.domain.merging import EMPTY_PART
from antq_desktop.domain.record import Record


class Fate(StrEnum):
    """Into which heap a record of a withdrawn bundle falls."""

    REVERSED = "reversed"
    KEPT = "kept"
    COULD_NOT = "could_not"

    @property
    def label(self) -> str:
        """What an officer reads."""
        return _LABELS[self]


_LABELS: Final = {
    Fate.REVERSED: "trả về như trước",
    Fate.KEPT: "giữ nguyên",
    Fate.COULD_NOT: "không rút được",
}
SAID_BY_OTHERS: Final = "said_by_others"
SAVED_SINCE: Final = "saved_since"
BUNDLE_LOST: Final = "bundle_lost"
BEFORE_UNKNOWN: Final = "before_unknown"
REFERRED_TO: Final = "referred_to"
ERASED: Final = "erased"
REASONS: Final[Mapping[str, str]] = {
    SAID_BY_OTHERS: "gói khác đã nhập cũng ghi như vậy",
    SAVED_SINCE: "sau khi nhập gói đã có người lưu tiếp lên hồ sơ ở đây",
    BUNDLE_LOST: "không đọc lại được một gói khác có hồ sơ này",
    BEFORE_UNKNOWN: "gói nhập bằng bản chương trình cũ, không giữ nội dung trước khi nhập",
    REFERRED_TO: "hồ sơ lập ở đây đang dẫn đến hồ sơ này",
    ERASED: "nội dung đã được xóa theo thời hạn lưu trữ",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides about one record of the bundle.

    Attributes:
        held: The record as the store holds it; None when it no longer does.
        own: How it stood after the last save made here, before others were joined to it; None when
            nothing was saved here.
        others: The record as each other bundle in force brought it.
        saved_since: Whether it was saved here after the bundle was merged.
        referred_to: Whether a record made here refers to it.
        unknown: Why what remains cannot be worked out; empty when it can.
    """

    held: Record | None
    own: Record | None = None
    others: tuple[Record, ...] = ()
    saved_since: bool = False
    referred_to: bool = False
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Undone:
    """What becomes of one record.

    Attributes:
        kind: Its kind.
        id: Its id.
        fate: Into which heap it falls.
        before: The record as held.
        after: The record as it will be; None where it goes, or where nothing is written.
        code: Why it is kept or could not be taken back.
    """

    kind: str
    id: str
    fate: Fate
    before: Record | None = None
    after: Record | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What taking a bundle back would do, in the order of its verdicts."""

    items: tuple[Undone, ...]

    @property
    def totals(self) -> Mapping[Fate, int]:
        """Return how many records fall into each heap."""
        return Counter(item.fate for item in self.items)

    def heap(self, fate: Fate) -> tuple[Undone, ...]:
        """Return the records of one heap."""
        return tuple(item for item in self.items if item.fate is fate)

    @property
    def digest(self) -> str:
        """Return what two equal withdrawals share."""
        told = hashlib.sha256()
        for item in self.items:
            told.update(canonical([item.kind, item.id, str(item.fate), item.code]))
            if item.after is not None:
                told.update(to_line(item.after, siblings=True))
        return told.hexdigest()


def withdrawal(asked: Iterable[tuple[str, str, Standing]]) -> Withdrawal:
    """Work out what taking a bundle back would do, record by record: kind, id and what decides."""
    return Withdrawal(tuple(undone(kind, id_, found) for kind, id_, found in asked))


def undone(kind: str, id_: str, found: Standing) -> Undone:
    """Return what becomes of one record.

    What was saved here after the merge had seen what the bundle said, so taking that away would
    take the ground from under somebody's work: such a record is kept whole.
    """
    held = found.held
    if held is None:
        return Undone(kind, id_, Fate.COULD_NOT, code=ERASED)
    if found.saved_since:
        return Undone(kind, id_, Fate.KEPT, held, code=SAVED_SINCE)
    if found.unknown:
        return Undone(kind, id_, Fate.COULD_NOT, held, code=found.unknown)
    left = _rest(found)
    if left is None and found.referred_to:
        return Undone(kind, id_, Fate.COULD_NOT, held, code=REFERRED_TO)
    if left is None:
        return Undone(kind, id_, Fate.REVERSED, held)
    after = Record(held.kind, held.id, held.owner, left.up, left.siblings, held.device)
    if after == held:
        return Undone(kind, id_, Fate.KEPT, held, code=SAID_BY_OTHERS)
    return Undone(kind, id_, Fate.REVERSED, held, after)


def _rest(found: Standing) -> Record | None:
    """Join what is left; None when nothing is."""
    pieces = [*((found.own,) if found.own is not None else ()), *found.others]
    if not pieces:
        return None
    first, *more = pieces
    whole = reduce(Record.joined, more, first)
    return whole if any(part != EMPTY_PART for part in whole.parts) else None
