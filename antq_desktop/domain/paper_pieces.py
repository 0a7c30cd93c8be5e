"""A short file cut into the codes of one printed sheet, and put together again from what was read.

Each code begins with eleven bytes of its own: `ANTQP1`, the first three bytes of the SHA-256 of the
whole, how many codes there are, and which one this is. So codes of several sheets may be read in
any order, twice, and mixed with codes of other people.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MOST_CODES: Final = 3
CODE_BYTES: Final = 900
_MARK: Final = b"ANTQP1"
_NAME_BYTES: Final = 3
_HEAD: Final = len(_MARK) + _NAME_BYTES + 2
LARGEST: Final = MOST_CODES * (CODE_BYTES - _HEAD)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the codes that were read make together.

    Attributes:
        whole: Each file of which every code was read, in the order of its first code.
        missing: Of each other file: which codes it lacks, and how many it has in all.
        foreign: How many codes were of something else.
    """

    whole: tuple[bytes, ...] = ()
    missing: tuple[tuple[tuple[int, ...], int], ...] = ()
    foreign: int = 0


def cut(data: bytes) -> tuple[bytes, ...]:
    """Return the contents of the codes of a file, about equally long.

    Raises:
        ValueError: The file is empty or does not fit.
    """
    if not 0 < len(data) <= LARGEST:
        raise ValueError(f"{len(data)} bytes do not fit on a sheet")
    count = -(-len(data) // (CODE_BYTES - _HEAD))
    share = -(-len(data) // count)
    name = hashlib.sha256(data).digest()[:_NAME_BYTES]
    return tuple(
        _MARK + name + bytes((count, at + 1)) + data[at * share : (at + 1) * share]
        for at in range(count)
    )


def gather(codes: Iterable[bytes]) -> Gathered:
    """Put files together from codes in any order; a code that was read twice counts once."""
    found: dict[tuple[bytes, int], dict[int, bytes]] = {}
    foreign = 0
    for code in codes:
        head, data = code[:_HEAD], code[_HEAD:]
        count, place = (head[-2], head[-1]) if len(head) == _HEAD else (0, 0)
        if not (head.startswith(_MARK) and 0 < place <= count <= MOST_CODES and data):
            foreign += 1
            continue
        found.setdefault((head[len(_MARK) : -2], count), {}).setdefault(place, data)
    whole: list[bytes] = []
    missing: list[tuple[tuple[int, ...], int]] = []
    for (name, count), parts in found.items():
        data = b"".join(parts[place] for place in sorted(parts))
        lacking = tuple(place for place in range(1, count + 1) if place not in parts)
        if lacking:
            missing.append((lacking, count))
        elif hashlib.sha256(data).digest()[:_NAME_BYTES] == name:
            whole.append(data)
        else:
            foreign += 1
    return Gathered(tuple(whole), tuple(missing), foreign)
