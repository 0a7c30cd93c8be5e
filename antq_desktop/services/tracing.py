"""From a record back to the signed line it came from: which bundle, whose signature, which words.

Each line is read anew out of the kept bundle, through the signature, so that what is shown is what
was signed and not what this store made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.answers import Outcome
from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.services.deliveries import shown_moment
from antq_desktop.storage import exchange
from antq_desktop.storage.exchange import MERGED, ReceivedRow, verdicts_of

if TYPE_CHECKING:
    from antq_desktop.bundle.opening import Opened
    from antq_desktop.services.taking import Taking
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store

_BROUGHT: Final = frozenset(
    {Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.VOIDED, Outcome.CONFLICT}
)


@dataclass(frozen=True, slots=True)
class SignedLine:
    """A line of a signed bundle.

    Attributes:
        sender: Name of the unit that signed.
        number: Number of its bundle.
        via: Name of the unit that passed the bundle on; empty where it came by itself.
        received: When it came, for the screen.
        digest: Identity of the bundle.
        place: Where the line stands, `records/incident.jsonl:12`; empty where it is gone.
        text: The line as it was signed; empty where it is gone.
        holds: Whether the signature was verified just now and the line found.
        signature: What that came to, one Vietnamese sentence.
    """

    sender: str
    number: int
    via: str
    received: str
    digest: str
    place: str
    text: str
    holds: bool
    signature: str


class Tracing:
    """Traces records of one store."""

    def __init__(self, store: Store, taking: Taking) -> None:
        self._store = store
        self._taking = taking

    def lines(self, kind: str, record: str) -> list[SignedLine]:
        """Return the signed lines that a record came in, the newest first; none for own records.

        Raises:
            EnvironmentFault: The disk takes no scratch file.
        """
        with self._store.reading() as reader:
            rows = list(_brought_by(reader, kind, record))
        return [self._line(row, kind, record) for row in rows]

    def _line(self, row: ReceivedRow, kind: str, record: str) -> SignedLine:
        try:
            with self._taking.opened_again(row) as opened:
                if opened.verdict.mergeable and opened.identity == row.digest:
                    for line in opened.lines("records", kind):
                        if line.value.get("id") == record:
                            told = _holds(opened, row)
                            return _signed(row, line.place, line.data.decode(), told)
        except EnvironmentFault:
            pass  # the file is gone; that is what is said
        return _signed(row, "", "", "")


def _brought_by(reader: Reader, kind: str, record: str) -> list[ReceivedRow]:
    rows = exchange.select(
        reader.connection,
        ReceivedRow,
        "WHERE state = ? ORDER BY entry DESC, number DESC",
        (MERGED,),
    )
    found: dict[str, ReceivedRow] = {}
    for row in rows:
        if row.digest not in found and any(
            told.record == record and told.kind == kind and told.outcome in _BROUGHT
            for told in verdicts_of(reader.connection, row)
        ):
            found[row.digest] = row
    return list(found.values())


def _holds(opened: Opened, row: ReceivedRow) -> str:
    signer = opened.signer
    label = signer.label if signer else ""
    code = " ".join(signer.fingerprint) if signer else ""
    who = f"{row.via_name} xác nhận chìa khóa" if row.via else "chìa khóa đã đối chiếu ở đây"
    return (
        f"Chữ ký đúng: máy “{label}” của {row.sender_name} đã ký gói số {row.number}; {who}, mã "
        f"đối chiếu {code}."
    )


def _signed(row: ReceivedRow, place: str, text: str, told: str) -> SignedLine:
    gone = (
        f"Gói số {row.number} của {row.sender_name} không còn nguyên ở máy này; sổ giao nhận vẫn "
        f"giữ mã {row.digest[:12]}."
    )
    return SignedLine(
        sender=row.sender_name,
        number=row.number,
        via=row.via_name,
        received=shown_moment(row.received_at),
        digest=row.digest,
        place=place,
        text=text,
        holds=bool(told),
        signature=told or gone,
    )
