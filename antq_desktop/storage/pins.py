"""The key of a store under a short number, in memory alone: what reopens a locked screen.

The number is derived together with a random secret of this run. Whoever can read the memory of the
program has the secret too and needs only to try numbers; against everybody else the five tries of
the screen stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from antq_desktop.storage.vault import FLOOR, KEY_BYTES, NONCE_BYTES, SALT_BYTES

if TYPE_CHECKING:
    from antq_desktop.domain.ids import RandomBytes

_PURPOSE: Final = b"antq session pin 1"


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A key that only the right number opens."""

    secret: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    nonce: bytes = field(repr=False)
    sealed: bytes = field(repr=False)


def wrap(figures: str, key: bytes, random_bytes: RandomBytes) -> Wrapped:
    """Return a key under a number."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    secret, salt, nonce = (random_bytes(size) for size in (KEY_BYTES, SALT_BYTES, NONCE_BYTES))
    wrapping = _derived(figures, secret, salt)
    return Wrapped(secret, salt, nonce, AESGCM(wrapping).encrypt(nonce, key, _PURPOSE))


def unwrap(figures: str, wrapped: Wrapped) -> bytes | None:
    """Return the key; None when the number is another one."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    wrapping = _derived(figures, wrapped.secret, wrapped.salt)
    try:
        return AESGCM(wrapping).decrypt(wrapped.nonce, wrapped.sealed, _PURPOSE)
    except InvalidTag:
        return None


def _derived(figures: str, secret: bytes, salt: bytes) -> bytes:
    """Return the Argon2id key of a number, under the least hardness that is accepted."""
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        secret=figures.encode("ascii") + secret,
        salt=salt,
        time_cost=FLOOR.rounds,
        memory_cost=FLOOR.memory,
        parallelism=FLOOR.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )
