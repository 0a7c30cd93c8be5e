"""A process that saves and says after each save that it is done; killed or watched from outside.

The saves are the same in every run, so that whoever looks at the store afterwards can tell which
of them it holds: save number n writes n into one incident, a new one or an earlier one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from antq_desktop.domain.changes import Action
from antq_desktop.domain.fields import VOID, Value
from antq_desktop.domain.record import Record
from antq_desktop.storage import engine
from antq_desktop.storage.store import NewStore, Outside, Store, create, open_store
from antq_desktop.storage.vault import FLOOR
from tests.fakes import CountedBytes, SetClock

OFFICER = "Nguyễn Văn Mẫu"
PASSWORD = "mat khau chi de thu 2026"
UNIT = "11074@2025-07-01"
LONG = "Công an xã tiếp nhận, đến ngay hiện trường, lập biên bản. " * 400


def outside() -> Outside:
    """Return a clock that stands, bytes that repeat, and the least key derivation accepted."""
    return Outside(SetClock(), CountedBytes("saving"), FLOOR)


def new_profile(folder: Path) -> None:
    """Make an empty profile."""
    create(folder, NewStore("commune", UNIT, OFFICER, PASSWORD), outside()).close()


def opened(folder: Path) -> Store:
    """Open the profile by its password."""
    return open_store(folder, OFFICER, PASSWORD, outside())[0]


def record_of(number: int) -> str:
    """Return the id of the incident that a save touches: every third save goes back to one."""
    return f"{number // 2 if number % 3 == 2 else number:032x}"


def save(store: Store, number: int) -> None:
    """Do save number n, from 0; every seventh ends with a voided record."""
    changes: dict[str, Value] = {
        "register_number": str(number),
        "occurred_on": "2026-11-20",
        "title": f"Mất trộm xe đạp lần {number}",
        "narrative": LONG[: 23_000 if number % 4 == 1 else 200],
    }
    if number % 7 == 6:
        changes[VOID] = "nhập nhầm"
    with store.writing(OFFICER, Action.SET) as work:
        held = work.record("incident", record_of(number))
        blank = Record("incident", record_of(number), UNIT)
        work.save(held or blank, changes, created=held is None)


def expected(saves: int) -> dict[str, str]:
    """Return the number that each incident holds after so many saves."""
    return {record_of(number): str(number) for number in range(saves)}


def main(words: Sequence[str]) -> int:
    """Open the folder named first, save as often as said, with `NORMAL` as a weaker promise."""
    folder, saves = Path(words[0]), int(words[1])
    if "NORMAL" in words:
        strong = engine._prepare

        def weaker(key: bytes, *, cache_kib: int) -> tuple[str, ...]:
            return (*strong(key, cache_kib=cache_kib), "PRAGMA synchronous = NORMAL")

        engine._prepare = weaker
    store = opened(folder)
    for number in range(saves):
        save(store, number)
        os.write(1, b"saved %d\n" % number)
    store.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
