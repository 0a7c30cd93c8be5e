"""Eight digits read out by the receiver: a bundle arrived and was merged, until a receipt says so.

Only who opened and merged the bundle knows them; here they are never shown before. Typed in, they
mark the line of the register and move nothing else: what was sent goes again until a signed
receipt comes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.exchange import BundleKind
from antq_desktop.storage import exchange
from antq_desktop.storage.exchange import RESEND, SEALED, TOLD, WRITTEN, SentRow

if TYPE_CHECKING:
    from antq_desktop.services.hand import Hand
    from antq_desktop.storage.store import Store

DIGITS: Final = 8
AWAITED: Final = frozenset({SEALED, WRITTEN, RESEND})


def grouped(spoken: str) -> str:
    """Write the digits as they are read out: two groups of four."""
    return f"{spoken[:4]} {spoken[4:]}".strip()


class Telephone:
    """Takes the digits that the receiver reads out."""

    def __init__(self, store: Store, hand: Hand) -> None:
        self._store = store
        self._hand = hand

    def confirm(self, typed: str) -> str:
        """Mark the bundle with these digits as received, and return one sentence.

        Raises:
            UserError: `spoken_malformed`; `spoken_unknown`: no bundle that waits has them.
        """
        digits = re.sub(r"[\s.-]", "", typed)
        if not re.fullmatch(r"[0-9]{8}", digits, re.ASCII):
            message = f"Số báo qua điện thoại có {DIGITS} chữ số. Nhập lại."
            raise UserError("spoken_malformed", message, "spoken")
        with self._store.writing(self._hand.officer, Action.ANSWER) as work:
            found = exchange.select(
                work.connection,
                SentRow,
                "WHERE spoken = ? AND kind = ?",
                (digits, str(BundleKind.UP)),
            )
            waits = [row for row in found if row.state in AWAITED]
            if not waits:
                message = (
                    "Không có gói nào đang chờ xác nhận mang số này. Nghe lại từng số, hoặc xem "
                    "gói đã được xác nhận chưa."
                )
                raise UserError("spoken_unknown", message, "spoken")
            row = waits[0]
            now = civil(self._hand.clock.now())
            exchange.put(work.connection, replace(row, state=TOLD, answered_at=now))
            work.note("", "", f"Gói {row.file} đã nhận, báo qua điện thoại")
        return f"Gói số {row.number} gửi {row.addressee_name}: đã nhận, báo qua điện thoại."
