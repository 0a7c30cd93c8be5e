"""The list of words that may tell of state secrets or operational work, one on each line."""

from __future__ import annotations

from pathlib import Path

from antq_desktop.domain.text import nfc


def load_caution(path: Path) -> tuple[str, ...]:
    """Return the phrases of a list; lines that begin with `#` are notes.

    A list that is missing or cannot be read has no phrases: the reminder is no gate.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ()
    lines = (nfc(line).strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))
