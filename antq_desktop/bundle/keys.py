"""The keys of a device: one that signs, one that opens, and the public file that tells of both.

A device signs with Ed25519 and is written to through an age recipient (X25519). Its public file,
`.antqkey`, is one canonical JSON line signed by the device itself; it is believed only after a
person has compared its code (mã đối chiếu) with the printed slip.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from antq_desktop.bundle import envelope, minisign
from antq_desktop.bundle.minisign import PublicKey
from antq_desktop.domain.canonical import Json, canonical, parse_canonical_object
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.exchange import LARGEST_NUMBER, BundleKind, Party
from antq_desktop.domain.wire import WireError, device_id, exactly, whole, words

KEY_FORMAT: Final = 0
KEY_EXTENSION: Final = ".antqkey"
LARGEST_KEY_FILE: Final = 8 * 1024
FINGERPRINT_GROUPS: Final = 8
FINGERPRINT_GROUP_DIGITS: Final = 5
_ROTATION_PREFIX: Final = b"ANTQ key rotation 0\n"
_PUBLIC_PREFIX: Final = b"ANTQ public device 0\n"
_PUBLIC_KEYS: Final = frozenset({"age", "antqkey", "device", "label", "sign", "unit"})
_SECRET_KEYS: Final = frozenset({"age", "antqsecret", "device", "label", "sign", "unit"})
_SEED_BYTES: Final = 32
_MOST_WRITERS: Final = 100


@dataclass(frozen=True, slots=True)
class Rotation:
    """What the former key of a device says of its new one.

    Attributes:
        key: The former signing key.
        reached: For each writer the last number that the former key signed.
        signature: Of the former key over the new public parts and `reached`.
    """

    key: PublicKey
    reached: Mapping[str, int]
    signature: bytes

    def holds(self, device: PublicDevice) -> bool:
        """Return whether the former key signed these public parts."""
        return self.key.verify(_rotation_told(device, self.reached), self.signature)

    def to_json(self) -> dict[str, Json]:
        """Return it as the public file carries it."""
        return {
            "key": self.key.text,
            "reached": dict(self.reached),
            "signature": base64.b64encode(self.signature).decode(),
        }


@dataclass(frozen=True, slots=True)
class PublicDevice:
    """What everybody may know of a device.

    Attributes:
        unit: The unit it belongs to.
        device: Its lasting id, 32 hexadecimal letters; it stays when the keys are changed.
        label: What people call it, for instance the room it stands in.
        sign_public: Its public signing key.
        age_recipient: Where to write to, `age1…`.
        rotation: What its former key says of this one; None for its first key, or after a loss.
    """

    unit: Party
    device: str
    label: str
    sign_public: PublicKey
    age_recipient: str
    rotation: Rotation | None = field(default=None, compare=False)

    @property
    def key_id(self) -> str:
        """Id of the signing key, as it stands in each signature."""
        return self.sign_public.key_id

    @property
    def fingerprint(self) -> tuple[str, ...]:
        """The code that two people compare: 8 groups of 5 digits.

        10^40 codes are 132 bits: who wants another device with the same code must try 2^132 times,
        above the 128 bits of the keys themselves. Unit and label are in it, so comparing it
        confirms what the slip says as well as the keys.
        """
        digits = FINGERPRINT_GROUPS * FINGERPRINT_GROUP_DIGITS
        number = int.from_bytes(hashlib.sha256(self._signed()).digest(), "big") % 10**digits
        text = f"{number:0{digits}d}"
        step = FINGERPRINT_GROUP_DIGITS
        return tuple(text[start : start + step] for start in range(0, digits, step))

    def wrong_groups(self, typed: str) -> tuple[int, ...]:
        """Return which groups (0 to 7) of a typed code differ; none means that it is the same.

        Spaces, dots, dashes and line ends between digits are ignored; missing or surplus digits
        make every group from there on wrong.
        """
        digits = "".join(letter for letter in typed if letter not in " .-\t\r\n\u00a0")
        step = FINGERPRINT_GROUP_DIGITS
        given = [digits[start : start + step] for start in range(0, len(digits), step)]
        wrong = [
            number
            for number, group in enumerate(self.fingerprint)
            if number >= len(given) or given[number] != group
        ]
        if len(given) > FINGERPRINT_GROUPS:
            wrong = sorted({*wrong, FINGERPRINT_GROUPS - 1})
        return tuple(wrong)

    def to_json(self) -> dict[str, Json]:
        """Return the public parts, without the signature."""
        return {
            "age": self.age_recipient,
            "antqkey": KEY_FORMAT,
            "device": self.device,
            "label": self.label,
            "sign": self.sign_public.text,
            "unit": self.unit.to_json(),
        }

    def _signed(self) -> bytes:
        return _PUBLIC_PREFIX + canonical(self.to_json())


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A device that a person has accepted, and what it may send here.

    Attributes:
        device: Its public parts, as accepted.
        may_send: Kinds of bundle that are taken from it.
        units: Ids of the units it speaks for: its own, and what that unit became or took over by
            the signed tree of units; empty means its own alone.
        revoked: True once its key is no longer believed.
        reached: Once the device signs with another key: for each writer the last number that this
            key signed. What claims to be later is not believed. None while the key is in use.
    """

    device: PublicDevice
    may_send: frozenset[BundleKind]
    units: frozenset[str] = frozenset()
    revoked: bool = False
    reached: Mapping[str, int] | None = None

    def speaks_for(self, unit_id: str) -> bool:
        """Return whether the device belongs to a unit, under the name it has now or had before."""
        return unit_id == self.device.unit.id or unit_id in self.units


