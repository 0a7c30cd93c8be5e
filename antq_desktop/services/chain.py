"""The chain upward: bags of units below are passed on as they came, and opened further above.

A receiver puts the bags that it merged into its own bundle, beside its own records, and vouches in
the same signed bundle for the keys that signed them. The unit above takes each bag out, passes it
through the same gate, and keeps it as a bundle of its own: it is shown, merged, withdrawn and
traced like any other, and one that came on two ways is one bundle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from antq_desktop.bundle.limits import LARGEST_FILE
from antq_desktop.bundle.rewrapping import wrap
from antq_desktop.bundle.writing import Blob
from antq_desktop.domain.answers import passed_from
from antq_desktop.domain.canonical import parse_canonical_object
from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.domain.exchange import BundleKind
from antq_desktop.domain.gate import Weight, gate_fault
from antq_desktop.files import remove_if_present
from antq_desktop.services import vouching
from antq_desktop.services.passing import Passing
from antq_desktop.services.sealing import SCRATCH_FOLDER, made_folder
from antq_desktop.storage import chain, exchange
from antq_desktop.storage.exchange import MERGED, QUARANTINED, STAGED, WITHDRAWN, ReceivedRow

if TYPE_CHECKING:
    from antq_desktop.bundle.opening import Opened
    from antq_desktop.domain.answers import Answer, Passed
    from antq_desktop.services.devices import Devices
    from antq_desktop.services.gatehouse import Gatehouse
    from antq_desktop.services.hand import Hand
    from antq_desktop.services.shelf import Shelf
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.store import Store
    from antq_desktop.storage.work import Work

MOST_LEVELS: Final = 3  # a bundle, the bags in it, and the bags in those
ROOM: Final = LARGEST_FILE // 4 * 3  # the rest is for the records of the passing unit itself
MOST_BAGS: Final = 10_000


@dataclass(frozen=True, slots=True)
class _Found:
    """A bag taken out of a bundle: its line of the register, and whether it may go deeper."""

    row: ReceivedRow
    holds_bags: bool


class Chain:
    """Passes bags on, and takes them out again."""

    def __init__(
        self, store: Store, gate: Gatehouse, shelf: Shelf, devices: Devices, hand: Hand
    ) -> None:
        self._store = store
        self._gate = gate
        self._shelf = shelf
        self._devices = devices
        self._hand = hand

    def passing(self, reader: Reader, covered: int, room: int = ROOM) -> Passing:
        """Choose the bags that the unit above has not confirmed yet, in the order of merging.

        What does not fit waits for the next bundle. A bag whose file had to be dropped, because
        facts about people in it were erased, cannot go on as it came: its unit is named.

        Args:
            reader: The transaction.
            covered: Last entry of history whose changes the unit above has confirmed.
            room: Most bytes of bags.
        """
        rows = _merged_since(reader, covered)
        chosen: list[ReceivedRow] = []
        for row in rows:
            path = self._shelf.path(row.sha256)
            room -= path.stat().st_size if path.exists() else 0
            if room < 0 or len(chosen) == MOST_BAGS:
                break
            chosen.append(row)
        left = rows[len(chosen) :]
        there = [row for row in chosen if self._shelf.path(row.sha256).exists()]
        lost = [row.sender_name for row in chosen if row not in there]
        lines = vouching.vouchers(self._devices, reader, {row.signer for row in there})
        return Passing(
            vouchers=((vouching.KIND, lines),) if lines else (),
            bags=tuple(Blob(row.digest, partial(self._bag_of, row)) for row in there),
            covers=(left[0].entry or 1) - 1 if left else None,
            left=len(left),
            lost=tuple(dict.fromkeys(lost)),
        )

    def _bag_of(self, row: ReceivedRow) -> Iterator[bytes]:
        with self._gate.opened_again(self._shelf.path(row.sha256), row) as opened:
            if not opened.verdict.mergeable or opened.identity != row.digest:
                message = (
                    f"Gói số {row.number} của {row.sender_name} lưu ở máy này đã hỏng nên không "
                    "chuyển tiếp được. Rút lại gói đó và nhận lại từ USB."
                )
                raise EnvironmentFault("kept_bag_damaged", message)
            yield from opened.own_bag()

    def unpack(self, row: ReceivedRow, level: int = 1) -> list[ReceivedRow]:
        """Take the bags out of a bundle that passed the gate, each through the gate itself.

        One that is here already, by whatever way it came, is left as it is.

        Raises:
            EnvironmentFault: What the disk denies; what was taken out before stays.
        """
        if level >= MOST_LEVELS:
            return []
        found: list[_Found] = []
        with self._gate.opened_again(self._shelf.path(row.sha256), row) as opened:
            if not opened.verdict.mergeable or opened.header is None or not opened.below():
                return []
            self._hear(opened, row)
            new = (identity for identity in opened.below() if not self._is_here(identity))
            found.extend(self._taken_out(opened, identity, row) for identity in new)
        rows = [one.row for one in found]
        self._write_down(rows, row)
        for one in found:
            if one.holds_bags and one.row.state == STAGED:
                rows += self.unpack(one.row, level + 1)
        return rows

    def staged_by(self, unit: str) -> list[ReceivedRow]:
        """Return the bags that a unit passed on and that wait to be merged, oldest first.

        Bags that lie deeper, passed on to that unit by others, come after those that hold them.
        """
        with self._store.reading() as reader:
            rows = exchange.select(
                reader.connection,
                ReceivedRow,
                "WHERE via <> '' AND state = ? ORDER BY sender, writer, number",
                (STAGED,),
            )
        wanted, found = {unit}, []
        for _level in range(MOST_LEVELS):
            here = [row for row in rows if row.via in wanted and row not in found]
            found += here
            wanted = {row.sender for row in here}
        return found

    def _hear(self, opened: Opened, row: ReceivedRow) -> None:
        if opened.header is None or vouching.KIND not in opened.header.counts.answer:
            return
        now = civil(self._hand.clock.now())
        told = vouching.heard(opened.lines("answer", vouching.KIND), row.sender, now)
        with self._store.writing(self._hand.officer, Action.MERGE) as work:
            chain.put_vouched(work.connection, told)
            work.note("", "", f"{row.sender_name} xác nhận {len(told)} máy đã ký các gói chuyển")

    def _is_here(self, identity: str) -> bool:
        with self._store.reading() as reader:
            rows = exchange.select(reader.connection, ReceivedRow, "WHERE digest = ?", (identity,))
        return any(row.state != QUARANTINED or row.via for row in rows)

    def _taken_out(self, opened: Opened, identity: str, outer: ReceivedRow) -> _Found:
        kept = made_folder(self._store.folder / SCRATCH_FOLDER) / f"{identity}.antq"
        sha256 = wrap(opened.below_bag(identity), kept, self._devices.keys().public)
        try:
            path = self._shelf.keep(kept, sha256)
        finally:
            remove_if_present(kept)
        with self._gate.opened(path, via=outer.sender) as inner:
            if inner.identity not in {"", identity}:
                inner.faults.insert(0, gate_fault("name_mismatch"))
            header = inner.header
            name = header.file_name if header else f"{identity[:12]}.antq"
            row = self._gate.row(name, sha256, inner)
            if any(fault.weight is Weight.REFUSES for fault in inner.faults):
                row = replace(row, state=QUARANTINED)
            row = replace(row, via=outer.sender, via_name=outer.sender_name)
            return _Found(row, bool(header and header.counts.below))

    def _write_down(self, rows: Sequence[ReceivedRow], outer: ReceivedRow) -> None:
        if not rows:
            return
        with self._store.writing(self._hand.officer, Action.MERGE) as work:
            for row in rows:
                exchange.put(work.connection, row)
            work.note("", "", f"Lấy {len(rows)} gói chuyển tiếp ra khỏi gói {outer.name}")


def _merged_since(reader: Reader, covered: int) -> list[ReceivedRow]:
    """Return the bundles of units below merged after an entry, each once; not what lies in them."""
    rows: Iterable[ReceivedRow] = exchange.select(
        reader.connection,
        ReceivedRow,
        "WHERE state = ? AND kind = ? AND via = '' AND entry > ? ORDER BY entry, number, sha256",
        (MERGED, str(BundleKind.UP), covered),
    )
    found: dict[str, ReceivedRow] = {}
    for row in rows:
        found.setdefault(row.digest, row)
    return list(found.values())


def passed_rows(reader: Reader, unit: str) -> list[ReceivedRow]:
    """Return the bags that a unit passed on and on which there is a verdict, each once."""
    rows = exchange.select(
        reader.connection,
        ReceivedRow,
        "WHERE via = ? AND digest <> '' AND state NOT IN (?, ?) ORDER BY sender, writer, number",
        (unit, STAGED, WITHDRAWN),
    )
    return list({row.digest: row for row in rows}.values())


def said_above(reader: Reader, digests: Iterable[str]) -> Iterator[Passed]:
    """Yield what units further above said of bundles, as it came down to this one."""
    for told in chain.receipts_of(reader.connection, digests):
        given = parse_canonical_object(told.line.encode())
        yield passed_from(given)


def hear_passed(work: Work, answer: Answer, at: str) -> None:
    """Keep what units further above said: of own bundles, and of bags that were passed on."""
    rows = (
        chain.PassedReceipt(
            one.receipt.bundle.digest, one.by.id, one.by.name, at, one.to_line().decode()
        )
        for one in answer.passed
    )
    chain.put_receipts(work.connection, rows)
