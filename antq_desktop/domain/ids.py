"""Identities: random ones, and ones that two stores work out alike."""

from __future__ import annotations

import hashlib
import re
from typing import Final, Protocol

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECORD_ID_BYTES = 16
WRITER_LETTERS = 8
# 128 random or common bits in hexadecimal, or a unit of a table: `<code>@<day in force>`.
RECORD_ID: Final = re.compile(r"[0-9a-f]{32}|[A-Za-z0-9._-]{1,40}@\d{4}-\d{2}-\d{2}", re.ASCII)


class RandomBytes(Protocol):
    """Where randomness comes from (`secrets.token_bytes` outside tests)."""

    def __call__(self, count: int, /) -> bytes:
        """Return so many random bytes."""
        ...


def new_record_id(random_bytes: RandomBytes) -> str:
    """Return 128 random bits as 32 hexadecimal letters; no clock, counter or code is in them."""
    return random_bytes(RECORD_ID_BYTES).hex()


def new_record_ids(random_bytes: RandomBytes, count: int) -> list[str]:
    """Return so many random identities, drawn at once: each draw is a call of the system."""
    drawn = random_bytes(RECORD_ID_BYTES * count).hex()
    letters = RECORD_ID_BYTES * 2
    return [drawn[at : at + letters] for at in range(0, len(drawn), letters)]


def common_record_id(*parts: str) -> str:
    """Return the identity that every device works out alike from kind, unit, period and set.

    Parts are joined by U+001F, which no part may hold, and hashed, so that a registration entered
    on two PCs meets as one record.

    Raises:
        ValueError: A part holds U+001F.
    """
    if any("\x1f" in part for part in parts):
        raise ValueError("a part of a common identity holds U+001F")
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[: RECORD_ID_BYTES * 2]


def new_writer(random_bytes: RandomBytes) -> str:
    """Return the id of one life of one database: 8 letters of Crockford base 32."""
    number = int.from_bytes(random_bytes(5), "big")
    return "".join(CROCKFORD[(number >> shift) & 31] for shift in range(35, -5, -5))
