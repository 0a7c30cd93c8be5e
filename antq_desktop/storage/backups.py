"""A backup is one file: the store under its own key, and the slot file that opens it.

The store is copied by `VACUUM INTO` from one moment of it, so that work goes on meanwhile; the copy
is opened again and checked page by page before it gets its name. `.antqbak` is a plain zip with
both files stored as they are: what lies in it is encrypted already.

A restored store is another life of it: it starts a new writer before anybody can work in it, so
that no number and no stamp that the lost one gave is ever given again.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.ids import new_writer
from antq_desktop.domain.thinning import Backup
from antq_desktop.files import NewFile, environment_fault, new_file, read_back, remove_if_present
from antq_desktop.storage import erasures, settings, vault
from antq_desktop.storage.faults import told_apart
from antq_desktop.storage.store import SLOTS_FILE, STORE_FILE, Outside, exists, open_store
from antq_desktop.storage.sweeping import BACKUP_COPY, RESTORING_ROOM

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from typing_extensions import Buffer

    from antq_desktop.domain.fields import RecordSpec
    from antq_desktop.domain.record import Record
    from antq_desktop.storage.migrations import Step
    from antq_desktop.storage.store import Store

EXTENSION: Final = ".antqbak"
_NAME: Final = re.compile(r"ANTQ_SAOLUU_(\d{4}-\d{2}-\d{2})_(\d{9})\.antqbak", re.ASCII)
_PIECE: Final = 1 << 20
_LARGEST_SLOTS: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes:
        officer: Who restored, as written in the slot file.
        before: The writer before.
        writer: The writer from now on.
        erased: How many records lost what had been erased since the backup was made.
        unread: Lists of what was erased that could not be read.
    """

    officer: str
    before: str
    writer: str
    erased: int
    unread: tuple[str, ...]


def name_of(day: date, entry: int) -> str:
    """Return the name of a backup made on a day, behind an entry of history."""
    return f"ANTQ_SAOLUU_{day.isoformat()}_{entry:09d}{EXTENSION}"


def backups_in(folder: Path) -> list[Backup]:
    """Return the backups in a folder by their names, the oldest first; other files are left out.

    Raises:
        EnvironmentFault: The folder cannot be read.
    """
    try:
        names = [entry.name for entry in folder.iterdir()]
    except OSError as fault:
        raise environment_fault(fault, folder) from fault
    found: list[Backup] = []
    for name in names:
        given = _NAME.fullmatch(name)
        if given:
            with suppress(ValueError):
                found.append(Backup(int(given[2]), date.fromisoformat(given[1]), name))
    return sorted(found)


def make(store: Store, folder: Path, day: date, *, with_list: bool = True) -> Path:
    """Write a backup of an open store into a folder and return its path.

    Args:
        store: The store.
        folder: Where.
        day: Today, which stands in the name.
        with_list: Whether the list of what is erased goes beside it; not before a migration,
            since records of an older schema are read only after it.

    Raises:
        EnvironmentFault: What the machine denies; `backup_faulty`: the copy does not hold.
    """
    copy = store.folder / BACKUP_COPY
    remove_if_present(copy)
    try:
        entry = _copied(store, copy)
        path = folder / name_of(day, entry)
        with new_file(path) as out, zipfile.ZipFile(_Forward(out), "w") as made:
            for name, source in ((STORE_FILE, copy), (SLOTS_FILE, store.folder / SLOTS_FILE)):
                info = zipfile.ZipInfo(name)
                with made.open(info, "w", force_zip64=True) as member, source.open("rb") as data:
                    shutil.copyfileobj(data, member, _PIECE)
        if read_back(path) != out.written:
            remove_if_present(path)
            raise _faulty()
        if with_list:
            erasures.write_list(store, folder / erasures.name_beside_backups(store))
    except OSError as fault:
        raise environment_fault(fault, copy) from fault
    finally:
        remove_if_present(copy)
    return path


def _copied(store: Store, copy: Path) -> int:
    """Copy the store as it stands now, check the copy, and return its last entry of history."""
    engine = store._reader  # noqa: SLF001 - the backup of a store is part of it
    with told_apart(), closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("PRAGMA query_only = OFF")
        try:
            cursor.execute("VACUUM INTO ?", (str(copy),))
            cursor.execute("ATTACH ? AS made", (str(copy),))  # under the key of the store
            try:
                pages = cursor.execute("PRAGMA made.cipher_integrity_check").fetchall()
                found = cursor.execute("PRAGMA made.quick_check").fetchall()
                entry = cursor.execute("SELECT max(seq) FROM made.history").fetchone()[0]
            finally:
                cursor.execute("DETACH made")
        finally:
            cursor.execute("PRAGMA query_only = ON")
            cursor.close()
    if pages or found != [("ok",)]:
        raise _faulty()
    return int(entry or 0)


def _faulty() -> EnvironmentFault:
    message = "Bản sao lưu vừa làm không đọc lại được. Kiểm tra ổ đĩa rồi sao lưu lại."
    return EnvironmentFault("backup_faulty", message)


