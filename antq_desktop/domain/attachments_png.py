"""A PNG without what stands beside the picture (W3C PNG, third edition).

Kept are the chunks that make the picture: head, palette, transparency, data, end, and the plain
numbers of gamma and size. Left out are texts, Exif, times, colour profiles, previews, moving
pictures, and what follows the end.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from antq_desktop.domain.attachments_shape import NotWholeError, check_sides

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_KEPT: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"pHYs", b"IDAT", b"IEND"})
_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS: Final = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
# Where the seven passes of an interlaced picture begin, and how far apart their points lie.
_PASSES: Final = (
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)
)  # fmt: skip
_MOST_CHUNKS: Final = 200_000
_AT_ONCE: Final = 1 << 20


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and body of each chunk up to the end of the picture.

    Raises:
        NotWholeError: A chunk is cut off or is not what its sum says.
    """
    place = len(SIGNATURE)
    for _ in range(_MOST_CHUNKS):
        if place + 12 > len(data):
            raise NotWholeError("the file ends before the picture")
        length = int.from_bytes(data[place : place + 4], "big")
        end = place + 12 + length
        if length > 0x7FFFFFFF or end > len(data):
            raise NotWholeError("a chunk longer than the file")
        name, body = data[place + 4 : place + 8], data[place + 8 : end - 4]
        if zlib.crc32(name + body) != int.from_bytes(data[end - 4 : end], "big"):
            raise NotWholeError("a chunk is not what its sum says")
        yield name, body
        if name == b"IEND":
            return
        place = end
    raise NotWholeError("more chunks than a picture has")


def clean_png(data: bytes) -> bytes:
    """Return a PNG that holds the picture and nothing else.

    Raises:
        NotWholeError: It is no whole PNG.
        NotWithinError: It has too many points.
    """
    held = list(chunks(data))
    names = [name for name, _ in held]
    if names[0] != b"IHDR" or names.count(b"IHDR") != 1 or b"IDAT" not in names:
        raise NotWholeError("no picture, or more than one")
    _check_data(held[0][1], b"".join(body for name, body in held if name == b"IDAT"))
    kept = (_chunk(name, body) for name, body in held if name in _KEPT)
    return SIGNATURE + b"".join(kept)


def _chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def _check_data(head: bytes, packed: bytes) -> None:
    """Unpack the picture piece by piece: it must be just as long as its head says."""
    wanted = _unpacked_length(head)
    unpacking = zlib.decompressobj()
    length, rest = 0, packed
    try:
        while not unpacking.eof:
            piece = unpacking.decompress(rest, _AT_ONCE)
            length += len(piece)
            rest = unpacking.unconsumed_tail
            if length > wanted or (not piece and not rest and not unpacking.eof):
                break
    except zlib.error as fault:
        raise NotWholeError("the picture cannot be unpacked") from fault
    if length != wanted or not unpacking.eof or unpacking.unused_data:
        raise NotWholeError("the picture is not as long as its head says")


def _unpacked_length(head: bytes) -> int:
    if len(head) != 13:
        raise NotWholeError("a head of another length")
    width, height, depth, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", head)
    check_sides(width, height)
    if depth not in _DEPTHS.get(colour, ()) or packing or filtering or interlaced > 1:
        raise NotWholeError("a head of no known kind")
    bits = depth * _CHANNELS[colour]
    if not interlaced:
        return _lines(width, height, bits)
    return sum(
        _lines((width - x + right - 1) // right, (height - y + down - 1) // down, bits)
        for x, y, right, down in _PASSES
    )


def _lines(width: int, height: int, bits: int) -> int:
    return height * (1 + (width * bits + 7) // 8) if width > 0 and height > 0 else 0
