"""The yearly review of what is kept about people: what is due is erased or kept on, with a reason.

To keep on is a decision about one record for twelve months; it stands in history with its reason
and runs out by itself, so that nothing is kept on for ever by having been forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import VIETNAM, civil
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.keeping import months_after, months_before
from antq_desktop.domain.rights import Operation, require
from antq_desktop.domain.shown import show_date, show_integer
from antq_desktop.domain.text import clean
from antq_desktop.storage import officers, settings

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.hand import Hand
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store
    from antq_desktop.storage.work import Work

KEPT_MONTHS: Final = 12
LEAST_REASON: Final = 10
LONGEST_REASON: Final = 500
_EVERY_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Review:
    """The last review: its day and who did it."""

    day: str
    officer: str


def reason_of(typed: str) -> str:
    """Return a reason in one line, without the point at its end.

    Raises:
        UserError: `reason_missing`, `text_too_long`, `text_not_allowed`, at `reason`.
    """
    text = " ".join(clean(typed.strip(), "Lý do", long=True, field="reason").split()).rstrip(".")
    if len(text) < LEAST_REASON:
        raise UserError("reason_missing", "Chưa ghi rõ lý do. Ghi lý do thành câu.", "reason")
    if len(text) > LONGEST_REASON:
        message = f"Lý do dài quá {LONGEST_REASON} chữ. Rút ngắn lại."
        raise UserError("text_too_long", message, "reason")
    return text


def kept_longer(reader: Reader, today: date) -> frozenset[str]:
    """Return the ids of records that were decided to be kept beyond this day."""
    return frozenset(record for record, until in _kept(reader).items() if until > today.isoformat())


def _kept(reader: Reader) -> dict[str, str]:
    held = json.loads(reader.setting(settings.KEPT_LONGER, "{}"))
    return {str(record): str(until) for record, until in held.items()}


class Reviewing:
    """Decides about what is due, for the leader at work."""

    def __init__(self, store: Store, hand: Hand) -> None:
        self._store = store
        self._hand = hand

    def keep(self, chosen: Sequence[tuple[str, str]], reason: str) -> str:
        """Keep what these records hold of people for twelve more months; return one sentence.

        Raises:
            UserError: `not_allowed`, `reason_missing`, `text_too_long`, `nothing_to_keep`.
            EnvironmentFault: The machine denied it.
        """
        reason = reason_of(reason)
        ids = [record for _kind, record in dict.fromkeys(chosen)]
        if not ids:
            raise UserError("nothing_to_keep", "Chưa chọn hồ sơ nào để giữ thêm.")
        until = months_after(self._today(), KEPT_MONTHS).isoformat()
        with self._store.writing(self._hand.officer, Action.SETTINGS) as work:
            self._require(work)
            today = self._today().isoformat()
            held: dict[str, Json] = {
                record: end for record, end in _kept(work).items() if end > today
            }
            held.update(dict.fromkeys(ids, until))
            work.set_setting(settings.KEPT_LONGER, canonical(held).decode())
            told = f"Giữ dữ liệu về người của {len(ids)} hồ sơ đến {show_date(until)}"
            work.note("", "", f"{told}. Lý do: {reason}")
        return f"Đã giữ thêm {show_integer(len(ids))} hồ sơ đến {show_date(until)}."

    def last(self) -> Review | None:
        """Return the last review; None before the first."""
        with self._store.reading() as reader:
            day, _, officer = reader.setting(settings.REVIEWED, "").partition(" ")
        return Review(day, officer) if day else None

    def is_due(self) -> bool:
        """Tell whether a year went by since the last review."""
        last = self.last()
        return last is None or last.day <= months_before(self._today(), _EVERY_MONTHS).isoformat()

    def finish(self, still_due: int) -> str:
        """Write down that the list of the year was gone through; return one sentence.

        Raises:
            UserError: `not_allowed`.
            EnvironmentFault: The machine denied it.
        """
        now = civil(self._hand.clock.now())
        with self._store.writing(self._hand.officer, Action.SETTINGS) as work:
            self._require(work)
            work.set_setting(settings.REVIEWED, f"{now[:10]} {self._hand.officer}")
            left = f", còn {show_integer(still_due)} hồ sơ chờ xóa" if still_due else ""
            work.note("", "", f"Rà soát hằng năm dữ liệu về người{left}")
        return f"Đã ghi việc rà soát năm vào nhật ký{left}."

    def _require(self, work: Work) -> None:
        held = officers.named(work.connection, self._hand.officer)
        require(held.roles if held else (), Operation.ERASE)

    def _today(self) -> date:
        return self._hand.clock.now().astimezone(VIETNAM).date()