@dataclass(frozen=True, slots=True)
class DeviceKeys:
    """The secret keys of this device, with its public parts."""

    public: PublicDevice
    signing: Ed25519PrivateKey = field(repr=False)
    age_identity: str = field(repr=False)
    former: tuple[str, ...] = field(default=(), repr=False)

    @property
    def identities(self) -> tuple[str, ...]:
        """The age identities that open what was written to this device, the newest first."""
        return self.age_identity, *self.former

    def rotated(self, reached: Mapping[str, int]) -> DeviceKeys:
        """Make the keys that follow these, vouched for by these.

        Args:
            reached: For each writer the last number that was signed with these.
        """
        unit, device, label = self.public.unit, self.public.device, self.public.label
        new = DeviceKeys.generate(unit, device, label)
        signature = self.signing.sign(_rotation_told(new.public, reached))
        rotation = Rotation(self.public.sign_public, dict(reached), signature)
        public = replace(new.public, rotation=rotation)
        return DeviceKeys(public, new.signing, new.age_identity, self.identities)

    @classmethod
    def generate(cls, unit: Party, device: str, label: str) -> DeviceKeys:
        """Make new keys for a device.

        Raises:
            WireError: Unit, device or label is not as a bundle needs it.
        """
        signing = Ed25519PrivateKey.generate()
        return cls.made_of(unit, device, label, signing, envelope.new_identity())

    @classmethod
    def made_of(
        cls, unit: Party, device: str, label: str, signing: Ed25519PrivateKey, identity: str
    ) -> DeviceKeys:
        """Put keys together from their secret parts.

        Raises:
            WireError: Unit, device or label is not as a bundle needs it.
            ValueError: The identity is none.
        """
        public = PublicDevice(
            unit=Party.from_json(unit.to_json(), "unit"),
            device=device_id(device, "device"),
            label=words(label, "label"),
            sign_public=PublicKey(signing.public_key().public_bytes_raw()),
            age_recipient=envelope.recipient_of(identity),
        )
        return cls(public, signing, identity)

    def sign(self, data: bytes, comment: str) -> bytes:
        """Return the minisign signature file of some bytes."""
        return minisign.sign(self.signing, data, comment)

    def public_file(self) -> bytes:
        """Return the content of the public file: one canonical line, signed by the device."""
        public = self.public
        signature = self.signing.sign(_PUBLIC_PREFIX + canonical(public.to_json()))
        given: dict[str, Json] = {
            **public.to_json(),
            "signature": base64.b64encode(signature).decode(),
        }
        if public.rotation is not None:
            given["rotates"] = public.rotation.to_json()
        return canonical(given) + b"\n"

    def to_secret(self) -> bytes:
        """Return all of it as bytes for the vault; never write them anywhere unsealed."""
        given: dict[str, Json] = {
            "age": self.age_identity,
            "antqsecret": KEY_FORMAT,
            "device": self.public.device,
            "label": self.public.label,
            "sign": base64.b64encode(self.signing.private_bytes_raw()).decode(),
            "unit": self.public.unit.to_json(),
        }
        return canonical(given)

    @classmethod
    def from_secret(cls, data: bytes) -> DeviceKeys:
        """Read back what the vault kept.

        Raises:
            UserError: `secret_keys_malformed`.
        """
        try:
            given = exactly(parse_canonical_object(data), "secret", _SECRET_KEYS)
            seed = base64.b64decode(_text(given["sign"]), validate=True)
            if given["antqsecret"] != KEY_FORMAT or len(seed) != _SEED_BYTES:
                raise WireError("secret")
            return cls.made_of(
                Party.from_json(given["unit"], "unit"),
                _text(given["device"]),
                _text(given["label"]),
                Ed25519PrivateKey.from_private_bytes(seed),
                _text(given["age"]),
            )
        except (ValueError, binascii.Error) as fault:
            raise malformed_secret() from fault


