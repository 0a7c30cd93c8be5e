"""The fonts of cells in an .xls, which the reader of values does not tell.

An .xls is a compound file (MS-CFB) whose stream `Workbook` is a run of records (MS-XLS): fonts,
formats of cells that name a font, sheets, and cells that name a format. Only those are looked at;
whatever is not as it should be tells nothing, and the reader of values says what is wrong.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from antq_desktop.domain.oldfonts import font_named

_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE: Final = 0xFFFFFFFA  # sector numbers from here on are marks
_ENTRY: Final = 128
_STREAMS: Final = ("Workbook", "Book")
_FONT, _XF, _SHEET, _BOF, _EOF = 0x31, 0xE0, 0x85, 0x0809, 0x0A
_CELLS: Final = frozenset({0x00FD, 0x0204, 0x00D6, 0x027E, 0x0203, 0x0205, 0x0006})
_MANY_CELLS: Final = 0x00BD  # MULRK: numbers side by side
_NO_FOURTH: Final = 4  # font 4 does not exist; those behind it are counted one higher


def fonts_of(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """Return the old fonts of the cells of a sheet by row and column from 0."""
    try:
        stream = _workbook_stream(path.read_bytes())
        return _Walk().fonts(stream, sheet)
    except (struct.error, IndexError, ValueError, UnicodeDecodeError):
        return {}


def is_compound(path: Path) -> bool:
    """Tell whether a file is a compound file, as every .xls since 1993 is."""
    with path.open("rb") as held:
        return held.read(len(_MAGIC)) == _MAGIC


def _workbook_stream(held: bytes) -> bytes:
    """Return the stream of records out of a compound file."""
    if held[: len(_MAGIC)] != _MAGIC:
        return b""
    size = 1 << struct.unpack_from("<H", held, 30)[0]
    first_of_list, _, least, first_small, _, more_tables, _ = struct.unpack_from("<7I", held, 48)
    table = _sector_table(held, size, more_tables)
    entries = _chained(held, size, table, first_of_list)
    root = b""
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        letters = struct.unpack_from("<H", entries, at + 64)[0]
        name = entries[at : at + max(letters - 2, 0)].decode("utf-16-le")
        first, length = struct.unpack_from("<II", entries, at + 116)
        if at == 0:
            root = _chained(held, size, table, first)
        elif name in _STREAMS:
            if length >= least:
                return _chained(held, size, table, first)[:length]
            packed = _chained(held, size, table, first_small)
            small = struct.unpack(f"<{len(packed) // 4}I", packed)
            return b"".join(root[n * 64 : n * 64 + 64] for n in _chain(small, first))[:length]
    return b""


def _sector_table(held: bytes, size: int, more: int) -> tuple[int, ...]:
    """Return which sector follows which."""
    places = list(struct.unpack_from("<109I", held, 76))
    seen = 0
    while more < _FREE and seen < len(held) // size:
        block = _sector(held, size, more)
        numbers = struct.unpack(f"<{size // 4}I", block)
        places += numbers[:-1]
        more, seen = numbers[-1], seen + 1
    packed = b"".join(_sector(held, size, place) for place in places if place < _FREE)
    return struct.unpack(f"<{len(packed) // 4}I", packed)


def _sector(held: bytes, size: int, number: int) -> bytes:
    return held[(number + 1) * size : (number + 2) * size].ljust(size, b"\0")


def _chain(table: tuple[int, ...], first: int) -> Iterator[int]:
    """Yield the sectors of a chain; one that bites its tail ends."""
    for _ in range(len(table)):
        if first >= _FREE or first >= len(table):
            return
        yield first
        first = table[first]


def _chained(held: bytes, size: int, table: tuple[int, ...], first: int) -> bytes:
    return b"".join(_sector(held, size, number) for number in _chain(table, first))


@dataclass(slots=True)
class _Walk:
    names: list[str] = field(default_factory=list)
    formats: list[int] = field(default_factory=list)

    def fonts(self, stream: bytes, sheet: str) -> dict[tuple[int, int], str]:
        """Return the old fonts of the cells of one sheet."""
        starts = {}
        for kind, body in _records(stream, 0):
            if kind == _FONT:
                self.names.append(_short_text(body, 14))
            elif kind == _XF:
                self.formats.append(struct.unpack_from("<H", body)[0])
            elif kind == _SHEET:
                starts[_short_text(body, 6)] = struct.unpack_from("<I", body)[0]
        if sheet not in starts or not any(map(font_named, self.names)):
            return {}
        return dict(self._cells(stream, starts[sheet]))

    def _cells(self, stream: bytes, start: int) -> Iterator[tuple[tuple[int, int], str]]:
        for kind, body in _records(stream, start):
            if kind in _CELLS:
                row, column, place = struct.unpack_from("<3H", body)
                pairs = [(column, place)]
            elif kind == _MANY_CELLS:
                row, column = struct.unpack_from("<2H", body)
                places = [
                    struct.unpack_from("<H", body, at)[0] for at in range(4, len(body) - 5, 6)
                ]
                pairs = list(enumerate(places, start=column))
            else:
                continue
            for column, place in pairs:
                name = self._font(place)
                if font_named(name):
                    yield (row, column), name

    def _font(self, place: int) -> str:
        number = self.formats[place]
        return self.names[number - (number > _NO_FOURTH)]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records from a place to the end of their part."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        depth += (kind == _BOF) - (kind == _EOF)
        if kind == _EOF and depth <= 0:
            return
        at += 4 + length


def _short_text(body: bytes, at: int) -> str:
    """Return a text with a length of one byte and a mark for wide letters."""
    letters, wide = body[at], body[at + 1] & 1
    text = body[at + 2 : at + 2 + letters * (2 if wide else 1)]
    return text.decode("utf-16-le" if wide else "latin-1")
