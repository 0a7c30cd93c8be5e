"""A short number that reopens the screen of one session: four to eight figures, five tries.

It opens nothing by itself: the store is open already, and the number lives as a salted digest in
the memory of this run alone. After five wrong tries, and after the next start, only the password
opens.
"""

from __future__ import annotations

import hmac
from typing import Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.ids import RandomBytes

SHORTEST: Final = 4
LONGEST: Final = 8
TRIES: Final = 5
_SALT: Final = 16
_ROWS: Final = ("01234567890", "09876543210")


class SessionPin:
    """The number of one session; none until it is set."""

    def __init__(self, random_bytes: RandomBytes) -> None:
        self._random_bytes = random_bytes
        self._salt = b""
        self._digest = b""
        self._left = 0

    @property
    def may_open(self) -> bool:
        """Whether a number is set and may still be tried."""
        return bool(self._digest) and self._left > 0

    def choose(self, figures: str, repeated: str) -> None:
        """Keep a number for this session.

        Raises:
            UserError: `pin_not_figures`, `pin_too_easy` at `pin`, `pins_differ` at `repeated`.
        """
        if not (figures.isascii() and figures.isdecimal() and SHORTEST <= len(figures) <= LONGEST):
            message = f"Mã mở nhanh gồm {SHORTEST} đến {LONGEST} chữ số. Nhập lại."
            raise UserError("pin_not_figures", message, "pin")
        if len(set(figures)) == 1 or any(figures in row for row in _ROWS):
            message = "Mã này đoán được ngay. Không dùng một chữ số lặp lại hoặc dãy liền nhau."
            raise UserError("pin_too_easy", message, "pin")
        if figures != repeated:
            message = "Hai lần nhập mã không giống nhau. Nhập lại lần thứ hai."
            raise UserError("pins_differ", message, "repeated")
        from antq_desktop.storage.pins import digest

        self._salt = self._random_bytes(_SALT)
        self._digest = digest(figures, self._salt)
        self._left = TRIES

    def forget(self) -> None:
        """Keep no number any more."""
        self._salt, self._digest, self._left = b"", b"", 0

    def check(self, figures: str) -> None:
        """Return when the number is right; a right one gives all tries back.

        Raises:
            UserError: `wrong_pin`, with the tries left; `pin_spent`, when only the password opens.
        """
        if self.may_open and self._is(figures):
            self._left = TRIES
            return
        self._left = max(0, self._left - 1)
        if not self.may_open:
            self.forget()
            message = "Đã nhập sai mã mở nhanh nhiều lần. Nhập mật khẩu để mở màn hình."
            raise UserError("pin_spent", message, "password")
        message = f"Mã mở nhanh chưa đúng. Còn {self._left} lần thử, sau đó phải nhập mật khẩu."
        raise UserError("wrong_pin", message, "password")

    def _is(self, figures: str) -> bool:
        from antq_desktop.storage.pins import digest

        if not (figures.isascii() and figures.isdecimal() and len(figures) <= LONGEST):
            return False
        return hmac.compare_digest(digest(figures, self._salt), self._digest)
