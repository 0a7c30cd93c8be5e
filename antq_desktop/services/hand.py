"""Whose hand does it, when, and with which randomness: what every writing service takes."""

from __future__ import annotations

from dataclasses import dataclass

from antq_desktop.domain.clock import Clock
from antq_desktop.domain.ids import RandomBytes


@dataclass(frozen=True, slots=True)
class Hand:
    """The officer at work, with a clock and a source of randomness."""

    officer: str
    clock: Clock
    random_bytes: RandomBytes