def malformed_secret() -> UserError:
    """Return the refusal of secret keys that cannot be read."""
    message = "Chìa khóa số của máy không đọc được. Khôi phục từ bản lưu chìa khóa số."
    return UserError("secret_keys_malformed", message)


def _rotation_told(device: PublicDevice, reached: Mapping[str, int]) -> bytes:
    return _ROTATION_PREFIX + canonical({"device": device.to_json(), "reached": dict(reached)})


def parse_public_file(data: bytes) -> PublicDevice:
    """Read a public file; it is not yet believed, only whole and in agreement with itself.

    Raises:
        UserError: `key_file_malformed`, `key_file_newer` or `key_file_altered`.
    """
    try:
        given = _public_object(data)
        signature = base64.b64decode(_text(given.pop("signature")), validate=True)
        rotation = rotation_from_json(given.pop("rotates")) if "rotates" in given else None
        device = replace(public_from_json(given), rotation=rotation)
    except (ValueError, KeyError, binascii.Error) as fault:
        raise UserError(
            "key_file_malformed",
            "Tệp đăng ký máy không đúng quy định. Đề nghị đơn vị kia ghi lại tệp đăng ký.",
        ) from fault
    sound = device.sign_public.verify(_PUBLIC_PREFIX + canonical(given), signature)
    if not sound or (rotation is not None and not rotation.holds(device)):
        raise UserError(
            "key_file_altered",
            "Tệp đăng ký máy đã bị sửa. Đề nghị đơn vị kia ghi lại tệp và đối chiếu mã.",
        )
    return device


def public_from_json(given: Json) -> PublicDevice:
    """Read the public parts alone, as an enrolment list carries them.

    Raises:
        ValueError: Something is missing, surplus or malformed.
    """
    parts = exactly(given, "antqkey", _PUBLIC_KEYS)
    recipient = _text(parts["age"])
    if parts["antqkey"] != KEY_FORMAT or not envelope.is_recipient(recipient):
        raise WireError("age")
    return PublicDevice(
        unit=Party.from_json(parts["unit"], "unit"),
        device=device_id(parts["device"], "device"),
        label=words(parts["label"], "label"),
        sign_public=PublicKey.from_text(_text(parts["sign"])),
        age_recipient=recipient,
    )


def rotation_from_json(given: Json) -> Rotation:
    """Read what a former key says of a new one.

    Raises:
        ValueError: Something is missing, surplus or malformed.
    """
    parts = exactly(given, "rotates", {"key", "reached", "signature"})
    reached = parts["reached"]
    if not isinstance(reached, dict) or len(reached) > _MOST_WRITERS:
        raise WireError("reached")
    return Rotation(
        PublicKey.from_text(_text(parts["key"])),
        {name: whole(number, "reached", 1, LARGEST_NUMBER) for name, number in reached.items()},
        base64.b64decode(_text(parts["signature"]), validate=True),
    )


def _public_object(data: bytes) -> dict[str, Json]:
    if len(data) > LARGEST_KEY_FILE or not data.endswith(b"\n"):
        raise WireError("antqkey")
    given = parse_canonical_object(data[:-1])
    theirs = given.get("antqkey")
    if isinstance(theirs, int) and theirs > KEY_FORMAT:
        raise UserError(
            "key_file_newer",
            f"Tệp đăng ký theo định dạng {theirs}, chương trình này đọc đến định dạng"
            f" {KEY_FORMAT}. Cập nhật chương trình rồi nhập lại.",
        )
    return given


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise WireError("text")
    return value
