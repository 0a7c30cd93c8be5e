"""The officers of one device: who may sign in, and a new one with a first password.

The plain form: each officer signs in with a password of their own; who made the profile is its
administrator and adds the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.ids import new_record_id
from antq_desktop.domain.rights import ROLE_NAMES, Operation, Role, may
from antq_desktop.domain.text import clean, fold, name_sort_key
from antq_desktop.services.hand import Hand
from antq_desktop.storage import officers, vault
from antq_desktop.storage.folders import SLOTS_FILE
from antq_desktop.storage.store import Store

LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Person:
    """One officer in the words of the window; `since` is the day of the first sign-in allowed."""

    name: str
    roles: frozenset[Role]
    since: str

    @property
    def role_label(self) -> str:
        """What they may do, in words."""
        return ", ".join(name for role, name in ROLE_NAMES.items() if role in self.roles)


class People:
    """Reads and extends the list of officers."""

    def __init__(self, store: Store, hand: Hand, hardness: vault.Hardness) -> None:
        self._store = store
        self._hand = hand
        self._hardness = hardness

    def every(self) -> tuple[Person, ...]:
        """Return the officers who may sign in, by given name."""
        with self._store.reading() as reader:
            found = [one for one in officers.every(reader.connection) if one.active]
        found.sort(key=lambda one: name_sort_key(one.name))
        return tuple(Person(one.name, one.roles, one.since[:10]) for one in found)

    @property
    def may_add(self) -> bool:
        """Whether the officer at work may add others."""
        here = [one for one in self.every() if one.name == self._hand.officer]
        return any(may(one.roles, Operation.PEOPLE) for one in here)

    def add(self, name: str, password: str, own_password: str) -> str:
        """Let one more officer sign in, and return what was done in one sentence.

        Args:
            name: Name of the new officer.
            password: Their first password.
            own_password: Password of the officer at work, who alone can hand the key on.

        Raises:
            UserError: `officer_missing`, `officer_exists`, `text_not_allowed`, `text_too_long`,
                `password_too_short`, `not_administrator`, or `wrong_password` at `own_password`.
            EnvironmentFault: The machine denied it.
        """
        if not self.may_add:
            message = "Chỉ cán bộ quản trị thêm được cán bộ. Nhờ cán bộ quản trị của đơn vị."
            raise UserError("not_administrator", message)
        name = self._checked(name)
        vault.check_new_password(password)
        path = self._store.folder / SLOTS_FILE
        slots = vault.load(path)
        key = self._key(slots, own_password)
        officer_id = new_record_id(self._hand.random_bytes)
        widened = vault.with_slot(
            slots,
            key,
            officer=officer_id,
            name=name,
            password=password,
            hardness=self._hardness,
            random_bytes=self._hand.random_bytes,
        )
        since = civil(self._hand.clock.now())
        with self._store.writing(self._hand.officer, Action.PEOPLE) as work:
            officers.add(work.connection, officer_id, name, (Role.OFFICER,), since)
            work.note("", "", f"Thêm cán bộ {name}")
            vault.save(widened, path)
        return f"Đã thêm cán bộ {name}. Cán bộ đăng nhập bằng mật khẩu vừa đặt."

    def _checked(self, typed: str) -> str:
        name = clean(typed.strip(), "Họ tên cán bộ", field="name")
        if not name:
            raise UserError("officer_missing", "Chưa nhập họ tên cán bộ. Nhập họ tên.", "name")
        if len(name) > LONGEST_NAME:
            message = f"Họ tên cán bộ dài quá {LONGEST_NAME} chữ. Rút ngắn lại."
            raise UserError("text_too_long", message, "name")
        if any(fold(one.name) == fold(name) for one in self.every()):
            message = f"Đã có cán bộ “{name}” trên máy này. Thêm chức vụ hoặc số hiệu để phân biệt."
            raise UserError("officer_exists", message, "name")
        return name

    def _key(self, slots: vault.KeySlots, own_password: str) -> bytes:
        try:
            return vault.unlock(slots, self._hand.officer, own_password)[1]
        except UserError as fault:
            raise UserError(fault.code, fault.message, "own_password") from fault
