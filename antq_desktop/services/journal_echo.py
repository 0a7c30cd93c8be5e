"""What a bundle says of its sender's history, and what comes back of it with a receipt.

Each bundle tells how long the history of its store was and how it ended; the receipt repeats it,
signed by the unit above. A history that was cut off, or a data file that was put in the place of
another, does not hold what it once told of: the device says so and seals nothing until a person
has written why. More than that cannot be proved from inside: what was done after the last bundle
can be cut off unseen, and who rewrites a whole history before it was ever told is believed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.exchange import JournalPlace
from antq_desktop.domain.shown import show_integer
from antq_desktop.domain.text import clean
from antq_desktop.storage import exchange, history, settings
from antq_desktop.storage.exchange import SentRow

if TYPE_CHECKING:
    from antq_desktop.domain.answers import Receipt
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.hand import Hand
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store
    from antq_desktop.storage.work import Work

GAP: Final = "journal_gap"
LEAST_REASON: Final = 10
LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class Gap:
    """A place of history that a receipt names and that this history does not hold.

    Attributes:
        length: How many entries were told of.
        head: The link of the last of them.
        bundle: Number of the bundle that told of it.
        by: The unit that holds it.
    """

    length: int
    head: str
    bundle: int
    by: str

    @property
    def sentence(self) -> str:
        """What is wrong and what to do."""
        return (
            f"{self.by} giữ gói số {self.bundle:06d} có nhật ký đến lần ghi số "
            f"{show_integer(self.length)}, nhưng nhật ký trên máy này không có lần ghi đó: dữ liệu "
            "đã được khôi phục, thay tệp hoặc bị cắt bớt. Chưa lập gói được cho đến khi lãnh đạo "
            "ghi rõ nguyên nhân."
        )


def journal_place(reader: Reader) -> JournalPlace | None:
    """Return where the history of this store stands; None before its first entry."""
    head = history.head(reader.connection)
    return JournalPlace(head.seq, head.link.hex()) if head.seq else None


def journal_text(place: JournalPlace | None) -> str:
    """Write a place as the register keeps it."""
    return f"{place.length} {place.head}" if place else ""


def journal_from(text: str) -> JournalPlace | None:
    """Read what `journal_text` wrote."""
    length, _, head = text.partition(" ")
    return JournalPlace(int(length), head) if head else None


def hear_echoes(work: Work, receipts: Iterable[Receipt], by: str) -> str:
    """Compare what receipts repeat with the history held here; return what is wrong, or nothing.

    Only bundles of this store count, of its present and its former lives.
    """
    sent = exchange.select(work.connection, SentRow)
    own = {row.writer for row in sent}
    own |= {work.setting(settings.WRITER), work.setting(settings.RESTORED_FROM, "")}
    explained = set(json.loads(work.setting(settings.JOURNAL_EXPLAINED, "[]")))
    missing = [
        Gap(receipt.journal.length, receipt.journal.head, receipt.bundle.number, by)
        for receipt in receipts
        if receipt.journal is not None
        and receipt.bundle.writer in own
        and receipt.journal.head not in explained
        and not history.holds(work.connection, receipt.journal.length, receipt.journal.head)
    ]
    if not missing:
        return ""
    gap = max(missing, key=lambda one: one.length)
    heads: Json = sorted({one.head for one in missing})
    told: Json = {
        "bundle": gap.bundle,
        "by": by,
        "head": gap.head,
        "heads": heads,
        "length": gap.length,
    }
    work.set_setting(settings.JOURNAL_GAP, canonical(told).decode())
    return gap.sentence


def gap_in(reader: Reader) -> Gap | None:
    """Return what is missing here and was not explained yet."""
    held = json.loads(reader.setting(settings.JOURNAL_GAP, "") or "{}")
    if not held:
        return None
    return Gap(int(held["length"]), str(held["head"]), int(held["bundle"]), str(held["by"]))


def refuse_with_gap(reader: Reader) -> None:
    """Return when a bundle may be made.

    Raises:
        UserError: `journal_gap`.
    """
    gap = gap_in(reader)
    if gap is not None:
        raise UserError(GAP, gap.sentence)


class JournalEcho:
    """What is missing in the history of this store, and the word of a person about it."""

    def __init__(self, store: Store, hand: Hand) -> None:
        self._store = store
        self._hand = hand

    def gap(self) -> Gap | None:
        """Return what is missing here and was not explained yet."""
        with self._store.reading() as reader:
            return gap_in(reader)

    def explain(self, reason: str) -> str:
        """Write down why the history lacks what it told of; bundles can be made again.

        Raises:
            UserError: `not_allowed`, `reason_missing`, `text_too_long`, `no_journal_gap`.
            EnvironmentFault: The machine denied it.
        """
        text = " ".join(clean(reason.strip(), "Nguyên nhân", long=True, field="reason").split())
        if len(text) < LEAST_REASON:
            raise UserError(
                "reason_missing", "Chưa ghi rõ nguyên nhân. Ghi nguyên nhân thành câu.", "reason"
            )
        if len(text) > LONGEST_REASON:
            message = f"Nguyên nhân dài quá {LONGEST_REASON} chữ. Rút ngắn lại."
            raise UserError("text_too_long", message, "reason")
        with self._store.writing(self._hand.officer, Action.SEAL) as work:
            gap = gap_in(work)
            if gap is None:
                message = "Nhật ký không thiếu lần ghi nào đã báo lên trên."
                raise UserError("no_journal_gap", message)
            heads = json.loads(work.setting(settings.JOURNAL_GAP))["heads"]
            known = json.loads(work.setting(settings.JOURNAL_EXPLAINED, "[]"))
            kept: Json = sorted({*known, *heads})
            work.set_setting(settings.JOURNAL_EXPLAINED, canonical(kept).decode())
            work.set_setting(settings.JOURNAL_GAP, "")
            told = f"Nhật ký thiếu lần ghi số {gap.length} đã báo ở gói số {gap.bundle:06d}"
            work.note("", "", f"{told}. Nguyên nhân: {text.rstrip('.')}")
        return "Đã ghi nguyên nhân vào nhật ký. Lập gói được như trước."
