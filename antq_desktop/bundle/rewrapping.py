"""Putting a bag that came without its envelope into one of its own, for the shelf of this device.

The bag itself, with its signature, stays as it came; only who can open the file changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from antq_desktop import files
from antq_desktop.bundle import envelope
from antq_desktop.bundle.keys import PublicDevice


def wrap(chunks: Iterable[bytes], path: Path, device: PublicDevice) -> str:
    """Write a bag encrypted for one device, in place of an older file; return its SHA-256.

    Raises:
        EnvironmentFault: The disk denied it; nothing is left.
    """
    with files.new_file(path) as out:
        envelope.encrypt(_Chunks(iter(chunks)), out, [device.age_recipient])
    return out.written.sha256


class _Chunks:
    """Pieces of bytes as something that can be read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def read(self, size: int, /) -> bytes:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = piece
        part, self._rest = self._rest[:size], self._rest[size:]
        return part
