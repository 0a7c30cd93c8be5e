"""The outer envelope: age (age-encryption.org/v1), X25519 recipients, streams in and out.

The header is read strictly before the library sees it, because the library takes a few headers
that the public test vectors call malformed.
"""

from __future__ import annotations

import base64
import binascii
import importlib
import re
from collections.abc import Sequence
from typing import Final, Protocol, cast

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from antq_desktop.bundle.limits import LARGEST_AGE_HEADER
from antq_desktop.bundle.refused import Refused

_FIRST_LINE: Final = b"age-encryption.org/v1\n"
_STANZA: Final = re.compile(rb"-> ([\x21-\x7e]+(?: [\x21-\x7e]+)*)")
_BODY_LINE: Final = 64
_KEY_BYTES: Final = 32
_BECH32: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_CHECKSUM: Final = 6
_BECH32_GENERATORS: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_IDENTITY_START: Final = "AGE-SECRET-KEY-1"
_IDENTITY_LETTERS: Final = 52
_MOST_STANZAS: Final = 400
_FIELD_PRIME: Final = 2**255 - 19


class Reader(Protocol):
    """Anything that can be read piece by piece."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes, none at the end."""
        ...


class Writer(Protocol):
    """Anything that takes bytes."""

    def write(self, data: bytes, /) -> int:
        """Take all the bytes and return how many."""
        ...


class _Recipient(Protocol):
    def __str__(self) -> str: ...


class _Identity(Protocol):
    def to_public(self) -> _Recipient: ...


class _Recipients(Protocol):
    def from_str(self, text: str, /) -> _Recipient: ...


class _Identities(Protocol):
    def generate(self) -> _Identity: ...
    def from_str(self, text: str, /) -> _Identity: ...


class _X25519(Protocol):
    Identity: _Identities
    Recipient: _Recipients


class _Passphrase(Protocol):
    def encrypt(self, plaintext: bytes, passphrase: str, /) -> bytes: ...
    def decrypt(self, ciphertext: bytes, passphrase: str, /) -> bytes: ...


class _Age(Protocol):
    x25519: _X25519
    passphrase: _Passphrase
    EncryptError: type[Exception]
    DecryptError: type[Exception]
    IdentityError: type[Exception]
    RecipientError: type[Exception]

    def encrypt_io(
        self, source: object, target: object, recipients: Sequence[_Recipient], /
    ) -> None: ...
    def decrypt_io(
        self, source: object, target: object, identities: Sequence[_Identity], /
    ) -> None: ...


# The library ships no types; the part of it that is used is told by the protocols above.
_age = cast("_Age", importlib.import_module("pyrage"))


class _Listening:
    """A stream that remembers its own error, since the library keeps only the text of it."""

    def __init__(self, source: Reader | None = None, target: Writer | None = None) -> None:
        self._source = source
        self._target = target
        self.error: BaseException | None = None

    def read(self, size: int, /) -> bytes:
        try:
            return self._source.read(size) if self._source else b""
        except BaseException as fault:
            self.error = fault
            raise

    def write(self, data: bytes, /) -> int:
        try:
            return self._target.write(data) if self._target else 0
        except BaseException as fault:
            self.error = fault
            raise

    def flush(self) -> None:
        """The library asks for it; the target decides itself when to flush."""


def new_identity() -> str:
    """Return a new secret identity, `AGE-SECRET-KEY-1…`."""
    return str(_age.x25519.Identity.generate())


def recipient_of(identity: str) -> str:
    """Return the public recipient of an identity, `age1…`.

    Raises:
        ValueError: It is no identity.
    """
    try:
        return str(_age.x25519.Identity.from_str(identity).to_public())
    except _age.IdentityError as fault:
        raise ValueError("no age identity") from fault


def bytes_of(identity: str) -> bytes:
    """Return the 32 secret bytes of an identity."""
    letters = identity[len(_IDENTITY_START) : -_BECH32_CHECKSUM].lower()
    number = 0
    for letter in letters:
        number = number << 5 | _BECH32.index(letter)
    return (number >> (len(letters) * 5 - _KEY_BYTES * 8)).to_bytes(_KEY_BYTES, "big")


