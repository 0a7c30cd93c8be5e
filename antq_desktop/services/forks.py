"""The repair of a fork: two copies of one store used the same numbers.

The bundle that was merged first stays; what the other copy sent lies aside, whole, and is never
deleted. Here both are read side by side, one is kept under the number, and a minute is printed. The
other copy begins anew at its own place (`restarting`), and what it had comes up again as the work
of another device.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.asked import place_of, say_place
from antq_desktop.domain.carried import NotARecordError, from_line
from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.fields import VOID, RecordSpec, Value
from antq_desktop.domain.forking import Apart, apart
from antq_desktop.domain.shown import show_title
from antq_desktop.domain.text import opening
from antq_desktop.files import write_atomically
from antq_desktop.services.conflicts import EMPTY, KEPT, PRIVATE, VOIDED
from antq_desktop.services.deliveries import shown_moment
from antq_desktop.services.forked import Settlement, remember, settlements
from antq_desktop.services.lists import text_of
from antq_desktop.services.writers_held import FORKS
from antq_desktop.storage import exchange
from antq_desktop.storage.exchange import MERGED, QUARANTINED, ReceivedRow

if TYPE_CHECKING:
    from pathlib import Path

    from antq_desktop.domain.codes import Codes
    from antq_desktop.domain.record import Record
    from antq_desktop.services.devices import Devices
    from antq_desktop.services.gatehouse import Gatehouse
    from antq_desktop.services.hand import Hand
    from antq_desktop.services.taking import Taking
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store

SHELVES: Final = frozenset({*FORKS, "fork_waiting"})
MOST: Final = 2_000  # lines that a person is shown; the minute says how many there are
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Copy:
    """A bundle of one of the two copies, as a list shows it."""

    sha256: str
    digest: str
    name: str
    number: int
    received: str
    claimed: str


@dataclass(frozen=True, slots=True)
class Fork:
    """Two copies of one store that both sent.

    Attributes:
        device: The device that both claim to be.
        writer: The writer both went on with.
        number: The first number that both used.
        unit: Name of the unit.
        label: What the device is called.
        here: Bundles from that number on that were merged.
        there: Bundles that lie aside for it.
        settled: What was decided; None while it waits.
    """

    device: str
    writer: str
    number: int
    unit: str
    label: str
    here: tuple[Copy, ...]
    there: tuple[Copy, ...]
    settled: Settlement | None = None

    @property
    def id(self) -> str:
        """What tells it from others."""
        return f"{self.device}/{self.writer}"

    @property
    def may_take_other(self) -> bool:
        """Whether both bundles of the first doubled number are here, so that either can stay."""
        return all(any(one.number == self.number for one in of) for of in (self.here, self.there))


@dataclass(frozen=True, slots=True)
class Beside:
    """One place of one record as the two copies have it."""

    kind: str
    record: str
    name: str
    label: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What a repair did: the decision, what waits to be merged now, and one sentence."""

    settlement: Settlement
    waiting: int
    sentence: str


