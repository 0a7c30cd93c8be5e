"""Which passwords may be set: length over composition, and nothing that is guessed first.

After ASVS 5.0, chapter 6.2: at least eight letters, no rule about kinds of letters, no compulsory
change by date, every letter of the keyboard allowed, common ones and ones near the officer refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.text import fold, nfc

SHORTEST: Final = 8
LONGEST: Final = 200
_FIRST_OF_VIETNAM: Final = (
    "matkhau", "anhyeuem", "emyeuanh", "toiyeuvietnam", "vietnam", "congan", "congannhandan",
    "congdan", "antq", "anninh", "anninhtoquoc", "hochiminh", "hanoi", "saigon", "giadinh",
    "khongbiet", "khongcho", "password", "quantri", "admin", "abc",
)  # fmt: skip
_ROWS: Final = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_NOT_LETTERS: Final = re.compile(r"[^a-z0-9]")
_TRIMMED: Final = re.compile(r"^[0-9]+|[0-9]+$")
_REPEATED: Final = re.compile(r"(.{1,4}?)\1+")


def check_password(
    password: str, *, common: Collection[str], near: Iterable[str] = (), field: str = "password"
) -> str:
    """Return a password in NFC when it may be set.

    Args:
        password: As typed.
        common: Passwords that are guessed first, in small letters.
        near: Words that everybody knows of the officer: their name, the unit's name.
        field: The field a refusal stands beside.

    Raises:
        UserError: `password_too_short`, `password_too_long`, `password_common`, `password_near`.
    """
    password = nfc(password)
    if len(password) < SHORTEST:
        message = f"Mật khẩu cần ít nhất {SHORTEST} ký tự. Đặt mật khẩu dài hơn."
        raise UserError("password_too_short", message, field)
    if len(password) > LONGEST:
        message = f"Mật khẩu dài quá {LONGEST} ký tự. Đặt mật khẩu ngắn hơn."
        raise UserError("password_too_long", message, field)
    plain = _NOT_LETTERS.sub("", fold(password))
    if password.casefold() in common or _is_first_guess(plain):
        message = (
            "Mật khẩu này quá phổ biến, người khác đoán được ngay. "
            "Đặt một câu ngắn dễ nhớ, gồm nhiều từ."
        )
        raise UserError("password_common", message, field)
    if plain and _core(plain) in {_NOT_LETTERS.sub("", fold(word)) for word in near}:
        message = "Mật khẩu trùng với họ tên hoặc tên đơn vị. Đặt một câu ngắn khác, dễ nhớ."
        raise UserError("password_near", message, field)
    return password


def _is_first_guess(plain: str) -> bool:
    """Tell of a password of plain letters whether it is one piece, a row of keys or a known word.

    One without any plain letter (only signs) is judged by the list alone.
    """
    if not plain:
        return False
    if _REPEATED.fullmatch(plain) or _core(plain) in _FIRST_OF_VIETNAM:
        return True
    return any(plain in row or plain in row[::-1] for row in _ROWS)


def _core(plain: str) -> str:
    """Return the word between figures that are put around it: `congan2026` is `congan`."""
    return _TRIMMED.sub("", plain) or plain
