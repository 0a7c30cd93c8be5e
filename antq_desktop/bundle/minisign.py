"""Signatures in minisign's format: Ed25519 over BLAKE2b-512, with a signed (trusted) comment.

Public key: `Ed`, key id (8 bytes), key (32 bytes). Signature: `ED`, key id, signature (64 bytes);
then a second signature over the first one and the trusted comment. Both in padded base64.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_ID_BYTES: Final = 8
_PUBLIC_MARK: Final = b"Ed"
_PREHASHED_MARK: Final = b"ED"
_SIGNATURE_BYTES: Final = 64
_KEY_BYTES: Final = 32
_UNTRUSTED: Final = "untrusted comment: "
_TRUSTED: Final = "trusted comment: "
_LONGEST_COMMENT: Final = 1000
_PRIME: Final = 2**255 - 19
# The y of each point whose order divides 8, with their spellings beyond the prime.
_SMALL_ORDER: Final = frozenset(
    {
        *(0, 1, _PRIME - 1, _PRIME, _PRIME + 1),
        0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,
        0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7,
    }
)


class MalformedSignatureError(ValueError):
    """The text is no minisign signature or public key in its one spelling."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public signing key; its id is worked out from the key, so nobody can choose it."""

    raw: bytes

    @property
    def key_id(self) -> str:
        """The id as minisign prints it: 16 upper-case hexadecimal letters."""
        return _shown(_key_id(self.raw))

    @property
    def text(self) -> str:
        """The base64 line that `minisign -P` takes."""
        return base64.b64encode(_PUBLIC_MARK + _key_id(self.raw) + self.raw).decode()

    @classmethod
    def from_text(cls, text: str) -> PublicKey:
        """Read the base64 line.

        Raises:
            MalformedSignatureError: Wrong length, mark, key id or spelling.
        """
        data = _base64(text, len(_PUBLIC_MARK) + KEY_ID_BYTES + _KEY_BYTES)
        key = cls(data[-_KEY_BYTES:])
        if key.text != text or _has_small_order(key.raw):
            raise MalformedSignatureError("key")
        return key

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Return whether a plain Ed25519 signature holds."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signature:
    """A parsed signature file; nothing in it is believed before `holds` says so."""

    key_id: str
    signature: bytes
    comment: str
    comment_signature: bytes

    def holds(self, key: PublicKey, digest: bytes) -> bool:
        """Return whether key, digest of the file and trusted comment belong together."""
        return (
            key.key_id == self.key_id
            and key.verify(digest, self.signature)
            and key.verify(self.signature + self.comment.encode(), self.comment_signature)
        )


def file_digest(data: bytes) -> bytes:
    """Return the BLAKE2b-512 digest that is signed in place of the file."""
    return hashlib.blake2b(data).digest()


def sign(key: Ed25519PrivateKey, data: bytes, comment: str) -> bytes:
    """Return the signature file of some bytes with a trusted comment of one line.

    Raises:
        ValueError: The comment is longer than 1000 bytes or not one printable line.
    """
    if len(comment.encode()) > _LONGEST_COMMENT or not comment.isprintable():
        raise ValueError("a trusted comment is one line of at most 1000 bytes")
    public = PublicKey(key.public_key().public_bytes_raw())
    signature = key.sign(file_digest(data))
    whole = _PREHASHED_MARK + _key_id(public.raw) + signature
    lines = (
        f"{_UNTRUSTED}signature from ANTQ device key {public.key_id}",
        base64.b64encode(whole).decode(),
        f"{_TRUSTED}{comment}",
        base64.b64encode(key.sign(signature + comment.encode())).decode(),
    )
    return "".join(f"{line}\n" for line in lines).encode()


def parse_signature(data: bytes) -> Signature:
    """Read a signature file strictly: four lines, prehashed, nothing after them.

    Raises:
        MalformedSignatureError: Anything else.
    """
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as fault:
        raise MalformedSignatureError("not UTF-8") from fault
    if len(lines) != 5 or lines[4]:
        raise MalformedSignatureError("not four lines")
    untrusted, signed, trusted, comment_signed, _ = lines
    comment = trusted.removeprefix(_TRUSTED)
    if not untrusted.startswith(_UNTRUSTED) or comment == trusted or not comment.isprintable():
        raise MalformedSignatureError("comment")
    whole = _base64(signed, len(_PREHASHED_MARK) + KEY_ID_BYTES + _SIGNATURE_BYTES)
    if not whole.startswith(_PREHASHED_MARK):
        raise MalformedSignatureError("not prehashed")
    return Signature(
        key_id=_shown(whole[2 : 2 + KEY_ID_BYTES]),
        signature=whole[-_SIGNATURE_BYTES:],
        comment=comment,
        comment_signature=_base64(comment_signed, _SIGNATURE_BYTES),
    )


def _has_small_order(raw: bytes) -> bool:
    """Under such a key one signature would hold for every message."""
    return int.from_bytes(raw, "little") % 2**255 in _SMALL_ORDER


def _key_id(raw: bytes) -> bytes:
    return hashlib.sha256(b"ANTQ key id\n" + raw).digest()[:KEY_ID_BYTES]


def _shown(key_id: bytes) -> str:
    return f"{int.from_bytes(key_id, 'little'):016X}"


def _base64(text: str, size: int) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise MalformedSignatureError("base64") from fault
    if len(data) != size or base64.b64encode(data).decode() != text:
        raise MalformedSignatureError("base64")
    return data
