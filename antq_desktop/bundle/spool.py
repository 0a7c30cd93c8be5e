"""A sealed spool: what has been decrypted but not yet believed never lies in clear on the disk.

Pieces of 64 KiB are sealed by ChaCha20-Poly1305 under a key that lives only in memory; each piece
is written once, under its own number as nonce. The scratch file has no name and goes when closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from antq_desktop import files
from antq_desktop.bundle.limits import PIECE

_TAG: Final = 16
_NONCE: Final = 12


class SealedSpool:
    """Written from the front, then read from anywhere."""

    def __init__(self, folder: Path) -> None:
        """Open an empty spool; `folder` holds the nameless file once it outgrows 4 MiB.

        Raises:
            EnvironmentFault: The folder takes no file.
        """
        self._folder = folder
        self._seal = ChaCha20Poly1305(ChaCha20Poly1305.generate_key())
        self._scratch = files.scratch_file(folder)
        self._open_piece = bytearray()
        self._pieces = 0
        self._cached: tuple[int, bytes] = (-1, b"")
        self.size = 0

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
        """Forget everything."""
        self._scratch.close()
        self._open_piece.clear()
        self._cached = (-1, b"")

    def write(self, data: bytes, /) -> int:
        """Take bytes at the end.

        Raises:
            EnvironmentFault: The disk of the scratch file takes no more.
        """
        self._open_piece += data
        self.size += len(data)
        whole = len(self._open_piece) - len(self._open_piece) % PIECE
        if whole:
            view = bytes(self._open_piece[:whole])
            for start in range(0, whole, PIECE):
                self._put(view[start : start + PIECE])
            del self._open_piece[:whole]
        return len(data)

    def read_at(self, offset: int, size: int) -> bytes:
        """Return the bytes from an offset on; fewer only at the end."""
        end = min(offset + size, self.size)
        parts: list[bytes] = []
        while offset < end:
            number, start = divmod(offset, PIECE)
            part = self._piece(number)[start : start + end - offset]
            parts.append(part)
            offset += len(part)
        return b"".join(parts)

    def pieces(self, offset: int = 0, size: int | None = None) -> Iterator[bytes]:
        """Yield a stretch piece by piece."""
        end = self.size if size is None else offset + size
        while offset < end:
            part = self.read_at(offset, min(PIECE - offset % PIECE, end - offset))
            if not part:
                return
            yield part
            offset += len(part)

    def _put(self, piece: bytes) -> None:
        sealed = self._seal.encrypt(self._pieces.to_bytes(_NONCE, "big"), piece, None)
        try:
            self._scratch.seek(self._pieces * (PIECE + _TAG))
            self._scratch.write(sealed)
        except OSError as fault:
            raise files.environment_fault(fault, self._folder) from fault
        self._pieces += 1

    def _piece(self, number: int) -> bytes:
        if number == self._pieces:
            return bytes(self._open_piece)
        if self._cached[0] != number:
            try:
                self._scratch.seek(number * (PIECE + _TAG))
                sealed = self._scratch.read(PIECE + _TAG)
            except OSError as fault:
                raise files.environment_fault(fault, self._folder) from fault
            piece = self._seal.decrypt(number.to_bytes(_NONCE, "big"), sealed, None)
            self._cached = (number, piece)
        return self._cached[1]
