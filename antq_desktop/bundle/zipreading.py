"""A zip read strictly: what the directory and the local headers say must be one and the same.

No gap, no overlap, no comment, no extra field, no descriptor, no zip64, only stored or deflated
plain files, every name harmless. Sizes are bounded before anything is unpacked, and unpacking
never yields more than was declared.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from antq_desktop.bundle import limits
from antq_desktop.bundle.refused import Refused
from antq_desktop.bundle.spool import SealedSpool
from antq_desktop.bundle.zipwriting import (
    CENTRAL,
    CENTRAL_MARK,
    DEFLATED,
    END,
    END_MARK,
    LOCAL,
    LOCAL_MARK,
    STORED,
)

_LONGEST_NAME: Final = 200
_LARGEST_DIRECTORY: Final = limits.MOST_FILES * (CENTRAL.size + _LONGEST_NAME)
_SPEED_BITS: Final = 0b110  # how hard the deflater tried: the one flag that changes nothing
_FILE_KINDS: Final = (0, 0o100000)
_KIND_MASK: Final = 0o170000
_DOS_FOLDER_OR_LABEL: Final = 0x18


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the zip, seen from the one folder in it."""

    name: str
    method: int
    crc: int
    packed_size: int
    size: int
    offset: int


class ZipInside:
    """The files of a zip that lies in a sealed spool."""

    def __init__(self, spool: SealedSpool) -> None:
        """Read and check the directory.

        Raises:
            Refused: `zip_malformed`, `zip_name_unsafe`, `zip_name_unknown`, `zip_name_twice`,
                `zip_method`, `zip_too_many` or `zip_too_big`.
        """
        self._spool = spool
        self.folder, self.members = _directory(spool)

    def stream(self, name: str) -> Iterator[bytes]:
        """Yield the unpacked bytes of a file.

        Raises:
            KeyError: There is no such file.
            Refused: `zip_malformed`: it does not unpack to what was declared.
        """
        member = self.members[name]
        packed = self._spool.pieces(member.offset, member.packed_size)
        pieces = packed if member.method == STORED else _inflated(packed, member.size)
        size = crc = 0
        for piece in pieces:
            size += len(piece)
            crc = zlib.crc32(piece, crc)
            yield piece
        if size != member.size or crc != member.crc:
            raise Refused("zip_malformed", place=name)

    def whole(self, name: str, largest: int) -> bytes:
        """Return the bytes of a small file.

        Raises:
            KeyError: There is no such file.
            Refused: It is larger than allowed, or does not unpack.
        """
        if self.members[name].size > largest:
            raise Refused("zip_too_big", place=name)
        return b"".join(self.stream(name))


def _inflated(packed: Iterator[bytes], declared: int) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    left = declared
    for piece in chain(packed, (b"",)):
        rest = piece
        # One more byte than may come, so that a file that lies about its size is seen.
        while out := _step(inflater, rest, min(left + 1, limits.PIECE)):
            left -= len(out)
            if left < 0:
                raise Refused("zip_too_big")
            yield out
            rest = inflater.unconsumed_tail
        if inflater.unused_data:
            raise Refused("zip_malformed")
    if not inflater.eof:
        raise Refused("zip_malformed")


def _step(inflater: zlib._Decompress, data: bytes, most: int) -> bytes:
    try:
        return inflater.decompress(data, most)
    except zlib.error as fault:
        raise Refused("zip_malformed") from fault


def _directory(spool: SealedSpool) -> tuple[str, dict[str, Member]]:
    place = spool.size - END.size
    if place < 0:
        raise Refused("zip_malformed")
    mark, disk, first_disk, here, count, size, start, comment = END.unpack(
        spool.read_at(place, END.size)
    )
    if mark != END_MARK or disk or first_disk or here != count or comment or start + size != place:
        raise Refused("zip_malformed")
    if count > limits.MOST_FILES or size > _LARGEST_DIRECTORY:
        raise Refused("zip_too_many")
    members: dict[str, Member] = {}
    folder, expected = "", 0
    data = memoryview(spool.read_at(start, size))
    for _ in range(count):
        full_name, member, data = _entry(data, spool, expected)
        expected = member.offset + member.packed_size
        its_folder, _, inner = full_name.partition("/")
        if folder not in {"", its_folder} or not limits.FOLDER.fullmatch(its_folder):
            raise Refused("zip_name_unknown")
        if not limits.is_known_name(inner):
            raise Refused("zip_name_unknown", place=inner)
        if inner in members:
            raise Refused("zip_name_twice", place=inner)
        folder = its_folder
        members[inner] = member
    if data or expected != start or not members:
        raise Refused("zip_malformed")
    _bound(members)
    return folder, members


def _entry(data: memoryview, spool: SealedSpool, expected: int) -> tuple[str, Member, memoryview]:
    try:
        (mark, _made_by, needs, flags, method, time, date, crc, packed, size, name_size, extra,
         comment, disk, _text, attributes, offset) = CENTRAL.unpack_from(data)  # fmt: skip
    except struct.error as fault:
        raise Refused("zip_malformed") from fault
    name = bytes(data[CENTRAL.size : CENTRAL.size + name_size])
    if mark != CENTRAL_MARK or extra or comment or disk or offset != expected:
        raise Refused("zip_malformed")
    if len(name) != name_size or name_size > _LONGEST_NAME:
        raise Refused("zip_malformed")
    text = name.decode("latin-1")
    if not limits.is_harmless_name(text):
        raise Refused("zip_name_unsafe")
    if method not in {STORED, DEFLATED} or flags & ~_SPEED_BITS or not _is_file(attributes):
        raise Refused("zip_method")
    if method == STORED and packed != size:
        raise Refused("zip_malformed")
    local = spool.read_at(offset, LOCAL.size + name_size)
    facts = (LOCAL_MARK, needs, flags, method, time, date, crc, packed, size, name_size, 0)
    if local != LOCAL.pack(*facts) + name:
        raise Refused("zip_malformed")
    member = Member(
        text.partition("/")[2], method, crc, packed, size, offset + LOCAL.size + name_size
    )
    return text, member, data[CENTRAL.size + name_size :]


def _is_file(attributes: int) -> bool:
    kind = attributes >> 16 & _KIND_MASK
    return kind in _FILE_KINDS and not attributes & _DOS_FOLDER_OR_LABEL


def _bound(members: dict[str, Member]) -> None:
    unpacked = sum(member.size for member in members.values())
    packed = sum(member.packed_size for member in members.values())
    if any(member.size > limits.LARGEST_MEMBER for member in members.values()):
        raise Refused("zip_too_big")
    if unpacked > limits.LARGEST_UNPACKED:
        raise Refused("zip_too_big")
    if unpacked > limits.FREE_UNPACKED and unpacked > limits.LARGEST_RATIO * packed:
        raise Refused("zip_too_big")
