"""The code on a printed paper: eight letters that lead back to the version it was made from.

The first four come from what the paper is about (a record, a period, a bundle), the next three from
what stood on it, the last one checks the others: a letter typed wrong or two exchanged are named
before anything is looked up. The same content always has the same code, on every device. The
alphabet has no vowel, no D and no W, so that a keyboard that puts Vietnamese marks (Telex, VNI)
leaves what a scanner types as it is, and no two letters that look alike.
"""

from __future__ import annotations

import hashlib
from typing import Final

from antq_desktop.domain.errors import UserError

ALPHABET: Final = "0123456789CFHJKLMNPRTVX"  # 23 letters: a prime, which the check needs
LENGTH: Final = 8
ABOUT_LENGTH: Final = 4
_GROUP: Final = 4
_BASE: Final = len(ALPHABET)
_LEFT_ASIDE: Final = dict.fromkeys(map(ord, " .-\u00a0\t\r\n"))
_TAKEN_FOR: Final = str.maketrans({"O": "0", "I": "1"})


def paper_code(about: str, content: bytes) -> str:
    """Return the code of a paper.

    Args:
        about: What it is about, the same for every version of it.
        content: What stands on it.
    """
    letters = about_letters(about) + _letters(content, LENGTH - ABOUT_LENGTH - 1)
    return letters + _check(letters)


def about_letters(about: str) -> str:
    """Return the letters by which all papers about one thing begin."""
    return _letters(about.encode(), ABOUT_LENGTH)


def shown_code(code: str) -> str:
    """Write a code as it is printed, in two groups."""
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def read_code(typed: str) -> str:
    """Return the code that was typed or scanned, in any case, with or without spaces.

    Raises:
        UserError: `paper_code_length`, `paper_code_mistyped`.
    """
    code = typed.strip().upper().translate(_LEFT_ASIDE).translate(_TAKEN_FOR)
    if len(code) != LENGTH:
        message = f"Mã trên giấy có {LENGTH} ký tự, đã nhập {len(code)}. Nhập đủ như trên giấy."
        raise UserError("paper_code_length", message, "code")
    strange = [letter for letter in code if letter not in ALPHABET]
    if strange or _check(code[:-1]) != code[-1]:
        message = "Mã này có ký tự chưa đúng. Xem lại từng ký tự trên giấy rồi nhập lại."
        raise UserError("paper_code_mistyped", message, "code")
    return code


def is_code(typed: str) -> bool:
    """Tell whether words may be a code from a paper."""
    try:
        read_code(typed)
    except UserError:
        return False
    return True


def _letters(content: bytes, count: int) -> str:
    number = int.from_bytes(hashlib.sha256(content).digest()) % _BASE**count
    found = ""
    for _ in range(count):
        number, letter = divmod(number, _BASE)
        found += ALPHABET[letter]
    return found


def _check(letters: str) -> str:
    """Return the letter with which the weighted sum of all eight is nothing modulo 23."""
    total = sum(place * ALPHABET.index(letter) for place, letter in enumerate(letters, start=1))
    return ALPHABET[-total * pow(LENGTH, -1, _BASE) % _BASE]
