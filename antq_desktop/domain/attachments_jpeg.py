"""A JPEG without what stands beside the picture (ITU-T T.81, Annex B).

Kept are the segments without which the picture is not the same picture: tables, frame, scans, the
bare JFIF head, and Adobe's transform, which says how its colours are coded. Left out is everything
else: Exif, XMP, IPTC, colour profiles (they name the camera), comments, previews, and what follows
the end of the picture (short films of telephones). Which side is up is the one fact of Exif that a
person would miss; it is written anew into a segment that holds nothing else.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.attachments_shape import NotWholeError, check_sides

START, END, SCAN = 0xD8, 0xD9, 0xDA
_APP0, _APP1, _APP14 = 0xE0, 0xE1, 0xEE
_TABLES: Final = frozenset({0xDB, 0xC4, 0xDD, 0xDC})  # quantisation, Huffman, restart, lines
_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended, progressive
_RESTARTS: Final = frozenset(range(0xD0, 0xD8))
_EXIF: Final = b"Exif\x00\x00"
_ORIENTATION: Final = 0x0112
_UPRIGHT: Final = 1
_AFTER_SCAN: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
_FILL: Final = re.compile(rb"\xff+")
_MOST_SEGMENTS: Final = 20_000  # many times what a picture has; bounds the work on a hostile one
_JFIF_BYTES: Final = 14
_ADOBE_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: its marker, where its body lies, and where the next one begins."""

    marker: int
    start: int
    end: int


def segments(data: bytes, at: int = 0) -> Iterator[Segment]:
    """Yield the segments of the JPEG that begins at a place, its end the last.

    The coded data of a scan belongs to the segment of the scan.

    Raises:
        NotWholeError: The bytes end before the picture does, or are none.
    """
    if data[at : at + 2] != b"\xff\xd8":
        raise NotWholeError("no start of a picture")
    yield Segment(START, at + 2, at + 2)
    place = at + 2
    for _ in range(_MOST_SEGMENTS):
        marker, place = _marker(data, place)
        if marker == END:
            yield Segment(END, place, place)
            return
        if marker in _RESTARTS or marker in {0x01, START}:
            raise NotWholeError("a marker out of its place")
        if place + 2 > len(data):
            raise NotWholeError("a segment without its length")
        length = int.from_bytes(data[place : place + 2], "big")
        end = place + length
        if length < 2 or end > len(data):
            raise NotWholeError("a segment longer than the file")
        coded = _end_of_scan(data, end) if marker == SCAN else end
        yield Segment(marker, place + 2, coded)
        place = coded
    raise NotWholeError("more segments than a picture has")


def _marker(data: bytes, place: int) -> tuple[int, int]:
    """Return the marker at a place, fill bytes before it passed over, and where it ends."""
    if data[place : place + 1] != b"\xff":
        raise NotWholeError("no marker where one must stand")
    fill = _FILL.match(data, place)
    place = fill.end() if fill else place
    if place >= len(data) or data[place] == 0:
        raise NotWholeError("no marker where one must stand")
    return data[place], place + 1


def _end_of_scan(data: bytes, place: int) -> int:
    """Return where the coded data ends: at the first marker that is no restart."""
    found = _AFTER_SCAN.search(data, place)
    if found is None:
        raise NotWholeError("the picture ends within a scan")
    return found.start()


def clean_jpeg(data: bytes) -> bytes:
    """Return a JPEG that holds the picture, which side of it is up, and nothing else.

    Raises:
        NotWholeError: It is no whole JPEG of a kind that is widely read.
        NotWithinError: It has too many points.
    """
    kept: list[bytes] = []
    orientation, frames, scans = _UPRIGHT, 0, 0
    for each in segments(data):
        body = data[each.start : each.end]
        if each.marker == _APP1 and body.startswith(_EXIF) and orientation == _UPRIGHT:
            orientation = orientation_in(body[len(_EXIF) :])
        if each.marker in _FRAMES:
            frames += 1
            if len(body) < 6:
                raise NotWholeError("a frame without its sides")
            height, width = struct.unpack(">HH", body[1:5])
            check_sides(width, height)
        scans += each.marker == SCAN
        kept.extend(_as_kept(each, body))
    if frames != 1 or not scans:
        raise NotWholeError("no picture, or more than one")
    return b"\xff\xd8" + _upright(orientation) + b"".join(kept) + b"\xff\xd9"


def _as_kept(each: Segment, body: bytes) -> Iterator[bytes]:
    if each.marker == _APP0 and body[:5] == b"JFIF\x00" and len(body) >= _JFIF_BYTES:
        yield _segment(_APP0, body[: _JFIF_BYTES - 2] + b"\x00\x00")  # without its preview
    elif each.marker == _APP14 and body[:5] == b"Adobe" and len(body) >= _ADOBE_BYTES:
        yield _segment(_APP14, body[:_ADOBE_BYTES])
    elif each.marker in _TABLES or each.marker in _FRAMES:
        yield _segment(each.marker, body)
    elif each.marker == SCAN:
        head = body[0] * 2 + 4 if body else 0  # as long as the number of its components says
        if head < 6 or head > len(body):
            raise NotWholeError("a scan without its head")
        yield _segment(SCAN, body[:head]) + body[head:]


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def _upright(orientation: int) -> bytes:
    """Return an Exif segment that says which side is up; nothing where it is the first."""
    if orientation == _UPRIGHT:
        return b""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, orientation, 0)
    return _segment(_APP1, _EXIF + b"MM\x00\x2a\x00\x00\x00\x08\x00\x01" + entry + bytes(4))


def orientation_in(tiff: bytes) -> int:
    """Return which side is up (1 to 8) by the first directory of Exif; 1 where it cannot be read.

    Args:
        tiff: What follows the name of the segment.
    """
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return _UPRIGHT
    first = struct.unpack(order + "I", tiff[4:8])[0]
    count = int.from_bytes(tiff[first : first + 2], "little" if order == "<" else "big")
    for number in range(min(count, 512)):
        at = first + 2 + 12 * number
        entry = tiff[at : at + 12]
        if len(entry) < 12:
            break
        tag, kind, length, value, _rest = struct.unpack(order + "HHIHH", entry)
        if (tag, kind, length) == (_ORIENTATION, 3, 1):
            return int(value) if 1 <= value <= 8 else _UPRIGHT
    return _UPRIGHT
