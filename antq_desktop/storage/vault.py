"""The key of the store, wrapped once for each officer; the slot file has its final form here.

The store's key is 32 random bytes, given raw to SQLCipher. `keyslots.json` holds it wrapped by
AES-256-GCM under a key that Argon2id derives from an officer's password (NFC first). The file is
no secret: it names the officers (they are chosen from a list at sign-in) and holds no key in clear.
Everything in a slot but the wrapped key itself is authenticated with it, so that no parameter can
be exchanged unnoticed. Every backup carries this file beside the store.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from antq_desktop.domain.canonical import canonical
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.ids import RandomBytes, new_record_id
from antq_desktop.domain.passwords import SHORTEST
from antq_desktop.domain.text import fold, nfc
from antq_desktop.files import write_atomically

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.storage.keyfile import KeyFile, KeyFiles

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
FORMAT: Final = 1
OFFICER: Final = "officer"
RECOVERY: Final = "recovery"
AIM: Final = 0.7  # seconds that a derivation should take
QUICK: Final = 0.4  # under these it is made harder at the next sign-in
MOST_ROUNDS: Final = 60
_NO_KEY_FILE: Final = (
    "{} đăng nhập bằng mật khẩu và tệp chìa khóa trên USB. Cắm USB đó, hoặc chọn tệp, rồi nhập lại."
)


@dataclass(frozen=True, slots=True)
class Hardness:
    """How much work a guess of the password costs (Argon2id).

    Attributes:
        memory: KiB, at least 19,456 (19 MiB).
        rounds: Passes over it, at least 2.
        lanes: Parallel lanes.
    """

    memory: int = 65_536
    rounds: int = 3
    lanes: int = 1

    def __post_init__(self) -> None:
        if self.memory < 19_456 or self.rounds < 2 or self.lanes < 1:
            raise ValueError("a key derivation under 19 MiB and t=2 is not accepted")
        if self.memory > 4_194_304 or self.rounds > 1_000 or self.lanes > 64:
            raise ValueError("a key derivation that no machine ends is not accepted")


FLOOR: Final = Hardness(memory=19_456, rounds=2)
EVERYDAY: Final = Hardness()


@dataclass(frozen=True, slots=True)
class KeySlot:
    """The store's key as one holder can open it.

    Attributes:
        id: Random, 32 hexadecimal letters.
        holder: `officer`, or another kind of holder such as a recovery sheet.
        officer: Id of the officer's row in the store; empty for other holders.
        name: What the sign-in list shows.
        hardness: Parameters of the derivation, stored so that they may grow.
        salt: Of the derivation.
        nonce: Of the wrapping.
        wrapped: The key, wrapped.
        stick: Id of the key file that opens it together with the password; empty for none.
    """

    id: str
    holder: str
    officer: str
    name: str
    hardness: Hardness
    salt: bytes
    nonce: bytes
    wrapped: bytes
    stick: str = ""


@dataclass(frozen=True, slots=True)
class KeySlots:
    """The slot file of one store."""

    store: str
    slots: tuple[KeySlot, ...]

    def names(self) -> tuple[str, ...]:
        """Return the names to choose from at sign-in."""
        return tuple(slot.name for slot in self.slots if slot.holder == OFFICER)

    def of(self, name: str) -> KeySlot:
        """Return the slot of an officer by name, accents and capitals aside when unmistakable.

        Raises:
            UserError: `unknown_officer`.
        """
        held = [slot for slot in self.slots if slot.holder == OFFICER]
        exact = [slot for slot in held if slot.name == nfc(name).strip()]
        alike = [slot for slot in held if fold(slot.name) == fold(name.strip())]
        found = exact or alike
        if len(found) == 1:
            return found[0]
        message = f"Không có cán bộ “{name}” trên máy này. Chọn đúng tên trong danh sách."
        raise UserError("unknown_officer", message, "officer")


def new_key(random_bytes: RandomBytes) -> bytes:
    """Return a new key for a store."""
    return random_bytes(KEY_BYTES)


def check_new_password(password: str) -> str:
    """Return a password in NFC, when it is long enough to be set.

    Raises:
        UserError: `password_too_short`.
    """
    password = nfc(password)
    if len(password) < SHORTEST:
        message = f"Mật khẩu cần ít nhất {SHORTEST} ký tự. Đặt mật khẩu dài hơn."
        raise UserError("password_too_short", message, "password")
    return password


def with_slot(
    slots: KeySlots,
    key: bytes,
    *,
    officer: str,
    name: str,
    password: str,
    hardness: Hardness,
    random_bytes: RandomBytes,
    key_file: KeyFile | None = None,
) -> KeySlots:
    """Return the slots with one for this officer, in place of an older one of the same officer.

    With a key file, that file is asked for beside the password.

    Raises:
        UserError: `password_too_short`.
    """
    empty = _empty_slot(OFFICER, officer, nfc(name).strip(), hardness, random_bytes)
    secret = check_new_password(password)
    if key_file is not None:
        empty, secret = replace(empty, stick=key_file.id), key_file.beside(secret)
    slot = _filled(empty, key, slots.store, secret)
    others = tuple(held for held in slots.slots if held.officer != officer)
    return replace(slots, slots=(*others, slot))


def with_recovery(
    slots: KeySlots, key: bytes, secret: str, *, hardness: Hardness, random_bytes: RandomBytes
) -> KeySlots:
    """Return the slots with one for a new recovery sheet; an older sheet opens nothing any more."""
    empty = _empty_slot(RECOVERY, "", "", hardness, random_bytes)
    slot = _filled(empty, key, slots.store, secret)
    return replace(slots, slots=(*without_recovery(slots).slots, slot))


def without_recovery(slots: KeySlots) -> KeySlots:
    """Return the slots without any recovery sheet."""
    return replace(slots, slots=tuple(s for s in slots.slots if s.holder != RECOVERY))


def without_officer(slots: KeySlots, officer: str) -> KeySlots:
    """Return the slots without those of an officer, who opens nothing any more."""
    return replace(slots, slots=tuple(held for held in slots.slots if held.officer != officer))


def has_recovery(slots: KeySlots) -> bool:
    """Tell whether a recovery sheet is in force."""
    return any(slot.holder == RECOVERY for slot in slots.slots)


def unlock_recovery(slots: KeySlots, secret: str) -> bytes:
    """Return the store's key by the code of the recovery sheet.

    Raises:
        UserError: `no_recovery_sheet`, `wrong_recovery_code`.
    """
    from cryptography.exceptions import InvalidTag

    held = [slot for slot in slots.slots if slot.holder == RECOVERY]
    if not held:
        message = (
            "Dữ liệu này chưa có phiếu khôi phục. Nhờ cán bộ quản trị đặt lại mật khẩu, "
            "hoặc khôi phục từ bản sao lưu có phiếu."
        )
        raise UserError("no_recovery_sheet", message, "code")
    try:
        return _unwrap(_derive(secret, held[0]), slots.store, held[0])
    except InvalidTag as fault:
        message = "Mã trên phiếu khôi phục không mở được dữ liệu này. Kiểm tra lại phiếu và mã."
        raise UserError("wrong_recovery_code", message, "code") from fault


def harder(hardness: Hardness, seconds: float) -> Hardness:
    """Return how hard a derivation should be on a machine where this one took so many seconds.

    It aims at 0.7 s and is raised only when it took under 0.4 s, so that a busy moment changes
    nothing; it never becomes easier.
    """
    if seconds <= 0 or seconds >= QUICK:
        return hardness
    rounds = min(int(hardness.rounds * AIM / seconds), MOST_ROUNDS)
    return replace(hardness, rounds=max(rounds, hardness.rounds))


def _empty_slot(
    holder: str, officer: str, name: str, hardness: Hardness, random_bytes: RandomBytes
) -> KeySlot:
    return KeySlot(
        id=new_record_id(random_bytes),
        holder=holder,
        officer=officer,
        name=name,
        hardness=hardness,
        salt=random_bytes(SALT_BYTES),
        nonce=random_bytes(NONCE_BYTES),
        wrapped=b"",
    )


def _filled(slot: KeySlot, key: bytes, store: str, secret: str) -> KeySlot:
    return replace(slot, wrapped=_wrap(_derive(secret, slot), key, store, slot))


def unlock(
    slots: KeySlots, name: str, password: str, key_files: KeyFiles | None = None
) -> tuple[KeySlot, bytes]:
    """Return the officer's slot and the store's key.

    Raises:
        UserError: `unknown_officer`, `key_file_missing`, `wrong_password`.
    """
    from cryptography.exceptions import InvalidTag

    slot = slots.of(name)
    given = nfc(password)
    if slot.stick:
        key_file = key_files.find(slot.stick) if key_files is not None else None
        if key_file is None:
            raise UserError("key_file_missing", _NO_KEY_FILE.format(slot.name), "password")
        given = key_file.beside(given)
    try:
        key = _unwrap(_derive(given, slot), slots.store, slot)
    except InvalidTag as fault:
        message = "Mật khẩu chưa đúng. Kiểm tra phím Caps Lock và bộ gõ rồi nhập lại."
        raise UserError("wrong_password", message, "password") from fault
    return slot, key


def _derive(password: str, slot: KeySlot) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    hardness = slot.hardness
    return hash_secret_raw(
        secret=password.encode("utf-8"),
        salt=slot.salt,
        time_cost=hardness.rounds,
        memory_cost=hardness.memory,
        parallelism=hardness.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _wrap(wrapping: bytes, key: bytes, store: str, slot: KeySlot) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(wrapping).encrypt(slot.nonce, key, _authenticated(store, slot))


def _unwrap(wrapping: bytes, store: str, slot: KeySlot) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(wrapping).decrypt(slot.nonce, slot.wrapped, _authenticated(store, slot))


def _authenticated(store: str, slot: KeySlot) -> bytes:
    return canonical({"format": FORMAT, "store": store, "slot": _slot_facts(slot)})


def _slot_facts(slot: KeySlot) -> dict[str, Json]:
    stick: dict[str, Json] = {"stick": slot.stick} if slot.stick else {}
    return {
        **stick,
        "id": slot.id,
        "holder": slot.holder,
        "officer": slot.officer,
        "name": slot.name,
        "kdf": {
            "name": "argon2id",
            "memory": slot.hardness.memory,
            "rounds": slot.hardness.rounds,
            "lanes": slot.hardness.lanes,
            "salt": _text(slot.salt),
        },
        "nonce": _text(slot.nonce),
    }


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def to_bytes(slots: KeySlots) -> bytes:
    """Write the slot file."""
    written: list[Json] = [
        {**_slot_facts(slot), "wrapped": _text(slot.wrapped)} for slot in slots.slots
    ]
    return canonical({"format": FORMAT, "store": slots.store, "slots": written}) + b"\n"


def from_bytes(data: bytes) -> KeySlots:
    """Read the slot file.

    Raises:
        EnvironmentFault: `keyslots_newer`, `keyslots_damaged`.
    """
    try:
        held = json.loads(data)
        if held["format"] > FORMAT:
            message = (
                f"Tệp chìa khóa số thuộc phiên bản {held['format']}, chương trình này đọc được "
                f"đến phiên bản {FORMAT}. Cài bản chương trình mới hơn."
            )
            raise EnvironmentFault("keyslots_newer", message)
        slots = tuple(_slot_from(item) for item in held["slots"])
        return KeySlots(str(held["store"]), slots)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        message = "Tệp chìa khóa số bị hỏng. Khôi phục từ bản sao lưu gần nhất."
        raise EnvironmentFault("keyslots_damaged", message) from fault


def _slot_from(item: dict[str, object]) -> KeySlot:
    kdf = cast("dict[str, object]", item["kdf"])
    if kdf["name"] != "argon2id":
        raise ValueError("an unknown key derivation")
    number = cast("Callable[[object], int]", int)
    slot = KeySlot(
        id=str(item["id"]),
        holder=str(item["holder"]),
        officer=str(item["officer"]),
        name=str(item["name"]),
        hardness=Hardness(number(kdf["memory"]), number(kdf["rounds"]), number(kdf["lanes"])),
        salt=base64.b64decode(str(kdf["salt"]), validate=True),
        nonce=base64.b64decode(str(item["nonce"]), validate=True),
        wrapped=base64.b64decode(str(item["wrapped"]), validate=True),
        stick=str(item.get("stick", "")),
    )
    if (len(slot.salt), len(slot.nonce), len(slot.wrapped)) != (
        SALT_BYTES,
        NONCE_BYTES,
        KEY_BYTES + TAG_BYTES,
    ):
        raise ValueError("a salt, a nonce or a wrapped key of another length")
    return slot


def save(slots: KeySlots, path: Path) -> None:
    """Write the slot file, whole or not at all.

    Raises:
        EnvironmentFault: The machine denied it.
    """
    write_atomically(path, to_bytes(slots))


def load(path: Path) -> KeySlots:
    """Read the slot file from its place.

    Raises:
        EnvironmentFault: As `from_bytes`, or `no_permission`.
    """
    try:
        data = path.read_bytes()
    except PermissionError as fault:
        message = f"Không có quyền đọc tệp “{path.name}”. Nhờ người quản trị máy cấp quyền."
        raise EnvironmentFault("no_permission", message) from fault
    return from_bytes(data)
