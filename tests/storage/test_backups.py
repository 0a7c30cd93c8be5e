"""A backup is one file that opens again, and a restored store is another life of it."""

from __future__ import annotations

import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.records import SPECS
from antq_desktop.services.office import Office, Offices
from antq_desktop.storage import backups, settings
from antq_desktop.storage.migrations import STEPS
from tests.stores import INCIDENT, OFFICER, PASSWORD, outside, store_of, unsound

DAY = date(2026, 11, 21)


def _restore(backup: Path, folder: Path, password: str = PASSWORD) -> None:
    backups.restore(
        backup,
        folder,
        officer=OFFICER,
        password=password,
        outside=outside("restored"),
        specs=SPECS,
        steps=STEPS,
    )


def test_a_restored_store_holds_the_same_records_under_a_new_writer(
    office: Office, offices: Offices, tmp_path: Path
) -> None:
    office.records.add("incident", INCIDENT)
    made = backups.make(store_of(office), tmp_path, DAY)
    before, writer = list(office.dump()), store_of(office).setting(settings.WRITER)
    office.records.add("incident", INCIDENT)
    _restore(made, tmp_path / "again")
    again = offices.open(tmp_path / "again", OFFICER, PASSWORD)
    store = store_of(again)
    assert list(again.dump()) == before
    assert store.setting(settings.WRITER) != writer
    assert store.setting(settings.RESTORED_FROM) == writer
    assert again.verify_history().broken_at is None
    assert unsound(again) == []
    again.close()
    assert sorted(path.name for path in (tmp_path / "again").iterdir()) == [
        "keyslots.json",
        "store.db",
        "store.lock",
    ]


def test_a_backup_is_a_plain_zip_of_encrypted_files(office: Office, tmp_path: Path) -> None:
    office.records.add("incident", INCIDENT)
    made = backups.make(store_of(office), tmp_path, DAY)
    assert made.name == "ANTQ_SAOLUU_2026-11-21_000000003.antqbak"
    subprocess.run(["unzip", "-tq", made], check=True, capture_output=True)
    with zipfile.ZipFile(made) as held:
        assert [info.compress_type for info in held.infolist()] == [zipfile.ZIP_STORED] * 2
        assert not held.read("store.db").startswith(b"SQLite")
    assert "Nguyễn Huệ".encode() not in made.read_bytes()
    assert not list(store_of(office).folder.glob("backup*"))


def test_writing_goes_on_after_a_backup_and_readers_still_only_read(
    office: Office, tmp_path: Path
) -> None:
    store = store_of(office)
    backups.make(store, tmp_path, DAY)
    office.records.add("incident", INCIDENT)
    for _ in range(8):
        with store.reading() as reader:
            held = reader.connection.exec_driver_sql("PRAGMA query_only").scalar_one()
            assert held == 1


@pytest.mark.parametrize("keep", [0, 100, 30_000])
def test_a_damaged_backup_makes_no_profile(office: Office, tmp_path: Path, keep: int) -> None:
    made = backups.make(store_of(office), tmp_path, DAY)
    made.write_bytes(made.read_bytes()[:keep])
    with pytest.raises(UserError) as refused:
        _restore(made, tmp_path / "again")
    assert refused.value.code == "not_a_backup"
    assert not (tmp_path / "again" / "store.db").exists()


def test_an_altered_byte_is_found_before_a_profile_stands(office: Office, tmp_path: Path) -> None:
    made = backups.make(store_of(office), tmp_path, DAY)
    data = bytearray(made.read_bytes())
    data[20_000] ^= 1
    made.write_bytes(bytes(data))
    with pytest.raises(UserError) as refused:
        _restore(made, tmp_path / "again")
    assert refused.value.code == "not_a_backup"


def test_a_wrong_password_restores_nothing_and_the_right_one_does_afterwards(
    office: Office, tmp_path: Path
) -> None:
    made = backups.make(store_of(office), tmp_path, DAY)
    with pytest.raises(UserError) as refused:
        _restore(made, tmp_path / "again", "sai mật khẩu")
    assert refused.value.code == "wrong_password"
    assert not (tmp_path / "again" / "store.db").exists()
    _restore(made, tmp_path / "again")
    with pytest.raises(UserError) as there:
        _restore(made, tmp_path / "again")
    assert there.value.code == "profile_exists"


def test_only_backups_are_listed_the_oldest_first(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    first = backups.make(store_of(office), folder, DAY)
    office.records.add("incident", INCIDENT)
    second = backups.make(store_of(office), folder, date(1980, 1, 1))
    (folder / "ghi-chu.txt").write_text("không phải bản sao lưu", encoding="utf-8")
    (folder / "ANTQ_SAOLUU_2026-13-45_000000001.antqbak").write_bytes(b"")
    assert [found.name for found in backups.backups_in(folder)] == [first.name, second.name]
