"""Sealing a bundle: age over zip over BagIt 1.0, in one pass, with memory that does not grow.

Payload comes first, then the header that counts it, then the manifests, then the signature. Each
member waits packed in a sealed spool until its size and checksum are known.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from antq_desktop import files
from antq_desktop.bundle import envelope, limits
from antq_desktop.bundle.keys import DeviceKeys, Enrolled, PublicDevice
from antq_desktop.bundle.reading_note import READ_FIRST_TEXT
from antq_desktop.bundle.zipwriting import Packed, ZipStream, pack
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.exchange import Counts, Header
from antq_desktop.domain.wire import record_kind

Lines = Iterable[tuple[str, Iterable[bytes]]]
_TOO_BIG: Final = "Gói lớn hơn 2 GB. Bỏ bớt tệp đính kèm lớn hoặc lập nhiều gói nhỏ hơn."


@dataclass(frozen=True, slots=True)
class Blob:
    """A file that travels as it is, named by a digest.

    Attributes:
        digest: For an attachment the SHA-256 of its bytes; for a bag of a lower unit its identity.
        chunks: Opens its bytes, piece by piece; called once.
    """

    digest: str
    chunks: Callable[[], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Content:
    """What goes into a bundle; each part is asked for once, in this order, and never held whole.

    Attributes:
        records: Kind, and its lines of canonical JSON without line ends; a kind comes once.
        answer: The same for the parts of a return bundle.
        attachments: Files named by their SHA-256.
        below: Bags of lower units, named by their identity.
    """

    records: Lines = ()
    answer: Lines = ()
    attachments: Iterable[Blob] = ()
    below: Iterable[Blob] = ()


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed bundle: where it lies, what it says, its identity, and size and digest of the file.

    The identity is the SHA-256 of the tag manifest; encrypting the same content again gives
    another file digest, never another identity.
    """

    path: Path
    header: Header
    identity: str
    size: int
    sha256: str


def seal(
    folder: Path,
    header: Header,
    content: Content,
    *,
    keys: DeviceKeys,
    recipients: Iterable[PublicDevice | Enrolled],
    scratch: Path,
    calls: files.FileCalls = files.REAL_CALLS,
) -> Sealed:
    """Write a bundle into a folder under its own name, never over an existing file.

    It is encrypted for the recipients and for the sending device itself. A bare public device
    stands for its own unit alone, an enrolment also for what that unit became. The counts of the
    header are filled in here. `scratch` holds nameless sealed files meanwhile.

    Raises:
        EnvironmentFault: The disk denied it; nothing is left.
        UserError: `bundle_too_big`.
        ValueError: Header and keys disagree, nobody is addressed, or content is malformed: a
            mistake of the caller.
    """
    devices = [
        given if isinstance(given, Enrolled) else Enrolled(given, frozenset())
        for given in recipients
    ]
    if not devices or keys.public.device != header.device:
        raise ValueError("nobody is addressed, or the header names another device than the keys")
    if not all(to.speaks_for(header.receiver.id) and not to.revoked for to in devices):
        raise ValueError("a recipient is revoked or does not belong to the addressed unit")
    to = sorted({device.age_recipient for device in (*(to.device for to in devices), keys.public)})
    bag = _Bag(header, keys, scratch)
    path = folder / header.file_name
    with files.new_file(path, exclusive=True, calls=calls) as out:
        envelope.encrypt(_Pulled(bag.write(content)), _Bounded(out), to)
    written = out.written
    return Sealed(path, bag.header, bag.identity, written.size, written.sha256)


