"""Taking bundles in: through the gate, onto a shelf or into a preview, then one transaction."""

from __future__ import annotations

import hashlib
import json
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from antq_desktop.bundle.opening import Line, Opened
from antq_desktop.domain.answers import Answer, Outcome, RecordVerdict
from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.exchange import BundleKind, Header
from antq_desktop.domain.fields import Down
from antq_desktop.domain.gate import GateFault, Verdict
from antq_desktop.domain.ids import RECORD_ID
from antq_desktop.domain.judging import Judge
from antq_desktop.domain.planning import Arrival, Plan, plan
from antq_desktop.services import siblings
from antq_desktop.services.admitting import Admitting
from antq_desktop.services.attachments_travel import opened_for_contents, take_contents
from antq_desktop.services.backing import back_up
from antq_desktop.services.chain import Chain
from antq_desktop.services.devices import Devices
from antq_desktop.services.gatehouse import CHANGEABLE, Gatehouse
from antq_desktop.services.hand import Hand
from antq_desktop.services.profiles import tree_of
from antq_desktop.services.shelf import Shelf, read_first
from antq_desktop.services.taken import Merged, Preview, StaleError, Taken
from antq_desktop.services.withdrawing import Withdrawing
from antq_desktop.storage import exchange, own_states, settings
from antq_desktop.storage.exchange import MERGED, QUARANTINED, STAGED, WITHDRAWN, ReceivedRow
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.storage.queries import Reader
    from antq_desktop.storage.work import Work

__all__ = ["Merged", "Preview", "StaleError", "Taken", "Taking"]


class _UnwelcomeError(Exception):
    """Raised inside the transaction: what was fine at the gate no longer is."""

    def __init__(self, fault: GateFault) -> None:
        super().__init__(fault.code)
        self.fault = fault


