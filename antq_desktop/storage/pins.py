"""What is kept of the short number that reopens a locked screen: salted, slow, in memory alone."""

from __future__ import annotations

from typing import Final

from antq_desktop.storage.vault import FLOOR

_BYTES: Final = 32


def digest(figures: str, salt: bytes) -> bytes:
    """Return the Argon2id digest of a number, under the least hardness that is accepted."""
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        secret=figures.encode("ascii"),
        salt=salt,
        time_cost=FLOOR.rounds,
        memory_cost=FLOOR.memory,
        parallelism=FLOOR.lanes,
        hash_len=_BYTES,
        type=Type.ID,
    )
