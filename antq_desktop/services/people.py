"""The officers of one device: who may sign in, as what, and with which password.

A first password, and one that was set anew by the administrator, opens the door once: the officer
sets their own before anything else. The slot file and the store change together: the commit
of the transaction decides for both (`storage.slotfile`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.ids import new_record_id
from antq_desktop.domain.rights import AREA_NAMES, ROLE_NAMES, Operation, Role, may, require
from antq_desktop.domain.text import clean, fold, name_sort_key, nfc
from antq_desktop.services.hand import Hand
from antq_desktop.services.passwords import may_be_set
from antq_desktop.storage import officers, settings, slotfile, vault
from antq_desktop.storage.folders import SLOTS_FILE
from antq_desktop.storage.keyfile import KeyFile, new_key_file
from antq_desktop.storage.officers import Officer
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from antq_desktop.services.doorkeeping import Guard
    from antq_desktop.storage.queries import Reader

LONGEST_NAME: Final = 100
ALL_AREAS: Final = "mọi mảng việc"


@dataclass(frozen=True, slots=True)
class Person:
    """One officer in the words of the window; `since` is the day of the first sign-in allowed."""

    name: str
    roles: frozenset[Role]
    since: str
    areas: frozenset[str] = frozenset()
    must_change: bool = False

    @property
    def role_label(self) -> str:
        """What they may do, in words."""
        return roles_label(self.roles)

    @property
    def area_label(self) -> str:
        """Whose records they may write, in words."""
        return areas_label(self.areas)


def roles_label(roles: Iterable[Role]) -> str:
    """Return roles in words, always in one order."""
    held = set(roles)
    return ", ".join(name for role, name in ROLE_NAMES.items() if role in held)


def areas_label(areas: Iterable[str]) -> str:
    """Return areas of work in words; none named means all of them."""
    held = set(areas)
    return ", ".join(name for area, name in AREA_NAMES.items() if area in held) or ALL_AREAS


class People:
    """Reads and changes the list of officers, for the officer at work."""

    def __init__(self, store: Store, hand: Hand, hardness: vault.Hardness, guard: Guard) -> None:
        self._store = store
        self._hand = hand
        self._hardness = hardness
        self._guard = guard

    def every(self) -> tuple[Person, ...]:
        """Return the officers who may sign in, by given name."""
        with self._store.reading() as reader:
            found = [one for one in officers.every(reader.connection) if one.active]
        found.sort(key=lambda one: name_sort_key(one.name))
        return tuple(_person(one) for one in found)

    def me(self) -> Person:
        """Return the officer at work; one who was taken off the list has no role any more."""
        with self._store.reading() as reader:
            held = officers.named(reader.connection, self._hand.officer)
        return _person(held) if held else Person(self._hand.officer, frozenset(), "")

    @property
    def may_add(self) -> bool:
        """Whether the officer at work looks after the others."""
        return may(self.me().roles, Operation.PEOPLE)

    def add(
        self,
        name: str,
        password: str,
        own_password: str,
        *,
        roles: Iterable[Role] = (Role.OFFICER,),
        areas: Iterable[str] = (),
    ) -> str:
        """Let one more officer sign in, and return what was done in one sentence.

        Args:
            name: Name of the new officer.
            password: Their first password, for one sign-in.
            own_password: Password of the officer at work, who alone can hand the key on.
            roles: What they may do.
            areas: Whose records they may write; none for all.

        Raises:
            UserError: `officer_missing`, `officer_exists`, `text_not_allowed`, `text_too_long`,
                what `may_be_set` refuses, `not_allowed`, `roles_missing`, `unknown_area`, or
                `wrong_password` at `own_password`.
            EnvironmentFault: The machine denied it.
        """
        self._require()
        name = self._checked(name)
        given, within = _roles(roles), _areas(areas)
        password = may_be_set(password, self._near(name))
        slots, key = self._guard.key(own_password)
        officer = Officer(
            id=new_record_id(self._hand.random_bytes),
            name=name,
            roles=given,
            active=True,
            since=civil(self._hand.clock.now()),
            areas=within,
            must_change=True,
        )
        slots = self._with_password(slots, key, officer, password)
        told = f"Thêm cán bộ {name}: {roles_label(given)}; {areas_label(within)}"
        with self._store.writing(self._hand.officer, Action.PEOPLE) as work:
            officers.add(work.connection, officer.id, name, given, officer.since, must_change=True)
            officers.change(work.connection, officer)
            work.note("", "", told)
            slotfile.stage(work, slots, self._store.folder)
        return f"Đã thêm cán bộ {name}. Cán bộ đăng nhập bằng mật khẩu này rồi đặt mật khẩu riêng."

    def appoint(self, name: str, roles: Iterable[Role], areas: Iterable[str]) -> str:
        """Give an officer these roles and areas in place of the ones before.

        Raises:
            UserError: `unknown_officer`, `roles_missing`, `unknown_area`, `last_administrator`,
                `not_allowed`.
            EnvironmentFault: The machine denied it.
        """
        self._require()
        given, within = _roles(roles), _areas(areas)
        with self._store.writing(self._hand.officer, Action.PEOPLE) as work:
            held = _found(work, name)
            after = replace(held, roles=given, areas=within)
            self._keep_an_administrator(work, after)
            officers.change(work.connection, after)
            told = f"{roles_label(given)}; {areas_label(within)}"
            before = f"{roles_label(held.roles)}; {areas_label(held.areas)}"
            work.note("", "", f"Giao vai trò cho {held.name}: {told} (trước đó: {before})")
        return f"Đã giao vai trò cho {held.name}: {told}."

    def remove(self, name: str) -> str:
        """Let an officer sign in no more; what they wrote stays.

        Raises:
            UserError: `unknown_officer`, `remove_oneself`, `last_administrator`, `not_allowed`.
            EnvironmentFault: The machine denied it.
        """
        self._require()
        path = self._store.folder / SLOTS_FILE
        with self._store.writing(self._hand.officer, Action.PEOPLE) as work:
            held = _found(work, name)
            if held.name == self._hand.officer:
                message = "Không tự cho mình thôi được. Nhờ cán bộ quản trị khác thực hiện."
                raise UserError("remove_oneself", message, "name")
            after = replace(held, active=False)
            self._keep_an_administrator(work, after)
            officers.change(work.connection, after)
            work.note("", "", f"Cho cán bộ {held.name} thôi đăng nhập")
            left = vault.without_officer(vault.load(path), held.id)
            slotfile.stage(work, left, self._store.folder)
        return f"Cán bộ {held.name} không đăng nhập được nữa. Hồ sơ đã nhập vẫn giữ nguyên."

    def reset(self, name: str, password: str, own_password: str) -> str:
        """Set an officer's password anew, for one sign-in.

        Raises:
            UserError: `unknown_officer`, `reset_oneself`, what `may_be_set` refuses,
                `not_allowed`, or `wrong_password` at `own_password`.
            EnvironmentFault: The machine denied it.
        """
        self._require()
        with self._store.reading() as reader:
            held = _found(reader, name)
        if held.name == self._hand.officer:
            message = "Mật khẩu của chính mình thì đổi ở mục “Đổi mật khẩu”."
            raise UserError("reset_oneself", message, "name")
        password = may_be_set(password, self._near(held.name))
        slots, key = self._guard.key(own_password)
        slots = self._with_password(slots, key, held, password)
        with self._store.writing(self._hand.officer, Action.PEOPLE) as work:
            officers.change(work.connection, replace(held, must_change=True))
            work.note("", "", f"Đặt lại mật khẩu cho {held.name}")
            slotfile.stage(work, slots, self._store.folder)
        return (
            f"Đã đặt lại mật khẩu cho {held.name}. "
            "Cán bộ đăng nhập bằng mật khẩu này rồi đặt mật khẩu riêng."
        )

    def change_own(self, old: str, new: str) -> str:
        """Set the password of the officer at work.

        Args:
            old: The password in force.
            new: The one to be set.

        Raises:
            UserError: What `may_be_set` refuses, `password_same`, or `wrong_password` at
                `own_password`.
            EnvironmentFault: The machine denied it.
        """
        with self._store.reading() as reader:
            held = _found(reader, self._hand.officer)
        new = may_be_set(new, self._near(held.name))
        if new == nfc(old):
            message = "Mật khẩu mới trùng mật khẩu đang dùng. Đặt mật khẩu khác."
            raise UserError("password_same", message, "password")
        slots, key = self._guard.key(old)
        kept = self._guard.key_files.find(slots.of(held.name).stick)
        slots = self._with_password(slots, key, held, new, kept)
        with self._store.writing(self._hand.officer, Action.PASSWORD) as work:
            officers.change(work.connection, replace(held, must_change=False))
            work.note("", "", "Đổi mật khẩu của mình")
            slotfile.stage(work, slots, self._store.folder)
        return "Đã đổi mật khẩu. Lần đăng nhập sau dùng mật khẩu mới."

    def has_key_file(self) -> bool:
        """Tell whether the officer at work signs in with a key file."""
        slots = vault.load(self._store.folder / SLOTS_FILE)
        return bool(slots.of(self._hand.officer).stick)

    def make_key_file(self, own_password: str, folder: Path) -> str:
        """Write a new key file to a stick, and ask for it at each sign-in from now on.

        Raises:
            UserError: `key_file_beside_store`, or `wrong_password` at `own_password`.
            EnvironmentFault: The machine denied it; the sign-in is as before.
        """
        if folder.resolve().is_relative_to(self._store.folder.resolve()):
            message = "Tệp chìa khóa để cạnh dữ liệu thì không giữ được gì. Chọn USB của cán bộ."
            raise UserError("key_file_beside_store", message, "folder")
        slots, key = self._guard.key(own_password)
        made = new_key_file(self._hand.random_bytes)
        path = made.save(folder)
        self._guard.key_files.choose(path)
        self._set_key_file(slots, key, own_password, made, "Đăng nhập có thêm tệp chìa khóa")
        return (
            f"Đã ghi tệp chìa khóa {path.name}. Từ lần sau, đăng nhập cần cả mật khẩu và USB này. "
            "Tệp cũ, nếu có, hết hiệu lực."
        )

    def drop_key_file(self, own_password: str) -> str:
        """Ask for the password alone at each sign-in from now on.

        Raises:
            UserError: `no_key_file`, or `wrong_password` at `own_password`.
            EnvironmentFault: The machine denied it; the sign-in is as before.
        """
        if not self.has_key_file():
            raise UserError("no_key_file", "Đang đăng nhập chỉ bằng mật khẩu, không có tệp để bỏ.")
        slots, key = self._guard.key(own_password)
        self._set_key_file(slots, key, own_password, None, "Thôi dùng tệp chìa khóa khi đăng nhập")
        return "Từ lần sau, đăng nhập chỉ bằng mật khẩu. Xóa tệp chìa khóa trên USB."

    def _set_key_file(
        self, slots: vault.KeySlots, key: bytes, password: str, made: KeyFile | None, told: str
    ) -> None:
        with self._store.reading() as reader:
            held = _found(reader, self._hand.officer)
        slots = self._with_password(slots, key, held, nfc(password), made)
        with self._store.writing(self._hand.officer, Action.PASSWORD) as work:
            work.note("", "", told)
            slotfile.stage(work, slots, self._store.folder)

    def _require(self) -> None:
        require(self.me().roles, Operation.PEOPLE)

    def _keep_an_administrator(self, reader: Reader, after: Officer) -> None:
        """Refuse what would leave nobody who looks after the officers and can open the store."""
        slots = vault.load(self._store.folder / SLOTS_FILE)
        opens = {slot.officer for slot in slots.slots if slot.holder == vault.OFFICER}
        held = [after if one.id == after.id else one for one in officers.every(reader.connection)]
        if any(one.active and one.id in opens and may(one.roles, Operation.PEOPLE) for one in held):
            return
        message = (
            f"{after.name} là cán bộ quản trị duy nhất còn mở được dữ liệu. "
            "Giao vai trò Quản trị cho cán bộ khác trước."
        )
        raise UserError("last_administrator", message, "name")

    def _with_password(
        self,
        slots: vault.KeySlots,
        key: bytes,
        officer: Officer,
        password: str,
        key_file: KeyFile | None = None,
    ) -> vault.KeySlots:
        return vault.with_slot(
            slots,
            key,
            officer=officer.id,
            name=officer.name,
            password=password,
            hardness=self._hardness,
            random_bytes=self._hand.random_bytes,
            key_file=key_file,
        )

    def _near(self, name: str) -> tuple[str, ...]:
        return (name, unit_name(self._store))

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


def unit_name(store: Store) -> str:
    """Return the name of the unit whose store this is."""
    with store.reading() as reader:
        unit = reader.setting(settings.UNIT)
        return reader.titles("unit", [unit]).get(unit, "")


def _person(one: Officer) -> Person:
    return Person(one.name, one.roles, one.since[:10], one.areas, one.must_change)


def _found(reader: Reader, name: str) -> Officer:
    """Return the active officer of a name, marks and capitals aside when unmistakable."""
    active = [one for one in officers.every(reader.connection) if one.active]
    exact = [one for one in active if one.name == nfc(name).strip()]
    found = exact or [one for one in active if fold(one.name) == fold(name.strip())]
    if len(found) == 1:
        return found[0]
    message = f"Không có cán bộ “{name}” trên máy này. Chọn đúng tên trong danh sách."
    raise UserError("unknown_officer", message, "name")


def _roles(given: Iterable[Role]) -> frozenset[Role]:
    roles = frozenset(given)
    if not roles:
        message = "Chưa chọn vai trò. Chọn ít nhất một vai trò."
        raise UserError("roles_missing", message, "roles")
    return roles


def _areas(given: Iterable[str]) -> frozenset[str]:
    areas = frozenset(given)
    unknown = sorted(areas - AREA_NAMES.keys())
    if unknown:
        known = ", ".join(AREA_NAMES)
        message = f"Không có mảng việc “{unknown[0]}”. Các mảng việc: {known}."
        raise UserError("unknown_area", message, "areas")
    return areas
