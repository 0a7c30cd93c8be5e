"""The shipped list of passwords that are guessed first."""

from __future__ import annotations

from pathlib import Path


def load_common(path: Path) -> frozenset[str]:
    """Return the passwords of a list, one on each line, in small letters."""
    return frozenset(path.read_text(encoding="utf-8").casefold().split("\n")) - {""}