def identity_of(secret: bytes) -> str:
    """Return the identity, `AGE-SECRET-KEY-1…`, of 32 secret bytes."""
    number = int.from_bytes(secret, "big") << 4  # 256 bits are 52 letters of 5, the last 4 empty
    data = [number >> 5 * at & 31 for at in reversed(range(_IDENTITY_LETTERS))]
    name = _IDENTITY_START[:-1].lower()
    start = [ord(letter) >> 5 for letter in name] + [0] + [ord(letter) & 31 for letter in name]
    sum_ = _polymod([*start, *data, *([0] * _BECH32_CHECKSUM)]) ^ 1
    check = [sum_ >> 5 * at & 31 for at in reversed(range(_BECH32_CHECKSUM))]
    return _IDENTITY_START + "".join(_BECH32[each] for each in (*data, *check)).upper()


def _polymod(values: Sequence[int]) -> int:
    """The checksum of Bech32 (BIP 173)."""
    found = 1
    for value in values:
        top = found >> 25
        found = (found & 0x1FFFFFF) << 5 ^ value
        for at, generator in enumerate(_BECH32_GENERATORS):
            found ^= generator if top >> at & 1 else 0
    return found


def locked(text: bytes, passphrase: str) -> bytes:
    """Encrypt a few bytes with a passphrase, as `age -p` does; takes about a second."""
    return _age.passphrase.encrypt(text, passphrase)


def unlocked(data: bytes, passphrase: str) -> bytes:
    """Decrypt what `locked` or `age -p` made.

    Raises:
        ValueError: Another passphrase, or no such file.
    """
    try:
        return _age.passphrase.decrypt(data, passphrase)
    except _age.DecryptError as fault:
        raise ValueError("passphrase") from fault


def is_recipient(text: str) -> bool:
    """Return whether a text is one X25519 recipient, in its one spelling, that can be written to.

    The library stops the whole program when asked to write to a point of small order.
    """
    try:
        if str(_age.x25519.Recipient.from_str(text)) != text:
            return False
    except _age.RecipientError:
        return False
    return _can_be_met(_point_of(text))


def _point_of(recipient: str) -> bytes:
    """Return the bytes of a recipient whose checksum the library has already found right."""
    letters = recipient[len("age1") : -_BECH32_CHECKSUM]
    number = 0
    for letter in letters:
        number = number << 5 | _BECH32.index(letter)
    return (number >> (len(letters) * 5 - _KEY_BYTES * 8)).to_bytes(_KEY_BYTES, "big")


def _can_be_met(point: bytes) -> bool:
    """Return whether an exchange with the point gives a secret that depends on our key."""
    try:
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(point))
    except ValueError:
        return False
    return True


def encrypt(source: Reader, target: Writer, recipients: Sequence[str]) -> None:
    """Encrypt a stream for all the recipients; memory does not grow with it.

    Errors of the source and the target come out as they were raised.
    """
    keys = [_age.x25519.Recipient.from_str(text) for text in recipients]
    reading, writing = _Listening(source=source), _Listening(target=target)
    try:
        _age.encrypt_io(reading, writing, keys)
    except (_age.EncryptError, OSError):
        _raise_own(reading, writing)
        raise
    _raise_own(reading, writing)


def decrypt(source: Reader, target: Writer, identities: Sequence[str]) -> None:
    """Decrypt a stream whose header is read strictly first.

    What the target got is not to be trusted before this returns.

    Raises:
        Refused: `not_a_bundle`, `envelope_malformed`, `not_for_us` or `damaged`.
    """
    start = read_header(source)
    keys = [_age.x25519.Identity.from_str(text) for text in identities]
    reading = _Listening(source=_Rejoined(start, source))
    writing = _Listening(target=target)
    try:
        _age.decrypt_io(reading, writing, keys)
    except (_age.DecryptError, OSError) as fault:  # a broken stream is an OSError of its own
        _raise_own(reading, writing)
        foreign = str(fault) == "No matching keys found"
        raise Refused("not_for_us" if foreign else "damaged") from fault
    _raise_own(reading, writing)


