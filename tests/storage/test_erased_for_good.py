"""Planted phrases: none in clear beside the store, and erased ones not even under its key."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from antq_desktop.domain.fields import Value
from antq_desktop.services.office import Office
from antq_desktop.services.records import Edit
from tests.services.test_erasing import CLOSED, LINE, WHY
from tests.stores import store_of

PAGE, RESERVED, IV, SALT = 4096, 80, 16, 16
PHRASES = [f"Lê Thị Mẫu Thứ {number:02}" for number in range(50)]
ERASED = PHRASES[:25]


def unlocked(store: Path, key: bytes) -> bytes:
    """Return the pages of a store as they stand behind the cipher, free ones included."""
    raw = store.read_bytes()
    found = bytearray()
    for at in range(0, len(raw), PAGE):
        page = raw[at : at + PAGE]
        body = page[SALT if at == 0 else 0 : PAGE - RESERVED]
        iv = page[PAGE - RESERVED : PAGE - RESERVED + IV]
        found += Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor().update(body)
    return bytes(found)


def named(name: str) -> dict[str, Value]:
    return {**CLOSED, f"involved/{LINE}/name": name, "title": f"Vụ việc của {name[-2:]}"}


def test_planted_phrases_are_nowhere_in_clear_and_erased_ones_nowhere_at_all(
    office: Office, tmp_path: Path
) -> None:
    place = tmp_path / "backups"
    place.mkdir()
    records = [office.records.add("incident", named(name)).ids[0] for name in PHRASES]
    for record, name in zip(records, PHRASES, strict=True):
        office.records.change("incident", record, {"narrative": f"{name} kể lại"})
        office.drafts.keep(record, "incident", name, {"changes": {"a": name}})
    office.set_backup_place(place)
    office.safekeeping.now()
    folder, key = office.folder, store_of(office)._key()
    files = [path for path in (*folder.rglob("*"), *place.rglob("*")) if path.is_file()]
    for path in files:
        data = path.read_bytes()
        assert [name for name in PHRASES if name.encode() in data] == [], path.name
    office.records.save(
        [office_edit(record) for record in records[: len(ERASED)]]
    )  # who repeats a name in the account takes it out first, as the page says
    office.erasing.erase([("incident", one) for one in records[: len(ERASED)]], WHY)
    office.close()
    plain = unlocked(folder / "store.db", key)
    assert [name for name in PHRASES if name.encode() in plain] == PHRASES[len(ERASED) :]
    assert not (folder / "store.db-wal").exists() or not (folder / "store.db-wal").stat().st_size


def office_edit(record: str) -> Edit:
    return Edit("incident", record, {"narrative": "Người bị hại kể lại"})
