"""The gate as this store keeps it: whom it knows, what it holds, and what it writes down."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.bundle.contents import Desk, check_history
from antq_desktop.bundle.keys import Enrolled
from antq_desktop.bundle.opening import Opened, open_bundle
from antq_desktop.catalogue.lock import version
from antq_desktop.domain.clock import civil
from antq_desktop.domain.codes import Codes, CodesOfUnits
from antq_desktop.domain.exchange import Header
from antq_desktop.domain.gate import GateFault, Weight, gate_fault
from antq_desktop.domain.judging import Judge
from antq_desktop.paths import forms_folder
from antq_desktop.services import vouching
from antq_desktop.services.devices import Devices, enrolled_of
from antq_desktop.services.forked import settlements
from antq_desktop.services.hand import Hand
from antq_desktop.services.journal_echo import journal_text
from antq_desktop.services.sealing import SCRATCH_FOLDER, made_folder
from antq_desktop.services.writers_held import StoreRegistry
from antq_desktop.storage import exchange, settings
from antq_desktop.storage.exchange import MERGED, QUARANTINED, STAGED, ReceivedRow
from antq_desktop.storage.migrations import NEWEST
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.storage.queries import Reader

# What surroundings can change: an enrolment, a revocation, a unit tree, other bundles, a program.
CHANGEABLE: Final = frozenset(
    {
        "signer_unknown", "signer_revoked", "signer_rotated", "sender_mismatch", "kind_refused",
        "addressee_wrong", "format_newer", "fork_waiting", "number_absurd", "counter_absurd",
    }
)  # fmt: skip


class Gatehouse:
    """Opens bundles with what this store knows."""

    def __init__(self, store: Store, devices: Devices, codes: Codes, hand: Hand) -> None:
        self._store = store
        self._devices = devices
        self._codes = codes
        self._hand = hand

    def judge(self) -> Judge:
        """Return a judge for the lines of one bundle."""
        return Judge(self._store.specs, CodesOfUnits(self._codes))

    @contextmanager
    def opened(
        self, path: Path, judge: Judge | None = None, *, admitted: bool = False, via: str = ""
    ) -> Iterator[Opened]:
        """Take a bundle through the gate.

        Args:
            path: The file.
            judge: Judges its lines and keeps their records, for whoever wants them afterwards.
            admitted: Whether a person let this very file in though its key is revoked.
            via: The unit that passed it on; it was addressed to that one, which vouches for the
                key.
        """
        keys = self._devices.keys()
        with self._store.reading() as reader:
            registry, desk = self._registry(reader, via), self._desk(reader, via)
        if admitted:
            registry = replace(registry, devices=_believed(registry.devices))
        with open_bundle(
            path,
            keys=keys,
            registry=registry,
            desk=desk,
            scratch=made_folder(self._store.folder / SCRATCH_FOLDER),
            validate=judge or self.judge(),
        ) as opened:
            yield opened

    @contextmanager
    def opened_again(self, path: Path, row: ReceivedRow) -> Iterator[Opened]:
        """Open a kept bundle that was merged before, whatever became of its signer since.

        What the gate found then is not asked again: the bytes are the same as long as the identity
        is. It is not mergeable when it is not, or when the file is damaged.
        """
        keys = self._devices.keys()
        with self._store.reading() as reader:
            known, desk = self._known(reader, row.via), self._desk(reader, row.via)
        with open_bundle(
            path,
            keys=keys,
            registry=_Past(_believed(known), row),
            desk=desk,
            scratch=made_folder(self._store.folder / SCRATCH_FOLDER),
        ) as opened:
            yield opened

    def held_now(self, reader: Reader, header: Header) -> str | None:
        """Return the identity merged under the number of a bundle, as a transaction sees it."""
        found = exchange.select(
            reader.connection,
            ReceivedRow,
            "WHERE state = ? AND device = ? AND writer = ? AND number = ? LIMIT 1",
            (MERGED, header.device, header.writer, header.number),
        )
        return found[0].digest if found else None

    def refusal_now(self, reader: Reader, header: Header, row: ReceivedRow) -> GateFault | None:
        """Return what became wrong with a bundle since it passed the gate."""
        known = self._known(reader, row.via).get(row.signer)
        if known is None or (known.revoked and not row.admitted):
            return gate_fault("signer_revoked")
        digest = row.digest
        registry = self._registry(reader).within(reader)
        found = check_history(header, digest, registry, self._desk(reader, row.via))
        return next((fault for fault in found if fault.weight is Weight.REFUSES), None)

    def row(self, name: str, sha256: str, opened: Opened) -> ReceivedRow:
        """Return what the register keeps of a bundle.

        The sender is the unit whose device signed: who claims to be another is not believed.
        """
        header, signer, shelf = opened.header, opened.signer, opened.shelf
        sender = header.sender if header else None
        if signer is not None and any(fault.code == "sender_mismatch" for fault in opened.faults):
            sender = signer.unit
        told = [[fault.code, fault.message, fault.place] for fault in opened.faults]
        return ReceivedRow(
            sha256=sha256,
            digest=opened.identity,
            name=name,
            kind=str(header.kind) if header else "",
            sender=sender.id if sender else "",
            sender_name=sender.name if sender else "",
            device=signer.device if signer and header else "",
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
            acknowledges=header.last_receipt.digest if header and header.last_receipt else "",
            signer=signer.key_id if signer else "",
            journal=journal_text(header.journal if header else None),
        )

    def writes_for(self, unit: str) -> frozenset[str]:
        """Return the units whose records a unit may write: its own, and of those it took over."""
        with self._store.reading() as reader:
            return vouching.named(self._store, reader, unit)

    def _known(self, reader: Reader, via: str = "") -> dict[str, Enrolled]:
        enrolled = enrolled_of(self._devices.known_in(reader))
        if via:
            return vouching.vouched(self._store, reader, via, enrolled)
        return vouching.speaking(self._store, reader, enrolled)

    def _desk(self, reader: Reader, via: str = "") -> Desk:
        return Desk(
            units=vouching.named(self._store, reader, via or reader.setting(settings.UNIT)),
            schema=NEWEST,
            kinds=frozenset(self._store.specs),
            catalogues=frozenset({version(forms_folder())}),
            counter=int(reader.setting(settings.COUNTER)),
            sample=reader.setting(settings.SAMPLE) == "yes",
        )

    def _registry(self, reader: Reader, via: str = "") -> StoreRegistry:
        return StoreRegistry(self._known(reader, via), settlements(reader), self._store.reading)


def _believed(devices: Mapping[str, Enrolled]) -> dict[str, Enrolled]:
    return {key: replace(one, revoked=False, reached=None) for key, one in devices.items()}


@dataclass(frozen=True, slots=True)
class _Past:
    """What the gate asks when a bundle is opened that passed it before."""

    devices: Mapping[str, Enrolled]
    row: ReceivedRow

    def signer(self, key_id: str) -> Enrolled | None:
        return self.devices.get(key_id)

    def held(self, _device: str, _writer: str, number: int) -> str | None:
        return self.row.digest if number == self.row.number else None

    def seen(self, device: str, writer: str, number: int) -> str | None:
        return self.held(device, writer, number)

    def highest(self, _device: str, _writer: str) -> int:
        return self.row.number

    def forked_from(self, _device: str, _writer: str) -> int:
        return 0

    def settled_from(self, _device: str, _writer: str) -> int:
        return 0

    def journal_before(self, _device: str, _writer: str, _number: int) -> tuple[int, int]:
        return 0, 0

    def journal_after(self, _device: str, _writer: str, _number: int) -> tuple[int, int]:
        return 0, 0
