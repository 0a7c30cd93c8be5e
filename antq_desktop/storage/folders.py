"""What the folder of a profile holds; read before anything heavy is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Final

STORE_FILE: Final = "store.db"
SLOTS_FILE: Final = "keyslots.json"


def holds_profile(folder: Path) -> bool:
    """Tell whether a folder holds a profile."""
    return (folder / SLOTS_FILE).exists() and (folder / STORE_FILE).exists()
