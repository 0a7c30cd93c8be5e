"""The gate: what comes on a stick is believed step by step, and each step needs the one before.

1. file and size limits; 2. decrypts for us; 3. zip strict; 4. signer's key known, not revoked;
5. signature over the tag manifest as it came; 6. every file listed and nothing more; 7. format
known; 8. device belongs to the claimed unit, the addressee is us; 9. no fork, numbers and counters
not absurd; 10. schema and catalogue known; 11. each line canonical and passed by the rules of its
kind. Within a step every fault is listed. No JSON is parsed before step 7. Nothing of a bundle
ever becomes a path, and its plaintext lies only in a sealed spool.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from antq_desktop import files
from antq_desktop.bundle import bag, contents, envelope, limits
from antq_desktop.bundle.contents import NO_RULES, Desk, Line, Registry, Validator
from antq_desktop.bundle.keys import DeviceKeys, PublicDevice
from antq_desktop.bundle.quick import parse_checked_line
from antq_desktop.bundle.refused import Refused
from antq_desktop.bundle.spool import SealedSpool
from antq_desktop.bundle.zipreading import ZipInside
from antq_desktop.domain.answers import Answer, Statement
from antq_desktop.domain.exchange import Header
from antq_desktop.domain.gate import GateFault, Verdict, Weight, verdict_of

__all__ = ["Desk", "Line", "Opened", "Registry", "Validator", "open_bag", "open_bundle"]


@dataclass(slots=True)
class Opened:
    """What the gate found; a context manager, since it holds the sealed content until closed.

    Attributes:
        header: What the bundle says of itself; None when no signature vouches for it.
        identity: SHA-256 of the tag manifest, once its signature holds, else empty.
        signer: The enrolled device that signed, once the signature holds.
        faults: What was found, in the order of the gate, at most 10,000.
        more_faults: How many were found beyond those; the gate stops counting at 10,000 when the
            bundle is refused anyway.
        answer: What a return bundle answers; None for the other kinds.
        statement: What a bundle among siblings states; None for the other kinds.
        already_held: True when this very bundle has been taken in before; its lines are the same
            bytes as then and are not looked at again.
    """

    header: Header | None = None
    identity: str = ""
    signer: PublicDevice | None = None
    faults: list[GateFault] = field(default_factory=list)
    more_faults: int = 0
    answer: Answer | None = None
    statement: Statement | None = None
    already_held: bool = False
    _inside: ZipInside | None = field(default=None, repr=False)
    _spool: SealedSpool | None = field(default=None, repr=False)
    _heaviest: Weight | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget the content; header, identity and faults stay."""
        self._inside = None
        if self._spool:
            self._spool.close()

    @property
    def verdict(self) -> Verdict:
        """One of the five."""
        return verdict_of(self.faults)

    @property
    def shelf(self) -> str:
        """Code of the first fault that holds the bundle back, or empty."""
        return next((fault.code for fault in self.faults if fault.weight is Weight.REFUSES), "")

    def lines(self, section: str, kind: str) -> Iterator[Line]:
        """Yield the lines of one kind (`section` is `records` or `answer`), read lazily.

        Raises:
            ValueError: The verdict forbids merging, or the bundle is closed.
        """
        inside = self._open()
        for number, data in enumerate(contents.raw_lines(inside, section, kind), 1):
            place = f"{section}/{kind}.jsonl:{number}"
            yield Line(place, data, parse_checked_line(data))

    def records(self) -> Iterator[tuple[str, Iterator[Line]]]:
        """Yield each kind of record with its lines, kinds in order."""
        for kind in sorted(self.header.counts.records) if self.header else ():
            yield kind, self.lines("records", kind)

    def attachments(self) -> tuple[str, ...]:
        """Return the digests of the attachments."""
        return self._blobs("data/attachments/", "")

    def attachment(self, digest: str) -> Iterator[bytes]:
        """Yield the bytes of an attachment; KeyError when there is none."""
        return self._open().stream(f"data/attachments/{digest}")

    def below(self) -> tuple[str, ...]:
        """Return the identities of the bags of lower units."""
        return self._blobs("data/below/", ".zip")

    def below_bag(self, identity: str) -> Iterator[bytes]:
        """Yield the bytes of a lower unit's bag, for `open_bag`; KeyError when there is none."""
        return self._open().stream(f"data/below/{identity}.zip")

    def own_bag(self) -> Iterator[bytes]:
        """Yield this bundle's own bag (the zip as it came), to be passed on upward."""
        self._open()
        return self._spool.pieces() if self._spool else iter(())

    def _blobs(self, start: str, end: str) -> tuple[str, ...]:
        return tuple(
            sorted(
                name.removeprefix(start).removesuffix(end)
                for name in self._open().members
                if name.startswith(start)
            )
        )

    def _open(self) -> ZipInside:
        if self._inside is None or not self.verdict.mergeable:
            raise ValueError("only a bundle that passed the gate, and is still open, can be read")
        return self._inside

    def found(self, faults: Iterable[GateFault]) -> None:
        """List faults, and stop the gate when one of them holds the bundle back."""
        refused: GateFault | None = None
        for fault in faults:
            if fault.weight is Weight.REFUSES:
                refused = refused or fault
            self._list(fault)
            if refused and self.more_faults >= limits.MOST_FAULTS_LISTED:
                break  # refused for thousands of reasons: nobody reads on
        if refused:
            raise _StoppedError

    def _list(self, fault: GateFault) -> None:
        # A fault heavier than all listed ones is listed even when the list is full: the verdict
        # is read from the list.
        heavier = fault.weight is Weight.REFUSES and self._heaviest is not Weight.REFUSES
        heavier |= fault.weight is Weight.RESTRICTS and self._heaviest in {None, Weight.WARNS}
        if heavier or len(self.faults) < limits.MOST_FAULTS_LISTED:
            self.faults.append(fault)
            self._heaviest = fault.weight if heavier or not self._heaviest else self._heaviest
        else:
            self.more_faults += 1


