"""A zip as plain as a zip can be, written in one pass.

Sizes and checksums are known before a member is written, so local headers say the same as the
directory: no data descriptors, extra fields, comments, zip64, and one fixed time.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from antq_desktop.bundle.spool import SealedSpool

STORED: Final = 0
DEFLATED: Final = 8
LOCAL: Final = struct.Struct("<4s5H3I2H")
CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
END: Final = struct.Struct("<4s4H2IH")
LOCAL_MARK: Final = b"PK\x03\x04"
CENTRAL_MARK: Final = b"PK\x01\x02"
END_MARK: Final = b"PK\x05\x06"
_NEEDS: Final = 20
_MADE_BY_UNIX: Final = 3 << 8 | _NEEDS
_FIRST_OF_1980: Final = 0x21
_PRIVATE_FILE: Final = 0o100600 << 16


@dataclass(frozen=True, slots=True)
class Packed:
    """A member ready to be written: its facts, and its packed bytes in a sealed spool."""

    name: str
    method: int
    crc: int
    size: int
    packed: SealedSpool


class ZipStream:
    """Yields the bytes of a zip while members are handed in."""

    def __init__(self) -> None:
        self._directory = bytearray()
        self._members = 0
        self._offset = 0

    def member(self, packed: Packed) -> Iterator[bytes]:
        """Yield the bytes of one member and forget its spool."""
        name = packed.name.encode("ascii")
        facts = (packed.method, 0, _FIRST_OF_1980, packed.crc, packed.packed.size, packed.size)
        local = LOCAL.pack(LOCAL_MARK, _NEEDS, 0, *facts, len(name), 0) + name
        self._directory += CENTRAL.pack(
            CENTRAL_MARK, _MADE_BY_UNIX, _NEEDS, 0, *facts, len(name), 0, 0, 0, 0, _PRIVATE_FILE,
            self._offset,
        ) + name  # fmt: skip
        self._members += 1
        self._offset += len(local) + packed.packed.size
        yield local
        with packed.packed as spool:
            yield from spool.pieces()

    def end(self) -> Iterator[bytes]:
        """Yield the directory."""
        yield bytes(self._directory)
        count = self._members
        yield END.pack(
            END_MARK, 0, 0, count, count, len(self._directory), self._offset, 0
        )  # fmt: skip


@dataclass(slots=True)
class Packer:
    """Takes the bytes of one member, packs them into a sealed spool and keeps count."""

    name: str
    spool: SealedSpool
    deflate: bool
    size: int = 0
    crc: int = 0
    _deflater: zlib._Compress = field(init=False)

    def __post_init__(self) -> None:
        self._deflater = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)

    def write(self, data: bytes) -> None:
        """Take some bytes."""
        self.size += len(data)
        self.crc = zlib.crc32(data, self.crc)
        self.spool.write(self._deflater.compress(data) if self.deflate else data)

    def done(self) -> Packed:
        """Return the member, ready to be written."""
        if self.deflate:
            self.spool.write(self._deflater.flush())
        return Packed(
            self.name, DEFLATED if self.deflate else STORED, self.crc, self.size, self.spool
        )


def pack(name: str, chunks: Iterable[bytes], scratch: Path, *, deflate: bool) -> Packed:
    """Pack one member; the caller hands it to `ZipStream.member`, which forgets it."""
    spool = SealedSpool(scratch)
    try:
        packer = Packer(name, spool, deflate)
        for chunk in chunks:
            packer.write(chunk)
        return packer.done()
    except BaseException:
        spool.close()
        raise
