"""The outer envelope: strict header, and no error of a stream is ever lost."""

from __future__ import annotations

import base64
import io

import pytest

from antq_desktop.bundle import envelope
from antq_desktop.bundle.refused import Refused
from antq_desktop.domain.errors import EnvironmentFault

SIZES = (0, 10, 65_535, 65_536, 65_537, 200_000)


class Stubborn(io.BytesIO):
    """A disk that takes so many bytes and then no more."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # only bytes come here
        self.room -= len(data)
        if self.room < 0:
            raise EnvironmentFault("disk_full", "Đầy.")
        return super().write(data)


@pytest.fixture(scope="module")
def identity() -> str:
    return envelope.new_identity()


def closed(data: bytes, identity: str) -> bytes:
    out = io.BytesIO()
    envelope.encrypt(io.BytesIO(data), out, [envelope.recipient_of(identity)])
    return out.getvalue()


def opened(data: bytes, *identities: str) -> bytes:
    out = io.BytesIO()
    envelope.decrypt(io.BytesIO(data), out, identities)
    return out.getvalue()


@pytest.mark.parametrize("size", SIZES)
def test_what_is_closed_opens_again(identity: str, size: int) -> None:
    data = bytes(size)
    assert opened(closed(data, identity), identity) == data


@pytest.mark.parametrize("size", SIZES)
def test_a_disk_that_is_full_at_the_very_last_byte_is_told_both_ways(
    identity: str, size: int
) -> None:
    whole = closed(bytes(size), identity)
    for room in (size, 0):  # the envelope adds a few hundred bytes, not always as many
        with pytest.raises(EnvironmentFault):
            envelope.encrypt(
                io.BytesIO(bytes(size)), Stubborn(room), [envelope.recipient_of(identity)]
            )
    if size:
        with pytest.raises(EnvironmentFault):
            envelope.decrypt(io.BytesIO(whole), Stubborn(size - 1), [identity])


@pytest.mark.parametrize("size", SIZES)
def test_a_source_that_fails_at_its_end_is_told_both_ways(identity: str, size: int) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            piece = super().read(size)
            if not piece:
                raise EnvironmentFault("disk_gone", "Mất.")
            return piece

    with pytest.raises(EnvironmentFault):
        envelope.encrypt(Failing(bytes(size)), io.BytesIO(), [envelope.recipient_of(identity)])
    with pytest.raises(EnvironmentFault):
        envelope.decrypt(Failing(closed(bytes(size), identity)), io.BytesIO(), [identity])


def unpadded(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


SHARE = unpadded(b"\x09" + bytes(31))
BODY = unpadded(bytes(range(32)))
MAC = b"--- " + unpadded(bytes(32)) + b"\n"
START = b"age-encryption.org/v1\n"
STANZA = b"-> X25519 " + SHARE + b"\n" + BODY + b"\n"


@pytest.mark.parametrize(
    "header",
    [
        START + STANZA + MAC,
        START + b"-> grease a b\n\n" + STANZA + MAC,
        START + b"-> other\n" + unpadded(bytes(48)) + b"\n" + b"\n" + STANZA + MAC,
    ],
)
def test_a_well_formed_header_passes_with_foreign_stanzas_left_aside(header: bytes) -> None:
    assert envelope.read_header(io.BytesIO(header + b"payload")) == header + b"payload"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (START + b"-> grease a b\n\n" + MAC, "not_for_us"),
        (START + MAC, "not_for_us"),
        (START + b"-> scrypt " + SHARE + b" 10\n" + BODY + b"\n" + MAC, "envelope_malformed"),
        (START + STANZA + b"-> scrypt a 10\n" + BODY + b"\n" + MAC, "envelope_malformed"),
        (START + STANZA.replace(b"\n", b" \n", 1) + MAC, "envelope_malformed"),
        (START + STANZA.replace(b"-> ", b"->  ") + MAC, "envelope_malformed"),
        (START + STANZA.replace(b"X25519 ", b"X25519 a ") + MAC, "envelope_malformed"),
        (START + STANZA.replace(SHARE, SHARE[:-1]) + MAC, "envelope_malformed"),
        (START + STANZA.replace(SHARE, SHARE + b"=") + MAC, "envelope_malformed"),
        (START + STANZA.replace(SHARE, SHARE[:-1] + b"B") + MAC, "envelope_malformed"),
        (START + STANZA.replace(SHARE, unpadded(bytes(32))) + MAC, "envelope_malformed"),
        (START + STANZA.replace(SHARE, unpadded(b"\xff" * 32)) + MAC, "envelope_malformed"),
        (START + STANZA.replace(BODY, unpadded(bytes(33))) + MAC, "envelope_malformed"),
        (START + STANZA.replace(BODY, BODY[:10] + b"\n" + BODY[10:]) + MAC, "envelope_malformed"),
        (START + STANZA.replace(BODY + b"\n", b"A" * 64 + b"\n") + MAC, "envelope_malformed"),
        (START + STANZA + MAC[:-1] + b" \n", "envelope_malformed"),
        (START + STANZA + MAC[:-2] + b"\n", "envelope_malformed"),
        (START + STANZA + b"---" + MAC[4:], "envelope_malformed"),
        (START + STANZA * 500 + MAC, "envelope_malformed"),
        (START.replace(b"\n", b"\r\n") + STANZA + MAC, "not_a_bundle"),
        (START + (STANZA + MAC).replace(b"\n", b"\r\n"), "envelope_malformed"),
        (START + b"\n" + STANZA + MAC, "envelope_malformed"),
        (START + b"x" * 70_000, "envelope_malformed"),
    ],
)
def test_a_malformed_header_is_refused_before_the_library_sees_it(header: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        envelope.read_header(io.BytesIO(header))
    assert caught.value.fault.code == code


def test_a_key_that_does_not_fit_is_told_from_a_broken_file(identity: str) -> None:
    whole = closed(b"content", identity)
    with pytest.raises(Refused) as caught:
        opened(whole, envelope.new_identity())
    assert caught.value.fault.code == "not_for_us"
    with pytest.raises(Refused) as caught:
        opened(whole[:-1], identity)
    assert caught.value.fault.code == "damaged"
    with pytest.raises(Refused) as caught:
        opened(whole.replace(b"--- ", b"--- A")[: len(whole)], identity)
    assert caught.value.fault.code == "envelope_malformed"