class Taking:
    """Takes bundles of the units below, and of siblings, in."""

    def __init__(self, store: Store, devices: Devices, codes: Codes, hand: Hand) -> None:
        self._store = store
        self._hand = hand
        self._devices = devices
        self._gate = Gatehouse(store, devices, codes, hand)
        self._shelf = Shelf(store)
        self.withdrawing = Withdrawing(store, self._gate, self._shelf, hand)
        self.admitting = Admitting(store, self._gate, self._shelf, hand)
        self.chain = Chain(store, self._gate, self._shelf, devices, hand)
        self._backed_up = False

    @property
    def folder(self) -> Path:
        """Where bundles that came are kept as they came."""
        return self._shelf.folder

    def take(self, path: Path) -> Taken:
        """Take one file through the gate and keep it: staged, or in quarantine under its fault.

        Raises:
            UserError: `not_a_bundle`, `file_too_big`: what no copy is made of; `is_an_answer`: a
                return bundle, which `Returning.accept` takes.
            EnvironmentFault: The file cannot be read, or the disk takes no copy of it.
        """
        sha256 = read_first(path)
        known = self._known(sha256)
        if known is not None and known.state == MERGED:
            return Taken(known, None, Verdict(known.verdict), (), already_merged=True)
        taken = self._judged(path.name, self._shelf.keep(path, sha256), sha256)
        if taken.header is not None and taken.header.kind is BundleKind.RETURN and taken.mergeable:
            if known is None:
                self._shelf.drop(sha256)
            message = f"{path.name} là gói trả về. Nạp gói này ở phần phiếu xác nhận."
            raise UserError("is_an_answer", message)
        return self._written_down(taken)

    def preview(self, taken: Taken) -> Preview:
        """Work out what a staged bundle would do; nothing is written.

        Raises:
            UserError: `not_mergeable`.
            EnvironmentFault: What the machine denies.
        """
        if taken.already_merged:
            return Preview(taken, Plan(()))
        if not taken.mergeable or taken.arrival is None:
            raise _not_mergeable()
        with self._store.reading() as reader:
            return Preview(taken, plan(taken.arrival, reader.records), reader.last_entry())

    def merge(self, shown: Preview) -> Merged:
        """Do what was shown, in one transaction, behind one backup per sitting.

        Raises:
            StaleError: The store changed meanwhile; nothing was done, the new plan is inside.
            UserError: `not_mergeable`, or the code of what the gate would now hold against it.
            EnvironmentFault: What the machine denies; nothing was done.
        """
        taken = shown.taken
        if taken.already_merged:
            return _nothing_new(taken.row)
        if taken.header is None or taken.arrival is None:
            raise _not_mergeable()
        self._back_up_once()
        kept = self._shelf.path(taken.row.sha256)
        try:
            with (
                opened_for_contents(self._gate, kept, taken.header) as contents,
                self._store.writing(self._hand.officer, Action.MERGE) as work,
            ):
                held = self._gate.held_now(work, taken.header)
                if held == taken.row.digest:
                    row = self._as_merged_before(work, taken.row)
                    exchange.put(work.connection, row)
                    work.note("", "", f"Nhận lại gói {row.name}")
                    return _nothing_new(row)
                now = self._plan_again(work, shown)
                row = self._apply(work, taken, now)
                take_contents(work, contents, now)
        except _UnwelcomeError as refused:
            self.staged(taken.row.sha256)
            raise UserError(refused.fault.code, refused.fault.message) from refused
        return Merged(row, now, _sentence(row, now))

    def take_answer(self, path: Path) -> tuple[ReceivedRow, Answer, Header, Arrival]:
        """Take a return bundle through the gate and keep it; the records in it come along.

        Raises:
            UserError: `not_an_answer`, or the code of the fault that holds it back.
            EnvironmentFault: The file cannot be read, or the disk takes no copy of it.
        """
        sha256 = read_first(path)
        judge = self._gate.judge()
        with self._gate.opened(self._shelf.keep(path, sha256), judge) as opened:
            row = self._gate.row(path.name, sha256, opened)
            answer, header = opened.answer, opened.header
            faults = tuple(opened.faults)
            if opened.verdict.mergeable and answer is not None and header is not None:
                return row, answer, header, self._from_above(header, judge, opened)
        if opened.verdict.mergeable:
            if self._known(sha256) is None:
                self._shelf.drop(sha256)
            message = f"{path.name} không phải gói trả về của đơn vị tổng hợp. Chọn đúng gói."
            raise UserError("not_an_answer", message)
        with self._store.writing(self._hand.officer, Action.ANSWER) as work:
            exchange.put(work.connection, row)
            work.note("", "", f"Nhận {path.name}: {Verdict(row.verdict).label} ({row.shelf})")
        refusal = next(fault for fault in faults if fault.code == row.shelf)
        raise UserError(refusal.code, refusal.message)

    def back_up_before(self, arrival: Arrival) -> None:
        """Make the backup of this sitting before records of a return bundle are written."""
        if arrival.records:
            self._back_up_once()

    def opened_again(self, row: ReceivedRow) -> AbstractContextManager[Opened]:
        """Open a kept bundle that was merged, to read in it; its signature is verified anew.

        Raises:
            EnvironmentFault: The file is gone, or the disk takes no scratch file.
        """
        return self._gate.opened_again(self._shelf.path(row.sha256), row)

    def received(self) -> list[ReceivedRow]:
        """Return all bundles that came, the newest first."""
        with self._store.reading() as reader:
            return exchange.select(
                reader.connection, ReceivedRow, "ORDER BY received_at DESC, name DESC"
            )

    def staged(self, sha256: str) -> Taken:
        """Return a bundle that came before, as it stands now; the gate is passed once more.

        Raises:
            UserError: `no_such_bundle`.
        """
        row = self._known(sha256)
        if row is None or not self._shelf.path(sha256).exists():
            message = "Không còn gói này trong ngăn. Nhận lại gói từ USB."
            raise UserError("no_such_bundle", message)
        if row.state == MERGED:
            return Taken(row, None, Verdict(row.verdict), (), already_merged=True)
        again = self._judged(row.name, self._shelf.path(sha256), sha256)
        again = replace(again, row=replace(again.row, received_at=row.received_at))
        if (again.row.shelf, again.row.verdict, again.already_merged) == (
            row.shelf,
            row.verdict,
            False,
        ):
            return again
        return self._written_down(again, "Xem lại gói")

    def look_again(self) -> list[Taken]:
        """Look at the shelves again after an enrolment, a repair or an update of the program.

        Also takes up what a power cut left between the copy of a file and its line in the register.

        Returns:
            The bundles that stand differently now.
        """
        with self._store.reading() as reader:
            order = "ORDER BY sender, number, sha256"
            rows = exchange.select(reader.connection, ReceivedRow, order)
        held = {row.sha256 for row in rows}
        changed: list[Taken] = []
        for row in rows:
            if row.state != QUARANTINED or row.shelf not in CHANGEABLE:
                continue
            if not self._shelf.path(row.sha256).exists():
                continue
            again = self.staged(row.sha256)
            if again.row.shelf != row.shelf:
                changed.append(again)
        return changed + [self.take(path) for path in self._shelf.beside(held)]

    def _judged(self, name: str, kept: Path, sha256: str) -> Taken:
        known = self._known(sha256)
        judge = self._gate.judge()
        let_in = known.admitted if known else ""
        via, via_name = (known.via, known.via_name) if known else ("", "")
        with self._gate.opened(kept, judge, admitted=bool(let_in), via=via) as opened:
            row = self._gate.row(name, sha256, opened)
            row = replace(row, admitted=let_in, via=via, via_name=via_name)
            verdict, header = opened.verdict, opened.header
            already = opened.already_held and verdict.mergeable
            arrival = None
            if verdict.mergeable and header is not None and not already:
                arrival = self._arrival(header, judge, opened)
            if known is not None and known.state == WITHDRAWN and row.state == STAGED:
                row = replace(row, state=WITHDRAWN, entry=known.entry)
            said = opened.statement
            return Taken(row, header, verdict, tuple(opened.faults), already, said, arrival)

    def _written_down(self, taken: Taken, said: str = "Nhận gói") -> Taken:
        row = taken.row
        with self._store.writing(self._hand.officer, Action.MERGE) as work:
            if taken.already_merged:
                row = self._as_merged_before(work, row)
            exchange.put(work.connection, row)
            told = f"{said} {row.name}: {taken.verdict.label}"
            work.note("", "", f"{told} ({row.shelf})" if row.shelf else told)
        if row.state == STAGED and taken.header is not None and taken.header.counts.below:
            self.chain.unpack(row, 2 if row.via else 1)
        return replace(taken, row=row)

    def _as_merged_before(self, reader: Reader, row: ReceivedRow) -> ReceivedRow:
        first = exchange.select(
            reader.connection,
            ReceivedRow,
            "WHERE digest = ? AND state = ? ORDER BY entry LIMIT 1",
            (row.digest, MERGED),
        )[0]
        return replace(row, state=MERGED, entry=first.entry, totals=first.totals)

    def _plan_again(self, work: Work, shown: Preview) -> Plan:
        """Return the plan, which is the one shown as long as history stands where it stood."""
        header, arrival = shown.taken.header, shown.taken.arrival
        assert header is not None  # noqa: S101 - the caller has looked
        assert arrival is not None  # noqa: S101 - the caller has looked
        if work.last_entry() == shown.seen:
            return shown.plan
        fault = self._gate.refusal_now(work, header, shown.taken.row)
        if fault is not None:
            raise _UnwelcomeError(fault)
        now = plan(arrival, work.records)
        if now != shown.plan:
            raise StaleError(Preview(shown.taken, now, work.last_entry()))
        return now

    def _apply(self, work: Work, taken: Taken, now: Plan) -> ReceivedRow:
        own = work.setting(settings.UNIT)
        joined = (item.before for item in now.items if item.after is not None)
        own_states.remember(work.connection, (r for r in joined if r and r.owner == own))
        for item in now.items:
            if item.after is not None:
                work.take(item.before, item.after)
        if taken.header is not None:
            work.has_seen(taken.header.counter)
            self._hear(work, taken.header, taken)
        totals: Json = {str(outcome): count for outcome, count in now.totals.items()}
        row = replace(
            taken.row,
            state=MERGED,
            entry=work.seq,
            totals=json.dumps(totals, sort_keys=True),
        )
        exchange.put(work.connection, row)
        verdicts = (
            RecordVerdict(row.digest, item.kind, item.id, item.outcome, item.codes)
            for item in now.items
        )
        exchange.put_verdicts(work.connection, row.sha256, verdicts)
        work.note("", "", f"Nhập gói {row.name}")
        return row

    def _hear(self, work: Work, header: Header, taken: Taken) -> None:
        """Take note of what a sibling states; from the first bundle on this device has joined."""
        if taken.statement is None:
            return
        work.set_setting(settings.JOINING, "")
        if siblings.hear(work, header, taken.statement, taken.row.digest):
            devices = self._devices.siblings_in(work)
            siblings.move_register(work, devices, civil(self._hand.clock.now()))

    def _arrival(self, header: Header, judge: Judge, opened: Opened) -> Arrival:
        unknown = [
            (kind, _id_of(line))
            for kind, lines in opened.records()
            if kind not in self._store.specs
            for line in lines
        ]
        units = {place.id for place in tree_of(self._store)}
        units |= {known.device.unit.id for known in self._devices.known()}
        return Arrival(
            sender=header.sender.id,
            owners=self._gate.writes_for(header.sender.id),
            records=judge.records,
            refused=judge.refused,
            unknown=tuple(unknown),
            units=frozenset(units),
        )

    def _from_above(self, header: Header, judge: Judge, opened: Opened) -> Arrival:
        """Return what a return bundle brings: of its sender what goes down, of this unit its own.

        Own records are taken only by a store that may lack some, because it has siblings or was
        restored, and never with a save in its own name that it did not make.
        """
        came = self._arrival(header, judge, opened)
        specs = self._store.specs
        with self._store.reading() as reader:
            own, writer = reader.setting(settings.UNIT), reader.setting(settings.WRITER)
            made = int(reader.setting(settings.COUNTER))
            may_lack = self._devices.siblings_in(reader) or reader.setting(
                settings.RESTORED_FROM, ""
            )
        refused = {
            (record.kind, record.id): ("kind_not_for_us",)
            for record in judge.records
            if record.owner != own and specs[record.kind].down is Down.NO
        } | {
            (record.kind, record.id): ("fork_stamp",)
            for record in judge.records
            if record.owner == own and record.up.seen().get(writer, 0) > made
        }
        owners = came.owners | {own} if may_lack else came.owners
        return replace(came, owners=owners, refused={**came.refused, **refused})

    def _known(self, sha256: str) -> ReceivedRow | None:
        with self._store.reading() as reader:
            found = exchange.select(reader.connection, ReceivedRow, "WHERE sha256 = ?", (sha256,))
        return found[0] if found else None

    def _back_up_once(self) -> None:
        if not self._backed_up:
            back_up(self._store, self._hand)
            self._backed_up = True


def _id_of(line: Line) -> str:
    """Return the id of a record of an unknown kind; where it has none, one worked out from it."""
    given = str(line.value.get("id", ""))
    if RECORD_ID.fullmatch(given):
        return given
    return hashlib.sha256(line.data).hexdigest()[:32]


def _not_mergeable() -> UserError:
    message = "Gói này không nhập được. Xem lý do và bước tiếp theo trong ngăn chờ xử lý."
    return UserError("not_mergeable", message)


def _nothing_new(row: ReceivedRow) -> Merged:
    sentence = f"Gói {row.name} đã nhập trước đó, dữ liệu không đổi."
    return Merged(row, Plan(()), sentence)


def _sentence(row: ReceivedRow, done: Plan) -> str:
    totals = done.totals
    told = [f"{totals[outcome]} {outcome.label}" for outcome in Outcome if totals.get(outcome)]
    what = ", ".join(told) if told else "không có hồ sơ"
    return f"Đã nhập gói số {row.number} của {row.sender_name}: {what}."
