"""A secret in three printed parts of which any two bring it back, and one alone tells nothing.

Shamir's scheme over GF(256) with threshold two: byte by byte a straight line through the secret, of
which each part is one point. A part is printed as groups of figures, each with a check figure of
its own, so that a figure typed wrong is named before anything is tried.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.ids import RandomBytes

PARTS: Final = 3
NEEDED: Final = 2
_FIGURES: Final = 5  # of a group; the sixth is its check figure
_WEIGHTS: Final = (3, 1, 7, 9, 3)  # prime to ten, so that each wrong figure changes the sum
_SET_BYTES: Final = 2
_CHECK_BYTES: Final = 4
_REDUCED: Final = 0x11B  # x^8 + x^4 + x^3 + x + 1


@dataclass(frozen=True, slots=True)
class Share:
    """One part.

    Attributes:
        place: 1, 2 or 3: where on the line it lies.
        of: What tells parts of one splitting from those of another.
        data: The point of each byte.
    """

    place: int
    of: bytes
    data: bytes


def times(left: int, right: int) -> int:
    """Multiply two elements of GF(256)."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 0x100:
            left ^= _REDUCED
        right >>= 1
    return product


def inverse(element: int) -> int:
    """Return what gives 1 when multiplied with an element that is not 0: its 254th power."""
    found = 1
    for _ in range(254):
        found = times(found, element)
    return found


def split(secret: bytes, random_bytes: RandomBytes) -> tuple[Share, ...]:
    """Split a secret into three parts."""
    whole = secret + _check_of(secret)
    slopes = random_bytes(len(whole))
    of = random_bytes(_SET_BYTES)
    return tuple(
        Share(
            place,
            of,
            bytes(byte ^ times(slope, place) for byte, slope in zip(whole, slopes, strict=True)),
        )
        for place in range(1, PARTS + 1)
    )


def join(shares: Sequence[Share]) -> bytes:
    """Return the secret that two parts of one splitting bring back.

    Raises:
        UserError: `shares_same`, `shares_apart`, `shares_wrong`.
    """
    first, second = shares
    if first.place == second.place:
        message = "Hai phiếu là cùng một phần. Lấy hai phiếu mang số phần khác nhau."
        raise UserError("shares_same", message)
    if first.of != second.of or len(first.data) != len(second.data):
        message = "Hai phiếu thuộc hai lần chia khác nhau. Lấy hai phiếu của cùng một lần chia."
        raise UserError("shares_apart", message)
    # where the line meets 0: y1 * x2/(x2-x1) + y2 * x1/(x1-x2); minus is plus here
    run = inverse(first.place ^ second.place)
    one, two = times(second.place, run), times(first.place, run)
    whole = bytes(
        times(a, one) ^ times(b, two) for a, b in zip(first.data, second.data, strict=True)
    )
    secret = whole[:-_CHECK_BYTES]
    if _check_of(secret) != whole[-_CHECK_BYTES:]:
        message = "Hai phiếu không ghép được với nhau. Kiểm tra lại từng nhóm số trên phiếu."
        raise UserError("shares_wrong", message)
    return secret


def groups_of(share: Share) -> tuple[str, ...]:
    """Return a part as it is printed: groups of six figures, the last of each its check figure."""
    data = bytes([1, share.place]) + share.of + share.data
    number = str(int.from_bytes(data, "big"))
    count = -(-len(number) // _FIGURES)
    padded = number.zfill(count * _FIGURES)
    return tuple(
        figures + _check(figures, at)
        for at, figures in enumerate(
            padded[start : start + _FIGURES] for start in range(0, len(padded), _FIGURES)
        )
    )


def wrong_groups(typed: str) -> tuple[int, ...]:
    """Return which groups, from 1, do not agree with their check figure."""
    return tuple(
        at + 1
        for at, group in enumerate(_groups(typed))
        if len(group) <= _FIGURES or _check(group[:_FIGURES], at) != group[_FIGURES:]
    )


def share_of(typed: str) -> Share:
    """Return the part that was typed; spaces, dots and hyphens between figures are left aside.

    Raises:
        UserError: `share_groups`: with the groups that are wrong; `share_malformed`.
    """
    wrong = wrong_groups(typed)
    if wrong:
        named = ", ".join(str(place) for place in wrong[:10])
        message = f"Nhóm số thứ {named} chưa khớp với phiếu. Xem lại các nhóm này."
        raise UserError("share_groups", message)
    figures = "".join(group[:_FIGURES] for group in _groups(typed))
    if figures:
        number = int(figures)
        data = number.to_bytes(-(-number.bit_length() // 8), "big")
        if len(data) > _SET_BYTES + _CHECK_BYTES + 2 and data[0] == 1 and 1 <= data[1] <= PARTS:
            return Share(data[1], data[2 : 2 + _SET_BYTES], data[2 + _SET_BYTES :])
    message = "Số đã nhập không phải một phần của chìa khóa. Nhập đủ các nhóm số trên phiếu."
    raise UserError("share_malformed", message)


def _groups(typed: str) -> list[str]:
    figures = "".join(letter for letter in typed if letter not in " .-\u00a0\t\r\n")
    if not figures or not (figures.isascii() and figures.isdecimal()):
        message = "Số đã nhập không phải một phần của chìa khóa. Chỉ nhập các nhóm số trên phiếu."
        raise UserError("share_malformed", message)
    step = _FIGURES + 1
    return [figures[at : at + step] for at in range(0, len(figures), step)]


def _check(figures: str, place: int) -> str:
    total = sum(int(figure) * weight for figure, weight in zip(figures, _WEIGHTS, strict=True))
    return str((total + place) % 10)


def _check_of(secret: bytes) -> bytes:
    return hashlib.sha256(b"ANTQ shares\n" + secret).digest()[:_CHECK_BYTES]
