"""What the folder of a profile holds; read before anything heavy is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from antq_desktop.domain.errors import EnvironmentFault, UserError

STORE_FILE: Final = "store.db"
SLOTS_FILE: Final = "keyslots.json"
HOLD_FILE: Final = "store.lock"
MAKING_FILE: Final = "store.making"  # there from the first byte of a profile to its last
MARK_FILE: Final = "restore.under-way"  # there while one profile takes the place of another
ASIDE_PREFIX: Final = "replaced-"


def mended(folder: Path) -> Path:
    """Return a folder after finishing what a power cut interrupted in it, if anything.

    Raises:
        EnvironmentFault: What the machine denies.
    """
    if (folder / MARK_FILE).exists():
        from antq_desktop.storage.replacing import mend

        mend(folder)
    return folder


def holds_profile(folder: Path) -> bool:
    """Tell whether a folder holds a profile."""
    return (folder / SLOTS_FILE).exists() and (folder / STORE_FILE).exists()


def refuse_a_profile(folder: Path) -> None:
    """Refuse a folder that holds a profile, or half of one.

    Raises:
        UserError: `profile_exists`.
        EnvironmentFault: `profile_incomplete`, or what the machine denies.
    """
    if holds_profile(mended(folder)):
        message = f"Thư mục {folder} đã có dữ liệu. Chọn thư mục trống hoặc mở dữ liệu sẵn có."
        raise UserError("profile_exists", message)
    refuse_half_a_profile(folder)


def refuse_half_a_profile(folder: Path) -> None:
    """Refuse a folder where one of the two files is gone, unless it was never made whole."""
    if (folder / MAKING_FILE).exists():
        return
    for here, gone in ((STORE_FILE, SLOTS_FILE), (SLOTS_FILE, STORE_FILE)):
        if (folder / here).exists() and not (folder / gone).exists():
            message = (
                f"Thư mục {folder} có tệp “{here}” nhưng thiếu tệp “{gone}”. "
                "Giữ nguyên thư mục và khôi phục tệp còn thiếu từ bản sao lưu gần nhất."
            )
            raise EnvironmentFault("profile_incomplete", message)
