"""A short number that reopens the screen of one session: four to eight figures, five tries.

It lives in the memory of this run alone, as the key of the store wrapped under the number and a
random secret. After five wrong tries it is dropped, and after the next start there is none: then
only the password opens.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.errors import UserError

if TYPE_CHECKING:
    from antq_desktop.storage.pins import Wrapped

SHORTEST: Final = 4
LONGEST: Final = 8
TRIES: Final = 5
_ROWS: Final = ("01234567890", "09876543210")


def is_like_a_pin(typed: str) -> bool:
    """Tell whether what was typed can be the short number."""
    return typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST


class SessionPin:
    """The number of one session; none until it is set.

    Attributes:
        wrong: Wrong numbers since the screen was opened last.
    """

    def __init__(self) -> None:
        self._wrapped: Wrapped | None = None
        self._left = 0
        self.wrong = 0

    @property
    def may_open(self) -> bool:
        """Whether a number is set and may still be tried."""
        return self._wrapped is not None and self._left > 0

    def choose(self, figures: str, repeated: str, wrap: Callable[[str], Wrapped]) -> None:
        """Keep a number for this session; `wrap` puts the key under it.

        Raises:
            UserError: `pin_not_figures`, `pin_too_easy` at `pin`, `pins_differ` at `repeated`.
        """
        if not (is_like_a_pin(figures) and len(figures) >= SHORTEST):
            message = f"Mã mở nhanh gồm {SHORTEST} đến {LONGEST} chữ số. Nhập lại."
            raise UserError("pin_not_figures", message, "pin")
        if len(set(figures)) == 1 or any(figures in row for row in _ROWS):
            message = "Mã này đoán được ngay. Không dùng một chữ số lặp lại hoặc dãy liền nhau."
            raise UserError("pin_too_easy", message, "pin")
        if figures != repeated:
            message = "Hai lần nhập mã không giống nhau. Nhập lại lần thứ hai."
            raise UserError("pins_differ", message, "repeated")
        self._wrapped = wrap(figures)
        self._left = TRIES

    def forget(self) -> None:
        """Keep no number any more."""
        self._wrapped, self._left = None, 0

    def key(self, figures: str) -> bytes:
        """Return the key of the store when the number is right, which gives all tries back.

        Raises:
            UserError: `wrong_pin`, with the tries left; `pin_spent`, when only the password opens.
        """
        from antq_desktop.storage.pins import unwrap

        wrapped = self._wrapped if self.may_open else None
        key = unwrap(figures, wrapped) if wrapped is not None and is_like_a_pin(figures) else None
        if key is not None:
            self._left = TRIES
            return key
        self.wrong += 1
        self._left = max(0, self._left - 1)
        if not self.may_open:
            self.forget()
            message = "Đã nhập sai mã mở nhanh nhiều lần. Nhập mật khẩu để mở màn hình."
            raise UserError("pin_spent", message, "password")
        message = f"Mã mở nhanh chưa đúng. Còn {self._left} lần thử, sau đó phải nhập mật khẩu."
        raise UserError("wrong_pin", message, "password")
