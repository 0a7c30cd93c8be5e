"""Keys of a device, the public file, and the code that two people compare."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antq_desktop.bundle import envelope, minisign
from antq_desktop.bundle.keys import DeviceKeys, parse_public_file
from antq_desktop.bundle.minisign import MalformedSignatureError, PublicKey
from antq_desktop.domain.canonical import canonical, parse_canonical_object
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.exchange import Party
from antq_desktop.domain.wire import WireError

from .conftest import COMMUNE

LOW_ORDER_RECIPIENT = "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z"


@pytest.fixture(scope="module")
def keys() -> DeviceKeys:
    return DeviceKeys.generate(COMMUNE, "a" * 32, "Máy trực ban")


def test_the_public_file_is_read_back_whole(keys: DeviceKeys) -> None:
    assert parse_public_file(keys.public_file()) == keys.public


def test_what_the_vault_kept_makes_the_same_keys(keys: DeviceKeys) -> None:
    again = DeviceKeys.from_secret(keys.to_secret())
    assert again.public == keys.public
    assert again.age_identity == keys.age_identity
    assert again.sign(b"x", "lời ghi") == keys.sign(b"x", "lời ghi")


def test_no_secret_shows_when_keys_are_printed_or_made_public(keys: DeviceKeys) -> None:
    seed = base64.b64encode(keys.signing.private_bytes_raw()).decode()
    for shown in (repr(keys), str(keys), keys.public_file().decode()):
        assert seed not in shown
        assert keys.age_identity not in shown


def test_broken_secret_bytes_are_told(keys: DeviceKeys) -> None:
    for data in (b"", b"{}", keys.to_secret()[:-1], keys.to_secret().replace(b"AGE-", b"AGE_")):
        with pytest.raises(UserError) as caught:
            DeviceKeys.from_secret(data)
        assert caught.value.code == "secret_keys_malformed"


def test_the_code_to_compare_is_eight_groups_of_five_digits(keys: DeviceKeys) -> None:
    groups = keys.public.fingerprint
    assert len(groups) == 8
    assert all(len(group) == 5 and group.isdigit() for group in groups)
    assert 10**40 > 2**128


def test_the_code_depends_on_every_public_part(keys: DeviceKeys) -> None:
    others = [
        DeviceKeys.generate(COMMUNE, "a" * 32, "Máy trực ban"),
        DeviceKeys.from_secret(keys.to_secret().replace("trực".encode(), "khác".encode())),
        DeviceKeys.from_secret(keys.to_secret().replace(b"a" * 32, b"b" * 32)),
        DeviceKeys.from_secret(keys.to_secret().replace("xã Mẫu".encode(), "xã Giả".encode())),
    ]
    codes = {keys.public.fingerprint, *(other.public.fingerprint for other in others)}
    assert len(codes) == 5


def test_a_typed_code_may_have_spaces_and_names_the_wrong_groups(keys: DeviceKeys) -> None:
    device = keys.public
    typed = " ".join(device.fingerprint)
    assert device.wrong_groups(typed) == ()
    assert device.wrong_groups(typed.replace(" ", "")) == ()
    assert device.wrong_groups(typed.replace(" ", "-\n")) == ()
    wrong = list(device.fingerprint)
    wrong[3] = f"{(int(wrong[3]) + 1) % 100_000:05d}"
    assert device.wrong_groups(" ".join(wrong)) == (3,)
    assert device.wrong_groups("") == tuple(range(8))
    assert device.wrong_groups(typed[:-1]) == (7,)
    assert device.wrong_groups(typed + "0") == (7,)


@given(place=st.integers(0, 2000), bit=st.integers(0, 7))
@settings(max_examples=200, deadline=None)
def test_a_public_file_with_one_flipped_bit_is_refused(
    keys: DeviceKeys, place: int, bit: int
) -> None:
    data = bytearray(keys.public_file())
    data[place % len(data)] ^= 1 << bit
    with pytest.raises(UserError) as caught:
        parse_public_file(bytes(data))
    assert caught.value.code.startswith("key_file_")


def test_a_public_file_of_a_newer_format_says_so(keys: DeviceKeys) -> None:
    data = keys.public_file().replace(b'"antqkey":0', b'"antqkey":4')
    with pytest.raises(UserError) as caught:
        parse_public_file(data)
    assert caught.value.code == "key_file_newer"
    assert "định dạng 4" in caught.value.message


def test_a_public_file_whose_parts_were_exchanged_is_altered(keys: DeviceKeys) -> None:
    other = DeviceKeys.generate(COMMUNE, "a" * 32, "Máy trực ban")
    given_parts = parse_canonical_object(keys.public_file()[:-1])
    mixed = canonical({**given_parts, "age": other.public.age_recipient}) + b"\n"
    with pytest.raises(UserError) as caught:
        parse_public_file(mixed)
    assert caught.value.code == "key_file_altered"


def test_keys_of_small_order_are_refused(keys: DeviceKeys) -> None:
    assert not envelope.is_recipient(LOW_ORDER_RECIPIENT)
    assert envelope.is_recipient(keys.public.age_recipient)
    assert not envelope.is_recipient(keys.public.age_recipient.upper())
    for raw in (bytes(32), b"\x01" + bytes(31), bytes(31) + b"\x80"):
        with pytest.raises(MalformedSignatureError):
            PublicKey.from_text(PublicKey(raw).text)


@pytest.mark.parametrize(
    ("unit", "device", "label"),
    [
        (Party("", "1", "x"), "a" * 32, "x"),
        (Party("1", "TOOLONG12", "x"), "a" * 32, "x"),
        (Party("1", "1", "x\u202ey"), "a" * 32, "x"),
        (COMMUNE, "A" * 32, "x"),
        (COMMUNE, "a" * 32, "dòng\nhai"),
        (COMMUNE, "a" * 32, ""),
    ],
)
def test_keys_are_not_made_for_names_that_no_bundle_could_carry(
    unit: Party, device: str, label: str
) -> None:
    with pytest.raises(WireError):
        DeviceKeys.generate(unit, device, label)


def test_a_signature_holds_for_its_file_its_comment_and_its_key_only(keys: DeviceKeys) -> None:
    other = DeviceKeys.generate(COMMUNE, "a" * 32, "Máy trực ban").public.sign_public
    parsed = minisign.parse_signature(keys.sign(b"text", "số 000001"))
    public = keys.public.sign_public
    good = minisign.file_digest(b"text")
    assert parsed.comment == "số 000001"
    assert parsed.holds(public, good)
    assert not parsed.holds(public, minisign.file_digest(b"other"))
    assert not parsed.holds(other, good)
    text = keys.sign(b"text", "số 000001").replace(b"000001", b"000002")
    assert not minisign.parse_signature(text).holds(public, good)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-1],
        lambda text: text + b"\n",
        lambda text: text + b"x\n",
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: text.replace(b"trusted comment: s", b"trusted: s"),
        lambda text: text.replace(b"RU", b"RW", 1),
        lambda text: b"\xff" + text,
    ],
)
def test_a_signature_in_another_spelling_is_malformed(keys: DeviceKeys, change: object) -> None:
    assert callable(change)
    with pytest.raises(MalformedSignatureError):
        minisign.parse_signature(change(keys.sign(b"x", "số")))


def test_the_key_id_is_worked_out_from_the_key(keys: DeviceKeys) -> None:
    raw = keys.public.sign_public.raw
    number = hashlib.sha256(b"ANTQ key id\n" + raw).digest()[:8]
    assert keys.public.key_id == f"{int.from_bytes(number, 'little'):016X}"
    chosen = base64.b64encode(b"Ed" + bytes(8) + raw).decode()
    with pytest.raises(MalformedSignatureError):
        PublicKey.from_text(chosen)