def restore(
    backup: Path,
    folder: Path,
    *,
    officer: str,
    password: str,
    outside: Outside,
    specs: Mapping[str, RecordSpec],
    steps: Sequence[Step],
) -> Restored:
    """Make a profile of a backup in a folder that holds none; it starts a new writer.

    What is known to be erased, by the lists beside the backup and in the folder, is taken in by
    the same action. The slot file is put in place last: whatever interrupts it, either there is no
    profile yet or one that already counts anew and holds nothing that was erased.

    Raises:
        UserError: `profile_exists`, `not_a_backup`, `unknown_officer`, `wrong_password`.
        EnvironmentFault: `backup_faulty`, and what the machine denies.
    """
    if exists(folder):
        message = f"Thư mục {folder} đã có dữ liệu. Chọn thư mục trống để khôi phục."
        raise UserError("profile_exists", message)
    room = folder / RESTORING_ROOM
    try:
        if room.exists():
            shutil.rmtree(room)
        room.mkdir(parents=True)
        _unpack(backup, room)
        store, name = open_store(room, officer, password, outside, specs=specs, steps=steps)
        with closing(store):
            gone, unread = _known_erasures(store, backup, folder)
            with store.writing(name, Action.RESTORE) as work:
                before = work.setting(settings.WRITER)
                writer = new_writer(outside.random_bytes)
                work.set_setting(settings.RESTORED_FROM, before)
                work.set_setting(settings.WRITER, writer)
                erased = erasures.take_in(work, gone)
                work.note("", "", _told(backup, erased, unread))
            erasures.write_list(store, folder / erasures.FILE)
        _refuse_an_unfolded_log(room)
        for file in (STORE_FILE, SLOTS_FILE):
            (room / file).replace(folder / file)
        shutil.rmtree(room)
    except OSError as fault:
        raise environment_fault(fault, folder) from fault
    return Restored(name, before, writer, erased, unread)


def _refuse_an_unfolded_log(room: Path) -> None:
    """The file alone is moved: what still stood in a log beside it would be lost."""
    log = room / f"{STORE_FILE}-wal"
    if log.exists() and log.stat().st_size:
        message = "Không ghi xong dữ liệu khôi phục. Kiểm tra ổ đĩa rồi khôi phục lại."
        raise EnvironmentFault("io_error", message)


@contextmanager
def looked_into(
    backup: Path,
    room: Path,
    *,
    officer: str,
    password: str,
    outside: Outside,
    specs: Mapping[str, RecordSpec],
    steps: Sequence[Step],
) -> Iterator[Store]:
    """Open a backup in a room of its own, to be read only; nothing of it stays there.

    Raises:
        UserError: `not_a_backup`, `unknown_officer`, `wrong_password`.
        EnvironmentFault: What the machine denies.
    """
    try:
        if room.exists():
            shutil.rmtree(room)
        room.mkdir(parents=True)
        _unpack(backup, room)
        store, _name = open_store(room, officer, password, outside, specs=specs, steps=steps)
        with closing(store):
            yield store
    except OSError as fault:
        raise environment_fault(fault, room) from fault
    finally:
        shutil.rmtree(room, ignore_errors=True)


def officers_in(backup: Path) -> tuple[str, ...]:
    """Return the officers whose passwords open a backup.

    Raises:
        UserError: `not_a_backup`.
        EnvironmentFault: What the machine denies.
    """
    try:
        with zipfile.ZipFile(backup) as held:
            if sorted(held.namelist()) != sorted((STORE_FILE, SLOTS_FILE)):
                raise _not_a_backup(backup)
            slots = held.getinfo(SLOTS_FILE)
            if slots.file_size > _LARGEST_SLOTS:
                raise _not_a_backup(backup)
            return vault.from_bytes(held.read(slots)).names()
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as fault:
        raise _not_a_backup(backup) from fault
    except OSError as fault:
        raise environment_fault(fault, backup) from fault


def _known_erasures(
    store: Store, backup: Path, folder: Path
) -> tuple[list[Record], tuple[str, ...]]:
    """Return what the lists within reach say was erased, and the names of those that are damaged.

    A damaged list stops no restore: the work of a unit whose PC died hangs on it.
    """
    name = erasures.name_beside_backups(store)
    places = (backup.parent / name, backup.parent.parent / erasures.FILE, folder / erasures.FILE)
    found: list[Record] = []
    unread: list[str] = []
    for path in places:
        try:
            found += erasures.read_list(store, path)
        except EnvironmentFault as fault:
            if path.name == name or fault.code != "sealed_damaged":
                unread.append(str(path))
    return found, tuple(unread)


def _told(backup: Path, erased: int, unread: tuple[str, ...]) -> str:
    told = f"Khôi phục từ bản sao lưu {backup.name}"
    if erased:
        told += f"; xóa lại dữ liệu về người của {erased} hồ sơ đã xóa trước đó"
    if unread:
        told += f"; không đọc được danh sách dữ liệu đã xóa {', '.join(unread)}"
    return told


def _unpack(backup: Path, room: Path) -> None:
    try:
        with zipfile.ZipFile(backup) as held:
            if sorted(held.namelist()) != sorted((STORE_FILE, SLOTS_FILE)):
                raise _not_a_backup(backup)
            for name in (STORE_FILE, SLOTS_FILE):
                with held.open(name) as member, new_file(room / name) as out:
                    while piece := member.read(_PIECE):  # the end of a member checks its CRC
                        out.write(piece)
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as fault:
        raise _not_a_backup(backup) from fault


def _not_a_backup(backup: Path) -> UserError:
    message = f"“{backup.name}” không phải bản sao lưu, hoặc đã hỏng. Chọn bản sao lưu khác."
    return UserError("not_a_backup", message)


class _Forward(io.RawIOBase):
    """A new file as `zipfile` writes to it: forward only."""

    def __init__(self, out: NewFile) -> None:
        super().__init__()
        self._out = out

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer, /) -> int:
        return self._out.write(bytes(data))
