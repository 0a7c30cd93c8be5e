"""The public vectors of age and of its curve, through the function that opens a bundle."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import json
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from antq_desktop.bundle import envelope
from antq_desktop.bundle.refused import Refused

PUBLIC = Path(__file__).parents[1] / "vectors" / "public"
FIELD_PRIME = 2**255 - 19
CODES = {
    "header failure": {"envelope_malformed", "not_a_bundle", "file_empty"},
    "HMAC failure": {"damaged"},
    "no match": {"not_for_us"},
    "payload failure": {"damaged"},
    "armor failure": {"not_a_bundle"},
}
# Passphrases, armour and hybrid keys have no place in a bundle, whatever else is right about them.
NOT_OURS = ("scrypt", "armor", "hybrid")
# A file that ends within the nonce is told as one that was cut short, as after any other byte.
CUT_SHORT = {"stream_no_nonce", "stream_short_nonce"}


@dataclass(frozen=True)
class Vector:
    name: str
    expect: str
    payload: str
    identities: tuple[str, ...]
    data: bytes

    @property
    def ours(self) -> bool:
        return not self.name.startswith(NOT_OURS) and bool(self.identities)


def read(path: Path) -> Vector:
    head, _, data = path.read_bytes().partition(b"\n\n")
    pairs = [line.split(": ", 1) for line in head.decode().splitlines()]
    said = dict(pairs)
    if said.get("compressed") == "zlib":
        data = zlib.decompress(data)
    identities = tuple(value for key, value in pairs if key == "identity")
    return Vector(path.name, said["expect"], said.get("payload", ""), identities, data)


VECTORS = [read(path) for path in sorted((PUBLIC / "age").iterdir())]


def opened(vector: Vector) -> bytes:
    out = io.BytesIO()
    keys = [key for key in vector.identities if key.startswith("AGE-SECRET-KEY-1")]
    envelope.decrypt(io.BytesIO(vector.data), out, keys)
    return out.getvalue()


@pytest.mark.parametrize(
    "vector", [v for v in VECTORS if v.expect == "success" and v.ours], ids=lambda v: v.name
)
def test_what_the_public_vectors_call_right_opens_to_the_payload_they_name(vector: Vector) -> None:
    assert hashlib.sha256(opened(vector)).hexdigest() == vector.payload


@pytest.mark.parametrize(
    "vector", [v for v in VECTORS if v.expect != "success" and v.ours], ids=lambda v: v.name
)
def test_what_the_public_vectors_call_wrong_is_refused_for_its_own_reason(vector: Vector) -> None:
    with pytest.raises(Refused) as caught:
        opened(vector)
    allowed = {"damaged"} if vector.name in CUT_SHORT else CODES[vector.expect]
    assert caught.value.fault.code in allowed


@pytest.mark.parametrize("vector", [v for v in VECTORS if not v.ours], ids=lambda v: v.name)
def test_ways_of_age_that_a_bundle_never_uses_are_refused(vector: Vector) -> None:
    with pytest.raises(Refused):
        opened(vector)


def exchanges() -> list[dict[str, str]]:
    told = json.loads((PUBLIC / "wycheproof" / "x25519_test.json").read_text(encoding="utf-8"))
    return [case for group in told["testGroups"] for case in group["tests"]]


def sealed_with(case: dict[str, str], payload: bytes) -> tuple[str, bytes]:
    """Make by hand the file that somebody sends whose share and shared secret the case names."""
    share, secret = bytes.fromhex(case["public"]), bytes.fromhex(case["shared"])
    private = bytes.fromhex(case["private"])
    own = X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    file_key = bytes(range(16))
    wrapping = derived(secret, share + own, b"age-encryption.org/v1/X25519")
    body = ChaCha20Poly1305(wrapping).encrypt(bytes(12), file_key, None)
    head = b"age-encryption.org/v1\n-> X25519 " + plain(share) + b"\n" + plain(body) + b"\n---"
    mac = hmac.digest(derived(file_key, b"", b"header"), head, "sha256")
    nonce = bytes(16)
    chunk = ChaCha20Poly1305(derived(file_key, nonce, b"payload"))
    last = chunk.encrypt(bytes(11) + b"\x01", payload, None)
    return bech32(private), head + b" " + plain(mac) + b"\n" + nonce + last


def derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(secret)


def plain(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def bech32(data: bytes) -> str:
    letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    values = [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]
    human = "age-secret-key-"
    spread = [ord(c) >> 5 for c in human] + [0] + [ord(c) & 31 for c in human]
    check = 1
    for value in [*spread, *values, 0, 0, 0, 0, 0, 0]:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= term if top >> bit & 1 else 0
    check ^= 1
    values += [check >> 5 * (5 - at) & 31 for at in range(6)]
    return (human + "1" + "".join(letters[value] for value in values)).upper()


def test_every_public_exchange_opens_or_is_refused_as_its_share_deserves() -> None:
    """A share of small order, or one in a second spelling, is refused; every other one opens."""
    outcome = {True: 0, False: 0}
    for case in exchanges():
        identity, data = sealed_with(case, b"payload")
        share = int.from_bytes(bytes.fromhex(case["public"]), "little")
        good = share < FIELD_PRIME and any(bytes.fromhex(case["shared"]))
        outcome[good] += 1
        out = io.BytesIO()
        if good:
            envelope.decrypt(io.BytesIO(data), out, [identity])
            assert out.getvalue() == b"payload", case["tcId"]
            continue
        with pytest.raises(Refused) as caught:
            envelope.decrypt(io.BytesIO(data), out, [identity])
        assert (caught.value.fault.code, out.getvalue()) == ("envelope_malformed", b"")
    assert min(outcome.values()) > 0
