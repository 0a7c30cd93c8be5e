"""A flipped bit in the store is noticed or harmless: no crash, no wrong data shown as right."""

from __future__ import annotations

import random
import shutil
import sys
from collections import Counter
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.domain.records import SPECS
from antq_desktop.services.office import Office
from antq_desktop.storage.holding import Hold
from antq_desktop.storage.store import Store
from tests.stores import INCIDENT, outside, store_of

FLIPS, FLIPS_HEAVY = 60, 10_000
HARMLESS, NOTICED = "harmless", "noticed"


class Flipping:
    """A store whose bits are flipped, one at a time."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = key
        self._path = folder / "store.db"
        self.whole = self._path.read_bytes()
        self._right = self._all()

    def _all(self) -> list[str]:
        """Open the store, and return every record of every kind as its list and editor show it."""
        found: list[str] = []
        store = Store(self._folder, self._key, Hold.take(self._folder / "lock"), outside(), SPECS)
        try:
            with store.reading() as reader:
                for kind in ("unit", "incident"):
                    found += [
                        repr((record.id, sorted(record.values().items())))
                        for record in reader.all_records(kind)
                    ]
                entries = reader.connection.exec_driver_sql(
                    "SELECT at, officer, action FROM history ORDER BY seq"
                )
                found += [repr(tuple(row)) for row in entries]
        finally:
            store.close()
        return found

    def verdict(self, bit: int) -> str:
        """Flip one bit of the file as it was, read everything, and say what came of it."""
        data = bytearray(self.whole)
        data[bit // 8] ^= 1 << bit % 8
        for beside in ("-wal", "-shm"):
            Path(f"{self._path}{beside}").unlink(missing_ok=True)
        self._path.write_bytes(data)
        try:
            found = self._all()
        except EnvironmentFault:
            return NOTICED
        except Exception as error:  # noqa: BLE001 - what would be a crash window is counted as such
            return f"crash: {type(error).__name__} at bit {bit}"
        return HARMLESS if found == self._right else f"wrong data at bit {bit}"

    def verdicts(self, count: int, seed: int) -> Counter[str]:
        """Flip so many bits, drawn over the whole file, one after another."""
        dice = random.Random(seed)  # noqa: S311 - drawn places
        return Counter(self.verdict(dice.randrange(len(self.whole) * 8)) for _ in range(count))


@pytest.fixture
def closed(office: Office, tmp_path: Path) -> tuple[Path, bytes]:
    """Return the folder of a closed store and its key."""
    for number in range(40):
        told = f"Vụ việc {number} " + "kể lại từ đầu. " * 40
        office.records.add("incident", {**INCIDENT, "title": told[:150], "narrative": told.strip()})
    key = store_of(office)._key()
    office.close()
    folder = tmp_path / "flipped"
    folder.mkdir()
    shutil.copy(office.folder / "store.db", folder)
    return folder, key


def test_a_flipped_bit_is_noticed_or_harmless(closed: tuple[Path, bytes]) -> None:
    found = Flipping(*closed).verdicts(FLIPS, 0)
    assert set(found) <= {HARMLESS, NOTICED}
    assert found[NOTICED] > 0


@pytest.mark.heavy
def test_ten_thousand_flipped_bits_are_noticed_or_harmless(
    closed: tuple[Path, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    found = Flipping(*closed).verdicts(FLIPS_HEAVY, 1)
    with capsys.disabled():
        sys.stdout.write(f"\n{found.total()} flipped bits: {dict(found)}\n")
    assert set(found) <= {HARMLESS, NOTICED}


def test_the_same_look_finds_wrong_data_where_pages_have_no_seal(tmp_path: Path) -> None:
    """The control: in a file without the seal of each page, a flipped letter is shown as right."""
    path = tmp_path / "plain.db"
    connection = dbapi2.connect(str(path))
    connection.execute("CREATE TABLE told (text)")
    connection.execute("INSERT INTO told VALUES (?)", ("kể lại từ đầu. " * 40,))
    connection.commit()
    connection.close()
    data = bytearray(path.read_bytes())
    data[data.index("kể lại".encode())] ^= 1
    path.write_bytes(data)
    connection = dbapi2.connect(str(path))
    shown = connection.execute("SELECT text FROM told").fetchone()[0]
    connection.close()
    assert shown.startswith("jể lại")
