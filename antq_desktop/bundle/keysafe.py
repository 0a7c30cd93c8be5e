"""Secret keys outside the store: a file under a passphrase, and bytes for printed parts.

The file is what `age -p` makes of an identity file, so that `age -d -i` opens a bundle with it
where there is no program.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from antq_desktop.bundle import envelope
from antq_desktop.bundle.keys import DeviceKeys, malformed_secret
from antq_desktop.domain.errors import UserError

if TYPE_CHECKING:
    from antq_desktop.domain.exchange import Party

_KEPT_LINE: Final = "# ANTQ-SECRET "
_DEVICE_BYTES: Final = 16
_KEY_BYTES: Final = 32


def sealed_with(keys: DeviceKeys, passphrase: str) -> bytes:
    """Return a file of keys under a passphrase."""
    secret = base64.b64encode(keys.to_secret()).decode()
    lines = (
        f"# {keys.public.unit.name}, {keys.public.label}",
        f"{_KEPT_LINE}{secret}",
        *keys.identities,
    )
    return envelope.locked("".join(f"{line}\n" for line in lines).encode(), passphrase)


def unsealed(data: bytes, passphrase: str) -> DeviceKeys:
    """Read back what `sealed_with` made.

    Raises:
        UserError: `key_backup_closed`: another passphrase or another file;
            `secret_keys_malformed`.
    """
    try:
        lines = envelope.unlocked(data, passphrase).decode().splitlines()
    except ValueError as fault:
        message = "Mật khẩu không mở được bản lưu chìa khóa, hoặc tệp không phải bản lưu."
        raise UserError("key_backup_closed", message, "passphrase") from fault
    try:
        held = next(line for line in lines if line.startswith(_KEPT_LINE))
        keys = DeviceKeys.from_secret(base64.b64decode(held.removeprefix(_KEPT_LINE)))
    except (StopIteration, binascii.Error) as fault:
        raise malformed_secret() from fault
    first, *former = [line for line in lines if not line.startswith("#")]
    if first != keys.age_identity:
        raise malformed_secret()
    return replace(keys, former=tuple(former))


def to_parts(keys: DeviceKeys) -> bytes:
    """Return the bytes from which printed parts are made: device, signing key, age key."""
    return (
        bytes.fromhex(keys.public.device)
        + keys.signing.private_bytes_raw()
        + envelope.bytes_of(keys.age_identity)
    )


def from_parts(data: bytes, unit: Party, label: str) -> DeviceKeys:
    """Read back what `to_parts` gave, for a unit and a label that the sheets name.

    Raises:
        UserError: `secret_keys_malformed`.
    """
    if len(data) != _DEVICE_BYTES + 2 * _KEY_BYTES:
        raise malformed_secret()
    seed, raw = data[_DEVICE_BYTES:-_KEY_BYTES], data[-_KEY_BYTES:]
    signing = Ed25519PrivateKey.from_private_bytes(seed)
    device = data[:_DEVICE_BYTES].hex()
    return DeviceKeys.made_of(unit, device, label, signing, envelope.identity_of(raw))
