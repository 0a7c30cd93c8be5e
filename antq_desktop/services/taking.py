"""Taking bundles in: through the gate, onto a shelf or into a preview, then one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.bundle.contents import NO_RULES, Desk
from antq_desktop.bundle.keys import Enrolled
from antq_desktop.bundle.opening import Opened, open_bundle
from antq_desktop.catalogue.lock import version
from antq_desktop.domain.answers import Answer, Outcome, RecordVerdict
from antq_desktop.domain.carried import faults_of_line, from_line
from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.exchange import BundleKind, Header
from antq_desktop.domain.fields import Travels
from antq_desktop.domain.gate import GateFault, Verdict
from antq_desktop.domain.planning import Arrival, Plan, plan
from antq_desktop.domain.record import Record
from antq_desktop.files import environment_fault, read_back, write_atomically
from antq_desktop.paths import forms_folder
from antq_desktop.services.devices import Devices, enrolled_of
from antq_desktop.services.hand import Hand
from antq_desktop.services.sealing import SCRATCH_FOLDER, made_folder
from antq_desktop.storage import exchange, settings
from antq_desktop.storage.exchange import MERGED, QUARANTINED, STAGED, ReceivedRow
from antq_desktop.storage.migrations import NEWEST
from antq_desktop.storage.queries import Reader
from antq_desktop.storage.store import Store
from antq_desktop.storage.work import Work

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json

RECEIVED_FOLDER: Final = "bundles/received"
PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Taken:
    """One bundle after the gate.

    Attributes:
        row: How it stands in the register.
        header: What it says of itself; None when no signature vouches for it.
        verdict: One of the five.
        faults: What the gate found.
        already_merged: True when this very bundle was merged before.
    """

    row: ReceivedRow
    header: Header | None
    verdict: Verdict
    faults: tuple[GateFault, ...]
    already_merged: bool

    @property
    def mergeable(self) -> bool:
        """Whether it may be merged."""
        return self.verdict.mergeable


@dataclass(frozen=True, slots=True)
class Preview:
    """What a bundle would do, as it is shown and as it is applied."""

    taken: Taken
    plan: Plan


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did."""

    row: ReceivedRow
    plan: Plan
    sentence: str


class StaleError(Exception):
    """The store changed between preview and merge; the new plan is to be shown.

    Attributes:
        preview: The plan as it is now.
    """

    def __init__(self, preview: Preview) -> None:
        super().__init__("the plan is no longer the one that was shown")
        self.preview = preview


