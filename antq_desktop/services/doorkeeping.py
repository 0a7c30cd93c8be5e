"""Stands before the sign-in: counts wrong passwords and makes the next try wait.

The count lies in a small file beside the store, since nothing in the store can be read before the
password is known. A wait is measured by a clock that only runs forward and begins anew with each
start of the program: neither a restart nor another date shortens it. Somebody who deletes the file
can try at once; somebody who can do that can also take the slot file away and guess elsewhere, and
against that only the slow key derivation stands.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import Clock, civil
from antq_desktop.domain.delays import told, wait_after
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.passwords import SHORTEST
from antq_desktop.domain.shown import show_moment
from antq_desktop.domain.text import fold
from antq_desktop.files import remove_if_present, write_atomically
from antq_desktop.services.session_pin import is_like_a_pin
from antq_desktop.storage import vault
from antq_desktop.storage.folders import SLOTS_FILE

if TYPE_CHECKING:
    from antq_desktop.services.session_pin import SessionPin
    from antq_desktop.storage.keyfile import KeyFiles
    from antq_desktop.storage.store import Store

TRIES_FILE: Final = "tries.json"
_MOST_KEPT: Final = 100  # moments told in history; the count goes on
_WRONG: Final = frozenset({"wrong_password", "wrong_recovery_code"})


class Doorkeeper:
    """Remembers wrong tries, by profile and officer."""

    def __init__(self, clock: Clock, steady: Callable[[], float]) -> None:
        """Take the clock of the wall for what is told, and a steady one for what is waited."""
        self._clock = clock
        self._steady = steady
        self._began: dict[tuple[Path, str], float] = {}

    @contextmanager
    def watching(self, folder: Path, officer: str) -> Iterator[tuple[str, ...]]:
        """Watch one try; yields the moments of the wrong ones before it.

        Raises:
            UserError: `password_wait`, before anything was tried; or the refusal of the try.
        """
        name = fold(officer.strip())
        tries = _read(folder / TRIES_FILE)
        missed = tries.get(name, [])
        left = self._left(folder, name, len(missed))
        if left > 0:
            message = f"Đã nhập sai {len(missed)} lần liền. Chờ {told(left)} rồi nhập lại."
            raise UserError("password_wait", message, "password")
        try:
            yield tuple(missed)
        except UserError as refusal:
            if refusal.code in _WRONG:
                tries[name] = [*missed, civil(self._clock.now())][-_MOST_KEPT:]
                _write(folder / TRIES_FILE, tries)
                self._began[folder, name] = self._steady()
            raise
        if tries.pop(name, None) is not None:
            _write(folder / TRIES_FILE, tries)

    def wait(self, folder: Path, officer: str) -> float:
        """Return how many seconds are left before an officer may try; 0 when at once."""
        name = fold(officer.strip())
        return self._left(folder, name, len(_read(folder / TRIES_FILE).get(name, [])))

    def _left(self, folder: Path, name: str, count: int) -> float:
        due = wait_after(count)
        if not due:
            return 0
        began = self._began.setdefault((folder, name), self._steady())
        return max(0.0, began + due - self._steady())


class Guard:
    """Asks for the password of the officer at work, within a session that is open already.

    Wrong ones count and make the next one wait as at the sign-in, and each stands in history.
    """

    def __init__(self, keeper: Doorkeeper, store: Store, officer: str, key_files: KeyFiles) -> None:
        self._keeper = keeper
        self._store = store
        self._officer = officer
        self.key_files = key_files

    def key(self, password: str, field: str = "own_password") -> tuple[vault.KeySlots, bytes]:
        """Return the slots and the key of the store, when the password is right.

        Raises:
            UserError: `wrong_password`, `password_wait`, `key_file_missing`, each at `field`.
            EnvironmentFault: The slot file cannot be read.
        """
        return self._unlocked(password, field)[:2]

    def put_away(self) -> None:
        """Let the store go without its key, behind a locked screen."""
        self._store.put_away()

    def take_up(self, typed: str, pin: SessionPin) -> None:
        """Give the store its key again: by the password, or by the short number of the session.

        What was tried in vain since the lock is written to history, which was closed then.

        Raises:
            UserError: `wrong_password`, `password_wait`, `key_file_missing`, `wrong_pin`,
                `pin_spent`, each at `password`.
            EnvironmentFault: The machine denied it; the store is put away still.
        """
        wrong = pin.wrong
        key = self._by_pin(typed, pin)
        missed: tuple[str, ...] = ()
        if key is None:
            _slots, key, missed = self._unlocked(typed, "password")
        self._store.take_up(key)
        if missed or wrong:
            self._write_down(opened(missed, wrong))
        pin.wrong = 0

    def choose_pin(self, figures: str, repeated: str, pin: SessionPin) -> None:
        """Let a short number open the screen of this session.

        Raises:
            UserError: What `SessionPin.choose` refuses.
        """
        pin.choose(figures, repeated, self._store.wrapped)

    def _by_pin(self, typed: str, pin: SessionPin) -> bytes | None:
        if not (pin.may_open and is_like_a_pin(typed)):
            return None
        try:
            return pin.key(typed)
        except UserError:
            if len(typed) < SHORTEST:
                raise
            return None  # figures alone can be a password too

    def _unlocked(self, password: str, field: str) -> tuple[vault.KeySlots, bytes, tuple[str, ...]]:
        slots = vault.load(self._store.folder / SLOTS_FILE)
        try:
            with self._keeper.watching(self._store.folder, self._officer) as missed:
                key = vault.unlock(slots, self._officer, password, self.key_files)[1]
        except UserError as refusal:
            if refusal.code in _WRONG:
                self._write_down("Nhập sai mật khẩu trong phiên làm việc")
            raise UserError(refusal.code, refusal.message, field) from refusal
        return slots, key, missed

    def _write_down(self, told: str) -> None:
        """Write to history; where that cannot be, what it is about goes on anyway."""
        with (
            suppress(UserError, EnvironmentFault),
            self._store.writing(self._officer, Action.SIGN_IN) as work,
        ):
            work.note("", "", told)


def opened(missed: Sequence[str], wrong: int) -> str:
    """Return what history says of a locked screen that was opened after these wrong tries."""
    parts = ["Mở lại màn hình"]
    if missed:
        last = show_moment(missed[-1][:16])
        parts.append(f"trước đó nhập sai mật khẩu {len(missed)} lần, lần cuối {last}")
    if wrong:
        parts.append(f"trước đó nhập sai mã mở nhanh {wrong} lần")
    return "; ".join(parts)


def entered(missed: Sequence[str]) -> str:
    """Return what history says of a sign-in after these wrong tries."""
    if not missed:
        return "Đăng nhập"
    last = show_moment(missed[-1][:16])
    return f"Đăng nhập; trước đó nhập sai mật khẩu {len(missed)} lần, lần cuối {last}"


def _read(path: Path) -> dict[str, list[str]]:
    """Return the tries; a file that cannot be understood counts as none, since it only delays."""
    try:
        held = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(held, dict):
        return {}
    return {
        name: [str(moment) for moment in moments]
        for name, moments in held.items()
        if isinstance(moments, list)
    }


def _write(path: Path, tries: dict[str, list[str]]) -> None:
    """Keep the tries; where nothing can be written, the refusal of the password is told instead."""
    with suppress(EnvironmentFault):
        if not tries:
            remove_if_present(path)
            return
        write_atomically(path, canonical({name: list(tries[name]) for name in tries}) + b"\n")
