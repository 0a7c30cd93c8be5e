"""Restoring from a backup, on this PC or a new one: look, agree, restore, and a minute of it.

A restored store is another life of the old one: a new writer, what was erased since taken in, and
what is known of bundles that went out after the backup told. What stood in the folder before is
backed up and set aside, and comes back when anything fails.
"""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.clock import VIETNAM, civil
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.exchange import BundleKind
from antq_desktop.domain.shown import show_integer, show_moment
from antq_desktop.files import environment_fault, write_atomically
from antq_desktop.services.hand import Hand
from antq_desktop.services.profiles import BACKUPS_FOLDER
from antq_desktop.storage import backups, exchange, settings
from antq_desktop.storage.columns import ids_in_force
from antq_desktop.storage.exchange import SentRow
from antq_desktop.storage.folders import holds_profile
from antq_desktop.storage.replacing import replaced

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.profiles import Profiles
    from antq_desktop.storage.store import Store

# What a restore leaves in its folder: sealed under the key of the store, which stays the same.
_STAY: Final = frozenset({BACKUPS_FOLDER, "erasures.sealed", "drafts.sealed", "tray", "store.lock"})


@dataclass(frozen=True, slots=True)
class BackupFile:
    """What a backup says of itself before anybody signs in to it."""

    path: Path
    day: str
    size: int
    officers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SentSince:
    """A bundle that went out after the backup was made."""

    number: int
    to: str
    at: str
    records: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a backup.

    Attributes:
        unit: Name of its unit.
        last_at: When anything was last done in it, civil time.
        last_officer: By whom.
        records: How many records of each kind, those out of force left out: plural and number.
        last_sent: Number of the last bundle to the receiver that it knows; 0 for none.
        sent_since: Bundles that the store in the folder sent later, as far as that is known.
        known: Whether anything is known of what was sent later.
    """

    unit: str
    last_at: str
    last_officer: str
    records: tuple[tuple[str, int], ...]
    last_sent: int
    sent_since: tuple[SentSince, ...] = ()
    known: bool = False

    @property
    def count(self) -> int:
        """How many records in all."""
        return sum(number for _plural, number in self.records)

    def sentences(self) -> list[str]:
        """Say it to a person, one fact a line."""
        told = [
            f"Đơn vị: {self.unit}",
            f"Lần làm việc cuối trong bản sao lưu: {show_moment(self.last_at[:16])}, "
            f"{self.last_officer}",
            f"Số hồ sơ: {show_integer(self.count)}",
            f"Gói gửi lên cuối cùng: số {self.last_sent}" if self.last_sent else "Chưa gửi gói nào",
        ]
        if self.sent_since:
            numbers = ", ".join(str(one.number) for one in self.sent_since)
            told.append(
                f"Đã gửi sau đó và không có trong bản sao lưu: gói số {numbers}. Gói trả về tiếp "
                "theo của đơn vị tổng hợp cho biết còn thiếu gì."
            )
        elif not self.known:
            told.append(
                "Chưa biết sau đó đã gửi gói nào: máy này không có dữ liệu mới hơn. Hỏi đơn vị "
                "tổng hợp số gói nhận cuối cùng."
            )
        return told


@dataclass(frozen=True, slots=True)
class Done:
    """What a restore did.

    Attributes:
        backup: The file.
        folder: Where the store lies now.
        at: When, civil time.
        contents: What came back.
        restored: The new life of the store.
        kept: Where what stood there before lies; None where nothing did or its backup is good.
        minute: The minute of it as a paper, to be signed and kept.
    """

    backup: Path
    folder: Path
    at: str
    contents: Contents
    restored: backups.Restored
    kept: Path | None = None
    minute: bytes = field(default=b"", repr=False)

    def sentences(self) -> list[str]:
        """Say it to a person, one fact a line."""
        told = [f"Đã khôi phục {show_integer(self.contents.count)} hồ sơ của {self.contents.unit}."]
        if self.restored.erased:
            told.append(
                f"Đã xóa lại dữ liệu về người của {self.restored.erased} hồ sơ mà đơn vị xóa sau "
                "khi làm bản sao lưu."
            )
        if self.restored.unread:
            told.append(
                "Không đọc được danh sách dữ liệu đã xóa. Xem lại trang Dữ liệu và quyền riêng tư."
            )
        if self.kept is not None:
            told.append(f"Dữ liệu trước khi khôi phục được giữ ở {self.kept}.")
        return told

    def save_minute(self, path: Path) -> Path:
        """Write the minute to a file and return its path.

        Raises:
            EnvironmentFault: The machine denied it.
        """
        target = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")
        write_atomically(target, self.minute)
        return target


def look_at(path: Path) -> BackupFile:
    """Return what a file says of itself.

    Raises:
        UserError: `not_a_backup`.
        EnvironmentFault: What the machine denies.
    """
    officers = backups.officers_in(path)
    try:
        held = path.stat()
    except OSError as fault:
        raise environment_fault(fault, path) from fault
    named = [one for one in backups.backups_in(path.parent) if one.name == path.name]
    made = datetime.fromtimestamp(held.st_mtime, VIETNAM).date()
    day = named[0].day if named else made
    return BackupFile(path, day.isoformat(), held.st_size, officers)


class Restoring:
    """Restores into one folder."""

    def __init__(self, profiles: Profiles, folder: Path) -> None:
        self._profiles = profiles
        self._outside = profiles.outside
        self.folder = folder

    def take_key_file(self, path: Path) -> None:
        """Look at this key file when a backup asks for one.

        Raises:
            UserError: `not_a_key_file`.
        """
        self._profiles.outside.key_files.choose(path)

    def look_into(self, backup: Path, officer: str, password: str) -> Contents:
        """Return what is in a backup; nothing is written.

        Raises:
            UserError: `not_a_backup`, `unknown_officer`, `wrong_password`.
            EnvironmentFault: What the machine denies.
        """
        with self._profiles.look_into(backup, officer, password) as store:
            held, mark = _contents(store), store.setting(settings.STORE)
        since = self._sent_since(officer, password, mark, held.last_sent)
        if since is None:
            return held
        return replace(held, sent_since=since, known=True)

    def restore(self, backup: Path, officer: str, password: str) -> Done:
        """Restore, and start a new writer.

        Raises:
            UserError: `not_a_backup`, `unknown_officer`, `wrong_password`, `not_allowed`.
            EnvironmentFault: What the machine denies; the folder is as it was.
        """
        contents = self.look_into(backup, officer, password)
        now = civil(self._outside.clock.now())
        good = self._back_up_what_is_there(officer, password)
        restored, aside = replaced(
            self.folder,
            now.replace(":", "").replace("T", "-"),
            _STAY,
            lambda: self._profiles.restore(backup, self.folder, officer, password),
            keep=not good,
        )
        done = Done(backup, self.folder, now, contents, restored, aside)
        return replace(done, minute=self._minute(done, officer, password))

    def _minute(self, done: Done, officer: str, password: str) -> bytes:
        from antq_desktop.services.restoring_paper import RestoringPaper

        store, name = self._profiles.open(self.folder, officer, password)
        with closing(store):
            hand = Hand(name, self._outside.clock, self._outside.random_bytes)
            return RestoringPaper(store, hand).make(done)

    def _back_up_what_is_there(self, officer: str, password: str) -> bool:
        """Back up the store in the folder; a store that cannot be opened is only set aside."""
        if not holds_profile(self.folder):
            return False
        try:
            store, _name = self._profiles.open(self.folder, officer, password)
        except (UserError, EnvironmentFault) as fault:
            if fault.code == "in_use":
                raise
            return False
        with closing(store), suppress(EnvironmentFault):
            folder = self.folder / BACKUPS_FOLDER
            folder.mkdir(exist_ok=True)
            backups.make(store, folder, self._outside.clock.now().astimezone(VIETNAM).date())
            return True
        return False

    def _sent_since(
        self, officer: str, password: str, mark: str, last: int
    ) -> tuple[SentSince, ...] | None:
        """Return what the store in the folder sent later; None where there is none like it."""
        if not holds_profile(self.folder):
            return None
        try:
            store, _name = self._profiles.open(self.folder, officer, password)
        except (UserError, EnvironmentFault):
            return None
        with closing(store):
            if store.setting(settings.STORE) != mark:
                return None
            rows = [row for row in _sent(store) if row.number > last and row.written_at]
        return tuple(
            SentSince(row.number, row.addressee_name, row.written_at or "", row.records)
            for row in rows
        )


def _contents(store: Store) -> Contents:
    with store.reading() as reader:
        record = reader.record("unit", reader.setting(settings.UNIT))
        unit = str(record.values().get("name", "")) if record else ""
        counted = [
            (spec.plural, number)
            for spec in store.specs.values()
            if (number := len(ids_in_force(reader.connection, spec.kind)))
        ]
        entry = reader.entry(reader.last_entry())
    sent = _sent(store)
    last_at, who = (entry[0].at, entry[0].officer) if entry else ("", "")
    return Contents(unit, last_at, who, tuple(counted), max((r.number for r in sent), default=0))


def _sent(store: Store) -> list[SentRow]:
    with store.reading() as reader:
        writer = reader.setting(settings.WRITER)
        return exchange.select(
            reader.connection,
            SentRow,
            "WHERE writer = ? AND kind = ? ORDER BY number",
            (writer, str(BundleKind.UP)),
        )


def as_json(contents: Contents) -> dict[str, Json]:
    """Return what is in a backup for a program."""
    return {
        "unit": contents.unit,
        "last_at": contents.last_at,
        "last_officer": contents.last_officer,
        "records": contents.count,
        "last_sent": contents.last_sent,
        "sent_since": [one.number for one in contents.sent_since],
        "known": contents.known,
    }