def _raise_own(*streams: _Listening) -> None:
    """Raise what a stream of ours raised.

    WORKAROUND: the library writes its last piece while letting go of the stream and drops an error
    of that very write (seen with pyrage 1.4.0), so a full disk would pass for success.
    """
    for stream in streams:
        if stream.error is not None:
            raise stream.error from None


def read_header(source: Reader) -> bytes:
    """Read an age header and whatever came with its last piece, refusing every malformed one.

    Raises:
        Refused: `file_empty`, `not_a_bundle` or `envelope_malformed`.
    """
    data = bytearray()
    while len(data) < LARGEST_AGE_HEADER and b"\n--- " not in data:
        piece = source.read(LARGEST_AGE_HEADER)
        if not piece:
            break
        data += piece
    if not data:
        raise Refused("file_empty")
    head = bytes(data[: len(_FIRST_LINE)])
    if head != _FIRST_LINE:
        raise Refused("envelope_malformed" if _FIRST_LINE.startswith(head) else "not_a_bundle")
    _check_stanzas(bytes(data))
    return bytes(data)


def _check_stanzas(data: bytes) -> None:
    place = len(_FIRST_LINE)
    for_keys = stanzas = 0
    while True:
        line, place = _line(data, place)
        if line.startswith(b"---"):
            if not line.startswith(b"--- ") or len(_unpadded(line[4:])) != _KEY_BYTES:
                raise Refused("envelope_malformed")
            break
        found = _STANZA.fullmatch(line)
        if found is None:
            raise Refused("envelope_malformed")
        body, place = _body(data, place)
        for_keys += _check_stanza(found[1].split(b" "), body)
        stanzas += 1
        if stanzas > _MOST_STANZAS:
            raise Refused("envelope_malformed")
    if not for_keys:
        raise Refused("not_for_us")


def _check_stanza(arguments: list[bytes], body: bytes) -> bool:
    """A passphrase stanza has no place here; other kinds than X25519 are for somebody else."""
    if arguments[0] == b"scrypt":
        raise Refused("envelope_malformed")
    if arguments[0] != b"X25519":
        return False
    if len(arguments) != 2 or len(body) != _KEY_BYTES:
        raise Refused("envelope_malformed")
    share = _unpadded(arguments[1])
    if len(share) != _KEY_BYTES or int.from_bytes(share, "little") >= _FIELD_PRIME:
        raise Refused("envelope_malformed")
    if not _can_be_met(share):
        raise Refused("envelope_malformed")
    return True


def _body(data: bytes, place: int) -> tuple[bytes, int]:
    body = b""
    while True:
        line, place = _line(data, place)
        if len(line) > _BODY_LINE:
            raise Refused("envelope_malformed")
        body += _unpadded(line)
        if len(line) < _BODY_LINE:
            return body, place


def _line(data: bytes, place: int) -> tuple[bytes, int]:
    end = data.find(b"\n", place)
    if end < 0:
        raise Refused("envelope_malformed")
    return data[place:end], end + 1


def _unpadded(text: bytes) -> bytes:
    """Decode base64 without padding, in its one spelling."""
    try:
        data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as fault:
        raise Refused("envelope_malformed") from fault
    if base64.b64encode(data).rstrip(b"=") != text:
        raise Refused("envelope_malformed")
    return data


class _Rejoined:
    """A stream with its first bytes put back."""

    def __init__(self, start: bytes, rest: Reader) -> None:
        self._start = start
        self._rest = rest

    def read(self, size: int, /) -> bytes:
        if self._start:
            piece, self._start = self._start[:size], self._start[size:]
            return piece
        return self._rest.read(size)
