"""Small sealed files beside the store, for what must survive a crash before it is saved.

Nothing of it is readable on the disk: AES-256-GCM under a key of its own, derived from the key of
the store by HKDF-SHA-256 with the purpose as context. The purpose is authenticated too, so that a
file of one use is never taken for one of another. The format byte stands first and in clear.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.domain.ids import RandomBytes
from antq_desktop.files import environment_fault, remove_if_present, write_atomically

FORMAT: Final = b"\x01"
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
DAMAGED: Final = "Tệp bản nháp bị hỏng nên không mở lại được. Dữ liệu đã lưu vẫn còn nguyên."


class Sealer:
    """Seals and opens small pieces for one purpose."""

    def __init__(self, key: Callable[[], bytes], purpose: str, random_bytes: RandomBytes) -> None:
        self._key = key
        self._purpose = purpose.encode("ascii")
        self._random_bytes = random_bytes

    def seal(self, plain: bytes) -> bytes:
        """Return a piece so that only this store can read it."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = self._random_bytes(NONCE_BYTES)
        return FORMAT + nonce + AESGCM(self._derived()).encrypt(nonce, plain, self._authenticated())

    def open(self, sealed: bytes) -> bytes:
        """Return what was sealed.

        Raises:
            EnvironmentFault: `sealed_damaged`: not whole, or sealed elsewhere.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce, rest = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        if sealed[:1] != FORMAT or len(nonce) < NONCE_BYTES:
            raise EnvironmentFault("sealed_damaged", DAMAGED)
        try:
            return AESGCM(self._derived()).decrypt(nonce, rest, self._authenticated())
        except InvalidTag as fault:
            raise EnvironmentFault("sealed_damaged", DAMAGED) from fault

    def name_of(self, text: str) -> str:
        """Return a name for a sealed file that only this store can work out from the text."""
        return hashlib.blake2b(text.encode(), key=self._derived(), digest_size=16).hexdigest()

    def _derived(self) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        derive = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"antq sealed file 1 " + self._purpose)
        return derive.derive(self._key())

    def _authenticated(self) -> bytes:
        return FORMAT + self._purpose


def write_sealed(path: Path, plain: bytes, sealer: Sealer) -> None:
    """Write a sealed file, whole or not at all.

    Raises:
        EnvironmentFault: The machine denied it; an older file is as it was.
    """
    write_atomically(path, sealer.seal(plain))


def read_sealed(path: Path, sealer: Sealer) -> bytes | None:
    """Return what a sealed file holds; None when there is no file.

    Raises:
        EnvironmentFault: `sealed_damaged`, or the machine denied it.
    """
    try:
        sealed = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise environment_fault(fault, path) from fault
    return sealer.open(sealed)


def remove_sealed(path: Path) -> None:
    """Remove a sealed file when it is there.

    Raises:
        EnvironmentFault: The machine denied it.
    """
    remove_if_present(path)
