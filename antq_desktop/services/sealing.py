"""Making a bundle for the unit above: every record changed since the basis, each whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop import __version__
from antq_desktop.bundle.carrying import Carried, carry
from antq_desktop.bundle.limits import MOST_RECORDS
from antq_desktop.bundle.writing import Content, Sealed, seal
from antq_desktop.catalogue.lock import version
from antq_desktop.domain.carried import to_line
from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.exchange import BundleKind, Header, Party, Place, WriterPlace
from antq_desktop.domain.record import Record
from antq_desktop.files import environment_fault, remove_if_present
from antq_desktop.paths import forms_folder
from antq_desktop.services import parts, siblings
from antq_desktop.services.attachments_travel import blobs
from antq_desktop.services.basis import (
    basis_row,
    covered_by,
    next_number,
    place_of,
    restarted_from,
)
from antq_desktop.services.clock_notes import clock_notes
from antq_desktop.services.devices import Devices
from antq_desktop.services.hand import Hand
from antq_desktop.services.journal_echo import journal_place, refuse_with_gap
from antq_desktop.services.passing import Passing
from antq_desktop.services.restarting import refuse_with_twin
from antq_desktop.services.sealed_lines import bounded, sibling_lines, waiting_lines
from antq_desktop.storage import exchange, settings
from antq_desktop.storage.exchange import (
    SEALED,
    WRITTEN,
    SentRow,
)
from antq_desktop.storage.migrations import NEWEST
from antq_desktop.storage.queries import Reader
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.domain.answers import Answer
    from antq_desktop.storage.work import Work

SENT_FOLDER: Final = "bundles/sent"
SCRATCH_FOLDER: Final = "scratch"
SPOKEN_DIGITS: Final = 8


@dataclass(frozen=True, slots=True)
class Made:
    """A sealed bundle, as the register knows it, and what to say of it."""

    row: SentRow
    sentence: str


class Sealing:
    """Makes bundles of one profile and carries them out.

    Attributes:
        passing: Chooses the bags of units below that go along.
        room: Most records that one bundle holds.
    """

    def __init__(self, store: Store, devices: Devices, hand: Hand) -> None:
        self._store = store
        self.devices = devices
        self._hand = hand
        self.passing: Callable[[Reader, int], Passing] = lambda _reader, _covered: Passing()
        self.room = MOST_RECORDS

    @property
    def folder(self) -> Path:
        """Where sealed bundles are kept as written."""
        return made_folder(self._store.folder / SENT_FOLDER)

    def seal_up(self) -> Made:
        """Make the bundle for the unit above, of what it has not confirmed yet.

        Where that is more than one bundle holds, it is the next of several that follow each other.

        Raises:
            UserError: `no_receiver`, `several_receivers`, `unit_without_code`; `too_many_records`:
                one action wrote more than a bundle holds.
            EnvironmentFault: What the machine denies; the register is as before.
        """
        addressee = self.devices.addressee()
        self.devices.keys()  # made before the transaction: this may be their first use
        with self._store.writing(self._hand.officer, Action.SEAL) as work:
            held = basis_row(work, addressee.id)
            passing = self.passing(work, covered_by(work, held))
            span = parts.next_span(work, addressee.id, self.room, whole=passing.is_wanted)
            header = self._header(work, BundleKind.UP, addressee, span.basis)
            chosen = ((kind, span.lines(work, kind)) for kind in sorted(self._store.specs))
            content = Content(bounded(chosen, self.room), passing.vouchers, below=passing.bags)
            sealed = self._seal(_counted(work, header), content)
            covers = work.seq - 1 if passing.covers is None else passing.covers
            row = self._register(work, sealed, covers if span.upto is None else span.upto)
            parts.remember(work, span, row)
        count = f"{row.records} hồ sơ" if row.records else "không có hồ sơ mới"
        more = f"{passing.told()}{span.told()}"
        return Made(row, f"Đã lập gói số {row.number} gửi {addressee.name}: {count}.{more}")

    def seal_siblings(self) -> Made:
        """Make the bundle for the other devices of this unit, private parts included.

        It holds what changed since the bundle that every one of them has confirmed; where one has
        confirmed none, all there is, so that a new device starts from it.

        Raises:
            UserError: `no_sibling`: no other device of this unit is accepted; `unit_without_code`.
            EnvironmentFault: What the machine denies; the register is as before.
        """
        own = self.devices.keys().public.unit
        if not self.devices.of_unit(own.id):
            message = (
                "Chưa đăng ký máy thứ hai của đơn vị. Nhận tệp và phiếu đăng ký của máy đó trước."
            )
            raise UserError("no_sibling", message)
        with self._store.writing(self._hand.officer, Action.SEAL) as work:
            since = siblings.reached(work, self.devices.siblings_in(work))
            header = self._header(work, BundleKind.SIBLINGS, own, since.place)
            chosen = (
                (kind, sibling_lines(work, kind, since.covers))
                for kind in sorted(self._store.specs)
            )
            content = Content(
                records=bounded(chosen, self.room),
                attachments=blobs(work, since.covers, since.wanted),
                answer=siblings.statement(work).to_lines(),
            )
            sealed = self._seal(_counted(work, header), content)
            row = self._register(work, sealed, work.seq - 1)
        files = sealed.header.counts.attachments
        more = f", {files} tệp đính kèm" if files else ""
        since_told = f" thay đổi từ gói số {row.basis}" if row.basis else ""
        told = f"Đã lập gói nội bộ số {row.number}: {row.records} hồ sơ{since_told}{more}."
        return Made(row, told)

    def seal_answer(
        self,
        work: Work,
        addressee: Party,
        answer: Answer,
        down: Mapping[str, list[Record]],
        covers: int | None = None,
    ) -> SentRow:
        """Make a return bundle inside an action that is already open.

        Args:
            work: The action.
            addressee: The unit below.
            answer: What is answered.
            down: The records that go along, by kind, kinds and ids in order.
            covers: Last entry of history whose changes are in it, where it is not the newest.

        Raises:
            UserError: `unit_without_code`, `too_many_records`.
            EnvironmentFault: What the machine denies.
        """
        header = self._header(work, BundleKind.RETURN, addressee, None)
        lines = ((kind, map(to_line, records)) for kind, records in down.items())
        content = Content(records=bounded(lines, self.room), answer=answer.to_lines())
        sealed = self._seal(_counted(work, header), content)
        return self._register(work, sealed, work.seq - 1 if covers is None else covers)

    def seal_some(self, kind: str, choose: Callable[[list[bytes]], list[bytes]]) -> SentRow:
        """Make a bundle up with some of the records of one kind that wait, and of no other kind.

        The basis stays what it is, whoever confirms this bundle: all that waits goes again.

        Args:
            kind: Whose records.
            choose: Given the lines that wait, returns those that go; may raise.

        Raises:
            UserError: As `seal_up` says, and what `choose` raises.
            EnvironmentFault: What the machine denies; the register is as before.
        """
        addressee = self.devices.addressee()
        self.devices.keys()
        with self._store.writing(self._hand.officer, Action.SEAL) as work:
            held = basis_row(work, addressee.id)
            lines = choose([line for _id, line in waiting_lines(work, held, kind)])
            header = self._header(work, BundleKind.UP, addressee, place_of(work, held))
            sealed = self._seal(
                _counted(work, header), Content(bounded([(kind, lines)], self.room))
            )
            return self._register(work, sealed, covered_by(work, held))

    def carry(self, digest: str, folder: Path) -> Carried:
        """Write a sealed bundle to a folder or stick and read it back from the device.

        Raises:
            UserError: `no_such_bundle`; `bundle_dropped`: what was in it has been erased since.
            EnvironmentFault: What the stick denies; the register is as before.
        """
        row = self.row(digest)
        if not (self.folder / row.file).exists():
            message = (
                f"Gói số {row.number} đã bỏ vì có dữ liệu về người đã xóa. Lập gói mới để gửi."
            )
            raise UserError("bundle_dropped", message)
        done = carry(self.folder / row.file, folder, expected_sha256=row.sha256)
        with self._store.writing(self._hand.officer, Action.CARRY) as work:
            if row.state == SEALED:
                now = civil(self._hand.clock.now())
                exchange.put(work.connection, replace(row, state=WRITTEN, written_at=now))
            work.note("", "", f"Ghi gói {row.file} ra {folder}")
        return done

    def register(self) -> list[SentRow]:
        """Return the delivery register, the newest first."""
        with self._store.reading() as reader:
            return exchange.select(
                reader.connection, SentRow, "ORDER BY sealed_at DESC, number DESC"
            )

    def row(self, digest: str) -> SentRow:
        """Return one line of the register by its identity or its beginning.

        Raises:
            UserError: `no_such_bundle`.
        """
        found = [row for row in self.register() if row.digest.startswith(digest)]
        if len(found) != 1 or not digest:
            message = f"Không có gói mang mã {digest} trong sổ giao nhận. Xem lại sổ."
            raise UserError("no_such_bundle", message)
        return found[0]

    def waiting(self) -> int:
        """Return how many own records the unit above has not confirmed yet."""
        return sum(self.waiting_by_kind().values())

    def waiting_by_kind(self) -> dict[str, int]:
        """Return how many own records of each kind the unit above has not confirmed yet.

        Raises:
            UserError: `no_receiver`, `several_receivers`.
        """
        addressee = self.devices.addressee()
        with self._store.reading() as reader:
            held = basis_row(reader, addressee.id)
            return Counter(
                kind for kind in self._store.specs for _one in waiting_lines(reader, held, kind)
            )

    def bags_waiting(self) -> int:
        """Return how many bags of units below the unit above has not confirmed yet.

        Raises:
            UserError: `no_receiver`, `several_receivers`.
        """
        addressee = self.devices.addressee()
        with self._store.reading() as reader:
            passing = self.passing(reader, covered_by(reader, basis_row(reader, addressee.id)))
        return len(passing.bags) + passing.left

    def waiting_ids(self, reader: Reader, kinds: Iterable[str]) -> dict[str, frozenset[str]]:
        """Return which own records of some kinds the unit above has not confirmed yet.

        Raises:
            UserError: `no_receiver`, `several_receivers`.
        """
        held = basis_row(reader, self.devices.addressee().id)
        return {
            kind: frozenset(id_ for id_, _line in waiting_lines(reader, held, kind))
            for kind in kinds
        }

    def _header(
        self, work: Work, kind: BundleKind, addressee: Party, basis: Place | None
    ) -> Header:
        refuse_with_gap(work)
        refuse_with_twin(work)
        keys = self.devices.keys()
        writer = work.setting(settings.WRITER)
        previous = exchange.select(
            work.connection,
            SentRow,
            "WHERE writer = ? AND addressee = ? ORDER BY number DESC LIMIT 1",
            (writer, addressee.id),
        )
        held = basis_row(work, addressee.id)
        digits = int.from_bytes(self._hand.random_bytes(8), "big") % 10**SPOKEN_DIGITS
        if not keys.public.unit.code:
            message = "Đơn vị chưa có mã nên chưa lập được gói. Bổ sung mã đơn vị."
            raise UserError("unit_without_code", message)
        return Header(
            kind=kind,
            sender=keys.public.unit,
            receiver=addressee,
            device=keys.public.device,
            writer=writer,
            number=next_number(work, writer),
            counter=0,
            restarted_from=restarted_from(work) if kind is BundleKind.RETURN else None,
            schema=NEWEST,
            catalogue=version(forms_folder()),
            program=__version__,
            claimed=civil(self._hand.clock.now()),
            clock_warnings=clock_notes(work, self._hand.clock.now()),
            spoken=f"{digits:0{SPOKEN_DIGITS}d}",
            basis=basis,
            previous=Place(previous[0].number, previous[0].digest) if previous else None,
            last_receipt=(
                WriterPlace(held.by_writer, held.by_number, held.by_digest) if held else None
            ),
            sample=work.setting(settings.SAMPLE) == "yes",
            journal=journal_place(work),
        )

    def _seal(self, header: Header, content: Content) -> Sealed:
        leftover = self.folder / header.file_name  # of a seal that a power cut ended
        remove_if_present(leftover)
        return seal(
            self.folder,
            header,
            content,
            keys=self.devices.keys(),
            recipients=self.devices.of_unit(header.receiver.id),
            scratch=made_folder(self._store.folder / SCRATCH_FOLDER),
        )

    def _register(self, work: Work, sealed: Sealed, covers: int) -> SentRow:
        header = sealed.header
        records = sum(header.counts.records.values())
        row = SentRow(
            digest=sealed.identity,
            writer=header.writer,
            number=header.number,
            kind=str(header.kind),
            addressee=header.receiver.id,
            addressee_name=header.receiver.name,
            file=sealed.path.name,
            sha256=sealed.sha256,
            size=sealed.size,
            sealed_at=header.claimed,
            officer=self._hand.officer,
            covers=covers,
            basis=header.basis.number if header.basis else 0,
            spoken=header.spoken,
            records=records,
            state=SEALED,
            written_at=None,
            answered_at=None,
            answer=None,
        )
        exchange.put(work.connection, row)
        work.note("", "", f"Lập gói {sealed.path.name}, {records} hồ sơ")
        return row


def _counted(work: Work, header: Header) -> Header:
    """Name the largest counter this store has seen: no save inside can lie above it."""
    return replace(header, counter=work.stamp.counter - 1)


def made_folder(folder: Path) -> Path:
    """Return a folder of the profile, made when it is missing.

    Raises:
        EnvironmentFault: The machine denied it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise environment_fault(fault, folder) from fault
    return folder
