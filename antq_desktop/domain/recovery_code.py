"""The code on a recovery sheet: forty random figures in ten groups, each with a check figure.

132 bits of chance, read aloud and typed without letters. The check figure of a group depends on its
place, so that a figure typed wrong, or two groups exchanged, is named before anything is tried.
"""

from __future__ import annotations

from typing import Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.ids import RandomBytes

GROUPS: Final = 10
_FIGURES: Final = 4  # of chance in a group; the fifth is its check figure
_RANDOM_BYTES: Final = 32
_WEIGHTS: Final = (3, 1, 7, 9)  # prime to ten, so that each wrong figure changes the sum


def new_code(random_bytes: RandomBytes) -> str:
    """Return a new code as it is printed: ten groups of five figures with spaces between."""
    number = int.from_bytes(random_bytes(_RANDOM_BYTES), "big")
    groups = []
    for place in range(GROUPS):
        number, part = divmod(number, 10**_FIGURES)
        figures = f"{part:0{_FIGURES}}"
        groups.append(figures + _check(figures, place))
    return " ".join(groups)


def secret_of(typed: str) -> str:
    """Return the forty figures that open the store, from a code as it was typed.

    Spaces, dots and hyphens between figures are left aside.

    Raises:
        UserError: `recovery_code_length`, `recovery_code_groups`: with the groups that are wrong.
    """
    figures = "".join(letter for letter in typed if letter not in " .-\u00a0\t\n")
    whole = GROUPS * (_FIGURES + 1)
    if len(figures) != whole or not (figures.isascii() and figures.isdecimal()):
        message = f"Mã khôi phục gồm {whole} chữ số, chia {GROUPS} nhóm. Nhập đủ như trên phiếu."
        raise UserError("recovery_code_length", message, "code")
    step = _FIGURES + 1
    groups = [figures[at : at + step] for at in range(0, whole, step)]
    wrong = [
        str(place + 1)
        for place, group in enumerate(groups)
        if _check(group[:_FIGURES], place) != group[_FIGURES:]
    ]
    if wrong:
        message = f"Nhóm số thứ {', '.join(wrong)} chưa khớp với phiếu. Xem lại các nhóm này."
        raise UserError("recovery_code_groups", message, "code")
    return "".join(group[:_FIGURES] for group in groups)


def _check(figures: str, place: int) -> str:
    total = sum(int(figure) * weight for figure, weight in zip(figures, _WEIGHTS, strict=True))
    return str((total + place) % 10)