class Taking:
    """Takes bundles of the units below in."""

    def __init__(self, store: Store, devices: Devices, codes: Codes, hand: Hand) -> None:
        self._store = store
        self._devices = devices
        self._codes = codes
        self._hand = hand

    @property
    def folder(self) -> Path:
        """Where bundles that came are kept as they came."""
        return made_folder(self._store.folder / RECEIVED_FOLDER)

    def take(self, path: Path) -> Taken:
        """Take one file through the gate and keep it: staged, or in quarantine under its fault.

        Raises:
            EnvironmentFault: The file cannot be read, or the disk takes no copy of it.
        """
        came = read_back(path)
        known = self._known(came.sha256)
        if known is not None and known.state == MERGED:
            return Taken(known, None, Verdict(known.verdict), (), already_merged=True)
        kept = self.folder / f"{came.sha256}.antq"
        if not kept.exists():
            write_atomically(kept, _chunks(path))
        with self._opened(kept) as opened:
            row = self._row(path.name, came.sha256, opened)
            faults = tuple(opened.faults)
            header = opened.header
            already = opened.already_held and opened.verdict.mergeable
        if already:
            first = self._merged_as(row.digest)
            row = replace(row, state=MERGED, entry=first.entry, totals=first.totals)
        with self._store.writing(self._hand.officer, Action.MERGE) as work:
            exchange.put(work.connection, row)
            told = f"Nhận gói {path.name}: {Verdict(row.verdict).label}"
            work.note("", "", f"{told} ({row.shelf})" if row.shelf else told)
        return Taken(row, header, Verdict(row.verdict), faults, already)

    def preview(self, taken: Taken) -> Preview:
        """Work out what a staged bundle would do; nothing is written.

        Raises:
            UserError: `not_mergeable`.
            EnvironmentFault: What the machine denies.
        """
        with self._store.reading() as reader:
            return Preview(taken, self._plan(taken, reader))

    def merge(self, shown: Preview) -> Merged:
        """Do what was shown, in one transaction.

        Raises:
            StaleError: The store changed meanwhile; nothing was done, the new plan is inside.
            UserError: `not_mergeable`.
            EnvironmentFault: What the machine denies; nothing was done.
        """
        taken = shown.taken
        if taken.already_merged:
            sentence = f"Gói {taken.row.name} đã nhập trước đó, dữ liệu không đổi."
            return Merged(taken.row, Plan(()), sentence)
        with self._store.writing(self._hand.officer, Action.MERGE) as work:
            now = self._plan(taken, work)
            if now.digest != shown.plan.digest:
                raise StaleError(Preview(taken, now))
            row = self._apply(work, taken, now)
        return Merged(row, now, _sentence(row, now))

    def take_answer(self, path: Path) -> tuple[ReceivedRow, Answer, Header]:
        """Take a return bundle through the gate and keep it.

        Raises:
            UserError: `not_an_answer`, or the code of the fault that holds it back.
            EnvironmentFault: The file cannot be read, or the disk takes no copy of it.
        """
        came = read_back(path)
        kept = self.folder / f"{came.sha256}.antq"
        if not kept.exists():
            write_atomically(kept, _chunks(path))
        with self._opened(kept) as opened:
            row = self._row(path.name, came.sha256, opened)
            answer, header = opened.answer, opened.header
            faults = tuple(opened.faults)
        if opened.verdict.mergeable and answer is not None and header is not None:
            return row, answer, header
        if not row.shelf:
            row = replace(row, shelf="not_an_answer", state=QUARANTINED)
        with self._store.writing(self._hand.officer, Action.ANSWER) as work:
            exchange.put(work.connection, row)
            work.note("", "", f"Nhận {path.name}: {Verdict(row.verdict).label} ({row.shelf})")
        refusal = next((fault for fault in faults if fault.code == row.shelf), None)
        message = (
            refusal.message
            if refusal
            else "Đây không phải gói trả về của đơn vị tổng hợp. Chọn đúng gói trả về."
        )
        raise UserError(row.shelf, message)

    def answer_in(self, sha256: str) -> Answer | None:
        """Return what a return bundle that came before says; None when it is no longer held."""
        kept = self.folder / f"{sha256}.antq"
        if not kept.exists():
            return None
        with self._opened(kept) as opened:
            return opened.answer

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
        kept = self.folder / f"{sha256}.antq"
        row = self._known(sha256)
        if row is None or not kept.exists():
            message = "Không còn gói này trong ngăn. Nhận lại gói từ USB."
            raise UserError("no_such_bundle", message)
        with self._opened(kept) as opened:
            again = replace(self._row(row.name, sha256, opened), received_at=row.received_at)
            faults, header = tuple(opened.faults), opened.header
            already = opened.already_held
        if again.shelf != row.shelf and row.state != MERGED:
            with self._store.writing(self._hand.officer, Action.MERGE) as work:
                exchange.put(work.connection, again)
                work.note("", "", f"Xem lại gói {row.name}: {Verdict(again.verdict).label}")
        return Taken(again, header, Verdict(again.verdict), faults, already)

    def _apply(self, work: Work, taken: Taken, now: Plan) -> ReceivedRow:
        header = taken.header
        for item in now.items:
            if item.after is not None:
                work.take(item.before, item.after)
        if header is not None:
            work.has_seen(header.counter)
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

    def _plan(self, taken: Taken, reader: Reader) -> Plan:
        if not taken.mergeable:
            message = "Gói này không nhập được. Xem lý do và bước tiếp theo trong ngăn chờ xử lý."
            raise UserError("not_mergeable", message)
        with self._opened(self.folder / f"{taken.row.sha256}.antq", reader) as opened:
            return plan(self._arrival(opened), reader.records)

    def _arrival(self, opened: Opened) -> Arrival:
        header = opened.header
        assert header is not None  # noqa: S101 - the gate was passed
        records: list[Record] = []
        refused: dict[tuple[str, str], tuple[str, ...]] = {}
        unknown: list[tuple[str, str]] = []
        for kind, lines in opened.records():
            spec = self._store.specs.get(kind)
            for line in lines:
                if spec is None:
                    unknown.append((kind, str(line.value.get("id", ""))))
                    continue
                record = from_line(kind, line.value)
                found = tuple(self._faults(header.kind)(kind, line.value))
                if found:
                    refused[kind, record.id] = tuple(fault.code for fault in found)
                records.append(record)
        owners = frozenset({header.sender.id})
        return Arrival(header.sender.id, owners, records, refused, tuple(unknown))

    def _faults(self, kind: BundleKind) -> Callable[[str, dict[str, Json]], Iterable[GateFault]]:
        farthest = Travels.SIBLINGS if kind is BundleKind.SIBLINGS else Travels.UP

        def rules(record_kind: str, value: dict[str, Json]) -> Iterable[GateFault]:
            return faults_of_line(self._store.specs[record_kind], value, self._codes, farthest)

        return rules

    @contextmanager
    def _opened(self, path: Path, reader: Reader | None = None) -> Iterator[Opened]:
        if reader is None:
            with self._store.reading() as own:
                registry, desk = self._surroundings(own)
        else:
            registry, desk = self._surroundings(reader)
        with open_bundle(
            path,
            keys=self._devices.keys(),
            registry=registry,
            desk=desk,
            scratch=made_folder(self._store.folder / SCRATCH_FOLDER),
            # the plan asks the rules itself, line by line, and needs the record beside the fault
            validate=self._faults(BundleKind.UP) if reader is None else NO_RULES,
        ) as opened:
            yield opened

    def _surroundings(self, reader: Reader) -> tuple[_Registry, Desk]:
        desk = Desk(
            units=frozenset({reader.setting(settings.UNIT)}),
            schema=NEWEST,
            kinds=frozenset(self._store.specs),
            catalogues=frozenset({version(forms_folder())}),
            counter=int(reader.setting(settings.COUNTER)),
            sample=reader.setting(settings.SAMPLE) == "yes",
        )
        merged = exchange.select(reader.connection, ReceivedRow, "WHERE state = ?", (MERGED,))
        held = {(row.writer, row.number): row.digest for row in merged}
        return _Registry(enrolled_of(self._devices.known()), held), desk

    def _row(self, name: str, sha256: str, opened: Opened) -> ReceivedRow:
        header = opened.header
        shelf = opened.shelf
        told = [[fault.code, fault.message, fault.place] for fault in opened.faults]
        return ReceivedRow(
            sha256=sha256,
            digest=opened.identity,
            name=name,
            kind=str(header.kind) if header else "",
            sender=header.sender.id if header else "",
            sender_name=header.sender.name if header else "",
            device=header.device if header else "",
            writer=header.writer if header else "",
            number=header.number if header else 0,
            basis=header.basis.number if header and header.basis else 0,
            claimed=header.claimed if header else "",
            received_at=civil(self._hand.clock.now()),
            officer=self._hand.officer,
            verdict=str(opened.verdict),
            shelf=shelf,
            faults=json.dumps(told, ensure_ascii=False),
            state=QUARANTINED if shelf else STAGED,
            entry=None,
            totals=None,
            spoken=header.spoken if header else "",
        )

    def _known(self, sha256: str) -> ReceivedRow | None:
        with self._store.reading() as reader:
            found = exchange.select(reader.connection, ReceivedRow, "WHERE sha256 = ?", (sha256,))
        return found[0] if found else None

    def _merged_as(self, digest: str) -> ReceivedRow:
        with self._store.reading() as reader:
            return exchange.select(
                reader.connection,
                ReceivedRow,
                "WHERE digest = ? AND state = ? ORDER BY entry LIMIT 1",
                (digest, MERGED),
            )[0]


@dataclass(frozen=True, slots=True)
class _Registry:
    """What the gate asks of this store."""

    devices: Mapping[str, Enrolled]
    merged: Mapping[tuple[str, int], str]
    _highest: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for writer, number in self.merged:
            self._highest[writer] = max(number, self._highest.get(writer, 0))

    def signer(self, key_id: str) -> Enrolled | None:
        return self.devices.get(key_id)

    def held(self, writer: str, number: int) -> str | None:
        return self.merged.get((writer, number))

    def highest(self, writer: str) -> int:
        return self._highest.get(writer, 0)

    def forked_from(self, writer: str) -> int:
        del writer
        return 0


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as source:
            while piece := source.read(PIECE):
                yield piece
    except OSError as fault:
        raise environment_fault(fault, path) from fault


def _sentence(row: ReceivedRow, done: Plan) -> str:
    totals = done.totals
    told = [f"{totals[outcome]} {outcome.label}" for outcome in Outcome if totals.get(outcome)]
    what = ", ".join(told) if told else "không có hồ sơ"
    return f"Đã nhập gói số {row.number} của {row.sender_name}: {what}."
