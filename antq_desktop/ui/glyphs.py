"""Drawings for the style sheet, held in memory and coloured from the theme.

A style sheet can only name files. Writing coloured files to disk for it would mean one set for each
theme; instead the drawings are packed in Qt's own binary resource format (version 1) and
registered from memory.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

from PySide6.QtCore import QResource

_DIRECTORY = 2
_ANY_TERRITORY = 0
_LANGUAGE_C = 1
_HEADER_BYTES = 20

# Qt reads the bytes where they lie, so they must live as long as the process.
_registered: dict[str, bytes] = {}


def _name_hash(name: str) -> int:
    value = 0
    for letter in name:
        value = (value << 4) + ord(letter)
        value ^= (value & 0xF0000000) >> 23
        value &= 0x0FFFFFFF
    return value


def pack(drawings: Mapping[str, bytes]) -> bytes:
    """Return the files of one folder in Qt's binary resource format; names are ASCII."""
    names = bytearray()
    data = bytearray()
    tree = bytearray(struct.pack(">IHII", 0, _DIRECTORY, len(drawings), 1))
    for name in sorted(drawings, key=_name_hash):
        tree += struct.pack(">IHHHI", len(names), 0, _ANY_TERRITORY, _LANGUAGE_C, len(data))
        names += struct.pack(">HI", len(name), _name_hash(name)) + name.encode("utf-16-be")
        data += struct.pack(">I", len(drawings[name])) + drawings[name]
    data_at = _HEADER_BYTES + len(tree)
    header = struct.pack(">IIII", 1, _HEADER_BYTES, data_at, data_at + len(data))
    return b"qres" + header + bytes(tree) + bytes(data) + bytes(names)


def register(folder: str, drawings: Mapping[str, bytes]) -> None:
    """Make drawings readable as `:/folder/name`; a folder once registered stays as it is."""
    if folder in _registered:
        return
    packed = pack(drawings)
    if not QResource.registerResourceData(packed, f"/{folder}"):
        raise ValueError(f"drawings of {folder} were refused")
    _registered[folder] = packed
