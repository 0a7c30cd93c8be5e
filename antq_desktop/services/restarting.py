"""The copy of a store that steps back: what it wrote goes up again as the work of another device.

The unit above says in its receipts that a number of this writer is held with another content: this
store has a twin that went on as well. From then on no bundle is made here until somebody begins
anew. Saves made since the last bundle that both share get new stamps under a new writer, so that
nothing of either copy covers what the other one wrote.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.exchange import BundleKind
from antq_desktop.domain.forking import Anew, begun_anew, largest_counter
from antq_desktop.domain.ids import new_writer
from antq_desktop.storage import exchange, own_states, settings
from antq_desktop.storage.exchange import SentRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from antq_desktop.domain.answers import Answer, Receipt
    from antq_desktop.domain.record import Record
    from antq_desktop.services.hand import Hand
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store
    from antq_desktop.storage.work import Work

FORK_CODES: Final = frozenset({"fork_number", "fork_previous"})
_OF_A_TWIN: Final = FORK_CODES | {"fork_waiting"}
_TWIN: Final = "twin"
_BEGUN: Final = "begun_anew"


@dataclass(frozen=True, slots=True)
class Twin:
    """What this store knows of a copy of itself.

    Attributes:
        writer: The writer both went on with.
        number: The first own bundle that the unit above does not hold as it was sent.
        shared: The last own bundle that it holds as it was sent, 0 for none.
        unit: Name of the unit above.
    """

    writer: str
    number: int
    shared: int
    unit: str


@dataclass(frozen=True, slots=True)
class Begun:
    """How this store last began anew, for the minute.

    Attributes:
        writer: The writer that it left to the other copy.
        new: The writer that it went on under.
        number: The first own bundle that the unit above does not hold as it was sent.
        unit: Name of the unit above.
        records: How many records got new stamps.
        reason: How it came about.
        officer: Who did it.
        at: When, civil time.
    """

    writer: str
    new: str
    number: int
    unit: str
    records: int
    reason: str
    officer: str
    at: str


@dataclass(frozen=True, slots=True)
class Restarted:
    """What beginning anew did."""

    writer: str
    records: int
    sentence: str


class Restarting:
    """Begins another life of a store that has a twin."""

    def __init__(self, store: Store, hand: Hand) -> None:
        self._store = store
        self._hand = hand

    def twin(self) -> Twin | None:
        """Return the copy of this store that the unit above has told of, until it is repaired."""
        with self._store.reading() as reader:
            return twin_of(reader)

    def begin_anew(self, reason: str) -> Restarted:
        """Go on under a new writer; everything that was written here stays and goes up again.

        Raises:
            UserError: `no_twin`, `fork_without_reason`.
            EnvironmentFault: What the machine denies; nothing was done.
        """
        if not reason.strip():
            message = "Chưa ghi nguyên nhân. Ghi ngắn, ví dụ: chép ổ đĩa sang máy mới."
            raise UserError("fork_without_reason", message, "reason")
        with self._store.writing(self._hand.officer, Action.ANSWER) as work:
            twin = twin_of(work)
            if twin is None:
                message = "Đơn vị tổng hợp chưa báo hai bản dữ liệu cùng gửi. Không phải làm gì."
                raise UserError("no_twin", message)
            anew = Anew(
                writer=twin.writer,
                since=_counter_of(work, twin),
                new=new_writer(self._hand.random_bytes),
                base=work.stamp.counter,
            )
            count = self._move(work, anew)
            work.set_setting(settings.RESTORED_FROM, twin.writer)
            work.set_setting(settings.WRITER, anew.new)
            work.set_setting(_TWIN, "")
            begun = Begun(
                twin.writer, anew.new, twin.number, twin.unit, count, reason.strip(),
                self._hand.officer, civil(self._hand.clock.now()),
            )  # fmt: skip
            work.set_setting(_BEGUN, canonical(asdict(begun)).decode())
            work.note(
                "",
                "",
                f"Khắc phục hai bản dữ liệu cùng gửi: bắt đầu bản {anew.new} thay bản"
                f" {twin.writer} từ gói số {twin.number}; {reason.strip()}",
            )
        told = (
            f"Đã bắt đầu bản dữ liệu mới {anew.new}. {count} hồ sơ ghi ở máy này giữ nguyên và đi"
            " trong gói sau; chỗ nào máy kia ghi khác thì hai bên cùng được giữ để chọn."
        )
        return Restarted(anew.new, count, told)

    def begun(self) -> Begun | None:
        """Return how this store last began anew; None when it never did."""
        with self._store.reading() as reader:
            held = reader.setting(_BEGUN, "")
        return Begun(**json.loads(held)) if held else None

    def minute(self) -> bytes:
        """Return the minute of the last new beginning, to be printed and signed.

        Raises:
            UserError: `never_begun_anew`.
        """
        from antq_desktop.services.fork_paper import ForkPaper

        begun = self.begun()
        if begun is None:
            message = "Máy này chưa bắt đầu bản dữ liệu mới nên chưa có biên bản."
            raise UserError("never_begun_anew", message)
        return ForkPaper(self._store, self._hand).make_own(begun)

    def _move(self, work: Work, anew: Anew) -> int:
        own = work.setting(settings.UNIT)
        count = 0
        largest = 0
        for kind in self._store.specs:
            moved: list[str] = []
            for before, after in _moved(work.all_records(kind), own, anew):
                work.take(before, after)
                largest = max(largest, largest_counter(after))
                moved.append(after.id)
            held = own_states.remembered(work.connection, kind, moved)
            own_states.rewrite(work.connection, (begun_anew(r, anew) for r in held.values()))
            count += len(moved)
        work.has_seen(largest)
        return count


def _moved(records: Iterable[Record], own: str, anew: Anew) -> list[tuple[Record, Record]]:
    mine = (record for record in records if record.owner == own)
    pairs = ((record, begun_anew(record, anew)) for record in mine)
    return [(before, after) for before, after in pairs if before != after]


def twin_of(reader: Reader) -> Twin | None:
    """Return the copy of this store that was told of and not repaired."""
    held = reader.setting(_TWIN, "")
    if not held:
        return None
    twin = Twin(**json.loads(held))
    return twin if twin.writer == reader.setting(settings.WRITER) else None


def refuse_with_twin(reader: Reader) -> None:
    """Make no bundle while a copy of this store went on under the same numbers.

    Raises:
        UserError: `twin_unrepaired`.
    """
    twin = twin_of(reader)
    if twin is not None:
        message = (
            f"{twin.unit} báo có hai bản dữ liệu cùng gửi từ gói số {twin.number}. Mở mục Khắc phục"
            " hai bản dữ liệu cùng gửi, bắt đầu bản mới rồi lập gói."
        )
        raise UserError("twin_unrepaired", message)


def note_twin(work: Work, answer: Answer, unit: str, name: str) -> Twin | None:
    """Take note of what the newest answer says of numbers that another copy used.

    Args:
        work: The action that takes the answer in.
        answer: What the unit above says.
        unit: Its id.
        name: Its name.
    """
    writer = work.setting(settings.WRITER)
    sent = exchange.select(
        work.connection,
        SentRow,
        "WHERE writer = ? AND addressee = ? AND kind = ? ORDER BY number",
        (writer, unit, str(BundleKind.UP)),
    )
    told = {receipt.bundle.digest: receipt for receipt in answer.receipts}
    places = {place.number: place.digest for place in answer.held if place.writer == writer}
    apart = [
        row.number
        for row in sent
        if places.get(row.number, row.digest) != row.digest
        or (row.digest in told and FORK_CODES & set(told[row.digest].codes))
    ]
    if not apart:
        work.set_setting(_TWIN, "")
        return None
    first = min(apart)
    shared = max(
        (
            row.number
            for row in sent
            if row.number < first and row.digest in told and told[row.digest].verdict.mergeable
        ),
        default=0,
    )
    twin = Twin(writer, first, shared, name)
    work.set_setting(_TWIN, canonical(asdict(twin)).decode())
    return twin


def own_receipts(answer: Answer, twin: Twin | None) -> list[Receipt]:
    """Return the receipts of bundles that this very copy of the store sent."""
    return [
        receipt
        for receipt in answer.receipts
        if not _OF_A_TWIN & set(receipt.codes)
        and (
            twin is None
            or receipt.bundle.writer != twin.writer
            or receipt.bundle.number < twin.number
        )
    ]


def _counter_of(reader: Reader, twin: Twin) -> int:
    """Return the largest counter of this store in the last bundle that both copies share."""
    statement = (
        "SELECT max(counter) FROM history WHERE writer = ? AND seq <="
        " (SELECT covers FROM sent WHERE writer = ? AND number = ?)"
    )
    values = (twin.writer, twin.writer, twin.shared)
    found = reader.connection.exec_driver_sql(statement, values).scalar_one_or_none()
    return int(found or 0)
