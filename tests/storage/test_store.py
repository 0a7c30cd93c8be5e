"""A real encrypted store under everything that can go wrong with it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.listing import Listing
from antq_desktop.services.doorkeeping import TRIES_FILE
from antq_desktop.services.office import Office, Offices
from antq_desktop.services.profiles import NewProfile
from antq_desktop.storage import store as store_module
from antq_desktop.storage import vault
from antq_desktop.storage.store import (
    MAKING_FILE,
    SLOTS_FILE,
    STORE_FILE,
    NewStore,
    Store,
    create,
    open_store,
)
from tests.stores import COMMUNE, INCIDENT, OFFICER, PASSWORD, outside, store_of, unsound

ROOT = Path(__file__).resolve().parents[2]
PHRASE = "Cụm từ gài sẵn để tìm"
NEW = NewStore("commune", "11074@2025-07-01", OFFICER, PASSWORD)


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def refused(code: str) -> pytest.RaisesExc[EnvironmentFault]:
    return pytest.RaisesExc(EnvironmentFault, check=lambda fault: fault.code == code)


def refused_to_user(code: str) -> pytest.RaisesExc[UserError]:
    return pytest.RaisesExc(UserError, check=lambda fault: fault.code == code)


def test_no_file_of_a_profile_holds_a_phrase_in_clear(office: Office) -> None:
    office.records.add("incident", {**INCIDENT, "title": PHRASE, "narrative": PHRASE * 50})
    office.records.add("incident", {**INCIDENT, "place": PHRASE})
    while_open = content(office.folder)
    assert {STORE_FILE, STORE_FILE + "-wal", SLOTS_FILE} <= set(while_open)
    pieces = [PHRASE.encode("utf-8"), PHRASE.encode("utf-16-le"), b"CREATE TABLE", b"SQLite format"]
    for name, data in while_open.items():
        assert [piece for piece in pieces if piece in data] == [], name


def test_closing_folds_the_log_into_the_file(office: Office) -> None:
    office.records.add("incident", INCIDENT)
    office.close()
    assert sorted(content(office.folder)) == sorted([STORE_FILE, SLOTS_FILE, "store.lock"])


def test_a_wrong_password_and_an_unknown_officer_open_nothing(
    profile: Path, offices: Offices
) -> None:
    before = content(profile)
    with refused_to_user("wrong_password"):
        offices.open(profile, OFFICER, "sai mật khẩu rồi")
    with refused_to_user("unknown_officer"):
        offices.open(profile, "Lê Văn Thử", PASSWORD)
    assert {**content(profile), TRIES_FILE: b""} == {**before, TRIES_FILE: b""}


def test_an_empty_folder_is_no_profile_and_a_made_one_is_not_made_again(
    tmp_path: Path, profile: Path, offices: Offices
) -> None:
    with refused_to_user("no_profile"):
        offices.open(tmp_path / "nothing", OFFICER, PASSWORD)
    before = content(profile)
    with refused_to_user("profile_exists"):
        create(profile, NEW, outside())
    assert content(profile) == before


def run_python(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


HOLDER = """
import sys
from pathlib import Path
from antq_desktop.storage.store import open_store
from tests.stores import OFFICER, PASSWORD, outside
store, _ = open_store(Path(sys.argv[1]), OFFICER, PASSWORD, outside())
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other_process(profile: Path) -> Iterator[subprocess.Popen[str]]:
    """Hold the profile open in another process of its own."""
    with run_python(HOLDER, str(profile)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()
        process.communicate()


def test_a_second_program_is_told_that_the_store_is_open(
    profile: Path, offices: Offices, other_process: subprocess.Popen[str]
) -> None:
    with refused("in_use"):
        offices.open(profile, OFFICER, PASSWORD)
    other_process.kill()
    other_process.wait()
    offices.open(profile, OFFICER, PASSWORD).close()


WRITER_THAT_DIES = """
import os, signal, sys
from pathlib import Path
from antq_desktop.storage.store import open_store
from tests.stores import INCIDENT, OFFICER, PASSWORD, codes, outside
from antq_desktop.domain.record import Record
store, _ = open_store(Path(sys.argv[1]), OFFICER, PASSWORD, outside("dying"))
def add(work, number):
    record = Record("incident", f"{number:032x}", "11074@2025-07-01")
    work.save(record, {**INCIDENT, "title": f"Vụ {number}"}, created=True)
with store.writing(OFFICER, "add") as work:
    add(work, 1)
print("committed", flush=True)
with store.writing(OFFICER, "add") as work:
    for number in range(2, 3000):
        add(work, number)
    work.finish()
    print("written", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not of Windows")
def test_a_kill_in_the_middle_leaves_what_was_committed_and_no_more(
    profile: Path, offices: Offices
) -> None:
    with run_python(WRITER_THAT_DIES, str(profile)) as process:
        told, errors = process.communicate()
    assert (process.returncode, told) == (-signal.SIGKILL, "committed\nwritten\n"), errors
    office = offices.open(profile, OFFICER, PASSWORD)
    titles = [row.values["title"] for row in office.lists.window(_all(office), ("title",))]
    assert titles == ["Vụ 1"]
    assert office.verify_history().broken_at is None
    assert unsound(office) == []
    office.close()


def _all(office: Office) -> Listing:
    return office.lists.listing("incident")


def test_a_full_disk_loses_nothing_and_says_so(office: Office) -> None:
    store = store_of(office)
    office.records.add("incident", INCIDENT)
    before = list(office.dump())
    with store._writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with refused("disk_full"):
        office.records.add("incident", {**INCIDENT, "narrative": "dài " * 5000})
    assert list(office.dump()) == before
    assert office.verify_history().entries == 3  # made, signed in, added
    with store._writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    office.records.add("incident", INCIDENT)
    assert unsound(office) == []


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.domain.record import Record
from antq_desktop.storage.store import open_store
from tests.stores import INCIDENT, OFFICER, PASSWORD, outside
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store, _ = open_store(Path(sys.argv[1]), OFFICER, PASSWORD, outside("full"))
size = (Path(sys.argv[1]) / "store.db").stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 65_536, size + 65_536))
saved = 0
try:
    for number in range(1, 200):
        with store.writing(OFFICER, "add") as work:
            record = Record("incident", f"{number:032x}", "11074@2025-07-01")
            work.save(record, {**INCIDENT, "narrative": "dài " * 4000}, created=True)
        saved = number
except EnvironmentFault as fault:
    print(fault.code, saved, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file size are not of Windows")
def test_a_disk_that_ends_under_the_log_keeps_every_save_that_was_promised(
    profile: Path, offices: Offices
) -> None:
    with run_python(FULL_DISK, str(profile)) as process:
        told, errors = process.communicate()
    assert told, errors
    code, saved = told.split()
    assert code in {"disk_full", "io_error"}
    office = offices.open(profile, OFFICER, PASSWORD)
    assert office.lists.count(_all(office), 0).number == int(saved) > 0
    assert office.verify_history().broken_at is None
    assert unsound(office) == []
    office.close()


@pytest.mark.parametrize("stage", ["marked", "store", "settings"])
def test_a_profile_half_made_is_made_anew(
    tmp_path: Path, offices: Offices, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "profile"
    break_at = {
        "marked": (store_module, "migrate"),
        "store": (store_module, "write_first"),
        "settings": (vault, "save"),
    }[stage]

    def power_cut(*_given: object, **_named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(*break_at, power_cut)
        with pytest.raises(KeyboardInterrupt):
            offices.make(folder, NewProfile("commune", COMMUNE, OFFICER, PASSWORD))
    assert (folder / MAKING_FILE).exists()
    assert not (folder / SLOTS_FILE).exists()
    office = offices.make(folder, NewProfile("commune", COMMUNE, OFFICER, PASSWORD))
    office.close()
    assert not (folder / MAKING_FILE).exists()
    offices.open(folder, OFFICER, PASSWORD).close()


@pytest.mark.parametrize("gone", [STORE_FILE, SLOTS_FILE])
def test_a_profile_that_lost_a_file_is_neither_opened_nor_made_anew(
    profile: Path, offices: Offices, gone: str
) -> None:
    (profile / gone).unlink()
    before = content(profile)
    with refused("profile_incomplete"):
        offices.open(profile, OFFICER, PASSWORD)
    with refused("profile_incomplete"):
        offices.make(profile, NewProfile("commune", COMMUNE, OFFICER, PASSWORD))
    assert content(profile) == before


@pytest.mark.parametrize("damage", ["empty", "noise", "other key", "cut"])
def test_a_damaged_store_is_said_to_be_damaged_and_nothing_else_is_written(
    profile: Path,
    offices: Offices,
    damage: str,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    file = profile / STORE_FILE
    if damage == "empty":
        file.write_bytes(b"")
    elif damage == "noise":
        file.write_bytes(os.urandom(file.stat().st_size))
    elif damage == "cut":
        file.write_bytes(file.read_bytes()[:5000])
    else:
        other = create(tmp_path / "other", NEW, outside("other"))
        other.close()
        shutil.copy(tmp_path / "other" / STORE_FILE, file)
    with refused("store_damaged"):
        offices.open(profile, OFFICER, PASSWORD)
    assert capfd.readouterr() == ("", "")


def test_a_store_of_a_newer_program_is_refused_and_not_touched(
    profile: Path, offices: Offices
) -> None:
    office = offices.open(profile, OFFICER, PASSWORD)
    with store_of(office)._writer.begin() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 9999")
    office.close()
    before = content(profile)
    with refused("store_newer"):
        offices.open(profile, OFFICER, PASSWORD)
    assert content(profile) == before


def test_another_store_of_the_same_officer_does_not_open_with_these_slots(
    profile: Path, tmp_path: Path
) -> None:
    other = create(tmp_path / "other", NEW, outside("other"))
    other.close()
    shutil.copy(tmp_path / "other" / SLOTS_FILE, profile / SLOTS_FILE)
    with refused("store_damaged"):
        open_store(profile, OFFICER, PASSWORD, outside())


def test_a_reading_connection_cannot_write(office: Office) -> None:
    with store_of(office).reading() as reader:
        connection = reader.connection
        with pytest.raises(Exception, match="readonly"):
            connection.exec_driver_sql("DELETE FROM setting")


def test_a_reader_sees_one_state_while_another_writes(office: Office) -> None:
    store = store_of(office)
    with store.reading() as reader:
        assert reader.count(_all(office)).number == 0
        office.records.add("incident", INCIDENT)
        assert reader.count(_all(office)).number == 0
    assert office.lists.count(_all(office), 0).number == 1


def test_an_error_of_ours_shows_no_word_of_a_record(office: Office) -> None:
    store: Store = store_of(office)
    with pytest.raises(Exception, match="no such column") as caught:  # noqa: SIM117
        with store.writing(OFFICER, Action.SET) as work:
            work.connection.exec_driver_sql("UPDATE incident SET unheard = ?", (PHRASE,))
    assert PHRASE not in str(caught.value)


def test_a_quiet_moment_folds_the_log_into_the_file(office: Office) -> None:
    log = office.folder / "store.db-wal"
    office.records.add("incident", INCIDENT)
    assert log.stat().st_size > 0
    office.fold_log()
    assert log.stat().st_size == 0
    office.records.add("incident", INCIDENT)
    assert log.stat().st_size > 0


def test_a_sign_in_that_was_too_quick_wraps_the_key_harder_and_opens_again(
    profile: Path, offices: Offices
) -> None:
    before = vault.load(profile / SLOTS_FILE).of(OFFICER)
    moments = iter((10.0, 10.05, 20.0, 20.7))  # a derivation of 0.05 s, the next of 0.7 s
    given = replace(offices.profiles.outside, steady=lambda: next(moments))
    open_store(profile, OFFICER, PASSWORD, given)[0].close()
    raised = vault.load(profile / SLOTS_FILE).of(OFFICER)
    assert raised.hardness.rounds > before.hardness.rounds
    assert (raised.officer, raised.name) == (before.officer, before.name)
    assert raised.salt != before.salt
    with pytest.raises(UserError):
        open_store(profile, OFFICER, "một câu không đúng", offices.profiles.outside)
    open_store(profile, OFFICER, PASSWORD, given)[0].close()
    assert vault.load(profile / SLOTS_FILE).of(OFFICER) == raised, "slow enough now"