class Forks:
    """The forks among the bundles that came."""

    def __init__(  # noqa: PLR0917 - the parts of one exchange, each once
        self, store: Store, devices: Devices, gate: Gatehouse, taking: Taking, codes: Codes,
        hand: Hand,
    ) -> None:  # fmt: skip
        self._store = store
        self._devices = devices
        self._gate = gate
        self._taking = taking
        self._codes = codes
        self._hand = hand

    def found(self) -> list[Fork]:
        """Return every fork, those that wait first."""
        with self._store.reading() as reader:
            rows = exchange.select(
                reader.connection, ReceivedRow, "WHERE writer <> '' ORDER BY number, sha256"
            )
            done = {(one.device, one.writer): one for one in settlements(reader)}
        labels = {held.device.device: held.device.label for held in self._devices.known()}
        aside: dict[_Key, list[ReceivedRow]] = {}
        for row in rows:
            if row.state == QUARANTINED and row.shelf in SHELVES:
                aside.setdefault((row.device, row.writer), []).append(row)
        forks: list[Fork] = []
        for key in sorted(aside.keys() | done.keys()):
            there = aside.get(key, [])
            settled = done.get(key)
            number = settled.number if settled else _first(there)
            here = [
                row
                for row in rows
                if (row.device, row.writer) == key and row.state == MERGED and row.number >= number
            ]
            unit = next((row.sender_name for row in (*here, *there)), "")
            label = labels.get(key[0], "")
            forks.append(Fork(*key, number, unit, label, _copies(here), _copies(there), settled))
        return sorted(forks, key=lambda fork: (fork.settled is not None, fork.unit, fork.id))

    def fork(self, named: str) -> Fork:
        """Return one fork by its writer, or by device and writer.

        Raises:
            UserError: `no_such_fork`.
        """
        same = [fork for fork in self.found() if named in {fork.id, fork.writer}]
        if len(same) != 1:
            message = "Không có hai bản dữ liệu cùng gửi mang mã này. Xem lại danh sách."
            raise UserError("no_such_fork", message)
        return same[0]

    def beside(self, fork: Fork) -> list[Beside]:
        """Return what the two copies say differently, what both hold first.

        Raises:
            UserError: `copy_unread`: a bundle that lies aside can no longer be read.
        """
        found = sorted(self._apart(fork), key=lambda one: one.here is None or one.there is None)
        return [line for one in found for line in self._lines(one)][:MOST]

    def settle(self, fork: Fork, *, keep_other: bool, reason: str, confirmed_by: str) -> Settled:
        """Keep one copy under the doubled numbers; the other stays aside and begins anew.

        Args:
            fork: As it was shown.
            keep_other: Whether the bundles that lie aside take the place of those merged, which
                are withdrawn in the same transaction.
            reason: How it came about, as the unit tells.
            confirmed_by: Who of the unit said which copy is in use.

        Raises:
            UserError: `fork_changed`, `fork_without_reason`, `fork_unconfirmed`,
                `other_copy_missing`, `copy_unread`.
            EnvironmentFault: What the machine denies; nothing was done.
        """
        self._check(fork, keep_other=keep_other, reason=reason, confirmed_by=confirmed_by)
        count = len(list(self._apart(fork)))
        kept, aside = (fork.there, fork.here) if keep_other else (fork.here, fork.there)
        with self._store.writing(self._hand.officer, Action.WITHDRAW) as work:
            back = sorted(fork.here, key=lambda copy: -copy.number) if keep_other else ()
            for copy in back:
                self._taking.withdrawing.withdraw_in(work, copy.sha256)
            settlement = Settlement(
                device=fork.device,
                writer=fork.writer,
                number=fork.number,
                kept=next((one.digest for one in kept if one.number == fork.number), ""),
                aside=tuple(copy.digest for copy in aside),
                reason=reason.strip(),
                confirmed_by=confirmed_by.strip(),
                officer=self._hand.officer,
                at=civil(self._hand.clock.now()),
                withdrawn=len(back),
                apart=count,
            )
            remember(work, settlement)
            which = "gói để riêng" if keep_other else "gói đã nhập trước"
            work.note(
                "",
                "",
                f"Khắc phục hai bản dữ liệu cùng gửi của {fork.unit}, từ gói số {fork.number}: giữ"
                f" {which}; {confirmed_by.strip()} xác nhận; {reason.strip()}",
            )
        waiting = self._look_again(fork)
        told = f"Đã khắc phục hai bản dữ liệu cùng gửi của {fork.unit}: giữ {which}."
        if waiting:
            told += f" {waiting} gói nay chờ nhập ở trang Nhận gói."
        told += " In biên bản, ký và gửi gói trả về để đơn vị bắt đầu bản mới trên máy kia."
        return Settled(settlement, waiting, told)

    def minute(self, fork: Fork) -> bytes:
        """Return the minute of a repair, to be printed and signed.

        Raises:
            UserError: `fork_unsettled`; `copy_unread`.
        """
        from antq_desktop.services.fork_paper import ForkPaper

        if fork.settled is None:
            message = "Chưa khắc phục nên chưa có biên bản. Chọn bản được giữ trước."
            raise UserError("fork_unsettled", message)
        return ForkPaper(self._store, self._hand).make(fork, fork.settled, self.beside(fork))

    def write_minute(self, fork: Fork, folder: Path) -> Path:
        """Write the minute of a repair into a folder and return its path.

        Raises:
            UserError: `fork_unsettled`; `copy_unread`.
            EnvironmentFault: What the machine or the stick denies.
        """
        path = folder / f"ANTQ_BIENBAN_{fork.writer}_{fork.number:06d}.pdf"
        write_atomically(path, self.minute(fork))
        return path

    def _check(self, fork: Fork, *, keep_other: bool, reason: str, confirmed_by: str) -> None:
        if fork.settled is not None or self.fork(fork.id) != fork:
            message = "Danh sách gói của hai bản vừa thay đổi. Xem lại rồi chọn."
            raise UserError("fork_changed", message)
        if not reason.strip():
            message = "Chưa ghi nguyên nhân. Ghi theo lời đơn vị, ví dụ: chép ổ đĩa sang máy mới."
            raise UserError("fork_without_reason", message, "reason")
        if not confirmed_by.strip():
            message = "Chưa ghi người xác nhận. Ghi họ tên, chức vụ của người ở đơn vị gửi."
            raise UserError("fork_unconfirmed", message, "confirmed_by")
        if keep_other and not fork.may_take_other:
            message = (
                f"Chưa có gói số {fork.number} của bản kia nên chưa giữ bản đó được. Nhận gói đó"
                " trước, hoặc giữ gói đã nhập."
            )
            raise UserError("other_copy_missing", message)

    def _look_again(self, fork: Fork) -> int:
        """Let every bundle of the writer pass the gate as it is now, in the order of numbers."""
        for copy in (*fork.here, *fork.there):
            self._taking.staged(copy.sha256)
        aside = {copy.sha256 for copy in self.fork(fork.id).there}
        merged = {copy.sha256 for copy in self.fork(fork.id).here}
        return sum(
            copy.sha256 not in aside and copy.sha256 not in merged
            for copy in (*fork.here, *fork.there)
        )

    def _apart(self, fork: Fork) -> Iterator[Apart]:
        settled = fork.settled
        mine, other = (fork.here, fork.there)
        if settled is not None:
            aside = set(settled.aside)
            mine = tuple(copy for copy in (*fork.here, *fork.there) if copy.digest not in aside)
            other = tuple(copy for copy in fork.there if copy.digest in aside)
        here, there = self._records(mine), self._records(other)
        with self._store.reading() as reader:
            held = self._held(reader, there.keys() - here.keys())
        return apart(here, there, held)

    def _held(self, reader: Reader, keys: Iterable[_Key]) -> dict[_Key, Record]:
        by_kind: dict[str, list[str]] = {}
        for kind, id_ in keys:
            by_kind.setdefault(kind, []).append(id_)
        return {
            (kind, id_): record
            for kind, ids in by_kind.items()
            for id_, record in reader.records(kind, ids).items()
        }

    def _records(self, copies: Sequence[Copy]) -> dict[_Key, Record]:
        """Return what the bundles of one copy say, a later one over an earlier one."""
        found: dict[_Key, Record] = {}
        for copy in copies:
            found |= self._records_in(copy)
        return found

    def _records_in(self, copy: Copy) -> dict[_Key, Record]:
        with self._store.reading() as reader:
            (row,) = exchange.select(
                reader.connection, ReceivedRow, "WHERE sha256 = ?", (copy.sha256,)
            )
        try:
            with self._gate.opened_again(self._taking.folder / f"{row.sha256}.antq", row) as opened:
                if opened.verdict.mergeable and opened.identity == row.digest:
                    records = (
                        from_line(kind, line.value)
                        for kind, lines in opened.records()
                        if kind in self._store.specs
                        for line in lines
                    )
                    return {(record.kind, record.id): record for record in records}
        except (EnvironmentFault, NotARecordError):
            pass
        message = f"Gói {copy.name} trong ngăn không còn đọc được. Nhận lại gói từ USB rồi xem lại."
        raise UserError("copy_unread", message)

    def _lines(self, found: Apart) -> Iterator[Beside]:
        spec = self._store.specs[found.kind]
        name = show_title(spec, found.here or found.there or {}) or found.id[:8]
        titled = f"{opening(spec.label)}: {name}"
        for path in found.paths:
            yield Beside(
                kind=found.kind,
                record=found.id,
                name=titled,
                label=say_place(place_of(found.kind, path)).partition(": ")[2] or path,
                here=self._text(spec, path, found.here),
                there=self._text(spec, path, found.there),
            )

    def _text(self, spec: RecordSpec, path: str, values: Mapping[str, Value] | None) -> str:
        if values is None:
            return "(không có hồ sơ)"
        if path == VOID:
            return f"{VOIDED}: {values[VOID]}" if values.get(VOID) else KEPT
        try:
            field = spec.at(path)
        except KeyError:
            return EMPTY
        if field.private:
            return PRIVATE
        return text_of(field, values.get(path), self._codes) or EMPTY


def _first(rows: Sequence[ReceivedRow]) -> int:
    return min((row.number for row in rows if row.shelf in FORKS), default=rows[0].number)


def _copies(rows: Iterable[ReceivedRow]) -> tuple[Copy, ...]:
    return tuple(
        Copy(
            sha256=row.sha256,
            digest=row.digest,
            name=row.name,
            number=row.number,
            received=shown_moment(row.received_at),
            claimed=shown_moment(row.claimed),
        )
        for row in {row.digest: row for row in rows}.values()
    )
