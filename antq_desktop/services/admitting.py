"""A bundle whose key is revoked, let in by the delivery register that the sender signed by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.errors import UserError
from antq_desktop.storage import exchange
from antq_desktop.storage.exchange import QUARANTINED, ReceivedRow

if TYPE_CHECKING:
    from antq_desktop.services.gatehouse import Gatehouse
    from antq_desktop.services.hand import Hand
    from antq_desktop.services.shelf import Shelf
    from antq_desktop.storage.store import Store

SHORTEST_IDENTITY: Final = 16
SHELVES: Final = frozenset({"signer_revoked", "signer_rotated"})


class Admitting:
    """Lets single bundles in, by number and identity typed from paper."""

    def __init__(self, store: Store, gate: Gatehouse, shelf: Shelf, hand: Hand) -> None:
        self._store = store
        self._gate = gate
        self._shelf = shelf
        self._hand = hand

    def admit(self, sha256: str, number: int, identity: str) -> None:
        """Let a bundle in; it is to be looked at again afterwards, and may then be merged.

        Args:
            sha256: Which bundle on the shelf, by the digest of its file or its beginning.
            number: Its number as the paper says.
            identity: Its identity as the paper says, at least the first sixteen letters of it.

        Raises:
            UserError: `no_such_bundle`, `not_as_on_paper`.
        """
        row = self._row(sha256)
        with self._gate.opened(self._shelf.path(row.sha256), admitted=True) as opened:
            held, header = opened.identity, opened.header
        typed = "".join(identity.split()).lower()
        right = header is not None and header.number == number and held.startswith(typed)
        if not right or len(typed) < SHORTEST_IDENTITY:
            message = (
                "Số gói hoặc mã gói khác với sổ giao nhận đã ký của đơn vị gửi. So lại từng chữ; "
                "nếu vẫn khác thì giữ gói trong ngăn."
            )
            raise UserError("not_as_on_paper", message, "identity")
        let_in = f"{self._hand.officer}, {civil(self._hand.clock.now())}"
        with self._store.writing(self._hand.officer, Action.REVOKE) as work:
            exchange.put(work.connection, replace(row, admitted=let_in))
            work.note("", "", f"Cho nhận gói {row.name} theo sổ giao nhận đã ký")

    def _row(self, sha256: str) -> ReceivedRow:
        with self._store.reading() as reader:
            rows = exchange.select(
                reader.connection,
                ReceivedRow,
                "WHERE substr(sha256, 1, ?) = ? AND state = ?",
                (len(sha256), sha256, QUARANTINED),
            )
        found = [row for row in rows if row.shelf in SHELVES and sha256]
        if len(found) != 1 or not self._shelf.path(found[0].sha256).exists():
            message = "Không có gói này trong ngăn của chìa khóa đã thu hồi. Nhận lại gói từ USB."
            raise UserError("no_such_bundle", message)
        return found[0]
