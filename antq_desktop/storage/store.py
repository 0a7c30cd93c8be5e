"""One profile: a folder with an encrypted store, its slot file, and at most one program in it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import Clock, civil
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.ids import RandomBytes, new_record_id
from antq_desktop.domain.records import SPECS
from antq_desktop.files import remove_if_present
from antq_desktop.storage import folders, history, officers, pins, settings, slotfile, vault
from antq_desktop.storage.drafts import Sealer
from antq_desktop.storage.engine import reading_engine, writing_engine
from antq_desktop.storage.faults import refuse_an_emptied_file, told_apart
from antq_desktop.storage.first_settings import write_first
from antq_desktop.storage.held_key import HeldKey
from antq_desktop.storage.holding import Hold
from antq_desktop.storage.keyfile import KeyFiles
from antq_desktop.storage.migrations import STEPS, Step, migrate, schema_of
from antq_desktop.storage.queries import Reader
from antq_desktop.storage.schema import tables_of
from antq_desktop.storage.slotfile import Key
from antq_desktop.storage.sweeping import clear_for_making, sweep
from antq_desktop.storage.work import Outcome, Work

if TYPE_CHECKING:
    from antq_desktop.domain.fields import RecordSpec

STORE_FILE: Final = folders.STORE_FILE
SLOTS_FILE: Final = folders.SLOTS_FILE
HOLD_FILE: Final = folders.HOLD_FILE
MAKING_FILE: Final = folders.MAKING_FILE


@dataclass(frozen=True, slots=True)
class Outside:
    """What a store takes from outside: time, randomness, and how hard keys are to derive.

    Attributes:
        lives: Folder that counts how often each profile was opened; None: copies look alike.
        machine: What tells this machine from others.
        key_files: Finds the key files of officers who sign in with one.
    """

    clock: Clock
    random_bytes: RandomBytes
    hardness: vault.Hardness = vault.EVERYDAY
    steady: Callable[[], float] | None = None  # seconds; none: keys are left as hard as they are
    lives: Path | None = None
    machine: str = ""
    key_files: KeyFiles = field(default_factory=KeyFiles)


@dataclass(frozen=True, slots=True)
class NewStore:
    """What a store is made for: its level, its unit, and its first officer."""

    level: str
    unit: str
    officer: str
    password: str
    sample: bool = False


class Store:
    """An open store. Reads may run side by side; writes come one after another."""

    def __init__(
        self,
        folder: Path,
        key: bytes,
        hold: Hold,
        outside: Outside,
        specs: Mapping[str, RecordSpec],
    ) -> None:
        self.folder = folder
        self.specs = specs
        self._hold = hold
        self._outside = outside
        self._tables = tables_of(tuple(specs.values()))
        self._key = HeldKey(key)
        self._write = threading.Lock()
        self.on_written: list[Callable[[Outcome], None]] = []
        path = folder / STORE_FILE
        self._writer = writing_engine(path, self._key)
        self._reader = reading_engine(path, self._key)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Open a transaction that only reads.

        Raises:
            EnvironmentFault: The machine denied it.
        """
        with told_apart(), self._reader.connect() as connection, connection.begin():
            yield Reader(connection, self.specs, self._tables)

    @contextmanager
    def writing(self, officer: str, action: str) -> Iterator[Work]:
        """Open one action; when the block ends well it is committed, otherwise nothing happened.

        After the block the work's `outcome` says what was done, and those in `on_written` hear it.

        Raises:
            UserError: `not_allowed`, when no role of the officer allows the action;
                `password_must_change`, while the first password still stands.
            EnvironmentFault: The machine denied it; the state is as before.
        """
        with self._write, told_apart(), self._writer.begin() as connection:
            areas = officers.areas_allowed(connection, officer, action)
            work = Work(
                connection,
                self.specs,
                self._tables,
                officer=officer,
                at=civil(self._outside.clock.now()),
                action=action,
                areas=areas,
                random_bytes=self._outside.random_bytes,
            )
            yield work
            work.finish()
        for then in work.after_commit:
            then()
        for tell in self.on_written:
            tell(work.outcome)

    @property
    def today(self) -> str:
        """The day by the clock of this store, `YYYY-MM-DD`."""
        return civil(self._outside.clock.now())[:10]

    def setting(self, name: str, default: str | None = None) -> str:
        """Return a fact about this store."""
        with self.reading() as reader:
            return settings.get(reader.connection, name, default)

    def sealer(self, purpose: str) -> Sealer:
        """Return what seals small files beside the store, under a key of their own."""
        return Sealer(self._key, purpose, self._outside.random_bytes)

    def verify_history(self, *, only_new: bool = False) -> history.Verified:
        """Read the chain of history and name the first bad place; `only_new`: what is new.

        A chain cut off at its end holds in itself; records that name a later entry betray it.
        """
        with self.reading() as reader:
            since = settings.get(reader.connection, settings.VERIFIED, "") if only_new else ""
            found = history.verify(reader.connection, history.Head.from_text(since))
            head = history.head(reader.connection)
            last = max((reader.last_change(kind) for kind in self.specs), default=0)
        if found.broken_at is None and last > found.entries:
            found = history.Verified(found.entries, found.entries + 1, "entry_missing")
        if found.broken_at is None and head.to_text() != since:
            with self._write, told_apart(), self._writer.begin() as connection:
                settings.put(connection, settings.VERIFIED, head.to_text())
        return found

    def quick_check(self) -> str:
        """Return `ok`, or what SQLite finds wrong with the file."""
        with self.reading() as reader:
            found = reader.connection.exec_driver_sql("PRAGMA quick_check").scalar_one()
            return str(found)

    def fold_log(self) -> None:
        """Fold the log into the file, as far as no reader needs it; raises `EnvironmentFault`."""
        # past SQLAlchemy: inside a transaction, which it would begin, nothing is folded
        with self._write, told_apart(), closing(self._writer.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def put_away(self) -> None:
        """Let the key and all connections go; the folder stays held, uses are refused."""
        with suppress(EnvironmentFault):  # the log stays beside the file
            self.fold_log()
        with self._write:
            self._key.drop()
            self._reader.dispose()
            self._writer.dispose()

    def take_up(self, key: bytes) -> None:
        """Go on with the key after `put_away`; raises `EnvironmentFault`, put away still."""
        self._key.take(key)
        try:
            self.setting(settings.STORE)
        except EnvironmentFault:
            self._key.drop()
            raise

    def wrapped(self, figures: str) -> pins.Wrapped:
        """Return the key under a short number, for the memory of this run."""
        return pins.wrap(figures, self._key(), self._outside.random_bytes)

    def close(self) -> None:
        """Fold the log into the file and let it go."""
        try:
            with suppress(EnvironmentFault):  # the log is folded in at the next start
                self.fold_log()
        finally:
            self._reader.dispose()
            self._writer.dispose()
            self._hold.release()


def exists(folder: Path) -> bool:
    """Tell whether a folder holds a profile."""
    return folders.holds_profile(folder)


def create(
    folder: Path,
    new: NewStore,
    outside: Outside,
    *,
    specs: Mapping[str, RecordSpec] = SPECS,
    first: Callable[[Work], None] | None = None,
    steps: Sequence[Step] = STEPS,
) -> Store:
    """Make a profile in an empty folder and open it.

    The slot file is written last, and a mark stands in the folder until then: what was only half
    made counts as no profile and is made anew. A store without slots and without the mark once was
    a profile and is not touched.

    Args:
        folder: Where; made when missing.
        new: For whom.
        outside: Time and randomness.
        specs: The kinds it holds.
        first: What its first action writes besides the settings, such as the unit's own record.
        steps: Steps of the schema, when not the program's own.

    Raises:
        UserError: `profile_exists`, `password_too_short`.
        EnvironmentFault: `in_use`, `profile_incomplete`, or the machine denied it.
    """
    folders.refuse_a_profile(folder)
    vault.check_new_password(new.password)
    with told_apart():
        folder.mkdir(parents=True, exist_ok=True)
    hold = Hold.take(folder / HOLD_FILE)
    key = vault.new_key(outside.random_bytes)
    store_id = new_record_id(outside.random_bytes)
    officer_id = new_record_id(outside.random_bytes)
    try:
        folders.refuse_a_profile(folder)  # another program may have made one meanwhile
        clear_for_making(folder)
        store = Store(folder, key, hold, outside, specs)
    except BaseException:
        hold.release()
        raise
    try:
        _make(store, new, outside, ids=(store_id, officer_id), first=first, steps=steps)
        slots = vault.with_slot(
            vault.KeySlots(store_id, ()),
            key,
            officer=officer_id,
            name=new.officer,
            password=new.password,
            hardness=outside.hardness,
            random_bytes=outside.random_bytes,
        )
        vault.save(slots, folder / SLOTS_FILE)
        remove_if_present(folder / MAKING_FILE)
    except BaseException:
        store.close()
        raise
    return store


def _make(
    store: Store,
    new: NewStore,
    outside: Outside,
    *,
    ids: tuple[str, str],
    first: Callable[[Work], None] | None,
    steps: Sequence[Step],
) -> None:
    store_id, officer_id = ids
    writer = store._writer  # noqa: SLF001 - the maker of a store is part of it
    with told_apart():
        migrate(writer, steps=steps)
        with writer.begin() as connection:
            write_first(connection, new, outside, store_id)
            since = civil(outside.clock.now())
            officers.add(connection, officer_id, new.officer, officers.EVERY_ROLE, since)
    with store.writing(new.officer, Action.INIT) as work:
        if first is not None:
            first(work)


def open_by_recovery(
    folder: Path,
    secret: str,
    outside: Outside,
    *,
    specs: Mapping[str, RecordSpec] = SPECS,
    steps: Sequence[Step] = STEPS,
) -> tuple[Store, bytes]:
    """Open a profile with the figures of its recovery sheet; return it with its key.

    Raises:
        UserError: `no_profile`, `no_recovery_sheet`, `wrong_recovery_code`.
        EnvironmentFault: As `open_store`.
    """
    slots, waits = _slots_of(folder), slotfile.wait(folder)
    key = slotfile.unlocked(folder, slots, lambda held: vault.unlock_recovery(held, secret))
    store = _opened(folder, key, outside, specs=specs, steps=steps)
    if waits:
        _again(store, lambda held: vault.unlock_recovery(held, secret))
    return store, key


def _again(store: Store, unlock: Callable[[vault.KeySlots], Key]) -> tuple[vault.KeySlots, Key]:
    """Unlock the slots that were found to be in force; others open nothing."""
    try:
        slots = vault.load(store.folder / SLOTS_FILE)
        return slots, unlock(slots)
    except BaseException:
        store.close()
        raise


def _slots_of(folder: Path) -> vault.KeySlots:
    if not exists(folders.mended(folder)):
        folders.refuse_half_a_profile(folder)
        message = f"Thư mục {folder} chưa có dữ liệu. Tạo dữ liệu mới hoặc chọn thư mục khác."
        raise UserError("no_profile", message)
    return vault.load(folder / SLOTS_FILE)


def _opened(
    folder: Path,
    key: bytes,
    outside: Outside,
    *,
    specs: Mapping[str, RecordSpec],
    steps: Sequence[Step],
    before: Callable[[Store], object] | None = None,
) -> Store:
    hold = Hold.take(folder / HOLD_FILE)
    store = Store(folder, key, hold, outside, specs)
    try:
        with told_apart():
            writer = store._writer  # noqa: SLF001 - the opener of a store is part of it
            refuse_an_emptied_file(schema_of(writer))
            migrate(writer, before=before and partial(before, store), steps=steps)
        remove_if_present(folder / MAKING_FILE)
        with store.reading() as reader:
            slotfile.settle(reader, folder)
        sweep(folder)
    except BaseException:
        store.close()
        raise
    return store


def open_store(
    folder: Path,
    officer: str,
    password: str,
    outside: Outside,
    *,
    specs: Mapping[str, RecordSpec] = SPECS,
    steps: Sequence[Step] = STEPS,
    before_migration: Callable[[Store], object] | None = None,
) -> tuple[Store, str]:
    """Open a profile with an officer's password; return it with the officer's name as written.

    Raises:
        UserError: `no_profile`, `unknown_officer`, `wrong_password`.
        EnvironmentFault: `in_use`, `store_newer`, `store_damaged`, `profile_incomplete`, and what
            the machine denies.
    """

    def unlock(held: vault.KeySlots) -> tuple[vault.KeySlot, bytes]:
        return vault.unlock(held, officer, password, outside.key_files)

    slots, waits = _slots_of(folder), slotfile.wait(folder)
    began = outside.steady() if outside.steady else 0.0
    slot, key = slotfile.unlocked(folder, slots, unlock)
    took = outside.steady() - began if outside.steady else 0.0
    store = _opened(folder, key, outside, specs=specs, steps=steps, before=before_migration)
    if waits:
        slots, (slot, key) = _again(store, unlock)
    harder = vault.harder(slot.hardness, took)
    if harder != slot.hardness:
        with suppress(EnvironmentFault):  # the old slot opens the store as well
            slotfile.harden(folder, slots, slot, key, password, harder, outside)
    return store, slot.name
