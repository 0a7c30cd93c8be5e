"""How long to wait after wrong passwords: five tries are free, then each costs twice the last."""

from __future__ import annotations

from typing import Final

FREE_TRIES: Final = 5
FIRST_WAIT: Final = 30
LONGEST_WAIT: Final = 15 * 60


def wait_after(failures: int) -> int:
    """Return the seconds to wait before the next try after so many wrong ones in a row."""
    if failures < FREE_TRIES:
        return 0
    doublings = min(failures - FREE_TRIES, 10)
    return min(FIRST_WAIT << doublings, LONGEST_WAIT)


def told(seconds: float) -> str:
    """Return a wait in words, rounded up: “30 giây”, “2 phút”."""
    whole = max(1, -int(-seconds // 1))
    return f"{whole} giây" if whole <= 90 else f"{-(-whole // 60)} phút"