@dataclass(slots=True)
class _Bag:
    header: Header
    keys: DeviceKeys
    scratch: Path
    identity: str = ""
    _zip: ZipStream = field(default_factory=ZipStream)
    _manifest: dict[str, str] = field(default_factory=dict)
    _octets: int = 0

    def write(self, content: Content) -> Iterator[bytes]:
        records: dict[str, int] = {}
        answer: dict[str, int] = {}
        yield from self._lines("records", content.records, records)
        yield from self._lines("answer", content.answer, answer)
        attachments = below = 0
        for blob in content.attachments:
            yield from self._payload(f"data/attachments/{blob.digest}", blob.chunks())
            if self._manifest[f"data/attachments/{blob.digest}"] != blob.digest:
                raise ValueError("an attachment is not what its digest says")
            attachments += 1
        for blob in content.below:
            yield from self._payload(f"data/below/{blob.digest}.zip", blob.chunks())
            below += 1
        counts = Counts(MappingProxyType(records), MappingProxyType(answer), attachments, below)
        self.header = dataclasses.replace(self.header, counts=counts)
        yield from self._payload(limits.READ_FIRST, [READ_FIRST_TEXT.encode()], deflate=True)
        yield from self._payload(limits.HEADER, [self.header.to_bytes()])
        yield from self._tags()

    def _lines(self, section: str, lines: Lines, counts: dict[str, int]) -> Iterator[bytes]:
        for kind, given in lines:
            if record_kind(kind, "kind") in counts:
                raise ValueError(f"kind {kind} comes twice")
            counted = _Counted(given)
            packed, digest = self._pack(f"data/{section}/{kind}.jsonl", counted, deflate=True)
            if not counted.count:
                packed.packed.close()
                continue
            counts[kind] = counted.count
            yield from self._add(packed, digest)

    def _payload(
        self, name: str, chunks: Iterable[bytes], *, deflate: bool = False
    ) -> Iterator[bytes]:
        yield from self._add(*self._pack(name, chunks, deflate=deflate))

    def _pack(self, name: str, chunks: Iterable[bytes], *, deflate: bool) -> tuple[Packed, str]:
        if not limits.is_known_name(name) or name in self._manifest:
            raise ValueError(f"{name} has no place in a bundle, or stands there already")
        digest = hashlib.sha256()
        packed = pack(
            f"{self.header.name}/{name}",
            _hashed(chunks, digest.update),
            self.scratch,
            deflate=deflate,
        )
        return packed, digest.hexdigest()

    def _add(self, packed: Packed, digest: str) -> Iterator[bytes]:
        self._manifest[packed.name.partition("/")[2]] = digest
        self._octets += packed.size
        yield from self._zip.member(packed)

    def _tags(self) -> Iterator[bytes]:
        tags = {
            limits.BAGIT: limits.BAGIT_TEXT,
            limits.BAG_INFO: self._info(),
            limits.MANIFEST: manifest_text(self._manifest),
        }
        digests = {name: hashlib.sha256(data).hexdigest() for name, data in tags.items()}
        tag_manifest = manifest_text(digests)
        tags[limits.TAG_MANIFEST] = tag_manifest
        tags[limits.SIGNATURE] = self.keys.sign(tag_manifest, self.header.comment)
        self.identity = hashlib.sha256(tag_manifest).hexdigest()
        for name, data in tags.items():
            packed = pack(f"{self.header.name}/{name}", [data], self.scratch, deflate=False)
            yield from self._zip.member(packed)
        yield from self._zip.end()

    def _info(self) -> bytes:
        return (
            f"Bag-Software-Agent: ANTQ Desktop {self.header.program}\n"
            f"Bagging-Date: {self.header.claimed[:10]}\n"
            f"External-Identifier: {self.header.name}\n"
            f"Payload-Oxum: {self._octets}.{len(self._manifest)}\n"
        ).encode()


def manifest_text(digests: dict[str, str]) -> bytes:
    """Return a manifest as BagIt and `sha256sum -c` read it, sorted by name."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()


def _hashed(chunks: Iterable[bytes], update: Callable[[bytes], object]) -> Iterator[bytes]:
    for chunk in chunks:
        update(chunk)
        yield chunk


class _Counted:
    """Lines with their line ends, gathered into larger pieces, and how many there were."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = lines
        self.count = 0

    def __iter__(self) -> Iterator[bytes]:
        gathered = bytearray()
        for line in self._lines:
            if b"\n" in line or not 0 < len(line) < limits.LARGEST_LINE:
                raise ValueError("a line is empty, too long or holds a line end")
            gathered += line
            gathered += b"\n"
            self.count += 1
            if len(gathered) >= limits.PIECE:
                yield bytes(gathered)
                gathered.clear()
        yield bytes(gathered)


class _Pulled:
    """What the zip yields, as something that can be read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def read(self, size: int, /) -> bytes:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = memoryview(piece)
        part, self._rest = self._rest[:size], self._rest[size:]
        return bytes(part)


class _Bounded:
    """Refuses to write a file that no stick could take and no gate would open."""

    def __init__(self, out: files.NewFile) -> None:
        self._out = out
        self._left = limits.LARGEST_FILE

    def write(self, data: bytes, /) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise UserError("bundle_too_big", _TOO_BIG)
        return self._out.write(data)