class _StoppedError(Exception):
    """A step of the gate has listed a fault that no later step may follow."""


def open_bundle(
    path: Path,
    *,
    keys: DeviceKeys,
    registry: Registry,
    desk: Desk,
    scratch: Path,
    validate: Validator = NO_RULES,
) -> Opened:
    """Take a bundle through the gate; whatever is wrong with it stands in the result.

    `scratch` is the folder of the nameless sealed file that holds what was decrypted. The result
    must be closed.

    Raises:
        EnvironmentFault: The disk or the stick could not be read, or takes no scratch file.
    """

    def decrypt(spool: SealedSpool) -> None:
        with _BoundedFile(path) as source:
            envelope.decrypt(source, spool, keys.identities)

    return _opened(decrypt, registry, desk, scratch, validate)


def open_bag(
    chunks: Iterable[bytes],
    *,
    registry: Registry,
    desk: Desk,
    scratch: Path,
    validate: Validator = NO_RULES,
) -> Opened:
    """Take a bag that came without its envelope (of a lower unit) through the same gate.

    Raises:
        EnvironmentFault: The disk takes no scratch file.
    """

    def copy(spool: SealedSpool) -> None:
        for chunk in chunks:
            if spool.size > limits.LARGEST_FILE:
                raise Refused("file_too_big")
            spool.write(chunk)

    return _opened(copy, registry, desk, scratch, validate)


def _opened(
    fill: Callable[[SealedSpool], None],
    registry: Registry,
    desk: Desk,
    scratch: Path,
    validate: Validator,
) -> Opened:
    spool = SealedSpool(scratch)
    opened = Opened(_spool=spool)
    try:
        fill(spool)
        _through_the_gate(opened, spool, registry, desk, validate)
    except Refused as refused:
        opened.faults.append(refused.fault)
    except _StoppedError:
        pass
    except BaseException:
        spool.close()
        raise
    return opened


def _through_the_gate(
    opened: Opened, spool: SealedSpool, registry: Registry, desk: Desk, validate: Validator
) -> None:
    inside = ZipInside(spool)
    enrolled, signature = bag.check_signer(inside, registry.signer)
    tag_manifest = bag.check_signature(inside, enrolled, signature)
    opened.identity = hashlib.sha256(tag_manifest).hexdigest()
    opened.signer = enrolled.device
    opened.found(bag.check_files(inside, tag_manifest))
    header = contents.read_header(inside)
    opened.header = header
    opened.found(contents.check_parties(header, enrolled, signature.comment, inside.folder, desk))
    opened.found(contents.check_history(header, opened.identity, registry, desk))
    opened.found(contents.check_versions(header, desk))
    opened.found(contents.check_counts(inside, header))
    opened.already_held = (
        registry.held(header.device, header.writer, header.number) == opened.identity
    )
    if not opened.already_held:
        opened.found(contents.check_lines(inside, header, desk, validate))
    opened.answer = contents.read_answer(inside, header)
    opened.statement = contents.read_statement(inside, header)
    opened._inside = inside  # noqa: SLF001 - the gate fills its own result


class _BoundedFile:
    """A plain file read with its size bounded and the machine's errors told as such."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._left: int = limits.LARGEST_FILE
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        try:
            # Opening a pipe would wait for ever, and a device would never end.
            if not stat.S_ISREG(self._path.stat().st_mode):
                raise Refused("not_a_bundle")
            self._file = self._path.open("rb")
        except OSError as fault:
            raise files.environment_fault(fault, self._path) from fault
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file:
            self._file.close()

    def read(self, size: int, /) -> bytes:
        try:
            piece = self._file.read(size) if self._file else b""
        except OSError as fault:
            raise files.environment_fault(fault, self._path) from fault
        self._left -= len(piece)
        if self._left < 0:
            raise Refused("file_too_big")
        return piece
